//! The graph rules once more, slow and plain: sets of ids and breadth-first search on the rows themselves, sharing no
//! code with the crate. Ten thousand random maps have to agree.

mod rules;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use backcast_analysis::{Evidence, Gap};
use backcast_model::{Link, Map, Moment, Ownership, Rank, Status, Touchpoint};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::common::{assess, catalog, random, show};

type Set = BTreeSet<String>;

/// The rules the oracle knows.
const RULES: [&str; 22] = [
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
    "identity-lost",
    "untraceable-hand-off",
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

    fn keys(&self, id: &str) -> Vec<String> {
        let catalog = catalog();
        let touchpoint = &self.present[id];
        let channel = touchpoint
            .channel
            .as_deref()
            .and_then(|channel| catalog.channel(channel));
        let keys = touchpoint
            .recognises
            .clone()
            .or(channel.map(|channel| channel.recognises.clone()));
        keys.unwrap_or_default()
    }

    fn recognising(&self) -> Set {
        self.those(|touchpoint| !self.keys(touchpoint.id.as_str()).is_empty())
    }

    /// A threshold as the project sets it.
    fn limit(&self, rule: &str, name: &str, shipped: f64) -> f64 {
        let setting = self.map.properties.rules.get(rule);
        let set = setting.and_then(|setting| setting.thresholds.get(name));
        set.and_then(serde_json::Value::as_f64).unwrap_or(shipped)
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

    fn led_to_by(&self, id: &str) -> &Set {
        &self.leads_to[id]
    }

    fn to(&self, ends: &Set) -> Set {
        self.those(|touchpoint| !self.led_to_by(touchpoint.id.as_str()).is_disjoint(ends))
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
        let of = |id: &String| self.present[id].stage.as_ref().map(ToString::to_string);
        let mut counted: Vec<String> = self.map.stages.ids().map(ToString::to_string).collect();
        counted.retain(|stage| {
            stages.contains(stage) || touchpoints.iter().any(|id| of(id).as_ref() == Some(stage))
        });
        if touchpoints.iter().any(|id| of(id).is_none()) {
            counted.push("none".to_owned());
        }
        let (touchpoints, affects) = (join(touchpoints), join(affects));
        self.out.push(format!(
            "{rule} | {touchpoints} | {} | {extra} | {affects}",
            counted.join(" ")
        ));
    }

    fn one(&mut self, rule: &str, id: &str) {
        self.say(rule, &Set::from([id.to_owned()]), &[], "", &Set::new());
    }

    /// The touchpoints that lead to this one and are led to by it.
    fn circle(&self, id: &str) -> Set {
        self.led_to_by(id)
            .iter()
            .filter(|other| self.led_to_by(other).contains(id))
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
        self.traces();
        self.identities();
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
            let mut stages: Vec<_> = gap.stages.iter().map(ToString::to_string).collect();
            if gap.no_stage {
                stages.push("none".to_owned());
            }
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
        (Evidence::Cut { entries }, _) => {
            let entries: Set = entries.iter().map(ToString::to_string).collect();
            entries.into_iter().collect::<Vec<_>>().join(" ")
        }
        (Evidence::Texts { said, found }, _) => format!("{} {said} {found}", gap.links[0]),
        (_, "no-pick-up" | "untraceable-hand-off") => gap.links[0].to_string(),
        (Evidence::Path { links, .. }, "anonymous-path") | (Evidence::Figure { links, .. }, _) => {
            links.len().to_string()
        }
        (Evidence::Path { touchpoints, .. }, "push-without-consent") => {
            let ids: Vec<_> = touchpoints.iter().map(ToString::to_string).collect();
            ids.join(" ")
        }
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
