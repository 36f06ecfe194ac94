//! Rules about running the plan: systems that pass data on, weeks without anything live, owners and reviews.

use std::collections::BTreeSet;

use backcast_model::{Day, Entity, Id, Severity};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde_json::json;

use super::{needs_stages, nothing};
use crate::facts::{Is, week};
use crate::fix::{Fix, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::rule::{Assessed, Find, Finds, Found, Need, Per, Reading, Rule};
use crate::wording::quoted;

pub(super) static RULES: [Rule; 4] = [
    Rule {
        id: "system-break",
        name: "Systems do not talk",
        severity: Severity::Low,
        per: Per::Link,
        moments: &[],
        thresholds: &[],
        wisdom: "A link on the map is drawn at once; in the house it is a file somebody exports on Fridays. Where people \
                 pass from one system to another, what is known of them should pass too. If it does not, either \
                 connect the two or write down who carries it across, for it will be forgotten in the first week.",
        example: "Leads from the fair are typed into the customer database by hand, a fortnight later.",
        reads: Inputs::LINKS.union(Inputs::SYSTEM).union(Inputs::SYSTEMS),
        find: Find::Link(needs_systems, system_break),
        text: |_| "{from} and {to} run on systems that do not pass anything to each other: {systems}.",
        affects: nothing,
        mend: integrate,
    },
    Rule {
        id: "nothing-live",
        name: "Nothing live",
        severity: Severity::Medium,
        per: Per::StageWeeks,
        moments: &[],
        thresholds: &[],
        wisdom: "Media are booked in bursts; people decide when they decide. A week in which a whole step is dark is \
                 a week in which those who arrive at it find the door shut, although money was spent to bring them \
                 there. Overlap the flights, or keep something small running between the bursts.",
        example: "TV ends on Sunday, the comparison campaign starts three weeks later.",
        reads: Inputs::STAGE.union(Inputs::FLIGHTS).union(Inputs::DATES),
        find: Find::Whole(nothing_live),
        text: |_| "From {first} to {last} nothing is live in {stage}.",
        affects: nothing,
        mend: extend_a_flight,
    },
    Rule {
        id: "no-owner",
        name: "Nobody looks after it",
        severity: Severity::Low,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "What belongs to everybody is looked after by nobody. Touchpoints without a name beside them are the \
                 ones that still show last year's price, because each team took them for the other one's. A name, \
                 not a department, is what gets a mistake corrected the same day.",
        example: "Everyone has an owner but the automatic reply, which still wishes a happy new year in May.",
        reads: Inputs::OWNER,
        find: Find::Touchpoint(needs_owners, no_owner),
        text: |_| "Nobody is named who looks after {touchpoint}.",
        affects: nothing,
        mend: assign_owner,
    },
    Rule {
        id: "review-overdue",
        name: "Review overdue",
        severity: Severity::Low,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "A date to look again is a promise to oneself that the first guess may be wrong. When it passes \
                 unnoticed, the guess hardens into a fact, and the next plan is built on it. Look now, correct what \
                 changed, and set the next date; if nothing can change any more, remove the date.",
        example: "A rate assumed in January was to be checked in March; it is September.",
        reads: Inputs::REVIEW.union(Inputs::DAY),
        find: Find::Touchpoint(needs_reviews, review_overdue),
        text: |_| "{touchpoint} was to be reviewed on {date}.",
        affects: nothing,
        mend: review,
    },
];

static NEEDS_SYSTEMS: Need = Need {
    text: "Say on which system touchpoints run",
    entity: Entity::Touchpoint,
    field: "system",
};

fn system<'a>(reading: &Reading<'a>, slot: u32) -> Option<&'a Id> {
    let facts = reading.facts;
    facts
        .record(slot)
        .and_then(|touchpoint| touchpoint.system.as_ref())
}

/// Refuses to assess a map on which nothing runs on a system.
fn needs_systems(reading: &Reading<'_>) -> Assessed {
    if reading.facts.those(Is::SYSTEM).next().is_some() {
        Ok(())
    } else {
        Err(&NEEDS_SYSTEMS)
    }
}

fn system_break(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let link = reading.facts.links.at(slot);
    let (from, to) = (system(reading, link.from)?, system(reading, link.to)?);
    let systems = &reading.map.systems;
    let lists = |one: &Id, other| {
        systems
            .get(one.as_str())
            .is_some_and(|system| system.exchanges_with.contains(other))
    };
    (from != to && !lists(from, to) && !lists(to, from)).then(|| {
        let words = vec![from.to_string(), to.to_string()];
        Found::link(reading.facts, slot).shown_by(Evidence::Words { words })
    })
}

fn integrate(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(link) = workshop.link(gap) else {
        return Vec::new();
    };
    let system = |slot: u32| {
        workshop
            .facts
            .record(slot)
            .and_then(|touchpoint| touchpoint.system.as_ref())
    };
    let (Some(from), Some(to)) = (system(link.from), system(link.to)) else {
        return Vec::new();
    };
    let list = |one: &backcast_model::Id, other: &backcast_model::Id| {
        let system = workshop.map.systems.get(one.as_str())?;
        let exchanges: Vec<_> = system.exchanges_with.iter().chain([other]).collect();
        let name = workshop
            .map
            .systems
            .get(other.as_str())
            .map_or(other.as_str(), |system| system.name.as_str());
        let title = format!("Let {} pass data to {}", quoted(&system.name), quoted(name));
        Some(Fix::set(
            title,
            Entity::System,
            one.as_str(),
            "exchanges_with",
            json!(exchanges),
        ))
    };
    [list(from, to), list(to, from)]
        .into_iter()
        .flatten()
        .collect()
}

static NEEDS_START: Need = Need {
    text: "Enter the first and the last day of the map",
    entity: Entity::Map,
    field: "starts_on",
};

static NEEDS_END: Need = Need {
    text: "Enter the last day of the map",
    entity: Entity::Map,
    field: "ends_on",
};

static NEEDS_FLIGHTS: Need = Need {
    text: "Enter when touchpoints are live",
    entity: Entity::Touchpoint,
    field: "flights",
};

/// A day of a week, 0 for Monday; weeks at the end of the calendar end with it.
fn day_of(week: i32, day: i32) -> Day {
    let span = Span::new().try_days(week * 7 + day).unwrap_or_default();
    Day::from(Date::constant(1969, 12, 29).saturating_add(span))
}

/// The weeks in which nothing is live, as runs of first and last, among the weeks from `first` to `last`.
fn dark_weeks(mut live: Vec<(i32, i32)>, first: i32, last: i32) -> Vec<(i32, i32)> {
    live.sort_unstable();
    let mut dark = Vec::new();
    let mut open = first;
    for (from, to) in live {
        if from > open {
            dark.push((open, last.min(from - 1)));
        }
        open = open.max(to + 1);
        if open > last {
            break;
        }
    }
    if open <= last {
        dark.push((open, last));
    }
    dark.retain(|(from, to)| from <= to);
    dark
}

fn nothing_live(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_stages(reading)?;
    let facts = reading.facts;
    let starts = reading.map.properties.starts_on.ok_or(&NEEDS_START)?;
    let ends = reading.map.properties.ends_on.ok_or(&NEEDS_END)?;
    if facts.those(Is::FLIGHTS).next().is_none() {
        return Err(&NEEDS_FLIGHTS);
    }
    for (stage, slots) in facts.filled_stages() {
        let flies = |slot: &u32| facts.is(*slot, Is::FLIGHTS);
        let flown: Vec<u32> = slots.iter().copied().filter(flies).collect();
        if flown.is_empty() {
            continue;
        }
        let live = flown
            .iter()
            .flat_map(|slot| facts.touch(*slot).live.iter().copied())
            .collect();
        for (first, last) in dark_weeks(live, week(starts), week(ends)) {
            let evidence = Evidence::Weeks {
                first: day_of(first, 0),
                last: day_of(last, 6),
            };
            // Weeks before 1970 are as good as others; what counts is that each has a number of its own.
            let number = u32::try_from(first + 200_000).unwrap_or_default();
            let found = Found::about(&[stage, number]).on_all(&flown);
            finds.add(found.shown_by(evidence));
        }
    }
    Ok(())
}

/// The ways to keep a stage live in weeks in which nothing is: a flight that lasts longer, one that moves, one more.
/// None of them leaves the map's dates.
fn extend_a_flight(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Evidence::Weeks { first, last } = gap.evidence else {
        return Vec::new();
    };
    let properties = &workshop.map.properties;
    let (Some(starts), Some(ends)) = (properties.starts_on, properties.ends_on) else {
        return Vec::new();
    };
    let gap_days = (first.max(starts), last.min(ends));
    let away = |(from, to): &(Day, Day)| {
        if *to < first {
            week(first) - week(*to)
        } else {
            week(*from) - week(last)
        }
    };
    let flights = |slot: u32| {
        let record = workshop.facts.record(slot);
        record.map_or(&[][..], |touchpoint| touchpoint.flights.as_slice())
    };
    let distance = |slot: &u32| flights(*slot).iter().map(away).min();
    let flown = workshop.members(gap).into_iter();
    let Some(slot) = flown
        .filter(|slot| !flights(*slot).is_empty())
        .min_by_key(distance)
    else {
        return Vec::new();
    };
    let name = workshop.quoted(slot);
    let write = |title: String, flights: Vec<(Day, Day)>| {
        workshop.write(title, slot, "flights", json!(flights))
    };
    let nearest = (0..flights(slot).len()).min_by_key(|at| away(&flights(slot)[*at]));
    let mut longer = flights(slot).to_vec();
    if let Some((from, to)) = nearest.and_then(|at| longer.get_mut(at)) {
        (*from, *to) = ((*from).min(gap_days.0), (*to).max(gap_days.1));
    }
    let more: Vec<_> = flights(slot).iter().copied().chain([gap_days]).collect();
    let extend = write(format!("Extend the flight of {name} over the gap"), longer);
    let add = write(
        format!(
            "Add a flight of {name} from {} to {}",
            gap_days.0, gap_days.1
        ),
        more,
    );
    let moved = move_a_flight(workshop, gap, gap_days);
    [extend].into_iter().chain(moved).chain([add]).collect()
}

/// Moves a flight that covers the gap then, and that others stand in for where it was. O(flights²) of the stage.
fn move_a_flight(workshop: &Workshop<'_>, gap: &Gap, (first, last): (Day, Day)) -> Option<Fix> {
    let properties = &workshop.map.properties;
    let (starts, ends) = (properties.starts_on?, properties.ends_on?);
    let flights: Vec<_> = workshop
        .members(gap)
        .into_iter()
        .flat_map(|slot| {
            let record = workshop.facts.record(slot);
            let flights = record.map_or(&[][..], |touchpoint| touchpoint.flights.as_slice());
            flights.iter().map(move |flight| (slot, *flight))
        })
        .collect();
    let dark = |flown: &[(u32, (Day, Day))]| -> i32 {
        let live = flown.iter().map(|(_, (from, to))| (week(*from), week(*to)));
        let dark = dark_weeks(live.collect(), week(starts), week(ends));
        dark.iter().map(|(from, to)| to - from + 1).sum()
    };
    let wanted = dark(&flights) - (week(last) - week(first) + 1);
    (0..flights.len()).find_map(|which| {
        let (slot, (from, to)) = flights[which];
        let length = from.date().until(to.date()).ok()?;
        let end = Day::from(first.date().saturating_add(length));
        let mut moved = flights.clone();
        moved[which].1 = (first, end);
        let spare = end >= last && end <= ends && dark(&moved) <= wanted;
        spare.then(|| {
            let own = moved.iter().filter(|(other, _)| *other == slot);
            let flights: Vec<_> = own.map(|(_, flight)| *flight).collect();
            let name = workshop.quoted(slot);
            let title = format!("Move the flight of {name} from {from} to {first}");
            workshop.write(title, slot, "flights", json!(flights))
        })
    })
}

static NEEDS_OWNERS: Need = Need {
    text: "Say who looks after touchpoints",
    entity: Entity::Touchpoint,
    field: "owner",
};

/// Refuses to assess a map on which nobody looks after anything.
fn needs_owners(reading: &Reading<'_>) -> Assessed {
    if reading.facts.those(Is::OWNER).next().is_some() {
        Ok(())
    } else {
        Err(&NEEDS_OWNERS)
    }
}

fn no_owner(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    (!reading.facts.is(slot, Is::OWNER)).then(|| Found::touchpoint(slot))
}

fn assign_owner(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let (near, all) = workshop.facts.owners(workshop.facts.stage_of(slot));
    let mut names: Vec<_> = near.iter().chain(all).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    let assign = |name: &String| {
        workshop.write(
            format!("Assign {} to {name}", workshop.quoted(slot)),
            slot,
            "owner",
            json!(name),
        )
    };
    names.into_iter().take(3).map(assign).collect()
}

static NEEDS_REVIEWS: Need = Need {
    text: "Say when touchpoints are to be reviewed",
    entity: Entity::Touchpoint,
    field: "review_on",
};

/// Refuses to assess a map on which no review is planned.
fn needs_reviews(reading: &Reading<'_>) -> Assessed {
    let facts = reading.facts;
    let planned = facts
        .present()
        .any(|slot| facts.touch(slot).review_on.is_some());
    if planned { Ok(()) } else { Err(&NEEDS_REVIEWS) }
}

fn review_overdue(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let date = reading
        .facts
        .touch(slot)
        .review_on
        .filter(|date| *date < reading.today)?;
    Some(Found::touchpoint(slot).shown_by(Evidence::Date { date }))
}

fn review(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let next = Day::from(workshop.today.date().saturating_add(3.months()));
    let name = workshop.quoted(slot);
    vec![
        workshop.write(
            format!("Review {name} now, and again on {next}"),
            slot,
            "review_on",
            json!(next),
        ),
        workshop.write(
            format!("Stop reviewing {name}"),
            slot,
            "review_on",
            serde_json::Value::Null,
        ),
    ]
}
