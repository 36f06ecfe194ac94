//! A drawing's page as a map: lanes become stages, shapes touchpoints, connectors links. What is left out is noted.

use std::collections::{HashMap, HashSet};

use backcast_model::catalog::Catalog;
use backcast_model::{Entity, Fields};

use super::cells::{Cell, Cells};
use super::document::open;
use super::edges;
use super::shapes::{Role, label, looks_like_lane, named, place, roles};
use super::{ENTITY, PREFIX};
use crate::carried;
use crate::cell::Cell as TableCell;
use crate::columns::{self, Shape};
use crate::draft::{Draft, DraftRow, DraftTouchpoint};
use crate::import::{ImportError, Imported, Pages, counted};
use crate::parse::{Parsed, parse};
use crate::placement::{Frame, MOST_LANES, in_order, smallest_around};
use crate::xml::LARGEST;

/// Reads a page of a drawing as a map. Pages count from 0; without a number the first that holds shapes is taken.
/// Other pages are noted.
///
/// # Errors
/// When it is no drawing (a library, stencils, templates), is damaged, or has no such page.
pub fn read(bytes: &[u8], page: Option<usize>, catalog: &Catalog) -> Result<Imported, ImportError> {
    let pages = open(bytes)?;
    let names: Vec<String> = pages.iter().map(|page| page.name.clone()).collect();
    let (mut chosen, mut room) = (None, LARGEST);
    for (number, candidate) in pages.into_iter().enumerate() {
        let wanted = page.map_or(chosen.is_none(), |page| page == number);
        if wanted {
            let cells = candidate.cells(&mut room)?;
            if page.is_some() || cells.iter().any(|cell| cell.is_vertex) || names.len() == 1 {
                chosen = Some((number, cells));
            }
        }
    }
    let Some((number, cells)) = chosen else {
        let told = page.map_or_else(
            || "no page holds shapes".to_owned(),
            |page| format!("there is no page {}; it has {}", page + 1, names.len()),
        );
        return Err(ImportError::whole(told));
    };
    let name = names.get(number).cloned().unwrap_or_default();
    let lanes = cells.iter().filter(|cell| looks_like_lane(cell)).count();
    check_lanes(lanes, &name)?;
    let mut reading = Reading::of(&cells, &name, catalog);
    check_lanes(reading.shapes(Role::Lane).len(), &name)?;
    for (other, skipped) in names
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != number)
    {
        reading.draft.note(
            format!("page \u{201c}{skipped}\u{201d}"),
            format!("page {} was not read; choose it to import it", other + 1),
        );
    }
    reading.lanes();
    reading.touchpoints();
    reading.rest();
    edges::read(&mut reading);
    let imported = reading.draft.finish(&name)?;
    let pages = (names.len() > 1).then_some(Pages {
        names,
        read: number,
    });
    Ok(Imported { pages, ..imported })
}

fn check_lanes(lanes: usize, page: &str) -> Result<(), ImportError> {
    if lanes > MOST_LANES {
        return Err(ImportError::at(
            format!("page \u{201c}{page}\u{201d}"),
            format!("it has {lanes} lanes; at most {MOST_LANES} are read, so split the drawing"),
        ));
    }
    Ok(())
}

/// What every drawing loses.
const PLACES: &str =
    "where shapes stand and how they look is not carried over; the map lays itself out";

/// A page on its way to a map.
pub(super) struct Reading<'a> {
    pub(super) cells: &'a Cells,
    pub(super) page: &'a str,
    pub(super) roles: HashMap<&'a str, Role>,
    pub(super) draft: Draft,
    /// Touchpoints by their cell's id.
    pub(super) touchpoints: HashMap<&'a str, usize>,
    /// Stages by their cell's id, with where they stand.
    lanes: HashMap<&'a str, (usize, Option<Frame>)>,
    catalog: &'a Catalog,
    /// Ids of ours that were seen: a shape that was copied carries the id of its model.
    seen: HashSet<(Entity, String)>,
}

impl<'a> Reading<'a> {
    fn of(cells: &'a Cells, page: &'a str, catalog: &'a Catalog) -> Self {
        Self {
            cells,
            page,
            roles: roles(cells),
            draft: Draft::default(),
            touchpoints: HashMap::new(),
            lanes: HashMap::new(),
            catalog,
            seen: HashSet::new(),
        }
    }

    /// The fields of ours that a cell carries; `None` when it carries none.
    pub(super) fn ours(&mut self, cell: &Cell, entity: Entity) -> Option<DraftRow> {
        if cell.datum(ENTITY) != Some(entity.as_str()) {
            return None;
        }
        let place = place(self.page, cell);
        let mut fields = Fields::new();
        let mut unread = Vec::new();
        for (name, text) in &cell.data {
            let Some(name) = name.strip_prefix(PREFIX).filter(|name| *name != "entity") else {
                continue;
            };
            if let Err(reason) = carried::take(entity, name, text, &mut fields) {
                self.draft.note(place.clone(), reason);
                unread.push(name);
            }
        }
        let mut row = carried::own_row(entity, fields, &place);
        row.hush(&unread);
        if let Some(id) = &row.given
            && !self.seen.insert((entity, id.clone()))
        {
            self.draft.note(
                place,
                format!("it is a copy of \u{201c}{id}\u{201d} and comes in as a new one"),
            );
            row.given = None;
        }
        Some(row)
    }

    fn shapes(&self, role: Role) -> Vec<&'a Cell> {
        let cells = self.cells.iter().filter(|cell| cell.is_vertex);
        cells
            .filter(|cell| self.roles.get(cell.id.as_str()) == Some(&role))
            .collect()
    }

    /// Stages in the order in which lanes stand: from the left, or from the top when they lie upon each other.
    fn lanes(&mut self) {
        for layer in self
            .cells
            .iter()
            .filter(|cell| cell.datum(ENTITY) == Some(Entity::Map.as_str()))
        {
            for (name, text) in &layer.data {
                let Some(name) = name.strip_prefix(PREFIX).filter(|name| *name != "entity") else {
                    continue;
                };
                if let Err(reason) = carried::take_frame(name, text, &mut self.draft) {
                    self.draft
                        .note(format!("page \u{201c}{}\u{201d}", self.page), reason);
                }
            }
        }
        let mut lanes: Vec<(&Cell, Option<Frame>)> = self
            .shapes(Role::Lane)
            .into_iter()
            .map(|cell| (cell, self.cells.frame(cell)))
            .collect();
        in_order(&mut lanes);
        for (cell, frame) in lanes {
            let mut row = self
                .ours(cell, Entity::Stage)
                .unwrap_or_else(|| DraftRow::at(place(self.page, cell)));
            let name = named(cell, row.fields.get("name").and_then(|name| name.as_str()));
            row.say(
                "name",
                if name.is_empty() {
                    "Untitled".to_owned()
                } else {
                    name
                },
            );
            let number = self.draft.stages.push(row);
            self.lanes.insert(cell.id.as_str(), (number, frame));
        }
    }

    fn touchpoints(&mut self) {
        let mut drawn = false;
        for cell in self.shapes(Role::Touchpoint) {
            let number = match self.ours(cell, Entity::Touchpoint) {
                Some(row) => self.own(cell, row),
                None => {
                    drawn = true;
                    self.foreign(cell)
                }
            };
            self.touchpoints.insert(cell.id.as_str(), number);
        }
        if drawn {
            let page = format!("page \u{201c}{}\u{201d}", self.page);
            self.draft.note(page, PLACES);
        }
    }

    /// A touchpoint of ours: its label and its lane may have been changed, and what is drawn goes before what it carries.
    fn own(&mut self, cell: &Cell, mut row: DraftRow) -> usize {
        let name = named(cell, row.fields.get("name").and_then(|name| name.as_str()));
        row.say("name", name);
        let stage = self.lane_above(cell);
        let number = self.draft.own_touchpoint(row);
        if let Some(touchpoint) = self
            .draft
            .touchpoints
            .get_mut(number)
            .filter(|_| !self.lanes.is_empty())
        {
            touchpoint.stage = stage;
        }
        number
    }

    fn foreign(&mut self, cell: &Cell) -> usize {
        let mut row = DraftRow::at(place(self.page, cell));
        let name = label(cell);
        if name.is_empty() {
            self.draft
                .note(row.place.clone(), "it has no words and is called Untitled");
        }
        row.say(
            "name",
            if name.is_empty() {
                "Untitled".to_owned()
            } else {
                name
            },
        );
        self.attached(cell, &mut row);
        let stage = self.lane_above(cell).or_else(|| self.lane_around(cell));
        if stage.is_some() {
            row.speaks.insert("stage".to_owned());
        }
        self.draft.touchpoints.push(DraftTouchpoint {
            row,
            stage,
            ..DraftTouchpoint::default()
        });
        self.draft.touchpoints.len() - 1
    }

    /// Data that somebody attached to a shape, where it is called like a field of ours.
    fn attached(&mut self, cell: &Cell, row: &mut DraftRow) {
        for (name, text) in cell
            .data
            .iter()
            .filter(|(name, _)| name != "placeholders" && !name.starts_with(PREFIX))
        {
            let column = columns::meant_by(columns::TOUCHPOINT, name);
            let column = column.filter(|column| {
                !matches!(column.field, "id" | "name") && !matches!(column.shape, Shape::Stage)
            });
            let value = column
                .map(|column| parse(column.shape, &TableCell::text(text.as_str()), self.catalog));
            match (column, value) {
                (Some(column), Some(Ok(Parsed::Value(value)))) => row.say(column.field, value),
                (Some(_), Some(Ok(Parsed::Kind(words)))) => {
                    row.say("kind", words.kind);
                    for (field, word) in [("rank", words.rank), ("driver", words.driver)] {
                        if let Some(word) = word {
                            row.say(field, word);
                        }
                    }
                }
                (_, Some(Ok(Parsed::Nothing))) => {}
                (_, Some(Err(reason))) => self.draft.note(
                    row.place.clone(),
                    format!("its data \u{201c}{name}\u{201d} was left out: {reason}"),
                ),
                _ => self.draft.note(
                    row.place.clone(),
                    format!("its data \u{201c}{name}\u{201d} was not carried over"),
                ),
            }
        }
    }

    fn lane_above(&self, cell: &Cell) -> Option<usize> {
        self.cells
            .above(cell)
            .find_map(|parent| self.lanes.get(parent.id.as_str()))
            .map(|(number, _)| *number)
    }

    /// The smallest lane that a shape's middle lies in, for drawings whose lanes are only drawn.
    fn lane_around(&self, cell: &Cell) -> Option<usize> {
        let centre = self.cells.frame(cell)?.centre();
        let lanes = self.lanes.values();
        let placed = lanes.filter_map(|(number, frame)| Some((*number, (*frame)?)));
        smallest_around(placed, centre)
    }

    /// What is left out, each with its words.
    fn rest(&mut self) {
        let told = [
            (
                Role::Words,
                "words that nothing is connected to were not carried over",
            ),
            (
                Role::Part,
                "it is part of another shape and was not carried over",
            ),
            (
                Role::Pool,
                "it holds other lanes; the lanes came in as stages, this one did not",
            ),
        ];
        for (role, text) in told {
            for cell in self
                .shapes(role)
                .into_iter()
                .filter(|cell| !label(cell).is_empty())
            {
                self.draft.note(place(self.page, cell), text);
            }
        }
        let silent = self.shapes(Role::Decoration).len();
        if silent > 0 {
            let page = format!("page \u{201c}{}\u{201d}", self.page);
            self.draft.note(
                page,
                format!(
                    "left out: {} without words that nothing is connected to",
                    counted(silent, "shape")
                ),
            );
        }
    }
}
