//! Rules about stages: that each has something in it, that it leads on, and that it is not all of one kind.

use backcast_model::catalog::Channel;
use backcast_model::{Entity, Moment, Ownership, Severity};
use serde_json::json;

use super::{needs_channels, needs_destination, needs_moments, needs_stages, nothing};
use crate::facts::{Facts, Is, NONE};
use crate::fix::{Fix, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::rule::{Assessed, Find, Finds, Found, Per, Reading, Rule};

pub(super) static RULES: [Rule; 6] = [
    Rule {
        id: "stage-empty",
        name: "Empty stage",
        severity: Severity::High,
        per: Per::Stage,
        moments: &[],
        thresholds: &[],
        wisdom: "People do not skip steps because the plan does. Whoever has just become aware still wants to explore \
                 before they buy, and if the brand has nothing for that step, somebody else has: a competitor, a \
                 forum, a review. Fill the step with one touchpoint that answers its question, or take the step out \
                 of the journey on purpose.",
        example: "A plan with launch films and a shop, and nothing in between for those who want to compare.",
        reads: Inputs::STAGE,
        find: Find::Whole(stage_empty),
        text: |_| "Nothing meets people in {stage}.",
        affects: nothing,
        mend: fill_stage,
    },
    Rule {
        id: "stage-single-channel",
        name: "One channel only",
        severity: Severity::Low,
        per: Per::Stage,
        moments: &[],
        thresholds: &[],
        wisdom: "A step that rests on one kind of place rests on that place's rules, prices and outages, and reaches \
                 only those who go there. A second channel is less about reach than about being met again: the same \
                 offer, seen in another setting, is believed sooner.",
        example: "Everything in Explore is a social post; those who searched instead found nothing.",
        reads: Inputs::STAGE.union(Inputs::CHANNEL),
        find: Find::Whole(stage_single_channel),
        text: |_| "{stage} rests on one channel alone: {channel}.",
        affects: nothing,
        mend: add_second_channel,
    },
    Rule {
        id: "stage-no-onward-link",
        name: "Stage leads nowhere",
        severity: Severity::High,
        per: Per::Stage,
        moments: &[
            Moment::Unaware,
            Moment::Aware,
            Moment::Considering,
            Moment::Evaluating,
        ],
        thresholds: &[],
        wisdom: "Each step of the journey has one duty besides its own: to hand people to the next. When nothing in \
                 a step leads on, it is not one touchpoint that fails but the seam between two teams, two agencies \
                 or two budgets. It is where most plans tear, because each side thinks the other one draws the link.",
        example: "The awareness burst is bought and the content hub is written, and no spot mentions the hub.",
        reads: Inputs::STAGE
            .union(Inputs::SHAPE)
            .union(Inputs::STAGE_ORDER),
        find: Find::Whole(stage_no_onward_link),
        text: |_| "Nothing in {stage} leads people on to a later stage or to a destination.",
        affects: nothing,
        mend: link_stage_onward,
    },
    Rule {
        id: "stage-broadcast-only",
        name: "Nobody can answer",
        severity: Severity::Low,
        per: Per::Stage,
        moments: &[],
        thresholds: &[],
        wisdom: "People believe what they could ask about. A step made only of messages sent out learns nothing from \
                 those who receive them, and leaves their doubts to be answered elsewhere. One place to reply, be it \
                 chat, a phone number or a person at a counter, tells you more than the whole step's statistics.",
        example: "Brochures and films explain a loan, and nobody can ask whether it fits them.",
        reads: Inputs::STAGE.union(Inputs::CHANNEL).union(Inputs::TWO_WAY),
        find: Find::Whole(stage_broadcast_only),
        text: |_| "In {stage} people are only talked to: there is no place where they can answer.",
        affects: nothing,
        mend: add_two_way,
    },
    Rule {
        id: "same-mix-everywhere",
        name: "Same mix in every stage",
        severity: Severity::Low,
        per: Per::Map,
        moments: &[],
        thresholds: &[],
        wisdom: "Channels have different gifts: some make people look, some let them compare, some let them act. A \
                 plan that uses the same ones at every step has usually been filled in, not planned. Ask of each \
                 step what people do then, and where they are while they do it.",
        example: "Display, social and e-mail for awareness; display, social and e-mail for loyalty.",
        reads: Inputs::STAGE.union(Inputs::CHANNEL),
        find: Find::Whole(same_mix_everywhere),
        text: |_| "Every stage uses the same channels ({channels}), though people do something else in each.",
        affects: nothing,
        mend: vary_mix,
    },
    Rule {
        id: "partner-only-stage",
        name: "In other people's hands",
        severity: Severity::Low,
        per: Per::Stage,
        moments: &[],
        thresholds: &[],
        wisdom: "Retailers, fans and journalists say what suits them, when it suits them. That is their worth, and \
                 the reason not to leave a whole step to them: what is neither yours nor paid for by you can change \
                 overnight. Keep one touchpoint of your own in each step, if only to correct the rest.",
        example: "All comparing happens on a retailer's pages, and the retailer drops the product photos.",
        reads: Inputs::STAGE
            .union(Inputs::CHANNEL)
            .union(Inputs::OWNERSHIP)
            .union(Inputs::MEDIA),
        find: Find::Whole(partner_only_stage),
        text: |_| "In {stage} nothing is the brand's own or paid for by it; others decide what people see there.",
        affects: nothing,
        mend: add_owned,
    },
];

/// Adds a gap for each filled stage of which this holds.
fn add_stages(
    reading: &Reading<'_>,
    finds: &mut Finds,
    holds: impl Fn(u32, &[u32]) -> bool,
) -> Assessed {
    needs_stages(reading)?;
    for (stage, slots) in reading
        .facts
        .filled_stages()
        .filter(|(stage, slots)| holds(*stage, slots))
    {
        finds.add(Found::about(&[stage]).on_all(slots));
    }
    Ok(())
}

/// The channels touchpoints name, by number.
fn mix(facts: &Facts, slots: &[u32]) -> Vec<u32> {
    let mut named = vec![false; facts.channels.len()];
    for slot in slots {
        if let Some(named) = named.get_mut(facts.channel_of(*slot) as usize) {
            *named = true;
        }
    }
    (0..)
        .zip(named)
        .filter(|(_, named)| *named)
        .map(|(channel, _)| channel)
        .collect()
}

fn stage_empty(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_stages(reading)?;
    for (stage, _) in reading
        .facts
        .by_stage()
        .iter()
        .filter(|(_, slots)| slots.is_empty())
    {
        finds.add(Found::about(&[*stage]).under(*stage));
    }
    Ok(())
}

fn fill_stage(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    add_channels(workshop, gap, |channel| !channel.consent)
}

fn stage_single_channel(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_channels(reading)?;
    needs_stages(reading)?;
    let facts = reading.facts;
    for (stage, slots) in facts.filled_stages() {
        let mix = mix(facts, slots);
        if let (Some(only), 1) = (mix.first(), mix.len()) {
            let words = vec![facts.channels[*only as usize].text.clone()];
            finds.add(
                Found::about(&[stage])
                    .on_all(slots)
                    .shown_by(Evidence::Words { words }),
            );
        }
    }
    Ok(())
}

fn add_second_channel(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let used = match &gap.evidence {
        Evidence::Words { words } => words.as_slice(),
        _ => &[],
    };
    add_channels(workshop, gap, |channel| {
        !channel.consent && !used.contains(&channel.id)
    })
}

/// Adds a touchpoint to the gap's stage, in one of the three most usual channels of which this holds.
fn add_channels(workshop: &Workshop<'_>, gap: &Gap, holds: impl Fn(&Channel) -> bool) -> Vec<Fix> {
    let Some(stage) = workshop.stage(gap) else {
        return Vec::new();
    };
    let channels = workshop
        .channels(workshop.facts.moment(stage), holds)
        .into_iter()
        .take(3);
    channels
        .map(|channel| workshop.add_to_stage(channel, stage, &json!({})))
        .collect()
}

fn stage_no_onward_link(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    needs_moments(reading)?;
    let facts = reading.facts;
    let last = facts.stage_order.last().copied();
    let leads_on = |slot: u32| {
        let here = facts.stage_position(facts.stage_of(slot));
        reading.reach.graph.down.from(slot).iter().any(|step| {
            let there = facts.stage_position(facts.stage_of(step.touchpoint));
            facts.is(step.touchpoint, Is::DESTINATION) || (there > here && there != NONE)
        })
    };
    add_stages(reading, finds, |stage, slots| {
        facts
            .moment(stage)
            .is_some_and(|moment| reading.rule.moments.contains(&moment))
            && Some(stage) != last
            && !slots
                .iter()
                .any(|slot| facts.is(*slot, Is::ULTIMATE) || leads_on(*slot))
    })
}

fn link_stage_onward(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(stage) = workshop.stage(gap) else {
        return Vec::new();
    };
    let Some(from) = workshop.members(gap).into_iter().next_back() else {
        return Vec::new();
    };
    let targets = [
        workshop.onward(stage),
        workshop.facts.those_near(stage, Is::ULTIMATE).next(),
    ];
    let mut targets: Vec<_> = targets
        .into_iter()
        .flatten()
        .filter(|to| *to != from)
        .collect();
    targets.dedup();
    targets
        .into_iter()
        .map(|to| workshop.link_up(from, to))
        .collect()
}

fn stage_broadcast_only(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    let facts = reading.facts;
    add_stages(reading, finds, |_, slots| {
        !slots.iter().any(|slot| facts.is(*slot, Is::TWO_WAY))
    })
}

fn add_two_way(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(stage) = workshop.stage(gap) else {
        return Vec::new();
    };
    let answering = |channel: &Channel| channel.two_way && !channel.consent;
    let channels = workshop.catching_channels(workshop.facts.moment(stage), answering);
    channels
        .into_iter()
        .take(3)
        .map(|channel| workshop.add_to_stage(channel, stage, &json!({})))
        .collect()
}

fn same_mix_everywhere(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_stages(reading)?;
    needs_channels(reading)?;
    let facts = reading.facts;
    let stages: Vec<_> = facts.filled_stages().collect();
    let mixes: Vec<_> = stages.iter().map(|(_, slots)| mix(facts, slots)).collect();
    let Some(first) = mixes
        .first()
        .filter(|first| mixes.len() >= 3 && !first.is_empty())
    else {
        return Ok(());
    };
    if mixes.iter().all(|mix| mix == first) {
        let mut words: Vec<_> = first
            .iter()
            .map(|channel| facts.channels[*channel as usize].text.clone())
            .collect();
        words.sort_unstable();
        let found = stages
            .iter()
            .fold(Found::about(&[]), |found, (stage, _)| found.under(*stage));
        finds.add(found.shown_by(Evidence::Words { words }));
    }
    Ok(())
}

fn vary_mix(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let used = match &gap.evidence {
        Evidence::Words { words } => words.as_slice(),
        _ => &[],
    };
    let stages: Vec<_> = gap
        .stages
        .iter()
        .filter_map(|id| workshop.facts.stages.find(id.as_str()))
        .collect();
    let fix = |stage: &u32| {
        let unused = |channel: &Channel| !channel.consent && !used.contains(&channel.id);
        let channel = workshop.channel(workshop.facts.moment(*stage), unused)?;
        Some(workshop.add_to_stage(channel, *stage, &json!({})))
    };
    stages.iter().filter_map(fix).collect()
}

fn partner_only_stage(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    let facts = reading.facts;
    add_stages(reading, finds, |_, slots| {
        !slots
            .iter()
            .any(|slot| facts.marks(*slot).intersects(Is::BRAND | Is::PAID))
    })
}

fn add_owned(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let mut fixes = add_channels(workshop, gap, |channel| {
        channel.ownership == Ownership::Brand && !channel.consent
    });
    if let Some(slot) = workshop.first(gap) {
        let title = format!("Say that {} is the brand's own", workshop.quoted(slot));
        fixes.push(Fix::set(
            title,
            Entity::Touchpoint,
            workshop.id(slot),
            "ownership",
            json!(Ownership::Brand),
        ));
    }
    fixes
}
