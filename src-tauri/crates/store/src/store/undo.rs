//! Undo and redo: new changes that take earlier ones back, only where a value is still what this
//! person wrote. They work per person, without limit, after a restart and after a merge.

use backcast_model::change::revert;
use jiff::Timestamp;

use super::{Committed, Op, Store};
use crate::error::{Context, StoreError};
use crate::log::{ChangeKind, ops_from_text};
use crate::steps::Step;
use crate::tables;

impl Store {
    /// The name of the step that [`Self::undo`] would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.steps.undo.last().map(|step| step.label.as_str())
    }

    /// The name of the step that [`Self::redo`] would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.steps.redo.last().map(|step| step.label.as_str())
    }

    /// Takes the person's last step back. `None`: there is none. The changes are empty when nothing
    /// of the step was left to take back, because others have written there since.
    ///
    /// # Errors
    /// When the project is read-only or could not be written; it is as before then.
    pub fn undo(&mut self, now: Timestamp) -> Result<Option<Committed>, StoreError> {
        self.check_writable()?;
        let step = self.steps.undo.last().cloned();
        step.map(|step| self.take_back(&step, ChangeKind::UNDO, now))
            .transpose()
    }

    /// Does the step again that was taken back last. `None`: there is none, or the person did
    /// something else since.
    ///
    /// # Errors
    /// When the project is read-only or could not be written; it is as before then.
    pub fn redo(&mut self, now: Timestamp) -> Result<Option<Committed>, StoreError> {
        self.check_writable()?;
        let step = self.steps.redo.last().cloned();
        step.map(|step| self.take_back(&step, ChangeKind::REDO, now))
            .transpose()
    }

    fn take_back(
        &mut self,
        step: &Step,
        kind: ChangeKind,
        now: Timestamp,
    ) -> Result<Committed, StoreError> {
        let missing = || StoreError::Missing {
            what: format!("change {} of {}", step.stamp.seq, step.stamp.actor),
        };
        let number = *self.numbers.get(&step.stamp.actor).ok_or_else(missing)?;
        let ops = tables::change::ops(&self.copy.connection, number, step.stamp.seq)
            .doing("The step could not be looked up")?;
        let done = ops_from_text(&ops).map_err(|reason| StoreError::ReadOnly { reason })?;
        let mut map = self.project.map.clone();
        let changes = revert(&mut map, &done);
        let op = Op {
            kind,
            label: step.label.clone(),
        };
        self.commit(map, &changes, op, Some(step.stamp.clone()), now)?;
        Ok(Committed {
            revision: self.revision,
            changes,
            inserted: Vec::new(),
        })
    }
}
