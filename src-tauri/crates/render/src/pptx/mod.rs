//! PowerPoint: a map as a deck whose slides are native shapes. Stages are heads over bands, touchpoints are shapes with
//! words, links are connectors glued to them, gaps are signs and speaker notes, and everything can be moved, restyled and
//! reworded where the deck ends up. Further slides hold the coverage table, the timeline and the gaps.
//!
//! Refuses to be: a planner's document (it says what it is given), a layout, or a reader of decks, save for the project
//! it may carry inside.

mod cards;
mod coverage;
mod deck;
mod drawing;
mod embedded;
mod gap_list;
mod heads;
mod key;
mod lanes;
mod links;
mod map;
mod master;
mod package;
mod palette;
mod pieces;
mod presentation;
mod sheet;
mod slides;
mod stubs;
mod table;
mod timeline;
mod view;
mod way;
mod words;
mod xml;

use crate::error::RenderError;

pub use deck::{Cell, Deck, GapLine, PptxOptions, SlideSize, Table, Timeline, TimelineRow};
pub(crate) use embedded::PART;
pub use embedded::project_in;

/// Writes a deck as a PowerPoint file (`.pptx`, Office Open XML). The same deck gives the same bytes. Grows with the
/// number of touchpoints, links and rows.
///
/// # Errors
/// When the archive cannot be written, which takes more than 4 GB of slides, or the project is larger than 200 MB.
pub fn pptx(deck: &Deck, options: &PptxOptions<'_>) -> Result<Vec<u8>, RenderError> {
    let (sheet, slides) = slides::slides(deck, options.size);
    presentation::write(deck, sheet, slides, options.project)
}
