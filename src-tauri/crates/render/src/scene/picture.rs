//! What a scene is made from: a map, where its cards stand, which gaps there are, and how much of it is wanted. The
//! caller gathers it once, however many excerpts are drawn. Refuses to find any of it out.

use std::cell::OnceCell;
use std::collections::HashMap;

use backcast_model::graph::MapGraph;
use backcast_model::{Id, Map};

use super::curve::Point;
use super::{Badge, Counts, Theme};

/// A stage's band as it was laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The stage; `None` for touchpoints without one and in a map without stages.
    pub stage: Option<Id>,
    /// Left edge, in map units.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Its share of the map's budget, 0 to 1; `None` when the map has no budgets.
    pub budget_share: Option<f64>,
    /// Its open gaps.
    pub gaps: Counts,
}

/// A lane's band as it was laid out: across all columns.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneBand {
    /// What its touchpoints have in common, in words.
    pub name: String,
    /// Top edge, in map units.
    pub y: f64,
    /// Height.
    pub height: f64,
}

/// Which part of a map is seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum View {
    /// All of it.
    #[default]
    Whole,
    /// These touchpoints and the links between them.
    Touchpoints(Vec<Id>),
    /// The touchpoints of a stage (`None`: those without one), what a link joins to them, and these links.
    Stage(Option<Id>),
    /// A touchpoint, everything that leads to it, and the links between.
    Upstream(Id),
}

/// What stands around cards and links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent choices of the planner"
)]
pub struct Shown {
    /// The map's title.
    pub title: bool,
    /// The heads of the stages.
    pub heads: bool,
    /// The gaps, on cards and in heads.
    pub gaps: bool,
    /// The words on links.
    pub labels: bool,
    /// What signs and colours mean.
    pub legend: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            title: true,
            heads: true,
            gaps: true,
            labels: true,
            legend: true,
        }
    }
}

/// A map with everything its picture needs.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// The map.
    pub map: &'a Map,
    /// Stages from left to right.
    pub bands: Vec<Band>,
    /// Lanes from top to bottom, which touch; none unless the map was laid out in some.
    pub lanes: Vec<LaneBand>,
    /// The upper left corner of every touchpoint's card, in map units; touchpoints without one are not drawn.
    pub places: HashMap<Id, (f64, f64)>,
    /// Width and height of a card.
    pub card: (f64, f64),
    /// Where links pass layers of cards, in travel order; others run straight from card to card.
    pub ways: HashMap<Id, Vec<Point>>,
    /// Open gaps of touchpoints that have any.
    pub badges: HashMap<Id, Badge>,
    /// The colours.
    pub theme: Theme,
    /// How much of the map is seen.
    pub view: View,
    /// What stands around it.
    pub shown: Shown,
    /// Which links leave which touchpoints: found out when the first excerpt asks.
    pub graph: OnceCell<MapGraph>,
}

impl Picture<'_> {
    /// The map as a graph.
    pub fn graph(&self) -> &MapGraph {
        self.graph.get_or_init(|| MapGraph::of(self.map))
    }
}
