//! A project attached to a PDF, found by its type. Only the attachment's own dictionary is read: a PDF's other parts may be
//! as broken or as malicious as they like.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::{MOST_PROJECT_BYTES, damaged, find};
use crate::error::RenderError;

/// The type of the attachment as PDF spells it, in both letterings of the escaped slash.
const TYPES: [&[u8]; 2] = [b"/application#2Fx-backcast", b"/application#2fx-backcast"];
/// A dictionary is not longer than this on either side of the type.
const REACH: usize = 2048;

pub(super) fn embedded(bytes: &[u8]) -> Result<Option<Vec<u8>>, RenderError> {
    let Some(at) = TYPES.iter().find_map(|kind| find(bytes, kind)) else {
        return Ok(None);
    };
    let broken = || damaged("PDF", "what is attached has no beginning or no end");
    let before = &bytes[at.saturating_sub(REACH)..at];
    let start = before
        .windows(4)
        .rposition(|word| word == b" obj")
        .ok_or_else(broken)?;
    let rest = &bytes[at..];
    let end = find(&rest[..rest.len().min(REACH)], b"stream").ok_or_else(broken)?;
    let dictionary = [&before[start..], &rest[..end]].concat();
    let data = data(&dictionary, &rest[end + b"stream".len()..]).ok_or_else(broken)?;
    let project = if find(&dictionary, b"/FlateDecode").is_some() {
        unpacked(data)?
    } else if find(&dictionary, b"/Filter").is_some() {
        return Err(damaged(
            "PDF",
            "it is packed in a way that is not known here",
        ));
    } else {
        data.to_vec()
    };
    if project.len() > MOST_PROJECT_BYTES {
        return Err(damaged("PDF", "it is larger than a project may be"));
    }
    Ok(Some(project))
}

/// The bytes of a stream: as many as its dictionary says, or up to its end when that is said elsewhere.
fn data<'a>(dictionary: &[u8], after: &'a [u8]) -> Option<&'a [u8]> {
    let after = after
        .strip_prefix(b"\r\n")
        .or_else(|| after.strip_prefix(b"\n"))
        .unwrap_or(after);
    if let Some(length) = length(dictionary)
        && let Some(data) = after.get(..length)
    {
        return Some(data);
    }
    after.get(..find(after, b"endstream")?)
}

/// The number behind `/Length`, unless it is a reference to another object.
fn length(dictionary: &[u8]) -> Option<usize> {
    let at = find(dictionary, b"/Length ")? + b"/Length ".len();
    let words = std::str::from_utf8(
        dictionary
            .get(at..)?
            .get(..40)
            .unwrap_or(dictionary.get(at..)?),
    )
    .ok()?;
    let mut words = words.split([' ', '/', '\r', '\n', '>']);
    let length = words.next()?.parse().ok()?;
    let is_reference = words.next().is_some_and(|word| word.parse::<u32>().is_ok());
    (!is_reference).then_some(length)
}

fn unpacked(data: &[u8]) -> Result<Vec<u8>, RenderError> {
    let mut project = Vec::new();
    let most = MOST_PROJECT_BYTES as u64 + 1;
    ZlibDecoder::new(data)
        .take(most)
        .read_to_end(&mut project)
        .map_err(|error| damaged("PDF", error))?;
    Ok(project)
}
