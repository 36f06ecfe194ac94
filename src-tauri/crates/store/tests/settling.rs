//! Settling conflicts: what may be written, and what comes back with a row that is kept.
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
