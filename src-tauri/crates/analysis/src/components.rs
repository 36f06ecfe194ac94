//! Strongly and weakly connected components. Strong ones after R. Tarjan, "Depth-first search and linear graph
//! algorithms" (1972), without recursion, so that a chain of fifty thousand touchpoints does not end the program.

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
            index: vec![u32::MAX; nodes],
            low: vec![0; nodes],
            found: 0,
            stack: Vec::new(),
            calls: Vec::new(),
            components: Self {
                of: vec![u32::MAX; nodes],
                sizes: Vec::new(),
                members: Vec::with_capacity(nodes),
            },
        };
        for slot in facts.present() {
            if walk.index[slot as usize] == u32::MAX {
                walk.from(slot);
            }
        }
        walk.components
    }

    /// Weakly connected components, numbered in the planner's order of their first touchpoints. R. Tarjan and J. van
    /// Leeuwen, "Worst-case analysis of set union algorithms" (1984), with halved paths; O((touchpoints + links) log
    /// touchpoints).
    pub(crate) fn weak(facts: &Facts, graph: &Graph) -> Self {
        let all = u32::try_from(facts.touchpoints.len()).unwrap_or(u32::MAX);
        let mut leaders: Vec<u32> = (0..all).collect();
        for slot in facts.present() {
            for step in graph.down.from(slot) {
                let one = leader(&mut leaders, slot);
                let other = leader(&mut leaders, step.touchpoint);
                leaders[one as usize] = other;
            }
        }
        let mut components = Self {
            of: vec![u32::MAX; leaders.len()],
            sizes: Vec::new(),
            members: Vec::new(),
        };
        let mut numbers = vec![u32::MAX; leaders.len()];
        for slot in facts.present() {
            let leader = leader(&mut leaders, slot) as usize;
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

/// Tarjan's walk with its own stack of calls: a touchpoint and the number of its next step.
struct Walk<'a> {
    graph: &'a Graph,
    index: Vec<u32>,
    low: Vec<u32>,
    found: u32,
    stack: Vec<u32>,
    calls: Vec<(u32, usize)>,
    components: Components,
}

impl Walk<'_> {
    fn from(&mut self, root: u32) {
        self.enter(root);
        while let Some((slot, step)) = self.calls.last_mut() {
            let slot = *slot;
            let next = self
                .graph
                .down
                .from(slot)
                .get(*step)
                .map(|step| step.touchpoint);
            *step += 1;
            match next {
                Some(next) => self.look_at(slot, next),
                None => self.leave(slot),
            }
        }
    }

    fn enter(&mut self, slot: u32) {
        self.index[slot as usize] = self.found;
        self.low[slot as usize] = self.found;
        self.found += 1;
        self.stack.push(slot);
        self.calls.push((slot, 0));
    }

    fn look_at(&mut self, slot: u32, next: u32) {
        if self.index[next as usize] == u32::MAX {
            self.enter(next);
        } else if self.components.of[next as usize] == u32::MAX {
            self.lower(slot, self.index[next as usize]);
        }
    }

    fn leave(&mut self, slot: u32) {
        self.calls.pop();
        if let Some((caller, _)) = self.calls.last() {
            self.lower(*caller, self.low[slot as usize]);
        }
        if self.low[slot as usize] == self.index[slot as usize] {
            let number = self.components.open();
            while let Some(member) = self.stack.pop() {
                self.components.put(member, number);
                self.components.members.push(member);
                if member == slot {
                    break;
                }
            }
        }
    }

    fn lower(&mut self, slot: u32, index: u32) {
        let low = &mut self.low[slot as usize];
        *low = (*low).min(index);
    }
}
