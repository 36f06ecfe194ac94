//! Facts from rows: each row is read once, and what its channel says is taken in where it says nothing itself.

use std::sync::{Arc, OnceLock};

use backcast_model::catalog::{Catalog, Channel};
use backcast_model::{
    Day, DriverType, Link, Map, Media, Ownership, Row, SellingIntensity, Touchpoint,
};

use jiff::civil::Date;
use smallvec::SmallVec;

use super::{
    AudienceFacts, ChannelFacts, Facts, Is, LinkFacts, NONE, Slots, StageFacts, Touch, View,
};

impl Facts {
    /// The facts of a map; O(rows).
    pub(crate) fn of(map: &Map, catalog: &Catalog, view: View) -> Self {
        let mut facts = Self {
            view,
            touchpoints: Slots::with_capacity(map.touchpoints.len()),
            links: Slots::with_capacity(map.links.len()),
            marks: Vec::with_capacity(map.touchpoints.len()),
            budgets: Vec::with_capacity(map.touchpoints.len()),
            order: Vec::with_capacity(map.touchpoints.len()),
            ..Self::default()
        };
        facts.take_small_tables(map);
        for (position, row) in (0_u32..).zip(map.touchpoints.rows()) {
            let slot = facts.touchpoints.add(&row.record.id);
            facts.take_touchpoint(slot, row, catalog);
            facts.mark(slot).position = position;
            facts.order.push(slot);
        }
        for row in map.links.rows() {
            let slot = facts.links.add(&row.record.id);
            facts.take_link(slot, row);
        }
        facts
    }

    /// Reads the map's properties, stages and audiences, which are few.
    pub(super) fn take_small_tables(&mut self, map: &Map) {
        self.properties = Some(Arc::clone(&map.properties));
        self.stage_order.clear();
        for (position, row) in (0_u32..).zip(map.stages.rows()) {
            let slot = self.stages.reserve(&row.record.id);
            *self.stages.at_mut(slot) = StageFacts {
                moment: row.record.moment,
                row: Some(Arc::clone(row)),
                position,
            };
            self.stage_order.push(slot);
        }
        self.audience_order.clear();
        for row in map.audiences.rows() {
            let slot = self.audiences.reserve(&row.record.id);
            let mut devices: Vec<_> = row
                .record
                .devices
                .iter()
                .map(|device| self.words.number(device))
                .collect();
            devices.sort_unstable();
            devices.dedup();
            *self.audiences.at_mut(slot) = AudienceFacts {
                row: Some(Arc::clone(row)),
                devices,
            };
            self.audience_order.push(slot);
        }
    }

    /// Forgets which touchpoints stand in which stage and what was listed of them.
    pub(super) fn forget_lists(&mut self) {
        self.by_stage = OnceLock::new();
        self.lists = Default::default();
        self.staged = Default::default();
        self.owners = OnceLock::new();
        self.service = OnceLock::new();
    }

    /// Reads the planner's order of touchpoints.
    pub(super) fn take_order(&mut self, map: &Map) {
        self.order.clear();
        for (position, id) in (0_u32..).zip(map.touchpoints.ids()) {
            let slot = self.touchpoints.reserve(id);
            self.mark(slot).position = position;
            self.order.push(slot);
        }
    }

    /// Reads one touchpoint into its slot.
    pub(super) fn take_touchpoint(
        &mut self,
        slot: u32,
        row: &Arc<Row<Touchpoint>>,
        catalog: &Catalog,
    ) {
        let touchpoint = &row.record;
        let stage = touchpoint
            .stage
            .as_ref()
            .map_or(NONE, |id| self.stages.reserve(id));
        let channel = touchpoint
            .channel
            .as_ref()
            .map_or(NONE, |text| self.channel_slot(text, catalog));
        let mut audiences: SmallVec<[u32; 4]> = touchpoint
            .audiences
            .iter()
            .map(|id| self.audiences.reserve(id))
            .collect();
        audiences.sort_unstable();
        audiences.dedup();
        let defaults = if channel == NONE {
            unknown_channel()
        } else {
            self.channels[channel as usize].is
        };
        let recognises = match &touchpoint.recognises {
            Some(keys) => !keys.is_empty(),
            None => channel != NONE && !self.channels[channel as usize].recognises.is_empty(),
        };
        let mut is = holds(touchpoint, defaults, self.view);
        is.set(Is::RECOGNISES, recognises);
        let mark = self.mark(slot);
        (mark.is, mark.stage, mark.channel) = (is, stage, channel);
        self.budgets.resize(self.touchpoints.len(), 0);
        self.budgets[slot as usize] = touchpoint.budget.map_or(0, |money| money.hundredths());
        *self.touchpoints.at_mut(slot) = Touch {
            audiences,
            review_on: touchpoint.review_on,
            live: touchpoint
                .flights
                .iter()
                .map(|(first, last)| (week(*first), week(*last)))
                .collect(),
            promised: OnceLock::new(),
            row: Some(Arc::clone(row)),
        };
    }

    /// Reads one link into its slot.
    pub(super) fn take_link(&mut self, slot: u32, row: &Arc<Row<Link>>) {
        let link = &row.record;
        let (from, to) = (
            self.touchpoints.reserve(&link.from),
            self.touchpoints.reserve(&link.to),
        );
        let lag = link.lag_days.map(|days| days.get());
        self.lags.resize(self.links.len(), 0.0);
        self.lags[slot as usize] = lag.unwrap_or_default();
        *self.links.at_mut(slot) = LinkFacts {
            from,
            to,
            cta: says(link.cta.as_deref()),
            code: says(link.code.as_deref()),
            lags: lag.is_some(),
            row: Some(Arc::clone(row)),
        };
    }

    fn channel_slot(&mut self, text: &str, catalog: &Catalog) -> u32 {
        if let Some(slot) = self.channel_slots.get(text) {
            return *slot;
        }
        let slot = u32::try_from(self.channels.len()).unwrap_or(NONE - 1);
        let known = catalog.channel(text);
        let devices = known.map_or(&[][..], |channel| channel.devices.as_slice());
        let numbers = devices.iter().map(|device| self.words.number(device));
        let device_words = numbers.collect();
        self.channels.push(ChannelFacts {
            text: text.to_owned(),
            is: known.map_or_else(unknown_channel, channel_facts),
            recognises: known.map_or_else(Vec::new, |channel| channel.recognises.clone()),
            devices: devices.to_vec(),
            device_words,
        });
        self.channel_slots.insert(text.to_owned(), slot);
        slot
    }
}

/// Weeks since the one of 1970-01-01, Monday first.
pub(crate) fn week(day: Day) -> i32 {
    let since = day.date().duration_since(Date::constant(1969, 12, 29));
    // The calendar has less than a million weeks.
    i32::try_from(since.as_hours().div_euclid(24 * 7)).unwrap_or_default()
}

/// Whether a text says anything.
pub(crate) fn says(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.chars().all(char::is_whitespace))
}

/// What holds in a channel that the catalogue does not know.
fn unknown_channel() -> Is {
    Is::TRACKED | Is::BRAND
}

fn channel_facts(channel: &Channel) -> Is {
    let mut is = Is::empty();
    is.set(Is::ENTRY, channel.entry);
    is.set(Is::PICK_UP, channel.pick_up);
    is.set(Is::CONSENT, channel.consent);
    is.set(Is::TWO_WAY, channel.two_way);
    is.set(Is::TRACKED, channel.tracked);
    is.set(Is::BRAND, channel.ownership == Ownership::Brand);
    is.set(Is::PAID, channel.media.contains(&Media::Paid));
    is
}

fn holds(touchpoint: &Touchpoint, channel: Is, view: View) -> Is {
    let destination = touchpoint.is_destination();
    let mut is = channel;
    is.set(Is::PRESENT, view.shows(touchpoint));
    is.set(Is::DESTINATION, destination);
    is.set(Is::ULTIMATE, touchpoint.is_ultimate());
    // A destination is an entry only when it says so itself.
    is.set(
        Is::ENTRY,
        touchpoint
            .entry
            .unwrap_or(!destination && channel.contains(Is::ENTRY)),
    );
    is.set(Is::END, touchpoint.deliberate_end == Some(true));
    is.set(
        Is::TRACKED,
        touchpoint.tracked.unwrap_or(channel.contains(Is::TRACKED)),
    );
    is.set(
        Is::TWO_WAY,
        touchpoint.two_way.unwrap_or(channel.contains(Is::TWO_WAY)),
    );
    if let Some(ownership) = touchpoint.ownership {
        is.set(Is::BRAND, ownership == Ownership::Brand);
    }
    if let Some(media) = &touchpoint.media {
        is.set(Is::PAID, media.contains(&Media::Paid));
    }
    is.set(Is::OPT_IN, touchpoint.opt_in == Some(true));
    is.set(Is::CTA, says(touchpoint.cta.as_deref()));
    is.set(Is::DIRECT, touchpoint.driver == Some(DriverType::Direct));
    is.set(
        Is::INDIRECT,
        touchpoint.driver == Some(DriverType::Indirect),
    );
    is.set(
        Is::HARD_SELL,
        touchpoint.selling_intensity == Some(SellingIntensity::High),
    );
    is.set(Is::INTENSITY, touchpoint.selling_intensity.is_some());
    is.set(Is::OWNER, says(touchpoint.owner.as_deref()));
    is.set(Is::PROMISES, !touchpoint.promises.is_empty());
    is.set(Is::FLIGHTS, !touchpoint.flights.is_empty());
    is.set(Is::SYSTEM, touchpoint.system.is_some());
    is.set(Is::DEVICES, touchpoint.devices.is_some());
    is
}
