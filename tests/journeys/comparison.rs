//! Two states side by side as a script sees them: what is different by meaning, and the gaps that opens and closes.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_tests::{Desk, Person, parsed, sample};
use serde_json::{Value, json};

/// Two edits that change nothing in meaning.
fn looks() -> Value {
    json!([
        {"op": "set", "entity": "touchpoint", "id": "fb", "field": "position", "value": [10, 20]},
        {"op": "move", "entity": "touchpoint", "id": "radio"}
    ])
}

/// An edit of every kind, which `link` is retargeted by.
fn meaning(link: &str, target: &str) -> Value {
    json!([
        {"op": "insert", "entity": "touchpoint", "value": {"id": "flyer", "name": "Flyer", "kind": "driver", "stage": "discover"}},
        {"op": "delete", "entity": "touchpoint", "id": "takeover"},
        {"op": "set", "entity": "touchpoint", "id": "fb", "field": "name", "value": "Clip"},
        {"op": "set", "entity": "touchpoint", "id": "fb", "field": "stage", "value": "explore"},
        {"op": "set", "entity": "touchpoint", "id": "radio", "field": "budget", "value": 500},
        {"op": "set", "entity": "touchpoint", "id": "radio", "field": "flights", "value": [["2026-01-05", "2026-02-01"]]},
        {"op": "set", "entity": "touchpoint", "id": "tvc", "field": "message", "value": "Get out"},
        {"op": "set", "entity": "link", "id": link, "field": "to", "value": target},
        {"op": "move", "entity": "stage", "id": "buy", "after": ""}
    ])
}

/// The sample, an edited copy of it, and the id of the link that was retargeted.
fn edited(desk: &Desk, ann: &Person) -> (String, String, String) {
    let one = desk.project("one.backcast");
    let other = desk.copy(&one, "other.backcast");
    let map = parsed(&desk.export(&one));
    let link = &map["links"][0];
    let (from, to) = (link["from"].as_str().unwrap(), link["to"].as_str().unwrap());
    let id = link["id"]
        .as_str()
        .map_or(format!("{from}->{to}"), str::to_owned);
    let target = if to == "practise" {
        "planner"
    } else {
        "practise"
    };
    ann.done(&["apply", &other, &desk.edits(&looks())]);
    ann.done(&["apply", &other, &desk.edits(&meaning(&id, target))]);
    (one, other, id)
}

#[test]
fn what_only_looks_different_is_the_same_in_meaning() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let text_form = sample("escape-my-house").display().to_string();
    let one = desk.project("one.backcast");
    let other = desk.copy(&one, "other.backcast");
    for (from, to) in [(&one, &other), (&one, &text_form), (&text_form, &one)] {
        assert!(
            ann.done(&["diff", from, to])
                .contains("No difference in meaning")
        );
    }
    ann.done(&["apply", &other, &desk.edits(&looks())]);
    for from in [&one, &text_form] {
        let told = parsed(&ann.done(&["diff", from, &other, "--format", "json"]));
        assert_eq!(
            (&told["same"], &told["layout"]),
            (&json!(true), &json!({"count": 2}))
        );
        let told = parsed(&ann.done(&["diff", from, &other, "--format", "json", "--layout"]));
        assert_eq!(told["layout"]["differences"].as_array().unwrap().len(), 2);
    }
    // A row between others gives all the keys in a text form's order another spacing.
    let edits = json!([{"op": "insert", "entity": "stage", "value": {"id": "learn", "name": "Learn", "moment": "aware"}, "after": "discover"}]);
    ann.done(&["apply", &other, &desk.edits(&edits)]);
    let exported = desk.path("other.json");
    desk.done(&["export", &other, "--format", "json", "-o", &exported]);
    assert!(
        ann.done(&["diff", &other, &exported])
            .contains("No difference in meaning")
    );
    let told = parsed(&ann.found(&["diff", &one, &exported, "--format", "json"]));
    assert_eq!(told["differences"].as_array().unwrap().len(), 1, "{told}");
}

#[test]
fn a_difference_is_told_by_meaning() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let (one, other, link) = edited(&desk, &ann);
    let arguments = [
        "diff",
        &one,
        &other,
        "--today",
        "2026-01-01",
        "--format",
        "json",
    ];
    let text = ann.found(&arguments);
    assert_eq!(
        text,
        ann.found(&arguments),
        "the same bytes for the same states"
    );
    let told = parsed(&text);
    for (entity, id, kinds) in [
        ("touchpoint", "flyer", json!(["added"])),
        ("touchpoint", "takeover", json!(["removed"])),
        ("touchpoint", "fb", json!(["renamed", "re-staged"])),
        (
            "touchpoint",
            "radio",
            json!(["re-budgeted", "re-scheduled"]),
        ),
        ("touchpoint", "tvc", json!(["changed"])),
        ("link", &link, json!(["retargeted"])),
        ("stage", "buy", json!(["changed"])),
        ("stage", "discover", Value::Null),
    ] {
        let mut rows = told["differences"].as_array().unwrap().iter();
        let row = rows.find(|row| row["entity"] == entity && row["id"] == id);
        assert_eq!(
            row.map_or(Value::Null, |row| row["kinds"].clone()),
            kinds,
            "{id}"
        );
    }
    assert_eq!(told["layout"], json!({"count": 2}));
    assert!(
        ann.refused(&["diff", &one, &desk.path("nowhere")])
            .contains("nowhere")
    );
}

#[test]
fn a_difference_opens_and_closes_the_gaps_that_only_one_side_has() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let (one, other, _) = edited(&desk, &ann);
    let gaps = |file: &str| -> Vec<Value> {
        let output = ann.run(&["check", file, "--today", "2026-01-01", "--format", "json"]);
        let report = parsed(&String::from_utf8(output.stdout).unwrap());
        let gaps = report["gaps"].as_array().unwrap().clone();
        gaps.iter()
            .map(|gap| json!([gap["rule"], gap["evidence"]["subjects"]]))
            .collect()
    };
    let (before, after) = (gaps(&one), gaps(&other));
    let only =
        |gaps: &[Value], others: &[Value]| gaps.iter().filter(|gap| !others.contains(gap)).count();
    let told = |from: &str, to: &str| {
        let arguments = [
            "diff",
            from,
            to,
            "--today",
            "2026-01-01",
            "--format",
            "json",
        ];
        let told = parsed(&ann.found(&arguments));
        ["opened", "closed"].map(|list| told["gaps"][list].as_array().unwrap().clone())
    };
    let [opened, closed] = told(&one, &other);
    assert_eq!(
        (opened.len(), closed.len()),
        (only(&after, &before), only(&before, &after))
    );
    assert!(
        opened.iter().any(|gap| gap["key"] == "orphan-driver:flyer"),
        "{opened:?}"
    );
    assert_eq!(told(&other, &one), [closed, opened]);
}

#[test]
fn a_difference_reads_well_in_a_terminal_and_in_a_message() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let (one, other, _) = edited(&desk, &ann);
    let [text, markdown] =
        ["text", "markdown"].map(|format| ann.found(&["diff", &one, &other, "--format", format]));
    for word in [
        "Flyer",
        "re-staged",
        "Discover \u{2192} Explore",
        "Gaps opened",
        "orphan-driver",
    ] {
        assert!(
            text.contains(word) && markdown.contains(word),
            "{word}: {text}{markdown}"
        );
    }
    assert!(markdown.starts_with("# ") && markdown.contains("\n## Touchpoints\n"));
    let names = text.lines().skip(1);
    assert!(
        names.clone().all(|line| line.chars().count() <= 100),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
}
