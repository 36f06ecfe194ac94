//! Ways through the map: shortest by links, shortest by days, longest by days, and the touchpoints that all ways
//! share. Where several ways are equal the one through the smaller ids is told, so that the order of rows in a file
//! makes no difference.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use backcast_model::Id;

use crate::components::Components;
use crate::facts::{Facts, Is};
use crate::gap::Evidence;
use crate::graph::{Direction, Distances, Graph, Step};
use crate::reach::Reach;

/// A way through the map, in slots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Way {
    /// Touchpoints from first to last.
    pub(crate) touchpoints: Vec<u32>,
    /// The links between them.
    pub(crate) links: Vec<u32>,
}

impl Way {
    /// Ids of its touchpoints and of its links.
    pub(crate) fn ids(&self, facts: &Facts) -> (Vec<Id>, Vec<Id>) {
        let touchpoints = self
            .touchpoints
            .iter()
            .map(|slot| facts.id(*slot).clone())
            .collect();
        let links = self
            .links
            .iter()
            .filter_map(|slot| facts.link_record(*slot).map(|link| link.id.clone()))
            .collect();
        (touchpoints, links)
    }

    /// The way as what shows a gap.
    pub(crate) fn evidence(&self, facts: &Facts) -> Evidence {
        let (touchpoints, links) = self.ids(facts);
        Evidence::Path {
            touchpoints,
            links,
            days: None,
            limit: None,
        }
    }

    /// The same way told from its other end.
    pub(crate) fn reversed(mut self) -> Self {
        self.touchpoints.reverse();
        self.links.reverse();
        self
    }

    /// The way found by stepping back from its last touchpoint while there is a step before.
    fn back_from(last: u32, mut before: impl FnMut(u32) -> Option<Step>) -> Self {
        let mut way = Self {
            touchpoints: vec![last],
            links: Vec::new(),
        };
        let mut slot = last;
        while let Some(step) = before(slot) {
            way.touchpoints.push(step.touchpoint);
            way.links.push(step.link);
            slot = step.touchpoint;
        }
        way.touchpoints.reverse();
        way.links.reverse();
        way
    }
}

/// The step with the smallest ids.
fn first_by_id<'a>(facts: &Facts, steps: impl Iterator<Item = &'a Step>) -> Option<Step> {
    let link = |step: &Step| facts.link_record(step.link).map(|link| &link.id);
    steps
        .min_by(|one, other| {
            let touchpoints = facts.id(one.touchpoint).cmp(facts.id(other.touchpoint));
            touchpoints.then_with(|| link(one).cmp(&link(other)))
        })
        .copied()
}

/// How people get to a touchpoint at last: unasked, where it is an entry, or from one of these, the first by id.
pub(crate) fn last_step(facts: &Facts, graph: &Graph, to: u32, from: impl Fn(u32) -> bool) -> Way {
    let steps = graph.up.from(to).iter();
    let mut open = !facts.is(to, Is::ENTRY);
    let step = first_by_id(facts, steps.filter(|step| from(step.touchpoint)));
    Way::back_from(to, |_| step.filter(|_| std::mem::take(&mut open)))
}

/// A shortest way to `last`, given everything's distance from where ways start; `back` leads there.
pub(crate) fn shortest(facts: &Facts, back: &Direction, distances: &Distances, last: u32) -> Way {
    Way::back_from(last, |slot| {
        let here = distances.of(slot);
        let nearer = |step: &&Step| here > 0 && distances.of(step.touchpoint) == here - 1;
        first_by_id(facts, back.from(slot).iter().filter(nearer))
    })
}

/// What a way costs: days first, then links.
type Cost = (f64, u32);

fn less(one: Cost, other: Cost) -> bool {
    one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).is_lt()
}

/// Cost as it sorts in a heap. Days are never negative, and such numbers sort as their bits do.
fn sortable(cost: Cost) -> (u64, u32) {
    (cost.0.to_bits(), cost.1)
}

/// How many days each touchpoint is away from where ways end, at the quickest; links without a lag take none.
#[derive(Debug)]
pub(crate) struct Quickest {
    costs: Vec<Cost>,
}

impl Quickest {
    /// Ways to ultimate destinations. E. Dijkstra, "A note on two problems in connexion with graphs" (1959), against
    /// the links; O((touchpoints + links) log links).
    pub(crate) fn to(facts: &Facts, graph: &Graph) -> Self {
        Self::within(facts, graph, f64::INFINITY, |_| false)
    }

    /// Ways to ultimate destinations that take no more days than this, the quickest first, until `met`, which is told
    /// where they begin, has met enough.
    pub(crate) fn within(
        facts: &Facts,
        graph: &Graph,
        most: f64,
        mut met: impl FnMut(u32) -> bool,
    ) -> Self {
        let mut costs: Vec<Cost> = vec![(f64::INFINITY, u32::MAX); facts.touchpoints.len()];
        let mut open = BinaryHeap::new();
        for end in facts.those(Is::ULTIMATE) {
            costs[end as usize] = (0.0, 0);
            open.push(Reverse((sortable((0.0, 0)), end)));
        }
        while let Some(Reverse((cost, slot))) = open.pop() {
            let here = costs[slot as usize];
            if cost != sortable(here) {
                continue;
            }
            if met(slot) {
                break;
            }
            for step in graph.up.from(slot) {
                let there = after(facts, here, step);
                if there.0 <= most && less(there, costs[step.touchpoint as usize]) {
                    costs[step.touchpoint as usize] = there;
                    open.push(Reverse((sortable(there), step.touchpoint)));
                }
            }
        }
        Self { costs }
    }

    /// The quickest way from one of these, and how many days it takes.
    pub(crate) fn from(
        &self,
        facts: &Facts,
        graph: &Graph,
        starts: impl Iterator<Item = u32>,
    ) -> Option<(Way, f64)> {
        let cost = |slot: u32| self.costs[slot as usize];
        let leading = starts.filter(|slot| cost(*slot).1 != u32::MAX);
        let first = leading.min_by(|one, other| {
            sortable(cost(*one))
                .cmp(&sortable(cost(*other)))
                .then_with(|| facts.id(*one).cmp(facts.id(*other)))
        })?;
        let way = Way::back_from(first, |slot| {
            let on = |step: &&Step| {
                let there = cost(step.touchpoint);
                there.1 != u32::MAX && sortable(after(facts, there, step)) == sortable(cost(slot))
            };
            first_by_id(facts, graph.down.from(slot).iter().filter(on))
        });
        Some((way.reversed(), cost(first).0))
    }
}

fn after(facts: &Facts, cost: Cost, step: &Step) -> Cost {
    (cost.0 + facts.lag(step.link), cost.1 + 1)
}

/// A way from an entry to an ultimate destination whose lags sum up to the most days, and how many. A circle counts as
/// one place: lags inside it are not counted, so that nobody walks round for ever, and of the way through it only
/// where it is entered and left is told. O(touchpoints + links).
pub(crate) fn longest(facts: &Facts, reach: &Reach) -> Option<(Way, f64)> {
    let circles = reach.circles(facts);
    let mut best = vec![
        Longest {
            days: f64::NEG_INFINITY,
            by: None
        };
        circles.len()
    ];
    for slot in facts.those(Is::ENTRY) {
        best[circles.number(slot)].days = 0.0;
    }
    // Components are numbered against the links, so from high to low every figure is known before it is passed on.
    for slot in circles.members.iter().rev().copied() {
        let from = circles.number(slot);
        if best[from].days < 0.0 {
            continue;
        }
        for step in reach.graph.down.from(slot) {
            let to = circles.number(step.touchpoint);
            let days = best[from].days + facts.lag(step.link);
            if from != to && best[to].yields_to(facts, days, step.link) {
                best[to] = Longest {
                    days,
                    by: Some(step.link),
                };
            }
        }
    }
    let days = |slot: u32| best[circles.number(slot)].days;
    let reached = facts.those(Is::ULTIMATE).filter(|slot| days(*slot) >= 0.0);
    let last = reached.max_by(|one, other| {
        days(*one)
            .total_cmp(&days(*other))
            .then_with(|| facts.id(*other).cmp(facts.id(*one)))
    })?;
    Some((longest_way(facts, circles, &best, last), days(last)))
}

/// The most days to a circle, and the link that made them.
#[derive(Debug, Clone, Copy)]
struct Longest {
    days: f64,
    by: Option<u32>,
}

impl Longest {
    /// Whether this link makes more days, or as many and comes first by id.
    fn yields_to(self, facts: &Facts, days: f64, link: u32) -> bool {
        let id = |link: u32| facts.link_record(link).map(|link| &link.id);
        days > self.days || (days >= self.days && self.by.is_some_and(|by| id(link) < id(by)))
    }
}

fn longest_way(facts: &Facts, circles: &Components, best: &[Longest], last: u32) -> Way {
    let mut way = Way {
        touchpoints: vec![last],
        links: Vec::new(),
    };
    let mut circle = circles.number(last);
    while let Some(slot) = best[circle].by {
        let link = facts.links.at(slot);
        way.touchpoints.extend([link.to, link.from]);
        way.links.push(slot);
        circle = circles.number(link.from);
    }
    let entries = facts
        .those(Is::ENTRY)
        .filter(|slot| circles.number(*slot) == circle);
    way.touchpoints
        .extend(entries.min_by_key(|slot| facts.id(*slot)));
    way.touchpoints.dedup();
    way.touchpoints.reverse();
    way.links.reverse();
    way
}

/// The touchpoints that every way from an entry to an ultimate destination passes, in the order they are passed: the
/// dominators of the end. Found along one shortest way, whichever: whatever leaves it and comes back further on passes
/// by everything between. O(touchpoints + links).
pub(crate) fn passed_by_all(facts: &Facts, graph: &Graph) -> Vec<u32> {
    let Some(way) = any_shortest(facts, graph) else {
        return Vec::new();
    };
    let mut sweep = Sweep::new(facts, graph, &way);
    facts.those(Is::ENTRY).for_each(|slot| sweep.meet(slot));
    let mut shared = Vec::new();
    for (place, slot) in way.iter().enumerate() {
        sweep.explore();
        if sweep.is_round() {
            break;
        }
        if sweep.furthest == place {
            shared.push(*slot);
        }
        sweep.leave(*slot);
    }
    shared
}

/// The touchpoints of one of the shortest ways from an entry to an ultimate destination.
fn any_shortest(facts: &Facts, graph: &Graph) -> Option<Vec<u32>> {
    let is_end = |slot: u32| facts.is(slot, Is::ULTIMATE);
    let mut open: Vec<u32> = facts.those(Is::ENTRY).collect();
    if let Some(end) = open.iter().copied().find(|slot| is_end(*slot)) {
        return Some(vec![end]);
    }
    let mut before = vec![u32::MAX; facts.touchpoints.len()];
    open.iter().for_each(|slot| before[*slot as usize] = *slot);
    let mut next = 0;
    while let Some(slot) = open.get(next).copied() {
        next += 1;
        for step in graph.down.from(slot) {
            let there = step.touchpoint;
            if before[there as usize] == u32::MAX {
                before[there as usize] = slot;
                if is_end(there) {
                    return Some(back(&before, there));
                }
                open.push(there);
            }
        }
    }
    None
}

/// The way to `last`, given what comes before each touchpoint; the first one comes before itself.
fn back(before: &[u32], last: u32) -> Vec<u32> {
    let mut way = vec![last];
    let mut slot = last;
    while before[slot as usize] != slot {
        slot = before[slot as usize];
        way.push(slot);
    }
    way.reverse();
    way
}

/// How far along a way one gets beside it.
struct Sweep<'a> {
    facts: &'a Facts,
    graph: &'a Graph,
    /// The place of each touchpoint on the way.
    place: Vec<usize>,
    seen: Vec<bool>,
    open: Vec<u32>,
    furthest: usize,
    /// One place behind the last.
    end: usize,
}

impl<'a> Sweep<'a> {
    fn new(facts: &'a Facts, graph: &'a Graph, way: &[u32]) -> Self {
        let mut place = vec![usize::MAX; facts.touchpoints.len()];
        way.iter()
            .enumerate()
            .for_each(|(at, slot)| place[*slot as usize] = at);
        let seen = vec![false; facts.touchpoints.len()];
        Self {
            facts,
            graph,
            place,
            seen,
            open: Vec::new(),
            furthest: 0,
            end: way.len(),
        }
    }

    /// Whether one gets to an end without touching the rest of the way, so that nothing on it is passed by all.
    fn is_round(&self) -> bool {
        self.furthest == self.end
    }

    /// Comes to a touchpoint: on the way it is remembered, beside it explored.
    fn meet(&mut self, slot: u32) {
        let place = self.place[slot as usize];
        if place != usize::MAX {
            self.furthest = self.furthest.max(place);
        } else if !std::mem::replace(&mut self.seen[slot as usize], true) {
            if self.facts.is(slot, Is::ULTIMATE) {
                self.furthest = self.end;
            }
            self.open.push(slot);
        }
    }

    fn explore(&mut self) {
        while !self.is_round() {
            let Some(slot) = self.open.pop() else { break };
            self.leave(slot);
        }
    }

    fn leave(&mut self, slot: u32) {
        let graph = self.graph;
        for step in graph.down.from(slot) {
            self.meet(step.touchpoint);
        }
    }
}
