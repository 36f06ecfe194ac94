//! Why a row, a map or an edit was not taken: what is wrong and where. Refuses to know files and line numbers;
//! readers add those.

use crate::record::Entity;

/// Bad input, with its place. The map it was meant for is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}{reason}", place = self.sentence_place())]
pub struct Refusal {
    /// The kind of row, when it is about one.
    pub entity: Option<Entity>,
    /// The row's number among its kind in what was read, from 0, when it came from a list.
    pub index: Option<usize>,
    /// The row's id, when it is known.
    pub id: Option<String>,
    /// The field inside the row as a path of keys and numbers (`rate/0`), empty for the row as a whole.
    pub field: String,
    /// One sentence without a full stop that says what is wrong and what would be right.
    pub reason: String,
}

impl Refusal {
    /// A refusal that is about no row in particular.
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            entity: None,
            index: None,
            id: None,
            field: String::new(),
            reason: reason.into(),
        }
    }

    /// A refusal of one row.
    pub fn of(entity: Entity, id: &str, reason: impl Into<String>) -> Self {
        Self {
            entity: Some(entity),
            id: Some(id.to_owned()),
            ..Self::new(reason)
        }
    }

    /// The same, about one field.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            ..self
        }
    }

    /// The same, for the row with this number in a list.
    #[must_use]
    pub fn numbered(self, index: usize) -> Self {
        Self {
            index: Some(index),
            ..self
        }
    }

    fn sentence_place(&self) -> String {
        let mut place = self
            .entity
            .map(|entity| entity.to_string())
            .unwrap_or_default();
        if let Some(id) = &self.id {
            place.push_str(&format!(" \u{201c}{id}\u{201d}"));
        }
        if !self.field.is_empty() {
            place.push_str(&format!(", {}", self.field));
        }
        if !place.is_empty() {
            place.push_str(": ");
        }
        place
    }
}
