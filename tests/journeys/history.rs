//! The past of a project as a script uses it: compare, merge, undo, versions, rescue, and two people on one file.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::thread;

use backcast_tests::{Desk, parsed, sample};
use serde_json::{Value, json};

#[test]
fn copies_that_were_edited_apart_merge_to_the_same_either_way() {
    let desk = Desk::new();
    let (ann, bob) = (desk.person("Ann"), desk.person("Bob"));
    let one = desk.project("one.backcast");
    let other = desk.copy(&one, "other.backcast");
    ann.write(&desk, &one, "fb", "name", &json!("Social clip"));
    bob.write(&desk, &other, "radio", "budget", &json!(500));
    let edits = json!([
        {"op": "insert", "entity": "touchpoint", "value": {"id": "flyer", "name": "Flyer", "kind": "driver", "stage": "discover"}},
        {"op": "insert", "entity": "link", "value": {"from": "flyer", "to": "planner"}},
        {"op": "delete", "entity": "touchpoint", "id": "takeover"}
    ]);
    bob.done(&["apply", &other, &desk.edits(&edits)]);
    let (into, back) = (desk.path("into.backcast"), desk.path("back.backcast"));
    ann.done(&["merge", &one, &other, "-o", &into]);
    let text = bob.done(&["merge", &other, &one, "-o", &back, "--format", "json"]);
    assert_eq!(parsed(&text), json!({"conflicts": []}));
    assert_eq!(desk.export(&into), desk.export(&back));
    assert_eq!(desk.touchpoint(&into, "fb")["name"], "Social clip");
    assert_eq!(desk.touchpoint(&into, "radio")["budget"], 500);
    assert_eq!(desk.touchpoint(&into, "flyer")["name"], "Flyer");
    assert_eq!(desk.touchpoint(&into, "takeover"), Value::Null);
    ann.done(&["diff", &into, &back]);
}

#[test]
fn a_conflict_is_listed_with_both_sides_and_settled_by_writing_again() {
    let desk = Desk::new();
    let (ann, bob) = (desk.person("Ann"), desk.person("Bob"));
    let one = desk.project("one.backcast");
    let other = desk.copy(&one, "other.backcast");
    ann.write(&desk, &one, "fb", "name", &json!("Clip"));
    bob.write(&desk, &other, "fb", "name", &json!("Film"));
    let merged = desk.path("merged.backcast");
    let told = ann.found(&["merge", &one, &other, "-o", &merged, "--format", "json"]);
    let told = parsed(&told);
    let [conflict] = told["conflicts"].as_array().unwrap().as_slice() else {
        unreachable!("{told}")
    };
    assert_eq!(conflict["entity"], "touchpoint");
    assert_eq!(conflict["id"], "fb");
    assert_eq!(conflict["field"], "name");
    let kept = desk.touchpoint(&merged, "fb")["name"].clone();
    assert_eq!(conflict["chosen"], kept);
    let sides = [("Clip", "Ann"), ("Film", "Bob")];
    let (winner, loser) = if kept == "Clip" {
        (sides[0], sides[1])
    } else {
        (sides[1], sides[0])
    };
    let keys: Vec<_> = conflict.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["entity", "id", "field", "chosen", "others"]);
    let others = conflict["others"].as_array().unwrap();
    assert_eq!(
        (&others[0]["value"], &others[0]["author"]),
        (&json!(loser.0), &json!(loser.1))
    );
    let keys: Vec<_> = others[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["value", "author", "at"]);
    assert!(others[0]["at"].as_str().unwrap().ends_with('Z'));
    for (value, name) in [(winner.0, "kept"), (loser.0, "taken")] {
        let settled = desk.copy(&merged, &format!("{name}.backcast"));
        bob.write(&desk, &settled, "fb", "name", &json!(value));
        assert_eq!(desk.touchpoint(&settled, "fb")["name"], value);
        for side in [&one, &other, &merged] {
            let again = desk.path("again.backcast");
            ann.done(&["merge", &settled, side, "-o", &again, "--force"]);
            assert_eq!(desk.touchpoint(&again, "fb")["name"], value);
        }
    }
    let text = bob.found(&["merge", &other, &one, "-o", &merged, "--force"]);
    for word in ["1 conflict remains", "Ann", "Bob", "Clip", "Film"] {
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn merging_replaces_nothing_unasked_and_refuses_other_projects_with_the_reason() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let one = desk.project("one.backcast");
    let other = desk.copy(&one, "other.backcast");
    ann.write(&desk, &one, "fb", "name", &json!("Clip"));
    let before = fs::read(&other).unwrap();
    for into in [&one, &other] {
        let told = ann.refused(&["merge", &one, &other, "-o", into]);
        assert!(
            told.contains("there already") && told.contains("--force"),
            "{told}"
        );
    }
    assert_eq!(fs::read(&other).unwrap(), before);
    ann.done(&["merge", &one, &other, "-o", &other, "--force"]);
    assert_eq!(desk.touchpoint(&other, "fb")["name"], "Clip");
    let stranger = desk.project("stranger.backcast");
    let into = desk.path("into.backcast");
    let told = ann.refused(&["merge", &one, &stranger, "-o", &into]);
    assert!(told.contains("two different projects"), "{told}");
    let text = sample("escape-my-house").display().to_string();
    let told = ann.refused(&["merge", &one, &text, "-o", &into]);
    assert!(
        told.contains("text form") && told.contains("backcast import"),
        "{told}"
    );
    assert!(fs::metadata(&into).is_err());
}

#[test]
fn steps_are_taken_back_and_done_again_after_a_restart_and_by_who_made_them() {
    let desk = Desk::new();
    let (ann, bob) = (desk.person("Ann"), desk.person("Bob"));
    let file = desk.project("map.backcast");
    let start = desk.export(&file);
    let edits = desk.edits(&json!([{"op": "set", "entity": "touchpoint", "id": "fb", "field": "name", "value": "Clip"}]));
    ann.done(&["apply", &file, &edits, "--label", "Rename the video"]);
    ann.write(&desk, &file, "radio", "budget", &json!(500));
    let end = desk.export(&file);
    assert!(bob.refused(&["undo", &file]).contains("nothing to undo"));
    assert!(ann.done(&["undo", &file]).contains("Change budget"));
    assert!(ann.done(&["undo", &file]).contains("Rename the video"));
    assert_eq!(desk.export(&file), start);
    assert!(ann.refused(&["undo", &file]).contains("nothing to undo"));
    assert!(ann.done(&["redo", &file]).contains("Rename the video"));
    assert!(ann.done(&["redo", &file]).contains("Change budget"));
    assert_eq!(desk.export(&file), end);
    assert!(ann.refused(&["redo", &file]).contains("nothing to redo"));
    ann.done(&["undo", &file]);

    let log = parsed(&bob.done(&["log", &file, "--format", "json"]));
    let changes = log["changes"].as_array().unwrap();
    let told: Vec<_> = changes
        .iter()
        .map(|change| {
            (
                change["kind"].as_str().unwrap(),
                change["undone"].as_bool().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("undo", false),
        ("redo", true),
        ("redo", false),
        ("undo", true),
        ("undo", false),
        ("apply", true),
        ("apply", false),
        ("create", false),
    ];
    assert_eq!(told, expected);
    assert_eq!(changes[0]["reverts"], changes[1]["id"]);
    assert!(changes[..7].iter().all(|change| change["author"] == "Ann"));
    let text = bob.done(&["log", &file, "-n", "6"]);
    assert!(
        text.contains("Undo: Change budget") && text.contains("2 before"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn versions_are_kept_compared_and_restored() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let file = desk.project("map@home.backcast");
    let start = desk.export(&file);
    ann.done(&["versions", &file, "--keep", "as presented"]);
    assert!(
        ann.refused(&["versions", &file, "--keep", "as presented"])
            .contains("already")
    );
    assert!(
        ann.refused(&["versions", &file, "--keep", " "])
            .contains("name")
    );
    ann.write(&desk, &file, "fb", "name", &json!("Clip"));
    let kept = format!("{file}@as presented");
    assert!(ann.found(&["diff", &kept, &file]).contains("Clip"));
    let told = ann.refused(&["diff", &format!("{file}@nothing"), &file]);
    assert!(told.contains("as presented"), "{told}");
    ann.done(&["versions", &file, "--restore", "as presented"]);
    assert_eq!(desk.export(&file), start);
    ann.done(&["undo", &file]);
    assert_eq!(desk.touchpoint(&file, "fb")["name"], "Clip");
    let listed = parsed(&ann.done(&["versions", &file, "--format", "json"]));
    assert_eq!(listed["versions"][0]["name"], "as presented");
    assert_eq!(listed["versions"][0]["author"], "Ann");
    assert!(
        ann.done(&["versions", &file])
            .contains("as presented (Ann)")
    );
    assert!(
        ann.refused(&["versions", &file, "--restore", "nothing"])
            .contains("as presented")
    );
}

#[test]
fn damage_is_told_and_what_is_whole_gets_out() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let file = desk.project("map.backcast");
    ann.write(&desk, &file, "fb", "name", &json!("Clip"));
    assert!(ann.done(&["verify", &file]).contains("is whole"));
    let text_form = sample("escape-my-house").display().to_string();
    assert!(ann.done(&["verify", &text_form]).contains("is whole"));
    assert!(
        ann.refused(&["verify", &desk.path("nowhere.backcast")])
            .contains("nowhere")
    );

    let whole = fs::read(&file).unwrap();
    let headless = desk.path("headless.backcast");
    let mut bytes = whole.clone();
    bytes[..100].fill(0);
    fs::write(&headless, &bytes).unwrap();
    let found = parsed(&ann.found(&["verify", &headless, "--format", "json"]));
    assert_eq!(found["whole"], false);
    assert!(!found["problems"].as_array().unwrap().is_empty());
    let out = desk.path("out.backcast");
    assert!(
        ann.done(&["rescue", &headless, "-o", &out])
            .contains("touchpoints")
    );
    assert!(ann.done(&["verify", &out]).contains("is whole"));
    assert_eq!(desk.export(&out), desk.export(&file));
    assert!(
        ann.refused(&["rescue", &headless, "-o", &out])
            .contains("there already")
    );
    let told = ann.refused(&["rescue", &headless, "-o", &headless, "--force"]);
    assert!(told.contains("damaged file itself"), "{told}");
    assert_eq!(fs::read(&headless).unwrap(), bytes);

    for tenths in [2, 5, 9] {
        let cut = desk.path(&format!("cut {tenths}.backcast"));
        let bytes = &whole[..whole.len() * tenths / 10];
        fs::write(&cut, bytes).unwrap();
        assert!(ann.found(&["verify", &cut]).contains("not whole"));
        // What is left may be too little; it is never a file that is not whole, and never silence.
        let out = desk.path(&format!("out of {tenths}.backcast"));
        let output = ann.run(&["rescue", &cut, "-o", &out]);
        match output.status.code() {
            Some(0) => assert!(ann.done(&["verify", &out]).contains("is whole")),
            code => {
                assert_eq!(code, Some(2));
                let told = String::from_utf8(output.stderr).unwrap();
                assert!(told.contains("backcast backups"), "{told}");
                assert!(fs::metadata(&out).is_err());
            }
        }
        assert_eq!(
            fs::read(&cut).unwrap(),
            bytes,
            "a damaged file stays as it is"
        );
    }
}

#[test]
fn backups_are_listed_and_restored_also_when_the_file_is_gone() {
    let desk = Desk::new();
    let ann = desk.person("Ann");
    let file = desk.project("map.backcast");
    assert!(ann.done(&["backups", &file]).contains("No backups"));
    ann.write(&desk, &file, "fb", "name", &json!("Clip"));
    let listed = parsed(&ann.done(&["backups", &file, "--format", "json"]));
    assert_eq!(listed["backups"][0]["number"], 1);
    let end = desk.export(&file);
    fs::remove_file(&file).unwrap();
    let gone = ann.run(&["backups", &file]);
    assert!(
        String::from_utf8(gone.stdout)
            .unwrap()
            .contains("Escape My House")
    );
    assert!(
        String::from_utf8(gone.stderr)
            .unwrap()
            .contains("every project")
    );
    ann.done(&["backups", &file, "--restore", "1", "-o", &file]);
    assert_eq!(desk.export(&file), end);
    assert!(
        ann.refused(&["backups", &file, "--restore", "1", "-o", &file])
            .contains("--force")
    );
    let told = ann.refused(&[
        "backups",
        &file,
        "--restore",
        "9",
        "-o",
        &desk.path("new.backcast"),
    ]);
    assert!(told.contains("no backup number 9"), "{told}");
}

#[test]
fn two_people_who_write_to_one_file_at_once_lose_nothing() {
    const EACH: usize = 12;
    let desk = Desk::new();
    let file = desk.project("shared.backcast");
    let acknowledged: Vec<String> = thread::scope(|scope| {
        let people = ["Ann", "Bob"].map(|name| {
            let (desk, file) = (&desk, &file);
            scope.spawn(move || {
                let person = desk.person(name);
                (0..EACH)
                    .map(|number| {
                        let id = format!("{}-{number}", name.to_lowercase());
                        let edits = json!([{"op": "insert", "entity": "touchpoint", "value": {"id": id, "name": id, "kind": "driver"}}]);
                        let path = desk.path(&format!("{id}.json"));
                        fs::write(&path, edits.to_string()).unwrap();
                        person.done(&["apply", file, &path]).trim().to_owned()
                    })
                    .collect::<Vec<_>>()
            })
        });
        people
            .into_iter()
            .flat_map(|person| person.join().unwrap())
            .collect()
    });
    assert_eq!(acknowledged.len(), 2 * EACH);
    let exported = desk.export(&file);
    for id in &acknowledged {
        assert!(
            exported.contains(&format!("\"id\": \"{id}\"")),
            "{id} is lost"
        );
    }
    let ann = desk.person("Ann");
    assert!(ann.done(&["verify", &file]).contains("is whole"));
    let log = parsed(&ann.done(&["log", &file, "--format", "json"]));
    let count = |name: &str| {
        let changes = log["changes"].as_array().unwrap().iter();
        changes.filter(|change| change["author"] == name).count()
    };
    assert_eq!((count("Ann"), count("Bob")), (EACH, EACH));
}
