//! The command line as a script uses it: what it prints, what it writes, how it ends.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::Path;

use backcast_tests::{Desk, command_line, sample};
use serde_json::{Value, json};

fn example() -> String {
    sample("escape-my-house").display().to_string()
}

#[test]
fn a_map_goes_through_every_form_without_loss() {
    let desk = Desk::new();
    for name in [
        "escape-my-house",
        "census-2020",
        "tips-from-former-smokers-2013",
        "thought-leadership-loop",
        "agency-schematic",
    ] {
        let (project, text) = (
            desk.path(&format!("{name}.backcast")),
            desk.path(&format!("{name}.json")),
        );
        desk.done(&[
            "import",
            &sample(name).display().to_string(),
            "-o",
            &project,
        ]);
        let exported = desk.done(&["export", &project, "--format", "json"]);
        desk.done(&["export", &project, "--format", "json", "-o", &text]);
        assert_eq!(fs::read_to_string(&text).unwrap(), exported);
        assert_eq!(desk.done(&["export", &text, "--format", "json"]), exported);
        let (before, after): (Value, Value) = (
            serde_json::from_slice(&fs::read(sample(name)).unwrap()).unwrap(),
            serde_json::from_str(&exported).unwrap(),
        );
        assert_eq!(before["touchpoints"], after["touchpoints"]);
        assert_eq!(before["links"], after["links"]);
    }
}

#[test]
fn checking_tells_gaps_and_ends_accordingly() {
    let desk = Desk::new();
    let map = json!({
        "format": "backcast-map", "version": 1, "title": "Two gaps",
        "stages": [{"id": "discover", "name": "Discover", "moment": "aware"}, {"id": "buy", "name": "Buy", "moment": "buying"}],
        "touchpoints": [
            {"id": "tv", "name": "TV", "kind": "driver", "stage": "discover", "channel": "tv", "entry": true},
            {"id": "shop", "name": "Shop", "kind": "destination", "stage": "buy", "channel": "store"}
        ],
        "links": [{"from": "tv", "to": "shop"}]
    });
    let path = desk.path("map.json");
    fs::write(&path, map.to_string()).unwrap();
    let output = desk.run(&["check", &path, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let gap = report["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|gap| gap["rule"] == "no-call-to-action")
        .unwrap();
    assert_eq!(gap["touchpoints"], json!(["tv"]));
    assert_eq!(gap["severity"], "high");
    assert_eq!(
        desk.run(&["check", &path, "--fail-on", "never"])
            .status
            .code(),
        Some(0)
    );
    let again = desk.run(&["check", &path, "--format", "json"]);
    assert_eq!(
        again.stdout, output.stdout,
        "the same map gives the same bytes"
    );
    assert!(
        String::from_utf8(desk.run(&["check", &path]).stdout)
            .unwrap()
            .contains("TV")
    );
}

#[test]
fn edits_are_applied_all_or_nothing() {
    let desk = Desk::new();
    for file in [desk.path("map.backcast"), desk.path("map.backcast.json")] {
        desk.done(&["new", &file, "--title", "Launch", "--framework", "aida"]);
        let edits = desk.edits(&json!([
            {"op": "insert", "entity": "touchpoint", "value": {"id": "shop", "name": "Shop", "kind": "destination", "stage": "action"}},
            {"op": "insert", "entity": "touchpoint", "value": {"name": "E-mail", "kind": "driver", "stage": "desire"}},
            {"op": "set", "entity": "map", "field": "theme", "value": "Found"}
        ]));
        let ids = desk.done(&["apply", &file, &edits]);
        let mail = ids.lines().nth(1).unwrap();
        assert!(mail.starts_with("e-mail-"), "{ids}");
        let before = desk.done(&["export", &file, "--format", "json"]);
        let half_wrong = desk.edits(&json!([
            {"op": "insert", "entity": "link", "value": {"from": mail, "to": "shop"}},
            {"op": "set", "entity": "touchpoint", "id": "nobody", "field": "name", "value": "x"}
        ]));
        let refused = desk.refused(&["apply", &file, &half_wrong]);
        assert!(
            refused.contains("edit 2") && refused.contains("nobody"),
            "{refused}"
        );
        assert_eq!(desk.done(&["export", &file, "--format", "json"]), before);
        assert!(before.contains("\"theme\": \"Found\""));
    }
}

/// What a newer version, or another program, wrote beside our fields: several keys, and a null.
#[test]
fn unknown_keys_keep_their_order_through_edits_and_undo() {
    let folder = tempfile::tempdir().unwrap();
    let (source, project) = (
        folder.path().join("k.json"),
        folder.path().join("k.backcast"),
    );
    let unknown =
        r#""u1": 1, "u2": null, "u3": 3, "u4": {"b": 1, "a": null, "c": 0.12088995980580641}"#;
    let row = |rest: &str| format!(r#"{{"id": "a", "name": "A", {rest}{unknown}}}"#);
    let text = format!(
        r#"{{"format": "backcast-map", "version": 1, "title": "K", "stages": [{}], "audiences": [{}], "touchpoints": [{}], {unknown}}}"#,
        row(""),
        row(""),
        row(r#""kind": "driver", "#),
    );
    fs::write(&source, text).unwrap();
    let run = |arguments: &[&str]| {
        let done = command_line(&folder.path().join("data"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    let form = || run(&["export", "k.backcast", "--format", "json", "-o", "-"]);
    run(&["import", "k.json", "-o", "k.backcast"]);
    let first = form();
    for (entity, id) in [
        ("touchpoint", "a"),
        ("stage", "a"),
        ("audience", "a"),
        ("map", "map"),
    ] {
        let field = if entity == "map" { "title" } else { "name" };
        let edits = format!(
            r#"[{{"op": "set", "entity": "{entity}", "id": "{id}", "field": "{field}", "value": "Other"}}]"#
        );
        fs::write(folder.path().join("edits.json"), edits).unwrap();
        run(&["apply", "k.backcast", "edits.json"]);
        run(&["verify", "k.backcast"]);
        assert_ne!(form(), first);
        run(&["undo", "k.backcast"]);
        run(&["verify", "k.backcast"]);
        assert_eq!(form(), first, "after an edit of the {entity}");
    }
    assert!(project.exists());
}

#[test]
fn nothing_is_replaced_unasked() {
    let desk = Desk::new();
    for file in [desk.path("map.backcast"), desk.path("map.json")] {
        desk.done(&["new", &file, "--title", "First"]);
        assert!(
            desk.refused(&["new", &file, "--title", "Second"])
                .contains("is there already")
        );
        assert!(
            desk.done(&["export", &file, "--format", "json"])
                .contains("First")
        );
        desk.done(&["new", &file, "--title", "Second", "--force"]);
        assert!(
            desk.done(&["export", &file, "--format", "json"])
                .contains("Second")
        );
    }
    let project = desk.path("map.backcast");
    assert!(
        desk.refused(&["import", &example(), "-o", &project])
            .contains("is there already")
    );
}

#[test]
fn help_completions_and_manual_are_there() {
    let desk = Desk::new();
    assert!(desk.done(&["--help"]).contains("Exit status"));
    assert!(
        desk.done(&["apply", "--help"])
            .contains("\"op\":\"insert\"")
    );
    assert!(desk.done(&["completions", "bash"]).contains("_backcast"));
    let headings = |page: &str| -> Vec<String> {
        let lines = page.lines().filter_map(|line| line.strip_prefix(".SH "));
        lines.map(|line| line.replace('"', "")).collect()
    };
    let page = desk.done(&["man"]);
    let program = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "COMMANDS",
        "OPTIONS",
        "EXIT STATUS",
        "ENVIRONMENT",
        "FILES",
        "EXAMPLES",
        "SEE ALSO",
    ];
    assert_eq!(headings(&page), program);
    let check = desk.done(&["man", "check"]);
    assert!(check.contains("fail\\-on"), "{check}");
    assert!(headings(&check).contains(&"EXIT STATUS".to_owned()));
    desk.done(&["man", "--into", &desk.path("")]);
    let written = fs::read_to_string(desk.path("backcast-check.1")).unwrap();
    assert_eq!(written, check);
    assert!(
        desk.refused(&["man", "nonsense"])
            .contains("backcast-nonsense")
    );
    assert!(desk.refused(&["check"]).contains("Usage"));
    assert!(
        desk.refused(&["new", &desk.path("x.backcast"), "--framework", "nonsense"])
            .contains("customer-lifecycle")
    );
}

#[test]
fn output_that_cannot_be_written_is_no_success() {
    let desk = Desk::new();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = command_line(Path::new(&desk.path("data")));
    let ended = command
        .args(["export", &example(), "--format", "json"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("could not be written"));
}
