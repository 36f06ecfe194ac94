//! How wide words are and where they break, on the bundled fonts: one routine for every picture, slide and page, so
//! that the same name breaks at the same place everywhere. Refuses to be: a shaper. It adds up advances and leaves
//! kerning out, which makes words up to one in a hundred narrower than it says, never wider.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use ttf_parser::Face;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The family every picture is set in.
pub const FAMILY: &str = "Inter";

/// Where a line is cut.
const ELLIPSIS: char = '…';

/// No line of a picture shows more characters than this; what lies behind is not looked at.
const MOST_CHARACTERS: usize = 4000;

/// How bold words are: one bundled font each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Names.
    Medium,
    /// Headings.
    SemiBold,
}

impl Weight {
    /// Every weight, lightest first.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Medium, Self::SemiBold];

    /// The number CSS and OpenType give it.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Medium => 500,
            Self::SemiBold => 600,
        }
    }

    /// The font file: TrueType, under the SIL Open Font License.
    #[must_use]
    pub const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../../../assets/fonts/Inter-Regular.ttf"),
            Self::Medium => include_bytes!("../../../../assets/fonts/Inter-Medium.ttf"),
            Self::SemiBold => include_bytes!("../../../../assets/fonts/Inter-SemiBold.ttf"),
        }
    }
}

/// A weight at a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Font {
    /// How bold.
    pub weight: Weight,
    /// Height of the em square, in whatever unit widths are wanted in.
    pub size: f64,
}

impl Font {
    /// A weight at a size.
    #[must_use]
    pub const fn new(weight: Weight, size: f64) -> Self {
        Self { weight, size }
    }

    /// How far below the middle of a line its baseline runs.
    #[must_use]
    pub fn drop(self) -> f64 {
        // Half of Inter's ascent less half of its descent, which is also half the height of its capitals.
        self.size * 0.3636
    }

    /// How wide a text is on one line.
    #[must_use]
    pub fn width(self, text: &str) -> f64 {
        let widths = widths(self.weight);
        text.graphemes(true)
            .map(|cluster| widths.of(cluster))
            .sum::<f64>()
            * self.size
    }

    /// One line no wider than `room`, with an ellipsis where it was cut. White space and control characters become
    /// single spaces.
    #[must_use]
    pub fn cut(self, text: &str, room: f64) -> String {
        self.wrap(text, room, 1).pop().unwrap_or_default()
    }

    /// At most `most` lines no wider than `room`, broken at word ends where there are any; the last one carries an
    /// ellipsis when text is left over. White space and control characters become single spaces.
    #[must_use]
    pub fn wrap(self, text: &str, room: f64, most: usize) -> Vec<String> {
        let clean = tidy(text.chars().take(MOST_CHARACTERS));
        self.lines(&clean, room, most)
    }

    /// All lines of a longer text, each no wider than `room`; the text's own line breaks are kept.
    #[must_use]
    pub fn paragraphs(self, text: &str, room: f64) -> Vec<String> {
        let mut lines = Vec::new();
        for line in text.lines() {
            let wrapped = self.lines(&tidy(line.chars()), room, usize::MAX);
            if wrapped.is_empty() {
                lines.push(String::new());
            }
            lines.extend(wrapped);
        }
        lines
    }

    fn lines(self, text: &str, room: f64, most: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut rest = text;
        while !rest.is_empty() && lines.len() < most {
            let fits = self.longest_start(rest, room);
            if fits == rest.len() {
                lines.push(rest.to_owned());
                break;
            }
            if lines.len() + 1 == most {
                let room = room - self.width(ELLIPSIS.encode_utf8(&mut [0; 4]));
                let kept = &rest[..self.longest_start(rest, room)];
                lines.push(format!("{}{ELLIPSIS}", kept.trim_end()));
                break;
            }
            let next_is_last = lines.len() + 2 == most;
            let end = self.line_end(rest, fits, if next_is_last { room } else { 0.0 });
            lines.push(rest[..end].trim_end().to_owned());
            rest = rest[end..].trim_start();
        }
        lines
    }

    /// How many bytes a line gets of which `fits` have room; never none. It ends at a space where the line after it
    /// (as wide as `left`) takes all the rest, else as late as a space or a joint allows; in the midst of a word only
    /// where there is neither. As the interface has it, so that cards read the same.
    fn line_end(self, text: &str, fits: usize, left: f64) -> usize {
        if text.as_bytes().get(fits) == Some(&b' ') && fits > 0 {
            return fits;
        }
        let space = text[..fits].rfind(' ').filter(|space| *space > 0);
        // Asked only where it matters, and no further than the line after it goes: texts may be very long.
        let takes_all = |rest: &str| left > 0.0 && self.longest_start(rest, left) == rest.len();
        if let Some(space) = space.filter(|space| takes_all(&text[space + 1..])) {
            return space;
        }
        space
            .max(last_place(text, fits, is_joint))
            .or_else(|| last_place(text, fits, is_seam))
            .or(Some(fits).filter(|fits| *fits > 0))
            .unwrap_or_else(|| text.graphemes(true).next().map_or(text.len(), str::len))
    }

    /// How many bytes from the start fit; never inside a character as readers know it.
    fn longest_start(self, text: &str, room: f64) -> usize {
        let widths = widths(self.weight);
        let room = room / self.size + 1e-9;
        let mut taken = 0.0;
        for (at, cluster) in text.grapheme_indices(true) {
            taken += widths.of(cluster);
            if taken > room {
                return at;
            }
        }
        text.len()
    }
}

/// The letters of texts that the bundled font has no shape for: where no other font stands in, boxes show instead.
pub fn missing_letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<char> {
    let widths = widths(Weight::Regular);
    let is_missing = |letter: &char| {
        let is_seen = !letter.is_whitespace() && letter.width().is_some_and(|width| width > 0);
        is_seen && widths.advance(*letter).is_none()
    };
    let letters = texts.into_iter().flat_map(str::chars);
    letters.filter(is_missing).collect()
}

/// The last such place with no more than `fits` bytes before it, between two characters as readers know them.
fn last_place(text: &str, fits: usize, is_place: fn(&str, &str) -> bool) -> Option<usize> {
    let places = text.grapheme_indices(true).skip(1).map(|(at, _)| at);
    places
        .take_while(|at| *at <= fits)
        .filter(|at| is_place(&text[..*at], &text[*at..]))
        .last()
}

/// After what joins two words, of two letters each at least: "cost-/benefit", but "E-mail", "18-24".
fn is_joint(before: &str, after: &str) -> bool {
    let two = |letters: &mut dyn Iterator<Item = char>| {
        letters
            .take(2)
            .filter(|letter| letter.is_alphabetic())
            .count()
            == 2
    };
    let mut before = before.chars().rev();
    before.next().is_some_and(|joint| JOINTS.contains(joint))
        && two(&mut before)
        && two(&mut after.chars())
}

/// Where a name out of some program or an address has its parts: "shop./example", "Form/Builder".
fn is_seam(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let is_first = before.len() == last.len_utf8();
    let parts = JOINTS.contains(last) || "_.@:,&=?+".contains(last);
    let hump = last.is_lowercase() && next.is_uppercase();
    !is_first && (hump || (parts && next.is_alphanumeric()))
}

const JOINTS: &str = "-\u{2010}\u{2013}\u{2014}/";

/// White space and control characters as single spaces, none at the ends.
fn tidy(text: impl Iterator<Item = char>) -> String {
    let mut clean = String::new();
    let mut gap = false;
    for character in text {
        if character.is_whitespace() || character.is_control() {
            gap = !clean.is_empty();
        } else {
            if std::mem::take(&mut gap) {
                clean.push(' ');
            }
            clean.push(character);
        }
    }
    clean
}

/// Advances of one font, in parts of the em square.
struct Widths {
    ascii: [f64; 128],
    face: Option<Face<'static>>,
}

impl Widths {
    fn of_font(file: &'static [u8]) -> Self {
        let mut widths = Self {
            ascii: [0.0; 128],
            face: Face::parse(file, 0).ok(),
        };
        for code in 0_u8..128 {
            let character = char::from(code);
            widths.ascii[usize::from(code)] = widths.advance(character).unwrap_or(0.0);
        }
        widths
    }

    /// The advance of a character the font has.
    fn advance(&self, character: char) -> Option<f64> {
        let face = self.face.as_ref()?;
        let glyph = face.glyph_index(character)?;
        Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
    }

    /// The width of one character as readers know it. Where the font has none, other fonts are likely to stand in with
    /// a square for East Asian characters and signs, and with less for the rest.
    fn of(&self, cluster: &str) -> f64 {
        if let [byte] = cluster.as_bytes() {
            return self.ascii.get(usize::from(*byte)).copied().unwrap_or(0.0);
        }
        let known = |sum: f64, character| self.advance(character).map(|width| sum + width);
        cluster
            .chars()
            .try_fold(0.0, known)
            .unwrap_or_else(|| match cluster.width() {
                0 => 0.0,
                1 => 0.62,
                _ => 1.0,
            })
    }
}

fn widths(weight: Weight) -> &'static Widths {
    static WIDTHS: [OnceLock<Widths>; 3] = [const { OnceLock::new() }; 3];
    let at = match weight {
        Weight::Regular => 0,
        Weight::Medium => 1,
        Weight::SemiBold => 2,
    };
    WIDTHS[at].get_or_init(|| Widths::of_font(weight.file()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAME: Font = Font::new(Weight::Medium, 13.0);

    /// Minutes, if each line were to look at all that follows.
    #[test]
    fn a_text_of_a_novels_length_is_broken() {
        let text = "Words that nobody has read ".repeat(20_000);
        let lines = NAME.paragraphs(&text, 200.0);
        assert_eq!(lines.join(" "), text.trim_end());
    }

    #[test]
    fn words_break_at_word_ends_and_the_last_line_says_when_it_was_cut() {
        for (text, room, most, lines) in [
            ("", 100.0, 2, vec![]),
            ("Radio cut", 146.0, 2, vec!["Radio cut"]),
            (
                "360 degree experience site",
                146.0,
                2,
                vec!["360 degree experience", "site"],
            ),
            (
                " Three-minute\tTV  spot,\nsound of a smoke alarm only",
                146.0,
                2,
                vec!["Three-minute TV spot,", "sound of a smoke ala…"],
            ),
            (
                "Donaudampfschifffahrtsgesellschaft",
                146.0,
                2,
                vec!["Donaudampfschifffahrt", "sgesellschaft"],
            ),
            ("Wide", 1.0, 2, vec!["W", "…"]),
            ("Complete-count", 80.0, 2, vec!["Complete-", "count"]),
            ("Newsletter/blog", 80.0, 2, vec!["Newsletter/", "blog"]),
            (
                "E-mail to low-response areas",
                105.0,
                2,
                vec!["E-mail to low-", "response areas"],
            ),
            (
                "Last re-engagement",
                106.0,
                2,
                vec!["Last", "re-engagement"],
            ),
            (
                "RetargetingVisitors",
                90.0,
                2,
                vec!["Retargeting", "Visitors"],
            ),
            (
                "shop.example.org/offer",
                100.0,
                2,
                vec!["shop.example.", "org/offer"],
            ),
            ("E-mail 18-24", 45.0, 2, vec!["E-mail", "18-24"]),
        ] {
            assert_eq!(NAME.wrap(text, room, most), lines, "{text}");
        }
    }

    #[test]
    fn letters_without_a_shape_are_found() {
        let found = missing_letters([
            "Größe Ж \u{25b2}\t…",
            "\u{6771}\u{4eac} \u{1f600}\u{fe0f}\u{200d}",
        ]);
        assert_eq!(
            found.into_iter().collect::<String>(),
            "\u{4eac}\u{6771}\u{1f600}"
        );
    }

    #[test]
    fn a_paragraph_keeps_its_own_breaks() {
        assert_eq!(
            NAME.paragraphs("One\n\nTwo words", 40.0),
            ["One", "", "Two", "words"]
        );
    }

    #[test]
    fn every_bundled_font_reads_and_bolder_is_wider() {
        let widths = Weight::ALL.map(|weight| Font::new(weight, 10.0).width("Handgloves, Größe Ж"));
        assert!(widths[0] > 80.0, "{widths:?}");
        assert!(widths.is_sorted(), "{widths:?}");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room_and_no_word_is_lost(text in "\\PC{0,80}", room in 30.0_f64..300.0) {
            let lines = NAME.paragraphs(&text, room);
            for line in &lines {
                prop_assert!(NAME.width(line) <= room + 1e-6, "{line:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }

        #[test]
        fn cutting_never_panics_and_never_overflows(text in any::<String>(), room in 12.0_f64..300.0, most in 1_usize..4) {
            let lines = NAME.wrap(&text, room, most);
            prop_assert!(lines.len() <= most);
            for line in &lines {
                prop_assert!(NAME.width(line) <= room + 1e-6 || line.graphemes(true).count() == 1, "{line:?}");
            }
        }
    }
}
