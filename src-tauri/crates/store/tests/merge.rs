//! Copies that are edited apart and come together again: by mail, in a synced folder, on one drive.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;

use backcast_model::Entity;
use backcast_store::{
    Difference, Existing, Notice, ProjectFile, Store, StoreError, compare, merge, read,
};
use serde_json::{Value, json};
use support::{Desk, at, edit, name, name_of, published, sample, two};

const DELETE_TV: &str = r#"[{"op":"delete","entity":"touchpoint","id":"tv"}]"#;

#[test]
fn mailed_copies_unite_without_their_origin() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    edit(&mut ann, "Rename TV", 3, &name("tv", "Television"));
    edit(&mut bob, "Rename shop", 4, &name("shop", "Store"));
    edit(
        &mut bob,
        "Add",
        5,
        r#"[{"op":"insert","entity":"touchpoint","value":{"id":"mail","name":"Mail","kind":"driver"}}]"#,
    );
    ann.publish(at(6)).unwrap();
    bob.publish(at(6)).unwrap();
    fs::remove_file(desk.path("plan.backcast")).unwrap();
    ann.publish(at(6)).unwrap();
    let both = desk.path("both.backcast");
    let merged = merge(
        ann.path().unwrap(),
        bob.path().unwrap(),
        &both,
        Existing::Refuse,
        at(7),
    )
    .unwrap();
    assert_eq!((merged.conflicts, merged.went_on_twice), (vec![], false));
    let map = read(&both).unwrap().map;
    assert_eq!(
        [
            name_of(&map, "tv"),
            name_of(&map, "shop"),
            name_of(&map, "mail")
        ],
        ["Television", "Store", "Mail"]
    );
    let turned = desk.path("turned.backcast");
    merge(
        bob.path().unwrap(),
        ann.path().unwrap(),
        &turned,
        Existing::Refuse,
        at(8),
    )
    .unwrap();
    assert_eq!(read(&turned).unwrap().map, map);
    let authors: Vec<_> = ProjectFile::read(&both)
        .unwrap()
        .history()
        .into_iter()
        .map(|entry| entry.author)
        .collect();
    assert_eq!(authors.iter().filter(|author| *author == "Bob").count(), 2);
    assert_eq!(authors.len(), 4);
}

#[test]
fn rule_1_the_loser_is_listed_with_author_and_time_until_somebody_writes_again() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    edit(&mut ann, "Rename TV", 3, &name("tv", "Television"));
    edit(&mut bob, "Rename TV", 4, &name("tv", "Radio"));
    edit(&mut bob, "Rename TV", 5, &name("tv", "Wireless"));
    bob.publish(at(6)).unwrap();
    let committed = ann.merge(bob.path().unwrap(), at(7)).unwrap();
    assert_eq!(committed.changes.len(), 1);
    assert_eq!(
        name_of(&ann.project().map, "tv"),
        "Wireless",
        "the higher Lamport number"
    );
    let [conflict] = ann.conflicts() else {
        panic!("{:?}", ann.conflicts())
    };
    assert_eq!(
        (
            conflict.entity,
            conflict.id.as_str(),
            conflict.field.as_str()
        ),
        (Entity::Touchpoint, "tv", "name")
    );
    assert_eq!(
        (&conflict.chosen.value, conflict.chosen.author.as_str()),
        (&json!("Wireless"), "Bob")
    );
    assert_eq!(
        (
            &conflict.others[0].value,
            conflict.others[0].author.as_str(),
            conflict.others[0].at
        ),
        (&json!("Television"), "Ann", at(3))
    );

    let conflict = conflict.clone();
    ann.publish(at(8)).unwrap();
    let path = ann.path().unwrap().to_owned();
    drop(ann);
    assert_eq!(
        ProjectFile::read(&path).unwrap().conflicts().unwrap(),
        std::slice::from_ref(&conflict)
    );
    let mut ann = Store::open(&desk.computer("Ann"), &path, at(9)).unwrap();
    assert_eq!(ann.conflicts(), std::slice::from_ref(&conflict));
    ann.resolve(&conflict, &conflict.chosen.value, at(10))
        .unwrap();
    assert_eq!(ann.conflicts(), []);
    assert_eq!(name_of(&ann.project().map, "tv"), "Wireless");
    ann.publish(at(11)).unwrap();
    assert_eq!(ProjectFile::read(&path).unwrap().conflicts().unwrap(), []);
    bob.merge(&path, at(12)).unwrap();
    assert_eq!(bob.conflicts(), [], "settled for everybody");
}

#[test]
fn rules_2_to_4_an_edit_brings_back_what_it_stands_on() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    edit(&mut ann, "Delete TV", 3, DELETE_TV);
    edit(
        &mut ann,
        "Delete stage",
        4,
        r#"[{"op":"delete","entity":"stage","id":"buy"}]"#,
    );
    edit(
        &mut bob,
        "Link",
        5,
        r#"[{"op":"insert","entity":"link","value":{"from":"tv","to":"shop"}}]"#,
    );
    edit(
        &mut bob,
        "Restage",
        6,
        r#"[{"op":"set","entity":"touchpoint","id":"search","field":"stage","value":"buy"}]"#,
    );
    bob.publish(at(7)).unwrap();
    ann.merge(bob.path().unwrap(), at(8)).unwrap();
    let map = &ann.project().map;
    assert!(map.contains(Entity::Touchpoint, "tv") && map.contains(Entity::Stage, "buy"));
    let listed: Vec<_> = ann
        .conflicts()
        .iter()
        .map(|conflict| (conflict.id.as_str(), conflict.field.as_str()))
        .collect();
    assert_eq!(listed, [("buy", ""), ("tv", "")], "the deletes are listed");
    let delete = ann.conflicts()[1].clone();
    ann.resolve(&delete, &Value::Null, at(9)).unwrap();
    assert!(!ann.project().map.contains(Entity::Touchpoint, "tv"));
    ann.publish(at(10)).unwrap();
    bob.merge(ann.path().unwrap(), at(11)).unwrap();
    assert_eq!(bob.project().map, ann.project().map);
}

#[test]
fn rule_5_undo_takes_back_only_ones_own_also_after_a_merge() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    edit(&mut ann, "Rename TV", 3, &name("tv", "Television"));
    edit(&mut ann, "Rename search", 4, &name("search", "Find"));
    edit(&mut bob, "Rename shop", 5, &name("shop", "Store"));
    edit(&mut bob, "Rename search", 6, &name("search", "Look"));
    edit(&mut bob, "Again", 6, &name("search", "Look up"));
    bob.publish(at(7)).unwrap();
    ann.merge(bob.path().unwrap(), at(8)).unwrap();
    assert_eq!(ann.undo_label(), Some("Rename search"));
    let nothing = ann.undo(at(9)).unwrap().unwrap();
    assert_eq!(nothing.changes, [], "Bob wrote there since");
    ann.undo(at(10)).unwrap().unwrap();
    let map = &ann.project().map;
    assert_eq!(
        [
            name_of(map, "tv"),
            name_of(map, "search"),
            name_of(map, "shop")
        ],
        ["TV spot", "Look up", "Store"]
    );
    assert_eq!(ann.undo(at(11)).unwrap(), None);
}

#[test]
fn rule_5_undo_keeps_a_row_that_others_have_built_on() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    let mut bob = Store::open(&desk.computer("Bob"), &path, at(2)).unwrap();
    let add = |id: &str| {
        format!(
            r#"[{{"op":"insert","entity":"touchpoint","value":{{"id":"{id}","name":"{id}","kind":"driver"}}}}]"#
        )
    };
    for id in ["mail", "post", "alone"] {
        edit(&mut ann, &format!("Add {id}"), 3, &add(id));
    }
    ann.publish(at(4)).unwrap();
    bob.refresh(at(5)).unwrap();
    edit(&mut bob, "Rename", 6, &name("mail", "Newsletter"));
    edit(
        &mut bob,
        "Link",
        7,
        r#"[{"op":"insert","entity":"link","value":{"from":"post","to":"shop"}}]"#,
    );
    bob.publish(at(8)).unwrap();
    ann.refresh(at(9)).unwrap();
    for second in 10..13 {
        ann.undo(at(second)).unwrap().unwrap();
    }
    let map = &ann.project().map;
    assert_eq!(name_of(map, "mail"), "Newsletter");
    assert!(map.contains(Entity::Touchpoint, "post") && map.contains(Entity::Link, "post->shop"));
    assert!(
        !map.contains(Entity::Touchpoint, "alone"),
        "nobody built on it"
    );
    ann.publish(at(14)).unwrap();
    bob.refresh(at(15)).unwrap();
    assert_eq!(bob.project(), ann.project());
    assert_eq!(bob.conflicts(), []);
}

#[test]
fn rule_6_a_cloned_computer_becomes_two_actors() {
    let desk = Desk::new();
    let (ann, path) = published(&desk);
    let first = desk.computer("Ann");
    drop(ann);
    copy_folder(first.path(), &desk.path("data of clone"));
    let clone = backcast_store::DataFolder::new(desk.path("data of clone")).with_author("Ann");
    let second = desk.path("second.backcast");
    let mut one = Store::open(&first, &path, at(2)).unwrap();
    let mut other = Store::open(&clone, &path, at(2)).unwrap();
    edit(&mut one, "One", 3, &name("tv", "One"));
    edit(&mut other, "Other", 4, &name("shop", "Other"));
    other.write_copy(&second, Existing::Refuse).unwrap();
    one.publish(at(5)).unwrap();
    other.publish(at(6)).unwrap();
    one.refresh(at(7)).unwrap();
    let own = [Some("One"), Some("Other")];
    assert!(
        own.contains(&one.undo_label()) && own.contains(&other.undo_label()),
        "one person on two computers"
    );
    for store in [&mut one, &mut other] {
        let map = &store.project().map;
        assert_eq!([name_of(map, "tv"), name_of(map, "shop")], ["One", "Other"]);
        edit(store, "More", 8, &name("search", "More"));
    }
    one.publish(at(9)).unwrap();
    other.publish(at(10)).unwrap();
    one.refresh(at(11)).unwrap();
    assert_eq!(one.project(), other.project());
    assert_eq!(one.history().unwrap().len(), 5);
}

/// The numbers of a forked branch say that the file holds everything; its content says that it does not.
#[test]
fn rule_6_a_forked_file_put_in_place_of_ours_loses_nothing() {
    let desk = Desk::new();
    let (ann, path) = published(&desk);
    let first = desk.computer("Ann");
    drop(ann);
    copy_folder(first.path(), &desk.path("data of clone"));
    let clone = backcast_store::DataFolder::new(desk.path("data of clone")).with_author("Ann");
    let aside = desk.path("aside.backcast");
    fs::copy(&path, &aside).unwrap();
    let mut one = Store::open(&first, &path, at(2)).unwrap();
    edit(&mut one, "One", 3, &name("tv", "One"));
    one.publish(at(4)).unwrap();
    drop(one);
    // A folder-sync program puts the clone's file in place of ours.
    let ours = fs::read(&path).unwrap();
    fs::copy(&aside, &path).unwrap();
    let mut other = Store::open(&clone, &path, at(5)).unwrap();
    edit(&mut other, "Other", 6, &name("shop", "Other"));
    other.publish(at(7)).unwrap();
    drop(other);
    assert_ne!(fs::read(&path).unwrap(), ours);
    let one = Store::open(&first, &path, at(8)).unwrap();
    let map = &one.project().map;
    assert_eq!([name_of(map, "tv"), name_of(map, "shop")], ["One", "Other"]);
}

/// Whichever of two branches gets another name, and whoever built on it: everything is there, and work goes on.
#[test]
fn rule_6_a_branch_that_others_built_on_is_in_the_project_like_the_other() {
    let mut ways = [0, 0];
    for attempt in 0..6 {
        let desk = Desk::new();
        let (ann, path) = published(&desk);
        let first = desk.computer("Ann");
        drop(ann);
        copy_folder(first.path(), &desk.path("data of clone"));
        let clone = backcast_store::DataFolder::new(desk.path("data of clone")).with_author("Ann");
        let mut one = Store::open(&first, &path, at(2)).unwrap();
        let mut other = Store::open(&clone, &path, at(2)).unwrap();
        edit(&mut one, "One", 3, &name("tv", &format!("One {attempt}")));
        edit(&mut other, "Other", 4, &name("shop", "Other"));
        one.publish(at(5)).unwrap();
        let mut bob = Store::open(&desk.computer("Bob"), &path, at(6)).unwrap();
        edit(&mut bob, "Bob", 7, &name("search", "Bob's"));
        let known = bob.vector();
        bob.publish(at(8)).unwrap();
        other.publish(at(9)).unwrap();
        assert!(other.is_published());
        assert!(other.take_notices().contains(&Notice::WentOnTwice));
        ways[usize::from(other.vector().covers(&known))] += 1;
        bob.refresh(at(10)).unwrap();
        assert_eq!(bob.undo_label(), Some("Bob"), "it is still his");
        edit(&mut bob, "More", 11, &name("search", "Bob's more"));
        bob.publish(at(12)).unwrap();
        one.refresh(at(13)).unwrap();
        other.refresh(at(14)).unwrap();
        for store in [&one, &other, &bob] {
            let map = &store.project().map;
            assert_eq!(
                ["tv", "shop", "search"].map(|id| name_of(map, id)),
                [&format!("One {attempt}"), "Other", "Bob's more"]
            );
            assert_eq!(store.history().unwrap().len(), 5, "each step once");
            assert_eq!(store.vector(), one.vector());
        }
        assert_eq!(read(&path).unwrap(), *one.project());
    }
    assert!(ways[0] > 0 && ways[1] > 0, "both ways round: {ways:?}");
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn different_projects_are_not_merged() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    let bare = desk.path("bare.backcast");
    ann.write_copy_without_history(&bare, Existing::Refuse, at(2))
        .unwrap();
    let outcome = merge(
        &path,
        &bare,
        &desk.path("out.backcast"),
        Existing::Refuse,
        at(3),
    );
    assert!(matches!(outcome, Err(StoreError::DifferentProjects { .. })));
    assert!(matches!(
        ann.merge(&bare, at(3)),
        Err(StoreError::DifferentProjects { .. })
    ));
}

#[test]
fn two_people_on_one_drive_take_each_other_in() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    let mut bob = Store::open(&desk.computer("Bob"), &path, at(2)).unwrap();
    for round in 0..5 {
        edit(
            &mut ann,
            "Rename TV",
            10 + round,
            &name("tv", &format!("TV {round}")),
        );
        edit(
            &mut bob,
            "Rename shop",
            10 + round,
            &name("shop", &format!("Shop {round}")),
        );
        ann.publish(at(20)).unwrap();
        bob.publish(at(21)).unwrap();
        let seen = ann.refresh(at(22)).unwrap().unwrap();
        assert_eq!(seen.changes.len(), 1, "{:?}", seen.changes);
        assert_eq!(ann.project(), bob.project());
        assert!(ann.is_published() && bob.is_published());
        assert_eq!(ann.refresh(at(23)).unwrap(), None);
    }
    assert_eq!(&read(&path).unwrap(), ann.project());
}

#[test]
fn an_edited_copy_that_was_closed_unites_with_what_came_meanwhile() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    edit(&mut ann, "Rename TV", 3, &name("tv", "Television"));
    drop(ann);
    let mut bob = Store::open(&desk.computer("Bob"), &path, at(4)).unwrap();
    edit(&mut bob, "Rename shop", 5, &name("shop", "Store"));
    bob.publish(at(6)).unwrap();
    let mut ann = Store::open(&desk.computer("Ann"), &path, at(7)).unwrap();
    assert_eq!(
        ann.take_notices(),
        [Notice::ChangedUnderneath { kept: None }]
    );
    assert_eq!(
        [
            name_of(&ann.project().map, "tv"),
            name_of(&ann.project().map, "shop")
        ],
        ["Television", "Store"]
    );
    assert!(!ann.is_published());
}

#[test]
fn an_older_file_put_back_is_shown_and_the_newer_state_kept() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    let old = fs::read(&path).unwrap();
    edit(&mut ann, "Rename TV", 3, &name("tv", "Television"));
    ann.publish(at(4)).unwrap();
    drop(ann);
    fs::write(&path, &old).unwrap();
    let mut ann = Store::open(&desk.computer("Ann"), &path, at(5)).unwrap();
    assert_eq!(name_of(&ann.project().map, "tv"), "TV spot");
    let notices = ann.take_notices();
    let [Notice::ChangedUnderneath { kept: Some(kept) }] = &notices[..] else {
        panic!("{notices:?}")
    };
    assert_eq!(name_of(&read(kept).unwrap().map, "tv"), "Television");
    edit(&mut ann, "Rename TV", 6, &name("tv", "Telly"));
    ann.publish(at(7)).unwrap();
    ann.merge(kept, at(8)).unwrap();
    assert_eq!(ann.conflicts().len(), 1, "both went on from the old state");
}

#[test]
fn versions_are_looked_at_compared_and_restored() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    let first = ann.keep_version("Pitch", at(2)).unwrap();
    assert!(!ann.is_published(), "a name is content too");
    edit(&mut ann, "Rename TV", 3, &name("tv", "Television"));
    edit(
        &mut ann,
        "Move",
        4,
        r#"[{"op":"set","entity":"touchpoint","id":"shop","field":"position","value":[1,2]}]"#,
    );
    edit(
        &mut ann,
        "Retarget",
        5,
        r#"[{"op":"set","entity":"link","id":"last","field":"to","value":"tv"},{"op":"delete","entity":"dismissal","id":"dead-end:tv"}]"#,
    );
    edit(&mut ann, "Next day", 100_000, &name("search", "Find"));
    ann.publish(at(100_001)).unwrap();
    let names: Vec<_> = ann
        .versions()
        .into_iter()
        .map(|version| (version.name, version.automatic))
        .collect();
    assert_eq!(
        names,
        [("Pitch".to_owned(), false), ("2026-11-18".to_owned(), true)]
    );
    assert_eq!(ProjectFile::read(&path).unwrap().versions().len(), 2);

    let pitch = ann.map_at(&first.vector).unwrap();
    assert_eq!(pitch, sample().map);
    let compared = compare(&pitch, &ann.project().map);
    let words: Vec<_> = compared
        .iter()
        .map(|row| (row.id.as_str(), row.differences.clone()))
        .collect();
    assert_eq!(
        words,
        [
            ("tv", vec![Difference::Renamed]),
            ("search", vec![Difference::Renamed]),
            ("shop", vec![Difference::LaidOut]),
            ("last", vec![Difference::Retargeted]),
            ("dead-end:tv", vec![Difference::Removed]),
        ]
    );
    assert!(compared[2].is_layout_only());
    let before = ann.project().clone();
    ann.restore(&pitch, "Restore \u{201c}Pitch\u{201d}", at(100_002))
        .unwrap();
    assert_eq!(ann.project().map, pitch);
    ann.undo(at(100_003)).unwrap();
    assert_eq!(ann.project(), &before);
}

#[test]
fn a_conflicted_copy_beside_the_file_is_noticed_and_taken_in() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    for name in [
        "plan (Bob's conflicted copy 2026-11-22).backcast",
        "PLAN (1).BACKCAST",
    ] {
        let copy = desk.path(name);
        fs::copy(&path, &copy).unwrap();
        assert_eq!(ann.conflicted_copies(), std::slice::from_ref(&copy));
        fs::remove_file(&copy).unwrap();
    }
    let copy = desk.path("plan (Bob's conflicted copy 2026-11-22).backcast");
    fs::copy(&path, &copy).unwrap();
    let mut bob = Store::open(&desk.computer("Bob"), &copy, at(2)).unwrap();
    edit(&mut bob, "Rename shop", 3, &name("shop", "Store"));
    bob.publish(at(4)).unwrap();
    fs::write(desk.path("plan b.backcast"), "something else").unwrap();
    ann.write_copy_without_history(&desk.path("plan bare.backcast"), Existing::Refuse, at(4))
        .unwrap();
    assert_eq!(ann.conflicted_copies(), std::slice::from_ref(&copy));
    ann.merge(&copy, at(5)).unwrap();
    assert_eq!(name_of(&ann.project().map, "shop"), "Store");
    assert!(copy.exists());
}

#[test]
fn people_see_who_else_has_the_file_open() {
    let desk = Desk::new();
    let (mut ann, path) = published(&desk);
    let mut bob = Store::open(&desk.computer("Bob"), &path, at(2)).unwrap();
    assert_eq!(ann.meet_others(at(3)), []);
    let met: Vec<_> = bob
        .meet_others(at(4))
        .into_iter()
        .map(|other| (other.author, other.since))
        .collect();
    assert_eq!(met, [("Ann".to_owned(), at(3))]);
    let met: Vec<_> = ann
        .meet_others(at(5))
        .into_iter()
        .map(|other| (other.author, other.since))
        .collect();
    assert_eq!(met, [("Bob".to_owned(), at(4))]);
    drop(bob);
    assert_eq!(ann.meet_others(at(6)), []);
    drop(ann);
    let left: Vec<_> = fs::read_dir(desk.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains(".open-")),
        "{left:?}"
    );
}
