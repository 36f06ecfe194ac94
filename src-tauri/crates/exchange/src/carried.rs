//! Our fields inside other people's formats: each row's fields as named texts, so that what such a format has no place
//! for comes back when the file does. Text fields stand as they are, others as JSON.

use backcast_model::edit::known_fields;
use backcast_model::{Entity, FieldKind, Fields, Map, MapProperties, Record};
use serde_json::Value;

/// The name under which fields of newer versions travel together.
const UNKNOWN: &str = "unknown";

/// The fields of a row as named texts, known ones by their names, the others as one object.
pub(crate) fn texts(entity: Entity, fields: &Fields) -> Vec<(String, String)> {
    let known = known_fields(entity);
    let mut texts = Vec::with_capacity(fields.len());
    let mut unknown = Fields::new();
    for (name, value) in fields {
        match known.iter().find(|field| field.name == name) {
            Some(_) => texts.push((name.clone(), plain(value))),
            None => drop(unknown.insert(name.clone(), value.clone())),
        }
    }
    if !unknown.is_empty() {
        texts.push((UNKNOWN.to_owned(), Value::Object(unknown).to_string()));
    }
    texts
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Puts a named text back among the fields of a row.
///
/// # Errors
/// When it is none of the row's fields or does not hold what the field holds.
pub(crate) fn take(
    entity: Entity,
    name: &str,
    text: &str,
    into: &mut Fields,
) -> Result<(), String> {
    if name == UNKNOWN {
        let Ok(Value::Object(unknown)) = serde_json::from_str(text) else {
            return Err("what it carries of a newer version cannot be read".to_owned());
        };
        let fresh = unknown
            .into_iter()
            .filter(|(name, _)| known_fields(entity).iter().all(|field| field.name != name));
        into.extend(fresh);
        return Ok(());
    }
    let Some(field) = known_fields(entity).iter().find(|field| field.name == name) else {
        return Err(format!(
            "\u{201c}{name}\u{201d} is not a field of a {entity}"
        ));
    };
    let value = if field.kind == FieldKind::Text {
        Value::String(text.to_owned())
    } else {
        serde_json::from_str(text).map_err(|_| format!("{name} cannot be {text:?}"))?
    };
    into.insert(name.to_owned(), value);
    Ok(())
}

/// What a map holds beside its touchpoints and links, as named texts: its properties, and its other rows as JSON.
pub(crate) fn frame(map: &Map, with_stages: bool) -> Vec<(String, String)> {
    let mut texts = texts(Entity::Map, &map.properties.to_fields());
    let mut list = |name: &str, rows: Vec<Value>| {
        if !rows.is_empty() {
            texts.push((name.to_owned(), Value::Array(rows).to_string()));
        }
    };
    if with_stages {
        list("stages", objects(map.stages.iter()));
    }
    list("audiences", objects(map.audiences.iter()));
    list("systems", objects(map.systems.iter()));
    list("dismissals", objects(map.dismissals.iter()));
    texts
}

/// The lists that [`frame`] writes and what their rows are.
pub(crate) const FRAME_LISTS: [(&str, Entity); 4] = [
    ("stages", Entity::Stage),
    ("audiences", Entity::Audience),
    ("systems", Entity::System),
    ("dismissals", Entity::Dismissal),
];

/// Whether a name of [`frame`] is one of the map's own properties.
pub(crate) fn is_property(name: &str) -> bool {
    name == UNKNOWN || MapProperties::FIELDS.iter().any(|field| field.name == name)
}

fn objects<'a, T: Record + 'a>(rows: impl Iterator<Item = &'a T>) -> Vec<Value> {
    rows.map(|row| Value::Object(row.to_fields())).collect()
}
