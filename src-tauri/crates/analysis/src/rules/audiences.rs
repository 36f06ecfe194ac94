//! Rules about audiences: that they are known, met in every stage, and met where and with what they like.

use backcast_model::catalog::Channel;
use backcast_model::{Entity, Severity};
use serde_json::json;

use super::{needs_audiences, needs_stages, nothing};
use crate::facts::{Facts, Is, NONE};
use crate::fix::{self, Fix, Workshop};
use crate::gap::{Evidence, Gap};
use crate::inputs::Inputs;
use crate::rule::{Assessed, Find, Finds, Found, Need, Per, Reading, Rule};
use crate::wording::{self, quoted};

pub(super) static RULES: [Rule; 4] = [
    Rule {
        id: "audience-without-evidence",
        name: "Audience made up",
        severity: Severity::Medium,
        per: Per::Audience,
        moments: &[],
        thresholds: &[],
        wisdom: "An audience without a source is a wish with a name. It is easily agreed on, because everybody in \
                 the room imagines somebody else. A dozen interviews, a look at search terms or last year's orders \
                 are enough to find out whether these people exist, what they ask, and where they look for answers.",
        example: "“Young urban professionals”, written in a workshop; the customer file says they are over fifty.",
        reads: Inputs::AUDIENCES,
        find: Find::Whole(audience_without_evidence),
        text: |_| "Nothing shows where the knowledge about {audience} comes from.",
        affects: nothing,
        mend: attach_source,
    },
    Rule {
        id: "audience-unserved",
        name: "Audience left alone",
        severity: Severity::Medium,
        per: Per::AudienceStage,
        moments: &[],
        thresholds: &[],
        wisdom: "Each audience walks the whole journey, and drops out at the first step that was made for somebody \
                 else. Go through the plan once per audience: where does it hear of the brand, compare, buy? A blank \
                 step is where it leaves, however much is spent on the steps before.",
        example: "Families are met by films and in the shop; all the comparing in between is written for businesses.",
        reads: Inputs::STAGE.union(Inputs::SERVED).union(Inputs::AUDIENCES),
        find: Find::Whole(audience_unserved),
        text: |_| "Nothing in {stage} is for {audience}.",
        affects: nothing,
        mend: extend_to_audience,
    },
    Rule {
        id: "audience-off-channel",
        name: "Not where they look",
        severity: Severity::Low,
        per: Per::AudienceStage,
        moments: &[],
        thresholds: &[],
        wisdom: "People do not change their habits for a campaign. If an audience reads e-mail and the step meets it \
                 with outdoor, the message is right and the place is wrong. It need not be every touchpoint; one per \
                 step in a place they already go to is enough to be met.",
        example: "Trades people who like to be phoned are sent to a webinar.",
        reads: Inputs::STAGE
            .union(Inputs::SERVED)
            .union(Inputs::AUDIENCES)
            .union(Inputs::CHANNEL),
        find: Find::Whole(audience_off_channel),
        text: |_| "Nothing in {stage} meets {audience} where they prefer to be met: {channels}.",
        affects: nothing,
        mend: add_preferred_channel,
    },
    Rule {
        id: "device-uncovered",
        name: "Not on their device",
        severity: Severity::Low,
        per: Per::AudienceStageDevice,
        moments: &[],
        thresholds: &[],
        wisdom: "A page that was approved on a large screen is read on a small one, between two stations. Where an \
                 audience says what it uses, each step should have something that works there; otherwise people put \
                 it off until they are at a desk, and most of what is put off is not done.",
        example: "The configurator needs a laptop, and nine of ten visitors hold a phone.",
        reads: Inputs::STAGE
            .union(Inputs::SERVED)
            .union(Inputs::AUDIENCES)
            .union(Inputs::DEVICES)
            .union(Inputs::CHANNEL),
        find: Find::Whole(device_uncovered),
        text: |_| "Nothing in {stage} meets {audience} {on_device}, though they can be met that way.",
        affects: nothing,
        mend: cover_device,
    },
];

fn audience_without_evidence(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_audiences(reading)?;
    for slot in &reading.facts.audience_order {
        let known = reading
            .facts
            .audience(*slot)
            .is_some_and(|audience| !audience.evidence.is_empty());
        if !known {
            finds.add(Found::about(&[*slot]));
        }
    }
    Ok(())
}

fn attach_source(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let fill_in = |audience: &backcast_model::Audience| {
        let title = format!(
            "Attach a source to {}: research, interviews, analytics",
            quoted(&audience.name)
        );
        Fix::fill_in(title, Entity::Audience, audience.id.as_str(), "evidence")
    };
    workshop.audience(gap).map(fill_in).into_iter().collect()
}

static NEEDS_SERVED: Need = Need {
    text: "Say which audiences touchpoints are for",
    entity: Entity::Touchpoint,
    field: "audiences",
};

/// Refuses to assess a map without stages, audiences, or touchpoints that name one.
fn needs_service(reading: &Reading<'_>) -> Assessed {
    needs_audiences(reading)?;
    needs_stages(reading)?;
    let facts = reading.facts;
    let named = facts
        .present()
        .any(|slot| !facts.touch(slot).audiences.is_empty());
    if named { Ok(()) } else { Err(&NEEDS_SERVED) }
}

fn audience_unserved(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_service(reading)?;
    let service = reading.facts.service();
    for (audience, stage, _) in service.filter(|(_, _, serving)| serving.is_empty()) {
        finds.add(Found::about(&[audience, stage]).under(stage));
    }
    Ok(())
}

fn extend_to_audience(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let (Some(audience), Some(stage)) = (workshop.audience(gap), workshop.stage(gap)) else {
        return Vec::new();
    };
    let facts = workshop.facts;
    let here = facts
        .present()
        .filter(|slot| facts.stage_of(*slot) == stage);
    // What already speaks to somebody is sooner stretched than what speaks to all.
    let first = here.min_by_key(|slot| {
        (
            facts.touch(*slot).audiences.is_empty(),
            facts.position(*slot),
        )
    });
    let extend = first.map(|slot| {
        let mut audiences = facts
            .record(slot)
            .map_or_else(Vec::new, |touchpoint| touchpoint.audiences.clone());
        audiences.push(audience.id.clone());
        let title = format!(
            "Extend {} to {}",
            workshop.quoted(slot),
            quoted(&audience.name)
        );
        workshop.write(title, slot, "audiences", json!(audiences))
    });
    extend
        .into_iter()
        .chain(add_for(workshop, gap, None))
        .collect()
}

/// Adds a touchpoint for the gap's audience to the gap's stage, in this channel or the usual one.
fn add_for(workshop: &Workshop<'_>, gap: &Gap, channel: Option<&str>) -> Option<Fix> {
    let (audience, stage) = (workshop.audience(gap)?, workshop.stage(gap)?);
    let preferred = channel.or_else(|| audience.channels.first().map(String::as_str));
    let known = preferred.and_then(|id| workshop.catalog.channel(id));
    let usual = || workshop.channel(workshop.facts.moment(stage), |channel| channel.entry);
    let more = json!({ "audiences": [audience.id] });
    let mut fix = match (known, preferred) {
        (None, Some(free_text)) => workshop.add_to_stage(&unknown_channel(free_text), stage, &more),
        (known, _) => workshop.add_to_stage(known.or_else(usual)?, stage, &more),
    };
    fix.title = format!("{}, for {}", fix.title, quoted(&audience.name));
    Some(fix)
}

/// A channel that only the map knows.
fn unknown_channel(text: &str) -> Channel {
    Channel {
        id: text.to_owned(),
        name: text.to_owned(),
        group: "other".to_owned(),
        media: Vec::new(),
        ownership: backcast_model::Ownership::Brand,
        two_way: false,
        consent: false,
        tracked: true,
        pick_up: false,
        entry: false,
        recognises: Vec::new(),
        moments: Vec::new(),
        devices: Vec::new(),
    }
}

static NEEDS_PREFERENCES: Need = Need {
    text: "Say which channels audiences prefer",
    entity: Entity::Audience,
    field: "channels",
};

fn audience_off_channel(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_service(reading)?;
    let facts = reading.facts;
    let preferred = |audience: u32| {
        facts
            .audience(audience)
            .map_or(&[][..], |audience| audience.channels.as_slice())
    };
    if facts
        .audience_order
        .iter()
        .all(|audience| preferred(*audience).is_empty())
    {
        return Err(&NEEDS_PREFERENCES);
    }
    for (audience, stage, serving) in facts.service() {
        let wanted = preferred(audience);
        let meets = |slot: &u32| {
            let channel = facts.channel_of(*slot);
            channel != NONE && wanted.contains(&facts.channels[channel as usize].text)
        };
        if !wanted.is_empty() && !serving.is_empty() && !serving.iter().any(meets) {
            let words = wanted.to_vec();
            let found = Found::about(&[audience, stage]).on_all(serving);
            finds.add(found.shown_by(Evidence::Words { words }));
        }
    }
    Ok(())
}

fn add_preferred_channel(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let channels = workshop
        .audience(gap)
        .map_or(&[][..], |audience| audience.channels.as_slice());
    let stage = workshop.stage(gap);
    let moment = stage.and_then(|stage| workshop.facts.moment(stage));
    let away = |id: &str| {
        let channel = workshop.catalog.channel(id);
        channel.map_or(u8::MAX, |channel| fix::away(channel, moment))
    };
    let mut channels: Vec<_> = channels.iter().collect();
    channels.sort_by_key(|channel| away(channel));
    channels
        .into_iter()
        .take(3)
        .filter_map(|channel| add_for(workshop, gap, Some(channel)))
        .collect()
}

static NEEDS_DEVICES: Need = Need {
    text: "Say which devices audiences use",
    entity: Entity::Audience,
    field: "devices",
};

fn device_uncovered(reading: &Reading<'_>, finds: &mut Finds) -> Assessed {
    needs_service(reading)?;
    let facts = reading.facts;
    let used = |audience: u32| facts.audiences.at(audience).devices.as_slice();
    if facts
        .audience_order
        .iter()
        .all(|audience| used(*audience).is_empty())
    {
        return Err(&NEEDS_DEVICES);
    }
    let service = facts.service();
    for (audience, stage, serving) in service.filter(|(audience, ..)| !used(*audience).is_empty()) {
        let Some(stated) = stated_devices(facts, serving) else {
            continue;
        };
        for device in used(audience)
            .iter()
            .filter(|device| !stated[**device as usize])
        {
            finds.add(Found::about(&[audience, stage, *device]).on_all(serving));
        }
    }
    Ok(())
}

/// Which words are devices that touchpoints state; `None` where they state none. Few channels stand behind many
/// touchpoints, so each is asked once.
fn stated_devices(facts: &Facts, slots: &[u32]) -> Option<Vec<bool>> {
    let mut asked = vec![false; facts.channels.len()];
    let mut stated = vec![false; facts.words.len()];
    let mut any = false;
    for slot in slots {
        let channel = facts.channel_of(*slot) as usize;
        if facts.is(*slot, Is::DEVICES) {
            let own = devices(facts, *slot);
            any |= !own.is_empty();
            // A word nobody knows is no audience's device.
            let known = own.iter().filter_map(|device| facts.words.find(device));
            known.for_each(|device| stated[device as usize] = true);
        } else if asked
            .get_mut(channel)
            .is_some_and(|asked| !std::mem::replace(asked, true))
        {
            let devices = &facts.channels[channel].device_words;
            any |= !devices.is_empty();
            devices
                .iter()
                .for_each(|device| stated[*device as usize] = true);
        }
    }
    any.then_some(stated)
}

/// The devices a touchpoint states, its own or its channel's.
fn devices(facts: &Facts, slot: u32) -> &[String] {
    let own = facts
        .record(slot)
        .and_then(|touchpoint| touchpoint.devices.as_deref());
    let channel = facts.channel_of(slot);
    own.unwrap_or_else(|| {
        if channel == NONE {
            &[]
        } else {
            &facts.channels[channel as usize].devices
        }
    })
}

/// Screens that the same page can be made to work on.
const SCREENS: [&str; 3] = ["laptop", "mobile", "tablet"];

fn cover_device(workshop: &Workshop<'_>, gap: &Gap) -> Vec<Fix> {
    let (Some(stage), Some(device)) = (workshop.stage(gap), gap.key.subjects.last()) else {
        return Vec::new();
    };
    let (facts, device) = (workshop.facts, device.as_str());
    let is_screen = |device: &str| SCREENS.contains(&device);
    let shown = |slot: &u32| {
        let devices = devices(facts, *slot);
        is_screen(device) && devices.iter().any(|other| is_screen(other))
    };
    let moment = facts.moment(stage);
    let mut usual = workshop.channels(moment, |channel| {
        !channel.consent && channel.devices.iter().any(|other| other == device)
    });
    // What other audiences like says nothing of this one.
    let liked = workshop.audience(gap).map(|audience| &audience.channels);
    let liked = |channel: &Channel| liked.is_some_and(|liked| liked.contains(&channel.id));
    usual.sort_by_key(|channel| (fix::away(channel, moment), !liked(channel)));
    let add = usual
        .iter()
        .take(2)
        .filter_map(|channel| add_for(workshop, gap, Some(&channel.id)));
    let add: Vec<_> = add.collect();
    let members = workshop.members(gap);
    let stretched = members
        .iter()
        .copied()
        .find(|slot| shown(slot))
        .or_else(|| members.first().copied().filter(|_| add.is_empty()));
    let stretch = stretched.map(|slot| {
        let stated = devices(facts, slot).iter().map(String::as_str);
        let stated: Vec<&str> = stated.chain([device]).collect();
        let on_device = wording::on_device(device);
        let title = format!("Make {} work {on_device}", workshop.quoted(slot));
        workshop.write(title, slot, "devices", json!(stated))
    });
    stretch.into_iter().chain(add).collect()
}
