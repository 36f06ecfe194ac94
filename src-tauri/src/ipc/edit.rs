//! Edits as the window sends them.

use backcast_model::{Edit, Entity};
use backcast_workbench::Problem;
use serde::Deserialize;
use serde_json::Value;
use specta::Type;
use specta_typescript::Unknown;

/// One thing to be done to a map.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename = "Edit", tag = "op", rename_all = "lowercase")]
pub(crate) enum EditForm {
    /// Adds a row; one without an id is given one.
    Insert {
        entity: Entity,
        #[specta(type = Unknown)]
        value: Value,
        after: Option<String>,
    },
    /// Writes one field; `null` empties it.
    Set {
        entity: Entity,
        id: String,
        field: String,
        #[specta(type = Unknown)]
        value: Value,
    },
    /// Takes a row away.
    Delete { entity: Entity, id: String },
    /// Moves a row behind another; "" puts it first, `null` last.
    Move {
        entity: Entity,
        id: String,
        after: Option<String>,
    },
}

impl TryFrom<EditForm> for Edit {
    type Error = Problem;

    fn try_from(form: EditForm) -> Result<Self, Problem> {
        Ok(match form {
            EditForm::Insert {
                entity,
                value: Value::Object(value),
                after,
            } => Self::Insert {
                entity,
                value,
                after,
            },
            EditForm::Insert { entity, .. } => {
                return Err(Problem::refused(
                    format!("A new {entity} is an object of fields."),
                    "Report this; nothing was changed.",
                ));
            }
            EditForm::Set {
                entity,
                id,
                field,
                value,
            } => Self::Set {
                entity,
                id,
                field,
                value,
            },
            EditForm::Delete { entity, id } => Self::Delete { entity, id },
            EditForm::Move { entity, id, after } => Self::Move { entity, id, after },
        })
    }
}
