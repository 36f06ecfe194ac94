//! Strongly and weakly connected components. Strong ones after D. Pearce, "A space-efficient algorithm for finding
//! strongly connected components" (2016), without recursion, so that a chain of fifty thousand touchpoints does not
//! end the program.

use crate::facts::Facts;
use crate::graph::Graph;

/// Touchpoints sorted into components, numbered from 0. Absent touchpoints are in none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Components {
    /// The component of each slot; `u32::MAX` for absent touchpoints.
    pub(crate) of: Vec<u32>,
    /// How many touchpoints each component has.
    pub(crate) sizes: Vec<u32>,
    /// Slots of all members, component by component, from the lowest number on; of strong components only.
    pub(crate) members: Vec<u32>,
}

impl Components {
    /// Strongly connected components. Numbered so that links lead from higher to lower numbers, or stay inside;
    /// O(touchpoints + links).
    pub(crate) fn strong(facts: &Facts, graph: &Graph) -> Self {
        let nodes = facts.touchpoints.len();
        let mut walk = Walk {
            graph,
            index: vec![0; nodes],
            met: 0,
            waiting: Vec::new(),
            calls: Vec::new(),
            components: Self {
                of: vec![u32::MAX; nodes],
                sizes: Vec::new(),
                members: Vec::with_capacity(nodes),
            },
        };
        for slot in facts.present() {
            if walk.index[slot as usize] == 0 {
                walk.from(slot);
            }
        }
        walk.components
    }

    /// Weakly connected components, numbered in the planner's order of their first touchpoints. What leads to each other
    /// hangs together already, so only links between circles are followed. R. Tarjan and J. van Leeuwen, "Worst-case
    /// analysis of set union algorithms" (1984), with halved paths; O((touchpoints + links) log touchpoints).
    pub(crate) fn weak(facts: &Facts, graph: &Graph, circles: &Self) -> Self {
        let all = u32::try_from(circles.len()).unwrap_or(u32::MAX);
        let mut leaders: Vec<u32> = (0..all).collect();
        for slot in facts.present() {
            let here = circles.of[slot as usize];
            for step in graph.down.from(slot) {
                let there = circles.of[step.touchpoint as usize];
                if here != there {
                    let (one, other) = (leader(&mut leaders, here), leader(&mut leaders, there));
                    leaders[one.max(other) as usize] = one.min(other);
                }
            }
        }
        let mut components = Self {
            of: vec![u32::MAX; facts.touchpoints.len()],
            sizes: Vec::new(),
            members: Vec::new(),
        };
        let mut numbers = vec![u32::MAX; leaders.len()];
        for slot in facts.present() {
            let leader = leader(&mut leaders, circles.of[slot as usize]) as usize;
            if numbers[leader] == u32::MAX {
                numbers[leader] = components.open();
            }
            components.put(slot, numbers[leader]);
        }
        components
    }

    /// How many components there are.
    pub(crate) fn len(&self) -> usize {
        self.sizes.len()
    }

    /// The component of a present touchpoint.
    pub(crate) fn number(&self, slot: u32) -> usize {
        self.of[slot as usize] as usize
    }

    fn open(&mut self) -> u32 {
        self.sizes.push(0);
        u32::try_from(self.sizes.len() - 1).unwrap_or(u32::MAX - 1)
    }

    fn put(&mut self, slot: u32, number: u32) {
        self.of[slot as usize] = number;
        self.sizes[number as usize] += 1;
    }
}

/// Who leads the group of a slot, in a forest of groups; what is passed is led more directly from then on.
fn leader(leaders: &mut [u32], mut slot: u32) -> u32 {
    while leaders[slot as usize] != slot {
        let next = leaders[slot as usize];
        leaders[slot as usize] = leaders[next as usize];
        slot = next;
    }
    slot
}

/// Pearce's walk with its own stack of calls. One number for each touchpoint says all: 0 before it is met, then the
/// first of those met that it leads to, and from `u32::MAX` down once its component is known.
struct Walk<'a> {
    graph: &'a Graph,
    index: Vec<u32>,
    met: u32,
    /// Touchpoints that lead to one met before them, until that one's component is known.
    waiting: Vec<u32>,
    calls: Vec<Call>,
    components: Components,
}

/// A touchpoint that is being left step by step.
struct Call {
    slot: u32,
    next: usize,
    /// Whether it leads to nothing met before it, so far.
    first: bool,
}

impl Walk<'_> {
    fn from(&mut self, root: u32) {
        self.enter(root);
        while let Some(call) = self.calls.last_mut() {
            let slot = call.slot;
            let mut lowest = self.index[slot as usize];
            let mut new = None;
            for step in &self.graph.down.from(slot)[call.next..] {
                call.next += 1;
                let there = self.index[step.touchpoint as usize];
                if there == 0 {
                    new = Some(step.touchpoint);
                    break;
                }
                if there < lowest {
                    (lowest, call.first) = (there, false);
                }
            }
            self.index[slot as usize] = lowest;
            match new {
                Some(next) => self.enter(next),
                None => self.leave(),
            }
        }
    }

    fn enter(&mut self, slot: u32) {
        self.met += 1;
        self.index[slot as usize] = self.met;
        self.calls.push(Call {
            slot,
            next: 0,
            first: true,
        });
    }

    fn leave(&mut self) {
        let Some(Call { slot, first, .. }) = self.calls.pop() else {
            return;
        };
        let index = self.index[slot as usize];
        if first {
            self.close(slot, index);
            return;
        }
        self.waiting.push(slot);
        if let Some(caller) = self.calls.last_mut() {
            let lowest = &mut self.index[caller.slot as usize];
            if index < *lowest {
                (*lowest, caller.first) = (index, false);
            }
        }
    }

    /// Puts a touchpoint and all that wait for it into a component of their own.
    fn close(&mut self, first: u32, index: u32) {
        let number = self.components.open();
        let known = u32::MAX - number;
        while let Some(slot) = self
            .waiting
            .pop_if(|slot| self.index[*slot as usize] >= index)
        {
            self.index[slot as usize] = known;
            self.components.put(slot, number);
            self.components.members.push(slot);
        }
        self.index[first as usize] = known;
        self.components.put(first, number);
        self.components.members.push(first);
    }
}
