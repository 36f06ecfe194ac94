//! A system that touchpoints run on: a shop, a customer database.

use serde::{Deserialize, Serialize};

use crate::record::{Entity, Field, Fields, Id, Record, fields};

/// A system that touchpoints run on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    /// Names it within the project.
    pub id: Id,
    /// What planners call it.
    pub name: String,
    /// Ids of the systems it passes data to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges_with: Vec<Id>,
    /// Fields of newer versions.
    #[serde(skip)]
    pub unknown: Fields,
}

impl Record for System {
    const ENTITY: Entity = Entity::System;
    const FIELDS: &'static [Field] = fields![id: Text, name: Text, exchanges_with: Json];

    fn id(&self) -> Id {
        self.id.clone()
    }

    fn unknown(&self) -> &Fields {
        &self.unknown
    }

    fn set_unknown(&mut self, unknown: Fields) {
        self.unknown = unknown;
    }
}
