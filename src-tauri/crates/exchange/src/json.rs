//! The open text form of a map, version 1: one JSON object with the map's properties and a list for each kind of row.
//! Lossless for everything on the map; unknown keys are kept. Keys and rows are written in a fixed order, so that a
//! text diff reads well and writing what was read gives the same bytes.

use std::collections::{HashMap, HashSet};

use backcast_model::{
    Dismissal, Entity, Fields, Link, Map, MapBuilder, MapProperties, Record, Refusal,
};
use serde_json::Value;

use crate::LARGEST_TEXT;
use crate::strict::{Strict, number_too_long};

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

/// Reads a map from its text form; O(bytes).
///
/// # Errors
/// When the text is not JSON, of another format or a newer version, misses a required key, repeats an id or a key,
/// refers to a touchpoint, stage or audience that is not there, or holds a value that is not of its kind or range.
pub fn read(text: &[u8]) -> Result<Map, ReadError> {
    let mut document = parse(text)?;
    check_format(&mut document)?;
    let mut lists = Vec::with_capacity(LISTS.len());
    for (key, entity) in LISTS {
        lists.push((key, entity, take_list(&mut document, key)?));
    }
    let mut builder = MapBuilder::new(read_properties(document)?);
    for (key, entity, mut rows) in lists {
        if entity == Entity::Link {
            name_links(&mut rows);
        }
        for (index, row) in rows.into_iter().enumerate() {
            let Value::Object(fields) = row else {
                return Err(value_error(
                    format!("/{key}/{index}"),
                    "an object was expected here",
                ));
            };
            if entity == Entity::Dismissal {
                check_moment(&fields, index)?;
            }
            builder.push(entity, None, fields).map_err(located)?;
        }
    }
    builder.finish().map_err(located)
}

/// Refuses a dismissal made at no point in time.
fn check_moment(fields: &Fields, index: usize) -> Result<(), ReadError> {
    match fields.get("at") {
        Some(Value::String(at)) if !Dismissal::is_moment(at) => Err(value_error(
            format!("/dismissals/{index}/at"),
            "a moment is written like 2026-01-03T10:00:00Z",
        )),
        _ => Ok(()),
    }
}

fn parse(text: &[u8]) -> Result<Fields, ReadError> {
    if text.len() > LARGEST_TEXT {
        let (size, most) = (text.len() / 1_048_576, LARGEST_TEXT / 1_048_576);
        return Err(ReadError::NotAMap {
            reason: format!("it has {size} MB; a map has at most {most} MB"),
        });
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::NotAMap {
            reason: "it is empty".to_owned(),
        });
    }
    match parse_strictly(text)? {
        Value::Object(document) => Ok(document),
        _ => Err(ReadError::NotAMap {
            reason: "it is JSON, but not an object".to_owned(),
        }),
    }
}

/// Reads a JSON text in which no object names a key twice and no number would be rounded; O(bytes).
///
/// # Errors
/// When it is none, with line and column ([`ReadError::Syntax`]).
pub fn parse_strictly(text: &[u8]) -> Result<Value, ReadError> {
    match serde_json::from_slice(text) {
        Ok(Strict(value)) => match number_too_long(text) {
            None => Ok(value),
            Some(at) => Err(rounded(text, at)),
        },
        Err(error) => Err(ReadError::Syntax {
            line: error.line(),
            column: error.column(),
            reason: without_place(&error),
        }),
    }
}

/// `serde_json` ends its messages with the place, which is told apart here.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .rsplit_once(" at line ")
        .map_or(message.clone(), |(reason, _)| reason.to_owned())
}

fn rounded(text: &[u8], at: usize) -> ReadError {
    let before = text.get(..at).unwrap_or_default();
    let line_start = before.iter().rposition(|byte| *byte == b'\n');
    ReadError::Syntax {
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: at - line_start.map_or(0, |start| start + 1) + 1,
        reason: "this number has more digits than can be kept".to_owned(),
    }
}

fn check_format(document: &mut Fields) -> Result<(), ReadError> {
    match document.shift_remove("format") {
        Some(Value::String(format)) if format == FORMAT => {}
        Some(other) => {
            return Err(ReadError::NotAMap {
                reason: format!("its format is {other}, not \"{FORMAT}\""),
            });
        }
        None => {
            return Err(ReadError::NotAMap {
                reason: format!("it does not say \"format\": \"{FORMAT}\""),
            });
        }
    }
    match document.shift_remove("version") {
        Some(Value::Number(version)) if version.as_u64() == Some(VERSION) => Ok(()),
        Some(Value::Number(version)) if version.as_f64().is_some_and(|version| version > 1.0) => {
            Err(ReadError::Newer {
                found: version.to_string(),
            })
        }
        Some(other) => Err(value_error(
            "/version".to_owned(),
            &format!("the version is {VERSION}, not {other}"),
        )),
        None => Err(value_error(
            "/version".to_owned(),
            "this key is required and missing",
        )),
    }
}

fn take_list(document: &mut Fields, key: &str) -> Result<Vec<Value>, ReadError> {
    match document.shift_remove(key) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(rows)) => Ok(rows),
        Some(_) => Err(value_error(format!("/{key}"), "a list was expected here")),
    }
}

fn read_properties(fields: Fields) -> Result<MapProperties, ReadError> {
    MapProperties::from_fields(fields).map_err(|refusal| {
        located(Refusal {
            entity: None,
            ..refusal
        })
    })
}

/// Gives links without an id the one derived from their ends; ids that stand in the text come first.
fn name_links(rows: &mut [Value]) {
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut taken: HashSet<String> = rows.iter().filter_map(|row| text(row, "id")).collect();
    let mut repeats = Repeats::default();
    for row in rows {
        let (Some(from), Some(to)) = (text(row, "from"), text(row, "to")) else {
            continue;
        };
        if let Some(fields) = row
            .as_object_mut()
            .filter(|fields| fields.get("id").is_none_or(Value::is_null))
        {
            let id = repeats.free_id(&from, &to, &taken);
            fields.insert("id".to_owned(), Value::String(id.clone()));
            taken.insert(id);
        }
    }
}

/// How far the derived ids of every pair of ends are taken, so that many links between two touchpoints are not
/// counted through from the first for each.
#[derive(Default)]
struct Repeats(HashMap<(String, String), usize>);

impl Repeats {
    /// The first derived id that is free; `taken` only ever grows.
    fn free_id(&mut self, from: &str, to: &str, taken: &HashSet<String>) -> String {
        let repeat = self.0.entry((from.to_owned(), to.to_owned())).or_insert(1);
        loop {
            let id = backcast_model::Id::derived(&Link::derived_id(from, to, *repeat)).to_string();
            if !taken.contains(&id) {
                return id;
            }
            *repeat += 1;
        }
    }
}

/// A model's refusal with the place it has in the text.
fn located(refusal: Refusal) -> ReadError {
    let list = refusal
        .entity
        .and_then(|entity| LISTS.iter().find(|(_, other)| *other == entity));
    let mut pointer = String::new();
    if let Some((key, _)) = list {
        pointer.push_str(&format!("/{key}"));
    }
    if let Some(index) = refusal.index {
        pointer.push_str(&format!("/{index}"));
    }
    if !refusal.field.is_empty() {
        pointer.push_str(&format!("/{}", refusal.field));
    }
    let named = refusal
        .id
        .map(|id| format!(" (\u{201c}{id}\u{201d})"))
        .unwrap_or_default();
    let pointer = if pointer.is_empty() {
        "the document".to_owned()
    } else {
        pointer
    };
    ReadError::Value {
        pointer,
        reason: format!("{}{named}", refusal.reason),
    }
}

fn value_error(pointer: String, reason: &str) -> ReadError {
    ReadError::Value {
        pointer,
        reason: reason.to_owned(),
    }
}

/// Writes a map in its text form, ending with a line feed; the same map always gives the same bytes.
#[must_use]
pub fn write(map: &Map) -> String {
    let mut document = Fields::new();
    document.insert("format".to_owned(), FORMAT.into());
    document.insert("version".to_owned(), VERSION.into());
    let mut properties = map.properties.to_fields();
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
    let mut told: HashSet<String> = HashSet::new();
    for link in map.links.iter() {
        let base = Link::derived_id(link.from.as_str(), link.to.as_str(), 1);
        let derived = link
            .id
            .as_str()
            .strip_prefix(&base)
            .is_some_and(|tail| tail.is_empty() || tail.starts_with('#'));
        if !derived {
            told.insert(link.id.to_string());
        }
    }
    let mut repeats = Repeats::default();
    let mut rows = Vec::with_capacity(map.links.len());
    for link in map.links.iter() {
        let mut fields = link.to_fields();
        if !told.contains(link.id.as_str()) {
            let again = repeats.free_id(link.from.as_str(), link.to.as_str(), &told);
            if again == link.id.as_str() {
                fields.shift_remove("id");
            }
            told.insert(link.id.to_string());
        }
        rows.push(Value::Object(fields));
    }
    rows
}
