//! Which sheet holds what, and which column means which field: found by their headings, shown to the planner, changed
//! and remembered. A mapping knows columns by heading, so that it fits the next table from the same hand.

use std::collections::BTreeSet;

use backcast_model::Entity;
use backcast_model::catalog::Catalog;
use serde::{Deserialize, Serialize};

use super::Sheet;
use crate::cell::Cell;
use crate::columns::{self, Column, Shape};
use crate::fold::fold;
use crate::parse::parse;

/// How tables are read as a map.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// The sheet of touchpoints.
    pub touchpoints: Option<SheetMapping>,
    /// The sheet of links.
    pub links: Option<SheetMapping>,
    /// Whether cells that cannot be understood are left out and noted. Otherwise they refuse the table.
    #[serde(default)]
    pub leave_out_unreadable: bool,
}

/// How one sheet is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMapping {
    /// The sheet's name.
    pub sheet: String,
    /// The row of its headings, counted from 0; rows below hold values.
    #[serde(default)]
    pub heading_row: usize,
    /// Its columns from the first; none: as its headings suggest ([`completed`]).
    #[serde(default)]
    pub columns: Vec<ColumnMapping>,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMapping {
    /// What its heading says; empty where there is none.
    pub heading: String,
    /// The field of [`choices`] it fills; `None`: it is left out.
    pub field: Option<String>,
}

/// A field that a column may be mapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FieldChoice {
    /// Its name in a mapping.
    pub field: &'static str,
    /// What people call it.
    pub heading: &'static str,
}

/// The fields that columns of touchpoints or of links may be mapped to; none for other entities.
#[must_use]
pub fn choices(entity: Entity) -> Vec<FieldChoice> {
    let columns = match entity {
        Entity::Touchpoint => columns::TOUCHPOINT,
        Entity::Link => columns::LINK,
        _ => &[],
    };
    columns
        .iter()
        .map(|column| FieldChoice {
            field: column.field,
            heading: column.heading,
        })
        .collect()
}

/// How far down headings are looked for.
const LOOKED_AT: usize = 25;

/// How many values tell whether a column holds what its heading sounds like.
const SAMPLE: usize = 50;

/// How many rows are looked through for those values: a column may be empty all the way down.
const LOOKED_THROUGH: usize = 10_000;

/// Finds out how tables are to be read. What `remembered` says of a heading goes before what it sounds like. Where no
/// sheet tells what it is, the first that holds anything is offered as touchpoints, for somebody to map.
#[must_use]
pub fn suggest(sheets: &[Sheet], remembered: Option<&Mapping>, catalog: &Catalog) -> Mapping {
    let all: Vec<&Sheet> = sheets.iter().collect();
    let known = remembered.and_then(|mapping| mapping.links.as_ref());
    let known_touchpoints = remembered.and_then(|mapping| mapping.touchpoints.as_ref());
    let touchpoints = |sheets: &[&Sheet]| {
        let find = |required| {
            best(
                sheets,
                columns::TOUCHPOINT,
                &[required],
                known_touchpoints,
                catalog,
            )
        };
        find("name").or_else(|| find("id"))
    };
    // A list of touchpoints may have columns that sound like the ends of links.
    let fields = |mapping: &SheetMapping| {
        mapping
            .columns
            .iter()
            .filter(|column| column.field.is_some())
            .count()
    };
    let joins = |sheet: &&Sheet| {
        let links = best(&[*sheet], columns::LINK, &["from", "to"], known, catalog);
        let other = touchpoints(&[*sheet]);
        links.is_some_and(|links| other.is_none_or(|other| fields(&links) >= fields(&other)))
    };
    let joining: Vec<&Sheet> = all.iter().copied().filter(joins).collect();
    let links = best(&joining, columns::LINK, &["from", "to"], known, catalog);
    let others: Vec<&Sheet> = all
        .into_iter()
        .filter(|sheet| links.as_ref().is_none_or(|links| links.sheet != sheet.name))
        .collect();
    let mut touchpoints = touchpoints(&others);
    if touchpoints.is_none() && links.is_none() {
        let holds = |sheet: &&Sheet| sheet.rows.iter().flatten().any(|cell| !cell.is_empty());
        let first = sheets.iter().find(holds);
        touchpoints = first.map(|sheet| likely(sheet, columns::TOUCHPOINT, None, catalog));
    }
    Mapping {
        touchpoints,
        links,
        leave_out_unreadable: remembered.is_some_and(|mapping| mapping.leave_out_unreadable),
    }
}

/// The same mapping, its sheets without columns mapped as their headings suggest: what a planner chose may be no more
/// than the sheet.
#[must_use]
pub fn completed(
    mapping: Mapping,
    sheets: &[Sheet],
    remembered: Option<&Mapping>,
    catalog: &Catalog,
) -> Mapping {
    let side = |side: Option<SheetMapping>, columns, remembered| {
        let side = side?;
        let sheet = sheets.iter().find(|sheet| sheet.name == side.sheet);
        let sheet = sheet.filter(|_| side.columns.is_empty());
        Some(sheet.map_or(side, |sheet| likely(sheet, columns, remembered, catalog)))
    };
    let known =
        |of: fn(&Mapping) -> &Option<SheetMapping>| remembered.and_then(|one| of(one).as_ref());
    let touchpoints = known(|mapping| &mapping.touchpoints);
    let links = known(|mapping| &mapping.links);
    Mapping {
        touchpoints: side(mapping.touchpoints, columns::TOUCHPOINT, touchpoints),
        links: side(mapping.links, columns::LINK, links),
        ..mapping
    }
}

/// The row whose headings name most columns of a sheet, else the first of those that hold most.
fn likely(
    sheet: &Sheet,
    columns: &'static [Column],
    remembered: Option<&SheetMapping>,
    catalog: &Catalog,
) -> SheetMapping {
    let rows = 0..sheet.rows.len().min(LOOKED_AT);
    let mapped = rows.map(|heading_row| SheetMapping {
        sheet: sheet.name.clone(),
        heading_row,
        columns: map_columns(sheet, heading_row, columns, remembered, catalog),
    });
    let score = |mapping: &SheetMapping| {
        let count = |holds: fn(&ColumnMapping) -> bool| {
            mapping
                .columns
                .iter()
                .filter(|column| holds(column))
                .count()
        };
        (
            count(|column| column.field.is_some()),
            count(|column| !column.heading.is_empty()),
        )
    };
    let best = mapped.rev().max_by_key(score);
    best.unwrap_or_else(|| SheetMapping {
        sheet: sheet.name.clone(),
        heading_row: 0,
        columns: Vec::new(),
    })
}

/// The sheet and the row whose headings name most columns, those required among them.
fn best(
    sheets: &[&Sheet],
    columns: &'static [Column],
    required: &[&str],
    remembered: Option<&SheetMapping>,
    catalog: &Catalog,
) -> Option<SheetMapping> {
    let mut found: Option<(usize, SheetMapping)> = None;
    for sheet in sheets {
        for heading_row in 0..sheet.rows.len().min(LOOKED_AT) {
            let mapping = SheetMapping {
                sheet: sheet.name.clone(),
                heading_row,
                columns: map_columns(sheet, heading_row, columns, remembered, catalog),
            };
            let fields: BTreeSet<&str> = mapping
                .columns
                .iter()
                .filter_map(|column| column.field.as_deref())
                .collect();
            let known = remembered.is_some_and(|remembered| remembered.sheet == sheet.name);
            let fits = required.iter().all(|field| fields.contains(field));
            let score = fields.len() * 2 + usize::from(known);
            if fits && found.as_ref().is_none_or(|(best, _)| score > *best) {
                found = Some((score, mapping));
            }
        }
    }
    found.map(|(_, mapping)| mapping)
}

fn map_columns(
    sheet: &Sheet,
    heading_row: usize,
    columns: &'static [Column],
    remembered: Option<&SheetMapping>,
    catalog: &Catalog,
) -> Vec<ColumnMapping> {
    let headings: Vec<String> = sheet
        .rows
        .get(heading_row)
        .into_iter()
        .flatten()
        .map(|cell| cell.shown().trim().to_owned())
        .collect();
    let mut fields: Vec<Option<&'static Column>> = vec![None; headings.len()];
    let mut decided: Vec<bool> = vec![false; headings.len()];
    for (at, heading) in headings.iter().enumerate() {
        let known = remembered.and_then(|mapping| {
            mapping
                .columns
                .iter()
                .find(|column| fold(&column.heading) == fold(heading))
        });
        if let (Some(known), Some(field), Some(decided)) = (
            known.filter(|_| !heading.is_empty()),
            fields.get_mut(at),
            decided.get_mut(at),
        ) {
            *field = known
                .field
                .as_deref()
                .and_then(|field| columns::column_of(columns, field));
            *decided = true;
        }
    }
    // A heading that is a column's own name goes before one that only sounds like it.
    for own in [true, false] {
        for (at, heading) in headings.iter().enumerate() {
            let Some((meant, named)) = columns::meaning(columns, heading) else {
                continue;
            };
            if named != own {
                continue;
            }
            let meant = if named {
                Some(meant)
            } else {
                holding(sheet, heading_row, at, meant, columns, catalog)
            };
            let Some(meant) = meant else { continue };
            let taken = fields
                .iter()
                .flatten()
                .any(|other| other.field == meant.field);
            if let (Some(field), Some(false), false) = (fields.get_mut(at), decided.get(at), taken)
                && field.is_none()
            {
                *field = Some(meant);
            }
        }
    }
    let mapped = headings.into_iter().zip(fields);
    mapped
        .map(|(heading, column)| ColumnMapping {
            heading,
            field: column.map(|column| column.field.to_owned()),
        })
        .collect()
}

/// The column itself when most values look like it. A column of types that are no kinds is one of channels.
fn holding(
    sheet: &Sheet,
    heading_row: usize,
    at: usize,
    meant: &'static Column,
    columns: &'static [Column],
    catalog: &Catalog,
) -> Option<&'static Column> {
    let values = sheet
        .rows
        .iter()
        .skip(heading_row + 1)
        .take(LOOKED_THROUGH)
        .filter_map(|row| row.get(at))
        .filter(|cell| !cell.is_empty());
    let values: Vec<&Cell> = values.take(SAMPLE).collect();
    let readable = values
        .iter()
        .filter(|cell| parse(meant.shape, cell, catalog).is_ok())
        .count();
    if readable * 2 >= values.len() {
        return Some(meant);
    }
    if meant.shape == Shape::Kind {
        columns::column_of(columns, "channel")
    } else {
        None
    }
}
