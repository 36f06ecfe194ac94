//! Undo and redo: new changes that take earlier ones back, only where a value is still what this
//! person wrote. They work per person, without limit, after a restart and after a merge. What others
//! wrote in the same places without having seen the step stays in the project or in the list of
//! conflicts.

use backcast_model::RowChange;
use backcast_model::change::revert;
use jiff::Timestamp;

use super::{Committed, Op, Store};
use crate::error::{Context, StoreError};
use crate::log::{ChangeKind, Stamp, ops_from_text};
use crate::merge::without_shared;
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
        let op = |label| Op {
            kind: ChangeKind::UNDO,
            label,
        };
        step.map(|step| self.revert(&step.stamp, op(step.label), now))
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
        let op = |label| Op {
            kind: ChangeKind::REDO,
            label,
        };
        step.map(|step| self.revert(&step.stamp, op(step.label), now))
            .transpose()
    }

    /// Takes one step back, whoever did it and whatever came since, as a step of this person's. The
    /// changes are empty, and nothing is written, when nothing of the step was left to take back.
    ///
    /// # Errors
    /// When there is no such step, the project is read-only or could not be written; it is as before
    /// then.
    pub fn take_back(
        &mut self,
        step: &Stamp,
        op: Op,
        now: Timestamp,
    ) -> Result<Committed, StoreError> {
        self.check_writable()?;
        let mut map = self.project.map.clone();
        if revert(&mut map, &self.what_to_revert(step)?).is_empty() {
            return Ok(Committed {
                revision: self.revision,
                changes: Vec::new(),
                inserted: Vec::new(),
            });
        }
        self.revert(step, op, now)
    }

    fn revert(&mut self, step: &Stamp, op: Op, now: Timestamp) -> Result<Committed, StoreError> {
        let done = self.what_to_revert(step)?;
        let mut map = self.project.map.clone();
        let changes = revert(&mut map, &done);
        self.commit(map, &changes, op, Some(step.clone()), now)?;
        Ok(Committed {
            revision: self.revision,
            changes,
            inserted: Vec::new(),
        })
    }

    /// What a step did and what can be taken back of it.
    fn what_to_revert(&self, step: &Stamp) -> Result<Vec<RowChange>, StoreError> {
        let missing = || StoreError::Missing {
            what: format!("change {} of {}", step.seq, step.actor),
        };
        let number = *self.numbers.get(&step.actor).ok_or_else(missing)?;
        let ops = tables::change::ops(&self.copy.connection, number, step.seq)
            .doing("The step could not be looked up")?;
        let done = ops_from_text(&ops).map_err(|reason| StoreError::ReadOnly { reason })?;
        if !self.written_apart {
            return Ok(done);
        }
        without_shared(done, &self.changes()?, &self.conflicts)
            .map_err(|reason| StoreError::ReadOnly { reason })
    }
}

#[cfg(test)]
mod tests {
    use backcast_model::{Id, Map, MapProperties, Project};

    use super::*;
    use crate::data_folder::DataFolder;

    /// The conflicts that an undo opens again are worked out first: where that cannot be, nothing is undone.
    #[test]
    fn an_undo_whose_conflicts_cannot_be_told_is_refused_and_leaves_all_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::new(folder.path());
        let project = Project {
            id: Id::new("undone").unwrap(),
            map: Map::new(MapProperties::titled("Once")),
        };
        let mut store = Store::create(&data, project, Timestamp::UNIX_EPOCH).unwrap();
        let rename = |map: &Map, title: &str| {
            let edit = backcast_model::Edit::Set {
                entity: backcast_model::Entity::Map,
                id: backcast_model::MAP_ID.to_owned(),
                field: "title".to_owned(),
                value: title.into(),
            };
            backcast_model::edit::apply(map, &[edit], &mut |name| Id::derived(name))
        };
        for title in ["Twice", "Thrice"] {
            let op = Op::new("test", "Rename");
            let step = |map: &Map| rename(map, title);
            store.transact(op, Timestamp::UNIX_EPOCH, step).unwrap();
        }
        store.written_apart = true;
        let alter = r#"UPDATE "change" SET "ops" = "ops" || '?' WHERE "seq" = 2"#;
        store.copy.connection.execute(alter, ()).unwrap();
        let before = (store.project.clone(), store.seal, store.conflicts.clone());
        let refused = store.undo(Timestamp::UNIX_EPOCH).unwrap_err();
        assert!(refused.to_string().contains("is damaged"), "{refused}");
        assert_eq!(
            before,
            (store.project.clone(), store.seal, store.conflicts.clone())
        );
        assert_eq!(store.undo_label(), Some("Rename"));
    }
}
