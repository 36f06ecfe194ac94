//! Steps for a map that changed: old touchpoints keep theirs, new ones take one that fits. Refuses to improve.

use crate::geometry::Geometry;
use crate::kinship::Kinship;
use crate::layout::Picture;
use crate::shape::step_counts;
use crate::steps::Steps;
use crate::wiring::{Calling, Wiring, number};

/// Up to so many touchpoints, steps open and close as links ask for it. In larger maps that would move too much: all
/// that stands to the right.
const STEPS_OPEN_UP_TO: usize = 80;

/// Steps, and where they were before.
#[derive(Debug)]
pub(crate) struct KeptSteps {
    pub(crate) steps: Steps,
    /// For each group, for each of its steps: its number before.
    pub(crate) before: Vec<Vec<Option<u32>>>,
}

/// Keeps what can be kept; O(touchpoints + links).
pub(crate) fn kept_steps(
    old: &Picture,
    kinship: &Kinship,
    wiring: &Wiring,
    geometry: &Geometry,
) -> KeptSteps {
    let before: Vec<Vec<Option<u32>>> = kinship
        .group
        .iter()
        .map(|group| {
            group.map_or(vec![None], |group| {
                (0..old.steps.count[group as usize]).map(Some).collect()
            })
        })
        .collect();
    let mut keeper = Keeper {
        wiring,
        step: kept(old, kinship, wiring),
        before,
        most: step_counts(wiring, &vec![u32::MAX; wiring.groups.len()], geometry),
    };
    for touchpoint in keeper.restless(old, kinship) {
        keeper.fit(touchpoint);
    }
    if wiring.len() <= STEPS_OPEN_UP_TO {
        keeper.close_empty();
    }
    KeptSteps {
        steps: Steps {
            step: keeper
                .step
                .into_iter()
                .map(Option::unwrap_or_default)
                .collect(),
            count: keeper
                .before
                .iter()
                .map(|steps| number(steps.len()))
                .collect(),
        },
        before: keeper.before,
    }
}

/// The steps of touchpoints that are still in the same group.
fn kept(old: &Picture, kinship: &Kinship, wiring: &Wiring) -> Vec<Option<u32>> {
    let keep = |(before, group): (&Option<u32>, &u32)| {
        let before = (*before)? as usize;
        (kinship.group[*group as usize]? == old.wiring.group[before])
            .then(|| old.steps.step[before])
    };
    kinship
        .touchpoint
        .iter()
        .zip(&wiring.group)
        .map(keep)
        .collect()
}

struct Keeper<'a> {
    wiring: &'a Wiring,
    /// `None` for touchpoints that have none yet.
    step: Vec<Option<u32>>,
    before: Vec<Vec<Option<u32>>>,
    /// How many steps each group may have.
    most: Vec<u32>,
}

impl Keeper<'_> {
    /// Links within a group.
    fn inner(&self) -> impl Iterator<Item = (usize, (u32, u32))> + use<'_> {
        let group = &self.wiring.group;
        let links = self
            .wiring
            .links
            .iter()
            .enumerate()
            .filter_map(|(at, ends)| Some((at, (*ends)?)));
        links.filter(|(_, (from, to))| group[*from as usize] == group[*to as usize])
    }

    /// Touchpoints to find a step for: new ones, and those from which a new link runs backward or up and down.
    fn restless(&self, old: &Picture, kinship: &Kinship) -> Vec<u32> {
        let mut restless: Vec<u32> = (0_u32..)
            .zip(&self.step)
            .filter(|(_, step)| step.is_none())
            .map(|(at, _)| at)
            .collect();
        for (link, (from, to)) in self.inner() {
            if let (Some(one), Some(other)) = (self.step[from as usize], self.step[to as usize])
                && one >= other
                && !kinship.joined_the_same(link, &old.wiring, self.wiring)
            {
                restless.push(from);
            }
        }
        restless.dedup();
        restless
    }

    /// Finds a step for a touchpoint between those that lead to it and those it leads to.
    fn fit(&mut self, touchpoint: u32) {
        let group = self.wiring.group[touchpoint as usize] as usize;
        let count = number(self.before[group].len());
        let settled = |other: u32| self.step[other as usize];
        let least = self
            .inner()
            .filter(|(_, ends)| ends.1 == touchpoint)
            .filter_map(|(_, ends)| settled(ends.0))
            .max();
        let most = self
            .inner()
            .filter(|(_, ends)| ends.0 == touchpoint)
            .filter_map(|(_, ends)| settled(ends.1))
            .min();
        let step = match (least, most) {
            (None, None) => {
                self.step[touchpoint as usize].unwrap_or_else(|| self.usual_step(touchpoint))
            }
            (_, Some(0)) if self.opens(group, 0) => self.open(group, 0),
            (Some(least), None) if least + 1 == count && self.opens(group, count) => {
                self.open(group, count)
            }
            (Some(least), None) => (least + 1).min(count - 1),
            (_, Some(most)) => most.saturating_sub(1),
        };
        self.step[touchpoint as usize] = Some(step);
    }

    /// The step of a touchpoint without links in its group: destinations on the right, drivers where the fewest are,
    /// apart from destinations if there is a choice.
    fn usual_step(&self, touchpoint: u32) -> u32 {
        let group = self.wiring.group[touchpoint as usize];
        let last = number(self.before[group as usize].len()) - 1;
        if last == 0 || self.wiring.calling[touchpoint as usize] != Calling::Driver {
            return last;
        }
        if !self.wiring.staged {
            return last - 1;
        }
        let mut crowd = vec![0; last as usize];
        for (step, _) in self
            .step
            .iter()
            .zip(&self.wiring.group)
            .filter(|(_, other)| **other == group)
        {
            if let Some(crowd) = step.and_then(|step| crowd.get_mut(step as usize)) {
                *crowd += 1;
            }
        }
        (0..last)
            .rev()
            .min_by_key(|&step| crowd[step as usize])
            .unwrap_or(last)
    }

    /// Whether a step may open in a group before step `at`: in a small map, or where nothing beside it has to move.
    fn opens(&self, group: usize, at: u32) -> bool {
        let count = number(self.before[group].len());
        let outermost = (group == 0 && at == 0) || (group + 1 == self.before.len() && at == count);
        count < self.most[group] && (outermost || self.wiring.len() <= STEPS_OPEN_UP_TO)
    }

    fn open(&mut self, group: usize, at: u32) -> u32 {
        self.before[group].insert(at as usize, None);
        self.shift(group, at, |step| step + 1);
        at
    }

    fn close_empty(&mut self) {
        for group in 0..self.before.len() {
            for at in (0..number(self.before[group].len())).rev() {
                let is_there = |(step, other): (&Option<u32>, &u32)| {
                    *other as usize == group && *step == Some(at)
                };
                if self.before[group].len() > 1
                    && !self.step.iter().zip(&self.wiring.group).any(is_there)
                {
                    self.before[group].remove(at as usize);
                    self.shift(group, at, |step| step - 1);
                }
            }
        }
    }

    fn shift(&mut self, group: usize, from: u32, shift: fn(u32) -> u32) {
        for (step, other) in self.step.iter_mut().zip(&self.wiring.group) {
            if *other as usize == group {
                *step = step.map(|step| if step >= from { shift(step) } else { step });
            }
        }
    }
}
