//! The lanes of a scene: bands across all columns, with their names in a strip to the left of these. Refuses to sort
//! cards into them: the layout did.

use super::picture::LaneBand;
use super::{Scene, SceneCard, SceneColumn};
use crate::text::{Font, Weight};

/// Free height above and below the cards of a lane that was closed up.
const BESIDE: f64 = 20.0;

/// A lane: a band across all columns.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneLane {
    /// What its touchpoints have in common, in words.
    pub name: String,
    /// Top edge.
    pub y: f64,
    /// Height.
    pub height: f64,
    /// How many touchpoints stand in it.
    pub touchpoints: usize,
}

impl SceneLane {
    /// Width of the strip with the names.
    pub const STRIP: f64 = 116.0;
    /// What a name is set in.
    pub const NAME_FONT: Font = Font::new(Weight::SemiBold, 12.5);
    /// What the number of touchpoints is set in.
    pub const COUNT_FONT: Font = Font::new(Weight::Regular, 12.5);
    /// Free width to both sides of the words in the strip.
    pub const PADDING: f64 = 12.0;

    pub(super) fn of(band: &LaneBand, cards: &[SceneCard]) -> Self {
        let within = |card: &&SceneCard| {
            let middle = card.y + card.height / 2.0;
            band.y <= middle && middle < band.y + band.height
        };
        Self {
            name: band.name.clone(),
            y: band.y,
            height: band.height,
            touchpoints: cards.iter().filter(within).count(),
        }
    }
}

impl Scene {
    /// Left edge of the strip with the lanes' names, and right edge of the columns; `None` without lanes or columns.
    #[must_use]
    pub fn lane_span(&self) -> Option<(f64, f64)> {
        let (first, last) = (self.columns.first()?, self.columns.last()?);
        let end = |column: &SceneColumn| column.x + column.width;
        (!self.lanes.is_empty()).then(|| (first.x - SceneLane::STRIP, end(last)))
    }

    /// Lets the first lane begin right below the heads, and the last one end where the columns do.
    pub(super) fn reach_lanes(&mut self) {
        let (top, bottom) = (self.top + self.head_height, self.bottom);
        if let Some(first) = self.lanes.first_mut() {
            first.height += first.y - top;
            first.y = top;
        }
        if let Some(last) = self.lanes.last_mut() {
            last.height = bottom - last.y;
        }
    }
}

/// Keeps the lanes that hold cards after these were moved from `before` to where they are; lanes touch halfway between.
pub(super) fn close_lanes(lanes: &mut Vec<LaneBand>, before: &[f64], cards: &[SceneCard]) {
    let held = |lane: &LaneBand| {
        let middle = |(card, y): (&SceneCard, &f64)| {
            let middle = y + card.height / 2.0;
            let inside = lane.y <= middle && middle < lane.y + lane.height;
            inside.then_some((card.y, card.y + card.height))
        };
        let spans = cards.iter().zip(before).filter_map(middle);
        spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    };
    let kept: Vec<(LaneBand, (f64, f64))> = lanes
        .drain(..)
        .filter_map(|lane| Some((lane.clone(), held(&lane)?)))
        .collect();
    let first = kept.first().map(|(_, held)| held.0 - BESIDE);
    let between = kept
        .windows(2)
        .map(|pair| f64::midpoint(pair[0].1.1, pair[1].1.0));
    let last = kept.last().map(|(_, held)| held.1 + BESIDE);
    let edges: Vec<f64> = first.into_iter().chain(between).chain(last).collect();
    for ((lane, _), edge) in kept.into_iter().zip(edges.windows(2)) {
        lanes.push(LaneBand {
            y: edge[0],
            height: (edge[1] - edge[0]).max(0.0),
            ..lane
        });
    }
}
