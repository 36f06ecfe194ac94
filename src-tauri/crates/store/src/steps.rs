//! Which of a person's steps undo and redo would take, worked out from the change log alone, so
//! that it is the same after a restart and after a merge.

use std::collections::BTreeSet;

use crate::log::{Actor, Change, ChangeKind, Stamp};

/// A step that can be taken back or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) stamp: Stamp,
    pub(crate) label: String,
}

/// The steps to take back and those to do again; the next one is the last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Steps {
    pub(crate) undo: Vec<Step>,
    pub(crate) redo: Vec<Step>,
}

impl Steps {
    /// The steps of a person, who is any of these actors. O(n log n) in the log's length.
    pub(crate) fn of(own: &BTreeSet<Actor>, changes: &[Change]) -> Self {
        let mut mine: Vec<_> = changes
            .iter()
            .filter(|change| own.contains(&change.stamp.actor))
            .collect();
        mine.sort_by_key(|change| (change.lamport, &change.stamp));
        let mut steps = Self::default();
        for change in mine {
            steps.push(change);
        }
        steps
    }

    /// Takes the person's next change in.
    pub(crate) fn push(&mut self, change: &Change) {
        let step = Step {
            stamp: change.stamp.clone(),
            label: change.label.clone(),
        };
        if change.kind == ChangeKind::UNDO {
            take(&mut self.undo, change.reverts.as_ref());
            self.redo.push(step);
        } else if change.kind == ChangeKind::REDO {
            take(&mut self.redo, change.reverts.as_ref());
            self.undo.push(step);
        } else if change.kind != ChangeKind::CREATE && change.kind != ChangeKind::REPAIR {
            self.undo.push(step);
            self.redo.clear();
        }
    }
}

/// Takes a step out; nearly always the last one.
fn take(steps: &mut Vec<Step>, stamp: Option<&Stamp>) {
    if let Some(at) = steps.iter().rposition(|step| Some(&step.stamp) == stamp) {
        steps.remove(at);
    }
}
