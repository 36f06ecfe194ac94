//! Rules about what is said: that the plan has a theme, keeps its promises, and does not press too early.

use backcast_model::{Entity, MAP_ID, SellingIntensity, Severity};
use serde_json::json;

use super::nothing;
use crate::facts::{Is, LinkFacts, NONE};
use crate::fix::{Fix, Plan, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::reach::Leads;
use crate::rule::{Assessed, Find, Finds, Found, Need, Per, Reading, Rule};
use crate::wording::quoted;
use crate::words::{shares_a_word, words_of};

pub(super) static RULES: [Rule; 3] = [
    Rule {
        id: "no-theme",
        name: "No theme",
        severity: Severity::Low,
        per: Per::Map,
        moments: &[],
        thresholds: &[],
        wisdom: "The theme is the job the audience wants done, in its own words. It is what a dozen touchpoints made \
                 by five teams have in common; without it each of them finds its own idea, and people meet five \
                 campaigns. One line is enough. If it cannot be written, the plan is not ready to be drawn.",
        example: "“Every household has practised a way out” tells a film team and a form designer what to do.",
        reads: Inputs::THEME,
        find: Find::Whole(no_theme),
        text: |_| "The map has no theme: nobody has written down what the audience wants done.",
        affects: nothing,
        mend: write_theme,
    },
    Rule {
        id: "message-break",
        name: "Promise not kept",
        severity: Severity::Low,
        per: Per::Link,
        moments: &[],
        thresholds: &[],
        wisdom: "People who follow a promise look for its words when they arrive. If the banner says free trial and \
                 the page says discover our solutions, they believe they took a wrong turn and go back. Repeat the \
                 word they came for, at the top, in the same form; it is the cheapest way to keep a visitor.",
        example: "“Download the checklist” leads to a page that offers a consultation.",
        reads: Inputs::LINKS
            .union(Inputs::LINK_CTA)
            .union(Inputs::PROMISES),
        find: Find::Link(needs_promises, message_break),
        text: |_| "The link from {from} says {said}, and {to} promises {found}: they have no word in common.",
        affects: nothing,
        mend: align,
    },
    Rule {
        id: "hard-sell-too-early",
        name: "Pressing too early",
        severity: Severity::Low,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "Nobody likes to be asked for a signature at hello. Selling hard works on people who have decided, \
                 and drives away those who have not, which at the first step is nearly everybody. Give something \
                 first; press when they have shown that they want to hear more.",
        example: "The first thing a stranger sees of the bank is “Open an account today”.",
        reads: Inputs::STAGE
            .union(Inputs::STAGE_ORDER)
            .union(Inputs::INTENSITY)
            .union(Inputs::OPT_IN)
            .union(Inputs::LINKS),
        find: Find::Whole(hard_sell_too_early),
        text: |_| "{touchpoint} sells hard to people who hardly know the brand yet.",
        affects: nothing,
        mend: soften,
    },
];

fn no_theme(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    if reading
        .map
        .properties
        .theme
        .as_deref()
        .is_none_or(|theme| theme.trim().is_empty())
    {
        finds.add(Found::about(&[]));
    }
    Ok(())
}

fn write_theme(_: &Workshop<'_>, _: &Gap) -> Vec<Fix> {
    vec![Fix::fill_in(
        "Write down what the audience wants done",
        Entity::Map,
        MAP_ID,
        "theme",
    )]
}

static NEEDS_PROMISES: Need = Need {
    text: "Write calls to action on links, and what the touchpoints they lead to promise",
    entity: Entity::Touchpoint,
    field: "promises",
};

/// Refuses to assess a map in which no link with a call to action leads to a promise.
fn needs_promises(reading: &Reading<'_>) -> Assessed {
    let links = reading
        .reach
        .graph
        .links
        .iter()
        .map(|slot| reading.facts.links.at(*slot));
    let both = |link: &LinkFacts| link.cta && reading.facts.is(link.to, Is::PROMISES);
    if links.into_iter().any(both) {
        Ok(())
    } else {
        Err(&NEEDS_PROMISES)
    }
}

fn message_break(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    let link = facts.links.at(slot);
    if !link.cta || !facts.is(link.to, Is::PROMISES) {
        return None;
    }
    let said = facts.link_record(slot)?.cta.as_deref().unwrap_or_default();
    let promises = &facts.record(link.to)?.promises;
    let promised = facts
        .touch(link.to)
        .promised
        .get_or_init(|| words_of(promises).into_vec().into());
    (!shares_a_word(said, promised)).then(|| {
        let evidence = Evidence::Texts {
            said: said.to_owned(),
            found: promises.join(", "),
        };
        Found::link(facts, slot).shown_by(evidence)
    })
}

fn align(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let (Some(link), Some(id)) = (workshop.link(gap), gap.links.first()) else {
        return Vec::new();
    };
    let (Some(record), Some(target)) = (
        workshop.facts.record(link.to),
        workshop.map.links.get(id.as_str()),
    ) else {
        return Vec::new();
    };
    let has_words = |text: &str| !words_of([text]).is_empty();
    let said = target.cta.as_deref().unwrap_or_default();
    let promise = record
        .promises
        .iter()
        .find(|promise| has_words(promise))
        .map(|promise| {
            let title = format!("Let the link ask for what is promised: {}", quoted(promise));
            Fix::set(title, Entity::Link, id.as_str(), "cta", json!(promise))
        });
    let keep = has_words(said).then(|| {
        let promises: Vec<_> = record
            .promises
            .iter()
            .map(String::as_str)
            .chain([said])
            .collect();
        let title = format!(
            "Promise {} at {} too",
            quoted(said),
            workshop.quoted(link.to)
        );
        workshop.write(title, link.to, "promises", json!(promises))
    });
    let own = Fix::fill_in(
        "Word the call to action like the promise",
        Entity::Link,
        id.as_str(),
        "cta",
    );
    promise.into_iter().chain(keep).chain([own]).collect()
}

static NEEDS_INTENSITY: Need = Need {
    text: "Say how hard touchpoints sell",
    entity: Entity::Touchpoint,
    field: "selling_intensity",
};

fn hard_sell_too_early(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    let facts = reading.facts;
    if facts.those(Is::INTENSITY).next().is_none() {
        return Err(&NEEDS_INTENSITY);
    }
    let first = facts.stage_order.first().copied().unwrap_or(NONE);
    let asks = facts.those(Is::OPT_IN).next().is_some();
    let agreed = |slot| reading.reach.is(facts, slot, Leads::FROM_OPT_IN);
    for slot in facts.those(Is::HARD_SELL) {
        let stage = facts.stage_of(slot);
        if (stage != NONE && stage == first) || (asks && !agreed(slot)) {
            finds.add(Found::touchpoint(slot));
        }
    }
    Ok(())
}

fn soften(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let to = |intensity: SellingIntensity, words: &str| {
        workshop.write(
            format!("Let {} {words}", workshop.quoted(slot)),
            slot,
            "selling_intensity",
            json!(intensity),
        )
    };
    [to(SellingIntensity::Medium, "ask instead of press")]
        .into_iter()
        .chain(press_later(workshop, slot))
        .chain([to(SellingIntensity::Low, "help instead of sell")])
        .collect()
}

/// Moves a touchpoint out of the first stage, and behind a place where people agreed, as far as either is wanting.
fn press_later(workshop: &Workshop<'_>, slot: u32) -> Option<Fix> {
    let facts = workshop.facts;
    let stage = facts.stage_of(slot);
    let is_first = stage != NONE && facts.stage_order.first() == Some(&stage);
    let agreed = || workshop.reach.is(facts, slot, Leads::FROM_OPT_IN);
    let asks = facts.those(Is::OPT_IN).next().is_some();
    let behind = (asks && !agreed())
        .then(|| facts.those_near(stage, Is::OPT_IN).next())
        .flatten();
    let mut plan = Plan::new(workshop);
    let mut title = String::new();
    if is_first {
        let later = behind.map(|behind| facts.stage_of(behind));
        let later = later.filter(|later| *later != stage && *later != NONE);
        let to = later.or_else(|| facts.stage_order.get(1).copied())?;
        let id = facts.stages.id(to);
        plan.set(Entity::Touchpoint, workshop.id(slot), "stage", json!(id));
        title = format!(
            "Move {} to {}",
            workshop.quoted(slot),
            workshop.stage_name(to)
        );
    }
    if let Some(behind) = behind {
        plan.link(
            workshop.id(behind),
            workshop.id(slot),
            &workshop.call_to(slot),
        );
        let place = workshop.quoted(behind);
        title = if title.is_empty() {
            format!(
                "Put {} behind {place}, where people agree",
                workshop.quoted(slot)
            )
        } else {
            format!("{title}, behind {place}")
        };
    }
    (!title.is_empty()).then(|| plan.fix(title))
}
