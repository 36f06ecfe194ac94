//! Where things stand in a drawing, as plain values: whoever lays a map out fills these in. [`Placement::columns`]
//! is for those who have no layout: cards in even columns.

use std::collections::BTreeMap;

use backcast_model::{Id, Map};

/// A rectangle in map units; one unit is one pixel at 100 %, y runs down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Frame {
    /// The middle.
    #[must_use]
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether a point lies in it, its edge included.
    #[must_use]
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.x..=self.x + self.width).contains(&x) && (self.y..=self.y + self.height).contains(&y)
    }

    /// How far a point is from it; 0 inside.
    pub(crate) fn distance(&self, (x, y): (f64, f64)) -> f64 {
        let beyond =
            |value: f64, low: f64, length: f64| (low - value).max(value - low - length).max(0.0);
        beyond(x, self.x, self.width).hypot(beyond(y, self.y, self.height))
    }
}

/// The most lanes that are read: every card is looked for in each of them.
pub(crate) const MOST_LANES: usize = 1_000;

/// Puts lanes in the order in which they stand: from the left, or from the top when they lie upon each other.
pub(crate) fn in_order<T>(lanes: &mut [(T, Option<Frame>)]) {
    let spread = |side: fn(&Frame) -> f64| {
        let sides = || {
            lanes
                .iter()
                .filter_map(|(_, frame)| frame.as_ref())
                .map(side)
        };
        sides().fold(f64::MIN, f64::max) - sides().fold(f64::MAX, f64::min)
    };
    let across = spread(|frame| frame.x) >= spread(|frame| frame.y);
    let key = |frame: &Option<Frame>| {
        frame
            .as_ref()
            .map_or(0.0, |frame| if across { frame.x } else { frame.y })
    };
    lanes.sort_by(|(_, one), (_, other)| key(one).total_cmp(&key(other)));
}

/// The smallest of some frames that a point lies in, by the number beside it.
pub(crate) fn smallest_around(
    frames: impl Iterator<Item = (usize, Frame)>,
    point: (f64, f64),
) -> Option<usize> {
    let area = |frame: &Frame| frame.width * frame.height;
    let around = frames.filter(|(_, frame)| frame.holds(point));
    let smallest = around.min_by(|(one, first), (other, second)| {
        area(first).total_cmp(&area(second)).then(one.cmp(other))
    });
    smallest.map(|(number, _)| number)
}

/// The frames of a map's stages and touchpoints. What has no frame is put where there is room.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placement {
    /// Stages; the whole column with its head.
    pub stages: BTreeMap<Id, Frame>,
    /// Touchpoints.
    pub touchpoints: BTreeMap<Id, Frame>,
}

/// Size of a card and the room around it, where nobody said.
const CARD: (f64, f64) = (200.0, 64.0);
const GAP: (f64, f64) = (80.0, 24.0);

/// Height of a stage's head.
pub(crate) const HEAD: f64 = 40.0;

impl Placement {
    /// Even columns: touchpoints without a stage first, then a column for each stage.
    #[must_use]
    pub fn columns(map: &Map) -> Self {
        Self::default().completed(map)
    }

    /// The same with a frame for every stage and touchpoint of the map; those that were missing stand below or beside
    /// what is there.
    #[must_use]
    pub fn completed(&self, map: &Map) -> Self {
        let mut whole = self.clone();
        let right = self.stages.values().chain(self.touchpoints.values());
        let mut x = right
            .map(|frame| frame.x + frame.width + GAP.0)
            .fold(0.0, f64::max);
        let stages = std::iter::once(None).chain(map.stages.ids().map(Some));
        for stage in stages {
            let members = || {
                map.touchpoints
                    .iter()
                    .filter(|touchpoint| touchpoint.stage.as_ref() == stage)
            };
            let homeless = members()
                .filter(|touchpoint| !self.touchpoints.contains_key(&touchpoint.id))
                .count();
            let column = stage.and_then(|stage| self.stages.get(stage).copied());
            if homeless == 0 && (stage.is_none() || column.is_some()) {
                continue;
            }
            let left = column.map_or(x, |column| {
                column.x + (column.width - CARD.0) / 2.0 - GAP.0 / 2.0
            });
            let mut y = members()
                .filter_map(|touchpoint| whole.touchpoints.get(&touchpoint.id))
                .map(|frame| frame.y + frame.height + GAP.1)
                .fold(
                    column.map_or(0.0, |column| column.y) + HEAD + GAP.1,
                    f64::max,
                );
            for touchpoint in members() {
                whole
                    .touchpoints
                    .entry(touchpoint.id.clone())
                    .or_insert_with(|| {
                        let frame = Frame {
                            x: left + GAP.0 / 2.0,
                            y,
                            width: CARD.0,
                            height: CARD.1,
                        };
                        y += CARD.1 + GAP.1;
                        frame
                    });
            }
            if column.is_none() {
                if let Some(stage) = stage {
                    whole.stages.insert(
                        stage.clone(),
                        Frame {
                            x,
                            y: 0.0,
                            width: CARD.0 + GAP.0,
                            height: y,
                        },
                    );
                }
                x += CARD.0 + GAP.0;
            }
        }
        whole.even();
        whole
    }

    /// Columns of one picture are equally high and hold all their cards.
    fn even(&mut self) {
        let bottom = |frame: &Frame| frame.y + frame.height;
        let cards = self.touchpoints.values().map(|frame| bottom(frame) + GAP.1);
        let bottom = cards
            .chain(self.stages.values().map(bottom))
            .fold(0.0, f64::max);
        for stage in self.stages.values_mut() {
            stage.height = bottom - stage.y;
        }
    }
}
