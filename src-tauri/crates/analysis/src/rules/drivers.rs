//! Rules about drivers: that they ask for something, do what the planner says of them, and are caught.

use backcast_model::{DriverType, Entity, Kind, Severity};
use serde_json::json;

use super::{needs_destination, nothing, nothing_lacks};
use crate::facts::{Facts, Is};
use crate::fix::{Fix, Plan, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::rule::{Assessed, Find, Found, Need, Per, Reading, Rule};
use crate::wording::quoted;

pub(super) static RULES: [Rule; 3] = [
    Rule {
        id: "no-call-to-action",
        name: "No call to action",
        severity: Severity::High,
        per: Per::Touchpoint,
        thresholds: &[],
        wisdom: "People do what they are asked to do, seldom what they are expected to guess. A driver that does not \
                 name the next step leaves it to chance: they liked it, and went on with their day. One action per \
                 driver is enough, said in words a person would use; where a piece is not meant to move anybody, \
                 mark it as an end on purpose.",
        example: "A poster with a striking picture and a logo, and neither an address, a code nor a word to search for.",
        reads: Inputs::KIND
            .union(Inputs::END)
            .union(Inputs::CTA)
            .union(Inputs::LINKS)
            .union(Inputs::LINK_CTA),
        find: Find::Touchpoint(nothing_lacks, no_call_to_action),
        text: |_| "{touchpoint} does not say what people should do next.",
        affects: nothing,
        mend: name_the_action,
    },
    Rule {
        id: "driver-type-mismatch",
        name: "Marked as something else",
        severity: Severity::Low,
        per: Per::Touchpoint,
        thresholds: &[],
        wisdom: "Direct drivers are judged by what they send straight to the destination, indirect ones by what they \
                 stir elsewhere. Marked wrongly, a driver gets the wrong target: a film is cut because nobody \
                 clicked it, or a banner kept because it is said to build the brand. Let the mark follow the links.",
        example: "A TV spot marked direct, though all it does is make people search.",
        reads: Inputs::KIND.union(Inputs::DRIVER).union(Inputs::LINKS),
        find: Find::Touchpoint(needs_marks, driver_type_mismatch),
        text: |gap| match &gap.evidence {
            Evidence::Words { words } if words.iter().any(|word| word == "direct") => {
                "{touchpoint} is marked as a direct driver, but none of its links leads straight to a destination."
            }
            _ => {
                "{touchpoint} is marked as an indirect driver, but all of its links lead straight to a destination."
            }
        },
        affects: nothing,
        mend: change_the_mark,
    },
    Rule {
        id: "no-pick-up",
        name: "Nothing picks it up",
        severity: Severity::Medium,
        per: Per::Link,
        thresholds: &[],
        wisdom: "Nobody clicks a poster. People who saw it search, ask an assistant, look up a profile or type an \
                 address, and whatever they find there decides whether your page or somebody else's gets the visit. \
                 A plan that draws the arrow straight to the shop forgets the step that has to be won, and credits \
                 the shop's visits to whatever was clicked last.",
        example: "An arrow leads from outdoor posters to the web shop; the search for the brand's name is not on the map.",
        reads: Inputs::LINKS
            .union(Inputs::LINK_CODE)
            .union(Inputs::KIND)
            .union(Inputs::TRACKED)
            .union(Inputs::CHANNEL),
        find: Find::Link(nothing_lacks, no_pick_up),
        text: |_| "People see {from}, but have to search before they get to {to}, and nothing on the way picks them up.",
        affects: nothing,
        mend: pick_up,
    },
];

fn no_call_to_action(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    let silent = !facts
        .marks(slot)
        .intersects(Is::DESTINATION | Is::END | Is::CTA);
    let asks = || {
        reading
            .reach
            .graph
            .down
            .from(slot)
            .iter()
            .any(|step| facts.links.at(step.link).cta)
    };
    (silent && !asks()).then(|| Found::touchpoint(slot))
}

fn name_the_action(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let name = workshop.quoted(slot);
    let next = workshop
        .reach
        .graph
        .down
        .from(slot)
        .iter()
        .min_by_key(|step| workshop.id(step.touchpoint));
    let call = next.map(|step| {
        let call = workshop.call_to(step.touchpoint);
        workshop.write(
            format!("Let {name} ask: {}", quoted(&call)),
            slot,
            "cta",
            json!(call),
        )
    });
    let title = format!("Name the action that {name} asks for");
    let own = Fix::fill_in(title, Entity::Touchpoint, workshop.id(slot), "cta");
    let end = workshop.write(
        format!("Mark {name} as an end on purpose"),
        slot,
        "deliberate_end",
        json!(true),
    );
    call.into_iter().chain([own, end]).collect()
}

static NEEDS_MARKS: Need = Need {
    text: "Mark drivers as direct or indirect",
    entity: Entity::Touchpoint,
    field: "driver",
};

fn is_marked(facts: &Facts, slot: u32) -> bool {
    let is = facts.marks(slot);
    is.intersects(Is::DIRECT | Is::INDIRECT) && !is.contains(Is::DESTINATION)
}

/// Refuses to assess a map none of whose drivers is marked.
fn needs_marks(reading: &Reading<'_>) -> Assessed {
    needs_destination(reading)?;
    let facts = reading.facts;
    if facts.present().any(|slot| is_marked(facts, slot)) {
        Ok(())
    } else {
        Err(&NEEDS_MARKS)
    }
}

fn driver_type_mismatch(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    let steps = reading.reach.graph.down.from(slot);
    if steps.is_empty() || !is_marked(facts, slot) {
        return None;
    }
    let mut ends = steps
        .iter()
        .map(|step| facts.is(step.touchpoint, Is::DESTINATION));
    let direct = facts.is(slot, Is::DIRECT);
    let wrong = if direct {
        ends.all(|end| !end)
    } else {
        ends.all(|end| end)
    };
    wrong.then(|| {
        let words = vec![
            if direct {
                DriverType::Direct
            } else {
                DriverType::Indirect
            }
            .to_string(),
        ];
        Found::touchpoint(slot).shown_by(Evidence::Words { words })
    })
}

fn change_the_mark(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let mark = if workshop.facts.is(slot, Is::DIRECT) {
        DriverType::Indirect
    } else {
        DriverType::Direct
    };
    let title = format!("Mark {} as {mark}", workshop.quoted(slot));
    vec![workshop.write(title, slot, "driver", json!(mark))]
}

fn no_pick_up(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    let link = facts.links.at(slot);
    let untracked = !facts
        .marks(link.from)
        .intersects(Is::TRACKED | Is::DESTINATION);
    let target = facts.marks(link.to);
    let searched =
        !link.code && untracked && target.contains(Is::TRACKED) && !target.contains(Is::PICK_UP);
    searched.then(|| Found::link(facts, slot))
}

fn pick_up(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let facts = workshop.facts;
    let (Some(link), Some(id)) = (workshop.link(gap), gap.links.first()) else {
        return Vec::new();
    };
    let (from, to) = (link.from, link.to);
    let title = format!(
        "Give the step from {} to {} a code of its own",
        workshop.quoted(from),
        workshop.quoted(to)
    );
    let code = Fix::set(
        title,
        Entity::Link,
        id.as_str(),
        "code",
        json!(workshop.id(from)),
    );
    vec![
        through_a_pick_up(workshop, facts.stage_of(from), (from, to), id.as_str()),
        code,
    ]
}

/// Replaces a link by two that pass a pick-up: one that is there, or else a new search.
fn through_a_pick_up(
    workshop: &Workshop<'_>,
    stage: u32,
    (from, to): (u32, u32),
    link: &str,
) -> Fix {
    let facts = workshop.facts;
    let catches =
        |slot: &u32| facts.is(*slot, Is::PICK_UP | Is::TRACKED) && *slot != from && *slot != to;
    let in_front = workshop
        .reach
        .graph
        .up
        .from(to)
        .iter()
        .map(|step| step.touchpoint)
        .filter(catches);
    let caught = in_front.min_by_key(|slot| facts.touch(*slot).position);
    let leads_on = |slot: u32| caught == Some(slot);
    let mut plan = Plan::new(workshop);
    plan.delete(Entity::Link, link);
    let others = || facts.those(Is::PICK_UP | Is::TRACKED).filter(catches);
    let Some(there) = caught.or_else(|| workshop.nearest(stage, others())) else {
        let id = plan.add(
            "Search",
            Kind::Driver,
            Some("organic-search"),
            stage,
            &json!({}),
        );
        plan.link(workshop.id(from), id.as_str(), "Search for it");
        plan.link(id.as_str(), workshop.id(to), &workshop.call_to(to));
        return plan.fix(format!(
            "Put a search between {} and {}",
            workshop.quoted(from),
            workshop.quoted(to)
        ));
    };
    plan.link(
        workshop.id(from),
        workshop.id(there),
        &workshop.call_to(there),
    );
    if !leads_on(there) {
        plan.link(workshop.id(there), workshop.id(to), &workshop.call_to(to));
    }
    plan.fix(format!(
        "Lead from {} through {} to {}",
        workshop.quoted(from),
        workshop.quoted(there),
        workshop.quoted(to)
    ))
}
