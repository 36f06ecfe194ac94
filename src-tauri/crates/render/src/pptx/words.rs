//! Words in shapes: paragraphs with a look, and how large letters may be for words to fit. The deck is set in Arial,
//! because a deck goes on to machines we know nothing of: Arial is on every Windows and macOS, Google's and Apple's
//! programs have it, and Linux has a face of the same widths. Words are measured on the bundled face, which runs a
//! little wider, so what fits there fits in Arial.

use crate::text::{Font, Weight};

use super::palette::Ink;
use super::sheet::{POINT, exact};
use super::xml::Xml;

/// The face of every deck.
pub(super) const FACE: &str = "Arial";

/// The least size of letters the format knows, in hundredths of a point.
const LEAST: i64 = 100;
/// The largest.
const MOST: i64 = 400_000;

/// How letters look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Hundredths of a point.
    pub(super) size: i64,
    pub(super) bold: bool,
    pub(super) struck: bool,
    pub(super) ink: Ink,
}

impl Look {
    pub(super) const fn plain(size: i64, ink: Ink) -> Self {
        Self {
            size,
            bold: false,
            struck: false,
            ink,
        }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The measure of these letters, in EMU.
    pub(super) fn font(self) -> Font {
        let weight = if self.bold {
            Weight::SemiBold
        } else {
            Weight::Regular
        };
        Font::new(weight, exact(self.size * POINT) / 100.0)
    }

    /// Height of a line, in EMU.
    pub(super) const fn line(self) -> i64 {
        self.size * POINT * 6 / 500
    }
}

/// Where lines stand between the left and right end of their room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
}

/// Where words stand between top and bottom of their room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Top,
    Middle,
}

/// Words of one look. Line breaks inside the text stay line breaks.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) look: Look,
    pub(super) align: Align,
}

impl Paragraph {
    pub(super) fn new(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
            align: Align::Left,
        }
    }

    pub(super) fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// Writes it as a paragraph of any body of text.
    pub(super) fn write(&self, xml: &mut Xml) {
        let backward = runs_backward(&self.text);
        xml.open("a:p").open("a:pPr");
        // In a paragraph that runs from right to left, the side where lines begin is the right one.
        match (self.align, backward) {
            (Align::Centre, _) => xml.attr("algn", "ctr"),
            (Align::Left, true) => xml.attr("algn", "r"),
            (Align::Left, false) => xml.attr("algn", "l"),
        };
        if backward {
            xml.attr("rtl", "1");
        }
        xml.close();
        for (at, line) in self.text.lines().enumerate() {
            if at > 0 {
                xml.open("a:br");
                self.properties(xml, "a:rPr");
                xml.close();
            }
            if !line.is_empty() {
                xml.open("a:r");
                self.properties(xml, "a:rPr");
                xml.open("a:t").text(line).close().close();
            }
        }
        self.properties(xml, "a:endParaRPr");
        xml.close();
    }

    fn properties(&self, xml: &mut Xml, name: &'static str) {
        let Look {
            size,
            bold,
            struck,
            ink,
        } = self.look;
        xml.open(name).attr("sz", size.clamp(LEAST, MOST));
        xml.attr("b", if bold { "1" } else { "0" });
        if struck {
            xml.attr("strike", "sngStrike");
        }
        xml.attr("dirty", "0").open("a:solidFill");
        ink.write(xml);
        xml.close().close();
    }
}

/// The words of a shape.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) anchor: Anchor,
    /// Free room at the left, top, right and bottom.
    pub(super) insets: [i64; 4],
    /// Whether lines break where the room ends.
    pub(super) wraps: bool,
}

impl Words {
    /// Words in the middle, with no free room around.
    pub(super) fn of(paragraphs: Vec<Paragraph>) -> Self {
        Self {
            paragraphs,
            anchor: Anchor::Middle,
            insets: [0; 4],
            wraps: true,
        }
    }

    pub(super) fn inset(self, insets: [i64; 4]) -> Self {
        Self { insets, ..self }
    }

    pub(super) fn on_one_line(self) -> Self {
        Self {
            wraps: false,
            ..self
        }
    }

    /// Writes them as the text body of a shape.
    pub(super) fn write(&self, xml: &mut Xml) {
        xml.open("p:txBody");
        self.body(xml);
        for paragraph in &self.paragraphs {
            paragraph.write(xml);
        }
        if self.paragraphs.is_empty() {
            xml.empty("a:p");
        }
        xml.close();
    }

    fn body(&self, xml: &mut Xml) {
        xml.open("a:bodyPr")
            .attr("wrap", if self.wraps { "square" } else { "none" });
        for (name, inset) in ["lIns", "tIns", "rIns", "bIns"]
            .into_iter()
            .zip(self.insets)
        {
            xml.attr(name, inset);
        }
        xml.attr("rtlCol", "0");
        xml.attr(
            "anchor",
            if self.anchor == Anchor::Top {
                "t"
            } else {
                "ctr"
            },
        );
        xml.empty("a:noAutofit").close().empty("a:lstStyle");
    }
}

/// Whether a text's first letter belongs to a script that runs from right to left.
fn runs_backward(text: &str) -> bool {
    text.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// The text on one line: white space and control characters as single spaces.
pub(super) fn one_line(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
    {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    clean
}

/// `1 touchpoint`, `2 touchpoints`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
