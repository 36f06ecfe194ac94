//! Comparing two maps by meaning: what was added, removed, renamed, moved to another stage, sent
//! elsewhere, given another budget or other dates; and, apart from that, what only looks different.
//! What the difference does to gaps is for others to say.

use backcast_model::change::ORDER_FIELD;
use backcast_model::{Entity, Id, Map, RowChange};

use crate::merge::difference;

/// What sort of difference a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It was not there.
    Added,
    /// It is gone.
    Removed,
    /// It is called otherwise.
    Renamed,
    /// A touchpoint stands in another stage.
    Restaged,
    /// A link leaves from or leads to another touchpoint.
    Retargeted,
    /// It has another budget.
    Rebudgeted,
    /// It is live on other days.
    Rescheduled,
    /// Something else about it is different.
    Changed,
    /// It only stands elsewhere on the map or in a list.
    LaidOut,
}

/// One row that is different.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its entity.
    pub entity: Entity,
    /// Its id.
    pub id: Id,
    /// In what ways, each once, in the order of [`Difference`].
    pub differences: Vec<Difference>,
    /// The changes that would lead from the first map to the second.
    pub changes: Vec<RowChange>,
}

impl Compared {
    /// Whether the row only looks different.
    #[must_use]
    pub fn is_layout_only(&self) -> bool {
        self.differences == [Difference::LaidOut]
    }
}

/// The rows in which two maps differ, by entity in the order of the second map, those that are gone
/// last. O(rows).
#[must_use]
pub fn compare(from: &Map, to: &Map) -> Vec<Compared> {
    let mut rows: Vec<Compared> = Vec::new();
    for change in difference(from, to) {
        let difference = difference_of(&change);
        let (entity, id) = (change.entity(), change.id().clone());
        // The changes of one row stand together.
        match rows
            .last_mut()
            .filter(|row| row.entity == entity && row.id == id)
        {
            Some(row) => {
                row.changes.push(change);
                if let Err(at) = row.differences.binary_search(&difference) {
                    row.differences.insert(at, difference);
                }
            }
            None => rows.push(Compared {
                entity,
                id,
                differences: vec![difference],
                changes: vec![change],
            }),
        }
    }
    rows
}

fn difference_of(change: &RowChange) -> Difference {
    let (entity, field) = match change {
        RowChange::Insert { .. } => return Difference::Added,
        RowChange::Delete { .. } => return Difference::Removed,
        RowChange::Set { entity, field, .. } => (*entity, field.as_str()),
    };
    match (entity, field) {
        // The order of stages is the customer's journey; of everything else it is only a list.
        (Entity::Stage, ORDER_FIELD) => Difference::Changed,
        (_, ORDER_FIELD | "position") => Difference::LaidOut,
        (Entity::Map, "title") | (_, "name") => Difference::Renamed,
        (Entity::Touchpoint, "stage") => Difference::Restaged,
        (Entity::Link, "from" | "to") => Difference::Retargeted,
        (Entity::Touchpoint, "budget" | "production_budget") => Difference::Rebudgeted,
        (Entity::Touchpoint, "flights") | (Entity::Map, "starts_on" | "ends_on") => {
            Difference::Rescheduled
        }
        _ => Difference::Changed,
    }
}
