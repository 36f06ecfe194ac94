//! Changes: what happened to rows, exactly enough to do it again or take it back. The change log is made of these.
//! Refuses to interpret: no cascades, no rules; those are `edit`'s, whose outcome this records.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::edit;
use crate::map::{Map, with_table};
use crate::order::OrderKey;
use crate::record::{Entity, Fields, Id, Record};
use crate::refusal::Refusal;
use crate::table::Table;
use crate::touchpoint::Touchpoint;

/// The name under which changes speak of a row's place in the planner's order.
pub const ORDER_FIELD: &str = "#order";

/// One thing that happened to one row. `Value::Null` stands for an absent field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum RowChange {
    /// The row came into being.
    Insert {
        /// Its entity.
        entity: Entity,
        /// Its id.
        id: Id,
        /// Its place.
        order: OrderKey,
        /// What it holds.
        fields: Fields,
    },
    /// One field changed.
    Set {
        /// The row's entity.
        entity: Entity,
        /// The row's id.
        id: Id,
        /// The field's name; [`ORDER_FIELD`] for the row's place.
        field: String,
        /// What it held.
        old: Value,
        /// What it holds now.
        new: Value,
    },
    /// The row is gone.
    Delete {
        /// Its entity.
        entity: Entity,
        /// Its id.
        id: Id,
        /// Where it stood.
        order: OrderKey,
        /// What it held.
        fields: Fields,
    },
}

impl RowChange {
    /// The row's entity.
    #[must_use]
    pub const fn entity(&self) -> Entity {
        match self {
            Self::Insert { entity, .. }
            | Self::Set { entity, .. }
            | Self::Delete { entity, .. } => *entity,
        }
    }

    /// The row's id.
    #[must_use]
    pub const fn id(&self) -> &Id {
        match self {
            Self::Insert { id, .. } | Self::Set { id, .. } | Self::Delete { id, .. } => id,
        }
    }
}

/// Applies one change to the tables.
///
/// # Errors
/// When a field's value does not fit, or the row to set is not there.
pub fn apply(map: &mut Map, change: &RowChange) -> Result<(), Refusal> {
    match change {
        RowChange::Insert {
            entity,
            order,
            fields,
            ..
        } => with_table!([&mut] map, *entity,
            map => { map.properties = Arc::new(Record::from_fields(fields.clone())?); Ok(()) },
            table => insert(Arc::make_mut(table), order, fields)),
        RowChange::Set {
            entity,
            id,
            field,
            new,
            ..
        } => with_table!([&mut] map, *entity,
            map => { map.properties = Arc::new(with_field(map.properties.as_ref(), field, new)?); Ok(()) },
            table => set(Arc::make_mut(table), id, field, new)),
        RowChange::Delete { entity, id, .. } => with_table!([&mut] map, *entity,
            map => Err(Refusal::new("a map cannot be deleted from its project")),
            table => { Arc::make_mut(table).take(id.as_str()); Ok(()) }),
    }
}

fn insert<T: Record>(
    table: &mut Table<T>,
    order: &OrderKey,
    fields: &Fields,
) -> Result<(), Refusal> {
    table.put(order.clone(), T::from_fields(fields.clone())?);
    Ok(())
}

fn set<T: Record>(table: &mut Table<T>, id: &Id, field: &str, new: &Value) -> Result<(), Refusal> {
    let row = table
        .row(id.as_str())
        .ok_or_else(|| Refusal::of(T::ENTITY, id.as_str(), "is not in this map"))?;
    if field == ORDER_FIELD {
        let refuse = |reason| Refusal::of(T::ENTITY, id.as_str(), reason).at(ORDER_FIELD);
        let order = OrderKey::from_text(new.as_str().unwrap_or_default()).map_err(refuse)?;
        let record = row.record.clone();
        table.put(order, record);
        return Ok(());
    }
    let (order, record) = (row.order.clone(), with_field(&row.record, field, new)?);
    if record.id() != *id {
        return Err(Refusal::of(
            T::ENTITY,
            id.as_str(),
            "what names a row cannot change; delete it and insert another",
        )
        .at(field));
    }
    table.put(order, record);
    Ok(())
}

fn with_field<T: Record>(record: &T, field: &str, new: &Value) -> Result<T, Refusal> {
    let id = record.id();
    let mut fields = record.to_fields();
    if new.is_null() {
        fields.shift_remove(field);
    } else {
        fields.insert(field.to_owned(), new.clone());
    }
    T::from_fields(fields).map_err(|refusal| Refusal {
        id: Some(id.to_string()),
        ..refusal
    })
}

/// Takes changes back, last one first, and tells what that did: only where a value is still the one these changes
/// wrote, and never so that something is left referring to a row that is not there. A row they inserted stays when
/// somebody has written to it or referred to it since. Without later changes the map is as it was before them.
pub fn revert(map: &mut Map, changes: &[RowChange]) -> Vec<RowChange> {
    // On the way a row may refer to what comes later; what counts is the end. A row that refers to nothing there is
    // taken back step by step instead, leaving out each that would do so.
    let mut wary = BTreeSet::new();
    loop {
        let mut attempt = map.clone();
        let done = revert_rows(&mut attempt, changes, &wary);
        let rows = done
            .iter()
            .map(|change| (change.entity(), change.id().clone()));
        let broken: Vec<_> = rows
            .filter(|row| !wary.contains(row))
            .filter(|(entity, id)| attempt.check_references(*entity, id.as_str()).is_err())
            .collect();
        if broken.is_empty() {
            *map = attempt;
            return done;
        }
        wary.extend(broken);
    }
}

fn revert_rows(
    map: &mut Map,
    changes: &[RowChange],
    wary: &BTreeSet<(Entity, Id)>,
) -> Vec<RowChange> {
    let mut done = Vec::new();
    let mut referred_to = Vec::new();
    for change in changes.iter().rev() {
        let check = wary.contains(&(change.entity(), change.id().clone()));
        match change {
            RowChange::Insert {
                entity,
                id,
                order,
                fields,
            } => {
                if !is_as_inserted(map, *entity, id, order, fields) {
                    continue;
                }
                if referrers(map, *entity, id).is_empty() {
                    edit::delete(map, *entity, id, &mut done);
                } else {
                    referred_to.push((*entity, id.clone()));
                }
            }
            RowChange::Set {
                entity,
                id,
                field,
                old,
                new,
            } => {
                if map.value(*entity, id.as_str(), field).as_ref() == Some(new) {
                    let back = RowChange::Set {
                        entity: *entity,
                        id: id.clone(),
                        field: field.clone(),
                        old: new.clone(),
                        new: old.clone(),
                    };
                    try_apply(map, back, check, &mut done);
                }
            }
            RowChange::Delete {
                entity,
                id,
                order,
                fields,
            } => {
                let back = RowChange::Insert {
                    entity: *entity,
                    id: id.clone(),
                    order: order.clone(),
                    fields: fields.clone(),
                };
                let waiting = referred_to
                    .iter()
                    .position(|(waits, other)| waits == entity && other == id);
                if !map.contains(*entity, id.as_str()) {
                    try_apply(map, back, check, &mut done);
                } else if let Some(waiting) = waiting {
                    referred_to.remove(waiting);
                    put_in_its_place(map, back, check, &mut done);
                }
            }
        }
    }
    delete_what_only_refers_to_itself(map, referred_to, &mut done);
    done
}

/// Whether a row is there and holds exactly what it was inserted with, in the same place.
fn is_as_inserted(map: &Map, entity: Entity, id: &Id, order: &OrderKey, fields: &Fields) -> bool {
    fn is<T: Record + PartialEq>(
        table: &Table<T>,
        id: &Id,
        order: &OrderKey,
        fields: &Fields,
    ) -> bool {
        table.row(id.as_str()).is_some_and(|row| {
            row.order == *order
                && T::from_fields(fields.clone()).is_ok_and(|record| record == row.record)
        })
    }
    with_table!([&] map, entity, map => false, table => is(table, id, order, fields))
}

/// The rows that refer to a row. O(rows).
fn referrers(map: &Map, entity: Entity, id: &Id) -> Vec<(Entity, Id)> {
    let touchpoints = |refers: &dyn Fn(&Touchpoint) -> bool| -> Vec<_> {
        let referring = map.touchpoints.iter().filter(|row| refers(row));
        referring
            .map(|row| (Entity::Touchpoint, row.id.clone()))
            .collect()
    };
    match entity {
        Entity::Touchpoint => {
            let links = map.links.iter();
            links
                .filter(|link| link.from == *id || link.to == *id)
                .map(|link| (Entity::Link, link.id.clone()))
                .collect()
        }
        Entity::Stage => touchpoints(&|row| row.stage.as_ref() == Some(id)),
        Entity::Audience => touchpoints(&|row| row.audiences.contains(id)),
        Entity::System => {
            let systems = map.systems.iter();
            systems
                .filter(|system| system.exchanges_with.contains(id))
                .map(|system| (Entity::System, system.id.clone()))
                .chain(touchpoints(&|row| row.system.as_ref() == Some(id)))
                .collect()
        }
        Entity::Map | Entity::Link | Entity::Dismissal => Vec::new(),
    }
}

/// Deletes those of these rows that nothing but these rows refers to.
fn delete_what_only_refers_to_itself(
    map: &mut Map,
    mut rows: Vec<(Entity, Id)>,
    done: &mut Vec<RowChange>,
) {
    loop {
        let before = rows.clone();
        rows.retain(|(entity, id)| {
            let others = referrers(map, *entity, id);
            others.iter().all(|other| before.contains(other))
        });
        if rows.len() == before.len() {
            break;
        }
    }
    for (entity, id) in rows {
        edit::delete(map, entity, &id, done);
    }
}

/// Applies a change, if it fits; when `check` says so, not if it would leave its row referring to something that is
/// not there.
fn try_apply(map: &mut Map, change: RowChange, check: bool, done: &mut Vec<RowChange>) {
    if apply(map, &change).is_err() {
        return;
    }
    let sound = map.check_references(change.entity(), change.id().as_str());
    if !check || sound.is_ok() {
        done.push(change);
    } else {
        // What has just been applied can be taken back: the row is there and held what this writes.
        drop(apply(map, &opposite(change)));
    }
}

/// Puts a row that had been deleted in the place of the one that these changes inserted under its id afterwards, and
/// that others refer to.
fn put_in_its_place(map: &mut Map, back: RowChange, check: bool, done: &mut Vec<RowChange>) {
    let Some(gone) = deletion(map, back.entity(), back.id()) else {
        return;
    };
    let before = done.len();
    try_apply(map, gone.clone(), false, done);
    try_apply(map, back, check, done);
    if done.len() == before + 1 {
        // It stays as it is: what it was would refer to something that is not there.
        done.truncate(before);
        drop(apply(map, &opposite(gone)));
    }
}

/// The deletion of a row as it stands, and of nothing else.
pub(crate) fn deletion(map: &Map, entity: Entity, id: &Id) -> Option<RowChange> {
    Some(RowChange::Delete {
        entity,
        id: id.clone(),
        order: map.order(entity, id.as_str())?,
        fields: map.fields(entity, id.as_str())?,
    })
}

/// The change that takes a change back.
fn opposite(change: RowChange) -> RowChange {
    match change {
        RowChange::Insert {
            entity,
            id,
            order,
            fields,
        } => RowChange::Delete {
            entity,
            id,
            order,
            fields,
        },
        RowChange::Set {
            entity,
            id,
            field,
            old,
            new,
        } => RowChange::Set {
            entity,
            id,
            field,
            old: new,
            new: old,
        },
        RowChange::Delete {
            entity,
            id,
            order,
            fields,
        } => RowChange::Insert {
            entity,
            id,
            order,
            fields,
        },
    }
}
