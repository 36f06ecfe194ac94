//! Sheets to a map, along a mapping: rows become touchpoints and links, words become references, cells that cannot be
//! understood are refused by name or, when the mapping says so, left out and noted.

use std::collections::BTreeSet;

use backcast_model::Entity;
use backcast_model::catalog::Catalog;
use serde_json::Value;

use super::{ColumnMapping, Mapping, Sheet, SheetMapping};
use crate::cell::{Cell, cell_name, column_letters};
use crate::columns::{self, Column, Shape};
use crate::draft::{Draft, DraftLink, DraftRow, DraftTouchpoint};
use crate::fold::{fold, fold_name};
use crate::import::{ImportError, Imported, MOST_REFUSALS, Note};
use crate::parse::{Parsed, parse};
use crate::xlsx::SHORTENED;

/// Reads sheets along a mapping as a map with this title.
///
/// # Errors
/// When the mapping names no sheet that is there, or (unless it says to leave such cells out) with every cell that
/// cannot be understood, the first fifty of them.
pub fn read(
    sheets: &[Sheet],
    mapping: &Mapping,
    title: &str,
    catalog: &Catalog,
) -> Result<Imported, ImportError> {
    let find = |mapping: &Option<SheetMapping>| {
        let mapping = mapping.clone()?;
        let sheet = sheets.iter().find(|sheet| sheet.name == mapping.sheet)?;
        Some((sheet, mapping))
    };
    let (touchpoints, links) = (find(&mapping.touchpoints), find(&mapping.links));
    if touchpoints.is_none() && links.is_none() {
        return Err(ImportError::whole(
            "no sheet looks like touchpoints (a column with their names) or links (columns from and to); name the columns in the first row",
        ));
    }
    if let Some((sheet, mapping)) = &touchpoints {
        check_named(sheet, mapping)?;
    }
    let mut reading = Reading {
        draft: Draft::default(),
        catalog,
        refusals: Vec::new(),
        incomplete: BTreeSet::new(),
    };
    for sheet in sheets {
        let read = [&touchpoints, &links].iter().any(|found| {
            found
                .as_ref()
                .is_some_and(|(other, _)| other.name == sheet.name)
        });
        if !read && sheet.rows.iter().any(|row| !row.is_empty()) {
            reading.draft.note(
                place_of(sheet),
                "the sheet is mapped to nothing and was not read",
            );
        }
    }
    if let Some((sheet, mapping)) = &touchpoints {
        reading.touchpoints(sheet, mapping);
    }
    if let Some((sheet, mapping)) = &links {
        reading.links(sheet, mapping);
    }
    let Reading {
        mut draft,
        mut refusals,
        incomplete,
        ..
    } = reading;
    if mapping.leave_out_unreadable {
        draft.notes.extend(refusals.into_iter().map(|note| Note {
            text: format!("left out: {}", note.text),
            ..note
        }));
    } else if !refusals.is_empty() {
        let more = refusals.len().saturating_sub(MOST_REFUSALS);
        refusals.truncate(MOST_REFUSALS);
        if more > 0 {
            refusals.push(Note::new("", format!("and {more} more")));
        }
        return Err(ImportError::Places(refusals));
    }
    let mut imported = draft.finish(title)?;
    imported.incomplete = incomplete;
    Ok(imported)
}

/// Refuses a list of touchpoints in which nothing tells one from the other.
fn check_named(sheet: &Sheet, mapping: &SheetMapping) -> Result<(), ImportError> {
    let fills = |column: &ColumnMapping| matches!(column.field.as_deref(), Some("name" | "id"));
    if mapping.columns.iter().any(fills) {
        return Ok(());
    }
    Err(ImportError::at(
        place_of(sheet),
        "no column is known to hold the names of touchpoints; say which one does",
    ))
}

/// Rows that sum up others.
const SUMS: [&str; 8] = [
    "total",
    "totals",
    "sum",
    "subtotal",
    "grand total",
    "summe",
    "gesamt",
    "gesamtsumme",
];

/// What was pasted has no name.
fn place_of(sheet: &Sheet) -> String {
    if sheet.name.is_empty() {
        return "the table".to_owned();
    }
    format!("sheet \u{201c}{}\u{201d}", sheet.name)
}

struct Reading<'a> {
    draft: Draft,
    catalog: &'a Catalog,
    refusals: Vec<Note>,
    /// Kinds of which a row is left out or has lost what it is known by.
    incomplete: BTreeSet<Entity>,
}

/// A column of a sheet and the field it fills.
struct Filled {
    at: usize,
    column: &'static Column,
    /// The kind of row that is known again by what stands here.
    names: Option<Entity>,
}

impl Reading<'_> {
    /// The columns that fill fields; those that fill none and hold something are noted.
    fn columns(
        &mut self,
        sheet: &Sheet,
        mapping: &SheetMapping,
        known: &'static [Column],
    ) -> Vec<Filled> {
        let mut filled: Vec<Filled> = Vec::new();
        let names = |field: &str| match field {
            "from" | "from_name" | "to" | "to_name" => Some(Entity::Link),
            "id" if columns::column_of(known, "from").is_some() => Some(Entity::Link),
            "id" | "name" => Some(Entity::Touchpoint),
            _ => None,
        };
        let values = || sheet.rows.iter().skip(mapping.heading_row + 1);
        let width = values()
            .map(Vec::len)
            .max()
            .unwrap_or_default()
            .max(mapping.columns.len());
        let mut occupied = vec![false; width];
        for row in values() {
            for (occupied, cell) in occupied.iter_mut().zip(row) {
                *occupied |= !cell.is_empty();
            }
        }
        for (at, occupied) in occupied.into_iter().enumerate() {
            let mapped = mapping.columns.get(at);
            let column =
                mapped.and_then(|mapped| columns::column_of(known, mapped.field.as_deref()?));
            if let Some(column) = column.filter(|column| {
                filled
                    .iter()
                    .all(|other| other.column.field != column.field)
            }) {
                filled.push(Filled {
                    at,
                    column,
                    names: names(column.field),
                });
            } else if occupied {
                let heading = mapped
                    .map(|mapped| mapped.heading.as_str())
                    .unwrap_or_default();
                let place = format!("{}, column {}", place_of(sheet), column_letters(at));
                let named = if heading.is_empty() {
                    "this column".to_owned()
                } else {
                    format!("\u{201c}{heading}\u{201d}")
                };
                self.draft.note(
                    place,
                    format!("{named} is mapped to no field and was not carried over"),
                );
            }
        }
        filled
    }

    /// Reads a row's cells; `None` when all of them are empty.
    fn row<'s>(
        &mut self,
        sheet: &Sheet,
        number: usize,
        cells: &'s [Cell],
        filled: &[Filled],
    ) -> Option<Vec<(&'static Column, Parsed, &'s Cell)>> {
        let mut parsed = Vec::with_capacity(filled.len());
        let mut empty = true;
        for Filled { at, column, names } in filled {
            let cell = cells.get(*at).unwrap_or(&Cell::Empty);
            empty &= cell.is_empty();
            if matches!(cell, Cell::Text(text) if text.ends_with(SHORTENED)) {
                let place = cell_place(sheet, number, *at);
                self.draft.note(
                    place,
                    format!(
                        "{} was shortened by the workbook and stays as it was",
                        column.heading
                    ),
                );
                continue;
            }
            match parse(column.shape, cell, self.catalog) {
                Ok(value) => parsed.push((*column, value, cell)),
                Err(reason) => {
                    self.incomplete.extend(*names);
                    self.refusals.push(Note::new(
                        cell_place(sheet, number, *at),
                        format!("{}: {reason}", column.heading),
                    ));
                }
            }
        }
        (!empty).then_some(parsed)
    }

    fn touchpoints(&mut self, sheet: &Sheet, mapping: &SheetMapping) {
        let filled = self.columns(sheet, mapping, columns::TOUCHPOINT);
        for (number, cells) in sheet.rows.iter().enumerate().skip(mapping.heading_row + 1) {
            let Some(values) = self.row(sheet, number, cells, &filled) else {
                continue;
            };
            let mut touchpoint = self.touchpoint(row_place(sheet, number), values);
            let place = row_place(sheet, number);
            let row = &mut touchpoint.row;
            if row.name().is_empty() {
                let Some(id) = row.given.clone() else {
                    let text = "a touchpoint needs a name; fill it in or empty the row";
                    self.refusals.push(Note::new(place, text));
                    self.incomplete.insert(Entity::Touchpoint);
                    continue;
                };
                // What is known by its id keeps its name; what is new is called by it.
                row.fields.insert("name".to_owned(), Value::from(id));
            } else if row.given.is_none() && SUMS.contains(&fold(row.name()).as_str()) {
                let text = format!(
                    "\u{201c}{}\u{201d} looks like a sum and was left out",
                    row.name()
                );
                self.draft.note(place, text);
                continue;
            }
            self.draft.touchpoints.push(touchpoint);
        }
    }

    fn touchpoint(
        &mut self,
        place: String,
        values: Vec<(&'static Column, Parsed, &Cell)>,
    ) -> DraftTouchpoint {
        let mut touchpoint = DraftTouchpoint {
            row: DraftRow::at(place),
            ..DraftTouchpoint::default()
        };
        for (column, value, cell) in values {
            let row = &mut touchpoint.row;
            match (column.field, value) {
                ("id", Parsed::Nothing) => {}
                ("id", _) => row.given = Some(cell.shown().trim().to_owned()),
                // What a touchpoint cannot be without stays as it was.
                ("name" | "kind", Parsed::Nothing) => {}
                ("name", _) => row.say("name", cell.shown().trim()),
                (field, Parsed::Nothing) => drop(row.speaks.insert(field.to_owned())),
                (_, Parsed::Kind(words)) => {
                    row.say("kind", words.kind);
                    for (field, word) in [("rank", words.rank), ("driver", words.driver)] {
                        if let Some(word) = word {
                            row.say(field, word);
                        }
                    }
                }
                ("stage", Parsed::Reference(text)) => {
                    row.speaks.insert("stage".to_owned());
                    touchpoint.stage = Some(self.draft.stages.refer(&text));
                }
                ("system", Parsed::Reference(text)) => {
                    row.speaks.insert("system".to_owned());
                    touchpoint.system = Some(self.draft.systems.refer(&text));
                }
                (field, Parsed::References(texts)) => {
                    row.speaks.insert(field.to_owned());
                    touchpoint.audiences = texts
                        .iter()
                        .map(|text| self.draft.audiences.refer(text))
                        .collect();
                    let mut seen = BTreeSet::new();
                    touchpoint
                        .audiences
                        .retain(|audience| seen.insert(*audience));
                }
                // Lists that are empty when they are absent.
                (field @ ("promises" | "flights"), Parsed::Value(Value::Array(items)))
                    if items.is_empty() =>
                {
                    row.speaks.insert(field.to_owned());
                }
                (field, Parsed::Value(value)) => {
                    // A rank or driver type of its own column goes before the one in the kind's words.
                    row.say(field, value);
                }
                (_, Parsed::Reference(_)) => {}
            }
        }
        touchpoint
    }

    fn link_left_out(&mut self, place: String, reason: String) {
        self.refusals.push(Note::new(place, reason));
        self.incomplete.insert(Entity::Link);
    }

    fn links(&mut self, sheet: &Sheet, mapping: &SheetMapping) {
        let filled = self.columns(sheet, mapping, columns::LINK);
        let mut ends = Ends::of(&self.draft);
        for (number, cells) in sheet.rows.iter().enumerate().skip(mapping.heading_row + 1) {
            let Some(values) = self.row(sheet, number, cells, &filled) else {
                continue;
            };
            let place = row_place(sheet, number);
            let mut row = DraftRow::at(place.clone());
            let (mut from, mut to) = (End::default(), End::default());
            for (column, value, cell) in values {
                match (column.field, value) {
                    ("from", Parsed::Reference(text)) => from.text = Some(text),
                    ("from_name", Parsed::Reference(text)) => from.name = Some(text),
                    ("to", Parsed::Reference(text)) => to.text = Some(text),
                    ("to_name", Parsed::Reference(text)) => to.name = Some(text),
                    ("id", Parsed::Value(_)) => row.given = Some(cell.shown().trim().to_owned()),
                    ("id", _) => {}
                    (field, Parsed::Nothing)
                        if column.shape != Shape::End && column.shape != Shape::EndName =>
                    {
                        row.speaks.insert(field.to_owned());
                    }
                    (field, Parsed::Value(value)) => row.say(field, value),
                    _ => {}
                }
            }
            let found = (
                ends.find(&from, &place, &mut self.draft),
                ends.find(&to, &place, &mut self.draft),
            );
            match found {
                (Ok(from), Ok(to)) => {
                    row.speaks.extend(["from".to_owned(), "to".to_owned()]);
                    self.draft.links.push(DraftLink { row, from, to });
                }
                (Err(reason), _) => self.link_left_out(place, format!("From: {reason}")),
                (_, Err(reason)) => self.link_left_out(place, format!("To: {reason}")),
            }
        }
    }
}

fn row_place(sheet: &Sheet, number: usize) -> String {
    format!("{}, row {}", place_of(sheet), number + 1)
}

fn cell_place(sheet: &Sheet, number: usize, column: usize) -> String {
    format!("{}, cell {}", place_of(sheet), cell_name(number, column))
}

/// How a row names an end of its link.
#[derive(Default)]
struct End {
    text: Option<String>,
    name: Option<String>,
}

/// Touchpoints as links name them.
struct Ends {
    /// Whether there is a list of touchpoints, so that one that links alone name is worth a note.
    listed: bool,
    by_id: std::collections::HashMap<String, usize>,
    by_name: std::collections::HashMap<String, Vec<usize>>,
}

impl Ends {
    fn of(draft: &Draft) -> Self {
        let mut ends = Self {
            listed: !draft.touchpoints.is_empty(),
            by_id: std::collections::HashMap::new(),
            by_name: std::collections::HashMap::new(),
        };
        for (number, touchpoint) in draft.touchpoints.iter().enumerate() {
            ends.know(number, &touchpoint.row);
        }
        ends
    }

    fn know(&mut self, number: usize, row: &DraftRow) {
        if let Some(id) = &row.given {
            self.by_id.entry(id.clone()).or_insert(number);
        }
        self.by_name
            .entry(fold_name(row.name()))
            .or_default()
            .push(number);
    }

    /// The touchpoint that an end means; one that nobody listed is made.
    fn find(&mut self, end: &End, place: &str, draft: &mut Draft) -> Result<usize, String> {
        let Some(text) = end.text.as_ref().or(end.name.as_ref()) else {
            return Err("a link needs both ends; fill them in or empty the row".to_owned());
        };
        if let Some(number) = end.text.as_ref().and_then(|text| self.by_id.get(text)) {
            return Ok(*number);
        }
        for name in [Some(text), end.name.as_ref()].into_iter().flatten() {
            match self.by_name.get(&fold_name(name)).map(Vec::as_slice) {
                Some([number]) => return Ok(*number),
                Some([_, ..]) => {
                    return Err(format!(
                        "several touchpoints are called \u{201c}{name}\u{201d}; write the id"
                    ));
                }
                Some([]) | None => {}
            }
        }
        let mut row = DraftRow {
            place: place.to_owned(),
            mentioned: true,
            ..DraftRow::default()
        };
        if let (Some(id), Some(_)) = (&end.text, &end.name) {
            row.given = Some(id.clone());
        }
        let name = end.name.as_ref().unwrap_or(text);
        row.fields
            .insert("name".to_owned(), Value::from(name.as_str()));
        if self.listed {
            let text = "is in no list of touchpoints and comes in because a link names it";
            draft.note(place, format!("\u{201c}{name}\u{201d} {text}"));
        }
        let number = draft.touchpoints.len();
        self.know(number, &row);
        draft.touchpoints.push(DraftTouchpoint {
            row,
            ..DraftTouchpoint::default()
        });
        Ok(number)
    }
}
