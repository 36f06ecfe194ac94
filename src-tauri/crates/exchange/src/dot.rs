//! The map for Graphviz: a cluster for each stage, shapes for kinds. Written only.

use std::fmt::Write as _;

use backcast_model::{Map, Touchpoint};

/// The map in the DOT language; the same map always gives the same text.
#[must_use]
pub fn write(map: &Map) -> String {
    let mut text = String::from("digraph map {\n");
    let _ = writeln!(
        text,
        "  graph [rankdir=LR, label={}, labelloc=t, fontname=\"Inter, sans-serif\", splines=true];",
        quoted(&map.properties.title)
    );
    text.push_str("  node [shape=box, style=rounded, fontname=\"Inter, sans-serif\", fontsize=12, color=\"#566573\"];\n");
    text.push_str("  edge [fontname=\"Inter, sans-serif\", fontsize=10, color=\"#566573\"];\n");
    let leading = map.leading_to_destinations();
    let node = |text: &mut String, touchpoint: &Touchpoint, indent| {
        let is_direct = touchpoint.is_direct(leading.contains(touchpoint.id.as_str()));
        node(text, touchpoint, is_direct, indent);
    };
    for (number, stage) in map.stages.iter().enumerate() {
        let _ = writeln!(
            text,
            "  subgraph cluster_{number} {{\n    label={};\n    color=\"#9AA5AF\";",
            quoted(&stage.name)
        );
        let members = map
            .touchpoints
            .iter()
            .filter(|touchpoint| touchpoint.stage.as_ref() == Some(&stage.id));
        for touchpoint in members {
            node(&mut text, touchpoint, "    ");
        }
        text.push_str("  }\n");
    }
    for touchpoint in map
        .touchpoints
        .iter()
        .filter(|touchpoint| touchpoint.stage.is_none())
    {
        node(&mut text, touchpoint, "  ");
    }
    for link in map.links.iter() {
        let _ = write!(
            text,
            "  {} -> {}",
            quoted(link.from.as_str()),
            quoted(link.to.as_str())
        );
        match link.cta.as_deref().filter(|cta| !cta.is_empty()) {
            Some(cta) => drop(writeln!(text, " [label={}];", quoted(cta))),
            None => text.push_str(";\n"),
        }
    }
    text.push_str("}\n");
    text
}

fn node(text: &mut String, touchpoint: &Touchpoint, is_direct: bool, indent: &str) {
    let look = match (
        touchpoint.is_destination(),
        touchpoint.is_ultimate(),
        is_direct,
    ) {
        (true, true, _) => {
            ", style=\"rounded,filled\", fillcolor=\"#005A8C\", fontcolor=\"#FFFFFF\", peripheries=2"
        }
        (true, false, _) => {
            ", style=\"rounded,filled\", fillcolor=\"#005A8C\", fontcolor=\"#FFFFFF\""
        }
        (false, _, true) => ", color=\"#005A8C\", penwidth=2",
        (false, _, false) => ", style=\"rounded,dashed\"",
    };
    let _ = writeln!(
        text,
        "{indent}{} [label={}{look}];",
        quoted(touchpoint.id.as_str()),
        quoted(&touchpoint.name)
    );
}

/// A quoted string: backslashes would begin escapes, `\n` is a line break, zero ends Graphviz's strings.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // Graphviz resolves HTML entities in every string.
            '&' => quoted.push_str("&amp;"),
            control if control.is_control() => quoted.push(' '),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
