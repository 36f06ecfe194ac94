//! What the tests of this crate share: maps from text, and maps at random.

pub(crate) mod random;

use std::sync::Arc;

use backcast_analysis::{Analyst, Assessment, Gap};
use backcast_model::catalog::Catalog;
use backcast_model::edit::apply;
use backcast_model::{Day, Edit, Entity, Fields, Id, Link, Map, MapBuilder, MapProperties};
use serde_json::{Value, json};

/// The day all tests are run on.
pub(crate) fn today() -> Day {
    "2026-02-01".parse().unwrap()
}

thread_local! {
    static CATALOG: Arc<Catalog> = Arc::new(Catalog::shipped());
}

pub(crate) fn catalog() -> Arc<Catalog> {
    CATALOG.with(Arc::clone)
}

pub(crate) fn analyst() -> Analyst {
    Analyst::new(catalog(), today())
}

pub(crate) fn assess(map: &Map) -> Assessment {
    analyst().assess(map)
}

/// A map from the text form, without the form's own checks.
pub(crate) fn read(text: &Value) -> Map {
    let mut properties = text.as_object().unwrap().clone();
    let mut builder = MapBuilder::new(MapProperties::titled(""));
    let rows: Vec<_> = [
        ("stages", Entity::Stage),
        ("audiences", Entity::Audience),
        ("systems", Entity::System),
        ("touchpoints", Entity::Touchpoint),
        ("links", Entity::Link),
        ("dismissals", Entity::Dismissal),
    ]
    .into_iter()
    .filter_map(|(key, entity)| Some((entity, properties.shift_remove(key)?)))
    .collect();
    for key in ["format", "version"] {
        properties.shift_remove(key);
    }
    properties.entry("title").or_insert_with(|| json!("A map"));
    builder.push(Entity::Map, None, properties).unwrap();
    let mut derived = std::collections::HashMap::new();
    for (entity, rows) in rows {
        for row in rows.as_array().unwrap() {
            let mut fields = row.as_object().unwrap().clone();
            if entity == Entity::Link && !fields.contains_key("id") {
                let text = |key: &str| fields[key].as_str().unwrap().to_owned();
                let ends = (text("from"), text("to"));
                let repeat = derived
                    .entry(ends.clone())
                    .and_modify(|repeat| *repeat += 1)
                    .or_insert(1);
                fields.insert(
                    "id".into(),
                    json!(Link::derived_id(&ends.0, &ends.1, *repeat)),
                );
            }
            if entity == Entity::Touchpoint
                || entity == Entity::Stage
                || entity == Entity::Audience
                || entity == Entity::System
            {
                let id = fields["id"].clone();
                fields.entry("name").or_insert(id);
            }
            if entity == Entity::Touchpoint {
                fields.entry("kind").or_insert(json!("driver"));
            }
            builder.push(entity, None, fields).unwrap();
        }
    }
    builder.finish().unwrap()
}

/// The map as the text form orders its rows, for messages of failing tests.
pub(crate) fn show(map: &Map) -> String {
    let rows: Vec<Value> = map
        .rows()
        .map(|(entity, _, _, fields): (Entity, Id, _, Fields)| json!({ entity.as_str(): fields }))
        .collect();
    rows.iter().map(|row| format!("{row}\n")).collect()
}

pub(crate) fn apply_all(map: &Map, edits: &[Edit]) -> Map {
    apply(map, edits, &mut |name| Id::from_name(name, "new"))
        .unwrap()
        .map
}

/// Names a gap and what it stands on, for comparing.
pub(crate) fn told(gap: &Gap) -> String {
    let ids = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" ");
    format!(
        "{} {} | {} | {} | {}",
        gap.severity,
        gap.key,
        ids(&gap.stages),
        ids(&gap.touchpoints),
        ids(&gap.links)
    )
}

pub(crate) fn sample(name: &str) -> Map {
    let path = format!(
        "{}/../../../assets/samples/{name}.backcast.json",
        env!("CARGO_MANIFEST_DIR")
    );
    read(&serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

pub(crate) const SAMPLES: [&str; 5] = [
    "agency-schematic",
    "census-2020",
    "escape-my-house",
    "thought-leadership-loop",
    "tips-from-former-smokers-2013",
];
