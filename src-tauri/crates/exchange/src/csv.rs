//! Tables as comma-separated values. Writing: UTF-8 with a byte-order mark, because Excel takes it for the machine's
//! old code page otherwise; commas and CRLF as RFC 4180 has them; texts guarded against formulas. Reading: whatever
//! Excel and its kin save, the encoding and the separator found out.

use backcast_model::Map;
use backcast_model::catalog::Catalog;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::cell::Cell;
use crate::columns::{self, Column};
use crate::guard::{guard, unguard};
use crate::import::{ImportError, Note};
use crate::matrix::Shown;
use crate::table::{MOST_COLUMNS, Room, Sheet, too_much};

/// The largest file of values that is read, in bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// How many records tell what separates the values.
const LOOKED_AT: usize = 20;

/// A map as two tables, `touchpoints.csv` and `links.csv`; the same map always gives the same bytes.
#[must_use]
pub fn write(map: &Map, catalog: &Catalog) -> Vec<(String, Vec<u8>)> {
    let shown = Shown::of(map, catalog);
    let touchpoints = map
        .touchpoints
        .iter()
        .map(|row| shown.touchpoint(row, columns::TOUCHPOINT));
    let links = map.links.iter().map(|row| shown.link(row, columns::LINK));
    vec![
        (
            "touchpoints.csv".to_owned(),
            table(&headings(columns::TOUCHPOINT), touchpoints),
        ),
        (
            "links.csv".to_owned(),
            table(&headings(columns::LINK), links),
        ),
    ]
}

fn headings(columns: &[Column]) -> Vec<&'static str> {
    columns.iter().map(|column| column.heading).collect()
}

/// One table as bytes.
pub(crate) fn table(headings: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(UTF_8_MARK.to_vec());
    // Writing to memory fails only on records of unequal length, and each of ours has a cell for every heading.
    let _ = writer.write_record(headings);
    for row in rows {
        let _ = writer.write_record(row.iter().map(written));
    }
    writer.into_inner().unwrap_or_default()
}

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guard(text),
        other => other.shown(),
    }
}

/// Opens one table. `name` is what its places are called by.
///
/// # Errors
/// When it is larger than 64 MB, holds no text, or more cells than are read.
pub fn open(name: &str, bytes: &[u8]) -> Result<(Sheet, Vec<Note>), ImportError> {
    open_within(name, bytes, &mut Room::default())
}

/// The same within the room that other files have left.
pub(crate) fn open_within(
    name: &str,
    bytes: &[u8],
    room: &mut Room,
) -> Result<(Sheet, Vec<Note>), ImportError> {
    room.sheet(name)?;
    if bytes.len() > LARGEST {
        return Err(ImportError::whole(format!(
            "{name} has {} MB; at most {} MB of values are read",
            bytes.len() / 1_048_576,
            LARGEST / 1_048_576
        )));
    }
    let (text, guessed) = decode(bytes);
    if text.contains('\0') {
        return Err(ImportError::whole(format!("{name} is not a table of text")));
    }
    let mut notes = Vec::new();
    if guessed {
        notes.push(Note::new(
            name,
            "it does not say its encoding and was read as Windows-1252; look at accented letters",
        ));
    }
    let (separator, body) = separator(&text);
    Ok((
        Sheet {
            name: name.to_owned(),
            rows: rows(name, body, separator, room)?,
        },
        notes,
    ))
}

/// The text, and whether its encoding is a guess.
fn decode(bytes: &[u8]) -> (String, bool) {
    for (encoding, mark) in [
        (UTF_8, UTF_8_MARK),
        (UTF_16LE, b"\xff\xfe"),
        (UTF_16BE, b"\xfe\xff"),
    ] {
        if bytes.starts_with(mark) {
            return (
                encoding.decode_with_bom_removal(bytes).0.into_owned(),
                false,
            );
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return (text.to_owned(), false);
    }
    // Most values are Latin letters, whose UTF-16 has a zero in every other byte.
    let zeros = |at: usize| {
        bytes
            .iter()
            .skip(at)
            .step_by(2)
            .take(200)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd > 4 * even.max(1) {
        return (
            UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
            false,
        );
    }
    if even > 4 * odd.max(1) {
        return (
            UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
            false,
        );
    }
    (
        WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
        true,
    )
}

/// What separates the values, and the text without the line by which Excel may say so.
fn separator(text: &str) -> (u8, &str) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some(&separator) = rest.as_bytes().first().filter(|byte| byte.is_ascii())
    {
        let body = rest.get(1..).unwrap_or_default();
        return (separator, body.trim_start_matches(['\r', '\n']));
    }
    let best = [b',', b';', b'\t', b'|']
        .into_iter()
        .rev()
        .max_by_key(|separator| fit(text, *separator));
    (best.unwrap_or(b','), text)
}

/// How well a separator fits: how many of the first records have as many values as the first, times those values.
fn fit(text: &str, separator: u8) -> usize {
    let mut reader = reader(text, separator);
    let mut lengths = reader
        .records()
        .take(LOOKED_AT)
        .filter_map(Result::ok)
        .map(|record| record.len());
    let Some(first) = lengths.next().filter(|first| *first > 1) else {
        return 0;
    };
    let alike = 1 + lengths.filter(|length| *length == first).count();
    alike * first
}

fn reader(text: &str, separator: u8) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

fn rows(
    name: &str,
    text: &str,
    separator: u8,
    room: &mut Room,
) -> Result<Vec<Vec<Cell>>, ImportError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut next_line = 1;
    for record in reader(text, separator).records() {
        let record = record.map_err(|error| ImportError::at(name, error.to_string()))?;
        // The reader passes over blank lines, which spreadsheets count.
        let line = record.position().map_or(next_line, ::csv::Position::line);
        for _ in next_line..line.min(next_line + 10_000) {
            room.cells(1, name)?;
            rows.push(Vec::new());
        }
        let breaks = record
            .iter()
            .map(|value| value.matches('\n').count() as u64)
            .sum::<u64>();
        next_line = line + breaks + 1;
        // Spreadsheets write empty values behind the last that holds something.
        let length = record
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_empty())
            .last()
            .map_or(0, |(last, _)| last + 1);
        if length > MOST_COLUMNS {
            return Err(too_much(name, "columns"));
        }
        room.cells(1 + length, name)?;
        room.text(record.as_slice().len(), name)?;
        let values = record.iter().take(length);
        rows.push(values.map(|value| Cell::text(unguard(value))).collect());
    }
    Ok(rows)
}
