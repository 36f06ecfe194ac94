//! What would have to happen to one map to make it another: row by row, field by field.

use backcast_model::change::ORDER_FIELD;
use backcast_model::{Entity, Fields, Id, Map, OrderKey, RowChange};
use serde_json::Value;

/// The changes that lead from one map to another, in an order in which they can be applied: new
/// rows before what refers to them, old rows after it. O(rows).
pub(crate) fn difference(from: &Map, to: &Map) -> Vec<RowChange> {
    let rows = to.rows().map(|(entity, id, ..)| (entity, id));
    let gone = from.rows().map(|(entity, id, ..)| (entity, id));
    difference_in(
        from,
        to,
        rows.chain(gone.filter(|(entity, id)| !to.contains(*entity, id.as_str()))),
    )
}

/// The same for some rows only, entities in order; for when the others are known to be alike.
pub(crate) fn difference_in(
    from: &Map,
    to: &Map,
    rows: impl Iterator<Item = (Entity, Id)>,
) -> Vec<RowChange> {
    let (mut changes, mut gone) = (Vec::new(), Vec::new());
    for (entity, id) in rows {
        match (content(from, entity, &id), content(to, entity, &id)) {
            (None, None) => {}
            (Some(old), Some(new)) => set_fields(entity, &id, old, new, &mut changes),
            (None, Some((order, fields))) => {
                let order = order.unwrap_or_else(|| OrderKey::between(None, None));
                changes.push(RowChange::Insert {
                    entity,
                    id,
                    order,
                    fields,
                });
            }
            (Some((order, fields)), None) => {
                let order = order.unwrap_or_else(|| OrderKey::between(None, None));
                gone.push(RowChange::Delete {
                    entity,
                    id,
                    order,
                    fields,
                });
            }
        }
    }
    changes.extend(gone.into_iter().rev());
    changes
}

/// A row's place and fields; `None` when it is not there.
fn content(map: &Map, entity: Entity, id: &Id) -> Option<(Option<OrderKey>, Fields)> {
    Some((
        map.order(entity, id.as_str()),
        map.fields(entity, id.as_str())?,
    ))
}

fn set_fields(
    entity: Entity,
    id: &Id,
    (old_order, old): (Option<OrderKey>, Fields),
    (new_order, new): (Option<OrderKey>, Fields),
    changes: &mut Vec<RowChange>,
) {
    let mut set = |field: &str, old: Value, new: Value| {
        if old != new {
            changes.push(RowChange::Set {
                entity,
                id: id.clone(),
                field: field.to_owned(),
                old,
                new,
            });
        }
    };
    let text =
        |order: Option<OrderKey>| order.map_or(Value::Null, |order| Value::String(order.to_text()));
    set(ORDER_FIELD, text(old_order), text(new_order));
    let value = |fields: &Fields, field: &str| fields.get(field).cloned().unwrap_or(Value::Null);
    for field in new
        .keys()
        .chain(old.keys().filter(|field| !new.contains_key(*field)))
    {
        set(field, value(&old, field), value(&new, field));
    }
}
