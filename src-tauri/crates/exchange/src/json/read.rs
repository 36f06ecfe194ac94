//! Reading the text form. Rows are taken in one by one while the text is read: a tree of all its values would be many
//! times the text in memory. What is refused is told once the text is known to be JSON and of this format.

use std::collections::HashSet;
use std::fmt;

use backcast_model::{
    Dismissal, Entity, Fields, Id, Link, Map, MapBuilder, MapProperties, Record, Refusal, threshold,
};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{FORMAT, LISTS, ReadError, Repeats, VERSION};
use crate::LARGEST_TEXT;
use crate::strict::{Strict, number_too_long, twice};

/// Reads a map from its text form; O(bytes).
///
/// # Errors
/// When the text is not JSON, of another format or a newer version, misses a required key, repeats an id or a key,
/// refers to a touchpoint, stage or audience that is not there, or holds a value that is not of its kind or range.
pub fn read(text: &[u8]) -> Result<Map, ReadError> {
    let mut reading = Reading {
        builder: MapBuilder::new(MapProperties::titled("")),
        unnamed: HashSet::new(),
        refused: None,
    };
    let mut properties = parse(text, &mut reading)?;
    check_format(&mut properties)?;
    let properties = read_properties(properties)?;
    if let Some(refused) = reading.refused {
        return Err(refused);
    }
    let mut builder = reading.builder.with(properties);
    name_links(&mut builder, &reading.unnamed);
    builder.finish().map_err(located)
}

/// The rows of a text as far as it was read.
struct Reading {
    builder: MapBuilder,
    /// Places of links without an id of their own.
    unnamed: HashSet<usize>,
    /// What was refused first; later rows are not looked at.
    refused: Option<ReadError>,
}

impl Reading {
    fn take(&mut self, list: List, index: usize, row: Value) {
        if self.refused.is_none() {
            self.refused = self.row(list, index, row).err();
        }
    }

    fn row(&mut self, (key, entity): List, index: usize, row: Value) -> Result<(), ReadError> {
        let Value::Object(mut fields) = row else {
            return Err(value_error(
                format!("/{key}/{index}"),
                "an object was expected here",
            ));
        };
        if entity == Entity::Dismissal {
            check_moment(&fields, index)?;
        }
        if let (Entity::Link, Some(id)) = (entity, derived_id(&fields)) {
            // Which number it gets behind its ends is known when all links are.
            self.unnamed.insert(index);
            fields.insert("id".to_owned(), Value::String(id.to_string()));
        }
        self.builder.push(entity, None, fields).map_err(located)
    }
}

/// The key of a list and what its rows are.
type List = (&'static str, Entity);

/// Refuses a dismissal made at no point in time.
fn check_moment(fields: &Fields, index: usize) -> Result<(), ReadError> {
    fields
        .get("at")
        .map_or(Ok(()), Dismissal::check_moment)
        .map_err(|reason| value_error(format!("/dismissals/{index}/at"), reason))
}

/// Takes the rows of an object's lists in, and gives what else is in it.
struct Document<'a>(&'a mut Reading);

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Fields;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Fields, A::Error> {
        let Self(reading) = self;
        let mut properties = Fields::new();
        let mut unread = LISTS.to_vec();
        while let Some(key) = entries.next_key::<String>()? {
            let is_list = LISTS.iter().any(|(list, _)| *list == key);
            if let Some(at) = unread.iter().position(|(list, _)| *list == key) {
                let list = unread.swap_remove(at);
                let reading = &mut *reading;
                entries.next_value_seed(Rows { list, reading })?;
            } else if is_list || properties.contains_key(&key) {
                return Err(twice(&key));
            } else {
                let Strict(value) = entries.next_value()?;
                properties.insert(key, value);
            }
        }
        Ok(properties)
    }
}

/// Takes the rows of one list in.
struct Rows<'a> {
    list: List,
    reading: &'a mut Reading,
}

impl Rows<'_> {
    fn no_list<E>(self) -> Result<(), E> {
        let refused = value_error(format!("/{}", self.list.0), "a list was expected here");
        self.reading.refused.get_or_insert(refused);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        let mut index = 0;
        while let Some(Strict(row)) = rows.next_element()? {
            self.reading.take(self.list, index, row);
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while entries.next_entry::<String, Strict>()?.is_some() {}
        self.no_list()
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.no_list()
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.no_list()
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.no_list()
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.no_list()
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.no_list()
    }
}

fn parse(text: &[u8], reading: &mut Reading) -> Result<Fields, ReadError> {
    if text.len() > LARGEST_TEXT {
        let (size, most) = (text.len() / 1_048_576, LARGEST_TEXT / 1_048_576);
        return Err(ReadError::NotAMap {
            reason: format!("it has {size} MB; a map has at most {most} MB"),
        });
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(ReadError::NotAMap {
            reason: "it is empty".to_owned(),
        }),
        Some(b'{') => strictly(text, |json| json.deserialize_map(Document(reading))),
        Some(_) => parse_strictly(text).and_then(|_| {
            Err(ReadError::NotAMap {
                reason: "it is JSON, but not an object".to_owned(),
            })
        }),
    }
}

/// Reads a JSON text in which no object names a key twice and no number would be rounded; O(bytes).
///
/// # Errors
/// When it is none, with line and column ([`ReadError::Syntax`]).
pub fn parse_strictly(text: &[u8]) -> Result<Value, ReadError> {
    strictly(text, |json| Strict::deserialize(json)).map(|Strict(value)| value)
}

type Json<'a> = serde_json::Deserializer<serde_json::de::SliceRead<'a>>;

/// Reads a whole text in this way, in which no number may be rounded.
fn strictly<'a, T>(
    text: &'a [u8],
    read: impl FnOnce(&mut Json<'a>) -> Result<T, serde_json::Error>,
) -> Result<T, ReadError> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = read(&mut json).and_then(|value| json.end().map(|()| value));
    match (value, number_too_long(text)) {
        (Ok(value), None) => Ok(value),
        (Ok(_), Some(at)) => Err(rounded(text, at)),
        (Err(error), _) => Err(ReadError::Syntax {
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

fn read_properties(fields: Fields) -> Result<MapProperties, ReadError> {
    let properties = MapProperties::from_fields(fields).and_then(|properties| {
        threshold::check(&properties.rules, None)?;
        Ok(properties)
    });
    properties.map_err(|refusal| {
        located(Refusal {
            entity: None,
            ..refusal
        })
    })
}

/// The id that a link without one of its own has when no other of its ends has it.
fn derived_id(fields: &Fields) -> Option<Id> {
    let text = |key: &str| fields.get(key).and_then(Value::as_str);
    let unnamed = fields.get("id").is_none_or(Value::is_null);
    let ends = text("from").zip(text("to")).filter(|_| unnamed);
    ends.map(|(from, to)| Id::derived(&Link::derived_id(from, to, 1)))
}

/// Gives links without an id the one derived from their ends; ids that stand in the text come first.
fn name_links(builder: &mut MapBuilder, unnamed: &HashSet<usize>) {
    let named = builder.links_mut().enumerate();
    let named = named.filter(|(at, _)| !unnamed.contains(at));
    let mut taken: HashSet<Id> = named.map(|(_, link)| link.id.clone()).collect();
    let mut repeats = Repeats::default();
    let links = builder.links_mut().enumerate();
    for (_, link) in links.filter(|(at, _)| unnamed.contains(at)) {
        link.id = repeats.free_id(link.from.as_str(), link.to.as_str(), &taken);
        taken.insert(link.id.clone());
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
