//! Rules about knowing people: that visitors become known, stay known, can be followed, and agreed to be written to.

use backcast_model::{Entity, Kind, Severity};
use serde_json::json;

use super::{needs_destination, nothing, nothing_lacks};
use crate::facts::Is;
use crate::fix::{Fix, Plan, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::paths;
use crate::reach::Leads;
use crate::rule::{Assessed, Find, Finds, Found, Per, Reading, Rule};
use crate::wording;

pub(super) static RULES: [Rule; 4] = [
    Rule {
        id: "anonymous-path",
        name: "Nobody knows who came",
        severity: Severity::Medium,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "If people can walk all the way to the end without leaving a trace of who they are, each visit is the \
                 first one. You cannot thank them, remind them, leave them alone after they bought, or tell which \
                 media brought them. One moment where they gladly say who they are is enough; it has to be worth \
                 something to them.",
        example: "Visitors come from posters to a store, pay cash, and leave; no card, no receipt by mail, no account.",
        reads: Inputs::SHAPE.union(Inputs::RECOGNISES),
        find: Find::Whole(anonymous_path),
        text: |_| "People can get to {touchpoint} without ever becoming known: {path}.",
        affects: nothing,
        mend: make_known,
    },
    Rule {
        id: "identity-lost",
        name: "Known here, unknown there",
        severity: Severity::Low,
        per: Per::Link,
        moments: &[],
        thresholds: &[],
        wisdom: "Two systems that each know their visitors, and do not know that they are the same people, will ask \
                 the same questions twice and recommend what was bought yesterday. It takes one key that both keep, \
                 such as an address, a number or a code handed across, to make two acquaintances into one.",
        example: "The app knows the device, the shop knows the e-mail address, and the link between hands over neither.",
        reads: Inputs::LINKS
            .union(Inputs::RECOGNISES)
            .union(Inputs::CHANNEL),
        find: Find::Link(nothing_lacks, identity_lost),
        text: |_| "{from} knows people by {keys_here}, {to} by {keys_there}: whoever goes on becomes a stranger.",
        affects: nothing,
        mend: pass_a_key,
    },
    Rule {
        id: "untraceable-hand-off",
        name: "Trace ends here",
        severity: Severity::Low,
        per: Per::Link,
        moments: &[],
        thresholds: &[],
        wisdom: "Online campaigns that end at a counter or on the phone look like failures in the figures and like \
                 miracles at the till. A voucher code, a phone number of its own or the plain question “how did you \
                 hear of us?” carries the trace across. Without it the next budget is decided on half the truth.",
        example: "Banners make people call the branch, and the branch does not ask why they call.",
        reads: Inputs::LINKS
            .union(Inputs::LINK_CODE)
            .union(Inputs::TRACKED)
            .union(Inputs::CHANNEL),
        find: Find::Link(nothing_lacks, untraceable_hand_off),
        text: |_| "Nobody can tell later who came from {from} to {to}: the trace ends on the way.",
        affects: nothing,
        mend: carry_the_trace,
    },
    Rule {
        id: "push-without-consent",
        name: "Nobody agreed to this",
        severity: Severity::High,
        per: Per::Touchpoint,
        moments: &[],
        thresholds: &[],
        wisdom: "An e-mail, a text message or a push reaches only those who said yes, and sending it to others costs \
                 trust and, in most places, a fine. The list is not there because the plan needs it: somewhere \
                 upstream people have to be asked, in a place where they see what they get for it.",
        example: "A reminder by text message closes the plan; nowhere before it are people asked for their number.",
        reads: Inputs::SHAPE.union(Inputs::OPT_IN),
        find: Find::Whole(push_without_consent),
        text: |gap| match &gap.evidence {
            Evidence::Path { links, .. } if links.is_empty() => {
                "{touchpoint} needs people's consent, and they meet it without ever having given it."
            }
            Evidence::Path { .. } => {
                "{touchpoint} needs people's consent, and {first} leads them there without their ever having given it."
            }
            _ => {
                "{touchpoint} needs people's consent, and no way leads there from a place where they give it."
            }
        },
        affects: nothing,
        mend: ask_first,
    },
];

fn anonymous_path(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_destination(reading)?;
    let (facts, graph) = (reading.facts, &reading.reach.graph);
    let unknown = |slot: u32| !facts.is(slot, Is::RECOGNISES);
    let distances = graph.down.distances(facts.those(Is::ENTRY), unknown);
    for slot in facts
        .those(Is::ULTIMATE)
        .filter(|slot| distances.reaches(*slot))
    {
        let evidence = paths::shortest(facts, &graph.up, &distances, slot).evidence(facts);
        finds.add(Found::touchpoint(slot).shown_by(evidence));
    }
    Ok(())
}

fn make_known(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let name = workshop.quoted(slot);
    let ask = |title: String, key: &str| workshop.write(title, slot, "recognises", json!([key]));
    vec![
        ask(format!("Ask for the e-mail address at {name}"), "email"),
        ask(format!("Offer an account at {name}"), "account"),
        ask(format!("Hand out a code that is shown at {name}"), "code"),
    ]
}

fn identity_lost(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    let link = facts.links.at(slot);
    if !facts.is(link.from, Is::RECOGNISES) || !facts.is(link.to, Is::RECOGNISES) {
        return None;
    }
    let (here, there) = (facts.recognises(link.from), facts.recognises(link.to));
    (!here.iter().any(|key| there.contains(key))).then(|| {
        Found::link(facts, slot).shown_by(Evidence::Texts {
            said: here.join(", "),
            found: there.join(", "),
        })
    })
}

fn pass_a_key(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let Some(link) = workshop.link(gap) else {
        return Vec::new();
    };
    let pass = |giver: u32, taker: u32| {
        let key = workshop.facts.recognises(giver).first()?;
        let keys: Vec<_> = workshop
            .facts
            .recognises(taker)
            .iter()
            .chain([key])
            .collect();
        let (taker_name, by) = (workshop.quoted(taker), wording::key(key));
        let title = format!("Let {taker_name} also know people by {by}");
        Some(workshop.write(title, taker, "recognises", json!(keys)))
    };
    [pass(link.from, link.to), pass(link.to, link.from)]
        .into_iter()
        .flatten()
        .collect()
}

fn untraceable_hand_off(reading: &Reading<'_>, slot: u32) -> Option<Found> {
    let facts = reading.facts;
    let link = facts.links.at(slot);
    let lost = !link.code && facts.is(link.from, Is::TRACKED) && !facts.is(link.to, Is::TRACKED);
    lost.then(|| Found::link(facts, slot))
}

fn carry_the_trace(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let (Some(link), Some(id)) = (workshop.link(gap), gap.links.first()) else {
        return Vec::new();
    };
    let (from, to) = (workshop.quoted(link.from), workshop.quoted(link.to));
    let code = format!("Hand out a code from {from} that is asked for at {to}");
    let phone = workshop
        .facts
        .record(link.to)
        .and_then(|touchpoint| touchpoint.channel.as_deref())
        == Some("phone");
    let track = if phone {
        format!("Track calls to {to}")
    } else {
        format!("Ask at {to} where people come from")
    };
    vec![
        Fix::set(
            code,
            Entity::Link,
            id.as_str(),
            "code",
            json!(workshop.id(link.from)),
        ),
        workshop.write(track, link.to, "tracked", json!(true)),
    ]
}

fn push_without_consent(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    let facts = reading.facts;
    if facts.those(Is::CONSENT).next().is_none() {
        return Ok(());
    }
    let reach = reading.reach;
    let reached = |slot: u32| reach.is(facts, slot, Leads::FROM_ENTRY);
    // Where nobody asks, nobody has been asked.
    let asks = facts.those(Is::OPT_IN).next().is_some();
    let may_pass = |slot| !facts.is(slot, Is::OPT_IN);
    let walked = asks.then(|| reach.graph.down.reach(facts.those(Is::ENTRY), may_pass));
    let unasked = |slot: u32| {
        let walked = walked.as_ref();
        walked.map_or_else(|| reached(slot), |walked| walked[slot as usize])
    };
    for slot in facts.those(Is::CONSENT).filter(|slot| may_pass(*slot)) {
        if unasked(slot) {
            let way = paths::last_step(facts, &reach.graph, slot, unasked);
            finds.add(Found::touchpoint(slot).shown_by(way.evidence(facts)));
        } else if !reached(slot) {
            finds.add(Found::touchpoint(slot));
        }
    }
    Ok(())
}

/// Puts a form in front: every link to the touchpoint leads to the form instead, and the form to the touchpoint.
fn ask_first(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let (facts, graph) = (workshop.facts, &workshop.reach.graph);
    let Some(slot) = workshop.first(gap) else {
        return Vec::new();
    };
    let name = workshop.quoted(slot);
    let steps = graph.up.from(slot);
    // Where people come in themselves, others have to lead there all the same.
    let mut comes = false;
    let before = steps.iter().map(|step| step.touchpoint);
    graph.up.visit(before, f64::INFINITY, |other| {
        comes = other != slot && facts.is(other, Is::ENTRY);
        comes
    });
    let mut plan = Plan::new(workshop);
    let more = if comes {
        json!({ "opt_in": true })
    } else {
        json!({ "opt_in": true, "entry": true })
    };
    let form = plan.add(
        "Sign-up form",
        Kind::Driver,
        Some("form"),
        facts.stage_of(slot),
        &more,
    );
    let mut links: Vec<_> = steps
        .iter()
        .filter_map(|step| facts.link_record(step.link))
        .collect();
    links.sort_unstable_by_key(|link| &link.id);
    for link in links {
        plan.set(Entity::Link, link.id.as_str(), "to", json!(form));
    }
    if facts.is(slot, Is::ENTRY) {
        plan.set(Entity::Touchpoint, workshop.id(slot), "entry", json!(false));
    }
    plan.link(form.as_str(), workshop.id(slot), "Sign up");
    let form = plan.fix(format!(
        "Ask people first: put a sign-up form in front of {name}"
    ));
    let asked = workshop.write(
        format!("Say that people agree to it at {name} itself"),
        slot,
        "opt_in",
        json!(true),
    );
    vec![form, asked]
}
