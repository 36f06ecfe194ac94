//! The complete layout of a map. Refuses to remember anything: [`crate::Arrangement`] does.

use backcast_model::{Id, Map};

use crate::bands::Bands;
use crate::frame::Frame;
use crate::geometry::Geometry;
use crate::heights::{Room, heights};
use crate::layered::Layered;
use crate::order::Order;
use crate::plan::Plan;
use crate::search::order;
use crate::steps::{Steps, steps};
use crate::walls::{Spacing, Walls};
use crate::wiring::Wiring;

/// A column of the picture: a stage, the touchpoints without one, or (in a map without stages) a distance from the
/// destinations.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The stage; `None` for touchpoints without one and in a map without stages.
    pub stage: Option<Id>,
    /// Left edge of the column's cards.
    pub x: f64,
    /// From there to the right edge of its rightmost cards: one card, or several steps side by side.
    pub width: f64,
}

/// A lane of the picture: a band across all columns, in which cards of one kind stand. Lanes touch.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// What its cards have in common: the name of a channel group, the id of an audience, the word for an ownership
    /// or a medium; `None`: they have nothing of the kind.
    pub name: Option<String>,
    /// Its top edge.
    pub y: f64,
    /// From there to its bottom edge.
    pub height: f64,
}

/// Where a touchpoint's card stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The touchpoint.
    pub touchpoint: Id,
    /// Left edge of its card.
    pub x: f64,
    /// Top edge of its card.
    pub y: f64,
    /// Whether the planner put it there.
    pub pinned: bool,
}

/// The way of a link that passes layers of cards between its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The link.
    pub link: Id,
    /// Where it passes, from its `from` to its `to`: the middle of each layer between. A link drawn level for half a
    /// card's width to both sides of each point runs clear of all cards that are not pinned.
    pub points: Vec<(f64, f64)>,
}

/// A picture of a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Lanes from top to bottom; none unless the frame has some.
    pub lanes: Vec<Lane>,
    /// Every touchpoint, in the map's order.
    pub cards: Vec<Place>,
    /// Links that pass layers, in the map's order. Others run straight from card to card.
    pub routes: Vec<Route>,
}

impl Layout {
    /// The bands that columns fill: left edge and width for each, in order. They touch halfway between the cards of
    /// two columns, and the outer ones end as far from their cards.
    #[must_use]
    pub fn bands(&self, geometry: &Geometry) -> Vec<(f64, f64)> {
        let margin = geometry.column_gap / 2.0;
        let right = |column: &Column| column.x + column.width;
        let between = |pair: &[Column]| f64::midpoint(right(&pair[0]), pair[1].x);
        let first = self.columns.first().map(|column| column.x - margin);
        let last = self.columns.last().map(|column| right(column) + margin);
        let edges: Vec<f64> = first
            .into_iter()
            .chain(self.columns.windows(2).map(between))
            .chain(last)
            .collect();
        edges
            .windows(2)
            .map(|pair| (pair[0], pair[1] - pair[0]))
            .collect()
    }
}

/// Lays out a whole map: the same map always gets the same picture.
///
/// Columns follow the order of stages, and a stage is one column of cards, spread over several side by side only where
/// the picture would be higher than wide; a first column without stage is there only for touchpoints without one; a map
/// without stages gets columns by distance from the destinations. Pinned touchpoints are exactly where they are
/// pinned; no other card overlaps them or each other, and each is within its stage's column.
///
/// About O((n + p) log n) for n touchpoints, at most 4 n links and p places where links pass columns.
#[must_use]
pub fn lay_out(map: &Map, geometry: &Geometry) -> Layout {
    lay_out_in(map, geometry, &Frame::default())
}

/// Lays out a whole map in a frame. In lanes every card stands within its lane's band, and the band of a lane is as
/// high as the column that needs most room in it; only lanes that a touchpoint stands in are there. Stages are spread
/// as they are without lanes, also where lanes make the picture higher.
///
/// Takes as long as [`lay_out`].
#[must_use]
pub fn lay_out_in(map: &Map, geometry: &Geometry, frame: &Frame) -> Layout {
    Picture::of(map, geometry, frame).layout(map, geometry)
}

/// A picture by numbers.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) wiring: Wiring,
    pub(crate) steps: Steps,
    pub(crate) plan: Plan,
    pub(crate) layered: Layered,
    pub(crate) order: Order,
    pub(crate) bands: Bands,
    /// Heights of centres.
    pub(crate) heights: Vec<f64>,
}

impl Picture {
    pub(crate) fn of(map: &Map, geometry: &Geometry, frame: &Frame) -> Self {
        let wiring = Wiring::of(map, frame);
        let steps = steps(&wiring, geometry);
        let plan = Plan::of(&wiring, &steps, geometry);
        let layered = Layered::of(&wiring, &plan.layer, plan.x.len());
        let order = order(&layered.with_turns(&wiring), &|node| wiring.chosen(node));
        let order = downward(
            order.of_first(layered.len(), layered.layers),
            &wiring,
            &layered,
        );
        let (bands, heights) = balanced_heights(&wiring, &plan, &layered, &order, geometry);
        Self {
            bands,
            wiring,
            steps,
            plan,
            layered,
            order,
            heights,
        }
    }

    pub(crate) fn layout(&self, map: &Map, geometry: &Geometry) -> Layout {
        let place = |(at, id): (usize, &Id)| {
            let (x, y) = self.corner(at, geometry);
            Place {
                touchpoint: id.clone(),
                x,
                y,
                pinned: self.wiring.pin[at].is_some(),
            }
        };
        let route = |(at, id): (usize, &Id)| Route {
            link: id.clone(),
            points: self.way(at, geometry).collect(),
        };
        Layout {
            columns: self.plan.columns.clone(),
            lanes: self.lanes(),
            cards: map.touchpoints.ids().enumerate().map(place).collect(),
            routes: map
                .links
                .ids()
                .enumerate()
                .map(route)
                .filter(|route| !route.points.is_empty())
                .collect(),
        }
    }

    fn lanes(&self) -> Vec<Lane> {
        let lane = |(at, name): (u32, &Option<String>)| {
            let (top, bottom) = self.bands.band(at);
            Lane {
                name: name.clone(),
                y: top,
                height: bottom - top,
            }
        };
        (0..).zip(&self.wiring.lanes).map(lane).collect()
    }

    /// Whether lanes are other ones, or stand elsewhere.
    pub(crate) fn has_lanes_as(&self, other: &Self) -> bool {
        self.wiring.lanes == other.wiring.lanes && self.bands == other.bands
    }

    /// The top-left corner of touchpoint number `at`.
    pub(crate) fn corner(&self, at: usize, geometry: &Geometry) -> (f64, f64) {
        self.wiring.pin[at].unwrap_or_else(|| {
            (
                self.plan.x[self.plan.layer[at] as usize],
                self.heights[at] - geometry.card_height / 2.0,
            )
        })
    }

    /// Where link number `at` passes layers, from its start to its end.
    pub(crate) fn way(&self, at: usize, geometry: &Geometry) -> impl Iterator<Item = (f64, f64)> {
        let (chain, against) = self.layered.chain_of_link[at].unzip();
        let (first, passes) = chain.map_or((0, 0), |chain| {
            let chain = self.layered.chains[chain as usize];
            (chain.first, chain.passes)
        });
        let half_card = geometry.card_width / 2.0;
        (0..passes).map(move |step| {
            let pass = first
                + if against == Some(true) {
                    passes - 1 - step
                } else {
                    step
                };
            let layer = self.layered.layer[pass as usize];
            (
                self.plan.x[layer as usize] + half_card,
                self.heights[pass as usize],
            )
        })
    }
}

/// The order itself or the same upside down, where that breaks no rule: so that more links inside a column lead down,
/// as people read, than up. One card that was put somewhere is put nowhere else by it; of several in a column the
/// order is given.
fn downward(order: Order, wiring: &Wiring, layered: &Layered) -> Order {
    let is_chosen = |node: &&u32| wiring.chosen(**node).is_some();
    let given = |layer: &Vec<u32>| layer.iter().filter(is_chosen).count() > 1;
    if layered.has_lanes() || order.layers.iter().any(given) {
        return order;
    }
    let inside = wiring
        .links
        .iter()
        .flatten()
        .map(|&(from, to)| (from as usize, to as usize));
    let (mut down, mut up) = (0, 0);
    for (from, to) in inside.filter(|&(from, to)| layered.layer[from] == layered.layer[to]) {
        if order.at[from] < order.at[to] {
            down += 1;
        } else {
            up += 1;
        }
    }
    if up > down {
        order.upside_down()
    } else {
        order
    }
}

/// Bands and heights for a whole picture, columns balanced about one axis and the topmost card right below the header
/// (unless pinned cards hold the picture where they are, or lanes do).
pub(crate) fn balanced_heights(
    wiring: &Wiring,
    plan: &Plan,
    layered: &Layered,
    order: &Order,
    geometry: &Geometry,
) -> (Bands, Vec<f64>) {
    if layered.has_lanes() {
        return heights_in_lanes(wiring, layered, order, geometry);
    }
    let heights = free_heights(wiring, plan, layered, order, geometry);
    (Bands::default(), heights)
}

fn heights_in_lanes(
    wiring: &Wiring,
    layered: &Layered,
    order: &Order,
    geometry: &Geometry,
) -> (Bands, Vec<f64>) {
    let spacing = Spacing::roomy(geometry, layered.is_crowded());
    let least = vec![Bands::least_height(geometry); wiring.lanes.len()];
    let bands = Bands::of(layered, order, geometry, &spacing, &least);
    let limit = |node| bands.limit(layered, node, geometry);
    let room = Room {
        walls: &bands.walls(layered, order, geometry, &spacing),
        fixed: &|_| None,
        axis: &|node| {
            let (least, most) = limit(node);
            f64::midpoint(least, most)
        },
        limit: Some(&limit),
    };
    let heights = heights(layered, order, geometry, &room);
    (bands, heights)
}

fn free_heights(
    wiring: &Wiring,
    plan: &Plan,
    layered: &Layered,
    order: &Order,
    geometry: &Geometry,
) -> Vec<f64> {
    let half_card = geometry.card_height / 2.0;
    let fixed = fixed_heights(wiring, geometry);
    let top = geometry.header_height + geometry.row_gap + half_card;
    if wiring.pin.iter().any(Option::is_some) {
        let tallest = order
            .layers
            .iter()
            .map(|layer| layer.iter().filter(|&&node| layered.is_card(node)).count())
            .max();
        let rows = tallest.unwrap_or(1).saturating_sub(1) as f64;
        let axis = top + rows * (geometry.card_height + geometry.row_gap) / 2.0;
        let walls = walls(wiring, plan, geometry);
        return heights(
            layered,
            order,
            geometry,
            &Room {
                walls: &walls,
                fixed: &fixed,
                axis: &|_| axis,
                limit: None,
            },
        );
    }
    let walls = vec![Walls::none(); layered.layers];
    let mut heights = heights(
        layered,
        order,
        geometry,
        &Room {
            walls: &walls,
            fixed: &fixed,
            axis: &|_| 0.0,
            limit: None,
        },
    );
    let highest = |cards: bool| {
        let nodes = (0_u32..)
            .zip(&heights)
            .filter(|(node, _)| layered.is_card(*node) == cards);
        nodes
            .map(|(_, height)| *height)
            .fold(f64::INFINITY, f64::min)
    };
    let shift = top - highest(true).min(highest(false) + half_card);
    if shift.is_finite() {
        heights.iter_mut().for_each(|height| *height += shift);
    }
    heights
}

/// The centre heights of pinned cards.
pub(crate) fn fixed_heights(wiring: &Wiring, geometry: &Geometry) -> impl Fn(u32) -> Option<f64> {
    let half_card = geometry.card_height / 2.0;
    move |node| {
        wiring
            .pin
            .get(node as usize)
            .copied()
            .flatten()
            .map(|pin| pin.1 + half_card)
    }
}

/// The walls of every layer: the header, and pinned cards that reach into it.
pub(crate) fn walls(wiring: &Wiring, plan: &Plan, geometry: &Geometry) -> Vec<Walls> {
    let aside = geometry.row_gap;
    let mut solid = vec![Vec::new(); plan.x.len()];
    for &(x, y) in wiring.pin.iter().flatten() {
        let first = plan
            .x
            .partition_point(|left| left + geometry.card_width + aside <= x);
        for (left, solid) in plan.x.iter().zip(&mut solid).skip(first) {
            if *left >= x + geometry.card_width + aside {
                break;
            }
            solid.push((y, y + geometry.card_height));
        }
    }
    // A node keeps a row's gap from walls, so the header's ends where its strip does.
    solid
        .into_iter()
        .map(|solid| Walls::of(geometry.header_height, solid))
        .collect()
}
