//! Values of fields as people read them: names for ids, dates for flights.

use backcast_model::{Entity, Map};
use backcast_workbench::comparison::name_of;
use serde_json::Value;

use super::page::printable;

/// How much of a long text is shown, in characters.
const LONGEST: usize = 160;

/// A field's name in words.
pub(crate) fn field_name(field: &str) -> String {
    match field {
        "order" | "#order" => "place".to_owned(),
        "position" => "position on the map".to_owned(),
        field => printable(&field.replace('_', " ")),
    }
}

/// What a field holds.
pub(crate) fn shown(map: &Map, entity: Entity, field: &str, value: &Value) -> String {
    let text = match (value, target(entity, field)) {
        (Value::Null, _) => return "nothing".to_owned(),
        (Value::String(id), Some(target)) => name_of(map, target, id),
        (Value::Array(ids), Some(target)) => {
            let names = ids.iter().map(|id| {
                id.as_str()
                    .map_or_else(|| id.to_string(), |id| name_of(map, target, id))
            });
            names.collect::<Vec<_>>().join(", ")
        }
        (Value::Array(items), None) => items
            .iter()
            .map(|item| item_text(field, item))
            .collect::<Vec<_>>()
            .join(", "),
        (value, None | Some(_)) => scalar(value),
    };
    let mut text = printable(&text);
    if text.trim().is_empty() {
        return "nothing".to_owned();
    }
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST - 1).chain(['\u{2026}']).collect();
    }
    text
}

/// The kind of row whose ids a field holds.
fn target(entity: Entity, field: &str) -> Option<Entity> {
    match (entity, field) {
        (Entity::Touchpoint, "stage") => Some(Entity::Stage),
        (Entity::Touchpoint, "audiences") => Some(Entity::Audience),
        (Entity::Touchpoint, "system") | (Entity::System, "exchanges_with") => Some(Entity::System),
        (Entity::Link, "from" | "to") => Some(Entity::Touchpoint),
        _ => None,
    }
}

fn item_text(field: &str, item: &Value) -> String {
    match item {
        Value::Array(days) if field == "flights" => {
            days.iter().map(scalar).collect::<Vec<_>>().join(" to ")
        }
        item => scalar(item),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
