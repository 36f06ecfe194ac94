//! A picture that follows a map while it is drawn: what is new is fitted in, what is old stays where it is, but for
//! the little it has to make room. Refuses to improve old choices; that is what a new [`Arrangement`] is for.

use std::collections::VecDeque;
use std::mem;

use backcast_model::{Entity, Id, Map, RowChange};

use crate::frame::Frame;
use crate::geometry::Geometry;
use crate::growth::grow;
use crate::kinship::Kinship;
use crate::layout::{Layout, Picture, Route};
use crate::wiring::Wiring;

/// As many new touchpoints as this at once (an import, not a drawing hand) get a complete layout: to fit in each would
/// take long, and hardly anything could stay where it is.
const MANY: usize = 1000;

/// Touchpoints and links in all the pictures that are remembered: what is kept must not grow with the hours of drawing.
const ROOM: usize = 60_000;
/// Pictures that are remembered of a small map.
const MOST_REMEMBERED: usize = 100;

/// What another state of the map changed in the picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Moved {
    /// Touchpoints that are new or stand elsewhere than before, in the map's order: id, left edge, top edge.
    pub cards: Vec<(Id, f64, f64)>,
    /// Links that are new or take another way than before, in the map's order; one without points runs straight from
    /// card to card.
    pub routes: Vec<Route>,
    /// Whether there are other columns than before, or they stand elsewhere.
    pub columns_changed: bool,
    /// Whether there are other lanes than before, or they stand elsewhere.
    pub lanes_changed: bool,
}

impl Moved {
    /// Whether the picture is as it was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let same_frame = !self.columns_changed && !self.lanes_changed;
        self.cards.is_empty() && self.routes.is_empty() && same_frame
    }
}

/// A picture kept in step with a map. A state that the map was in a while ago, as undoing brings it back, has the
/// picture that it had.
///
/// Laws: pinned touchpoints stand where they are pinned; no other card overlaps anything; every card is within its
/// stage's column; cards that stay in a layer (and a lane), or go to another together, keep their order unless an
/// earlier picture comes back; the same states in the same order give the same picture. In a frame with lanes every
/// card is within its lane, too; in other frames than the usual one, no card is pinned.
#[derive(Debug)]
pub struct Arrangement {
    geometry: Geometry,
    frame: Frame,
    map: Map,
    picture: Picture,
    /// Earlier states and their pictures, the latest last.
    past: VecDeque<(Map, Picture)>,
}

impl Arrangement {
    /// Starts with a complete layout of the map, as [`crate::lay_out`] makes it.
    #[must_use]
    pub fn new(map: &Map, geometry: Geometry) -> Self {
        Self::within(map, geometry, Frame::default())
    }

    /// The same in a frame, as [`crate::lay_out_in`] makes it.
    #[must_use]
    pub fn within(map: &Map, geometry: Geometry, frame: Frame) -> Self {
        Self {
            picture: Picture::of(map, &geometry, &frame),
            geometry,
            frame,
            map: map.clone(),
            past: VecDeque::new(),
        }
    }

    /// The whole picture as it stands; O(touchpoints + links).
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.picture.layout(&self.map, &self.geometry)
    }

    /// Follows the map to its next state, to which `changes` led, and tells what moved. Changes that have nothing to do
    /// with where anything stands (names, figures, notes) cost next to nothing.
    ///
    /// O(n + p), for n touchpoints and links and p places where links pass columns, plus for each new link about the
    /// square root of that.
    pub fn update(&mut self, map: &Map, changes: &[RowChange]) -> Moved {
        let matters = |change| matters(change) || self.frame.sorts_by(change);
        if !changes.iter().any(matters) {
            self.map = map.clone();
            return Moved::default();
        }
        let wiring = Wiring::of(map, &self.frame);
        let kinship = Kinship::of((&self.map, &self.picture.wiring), (map, &wiring));
        let picture = if let Some(known) = self.remembered(map, &wiring) {
            known
        } else if kinship.newcomers() >= MANY || kinship.lanes_changed_places() {
            Picture::of(map, &self.geometry, &self.frame)
        } else {
            grow(&self.picture, &kinship, wiring, &self.geometry)
        };
        let moved = moved(&kinship, &self.picture, (map, &picture), &self.geometry);
        let before = mem::replace(&mut self.picture, picture);
        let was = mem::replace(&mut self.map, map.clone());
        self.remember(was, before);
        moved
    }

    /// The picture of an earlier state in which everything that a picture depends on was as it is now.
    fn remembered(&mut self, map: &Map, wiring: &Wiring) -> Option<Picture> {
        let same = |(was, picture): &(Map, Picture)| {
            picture.wiring == *wiring
                && was.touchpoints.ids().eq(map.touchpoints.ids())
                && was.links.ids().eq(map.links.ids())
        };
        let at = self.past.iter().rposition(same)?;
        self.past.remove(at).map(|(_, picture)| picture)
    }

    fn remember(&mut self, map: Map, picture: Picture) {
        self.past.push_back((map, picture));
        let size = |(map, _): &(Map, Picture)| map.touchpoints.len() + map.links.len();
        let mut held: usize = self.past.iter().map(size).sum();
        while self.past.len() > 1 && (held > ROOM || self.past.len() > MOST_REMEMBERED) {
            held -= self.past.pop_front().as_ref().map_or(0, size);
        }
    }
}

/// Whether a change can have to do with where anything stands.
fn matters(change: &RowChange) -> bool {
    match (change.entity(), change) {
        (Entity::Map | Entity::Audience | Entity::System | Entity::Dismissal, _) => false,
        (Entity::Stage, RowChange::Set { field, .. }) => field == ORDER,
        (Entity::Touchpoint, RowChange::Set { field, .. }) => {
            ["stage", "position", "kind", "rank", ORDER].contains(&field.as_str())
        }
        (Entity::Link, RowChange::Set { field, .. }) => {
            ["from", "to", ORDER].contains(&field.as_str())
        }
        _ => true,
    }
}

const ORDER: &str = backcast_model::change::ORDER_FIELD;

fn moved(
    kinship: &Kinship,
    old: &Picture,
    (map, new): (&Map, &Picture),
    geometry: &Geometry,
) -> Moved {
    let cards = map.touchpoints.ids().enumerate().filter_map(|(at, id)| {
        let place = new.corner(at, geometry);
        let before = kinship.touchpoint[at].map(|before| old.corner(before as usize, geometry));
        (before != Some(place)).then(|| (id.clone(), place.0, place.1))
    });
    let routes = map.links.ids().enumerate().filter_map(|(at, id)| {
        let same = kinship.link[at]
            .is_some_and(|before| new.way(at, geometry).eq(old.way(before as usize, geometry)));
        (!same).then(|| Route {
            link: id.clone(),
            points: new.way(at, geometry).collect(),
        })
    });
    Moved {
        cards: cards.collect(),
        routes: routes.collect(),
        columns_changed: old.plan.columns != new.plan.columns,
        lanes_changed: !new.has_lanes_as(old),
    }
}
