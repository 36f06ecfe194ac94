//! Where cards stand, on request rather than as a consequence: the whole picture made anew, or divided otherwise.
//! Refuses to write: places that a planner chose are edits, and stay; how the picture is divided is a way of looking.

pub use backcast_layout::Grouping;
use backcast_layout::{Arrangement, Frame, Lanes, Layout, lay_out, lay_out_in};
use backcast_model::Map;

use crate::workbench::Workbench;

impl Workbench {
    /// Lays the whole map out anew, as if it had just been opened, and tells where everything stands then. Drawing
    /// keeps cards where they are and only makes room, so after a while a map may be better off this way. Pinned
    /// touchpoints stay where they are pinned.
    ///
    /// Costs a complete layout of the map.
    pub fn lay_out_anew(&mut self) -> Layout {
        self.lay_out_within(self.frame.clone())
    }

    fn lay_out_within(&mut self, frame: Frame) -> Layout {
        let arrangement = Arrangement::within(self.map(), self.geometry(), frame.clone());
        (self.arrangement, self.frame) = (arrangement.into(), frame);
        self.layout()
    }

    /// Divides the picture by lanes, or into columns by distance from the destinations, and tells where everything
    /// stands then. Neither the map nor its history changes; with neither of both, cards are where they were pinned.
    ///
    /// Costs a complete layout of the map.
    pub fn divide(&mut self, lanes: Option<Grouping>, distances: bool) -> Layout {
        let catalog = self.environment.catalog();
        self.lay_out_within(Frame {
            distances,
            lanes: lanes.map(|by| Lanes::new(by, catalog)),
        })
    }

    /// The layout in columns by stage, without lanes.
    pub(crate) fn layout_as_placed(&self) -> Layout {
        let plain = self.frame.lanes.is_none() && !self.frame.distances;
        if plain {
            self.layout()
        } else {
            lay_out(self.map(), &self.geometry)
        }
    }

    /// The layout in columns by stage with the lanes that the window shows, and what they tell apart; `None` when it
    /// shows none, or distances.
    pub(crate) fn layout_in_lanes(&self) -> Option<(Grouping, Layout)> {
        let lanes = self.frame.lanes.as_ref()?;
        (!self.frame.distances).then(|| (lanes.grouping(), self.layout()))
    }

    /// The layout of a map to look at, divided as the open one is.
    pub(crate) fn layout_of(&self, map: &Map) -> Layout {
        lay_out_in(map, &self.geometry, &self.frame)
    }
}
