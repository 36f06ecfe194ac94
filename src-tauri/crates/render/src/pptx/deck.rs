//! What a deck is made of: plain data, decided elsewhere. Words come as they are to be read.

use backcast_model::{Day, Severity};

use crate::scene::{CardKind, Scene};

/// Everything a deck says.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// The project's or the map's title, on every slide.
    pub title: String,
    /// The map. Its theme is the deck's.
    pub map: Scene,
    /// The speaker notes of the map's slide, a paragraph each: the gaps in sentences.
    pub notes: Vec<String>,
    /// Who is served when, by what.
    pub coverage: Option<Table>,
    /// What is live when.
    pub timeline: Option<Timeline>,
    /// The gaps, in the order they are to be listed. No slide when there are none.
    pub gaps: Vec<GapLine>,
}

/// A table with a head. The first cell of every row, and of the head, names the row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The names of the columns, the one of the rows' names first (it may be empty).
    pub head: Vec<String>,
    /// Rows of as many cells; missing ones are empty.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it says, a line for each fact. In the first column, lines after the first are less than a name.
    pub text: String,
    /// Its gaps in a few words each, shown before the text in their severity's colours.
    pub gaps: Vec<(Severity, String)>,
}

/// What is live when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// In the order they are to be shown; those of a stage beside each other.
    pub rows: Vec<TimelineRow>,
}

/// When a touchpoint is live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineRow {
    /// The touchpoint's name.
    pub name: String,
    /// Its stage's name; empty when it has none.
    pub stage: String,
    /// How it is told apart.
    pub kind: CardKind,
    /// The first and last day of every flight.
    pub flights: Vec<(Day, Day)>,
}

/// A gap in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapLine {
    /// How much it hurts.
    pub severity: Severity,
    /// The stages it counts under, in words.
    pub stage: String,
    /// What is wrong, in a sentence.
    pub sentence: String,
    /// What to do about it; empty when only a person can say.
    pub fix: String,
}

/// How large slides are.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum SlideSize {
    /// 16:9, as presentation programs have it: 13⅓ by 7½ inches.
    #[default]
    Wide,
    /// A width and a height in millimetres, such as a sheet of paper; kept between one inch and 56.
    Millimetres(f64, f64),
    /// As large as the map at 100 %, but no larger than the format's 56 inches: then the map is smaller.
    Fit,
}

/// How a deck is written.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PptxOptions<'a> {
    /// How large slides are.
    pub size: SlideSize,
    /// The project's file, to be carried inside so that the deck can be opened as the project again.
    pub project: Option<&'a [u8]>,
}
