//! What rules read of a map, as a set: each rule declares its inputs, each edit is translated into the inputs it
//! touches, and where the two meet the rule looks again. Names are no input: they change texts, not gaps.

use backcast_model::Entity;
use backcast_model::change::ORDER_FIELD;
use bitflags::bitflags;

bitflags! {
    /// A set of things a rule may read.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct Inputs: u64 {
        /// Which touchpoints there are and in what order.
        const TOUCHPOINTS = 1;
        /// Which links there are and what they join.
        const LINKS = 1 << 1;
        /// `status` of touchpoints.
        const STATUS = 1 << 2;
        /// `kind` and `rank` of touchpoints.
        const KIND = 1 << 3;
        /// `driver` of touchpoints.
        const DRIVER = 1 << 4;
        /// `stage` of touchpoints.
        const STAGE = 1 << 5;
        /// `channel` of touchpoints.
        const CHANNEL = 1 << 6;
        /// `media` of touchpoints.
        const MEDIA = 1 << 7;
        /// `ownership` of touchpoints.
        const OWNERSHIP = 1 << 8;
        /// `entry` of touchpoints.
        const ENTRY = 1 << 9;
        /// `deliberate_end` of touchpoints.
        const END = 1 << 10;
        /// `audiences` of touchpoints.
        const SERVED = 1 << 11;
        /// `devices` of touchpoints.
        const DEVICES = 1 << 12;
        /// `cta` of touchpoints.
        const CTA = 1 << 13;
        /// `promises` of touchpoints.
        const PROMISES = 1 << 14;
        /// `selling_intensity` of touchpoints.
        const INTENSITY = 1 << 15;
        /// `two_way` of touchpoints.
        const TWO_WAY = 1 << 16;
        /// `recognises` of touchpoints.
        const RECOGNISES = 1 << 17;
        /// `opt_in` of touchpoints.
        const OPT_IN = 1 << 18;
        /// `tracked` of touchpoints.
        const TRACKED = 1 << 19;
        /// `system` of touchpoints.
        const SYSTEM = 1 << 20;
        /// `metric` of touchpoints.
        const METRIC = 1 << 21;
        /// `conversion_rate` of touchpoints.
        const RATE = 1 << 22;
        /// `budget` of touchpoints.
        const BUDGET = 1 << 23;
        /// `flights` of touchpoints.
        const FLIGHTS = 1 << 24;
        /// `owner` of touchpoints.
        const OWNER = 1 << 25;
        /// `review_on` of touchpoints.
        const REVIEW = 1 << 26;
        /// `cta` of links.
        const LINK_CTA = 1 << 27;
        /// `code` of links.
        const LINK_CODE = 1 << 28;
        /// `lag_days` of links.
        const LINK_LAG = 1 << 29;
        /// Which stages there are and their moments.
        const STAGES = 1 << 30;
        /// Which audiences there are and what is said of them.
        const AUDIENCES = 1 << 31;
        /// Which systems there are and what they exchange.
        const SYSTEMS = 1 << 32;
        /// First and last day of the map.
        const DATES = 1 << 33;
        /// The map's theme.
        const THEME = 1 << 34;
        /// How rules are set.
        const SETTINGS = 1 << 35;
        /// Which gaps are there on purpose.
        const DISMISSALS = 1 << 36;
        /// The day it is.
        const DAY = 1 << 37;
        /// In what order stages stand.
        const STAGE_ORDER = 1 << 38;

        /// What makes entries, destinations and what leads where.
        const SHAPE = Self::TOUCHPOINTS.bits() | Self::LINKS.bits() | Self::STATUS.bits() | Self::KIND.bits()
            | Self::ENTRY.bits() | Self::CHANNEL.bits();
        /// What makes touchpoints begin or end walks over the graph.
        const ENDS = Self::KIND.bits() | Self::ENTRY.bits() | Self::CHANNEL.bits() | Self::MEDIA.bits()
            | Self::OWNERSHIP.bits() | Self::OPT_IN.bits();
        /// What every rule reads. That every gap counts under the stages of its touchpoints is seen to apart.
        const ALWAYS = Self::TOUCHPOINTS.bits() | Self::STATUS.bits() | Self::STAGES.bits() | Self::SETTINGS.bits();
        /// What rules read of no touchpoint and no link in particular.
        const COMMON = Self::STAGES.bits() | Self::AUDIENCES.bits() | Self::SYSTEMS.bits() | Self::DATES.bits()
            | Self::THEME.bits() | Self::SETTINGS.bits() | Self::STAGE_ORDER.bits();
    }
}

/// What an edit of this field touches. Fields that no rule reads touch nothing.
pub(crate) fn touched_by(entity: Entity, field: &str) -> Inputs {
    match entity {
        Entity::Touchpoint => touchpoint_field(field),
        Entity::Link => match field {
            "from" | "to" => Inputs::LINKS,
            "cta" => Inputs::LINK_CTA,
            "code" => Inputs::LINK_CODE,
            "lag_days" => Inputs::LINK_LAG,
            _ => Inputs::empty(),
        },
        Entity::Stage => match field {
            "moment" => Inputs::STAGES,
            ORDER_FIELD => Inputs::STAGE_ORDER,
            _ => Inputs::empty(),
        },
        Entity::Audience => match field {
            "evidence" | "horizon" | "cycle_days" | "channels" | "devices" | ORDER_FIELD => {
                Inputs::AUDIENCES
            }
            _ => Inputs::empty(),
        },
        Entity::System => match field {
            "exchanges_with" => Inputs::SYSTEMS,
            _ => Inputs::empty(),
        },
        Entity::Map => match field {
            "starts_on" | "ends_on" => Inputs::DATES,
            "theme" => Inputs::THEME,
            "rules" => Inputs::SETTINGS,
            _ => Inputs::empty(),
        },
        Entity::Dismissal => Inputs::DISMISSALS,
    }
}

fn touchpoint_field(field: &str) -> Inputs {
    match field {
        ORDER_FIELD => Inputs::TOUCHPOINTS,
        "kind" | "rank" => Inputs::KIND,
        "driver" => Inputs::DRIVER,
        "stage" => Inputs::STAGE,
        "channel" => Inputs::CHANNEL,
        "media" => Inputs::MEDIA,
        "ownership" => Inputs::OWNERSHIP,
        "entry" => Inputs::ENTRY,
        "deliberate_end" => Inputs::END,
        "status" => Inputs::STATUS,
        "audiences" => Inputs::SERVED,
        "devices" => Inputs::DEVICES,
        "cta" => Inputs::CTA,
        "promises" => Inputs::PROMISES,
        "selling_intensity" => Inputs::INTENSITY,
        "two_way" => Inputs::TWO_WAY,
        "recognises" => Inputs::RECOGNISES,
        "opt_in" => Inputs::OPT_IN,
        "tracked" => Inputs::TRACKED,
        "system" => Inputs::SYSTEM,
        "metric" => Inputs::METRIC,
        "conversion_rate" => Inputs::RATE,
        "budget" => Inputs::BUDGET,
        "flights" => Inputs::FLIGHTS,
        "owner" => Inputs::OWNER,
        "review_on" => Inputs::REVIEW,
        _ => Inputs::empty(),
    }
}

/// What the coming or going of a whole row touches.
pub(crate) fn touched_by_row(entity: Entity) -> Inputs {
    match entity {
        Entity::Map => Inputs::all(),
        Entity::Stage => Inputs::STAGES | Inputs::STAGE_ORDER,
        Entity::Audience => Inputs::AUDIENCES,
        Entity::System => Inputs::SYSTEMS,
        Entity::Touchpoint => Inputs::TOUCHPOINTS,
        Entity::Link => Inputs::LINKS | Inputs::LINK_CTA | Inputs::LINK_CODE | Inputs::LINK_LAG,
        Entity::Dismissal => Inputs::DISMISSALS,
    }
}
