//! Rules about pace: that those who take their time are kept company, and those who are ready are not held up.

use std::cell::LazyCell;

use backcast_model::{Audience, Entity, Horizon, Kind, Severity, threshold};
use serde_json::json;

use super::{needs_audiences, needs_destination, nothing};
use crate::facts::{Facts, Is};
use crate::fix::{Fix, Plan, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::paths::{self, Quickest};
use crate::rule::{Assessed, Find, Finds, Found, Need, Per, Reading, Rule};
use crate::wording::{in_days, quoted};

pub(super) static RULES: [Rule; 2] = [
    Rule {
        id: "slow-buyers-unserved",
        name: "Too fast for slow buyers",
        severity: Severity::Medium,
        per: Per::Audience,
        moments: &[],
        thresholds: &[],
        wisdom: "Somebody who buys in three months is not helped by being asked to buy today. Between first interest \
                 and decision they need something to stay with: a newsletter worth reading, a guide, a reminder at \
                 the right time. If the longest way through the map is over in two weeks, the plan has nothing to \
                 say to them for the other ten, and somebody else will.",
        example: "Kitchens take half a year to decide; the plan's last word comes nine days after the first.",
        reads: Inputs::SHAPE
            .union(Inputs::LINK_LAG)
            .union(Inputs::AUDIENCES),
        find: Find::Whole(slow_buyers_unserved),
        text: |_| "Deciding takes {audience} {limit}; the longest way through the map is over in {days}.",
        affects: nothing,
        mend: add_nurture,
    },
    Rule {
        id: "ready-buyers-delayed",
        name: "Ready buyers held up",
        severity: Severity::Medium,
        per: Per::Audience,
        moments: &[],
        thresholds: threshold::READY_BUYERS_DELAYED,
        wisdom: "People who want to buy now should be able to. Every further step meant to inform and convince them \
                 is one more chance to change their mind, be interrupted or land at a competitor. Keep the long way \
                 for those who need it, and give the others a door of their own.",
        example: "Who searches for the product's name has to read the campaign page before the shop opens.",
        reads: Inputs::SHAPE
            .union(Inputs::LINK_LAG)
            .union(Inputs::AUDIENCES)
            .union(Inputs::SERVED),
        find: Find::Whole(ready_buyers_delayed),
        text: |gap| match gap.evidence {
            Evidence::Path { days: Some(_), .. } => {
                "For {audience}, who are ready to buy, even the quickest way takes {days}: {path}."
            }
            _ => {
                "For {audience}, who are ready to buy, even the shortest way takes {steps} steps: {path}."
            }
        },
        affects: nothing,
        mend: add_direct_way,
    },
];

static NEEDS_CYCLE: Need = Need {
    text: "Say of audiences that buy later how many days they take to decide",
    entity: Entity::Audience,
    field: "cycle_days",
};

static NEEDS_LAGS: Need = Need {
    text: "Say of links how many days pass on the way",
    entity: Entity::Link,
    field: "lag_days",
};

fn has_lags(reading: &Reading<'_>) -> bool {
    reading
        .reach
        .graph
        .links
        .iter()
        .any(|link| reading.facts.links.at(*link).lags)
}

/// Audiences with their slots.
fn audiences(facts: &Facts) -> impl Iterator<Item = (u32, &Audience)> {
    facts
        .audience_order
        .iter()
        .filter_map(|slot| facts.audience(*slot).map(|audience| (*slot, audience)))
}

fn slow_buyers_unserved(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    needs_audiences(reading)?;
    let facts = reading.facts;
    let slow = |audience: &Audience| match audience.horizon {
        Some(Horizon::ThreeToSixMonths | Horizon::Later) => audience.cycle_days,
        Some(Horizon::Now) | None => None,
    };
    let slow: Vec<_> = audiences(facts)
        .filter_map(|(slot, audience)| Some((slot, slow(audience)?.get())))
        .collect();
    if slow.is_empty() {
        return Err(&NEEDS_CYCLE);
    }
    if !has_lags(reading) {
        return Err(&NEEDS_LAGS);
    }
    if let Some((way, days)) = paths::longest(facts, reading.reach) {
        for (slot, cycle) in slow.into_iter().filter(|(_, cycle)| days < *cycle) {
            let (touchpoints, links) = way.ids(facts);
            let evidence = Evidence::Path {
                touchpoints,
                links,
                days: Some(days),
                limit: Some(cycle),
            };
            finds.add(Found::about(&[slot]).shown_by(evidence));
        }
    }
    Ok(())
}

fn add_nurture(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Evidence::Path {
        touchpoints,
        limit: Some(cycle),
        ..
    } = &gap.evidence
    else {
        return Vec::new();
    };
    let ends = touchpoints.first().zip(touchpoints.last());
    let (Some((first, last)), Some(audience)) = (ends, workshop.audience(gap)) else {
        return Vec::new();
    };
    let (Some(from), Some(to)) = (workshop.slot(first), workshop.slot(last)) else {
        return Vec::new();
    };
    let mut plan = Plan::new(workshop);
    // A way back from the end would make a circle of it, inside which no days are counted.
    let graph = &workshop.reach.graph;
    let circle = graph.down.reached([to], |_| true).contains(&from);
    let more = json!({ "audiences": [audience.id], "opt_in": true, "entry": circle });
    let id = plan.add(
        "Newsletter",
        Kind::Driver,
        Some("email"),
        workshop.facts.stage_of(from),
        &more,
    );
    if !circle {
        plan.link(first.as_str(), id.as_str(), "Subscribe");
    }
    plan.link_after(id.as_str(), last.as_str(), &workshop.call_to(to), *cycle);
    let title = format!(
        "Add a newsletter between {} and {} that keeps {} company for {}",
        workshop.quoted(from),
        workshop.quoted(to),
        quoted(&audience.name),
        in_days(*cycle)
    );
    vec![plan.fix(title)]
}

static NEEDS_READY: Need = Need {
    text: "Say of audiences when they are ready to buy",
    entity: Entity::Audience,
    field: "horizon",
};

fn ready_buyers_delayed(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    needs_audiences(reading)?;
    let facts = reading.facts;
    if audiences(facts).all(|(_, audience)| audience.horizon.is_none()) {
        return Err(&NEEDS_READY);
    }
    let ready: Vec<_> = audiences(facts)
        .filter(|(_, audience)| audience.horizon == Some(Horizon::Now))
        .map(|(slot, _)| slot)
        .collect();
    if ready.is_empty() {
        return Ok(());
    }
    let far = far_from_the_end(reading, &ready);
    let late = late_at_the_end(reading, &ready);
    let quickest = LazyCell::new(|| Quickest::to(facts, &reading.reach.graph));
    for slot in ready {
        let by_links = far.contains(&slot).then(|| too_many_links(reading, slot));
        let by_days = || {
            let late = late.contains(&slot);
            late.then(|| too_many_days(reading, slot, &quickest))
        };
        if let Some(evidence) = by_links.flatten().or_else(|| by_days().flatten()) {
            finds.add(Found::about(&[slot]).shown_by(evidence));
        }
    }
    Ok(())
}

/// Audiences for whom no entry has turned up yet. Walks go back from the end, so that one serves all audiences, and
/// most maps have a near entry for each, so that they need not go far.
struct Waiting<'a> {
    facts: &'a Facts,
    audiences: Vec<u32>,
}

impl<'a> Waiting<'a> {
    fn new(facts: &'a Facts, audiences: &[u32]) -> Self {
        Self {
            facts,
            audiences: audiences.to_vec(),
        }
    }

    /// Comes by a touchpoint; `true` when nobody waits any more.
    fn meet(&mut self, slot: u32) -> bool {
        if self.facts.is(slot, Is::ENTRY) {
            let facts = self.facts;
            self.audiences
                .retain(|audience| !serves(facts, slot, *audience));
        }
        self.audiences.is_empty()
    }
}

/// Those of the audiences that have no entry within the most links of an ultimate destination.
fn far_from_the_end(reading: &Reading<'_>, audiences: &[u32]) -> Vec<u32> {
    let facts = reading.facts;
    let mut waiting = Waiting::new(facts, audiences);
    let (up, most) = (&reading.reach.graph.up, reading.threshold("max_links"));
    up.visit(facts.those(Is::ULTIMATE), most, |slot| waiting.meet(slot));
    waiting.audiences
}

/// Those of the audiences that have no entry within the most days of an ultimate destination; none where no days are
/// given.
fn late_at_the_end(reading: &Reading<'_>, audiences: &[u32]) -> Vec<u32> {
    if !has_lags(reading) {
        return Vec::new();
    }
    let mut waiting = Waiting::new(reading.facts, audiences);
    let (graph, most) = (&reading.reach.graph, reading.threshold("max_days"));
    Quickest::within(reading.facts, graph, most, |slot| waiting.meet(slot));
    waiting.audiences
}

/// Whether a touchpoint is for an audience, or for nobody in particular.
fn serves(facts: &Facts, slot: u32, audience: u32) -> bool {
    let served = &facts.touch(slot).audiences;
    served.is_empty() || served.contains(&audience)
}

/// Entries that serve an audience or name none.
fn entries_for(facts: &Facts, audience: u32) -> impl Iterator<Item = u32> + '_ {
    facts
        .those(Is::ENTRY)
        .filter(move |slot| serves(facts, *slot, audience))
}

/// The shortest way of an audience none of whose entries is near by links; `None` where no way leads to an end.
fn too_many_links(reading: &Reading<'_>, audience: u32) -> Option<Evidence> {
    let facts = reading.facts;
    let links = reading.reach.leading_to_ultimate(facts);
    let leading = entries_for(facts, audience).filter(|slot| links.reaches(*slot));
    let nearest = leading.min_by(|one, other| {
        links
            .of(*one)
            .cmp(&links.of(*other))
            .then_with(|| facts.id(*one).cmp(facts.id(*other)))
    })?;
    let way = paths::shortest(facts, &reading.reach.graph.down, links, nearest).reversed();
    let (touchpoints, links) = way.ids(facts);
    Some(Evidence::Path {
        touchpoints,
        links,
        days: None,
        limit: Some(reading.threshold("max_links")),
    })
}

/// The quickest way of an audience none of whose entries is near by days; `None` where no way leads to an end.
fn too_many_days(reading: &Reading<'_>, audience: u32, quickest: &Quickest) -> Option<Evidence> {
    let (facts, graph) = (reading.facts, &reading.reach.graph);
    let (way, days) = quickest.from(facts, graph, entries_for(facts, audience))?;
    let (touchpoints, links) = way.ids(facts);
    Some(Evidence::Path {
        touchpoints,
        links,
        days: Some(days),
        limit: Some(reading.threshold("max_days")),
    })
}

fn add_direct_way(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Evidence::Path { touchpoints, .. } = &gap.evidence else {
        return Vec::new();
    };
    let ends = touchpoints.first().zip(touchpoints.last());
    let ends = ends.and_then(|(first, last)| workshop.slot(first).zip(workshop.slot(last)));
    ends.map(|(from, to)| workshop.link_up(from, to))
        .into_iter()
        .collect()
}
