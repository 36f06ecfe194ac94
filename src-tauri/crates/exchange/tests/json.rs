//! The text form: what is read is written back, and what cannot be is refused with place and reason.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::path::PathBuf;

use backcast_exchange::{read, write};
use backcast_model::edit::apply;
use backcast_model::{Edit, Id, Map, MapProperties};
use proptest::prelude::*;
use serde_json::{Value, json};

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../assets/samples");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect()
}

#[test]
fn samples_come_back_byte_for_byte_after_one_normalisation() {
    assert!(samples().len() >= 5);
    for (name, text) in samples() {
        let normal = write(&read(&text).unwrap());
        assert_eq!(write(&read(normal.as_bytes()).unwrap()), normal, "{name}");
        let (mut before, after): (Value, Value) = (
            serde_json::from_slice(&text).unwrap(),
            serde_json::from_str(&normal).unwrap(),
        );
        before
            .as_object_mut()
            .unwrap()
            .entry("audiences")
            .or_insert(json!([]));
        assert_eq!(before, after, "{name}: nothing lost, nothing added");
    }
}

#[test]
fn unknown_keys_are_kept_everywhere() {
    let text = json!({
        "format": "backcast-map", "version": 1, "title": "T",
        "stages": [{"id": "s", "name": "S", "colour": "red"}],
        "audiences": [{"id": "a", "name": "A", "x": {"deep": [1, 2.5, null]}}],
        "touchpoints": [{"id": "t", "name": "T", "kind": "driver", "future": true, "position": [1.5, -2.0]}],
        "links": [{"from": "t", "to": "t", "future": "f"}, {"from": "t", "to": "t"}, {"from": "t", "to": "t", "id": "l9"}],
        "rules": {"dead-end": {"enabled": false, "depth": 3}},
        "dismissals": [{"rule": "r", "subjects": ["t"], "reason": "", "ticket": "A-1"}],
        "agency": {"name": "X"}
    });
    let normal = write(&read(text.to_string().as_bytes()).unwrap());
    assert_eq!(serde_json::from_str::<Value>(&normal).unwrap(), text);
    let keys: Vec<String> = serde_json::from_str::<serde_json::Map<String, Value>>(&normal)
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let order = [
        "format",
        "version",
        "title",
        "stages",
        "audiences",
        "touchpoints",
        "links",
        "rules",
        "dismissals",
        "agency",
    ];
    assert_eq!(keys, order);
}

#[test]
fn numbers_of_unknown_keys_come_back_as_they_are_or_are_refused() {
    let text = |number: &str| {
        format!(
            "{{\"format\": \"backcast-map\", \"version\": 1, \"title\": \"T\", \"later\": {number}}}"
        )
    };
    for number in [
        "18446744073709551615",
        "-9223372036854775808",
        "0.1",
        "1e300",
        "-0.0",
    ] {
        let normal = write(&read(text(number).as_bytes()).unwrap());
        let (before, after): (Value, Value) = (
            serde_json::from_str(number).unwrap(),
            serde_json::from_str(&normal).unwrap(),
        );
        assert_eq!(after["later"], before, "{number}: {normal}");
    }
    for number in [
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.12345678901234567891",
    ] {
        let refused = read(text(number).as_bytes()).unwrap_err().to_string();
        assert!(refused.contains("more digits"), "{number}: {refused}");
    }
}

/// Compared as text: a reader that is off by the last digit is so on both sides of a comparison of values.
#[test]
fn a_number_of_seventeen_digits_comes_back_digit_by_digit() {
    let text = "{\"format\": \"backcast-map\", \"version\": 1, \"title\": \"T\", \"later\": 0.12088995980580641}";
    let normal = write(&read(text.as_bytes()).unwrap());
    assert!(normal.contains("0.12088995980580641"), "{normal}");
}

/// A whole map with one key of one row replaced.
fn map_with(pointer: &str, value: Value) -> String {
    let mut map = json!({
        "format": "backcast-map", "version": 1, "title": "T",
        "stages": [{"id": "s", "name": "S", "moment": "aware"}],
        "audiences": [{"id": "a", "name": "A"}],
        "touchpoints": [{"id": "t", "name": "T", "kind": "driver"}, {"id": "u", "name": "U", "kind": "destination"}],
        "links": [{"from": "t", "to": "u"}]
    });
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match map.pointer_mut(parent).unwrap() {
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        array => array.as_array_mut().unwrap().push(value),
    }
    map.to_string()
}

#[test]
fn values_that_cannot_be_are_refused_with_pointer_and_reason() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("cases/refused.json")).unwrap();
    for case in cases {
        let (pointer, reason) = (
            case["at"].as_str().unwrap(),
            case["reason"].as_str().unwrap(),
        );
        let refused = read(map_with(pointer, case["value"].clone()).as_bytes())
            .unwrap_err()
            .to_string();
        assert!(refused.contains(reason), "{case}: {refused}");
    }
}

#[test]
fn texts_that_are_no_maps_are_refused() {
    let cases: [(&[u8], &str); 11] = [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"[]", "it is JSON, but not an object"),
        (b"{}", "it does not say \"format\": \"backcast-map\""),
        (b"SQLite format 3\0", "line 1, column 1"),
        (b"{\n \"a\": NaN}", "line 2, column 7"),
        (b"{\n \"a\": Infinity}", "line 2, column 7"),
        (b"{\n \"a\": -Infinity}", "line 2, column"),
        (b"{\n \"a\": 1e999}", "line 2, column"),
        (
            b"{\"a\": 1, \"a\": 2}",
            "the key \"a\" stands twice in one object",
        ),
        (b"{\"a\": \"\xff\"}", "line 1"),
    ];
    for (text, reason) in cases {
        let refused = read(text).unwrap_err().to_string();
        assert!(
            refused.contains(reason),
            "{}: {refused}",
            String::from_utf8_lossy(text)
        );
    }
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(
        read(deep.as_bytes())
            .unwrap_err()
            .to_string()
            .contains("recursion limit")
    );
}

/// Keys may come in any order, and what is wrong with a row is told only of a map that could be read at all.
#[test]
fn another_format_or_version_is_told_before_what_is_wrong_with_rows() {
    let text = |version: u64| {
        json!({
            "touchpoints": [{"id": "t"}, 3], "stages": {}, "title": "T", "version": version, "format": "backcast-map"
        })
        .to_string()
    };
    let newer = read(text(2).as_bytes()).unwrap_err().to_string();
    assert!(newer.contains("version 2"), "{newer}");
    let row = read(text(1).as_bytes()).unwrap_err().to_string();
    assert!(row.starts_with("/touchpoints/0/name"), "{row}");
    let cut = text(2);
    let syntax = read(&cut.as_bytes()[..cut.len() - 1])
        .unwrap_err()
        .to_string();
    assert!(syntax.starts_with("line 1"), "{syntax}");
}

/// A project may hold what no text form may: its file is taken as it is.
#[test]
fn figures_out_of_range_are_written_as_they_count() {
    let mut properties = MapProperties::titled("Old");
    for (rule, setting) in [
        ("channel-dominates", json!({"max_share": 60, "least": 2})),
        (
            "ready-buyers-delayed",
            json!({"max_links": 0, "max_days": "soon"}),
        ),
        ("paid-into-unproven", json!({"min_rate": 0.01})),
    ] {
        let setting = serde_json::from_value(setting).unwrap();
        properties.rules.insert(rule.to_owned(), setting);
    }
    let text = write(&Map::new(properties));
    let written: Value = serde_json::from_str(&text).unwrap();
    let expected = json!({
        "channel-dominates": {"max_share": 1.0, "least": 2},
        "ready-buyers-delayed": {"max_links": 1.0},
        "paid-into-unproven": {"min_rate": 0.01},
    });
    assert_eq!(written["rules"], expected);
    assert_eq!(write(&read(text.as_bytes()).unwrap()), text);
}

/// Settings of rules and figures that are not known here belong to another version of the program.
#[test]
fn figures_of_unknown_rules_are_kept() {
    let rules = json!({"rule-of-tomorrow": {"max_share": -1}, "channel-dominates": {"least": -1, "max_share": null}});
    let map = read(map_with("/rules", rules).as_bytes()).unwrap();
    let again: Value = serde_json::from_str(&write(&map)).unwrap();
    assert_eq!(again["rules"]["rule-of-tomorrow"]["max_share"], -1);
    assert_eq!(again["rules"]["channel-dominates"]["least"], -1);
}

proptest! {
    /// Links keep their ids whether the text tells them or not, whatever was added, deleted and pointed elsewhere.
    #[test]
    fn links_keep_their_ids(steps in prop::collection::vec((0_usize..3, 0_usize..3, 0_usize..4, any::<bool>()), 0..24)) {
        let mut map = read(map_with("/title", json!("T")).as_bytes()).unwrap();
        let ends = ["t", "u", "t"];
        for (from, to, action, named) in steps {
            let ids: Vec<Id> = map.links.ids().cloned().collect();
            let edit = match (action, ids.get(from + to)) {
                (0, Some(id)) => json!({"op": "delete", "entity": "link", "id": id}),
                (1, Some(id)) => json!({"op": "set", "entity": "link", "id": id, "field": "to", "value": ends[to]}),
                (2, Some(id)) => json!({"op": "move", "entity": "link", "id": id, "after": ""}),
                _ if named => json!({"op": "insert", "entity": "link", "value": {"from": ends[from], "to": ends[to], "id": format!("t->u#{}", ids.len())}}),
                _ => json!({"op": "insert", "entity": "link", "value": {"from": ends[from], "to": ends[to]}}),
            };
            let edit: Edit = serde_json::from_value(edit).unwrap();
            if let Ok(applied) = apply(&map, &[edit], &mut |name| Id::from_name(name, "x")) {
                map = applied.map;
            }
        }
        let again = read(write(&map).as_bytes()).unwrap();
        prop_assert_eq!(again.links.iter().collect::<Vec<_>>(), map.links.iter().collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes_give_a_map_or_a_refusal(text in "[\\[\\]{}\",:a-z0-9 .-]{0,80}") {
        let _ = read(text.as_bytes());
    }
}
