//! A flowchart from left to right: a subgraph for each stage, a class for each kind, calls to action on the arrows.
//! It carries ids, names, stages, kinds, calls to action and the order within
//! stages; Mermaid has no place for more.

use std::fmt::Write as _;

use backcast_model::{DriverType, Map, Rank, Touchpoint};

use super::{CLASSES, MARK, STAGE, TOUCHPOINT, spelled};

/// The map as the text of a flowchart; the same map always gives the same text.
#[must_use]
pub fn write(map: &Map) -> String {
    let mut text = String::new();
    if !map.properties.title.trim().is_empty() {
        // A title stands in YAML; a JSON text is one.
        let _ = writeln!(
            text,
            "---\ntitle: {}\n---",
            serde_json::Value::from(map.properties.title.as_str())
        );
    }
    let _ = writeln!(text, "flowchart LR\n  {MARK}");
    for stage in map.stages.iter() {
        let _ = writeln!(
            text,
            "  subgraph {STAGE}{}[\"{}\"]",
            spelled(stage.id.as_str()),
            quoted(&stage.name)
        );
        let members = map
            .touchpoints
            .iter()
            .filter(|touchpoint| touchpoint.stage.as_ref() == Some(&stage.id));
        for touchpoint in members {
            node(&mut text, touchpoint, "    ");
        }
        text.push_str("  end\n");
    }
    for touchpoint in map
        .touchpoints
        .iter()
        .filter(|touchpoint| touchpoint.stage.is_none())
    {
        node(&mut text, touchpoint, "  ");
    }
    for link in map.links.iter() {
        let (from, to) = (spelled(link.from.as_str()), spelled(link.to.as_str()));
        let label = link.cta.as_deref().filter(|cta| !cta.trim().is_empty());
        let label = label
            .map(|cta| format!("|\"{}\"|", quoted(cta)))
            .unwrap_or_default();
        let _ = writeln!(text, "  {TOUCHPOINT}{from} -->{label} {TOUCHPOINT}{to}");
    }
    for (class, look) in CLASSES {
        let _ = writeln!(text, "  classDef {class} {look}");
    }
    text
}

fn node(text: &mut String, touchpoint: &Touchpoint, indent: &str) {
    let (id, name) = (spelled(touchpoint.id.as_str()), quoted(&touchpoint.name));
    let shape = if touchpoint.is_destination() {
        ("([", "])")
    } else {
        ("[", "]")
    };
    let _ = writeln!(
        text,
        "{indent}{TOUCHPOINT}{id}{}\"{name}\"{}:::{}",
        shape.0,
        shape.1,
        class(touchpoint)
    );
}

fn class(touchpoint: &Touchpoint) -> &'static str {
    match (
        touchpoint.is_destination(),
        touchpoint.rank,
        touchpoint.driver,
    ) {
        (true, Some(Rank::Ultimate), _) => "ultimate",
        (true, Some(Rank::Intermediate), _) => "intermediate",
        (true, None, _) => "destination",
        (false, _, Some(DriverType::Direct)) => "direct",
        (false, _, Some(DriverType::Indirect)) => "indirect",
        (false, _, None) => "driver",
    }
}

/// A text as it may stand between quotes: what the language reads as its own becomes a numbered character.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '%' | ';' | '|' => {
                let _ = write!(quoted, "#{};", u32::from(character));
            }
            '\n' => quoted.push_str("<br/>"),
            control if control.is_control() => {
                let _ = write!(quoted, "#{};", u32::from(control));
            }
            _ => quoted.push(character),
        }
    }
    // Mermaid refuses an empty label.
    if quoted.is_empty() {
        " ".to_owned()
    } else {
        quoted
    }
}
