//! Rules about money: how it is split, for whom it is spent, and on what it rests.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use backcast_model::{Entity, Rate, Severity, threshold};
use serde_json::json;

use super::{needs_audiences, needs_budgets, needs_channels, needs_destination, nothing};
use crate::facts::{Facts, Is, NONE};
use crate::fix::{Fix, Workshop};
use crate::gap::{Evidence, Gap, Share};
use crate::inputs::Inputs;
use crate::paths;
use crate::reach::Leads;
use crate::rule::{Assessed, Find, Finds, Found, Per, Reading, Rule};
use crate::wording::percent;

pub(super) static RULES: [Rule; 3] = [
    Rule {
        id: "channel-dominates",
        name: "One channel dominates",
        severity: Severity::Medium,
        per: Per::Map,
        moments: &[],
        thresholds: threshold::CHANNEL_DOMINATES,
        wisdom: "The first half of a channel's budget usually works harder than the second: the people easiest to \
                 reach are reached, and the rest sees it for the tenth time. When most of the money sits in one \
                 channel, ask what the last tenth of it would do elsewhere, and whether the other steps of the \
                 journey can work on what is left.",
        example: "Seven tenths of the budget is TV, and what TV stirs has to be caught with the remaining three.",
        reads: Inputs::STAGE
            .union(Inputs::STAGE_ORDER)
            .union(Inputs::CHANNEL)
            .union(Inputs::BUDGET),
        find: Find::Whole(channel_dominates),
        text: |_| "{largest} takes {share} of the budget, more than one channel should.",
        affects: nothing,
        mend: split_otherwise,
    },
    Rule {
        id: "budget-without-audience",
        name: "Paid for nobody in particular",
        severity: Severity::Medium,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "Money spent on everybody is mostly spent on people who will never buy. Once a plan names its \
                 audiences, each piece that costs something should say whose it is; otherwise nobody can tell later \
                 whether it reached them, and it is the last to be cut when it should be the first.",
        example: "A print series with a budget and no audience: it was booked because it was booked last year.",
        reads: Inputs::BUDGET
            .union(Inputs::SERVED)
            .union(Inputs::AUDIENCES),
        find: Find::Touchpoint(needs_spending, budget_without_audience),
        text: |_| "{touchpoint} costs money and names no audience that it is for.",
        affects: nothing,
        mend: assign_audience,
    },
    Rule {
        id: "paid-into-unproven",
        name: "Paid into the unproven",
        severity: Severity::High,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: threshold::PAID_INTO_UNPROVEN,
        wisdom: "Paid media multiplies what the destination does with its visitors, and a multiple of nothing is \
                 nothing. Before money is sent to a page or a shop, find out on a small scale what share of those \
                 who come do what they came for. It is the cheapest test in the whole plan, and most often skipped.",
        example: "A launch week of paid social into a landing page that three colleagues have seen.",
        reads: Inputs::SHAPE.union(Inputs::MEDIA).union(Inputs::RATE),
        find: Find::Whole(paid_into_unproven),
        text: |gap| match gap.evidence {
            Evidence::Figure { value: Some(_), .. } => {
                "{first} is paid for and leads people to {touchpoint}, where {percent} of visitors do what they came \
                 for; {limit} is the least that counts as proven."
            }
            _ => {
                "{first} is paid for and leads people to {touchpoint}; nobody has said what share of visitors do \
                 what they came for."
            }
        },
        affects: nothing,
        mend: prove_first,
    },
];

fn channel_dominates(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_budgets(reading)?;
    needs_channels(reading)?;
    let facts = reading.facts;
    let mut budgets: Vec<Option<i64>> = vec![None; facts.channels.len()];
    for slot in facts.present() {
        if let Some(budget) = budgets.get_mut(facts.channel_of(slot) as usize) {
            let more = facts.budget(slot);
            *budget = Some(budget.unwrap_or_default().saturating_add(more));
        }
    }
    let named: Vec<(u32, i64)> = (0..)
        .zip(budgets)
        .filter_map(|(channel, budget)| Some((channel, budget?)))
        .collect();
    let total = named
        .iter()
        .fold(0_i64, |total, (_, budget)| total.saturating_add(*budget));
    if named.len() < 2 || total == 0 {
        return Ok(());
    }
    let spent = named.into_iter().filter(|(_, budget)| *budget > 0);
    let mut shares: Vec<_> = spent
        .map(|(channel, budget)| (channel, part(budget, total)))
        .collect();
    let text = |channel: u32| &facts.channels[channel as usize].text;
    shares.sort_unstable_by(|one, other| {
        other
            .1
            .total_cmp(&one.1)
            .then_with(|| text(one.0).cmp(text(other.0)))
    });
    let Some((largest, share)) = shares.first().copied() else {
        return Ok(());
    };
    if share > reading.threshold("max_share") {
        let paid = facts
            .present()
            .filter(|slot| facts.channel_of(*slot) == largest && facts.budget(*slot) > 0);
        let shares = shares.iter().map(|(channel, share)| Share {
            label: text(*channel).clone(),
            share: *share,
        });
        finds.add(
            Found::about(&[])
                .on(facts, paid)
                .shown_by(Evidence::Shares {
                    shares: shares.collect(),
                    stages: shares_by_stage(facts, largest),
                }),
        );
    }
    Ok(())
}

/// What share of each stage's budget in channels one channel takes, for the stages that spend any.
fn shares_by_stage(facts: &Facts, channel: u32) -> Vec<Share> {
    let share = |(stage, slots): (u32, &[u32])| {
        let (mut own, mut all) = (0_i64, 0_i64);
        for slot in slots {
            let budget = facts.budget(*slot);
            if facts.channel_of(*slot) != NONE {
                all = all.saturating_add(budget);
            }
            if facts.channel_of(*slot) == channel {
                own = own.saturating_add(budget);
            }
        }
        (all > 0).then(|| Share {
            label: facts.stages.id(stage).to_string(),
            share: part(own, all),
        })
    };
    facts.filled_stages().filter_map(share).collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "hundredths stay far below 2^53 where a share is read"
)]
fn part(budget: i64, total: i64) -> f64 {
    budget as f64 / total as f64
}

/// How much to spend where only a person can say: leads to the dearest touchpoint of the channel in the stage in which
/// the channel takes most.
fn split_otherwise(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let stages = match &gap.evidence {
        Evidence::Shares { stages, .. } => stages.as_slice(),
        _ => &[],
    };
    let fullest = stages
        .iter()
        .rev()
        .max_by(|one, other| one.share.total_cmp(&other.share));
    let stage = fullest.and_then(|share| facts.stages.find(&share.label));
    let members = workshop.members(gap).into_iter();
    let Some(dearest) =
        members.max_by_key(|slot| (Some(facts.stage_of(*slot)) == stage, facts.budget(*slot)))
    else {
        return Vec::new();
    };
    let here = Some(facts.stage_of(dearest)) == stage;
    let place = fullest.filter(|_| here).map(|share| {
        let name = workshop.stage_name(facts.stage_of(dearest));
        format!(" in {name}, where it takes {},", percent(share.share))
    });
    let title = format!(
        "Look at the split per stage, beginning{} with the budget of {}",
        place.unwrap_or_default(),
        workshop.quoted(dearest)
    );
    vec![Fix::fill_in(
        title,
        Entity::Touchpoint,
        workshop.id(dearest),
        "budget",
    )]
}

/// Refuses to assess a map without audiences or without budgets.
fn needs_spending(reading: &Reading<'_>) -> Assessed {
    needs_audiences(reading)?;
    needs_budgets(reading)
}

fn budget_without_audience(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    (facts.budget(slot) > 0 && facts.touch(slot).audiences.is_empty())
        .then(|| Found::touchpoint(slot))
}

/// The map's audiences, the one most served in a stage first.
fn audiences_by_service(facts: &Facts, stage: u32) -> Vec<u32> {
    let mut served: BTreeMap<u32, u32> = BTreeMap::new();
    for slot in facts
        .present()
        .filter(|slot| facts.stage_of(*slot) == stage)
    {
        facts
            .touch(slot)
            .audiences
            .iter()
            .for_each(|audience| *served.entry(*audience).or_default() += 1);
    }
    let mut audiences = facts.audience_order.clone();
    audiences.sort_by_key(|audience| {
        std::cmp::Reverse(served.get(audience).copied().unwrap_or_default())
    });
    audiences
}

fn assign_audience(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let audiences = audiences_by_service(workshop.facts, workshop.facts.stage_of(slot));
    let fix = |audience: u32| {
        let audience = workshop.facts.audience(audience)?;
        let title = format!(
            "Say that {} is for {}",
            workshop.quoted(slot),
            crate::wording::quoted(&audience.name)
        );
        Some(workshop.write(title, slot, "audiences", json!([audience.id])))
    };
    audiences.into_iter().take(3).filter_map(fix).collect()
}

fn paid_into_unproven(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let facts = reading.facts;
    let reached = |slot: &u32| reading.reach.is(facts, *slot, Leads::FROM_PAID);
    let limit = reading.threshold("min_rate");
    let graph = &reading.reach.graph;
    let paid = |slot: &u32| !facts.is(*slot, Is::DESTINATION);
    // The walk over the map is only for maps that have such a gap.
    let distances = LazyCell::new(|| {
        let drivers = facts.those(Is::PAID).filter(paid);
        graph.down.distances(drivers, |_| true)
    });
    for slot in facts.those(Is::DESTINATION).filter(reached) {
        let rate = facts
            .record(slot)
            .and_then(|touchpoint| touchpoint.conversion_rate)
            .map(Rate::get);
        if rate.is_none_or(|rate| rate < limit) {
            let way = paths::shortest(facts, &graph.up, &distances, slot);
            let (touchpoints, links) = way.ids(facts);
            finds.add(Found::touchpoint(slot).shown_by(Evidence::Figure {
                value: rate,
                limit,
                unit: "share",
                touchpoints,
                links,
            }));
        }
    }
    Ok(())
}

fn prove_first(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let fill_in = |slot| {
        let title = format!(
            "Test {} first, and enter its conversion rate",
            workshop.quoted(slot)
        );
        Fix::fill_in(
            title,
            Entity::Touchpoint,
            workshop.id(slot),
            "conversion_rate",
        )
    };
    workshop.first(gap).map(fill_in).into_iter().collect()
}
