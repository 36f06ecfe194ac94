//! Fonts of this computer for letters that the bundled font has no shape for: most writing systems of the world would be
//! tens of megabytes to bring along. The one place that asks the system for a font, and only about such letters: what the
//! bundled font has, it sets everywhere.
//!
//! Refuses to decide how a picture breaks its lines (that is reckoned on the bundled font alone, everywhere the same), and
//! to set coloured signs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use fontdb::{Database, FaceInfo, Style};
use ttf_parser::{Face, Tag};

/// Beyond so many fonts, what is left is not looked for.
const MOST_FONTS: usize = 6;

/// The largest font file that is read, in bytes; those of East Asian writing have about 20 MB.
const LARGEST: usize = 64 * 1024 * 1024;

/// A font of this computer.
#[derive(Clone)]
pub(crate) struct StandIn {
    /// What people call it.
    family: String,
    /// The font file.
    pub(crate) data: Arc<Vec<u8>>,
    /// Which font of the file.
    pub(crate) index: u32,
}

/// Fonts that stand in for the bundled one, and the letters that each of them sets.
#[derive(Clone, Default)]
pub struct StandIns {
    fonts: Arc<[StandIn]>,
    /// Places in `fonts`.
    letters: Arc<BTreeMap<char, usize>>,
}

impl StandIns {
    /// The fonts of this computer that have shapes for these letters; those of the fewest fonts, the same on every day.
    #[must_use]
    pub fn of_this_computer(letters: &BTreeSet<char>) -> Self {
        static INSTALLED: OnceLock<Database> = OnceLock::new();
        if letters.is_empty() {
            return Self::default();
        }
        let installed = INSTALLED.get_or_init(|| {
            let mut fonts = Database::new();
            fonts.load_system_fonts();
            fonts
        });
        Self::among(installed, letters)
    }

    /// The same, of the fonts of a list.
    fn among(installed: &Database, letters: &BTreeSet<char>) -> Self {
        let mut candidates: Vec<_> = installed
            .faces()
            .filter_map(|face| {
                let shaped = shaped(installed, face, letters)?;
                (!shaped.letters.is_empty()).then_some((face, shaped))
            })
            .collect();
        candidates.sort_by_cached_key(|(face, shaped)| preference(face, shaped.is_variable));
        let (mut left, mut fonts, mut found) = (letters.clone(), Vec::new(), BTreeMap::new());
        while fonts.len() < MOST_FONTS && !left.is_empty() {
            let gain = |shaped: &Shaped| shaped.letters.intersection(&left).count();
            // Of those that have as many, the first.
            let best = candidates
                .iter()
                .rev()
                .max_by_key(|(_, shaped)| gain(shaped));
            let Some((face, shaped)) = best.filter(|(_, shaped)| gain(shaped) > 0) else {
                break;
            };
            let read = installed.with_face_data(face.id, |data, index| (data.to_vec(), index));
            let Some((data, index)) = read else { break };
            let taken: Vec<char> = shaped.letters.intersection(&left).copied().collect();
            for letter in taken {
                left.remove(&letter);
                found.insert(letter, fonts.len());
            }
            fonts.push(StandIn {
                family: family(face).to_owned(),
                data: Arc::new(data),
                index,
            });
        }
        Self {
            fonts: fonts.into(),
            letters: Arc::new(found),
        }
    }

    /// Whether no font stands in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fonts.is_empty()
    }

    /// What people call the fonts.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.fonts.iter().map(|font| font.family.as_str())
    }

    /// Whether one of them sets this letter.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        self.letters.contains_key(&letter)
    }

    pub(crate) fn fonts(&self) -> &[StandIn] {
        &self.fonts
    }

    /// The place of the font that sets a character as readers know it; `None`: the bundled one does.
    pub(crate) fn font_of(&self, cluster: &str) -> Option<usize> {
        let mut letters = cluster.chars();
        letters.find_map(|letter| self.letters.get(&letter).copied())
    }
}

impl fmt::Debug for StandIns {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.families()).finish()
    }
}

impl PartialEq for StandIns {
    fn eq(&self, other: &Self) -> bool {
        self.letters == other.letters && self.families().eq(other.families())
    }
}

/// What a font has of some letters.
struct Shaped {
    letters: BTreeSet<char>,
    is_variable: bool,
}

/// The letters that a font draws with outlines; `None` for what is no font that can be set.
fn shaped(installed: &Database, face: &FaceInfo, letters: &BTreeSet<char>) -> Option<Shaped> {
    let read = |data: &[u8], index: u32| {
        let font = Face::parse(data, index)
            .ok()
            .filter(|_| data.len() <= LARGEST)?;
        let is_drawn = |letter: &char| {
            let glyph = font.glyph_index(*letter);
            glyph.is_some_and(|glyph| font.glyph_bounding_box(glyph).is_some())
        };
        Some(Shaped {
            letters: letters.iter().copied().filter(is_drawn).collect(),
            is_variable: font.raw_face().table(Tag::from_bytes(b"fvar")).is_some(),
        })
    };
    installed.with_face_data(face.id, read)?
}

/// Upright, plain and near to the bundled font first; names decide last, so that the order is the same every time.
fn preference(face: &FaceInfo, is_variable: bool) -> (bool, bool, bool, u16, bool, String, String) {
    let family = family(face);
    (
        face.style != Style::Normal,
        // What a variable font looks like by itself is often its thinnest.
        is_variable,
        face.monospaced,
        face.weight.0.abs_diff(400),
        !family.contains("Sans"),
        family.to_owned(),
        face.post_script_name.clone(),
    )
}

fn family(face: &FaceInfo) -> &str {
    face.families.first().map_or("", |(name, _)| name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Weight;

    /// A list of one font, which is on most computers; `None` where it is not.
    fn installed() -> Option<Database> {
        let mut fonts = Database::new();
        let path = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
        fonts.load_font_file(path).ok()?;
        Some(fonts)
    }

    #[test]
    fn letters_are_set_by_a_font_that_has_them_and_by_none_otherwise() {
        let Some(fonts) = installed() else { return };
        let letters = BTreeSet::from(['\u{633}', '\u{644}', '\u{1f9ff}']);
        let found = StandIns::among(&fonts, &letters);
        assert_eq!(found.families().collect::<Vec<_>>(), ["DejaVu Sans"]);
        assert!(found.has('\u{633}') && !found.has('\u{1f9ff}'));
        assert_eq!(found.font_of("\u{644}\u{64e}"), Some(0));
        assert_eq!(found.font_of("a"), None);
        assert!(StandIns::among(&fonts, &BTreeSet::from(['\u{1f9ff}'])).is_empty());
    }

    #[test]
    fn the_first_of_equals_is_taken_whatever_their_order() {
        let load = |weights: &[Weight]| {
            let mut fonts = Database::new();
            for weight in weights {
                fonts.load_font_data(weight.file().to_vec());
            }
            let found = StandIns::among(&fonts, &BTreeSet::from(['a']));
            found.fonts()[0].data.clone()
        };
        let regular = Weight::Regular.file();
        assert!(*load(&[Weight::SemiBold, Weight::Regular]) == regular);
        assert!(*load(&[Weight::Regular, Weight::SemiBold]) == regular);
    }
}
