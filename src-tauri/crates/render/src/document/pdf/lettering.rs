//! How large and how bold the letters of each sort of block are, in points, and how far apart lines stand.

use super::super::{Level, Style, colours};
use crate::scene::Colour;
use crate::text::{Font, Weight};

/// Letters of one sort.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lettering {
    /// Their height.
    pub(super) size: f64,
    /// How bold plain words are.
    pub(super) weight: Weight,
    /// From line to line.
    pub(super) leading: f64,
    /// The colour of plain words.
    pub(super) colour: Colour,
}

impl Lettering {
    pub(super) const KIND: Self = Self::new(11.0, Weight::SemiBold, 16.0, colours::ACCENT);
    pub(super) const TITLE: Self = Self::new(26.0, Weight::SemiBold, 31.0, colours::INK);
    pub(super) const BODY: Self = Self::new(10.0, Weight::Regular, 15.0, colours::INK);
    pub(super) const SMALL: Self = Self::new(9.0, Weight::Regular, 13.5, colours::SOFT);
    pub(super) const CELL: Self = Self::new(8.8, Weight::Regular, 12.6, colours::INK);
    pub(super) const CELL_STRONG: Self = Self::new(8.8, Weight::SemiBold, 12.6, colours::INK);
    pub(super) const CELL_NAME: Self = Self::new(8.8, Weight::Medium, 12.6, colours::INK);
    pub(super) const HEAD: Self = Self::new(8.2, Weight::SemiBold, 11.6, colours::SOFT);
    pub(super) const FOOT: Self = Self::new(8.0, Weight::Regular, 11.0, colours::SOFT);

    const fn new(size: f64, weight: Weight, leading: f64, colour: Colour) -> Self {
        Self {
            size,
            weight,
            leading,
            colour,
        }
    }

    /// Headings.
    pub(super) const fn heading(level: Level) -> Self {
        match level {
            Level::Section => Self::new(17.0, Weight::SemiBold, 22.0, colours::INK),
            Level::Part => Self::new(12.5, Weight::SemiBold, 17.0, colours::INK),
            Level::Item => Self::new(10.0, Weight::SemiBold, 15.0, colours::INK),
        }
    }

    /// The font of words of this look.
    pub(super) fn font(self, style: Style) -> Font {
        let weight = match style {
            Style::Plain | Style::Soft => self.weight,
            Style::Strong | Style::Severity(_) => Weight::SemiBold,
        };
        Font::new(weight, self.size)
    }

    /// The colour of words of this look.
    pub(super) const fn colour_of(self, style: Style) -> Colour {
        match style {
            Style::Plain | Style::Strong => self.colour,
            Style::Soft => colours::SOFT,
            Style::Severity(severity) => colours::of_severity(severity),
        }
    }
}
