//! Changes in one order in which every change comes behind what it had seen, and the question
//! whether one had seen another.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::log::{Actor, Change, ChangeKind, Stamp, Vector};

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
    /// Of what takes a change back, or does it again: which change, and which of the two.
    about: Option<About>,
    /// Whether it is an edit that something later takes back.
    is_root: bool,
}

/// What an undo or a redo is about.
#[derive(Debug, Clone, Copy)]
struct About {
    /// The place of the change in the end, which is no undo itself.
    root: usize,
    /// Whether it is taken back, and not done again.
    takes_back: bool,
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
                about: None,
                is_root: false,
            });
        }
        nodes.sort_by_key(|node| (node.change.lamport, &node.change.stamp));
        let mut history = Self { nodes };
        history.find_roots();
        history
    }

    /// Follows each undo and redo to what it is about. One that had not seen that is taken for an edit.
    fn find_roots(&mut self) {
        if self.nodes.iter().all(|node| node.change.reverts.is_none()) {
            return;
        }
        let places = self.nodes.iter().enumerate();
        let places: BTreeMap<&Stamp, usize> = places
            .map(|(place, node)| (&node.change.stamp, place))
            .collect();
        for place in 0..self.nodes.len() {
            let reverted = self.nodes[place].change.reverts.as_ref();
            let reverted = reverted
                .and_then(|stamp| places.get(stamp).copied())
                .filter(|reverted| *reverted < place && self.saw(place, *reverted));
            let about = reverted.map(|reverted| match self.nodes[reverted].about {
                None => About {
                    root: reverted,
                    takes_back: true,
                },
                Some(about) => About {
                    takes_back: !about.takes_back,
                    ..about
                },
            });
            self.nodes[place].about = about;
            if let Some(About { root, .. }) = about {
                self.nodes[root].is_root = true;
            }
        }
    }

    /// The place of the edit that an event is, or does again, when something later takes that edit back; `None` when what
    /// the event decides is decided for good.
    pub(crate) fn edit_to_be_taken_back(&self, event: Event) -> Option<usize> {
        match self.nodes[event.change].about {
            Some(about) => (!about.takes_back).then_some(about.root),
            None => self.nodes[event.change].is_root.then_some(event.change),
        }
    }

    /// Whether an event is of an edit, or of what takes that edit back or does it again.
    pub(crate) fn belongs_to(&self, event: Event, edit: usize) -> bool {
        let about = self.nodes[event.change].about;
        event.change == edit || about.is_some_and(|about| about.root == edit)
    }

    /// The place of the change that an event takes back; `None` when it takes none back.
    pub(crate) fn taken_back(&self, event: Event) -> Option<usize> {
        let about = self.nodes[event.change].about?;
        about.takes_back.then_some(about.root)
    }

    /// Whether a later event decides about an earlier one, which need then be neither kept nor listed. Whoever writes
    /// decides about all they had seen. Whoever takes a step back, or does it again, decides about that step, what it
    /// rested on and what came of it, and not about what others wrote beside it.
    pub(crate) fn decides(&self, later: Event, earlier: Event) -> bool {
        if !self.sees(later, earlier) {
            return false;
        }
        let Some(About { root, .. }) = self.nodes[later.change].about else {
            return true;
        };
        let earlier = earlier.change;
        root == earlier || self.saw(root, earlier) || self.saw(earlier, root)
    }

    /// Whether a row that an event brings back or inserts leaves nothing of an earlier write to it. One that is brought
    /// back is as contested as it was when it went.
    pub(crate) fn replaces(&self, later: Event, earlier: Event) -> bool {
        let was_there = |root| root != earlier.change && self.saw(root, earlier.change);
        self.decides(later, earlier) && !self.taken_back(later).is_some_and(was_there)
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
        self.saw(later.change, earlier.change)
    }

    /// Whether whoever made one change had seen another, by their places in the order; O(1).
    pub(crate) fn saw(&self, later: usize, earlier: usize) -> bool {
        let (later, earlier) = (&self.nodes[later], &self.nodes[earlier]);
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
