//! Present touchpoints and the links between them as a graph in two flat arrays, one for each direction. Self-links
//! and links of absent touchpoints are left out. Walks over it are breadth-first and linear; petgraph's strongly
//! connected components recurse and its dominators hash every node, so both are done here on the arrays instead.

use rustc_hash::FxHashSet;

use crate::facts::{Facts, Is};

/// One direction of the graph: for each touchpoint its neighbours and the links that lead there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Direction {
    starts: Vec<u32>,
    steps: Vec<Step>,
}

/// A step to a neighbour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Step {
    /// Slot of the neighbour.
    pub(crate) touchpoint: u32,
    /// Slot of the link.
    pub(crate) link: u32,
}

/// How many links away each touchpoint is from where walks start.
#[derive(Debug, Clone, Default)]
pub(crate) struct Distances(Vec<u32>);

impl Distances {
    /// Whether a walk gets there.
    #[inline]
    pub(crate) fn reaches(&self, slot: u32) -> bool {
        self.0[slot as usize] != u32::MAX
    }

    /// How many links away it is; `u32::MAX` where no walk gets there.
    #[inline]
    pub(crate) fn of(&self, slot: u32) -> u32 {
        self.0[slot as usize]
    }
}

impl Direction {
    /// Sorts links by the end they leave from; O(touchpoints + links).
    fn new(nodes: usize, links: &[u32], ends: impl Fn(u32) -> (u32, u32)) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for link in links {
            starts[ends(*link).0 as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut free = starts.clone();
        let mut steps = vec![Step::default(); links.len()];
        for link in links {
            let (from, touchpoint) = ends(*link);
            steps[free[from as usize] as usize] = Step {
                touchpoint,
                link: *link,
            };
            free[from as usize] += 1;
        }
        Self { starts, steps }
    }

    /// Steps from a touchpoint.
    #[inline]
    pub(crate) fn from(&self, slot: u32) -> &[Step] {
        let slot = slot as usize;
        &self.steps[self.starts[slot] as usize..self.starts[slot + 1] as usize]
    }

    /// Everything these lead to, themselves among it, over touchpoints that may be passed.
    pub(crate) fn reach(
        &self,
        starts: impl IntoIterator<Item = u32>,
        may_pass: impl Fn(u32) -> bool,
    ) -> Vec<bool> {
        let mut reached = vec![false; self.nodes()];
        let mut open = Vec::new();
        for start in starts {
            if may_pass(start) && !std::mem::replace(&mut reached[start as usize], true) {
                open.push(start);
            }
        }
        while let Some(slot) = open.pop() {
            for step in self.from(slot) {
                let next = step.touchpoint;
                if !reached[next as usize] && may_pass(next) {
                    reached[next as usize] = true;
                    open.push(next);
                }
            }
        }
        reached
    }

    /// The touchpoints these lead to, themselves among them, over touchpoints that may be passed; O(what is reached).
    pub(crate) fn reached(
        &self,
        starts: impl IntoIterator<Item = u32>,
        may_pass: impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        let mut seen = FxHashSet::default();
        let mut reached: Vec<u32> = starts
            .into_iter()
            .filter(|slot| may_pass(*slot) && seen.insert(*slot))
            .collect();
        let mut next = 0;
        while let Some(slot) = reached.get(next).copied() {
            next += 1;
            let steps = self.from(slot).iter().map(|step| step.touchpoint);
            reached.extend(steps.filter(|slot| may_pass(*slot) && seen.insert(*slot)));
        }
        reached
    }

    /// How many links away from the nearest of these each touchpoint is, over touchpoints that may be passed.
    pub(crate) fn distances(
        &self,
        starts: impl IntoIterator<Item = u32>,
        may_pass: impl Fn(u32) -> bool,
    ) -> Distances {
        let mut distances = vec![u32::MAX; self.nodes()];
        let mut open = Vec::new();
        for start in starts {
            if may_pass(start) && std::mem::replace(&mut distances[start as usize], 0) != 0 {
                open.push(start);
            }
        }
        let mut next = 0;
        while let Some(slot) = open.get(next).copied() {
            next += 1;
            let further = distances[slot as usize] + 1;
            for step in self.from(slot) {
                let distance = &mut distances[step.touchpoint as usize];
                if *distance == u32::MAX && may_pass(step.touchpoint) {
                    *distance = further;
                    open.push(step.touchpoint);
                }
            }
        }
        Distances(distances)
    }
}

impl Direction {
    /// Goes through everything these lead to within so many links, the nearest first, until `met` has met enough.
    pub(crate) fn visit(
        &self,
        starts: impl IntoIterator<Item = u32>,
        most: f64,
        mut met: impl FnMut(u32) -> bool,
    ) {
        let mut seen = vec![false; self.nodes()];
        let mut level: Vec<u32> = starts.into_iter().collect();
        level.iter().for_each(|slot| seen[*slot as usize] = true);
        let mut links = 0.0;
        while !level.is_empty() && links <= most {
            if level.iter().any(|slot| met(*slot)) {
                return;
            }
            let mut further = Vec::new();
            for step in level.iter().flat_map(|slot| self.from(*slot)) {
                if !std::mem::replace(&mut seen[step.touchpoint as usize], true) {
                    further.push(step.touchpoint);
                }
            }
            level = further;
            links += 1.0;
        }
    }

    /// How many slots there were when the graph was made.
    fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Takes steps over these links, which are sorted, out from a touchpoint.
    fn forget(&mut self, slot: u32, links: &[u32]) {
        let slot = slot as usize;
        let (first, end) = (self.starts[slot] as usize, self.starts[slot + 1] as usize);
        for at in (first..end).rev() {
            if links.binary_search(&self.steps[at].link).is_ok() {
                self.steps.remove(at);
                self.starts[slot + 1..]
                    .iter_mut()
                    .for_each(|start| *start -= 1);
            }
        }
    }

    /// Puts a step in, among those from the same touchpoint by its link.
    fn put(&mut self, slot: u32, step: Step) {
        let slot = slot as usize;
        let first = self.starts[slot] as usize;
        let here = &self.steps[first..self.starts[slot + 1] as usize];
        let place = first + here.partition_point(|other| other.link < step.link);
        self.steps.insert(place, step);
        self.starts[slot + 1..]
            .iter_mut()
            .for_each(|start| *start += 1);
    }
}

/// The graph of a map's present touchpoints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Graph {
    /// Along links.
    pub(crate) down: Direction,
    /// Against links.
    pub(crate) up: Direction,
    /// Slots of the links in it.
    pub(crate) links: Vec<u32>,
}

impl Graph {
    /// The graph of the present touchpoints; O(touchpoints + links).
    pub(crate) fn of(facts: &Facts) -> Self {
        let all = u32::try_from(facts.links.len()).unwrap_or(u32::MAX);
        let links: Vec<u32> = (0..all).filter(|slot| Self::takes(facts, *slot)).collect();
        let nodes = facts.touchpoints.len();
        let down = Direction::new(nodes, &links, |link| {
            (facts.links.at(link).from, facts.links.at(link).to)
        });
        let up = Direction::new(nodes, &links, |link| {
            (facts.links.at(link).to, facts.links.at(link).from)
        });
        Self { down, up, links }
    }

    /// Brings it in step after these links, sorted, came, went or changed, and with them the ends they have and had. For
    /// a few: O(touchpoints + links) for each, but as a shift of memory.
    pub(crate) fn update(&mut self, facts: &Facts, links: &[u32], ends: &[u32]) {
        let nodes = facts.touchpoints.len();
        for direction in [&mut self.down, &mut self.up] {
            let last = direction.starts.last().copied().unwrap_or_default();
            direction.starts.resize(nodes + 1, last);
            ends.iter().for_each(|slot| direction.forget(*slot, links));
        }
        for slot in links.iter().copied() {
            let place = self.links.binary_search(&slot);
            let takes = Self::takes(facts, slot);
            match place {
                Ok(at) if !takes => drop(self.links.remove(at)),
                Err(at) if takes => self.links.insert(at, slot),
                _ => {}
            }
            if takes {
                let (from, to) = (facts.links.at(slot).from, facts.links.at(slot).to);
                let step = |touchpoint| Step {
                    touchpoint,
                    link: slot,
                };
                self.down.put(from, step(to));
                self.up.put(to, step(from));
            }
        }
    }

    /// Whether a link is in it, or would be were it made of these facts.
    pub(crate) fn takes(facts: &Facts, slot: u32) -> bool {
        let link = facts.links.at(slot);
        let present = |slot: u32| facts.is(slot, Is::PRESENT);
        link.row.is_some() && link.from != link.to && present(link.from) && present(link.to)
    }

    /// All steps to and from a touchpoint; none when it came later than the graph.
    pub(crate) fn around(&self, slot: u32) -> impl Iterator<Item = Step> + '_ {
        let known = (slot as usize) < self.down.nodes();
        let steps = |direction: &'_ Direction| {
            if known {
                direction.from(slot).to_vec()
            } else {
                Vec::new()
            }
        };
        steps(&self.down).into_iter().chain(steps(&self.up))
    }
}
