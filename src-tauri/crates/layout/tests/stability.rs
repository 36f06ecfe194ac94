//! Drawing on moves little: one touchpoint with two links in a map of 300.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says no by failing loudly"
)]

#[path = "../benches/quality/graphs.rs"]
mod graphs;

use std::collections::HashMap;

use backcast_layout::{Arrangement, Geometry, Layout};
use backcast_model::edit::{Applied, apply};
use backcast_model::{Edit, Entity, Id, Map};
use graphs::{Links, seeded, with_one_more};

/// The share of cards that may move further than [`FAR`].
const SHARE: f64 = 0.05;
const FAR: f64 = 32.0;

fn places(layout: &Layout) -> HashMap<Id, (f64, f64)> {
    layout
        .cards
        .iter()
        .map(|place| (place.touchpoint.clone(), (place.x, place.y)))
        .collect()
}

fn check_step(before: &Layout, after: &Layout) -> usize {
    let now = places(after);
    let both: Vec<_> = before
        .cards
        .iter()
        .filter_map(|place| Some(((place.x, place.y), *now.get(&place.touchpoint)?)))
        .collect();
    let far = both
        .iter()
        .filter(|(before, now)| (before.0 - now.0).hypot(before.1 - now.1) > FAR)
        .count();
    for (one, one_now) in &both {
        let swapped = both
            .iter()
            .filter(|(other, _)| other.0 == one.0)
            .any(|(other, now)| (other.1 < one.1) != (now.1 < one_now.1));
        assert!(
            !swapped,
            "a card at {one:?} swapped with another of its layer"
        );
    }
    far
}

#[test]
fn one_more_touchpoint_moves_few_and_swaps_none() {
    for (links, seed) in [
        (Links::BetweenStages, 1),
        (Links::Anywhere, 2),
        (Links::BetweenStages, 3),
        (Links::Anywhere, 4),
    ] {
        let map = seeded(300, links, seed);
        for more in 0..15 {
            let mut arrangement = Arrangement::new(&map, Geometry::default());
            let before = arrangement.layout();
            let applied = with_one_more(&map, more);
            arrangement.update(&applied.map, &applied.changes);
            let far = check_step(&before, &arrangement.layout());
            assert!(
                (far as f64) <= SHARE * 300.0,
                "{far} cards moved far ({links:?}, {seed}, {more})"
            );
        }
    }
}

#[test]
fn drawing_on_and_on_still_moves_few_each_time() {
    let mut map = seeded(300, Links::Anywhere, 5);
    let mut arrangement = Arrangement::new(&map, Geometry::default());
    let mut total = 0;
    for more in 0..40 {
        let before = arrangement.layout();
        let applied = with_one_more(&map, more);
        map = applied.map;
        arrangement.update(&map, &applied.changes);
        total += check_step(&before, &arrangement.layout());
    }
    assert!(
        f64::from(u32::try_from(total).unwrap()) <= SHARE * 300.0 * 40.0,
        "{total} cards moved far in 40 steps"
    );
}

#[test]
fn taking_a_touchpoint_away_moves_no_other() {
    let map: Map = seeded(300, Links::Anywhere, 6);
    for gone in ["t0", "t77", "t299"] {
        let mut arrangement = Arrangement::new(&map, Geometry::default());
        let before = places(&arrangement.layout());
        let applied = deleting(&map, gone);
        let moved = arrangement.update(&applied.map, &applied.changes);
        assert_eq!(moved.cards, []);
        assert!(
            places(&arrangement.layout())
                .iter()
                .all(|(id, place)| before[id] == *place)
        );
    }
}

/// A step that puts a touchpoint somewhere, or lets go of that.
fn placing(map: &Map, id: &Id, position: Option<[f64; 2]>) -> Applied {
    let edit = Edit::Set {
        entity: Entity::Touchpoint,
        id: id.to_string(),
        field: "position".to_owned(),
        value: serde_json::json!(position),
    };
    apply(map, &[edit], &mut |name| Id::derived(name)).unwrap()
}

#[test]
fn a_card_that_lets_go_of_its_place_goes_back_to_where_it_belongs() {
    for count in [12, 60] {
        let map = seeded(count, Links::BetweenStages, 7);
        let mut arrangement = Arrangement::new(&map, Geometry::default());
        let before = places(&arrangement.layout());
        for id in map
            .touchpoints
            .ids()
            .step_by(5)
            .cloned()
            .collect::<Vec<_>>()
        {
            let (x, y) = before[&id];
            let pinned = placing(&map, &id, Some([x, y + 900.0]));
            arrangement.update(&pinned.map, &pinned.changes);
            // One more card, so that the state is none of those whose picture is known.
            let wider = with_one_more(&pinned.map, count as u64);
            arrangement.update(&wider.map, &wider.changes);
            let loose = placing(&wider.map, &id, None);
            arrangement.update(&loose.map, &loose.changes);
            let (_, now) = places(&arrangement.layout())[&id];
            assert!(
                (now - y).abs() < 450.0,
                "{id} of {count} is at {now}, was at {y}"
            );
        }
    }
}

/// Undoing and redoing lead through states that the map was in.
#[test]
fn what_is_taken_back_stands_where_it_stood() {
    for (links, seed) in [(Links::BetweenStages, 7), (Links::Anywhere, 8)] {
        let first = seeded(60, links, seed);
        let mut arrangement = Arrangement::new(&first, Geometry::default());
        let mut states = vec![(first, Vec::new(), arrangement.layout())];
        for step in 0..12 {
            let (map, ..) = states.last().unwrap();
            let id = map.touchpoints.ids().nth(step * 4).unwrap();
            let applied = match step % 3 {
                0 => with_one_more(map, step as u64),
                1 => placing(map, id, Some([40.0, -300.0])),
                _ => deleting(map, id.as_str()),
            };
            arrangement.update(&applied.map, &applied.changes);
            states.push((applied.map, applied.changes, arrangement.layout()));
        }
        for at in (0..12).rev() {
            arrangement.update(&states[at].0, &states[at + 1].1);
            assert_eq!(arrangement.layout(), states[at].2, "back at {at}");
        }
        for (at, (map, changes, picture)) in states.iter().enumerate().skip(1) {
            arrangement.update(map, changes);
            assert_eq!(arrangement.layout(), *picture, "again at {at}");
        }
    }
}

fn deleting(map: &Map, id: &str) -> Applied {
    let edit = Edit::Delete {
        entity: Entity::Touchpoint,
        id: id.to_owned(),
    };
    apply(map, &[edit], &mut |name| Id::derived(name)).unwrap()
}
