//! What an export is made of: one state of a map, what the analysis says of it, where it stands on the canvas, and the
//! day. A value, so that work on it may go on while the planner draws on.

use backcast_analysis::Assessment;
use backcast_layout::{Grouping, Layout};
use backcast_model::{Day, Map};

/// One state of a map with all that is known of it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The gaps, and with them the map and the catalogue.
    pub assessment: Assessment,
    /// Where touchpoints stand.
    pub layout: Layout,
    /// Where they stand in the lanes that the window shows, and what these tell apart; `None`: it shows none.
    pub in_lanes: Option<(Grouping, Layout)>,
    /// What names the map for good, whatever its title becomes: its project's id, or its file's name.
    pub project: String,
    /// The day it is made on.
    pub today: Day,
}

impl Snapshot {
    /// The map.
    #[must_use]
    pub const fn map(&self) -> &Map {
        self.assessment.map()
    }
}
