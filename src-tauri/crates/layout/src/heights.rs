//! Heights for the nodes of ordered layers: links as straight and short as order and spacing allow. Refuses to change
//! the order.

use crate::geometry::Geometry;
use crate::layered::Layered;
use crate::order::Order;
use crate::walls::{Spacing, Walls, Wish};
use crate::wiring::number;

/// Sweeps over all layers, by `softness`: first all differences in height count alike, in the end only small ones.
const SWEEPS: [f64; 14] = [
    1e4, 1e4, 1e3, 1e3, 400.0, 200.0, 100.0, 50.0, 25.0, 12.0, 8.0, 4.0, 2.0, 1.0,
];
/// Below so many nodes there is time for more sweeps, and for looks.
const SMALL: usize = 600;
/// How often what can be drawn level is looked for: each may make room for another.
const LEVELLINGS: usize = 4;
/// By how much a link that is nearly level may slant.
const NEAR: f64 = 12.0;
/// How strongly every node is drawn to the middle, against an edge that runs level.
const GRAVITY: f64 = 1e-5;

/// What surrounds a layer: where its nodes may not stand.
pub(crate) struct Room<'a> {
    /// One per layer.
    pub(crate) walls: &'a [Walls],
    /// The centre heights of nodes that stand fast.
    pub(crate) fixed: &'a dyn Fn(u32) -> Option<f64>,
    /// The height each node is balanced about.
    pub(crate) axis: &'a dyn Fn(u32) -> f64,
    /// The least and the greatest height of each node, where there is such.
    pub(crate) limit: Option<&'a dyn Fn(u32) -> (f64, f64)>,
}

/// The height of every node's centre, in multiples of [`Geometry::GRID`] (but for fixed ones).
///
/// Sweeps from layer to layer; each node wishes to be level with its neighbours, and each layer is settled by
/// isotonic regression. A neighbour counts the more the more level it is already (iteratively reweighted least
/// squares: sums of distances rather than squares, as E. R. Gansner, E. Koutsofios, S. C. North, K.-P. Vo minimise in
/// *A technique for drawing directed graphs*, IEEE Trans. SE 19(3), 1993, whose weights for long links these are), so
/// that links end up either level or free rather than all a little slanted. O(sweeps · (nodes + edges)).
pub(crate) fn heights(
    layered: &Layered,
    order: &Order,
    geometry: &Geometry,
    room: &Room<'_>,
) -> Vec<f64> {
    let spacing = Spacing::roomy(geometry, layered.is_crowded());
    let sequences: Vec<Vec<u32>> = order
        .layers
        .iter()
        .map(|layer| {
            layer
                .iter()
                .copied()
                .filter(|&node| (room.fixed)(node).is_none())
                .collect()
        })
        .collect();
    let mut heights: Vec<f64> = (0_u32..)
        .take(layered.len())
        .map(|node| (room.fixed)(node).unwrap_or(0.0))
        .collect();
    for sequence in &sequences {
        let axis = sequence.first().map_or(0.0, |&node| (room.axis)(node));
        pack(layered, sequence, &spacing, axis, &mut heights);
    }
    let backward = backward(layered);
    let mut wishes = Vec::new();
    let times = if layered.len() < SMALL { 4 } else { 1 };
    for (round, softness) in SWEEPS
        .into_iter()
        .flat_map(|softness| std::iter::repeat_n(softness, times))
        .enumerate()
    {
        let mut settle = |at: usize| {
            wishes.clear();
            wishes.extend(sequences[at].iter().map(|&node| {
                wish(
                    (layered, &backward),
                    node,
                    &heights,
                    softness,
                    (room.axis)(node),
                )
            }));
            for (&node, height) in sequences[at]
                .iter()
                .zip(room.walls[at].settle(&wishes, &spacing))
            {
                heights[node as usize] = height;
            }
        };
        if round % 2 == 0 {
            (0..sequences.len()).rev().for_each(&mut settle);
        } else {
            (0..sequences.len()).for_each(&mut settle);
        }
    }
    for &node in sequences.iter().flatten() {
        let height = &mut heights[node as usize];
        *height = (*height / Geometry::GRID).round() * Geometry::GRID;
    }
    if room.limit.is_some() || room.walls.iter().all(|walls| *walls == Walls::none()) {
        let neighbours = Neighbours::of(layered, &sequences, spacing, room.limit);
        for _ in 0..LEVELLINGS {
            neighbours.level(&mut heights);
            if layered.len() < SMALL {
                neighbours.align(&mut heights);
            }
        }
    }
    heights
}

/// Who stands above and below whom.
struct Neighbours<'a> {
    layered: &'a Layered,
    above: Vec<Option<u32>>,
    below: Vec<Option<u32>>,
    spacing: Spacing,
    limit: Option<&'a dyn Fn(u32) -> (f64, f64)>,
}

impl<'a> Neighbours<'a> {
    fn of(
        layered: &'a Layered,
        sequences: &[Vec<u32>],
        spacing: Spacing,
        limit: Option<&'a dyn Fn(u32) -> (f64, f64)>,
    ) -> Self {
        let (mut above, mut below) = (vec![None; layered.len()], vec![None; layered.len()]);
        for pair in sequences.iter().flat_map(|sequence| sequence.windows(2)) {
            above[pair[1] as usize] = Some(pair[0]);
            below[pair[0] as usize] = Some(pair[1]);
        }
        Self {
            layered,
            above,
            below,
            spacing,
            limit,
        }
    }

    /// Draws all passes of a link level where there is room.
    fn level(&self, heights: &mut [f64]) {
        for chain in self.layered.chains.iter().filter(|chain| chain.passes > 0) {
            let passes = chain.first as usize..(chain.first + chain.passes) as usize;
            let (least, most) =
                passes
                    .clone()
                    .fold((f64::NEG_INFINITY, f64::INFINITY), |room, pass| {
                        let (least, most) = self.room(pass, heights);
                        (room.0.max(least), room.1.min(most))
                    });
            if least <= most {
                let ends = [heights[chain.left as usize], heights[chain.right as usize]];
                let middle = heights[passes.start + passes.len() / 2];
                // Level with an end, if that is no detour, is straighter still.
                let near = ends.into_iter().find(|end| (end - middle).abs() <= NEAR);
                let height = near.unwrap_or(middle).clamp(least, most);
                heights[passes].fill(height);
            }
        }
    }

    /// Draws edges level that are nearly so, by moving all that is level with one end together to the height of the
    /// other. Every move makes one more edge level and none less.
    fn align(&self, heights: &mut [f64]) {
        for node in 0..number(self.layered.len()) {
            for &other in self.layered.after.of_node(node) {
                let slant = (heights[node as usize] - heights[other as usize]).abs();
                if slant > 0.0 && slant <= NEAR {
                    let _ = self.join(other, node, heights) || self.join(node, other, heights);
                }
            }
        }
    }

    /// Takes a node, with all that is level with it, to the height of another, if there is room.
    fn join(&self, node: u32, to: u32, heights: &mut [f64]) -> bool {
        let height = heights[to as usize];
        let row = self.row(node, heights);
        let fits = row.iter().all(|&node| {
            let (least, most) = self.room(node as usize, heights);
            (least..=most).contains(&height)
        });
        if fits {
            row.iter().for_each(|&node| heights[node as usize] = height);
        }
        fits
    }

    /// All nodes joined to one by level edges.
    fn row(&self, node: u32, heights: &[f64]) -> Vec<u32> {
        let mut row = vec![node];
        let mut next = 0;
        while let Some(&node) = row.get(next) {
            next += 1;
            for &other in self
                .layered
                .before
                .of_node(node)
                .iter()
                .chain(self.layered.after.of_node(node))
            {
                if heights[other as usize] == heights[node as usize] && !row.contains(&other) {
                    row.push(other);
                }
            }
        }
        row
    }

    /// The heights a node can take without moving others.
    fn room(&self, node: usize, heights: &[f64]) -> (f64, f64) {
        let apart = |other: u32| {
            self.spacing.between(
                self.layered.is_card(other),
                node < self.layered.cards as usize,
            )
        };
        let (least, most) = self
            .limit
            .map_or((f64::NEG_INFINITY, f64::INFINITY), |limit| {
                limit(number(node))
            });
        (
            self.above[node].map_or(least, |other| {
                least.max(heights[other as usize] + apart(other))
            }),
            self.below[node].map_or(most, |other| {
                most.min(heights[other as usize] - apart(other))
            }),
        )
    }
}

/// Nodes one below the other, their middle on the axis.
fn pack(layered: &Layered, sequence: &[u32], spacing: &Spacing, axis: f64, heights: &mut [f64]) {
    let mut bottom = 0.0;
    for (at, &node) in sequence.iter().enumerate() {
        if at > 0 {
            bottom += spacing.between(layered.is_card(sequence[at - 1]), layered.is_card(node));
        }
        heights[node as usize] = bottom;
    }
    for &node in sequence {
        heights[node as usize] += axis - bottom / 2.0;
    }
}

/// For each node: whether it is a pass of links that run from right to left.
fn backward(layered: &Layered) -> Vec<bool> {
    let mut backward = vec![false; layered.len()];
    for chain in layered.chains.iter().filter(|chain| chain.against) {
        backward[chain.first as usize..(chain.first + chain.passes) as usize].fill(true);
    }
    backward
}

fn wish(
    (layered, backward): (&Layered, &[bool]),
    node: u32,
    heights: &[f64],
    softness: f64,
    axis: f64,
) -> Wish {
    let is_card = layered.is_card(node);
    let height = heights[node as usize];
    let (mut sum, mut weight) = (axis * GRAVITY, GRAVITY);
    for &other in layered
        .before
        .of_node(node)
        .iter()
        .chain(layered.after.of_node(node))
    {
        let towards = heights[other as usize];
        let importance = match (is_card, layered.is_card(other)) {
            (true, true) => 1.0,
            (false, false) => 8.0,
            // Links back go round the main lines, which they are not to bend.
            _ if backward[node as usize] != backward[other as usize] => 0.25,
            _ => 2.0,
        };
        let pull = importance / ((towards - height).abs() + softness);
        sum += pull * towards;
        weight += pull;
    }
    Wish {
        height: sum / weight,
        weight,
        is_card,
    }
}
