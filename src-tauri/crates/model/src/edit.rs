//! Edits: what a planner or a script wants done, with the names of the text form. [`apply`] works out what that does
//! to rows, cascades included, or refuses the whole batch. Refuses to write, to log and to judge the plan.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::change::{self, ORDER_FIELD, RowChange};
use crate::map::{Map, with_table};
use crate::record::{Entity, Field, Fields, Id, Record};
use crate::refusal::Refusal;
use crate::table::Table;
use crate::{
    Audience, Dismissal, Link, MAP_ID, MapProperties, Stage, System, Touchpoint, threshold,
};

/// One thing to be done to a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Adds a row. A value without an id is given one.
    Insert {
        /// What to add.
        entity: Entity,
        /// Its fields by name.
        value: Fields,
        /// The id of the row it comes behind: `""` puts it first, absent last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
    },
    /// Writes one field of a row; `null` empties it.
    Set {
        /// The row's entity.
        entity: Entity,
        /// The row's id; may be left out for the map itself.
        #[serde(default = "map_id")]
        id: String,
        /// The field's name.
        field: String,
        /// What it is to hold.
        value: Value,
    },
    /// Takes a row away, and with a touchpoint its links; what referred to a stage, audience or system forgets it.
    Delete {
        /// The row's entity.
        entity: Entity,
        /// The row's id.
        id: String,
    },
    /// Moves a row within the planner's order.
    Move {
        /// The row's entity.
        entity: Entity,
        /// The row's id.
        id: String,
        /// The id of the row it comes behind: `""` puts it first, absent last.
        #[serde(default)]
        after: Option<String>,
    },
}

fn map_id() -> String {
    MAP_ID.to_owned()
}

/// The edit of a batch that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("edit {number}: {refusal}")]
pub struct RefusedEdit {
    /// Its number in the batch, from 1.
    pub number: usize,
    /// Why.
    pub refusal: Refusal,
}

/// A batch of edits, done: the map after it, what happened to rows, and the ids of inserted rows in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The map after the batch.
    pub map: Map,
    /// What happened, in order.
    pub changes: Vec<RowChange>,
    /// Ids of inserted rows, in the order of the edits.
    pub inserted: Vec<Id>,
}

/// Applies a batch of edits, all or nothing: references are checked when all are done, so edits of one batch may refer
/// to each other. `new_id` makes an id from a name for rows that come without one.
///
/// # Errors
/// The first edit that is refused. `map` itself is never touched.
pub fn apply(
    map: &Map,
    edits: &[Edit],
    new_id: &mut dyn FnMut(&str) -> Id,
) -> Result<Applied, RefusedEdit> {
    apply_as(map, edits, new_id, false)
}

/// Applies edits whose values a project's file holds already, on one side of a conflict or the other: figures out of
/// their range and moments that are none are taken as they stand there, since whoever settles between them typed
/// neither. In all else as [`apply`].
///
/// # Errors
/// As [`apply`].
pub fn apply_held(
    map: &Map,
    edits: &[Edit],
    new_id: &mut dyn FnMut(&str) -> Id,
) -> Result<Applied, RefusedEdit> {
    apply_as(map, edits, new_id, true)
}

fn apply_as(
    map: &Map,
    edits: &[Edit],
    new_id: &mut dyn FnMut(&str) -> Id,
    is_held: bool,
) -> Result<Applied, RefusedEdit> {
    let mut batch = Batch {
        map: map.clone(),
        changes: Vec::new(),
        inserted: Vec::new(),
        new_id,
        is_held,
    };
    let mut ends = Vec::with_capacity(edits.len());
    for (index, edit) in edits.iter().enumerate() {
        batch.edit(edit).map_err(|refusal| RefusedEdit {
            number: index + 1,
            refusal,
        })?;
        ends.push(batch.changes.len());
    }
    batch.map.check_sizes().map_err(|refusal| RefusedEdit {
        number: edits.len(),
        refusal,
    })?;
    for (at, change) in batch.changes.iter().enumerate() {
        let number = ends.partition_point(|end| *end <= at) + 1;
        let checked = batch
            .map
            .check_references(change.entity(), change.id().as_str());
        checked.map_err(|refusal| RefusedEdit { number, refusal })?;
    }
    Ok(Applied {
        map: batch.map,
        changes: batch.changes,
        inserted: batch.inserted,
    })
}

struct Batch<'a> {
    map: Map,
    changes: Vec<RowChange>,
    inserted: Vec<Id>,
    new_id: &'a mut dyn FnMut(&str) -> Id,
    /// Whether what is set stands in a file already, so that it is not asked whether it makes sense.
    is_held: bool,
}

impl Batch<'_> {
    fn edit(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match edit {
            Edit::Insert {
                entity,
                value,
                after,
            } => self.insert(*entity, value, after.as_deref()),
            Edit::Set {
                entity,
                id,
                field,
                value,
            } => self.set(*entity, id, field, value),
            Edit::Delete { entity, id } => {
                let id = self.existing(*entity, id)?;
                if *entity == Entity::Map {
                    return Err(Refusal::new("a map cannot be deleted from its project"));
                }
                delete(&mut self.map, *entity, &id, &mut self.changes);
                Ok(())
            }
            Edit::Move { entity, id, after } => self.move_row(*entity, id, after.as_deref()),
        }
    }

    fn insert(
        &mut self,
        entity: Entity,
        value: &Fields,
        after: Option<&str>,
    ) -> Result<(), Refusal> {
        let mut fields = value.clone();
        if let Some(id) = self.missing_id(entity, &fields) {
            fields.insert("id".to_owned(), Value::String(id.to_string()));
        }
        let (id, order, fields) = with_table!([&] self.map, entity,
        map => return Err(Refusal::new("a project already has its map; set its fields instead")),
        table => {
            if let (Entity::Dismissal, Some(at)) = (entity, fields.get("at")) {
                check_moment(at)?;
            }
            let record = record_for(table, fields)?;
            (record.id(), table.order_after(after).ok_or_else(|| no_place(entity, after))?, record.to_fields())
        });
        if self.map.contains(entity, id.as_str()) {
            return Err(Refusal::of(entity, id.as_str(), "this id is taken").at("id"));
        }
        self.inserted.push(id.clone());
        self.commit(RowChange::Insert {
            entity,
            id,
            order,
            fields,
        })
    }

    /// The id for a row that comes without one: links are named after their ends, dismissals after their gap, the rest
    /// after their name.
    fn missing_id(&mut self, entity: Entity, fields: &Fields) -> Option<Id> {
        if entity == Entity::Dismissal || fields.get("id").is_some_and(|id| !id.is_null()) {
            return None;
        }
        let text = |field: &str| {
            fields
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        if entity != Entity::Link {
            return Some((self.new_id)(text("name")));
        }
        let derived = |repeat| Id::derived(&Link::derived_id(text("from"), text("to"), repeat));
        (1..)
            .map(derived)
            .find(|id| !self.map.links.contains(id.as_str()))
    }

    fn set(&mut self, entity: Entity, id: &str, field: &str, value: &Value) -> Result<(), Refusal> {
        let id = self.existing(entity, id)?;
        let known = known_fields(entity);
        let old = self
            .map
            .value(entity, id.as_str(), field)
            .unwrap_or(Value::Null);
        if !known.iter().any(|other| other.name == field) && (old.is_null() || field == ORDER_FIELD)
        {
            let names: Vec<_> = known.iter().map(|field| field.name).collect();
            let reason = format!(
                "has no field \u{201c}{field}\u{201d}; its fields are {}",
                names.join(", ")
            );
            return Err(Refusal::of(entity, id.as_str(), reason));
        }
        let set = |new: Value| RowChange::Set {
            entity,
            id: id.clone(),
            field: field.to_owned(),
            old: old.clone(),
            new,
        };
        if entity == Entity::Dismissal && field == "at" && *value != old && !self.is_held {
            check_moment(value)?;
        }
        let before = Arc::clone(&self.map.properties);
        change::apply(&mut self.map, &set(value.clone()))?;
        if entity == Entity::Map && !self.is_held {
            threshold::check(&self.map.properties.rules, Some(&before.rules))?;
        }
        // What the row holds may be spelt otherwise than what came in (2.0 for 2), and only that is logged.
        let new = self
            .map
            .value(entity, id.as_str(), field)
            .unwrap_or(Value::Null);
        if new != old {
            self.changes.push(set(new));
        }
        Ok(())
    }

    fn move_row(&mut self, entity: Entity, id: &str, after: Option<&str>) -> Result<(), Refusal> {
        let id = self.existing(entity, id)?;
        if after == Some(id.as_str()) {
            return Ok(());
        }
        let order =
            with_table!([&] self.map, entity, map => None, table => table.order_after(after));
        let order = order.ok_or_else(|| no_place(entity, after))?;
        let old = self
            .map
            .value(entity, id.as_str(), ORDER_FIELD)
            .unwrap_or(Value::Null);
        let new = Value::String(order.to_text());
        self.commit(RowChange::Set {
            entity,
            id,
            field: ORDER_FIELD.to_owned(),
            old,
            new,
        })
    }

    fn existing(&self, entity: Entity, id: &str) -> Result<Id, Refusal> {
        if !self.map.contains(entity, id) {
            return Err(Refusal::of(entity, id, "is not in this map"));
        }
        Ok(Id::derived(id))
    }

    fn commit(&mut self, change: RowChange) -> Result<(), Refusal> {
        change::apply(&mut self.map, &change)?;
        self.changes.push(change);
        Ok(())
    }
}

fn check_moment(at: &Value) -> Result<(), Refusal> {
    Dismissal::check_moment(at).map_err(|reason| {
        Refusal {
            entity: Some(Entity::Dismissal),
            ..Refusal::new(reason)
        }
        .at("at")
    })
}

/// Parses fields as the record type of a table.
fn record_for<T: Record>(_: &Table<T>, fields: Fields) -> Result<T, Refusal> {
    T::from_fields(fields)
}

fn no_place(entity: Entity, after: Option<&str>) -> Refusal {
    let after = after.unwrap_or_default();
    Refusal::new(format!(
        "there is no {entity} with the id \u{201c}{after}\u{201d} to come behind"
    ))
    .at("after")
}

/// The fields that edits may name, in the text form's order.
#[must_use]
pub fn known_fields(entity: Entity) -> &'static [Field] {
    match entity {
        Entity::Map => MapProperties::FIELDS,
        Entity::Stage => Stage::FIELDS,
        Entity::Audience => Audience::FIELDS,
        Entity::System => System::FIELDS,
        Entity::Touchpoint => Touchpoint::FIELDS,
        Entity::Link => Link::FIELDS,
        Entity::Dismissal => Dismissal::FIELDS,
    }
}

/// Takes a row away with what cannot be without it, and tells what that did. Links go with their touchpoints; what
/// merely mentions the row forgets it.
pub(crate) fn delete(map: &mut Map, entity: Entity, id: &Id, done: &mut Vec<RowChange>) {
    match entity {
        Entity::Touchpoint => {
            let links: Vec<Id> = map
                .links
                .iter()
                .filter(|link| link.from == *id || link.to == *id)
                .map(|link| link.id.clone())
                .collect();
            for link in links {
                delete_row(map, Entity::Link, &link, done);
            }
        }
        Entity::Stage => forget(
            map,
            "stage",
            |touchpoint| touchpoint.stage.as_ref() == Some(id),
            |_| Value::Null,
            done,
        ),
        Entity::System => {
            forget(
                map,
                "system",
                |touchpoint| touchpoint.system.as_ref() == Some(id),
                |_| Value::Null,
                done,
            );
            forget_exchanges(map, id, done);
        }
        Entity::Audience => {
            let others = |touchpoint: &Touchpoint| {
                let left: Vec<_> = touchpoint
                    .audiences
                    .iter()
                    .filter(|other| *other != id)
                    .map(|id| id.as_str().into())
                    .collect();
                if left.is_empty() {
                    Value::Null
                } else {
                    Value::Array(left)
                }
            };
            forget(
                map,
                "audiences",
                |touchpoint| touchpoint.audiences.contains(id),
                others,
                done,
            );
        }
        Entity::Map | Entity::Link | Entity::Dismissal => {}
    }
    delete_row(map, entity, id, done);
}

fn delete_row(map: &mut Map, entity: Entity, id: &Id, done: &mut Vec<RowChange>) {
    if let Some(gone) = change::deletion(map, entity, id) {
        record(map, gone, done);
    }
}

/// Writes one field of every touchpoint that mentions what is going away.
fn forget(
    map: &mut Map,
    field: &str,
    mentions: impl Fn(&Touchpoint) -> bool,
    left: impl Fn(&Touchpoint) -> Value,
    done: &mut Vec<RowChange>,
) {
    let touchpoints = Arc::clone(&map.touchpoints);
    for touchpoint in touchpoints.iter().filter(|touchpoint| mentions(touchpoint)) {
        forget_field(
            map,
            Entity::Touchpoint,
            &touchpoint.id,
            field,
            left(touchpoint),
            done,
        );
    }
}

fn forget_exchanges(map: &mut Map, id: &Id, done: &mut Vec<RowChange>) {
    let systems = Arc::clone(&map.systems);
    for system in systems
        .iter()
        .filter(|system| system.exchanges_with.contains(id))
    {
        let left: Vec<_> = system
            .exchanges_with
            .iter()
            .filter(|other| *other != id)
            .map(|id| id.as_str().into())
            .collect();
        let left = if left.is_empty() {
            Value::Null
        } else {
            Value::Array(left)
        };
        forget_field(
            map,
            Entity::System,
            &system.id,
            "exchanges_with",
            left,
            done,
        );
    }
}

fn forget_field(
    map: &mut Map,
    entity: Entity,
    id: &Id,
    field: &str,
    new: Value,
    done: &mut Vec<RowChange>,
) {
    let old = map.value(entity, id.as_str(), field).unwrap_or(Value::Null);
    record(
        map,
        RowChange::Set {
            entity,
            id: id.clone(),
            field: field.to_owned(),
            old,
            new,
        },
        done,
    );
}

/// Applies a change that fits by construction: deleting a row that is there, or emptying a field that may be empty.
fn record(map: &mut Map, change: RowChange, done: &mut Vec<RowChange>) {
    if change::apply(map, &change).is_ok() {
        done.push(change);
    }
}
