//! Fixes: how a gap is mended in one step, as ordinary edits. What every rule's mending needs is here: sensible
//! targets (the nearest stage), sensible channels (usual for the moment), and ids that nobody has.

use std::collections::BTreeSet;

use backcast_model::catalog::{Catalog, Channel};
use backcast_model::{Audience, Day, Edit, Entity, Fields, Id, Kind, Map, Moment, Ownership};
use serde::Serialize;
use serde_json::{Value, json};

use crate::facts::{Facts, Is, LinkFacts, NONE};
use crate::gap::{Gap, fingerprint};
use crate::reach::Reach;
use crate::rule::Per;
use crate::wording::quoted;

/// A field for a person to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The row's entity.
    pub entity: Entity,
    /// The row's id.
    pub id: String,
    /// The field.
    pub field: &'static str,
}

/// A way to mend a gap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fix {
    /// What it will do, as a command.
    pub title: String,
    /// The edits that do it, one step for the planner. Empty where only a person can say.
    pub edits: Vec<Edit>,
    /// The field to fill in, where only a person can say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill_in: Option<Place>,
}

impl Fix {
    /// What it says and does, as a 64-bit FNV-1a hash in hexadecimal: two fixes with the same fingerprint are one.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{:016x}", fingerprint(&text))
    }

    /// Leads a person to a field.
    pub(crate) fn fill_in(
        title: impl Into<String>,
        entity: Entity,
        id: &str,
        field: &'static str,
    ) -> Self {
        let place = Place {
            entity,
            id: id.to_owned(),
            field,
        };
        Self {
            title: title.into(),
            edits: Vec::new(),
            fill_in: Some(place),
        }
    }

    /// Writes one field.
    pub(crate) fn set(
        title: impl Into<String>,
        entity: Entity,
        id: &str,
        field: &str,
        value: Value,
    ) -> Self {
        let edits = vec![Edit::Set {
            entity,
            id: id.to_owned(),
            field: field.to_owned(),
            value,
        }];
        Self {
            title: title.into(),
            edits,
            fill_in: None,
        }
    }
}

/// Channels that only make sense where something is sold.
const OF_TRADE: [&str; 14] = [
    "affiliates",
    "kiosk",
    "loyalty-programme",
    "marketplace",
    "organic-shopping",
    "packaging",
    "paid-shopping",
    "point-of-sale",
    "receipt",
    "review-site",
    "sales-rep",
    "sampling",
    "store",
    "web-shop",
];

/// Those of them that tell that something is.
const PLACES_OF_SALE: [&str; 9] = [
    "affiliates",
    "kiosk",
    "marketplace",
    "organic-shopping",
    "paid-shopping",
    "point-of-sale",
    "receipt",
    "store",
    "web-shop",
];

/// How far from a moment a channel usually works, in moments; 0 where it is usual, or the moment is not known.
pub(crate) fn away(channel: &Channel, moment: Option<Moment>) -> u8 {
    let distance =
        |other: &Moment| moment.map_or(0, |moment| (*other as u8).abs_diff(moment as u8));
    let moments = channel.moments.iter();
    moments.map(distance).min().unwrap_or(u8::MAX)
}

fn is_of_trade(channel: &str) -> bool {
    OF_TRADE.contains(&channel)
}

/// What mending reads: the map with its facts, and the catalogue for channels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Workshop<'a> {
    pub(crate) map: &'a Map,
    pub(crate) catalog: &'a Catalog,
    pub(crate) facts: &'a Facts,
    pub(crate) reach: &'a Reach,
    pub(crate) today: Day,
}

impl<'a> Workshop<'a> {
    /// The slot of a touchpoint the gap names.
    pub(crate) fn slot(&self, id: &Id) -> Option<u32> {
        self.facts.touchpoints.find(id.as_str())
    }

    /// Slots of the touchpoints the gap stands on.
    pub(crate) fn members(&self, gap: &Gap) -> Vec<u32> {
        gap.touchpoints
            .iter()
            .filter_map(|id| self.slot(id))
            .collect()
    }

    /// The first touchpoint the gap stands on.
    pub(crate) fn first(&self, gap: &Gap) -> Option<u32> {
        self.slot(gap.touchpoints.first()?)
    }

    /// The link the gap stands on.
    pub(crate) fn link(&self, gap: &Gap) -> Option<&'a LinkFacts> {
        let facts = self.facts;
        Some(
            facts
                .links
                .at(facts.links.find(gap.links.first()?.as_str())?),
        )
    }

    /// The stage the gap is about: the one it names, or else the first it counts under.
    pub(crate) fn stage(&self, gap: &Gap) -> Option<u32> {
        let named = match gap.rule.per {
            Per::Stage | Per::StageWeeks => gap.key.subjects.first(),
            Per::AudienceStage | Per::AudienceStageDevice => gap.key.subjects.get(1),
            _ => gap.stages.first(),
        };
        self.facts.stages.find(named?.as_str())
    }

    /// The audience the gap is about.
    pub(crate) fn audience(&self, gap: &Gap) -> Option<&'a Audience> {
        let map = self.map;
        map.audiences.get(gap.key.subjects.first()?.as_str())
    }

    /// A touchpoint's name in quotation marks.
    pub(crate) fn quoted(&self, slot: u32) -> String {
        quoted(self.name(slot))
    }

    /// A touchpoint's name.
    pub(crate) fn name(&self, slot: u32) -> &'a str {
        let facts = self.facts;
        facts
            .record(slot)
            .map_or("", |touchpoint| touchpoint.name.as_str())
    }

    /// A touchpoint's id as text.
    pub(crate) fn id(&self, slot: u32) -> &'a str {
        let facts = self.facts;
        facts.id(slot).as_str()
    }

    /// The candidate whose stage is nearest; of equals the one whose stage is later, then the first in the planner's
    /// order. Touchpoints without a stage are far from all.
    pub(crate) fn nearest(
        &self,
        to_stage: u32,
        candidates: impl Iterator<Item = u32>,
    ) -> Option<u32> {
        let here = self.facts.stage_position(to_stage);
        candidates.min_by_key(|slot| {
            let there = self.facts.stage_position(self.facts.stage_of(*slot));
            let unknown = here == NONE || there == NONE;
            let distance = if unknown { NONE } else { here.abs_diff(there) };
            (distance, there < here, self.facts.position(*slot))
        })
    }

    /// Whether something is sold: a place of sale is on the map. What success is counted in does not tell, for who
    /// wants an answer or a promise counts it as a sale too.
    pub(crate) fn sells(&self) -> bool {
        self.facts.present().any(|slot| {
            let record = self.facts.record(slot);
            record
                .and_then(|touchpoint| touchpoint.channel.as_deref())
                .is_some_and(|channel| PLACES_OF_SALE.contains(&channel))
        })
    }

    /// Whether people can go there because something tells them to: a page, a counter, a search; not an advertisement
    /// and nothing that is sent to them.
    pub(crate) fn is_place(&self, slot: u32) -> bool {
        let is = self.facts.marks(slot);
        is.intersects(Is::DESTINATION | Is::PICK_UP) || !is.intersects(Is::ENTRY | Is::CONSENT)
    }

    /// The channel usual for a moment of which this holds.
    pub(crate) fn channel(
        &self,
        moment: Option<Moment>,
        holds: impl Fn(&Channel) -> bool,
    ) -> Option<&'a Channel> {
        self.channels(moment, holds).into_iter().next()
    }

    /// Channels of which this holds, the most usual for a moment first: those whose moments include it or come near,
    /// and among these those an audience likes. Until people decide they are met where they are, from then on in the
    /// brand's own places. What is made for few moments serves them better than what fits everywhere, and what people
    /// search or type catches others' work rather than doing its own. What belongs to trade is left out where nothing
    /// is sold.
    pub(crate) fn channels(
        &self,
        moment: Option<Moment>,
        holds: impl Fn(&Channel) -> bool,
    ) -> Vec<&'a Channel> {
        self.ranked(moment, false, holds)
    }

    /// The same, where what people search or type is as good as what meets them unasked.
    pub(crate) fn catching_channels(
        &self,
        moment: Option<Moment>,
        holds: impl Fn(&Channel) -> bool,
    ) -> Vec<&'a Channel> {
        self.ranked(moment, true, holds)
    }

    fn ranked(
        &self,
        moment: Option<Moment>,
        catching: bool,
        holds: impl Fn(&Channel) -> bool,
    ) -> Vec<&'a Channel> {
        let liked = |channel: &Channel| {
            let audiences = self.map.audiences.iter();
            audiences
                .flat_map(|audience| &audience.channels)
                .any(|id| *id == channel.id)
        };
        let decided = moment.is_some_and(|moment| !moment.is_before_purchase());
        let met = |channel: &Channel| {
            if decided {
                channel.ownership == Ownership::Brand
            } else {
                channel.entry
            }
        };
        let catalog = self.catalog;
        let mut channels: Vec<_> = catalog
            .channels()
            .filter(|channel| holds(channel))
            .collect();
        if !self.sells() && channels.iter().any(|channel| !is_of_trade(&channel.id)) {
            channels.retain(|channel| !is_of_trade(&channel.id));
        }
        channels.sort_by_key(|channel| {
            (
                away(channel, moment),
                !liked(channel),
                !met(channel),
                channel.pick_up && !catching,
                channel.moments.len().div_ceil(2),
                !channel.tracked,
                !channel.two_way,
            )
        });
        channels
    }

    /// What a link to this touchpoint asks people to do.
    pub(crate) fn call_to(&self, slot: u32) -> String {
        let record = self.facts.record(slot);
        let name = self.name(slot);
        match record
            .and_then(|touchpoint| touchpoint.channel.as_deref())
            .unwrap_or_default()
        {
            "organic-search" | "paid-search" => "Search for it".to_owned(),
            "direct" => "Type in the address".to_owned(),
            "phone" => "Call".to_owned(),
            "store" | "event" | "point-of-sale" | "kiosk" => format!("Visit {name}"),
            _ => format!("Go to {name}"),
        }
    }

    /// The next stage with a present touchpoint behind this one, as its slot.
    pub(crate) fn next_stage(&self, stage: u32) -> Option<u32> {
        let here = self.facts.stage_position(stage);
        let mut filled = self.facts.filled_stages().map(|(stage, _)| stage);
        filled.find(|stage| self.facts.stage_position(*stage) > here)
    }

    /// Where a new touchpoint of a stage would lead: a place in the next stage (a destination before others), or else
    /// the nearest destination.
    pub(crate) fn onward(&self, stage: u32) -> Option<u32> {
        let facts = self.facts;
        let in_stage = |wanted: u32| {
            facts
                .present()
                .filter(move |slot| facts.stage_of(*slot) == wanted)
        };
        let next = self.next_stage(stage).and_then(|next| {
            let places = in_stage(next).filter(|slot| self.is_place(*slot));
            places.min_by_key(|slot| (!facts.is(*slot, Is::DESTINATION), facts.position(*slot)))
        });
        next.or_else(|| facts.those_near(stage, Is::DESTINATION).next())
    }

    /// A stage's name in quotation marks.
    pub(crate) fn stage_name(&self, stage: u32) -> String {
        let row = (stage != NONE)
            .then(|| self.facts.stages.at(stage).row.as_ref())
            .flatten();
        row.map_or_else(String::new, |row| quoted(&row.record.name))
    }
}

impl<'a> Workshop<'a> {
    /// Adds a touchpoint of a channel to a stage, between what is there and what comes next: people get to it from a
    /// touchpoint of the stage unless they meet it unasked, and it leads on. `more` are further fields of it.
    pub(crate) fn add_to_stage(&self, channel: &Channel, stage: u32, more: &Value) -> Fix {
        let mut plan = Plan::new(self);
        let target = self.onward(stage);
        let nearer = |slot: &u32| {
            let destination = self.facts.is(*slot, Is::DESTINATION);
            (destination, self.facts.position(*slot))
        };
        let here = self
            .facts
            .present()
            .filter(|slot| self.facts.stage_of(*slot) == stage && Some(*slot) != target);
        let before = here.min_by_key(nearer).or_else(|| self.earlier(stage));
        let mut fields = more.clone();
        if !channel.entry && before.is_none() {
            fields["entry"] = json!(true);
        }
        let id = plan.add(
            &channel.name,
            Kind::Driver,
            Some(&channel.id),
            stage,
            &fields,
        );
        let mut title = format!(
            "Add {} to {}",
            quoted(&channel.name),
            self.stage_name(stage)
        );
        if let (false, Some(before)) = (channel.entry, before) {
            plan.link(
                self.id(before),
                id.as_str(),
                &format!("Go to {}", channel.name),
            );
            title.push_str(&format!(", behind {}", self.quoted(before)));
        }
        if let Some(target) = target {
            plan.link(id.as_str(), self.id(target), &self.call_to(target));
            title.push_str(&format!(", linked to {}", self.quoted(target)));
        }
        plan.fix(title)
    }

    /// From where people come to a stage that holds nothing yet: after the purchase from the nearest place where they
    /// ended up, else from the nearest earlier stage.
    fn earlier(&self, stage: u32) -> Option<u32> {
        let (facts, here) = (self.facts, self.facts.stage_position(stage));
        if facts.moment(stage).is_some_and(Moment::is_after_purchase) {
            return facts.those_near(stage, Is::ULTIMATE).next();
        }
        let before = facts.present().filter(|slot| {
            facts.stage_position(facts.stage_of(*slot)) < here && !facts.is(*slot, Is::DESTINATION)
        });
        before.max_by_key(|slot| {
            let place = facts.stage_position(facts.stage_of(*slot));
            (place, std::cmp::Reverse(facts.position(*slot)))
        })
    }

    /// Links one touchpoint to another.
    pub(crate) fn link_up(&self, from: u32, to: u32) -> Fix {
        let mut plan = Plan::new(self);
        plan.link(self.id(from), self.id(to), &self.call_to(to));
        plan.fix(format!("Link {} to {}", self.quoted(from), self.quoted(to)))
    }

    /// Writes one field of a touchpoint.
    pub(crate) fn write(&self, title: String, slot: u32, field: &str, value: Value) -> Fix {
        Fix::set(title, Entity::Touchpoint, self.id(slot), field, value)
    }
}

/// Edits in the making.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    workshop: Workshop<'a>,
    edits: Vec<Edit>,
    taken: BTreeSet<Id>,
}

impl<'a> Plan<'a> {
    /// No edits yet.
    pub(crate) fn new(workshop: &Workshop<'a>) -> Self {
        Self {
            workshop: *workshop,
            edits: Vec::new(),
            taken: BTreeSet::new(),
        }
    }

    /// Adds a touchpoint of this channel to a stage, with further fields, and gives its id.
    pub(crate) fn add(
        &mut self,
        name: &str,
        kind: Kind,
        channel: Option<&str>,
        stage: u32,
        more: &Value,
    ) -> Id {
        let id = self.free_id(name);
        let mut value = Fields::new();
        value.insert("id".to_owned(), json!(id));
        value.insert("name".to_owned(), json!(name));
        value.insert("kind".to_owned(), json!(kind));
        let stage = (stage != NONE)
            .then(|| self.workshop.facts.stages.at(stage).row.as_ref())
            .flatten();
        value.extend(stage.map(|row| ("stage".to_owned(), json!(row.record.id))));
        value.extend(channel.map(|channel| ("channel".to_owned(), json!(channel))));
        value.extend(more.as_object().cloned().unwrap_or_default());
        self.edits.push(Edit::Insert {
            entity: Entity::Touchpoint,
            value,
            after: None,
        });
        id
    }

    /// Adds a link.
    pub(crate) fn link(&mut self, from: &str, to: &str, cta: &str) {
        let mut value = Fields::new();
        value.insert("from".to_owned(), json!(from));
        value.insert("to".to_owned(), json!(to));
        value.insert("cta".to_owned(), json!(cta));
        self.edits.push(Edit::Insert {
            entity: Entity::Link,
            value,
            after: None,
        });
    }

    /// Adds a link on which days pass.
    pub(crate) fn link_after(&mut self, from: &str, to: &str, cta: &str, days: f64) {
        self.link(from, to, cta);
        if let Some(Edit::Insert { value, .. }) = self.edits.last_mut() {
            value.insert("lag_days".to_owned(), json!(days));
        }
    }

    /// Writes a field.
    pub(crate) fn set(&mut self, entity: Entity, id: &str, field: &str, value: Value) {
        self.edits.push(Edit::Set {
            entity,
            id: id.to_owned(),
            field: field.to_owned(),
            value,
        });
    }

    /// Takes a row away.
    pub(crate) fn delete(&mut self, entity: Entity, id: &str) {
        self.edits.push(Edit::Delete {
            entity,
            id: id.to_owned(),
        });
    }

    /// The fix these edits make.
    pub(crate) fn fix(self, title: impl Into<String>) -> Fix {
        Fix {
            title: title.into(),
            edits: self.edits,
            fill_in: None,
        }
    }

    /// An id that reads like the name and that no touchpoint has, the same for the same map.
    fn free_id(&mut self, name: &str) -> Id {
        let free = |id: &Id, taken: &BTreeSet<Id>| {
            !self.workshop.map.touchpoints.contains(id.as_str()) && !taken.contains(id)
        };
        let mut number = 1_u32;
        loop {
            let id = Id::from_name(name, &number.to_string());
            if free(&id, &self.taken) {
                self.taken.insert(id.clone());
                return id;
            }
            number += 1;
        }
    }
}
