//! A document as PDF: set on pages with the bundled fonts, words measured as in every picture. Set first, drawn after,
//! so that every page knows how many there are.

mod draw;
mod flow;
mod lettering;
mod lines;
mod page;
mod table;

use super::{Document, DocumentError, Sheet};

/// A document as PDF on sheets of this size. The same document gives the same bytes.
///
/// # Errors
/// When the PDF cannot be written.
pub fn pdf(document: &Document, sheet: Sheet) -> Result<Vec<u8>, DocumentError> {
    draw::draw(document, &flow::pages(document, sheet))
}
