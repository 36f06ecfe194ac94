//! Our fields inside other people's formats: each row's fields as named texts, so that what such a format has no place
//! for comes back when the file does. Text fields stand as they are, others as JSON.

use backcast_model::edit::known_fields;
use backcast_model::{Entity, FieldKind, Fields, Map, Record};
use serde_json::Value;

use crate::draft::{Draft, DraftRow};

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

/// Puts a named text of [`frame`] back into a map in the making.
///
/// # Errors
/// When it is nothing of a map or does not hold what it should.
pub(crate) fn take_frame(name: &str, text: &str, draft: &mut Draft) -> Result<(), String> {
    let Some((_, entity)) = FRAME_LISTS.iter().find(|(list, _)| *list == name) else {
        return take(Entity::Map, name, text, &mut draft.properties);
    };
    let Ok(Value::Array(rows)) = serde_json::from_str(text) else {
        return Err(format!("its {name} cannot be read"));
    };
    for row in rows {
        let Value::Object(fields) = row else {
            return Err(format!("its {name} cannot be read"));
        };
        let group = match entity {
            Entity::Stage => &mut draft.stages,
            Entity::Audience => &mut draft.audiences,
            Entity::System => &mut draft.systems,
            _ => {
                draft.dismissals.push(fields);
                continue;
            }
        };
        group.push(own_row(*entity, fields, ""));
    }
    Ok(())
}

/// A row that carries all of its fields.
pub(crate) fn own_row(entity: Entity, mut fields: Fields, place: &str) -> DraftRow {
    let given = fields
        .shift_remove("id")
        .as_ref()
        .and_then(Value::as_str)
        .map(str::to_owned);
    let known = known_fields(entity)
        .iter()
        .map(|field| field.name.to_owned());
    let speaks = known
        .chain(fields.keys().cloned())
        .filter(|field| field != "id")
        .collect();
    DraftRow {
        place: place.to_owned(),
        given,
        mentioned: false,
        fields,
        speaks,
    }
}

/// The lists that [`frame`] writes and what their rows are.
const FRAME_LISTS: [(&str, Entity); 4] = [
    ("stages", Entity::Stage),
    ("audiences", Entity::Audience),
    ("systems", Entity::System),
    ("dismissals", Entity::Dismissal),
];

fn objects<'a, T: Record + 'a>(rows: impl Iterator<Item = &'a T>) -> Vec<Value> {
    rows.map(|row| Value::Object(row.to_fields())).collect()
}
