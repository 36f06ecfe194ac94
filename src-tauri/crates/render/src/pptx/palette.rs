//! The picture's colours as a deck's. What a deck maker restyles by picking another theme (cards, words, ground, the
//! kinds of touchpoint) is named by its place in the theme; what has one meaning everywhere (severities, audiences) and
//! what only separates (bands, lines) stays the colour it is.

use crate::scene::{Colour, Theme};

use super::xml::Xml;

/// A colour in a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink {
    name: Option<&'static str>,
    colour: Colour,
    /// How much of it shows, in percent.
    opacity: u8,
}

impl Ink {
    /// A colour that no theme changes.
    pub(super) const fn fixed(colour: Colour) -> Self {
        Self {
            name: None,
            colour,
            opacity: 100,
        }
    }

    /// The same colour, letting through what lies behind.
    pub(super) const fn faint(self, percent: u8) -> Self {
        Self {
            opacity: percent,
            ..self
        }
    }

    /// Writes it as a child of a fill.
    pub(super) fn write(self, xml: &mut Xml) {
        match self.name {
            Some(name) => xml.open("a:schemeClr").attr("val", name),
            None => xml.open("a:srgbClr").attr("val", &hexadecimal(self.colour)),
        };
        if self.opacity < 100 {
            xml.open("a:alpha")
                .attr("val", i64::from(self.opacity) * 1000)
                .close();
        }
        xml.close();
    }
}

/// Six digits, as the format wants them.
pub(super) fn hexadecimal(Colour(red, green, blue): Colour) -> String {
    format!("{red:02X}{green:02X}{blue:02X}")
}

/// A scene's colours and their places in the deck's theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette<'a> {
    pub(super) theme: &'a Theme,
}

impl Palette<'_> {
    /// A colour of the scene, by its place in the theme when it has one.
    pub(super) fn ink(self, colour: Colour) -> Ink {
        let theme = self.theme;
        let places = [
            (theme.card, "bg1"),
            (theme.ink, "tx1"),
            (theme.ground, "bg2"),
            (theme.ink_soft, "tx2"),
            (theme.destination, "accent1"),
            (theme.direct, "accent2"),
            (theme.indirect, "accent3"),
        ];
        let name = places
            .iter()
            .find(|(known, _)| *known == colour)
            .map(|(_, name)| *name);
        Ink {
            name,
            colour,
            opacity: 100,
        }
    }

    /// Whether words are lighter than what they stand on.
    pub(super) fn is_dark(self) -> bool {
        luminance(self.theme.ground) < luminance(self.theme.ink)
    }
}

/// How bright a colour looks, 0 to 255 (Rec. 601 weights).
fn luminance(Colour(red, green, blue): Colour) -> f64 {
    0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue)
}

/// `share` of the way from one colour to another.
pub(super) fn mixed(from: Colour, to: Colour, share: f64) -> Colour {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between two bytes"
    )]
    let mix = |a: u8, b: u8| {
        (f64::from(a) + (f64::from(b) - f64::from(a)) * share.clamp(0.0, 1.0)).round() as u8
    };
    Colour(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
