//! Rules about drivers: that they ask for something, do what the planner says of them, and are caught.

use backcast_model::{DriverType, Entity, Kind, Severity};
use serde_json::json;

use super::{needs_destination, nothing, nothing_lacks};
use crate::facts::{Facts, Is, LinkFacts};
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
        moments: &[],
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
        moments: &[],
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
        moments: &[],
        thresholds: &[],
        wisdom: "Nobody clicks a poster. People who saw it search, ask an assistant, look up a profile or type an \
                 address, and whatever they find there decides whether your page or somebody else's gets the visit. \
                 A plan that links them straight to the shop forgets the step that has to be won, and credits \
                 the shop's visits to whatever was clicked last.",
        example: "A link leads from outdoor posters to the web shop; the search for the brand's name is not on the map.",
        reads: Inputs::LINKS
            .union(Inputs::LINK_CODE)
            .union(Inputs::KIND)
            .union(Inputs::TRACKED)
            .union(Inputs::CHANNEL),
        find: Find::Link(nothing_lacks, no_pick_up),
        text: |_| "People meet {from}, but have to search before they get to {to}, and nothing on the way picks them up.",
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
    let facts = workshop.facts;
    let direct = facts.is(slot, Is::DIRECT);
    let mark = if direct {
        DriverType::Indirect
    } else {
        DriverType::Direct
    };
    let title = format!("Mark {} as {mark}", workshop.quoted(slot));
    let change = workshop.write(title, slot, "driver", json!(mark));
    // Where people have to search on the way, the mark is right and the link is wrong.
    let steps = workshop.reach.graph.down.from(slot).iter();
    let searched = steps
        .filter(|step| !direct && is_searched(facts, facts.links.at(step.link)))
        .min_by_key(|step| facts.links.id(step.link));
    let route = searched.map(|step| {
        through_a_pick_up(workshop, step.link, |other| {
            !facts.is(other, Is::DESTINATION)
        })
    });
    route.into_iter().chain([change]).collect()
}

/// Whether people see where a link begins, but have to search before they get to where it ends.
fn is_searched(facts: &Facts, link: &LinkFacts) -> bool {
    let untracked = !facts
        .marks(link.from)
        .intersects(Is::TRACKED | Is::DESTINATION);
    let target = facts.marks(link.to);
    !link.code && untracked && target.contains(Is::TRACKED) && !target.contains(Is::PICK_UP)
}

fn no_pick_up(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    is_searched(facts, facts.links.at(slot)).then(|| Found::link(facts, slot))
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
    let link = facts.links.find(id.as_str());
    link.map(|link| through_a_pick_up(workshop, link, |_| true))
        .into_iter()
        .chain([code])
        .collect()
}

/// Lets a link lead to a pick-up and on from there: to one that is on the map, or else to a new search. The link stays
/// the one it was, with all that is known of it.
fn through_a_pick_up(workshop: &Workshop<'_>, link: u32, wanted: impl Fn(u32) -> bool) -> Fix {
    let (facts, graph) = (workshop.facts, &workshop.reach.graph);
    let id = facts.links.id(link).as_str();
    let (from, to) = (facts.links.at(link).from, facts.links.at(link).to);
    let stage = facts.stage_of(from);
    let (here, there) = (workshop.quoted(from), workshop.quoted(to));
    let catches = |slot: &u32| {
        facts.is(*slot, Is::PICK_UP | Is::TRACKED) && *slot != from && *slot != to && wanted(*slot)
    };
    let in_front = graph.up.from(to).iter().map(|step| step.touchpoint);
    let caught = in_front
        .filter(catches)
        .min_by_key(|slot| facts.position(*slot));
    let other = || facts.those_near(stage, Is::PICK_UP).find(catches);
    let mut plan = Plan::new(workshop);
    let Some(search) = caught.or_else(other) else {
        let channel = Some("organic-search");
        let search = plan.add("Search", Kind::Driver, channel, stage, &json!({}));
        plan.set(Entity::Link, id, "to", json!(search));
        plan.link(search.as_str(), workshop.id(to), &workshop.call_to(to));
        return plan.fix(format!("Put a search between {here} and {there}"));
    };
    let mut steps = graph.down.from(from).iter();
    if steps.any(|step| step.touchpoint == search) {
        plan.delete(Entity::Link, id);
    } else {
        plan.set(Entity::Link, id, "to", json!(workshop.id(search)));
    }
    if caught != Some(search) {
        plan.link(workshop.id(search), workshop.id(to), &workshop.call_to(to));
    }
    let search = workshop.quoted(search);
    plan.fix(format!("Lead from {here} through {search} to {there}"))
}
