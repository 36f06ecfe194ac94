//! Values compared and shown. A difference that nobody sees, of line ends or outer spaces, is none.

use backcast_model::catalog::Catalog;
use backcast_model::{Entity, Fields, Id, Map};
use serde_json::Value;

use super::FieldChange;
use super::matching::name_of;
use crate::cell::Cell;
use crate::columns::{LINK, TOUCHPOINT, column_of};
use crate::matrix::Shown;

/// Whether two values are the same to a reader.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    let tidy = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    match (one, other) {
        (Value::String(one), Value::String(other)) => one == other || tidy(one) == tidy(other),
        // A cell cannot tell an empty text from none.
        (Value::Null, Value::String(text)) | (Value::String(text), Value::Null) => {
            text.trim().is_empty()
        }
        _ => one == other,
    }
}

/// Names and values as people read them, of the map as it is and as what was read has it.
pub(super) struct Showing<'a> {
    current: &'a Map,
    imported: &'a Map,
    catalog: Catalog,
}

impl<'a> Showing<'a> {
    pub(super) fn of(current: &'a Map, imported: &'a Map) -> Self {
        Self {
            current,
            imported,
            catalog: Catalog::default(),
        }
    }

    pub(super) fn old_name(&self, entity: Entity, id: &Id) -> String {
        name(self.current, entity, id)
    }

    /// What a new row is called; `fields` refer to rows of the map as it is to be.
    pub(super) fn new_name(&self, entity: Entity, id: &Id, fields: &Fields) -> String {
        let end = |field: &str| {
            let id = fields
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default();
            self.either_name(Entity::Touchpoint, id)
        };
        if entity == Entity::Link {
            return format!("{} \u{2192} {}", end("from"), end("to"));
        }
        name(self.imported, entity, id)
    }

    pub(super) fn change(
        &self,
        entity: Entity,
        field: &str,
        old: &Value,
        new: &Value,
    ) -> FieldChange {
        let columns = if entity == Entity::Link {
            LINK
        } else {
            TOUCHPOINT
        };
        let column = matches!(entity, Entity::Touchpoint | Entity::Link)
            .then(|| column_of(columns, field))
            .flatten();
        let heading =
            column.map_or_else(|| plain_heading(field), |column| column.heading.to_owned());
        let shown = |value: &Value| match (column, value) {
            (_, Value::Null) => String::new(),
            // Ends and references are ids of the map by now, of which some are only just made.
            (Some(column), value) => {
                let value = self.named(column.field, value);
                Shown::of_values(self.current, &self.catalog).value(column.shape, &value)
            }
            (None, Value::String(text)) => text.clone(),
            (None, value) => value.to_string(),
        };
        FieldChange {
            field: field.to_owned(),
            heading,
            old: shown(old),
            new: shown(new),
        }
    }

    /// References by the names of what they refer to.
    fn named(&self, field: &str, value: &Value) -> Value {
        let entity = match field {
            "stage" => Entity::Stage,
            "audiences" => Entity::Audience,
            "system" => Entity::System,
            "from" | "to" => Entity::Touchpoint,
            _ => return value.clone(),
        };
        match value {
            Value::String(id) => Value::from(self.either_name(entity, id)),
            Value::Array(ids) => {
                let names = ids
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|id| self.either_name(entity, id));
                Value::Array(names.map(Value::from).collect())
            }
            other => other.clone(),
        }
    }

    fn either_name(&self, entity: Entity, id: &str) -> String {
        let map = if self.current.contains(entity, id) {
            self.current
        } else {
            self.imported
        };
        let id = Id::derived(id);
        name(map, entity, &id)
    }
}

fn plain_heading(field: &str) -> String {
    let words = field.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What a row is called; a link by its ends, what has no name by its id.
fn name(map: &Map, entity: Entity, id: &Id) -> String {
    if entity == Entity::Link
        && let Some(link) = map.links.get(id.as_str())
    {
        let (from, to) = (
            name(map, Entity::Touchpoint, &link.from),
            name(map, Entity::Touchpoint, &link.to),
        );
        return format!("{from} \u{2192} {to}");
    }
    let name = name_of(map, entity, id);
    if name.trim().is_empty() {
        id.to_string()
    } else {
        name.to_owned()
    }
}

impl Shown<'_> {
    /// A value as a person reads it in a cell.
    fn value(&self, shape: crate::columns::Shape, value: &Value) -> String {
        match self.cell(shape, Some(value)) {
            Cell::Number(number)
                if matches!(
                    shape,
                    crate::columns::Shape::Rate | crate::columns::Shape::RateEstimate
                ) =>
            {
                format!("{} %", (number * 1e6).round() / 1e4)
            }
            cell => cell.shown(),
        }
    }
}
