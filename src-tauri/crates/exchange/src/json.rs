//! The open text form of a map, version 1: one JSON object with the map's properties and a list for each kind of row.
//! Lossless for everything on the map; unknown keys are kept. Keys and rows are written in a fixed order, so that a
//! text diff reads well and writing what was read gives the same bytes.

mod read;

use std::collections::{HashMap, HashSet};

use backcast_model::{Entity, Fields, Id, Link, Map, MapProperties, Record, threshold};
use serde_json::Value;

pub use read::{parse_strictly, read};

/// What the key `format` holds.
pub const FORMAT: &str = "backcast-map";

/// The newest version of the format that is read, and the one that is written.
pub const VERSION: u64 = 1;

/// The lists of the text form and what their rows are, in the order of writing; `rules` stands before dismissals.
const LISTS: [(&str, Entity); 6] = [
    ("stages", Entity::Stage),
    ("audiences", Entity::Audience),
    ("systems", Entity::System),
    ("touchpoints", Entity::Touchpoint),
    ("links", Entity::Link),
    ("dismissals", Entity::Dismissal),
];

/// Why a text is not a map: the place in it and the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not JSON, or not UTF-8.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// JSON, but not a map of this format.
    #[error("{reason}")]
    NotAMap {
        /// What it is instead.
        reason: String,
    },
    /// Written by a newer version of the program.
    #[error(
        "the map has version {found} of the format; this program reads up to version {VERSION}"
    )]
    Newer {
        /// Its version.
        found: String,
    },
    /// A value that cannot be.
    #[error("{pointer}: {reason}")]
    Value {
        /// Where, as a JSON pointer.
        pointer: String,
        /// Why not.
        reason: String,
    },
}

/// Writes a map in its text form, ending with a line feed; the same map always gives the same bytes. A figure that the
/// project holds out of its rule's range is written as the rule counts it, so that [`read`] takes the text.
#[must_use]
pub fn write(map: &Map) -> String {
    let mut document = Fields::new();
    document.insert("format".to_owned(), FORMAT.into());
    document.insert("version".to_owned(), VERSION.into());
    let mut properties = MapProperties {
        rules: threshold::counted(&map.properties.rules),
        ..MapProperties::clone(&map.properties)
    }
    .to_fields();
    for field in MapProperties::FIELDS
        .iter()
        .filter(|field| field.name != "rules")
    {
        if let Some(value) = properties.shift_remove(field.name) {
            document.insert(field.name.to_owned(), value);
        }
    }
    let rules = properties.shift_remove("rules");
    for (key, entity) in LISTS {
        if entity == Entity::Dismissal
            && let Some(rules) = &rules
        {
            document.insert("rules".to_owned(), rules.clone());
        }
        let rows = rows_of(map, entity);
        if !rows.is_empty() || !matches!(entity, Entity::System | Entity::Dismissal) {
            document.insert(key.to_owned(), Value::Array(rows));
        }
    }
    document.extend(properties);
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn rows_of(map: &Map, entity: Entity) -> Vec<Value> {
    match entity {
        Entity::Link => links(map),
        Entity::Stage => objects(map.stages.iter()),
        Entity::Audience => objects(map.audiences.iter()),
        Entity::System => objects(map.systems.iter()),
        Entity::Dismissal => objects(map.dismissals.iter()),
        Entity::Touchpoint | Entity::Map => objects(map.touchpoints.iter()),
    }
}

fn objects<'a, T: Record + 'a>(rows: impl Iterator<Item = &'a T>) -> Vec<Value> {
    rows.map(|row| Value::Object(row.to_fields())).collect()
}

/// Links, without the ids that reading would give them again: ids that differ from those are written, and only then
/// is it known which derived ones are free.
fn links(map: &Map) -> Vec<Value> {
    let mut told: HashSet<Id> = HashSet::new();
    for link in map.links.iter() {
        let base = Link::derived_id(link.from.as_str(), link.to.as_str(), 1);
        let derived = link
            .id
            .as_str()
            .strip_prefix(&base)
            .is_some_and(|tail| tail.is_empty() || tail.starts_with('#'));
        if !derived {
            told.insert(link.id.clone());
        }
    }
    let mut repeats = Repeats::default();
    let mut rows = Vec::with_capacity(map.links.len());
    for link in map.links.iter() {
        let mut fields = link.to_fields();
        if !told.contains(&link.id) {
            let again = repeats.free_id(link.from.as_str(), link.to.as_str(), &told);
            if again == link.id {
                fields.shift_remove("id");
            }
            told.insert(link.id.clone());
        }
        rows.push(Value::Object(fields));
    }
    rows
}

/// How far the derived ids of every pair of ends are taken, so that many links between two touchpoints are not
/// counted through from the first for each.
#[derive(Default)]
struct Repeats(HashMap<(String, String), usize>);

impl Repeats {
    /// The first derived id that is free; `taken` only ever grows.
    fn free_id(&mut self, from: &str, to: &str, taken: &HashSet<Id>) -> Id {
        let repeat = self.0.entry((from.to_owned(), to.to_owned())).or_insert(1);
        loop {
            let id = Id::derived(&Link::derived_id(from, to, *repeat));
            if !taken.contains(&id) {
                return id;
            }
            *repeat += 1;
        }
    }
}
