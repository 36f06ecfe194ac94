//! The map as a workbook, and workbooks read as tables.
//!
//! Refuses to be: a judge of the map. Coverage and gaps come in as plain values, words ready to be shown.

mod budget;
mod formats;
mod links;
mod read;
mod write;

pub use read::open;
pub(crate) use read::open_within;
pub use write::{Content, CoverageCell, CoverageTable, GapRow, write};

/// The most characters a cell holds, in UTF-16 units.
const LONGEST_CELL: usize = 32_767;

/// What ends a text that was longer than a cell holds. Reading leaves the field alone that ends so.
pub(crate) const SHORTENED: &str = "\u{2026} [shortened: a cell holds 32,767 characters]";
