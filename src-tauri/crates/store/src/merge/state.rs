//! The state that follows from a set of changes: the map, what lost, and what had to be brought
//! back.

use std::collections::{BTreeMap, BTreeSet};

use backcast_model::{Entity, Id, Map, MapBuilder, MapProperties, OrderKey, RowChange};
use jiff::Timestamp;
use serde_json::Value;

use super::history::{Event, History};
use super::row::{RowHistory, Write};
use crate::log::{Change, Stamp, Vector, ops_from_text};

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What was written; `Value::Null` when the field was emptied, or the row deleted.
    pub value: Value,
    /// The change that wrote it.
    pub stamp: Stamp,
    /// Who wrote it.
    pub author: String,
    /// When, by their clock.
    pub at: Timestamp,
}

/// A place where copies differ: what is kept, and what lost. It stands until somebody writes there
/// again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The row's entity.
    pub entity: Entity,
    /// The row's id.
    pub id: Id,
    /// The field; `#order` for the row's place; empty when the row was deleted on one side and
    /// written on the other, in which case it is kept.
    pub field: String,
    /// What the map holds now.
    pub chosen: Side,
    /// What lost, latest first.
    pub others: Vec<Side>,
}

/// What follows from a set of changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) map: Map,
    /// By entity, id and field.
    pub(crate) conflicts: Vec<Conflict>,
    /// Rows that are there only because others refer to them (rule 3).
    pub(crate) revived: Vec<RowChange>,
}

type Rows = BTreeMap<(Entity, Id), RowHistory>;

/// The state after the changes that are in `within`, or after all of them. O(n log n).
///
/// # Errors
/// When a change cannot be read, or what follows is no map.
pub(crate) fn materialise(
    changes: &[Change],
    within: Option<&Vector>,
    author: &dyn Fn(&Stamp) -> String,
) -> Result<State, String> {
    let history = History::of(changes, within);
    let rows = rows(&history, None)?;
    let revived = revive(&rows)?;
    let mut builder = MapBuilder::new(MapProperties::titled(""));
    let mut conflicts = Vec::new();
    let mut repairs = Vec::new();
    for ((entity, id), row) in &rows {
        let brought_back = revived.contains(&(*entity, id.clone()));
        if !row.is_there() && !brought_back {
            continue;
        }
        let (order, fields) = row.content();
        if brought_back {
            let order = order
                .clone()
                .unwrap_or_else(|| OrderKey::between(None, None));
            repairs.push(RowChange::Insert {
                entity: *entity,
                id: id.clone(),
                order,
                fields: fields.clone(),
            });
        }
        builder
            .push(*entity, order, fields)
            .map_err(|refusal| refusal.to_string())?;
        conflicts.extend(conflicts_of(&history, *entity, id, row, author));
    }
    let map = builder.finish().map_err(|refusal| refusal.to_string())?;
    Ok(State {
        map,
        conflicts,
        revived: repairs,
    })
}

/// The conflicts about some rows that are there, by entity, id and field; the same as [`materialise`] lists. O(n log n)
/// in the length of the log, and little for each change that is about other rows.
///
/// # Errors
/// When a change cannot be read.
pub(crate) fn conflicts_about(
    changes: &[Change],
    about: &BTreeSet<(Entity, Id)>,
    author: &dyn Fn(&Stamp) -> String,
) -> Result<Vec<Conflict>, String> {
    let history = History::of(changes, None);
    let rows = rows(&history, Some(about))?;
    let there = rows.iter().filter(|(_, row)| row.is_there());
    Ok(there
        .flat_map(|((entity, id), row)| conflicts_of(&history, *entity, id, row, author))
        .collect())
}

/// Of what a step did, all but the rows that others inserted or wrote too, not having seen it do so: taking the step
/// back would take theirs along in silence. O(n log n) in the length of the log.
///
/// # Errors
/// When a change cannot be read.
pub(crate) fn without_shared(
    mut done: Vec<RowChange>,
    changes: &[Change],
    conflicts: &[Conflict],
) -> Result<Vec<RowChange>, String> {
    let key = |change: &RowChange| (change.entity(), change.id().clone());
    let is_insert = |change: &RowChange| matches!(change, RowChange::Insert { .. });
    let inserted: BTreeSet<_> = done.iter().filter(|one| is_insert(one)).map(key).collect();
    if inserted.is_empty() {
        return Ok(done);
    }
    let rows = rows(&History::of(changes, None), Some(&inserted))?;
    let contested = |(entity, id): &(Entity, Id)| {
        let of_row = |one: &&Conflict| one.entity == *entity && one.id == *id;
        // Who deleted the row beside it has nothing against its going.
        let mut of_row = conflicts.iter().filter(of_row);
        of_row.any(|one| !one.field.is_empty())
    };
    let shared = |key: &(Entity, Id)| {
        contested(key) || rows.get(key).is_some_and(RowHistory::was_inserted_apart)
    };
    done.retain(|change| !(is_insert(change) && shared(&key(change))));
    Ok(done)
}

/// The stories of these rows, or of all.
fn rows(history: &History<'_>, about: Option<&BTreeSet<(Entity, Id)>>) -> Result<Rows, String> {
    /// Up to how many ids are looked for in the text of a change before it is read.
    const FEW: usize = 20;
    let ids: Vec<_> = about
        .filter(|about| about.len() <= FEW)
        .into_iter()
        .flatten()
        .map(|(_, id)| Value::from(id.as_str()).to_string())
        .collect();
    let may_be_meant =
        |change: &&Change| ids.is_empty() || ids.iter().any(|id| change.ops.contains(id.as_str()));
    let mut rows = Rows::new();
    let numbered = history.changes().enumerate();
    for (number, change) in numbered.filter(|(_, change)| may_be_meant(change)) {
        let Stamp { actor, seq } = &change.stamp;
        let ops = ops_from_text(&change.ops)
            .map_err(|reason| format!("change {seq} of {actor}: {reason}"))?;
        for (step, op) in ops.into_iter().enumerate() {
            let event = Event {
                change: number,
                step,
            };
            let key = (op.entity(), op.id().clone());
            if about.is_some_and(|about| !about.contains(&key)) {
                continue;
            }
            let row = rows.entry(key).or_default();
            match op {
                RowChange::Insert { order, fields, .. } => {
                    row.insert(history, event, order, fields);
                }
                RowChange::Set { field, new, .. } => row.set(history, event, field, new),
                RowChange::Delete { .. } => row.delete(history, event),
            }
        }
    }
    Ok(rows)
}

/// What must be there because something that is there refers to it (rule 3). Links first: what they
/// bring back refers to stages and audiences in turn.
fn revive(rows: &Rows) -> Result<BTreeSet<(Entity, Id)>, String> {
    let mut revived = BTreeSet::new();
    for referring in [Entity::Link, Entity::Touchpoint] {
        let of_entity = (referring, Id::derived(""))..;
        for ((entity, id), row) in rows
            .range(of_entity)
            .take_while(|((entity, _), _)| *entity == referring)
        {
            if !row.is_there() && !revived.contains(&(*entity, id.clone())) {
                continue;
            }
            for (target, target_id) in references(*entity, row) {
                let missing =
                    || format!("{entity} {id} refers to {target} {target_id}, which never was");
                let key = (target, Id::new(&target_id).map_err(|_| missing())?);
                let target = rows
                    .get(&key)
                    .filter(|row| row.was_inserted())
                    .ok_or_else(missing)?;
                if !target.is_there() {
                    revived.insert(key);
                }
            }
        }
    }
    Ok(revived)
}

/// The rows that a row cannot be without.
fn references(entity: Entity, row: &RowHistory) -> Vec<(Entity, String)> {
    let one = |target: Entity, field: &str| match row.value(field) {
        Value::String(id) => Some((target, id)),
        _ => None,
    };
    match entity {
        Entity::Link => ["from", "to"]
            .into_iter()
            .filter_map(|end| one(Entity::Touchpoint, end))
            .collect(),
        Entity::Touchpoint => {
            let audiences = match row.value("audiences") {
                Value::Array(ids) => ids,
                _ => Vec::new(),
            };
            let audiences = audiences
                .into_iter()
                .filter_map(|id| Some((Entity::Audience, id.as_str()?.to_owned())));
            one(Entity::Stage, "stage")
                .into_iter()
                .chain(audiences)
                .collect()
        }
        _ => Vec::new(),
    }
}

fn conflicts_of(
    history: &History<'_>,
    entity: Entity,
    id: &Id,
    row: &RowHistory,
    author: &dyn Fn(&Stamp) -> String,
) -> Vec<Conflict> {
    let side = |event: Event, value: Value| {
        let change = history.change(event);
        Side {
            value,
            stamp: change.stamp.clone(),
            author: author(&change.stamp),
            at: change.at,
        }
    };
    let conflict = |field: &str, chosen, others: Vec<Side>| {
        (!others.is_empty()).then(|| Conflict {
            entity,
            id: id.clone(),
            field: field.to_owned(),
            chosen,
            others,
        })
    };
    let mut conflicts = Vec::new();
    if let Some(newest) = row.newest_write() {
        let deletes = row
            .deletes()
            .iter()
            .rev()
            .map(|delete| side(*delete, Value::Null))
            .collect();
        conflicts.extend(conflict("", side(newest, Value::Bool(true)), deletes));
    }
    for field in row.contested() {
        let mut writes = row.writes(field);
        let Some(Write { event, value }) = writes.pop() else {
            continue;
        };
        let others = writes
            .into_iter()
            .rev()
            .filter(|write| write.value != value)
            .map(|write| side(write.event, write.value))
            .collect();
        conflicts.extend(conflict(field, side(event, value), others));
    }
    conflicts
}

/// Puts the conflicts about some rows in place of those that were listed about them.
pub(crate) fn relist(
    conflicts: &mut Vec<Conflict>,
    about: &BTreeSet<(Entity, Id)>,
    now: Vec<Conflict>,
) {
    conflicts.retain(|conflict| !about.contains(&(conflict.entity, conflict.id.clone())));
    conflicts.extend(now);
    conflicts.sort_by(|one, other| (one.entity, &one.id).cmp(&(other.entity, &other.id)));
}

/// Takes out the conflicts that a change settles: whoever wrote it had seen them, and wrote there.
pub(crate) fn settle(conflicts: &mut Vec<Conflict>, changes: &[RowChange]) {
    conflicts.retain(|conflict| {
        !changes.iter().any(|change| {
            let same_row = change.entity() == conflict.entity && *change.id() == conflict.id;
            let same_field = match change {
                RowChange::Set { field, .. } => {
                    conflict.field.is_empty() || *field == conflict.field
                }
                RowChange::Insert { .. } | RowChange::Delete { .. } => true,
            };
            same_row && same_field
        })
    });
}
