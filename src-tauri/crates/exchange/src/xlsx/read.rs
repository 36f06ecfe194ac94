//! Workbooks as sheets of cells. What is inside is counted before anything is unpacked for good, and cells are taken
//! one by one, because a sheet may claim a million rows and hold three cells.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use crate::archive;
use crate::cell::Cell;
use crate::import::{ImportError, Note};
use crate::table::{MOST_COLUMNS, Room, Sheet, too_much};

/// The most rows that are read.
const MOST_ROWS: usize = 500_000;

/// Opens the visible sheets of a workbook (`.xlsx`, `.xlsm`; macros are never looked at).
///
/// # Errors
/// When it is no workbook, is locked, inflates beyond 200 MB or 200 times its size, or holds more cells than are read.
pub fn open(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<Note>), ImportError> {
    open_within(bytes, &mut Room::default())
}

/// The same within the room that other files have left.
pub(crate) fn open_within(
    bytes: &[u8],
    room: &mut Room,
) -> Result<(Vec<Sheet>, Vec<Note>), ImportError> {
    archive::check_inflated(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(not_a_workbook)?;
    let (mut sheets, mut notes) = (Vec::new(), Vec::new());
    for about in workbook.sheets_metadata().to_vec() {
        if about.typ != SheetType::WorkSheet {
            continue;
        }
        if about.visible != SheetVisible::Visible {
            notes.push(Note::new(
                place(&about.name),
                "the sheet is hidden and was not read",
            ));
            continue;
        }
        room.sheet(&place(&about.name))?;
        let rows = rows(&mut workbook, &about.name, room)?;
        sheets.push(Sheet {
            name: about.name,
            rows,
        });
    }
    Ok((sheets, notes))
}

fn place(sheet: &str) -> String {
    format!("sheet \u{201c}{sheet}\u{201d}")
}

fn not_a_workbook(error: impl std::fmt::Display) -> ImportError {
    ImportError::whole(format!(
        "it is not a workbook that can be read ({error}); save it as .xlsx"
    ))
}

fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    room: &mut Room,
) -> Result<Vec<Vec<Cell>>, ImportError> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(not_a_workbook)?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let place = place(name);
    while let Some(cell) = reader.next_cell().map_err(not_a_workbook)? {
        let (row, column) = cell.get_position();
        let value = value(cell.get_value());
        if value.is_empty() {
            continue;
        }
        let (row, column) = (row as usize, column as usize);
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(too_much(&place, "rows or columns"));
        }
        if rows.len() <= row {
            room.cells(row + 1 - rows.len(), &place)?;
            rows.resize(row + 1, Vec::new());
        }
        if let Some(cells) = rows.get_mut(row) {
            if cells.len() <= column {
                room.cells(column + 1 - cells.len(), &place)?;
                cells.resize(column + 1, Cell::Empty);
            }
            if let Cell::Text(text) = &value {
                room.text(text.len(), &place)?;
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = value;
            }
        }
    }
    Ok(rows)
}

fn value(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        #[expect(
            clippy::cast_precision_loss,
            reason = "what a workbook calls a whole number is one of 53 bits"
        )]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::Boolean(*yes),
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(error) => Cell::Broken(error.to_string()),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let written = format!("{year:04}-{month:02}-{day:02}");
            written
                .parse()
                .map_or(Cell::Number(moment.as_f64()), Cell::Day)
        }
    }
}

/// Tables of values that were saved as workbooks keep the guard against formulas, which comes off here.
fn text_cell(text: &str) -> Cell {
    Cell::text(crate::guard::unguard(text))
}
