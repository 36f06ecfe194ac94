//! Where cards stand, on request rather than as a consequence: the whole picture made anew. Refuses to write: places
//! that a planner chose are edits, and stay.

use backcast_layout::{Arrangement, Layout};

use crate::workbench::Workbench;

impl Workbench {
    /// Lays the whole map out anew, as if it had just been opened, and tells where everything stands then. Drawing
    /// keeps cards where they are and only makes room, so after a while a map may be better off this way. Pinned
    /// touchpoints stay where they are pinned.
    ///
    /// Costs a complete layout of the map.
    pub fn lay_out_anew(&mut self) -> Layout {
        self.arrangement = Arrangement::new(self.map(), self.geometry());
        self.layout()
    }
}
