//! Other people's tables: sheets of cells, which of them hold touchpoints and links, which column means which field,
//! and the map they make. Refuses to know the file formats: `csv` and `xlsx` fill the sheets.

mod mapping;
mod read;
mod room;

pub use mapping::{ColumnMapping, FieldChoice, Mapping, SheetMapping, choices, completed, suggest};
pub use read::read;
pub(crate) use room::{MOST_COLUMNS, Room, too_much};

use crate::cell::Cell;

/// One sheet of a workbook, or the one table of a file of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What it is called.
    pub name: String,
    /// Its rows from the first, each as long as it needs to be.
    pub rows: Vec<Vec<Cell>>,
}
