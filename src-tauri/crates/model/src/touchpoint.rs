//! A touchpoint: anything a customer meets. Fields that a channel also states are `Option`: absent means "as the
//! channel says"; an empty list means "none".

use serde::{Deserialize, Serialize};

use crate::number::{Count, Day, Money, Position, Rate};
use crate::record::{Entity, Field, Fields, Id, Record, fields};
use crate::vocabulary::{
    DriverType, EvidenceLevel, Kind, Media, Metric, Ownership, Rank, SellingIntensity, Status,
};

/// Anything a customer meets.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touchpoint {
    /// Names it within the map.
    pub id: Id,
    /// What planners call it.
    pub name: String,
    /// Driver or destination.
    pub kind: Kind,
    /// Of a destination: ultimate (also when absent) or intermediate.
    pub rank: Option<Rank>,
    /// Of a driver: what the planner says it is.
    pub driver: Option<DriverType>,
    /// Id of its stage.
    pub stage: Option<Id>,
    /// Id of its channel, or free text.
    pub channel: Option<String>,
    /// Paid, earned, shared, owned.
    pub media: Option<Vec<Media>>,
    /// Who controls it.
    pub ownership: Option<Ownership>,
    /// Whether people come in here without a link.
    pub entry: Option<bool>,
    /// Whether it is meant to lead nowhere.
    pub deliberate_end: Option<bool>,
    /// Planned, live, changing or stopped.
    pub status: Option<Status>,
    /// Ids of the audiences it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Id>,
    /// Devices it can be met on.
    pub devices: Option<Vec<String>>,
    /// What it says.
    pub message: Option<String>,
    /// What it asks people to do.
    pub cta: Option<String>,
    /// What it promises.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<String>,
    /// What people get from it.
    pub value_given: Option<String>,
    /// How hard it sells.
    pub selling_intensity: Option<SellingIntensity>,
    /// Whether people can answer there.
    pub two_way: Option<bool>,
    /// Identity keys it captures.
    pub recognises: Option<Vec<String>>,
    /// Whether people agree to be contacted here.
    pub opt_in: Option<bool>,
    /// Whether visits can be attributed.
    pub tracked: Option<bool>,
    /// Id of the system it runs on.
    pub system: Option<Id>,
    /// What success is counted in.
    pub metric: Option<Metric>,
    /// How many people it can reach.
    pub population: Option<Count>,
    /// Share of its visitors who do what it asks.
    pub conversion_rate: Option<Rate>,
    /// Media budget.
    pub budget: Option<Money>,
    /// Budget for making it.
    pub production_budget: Option<Money>,
    /// First and last day of each time it is live; the first is not after the last.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "flights"
    )]
    pub flights: Vec<(Day, Day)>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// When it is to be looked at again.
    pub review_on: Option<Day>,
    /// How well founded its figures are.
    pub evidence_level: Option<EvidenceLevel>,
    /// Anything else.
    pub notes: Option<String>,
    /// Where the planner put it; `None`: laid out by the program.
    pub position: Option<Position>,
    /// Fields of newer versions.
    #[serde(skip)]
    pub unknown: Fields,
}

impl Touchpoint {
    /// Whether it is a destination.
    #[must_use]
    pub fn is_destination(&self) -> bool {
        self.kind == Kind::Destination
    }

    /// Whether people should end up here: a destination that is not marked intermediate.
    #[must_use]
    pub fn is_ultimate(&self) -> bool {
        self.is_destination() && self.rank != Some(Rank::Intermediate)
    }

    /// Whether it is a direct driver. What the planner says of it goes before what its links say: `leads` is whether one of
    /// them leads straight to a destination ([`Map::leading_to_destinations`](crate::Map::leading_to_destinations)).
    #[must_use]
    pub fn is_direct(&self, leads: bool) -> bool {
        let direct = |driver| driver == DriverType::Direct;
        !self.is_destination() && self.driver.map_or(leads, direct)
    }

    /// Whether the rules see it: not stopped.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.status != Some(Status::Stopped)
    }
}

/// Refuses a flight that ends before it starts.
fn flights<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<(Day, Day)>, D::Error> {
    let flights = Vec::<(Day, Day)>::deserialize(deserializer)?;
    match flights.iter().find(|(first, last)| last < first) {
        Some((first, last)) => Err(serde::de::Error::custom(format!(
            "a flight ends on or after its first day, not {first} to {last}"
        ))),
        None => Ok(flights),
    }
}

impl Record for Touchpoint {
    const ENTITY: Entity = Entity::Touchpoint;
    const FIELDS: &'static [Field] = fields![
        id: Text, name: Text, kind: Text, rank: Text, driver: Text, stage: Text, channel: Text, media: Json,
        ownership: Text, entry: Boolean, deliberate_end: Boolean, status: Text, audiences: Json, devices: Json,
        message: Text, cta: Text, promises: Json, value_given: Text, selling_intensity: Text, two_way: Boolean,
        recognises: Json, opt_in: Boolean, tracked: Boolean, system: Text, metric: Text, population: Integer,
        conversion_rate: Real, budget: Money, production_budget: Money, flights: Json, owner: Text, review_on: Text,
        evidence_level: Text, notes: Text, position: Json,
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
