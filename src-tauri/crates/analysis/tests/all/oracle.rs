//! The graph rules once more, slow and plain: sets of ids and breadth-first search on the rows themselves, sharing no
//! code with the crate. Ten thousand random maps have to agree.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use backcast_analysis::{Evidence, Gap};
use backcast_model::{
    DriverType, Horizon, Link, Map, Media, Moment, Ownership, Rank, SellingIntensity, Status,
    Touchpoint,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::common::{assess, catalog, random, show};

type Set = BTreeSet<String>;

/// The rules the oracle knows.
const RULES: [&str; 20] = [
    "no-destination",
    "destination-unreached",
    "stops-short",
    "dead-end",
    "orphan-driver",
    "unreachable-loop",
    "separate-islands",
    "single-point-of-failure",
    "external-pulls-nowhere",
    "stage-empty",
    "stage-no-onward-link",
    "no-loop-after-purchase",
    "anonymous-path",
    "push-without-consent",
    "paid-into-unproven",
    "driver-type-mismatch",
    "no-pick-up",
    "hard-sell-too-early",
    "ready-buyers-delayed",
    "slow-buyers-unserved",
];

struct Oracle {
    map: Map,
    present: BTreeMap<String, Touchpoint>,
    links: Vec<Link>,
    /// What each touchpoint leads to, itself among it.
    leads_to: BTreeMap<String, Set>,
    out: Vec<String>,
}

fn set<'a>(ids: impl IntoIterator<Item = &'a String>) -> Set {
    ids.into_iter().cloned().collect()
}

impl Oracle {
    fn new(map: &Map) -> Self {
        let present: BTreeMap<String, Touchpoint> = map
            .touchpoints
            .iter()
            .filter(|touchpoint| touchpoint.status != Some(Status::Stopped))
            .map(|touchpoint| (touchpoint.id.to_string(), touchpoint.clone()))
            .collect();
        let there = |link: &&Link| {
            link.from != link.to
                && present.contains_key(link.from.as_str())
                && present.contains_key(link.to.as_str())
        };
        let links = map.links.iter().filter(there).cloned().collect();
        let mut oracle = Self {
            map: map.clone(),
            present,
            links,
            leads_to: BTreeMap::new(),
            out: Vec::new(),
        };
        for id in oracle.all() {
            let led = oracle.from(&Set::from([id.clone()]));
            oracle.leads_to.insert(id, led);
        }
        oracle
    }

    fn those(&self, holds: impl Fn(&Touchpoint) -> bool) -> Set {
        self.present
            .iter()
            .filter(|(_, touchpoint)| holds(touchpoint))
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn destinations(&self) -> Set {
        self.those(Touchpoint::is_destination)
    }

    fn ultimate(&self) -> Set {
        self.those(|touchpoint| {
            touchpoint.is_destination() && touchpoint.rank != Some(Rank::Intermediate)
        })
    }

    fn entries(&self) -> Set {
        let catalog = catalog();
        self.those(|touchpoint| match touchpoint.entry {
            Some(entry) => entry,
            None => {
                let channel = touchpoint
                    .channel
                    .as_deref()
                    .and_then(|channel| catalog.channel(channel));
                !touchpoint.is_destination() && channel.is_some_and(|channel| channel.entry)
            }
        })
    }

    fn brand(&self) -> Set {
        let catalog = catalog();
        self.those(|touchpoint| {
            let channel = touchpoint
                .channel
                .as_deref()
                .and_then(|channel| catalog.channel(channel));
            touchpoint
                .ownership
                .or(channel.map(|channel| channel.ownership))
                .unwrap_or(Ownership::Brand)
                == Ownership::Brand
        })
    }

    fn tracked(&self) -> Set {
        let catalog = catalog();
        self.those(|touchpoint| {
            let channel = touchpoint
                .channel
                .as_deref()
                .and_then(|channel| catalog.channel(channel));
            touchpoint
                .tracked
                .or(channel.map(|channel| channel.tracked))
                .unwrap_or(true)
        })
    }

    fn recognising(&self) -> Set {
        let catalog = catalog();
        self.those(|touchpoint| {
            let channel = touchpoint
                .channel
                .as_deref()
                .and_then(|channel| catalog.channel(channel));
            let keys = touchpoint
                .recognises
                .clone()
                .or(channel.map(|channel| channel.recognises.clone()));
            keys.is_some_and(|keys| !keys.is_empty())
        })
    }

    fn moment(&self, id: &str) -> Option<Moment> {
        self.map
            .stages
            .get(self.present[id].stage.as_ref()?.as_str())?
            .moment
    }

    fn next(&self, id: &str) -> Set {
        self.links
            .iter()
            .filter(|link| link.from.as_str() == id)
            .map(|link| link.to.to_string())
            .collect()
    }

    /// Links from the nearest of these, inside a set.
    fn distances(&self, from: &Set, within: &Set) -> BTreeMap<String, usize> {
        let mut distances: BTreeMap<String, usize> = from
            .intersection(within)
            .map(|id| (id.clone(), 0))
            .collect();
        let mut open: VecDeque<String> = distances.keys().cloned().collect();
        while let Some(id) = open.pop_front() {
            for next in self.next(&id).intersection(within) {
                if !distances.contains_key(next) {
                    distances.insert(next.clone(), distances[&id] + 1);
                    open.push_back(next.clone());
                }
            }
        }
        distances
    }

    fn all(&self) -> Set {
        set(self.present.keys())
    }

    fn from(&self, starts: &Set) -> Set {
        set(self.distances(starts, &self.all()).keys())
    }

    fn from_one(&self, id: &str) -> &Set {
        &self.leads_to[id]
    }

    fn to(&self, ends: &Set) -> Set {
        self.those(|touchpoint| !self.from_one(touchpoint.id.as_str()).is_disjoint(ends))
    }

    fn say(
        &mut self,
        rule: &str,
        touchpoints: &Set,
        stages: &[String],
        extra: &str,
        affects: &Set,
    ) {
        let join = |ids: &Set| ids.iter().cloned().collect::<Vec<_>>().join(" ");
        let (touchpoints, affects) = (join(touchpoints), join(affects));
        self.out.push(format!(
            "{rule} | {touchpoints} | {} | {extra} | {affects}",
            stages.join(" ")
        ));
    }

    fn one(&mut self, rule: &str, id: &str) {
        self.say(rule, &Set::from([id.to_owned()]), &[], "", &Set::new());
    }

    /// The touchpoints that lead to this one and are led to by it.
    fn circle(&self, id: &str) -> Set {
        self.from_one(id)
            .iter()
            .filter(|other| self.from_one(other).contains(id))
            .cloned()
            .collect()
    }

    fn circles(&self) -> BTreeSet<Set> {
        self.present.keys().map(|id| self.circle(id)).collect()
    }

    fn judge(mut self) -> Vec<String> {
        self.islands();
        self.orphans();
        self.stages_filled();
        self.consent();
        self.pick_ups();
        self.hard_sell();
        if self.ultimate().is_empty() {
            self.say("no-destination", &Set::new(), &[], "", &Set::new());
        } else {
            self.ends();
            self.loops();
            self.failure();
            self.external();
            self.onward();
            self.after_purchase();
            self.anonymous();
            self.unproven();
            self.marks();
            self.buyers();
        }
        self.out.sort();
        self.out
    }

    fn ends(&mut self) {
        let (destinations, ultimate) = (self.destinations(), self.ultimate());
        let reached = self.from(&self.entries());
        for id in destinations.difference(&reached) {
            self.one("destination-unreached", id);
        }
        let on = self.to(&ultimate);
        for id in destinations.difference(&on) {
            let here = Set::from([id.clone()]);
            let affects = set(self.to(&here).difference(&on))
                .difference(&here)
                .cloned()
                .collect();
            self.say("stops-short", &here, &[], "", &affects);
        }
        let lost: Set = self
            .all()
            .difference(&self.to(&destinations))
            .cloned()
            .collect();
        for circle in self.circles() {
            let leaves = circle.iter().any(|id| !self.next(id).is_subset(&circle));
            let meant = circle
                .iter()
                .any(|id| self.present[id].deliberate_end == Some(true));
            if circle.is_subset(&lost) && !leaves && !meant {
                let affects: Set = self.to(&circle).intersection(&lost).cloned().collect();
                let affects = affects.difference(&circle).cloned().collect();
                self.say("dead-end", &circle, &[], "", &affects);
            }
        }
    }

    fn behind(&self, ids: &Set) -> Set {
        let reached = self.from(&self.entries());
        let behind: Set = self.from(ids).difference(&reached).cloned().collect();
        behind.difference(ids).cloned().collect()
    }

    fn orphans(&mut self) {
        let drivers: Set = self
            .all()
            .difference(&self.destinations())
            .cloned()
            .collect();
        for id in drivers.difference(&self.entries()) {
            if !self.links.iter().any(|link| link.to.as_str() == id) {
                let here = Set::from([id.clone()]);
                let affects = self.behind(&here);
                self.say("orphan-driver", &here, &[], "", &affects);
            }
        }
    }

    fn loops(&mut self) {
        let met: Set = self
            .entries()
            .union(&self.destinations())
            .cloned()
            .collect();
        for circle in self
            .circles()
            .into_iter()
            .filter(|circle| circle.len() > 1 && circle.is_disjoint(&met))
        {
            let entered = |link: &Link| {
                circle.contains(link.to.as_str()) && !circle.contains(link.from.as_str())
            };
            if !self.links.iter().any(entered) {
                let affects = self.behind(&circle);
                self.say("unreachable-loop", &circle, &[], "", &affects);
            }
        }
    }

    fn islands(&mut self) {
        let mut islands: Vec<Set> = Vec::new();
        // In the planner's order, so that of equals the first comes first.
        for id in self
            .map
            .touchpoints
            .ids()
            .map(ToString::to_string)
            .filter(|id| self.present.contains_key(id))
        {
            if islands.iter().any(|island| island.contains(&id)) {
                continue;
            }
            let mut island = Set::from([id]);
            loop {
                let touched = self.links.iter().filter(|link| {
                    island.contains(link.from.as_str()) || island.contains(link.to.as_str())
                });
                let more: Set = touched
                    .flat_map(|link| [link.from.to_string(), link.to.to_string()])
                    .collect();
                if more.is_subset(&island) {
                    break;
                }
                island.extend(more);
            }
            islands.push(island);
        }
        if islands.len() > 1 {
            let most = islands.iter().map(BTreeSet::len).max().unwrap();
            let main = islands
                .iter()
                .position(|island| island.len() == most)
                .unwrap();
            islands.remove(main);
            self.say(
                "separate-islands",
                &islands.into_iter().flatten().collect(),
                &[],
                "",
                &Set::new(),
            );
        }
    }

    fn failure(&mut self) {
        let (entries, ultimate) = (self.entries(), self.ultimate());
        let leading = entries.intersection(&self.to(&ultimate)).count();
        for id in self.all() {
            let mut without = self.all();
            without.remove(&id);
            let spared = entries.contains(&id) || ultimate.contains(&id);
            let reached = self.distances(&entries, &without);
            if leading >= 2 && !spared && !ultimate.iter().any(|end| reached.contains_key(end)) {
                self.one("single-point-of-failure", &id);
            }
        }
    }

    fn external(&mut self) {
        let (on, home) = (self.to(&self.destinations()), self.to(&self.brand()));
        let apart = self.destinations().union(&self.brand()).cloned().collect();
        for id in self.all().difference(&apart) {
            if on.contains(id) && !home.contains(id) {
                self.one("external-pulls-nowhere", id);
            }
        }
    }

    fn in_stage(&self, stage: &str) -> Set {
        self.those(|touchpoint| {
            touchpoint
                .stage
                .as_ref()
                .is_some_and(|id| id.as_str() == stage)
        })
    }

    fn stages(&self) -> Vec<String> {
        self.map.stages.ids().map(ToString::to_string).collect()
    }

    fn stages_filled(&mut self) {
        for stage in self.stages() {
            if self.in_stage(&stage).is_empty() {
                self.say("stage-empty", &Set::new(), &[stage], "", &Set::new());
            }
        }
    }

    fn onward(&mut self) {
        let stages = self.stages();
        for (at, stage) in stages.iter().enumerate() {
            let here = self.in_stage(stage);
            let moment = self.map.stages.get(stage).unwrap().moment;
            let before = moment.is_some_and(|moment| {
                [
                    Moment::Unaware,
                    Moment::Aware,
                    Moment::Considering,
                    Moment::Evaluating,
                ]
                .contains(&moment)
            });
            let later: Set = stages[at + 1..]
                .iter()
                .flat_map(|stage| self.in_stage(stage))
                .collect();
            let on: Set = here.iter().flat_map(|id| self.next(id)).collect();
            let leads = !on.is_disjoint(&later) || !on.is_disjoint(&self.destinations());
            if before
                && at + 1 < stages.len()
                && !here.is_empty()
                && here.is_disjoint(&self.ultimate())
                && !leads
            {
                self.say(
                    "stage-no-onward-link",
                    &here,
                    std::slice::from_ref(stage),
                    "",
                    &Set::new(),
                );
            }
        }
    }

    fn after_purchase(&mut self) {
        if self.map.stages.iter().all(|stage| stage.moment.is_none()) {
            return;
        }
        let after: Set = self
            .all()
            .into_iter()
            .filter(|id| self.moment(id) > Some(Moment::Buying))
            .collect();
        let up_to: Set = self
            .all()
            .into_iter()
            .filter(|id| {
                self.moment(id)
                    .is_some_and(|moment| moment <= Moment::Buying)
            })
            .collect();
        let leaves = |ids: &Set| ids.iter().flat_map(|id| self.next(id)).collect::<Set>();
        let ultimate = self.ultimate();
        if after.is_empty() && leaves(&ultimate).is_empty() {
            self.say("no-loop-after-purchase", &ultimate, &[], "", &Set::new());
        } else if !after.is_empty() && leaves(&after).is_disjoint(&up_to) {
            let stages = self
                .stages()
                .into_iter()
                .filter(|stage| !self.in_stage(stage).is_disjoint(&after));
            let stages: Vec<_> = stages.collect();
            self.say(
                "no-loop-after-purchase",
                &Set::new(),
                &stages,
                "",
                &Set::new(),
            );
        }
    }

    fn anonymous(&mut self) {
        let unknown: Set = self
            .all()
            .difference(&self.recognising())
            .cloned()
            .collect();
        let reached = self.distances(&self.entries(), &unknown);
        for id in self.ultimate() {
            if let Some(steps) = reached.get(&id) {
                self.say(
                    "anonymous-path",
                    &Set::from([id]),
                    &[],
                    &steps.to_string(),
                    &Set::new(),
                );
            }
        }
    }

    fn consent(&mut self) {
        let catalog = catalog();
        let asking = self.those(|touchpoint| touchpoint.opt_in == Some(true));
        let needs = self.those(|touchpoint| {
            let channel = touchpoint
                .channel
                .as_deref()
                .and_then(|channel| catalog.channel(channel));
            channel.is_some_and(|channel| channel.consent)
        });
        let unasked: Set = self.all().difference(&asking).cloned().collect();
        let bare = self.distances(&self.entries(), &unasked);
        let reached = self.from(&self.entries());
        for id in needs.difference(&asking) {
            if bare.contains_key(id) || !reached.contains(id) {
                self.one("push-without-consent", id);
            }
        }
    }

    fn paid(&self) -> Set {
        let catalog = catalog();
        self.those(|touchpoint| {
            let channel = touchpoint
                .channel
                .as_deref()
                .and_then(|channel| catalog.channel(channel));
            let media = touchpoint
                .media
                .clone()
                .or(channel.map(|channel| channel.media.clone()))
                .unwrap_or_default();
            !touchpoint.is_destination() && media.contains(&Media::Paid)
        })
    }

    fn unproven(&mut self) {
        let reached = self.from(&self.paid());
        for id in self.destinations().intersection(&reached) {
            if self.present[id]
                .conversion_rate
                .is_none_or(|rate| rate.get() < 0.005)
            {
                self.one("paid-into-unproven", id);
            }
        }
    }

    fn marks(&mut self) {
        let destinations = self.destinations();
        for id in self.all().difference(&destinations) {
            let next = self.next(id);
            let wrong = match self.present[id].driver {
                Some(DriverType::Direct) => next.is_disjoint(&destinations),
                Some(DriverType::Indirect) => next.is_subset(&destinations),
                None => false,
            };
            if wrong && !next.is_empty() {
                self.one("driver-type-mismatch", id);
            }
        }
    }

    fn pick_ups(&mut self) {
        let catalog = catalog();
        let tracked = self.tracked();
        let catching = self.those(|touchpoint| {
            let channel = touchpoint
                .channel
                .as_deref()
                .and_then(|channel| catalog.channel(channel));
            channel.is_some_and(|channel| channel.pick_up)
        });
        for link in self.links.clone() {
            let (from, to) = (link.from.to_string(), link.to.to_string());
            let driver = !self.destinations().contains(&from);
            if link.code.is_none()
                && driver
                && !tracked.contains(&from)
                && tracked.contains(&to)
                && !catching.contains(&to)
            {
                self.say(
                    "no-pick-up",
                    &Set::from([from, to]),
                    &[],
                    link.id.as_str(),
                    &Set::new(),
                );
            }
        }
    }

    fn hard_sell(&mut self) {
        let asking = self.those(|touchpoint| touchpoint.opt_in == Some(true));
        let agreed = self.from(&asking);
        let first = self
            .stages()
            .first()
            .map_or_else(Set::new, |stage| self.in_stage(stage));
        for id in
            self.those(|touchpoint| touchpoint.selling_intensity == Some(SellingIntensity::High))
        {
            if first.contains(&id) || (!asking.is_empty() && !agreed.contains(&id)) {
                self.one("hard-sell-too-early", &id);
            }
        }
    }

    /// Days between touchpoints by trying every way without a touchpoint twice.
    fn days(&self, starts: &Set, best: impl Fn(f64, f64) -> f64) -> Option<f64> {
        let ultimate = self.ultimate();
        let mut found: Option<f64> = None;
        let mut open: Vec<(String, Set, f64)> = starts
            .iter()
            .map(|id| (id.clone(), Set::from([id.clone()]), 0.0))
            .collect();
        while let Some((id, seen, days)) = open.pop() {
            if ultimate.contains(&id) {
                found = Some(found.map_or(days, |other| best(days, other)));
            }
            for link in self.links.iter().filter(|link| link.from.as_str() == id) {
                let to = link.to.to_string();
                if !seen.contains(&to) {
                    let mut seen = seen.clone();
                    seen.insert(to.clone());
                    open.push((to, seen, days + link.lag_days.map_or(0.0, |lag| lag.get())));
                }
            }
        }
        found
    }

    /// The same with the lags inside circles taken for nothing, and circles passed at will.
    fn longest(&self) -> Option<f64> {
        let circles: Vec<Set> = self.circles().into_iter().collect();
        let of = |id: &str| {
            circles
                .iter()
                .position(|circle| circle.contains(id))
                .unwrap()
        };
        let mut days: Vec<Option<f64>> = circles
            .iter()
            .map(|circle| (!circle.is_disjoint(&self.entries())).then_some(0.0))
            .collect();
        for _ in 0..circles.len() {
            for link in &self.links {
                let (from, to) = (of(link.from.as_str()), of(link.to.as_str()));
                let there =
                    days[from].map(|days| days + link.lag_days.map_or(0.0, |lag| lag.get()));
                if from != to && there.is_some() && days[to].is_none_or(|days| there > Some(days)) {
                    days[to] = there;
                }
            }
        }
        let ends = self.ultimate();
        ends.iter().filter_map(|id| days[of(id)]).reduce(f64::max)
    }

    fn buyers(&mut self) {
        let lags = self.links.iter().any(|link| link.lag_days.is_some());
        for audience in self.map.audiences.clone().iter() {
            let id = audience.id.to_string();
            if audience.horizon == Some(Horizon::Now) {
                let starts: Set = self
                    .entries()
                    .into_iter()
                    .filter(|entry| {
                        let served = &self.present[entry].audiences;
                        served.is_empty() || served.iter().any(|served| served.as_str() == id)
                    })
                    .collect();
                let distances = self.distances(&starts, &self.all());
                let links = self
                    .ultimate()
                    .iter()
                    .filter_map(|end| distances.get(end).copied())
                    .min();
                let days = self
                    .days(&starts, f64::min)
                    .filter(|days| lags && *days > 7.0);
                if let Some(links) = links.filter(|links| *links > 3) {
                    self.say(
                        "ready-buyers-delayed",
                        &Set::new(),
                        &[],
                        &format!("{id} {links} links"),
                        &Set::new(),
                    );
                } else if let Some(days) = days {
                    self.say(
                        "ready-buyers-delayed",
                        &Set::new(),
                        &[],
                        &format!("{id} {days} days"),
                        &Set::new(),
                    );
                }
            } else if let (Some(_), Some(cycle), true) =
                (audience.horizon, audience.cycle_days, lags)
                && let Some(days) = self.longest().filter(|days| *days < cycle.get())
            {
                self.say(
                    "slow-buyers-unserved",
                    &Set::new(),
                    &[],
                    &format!("{id} {days} days"),
                    &Set::new(),
                );
            }
        }
    }
}

/// What the crate says, in the oracle's spelling.
fn told(map: &Map) -> Vec<String> {
    let assessment = assess(map);
    let known = assessment
        .gaps()
        .iter()
        .filter(|gap| RULES.contains(&gap.rule.id));
    let mut out: Vec<_> = known
        .map(|gap| {
            let sorted =
                |ids: &[backcast_model::Id]| ids.iter().map(ToString::to_string).collect::<Set>();
            let join = |ids: Set| ids.into_iter().collect::<Vec<_>>().join(" ");
            let stages = match gap.rule.id {
                "stage-empty" | "stage-no-onward-link" => {
                    gap.key.subjects.iter().map(ToString::to_string).collect()
                }
                "no-loop-after-purchase" if gap.touchpoints.is_empty() => {
                    gap.stages.iter().map(ToString::to_string).collect()
                }
                _ => Vec::new(),
            };
            let touchpoints = join(sorted(&gap.touchpoints));
            let affects = join(sorted(&assessment.affects(gap)));
            format!(
                "{} | {touchpoints} | {} | {} | {affects}",
                gap.rule.id,
                stages.join(" "),
                extra(gap)
            )
        })
        .collect();
    out.sort();
    out
}

fn extra(gap: &Gap) -> String {
    match (&gap.evidence, gap.rule.id) {
        (_, "no-pick-up") => gap.links[0].to_string(),
        (Evidence::Path { links, .. }, "anonymous-path") => links.len().to_string(),
        (
            Evidence::Path {
                days: Some(days), ..
            },
            _,
        ) => format!("{} {days} days", gap.key.subjects[0]),
        (Evidence::Path { links, .. }, _) => {
            format!("{} {} links", gap.key.subjects[0], links.len())
        }
        _ => String::new(),
    }
}

fn agree(map: &Map) {
    let (crate_says, oracle_says) = (told(map), Oracle::new(map).judge());
    assert_eq!(
        crate_says,
        oracle_says,
        "the crate (left) and the oracle (right) on\n{}",
        show(map)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_oracle_agrees_on_small_maps(dice in random::dice(7, 12)) {
        agree(&dice.shape());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_oracle_agrees_on_larger_maps(dice in random::dice(16, 24)) {
        agree(&dice.shape());
    }
}

/// A rule that never speaks on the random maps would agree with anything.
#[test]
fn the_random_maps_have_gaps_of_every_rule() {
    let mut runner = TestRunner::deterministic();
    let mut found = Set::new();
    for _ in 0..600 {
        let dice = random::dice(16, 24)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        found.extend(
            assess(&dice.shape())
                .gaps()
                .iter()
                .map(|gap| gap.rule.id.to_owned()),
        );
    }
    let silent: Vec<_> = RULES
        .into_iter()
        .filter(|rule| !found.contains(*rule))
        .collect();
    assert!(silent.is_empty(), "no gap of {silent:?}");
}
