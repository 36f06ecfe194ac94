//! Heights for a grown picture: what is old stays, but for the little it moves to make room. Refuses to touch layers
//! in which nothing is new and nothing is pinned, unless lanes moved.

use crate::bands::Bands;
use crate::geometry::Geometry;
use crate::layered::Layered;
use crate::layout::{fixed_heights, walls};
use crate::order::Order;
use crate::plan::Plan;
use crate::walls::{Spacing, Walls, Wish};
use crate::wiring::Wiring;

/// What the wish of a new node counts against that of an old one to stay.
const NEWCOMER: f64 = 1e-3;
/// How often touched layers are settled, so that new nodes take account of each other.
const SETTLINGS: usize = 2;

/// A picture whose heights are to be mended where something is new or in the way.
pub(crate) struct Bed<'a> {
    pub(crate) wiring: &'a Wiring,
    pub(crate) plan: &'a Plan,
    pub(crate) layered: &'a Layered,
    pub(crate) order: &'a Order,
    pub(crate) bands: &'a Bands,
    /// Whether lanes are not where they were, so that every layer has to be looked at.
    pub(crate) bands_moved: bool,
    pub(crate) newcomers: &'a [u32],
}

impl Bed<'_> {
    pub(crate) fn settle(&self, mut heights: Vec<f64>, geometry: &Geometry) -> Vec<f64> {
        let fixed = fixed_heights(self.wiring, geometry);
        let pinned = self.wiring.pin.iter().any(Option::is_some);
        let walls = if self.layered.has_lanes() {
            let spacing = Spacing::tight(geometry);
            self.bands
                .walls(self.layered, self.order, geometry, &spacing)
        } else {
            walls(self.wiring, self.plan, geometry)
        };
        let mut is_new = vec![false; heights.len()];
        let mut touched = vec![pinned || self.bands_moved; self.layered.layers];
        for &node in self.newcomers {
            is_new[node as usize] = true;
            touched[self.layered.layer[node as usize] as usize] = true;
        }
        for (node, height) in (0_u32..).zip(&mut heights) {
            *height = fixed(node).unwrap_or(*height);
        }
        let old_heights = heights.clone();
        for _ in 0..SETTLINGS {
            for (layer, walls) in walls
                .iter()
                .enumerate()
                .filter(|(layer, _)| touched[*layer])
            {
                let nodes: Vec<u32> = self.order.layers[layer]
                    .iter()
                    .copied()
                    .filter(|&node| fixed(node).is_none())
                    .collect();
                let wishes = self.wishes(&nodes, &is_new, (&heights, &old_heights), geometry);
                self.put(&nodes, &wishes, walls, geometry, &mut heights);
            }
        }
        heights
    }

    /// Old nodes wish to stay. New ones wish to be level with their neighbours, but with room to the old ones above
    /// and below, or in the middle between.
    fn wishes(
        &self,
        nodes: &[u32],
        is_new: &[bool],
        (heights, old_heights): (&[f64], &[f64]),
        geometry: &Geometry,
    ) -> Vec<Wish> {
        let roomy = Spacing::roomy(geometry, self.layered.is_crowded());
        let mut wishes: Vec<Wish> = nodes
            .iter()
            .map(|&node| {
                let is_card = self.layered.is_card(node);
                if !is_new[node as usize] {
                    return Wish {
                        height: old_heights[node as usize],
                        weight: 1.0,
                        is_card,
                    };
                }
                let neighbours = || {
                    self.layered
                        .before
                        .of_node(node)
                        .iter()
                        .chain(self.layered.after.of_node(node))
                };
                let sum: f64 = neighbours().map(|&other| heights[other as usize]).sum();
                let count = neighbours().count();
                let height = if count == 0 {
                    heights[node as usize]
                } else {
                    sum / count as f64
                };
                Wish {
                    height,
                    weight: NEWCOMER,
                    is_card,
                }
            })
            .collect();
        for at in (0..nodes.len()).filter(|&at| is_new[nodes[at] as usize]) {
            let room = |other: &Wish| roomy.between(other.is_card, wishes[at].is_card);
            let above = at.checked_sub(1).map_or(f64::NEG_INFINITY, |above| {
                wishes[above].height + room(&wishes[above])
            });
            let below = wishes
                .get(at + 1)
                .map_or(f64::INFINITY, |below| below.height - room(below));
            let height = wishes[at].height;
            wishes[at].height = if above <= below {
                height.clamp(above, below)
            } else {
                f64::midpoint(above, below)
            };
        }
        wishes
    }

    fn put(
        &self,
        nodes: &[u32],
        wishes: &[Wish],
        walls: &Walls,
        geometry: &Geometry,
        heights: &mut [f64],
    ) {
        for (&node, height) in nodes
            .iter()
            .zip(walls.settle(wishes, &Spacing::tight(geometry)))
        {
            heights[node as usize] = (height / Geometry::GRID).round() * Geometry::GRID;
        }
    }
}
