//! What of a map comes on which slide. The whole map is on one; where its names would be too small to read there, the
//! same cards come once more, large, in runs of stages and rows that each fill a slide.

use std::ops::Range;

use crate::scene::Scene;

use super::view::Extent;

/// What one slide shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Places of its columns in the scene.
    pub(super) columns: Range<usize>,
    /// Places of its cards in the scene, in the map's order.
    pub(super) cards: Vec<usize>,
    pub(super) extent: Extent,
}

/// Room that links and badges need around the outermost cards, in map units.
const AROUND: f64 = 16.0;

impl Piece {
    /// All of a scene.
    pub(super) fn whole(scene: &Scene) -> Self {
        let mut extent = cards_extent(scene, 0..scene.cards.len());
        for link in &scene.links {
            extent = link
                .curve
                .iter()
                .fold(extent, |extent, point| extent.with_point(*point));
        }
        for column in &scene.columns {
            extent.left = extent.left.min(column.x);
            extent.right = extent.right.max(column.x + column.width);
        }
        for lane in &scene.lanes {
            extent.top = extent.top.min(lane.y + AROUND);
            extent.bottom = extent.bottom.max(lane.y + lane.height - AROUND);
        }
        Self {
            columns: 0..scene.columns.len(),
            cards: (0..scene.cards.len()).collect(),
            extent: padded(extent, scene.columns.is_empty()),
        }
    }
}

/// A scene in pieces that each are no larger than `room` (width and height in map units), from left to right and from
/// top to bottom. Every card is in exactly one.
pub(super) fn pieces(scene: &Scene, room: (f64, f64)) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for columns in runs(scene, room.0) {
        let cards = cards_in(scene, &columns);
        let whole = columns.len() == 1 && column_width(scene, &columns) > room.0;
        let strips = if whole {
            cut(scene, cards, room.0 - 2.0 * AROUND, Direction::Across)
        } else {
            vec![cards]
        };
        for strip in strips {
            for mut cards in cut(scene, strip, room.1 - 2.0 * AROUND, Direction::Down) {
                cards.sort_unstable();
                let mut extent = cards_extent(scene, cards.iter().copied());
                for column in scene
                    .columns
                    .get(columns.clone())
                    .into_iter()
                    .flatten()
                    .filter(|_| !whole)
                {
                    extent.left = extent.left.min(column.x);
                    extent.right = extent.right.max(column.x + column.width);
                }
                let extent = padded(extent, whole || scene.columns.is_empty());
                pieces.push(Piece {
                    columns: columns.clone(),
                    cards,
                    extent,
                });
            }
        }
    }
    pieces
}

/// Neighbouring columns that together are no wider than `room`; one that is wider stands alone.
fn runs(scene: &Scene, room: f64) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..scene.columns.len() {
        match runs.last_mut() {
            Some(run) if column_width(scene, &(run.start..at + 1)) <= room => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    if runs.is_empty() {
        runs.push(0..0);
    }
    runs
}

fn column_width(scene: &Scene, columns: &Range<usize>) -> f64 {
    match scene.columns.get(columns.clone()) {
        Some([first, .., last]) => last.x + last.width - first.x,
        Some([only]) => only.width,
        _ => f64::INFINITY,
    }
}

/// The cards whose middle lies in some columns: the first and last of all reach beyond their outer edges.
fn cards_in(scene: &Scene, columns: &Range<usize>) -> Vec<usize> {
    let left = match columns.start {
        0 => f64::NEG_INFINITY,
        start => scene
            .columns
            .get(start)
            .map_or(f64::NEG_INFINITY, |column| column.x),
    };
    let right = scene
        .columns
        .get(columns.end)
        .map_or(f64::INFINITY, |column| column.x);
    let within = |at: &usize| {
        scene.cards.get(*at).is_some_and(|card| {
            let middle = card.x + card.width / 2.0;
            left <= middle && middle < right
        })
    };
    (0..scene.cards.len()).filter(within).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Across,
    Down,
}

/// Cards in groups that each are no longer than `room` in a direction, unless a single card is.
fn cut(scene: &Scene, mut cards: Vec<usize>, room: f64, direction: Direction) -> Vec<Vec<usize>> {
    let span = |at: usize| {
        scene
            .cards
            .get(at)
            .map_or((0.0, 0.0), |card| match direction {
                Direction::Across => (card.x, card.x + card.width),
                Direction::Down => (card.y, card.y + card.height),
            })
    };
    cards.sort_by(|a, b| span(*a).0.total_cmp(&span(*b).0).then(a.cmp(b)));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut start = f64::NEG_INFINITY;
    for at in cards {
        match groups.last_mut() {
            Some(group) if span(at).1 - start <= room => group.push(at),
            _ => {
                start = span(at).0;
                groups.push(vec![at]);
            }
        }
    }
    groups
}

fn cards_extent(scene: &Scene, cards: impl IntoIterator<Item = usize>) -> Extent {
    cards
        .into_iter()
        .filter_map(|at| scene.cards.get(at))
        .fold(Extent::NONE, |extent, card| {
            extent.with(Extent::of_card(card))
        })
}

fn padded(extent: Extent, sideways: bool) -> Extent {
    if extent.left > extent.right {
        return Extent {
            left: 0.0,
            top: 0.0,
            right: 1000.0,
            bottom: 400.0,
        };
    }
    let (top, bottom) = if extent.top > extent.bottom {
        (0.0, 400.0)
    } else {
        (extent.top, extent.bottom)
    };
    let beside = if sideways { AROUND } else { 0.0 };
    Extent {
        left: extent.left - beside,
        top: top - AROUND,
        right: extent.right + beside,
        bottom: bottom + AROUND,
    }
}
