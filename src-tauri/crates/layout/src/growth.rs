//! A picture for the next state of a map, grown from the one before. Refuses to reorder what stays.

use std::collections::BTreeMap;

use crate::geometry::Geometry;
use crate::kept_steps::{KeptSteps, kept_steps};
use crate::kinship::Kinship;
use crate::layered::Layered;
use crate::layout::{Picture, balanced_heights, fixed_heights, walls};
use crate::order::{Order, fit};
use crate::plan::Plan;
use crate::steps::steps;
use crate::walls::{Spacing, Walls, Wish};
use crate::wiring::Wiring;

/// Up to so many touchpoints, the picture is balanced anew with every change (in unchanged order): so few move with
/// each, and what is drawn first should look finished at once.
const BALANCED_UP_TO: usize = 16;
/// What the wish of a new node counts against that of an old one to stay.
const NEWCOMER: f64 = 1e-3;
/// How often touched layers are settled, so that new nodes take account of each other.
const SETTLINGS: usize = 2;

/// Grows `old` into a picture of the map by `wiring`. O(touchpoints + links + passes) and, for each new node, its
/// layer.
pub(crate) fn grow(
    old: &Picture,
    kinship: &Kinship,
    wiring: Wiring,
    geometry: &Geometry,
) -> Picture {
    let kept = if wiring.len() <= BALANCED_UP_TO {
        fresh_steps(old, kinship, &wiring)
    } else {
        kept_steps(old, kinship, &wiring)
    };
    let mut plan = Plan::of(&wiring, &kept.steps, geometry);
    let origin = layer_origins(old, kinship, &kept);
    let shift = usual_shift(old, &plan, &origin, kinship);
    plan.shift(shift);
    let layered = Layered::of(&wiring, &plan.layer, plan.x.len());
    let successor = successors(old, kinship, &layered, &wiring, &origin);
    let mut seedling = Seedling::of(old, &layered, &origin, &successor);
    seedling.bring_in_newcomers(old, &wiring, kinship, geometry);
    let mut order = Order::of(seedling.layers);
    fit(&layered, &mut order, &seedling.fitted, &|node| {
        wiring
            .pin
            .get(node as usize)
            .copied()
            .flatten()
            .map(|pin| pin.1)
    });
    let heights = if wiring.len() <= BALANCED_UP_TO {
        balanced_heights(&wiring, &plan, &layered, &order, geometry)
    } else {
        let bed = Bed {
            wiring: &wiring,
            plan: &plan,
            layered: &layered,
            order: &order,
            newcomers: &seedling.newcomers,
        };
        bed.settle(seedling.heights, geometry)
    };
    Picture {
        wiring,
        steps: kept.steps,
        plan,
        layered,
        order,
        heights,
    }
}

/// Steps chosen anew. A step of a group was before the one that keeps the most touchpoints of the group in place.
fn fresh_steps(old: &Picture, kinship: &Kinship, wiring: &Wiring) -> KeptSteps {
    let steps = steps(wiring);
    let mut votes: Vec<BTreeMap<i64, usize>> = vec![BTreeMap::new(); steps.count.len()];
    for ((&group, &step), before) in wiring
        .group
        .iter()
        .zip(&steps.step)
        .zip(&kinship.touchpoint)
    {
        if let Some(before) = before
            .map(|before| before as usize)
            .filter(|&before| kinship.group[group as usize] == Some(old.wiring.group[before]))
        {
            *votes[group as usize]
                .entry(i64::from(old.steps.step[before]) - i64::from(step))
                .or_default() += 1;
        }
    }
    let before = (0..).zip(&steps.count).map(|(group, &count): (usize, _)| {
        let shift = votes[group]
            .iter()
            .max_by_key(|(_, count)| **count)
            .map_or(0, |(shift, _)| *shift);
        let old_count = kinship.group[group].map_or(0, |group| old.steps.count[group as usize]);
        let step_before = |step: u32| {
            u32::try_from(i64::from(step) + shift)
                .ok()
                .filter(|step| *step < old_count)
        };
        (0..count).map(step_before).collect()
    });
    KeptSteps {
        before: before.collect(),
        steps,
    }
}

/// For each layer: which it was before.
fn layer_origins(old: &Picture, kinship: &Kinship, kept: &KeptSteps) -> Vec<Option<u32>> {
    let mut first = vec![0; old.steps.count.len() + 1];
    for (group, count) in old.steps.count.iter().enumerate() {
        first[group + 1] = first[group] + count;
    }
    let of_group = |(group, steps): (&Option<u32>, &Vec<Option<u32>>)| -> Vec<Option<u32>> {
        steps
            .iter()
            .map(|step| Some(first[(*group)? as usize] + (*step)?))
            .collect()
    };
    kinship
        .group
        .iter()
        .zip(&kept.before)
        .flat_map(of_group)
        .collect()
}

/// By how much to shift the columns so that as many cards as possible stay where they are.
fn usual_shift(old: &Picture, plan: &Plan, origin: &[Option<u32>], kinship: &Kinship) -> f64 {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    for (&layer, before) in plan.layer.iter().zip(&kinship.touchpoint) {
        if let (Some(before), Some(_)) = (origin[layer as usize], before) {
            // Whole units are near enough to tell shifts apart, which are sums of widths and gaps.
            let shift = old.plan.x[before as usize] - plan.x[layer as usize];
            *votes.entry(shift.round() as i64).or_default() += 1;
        }
    }
    let most = votes.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(old.plan.x.first().copied().unwrap_or(0.0), |(shift, _)| {
        shift as f64
    })
}

/// For each node of the old picture that stays in its layer: its number now.
fn successors(
    old: &Picture,
    kinship: &Kinship,
    layered: &Layered,
    wiring: &Wiring,
    origin: &[Option<u32>],
) -> Vec<Option<u32>> {
    let mut successor = vec![None; old.layered.len()];
    for (now, before) in (0_u32..).zip(&kinship.touchpoint) {
        if let Some(before) = *before
            && origin[layered.layer[now as usize] as usize]
                == Some(old.layered.layer[before as usize])
            && (wiring.pin[now as usize].is_some() || old.wiring.pin[before as usize].is_none())
        {
            successor[before as usize] = Some(now);
        }
    }
    let mut layer_now = vec![None; old.layered.layers];
    for (layer, before) in (0_u32..).zip(origin) {
        if let Some(before) = before {
            layer_now[*before as usize] = Some(layer);
        }
    }
    let mut touchpoint_now = vec![None; old.wiring.len()];
    for (now, before) in (0_u32..).zip(&kinship.touchpoint) {
        if let Some(before) = before {
            touchpoint_now[*before as usize] = Some(now);
        }
    }
    for chain in &old.layered.chains {
        let ends = touchpoint_now[chain.left as usize].zip(touchpoint_now[chain.right as usize]);
        let Some(&now) = ends.and_then(|ends| layered.by_ends.get(&ends)) else {
            continue;
        };
        let now = layered.chains[now as usize];
        let left = layered.layer[now.left as usize];
        for pass in chain.first..chain.first + chain.passes {
            let at = layer_now[old.layered.layer[pass as usize] as usize]
                .and_then(|layer: u32| layer.checked_sub(left + 1));
            successor[pass as usize] = at.filter(|at| *at < now.passes).map(|at| now.first + at);
        }
    }
    successor
}

/// An order and heights that lack what is new.
struct Seedling<'a> {
    layered: &'a Layered,
    layers: Vec<Vec<u32>>,
    /// Not a number for nodes that have none yet.
    heights: Vec<f64>,
    /// Nodes that had none in the old picture's layer.
    newcomers: Vec<u32>,
    /// Those of them that may be put elsewhere in their layer.
    fitted: Vec<u32>,
}

impl<'a> Seedling<'a> {
    fn of(
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
    /// order they had among themselves), new cards near what they are linked to, passes on the way.
    fn bring_in_newcomers(
        &mut self,
        old: &Picture,
        wiring: &Wiring,
        kinship: &Kinship,
        geometry: &Geometry,
    ) {
        let missing: Vec<u32> = (0..self.layered.cards)
            .filter(|&card| self.heights[card as usize].is_nan())
            .collect();
        let height_before = |card: u32| {
            kinship.touchpoint[card as usize].map(|before| old.heights[before as usize])
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
                .unwrap_or_else(|| self.below(self.layered.layer[card as usize], geometry));
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

    /// Below all that stands in a layer; in an empty one, the middle of the picture.
    fn below(&self, layer: u32, geometry: &Geometry) -> f64 {
        let known = |nodes: &[u32]| {
            nodes
                .iter()
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
        layer.insert(at, node);
        self.heights[node as usize] = height;
        self.newcomers.push(node);
    }
}

/// A picture whose heights are to be mended where something is new or in the way.
struct Bed<'a> {
    wiring: &'a Wiring,
    plan: &'a Plan,
    layered: &'a Layered,
    order: &'a Order,
    newcomers: &'a [u32],
}

impl Bed<'_> {
    fn settle(&self, mut heights: Vec<f64>, geometry: &Geometry) -> Vec<f64> {
        let fixed = fixed_heights(self.wiring, geometry);
        let pinned = self.wiring.pin.iter().any(Option::is_some);
        let walls = walls(self.wiring, self.plan, geometry);
        let mut is_new = vec![false; heights.len()];
        let mut touched = vec![pinned; self.layered.layers];
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
