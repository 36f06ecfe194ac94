//! What edits do to a map, and the law that taking changes back restores it.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_model::change::revert;
use backcast_model::edit::{Applied, RefusedEdit, apply, apply_held};
use backcast_model::{Edit, Entity, Id, Map, MapProperties, RowChange};
use proptest::prelude::*;
use serde_json::{Value, json};

fn edits(text: Value) -> Vec<Edit> {
    serde_json::from_value(text).unwrap()
}

fn run(map: &Map, text: Value) -> Result<Applied, RefusedEdit> {
    let mut count = 0;
    apply(map, &edits(text), &mut |name| {
        count += 1;
        Id::from_name(name, &format!("n{count}"))
    })
}

fn start() -> Map {
    let map = Map::new(MapProperties::titled("Test"));
    let applied = run(
        &map,
        json!([
            {"op": "insert", "entity": "stage", "value": {"id": "discover", "name": "Discover", "moment": "aware"}},
            {"op": "insert", "entity": "stage", "value": {"id": "buy", "name": "Buy", "moment": "buying"}},
            {"op": "insert", "entity": "audience", "value": {"id": "all", "name": "Everybody"}},
            {"op": "insert", "entity": "system", "value": {"id": "shop", "name": "Shop"}},
            {"op": "insert", "entity": "system", "value": {"id": "crm", "name": "CRM", "exchanges_with": ["shop"]}},
            {"op": "insert", "entity": "link", "value": {"from": "tv", "to": "store"}},
            {"op": "insert", "entity": "touchpoint", "value":
                {"id": "tv", "name": "TV", "kind": "driver", "stage": "discover", "audiences": ["all"], "x_own": [1, {"a": null}]}},
            {"op": "insert", "entity": "touchpoint", "value":
                {"id": "store", "name": "Store", "kind": "destination", "stage": "buy", "system": "shop", "budget": 12.5}},
        ]),
    );
    applied.unwrap().map
}

#[test]
fn edits_of_one_batch_may_refer_to_each_other() {
    let map = start();
    assert_eq!(
        map.links.ids().map(Id::as_str).collect::<Vec<_>>(),
        ["tv->store"]
    );
    assert_eq!(
        map.touchpoints.get("tv").unwrap().unknown["x_own"],
        json!([1, {"a": null}])
    );
}

#[test]
fn deleting_takes_along_what_cannot_be_without() {
    let map = start();
    let gone = run(
        &map,
        json!([{"op": "delete", "entity": "touchpoint", "id": "tv"}]),
    )
    .unwrap();
    assert!(gone.map.links.is_empty());
    let gone = run(
        &map,
        json!([
            {"op": "delete", "entity": "stage", "id": "discover"},
            {"op": "delete", "entity": "audience", "id": "all"},
            {"op": "delete", "entity": "system", "id": "shop"},
        ]),
    )
    .unwrap();
    let tv = gone.map.touchpoints.get("tv").unwrap();
    assert_eq!((tv.stage.clone(), tv.audiences.len()), (None, 0));
    assert_eq!(gone.map.touchpoints.get("store").unwrap().system, None);
    assert!(
        gone.map
            .systems
            .get("crm")
            .unwrap()
            .exchanges_with
            .is_empty()
    );
}

#[test]
fn rows_without_an_id_are_given_one() {
    let map = start();
    let applied = run(
        &map,
        json!([
            {"op": "insert", "entity": "touchpoint", "value": {"name": "E-mail, weekly", "kind": "driver"}},
            {"op": "insert", "entity": "link", "value": {"from": "tv", "to": "store"}},
            {"op": "insert", "entity": "dismissal", "value": {"rule": "dead-end", "subjects": ["tv"], "reason": "on purpose"}},
        ]),
    );
    let ids: Vec<_> = applied
        .unwrap()
        .inserted
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(ids, ["e-mail-weekly-n1", "tv->store#2", "dead-end:tv"]);
}

#[test]
fn moving_changes_the_order_and_nothing_else() {
    let map = start();
    let moved = run(
        &map,
        json!([{"op": "move", "entity": "stage", "id": "buy", "after": ""}]),
    )
    .unwrap();
    assert_eq!(
        moved.map.stages.ids().map(Id::as_str).collect::<Vec<_>>(),
        ["buy", "discover"]
    );
    assert_eq!(moved.changes.len(), 1);
}

#[test]
fn writing_what_is_there_already_changes_nothing() {
    let map = start();
    let applied = run(
        &map,
        json!([{"op": "set", "entity": "touchpoint", "id": "store", "field": "budget", "value": 12.50}]),
    );
    assert!(applied.unwrap().changes.is_empty());
}

#[test]
fn refused_batches_name_the_edit_the_row_and_the_field() {
    let map = start();
    let cases = [
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "tv", "field": "nmae", "value": "x"}]),
            "has no field \u{201c}nmae\u{201d}",
        ),
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "nobody", "field": "name", "value": "x"}]),
            "is not in this map",
        ),
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "tv", "field": "id", "value": "x"}]),
            "what names a row cannot change",
        ),
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "tv", "field": "name", "value": null}]),
            "name: this is required and missing",
        ),
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "tv", "field": "budget", "value": -1}]),
            "money is a number from 0",
        ),
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "tv", "field": "stage", "value": "no"}]),
            "there is no stage",
        ),
        (
            json!([{"op": "set", "entity": "map", "field": "starts_on", "value": "soon"}]),
            "a date is written like",
        ),
        (
            json!([{"op": "insert", "entity": "touchpoint", "value": {"id": "tv", "name": "x", "kind": "driver"}}]),
            "this id is taken",
        ),
        (
            json!([{"op": "insert", "entity": "touchpoint", "value": {"id": "", "name": "x", "kind": "driver"}}]),
            "an id is not empty",
        ),
        (
            json!([{"op": "insert", "entity": "link", "value": {"from": "tv", "to": "no"}}]),
            "there is no touchpoint",
        ),
        (
            json!([{"op": "insert", "entity": "map", "value": {"title": "x"}}]),
            "already has its map",
        ),
        (
            json!([{"op": "delete", "entity": "map", "id": "map"}]),
            "cannot be deleted",
        ),
        (
            json!([{"op": "move", "entity": "stage", "id": "buy", "after": "no"}]),
            "to come behind",
        ),
    ];
    for (batch, reason) in cases {
        let refused = run(&map, batch.clone()).unwrap_err().to_string();
        assert!(
            refused.contains(reason) && refused.starts_with("edit 1: "),
            "{batch}: {refused}"
        );
    }
    let second = json!([
        {"op": "set", "entity": "map", "field": "title", "value": "New"},
        {"op": "insert", "entity": "touchpoint", "value": {"name": "x", "kind": "driver", "audiences": ["all", "none"]}},
    ]);
    let refused = run(&map, second).unwrap_err();
    assert_eq!(
        (refused.number, refused.refusal.field.as_str()),
        (2, "audiences/1")
    );
}

#[test]
fn undoing_keeps_what_others_wrote_since() {
    let map = start();
    let first = run(&map, json!([{"op": "set", "entity": "touchpoint", "id": "tv", "field": "name", "value": "Mine"}])).unwrap();
    let mut later = run(&first.map, json!([{"op": "set", "entity": "touchpoint", "id": "tv", "field": "name", "value": "Theirs"}])).unwrap().map;
    assert!(revert(&mut later, &first.changes).is_empty());
    assert_eq!(later.touchpoints.get("tv").unwrap().name, "Theirs");
}

#[test]
fn undoing_an_insertion_keeps_a_row_that_others_wrote_or_linked_to_since() {
    let insert =
        |entity: &str, value: Value| json!([{"op": "insert", "entity": entity, "value": value}]);
    let set = |entity: &str, id: &str, field: &str, value: Value| json!([{"op": "set", "entity": entity, "id": id, "field": field, "value": value}]);
    let mail = insert(
        "touchpoint",
        json!({"id": "mail", "name": "Mail", "kind": "driver"}),
    );
    for (mine, theirs, kept) in [
        (
            mail.clone(),
            set("touchpoint", "mail", "cta", json!("Reply")),
            (Entity::Touchpoint, "mail"),
        ),
        (
            mail.clone(),
            insert("link", json!({"from": "mail", "to": "store"})),
            (Entity::Touchpoint, "mail"),
        ),
        (
            mail,
            json!([{"op": "move", "entity": "touchpoint", "id": "mail", "after": ""}]),
            (Entity::Touchpoint, "mail"),
        ),
        (
            insert("stage", json!({"id": "share", "name": "Share"})),
            set("touchpoint", "tv", "stage", json!("share")),
            (Entity::Stage, "share"),
        ),
        (
            insert("audience", json!({"id": "few", "name": "Few"})),
            set("touchpoint", "tv", "audiences", json!(["few"])),
            (Entity::Audience, "few"),
        ),
        (
            insert("system", json!({"id": "till", "name": "Till"})),
            set("touchpoint", "tv", "system", json!("till")),
            (Entity::System, "till"),
        ),
    ] {
        let first = run(&start(), mine.clone()).unwrap();
        let later = run(&first.map, theirs.clone()).unwrap();
        let mut map = later.map.clone();
        assert!(revert(&mut map, &first.changes).is_empty(), "{theirs}");
        assert!(map.contains(kept.0, kept.1));
        // When the others take their step back, nothing is in the way any more.
        revert(&mut map, &later.changes);
        assert!(!revert(&mut map, &first.changes).is_empty(), "{theirs}");
        assert_eq!(map, start());
    }
}

#[test]
fn rows_inserted_in_one_step_go_together_in_whatever_order_they_came() {
    let step = json!([
        {"op": "insert", "entity": "link", "value": {"from": "a", "to": "b"}},
        {"op": "insert", "entity": "touchpoint", "value": {"id": "a", "name": "A", "kind": "driver", "stage": "new", "system": "one"}},
        {"op": "insert", "entity": "touchpoint", "value": {"id": "b", "name": "B", "kind": "driver"}},
        {"op": "insert", "entity": "stage", "value": {"id": "new", "name": "New"}},
        {"op": "insert", "entity": "system", "value": {"id": "one", "name": "One", "exchanges_with": ["two"]}},
        {"op": "insert", "entity": "system", "value": {"id": "two", "name": "Two", "exchanges_with": ["one"]}},
    ]);
    let applied = run(&start(), step).unwrap();
    let mut map = applied.map.clone();
    let undone = revert(&mut map, &applied.changes);
    assert_eq!(map, start());
    revert(&mut map, &undone);
    assert_eq!(map, applied.map);
}

#[test]
fn a_step_that_refers_to_nothing_on_the_way_is_taken_back_whole() {
    let staged = start();
    let unstaged = run(
        &staged,
        json!([{"op": "delete", "entity": "stage", "id": "discover"}]),
    );
    let unstaged = unstaged.unwrap().map;
    let step = json!([
        {"op": "set", "entity": "touchpoint", "id": "tv", "field": "stage", "value": "discover"},
        {"op": "delete", "entity": "touchpoint", "id": "tv"},
    ]);
    if let Ok(applied) = run(&unstaged, step) {
        let mut map = applied.map;
        revert(&mut map, &applied.changes);
        assert_eq!(map, unstaged);
    }
}

#[test]
fn undoing_a_deletion_never_leaves_a_link_in_the_air() {
    let map = start();
    let link = run(
        &map,
        json!([{"op": "delete", "entity": "link", "id": "tv->store"}]),
    )
    .unwrap();
    let mut later = run(
        &link.map,
        json!([{"op": "delete", "entity": "touchpoint", "id": "tv"}]),
    )
    .unwrap()
    .map;
    assert!(revert(&mut later, &link.changes).is_empty());
    assert!(later.links.is_empty());
}

/// A batch may delete a row and insert another under its id, with something in between that refers to it.
#[test]
fn undoing_a_replacement_brings_back_what_was_replaced() {
    let map = start();
    let replaced = run(
        &map,
        json!([
            {"op": "delete", "entity": "touchpoint", "id": "store"},
            {"op": "insert", "entity": "link", "value": {"from": "tv", "to": "store"}},
            {"op": "insert", "entity": "touchpoint", "value": {"id": "store", "name": "Other", "kind": "driver"}},
        ]),
    )
    .unwrap();
    let mut back = replaced.map.clone();
    let undone = revert(&mut back, &replaced.changes);
    assert_eq!(back, map);
    revert(&mut back, &undone);
    assert_eq!(back, replaced.map);
}

fn any_edit() -> impl Strategy<Value = Value> {
    let id = prop::sample::select(vec!["tv", "store", "search", "mail"]);
    prop_oneof![
        id.clone().prop_map(|id| json!({"op": "insert", "entity": "touchpoint", "value": {"id": id, "name": id, "kind": "driver"}})),
        (id.clone(), id.clone()).prop_map(|(from, to)| json!({"op": "insert", "entity": "link", "value": {"from": from, "to": to}})),
        (id.clone(), prop::option::of("[a-z]{0,4}")).prop_map(|(id, cta)| json!({"op": "set", "entity": "touchpoint", "id": id, "field": "cta", "value": cta})),
        (id.clone(), prop::option::of(prop::sample::select(vec!["discover", "buy"])))
            .prop_map(|(id, stage)| json!({"op": "set", "entity": "touchpoint", "id": id, "field": "stage", "value": stage})),
        id.clone().prop_map(|id| json!({"op": "delete", "entity": "touchpoint", "id": id})),
        (id.clone(), id).prop_map(|(id, after)| json!({"op": "move", "entity": "touchpoint", "id": id, "after": after})),
        prop::sample::select(vec!["discover", "buy"]).prop_map(|id| json!({"op": "delete", "entity": "stage", "id": id})),
        Just(json!({"op": "delete", "entity": "audience", "id": "all"})),
        Just(json!({"op": "set", "entity": "map", "field": "theme", "value": "Other"})),
    ]
}

proptest! {
    /// Undo everything leads to the start, redo everything to the end, row by row and byte by byte.
    #[test]
    fn taking_changes_back_restores_the_map(batches in prop::collection::vec(prop::collection::vec(any_edit(), 1..4), 0..12)) {
        let first = start();
        let mut map = first.clone();
        let mut steps: Vec<Vec<RowChange>> = Vec::new();
        for batch in batches {
            if let Ok(applied) = run(&map, Value::Array(batch)) {
                prop_assert!(applied.map.links.iter().all(|link| applied.map.contains(Entity::Touchpoint, link.from.as_str())));
                steps.push(applied.changes);
                map = applied.map;
            }
        }
        let last = map.clone();
        let undone: Vec<_> = steps.iter().rev().map(|changes| revert(&mut map, changes)).collect();
        prop_assert_eq!(&map, &first);
        for changes in undone.iter().rev() {
            revert(&mut map, changes);
        }
        prop_assert_eq!(&map, &last);
    }

    #[test]
    fn changes_survive_their_text(batch in prop::collection::vec(any_edit(), 1..4)) {
        if let Ok(applied) = run(&start(), Value::Array(batch)) {
            let text = serde_json::to_string(&applied.changes).unwrap();
            prop_assert_eq!(serde_json::from_str::<Vec<RowChange>>(&text).unwrap(), applied.changes);
        }
    }
}

/// What the text form refuses is refused as an edit too, or a file that was written could not be read again.
#[test]
fn figures_out_of_range_and_moments_that_are_none_are_refused() {
    let refused = [
        (
            json!({"op": "set", "entity": "map", "field": "rules", "value": {"channel-dominates": {"max_share": -1}}}),
            "rules/channel-dominates/max_share: a number from 0 to 1",
        ),
        (
            json!({"op": "insert", "entity": "dismissal", "value": {"rule": "dead-end", "reason": "", "at": "yesterday"}}),
            "at: a moment is written like",
        ),
        (
            json!({"op": "set", "entity": "dismissal", "id": "no-theme:", "field": "at", "value": "yesterday"}),
            "at: a moment is written like",
        ),
    ];
    let dismissed = json!([{"op": "insert", "entity": "dismissal", "value": {"rule": "no-theme", "reason": ""}}]);
    let map = run(&start(), dismissed).unwrap().map;
    for (edit, reason) in refused {
        let error = run(&map, json!([edit])).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

/// A figure that a file holds out of its range keeps nobody from setting another rule, and is taken when somebody settles
/// for it.
#[test]
fn a_figure_that_was_there_already_may_stay() {
    let figure = json!({"max_share": -1});
    let mut properties = MapProperties::titled("Old");
    let setting = serde_json::from_value(figure.clone()).unwrap();
    properties
        .rules
        .insert("channel-dominates".to_owned(), setting);
    let set = |figure: Value| {
        json!([{"op": "set", "entity": "map", "field": "rules", "value":
        {"channel-dominates": figure, "dead-end": {"enabled": false}}}])
    };
    let map = Map::new(properties);
    assert!(run(&map, set(figure)).is_ok());
    let other = set(json!({"max_share": -2}));
    assert!(run(&map, other.clone()).is_err());
    let other: Vec<Edit> = serde_json::from_value(other).unwrap();
    let held = apply_held(&map, &other, &mut |name| Id::derived(name)).unwrap();
    let share = &held.map.properties.rules["channel-dominates"].thresholds["max_share"];
    assert_eq!(*share, -2);
}
