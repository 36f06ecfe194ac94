//! The bands that lanes fill, from top to bottom, across all layers. Refuses to order nodes and to choose heights: it
//! says how much room an order needs, and between which heights each node may stand.

use crate::geometry::Geometry;
use crate::layered::Layered;
use crate::order::Order;
use crate::walls::{Spacing, Walls};

/// Bands that touch: lane number `at` reaches from edge `at` to the next. Without lanes there are no edges.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bands {
    pub(crate) edges: Vec<f64>,
}

impl Bands {
    /// Bands with room for every layer in its order, each at least as high as `least` says. O(nodes).
    ///
    /// Each layer is stacked from the top: a node stands as high as the nodes above it and its lane allow, and a band
    /// ends where the lowest of its cards does in any layer. Stacked so, all nodes of all layers fit.
    pub(crate) fn of(
        layered: &Layered,
        order: &Order,
        geometry: &Geometry,
        spacing: &Spacing,
        least: &[f64],
    ) -> Self {
        let mut top = geometry.header_height;
        let mut edges = vec![top];
        let mut stacks = vec![Stack::default(); order.layers.len()];
        for (lane, least) in (0_u32..).zip(least) {
            let mut bottom = top + least;
            for (nodes, stack) in order.layers.iter().zip(&mut stacks) {
                stack.fill(lane, top, layered, nodes, (geometry, spacing));
                bottom = bottom.max(stack.bottom);
            }
            edges.push(bottom);
            top = bottom;
        }
        // What passes below the last cards stays within the picture, too.
        if let (Some(edge), false) = (edges.last_mut(), least.is_empty()) {
            let lowest = stacks.iter().filter_map(|stack| stack.last);
            *edge = lowest.fold(*edge, |edge, (height, is_card)| {
                if is_card {
                    edge
                } else {
                    edge.max(height + geometry.pass_gap)
                }
            });
        }
        Self { edges }
    }

    /// The height of a band for a lane with a single row of cards.
    pub(crate) fn least_height(geometry: &Geometry) -> f64 {
        geometry.card_height + 2.0 * geometry.lane_margin
    }

    /// The top and the bottom of a lane.
    pub(crate) fn band(&self, lane: u32) -> (f64, f64) {
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or_default();
        (edge(lane as usize), edge(lane as usize + 1))
    }

    /// The lane at a height; the nearest one when the height is outside all of them.
    pub(crate) fn lane_at(&self, height: f64) -> u32 {
        let inner = self.edges.len().saturating_sub(1).max(1);
        let edges = self.edges.get(1..inner).unwrap_or_default();
        crate::wiring::number(edges.partition_point(|edge| *edge <= height))
    }

    /// The heights between which a node's centre may be; a link may pass any lane.
    pub(crate) fn limit(&self, layered: &Layered, node: u32, geometry: &Geometry) -> (f64, f64) {
        match layered.lane_of(node) {
            Some(lane) => {
                let clear = geometry.lane_margin + geometry.card_height / 2.0;
                let (top, bottom) = self.band(lane);
                (top + clear, bottom - clear)
            }
            None => match (self.edges.first(), self.edges.last()) {
                (Some(top), Some(bottom)) => (top + geometry.pass_gap, bottom - geometry.pass_gap),
                _ => (f64::NEG_INFINITY, f64::INFINITY),
            },
        }
    }

    /// What keeps the nodes of each layer within their bands. O(nodes).
    pub(crate) fn walls(
        &self,
        layered: &Layered,
        order: &Order,
        geometry: &Geometry,
        spacing: &Spacing,
    ) -> Vec<Walls> {
        let layer = |nodes: &Vec<u32>| {
            let limits = nodes
                .iter()
                .map(|&node| self.limit(layered, node, geometry));
            let is_card: Vec<bool> = nodes.iter().map(|&node| layered.is_card(node)).collect();
            Walls::within(limits.collect(), &is_card, spacing)
        };
        order.layers.iter().map(layer).collect()
    }
}

/// How far the nodes of one layer are stacked.
#[derive(Debug, Clone, Default)]
struct Stack {
    /// How many nodes are.
    count: usize,
    /// The centre of the last one, and whether it is a card.
    last: Option<(f64, bool)>,
    /// Where the band has to end for the cards that were stacked last.
    bottom: f64,
}

impl Stack {
    /// Stacks what comes before the first card of a later lane.
    fn fill(
        &mut self,
        lane: u32,
        top: f64,
        layered: &Layered,
        nodes: &[u32],
        (geometry, spacing): (&Geometry, &Spacing),
    ) {
        let half = geometry.lane_margin + geometry.card_height / 2.0;
        self.bottom = top;
        while let Some(&node) = nodes.get(self.count) {
            let own = layered.lane_of(node);
            if own.is_some_and(|own| own > lane) {
                return;
            }
            let is_card = own.is_some();
            let least = if is_card {
                top + half
            } else {
                geometry.header_height + geometry.pass_gap
            };
            let behind = self.last.map_or(f64::NEG_INFINITY, |(height, was_card)| {
                height + spacing.between(was_card, is_card)
            });
            let height = behind.max(least);
            if is_card {
                self.bottom = height + half;
            }
            self.last = Some((height, is_card));
            self.count += 1;
        }
    }
}
