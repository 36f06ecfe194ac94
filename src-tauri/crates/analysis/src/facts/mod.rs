//! The facts of a map that rules read, dense and by number: touchpoints, links, stages, audiences and channels have
//! slots, defaults of channels are already taken in. A slot belongs to one id for as long as the facts live, so that
//! what was found before an edit can be compared with what is found after it. Refuses to judge.

mod build;
mod slots;
mod update;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use backcast_model::{
    Audience, Day, Id, Link, MapProperties, Moment, Row, Stage, Status, Touchpoint,
};
use bitflags::bitflags;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

pub(crate) use build::week;
pub(crate) use slots::{Slots, Vocabulary};
pub(crate) use update::Touched;

/// Stands for "no slot": no stage, no channel, no system.
pub(crate) const NONE: u32 = u32::MAX;

/// Which touchpoints the rules see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// All that are not stopped.
    #[default]
    Planned,
    /// Those that are neither stopped nor only planned.
    LiveOnly,
}

impl View {
    /// Whether the rules see this touchpoint.
    #[must_use]
    pub fn shows(self, touchpoint: &Touchpoint) -> bool {
        touchpoint.is_present()
            && (self == Self::Planned || touchpoint.status != Some(Status::Planned))
    }
}

bitflags! {
    /// What holds of a touchpoint, its channel's word taken where it says nothing itself.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub(crate) struct Is: u32 {
        const PRESENT = 1;
        const DESTINATION = 1 << 1;
        const ULTIMATE = 1 << 2;
        const ENTRY = 1 << 3;
        const END = 1 << 4;
        const TRACKED = 1 << 5;
        const PICK_UP = 1 << 6;
        const CONSENT = 1 << 7;
        const TWO_WAY = 1 << 8;
        const BRAND = 1 << 9;
        const PAID = 1 << 10;
        const OPT_IN = 1 << 11;
        /// It says itself what to do next.
        const CTA = 1 << 12;
        const DIRECT = 1 << 13;
        const INDIRECT = 1 << 14;
        const HARD_SELL = 1 << 15;
        /// It says how hard it sells.
        const INTENSITY = 1 << 16;
        const OWNER = 1 << 17;
        const PROMISES = 1 << 18;
        const FLIGHTS = 1 << 19;
        const RECOGNISES = 1 << 20;
        const SYSTEM = 1 << 21;
        /// It says itself which devices it works on.
        const DEVICES = 1 << 22;
    }
}

/// How many marks there are.
const MARKS: usize = 23;

/// A touchpoint as the rules see it. Without a row it is not in the map.
#[derive(Debug, Clone, Default)]
pub(crate) struct Touch {
    pub(crate) row: Option<Arc<Row<Touchpoint>>>,
    pub(crate) audiences: SmallVec<[u32; 4]>,
    pub(crate) review_on: Option<Day>,
    /// First and last week of each flight.
    pub(crate) live: SmallVec<[(i32, i32); 2]>,
    /// The words it promises, worked out when a link asks.
    pub(crate) promised: OnceLock<Box<[u64]>>,
}

/// What most rules read of every touchpoint, apart from the rest and little, because walks pass by all of them.
#[derive(Debug, Clone, Copy)]
struct Mark {
    is: Is,
    stage: u32,
    channel: u32,
    /// Its place in the planner's order.
    position: u32,
}

impl Default for Mark {
    /// Nothing holds of what is not in the map.
    fn default() -> Self {
        Self {
            is: Is::empty(),
            stage: NONE,
            channel: NONE,
            position: 0,
        }
    }
}

/// A link as the rules see it. Without a row it is not in the map.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinkFacts {
    pub(crate) row: Option<Arc<Row<Link>>>,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) cta: bool,
    pub(crate) code: bool,
    /// Whether it says how many days pass on the way.
    pub(crate) lags: bool,
}

/// A stage as the rules see it.
#[derive(Debug, Clone, Default)]
pub(crate) struct StageFacts {
    pub(crate) row: Option<Arc<Row<Stage>>>,
    pub(crate) moment: Option<Moment>,
    /// Its place in the framework's order.
    pub(crate) position: u32,
}

/// An audience as the rules see it.
#[derive(Debug, Clone, Default)]
pub(crate) struct AudienceFacts {
    pub(crate) row: Option<Arc<Row<Audience>>>,
    /// Its devices as words, each once.
    pub(crate) devices: Vec<u32>,
}

/// A channel as the rules see it: of the catalogue, or free text with the defaults of unknown channels.
#[derive(Debug, Clone)]
pub(crate) struct ChannelFacts {
    /// As the map spells it.
    pub(crate) text: String,
    pub(crate) is: Is,
    pub(crate) recognises: Vec<String>,
    pub(crate) devices: Vec<String>,
    /// The same as words.
    pub(crate) device_words: Vec<u32>,
}

/// The facts of one map.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) view: View,
    pub(crate) properties: Option<Arc<MapProperties>>,
    pub(crate) touchpoints: Slots<Touch>,
    /// By slot of the touchpoint.
    marks: Vec<Mark>,
    /// Budgets in hundredths, by slot of the touchpoint. Apart, because they are summed up over all.
    budgets: Vec<i64>,
    /// Slots of touchpoints in the planner's order, absent ones among them.
    pub(crate) order: Vec<u32>,
    pub(crate) links: Slots<LinkFacts>,
    /// How many days pass on each link, by slot; none where it does not say. Apart, because walks sum them up.
    lags: Vec<f64>,
    pub(crate) stages: Slots<StageFacts>,
    pub(crate) stage_order: Vec<u32>,
    pub(crate) audiences: Slots<AudienceFacts>,
    pub(crate) audience_order: Vec<u32>,
    pub(crate) channels: Vec<ChannelFacts>,
    pub(crate) channel_slots: FxHashMap<String, u32>,
    /// Devices of audiences, which gaps may be about.
    pub(crate) words: Vocabulary,
    lists: [OnceLock<Vec<u32>>; MARKS],
    /// The same lists, each by stage in the framework's order; what stands in no stage comes last.
    staged: [OnceLock<Vec<Vec<u32>>>; MARKS],
    owners: OnceLock<BTreeMap<Option<u32>, Vec<String>>>,
    by_stage: OnceLock<Vec<(u32, Vec<u32>)>>,
    /// For each stage in the framework's order, for each audience in the planner's, who serves it there.
    service: OnceLock<Vec<Vec<u32>>>,
    /// Slots of touchpoints and links whose rows are gone.
    pub(crate) abandoned: usize,
}

impl Facts {
    /// Slots of present touchpoints in the planner's order.
    pub(crate) fn present(&self) -> impl Iterator<Item = u32> + '_ {
        self.order
            .iter()
            .copied()
            .filter(|slot| self.marks(*slot).contains(Is::PRESENT))
    }

    /// Slots of present touchpoints of which all of this holds, in the planner's order. What is asked for is listed once
    /// and kept until a touchpoint changes.
    pub(crate) fn those(&self, is: Is) -> impl Iterator<Item = u32> + '_ {
        let first = is.bits().trailing_zeros() as usize;
        let list = self.lists[first].get_or_init(|| {
            let wanted = Is::from_bits_retain(1 << first);
            self.present()
                .filter(|slot| self.is(*slot, wanted))
                .collect()
        });
        list.iter().copied().filter(move |slot| self.is(*slot, is))
    }

    /// The same, the nearest to a stage first: of equally near ones those of the later stage, then in the planner's
    /// order. What stands in no stage is far from all, and all are far from no stage. O(stages) for the first.
    pub(crate) fn those_near(&self, stage: u32, is: Is) -> impl Iterator<Item = u32> + '_ {
        let first = is.bits().trailing_zeros() as usize;
        let wanted = Is::from_bits_retain(1 << first);
        let staged = self.staged[first].get_or_init(|| self.staged(wanted));
        let (nowhere, staged) = staged
            .split_last()
            .map_or((&[][..], &[][..]), |(last, rest)| (last.as_slice(), rest));
        let here = self.stage_position(stage) as usize;
        let places = (0..staged.len()).flat_map(move |distance| {
            let earlier = here.checked_sub(distance).filter(|_| distance > 0);
            [here.checked_add(distance), earlier]
        });
        let near = places
            .flatten()
            .filter_map(|place| staged.get(place))
            .flatten();
        let far =
            (stage == NONE).then(|| self.those(is).filter(|slot| self.stage_of(*slot) != NONE));
        near.chain(nowhere)
            .copied()
            .chain(far.into_iter().flatten())
            .filter(move |slot| self.is(*slot, is))
    }

    fn staged(&self, is: Is) -> Vec<Vec<u32>> {
        let stages = self.stage_order.len();
        let mut staged = vec![Vec::new(); stages + 1];
        for slot in self.those(is) {
            let position = self.stage_position(self.stage_of(slot)) as usize;
            staged[position.min(stages)].push(slot);
        }
        staged
    }

    /// The touchpoint in a slot.
    #[inline]
    pub(crate) fn touch(&self, slot: u32) -> &Touch {
        self.touchpoints.at(slot)
    }

    /// What holds of the touchpoint in a slot; nothing does of one that is not in the map.
    #[inline]
    pub(crate) fn marks(&self, slot: u32) -> Is {
        self.marks
            .get(slot as usize)
            .map_or(Is::empty(), |mark| mark.is)
    }

    /// The stage of the touchpoint in a slot.
    #[inline]
    pub(crate) fn stage_of(&self, slot: u32) -> u32 {
        self.marks
            .get(slot as usize)
            .map_or(NONE, |mark| mark.stage)
    }

    /// The channel of the touchpoint in a slot.
    #[inline]
    pub(crate) fn channel_of(&self, slot: u32) -> u32 {
        self.marks
            .get(slot as usize)
            .map_or(NONE, |mark| mark.channel)
    }

    /// The place of the touchpoint in a slot in the planner's order.
    #[inline]
    pub(crate) fn position(&self, slot: u32) -> u32 {
        self.marks
            .get(slot as usize)
            .map_or(0, |mark| mark.position)
    }

    /// What the touchpoint in a slot costs, in hundredths.
    #[inline]
    pub(crate) fn budget(&self, slot: u32) -> i64 {
        self.budgets.get(slot as usize).copied().unwrap_or_default()
    }

    /// What is marked of a touchpoint, to be written.
    fn mark(&mut self, slot: u32) -> &mut Mark {
        if self.marks.len() < self.touchpoints.len() {
            self.marks.resize(self.touchpoints.len(), Mark::default());
        }
        &mut self.marks[slot as usize]
    }

    /// Whether all of this holds of the touchpoint in a slot.
    #[inline]
    pub(crate) fn is(&self, slot: u32, is: Is) -> bool {
        self.marks(slot).contains(is)
    }

    /// The touchpoint's record; `None` when it is not in the map.
    pub(crate) fn record(&self, slot: u32) -> Option<&Touchpoint> {
        self.touch(slot).row.as_ref().map(|row| &row.record)
    }

    /// The link's record; `None` when it is not in the map.
    pub(crate) fn link_record(&self, slot: u32) -> Option<&Link> {
        self.links.at(slot).row.as_ref().map(|row| &row.record)
    }

    /// The audience's record; `None` when it is not in the map.
    pub(crate) fn audience(&self, slot: u32) -> Option<&Audience> {
        self.audiences.at(slot).row.as_ref().map(|row| &row.record)
    }

    /// The keys a touchpoint knows its visitors by, its own or its channel's.
    pub(crate) fn recognises(&self, slot: u32) -> &[String] {
        let own = self
            .record(slot)
            .and_then(|touchpoint| touchpoint.recognises.as_deref());
        let channel = self.channel_of(slot);
        own.unwrap_or_else(|| {
            if channel == NONE {
                &[]
            } else {
                &self.channels[channel as usize].recognises
            }
        })
    }

    /// How many days pass on a link; none where it does not say.
    #[inline]
    pub(crate) fn lag(&self, link: u32) -> f64 {
        self.lags.get(link as usize).copied().unwrap_or_default()
    }

    /// The id of a touchpoint.
    pub(crate) fn id(&self, slot: u32) -> &Id {
        self.touchpoints.id(slot)
    }

    /// The stage's place in the framework's order; no stage comes after all.
    pub(crate) fn stage_position(&self, stage: u32) -> u32 {
        if stage == NONE {
            NONE
        } else {
            self.stages.at(stage).position
        }
    }

    /// The moment of a stage, when it is there and says one.
    pub(crate) fn moment(&self, stage: u32) -> Option<Moment> {
        if stage == NONE {
            None
        } else {
            self.stages.at(stage).moment
        }
    }

    /// The stages in the framework's order, with the present touchpoints of each in the planner's.
    pub(crate) fn by_stage(&self) -> &[(u32, Vec<u32>)] {
        self.by_stage.get_or_init(|| {
            let mut by_slot = vec![Vec::new(); self.stages.len()];
            for slot in self.present() {
                if let Some(stage) = by_slot.get_mut(self.stage_of(slot) as usize) {
                    stage.push(slot);
                }
            }
            let stages = self.stage_order.iter();
            stages
                .map(|stage| (*stage, std::mem::take(&mut by_slot[*stage as usize])))
                .collect()
        })
    }

    /// The touchpoints of each filled stage that serve each audience: `(audience, stage, those who serve)`.
    pub(crate) fn service(&self) -> impl Iterator<Item = (u32, u32, &[u32])> {
        let service = self.service.get_or_init(|| self.who_serves());
        let audiences = self.audience_order.len().max(1);
        let stages = self.by_stage().iter().zip(service.chunks(audiences));
        let filled = stages.filter(|((_, slots), _)| !slots.is_empty());
        filled.flat_map(|((stage, _), served)| {
            let served = self.audience_order.iter().zip(served);
            served.map(|(audience, serving)| (*audience, *stage, serving.as_slice()))
        })
    }

    fn who_serves(&self) -> Vec<Vec<u32>> {
        let mut service = Vec::with_capacity(self.stage_order.len() * self.audience_order.len());
        let mut by_audience = vec![Vec::new(); self.audiences.len()];
        for (_, slots) in self.by_stage() {
            for slot in slots {
                for audience in &self.touch(*slot).audiences {
                    by_audience[*audience as usize].push(*slot);
                }
            }
            let audiences = self.audience_order.iter();
            service.extend(
                audiences.map(|audience| std::mem::take(&mut by_audience[*audience as usize])),
            );
        }
        service
    }

    /// The stages that have present touchpoints, with them.
    pub(crate) fn filled_stages(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let stages = self
            .by_stage()
            .iter()
            .map(|(stage, slots)| (*stage, slots.as_slice()));
        stages.filter(|(_, slots)| !slots.is_empty())
    }

    /// Who looks after most touchpoints of a stage, and who of the map, the busiest first.
    pub(crate) fn owners(&self, stage: u32) -> (&[String], &[String]) {
        let owners = self.owners.get_or_init(|| {
            let mut counts: BTreeMap<Option<u32>, BTreeMap<&str, Reverse<u32>>> = BTreeMap::new();
            for slot in self.those(Is::OWNER) {
                let owner = self
                    .record(slot)
                    .and_then(|touchpoint| touchpoint.owner.as_deref())
                    .unwrap_or_default();
                for group in [None, Some(self.stage_of(slot))] {
                    counts
                        .entry(group)
                        .or_default()
                        .entry(owner)
                        .or_insert(Reverse(0))
                        .0 += 1;
                }
            }
            let ranked = |counts: BTreeMap<&str, Reverse<u32>>| {
                let mut owners: Vec<_> = counts.into_iter().collect();
                owners.sort_by_key(|(_, count)| *count);
                owners
                    .into_iter()
                    .map(|(owner, _)| owner.to_owned())
                    .collect()
            };
            counts
                .into_iter()
                .map(|(group, counts)| (group, ranked(counts)))
                .collect()
        });
        let of = |group: Option<u32>| owners.get(&group).map_or(&[][..], Vec::as_slice);
        (of(Some(stage)), of(None))
    }
}
