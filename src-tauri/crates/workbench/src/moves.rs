//! Which rows stand elsewhere among their kind. A row's place is a key between its neighbours' keys; keys of a map that
//! went through the text form are all new although nothing moved, so keys alone do not tell.

use std::collections::{BTreeMap, BTreeSet};

use backcast_model::change::ORDER_FIELD;
use backcast_model::{Entity, Id, Map, RowChange};
use backcast_store::Compared;

/// The rows of two maps that stand elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    moved: BTreeSet<(Entity, Id)>,
}

impl Moves {
    /// Looks at the rows whose keys differ. O(rows log rows).
    pub(crate) fn of(from: &Map, to: &Map, compared: &[Compared]) -> Self {
        let mut candidates: BTreeMap<Entity, Vec<&Id>> = BTreeMap::new();
        for change in compared.iter().flat_map(|row| &row.changes) {
            if let RowChange::Set {
                entity, id, field, ..
            } = change
                && field == ORDER_FIELD
            {
                candidates.entry(*entity).or_default().push(id);
            }
        }
        let mut moved = BTreeSet::new();
        for (entity, ids) in candidates {
            let (before, after) = (common(from, to, entity), common(to, from, entity));
            if before == after {
                continue;
            }
            // Where some keys are as they were, the others are those of the rows that were moved.
            let kept: BTreeSet<&Id> = if ids.len() < before.len() {
                BTreeSet::new()
            } else {
                longest_in_order(&before, &after)
            };
            let away = ids.into_iter().filter(|id| !kept.contains(id));
            moved.extend(away.map(|id| (entity, id.clone())));
        }
        Self { moved }
    }

    /// Whether a row stands elsewhere.
    pub(crate) fn is_moved(&self, entity: Entity, id: &Id) -> bool {
        self.moved.contains(&(entity, id.clone()))
    }
}

/// The rows that another map has as well, in order.
fn common(map: &Map, other: &Map, entity: Entity) -> Vec<Id> {
    let mut ids: Vec<Id> = match entity {
        Entity::Map => Vec::new(),
        Entity::Stage => map.stages.ids().cloned().collect(),
        Entity::Audience => map.audiences.ids().cloned().collect(),
        Entity::System => map.systems.ids().cloned().collect(),
        Entity::Touchpoint => map.touchpoints.ids().cloned().collect(),
        Entity::Link => map.links.ids().cloned().collect(),
        Entity::Dismissal => map.dismissals.ids().cloned().collect(),
    };
    ids.retain(|id| other.contains(entity, id.as_str()));
    ids
}

/// A longest choice of rows that stand in the same order in both lists: all others must have been moved. By patience
/// sorting (Fredman 1975), O(n log n).
fn longest_in_order<'a>(before: &[Id], after: &'a [Id]) -> BTreeSet<&'a Id> {
    let places: BTreeMap<&Id, usize> = before.iter().zip(0..).collect();
    let values: Vec<usize> = after
        .iter()
        .filter_map(|id| places.get(id).copied())
        .collect();
    // The number in `values` of the least end of an increasing run of each length, and who comes before each.
    let (mut ends, mut earlier): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] < *value);
        earlier.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut kept = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept.insert(&after[at]);
        next = earlier[at];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<Id> {
        text.split(' ').map(Id::derived).collect()
    }

    #[test]
    fn the_fewest_rows_count_as_moved() {
        for (before, after, kept) in [
            ("a b c d", "a b c d", "a b c d"),
            ("a b c d", "b c d a", "b c d"),
            ("a b c d", "d a b c", "a b c"),
            ("a b c d e", "a d c b e", "a b e"),
            ("a", "a", "a"),
        ] {
            let (before, after) = (ids(before), ids(after));
            let found: Vec<_> = longest_in_order(&before, &after)
                .into_iter()
                .cloned()
                .collect();
            assert_eq!(found, ids(kept), "{before:?} {after:?}");
        }
    }
}
