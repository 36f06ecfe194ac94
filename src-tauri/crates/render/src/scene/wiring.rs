//! From links and the places of cards to curves: which links share an edge, which run side by side, and so where each
//! one runs. Refuses to keep anything between pictures.

use rustc_hash::FxHashMap;

use super::curve::Point;
use super::grid::{Area, Grid};
use super::ports::{End, Side, deal};
use super::routing::{Ports, Way, course, middle, passed, room_between, routed};
use super::{Course, SceneCard};

/// Links between the same two cards run this far apart from each other.
const LANE_GAP: f64 = 9.0;

/// A link before it has a curve.
#[derive(Debug)]
pub(crate) struct Wire<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Numbers of its cards.
    pub(crate) ends: (usize, usize),
    /// Where it passes layers of cards, in travel order.
    pub(crate) points: Vec<Point>,
}

/// The curves of all links, in their order; about O(n log n).
pub(crate) fn curves(cards: &[SceneCard], wires: &[Wire<'_>], standing: &Grid) -> Vec<Vec<Point>> {
    let straight_down: Vec<bool> = wires
        .iter()
        .map(|wire| is_clear(&cards[wire.ends.0], &cards[wire.ends.1], standing))
        .collect();
    let ports = ports(cards, wires, &straight_down);
    let lanes = lanes(wires);
    let curve = |(at, wire): (usize, &Wire<'_>)| {
        let way = Way {
            points: &wire.points,
            ports: ports[at],
            lane: lanes[at],
            straight_down: straight_down[at],
        };
        routed(&cards[wire.ends.0], &cards[wire.ends.1], &way)
    };
    wires.iter().enumerate().map(curve).collect()
}

/// Whether one card stands above the other with nothing between.
fn is_clear(from: &SceneCard, to: &SceneCard, standing: &Grid) -> bool {
    room_between(from, to).is_some_and(|room| {
        !standing.any(Area {
            top: room.top + 1.0,
            bottom: room.bottom - 1.0,
            ..room
        })
    })
}

fn ports(cards: &[SceneCard], wires: &[Wire<'_>], straight_down: &[bool]) -> Vec<Ports> {
    // Left and right edge of each card.
    let mut edges: Vec<[Vec<End<'_>>; 2]> = cards.iter().map(|_| Default::default()).collect();
    for (at, wire) in wires.iter().enumerate() {
        let (from, to) = (&cards[wire.ends.0], &cards[wire.ends.1]);
        let course = course(from, to);
        if wire.ends.0 == wire.ends.1 || (course == Course::Within && straight_down[at]) {
            continue;
        }
        let passed = passed(&wire.points, from, to);
        let toward =
            |next: Option<&Point>, other| next.map_or_else(|| middle(other), |next| next.1);
        for (card, side, toward, leftward) in [
            (
                wire.ends.0,
                Side::Leave,
                toward(passed.first(), to),
                course == Course::Back,
            ),
            (
                wire.ends.1,
                Side::Arrive,
                toward(passed.last(), from),
                course == Course::Forward,
            ),
        ] {
            edges[card][usize::from(!leftward)].push(End {
                link: at,
                id: wire.id,
                side,
                toward,
            });
        }
    }
    let mut ports = vec![Ports::default(); wires.len()];
    for (card, edges) in cards.iter().zip(edges) {
        for (link, side, offset) in edges.into_iter().flat_map(|ends| deal(ends, card)) {
            match side {
                Side::Leave => ports[link].leave = offset,
                Side::Arrive => ports[link].arrive = offset,
            }
        }
    }
    ports
}

/// How far beside its way each link runs: links between the same two cards, whichever way they lead, by their ids.
fn lanes(wires: &[Wire<'_>]) -> Vec<f64> {
    let mut twins: FxHashMap<(usize, usize), Vec<usize>> = FxHashMap::default();
    for (at, wire) in wires.iter().enumerate() {
        let (from, to) = wire.ends;
        twins
            .entry((from.min(to), from.max(to)))
            .or_default()
            .push(at);
    }
    let mut lanes = vec![0.0; wires.len()];
    for mut links in twins.into_values() {
        links.sort_by_key(|&at| wires[at].id);
        let middle = (links.len() - 1) as f64 / 2.0;
        for (place, at) in links.into_iter().enumerate() {
            lanes[at] = (place as f64 - middle) * LANE_GAP;
        }
    }
    lanes
}
