//! What a change did to rows, as short JSON that any tool can read:
//! `["i",entity,id,order,fields]`, `["s",entity,id,field,old,new]`, `["d",entity,id,order,fields]`.

use backcast_model::{Entity, Fields, Id, OrderKey, RowChange};
use serde_json::{Value, json};

/// The changes of rows as text.
pub(crate) fn ops_to_text(changes: &[RowChange]) -> String {
    let ops = changes.iter().map(|change| match change {
        RowChange::Insert {
            entity,
            id,
            order,
            fields,
        } => {
            json!(["i", entity.as_str(), id.as_str(), order.to_text(), fields])
        }
        RowChange::Set {
            entity,
            id,
            field,
            old,
            new,
        } => {
            json!(["s", entity.as_str(), id.as_str(), field, old, new])
        }
        RowChange::Delete {
            entity,
            id,
            order,
            fields,
        } => {
            json!(["d", entity.as_str(), id.as_str(), order.to_text(), fields])
        }
    });
    Value::Array(ops.collect()).to_string()
}

/// The changes of rows that [`ops_to_text`] wrote.
///
/// # Errors
/// When the text is something else: what.
pub(crate) fn ops_from_text(text: &str) -> Result<Vec<RowChange>, String> {
    let ops: Vec<Vec<Value>> = serde_json::from_str(text)
        .map_err(|error| format!("its steps cannot be read ({error})"))?;
    ops.into_iter()
        .map(|op| row_change(op).ok_or_else(|| "one of its steps cannot be read".to_owned()))
        .collect()
}

fn row_change(op: Vec<Value>) -> Option<RowChange> {
    let mut parts = op.into_iter();
    let mut text = || match parts.next()? {
        Value::String(text) => Some(text),
        _ => None,
    };
    let (what, entity, id, detail) = (text()?, text()?, text()?, text()?);
    let entity = Entity::ALL
        .into_iter()
        .find(|other| other.as_str() == entity)?;
    let id = Id::new(id).ok()?;
    let change = match what.as_str() {
        "s" => RowChange::Set {
            entity,
            id,
            field: detail,
            old: parts.next()?,
            new: parts.next()?,
        },
        "i" => RowChange::Insert {
            entity,
            id,
            order: order(&detail)?,
            fields: fields(parts.next()?)?,
        },
        "d" => RowChange::Delete {
            entity,
            id,
            order: order(&detail)?,
            fields: fields(parts.next()?)?,
        },
        _ => return None,
    };
    parts.next().is_none().then_some(change)
}

fn order(text: &str) -> Option<OrderKey> {
    OrderKey::from_text(text).ok()
}

fn fields(value: Value) -> Option<Fields> {
    match value {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_step_comes_back() {
        let text = concat!(
            r#"[["i","touchpoint","tv","80",{"id":"tv","name":"TV"}],"#,
            r##"["s","touchpoint","tv","#order","80","8180"],["s","map","map","theme",null,"x"],"##,
            r#"["d","link","tv->shop","80",{"from":"tv"}]]"#
        );
        assert_eq!(ops_to_text(&ops_from_text(text).unwrap()), text);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "{}",
            "[[]]",
            r#"[["x","touchpoint","tv","80",{}]]"#,
            r#"[["i","node","tv","80",{}]]"#,
            r#"[["i","stage","tv","zz",{}]]"#,
            r#"[["s","stage","tv","name",1,2,3]]"#,
            r#"[["s","stage","","name",1,2]]"#,
        ] {
            assert!(ops_from_text(text).is_err(), "{text}");
        }
    }
}
