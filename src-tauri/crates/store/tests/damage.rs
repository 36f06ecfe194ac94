//! Damaged working copies: what is in their change log is gone on with, what cannot be read is kept,
//! and a copy that a program left behind is looked at whole.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use backcast_store::{
    Existing, Notice, Saved, Store, StoreError, read, rescue, verify, working_copies,
};
use rusqlite::Connection;
use support::{Desk, at, edit, name, name_of, published, sample};

fn database(desk: &Desk, store: &Store) -> PathBuf {
    let copies = desk.computer("Ann").path().join("working-copies");
    copies.join(store.working_copy()).join("project.db")
}

fn run(database: &Path, sql: &str) {
    Connection::open(database)
        .unwrap()
        .execute_batch(sql)
        .unwrap();
}

fn told(store: &mut Store) -> Saved {
    match &store.take_notices()[..] {
        [Notice::WorkingCopyDamaged { kept, saved, .. }] if kept.exists() => *saved,
        other => panic!("{other:?}"),
    }
}

#[test]
fn edits_that_were_not_published_are_gone_on_with_where_their_log_is_whole() {
    for (damage, saved) in [
        (
            "UPDATE touchpoint SET name = 'Radio' WHERE id = 'tv'",
            Saved::All,
        ),
        ("DELETE FROM stage; DELETE FROM link", Saved::All),
        ("DROP TABLE working_copy", Saved::All),
        (
            "UPDATE touchpoint SET budget = -5; DROP TABLE dismissal",
            Saved::All,
        ),
        ("UPDATE project SET seal = zeroblob(32)", Saved::History),
    ] {
        let desk = Desk::new();
        let (mut store, path) = published(&desk);
        edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
        store.keep_version("Pitch", at(3)).unwrap();
        let database = database(&desk, &store);
        drop(store);
        run(&database, damage);
        let mut bob = Store::open(&desk.computer("Bob"), &path, at(4)).unwrap();
        edit(&mut bob, "Rename shop", 5, &name("shop", "Store"));
        bob.publish(at(6)).unwrap();
        let mut store = Store::open(&desk.computer("Ann"), &path, at(7)).unwrap();
        let map = &store.project().map;
        assert_eq!(
            (name_of(map, "tv"), name_of(map, "shop")),
            ("Television", "Store"),
            "{damage}"
        );
        assert_eq!(store.undo_label(), Some("Rename TV"), "{damage}");
        assert_eq!(store.versions().len(), 1, "{damage}");
        assert!(!store.is_published());
        let mut notices = store.take_notices();
        notices.retain(|notice| !matches!(notice, Notice::ChangedUnderneath { .. }));
        let [
            Notice::WorkingCopyDamaged {
                kept, saved: all, ..
            },
        ] = &notices[..]
        else {
            panic!("{damage}: {notices:?}");
        };
        assert!(kept.exists() && *all == saved, "{damage}: {all:?}");
        store.publish(at(8)).unwrap();
        drop(store);
        let mut again = Store::open(&desk.computer("Ann"), &path, at(9)).unwrap();
        assert_eq!(again.take_notices(), [], "{damage}");
        assert_eq!(read(&path).unwrap(), *again.project());
    }
}

#[test]
fn what_is_no_database_any_more_does_not_keep_the_file_from_opening() {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    let database = database(&desk, &store);
    drop(store);
    fs::write(&database, vec![7; 20_000]).unwrap();
    let mut store = Store::open(&desk.computer("Ann"), &path, at(2)).unwrap();
    assert_eq!(told(&mut store), Saved::Nothing);
    edit(&mut store, "Rename TV", 3, &name("tv", "Television"));
    store.publish(at(4)).unwrap();
}

#[test]
fn a_map_without_a_file_is_put_together_again_from_its_history() {
    let desk = Desk::new();
    let data = desk.computer("Ann");
    let mut store = Store::create(&data, sample(), at(0)).unwrap();
    edit(&mut store, "Rename TV", 1, &name("tv", "Television"));
    let (id, database) = (store.working_copy().to_owned(), database(&desk, &store));
    drop(store);
    run(
        &database,
        "UPDATE touchpoint SET name = 'Radio' WHERE id = 'tv'",
    );
    let mut store = Store::resume(&data, &id).unwrap();
    assert_eq!(name_of(&store.project().map, "tv"), "Television");
    assert_eq!(told(&mut store), Saved::All);
    assert_eq!(working_copies(&data).unwrap().len(), 1);
}

#[test]
fn a_damaged_map_without_a_file_is_listed() {
    for (damage, title, salvaged) in [
        ("DROP TABLE map", "Escape my house", true),
        ("DROP TABLE working_copy", "Escape my house", true),
        ("DROP TABLE map; DROP TABLE change", "Damaged map", false),
    ] {
        let desk = Desk::new();
        let data = desk.computer("Ann");
        let mut store = Store::create(&data, sample(), at(0)).unwrap();
        edit(&mut store, "Rename TV", 1, &name("tv", "Television"));
        let (id, database) = (store.working_copy().to_owned(), database(&desk, &store));
        drop(store);
        run(&database, damage);
        let file = fs::File::options().append(true).open(&database).unwrap();
        file.set_modified(at(1).into()).unwrap();
        let listed = working_copies(&data).unwrap();
        let [copy] = &listed[..] else {
            panic!("{damage}: {listed:?}")
        };
        assert_eq!((copy.title.as_str(), &copy.id), (title, &id), "{damage}");
        assert_eq!(
            (copy.changed_at, copy.unreadable),
            (at(1), !salvaged),
            "{damage}"
        );
        let resumed = Store::resume(&data, &id);
        if salvaged {
            assert_eq!(copy.changes, 2, "{damage}");
            assert_eq!(name_of(&resumed.unwrap().project().map, "tv"), "Television");
        } else {
            let Err(StoreError::Damaged { path, .. }) = resumed else {
                panic!("{damage}")
            };
            assert!(path.is_file(), "told where it is kept");
            assert_eq!(working_copies(&data).unwrap(), [], "told once");
        }
    }
}

/// As a program that was killed leaves it: the last edits are in SQLite's log beside the database.
#[test]
fn a_working_copy_that_was_left_behind_is_looked_at_and_rescued_whole() {
    let desk = Desk::new();
    let (mut store, _) = published(&desk);
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    let folder = database(&desk, &store).parent().unwrap().to_owned();
    let left = desk.path("left");
    fs::create_dir(&left).unwrap();
    for file in ["project.db", "project.db-wal", "lock"] {
        fs::copy(folder.join(file), left.join(file)).unwrap();
    }
    let (database, out) = (left.join("project.db"), desk.path("out.backcast"));
    let found = verify(&database).unwrap();
    assert_eq!((found.problems, found.changes), (Vec::new(), 2));
    rescue(&database, &out, Existing::Refuse, at(3)).unwrap();
    assert_eq!(read(&out).unwrap(), *store.project());
    // Beside a file that is no working copy, such a log means nothing.
    fs::remove_file(left.join("lock")).unwrap();
    assert_ne!(verify(&database).ok().map(|found| found.changes), Some(2));
}
