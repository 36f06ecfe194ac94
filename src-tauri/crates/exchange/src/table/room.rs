//! How much of other people's tables is read at once: one room for all files of an import, whatever each of them
//! claims. Refuses to count bytes of files; the readers of the formats do.

use crate::import::ImportError;

/// The most cells that are read, a row counted as one more.
const MOST_CELLS: usize = 4_000_000;

/// The most columns of a sheet that are read.
pub(crate) const MOST_COLUMNS: usize = 1_024;

/// The most bytes of text that are read: one text may be shared by a million cells.
const MOST_TEXT: usize = 128 * 1024 * 1024;

/// The most sheets that are read.
const MOST_SHEETS: usize = 1_000;

/// What may still be read.
pub(crate) struct Room {
    sheets: usize,
    cells: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            sheets: MOST_SHEETS,
            cells: MOST_CELLS,
            text: MOST_TEXT,
        }
    }
}

impl Room {
    /// Makes room for one more sheet.
    ///
    /// # Errors
    /// When there are too many.
    pub(crate) fn sheet(&mut self, place: &str) -> Result<(), ImportError> {
        take(&mut self.sheets, 1, place, "sheets")
    }

    /// Makes room for cells, or for rows.
    ///
    /// # Errors
    /// When all that was read has too many.
    pub(crate) fn cells(&mut self, number: usize, place: &str) -> Result<(), ImportError> {
        take(&mut self.cells, number, place, "cells")
    }

    /// Makes room for this many bytes of text.
    ///
    /// # Errors
    /// When all that was read has too many.
    pub(crate) fn text(&mut self, bytes: usize, place: &str) -> Result<(), ImportError> {
        take(&mut self.text, bytes, place, "words")
    }
}

fn take(room: &mut usize, number: usize, place: &str, what: &str) -> Result<(), ImportError> {
    *room = room
        .checked_sub(number)
        .ok_or_else(|| too_much(place, what))?;
    Ok(())
}

/// Why a sheet is refused that holds too much of something.
pub(crate) fn too_much(place: &str, what: &str) -> ImportError {
    ImportError::at(
        place,
        format!(
            "it holds more {what} than are read; keep the tables with touchpoints and links only"
        ),
    )
}
