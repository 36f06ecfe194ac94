//! Links as they are drawn: by Backcast along its routes, by Graphviz dot along its splines, and by both as straight
//! lines from card to card. Refuses to lay out.

use std::collections::HashMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use backcast_layout::{Geometry, Layout};
use backcast_model::Map;
use serde_json::Value;

use crate::segments::{Polyline, point};

/// A picture to be measured.
#[derive(Debug)]
pub(crate) struct Drawing {
    /// Links as drawn.
    pub(crate) drawn: Vec<Polyline>,
    /// Links as straight lines.
    pub(crate) straight: Vec<Polyline>,
}

/// The picture of a layout.
pub(crate) fn of_layout(map: &Map, layout: &Layout, geometry: &Geometry) -> Drawing {
    let corners: Vec<_> = layout
        .cards
        .iter()
        .map(|place| (place.x, place.y))
        .collect();
    let routes: HashMap<_, _> = layout
        .routes
        .iter()
        .map(|route| (&route.link, &route.points))
        .collect();
    let half = geometry.card_width / 2.0;
    let draw = |link: &backcast_model::Link, routed: bool| {
        let end = |id: &backcast_model::Id| corners[map.touchpoints.position(id.as_str()).unwrap()];
        let (from, to) = (end(&link.from), end(&link.to));
        let mut line = straight(from, to, geometry);
        if let Some(points) = routes.get(&link.id).filter(|_| routed) {
            let ahead = if to.0 > from.0 { half } else { -half };
            let passes = points
                .iter()
                .flat_map(|(x, y)| [point(x - ahead, *y), point(x + ahead, *y)]);
            line.splice(1..line.len() - 1, passes);
        }
        line
    };
    Drawing {
        drawn: map.links.iter().map(|link| draw(link, true)).collect(),
        straight: map.links.iter().map(|link| draw(link, false)).collect(),
    }
}

/// Each touchpoint's stage by number.
pub(crate) fn ranks_by_stage(map: &Map) -> Vec<usize> {
    let stage = |touchpoint: &backcast_model::Touchpoint| {
        map.stages.position(touchpoint.stage.as_ref()?.as_str())
    };
    map.touchpoints
        .iter()
        .map(|touchpoint| stage(touchpoint).unwrap_or(0))
        .collect()
}

/// Each touchpoint's layer in a layout by number.
pub(crate) fn ranks_by_step(layout: &Layout) -> Vec<usize> {
    let x = |place: &backcast_layout::Place| place.x as i64;
    let layers: std::collections::BTreeSet<i64> = layout.cards.iter().map(x).collect();
    layout
        .cards
        .iter()
        .map(|place| layers.range(..x(place)).count())
        .collect()
}

/// From the side of one card to the facing side of the other; within a column, out to the right and back.
fn straight(from: (f64, f64), to: (f64, f64), geometry: &Geometry) -> Polyline {
    let (width, middle) = (geometry.card_width, geometry.card_height / 2.0);
    let (from_y, to_y) = (from.1 + middle, to.1 + middle);
    if to.0 >= from.0 + width {
        vec![point(from.0 + width, from_y), point(to.0, to_y)]
    } else if from.0 >= to.0 + width {
        vec![point(from.0, from_y), point(to.0 + width, to_y)]
    } else {
        let right = from.0.max(to.0) + width;
        let aside = right + (geometry.step_gap / 2.0).min((from_y - to_y).abs() / 2.0);
        vec![
            point(from.0 + width, from_y),
            point(aside, (from_y + to_y) / 2.0),
            point(to.0 + width, to_y),
        ]
    }
}

/// Where the cards of each layer of a layout begin.
pub(crate) fn layers(layout: &Layout) -> Vec<f64> {
    let mut layers: Vec<f64> = layout.cards.iter().map(|place| place.x).collect();
    layers.sort_by(f64::total_cmp);
    layers.dedup();
    layers
}

/// The picture Graphviz dot makes of the same map with the same measures, given each touchpoint's rank; `None` when
/// dot is not installed or gives up. With `layers`, its ranks are moved to begin there: dot keeps all ranks equally far
/// apart, and the gaps between shrink or grow with all that is drawn in them, so that links cross as they did.
pub(crate) fn by_dot(
    map: &Map,
    (ranks, layers): (&[usize], Option<&[f64]>),
    geometry: &Geometry,
    timeout_s: u32,
) -> Option<Drawing> {
    let mut dot = Command::new("timeout")
        .args([&timeout_s.to_string(), "dot", "-Tjson"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = dot.stdin.take()?;
    let source = source(map, ranks, geometry);
    let writer = std::thread::spawn(move || input.write_all(source.as_bytes()));
    let output = dot.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let answer: Value = serde_json::from_slice(&output.stdout).ok()?;
    let mut corners = HashMap::new();
    for node in answer["objects"].as_array()? {
        let position: Vec<f64> = node["pos"]
            .as_str()
            .unwrap_or_default()
            .split(',')
            .filter_map(|text| text.parse().ok())
            .collect();
        if let (&[x, y], Some(name)) = (&position[..], node["name"].as_str()) {
            corners.insert(
                name,
                (
                    x - geometry.card_width / 2.0,
                    -y - geometry.card_height / 2.0,
                ),
            );
        }
    }
    let mut bends = Bends::default();
    for (rank, left) in layers.into_iter().flatten().enumerate() {
        let mut members = map.touchpoints.ids().zip(ranks);
        let (member, _) = members.find(|(_, other)| **other == rank)?;
        let (x, _) = *corners.get(member.as_str())?;
        bends.0.push((x, *left));
        bends
            .0
            .push((x + geometry.card_width, left + geometry.card_width));
    }
    for corner in corners.values_mut() {
        corner.0 = bends.of(corner.0);
    }
    let edges = answer["edges"].as_array()?;
    let drawn = edges
        .iter()
        .filter_map(|edge| Some(flatten(edge["pos"].as_str()?, &bends)))
        .collect();
    let ends = map.links.iter().filter_map(|link| {
        Some((
            *corners.get(link.from.as_str())?,
            *corners.get(link.to.as_str())?,
        ))
    });
    Some(Drawing {
        drawn,
        straight: ends
            .map(|(from, to)| straight(from, to, geometry))
            .collect(),
    })
}

fn source(map: &Map, ranks: &[usize], geometry: &Geometry) -> String {
    let inch = |units: f64| units / 72.0;
    let mut text = format!(
        "digraph {{ rankdir=LR; ranksep={}; nodesep={}; node [shape=box fixedsize=true label=\"\" width={} height={}]; edge [dir=none];\n",
        inch(geometry.column_gap),
        inch(geometry.row_gap),
        inch(geometry.card_width),
        inch(geometry.card_height)
    );
    for rank in 0..=ranks.iter().copied().max().unwrap_or(0) {
        let members = map
            .touchpoints
            .ids()
            .zip(ranks)
            .filter(|(_, other)| **other == rank);
        let members: String = members.map(|(id, _)| format!(" \"{id}\";")).collect();
        text += &format!(
            "rank{rank} [style=invis width=0.01 height=0.01]; {{ rank=same; rank{rank};{members} }}\n"
        );
        if rank > 0 {
            text += &format!("rank{} -> rank{rank} [style=invis];\n", rank - 1);
        }
    }
    for link in map.links.iter() {
        text += &format!("\"{}\" -> \"{}\";\n", link.from, link.to);
    }
    text + "}\n"
}

/// From where to where places move, left to right, with all between in proportion. Without any, nothing moves.
#[derive(Debug, Default)]
struct Bends(Vec<(f64, f64)>);

impl Bends {
    fn of(&self, x: f64) -> f64 {
        let behind = self.0.partition_point(|(from, _)| *from < x);
        let pair = (self.0.get(behind.wrapping_sub(1)), self.0.get(behind));
        match pair {
            (Some(&(left, to_left)), Some(&(right, to_right))) => {
                to_left + (x - left) * (to_right - to_left) / (right - left)
            }
            (Some(&(from, to)), None) | (None, Some(&(from, to))) => to + x - from,
            (None, None) => x,
        }
    }
}

/// A spline as dot writes it (a start, then three points per cubic curve), each curve as eight straight pieces.
fn flatten(spline: &str, bends: &Bends) -> Polyline {
    let points: Vec<(f64, f64)> = spline
        .split_whitespace()
        .filter(|text| !text.starts_with(['e', 's']))
        .filter_map(|text| {
            let (x, y) = text.split_once(',')?;
            Some((x.parse().ok()?, -y.parse::<f64>().ok()?))
        })
        .collect();
    let bent = |x, y| point(bends.of(x), y);
    let mut line: Polyline = points
        .first()
        .map(|&(x, y)| bent(x, y))
        .into_iter()
        .collect();
    for start in (0..points.len().saturating_sub(3)).step_by(3) {
        for step in 1..=8 {
            let t = f64::from(step) / 8.0;
            let weights = [
                (1.0 - t).powi(3),
                3.0 * t * (1.0 - t).powi(2),
                3.0 * t * t * (1.0 - t),
                t.powi(3),
            ];
            let sum = |pick: fn((f64, f64)) -> f64| -> f64 {
                weights
                    .iter()
                    .zip(&points[start..])
                    .map(|(weight, &at)| weight * pick(at))
                    .sum()
            };
            line.push(bent(sum(|at| at.0), sum(|at| at.1)));
        }
    }
    line
}
