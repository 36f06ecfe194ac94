//! A dismissal: a planner's "this gap is on purpose", with a reason, kept for the team.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::record::{Entity, Field, Fields, Id, Record, fields};

/// A gap that is there on purpose.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// Id of the rule.
    pub rule: String,
    /// Ids of what the gap stands on, as the gap names them.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Why it is on purpose.
    #[serde(default)]
    pub reason: String,
    /// Who said so.
    pub by: Option<String>,
    /// When, as written.
    pub at: Option<String>,
    /// Fingerprint of what the gap rested on; when that changes the gap opens again. Absent: it stays dismissed as
    /// long as rule and subjects are the same.
    pub rests_on: Option<String>,
    /// Fields of newer versions.
    #[serde(skip)]
    pub unknown: Fields,
}

impl Dismissal {
    /// The id of the dismissal of this rule on these subjects: `dead-end:poster,flyer`. There can be only one.
    #[must_use]
    pub fn id_of(rule: &str, subjects: &[String]) -> String {
        format!("{rule}:{}", subjects.join(","))
    }

    /// Refuses a text that is not what [`Dismissal::at`] should hold: a moment in ISO 8601, or a day. A file may
    /// hold other words, so it is asked where dismissals come in and not of every row.
    ///
    /// # Errors
    /// What would be right. Of values that are no texts nothing is said: the row itself refuses them.
    pub fn check_moment(at: &Value) -> Result<(), &'static str> {
        let is_moment = |text: &str| {
            text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::Date>().is_ok()
        };
        match at.as_str() {
            Some(text) if !is_moment(text) => Err("a moment is written like 2026-01-03T10:00:00Z"),
            _ => Ok(()),
        }
    }
}

impl Record for Dismissal {
    const ENTITY: Entity = Entity::Dismissal;
    const FIELDS: &'static [Field] =
        fields![rule: Text, subjects: Json, reason: Text, by: Text, at: Text, rests_on: Text];

    fn id(&self) -> Id {
        Id::derived(&Self::id_of(&self.rule, &self.subjects))
    }

    fn unknown(&self) -> &Fields {
        &self.unknown
    }

    fn set_unknown(&mut self, unknown: Fields) {
        self.unknown = unknown;
    }
}
