//! Rules about loose ends: where people get in and cannot go on, or could go on and never get in.

use backcast_model::{Entity, Severity, Status};
use serde_json::json;

use super::{needs_destination, nothing, nothing_lacks};
use crate::components::Components;
use crate::facts::{Facts, Is};
use crate::fix::{Fix, Plan, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::paths;
use crate::reach::{Leads, Reach};
use crate::rule::{Assessed, Find, Finds, Found, Per, Reading, Rule};

pub(super) static RULES: [Rule; 5] = [
    Rule {
        id: "dead-end",
        name: "Dead end",
        severity: Severity::High,
        per: Per::Component,
        moments: &[],
        thresholds: &[],
        wisdom: "Attention that leads nowhere is paid for twice: once in media, and once in the people who were \
                 willing to go on and found no door. Look at the place where the way breaks, not at everything in \
                 front of it: one link from the last touchpoint usually mends the whole branch. Some ends are meant, \
                 such as a spot that only builds the brand; say so on the touchpoint.",
        example: "A TV spot makes people look, and nothing catches them: no search, no profile, no address leads on.",
        reads: Inputs::SHAPE.union(Inputs::END),
        find: Find::Whole(dead_end),
        text: |_| "{touchpoints} {makes|make} people look, but nothing catches them: no link leads on to a destination.",
        affects: those_in_front,
        mend: lead_on,
    },
    Rule {
        id: "orphan-driver",
        name: "Nobody gets there",
        severity: Severity::High,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "Planners draw what they will make; people only see what something leads them to. An e-mail needs \
                 somebody who signed up, a landing page somebody who clicked, a retargeting ad somebody who was \
                 there before. If no link leads to a touchpoint and nobody meets it unasked, it works for nobody, \
                 and neither does what it alone leads to.",
        example: "A welcome e-mail with a fine offer, and no form on the map where people leave their address.",
        reads: Inputs::SHAPE,
        find: Find::Touchpoint(nothing_lacks, orphan_driver),
        text: |_| "How do people find {touchpoint}? No link leads to it, and they do not meet it unasked.",
        affects: those_behind,
        mend: lead_to,
    },
    Rule {
        id: "unreachable-loop",
        name: "Closed circle",
        severity: Severity::High,
        per: Per::Component,
        moments: &[],
        thresholds: &[],
        wisdom: "Touchpoints that send people to each other look busy on a map: every one of them has a way in and a \
                 way out. But if nobody comes in from outside, the circle turns empty. It happens to newsletters, \
                 apps and communities that were planned together; each counts on the other to bring the first \
                 visitors. Open the circle at one place.",
        example: "The app points to the community, the community to the app, and no link from elsewhere leads to either.",
        reads: Inputs::SHAPE,
        find: Find::Whole(unreachable_loop),
        text: |_| "{touchpoints} only lead to each other; nobody gets into this circle from outside.",
        affects: those_behind,
        mend: lead_to,
    },
    Rule {
        id: "separate-islands",
        name: "Separate islands",
        severity: Severity::Medium,
        per: Per::Map,
        moments: &[],
        thresholds: &[],
        wisdom: "A campaign is more than the sum of its pieces only where the pieces hand people to each other. Two \
                 groups of touchpoints without a link between them are two campaigns on one sheet: they share a logo \
                 and a budget, and neither helps the other. Link them, or plan them apart.",
        example: "Dealers have their own mailings and events; nothing connects them with the brand's campaign.",
        reads: Inputs::LINKS,
        find: Find::Whole(separate_islands),
        text: |_| "{touchpoints} {stands|stand} apart: no link connects {it|them} with the rest of the map.",
        affects: nothing,
        mend: bridge,
    },
    Rule {
        id: "single-point-of-failure",
        name: "Everything hangs on one",
        severity: Severity::Medium,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "Many ways in and one door: it makes a tidy picture and a fragile plan. When that one page is slow, \
                 that one profile is suspended or that one partner drops out, all the media in front of it is spent \
                 for nothing. A second way round need not be as good; it has to exist.",
        example: "Six media all lead to one landing page, and on launch day the page is down.",
        reads: Inputs::SHAPE,
        find: Find::Whole(single_point_of_failure),
        text: |_| "Everything hangs on {touchpoint}: without it no way is left from {entries} to where people should end up.",
        affects: nothing,
        mend: way_round,
    },
];

fn dead_end(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let (facts, circles) = (reading.facts, reading.reach.circles(reading.facts));
    // What cannot reach a destination leads only to what cannot either, so a circle without a link out of it is a sink
    // among these too.
    let leads = reading.reach.leads(facts).iter();
    let mut is_end: Vec<bool> = leads
        .map(|leads| !leads.intersects(Leads::TO_DESTINATION | Leads::OUT))
        .collect();
    for slot in facts.those(Is::END) {
        is_end[circles.number(slot)] = false;
    }
    add_components(reading, &is_end, finds);
    Ok(())
}

/// Adds a gap for each of these circles of touchpoints.
fn add_components(reading: &Reading<'_>, wanted: &[bool], finds: &mut Finds) {
    let facts = reading.facts;
    let circles = reading.reach.circles(facts);
    let mut rest = circles.members.as_slice();
    let mut chosen = Vec::new();
    for (size, wanted) in circles.sizes.iter().zip(wanted) {
        let (members, others) = rest.split_at(*size as usize);
        rest = others;
        chosen.extend(wanted.then(|| (members.iter().min(), members)));
    }
    chosen.sort_unstable_by_key(|(first, _)| *first);
    for (_, members) in chosen {
        let found = Found::about(members).on(facts, members.iter().copied());
        let mut found = found.shown_by(Evidence::Component);
        found.subject.sort_unstable();
        finds.add(found);
    }
}

fn those_in_front(workshop: &Workshop<'_>, gap: &Gap) -> Vec<u32> {
    let (facts, reach) = (workshop.facts, workshop.reach);
    let ends = |slot| !reach.is(facts, slot, Leads::TO_DESTINATION);
    reach.graph.up.reached(workshop.members(gap), ends)
}

fn lead_on(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let Some(last) = workshop
        .members(gap)
        .into_iter()
        .max_by_key(|slot| place(facts, *slot))
    else {
        return Vec::new();
    };
    let target = facts
        .those_near(facts.stage_of(last), Is::DESTINATION)
        .next();
    let title = format!("Mark {} as an end on purpose", workshop.quoted(last));
    let mark = workshop.write(title, last, "deliberate_end", json!(true));
    target
        .map(|target| workshop.link_up(last, target))
        .into_iter()
        .chain([mark])
        .collect()
}

/// Where a touchpoint stands on the map: its stage, no stage first, then the planner's order.
fn place(facts: &Facts, slot: u32) -> (u32, u32) {
    (
        facts.stage_position(facts.stage_of(slot)).wrapping_add(1),
        facts.position(slot),
    )
}

fn orphan_driver(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let driver = !reading
        .facts
        .marks(slot)
        .intersects(Is::DESTINATION | Is::ENTRY);
    let alone = || reading.reach.graph.up.from(slot).is_empty();
    (driver && alone()).then(|| Found::touchpoint(slot))
}

fn those_behind(workshop: &Workshop<'_>, gap: &Gap) -> Vec<u32> {
    let (facts, reach) = (workshop.facts, workshop.reach);
    let unmet = |slot| !reach.is(facts, slot, Leads::FROM_ENTRY);
    reach.graph.down.reached(workshop.members(gap), unmet)
}

fn lead_to(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let members = workshop.members(gap);
    let Some(first) = members
        .iter()
        .copied()
        .min_by_key(|slot| (!workshop.is_place(*slot), place(facts, *slot)))
    else {
        return Vec::new();
    };
    let stage = facts.stage_of(first);
    let other = |slot: &u32| !facts.is(*slot, Is::DESTINATION) && !members.contains(slot);
    // What is sent to people who agreed to it comes after the place where they did.
    let asks = |slot: &u32| facts.is(*slot, Is::ENTRY) && other(slot);
    let asked = facts
        .is(first, Is::CONSENT)
        .then(|| facts.those_near(stage, Is::OPT_IN).find(asks))
        .flatten();
    let entry = asked.or_else(|| facts.those_near(stage, Is::ENTRY).find(other));
    let title = format!("Say that people meet {} unasked", workshop.quoted(first));
    let mark = workshop.write(title, first, "entry", json!(true));
    let link = entry.map(|entry| workshop.link_up(entry, first));
    // Nobody goes to an advertisement or to a letter because something told them to.
    if asked.is_some() || workshop.is_place(first) {
        link.into_iter().chain([mark]).collect()
    } else {
        [mark].into_iter().chain(link).collect()
    }
}

fn unreachable_loop(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let (facts, circles) = (reading.facts, reading.reach.circles(reading.facts));
    let leads = reading.reach.leads(facts).iter();
    let mut is_closed: Vec<bool> = leads
        .zip(&circles.sizes)
        .map(|(leads, size)| *size >= 2 && !leads.intersects(Leads::FROM_ENTRY | Leads::IN))
        .collect();
    for slot in facts.those(Is::DESTINATION) {
        is_closed[circles.number(slot)] = false;
    }
    add_components(reading, &is_closed, finds);
    Ok(())
}

fn separate_islands(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    let facts = reading.facts;
    let islands = islands(facts, reading.reach);
    if islands.len() > 1 {
        let main = mainland(&islands);
        let apart = facts.present().filter(|slot| islands.number(*slot) != main);
        finds.add(
            Found::about(&[])
                .on(facts, apart)
                .shown_by(Evidence::Component),
        );
    }
    Ok(())
}

/// Touchpoints that links connect in whatever direction.
fn islands(facts: &Facts, reach: &Reach) -> Components {
    Components::weak(facts, &reach.graph, reach.circles(facts))
}

/// The largest island; of equals the one with the first touchpoint, which has the lowest number.
fn mainland(islands: &Components) -> usize {
    let sizes = islands.sizes.iter().enumerate();
    sizes
        .max_by_key(|(number, size)| (**size, std::cmp::Reverse(*number)))
        .map_or(0, |(number, _)| number)
}

fn bridge(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let islands = islands(facts, workshop.reach);
    let main = mainland(&islands);
    let mut last = vec![None::<u32>; islands.len()];
    for slot in facts.present().filter(|slot| islands.number(*slot) != main) {
        let last = &mut last[islands.number(slot)];
        if last.is_none_or(|other| place(facts, other) < place(facts, slot)) {
            *last = Some(slot);
        }
    }
    let mut plan = Plan::new(workshop);
    let mut bridges = 0;
    for from in last.into_iter().flatten() {
        let stage = facts.stage_of(from);
        let near = |is: Is| {
            let mut near = facts.those_near(stage, is);
            near.find(|slot| islands.number(*slot) == main)
        };
        let to = near(Is::DESTINATION).or_else(|| near(Is::PRESENT));
        if let Some(to) = to {
            plan.link(workshop.id(from), workshop.id(to), &workshop.call_to(to));
            bridges += 1;
        }
    }
    let what = if bridges == 1 {
        "the island".to_owned()
    } else {
        format!("the {bridges} islands")
    };
    let link = plan.fix(format!("Link {what} to the rest of the map"));
    [link]
        .into_iter()
        .chain(plan_apart(workshop, gap))
        .collect()
}

/// Takes what stands apart off the plan, where that is the smaller part. A project holds one map, so what is planned
/// apart gets a project of its own; what is stopped here can be copied there.
fn plan_apart(workshop: &Workshop<'_>, gap: &Gap) -> Option<Fix> {
    let apart = workshop.members(gap);
    if apart.len() * 2 >= workshop.facts.present().count() {
        return None;
    }
    let mut plan = Plan::new(workshop);
    for slot in &apart {
        let stopped = json!(Status::Stopped);
        plan.set(Entity::Touchpoint, workshop.id(*slot), "status", stopped);
    }
    let what = match apart.as_slice() {
        [one] => workshop.quoted(*one),
        many => format!("the {} touchpoints that stand apart", many.len()),
    };
    Some(plan.fix(format!(
        "Plan {what} on a map of its own: mark as stopped here"
    )))
}

fn single_point_of_failure(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let (facts, reach) = (reading.facts, reading.reach);
    let shared = paths::passed_by_all(facts, &reach.graph).into_iter();
    let shared: Vec<_> = shared
        .filter(|slot| !facts.marks(*slot).intersects(Is::ENTRY | Is::ULTIMATE))
        .collect();
    if shared.is_empty() {
        return Ok(());
    }
    let leading = facts
        .those(Is::ENTRY)
        .filter(|slot| reach.is(facts, *slot, Leads::TO_ULTIMATE));
    let entries: Vec<_> = leading.map(|slot| facts.id(slot).clone()).collect();
    if entries.len() < 2 {
        return Ok(());
    }
    for slot in shared {
        let entries = entries.clone();
        finds.add(Found::touchpoint(slot).shown_by(Evidence::Cut { entries }));
    }
    Ok(())
}

fn way_round(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let (facts, graph) = (workshop.facts, &workshop.reach.graph);
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let without = |other: u32| other != slot;
    let in_front = graph.down.reach(facts.those(Is::ENTRY), without);
    let beyond = graph.up.reach(facts.those(Is::ULTIMATE), without);
    let stage = facts.stage_of(slot);
    let before = graph
        .up
        .from(slot)
        .iter()
        .map(|step| step.touchpoint)
        .filter(|slot| in_front[*slot as usize]);
    let after: Vec<_> = graph
        .down
        .from(slot)
        .iter()
        .map(|step| step.touchpoint)
        .filter(|slot| beyond[*slot as usize])
        .collect();
    let Some(from) = workshop.nearest(stage, before) else {
        return Vec::new();
    };
    workshop
        .nearest(stage, after.into_iter())
        .map(|to| workshop.link_up(from, to))
        .into_iter()
        .collect()
}
