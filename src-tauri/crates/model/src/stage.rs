//! A stage: a step of the customer's journey, a column of the map.

use serde::{Deserialize, Serialize};

use crate::record::{Entity, Field, Fields, Id, Record, fields};
use crate::vocabulary::Moment;

/// A step of the customer's journey.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Names it within the map.
    pub id: Id,
    /// What planners call it.
    pub name: String,
    /// Where it stands on the axis that all frameworks share; `None`: nobody said.
    pub moment: Option<Moment>,
    /// Fields of newer versions.
    #[serde(skip)]
    pub unknown: Fields,
}

impl Record for Stage {
    const ENTITY: Entity = Entity::Stage;
    const FIELDS: &'static [Field] = fields![id: Text, name: Text, moment: Text];

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
