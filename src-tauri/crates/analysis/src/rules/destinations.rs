//! Rules about destinations: that there is one, that people get there, and that those on the way pass people on.

use backcast_model::catalog::Channel;
use backcast_model::{Entity, Kind, Metric, Moment, Ownership, Rank, Severity};
use serde_json::json;

use super::{needs_destination, needs_moments, nothing};
use crate::facts::{Facts, Is, NONE};
use crate::fix::{Fix, Plan, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::reach::Leads;
use crate::rule::{Assessed, Find, Finds, Found, Need, Per, Reading, Rule};
use crate::wording::quoted;

pub(super) static RULES: [Rule; 6] = [
    Rule {
        id: "no-destination",
        name: "No destination",
        severity: Severity::High,
        per: Per::Map,
        moments: &[],
        thresholds: &[],
        wisdom: "A communication plan is drawn backward: from the place where people should end up to the places \
                 where they first hear of it. As long as nobody has said where that is, nothing on the map can be \
                 right or wrong; every spot and post is as good as any other. Name the one place where the job is \
                 done, and the rest of the map gets a direction.",
        example: "A launch with films, posts and posters, and no shop, form or counter on the map that any of them \
                  is meant to fill.",
        reads: Inputs::KIND,
        find: Find::Whole(no_destination),
        text: |_| "Nothing on the map is the place where people should end up.",
        affects: nothing,
        mend: name_a_destination,
    },
    Rule {
        id: "destination-unreached",
        name: "Destination not reached",
        severity: Severity::High,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "A shop that nobody is sent to is a warehouse. Every destination needs at least one unbroken way \
                 that begins where people already are and would meet the brand unasked. Where that way is missing, \
                 the budget spent on building the destination waits for visitors who have no reason to come.",
        example: "A microsite is built and beautiful, and the only links to it stand on pages that can themselves \
                  only be reached from the microsite.",
        reads: Inputs::SHAPE,
        find: Find::Whole(destination_unreached),
        text: |_| "No way leads people to {touchpoint}: it cannot be reached from any place where they come in.",
        affects: nothing,
        mend: bring_people,
    },
    Rule {
        id: "stops-short",
        name: "Stops short",
        severity: Severity::Medium,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "An intermediate destination earns its keep by passing people on. When it keeps them instead, all \
                 the effort in front of it ends in a visit that leads nowhere: people saw, were convinced, and then \
                 had to find the next step by themselves. Most of them don't.",
        example: "A campaign page explains the product well, and has no button to the shop.",
        reads: Inputs::SHAPE,
        find: Find::Whole(stops_short),
        text: |_| "{touchpoint} gathers people and does not pass them on to a place where they should end up.",
        affects: those_that_stop_short,
        mend: pass_people_on,
    },
    Rule {
        id: "external-pulls-nowhere",
        name: "Works for others",
        severity: Severity::Medium,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "Reviews, fans and retailers bring people who already trust what they heard. If all they lead to \
                 belongs to somebody else, the sale may happen, but you learn nothing about who bought, cannot speak \
                 to them again, and depend on somebody else's shelf. Give those places something of yours to point to.",
        example: "A blogger's praise links to a marketplace listing; the brand's own pages never see these readers.",
        reads: Inputs::SHAPE.union(Inputs::OWNERSHIP),
        find: Find::Whole(external_pulls_nowhere),
        text: |_| "{touchpoint} brings people to a destination, but never past anything of the brand's own.",
        affects: nothing,
        mend: lead_to_the_brand,
    },
    Rule {
        id: "no-loop-after-purchase",
        name: "Ends at the destination",
        severity: Severity::Medium,
        per: Per::Map,
        moments: &[Moment::Using, Moment::Loyal, Moment::Advocating],
        thresholds: &[],
        wisdom: "The people most likely to buy are those who did, and the ones most believed are those who tell a \
                 friend. A map that stops at the till pays full price for every customer, every time. One link back, \
                 be it a refill reminder, a referral code or an invitation to review, turns a line into a circle.",
        example: "The parcel holds a receipt and nothing else: no registration, no code for a friend, no next offer.",
        reads: Inputs::STAGE.union(Inputs::SHAPE),
        find: Find::Whole(no_loop_after_purchase),
        text: |gap| {
            if gap.touchpoints.is_empty() {
                "Nothing in {stages} leads people back: no link returns from there to an earlier stage."
            } else {
                "The map ends at {touchpoints}: nothing comes after, and no link leads on from there."
            }
        },
        affects: nothing,
        mend: close_the_loop,
    },
    Rule {
        id: "no-outcome-metric",
        name: "Measured by the wrong thing",
        severity: Severity::Medium,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "What is counted at the end decides what everybody works for. A destination judged by reach or clicks \
                 will get reach and clicks, bought as cheaply as they can be had, and nobody will notice that the job \
                 is not done. Count there what the campaign is for: leads, sales, people who stay.",
        example: "The shop's success is reported as visits, so the media team buys visits.",
        reads: Inputs::KIND.union(Inputs::METRIC),
        find: Find::Touchpoint(needs_metrics, no_outcome_metric),
        text: |_| "{touchpoint} is where people should end up, yet it is measured by {words}, not by what they do there.",
        affects: nothing,
        mend: set_an_outcome,
    },
];

fn no_destination(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    if reading.facts.those(Is::ULTIMATE).next().is_none() {
        finds.add(Found::about(&[]));
    }
    Ok(())
}

fn name_a_destination(workshop: &Workshop<'_>, _: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let last = facts.those(Is::DESTINATION).max_by_key(|slot| {
        (
            facts.stage_position(facts.stage_of(*slot)).wrapping_add(1),
            facts.position(*slot),
        )
    });
    let promote = last.map(|slot| {
        let title = format!(
            "Make {} the place where people should end up",
            workshop.quoted(slot)
        );
        Fix::set(
            title,
            Entity::Touchpoint,
            workshop.id(slot),
            "rank",
            json!(Rank::Ultimate),
        )
    });
    // Where there are only drivers, the last place of the brand's own that people can go to is what they lead to.
    let place = facts
        .those(Is::BRAND)
        .filter(|slot| last.is_none() && workshop.is_place(*slot))
        .max_by_key(|slot| {
            (
                facts.stage_position(facts.stage_of(*slot)).wrapping_add(1),
                facts.position(*slot),
            )
        });
    let mark = place.map(|slot| {
        let mut plan = Plan::new(workshop);
        for (field, value) in [
            ("kind", json!(Kind::Destination)),
            ("rank", json!(Rank::Ultimate)),
        ] {
            plan.set(Entity::Touchpoint, workshop.id(slot), field, value);
        }
        plan.fix(format!(
            "Make {} the place where people should end up",
            workshop.quoted(slot)
        ))
    });
    let buying = facts
        .stage_order
        .iter()
        .copied()
        .find(|stage| facts.moment(*stage) == Some(Moment::Buying));
    let stage = buying
        .or_else(|| facts.stage_order.last().copied())
        .unwrap_or(NONE);
    let mut plan = Plan::new(workshop);
    plan.add(
        "Shop",
        Kind::Destination,
        Some("web-shop"),
        stage,
        &json!({ "rank": Rank::Ultimate }),
    );
    let add = plan.fix("Add a shop as the place where people should end up");
    promote.into_iter().chain(mark).chain([add]).collect()
}

fn destination_unreached(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let (facts, reach) = (reading.facts, reading.reach);
    let reached = |slot: &u32| reach.is(facts, *slot, Leads::FROM_ENTRY);
    for slot in facts.those(Is::DESTINATION).filter(|slot| !reached(slot)) {
        finds.add(Found::touchpoint(slot));
    }
    Ok(())
}

fn bring_people(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let stage = facts.stage_of(slot);
    let mut entries = facts.those_near(stage, Is::ENTRY);
    let near = entries.find(|entry| !facts.is(*entry, Is::DESTINATION));
    let from_entry = near.map(|entry| {
        let mut plan = Plan::new(workshop);
        plan.link(
            workshop.id(entry),
            workshop.id(slot),
            &workshop.call_to(slot),
        );
        plan.fix(format!(
            "Link {} to {}",
            workshop.quoted(entry),
            workshop.quoted(slot)
        ))
    });
    let channels = workshop.catching_channels(facts.moment(stage), |channel| channel.entry);
    let driver = channels.first().map(|channel| {
        let mut plan = Plan::new(workshop);
        let more = json!({ "entry": true });
        let id = plan.add(&channel.name, Kind::Driver, Some(&channel.id), stage, &more);
        plan.link(id.as_str(), workshop.id(slot), &workshop.call_to(slot));
        plan.fix(format!(
            "Add {}, linked to {}",
            quoted(&channel.name),
            workshop.quoted(slot)
        ))
    });
    driver.into_iter().chain(from_entry).collect()
}

fn stops_short(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let (facts, reach) = (reading.facts, reading.reach);
    // An ultimate destination reaches itself, so those that don't are intermediate.
    let leads_on = |slot: &u32| reach.is(facts, *slot, Leads::TO_ULTIMATE);
    for slot in facts.those(Is::DESTINATION).filter(|slot| !leads_on(slot)) {
        finds.add(Found::touchpoint(slot));
    }
    Ok(())
}

fn those_that_stop_short(workshop: &Workshop<'_>, gap: &Gap) -> Vec<u32> {
    let (facts, reach) = (workshop.facts, workshop.reach);
    let stops = |slot| !reach.is(facts, slot, Leads::TO_ULTIMATE);
    reach.graph.up.reached(workshop.members(gap), stops)
}

fn pass_people_on(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let target = facts.those_near(facts.stage_of(slot), Is::ULTIMATE).next();
    let link = target.map(|target| {
        let mut plan = Plan::new(workshop);
        plan.link(
            workshop.id(slot),
            workshop.id(target),
            &workshop.call_to(target),
        );
        plan.fix(format!(
            "Link {} to {}",
            workshop.quoted(slot),
            workshop.quoted(target)
        ))
    });
    let title = format!(
        "Make {} a place where people should end up",
        workshop.quoted(slot)
    );
    let promote = Fix::set(
        title,
        Entity::Touchpoint,
        workshop.id(slot),
        "rank",
        json!(Rank::Ultimate),
    );
    link.into_iter().chain([promote]).collect()
}

fn external_pulls_nowhere(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let facts = reading.facts;
    for slot in facts.present() {
        let external = !facts.marks(slot).intersects(Is::DESTINATION | Is::BRAND);
        let leads = |leads: Leads| reading.reach.is(facts, slot, leads);
        if external && leads(Leads::TO_DESTINATION) && !leads(Leads::TO_BRAND) {
            finds.add(Found::touchpoint(slot));
        }
    }
    Ok(())
}

fn lead_to_the_brand(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let stage = facts.stage_of(slot);
    let leads_on = |slot: &u32| workshop.reach.is(facts, *slot, Leads::TO_DESTINATION);
    let near = facts.those_near(stage, Is::BRAND).find(leads_on);
    let owned = |channel: &Channel| {
        channel.ownership == Ownership::Brand && !channel.consent && !channel.entry
    };
    let offer = workshop.channel(facts.moment(stage), owned).map(|channel| {
        let mut plan = Plan::new(workshop);
        let id = plan.add(
            &channel.name,
            Kind::Driver,
            Some(&channel.id),
            stage,
            &json!({}),
        );
        plan.link(
            workshop.id(slot),
            id.as_str(),
            &format!("Go to {}", channel.name),
        );
        let mut title = format!(
            "Add {} of the brand's own behind {}",
            quoted(&channel.name),
            workshop.quoted(slot)
        );
        if let Some(target) = facts.those_near(stage, Is::ULTIMATE).next() {
            plan.link(id.as_str(), workshop.id(target), &workshop.call_to(target));
            title.push_str(&format!(", linked to {}", workshop.quoted(target)));
        }
        plan.fix(title)
    });
    near.map(|target| workshop.link_up(slot, target))
        .into_iter()
        .chain(offer)
        .collect()
}

/// Whether a touchpoint's stage comes after the purchase; `None` when nobody said.
fn is_after(facts: &Facts, slot: u32) -> Option<bool> {
    facts
        .moment(facts.stage_of(slot))
        .map(Moment::is_after_purchase)
}

fn no_loop_after_purchase(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    needs_moments(reading)?;
    let facts = reading.facts;
    let down = &reading.reach.graph.down;
    let later = |stage: u32| {
        let moment = facts.moment(stage);
        moment.is_some_and(|moment| reading.rule.moments.contains(&moment))
    };
    let after: Vec<_> = facts
        .filled_stages()
        .filter(|(stage, _)| later(*stage))
        .collect();
    if after.is_empty() {
        if facts
            .those(Is::ULTIMATE)
            .all(|slot| down.from(slot).is_empty())
        {
            finds.add(Found::about(&[]).on(facts, facts.those(Is::ULTIMATE)));
        }
        return Ok(());
    }
    let leads_back = |slot: &u32| {
        down.from(*slot)
            .iter()
            .any(|step| is_after(facts, step.touchpoint) == Some(false))
    };
    if !after.iter().any(|(_, slots)| slots.iter().any(leads_back)) {
        let stages = after.iter().map(|(stage, _)| *stage);
        finds.add(stages.fold(Found::about(&[]), Found::under));
    }
    Ok(())
}

fn close_the_loop(workshop: &Workshop<'_>, _: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let Some(end) = facts.those(Is::ULTIMATE).next() else {
        return Vec::new();
    };
    let back_to = facts
        .those(Is::ULTIMATE)
        .find(|slot| is_after(facts, *slot) == Some(false));
    let before = facts
        .present()
        .filter(|slot| is_after(facts, *slot) == Some(false));
    let target = back_to.or_else(|| workshop.nearest(facts.stage_of(end), before));
    let after: Vec<_> = facts
        .present()
        .filter(|slot| is_after(facts, *slot) == Some(true))
        .collect();
    let mut fixes = Vec::new();
    let target = match (after.first(), target) {
        (None, target) => target.unwrap_or(end),
        (Some(from), Some(target)) => {
            fixes.push(workshop.link_up(*from, target));
            target
        }
        // Everything on the map comes after the purchase or stands in a stage of no known moment.
        (Some(_), None) => {
            let stage = facts.stage_of(end);
            let title = "Say at which moment of the journey the purchase stands";
            let place = (stage != NONE)
                .then(|| facts.stages.at(stage).row.as_ref())
                .flatten();
            let fill_in = place.map_or_else(
                || Fix::fill_in(title, Entity::Touchpoint, workshop.id(end), "stage"),
                |row| Fix::fill_in(title, Entity::Stage, row.record.id.as_str(), "moment"),
            );
            return vec![fill_in];
        }
    };
    let later = facts
        .stage_order
        .iter()
        .copied()
        .find(|stage| facts.moment(*stage).is_some_and(Moment::is_after_purchase));
    // What comes after has to lead back; where the way back ends in no known moment, nothing may come after.
    let known = is_after(facts, target) == Some(false);
    let stage = later.filter(|_| known).unwrap_or(facts.stage_of(end));
    let ways: &[_] = if workshop.sells() {
        &[
            ("Loyalty programme", "loyalty-programme"),
            ("Recommend to a friend", "word-of-mouth"),
            ("Ask for a review", "review-site"),
        ]
    } else {
        &[
            ("Recommend to a friend", "word-of-mouth"),
            ("Ask for their story", "organic-social"),
        ]
    };
    for (name, channel) in ways {
        let mut plan = Plan::new(workshop);
        let id = plan.add(
            name,
            Kind::Driver,
            Some(*channel),
            stage,
            &json!({ "entry": false }),
        );
        plan.link(workshop.id(end), id.as_str(), &format!("Join: {name}"));
        plan.link(id.as_str(), workshop.id(target), &workshop.call_to(target));
        fixes.push(plan.fix(format!(
            "Add {} behind {}",
            quoted(name),
            workshop.quoted(end)
        )));
    }
    fixes
}

static NEEDS_METRICS: Need = Need {
    text: "Say what success is counted in at the destinations",
    entity: Entity::Touchpoint,
    field: "metric",
};

fn metric(facts: &Facts, slot: u32) -> Option<Metric> {
    facts.record(slot).and_then(|touchpoint| touchpoint.metric)
}

/// Refuses to assess a map at none of whose ultimate destinations success is counted.
fn needs_metrics(reading: &Reading<'_>) -> Assessed {
    needs_destination(reading)?;
    let facts = reading.facts;
    let counted = facts
        .those(Is::ULTIMATE)
        .any(|slot| metric(facts, slot).is_some());
    if counted { Ok(()) } else { Err(&NEEDS_METRICS) }
}

fn no_outcome_metric(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    if !facts.is(slot, Is::ULTIMATE) {
        return None;
    }
    let word = match metric(facts, slot)? {
        Metric::Reach => "reach",
        Metric::Click => "clicks",
        Metric::Lead | Metric::Sale | Metric::Retention => return None,
    };
    Some(Found::touchpoint(slot).shown_by(Evidence::Words {
        words: vec![word.to_owned()],
    }))
}

fn set_an_outcome(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let measure = |metric: Metric, words: &str| {
        let title = format!("Measure {} by {words}", workshop.quoted(slot));
        workshop.write(title, slot, "metric", json!(metric))
    };
    vec![
        measure(Metric::Sale, "sales"),
        measure(Metric::Lead, "leads"),
        measure(Metric::Retention, "people who stay"),
    ]
}
