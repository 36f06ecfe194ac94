//! An open project: edits, undo, publishing, and what survives what.

mod support;

use backcast_model::Map;
use backcast_store::{
    Existing, Notice, Op, ProjectFile, Store, StoreError, TransactError, backups, read,
    working_copies,
};
use support::{Desk, at, edit, edited, name, name_of, published, sample, try_edit, write_new};

#[test]
fn a_new_project_survives_a_restart_and_is_listed_until_it_is_published() {
    let desk = Desk::new();
    let data = desk.computer("Ann");
    let mut store = Store::create(&data, sample(), at(0)).unwrap();
    assert_eq!(
        (store.revision(), store.is_published(), store.path()),
        (0, false, None)
    );
    edit(&mut store, "Rename TV", 5, &name("tv", "Television"));
    let id = store.working_copy().to_owned();
    assert!(matches!(Store::resume(&data, &id), Err(StoreError::InUse)));
    drop(store);

    let listed = working_copies(&data).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (
            listed[0].id.as_str(),
            listed[0].title.as_str(),
            listed[0].changed_at
        ),
        (id.as_str(), "Escape my house", at(5))
    );
    let mut store = Store::resume(&data, &id).unwrap();
    assert_eq!(name_of(&store.project().map, "tv"), "Television");
    store
        .publish_as(&desk.path("plan.backcast"), Existing::Refuse, at(6))
        .unwrap();
    assert!(store.is_published());
    assert_eq!(working_copies(&data).unwrap(), []);
}

#[test]
fn what_is_published_is_what_is_read() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    assert_eq!(&read(&path).unwrap(), store.project());
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    assert!(!store.is_published());
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "TV spot");
    store.publish(at(3)).unwrap();
    assert_eq!(&read(&path).unwrap(), store.project());
    drop(store);
    let store = Store::open(&desk.computer("Ann"), &path, at(4)).unwrap();
    assert_eq!(&read(&path).unwrap(), store.project());
    assert!(store.is_published());
}

#[test]
fn the_file_is_closed_and_nothing_of_ours_is_left_beside_it() {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(&bytes[18..20], [1, 1], "rollback journal");
    assert_eq!(&bytes[68..72], b"Bcst");
    let secret = store.working_copy().to_owned();
    assert!(
        !bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes())
    );
    assert!(!bytes.windows(12).any(|window| window == b"working_copy"));
    let names: Vec<_> = std::fs::read_dir(desk.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn nothing_is_written_when_the_edit_refuses_or_changes_nothing() {
    let desk = Desk::new();
    let (mut store, _) = published(&desk);
    let refused = try_edit(&mut store, "Bad", 2, &name("nobody", "x"));
    assert!(matches!(refused, Err(TransactError::Refused(_))));
    let nothing = edit(&mut store, "Same", 3, &name("tv", "TV spot"));
    assert_eq!((nothing.revision, nothing.changes.len()), (0, 0));
    assert!(store.is_published());
    assert_eq!(store.undo_label(), None);
}

#[test]
fn undo_and_redo_work_step_by_step_after_a_restart() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    let start = store.project().clone();
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    edit(
        &mut store,
        "Delete search",
        3,
        r#"[{"op":"delete","entity":"touchpoint","id":"search"}]"#,
    );
    edit(
        &mut store,
        "Delete stage",
        4,
        r#"[{"op":"delete","entity":"stage","id":"buy"}]"#,
    );
    edit(
        &mut store,
        "Move shop",
        5,
        r#"[{"op":"move","entity":"touchpoint","id":"shop","after":""}]"#,
    );
    let end = store.project().clone();
    drop(store);
    let mut store = Store::open(&desk.computer("Ann"), &path, at(6)).unwrap();
    assert_eq!(store.project(), &end);
    assert_eq!(store.undo_label(), Some("Move shop"));
    let mut second = 7;
    while store.undo(at(second)).unwrap().is_some() {
        second += 1;
    }
    assert_eq!(store.project(), &start);
    assert_eq!(store.redo_label(), Some("Rename TV"));
    drop(store);
    let mut store = Store::open(&desk.computer("Ann"), &path, at(20)).unwrap();
    while store.redo(at(21)).unwrap().is_some() {}
    assert_eq!(store.project(), &end);
    assert_eq!(store.undo_label(), Some("Move shop"));
    store.undo(at(22)).unwrap();
    edit(&mut store, "Rename TV", 23, &name("tv", "Telly"));
    assert_eq!(store.redo_label(), None, "something new was done");
}

#[test]
fn undo_survives_saving_under_another_name() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    let other = desk.path("other.backcast");
    store.publish_as(&other, Existing::Refuse, at(3)).unwrap();
    assert_eq!(store.undo_label(), Some("Rename TV"));
    store.undo(at(4)).unwrap();
    store.publish(at(5)).unwrap();
    assert_eq!(name_of(&read(&other).unwrap().map, "tv"), "TV spot");
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "TV spot");
    assert!(matches!(
        store.publish_as(&path, Existing::Refuse, at(6)),
        Err(StoreError::Exists { .. })
    ));
}

#[test]
fn a_file_that_vanished_is_written_again() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    std::fs::remove_file(&path).unwrap();
    store.publish(at(2)).unwrap();
    assert_eq!(&read(&path).unwrap(), store.project());
}

#[test]
fn something_else_under_the_name_is_left_alone_and_the_edits_are_kept() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    for content in ["", "not a project"] {
        std::fs::write(&path, content).unwrap();
        let Err(StoreError::Replaced { kept, .. }) = store.publish(at(3)) else {
            panic!("published over {content:?}")
        };
        assert_eq!(std::fs::read(&path).unwrap(), content.as_bytes());
        assert_eq!(&read(&kept).unwrap(), store.project());
        assert!(!store.is_published());
    }
}

#[test]
fn a_second_opening_gets_a_copy_of_its_own() {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    let data = desk.computer("Ann");
    let mut second = Store::open(&data, &path, at(2)).unwrap();
    assert_eq!(second.take_notices(), [Notice::OpenElsewhere]);
    assert_ne!(second.working_copy(), store.working_copy());
    let folder = data
        .path()
        .join("working-copies")
        .join(second.working_copy());
    second.close().unwrap();
    assert!(!folder.exists(), "it held nothing of its own");

    let copies = || {
        std::fs::read_dir(data.path().join("working-copies"))
            .unwrap()
            .count()
    };
    for round in 0..4 {
        let mut third = Store::open(&data, &path, at(3)).unwrap();
        edit(
            &mut third,
            "Rename",
            4,
            &name("tv", &format!("Name {round}")),
        );
        third.publish(at(5)).unwrap();
        drop(third);
        assert_eq!(copies(), 2, "spare copies do not pile up");
    }
    let mut third = Store::open(&data, &path, at(6)).unwrap();
    edit(&mut third, "Rename", 7, &name("tv", "Not published"));
    let id = third.working_copy().to_owned();
    drop(third);
    let mut fourth = Store::open(&data, &path, at(8)).unwrap();
    let found = Notice::EditsFound { path, changes: 1 };
    assert_eq!(fourth.take_notices(), [Notice::OpenElsewhere, found]);
    assert_eq!(name_of(&fourth.project().map, "tv"), "Not published");
    drop(fourth);
    let kept = working_copies(&data).unwrap();
    assert!(kept.len() == 1 && kept[0].id != id, "taken in");
    assert_eq!(copies(), 2, "one with edits of its own stays");
}

#[test]
fn a_damaged_working_copy_is_put_aside() {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    let data = desk.computer("Ann");
    let database = data
        .path()
        .join("working-copies")
        .join(store.working_copy())
        .join("project.db");
    drop(store);
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection
        .execute("UPDATE touchpoint SET name = 'Radio' WHERE id = 'tv'", ())
        .unwrap();
    drop(connection);
    let mut store = Store::open(&data, &path, at(2)).unwrap();
    assert_eq!(name_of(&store.project().map, "tv"), "TV spot");
    assert!(
        matches!(&store.take_notices()[..], [Notice::WorkingCopyDamaged { kept, .. }] if kept.exists())
    );
}

#[test]
fn each_day_of_work_is_kept_as_a_version_also_when_people_alternate() {
    let desk = Desk::new();
    let (_, path) = published(&desk);
    let day = |days: i64| 86_400 * days;
    for days in 0..7 {
        let who = ["Ann", "Bob"][usize::from(days % 2 == 1)];
        let mut store = Store::open(&desk.computer(who), &path, at(day(days) + 10)).unwrap();
        let renamed = name("tv", &format!("TV of day {days}"));
        edit(&mut store, "Rename TV", day(days) + 20, &renamed);
        let renamed = name("search", &format!("Search of day {days}"));
        edit(&mut store, "Rename search", day(days) + 30, &renamed);
        store.publish(at(day(days) + 40)).unwrap();
    }
    let file = ProjectFile::read(&path).unwrap();
    let mut versions: Vec<_> = file
        .versions()
        .iter()
        .map(|version| {
            let map = file.map_at(&version.vector).unwrap();
            (version.name.clone(), name_of(&map, "search").to_owned())
        })
        .collect();
    versions.sort();
    let ended = |days: i64| {
        let date = format!("2026-11-{}", 18 + days);
        (date, format!("Search of day {days}"))
    };
    assert_eq!(versions, (0..6).map(ended).collect::<Vec<_>>());
}

#[test]
fn a_copy_without_history_is_a_project_of_its_own() {
    let desk = Desk::new();
    let (mut store, _) = published(&desk);
    edit(&mut store, "Secret", 2, &name("tv", "Codename Falcon"));
    edit(&mut store, "Rename", 3, &name("tv", "TV"));
    let dismissed = r#"[{"op":"insert","entity":"dismissal","value":{"rule":"dead-end","subjects":["shop"],
        "reason":"it ends there","by":"Friederike","at":"2026-11-18T10:00:00Z"}}]"#;
    edit(&mut store, "Dismiss", 3, dismissed);
    let (whole, bare) = (desk.path("whole.backcast"), desk.path("bare.backcast"));
    store.write_copy(&whole, Existing::Refuse).unwrap();
    store
        .write_copy_without_history(&bare, Existing::Refuse, at(4))
        .unwrap();
    let holds = |path, text: &str| {
        let bytes = std::fs::read(path).unwrap();
        let mut windows = bytes.windows(text.len());
        windows.any(|bytes| bytes == text.as_bytes())
    };
    for past in ["Codename Falcon", "Friederike", "2026-11-18T10:00:00Z"] {
        assert!(holds(&whole, past) && !holds(&bare, past), "{past}");
    }
    let (copied, map) = (read(&bare).unwrap().map, &store.project().map);
    assert_eq!(copied.touchpoints, map.touchpoints);
    let reasons = |map: &Map| -> Vec<_> {
        let dismissals = map.dismissals.iter();
        dismissals
            .map(|dismissal| dismissal.reason.clone())
            .collect()
    };
    assert_eq!(reasons(&copied), reasons(map));
    assert_ne!(read(&bare).unwrap().id, store.project().id);
}

#[test]
fn a_new_file_says_who_made_it() {
    let desk = Desk::new();
    let path = desk.path("new.backcast");
    ProjectFile::write_new(&path, &sample(), "Ann", Existing::Refuse, at(0)).unwrap();
    let history = ProjectFile::read(&path).unwrap().history();
    let authors: Vec<_> = history.iter().map(|entry| entry.author.as_str()).collect();
    assert_eq!(authors, ["Ann"]);
}

#[test]
fn write_new_refuses_to_replace() {
    let desk = Desk::new();
    let path = desk.path("new.backcast");
    write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
    assert!(matches!(
        write_new(&path, &sample(), Existing::Refuse, at(1)),
        Err(StoreError::Exists { .. })
    ));
    write_new(&path, &sample(), Existing::Replace, at(1)).unwrap();
    assert_eq!(read(&path).unwrap(), sample());
}

#[test]
fn a_refused_closure_may_have_any_error() {
    let desk = Desk::new();
    let (mut store, _) = published(&desk);
    let refused = store.transact(Op::new("x", "X"), at(1), |_| Err::<_, &str>("no"));
    assert!(matches!(refused, Err(TransactError::Refused("no"))));
    store
        .transact(Op::new("x", "X"), at(1), |map| {
            edited(map, &name("tv", "y"))
        })
        .unwrap();
}

#[test]
fn backups_are_made_on_their_own_and_restored_as_a_step() {
    let desk = Desk::new();
    let (mut store, _) = published(&desk);
    let data = desk.computer("Ann");
    edit(&mut store, "Rename TV", 60, &name("tv", "Television"));
    store.publish(at(61)).unwrap();
    edit(&mut store, "Rename TV", 1_900, &name("tv", "Telly"));
    store.publish(at(1_901)).unwrap();
    let kept = backups(&data, &store.project().id).unwrap();
    let names: Vec<_> = kept
        .iter()
        .map(|backup| name_of(&read(&backup.path).unwrap().map, "tv").to_owned())
        .collect();
    assert_eq!(
        names,
        ["Telly", "TV spot"],
        "not more than one in half an hour"
    );
    let oldest = read(&kept[1].path).unwrap();
    store
        .restore(&oldest.map, "Restore backup", at(1_902))
        .unwrap();
    assert_eq!(name_of(&store.project().map, "tv"), "TV spot");
    store.undo(at(1_903)).unwrap();
    assert_eq!(name_of(&store.project().map, "tv"), "Telly");
}
