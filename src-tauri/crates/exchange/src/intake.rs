//! What somebody dropped, pasted or named: finds out by content, then by ending, what it is, and has it read. Several
//! files are one import when they are tables.

use backcast_model::catalog::Catalog;

use crate::import::{ImportError, Imported, Note};
use crate::table::{self, Mapping, Room, Sheet};
use crate::{archive, canvas, csv, drawio, graphml, json, mermaid, xlsx};

/// A file by the name people know it by, and its content.
pub type NamedBytes = (String, Vec<u8>);

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Our text form.
    Json,
    /// Tables: values, workbooks, or a zip of values.
    Tables,
    /// A drawing of draw.io.
    Drawio,
    /// A Mermaid flowchart.
    Mermaid,
    /// GraphML.
    GraphMl,
    /// JSON Canvas.
    Canvas,
}

/// What somebody decided before reading.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// The page of a drawing, counted from 0; `None`: the first that holds shapes.
    pub page: Option<usize>,
    /// How tables are read; `None`: as their headings suggest.
    pub mapping: Option<Mapping>,
}

/// What files are, the first deciding.
///
/// # Errors
/// When it is nothing that is read, with what is.
pub fn format_of(name: &str, bytes: &[u8]) -> Result<Format, ImportError> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default();
    if archive::is_zip(bytes) {
        return Ok(Format::Tables);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(ImportError::whole(
            "it is a workbook of the old kind, or one with a password; save it as .xlsx without one",
        ));
    }
    if bytes.starts_with(b"%PDF")
        || bytes.starts_with(b"\x89PNG")
        || bytes.starts_with(b"SQLite format 3\0")
    {
        return Err(ImportError::whole(
            "it holds no table and no diagram; open it instead of importing it",
        ));
    }
    let start = beginning(bytes);
    let start = start.trim_start();
    if start.starts_with('{') {
        return Ok(if is_canvas(bytes) || ending == "canvas" {
            Format::Canvas
        } else {
            Format::Json
        });
    }
    if start.starts_with('<') && !start.starts_with("<-") {
        return Ok(if start.contains("<graphml") || ending == "graphml" {
            Format::GraphMl
        } else {
            Format::Drawio
        });
    }
    if matches!(ending.as_str(), "mmd" | "mermaid") || looks_like_mermaid(start) {
        return Ok(Format::Mermaid);
    }
    if matches!(ending.as_str(), "csv" | "tsv" | "txt" | "tab" | "") {
        return Ok(Format::Tables);
    }
    Err(ImportError::whole(
        "it is none of what can be imported: tables (CSV, XLSX), draw.io, Mermaid, GraphML, JSON Canvas, Backcast JSON",
    ))
}

/// The first characters, whatever the encoding.
fn beginning(bytes: &[u8]) -> String {
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
    let text = String::from_utf8_lossy(head).into_owned();
    text.chars()
        .filter(|character| !matches!(character, '\0' | '\u{feff}' | '\u{fffd}'))
        .collect()
}

fn is_canvas(bytes: &[u8]) -> bool {
    let object = serde_json::from_slice::<backcast_model::Fields>(bytes);
    object.is_ok_and(|object| canvas::looks_like(&object))
}

fn looks_like_mermaid(start: &str) -> bool {
    let mut lines = start
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("%%"));
    let first = lines.next().unwrap_or_default();
    let word = |line: &str| {
        line.split_whitespace().next().is_some_and(|word| {
            matches!(
                word,
                "flowchart"
                    | "graph"
                    | "flowchart-elk"
                    | "sequenceDiagram"
                    | "mindmap"
                    | "stateDiagram-v2"
                    | "journey"
                    | "gantt"
            )
        })
    };
    first == "---"
        || first.starts_with("```mermaid")
        || (word(first) && !first.contains([';', ',', '\t']))
}

/// Opens tables: files of values, workbooks, zips of files of values.
///
/// # Errors
/// When one of them cannot be read or there are none.
pub fn tables(files: &[NamedBytes]) -> Result<(Vec<Sheet>, Vec<Note>), ImportError> {
    let (mut sheets, mut notes, mut room) = (Vec::new(), Vec::new(), Room::default());
    let mut take = |found: (Vec<Sheet>, Vec<Note>)| {
        sheets.extend(found.0);
        notes.extend(found.1);
    };
    for (name, bytes) in files {
        if !archive::is_zip(bytes) {
            let (sheet, notes) = csv::open_within(name, bytes, &mut room)?;
            take((vec![sheet], notes));
        } else if archive::names(bytes)?
            .iter()
            .any(|name| name == "xl/workbook.xml")
        {
            take(xlsx::open_within(bytes, &mut room)?);
        } else {
            take(zipped_tables(bytes, &mut room)?);
        }
    }
    if sheets.is_empty() {
        return Err(ImportError::whole("there is no table in it"));
    }
    distinct(&mut sheets);
    Ok((sheets, notes))
}

fn zipped_tables(bytes: &[u8], room: &mut Room) -> Result<(Vec<Sheet>, Vec<Note>), ImportError> {
    let is_table =
        |name: &str| name.to_lowercase().ends_with(".csv") || name.to_lowercase().ends_with(".tsv");
    let (mut sheets, mut notes) = (Vec::new(), Vec::new());
    for other in archive::names(bytes)?.iter().filter(|name| !is_table(name)) {
        notes.push(Note::new(other.as_str(), "it is no table and was not read"));
    }
    for (path, content) in archive::files(bytes, is_table)? {
        // Folders of a zip are no business of a table's name.
        let name = path.rsplit(['/', '\\']).next().unwrap_or(&path);
        let (sheet, told) = csv::open_within(name, &content, room)?;
        sheets.push(sheet);
        notes.extend(told);
    }
    Ok((sheets, notes))
}

/// Sheets are known by their names, so each has its own.
fn distinct(sheets: &mut [Sheet]) {
    let mut seen = std::collections::BTreeSet::new();
    for sheet in sheets {
        let (name, mut repeat) = (sheet.name.clone(), 1);
        while !seen.insert(sheet.name.clone()) {
            repeat += 1;
            sheet.name = format!("{name} ({repeat})");
        }
    }
}

/// Reads files as one map. More than one file may only be given when all are tables.
///
/// # Errors
/// With the place and the reason; nothing was read then.
pub fn read(
    files: &[NamedBytes],
    choices: &Choices,
    catalog: &Catalog,
) -> Result<Imported, ImportError> {
    let Some((name, bytes)) = files.first() else {
        return Err(ImportError::whole("there is nothing to import"));
    };
    let format = format_of(name, bytes)?;
    if format != Format::Tables && files.len() > 1 {
        return Err(ImportError::whole(
            "several files can be imported together only when all are tables; import diagrams one by one",
        ));
    }
    match format {
        Format::Json => Ok(Imported::whole(json::read(bytes)?)),
        Format::Drawio => drawio::read(bytes, choices.page, catalog),
        Format::Mermaid => mermaid::read(bytes),
        Format::GraphMl => graphml::read(bytes, catalog),
        Format::Canvas => canvas::read(bytes),
        Format::Tables => {
            let opened = tables(files)?;
            let mapping = choices
                .mapping
                .clone()
                .unwrap_or_else(|| table::suggest(&opened.0, None, catalog));
            read_tables(name, &opened, &mapping, catalog)
        }
    }
}

/// Reads tables that are open already as one map; `name` is the first file's.
///
/// # Errors
/// As for [`read`].
pub fn read_tables(
    name: &str,
    (sheets, notes): &(Vec<Sheet>, Vec<Note>),
    mapping: &Mapping,
    catalog: &Catalog,
) -> Result<Imported, ImportError> {
    let title = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = title.rsplit_once('.').map_or(title, |(stem, _)| stem);
    let mut imported = table::read(sheets, mapping, title, catalog)?;
    imported.notes.splice(0..0, notes.iter().cloned());
    Ok(imported)
}
