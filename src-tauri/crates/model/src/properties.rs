//! What a map says of itself, and how its rules are set.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::MAP_ID;
use crate::number::Day;
use crate::record::{Entity, Field, Fields, Id, Record, fields};
use crate::vocabulary::Severity;

/// How a project sets one rule; what is absent stays as shipped.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RuleSetting {
    /// Whether the rule runs.
    pub enabled: Option<bool>,
    /// How much its gaps hurt.
    pub severity: Option<Severity>,
    /// Thresholds by name (`max_share`), and fields of newer versions.
    #[serde(flatten)]
    pub thresholds: Fields,
}

/// What a map says of itself.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapProperties {
    /// The campaign's name.
    pub title: String,
    /// The job the audience wants done.
    pub theme: Option<String>,
    /// What the campaign is to reach.
    pub objective: Option<String>,
    /// First day.
    pub starts_on: Option<Day>,
    /// Last day.
    pub ends_on: Option<Day>,
    /// ISO 4217 code of the currency all money is in.
    pub currency: Option<String>,
    /// Id of the framework the stages came from, or free text.
    pub framework: Option<String>,
    /// Rules that are not as shipped, by rule id.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub rules: IndexMap<String, RuleSetting>,
    /// Fields of newer versions.
    #[serde(skip)]
    pub unknown: Fields,
}

impl MapProperties {
    /// A map with a title and nothing else.
    #[must_use]
    pub fn titled(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            theme: None,
            objective: None,
            starts_on: None,
            ends_on: None,
            currency: None,
            framework: None,
            rules: IndexMap::new(),
            unknown: Fields::new(),
        }
    }
}

impl Record for MapProperties {
    const ENTITY: Entity = Entity::Map;
    const FIELDS: &'static [Field] = fields![
        title: Text, theme: Text, objective: Text, starts_on: Text, ends_on: Text, currency: Text, framework: Text,
        rules: Json,
    ];

    fn id(&self) -> Id {
        Id::derived(MAP_ID)
    }

    fn unknown(&self) -> &Fields {
        &self.unknown
    }

    fn set_unknown(&mut self, unknown: Fields) {
        self.unknown = unknown;
    }
}
