//! A map as tables of cells: one row a touchpoint, one row a link, one column a field. Whoever writes a table, as
//! CSV or as a workbook, writes these.

use std::collections::{HashMap, HashSet};

use backcast_model::catalog::Catalog;
use backcast_model::{Id, Link, Map, Record, Table, Touchpoint};
use serde_json::Value;

use crate::cell::Cell;
use crate::columns::{Column, Shape};
use crate::fold::fold_name;
use crate::list;

/// What rows refer to, by the words people know them by.
pub(crate) struct Shown<'a> {
    map: &'a Map,
    catalog: &'a Catalog,
    stages: HashMap<&'a str, &'a str>,
    audiences: HashMap<&'a str, &'a str>,
    systems: HashMap<&'a str, &'a str>,
}

impl<'a> Shown<'a> {
    pub(crate) fn of(map: &'a Map, catalog: &'a Catalog) -> Self {
        Self {
            map,
            catalog,
            stages: names(&map.stages, |stage| &stage.name),
            audiences: names(&map.audiences, |audience| &audience.name),
            systems: names(&map.systems, |system| &system.name),
        }
    }

    /// For values whose references are words already.
    pub(crate) fn of_values(map: &'a Map, catalog: &'a Catalog) -> Self {
        let (stages, audiences, systems) = Default::default();
        Self {
            map,
            catalog,
            stages,
            audiences,
            systems,
        }
    }

    /// The row of a touchpoint, in the order of the columns.
    pub(crate) fn touchpoint(&self, touchpoint: &Touchpoint, columns: &[Column]) -> Vec<Cell> {
        let fields = touchpoint.to_fields();
        let cell = |column: &Column| self.cell(column.shape, fields.get(column.field));
        columns.iter().map(cell).collect()
    }

    /// The row of a link, in the order of the columns.
    pub(crate) fn link(&self, link: &Link, columns: &[Column]) -> Vec<Cell> {
        let fields = link.to_fields();
        let cell = |column: &Column| match column.field {
            "from_name" => Cell::text(self.touchpoint_name(&link.from)),
            "to_name" => Cell::text(self.touchpoint_name(&link.to)),
            field => self.cell(column.shape, fields.get(field)),
        };
        columns.iter().map(cell).collect()
    }

    pub(crate) fn touchpoint_name<'b>(&'b self, id: &'b Id) -> &'b str {
        let touchpoint = self.map.touchpoints.get(id.as_str());
        touchpoint.map_or(id.as_str(), |touchpoint| &touchpoint.name)
    }

    /// What a stage is known by.
    pub(crate) fn stage<'b>(&'b self, id: &'b Id) -> &'b str {
        self.stages.get(id.as_str()).copied().unwrap_or(id.as_str())
    }

    /// What a channel is called: the catalogue's name, or the planner's words.
    pub(crate) fn channel(&self, channel: &str) -> String {
        let known = self.catalog.channel(channel);
        known.map_or(channel, |channel| &channel.name).to_owned()
    }

    /// One value as a cell.
    pub(crate) fn cell(&self, shape: Shape, value: Option<&Value>) -> Cell {
        let Some(value) = value else {
            return Cell::Empty;
        };
        match value {
            Value::Bool(yes) => Cell::text(if *yes { "yes" } else { "no" }),
            Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
            Value::String(text) => self.text_cell(shape, text),
            Value::Array(items) => Cell::text(self.list_text(shape, items)),
            Value::Null | Value::Object(_) => Cell::Empty,
        }
    }

    fn text_cell(&self, shape: Shape, text: &str) -> Cell {
        let named = |names: &HashMap<&str, &str>| (*names.get(text).unwrap_or(&text)).to_owned();
        match shape {
            Shape::Day => text.parse().map_or_else(|_| Cell::text(text), Cell::Day),
            Shape::Channel => Cell::text(self.channel(text)),
            Shape::Stage => Cell::text(named(&self.stages)),
            Shape::System => Cell::text(named(&self.systems)),
            _ => Cell::text(text),
        }
    }

    fn list_text(&self, shape: Shape, items: &[Value]) -> String {
        let texts: Vec<String> = match shape {
            Shape::Flights => items.iter().map(flight).collect(),
            Shape::Audiences => {
                let ids = items.iter().filter_map(Value::as_str);
                ids.map(|id| (*self.audiences.get(id).unwrap_or(&id)).to_owned())
                    .collect()
            }
            _ => items.iter().map(plain).collect(),
        };
        if texts.is_empty() {
            list::NONE.to_owned()
        } else {
            list::join(&texts)
        }
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn flight(value: &Value) -> String {
    let day = |at: usize| value.get(at).map(plain).unwrap_or_default();
    format!("{} to {}", day(0), day(1))
}

/// By what each row can be told: its name where that is not blank, stands once and is nobody's id, else its id.
fn names<'a, T: Record>(
    table: &'a Table<T>,
    name: impl Fn(&'a T) -> &'a String,
) -> HashMap<&'a str, &'a str> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let ids: HashSet<String> = table.ids().map(|id| fold_name(id.as_str())).collect();
    for row in table.iter() {
        *times.entry(fold_name(name(row))).or_default() += 1;
    }
    let shown = |(id, row): (&'a Id, &'a T)| {
        let name = name(row).as_str();
        let folded = fold_name(name);
        let own = folded == fold_name(id.as_str());
        let clear = times.get(&folded) == Some(&1) && (own || !ids.contains(&folded));
        let tidy = !folded.is_empty() && name == name.trim() && !list::says_none(name);
        (id.as_str(), if clear && tidy { name } else { id.as_str() })
    };
    table.ids().zip(table.iter()).map(shown).collect()
}
