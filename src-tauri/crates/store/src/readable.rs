//! The private copy of a damaged file that rescue reads: made so that SQLite gets at what is left,
//! without anything made up in place of what is gone. Refuses to know what the rows mean.

use std::collections::BTreeSet;

use backcast_model::{Id, Map, MapProperties, Project};
use jiff::Timestamp;
use rusqlite::Connection;

use crate::contents::Contents;
use crate::log::Actor;
use crate::schema;
use crate::stranger::hardened;
use crate::working::image_of;

/// The length of our pages, in bytes.
const PAGE: usize = 4096;

/// What stands where a page is missing: it is no kind of page, and never valid text, so that nothing
/// read through it passes for content. Zeroes would do for the end of a long text.
const GONE: u8 = 0xff;

/// How many times longer than what is left a file may claim to be. A header that asks for more is
/// damaged itself, and must not cost memory.
const MOST_TIMES: usize = 64;

/// What is left of a damaged file, open.
#[derive(Debug)]
pub(crate) struct Readable {
    pub(crate) connection: Connection,
    /// How many pages the file says it has and does not.
    pub(crate) missing: usize,
    /// How many pages it says it has.
    pub(crate) pages: usize,
}

impl Readable {
    /// Opens what is left in these bytes. O(size of the file).
    ///
    /// # Errors
    /// When SQLite cannot even be handed the bytes.
    pub(crate) fn of(bytes: &[u8]) -> rusqlite::Result<Self> {
        let ours = empty_image()?;
        let mut copy = with_a_header(bytes, &ours);
        let pages = stated_pages(&copy, bytes.len());
        let whole = copy.len() / PAGE;
        let missing = pages.saturating_sub(whole);
        if missing > 0 {
            copy.truncate(whole * PAGE);
            copy.resize(pages * PAGE, GONE);
        }
        let mut connection = hardened(&copy)?;
        if schema::entries(&connection).is_err() {
            put_our_schema(&mut copy, &ours);
            connection = hardened(&copy)?;
        }
        Ok(Self {
            connection,
            missing,
            pages,
        })
    }
}

/// An empty project, as the bytes of a file.
fn empty_image() -> rusqlite::Result<Vec<u8>> {
    let project = Project {
        id: Id::derived("new"),
        map: Map::new(MapProperties::titled("")),
    };
    let contents = Contents::new(project, &Actor::from_number(0), "", Timestamp::UNIX_EPOCH);
    image_of(&contents).map(|(bytes, _)| bytes)
}

/// The bytes with our first hundred, when the old ones are not those of a database.
fn with_a_header(bytes: &[u8], ours: &[u8]) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    let page_size = bytes
        .get(16..18)
        .map(|two| u16::from_be_bytes([two[0], two[1]]));
    if bytes.starts_with(b"SQLite format 3\0") && page_size.map(usize::from) == Some(PAGE) {
        return copy;
    }
    if let (Some(head), Some(ours)) = (copy.get_mut(..100), ours.get(..100)) {
        head.copy_from_slice(ours);
        // Every table has its first page among those of an empty project.
        let empty = number(ours, 28).unwrap_or_default();
        let pages = u32::try_from(bytes.len() / PAGE).unwrap_or_default();
        head[28..32].copy_from_slice(&pages.max(empty).to_be_bytes());
    }
    copy
}

/// How many pages the header says there are, where that can be.
fn stated_pages(copy: &[u8], length: usize) -> usize {
    let stated = number(copy, 28).map_or(0, |pages| pages as usize);
    let most = length.saturating_mul(MOST_TIMES) / PAGE;
    if stated <= most { stated } else { 0 }
}

/// Puts the pages in which our files keep their schema in place of those that cannot be read. Every
/// file of ours is made by the same statements, so its tables begin on the same pages.
fn put_our_schema(copy: &mut [u8], ours: &[u8]) {
    for page in schema_pages(ours) {
        // The first hundred bytes are the header's and stay.
        let from = (page - 1) * PAGE + if page == 1 { 100 } else { 0 };
        let to = page * PAGE;
        if let (Some(theirs), Some(ours)) = (copy.get_mut(from..to), ours.get(from..to)) {
            theirs.copy_from_slice(ours);
        }
    }
}

/// The numbers of the pages of the schema's tree, which is at most two levels deep.
fn schema_pages(image: &[u8]) -> BTreeSet<usize> {
    /// What the first byte of a page that only leads to others says.
    const LEADS_ON: u8 = 5;
    let mut pages = BTreeSet::from([1]);
    if image.get(100) != Some(&LEADS_ON) {
        return pages;
    }
    let two = |at: usize| {
        let bytes = image.get(at..at + 2)?;
        Some(usize::from(u16::from_be_bytes(bytes.try_into().ok()?)))
    };
    let cells = two(103).unwrap_or_default();
    let children = (0..cells).filter_map(|cell| number(image, two(112 + 2 * cell)?));
    let last = number(image, 108);
    let numbers = children.chain(last).filter(|page| *page > 0);
    pages.extend(numbers.map(|page| page as usize));
    pages
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}
