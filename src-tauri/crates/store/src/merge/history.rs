//! Changes in one order in which every change comes behind what it had seen, and the question
//! whether one had seen another.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::log::{Actor, Change, ChangeKind, Vector};

/// A change's place in the order, and the number of a step inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) change: usize,
    pub(crate) step: usize,
}

/// What is known of one change.
#[derive(Debug)]
struct Node<'a> {
    change: &'a Change,
    actor: usize,
    /// Of each actor the number up to which this change had seen; its own actor's does not count.
    seen: Arc<[u64]>,
}

/// Changes in order of (lamport, actor, number).
#[derive(Debug)]
pub(crate) struct History<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> History<'a> {
    /// The changes that are in `within`, or all of them. O(n log n).
    pub(crate) fn of(changes: &'a [Change], within: Option<&Vector>) -> Self {
        let mut chosen: Vec<_> = changes
            .iter()
            .filter(|change| within.is_none_or(|within| within.contains(&change.stamp)))
            .collect();
        chosen.sort_by(|one, other| one.stamp.cmp(&other.stamp));
        let mut actors: BTreeMap<&Actor, usize> = chosen
            .iter()
            .map(|change| (&change.stamp.actor, 0))
            .collect();
        for (number, index) in actors.values_mut().enumerate() {
            *index = number;
        }
        let nothing: Arc<[u64]> = vec![0; actors.len()].into();
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(chosen.len());
        for change in chosen {
            let actor = actors[&change.stamp.actor];
            let before = nodes
                .last()
                .filter(|node| node.actor == actor)
                .map_or(&nothing, |node| &node.seen);
            let seen = if change.seen.is_empty() {
                Arc::clone(before)
            } else {
                let mut seen = before.to_vec();
                for (other, seq) in change.seen.iter() {
                    if let Some(index) = actors.get(other) {
                        seen[*index] = seen[*index].max(seq);
                    }
                }
                seen.into()
            };
            nodes.push(Node {
                change,
                actor,
                seen,
            });
        }
        nodes.sort_by_key(|node| (node.change.lamport, &node.change.stamp));
        Self { nodes }
    }

    /// The changes, in order.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &'a Change> + '_ {
        self.nodes.iter().map(|node| node.change)
    }

    /// The change of an event.
    pub(crate) fn change(&self, event: Event) -> &'a Change {
        self.nodes[event.change].change
    }

    /// Whether the change of an event is a repair.
    pub(crate) fn is_repair(&self, event: Event) -> bool {
        self.change(event).kind == ChangeKind::REPAIR
    }

    /// Whether whoever did `later` had seen `earlier`; O(1).
    pub(crate) fn sees(&self, later: Event, earlier: Event) -> bool {
        if later.change == earlier.change {
            return later.step > earlier.step;
        }
        let (later, earlier) = (&self.nodes[later.change], &self.nodes[earlier.change]);
        let seq = earlier.change.stamp.seq;
        if later.actor == earlier.actor {
            later.change.stamp.seq > seq
        } else {
            later.seen[earlier.actor] >= seq
        }
    }

    /// Whether nobody ever wrote without having seen everything before, so that there is nothing to
    /// decide between. O(n · actors).
    pub(crate) fn is_linear(&self) -> bool {
        let mut last = vec![0; self.nodes.first().map_or(0, |node| node.seen.len())];
        self.nodes.iter().all(|node| {
            let linear = last
                .iter()
                .zip(node.seen.iter())
                .enumerate()
                .all(|(actor, (last, seen))| actor == node.actor || seen >= last);
            last[node.actor] = node.change.stamp.seq;
            linear
        })
    }
}
