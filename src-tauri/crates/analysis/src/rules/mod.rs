//! The rules, by family. A rule is one value in the list of its family: to add one, write it there.

mod audiences;
mod budgets;
mod destinations;
mod drivers;
mod identity;
mod loose_ends;
mod messages;
mod pace;
mod stages;
mod upkeep;

use backcast_model::Entity;

use crate::facts::{Is, NONE};
use crate::fix::Workshop;
use crate::gap::Gap;
use crate::rule::{Assessed, Explanation, Need, Reading, Rule};

/// All families, in the order their rules are listed in.
static FAMILIES: [&[Rule]; 10] = [
    &destinations::RULES,
    &loose_ends::RULES,
    &stages::RULES,
    &drivers::RULES,
    &budgets::RULES,
    &audiences::RULES,
    &pace::RULES,
    &identity::RULES,
    &messages::RULES,
    &upkeep::RULES,
];

/// All rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.into_iter().flatten()
}

/// The rule with an id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// Why a rule is worth having: one paragraph and an example.
#[must_use]
pub fn explain(id: &str) -> Option<Explanation> {
    rule(id).map(Rule::explanation)
}

static NEEDS_DESTINATION: Need = Need {
    text: "Mark or add the destination people should end up at",
    entity: Entity::Touchpoint,
    field: "kind",
};

/// Refuses to assess a map without an ultimate destination.
fn needs_destination(reading: &Reading<'_>) -> Assessed {
    reading
        .facts
        .those(Is::ULTIMATE)
        .next()
        .map(|_| ())
        .ok_or(&NEEDS_DESTINATION)
}

static NEEDS_STAGES: Need = Need {
    text: "Add the stages of the journey",
    entity: Entity::Stage,
    field: "name",
};

/// Refuses to assess a map without stages.
fn needs_stages(reading: &Reading<'_>) -> Assessed {
    if reading.facts.stage_order.is_empty() {
        Err(&NEEDS_STAGES)
    } else {
        Ok(())
    }
}

static NEEDS_MOMENTS: Need = Need {
    text: "Say of each stage at which moment of the journey it stands",
    entity: Entity::Stage,
    field: "moment",
};

/// Refuses to assess a map none of whose stages says its moment.
fn needs_moments(reading: &Reading<'_>) -> Assessed {
    needs_stages(reading)?;
    let known = |stage: &u32| reading.facts.moment(*stage).is_some();
    if reading.facts.stage_order.iter().any(known) {
        Ok(())
    } else {
        Err(&NEEDS_MOMENTS)
    }
}

static NEEDS_CHANNELS: Need = Need {
    text: "Say in which channel touchpoints live",
    entity: Entity::Touchpoint,
    field: "channel",
};

/// Refuses to assess a map none of whose touchpoints names a channel.
fn needs_channels(reading: &Reading<'_>) -> Assessed {
    let facts = reading.facts;
    let named = facts.present().any(|slot| facts.channel_of(slot) != NONE);
    if named { Ok(()) } else { Err(&NEEDS_CHANNELS) }
}

static NEEDS_AUDIENCES: Need = Need {
    text: "Add the audiences the map is for",
    entity: Entity::Audience,
    field: "name",
};

/// Refuses to assess a map without audiences.
fn needs_audiences(reading: &Reading<'_>) -> Assessed {
    if reading.facts.audience_order.is_empty() {
        Err(&NEEDS_AUDIENCES)
    } else {
        Ok(())
    }
}

static NEEDS_BUDGETS: Need = Need {
    text: "Enter what touchpoints cost",
    entity: Entity::Touchpoint,
    field: "budget",
};

/// Refuses to assess a map without budgets.
fn needs_budgets(reading: &Reading<'_>) -> Assessed {
    let facts = reading.facts;
    if facts.present().any(|slot| facts.budget(slot) > 0) {
        Ok(())
    } else {
        Err(&NEEDS_BUDGETS)
    }
}

/// For rules that need nothing beyond the map itself.
#[expect(
    clippy::unnecessary_wraps,
    reason = "what a rule lacks is asked of all rules alike"
)]
fn nothing_lacks(_: &Reading<'_>) -> Assessed {
    Ok(())
}

/// For rules whose gaps affect nothing else.
fn nothing(_: &Workshop<'_>, _: &Gap) -> Vec<u32> {
    Vec::new()
}
