//! Steps inside a group of columns: a driver stands left of what it drives, where circles and the shape of the picture
//! allow. Without stages the whole map is one group, and steps are distances from the destinations. Refuses to order
//! cards within a step.

use crate::geometry::Geometry;
use crate::shape::{members, step_counts};
use crate::wiring::{Adjacency, Calling, Wiring};

/// What a step filled to the average costs, against one link made longer by one step.
const CROWD: f64 = 2.0;
/// What it costs a driver to stand among the destinations, likewise.
const CALM: f64 = 3.0;

/// Each touchpoint's step within its group, and each group's number of steps (at least one).
#[derive(Debug)]
pub(crate) struct Steps {
    pub(crate) step: Vec<u32>,
    pub(crate) count: Vec<u32>,
}

/// Links within groups, without those that close a circle.
#[derive(Debug)]
struct Inner {
    /// Touchpoints so that every link in `downstream` leads from an earlier to a later one.
    sequence: Vec<u32>,
    upstream: Adjacency,
    downstream: Adjacency,
}

/// Steps by longest paths (as P. Eades and K. Sugiyama, *How to draw a directed graph*, J. Inf. Processing 13(4),
/// 1990), circles broken where a search upstream from the destinations comes back to itself, so that of a circle
/// through a destination it is the link leaving the destination that runs backward. O(touchpoints + links).
pub(crate) fn steps(wiring: &Wiring, geometry: &Geometry) -> Steps {
    let inner = Inner::of(wiring);
    let ahead = longest(wiring, inner.sequence.iter(), &inner.upstream);
    let behind = longest(wiring, inner.sequence.iter().rev(), &inner.downstream);
    let mut length = vec![1_u32; wiring.groups.len()];
    for (touchpoint, &group) in wiring.group.iter().enumerate() {
        let length = &mut length[group as usize];
        *length = (*length).max(behind[touchpoint] + 1);
    }
    let count = step_counts(wiring, &length, geometry);
    let fold = |step: u32, group: u32| step * count[group as usize] / length[group as usize];
    let mut chooser = Chooser::new(wiring, &inner, &count);
    for &touchpoint in inner.sequence.iter().rev() {
        chooser.choose(
            touchpoint,
            fold(
                ahead[touchpoint as usize],
                wiring.group[touchpoint as usize],
            ),
        );
    }
    Steps {
        step: chooser.step,
        count,
    }
}

impl Inner {
    fn of(wiring: &Wiring) -> Self {
        let within = || {
            wiring
                .links
                .iter()
                .flatten()
                .copied()
                .filter(|(from, to)| wiring.group[*from as usize] == wiring.group[*to as usize])
        };
        let upstream = Adjacency::of(wiring.len(), within().map(|(from, to)| (to, from)));
        let downstream = Adjacency::of(wiring.len(), within());
        let sequence = sequence(wiring, &upstream, &downstream);
        let mut rank = vec![0_u32; wiring.len()];
        for (at, &touchpoint) in (0_u32..).zip(&sequence) {
            rank[touchpoint as usize] = at;
        }
        let onward = || within().filter(|(from, to)| rank[*from as usize] < rank[*to as usize]);
        Self {
            upstream: Adjacency::of(wiring.len(), onward().map(|(from, to)| (to, from))),
            downstream: Adjacency::of(wiring.len(), onward()),
            sequence,
        }
    }
}

/// Touchpoints in the order in which a depth-first search upstream leaves them: destinations are searched from first,
/// then ends, then what is left (circles).
fn sequence(wiring: &Wiring, upstream: &Adjacency, downstream: &Adjacency) -> Vec<u32> {
    let mut starts: Vec<u32> = (0_u32..).take(wiring.len()).collect();
    starts.sort_by_key(|&start| {
        (
            wiring.calling[start as usize],
            !downstream.of_node(start).is_empty(),
        )
    });
    let mut entered = vec![false; wiring.len()];
    let mut sequence = Vec::with_capacity(wiring.len());
    let mut open: Vec<(u32, usize)> = Vec::new();
    for start in starts {
        if !std::mem::replace(&mut entered[start as usize], true) {
            open.push((start, 0));
        }
        while let Some((touchpoint, next)) = open.last_mut() {
            if let Some(&driver) = upstream.of_node(*touchpoint).get(*next) {
                *next += 1;
                if !std::mem::replace(&mut entered[driver as usize], true) {
                    open.push((driver, 0));
                }
            } else {
                sequence.push(*touchpoint);
                open.pop();
            }
        }
    }
    sequence
}

/// The most links on any way to each touchpoint, along `sequence`.
fn longest<'a>(
    wiring: &Wiring,
    sequence: impl Iterator<Item = &'a u32>,
    before: &Adjacency,
) -> Vec<u32> {
    let mut longest = vec![0_u32; wiring.len()];
    for &touchpoint in sequence {
        let most = before
            .of_node(touchpoint)
            .iter()
            .map(|&other| longest[other as usize] + 1)
            .max();
        longest[touchpoint as usize] = most.unwrap_or(0);
    }
    longest
}

/// Chooses steps for touchpoints, those further down the stream first.
struct Chooser<'a> {
    wiring: &'a Wiring,
    inner: &'a Inner,
    count: &'a [u32],
    /// Links to later groups less links from earlier ones.
    pull: Vec<i32>,
    members: Vec<u32>,
    crowd: Vec<Vec<u32>>,
    crowned: Vec<bool>,
    step: Vec<u32>,
}

impl<'a> Chooser<'a> {
    fn new(wiring: &'a Wiring, inner: &'a Inner, count: &'a [u32]) -> Self {
        let mut pull = vec![0_i32; wiring.len()];
        for &(from, to) in wiring.links.iter().flatten() {
            let (left, right) = (wiring.group[from as usize], wiring.group[to as usize]);
            let sign = (right > left) as i32 - (right < left) as i32;
            pull[from as usize] += sign;
            pull[to as usize] -= sign;
        }
        let mut crowned = vec![false; count.len()];
        for (&group, calling) in wiring.group.iter().zip(&wiring.calling) {
            crowned[group as usize] |= *calling != Calling::Driver;
        }
        let crowd = count.iter().map(|&count| vec![0; count as usize]).collect();
        Self {
            wiring,
            inner,
            count,
            pull,
            members: members(wiring),
            crowd,
            crowned,
            step: vec![0; wiring.len()],
        }
    }

    /// Chooses among the steps from `least` to the last one left of all it drives.
    fn choose(&mut self, touchpoint: u32, least: u32) {
        let group = self.wiring.group[touchpoint as usize] as usize;
        let driven = self.inner.downstream.of_node(touchpoint);
        let most = driven
            .iter()
            .map(|&other| self.step[other as usize].saturating_sub(1))
            .min();
        let most = most.unwrap_or(self.count[group] - 1);
        let least = least.min(most);
        let pull = f64::from(self.pull[touchpoint as usize]) + driven.len() as f64
            - self.inner.upstream.of_node(touchpoint).len() as f64;
        let driver = self.wiring.calling[touchpoint as usize] == Calling::Driver;
        let cost = |step: u32| {
            let last = step + 1 == self.count[group];
            let among_destinations = driver && last && self.crowned[group] && self.count[group] > 1;
            let away = f64::from(most - step);
            let length = if !self.wiring.staged || !driver {
                CROWD * 10.0
            } else {
                pull
            } * away;
            let fullness = f64::from(self.crowd[group][step as usize] * self.count[group])
                / f64::from(self.members[group]);
            let calm = if self.wiring.staged {
                CALM
            } else {
                CALM * 100.0
            };
            length + CROWD * fullness + f64::from(u8::from(among_destinations)) * calm
        };
        let best = (least..=most)
            .rev()
            .min_by(|&one, &other| cost(one).total_cmp(&cost(other)))
            .unwrap_or(most);
        self.crowd[group][best as usize] += 1;
        self.step[touchpoint as usize] = best;
    }
}
