//! Fields and their values in the planner's words: names for ids, days for flights, the glossary's words for word
//! lists. For lists of conflicts, differences and steps, on screen and in a terminal. Refuses to know who reads them.

use backcast_model::change::ORDER_FIELD;
use backcast_model::{Entity, Map};
use serde_json::Value;

use crate::comparison::name_of;

/// How much of a long text is shown, in characters.
const LONGEST: usize = 160;

/// What planners call a field, within a sentence.
#[must_use]
pub fn field_words(entity: Entity, field: &str) -> String {
    let words = match (entity, field) {
        (_, ORDER_FIELD | "order") => "place in the list",
        (_, "position") => "place on the map",
        (Entity::Touchpoint, "cta") | (Entity::Link, "cta") => "call to action",
        (Entity::Touchpoint, "kind") => "kind",
        (Entity::Touchpoint, "driver") => "kind of driver",
        (Entity::Touchpoint, "value_given") => "value given",
        (Entity::Touchpoint, "recognises") => "how people are recognised",
        (Entity::Touchpoint, "opt_in") => "opt-in",
        (Entity::Touchpoint, "entry") => "entry",
        (Entity::Touchpoint, "deliberate_end") => "deliberate end",
        (Entity::Touchpoint, "flights") => "flights",
        (Entity::Link, "from") => "start",
        (Entity::Link, "to") => "end",
        (Entity::Map, "starts_on") => "first day",
        (Entity::Map, "ends_on") => "last day",
        (Entity::Map, "rules") => "rule settings",
        (_, "lag_days") => "days on the way",
        (_, "cycle_days") => "buying cycle",
        (_, "review_on") => "review date",
        _ => return printable(&field.replace('_', " ")),
    };
    words.to_owned()
}

/// What a field holds, in words; an empty one is said to be empty.
#[must_use]
pub fn value_words(map: &Map, entity: Entity, field: &str, value: &Value) -> String {
    let text = match (value, target(entity, field)) {
        (Value::Null, _) => return "empty".to_owned(),
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
            .map(|item| item_words(field, item))
            .collect::<Vec<_>>()
            .join(", "),
        (Value::Object(settings), None) if field == "rules" => {
            let count = settings.len();
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} rule{plural} set")
        }
        (value, None | Some(_)) => scalar(field, value),
    };
    let mut text = printable(&text);
    if text.trim().is_empty() {
        return "empty".to_owned();
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

fn item_words(field: &str, item: &Value) -> String {
    match item {
        Value::Array(days) if field == "flights" => days
            .iter()
            .map(|day| scalar(field, day))
            .collect::<Vec<_>>()
            .join(" to "),
        item => scalar(field, item),
    }
}

/// Fields that hold a word of a closed list, which reads as a word of its own.
const WORDS: &[&str] = &[
    "kind",
    "rank",
    "driver",
    "media",
    "ownership",
    "status",
    "metric",
    "moment",
    "horizon",
    "selling_intensity",
    "evidence_level",
    "origin",
    "channel",
    "devices",
];

fn scalar(field: &str, value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) if WORDS.contains(&field) => text.replace(['_', '-'], " "),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether a character steers a screen or makes a text pretend to be another: control characters, and those that turn
/// the direction of writing.
#[must_use]
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line, without what steers a screen.
fn printable(text: &str) -> String {
    let words = text.split(|character: char| character.is_whitespace() || steers(character));
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sample_map;

    #[test]
    fn values_read_as_names_days_and_words() {
        let map = sample_map();
        let stage = map.stages.iter().next().unwrap();
        for (field, value, words) in [
            ("stage", json!(stage.id), stage.name.as_str()),
            ("stage", json!("nowhere"), "nowhere"),
            (
                "flights",
                json!([["2026-01-05", "2026-02-01"]]),
                "2026-01-05 to 2026-02-01",
            ),
            ("selling_intensity", json!("high"), "high"),
            ("entry", json!(true), "yes"),
            ("cta", Value::Null, "empty"),
            ("cta", json!("  "), "empty"),
            ("cta", json!("Book\na visit"), "Book a visit"),
            ("cta", json!("Book\u{1b}[2J \u{202e}now"), "Book [2J now"),
        ] {
            assert_eq!(value_words(&map, Entity::Touchpoint, field, &value), words);
        }
        assert_eq!(field_words(Entity::Touchpoint, "cta"), "call to action");
        assert_eq!(
            field_words(Entity::Touchpoint, "production_budget"),
            "production budget"
        );
    }
}
