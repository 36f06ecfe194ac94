//! Damaged files: saying what is wrong, and getting out what is whole.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use backcast_store::{Existing, ProjectFile, Store, StoreError, merge, read, rescue, verify};
use rusqlite::Connection;
use support::{Desk, at, edit, name, name_of, published, sample, write_new};

#[test]
fn a_whole_file_has_no_problems_and_comes_out_whole() {
    let desk = Desk::new();
    let path = desk.path("plan.backcast");
    write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
    let found = verify(&path).unwrap();
    assert_eq!(
        (found.problems.len(), found.rows, found.changes),
        (0, 11, 1),
        "{found:?}"
    );
    let rescued = rescue(&path, &desk.path("out.backcast"), Existing::Refuse, at(1)).unwrap();
    assert_eq!((rescued.rows, rescued.lost.len()), (11, 0));
    assert_eq!(read(&desk.path("out.backcast")).unwrap().map, sample().map);
}

/// What is done to a file, what is said to be wrong, and which row is said to be restored.
const DAMAGES: &[(&str, &str, &str)] = &[
    (
        "DELETE FROM stage WHERE id = 'buy'",
        "stage",
        "stage buy, which was gone",
    ),
    (
        "DELETE FROM touchpoint WHERE id = 'shop'",
        "touchpoint",
        "touchpoint shop, which was gone",
    ),
    (
        "UPDATE touchpoint SET budget = -5",
        "money",
        "touchpoint tv, which was gone or could not be read",
    ),
    (
        "UPDATE touchpoint SET name = 'Radio' WHERE id = 'tv'",
        "sealed",
        "touchpoint tv, which had been altered",
    ),
    (
        "UPDATE touchpoint SET name = 'Radio' WHERE id = 'tv'; DELETE FROM link; DELETE FROM stage",
        "stage",
        "touchpoint tv, which had been altered",
    ),
    (
        "INSERT INTO stage SELECT 'own', map_id, order_key, 'Own', moment, unknown FROM stage LIMIT 1",
        "sealed",
        "stage own, which was not in its history",
    ),
    (
        "CREATE TRIGGER t AFTER INSERT ON link BEGIN DELETE FROM link; END",
        "trigger",
        "",
    ),
];

/// A project of Ann's with a step and a version, published; and Ann's open copy.
fn with_history(desk: &Desk) -> (Store, PathBuf) {
    let (mut store, path) = published(desk);
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    store.keep_version("For the client", at(3)).unwrap();
    store.publish(at(4)).unwrap();
    (store, path)
}

fn damage(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn what_the_whole_history_leads_to_comes_out_and_what_differed_is_told() {
    for (sql, problem, restored) in DAMAGES {
        let desk = Desk::new();
        let (store, path) = with_history(&desk);
        damage(&path, sql);
        let before = fs::read(&path).unwrap();
        let found = verify(&path).unwrap();
        assert!(
            found.problems.iter().any(|line| line.contains(problem)),
            "{sql}: {found:?}"
        );
        let out = desk.path("out.backcast");
        let rescued = rescue(&path, &out, Existing::Refuse, at(5)).unwrap();
        assert!(
            if restored.is_empty() {
                rescued.restored.is_empty()
            } else {
                rescued.restored.iter().any(|line| line.contains(restored))
            },
            "{sql}: {rescued:?}"
        );
        assert_eq!(rescued.lost, [""; 0], "{sql}");
        let whole = ProjectFile::read(&out).unwrap();
        assert_eq!(whole.project(), store.project(), "{sql}");
        assert_eq!(whole.versions(), store.versions(), "{sql}");
        assert_eq!(rescued.changes, whole.history().len(), "{sql}");
        assert_eq!(verify(&out).unwrap().problems, [""; 0], "{sql}");
        assert_eq!(fs::read(&path).unwrap(), before, "{sql}");
    }
}

#[test]
fn a_flipped_byte_in_a_row_is_put_right_and_a_colleagues_copy_still_merges() {
    let desk = Desk::new();
    let (_, path) = with_history(&desk);
    let theirs = desk.path("theirs.backcast");
    fs::copy(&path, &theirs).unwrap();
    let mut bob = Store::open(&desk.computer("Bob"), &theirs, at(5)).unwrap();
    edit(&mut bob, "Rename search", 6, &name("search", "Web search"));
    bob.publish(at(7)).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let places: Vec<_> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(b"Television"))
        .collect();
    // The row comes before the log that tells of it.
    bytes[places[0]] ^= 0x20;
    fs::write(&path, bytes).unwrap();
    let out = desk.path("out.backcast");
    let rescued = rescue(&path, &out, Existing::Refuse, at(8)).unwrap();
    assert_eq!(
        rescued.restored,
        ["touchpoint tv, which had been altered"],
        "{rescued:?}"
    );
    let into = desk.path("into.backcast");
    merge(&out, &theirs, &into, Existing::Refuse, at(9)).unwrap();
    let map = read(&into).unwrap().map;
    assert_eq!(name_of(&map, "tv"), "Television");
    assert_eq!(name_of(&map, "search"), "Web search");
}

#[test]
fn control_a_history_that_is_not_whole_does_not_overrule_the_tables() {
    for (sql, told) in [
        (
            "DELETE FROM change WHERE label = 'Rename TV'",
            "touchpoint tv",
        ),
        ("UPDATE change SET label = 'x' WHERE seq = 1", "its history"),
        ("DELETE FROM change", "its history"),
    ] {
        let desk = Desk::new();
        let (store, path) = with_history(&desk);
        damage(&path, sql);
        let out = desk.path("out.backcast");
        let rescued = rescue(&path, &out, Existing::Refuse, at(5)).unwrap();
        let lost = rescued.lost.join("; ");
        assert!(
            lost.contains("its history and versions") && lost.contains(told),
            "{sql}: {rescued:?}"
        );
        let project = read(&out).unwrap();
        assert_eq!(project.map, store.project().map, "{sql}");
        assert_ne!(project.id, store.project().id, "{sql}");
    }
}

#[test]
fn a_file_that_was_cut_short_gives_what_is_left_and_says_so() {
    let desk = Desk::new();
    let path = desk.path("plan.backcast");
    let mut store = Store::create(&desk.computer("Ann"), sample(), at(0)).unwrap();
    let many: Vec<_> = (0..300)
        .map(|number| {
            format!(
                r#"{{"op":"insert","entity":"touchpoint","value":{{"id":"t{number}","name":"Touchpoint {number}","kind":"driver","notes":"{}"}}}}"#,
                "long ".repeat(if number % 100 == 7 { 1500 } else { 10 })
            )
        })
        .collect();
    edit(&mut store, "Many", 1, &format!("[{}]", many.join(",")));
    store.publish_as(&path, Existing::Refuse, at(2)).unwrap();
    let whole = fs::read(&path).unwrap();
    let map = &store.project().map;
    for (percent, least) in [(99, 300), (95, 300), (80, 300), (60, 190), (50, 30)] {
        let cut = desk.path("cut.backcast");
        fs::write(&cut, &whole[..whole.len() * percent / 100]).unwrap();
        let found = verify(&cut).unwrap();
        assert!(
            found
                .problems
                .iter()
                .any(|line| line.contains("breaks off"))
                && found.rows >= least,
            "{percent} %: {} rows, {:?}",
            found.rows,
            found.problems
        );
        let out = desk.path(&format!("{percent}.backcast"));
        let rescued = rescue(&cut, &out, Existing::Refuse, at(3)).unwrap();
        assert!(!rescued.lost.is_empty(), "{percent} %");
        let left = read(&out).unwrap().map;
        assert!(left.touchpoints.len() >= least, "{percent} %: {rescued:?}");
        // Whatever is there is as it was.
        for touchpoint in left.touchpoints.iter() {
            let was = map.touchpoints.get(touchpoint.id.as_str()).unwrap();
            assert_eq!(
                (&touchpoint.name, &touchpoint.notes),
                (&was.name, &was.notes)
            );
        }
    }
}

#[test]
fn a_small_file_is_never_cut_so_that_something_wrong_comes_out() {
    let desk = Desk::new();
    let (store, path) = with_history(&desk);
    let whole = fs::read(&path).unwrap();
    let mut rescued_names = 0;
    for percent in [99, 95, 80, 60, 40, 20, 1] {
        let cut = desk.path("cut.backcast");
        fs::write(&cut, &whole[..whole.len() * percent / 100]).unwrap();
        let out = desk.path(&format!("{percent}.backcast"));
        match rescue(&cut, &out, Existing::Refuse, at(5)) {
            Ok(rescued) => {
                // Nothing is lost only where the seal proves it.
                let project = read(&out).unwrap();
                assert!(
                    !rescued.lost.is_empty() || project == *store.project(),
                    "{percent} %: {rescued:?}"
                );
                for touchpoint in project.map.touchpoints.iter() {
                    let id = touchpoint.id.as_str();
                    assert_eq!(touchpoint.name, name_of(&store.project().map, id));
                    rescued_names += 1;
                }
            }
            Err(error) => assert!(matches!(error, StoreError::Damaged { .. }), "{error}"),
        }
    }
    assert!(rescued_names >= 12, "{rescued_names}");
}

#[test]
fn rows_that_cannot_be_read_are_taken_from_the_history() {
    let desk = Desk::new();
    let path = desk.path("plan.backcast");
    write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
    let mut store = Store::open(&desk.computer("Ann"), &path, at(1)).unwrap();
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    store.publish(at(3)).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("UPDATE touchpoint SET media = '[' WHERE id = 'tv'")
        .unwrap();
    let out = desk.path("out.backcast");
    rescue(&path, &out, Existing::Refuse, at(4)).unwrap();
    assert_eq!(read(&out).unwrap().map, store.project().map);
}

#[test]
fn a_file_without_its_head_still_gives_its_rows() {
    let desk = Desk::new();
    let path = desk.path("plan.backcast");
    write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[..100].fill(0);
    fs::write(&path, bytes).unwrap();
    assert!(matches!(read(&path), Err(StoreError::NotAProject { .. })));
    let out = desk.path("out.backcast");
    rescue(&path, &out, Existing::Refuse, at(1)).unwrap();
    assert_eq!(read(&out).unwrap().map, sample().map);
    fs::write(&path, "nothing at all").unwrap();
    assert!(rescue(&path, &out, Existing::Replace, at(1)).is_err());
    assert_eq!(
        read(&out).unwrap().map,
        sample().map,
        "nothing is replaced by nothing"
    );
}
