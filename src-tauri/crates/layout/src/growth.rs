//! A picture for the next state of a map, grown from the one before. Refuses to reorder what stays.

use std::collections::BTreeMap;

use crate::bands::Bands;
use crate::bed::Bed;
use crate::geometry::Geometry;
use crate::kept_steps::{KeptSteps, kept_steps};
use crate::kinship::Kinship;
use crate::layered::Layered;
use crate::layout::{Picture, balanced_heights};
use crate::order::Order;
use crate::plan::Plan;
use crate::search::fit;
use crate::seedling::Seedling;
use crate::steps::steps;
use crate::walls::Spacing;
use crate::wiring::Wiring;

/// Up to so many touchpoints, the picture is balanced anew with every change (in unchanged order): so few move with
/// each, and what is drawn first should look finished at once.
const BALANCED_UP_TO: usize = 16;
/// Grows `old` into a picture of the map by `wiring`. O(touchpoints + links + passes) and, for each new node, its
/// layer.
pub(crate) fn grow(
    old: &Picture,
    kinship: &Kinship,
    wiring: Wiring,
    geometry: &Geometry,
) -> Picture {
    let kept = if wiring.len() <= BALANCED_UP_TO {
        fresh_steps(old, kinship, &wiring, geometry)
    } else {
        kept_steps(old, kinship, &wiring, geometry)
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
        wiring.chosen(node)
    });
    keep_company(old, kinship, &wiring, (&layered, &origin), &mut order);
    let (bands, heights) = if wiring.len() <= BALANCED_UP_TO {
        balanced_heights(&wiring, &plan, &layered, &order, geometry)
    } else {
        let bands = grown_bands(old, kinship, &layered, &order, geometry);
        let bed = Bed {
            wiring: &wiring,
            plan: &plan,
            layered: &layered,
            order: &order,
            bands: &bands,
            bands_moved: bands.edges != old.bands.edges,
            newcomers: &seedling.newcomers,
        };
        let heights = carried_along(old, kinship, &layered, &bands, seedling.heights);
        let heights = bed.settle(heights, geometry);
        (bands, heights)
    };
    Picture {
        wiring,
        steps: kept.steps,
        plan,
        layered,
        order,
        bands,
        heights,
    }
}

/// Bands that stay as high as they are unless something new needs more room.
fn grown_bands(
    old: &Picture,
    kinship: &Kinship,
    layered: &Layered,
    order: &Order,
    geometry: &Geometry,
) -> Bands {
    if !layered.has_lanes() {
        return Bands::default();
    }
    let least = kinship.lane.iter().map(|before| {
        before.map_or(Bands::least_height(geometry), |before| {
            let (top, bottom) = old.bands.band(before);
            bottom - top
        })
    });
    let least: Vec<f64> = least.collect();
    Bands::of(layered, order, geometry, &Spacing::tight(geometry), &least)
}

/// Heights taken along with the lanes that moved: cards with their own, links that pass with the one they pass.
fn carried_along(
    old: &Picture,
    kinship: &Kinship,
    layered: &Layered,
    bands: &Bands,
    mut heights: Vec<f64>,
) -> Vec<f64> {
    if bands.edges == old.bands.edges {
        return heights;
    }
    let mut shifts = vec![0.0; old.wiring.lanes.len()];
    for (lane, before) in (0_u32..).zip(&kinship.lane) {
        if let Some(before) = *before {
            shifts[before as usize] = bands.band(lane).0 - old.bands.band(before).0;
        }
    }
    for (node, height) in (0_u32..).zip(&mut heights) {
        let before = match layered.lane_of(node) {
            Some(lane) => kinship.lane[lane as usize],
            None => Some(old.bands.lane_at(*height)),
        };
        *height += before.map_or(0.0, |before| {
            shifts.get(before as usize).copied().unwrap_or_default()
        });
    }
    heights
}

/// Cards that went from one layer to another together keep their order among each other: a stage that is spread over
/// other steps than before, or cards that are taken to another stage at once.
fn keep_company(
    old: &Picture,
    kinship: &Kinship,
    wiring: &Wiring,
    (layered, origin): (&Layered, &[Option<u32>]),
    order: &mut Order,
) {
    for (layer, origin) in origin.iter().enumerate() {
        let mut companies: BTreeMap<u32, Vec<(usize, u32, usize)>> = BTreeMap::new();
        for (slot, &node) in order.layers[layer].iter().enumerate() {
            let Some(&Some(before)) = kinship.touchpoint.get(node as usize) else {
                continue;
            };
            let before = before as usize;
            let from = old.layered.layer[before];
            if *origin != Some(from) && old.wiring.chosen[before] == wiring.chosen(node) {
                companies
                    .entry(from)
                    .or_default()
                    .push((slot, node, before));
            }
        }
        for company in companies.into_values().filter(|company| company.len() > 1) {
            let mut members = company.clone();
            members.sort_by_key(|&(_, node, before)| (layered.lane_of(node), old.order.at[before]));
            for ((slot, ..), (_, node, _)) in company.into_iter().zip(members) {
                order.layers[layer][slot] = node;
            }
        }
        order.renumber(layer);
    }
}

/// Steps chosen anew. A step of a group was before the one that keeps the most touchpoints of the group in place.
fn fresh_steps(
    old: &Picture,
    kinship: &Kinship,
    wiring: &Wiring,
    geometry: &Geometry,
) -> KeptSteps {
    let steps = steps(wiring, geometry);
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
            && !kinship.changed_lane(now as usize, &old.wiring, wiring)
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
