//! An audience: who a map is for.

use serde::{Deserialize, Serialize};

use crate::number::{Count, Days};
use crate::record::{Entity, Field, Fields, Id, Record, fields};
use crate::vocabulary::Horizon;

/// Who the map is for.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Names it within the project.
    pub id: Id,
    /// What planners call it.
    pub name: String,
    /// What it wants.
    pub need: Option<String>,
    /// Where the knowledge about it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// When it is ready to buy.
    pub horizon: Option<Horizon>,
    /// How long it takes to decide.
    pub cycle_days: Option<Days>,
    /// Channels it prefers: ids of the catalogue or free text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// Devices it uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<String>,
    /// How many people it has.
    pub size: Option<Count>,
    /// Fields of newer versions.
    #[serde(skip)]
    pub unknown: Fields,
}

impl Record for Audience {
    const ENTITY: Entity = Entity::Audience;
    const FIELDS: &'static [Field] = fields![
        id: Text, name: Text, need: Text, evidence: Json, horizon: Text, cycle_days: Real, channels: Json, devices: Json, size: Integer,
    ];

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
