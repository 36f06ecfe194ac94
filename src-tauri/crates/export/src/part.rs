//! Parts of a map, as sets of touchpoints.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use backcast_model::{Id, Map};

/// A touchpoint and everything from which ways lead to it. O(map).
pub(crate) fn leading_to(map: &Map, touchpoint: &Id) -> BTreeSet<Id> {
    let mut before: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    for link in map.links.iter() {
        before.entry(&link.to).or_default().push(&link.from);
    }
    let mut all = BTreeSet::from([touchpoint.clone()]);
    let mut open = VecDeque::from([touchpoint]);
    while let Some(here) = open.pop_front() {
        for from in before.get(here).into_iter().flatten() {
            if all.insert((*from).clone()) {
                open.push_back(from);
            }
        }
    }
    all
}

/// The touchpoints of a stage.
pub(crate) fn of_stage(map: &Map, stage: &Id) -> BTreeSet<Id> {
    let rows = map.touchpoints.iter();
    rows.filter(|one| one.stage.as_ref() == Some(stage))
        .map(|one| one.id.clone())
        .collect()
}
