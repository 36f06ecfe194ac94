//! Over how many steps stages are spread, and who stands in which.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_layout::{Geometry, Layout, Place, lay_out};
use backcast_model::edit::apply;
use backcast_model::{Edit, Id, Map, MapProperties};
use serde_json::{Value, json};

/// A map of these links, of stages `one` and `two` if any; all stands in the first, with `bystanders` that have no link.
fn drawn(ends: &[(&str, &str)], destination: &str, bystanders: usize, staged: bool) -> Map {
    let mut touchpoints: Vec<String> = (0..bystanders)
        .map(|at| format!("bystander {at}"))
        .collect();
    touchpoints.extend(
        ends.iter()
            .flat_map(|(from, to)| [(*from).to_owned(), (*to).to_owned()]),
    );
    touchpoints.sort_unstable();
    touchpoints.dedup();
    let stage = staged.then_some("one");
    let stages = ["one", "two"].into_iter().filter(|_| staged);
    let insert =
        |entity: &str, value: Value| json!({"op": "insert", "entity": entity, "value": value});
    let stages = stages.map(|id| insert("stage", json!({"id": id, "name": id})));
    let touchpoints = touchpoints.iter().map(|id| {
        let kind = if id == destination {
            "destination"
        } else {
            "driver"
        };
        let mut value = json!({"id": id, "name": id, "kind": kind});
        if let Some(stage) = stage {
            value["stage"] = json!(stage);
        }
        insert("touchpoint", value)
    });
    let links = ends.iter().map(|(from, to)| {
        insert(
            "link",
            json!({"id": format!("{from}{to}"), "from": from, "to": to}),
        )
    });
    let edits: Vec<Value> = stages.chain(touchpoints).chain(links).collect();
    let edits: Vec<Edit> = serde_json::from_value(json!(edits)).unwrap();
    let empty = Map::new(MapProperties::titled("Test"));
    let applied = apply(&empty, &edits, &mut |name| Id::from_name(name, "x"));
    applied.unwrap().map
}

fn place<'a>(layout: &'a Layout, id: &str) -> &'a Place {
    let is_it = |place: &&Place| place.touchpoint.as_str() == id;
    layout.cards.iter().find(is_it).unwrap()
}

const CHAIN: [(&str, &str); 4] = [
    ("tv", "search"),
    ("poster", "search"),
    ("search", "shop"),
    ("mail", "shop"),
];

/// So many that one column of them would be higher than the picture is wide, also over two steps.
const MANY: usize = 40;

#[test]
fn a_stage_is_one_column_while_the_picture_is_wider_than_high() {
    let geometry = Geometry::default();
    let layout = lay_out(&drawn(&CHAIN, "shop", 0, true), &geometry);
    for column in &layout.columns {
        assert_eq!(column.width, geometry.card_width);
    }
    let links_down = |(from, to): &&(&str, &str)| place(&layout, from).y < place(&layout, to).y;
    let down = CHAIN.iter().filter(links_down).count();
    assert!(down >= 2, "as many lead down as up, or more: {down} of 4");
}

#[test]
fn in_a_high_stage_a_driver_stands_left_of_what_it_drives() {
    let geometry = Geometry::default();
    let layout = lay_out(&drawn(&CHAIN, "shop", MANY, true), &geometry);
    for (from, to) in CHAIN {
        let (from, to) = (place(&layout, from), place(&layout, to));
        assert!(from.x < to.x, "{from:?} leads to {to:?}");
    }
    assert_eq!(
        layout.columns[0].width,
        3.0 * geometry.card_width + 2.0 * geometry.step_gap
    );
    assert_eq!(
        layout.columns[1].width, geometry.card_width,
        "an empty stage has a column of normal width"
    );
}

#[test]
fn a_stage_is_spread_no_further_than_it_takes() {
    let geometry = Geometry::default();
    let layout = lay_out(&drawn(&CHAIN, "shop", 6, true), &geometry);
    assert_eq!(
        layout.columns[0].width,
        2.0 * geometry.card_width + geometry.step_gap
    );
}

#[test]
fn a_circle_is_broken_behind_its_destination() {
    let ends = [("order", "mail"), ("mail", "visit"), ("visit", "order")];
    let layout = lay_out(&drawn(&ends, "order", MANY, true), &Geometry::default());
    let x = |id| place(&layout, id).x;
    assert!(x("mail") < x("visit") && x("visit") < x("order"));
}

#[test]
fn without_stages_columns_are_distances_from_the_destinations() {
    let ends = [
        ("tv", "search"),
        ("search", "shop"),
        ("banner", "shop"),
        ("tv", "shop"),
    ];
    let layout = lay_out(&drawn(&ends, "shop", 0, false), &Geometry::default());
    let columns = ["tv", "search", "banner", "shop"].map(|id| place(&layout, id).x);
    assert_eq!(columns, [0.0, 320.0, 320.0, 640.0]);
    assert_eq!(layout.columns.len(), 3);
}

/// Links inside the column, of which these many lead down less those that lead up.
fn downward(layout: &Layout, ends: &[(&str, &str)]) -> i32 {
    let slope = |(from, to): &(&str, &str)| {
        let (from, to) = (place(layout, from), place(layout, to));
        if from.y < to.y { 1 } else { -1 }
    };
    ends.iter().map(slope).sum()
}

#[test]
fn a_card_that_was_put_somewhere_does_not_turn_the_picture() {
    let geometry = Geometry::default();
    let mut turned = 0;
    for at in 0..8 {
        let ids: Vec<String> = (0..6).map(|id| format!("t{}", (id * 5 + at) % 6)).collect();
        let ends: Vec<(&str, &str)> = ids
            .windows(2)
            .map(|pair| (pair[0].as_str(), pair[1].as_str()))
            .collect();
        let map = drawn(&ends, &ids[5], 0, true);
        let layout = lay_out(&map, &geometry);
        assert!(downward(&layout, &ends) >= 0, "{ends:?}");
        let card = place(&layout, &ids[2]);
        let put = json!([{"op": "set", "entity": "touchpoint", "id": ids[2], "field": "position", "value": [card.x, card.y]}]);
        let put: Vec<Edit> = serde_json::from_value(put).unwrap();
        let applied = apply(&map, &put, &mut |name| Id::from_name(name, "x")).unwrap();
        let after = lay_out(&applied.map, &geometry);
        turned += usize::from(downward(&after, &ends) < 0);
    }
    assert_eq!(turned, 0);
}
