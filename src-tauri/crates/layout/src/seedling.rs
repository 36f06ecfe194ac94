//! What a grown picture starts from: the old order and heights, and a place for everything that is new. Refuses to
//! move what is old.

use std::collections::BTreeMap;

use crate::geometry::Geometry;
use crate::kinship::Kinship;
use crate::layered::Layered;
use crate::layout::Picture;
use crate::wiring::Wiring;

/// An order and heights that lack what is new.
pub(crate) struct Seedling<'a> {
    pub(crate) layered: &'a Layered,
    pub(crate) layers: Vec<Vec<u32>>,
    /// Not a number for nodes that have none yet.
    pub(crate) heights: Vec<f64>,
    /// Nodes that had none in the old picture's layer.
    pub(crate) newcomers: Vec<u32>,
    /// Those of them that may be put elsewhere in their layer.
    pub(crate) fitted: Vec<u32>,
}

impl<'a> Seedling<'a> {
    pub(crate) fn of(
        old: &Picture,
        layered: &'a Layered,
        origin: &[Option<u32>],
        successor: &[Option<u32>],
    ) -> Self {
        let mut heights = vec![f64::NAN; layered.len()];
        let layers = origin.iter().map(|before| {
            let nodes = before.map_or(&[][..], |before| &old.order.layers[before as usize]);
            let mut layer = Vec::with_capacity(nodes.len() + 4);
            for &node in nodes {
                if let Some(now) = successor[node as usize] {
                    heights[now as usize] = old.heights[node as usize];
                    layer.push(now);
                }
            }
            layer
        });
        Self {
            layers: layers.collect(),
            layered,
            heights,
            newcomers: Vec::new(),
            fitted: Vec::new(),
        }
    }

    /// Puts every node without a height somewhere sensible: cards from another layer as high as they were (in the
    /// order they had among themselves), new cards and those that let go of a place near what they are linked to,
    /// passes on the way.
    pub(crate) fn bring_in_newcomers(
        &mut self,
        old: &Picture,
        wiring: &Wiring,
        kinship: &Kinship,
        geometry: &Geometry,
    ) {
        let missing: Vec<u32> = (0..self.layered.cards)
            .filter(|&card| self.heights[card as usize].is_nan())
            .collect();
        // Where a card was pinned says nothing of where it belongs once it has let go of that place.
        let height_before = |card: u32| {
            let before = kinship.touchpoint[card as usize]? as usize;
            let moved = kinship.changed_lane(card as usize, &old.wiring, wiring);
            (old.wiring.pin[before].is_none() && !moved).then(|| old.heights[before])
        };
        for (card, height) in missing
            .iter()
            .filter_map(|&card| Some((card, height_before(card)?)))
        {
            self.bring_in(card, height);
        }
        let pulls = self.pulls(
            missing
                .into_iter()
                .filter(|&card| height_before(card).is_none()),
        );
        for (card, (sum, count)) in pulls {
            let pinned = wiring.pin[card as usize].map(|pin| pin.1 + geometry.card_height / 2.0);
            let linked = (count > 0.0).then(|| sum / count);
            let height = pinned
                .or(linked)
                .unwrap_or_else(|| self.below(card, geometry));
            self.bring_in(card, height);
            self.fitted.push(card);
        }
        for at in 0..self.layered.chains.len() {
            let chain = self.layered.chains[at];
            let (left, right) = (
                self.heights[chain.left as usize],
                self.heights[chain.right as usize],
            );
            for step in 0..chain.passes {
                let share = f64::from(step + 1) / f64::from(chain.passes + 1);
                if self.heights[(chain.first + step) as usize].is_nan() {
                    self.bring_in(chain.first + step, left + (right - left) * share);
                    self.fitted.push(chain.first + step);
                }
            }
        }
    }

    /// For each card the sum and the number of the known heights it is linked to.
    fn pulls(&self, cards: impl Iterator<Item = u32>) -> BTreeMap<u32, (f64, f64)> {
        let mut pulls: BTreeMap<u32, (f64, f64)> = cards.map(|card| (card, (0.0, 0.0))).collect();
        if pulls.is_empty() {
            return pulls;
        }
        for chain in &self.layered.chains {
            for (card, other) in [(chain.left, chain.right), (chain.right, chain.left)] {
                let height = self.heights[other as usize];
                if let Some(pull) = pulls.get_mut(&card).filter(|_| !height.is_nan()) {
                    *pull = (pull.0 + height, pull.1 + 1.0);
                }
            }
        }
        pulls
    }

    /// Below all that stands in a card's layer (and in its lane); in an empty one, the middle of the picture.
    fn below(&self, card: u32, geometry: &Geometry) -> f64 {
        let (layer, lane) = (
            self.layered.layer[card as usize],
            self.layered.lane_of(card),
        );
        let known = |nodes: &[u32]| {
            nodes
                .iter()
                .filter(|&&node| lane.is_none() || self.layered.lane_of(node) == lane)
                .map(|&node| self.heights[node as usize])
                .fold(f64::NEG_INFINITY, f64::max)
        };
        let lowest = known(&self.layers[layer as usize]);
        if lowest.is_finite() {
            return lowest + geometry.card_height + geometry.row_gap;
        }
        let all = || self.heights.iter().filter(|height| !height.is_nan());
        let (top, bottom) = all().fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(top, bottom), &height| (top.min(height), bottom.max(height)),
        );
        if top.is_finite() {
            f64::midpoint(top, bottom)
        } else {
            geometry.header_height + geometry.row_gap + geometry.card_height / 2.0
        }
    }

    fn bring_in(&mut self, node: u32, height: f64) {
        let layer = &mut self.layers[self.layered.layer[node as usize] as usize];
        let at = layer
            .iter()
            .position(|&other| self.heights[other as usize] > height)
            .unwrap_or(layer.len());
        let (first, last) = within_lane(self.layered, layer, node);
        let at = at.clamp(first, last);
        let above = at
            .checked_sub(1)
            .map(|above| self.heights[layer[above] as usize]);
        let below = layer.get(at).map(|below| self.heights[*below as usize]);
        layer.insert(at, node);
        // Where a lane took it elsewhere, heights still rise from node to node.
        self.heights[node as usize] = match self.layered.lane_of(node) {
            Some(_) => height
                .min(below.unwrap_or(f64::INFINITY))
                .max(above.unwrap_or(f64::NEG_INFINITY)),
            None => height,
        };
        self.newcomers.push(node);
    }
}

/// The first and the last place in a layer that keep cards lane by lane.
fn within_lane(layered: &Layered, layer: &[u32], node: u32) -> (usize, usize) {
    let Some(lane) = layered.lane_of(node) else {
        return (0, layer.len());
    };
    let is_before = |&other: &u32| layered.lane_of(other).is_some_and(|other| other < lane);
    let is_behind = |&other: &u32| layered.lane_of(other).is_some_and(|other| other > lane);
    let first = layer.iter().rposition(is_before).map_or(0, |at| at + 1);
    let last = layer.iter().position(is_behind).unwrap_or(layer.len());
    (first, last.max(first))
}
