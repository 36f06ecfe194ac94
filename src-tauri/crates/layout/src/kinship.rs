//! Which touchpoint, link and group of one state of a map is which of the state before. Refuses to compare more than
//! that.

use backcast_model::Map;

use crate::wiring::{Wiring, number};

/// Two states of a map side by side.
#[derive(Debug)]
pub(crate) struct Kinship {
    /// For each touchpoint now: its number before.
    pub(crate) touchpoint: Vec<Option<u32>>,
    /// For each group now: its number before.
    pub(crate) group: Vec<Option<u32>>,
    /// For each link now: whether it joined the same touchpoints before.
    pub(crate) link_is_old: Vec<bool>,
}

impl Kinship {
    /// O(touchpoints + links).
    pub(crate) fn of((old_map, old): (&Map, &Wiring), (map, new): (&Map, &Wiring)) -> Self {
        let touchpoint: Vec<Option<u32>> = map
            .touchpoints
            .ids()
            .map(|id| old_map.touchpoints.position(id.as_str()).map(number))
            .collect();
        let old_end = |end: u32| touchpoint[end as usize];
        let link_is_old = map.links.ids().zip(&new.links).map(|(id, ends)| {
            let before = old_map
                .links
                .position(id.as_str())
                .and_then(|at| old.links[at]);
            let now = ends.and_then(|(from, to)| old_end(from).zip(old_end(to)));
            before.is_some() && before == now
        });
        let group = new.groups.iter().map(|stage| {
            old.groups
                .iter()
                .position(|other| other == stage)
                .map(number)
        });
        Self {
            link_is_old: link_is_old.collect(),
            // A map that gets its first stage, or loses its last, starts anew.
            group: group
                .map(|before| before.filter(|_| old.staged == new.staged))
                .collect(),
            touchpoint,
        }
    }
}
