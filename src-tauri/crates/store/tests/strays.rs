//! Edits that never got into their file, because it was moved, renamed or deleted, or its drive was
//! gone: they are listed, and found again.
#![allow(clippy::panic, reason = "helpers of tests may fail loudly, too")]

mod support;

use std::fs;

use backcast_store::{Existing, Notice, Store, StoreError, read, working_copies};
use support::{Desk, at, edit, name, name_of, published};

/// Two edits of Ann's that are not in the file, which nobody has open.
fn unpublished(desk: &Desk) -> std::path::PathBuf {
    let (mut store, path) = published(desk);
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    edit(&mut store, "Rename shop", 3, &name("shop", "Store"));
    path
}

#[test]
fn a_file_that_was_moved_finds_its_edits_again() {
    let desk = Desk::new();
    let path = unpublished(&desk);
    let data = desk.computer("Ann");
    assert!(working_copies(&data).unwrap()[0].reachable);
    let moved = desk.path("renamed.backcast");
    fs::rename(&path, &moved).unwrap();
    let mut store = Store::open(&data, &moved, at(4)).unwrap();
    let found = Notice::EditsFound { path, changes: 2 };
    assert_eq!(store.take_notices(), [found]);
    assert_eq!(name_of(&store.project().map, "tv"), "Television");
    assert_eq!(store.undo_label(), Some("Rename shop"));
    store.publish(at(5)).unwrap();
    assert_eq!(name_of(&read(&moved).unwrap().map, "shop"), "Store");
    drop(store);
    let mut store = Store::open(&data, &moved, at(6)).unwrap();
    assert_eq!(store.take_notices(), []);
    assert_eq!(working_copies(&data).unwrap(), []);
}

#[test]
fn edits_whose_file_was_deleted_are_listed_and_go_on() {
    let desk = Desk::new();
    let path = unpublished(&desk);
    let data = desk.computer("Ann");
    fs::remove_file(&path).unwrap();
    let listed = working_copies(&data).unwrap();
    let [copy] = &listed[..] else {
        panic!("{listed:?}")
    };
    assert_eq!(
        (
            copy.title.as_str(),
            copy.path.as_ref(),
            copy.reachable,
            copy.changed_at,
            copy.changes
        ),
        ("Escape my house", Some(&path), false, at(3), 2)
    );
    let mut store = Store::resume(&data, &copy.id).unwrap();
    store.publish(at(4)).unwrap();
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "Television");
    assert_eq!(working_copies(&data).unwrap(), []);
}

#[test]
fn another_copy_of_the_project_tells_of_them_and_takes_them_in() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    let other = desk.path("other.backcast");
    fs::copy(&path, &other).unwrap();
    let data = desk.computer("Ann");
    let mut second = Store::open(&data, &other, at(2)).unwrap();
    edit(&mut second, "Rename search", 3, &name("search", "Find"));
    second.publish(at(4)).unwrap();
    drop(second);
    edit(&mut store, "Rename TV", 5, &name("tv", "Television"));
    drop(store);
    fs::remove_file(&path).unwrap();

    let mut second = Store::open(&data, &other, at(6)).unwrap();
    let notices = second.take_notices();
    let [Notice::EditsElsewhere(copy)] = &notices[..] else {
        panic!("{notices:?}")
    };
    assert_eq!((copy.path.as_ref(), copy.changes), (Some(&path), 1));
    assert_eq!(name_of(&second.project().map, "tv"), "TV spot");
    second.take_in_copy(&copy.id, at(7)).unwrap();
    let map = &second.project().map;
    assert_eq!(
        [name_of(map, "tv"), name_of(map, "search")],
        ["Television", "Find"]
    );
    assert!(!second.is_published());
    second.publish(at(8)).unwrap();
    assert!(matches!(
        second.take_in_copy(&copy.id, at(9)),
        Err(StoreError::Missing { .. })
    ));
    assert_eq!(working_copies(&data).unwrap(), []);
}

#[test]
fn a_copy_of_another_project_is_neither_told_of_nor_taken_in() {
    let desk = Desk::new();
    let path = unpublished(&desk);
    let data = desk.computer("Ann");
    fs::remove_file(path).unwrap();
    let stray = working_copies(&data).unwrap().remove(0);
    let other = desk.path("other.backcast");
    support::write_new_sample(&other, "project-2", Existing::Refuse);
    let mut store = Store::open(&data, &other, at(4)).unwrap();
    assert_eq!(store.take_notices(), []);
    assert!(matches!(
        store.take_in_copy(&stray.id, at(5)),
        Err(StoreError::DifferentProjects { .. })
    ));
    assert_eq!(working_copies(&data).unwrap(), [stray]);
}

#[test]
fn working_copies_of_every_version_go_on_and_newer_ones_are_left_alone() {
    let desk = Desk::new();
    let path = unpublished(&desk);
    let data = desk.computer("Ann");
    let id = working_copies(&data).unwrap().remove(0).id;
    let database = data
        .path()
        .join("working-copies")
        .join(&id)
        .join("project.db");
    let alter = |sql: &str| {
        rusqlite::Connection::open(&database)
            .unwrap()
            .execute_batch(sql)
            .unwrap();
    };
    alter("ALTER TABLE working_copy DROP COLUMN published_changes; PRAGMA user_version = 1");
    assert_eq!(working_copies(&data).unwrap()[0].id, id);
    let mut store = Store::open(&data, &path, at(4)).unwrap();
    assert_eq!(store.take_notices(), []);
    assert_eq!(name_of(&store.project().map, "tv"), "Television");
    store.publish(at(5)).unwrap();
    edit(&mut store, "Rename TV", 6, &name("tv", "Telly"));
    drop(store);
    assert_eq!(working_copies(&data).unwrap()[0].changes, 1);

    alter("ALTER TABLE working_copy ADD COLUMN colour TEXT; PRAGMA user_version = 99");
    let before = fs::read(&database).unwrap();
    for _ in 0..2 {
        let refused = Store::open(&data, &path, at(7));
        assert!(matches!(
            refused,
            Err(StoreError::Newer { version: 99, .. })
        ));
    }
    assert_eq!(fs::read(&database).unwrap(), before);
}

#[test]
fn files_that_are_opened_at_once_do_not_see_each_other_half_made() {
    const FILES: usize = 6;
    let desk = Desk::new();
    let (store, path) = published(&desk);
    drop(store);
    let data = desk.computer("Bob");
    for round in 0..8 {
        std::thread::scope(|scope| {
            let open = |number| {
                let file = desk.path(&format!("{round}-{number}.backcast"));
                fs::copy(&path, &file).unwrap();
                let data = &data;
                scope.spawn(move || {
                    let mut store = Store::open(data, &file, at(2)).unwrap();
                    assert_eq!(store.take_notices(), []);
                })
            };
            let opening: Vec<_> = (0..FILES).map(open).collect();
            while !opening
                .iter()
                .all(std::thread::ScopedJoinHandle::is_finished)
            {
                assert_eq!(working_copies(&data).unwrap(), []);
            }
        });
    }
}
