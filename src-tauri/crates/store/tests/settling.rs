//! Settling conflicts: what may be written, what comes back with a row that is kept, and what undo
//! leaves in the list.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use backcast_store::Store;
use serde_json::json;
use support::{Desk, at, edit, name, name_of, two};

const DELETE_TV: &str = r#"[{"op":"delete","entity":"touchpoint","id":"tv"}]"#;

#[test]
fn what_is_kept_gets_back_what_its_deletion_took_along() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    let (stages, links) = (
        |store: &Store| -> Vec<_> {
            let rows = store.project().map.touchpoints.iter();
            rows.map(|row| row.stage.clone()).collect()
        },
        |store: &Store| {
            store
                .project()
                .map
                .links
                .iter()
                .cloned()
                .collect::<Vec<_>>()
        },
    );
    let before = (stages(&ann), links(&ann));
    let renamed = r#"[{"op":"set","entity":"stage","id":"buy","field":"name","value":"Purchase"}]"#;
    edit(&mut ann, "Rename stage", 3, renamed);
    edit(&mut ann, "Rename TV", 4, &name("tv", "Television"));
    let deleted = r#"[{"op":"delete","entity":"stage","id":"buy"}]"#;
    edit(&mut bob, "Delete stage", 5, deleted);
    edit(&mut bob, "Delete TV", 6, DELETE_TV);
    bob.publish(at(7)).unwrap();
    ann.merge(bob.path().unwrap(), at(8)).unwrap();
    assert_ne!(
        (stages(&ann), links(&ann)),
        before,
        "the deletion took something along"
    );
    while let Some(conflict) = ann.conflicts().first().cloned() {
        assert_eq!(conflict.field, "");
        ann.resolve(&conflict, &conflict.chosen.value, at(9))
            .unwrap();
    }
    assert_eq!((stages(&ann), links(&ann)), before);
    assert_eq!(name_of(&ann.project().map, "tv"), "Television");
}

#[test]
fn a_conflict_is_not_settled_with_what_refers_to_nothing() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    let stage = |stage: &str| {
        format!(
            r#"[{{"op":"set","entity":"touchpoint","id":"search","field":"stage","value":{stage}}}]"#
        )
    };
    edit(&mut bob, "Restage", 3, &stage("\"buy\""));
    edit(&mut ann, "Restage", 4, &stage("null"));
    edit(
        &mut ann,
        "Delete stage",
        5,
        r#"[{"op":"delete","entity":"stage","id":"buy"}]"#,
    );
    edit(&mut ann, "Rename", 6, &name("search", "Found"));
    edit(&mut ann, "Restage", 7, &stage("\"discover\""));
    edit(&mut ann, "Restage", 8, &stage("null"));
    bob.publish(at(9)).unwrap();
    ann.merge(bob.path().unwrap(), at(10)).unwrap();
    let lost = |conflict: &&backcast_store::Conflict| conflict.field == "stage";
    let Some(conflict) = ann.conflicts().iter().find(lost).cloned() else {
        panic!("both wrote the stage: {:?}", ann.conflicts());
    };
    let before = ann.project().clone();
    let refused = ann.resolve(&conflict, &json!("buy"), at(11)).unwrap_err();
    assert!(refused.to_string().contains("buy"), "{refused}");
    assert_eq!(*ann.project(), before);
}

/// Whoever takes a step back does not decide about what others wrote beside it.
#[test]
fn rule_5_undo_and_redo_leave_what_others_wrote_beside_the_step_in_the_list() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    edit(&mut ann, "Reprice", 3, PRICE);
    edit(&mut ann, "Rename TV", 4, &name("tv", "Ann's"));
    edit(&mut bob, "Rename TV", 5, &name("tv", "Bob's"));
    bob.publish(at(6)).unwrap();
    ann.merge(bob.path().unwrap(), at(7)).unwrap();
    assert_eq!(sides(&ann), ("Ann's".into(), vec!["Bob's".into()]));
    ann.undo(at(8)).unwrap().unwrap();
    assert_eq!(sides(&ann), ("TV spot".into(), vec!["Bob's".into()]));
    ann.redo(at(9)).unwrap().unwrap();
    assert_eq!(sides(&ann), ("Ann's".into(), vec!["Bob's".into()]));
    // Taking a settlement back opens what it settled.
    let conflict = ann.conflicts()[0].clone();
    ann.resolve(&conflict, &conflict.others[0].value, at(10))
        .unwrap();
    assert_eq!(ann.conflicts(), []);
    ann.undo(at(11)).unwrap().unwrap();
    assert_eq!(sides(&ann), ("Ann's".into(), vec!["Bob's".into()]));
    ann.publish(at(12)).unwrap();
    bob.merge(ann.path().unwrap(), at(13)).unwrap();
    assert_eq!(bob.conflicts(), ann.conflicts());
    let path = ann.path().unwrap().to_path_buf();
    drop(ann);
    let mut ann = Store::open(&desk.computer("Ann"), &path, at(14)).unwrap();
    assert_eq!(ann.conflicts(), bob.conflicts());
    edit(&mut ann, "Rename TV", 15, &name("tv", "Settled"));
    assert_eq!(ann.conflicts(), []);
}

const PRICE: &str =
    r#"[{"op":"set","entity":"touchpoint","id":"search","field":"budget","value":7}]"#;

/// The only conflict: what is kept and what lost.
fn sides(store: &Store) -> (serde_json::Value, Vec<serde_json::Value>) {
    let [conflict] = store.conflicts() else {
        panic!("{:?}", store.conflicts());
    };
    let others = conflict.others.iter().map(|side| side.value.clone());
    assert_eq!(
        name_of(&store.project().map, "tv"),
        conflict.chosen.value.as_str().unwrap()
    );
    (conflict.chosen.value.clone(), others.collect())
}

/// Both dismissed the same gap, or linked the same cards: one's undo does not take the other's away.
#[test]
fn rule_5_undo_keeps_a_row_that_others_inserted_too() {
    let link = r#"[{"op":"insert","entity":"link","value":{"from":"tv","to":"shop"}}]"#;
    let named =
        r#"[{"op":"insert","entity":"link","value":{"from":"tv","to":"shop","cta":"Call"}}]"#;
    for theirs in [link, named] {
        let desk = Desk::new();
        let (mut ann, mut bob) = two(&desk);
        edit(&mut bob, "Link", 3, theirs);
        edit(&mut ann, "Link", 4, link);
        bob.publish(at(5)).unwrap();
        ann.merge(bob.path().unwrap(), at(6)).unwrap();
        let links = ann.project().map.links.len();
        let conflicts = ann.conflicts().to_vec();
        ann.undo(at(7)).unwrap();
        assert_eq!(ann.project().map.links.len(), links, "{theirs}");
        assert_eq!(ann.conflicts(), conflicts, "{theirs}");
    }
}

/// Both inserted the same row; one deletes it, inserts it anew, and takes both back: it is as contested as it was.
#[test]
fn inserting_a_contested_row_anew_settles_nothing_once_it_is_taken_back() {
    let insert = |name: &str| {
        format!(
            r#"[{{"op":"insert","entity":"touchpoint","value":{{"id":"radio","name":"{name}","kind":"driver"}}}}]"#
        )
    };
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    edit(&mut bob, "Add", 3, &insert("Bob's radio"));
    edit(&mut ann, "Add", 4, &insert("Ann's radio"));
    bob.publish(at(5)).unwrap();
    ann.merge(bob.path().unwrap(), at(6)).unwrap();
    let sides = |store: &Store| -> Vec<_> {
        let of = |conflict: &backcast_store::Conflict| {
            let others = conflict.others.iter().map(|side| side.value.clone());
            let chosen = conflict.chosen.value.clone();
            (conflict.field.clone(), chosen, others.collect::<Vec<_>>())
        };
        store.conflicts().iter().map(of).collect()
    };
    let listed = sides(&ann);
    assert!(
        listed.iter().any(|(field, ..)| field == "name"),
        "{listed:?}"
    );
    let delete = r#"[{"op":"delete","entity":"touchpoint","id":"radio"}]"#;
    edit(&mut ann, "Delete", 7, delete);
    edit(&mut ann, "Add", 8, &insert("Another radio"));
    ann.undo(at(9)).unwrap().unwrap();
    ann.undo(at(10)).unwrap().unwrap();
    assert_eq!(sides(&ann), listed);
}

/// Settled by deleting the row, and that taken back: it is open again, also after the file was opened anew.
#[test]
fn taking_a_settling_deletion_back_opens_the_conflict_again() {
    let desk = Desk::new();
    let (mut ann, mut bob) = two(&desk);
    edit(
        &mut bob,
        "Delete",
        3,
        r#"[{"op":"delete","entity":"touchpoint","id":"tv"}]"#,
    );
    edit(&mut bob, "Rename shop", 3, &name("shop", "Bob's shop"));
    bob.publish(at(4)).unwrap();
    edit(&mut ann, "Rename TV", 5, &name("tv", "Television"));
    edit(&mut ann, "Rename shop", 5, &name("shop", "Ann's shop"));
    ann.merge(bob.path().unwrap(), at(6)).unwrap();
    let listed = ann.conflicts().to_vec();
    let deletion = listed.iter().find(|one| one.field.is_empty()).unwrap();
    ann.resolve(deletion, &serde_json::Value::Null, at(7))
        .unwrap();
    assert_eq!(ann.conflicts().len(), listed.len() - 1);
    // Clocks tell more than a file keeps.
    let undone_at = at(8) + jiff::SignedDuration::from_nanos(123_456_789);
    ann.undo(undone_at).unwrap();
    let told = ann.conflicts().to_vec();
    let places = |of: &[backcast_store::Conflict]| -> Vec<_> {
        of.iter()
            .map(|one| (one.entity, one.id.clone(), one.field.clone()))
            .collect()
    };
    assert_eq!(places(&told), places(&listed));
    let path = ann.path().unwrap().to_path_buf();
    ann.publish(at(9)).unwrap();
    drop(ann);
    let again = Store::open(&desk.computer("Ann"), &path, at(10)).unwrap();
    assert_eq!(again.conflicts(), told);
}
