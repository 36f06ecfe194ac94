//! Stages as groups, touchpoints as text nodes, links as edges.

use backcast_model::{DriverType, Entity, Fields, Link, Map, Record, Touchpoint};
use serde_json::{Value, json};

use super::OURS;
use crate::carried;
use crate::placement::{Frame, Placement};

/// The map as a canvas; the same map in the same places always gives the same text. Stages and touchpoints that
/// `placement` has no frame for get one.
#[must_use]
pub fn write(map: &Map, placement: &Placement) -> String {
    let placement = placement.completed(map);
    let mut nodes = Vec::with_capacity(map.stages.len() + map.touchpoints.len());
    for stage in map.stages.iter() {
        if let Some(frame) = placement.stages.get(&stage.id) {
            let mut node = node(Entity::Stage, stage.id.as_str(), "group", frame);
            node.insert("label".to_owned(), Value::from(stage.name.as_str()));
            node.insert(OURS.to_owned(), ours(Entity::Stage, stage.to_fields()));
            nodes.push(Value::Object(node));
        }
    }
    for touchpoint in map.touchpoints.iter() {
        if let Some(frame) = placement.touchpoints.get(&touchpoint.id) {
            let mut node = node(Entity::Touchpoint, touchpoint.id.as_str(), "text", frame);
            node.insert("text".to_owned(), Value::from(touchpoint.name.as_str()));
            node.insert("color".to_owned(), Value::from(colour(touchpoint)));
            node.insert(
                OURS.to_owned(),
                ours(Entity::Touchpoint, touchpoint.to_fields()),
            );
            nodes.push(Value::Object(node));
        }
    }
    let edges: Vec<Value> = map
        .links
        .iter()
        .map(|link| edge(link, &placement))
        .collect();
    let frame: Fields = carried::frame(map, false)
        .into_iter()
        .map(|(name, text)| (name, Value::String(text)))
        .collect();
    let canvas = json!({ "nodes": nodes, "edges": edges, OURS: frame });
    let mut text = serde_json::to_string_pretty(&canvas).unwrap_or_default();
    text.push('\n');
    text
}

fn ours(entity: Entity, fields: Fields) -> Value {
    let mut ours = Fields::new();
    ours.insert("entity".to_owned(), Value::from(entity.as_str()));
    ours.insert("fields".to_owned(), Value::Object(fields));
    Value::Object(ours)
}

/// The format's nodes stand on whole units.
fn node(entity: Entity, id: &str, kind: &str, frame: &Frame) -> Fields {
    let mut node = Fields::new();
    node.insert("id".to_owned(), Value::from(format!("{entity}-{id}")));
    node.insert("type".to_owned(), Value::from(kind));
    for (name, value) in [
        ("x", frame.x),
        ("y", frame.y),
        ("width", frame.width),
        ("height", frame.height),
    ] {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "map units are within ten million"
        )]
        node.insert(name.to_owned(), Value::from(value.round() as i64));
    }
    node
}

fn colour(touchpoint: &Touchpoint) -> &'static str {
    match (touchpoint.is_destination(), touchpoint.driver) {
        (true, _) => "#005A8C",
        (false, Some(DriverType::Direct)) => "#56B4E9",
        (false, _) => "#9AA5AF",
    }
}

fn edge(link: &Link, placement: &Placement) -> Value {
    let column = |id: &str| placement.touchpoints.get(id).map_or(0.0, |frame| frame.x);
    let (from, to) = (column(link.from.as_str()), column(link.to.as_str()));
    let (leaves, comes) = if to > from {
        ("right", "left")
    } else if to < from {
        ("left", "right")
    } else {
        ("bottom", "top")
    };
    let end = |id: &str| format!("{}-{id}", Entity::Touchpoint);
    let mut edge = Fields::new();
    let texts = [
        ("id", format!("{}-{}", Entity::Link, link.id)),
        ("fromNode", end(link.from.as_str())),
        ("fromSide", leaves.to_owned()),
        ("toNode", end(link.to.as_str())),
        ("toSide", comes.to_owned()),
        ("toEnd", "arrow".to_owned()),
    ];
    edge.extend(texts.map(|(name, text)| (name.to_owned(), Value::String(text))));
    if let Some(cta) = &link.cta {
        edge.insert("label".to_owned(), Value::from(cta.as_str()));
    }
    edge.insert(OURS.to_owned(), ours(Entity::Link, link.to_fields()));
    Value::Object(edge)
}
