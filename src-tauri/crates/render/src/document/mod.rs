//! A document: headings, paragraphs, tables and pictures in reading order, without any look of its own. Each writer
//! turns it into the bytes of one format: Markdown, HTML, Word, PDF. The same document always gives the same bytes.
//!
//! Refuses to be: a template (what stands in a document is decided by whoever builds it), a layout program (headings
//! look as headings look), or a way for a stranger's text to become markup: text is text in every format, and the only
//! addresses that can be followed are those of [`Address`].

mod colours;
mod docx;
mod html;
mod markdown;
mod pdf;
mod picture;
mod text;

pub use docx::docx;
pub use html::{html, html_body, logo_address};
pub use markdown::{escaped as escaped_markdown, markdown, markdown_body};
pub use pdf::pdf;
pub use text::{Address, Span, Style, Text};

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::logo::Logo;
use crate::scene::Scene;
use crate::stand_in::StandIns;

/// What people read.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is about: the map's title.
    pub title: String,
    /// What sort of document it is, in the planner's words: "Comms framework".
    pub kind: String,
    /// The day it speaks of, in words: "3 March 2026".
    pub date: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whose it is, at its upper right; Markdown has no place for it.
    pub logo: Option<Logo>,
    /// What sets the letters that the bundled font lacks, where words become pixels or glyphs.
    pub stand_ins: StandIns,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; paged formats keep it with what follows, and list it in their outline.
    Heading(Level, Text),
    /// A paragraph.
    Paragraph(Text),
    /// A lesser remark in smaller letters.
    Note(Text),
    /// Somebody's own words.
    Quote(Text),
    /// Points, in no order.
    List(Vec<Text>),
    /// Names and what they stand for, line by line.
    Facts(Vec<(String, Text)>),
    /// A table.
    Table(Table),
    /// A picture of a part of the map.
    Figure(Figure),
    /// What follows begins on a new page, where there are pages.
    PageBreak,
}

/// How deep a heading is below the document's title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A section of the document.
    Section,
    /// A part of a section.
    Part,
    /// An item of a part.
    Item,
}

impl Level {
    /// 1 for sections, 2 for parts, 3 for items.
    #[must_use]
    pub const fn depth(self) -> usize {
        match self {
            Self::Section => 1,
            Self::Part => 2,
            Self::Item => 3,
        }
    }
}

/// A table; its head is repeated on every page it reaches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// Its rows from top to bottom, each with as many cells as there are columns.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What its head says.
    pub title: String,
    /// Which edge its words keep to.
    pub align: Align,
    /// How much room it wants beside the others; the room of a column is its share of the sum.
    pub share: f64,
}

/// Which edge words keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The left one: words.
    Left,
    /// The right one: figures.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What sort of row it is.
    pub kind: RowKind,
    /// What stands in it, column by column; an empty text is an empty cell.
    pub cells: Vec<Text>,
}

/// What sort of row a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// One of many.
    Plain,
    /// Names the rows below it.
    Group,
    /// Sums the rows above it up.
    Sum,
}

/// A picture, and the same in words for those who do not see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What is seen.
    pub scene: Box<Scene>,
    /// What it shows, in a sentence or two.
    pub words: String,
}

impl Figure {
    /// The picture as SVG; its words are set in the reader's font.
    #[must_use]
    pub fn svg(&self) -> String {
        picture::svg(&self.scene)
    }
}

/// The sheet that paged formats are made for, in points (72 to the inch).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Sheet {
    /// ISO A4, upright.
    pub const A4: Self = Self {
        width: 595.28,
        height: 841.89,
    };
    /// ISO A3, upright.
    pub const A3: Self = Self {
        width: 841.89,
        height: 1190.55,
    };
    /// US Letter, upright.
    pub const LETTER: Self = Self {
        width: 612.0,
        height: 792.0,
    };
}

/// How far the writing has come, 0 to 1; the answer says whether to go on.
pub type Progress<'a> = &'a dyn Fn(f64) -> ControlFlow<()>;

/// Why a document could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document could not be written as {format}: {reason}")]
pub struct DocumentError {
    /// The format.
    pub format: &'static str,
    /// What went wrong.
    pub reason: String,
}

impl Document {
    /// What stands above everything: the title, and what the document is.
    #[must_use]
    pub fn full_title(&self) -> String {
        if self.title.is_empty() {
            self.kind.clone()
        } else {
            format!("{} \u{b7} {}", self.title, self.kind)
        }
    }
}

impl Document {
    /// The room a logo has, in points.
    const LOGO_ROOM: (f64, f64) = (150.0, 36.0);

    /// The same, its letters and those of its pictures set in these fonts where the bundled one lacks them.
    #[must_use]
    pub fn with_stand_ins(mut self, stand_ins: &StandIns) -> Self {
        self.stand_ins = stand_ins.clone();
        for block in &mut self.blocks {
            if let Block::Figure(figure) = block {
                figure.scene.stand_ins = stand_ins.clone();
            }
        }
        self
    }

    /// Its logo with width and height, in points.
    fn placed_logo(&self) -> Option<(&Logo, (f64, f64))> {
        let logo = self.logo.as_ref()?;
        Some((logo, logo.fitted(Self::LOGO_ROOM)))
    }

    /// The letters in its pictures that the bundled font has no shape for.
    #[must_use]
    pub fn missing_letters_of_figures(&self) -> BTreeSet<char> {
        let is_figure = |block: &&Block| matches!(block, Block::Figure(_));
        let figures = self.blocks.iter().filter(is_figure);
        figures.flat_map(Block::missing_letters).collect()
    }

    /// The letters in it that the bundled font has no shape for.
    #[must_use]
    pub fn missing_letters(&self) -> BTreeSet<char> {
        let mut missing = crate::text::missing_letters([&*self.title, &*self.kind, &*self.date]);
        for block in &self.blocks {
            missing.extend(block.missing_letters());
        }
        missing
    }
}

impl Block {
    fn missing_letters(&self) -> BTreeSet<char> {
        let of = |texts: &mut dyn Iterator<Item = &Text>| -> BTreeSet<char> {
            let spans = texts.flat_map(Text::spans);
            crate::text::missing_letters(spans.map(|span| span.text.as_str()))
        };
        match self {
            Self::Heading(_, text)
            | Self::Paragraph(text)
            | Self::Note(text)
            | Self::Quote(text) => of(&mut std::iter::once(text)),
            Self::List(points) => of(&mut points.iter()),
            Self::Facts(facts) => of(&mut facts.iter().map(|(_, text)| text)),
            Self::Table(table) => of(&mut table.rows.iter().flat_map(|row| &row.cells)),
            Self::Figure(figure) => crate::text::missing_letters(figure.scene.words()),
            Self::PageBreak => BTreeSet::new(),
        }
    }
}

impl Table {
    /// Rows of text below these columns.
    #[must_use]
    pub fn of(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    /// Adds a row of this sort; cells are cut or filled up to the columns.
    pub fn push(&mut self, kind: RowKind, mut cells: Vec<Text>) {
        cells.resize(self.columns.len(), Text::default());
        self.rows.push(Row { kind, cells });
    }

    /// The same without the columns in which no plain row says anything; `keep` are kept however empty.
    #[must_use]
    pub fn without_empty_columns(mut self, keep: &[usize]) -> Self {
        let says_something = |at: usize| {
            self.rows
                .iter()
                .filter(|row| row.kind == RowKind::Plain)
                .any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()))
        };
        let kept: Vec<bool> = (0..self.columns.len())
            .map(|at| keep.contains(&at) || says_something(at))
            .collect();
        let mut column = kept.iter();
        self.columns.retain(|_| column.next() == Some(&true));
        for row in &mut self.rows {
            let mut cell = kept.iter();
            row.cells.retain(|_| cell.next() == Some(&true));
        }
        self
    }
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(title: &str, share: f64) -> Self {
        Self {
            title: title.to_owned(),
            align: Align::Left,
            share,
        }
    }

    /// A column of figures.
    #[must_use]
    pub fn figures(title: &str, share: f64) -> Self {
        Self {
            title: title.to_owned(),
            align: Align::Right,
            share,
        }
    }
}
