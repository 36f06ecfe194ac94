//! Lanes in particular: what is drawn in them moves little, and what planners placed keeps its order.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says no by failing loudly"
)]

#[path = "../benches/quality/graphs.rs"]
mod graphs;

use backcast_layout::{
    Arrangement, Frame, Geometry, Grouping, Lane, Lanes, Layout, lay_out, lay_out_in,
};
use backcast_model::catalog::Catalog;
use backcast_model::edit::apply;
use backcast_model::{Edit, Id, Map};
use graphs::{Links, seeded, with_one_more};
use serde_json::{Value, json};

fn by(grouping: Grouping) -> Frame {
    Frame {
        lanes: Some(Lanes::new(grouping, &Catalog::shipped())),
        ..Frame::default()
    }
}

fn place(layout: &Layout, id: &str) -> (f64, f64) {
    let mut cards = layout.cards.iter();
    let card = cards.find(|card| card.touchpoint.as_str() == id).unwrap();
    (card.x, card.y)
}

fn lane_at(layout: &Layout, y: f64) -> &Lane {
    let mut lanes = layout.lanes.iter();
    lanes
        .find(|lane| (lane.y..lane.y + lane.height).contains(&y))
        .unwrap()
}

#[test]
fn one_more_touchpoint_moves_few_but_with_their_lane() {
    for (links, seed) in [(Links::BetweenStages, 1), (Links::Anywhere, 2)] {
        let mut map = seeded(300, links, seed);
        let frame = by(Grouping::Ownership);
        let mut arrangement = Arrangement::within(&map, Geometry::default(), frame);
        let mut far = 0;
        for more in 0..20 {
            let before = arrangement.layout();
            let applied = with_one_more(&map, more);
            map = applied.map;
            arrangement.update(&map, &applied.changes);
            let after = arrangement.layout();
            far += before
                .cards
                .iter()
                .zip(&after.cards)
                .filter(|(old, new)| {
                    let (lane, now) = (lane_at(&before, old.y), lane_at(&after, new.y));
                    assert_eq!(lane.name, now.name, "{} left its lane", old.touchpoint);
                    ((new.y - now.y) - (old.y - lane.y)).hypot(new.x - old.x) > 32.0
                })
                .count();
        }
        assert!(far <= 300, "{far} cards moved far in 20 steps ({links:?})");
    }
}

fn edited(map: &Map, edits: Value) -> Map {
    let edits: Vec<Edit> = serde_json::from_value(edits).unwrap();
    apply(map, &edits, &mut |name| Id::from_name(name, "x"))
        .unwrap()
        .map
}

#[test]
fn places_that_planners_chose_decide_the_order_in_a_lane_and_are_kept_for_later() {
    let heights = [("t3", 900.0), ("t7", 100.0), ("t11", 500.0)];
    let together = |(id, height): (&str, f64)| {
        let set = |field: &str, value: Value| json!({"op": "set", "entity": "touchpoint", "id": id, "field": field, "value": value});
        [
            set("stage", json!("s2")),
            set("ownership", json!("partner")),
            set("position", json!([4000.0, height])),
        ]
    };
    let edits: Vec<Value> = heights.into_iter().flat_map(together).collect();
    let map = edited(&seeded(40, Links::BetweenStages, 3), json!(edits));
    let lanes = lay_out_in(&map, &Geometry::default(), &by(Grouping::Ownership));
    let partner = lanes
        .lanes
        .iter()
        .find(|lane| lane.name.as_deref() == Some("partner"))
        .unwrap();
    let ys = ["t7", "t11", "t3"].map(|id| place(&lanes, id).1);
    assert!(
        ys.iter()
            .all(|y| (partner.y..partner.y + partner.height).contains(y))
    );
    let free = lay_out(&map, &Geometry::default());
    for (id, height) in heights {
        assert_eq!(place(&free, id), (4000.0, height));
    }
    if ["t7", "t11", "t3"]
        .map(|id| place(&lanes, id).0)
        .windows(2)
        .all(|pair| pair[0] == pair[1])
    {
        assert!(ys.is_sorted(), "{ys:?}");
    }
}

#[test]
fn a_touchpoint_in_several_groups_stands_in_the_lane_of_its_first() {
    let map = edited(
        &seeded(24, Links::BetweenStages, 3),
        json!([
            {"op": "insert", "entity": "audience", "value": {"id": "young", "name": "Young"}},
            {"op": "insert", "entity": "audience", "value": {"id": "old", "name": "Old"}},
            {"op": "set", "entity": "touchpoint", "id": "t0", "field": "audiences", "value": ["old", "young"]},
            {"op": "set", "entity": "touchpoint", "id": "t1", "field": "audiences", "value": ["young"]},
            {"op": "set", "entity": "touchpoint", "id": "t2", "field": "channel", "value": "email"},
        ]),
    );
    let layout = lay_out_in(&map, &Geometry::default(), &by(Grouping::Audience));
    let names: Vec<_> = layout
        .lanes
        .iter()
        .map(|lane| lane.name.as_deref())
        .collect();
    assert_eq!(names, [Some("young"), Some("old"), None]);
    let lane_of = |id: &str| lane_at(&layout, place(&layout, id).1).name.clone();
    assert_eq!(lane_of("t0").as_deref(), Some("old"));
    assert_eq!(lane_of("t1").as_deref(), Some("young"));
    assert_eq!(lane_of("t3"), None);
}
