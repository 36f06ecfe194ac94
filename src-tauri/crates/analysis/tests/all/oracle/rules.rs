//! The rules as the oracle knows them, one function each.

use std::collections::BTreeSet;

use backcast_model::{DriverType, Horizon, Link, Media, Moment, SellingIntensity};

use super::{Oracle, Set, set};
use crate::common::catalog;

impl Oracle {
    pub(super) fn ends(&mut self) {
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

    pub(super) fn orphans(&mut self) {
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

    pub(super) fn loops(&mut self) {
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

    pub(super) fn islands(&mut self) {
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

    pub(super) fn failure(&mut self) {
        let (entries, ultimate) = (self.entries(), self.ultimate());
        let leading: Vec<_> = entries.intersection(&self.to(&ultimate)).cloned().collect();
        for id in self.all() {
            let mut without = self.all();
            without.remove(&id);
            let spared = entries.contains(&id) || ultimate.contains(&id);
            let reached = self.distances(&entries, &without);
            if leading.len() >= 2
                && !spared
                && !ultimate.iter().any(|end| reached.contains_key(end))
            {
                let cut = leading.join(" ");
                let here = Set::from([id]);
                self.say("single-point-of-failure", &here, &[], &cut, &Set::new());
            }
        }
    }

    pub(super) fn external(&mut self) {
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

    pub(super) fn stages_filled(&mut self) {
        for stage in self.stages() {
            if self.in_stage(&stage).is_empty() {
                self.say("stage-empty", &Set::new(), &[stage], "", &Set::new());
            }
        }
    }

    pub(super) fn onward(&mut self) {
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

    pub(super) fn after_purchase(&mut self) {
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

    pub(super) fn anonymous(&mut self) {
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

    pub(super) fn consent(&mut self) {
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
            let one = Set::from([id.clone()]);
            let way = match bare.get(id) {
                Some(0) => id.clone(),
                // The touchpoint with the smallest id from which one comes there unasked.
                Some(_) => {
                    let before = bare.keys().find(|other| self.next(other).contains(id));
                    format!("{} {id}", before.unwrap())
                }
                None if reached.contains(id) => continue,
                None => String::new(),
            };
            self.say("push-without-consent", &one, &[], &way, &Set::new());
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

    pub(super) fn unproven(&mut self) {
        let reached = self.distances(&self.paid(), &self.all());
        let least = self.limit("paid-into-unproven", "min_rate", 0.005);
        for id in self.destinations() {
            let rate = self.present[&id].conversion_rate;
            if let (Some(steps), true) =
                (reached.get(&id), rate.is_none_or(|rate| rate.get() < least))
            {
                let own = Set::from([id]);
                self.say(
                    "paid-into-unproven",
                    &own,
                    &[],
                    &steps.to_string(),
                    &Set::new(),
                );
            }
        }
    }

    pub(super) fn marks(&mut self) {
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

    pub(super) fn pick_ups(&mut self) {
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

    pub(super) fn traces(&mut self) {
        let tracked = self.tracked();
        for link in self.links.clone() {
            let (from, to) = (link.from.to_string(), link.to.to_string());
            if link.code.is_none() && tracked.contains(&from) && !tracked.contains(&to) {
                let ends = Set::from([from, to]);
                self.say(
                    "untraceable-hand-off",
                    &ends,
                    &[],
                    link.id.as_str(),
                    &Set::new(),
                );
            }
        }
    }

    pub(super) fn identities(&mut self) {
        for link in self.links.clone() {
            let (from, to) = (link.from.to_string(), link.to.to_string());
            let (here, there) = (self.keys(&from), self.keys(&to));
            let known = !here.is_empty() && !there.is_empty();
            if known && !here.iter().any(|key| there.contains(key)) {
                let extra = format!("{} {} {}", link.id, here.join(", "), there.join(", "));
                self.say(
                    "identity-lost",
                    &Set::from([from, to]),
                    &[],
                    &extra,
                    &Set::new(),
                );
            }
        }
    }

    pub(super) fn hard_sell(&mut self) {
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

    pub(super) fn buyers(&mut self) {
        let most_links = self.limit("ready-buyers-delayed", "max_links", 3.0);
        let most_days = self.limit("ready-buyers-delayed", "max_days", 7.0);
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
                    .filter(|days| lags && *days > most_days);
                if let Some(links) = links.filter(|links| *links as f64 > most_links) {
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
