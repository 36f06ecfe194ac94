//! The command line as a script uses it: what it prints, what it writes, how it ends.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::Path;

use backcast_tests::{Desk, sample};
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

#[test]
fn bad_input_is_refused_with_place_and_reason_and_nothing_is_changed() {
    let desk = Desk::new();
    let write = |name: &str, content: &[u8]| {
        let path = desk.path(name);
        fs::write(&path, content).unwrap();
        path
    };
    let folder = desk.path("folder");
    fs::create_dir(&folder).unwrap();
    let huge = desk.path("huge.json");
    fs::File::create(&huge).unwrap().set_len(2 << 30).unwrap();
    let huge_project = desk.path("huge.backcast");
    fs::File::create(&huge_project)
        .unwrap()
        .set_len(2 << 30)
        .unwrap();
    let dangling = desk.path("dangling.backcast");
    std::os::unix::fs::symlink(desk.path("nowhere"), &dangling).unwrap();
    let doubled = json!({"format": "backcast-map", "version": 1, "title": "T", "touchpoints": [
        {"id": "a", "name": "A", "kind": "driver"}, {"id": "a", "name": "B", "kind": "driver"}]});
    let newer = json!({"format": "backcast-map", "version": 9, "title": "T"});
    let cases = [
        (desk.path("missing.backcast"), "missing.backcast"),
        (desk.path("missing.backcast.json"), "missing.backcast.json"),
        (folder, "folder"),
        (huge, "MB"),
        (huge_project, "huge.backcast"),
        (dangling, "dangling.backcast"),
        (write("empty.backcast", b""), "empty"),
        (write("empty.json", b""), "empty"),
        (write("text.backcast", b"Dear diary"), "text.backcast"),
        (write("other.json", b"{}"), "format"),
        (write("nan.json", b"{\n\"budget\": NaN}"), "line 2"),
        (
            write("double.json", doubled.to_string().as_bytes()),
            "/touchpoints/1/id",
        ),
        (
            write("newer.json", newer.to_string().as_bytes()),
            "version 9",
        ),
        (
            write(
                "damaged.backcast",
                &[b"SQLite format 3\0".as_slice(), &[7; 5000]].concat(),
            ),
            "damaged.backcast",
        ),
    ];
    for (path, reason) in &cases {
        for command in [
            &["check", path.as_str()][..],
            &["export", path, "--format", "json"],
        ] {
            let told = desk.refused(command);
            assert!(
                told.contains(reason) && !told.contains("panicked"),
                "{path}: {told}"
            );
            assert!(
                told.lines().count() >= 2,
                "{path}: says what to do next: {told}"
            );
        }
    }
    assert!(
        desk.refused(&["apply", &cases[6].0, &desk.edits(&json!([]))])
            .contains("empty")
    );
    assert_eq!(fs::read(desk.path("text.backcast")).unwrap(), b"Dear diary");
    assert!(!Path::new(&desk.path("missing.backcast")).exists());
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
    assert!(desk.done(&["man"]).starts_with(".ie"));
    assert!(desk.refused(&["check"]).contains("Usage"));
    assert!(
        desk.refused(&["new", &desk.path("x.backcast"), "--framework", "nonsense"])
            .contains("customer-lifecycle")
    );
}
