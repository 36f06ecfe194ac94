//! Damaged files: saying what is wrong, and getting out what is whole.

mod support;

use std::fs;

use backcast_store::{Existing, Store, StoreError, read, rescue, verify, write_new};
use rusqlite::Connection;
use support::{Desk, at, edit, name, name_of, sample};

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

#[test]
fn what_is_wrong_is_said_and_what_is_whole_gets_out() {
    let desk = Desk::new();
    for (case, sql, problem, lost) in [
        (
            "a stage gone",
            "DELETE FROM stage WHERE id = 'buy'",
            "stage",
            "stage of touchpoint shop",
        ),
        (
            "a touchpoint gone",
            "DELETE FROM touchpoint WHERE id = 'shop'",
            "touchpoint",
            "link last",
        ),
        (
            "a bad value",
            "UPDATE touchpoint SET budget = -5",
            "money",
            "money",
        ),
        (
            "an altered row",
            "UPDATE touchpoint SET name = 'Radio' WHERE id = 'tv'",
            "sealed",
            "",
        ),
        (
            "a trigger",
            "CREATE TRIGGER t AFTER INSERT ON link BEGIN DELETE FROM link; END",
            "trigger",
            "",
        ),
    ] {
        let path = desk.path(&format!("{case}.backcast"));
        write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let before = fs::read(&path).unwrap();
        let found = verify(&path).unwrap();
        assert!(
            found.problems.iter().any(|line| line.contains(problem)),
            "{case}: {found:?}"
        );
        let out = desk.path(&format!("{case} out.backcast"));
        let rescued = rescue(&path, &out, Existing::Refuse, at(1)).unwrap();
        assert!(
            lost.is_empty() || rescued.lost.iter().any(|line| line.contains(lost)),
            "{case}: {rescued:?}"
        );
        assert!(
            name_of(&read(&out).unwrap().map, "search") == "Search",
            "{case}"
        );
        assert_eq!(fs::read(&path).unwrap(), before, "{case}");
    }
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
