//! Pages with everything in its place, before they are drawn, and the structure that screen readers follow.

use super::super::{Level, Sheet};
use super::lettering::Lettering;
use super::lines::Line;
use crate::logo::Logo;
use crate::scene::{Colour, Scene};

/// The space beside the text, in points.
pub(super) const MARGIN: f64 = 56.7;

/// Something on a page; all measures in points from the upper left corner of the sheet.
#[derive(Debug)]
pub(super) enum Item<'a> {
    /// Words.
    Words {
        x: f64,
        /// The middle of the line.
        middle: f64,
        line: Line,
        lettering: Lettering,
        /// Where they stand in the structure; `None`: they are decoration or repeated.
        element: Option<usize>,
    },
    /// A line from left to right, or from top to bottom.
    Rule {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        colour: Colour,
    },
    /// Whose document it is.
    Logo {
        place: (f64, f64),
        size: (f64, f64),
        logo: &'a Logo,
    },
    /// A picture.
    Scene {
        x: f64,
        y: f64,
        scale: f64,
        scene: &'a Scene,
        element: usize,
    },
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) items: Vec<Item<'a>>,
}

/// What an element of the structure is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Title(String),
    Heading(Level, String),
    Paragraph,
    Quote,
    List,
    ListItem,
    ListMark,
    ListBody,
    Table,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Figure(String),
}

/// An element of the structure and what is inside it.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) role: Role,
    pub(super) children: Vec<usize>,
}

/// An entry of the outline.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) level: Level,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f64,
}

/// A document in pages.
#[derive(Debug)]
pub(super) struct Pages<'a> {
    pub(super) sheet: Sheet,
    pub(super) pages: Vec<Page<'a>>,
    pub(super) elements: Vec<Element>,
    /// The elements that are inside no other.
    pub(super) roots: Vec<usize>,
    pub(super) outline: Vec<Entry>,
}
