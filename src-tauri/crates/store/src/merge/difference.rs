//! What would have to happen to one map to make it another: row by row, field by field.

use backcast_model::change::ORDER_FIELD;
use backcast_model::{Entity, Fields, Id, Map, OrderKey, RowChange};
use serde_json::Value;

/// The changes that lead from one map to another, in an order in which they can be applied: new
/// rows before what refers to them, old rows after it. O(rows).
pub(crate) fn difference(from: &Map, to: &Map) -> Vec<RowChange> {
    let mut changes = Vec::new();
    for (entity, id, order, fields) in to.rows() {
        if from.contains(entity, id.as_str()) {
            let old = (
                from.order(entity, id.as_str()),
                from.fields(entity, id.as_str()).unwrap_or_default(),
            );
            set_fields(entity, &id, old, (order, fields), &mut changes);
        } else {
            let order = order.unwrap_or_else(|| OrderKey::between(None, None));
            changes.push(RowChange::Insert {
                entity,
                id,
                order,
                fields,
            });
        }
    }
    let gone: Vec<_> = from
        .rows()
        .filter(|(entity, id, ..)| !to.contains(*entity, id.as_str()))
        .collect();
    for (entity, id, order, fields) in gone.into_iter().rev() {
        let order = order.unwrap_or_else(|| OrderKey::between(None, None));
        changes.push(RowChange::Delete {
            entity,
            id,
            order,
            fields,
        });
    }
    changes
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
