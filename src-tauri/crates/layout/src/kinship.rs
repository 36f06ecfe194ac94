//! Which touchpoint, link and group of one state of a map is which of the state before. Refuses to compare more than
//! that.

use std::sync::Arc;

use backcast_model::{Id, Map, Record, Row, Table};

use crate::wiring::{Wiring, number};

/// Two states of a map side by side.
#[derive(Debug)]
pub(crate) struct Kinship {
    /// For each touchpoint now: its number before.
    pub(crate) touchpoint: Vec<Option<u32>>,
    /// For each link now: its number before.
    pub(crate) link: Vec<Option<u32>>,
    /// For each group now: its number before.
    pub(crate) group: Vec<Option<u32>>,
    /// For each lane now: its number before.
    pub(crate) lane: Vec<Option<u32>>,
}

impl Kinship {
    /// O(touchpoints + links).
    pub(crate) fn of((old_map, old): (&Map, &Wiring), (map, new): (&Map, &Wiring)) -> Self {
        let group = new.groups.iter().map(|stage| {
            old.groups
                .iter()
                .position(|other| other == stage)
                .map(number)
        });
        let lane = new.lanes.iter().map(|name| {
            let before = old.lanes.iter().position(|other| other == name);
            before.map(number)
        });
        Self {
            lane: lane.collect(),
            touchpoint: numbers_before(&old_map.touchpoints, &map.touchpoints),
            link: numbers_before(&old_map.links, &map.links),
            // A map that gets its first stage, or loses its last, starts anew.
            group: group
                .map(|before| before.filter(|_| old.staged == new.staged))
                .collect(),
        }
    }

    /// How many touchpoints are new.
    pub(crate) fn newcomers(&self) -> usize {
        self.touchpoint
            .iter()
            .filter(|before| before.is_none())
            .count()
    }

    /// Whether lanes that stay are in another order than before.
    pub(crate) fn lanes_changed_places(&self) -> bool {
        !self.lane.iter().flatten().is_sorted()
    }

    /// Whether a touchpoint is in a lane that it was not in before.
    pub(crate) fn changed_lane(&self, touchpoint: usize, old: &Wiring, new: &Wiring) -> bool {
        let (Some(&now), Some(before)) = (new.lane.get(touchpoint), self.touchpoint[touchpoint])
        else {
            return false;
        };
        self.lane[now as usize] != old.lane.get(before as usize).copied()
    }

    /// Whether a link joined the same touchpoints before.
    pub(crate) fn joined_the_same(&self, link: usize, old: &Wiring, new: &Wiring) -> bool {
        let before = self.link[link].and_then(|before| old.links[before as usize]);
        let now = new.links[link].and_then(|(from, to)| {
            self.touchpoint[from as usize].zip(self.touchpoint[to as usize])
        });
        before.is_some() && before == now
    }
}

/// For each row now: its number before. Rows mostly stand as far from where they stood as the row in front of them,
/// so that few have to be looked up.
fn numbers_before<T: Record>(old: &Table<T>, new: &Table<T>) -> Vec<Option<u32>> {
    let mut expected = 0;
    let number_before = |(id, row): (&Id, &Arc<Row<T>>)| {
        let same = old
            .at(expected)
            .is_some_and(|record| std::ptr::eq(record, &row.record));
        let position = if same {
            Some(expected)
        } else {
            old.position(id.as_str())
        };
        expected = position.map_or(expected, |position| position + 1);
        position.map(number)
    };
    new.ids().zip(new.rows()).map(number_before).collect()
}
