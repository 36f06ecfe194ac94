//! What the log tells of each step, the conflicts that stand, and copies with and without history.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::Path;

use backcast_tests::{Desk, parsed};
use serde_json::json;

#[test]
fn the_log_tells_fields_with_what_they_held_and_hold() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let plan = desk.project("plan.backcast");
    let before = desk.touchpoint(&plan, "fb")["name"].clone();
    ann.write(&desk, &plan, "fb", "name", &json!("Social clip"));
    let edits = json!([{"op": "delete", "entity": "touchpoint", "id": "takeover"}]);
    ann.done(&["apply", &plan, &desk.edits(&edits)]);
    let log = parsed(&ann.done(&["log", &plan, "--format", "json"]));
    let rename = &log["changes"][1]["rows"];
    assert_eq!(
        rename,
        &json!([{"entity": "touchpoint", "id": "fb", "name": "Social clip", "kind": "changed",
            "fields": [{"field": "name", "from": before, "to": "Social clip"}]}])
    );
    let removed = log["changes"][0]["rows"].as_array().unwrap();
    let row = removed.iter().find(|row| row["id"] == "takeover").unwrap();
    assert_eq!(row["kind"], "removed");
    assert!(
        row["fields"]
            .as_array()
            .unwrap()
            .iter()
            .all(|field| field["to"].is_null())
    );
    let text = ann.done(&["log", &plan, "--changes", "-n", "2"]);
    for word in [
        "~ touchpoint",
        "Social clip",
        "\u{2192}",
        "\u{2212} touchpoint",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!ann.done(&["log", &plan]).contains("~ touchpoint"));
}

#[test]
fn conflicts_are_listed_as_long_as_they_stand() {
    let desk = Desk::new();
    let (ann, bob) = (desk.person("Ann"), desk.person("Bob"));
    let one = desk.project("one.backcast");
    let other = desk.copy(&one, "other.backcast");
    assert_eq!(ann.done(&["conflicts", &one]), "No conflicts.\n");
    ann.write(&desk, &one, "fb", "name", &json!("Clip"));
    bob.write(&desk, &other, "fb", "name", &json!("Film"));
    let merged = desk.path("merged.backcast");
    let told = ann.found(&["merge", &one, &other, "-o", &merged, "--format", "json"]);
    assert_eq!(ann.found(&["conflicts", &merged, "--format", "json"]), told);
    let text = bob.found(&["conflicts", &merged]);
    for word in ["1 conflict remains", "Clip", "Film", "Ann", "Bob"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    bob.write(&desk, &merged, "fb", "name", &json!("Film"));
    let settled = ann.done(&["conflicts", &merged, "--format", "json"]);
    assert_eq!(parsed(&settled), json!({"conflicts": []}));
}

#[test]
fn a_copy_has_the_history_or_none_of_it() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let plan = desk.project("plan.backcast");
    ann.write(&desk, &plan, "fb", "name", &json!("Codename Falcon"));
    ann.write(&desk, &plan, "fb", "name", &json!("Clip"));
    let (whole, bare) = (desk.path("whole.backcast"), desk.path("bare.backcast"));
    ann.done(&["copy", &plan, &whole]);
    ann.done(&["copy", &plan, &bare, "--without-history"]);
    for copy in [&whole, &bare] {
        assert_eq!(desk.export(copy), desk.export(&plan));
    }
    let holds = |path: &str| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(15).any(|bytes| bytes == b"Codename Falcon")
    };
    assert!(holds(&whole) && !holds(&bare));
    ann.done(&["merge", &plan, &whole, "-o", &desk.path("both.backcast")]);
    let out = desk.path("out.backcast");
    assert!(
        ann.refused(&["merge", &plan, &bare, "-o", &out])
            .contains("two different projects")
    );
    assert!(
        ann.refused(&["copy", &plan, &whole])
            .contains("is there already")
    );
    ann.done(&["copy", &plan, &whole, "--force"]);
    assert!(
        ann.refused(&["copy", &plan, &plan, "--force"])
            .contains("is the project itself")
    );
}

/// An older copy takes the project's place: what it does not hold is laid beside it, and that is said also when what was
/// asked for is refused.
#[test]
fn a_refusal_tells_what_appeared_beside_the_project() {
    let desk = Desk::new();
    let (plan, older) = (desk.path("plan.backcast"), desk.path("older.backcast"));
    desk.done(&["new", &plan, "--title", "Plan", "--framework", "aida"]);
    fs::copy(&plan, &older).unwrap();
    let named =
        |name: &str| json!([{"op": "set", "entity": "map", "field": "theme", "value": name}]);
    desk.done(&["apply", &plan, &desk.edits(&named("Found"))]);
    fs::copy(&older, &plan).unwrap();
    let nobody = json!([{"op": "set", "entity": "touchpoint", "id": "nobody", "field": "name", "value": "x"}]);
    let refused = desk.refused(&["apply", &plan, &desk.edits(&nobody)]);
    let beside = fs::read_dir(Path::new(&plan).parent().unwrap()).unwrap();
    let appeared = beside.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with("plan (") && refused.contains(&name)
    });
    assert!(appeared, "{refused}");
}

/// A file of a newer version is read by commands that only tell, with a word on what they cannot know, and left alone by
/// those that write.
#[test]
fn a_newer_project_is_read_and_not_written() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let (plan, newer) = (desk.project("plan.backcast"), desk.path("newer.backcast"));
    ann.write(&desk, &plan, "fb", "name", &json!("Clip"));
    ann.done(&["versions", &plan, "--keep", "Pitch"]);
    let mut bytes = fs::read(&plan).unwrap();
    bytes[63] += 1;
    fs::write(&newer, &bytes).unwrap();
    let told = |arguments: &[&str]| {
        let output = ann.run(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let day = ["--today", "2026-11-27"];
    for (arguments, code) in [
        (vec!["log", &newer], 0),
        (vec!["versions", &newer], 0),
        (vec!["conflicts", &newer], 0),
        (vec!["diff", &plan, &newer, day[0], day[1]], 0),
        (
            vec!["check", &newer, "--fail-on", "never", day[0], day[1]],
            0,
        ),
        (
            vec!["export", &newer, "--format", "json", day[0], day[1]],
            0,
        ),
    ] {
        let (status, text, note) = told(&arguments);
        assert_eq!(status, Some(code), "{arguments:?}: {note}");
        assert!(
            note.contains("written by a newer Backcast"),
            "{arguments:?}: {note}"
        );
        let old: Vec<_> = arguments
            .iter()
            .map(|one| if *one == newer { &plan } else { *one })
            .collect();
        if arguments[0] != "diff" {
            assert_eq!(text, told(&old).1, "{arguments:?}");
        }
    }
    let edits =
        desk.edits(&json!([{"op": "set", "entity": "map", "field": "theme", "value": "x"}]));
    let out = desk.path("out.backcast");
    for arguments in [
        vec!["apply", &newer, &edits],
        vec!["undo", &newer],
        vec!["versions", &newer, "--keep", "Now"],
        vec!["merge", &newer, &plan, "-o", &out],
        vec!["copy", &newer, &out, "--without-history"],
    ] {
        let told = ann.refused(&arguments);
        assert!(told.contains("newer Backcast"), "{arguments:?}: {told}");
    }
    assert!(told(&["copy", &newer, &out]).2.contains("newer Backcast"));
    assert_eq!(fs::read(&out).unwrap(), bytes, "byte for byte");
    assert_eq!(fs::read(&newer).unwrap(), bytes);
}

/// Two computers, one a clone of the other, go on with one working copy; what came of it is said to people, and scripts
/// get the keys they know.
#[test]
fn a_merge_tells_that_one_working_copy_went_on_twice() {
    let (desk, elsewhere) = (Desk::new(), Desk::new());
    let (ann, clone) = (desk.person("Ann"), elsewhere.person("Ann"));
    let plan = desk.project("plan.backcast");
    ann.write(&desk, &plan, "fb", "name", &json!("Clip"));
    let before = desk.copy(&plan, "before.backcast");
    let data = [&desk, &elsewhere].map(|desk| desk.path("data of Ann"));
    copy_folder(Path::new(&data[0]), Path::new(&data[1]));
    ann.write(&desk, &plan, "fb", "notes", &json!("Here"));
    let one = desk.copy(&plan, "one.backcast");
    fs::copy(before, &plan).unwrap();
    clone.write(&desk, &plan, "tvc", "notes", &json!("There"));
    let (told, keys) = (desk.path("told.backcast"), desk.path("keys.backcast"));
    let text = ann.done(&["merge", &one, &plan, "-o", &told]);
    assert!(text.contains("had gone on in both"), "{text}");
    let json = ann.done(&["merge", &one, &plan, "-o", &keys, "--format", "json"]);
    assert_eq!(parsed(&json), json!({"conflicts": []}));
    for (id, notes) in [("fb", "Here"), ("tvc", "There")] {
        assert_eq!(desk.touchpoint(&told, id)["notes"], notes);
    }
    let again = desk.path("again.backcast");
    let text = ann.done(&["merge", &told, &told, "-o", &again]);
    assert!(!text.contains("had gone on"), "{text}");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => fs::copy(entry.path(), target).map(drop).unwrap(),
        }
    }
}
