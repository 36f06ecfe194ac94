//! Which touchpoints a view holds, and how a picture of few of them closes up: stages and rows that are empty now are
//! left out, and what stays keeps its order and its neighbours. Refuses to lay out anew.

use backcast_model::{Id, Map, Touchpoint};
use rustc_hash::FxHashSet;

use super::SceneCard;
use super::picture::{Band, Picture, View};
use super::wiring::Wire;

/// Free height that stays between rows where nothing of the view stands.
const ROW_GAP: f64 = 40.0;
/// Free width between the cards of two stages, and twice that from the outer ones to the edge.
const COLUMN_GAP: f64 = 112.0;
/// Free height to both sides of a link that passes a column.
const PASS: f64 = 12.0;

/// The touchpoints of a view, by number and in the map's order; `None` for all of them.
pub(crate) fn chosen(picture: &Picture<'_>, view: &View) -> Option<Vec<usize>> {
    let map = picture.map;
    let number = |id: &Id| map.touchpoints.position(id.as_str());
    let chosen: FxHashSet<usize> = match view {
        View::Whole => return None,
        View::Touchpoints(ids) => ids.iter().filter_map(number).collect(),
        View::Stage(stage) => around_stage(map, stage.as_ref()),
        View::Upstream(id) => number(id)
            .map(|at| upstream(picture, at))
            .unwrap_or_default(),
    };
    let mut chosen: Vec<usize> = chosen.into_iter().collect();
    chosen.sort_unstable();
    Some(chosen)
}

/// Whether a view holds a link both of whose ends it holds.
pub(crate) fn holds_link(view: &View, from: &Touchpoint, to: &Touchpoint) -> bool {
    match view {
        View::Stage(stage) => from.stage == *stage || to.stage == *stage,
        View::Whole | View::Touchpoints(_) | View::Upstream(_) => true,
    }
}

fn around_stage(map: &Map, stage: Option<&Id>) -> FxHashSet<usize> {
    let ends = map.links.iter().filter_map(|link| {
        let ends = [&link.from, &link.to].map(|id| map.touchpoints.position(id.as_str()));
        let inside = |at: usize| {
            map.touchpoints
                .at(at)
                .is_some_and(|row| row.stage.as_ref() == stage)
        };
        ends.into_iter().flatten().any(inside).then_some(ends)
    });
    let own = map
        .touchpoints
        .iter()
        .enumerate()
        .filter(|(_, row)| row.stage.as_ref() == stage);
    own.map(|(at, _)| at)
        .chain(ends.flatten().flatten())
        .collect()
}

fn upstream(picture: &Picture<'_>, end: usize) -> FxHashSet<usize> {
    let graph = picture.graph();
    let mut found = FxHashSet::from_iter([end]);
    let mut waiting = vec![end];
    while let Some(at) = waiting.pop() {
        waiting.extend(graph.upstream(at).filter(|&before| found.insert(before)));
    }
    found
}

/// Closes up what a view left apart: bands without cards go, empty rows and columns shrink to a gap.
pub(crate) fn close_up(bands: &mut Vec<Band>, cards: &mut [SceneCard], wires: &mut [Wire<'_>]) {
    let columns = Folding::of(
        cards.iter().map(|card| (card.x, card.x + card.width)),
        COLUMN_GAP,
    );
    for wire in wires.iter_mut() {
        wire.points.retain(|(x, _)| columns.holds(*x));
    }
    let passes = wires
        .iter()
        .flat_map(|wire| &wire.points)
        .map(|(_, y)| (y - PASS, y + PASS));
    let rows = Folding::of(
        cards
            .iter()
            .map(|card| (card.y, card.y + card.height))
            .chain(passes),
        ROW_GAP,
    );
    close_bands(bands, cards, &columns);
    for card in cards.iter_mut() {
        (card.x, card.y) = (columns.at(card.x), rows.at(card.y));
    }
    for (x, y) in wires.iter_mut().flat_map(|wire| &mut wire.points) {
        (*x, *y) = (columns.at(*x), rows.at(*y));
    }
}

/// Keeps the bands that hold cards; they touch halfway between these.
fn close_bands(bands: &mut Vec<Band>, cards: &[SceneCard], columns: &Folding) {
    let held = |band: &Band| {
        let inside = |card: &&SceneCard| {
            let middle = card.x + card.width / 2.0;
            band.x <= middle && middle <= band.x + band.width
        };
        cards
            .iter()
            .filter(inside)
            .map(|card| (columns.at(card.x), columns.at(card.x) + card.width))
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    };
    let mut kept: Vec<(Band, (f64, f64))> = Vec::new();
    for band in bands.drain(..) {
        if let Some(held) = held(&band) {
            kept.push((band, held));
        }
    }
    let first = kept.first().map(|(_, held)| held.0 - COLUMN_GAP / 2.0);
    let between = kept
        .windows(2)
        .map(|pair| f64::midpoint(pair[0].1.1, pair[1].1.0));
    let last = kept.last().map(|(_, held)| held.1 + COLUMN_GAP / 2.0);
    let edges: Vec<f64> = first.into_iter().chain(between).chain(last).collect();
    for ((band, _), edge) in kept.into_iter().zip(edges.windows(2)) {
        bands.push(Band {
            x: edge[0],
            width: (edge[1] - edge[0]).max(0.0),
            ..band
        });
    }
}

/// One axis folded together where it is empty.
struct Folding {
    /// Parts that hold something, in order: start, end, and how far it moves.
    parts: Vec<(f64, f64, f64)>,
}

impl Folding {
    fn of(spans: impl Iterator<Item = (f64, f64)>, gap: f64) -> Self {
        let mut spans: Vec<_> = spans.collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut parts: Vec<(f64, f64, f64)> = Vec::new();
        for (start, end) in spans {
            match parts.last_mut() {
                Some(part) if start <= part.1 => part.1 = part.1.max(end),
                Some(&mut (_, before, shift)) => {
                    parts.push((start, end, shift - (start - before - gap).max(0.0)));
                }
                None => parts.push((start, end, 0.0)),
            }
        }
        Self { parts }
    }

    fn part(&self, at: f64) -> Option<&(f64, f64, f64)> {
        let next = self.parts.partition_point(|part| part.0 <= at);
        next.checked_sub(1)
            .and_then(|before| self.parts.get(before))
    }

    fn holds(&self, at: f64) -> bool {
        self.part(at).is_some_and(|part| at <= part.1)
    }

    fn at(&self, at: f64) -> f64 {
        at + self.part(at).map_or(0.0, |part| part.2)
    }
}
