//! Nodes are touchpoints, edges are links, data are fields.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use backcast_model::edit::known_fields;
use backcast_model::{Entity, FieldKind, Map, Record};

use crate::carried;
use crate::matrix::Shown;
use crate::xml::{attribute, escaped};
use backcast_model::catalog::Catalog;

/// A row as GraphML has it: its fields as named texts.
type Texts = Vec<(String, String)>;

/// The map as GraphML; the same map always gives the same text.
#[must_use]
pub fn write(map: &Map, catalog: &Catalog) -> String {
    let shown = Shown::of(map, catalog);
    let rows =
        |entity: Entity, fields: &mut dyn Iterator<Item = backcast_model::Fields>| -> Vec<Texts> {
            fields
                .map(|fields| carried::texts(entity, &fields))
                .collect()
        };
    let mut nodes = rows(
        Entity::Touchpoint,
        &mut map.touchpoints.iter().map(Record::to_fields),
    );
    for (texts, touchpoint) in nodes.iter_mut().zip(map.touchpoints.iter()) {
        // Other tools colour by words, not by ids.
        if let Some(stage) = &touchpoint.stage {
            texts.push(("stage_name".to_owned(), shown.stage(stage).to_owned()));
        }
    }
    let edges = rows(Entity::Link, &mut map.links.iter().map(Record::to_fields));
    let graph = carried::frame(map, true);
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    keys(
        &mut text,
        "graph",
        Entity::Map,
        std::slice::from_ref(&graph),
    );
    keys(&mut text, "node", Entity::Touchpoint, &nodes);
    keys(&mut text, "edge", Entity::Link, &edges);
    text.push_str("  <graph id=\"map\" edgedefault=\"directed\">\n");
    data(&mut text, "graph", &graph, "    ");
    for (texts, id) in nodes.iter().zip(map.touchpoints.ids()) {
        let _ = writeln!(text, "    <node id=\"{}\">", escaped(id.as_str()));
        data(&mut text, "node", texts, "      ");
        text.push_str("    </node>\n");
    }
    for (texts, link) in edges.iter().zip(map.links.iter()) {
        text.push_str("    <edge");
        for (name, value) in [
            ("id", &link.id),
            ("source", &link.from),
            ("target", &link.to),
        ] {
            attribute(&mut text, name, value.as_str());
        }
        text.push_str(">\n");
        data(&mut text, "edge", texts, "      ");
        text.push_str("    </edge>\n");
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

/// Fields that GraphML has its own place for.
const IN_PLACE: [&str; 3] = ["id", "from", "to"];

/// Declares the keys that are used, with their types.
fn keys(text: &mut String, domain: &str, entity: Entity, rows: &[Texts]) {
    let used: BTreeSet<&str> = rows
        .iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect();
    for name in used
        .into_iter()
        .filter(|name| domain == "graph" || !IN_PLACE.contains(name))
    {
        let kind = known_fields(entity)
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.kind);
        let kind = match kind {
            Some(FieldKind::Boolean) => "boolean",
            Some(FieldKind::Integer) => "long",
            Some(FieldKind::Real | FieldKind::Money) => "double",
            Some(FieldKind::Text | FieldKind::Json) | None => "string",
        };
        text.push_str("  <key");
        for (attribute_name, value) in [
            ("id", key(domain, name).as_str()),
            ("for", domain),
            ("attr.name", name),
            ("attr.type", kind),
        ] {
            attribute(text, attribute_name, value);
        }
        text.push_str("/>\n");
    }
}

fn key(domain: &str, name: &str) -> String {
    format!("{domain}-{name}")
}

fn data(text: &mut String, domain: &str, texts: &Texts, indent: &str) {
    for (name, value) in texts
        .iter()
        .filter(|(name, _)| domain == "graph" || !IN_PLACE.contains(&name.as_str()))
    {
        let _ = writeln!(
            text,
            "{indent}<data key=\"{}\">{}</data>",
            key(domain, name),
            escaped(value)
        );
    }
}
