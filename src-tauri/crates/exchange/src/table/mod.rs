//! Other people's tables: sheets of cells, which of them hold touchpoints and links, which column means which field,
//! and the map they make. Refuses to know the file formats: `csv` and `xlsx` fill the sheets.

mod mapping;
mod read;

pub use mapping::{ColumnMapping, FieldChoice, Mapping, SheetMapping, choices, suggest};
pub use read::read;

use crate::cell::Cell;

/// The most cells that are read from one file.
pub(crate) const MOST_CELLS: usize = 4_000_000;

/// One sheet of a workbook, or the one table of a file of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What it is called.
    pub name: String,
    /// Its rows from the first, each as long as it needs to be.
    pub rows: Vec<Vec<Cell>>,
}
