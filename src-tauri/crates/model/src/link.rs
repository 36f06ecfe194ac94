//! A link: a directed step from one touchpoint to another, with the action that takes people along it.

use serde::{Deserialize, Serialize};

use crate::number::{Days, RateEstimate};
use crate::record::{Entity, Field, Fields, Id, Record, fields};
use crate::vocabulary::{LinkKind, Origin};

/// A directed step between two touchpoints.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Id of the touchpoint people leave.
    pub from: Id,
    /// Id of the touchpoint people come to.
    pub to: Id,
    /// Names it within the map. The text form may leave it out; see [`Link::derived_id`].
    pub id: Id,
    /// The action that takes people along.
    pub cta: Option<String>,
    /// How people take it.
    pub kind: Option<LinkKind>,
    /// Share of people who take it.
    pub rate: Option<RateEstimate>,
    /// Days that pass on the way.
    pub lag_days: Option<Days>,
    /// Whether the step can be attributed.
    pub tracked: Option<bool>,
    /// A code that carries the origin across: a tag, a voucher, a phone number of its own.
    pub code: Option<String>,
    /// Whether it was planned.
    pub origin: Option<Origin>,
    /// Anything else.
    pub notes: Option<String>,
    /// Fields of newer versions.
    #[serde(skip)]
    pub unknown: Fields,
}

impl Link {
    /// The id of a link that the text form gives none: `tv->search`, and for the second of the same ends
    /// `tv->search#2` (`repeat` 2).
    #[must_use]
    pub fn derived_id(from: &str, to: &str, repeat: usize) -> String {
        if repeat < 2 {
            format!("{from}->{to}")
        } else {
            format!("{from}->{to}#{repeat}")
        }
    }
}

impl Record for Link {
    const ENTITY: Entity = Entity::Link;
    const FIELDS: &'static [Field] = fields![
        from: Text, to: Text, id: Text, cta: Text, kind: Text, rate: Json, lag_days: Real, tracked: Boolean,
        code: Text, origin: Text, notes: Text,
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
