//! A map in which every field that takes text holds something that would run, break out or call home if any layer
//! took it for more than text.

use serde_json::{Value, json};

/// The texts, each different.
///
/// # Panics
/// When the list beside the journeys is no list of texts.
#[must_use]
#[allow(clippy::expect_used, reason = "the list is part of the tests")]
pub fn payloads() -> Vec<String> {
    serde_json::from_str(include_str!("../payloads.json")).expect("a list of texts")
}

/// Edits that make a map of them: every text in the name of a touchpoint, and in turn in each other field of text.
#[must_use]
pub fn edits() -> Vec<Value> {
    let payloads = payloads();
    let text = |at: usize| payloads[at % payloads.len()].as_str();
    let insert =
        |entity: &str, value: Value| json!({"op": "insert", "entity": entity, "value": value});
    let set = |field: &str, value: &str| json!({"op": "set", "entity": "map", "id": "map", "field": field, "value": value});
    let mut edits = vec![
        set("title", text(0)),
        set("theme", text(1)),
        set("objective", text(2)),
        set("currency", text(3)),
    ];
    for at in 0..6 {
        edits.push(insert(
            "stage",
            json!({"id": format!("stage{at}"), "name": text(40 * at)}),
        ));
        edits.push(insert(
            "system",
            json!({"id": format!("system{at}"), "name": text(40 * at + 1)}),
        ));
        let audience = json!({"id": format!("audience{at}"), "name": text(40 * at + 2), "need": text(40 * at + 3),
            "evidence": [text(40 * at + 4)], "channels": [text(40 * at + 5)], "devices": [text(40 * at + 6)]});
        edits.push(insert("audience", audience));
    }
    for at in 0..payloads.len() {
        let touchpoint = json!({
            "id": format!("t{at}"), "name": text(at), "kind": if at % 9 == 0 { "destination" } else { "driver" },
            "stage": format!("stage{}", at % 6), "channel": text(at + 1), "audiences": [format!("audience{}", at % 6)],
            "devices": [text(at + 2)], "message": text(at + 3), "cta": text(at + 4), "promises": [text(at + 5)],
            "value_given": text(at + 6), "recognises": [text(at + 7)], "owner": text(at + 8), "notes": text(at + 9),
        });
        edits.push(insert("touchpoint", touchpoint));
    }
    for at in 1..payloads.len() {
        let link = json!({"from": format!("t{at}"), "to": format!("t{}", at - at % 9), "cta": text(at + 10),
            "code": text(at + 11), "notes": text(at + 12)});
        if at % 9 != 0 {
            edits.push(insert("link", link));
        }
    }
    let dismissal = json!({"rule": "no-theme", "subjects": [], "reason": text(7), "by": text(8)});
    edits.push(insert("dismissal", dismissal));
    edits
}
