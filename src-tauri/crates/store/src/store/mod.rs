//! An open project: its snapshot, and the one door through which it changes.

mod company;
mod open;
mod past;
#[cfg(debug_assertions)]
mod replay;
mod save;
#[cfg(test)]
mod scenarios;
mod strays;
mod underneath;
mod undo;
mod unite;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use backcast_model::edit::Applied;
use backcast_model::{Entity, Id, Map, Project, RowChange};
use jiff::Timestamp;
use rusqlite::TransactionBehavior;

use crate::beside::Note;
use crate::contents::{Draft, table_row};
use crate::data_folder::DataFolder;
use crate::error::{Context, StoreError};
use crate::log::{Actor, Change, ChangeKind, Heads, Stamp, Vector, ops_to_text};
use crate::merge::{Conflict, conflicts_about, relist, settle};
use crate::seal::{RowSum, Seal};
use crate::steps::Steps;
use crate::tables::{self, change::Numbers};
use crate::version::Version;
use crate::working::{self, Knowledge, WorkingCopy};

pub use strays::{UnpublishedCopy, working_copies};
pub use underneath::FileState;
pub(crate) use unite::{United, author_of, conflicts_of};

/// What a step is: its kind as a word, and its name for the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// The sort of step: `add_touchpoint`, `move_card`.
    pub kind: ChangeKind,
    /// What the planner reads behind “Undo”: “Add E-mail”.
    pub label: String,
}

impl Op {
    /// A step of this kind with this label.
    pub fn new(kind: &str, label: impl Into<String>) -> Self {
        Self {
            kind: ChangeKind::new(kind),
            label: label.into(),
        }
    }
}

/// A step that is in the project and in its log.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed {
    /// The revision it led to; the one before when nothing changed.
    pub revision: u32,
    /// What happened to rows, in order; empty when nothing changed.
    pub changes: Vec<RowChange>,
    /// Ids of inserted rows, in the order of the edits.
    pub inserted: Vec<Id>,
}

/// Why a step was not done. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum TransactError<E> {
    /// The edit itself was refused.
    #[error(transparent)]
    Refused(E),
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How much was got out of a damaged working copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Every step.
    All,
    /// What its history holds; whether the last steps are in it cannot be told.
    History,
    /// Nothing.
    Nothing,
}

/// Something people should be told about a project they opened or published. Nothing was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file was changed by somebody else while there were unpublished edits here; both are in
    /// the project now, or, where `kept` says so, these edits stand in a file of their own.
    ChangedUnderneath {
        /// Where the unpublished edits were written.
        kept: Option<PathBuf>,
    },
    /// One working copy had gone on in two places, as a restored backup or a cloned computer does. What
    /// was done in both is in the project now, one of them under another name.
    WentOnTwice,
    /// The working copy was damaged and put aside; the project was put together again from what could
    /// be got out of it and from its file.
    WorkingCopyDamaged {
        /// What was wrong.
        reason: String,
        /// Where it is now.
        kept: PathBuf,
        /// How much of it could be got out.
        saved: Saved,
    },
    /// The project was published, but no backup of it could be made.
    NoBackup {
        /// What stood in the way.
        reason: String,
    },
    /// The project was published, but its folder could not be synced, so that a power cut may bring back
    /// the file as it was before. What is here stays in the working copy, too.
    NotSynced {
        /// What the system says.
        reason: String,
    },
    /// The file is open in another window or program.
    OpenElsewhere,
    /// The file is of a newer version and opens for reading only. Saved under another name, it would
    /// lack what this program does not know.
    WouldBeDropped {
        /// By table, or table and column: `person`, `stage.colour`.
        what: Vec<String>,
    },
    /// Edits that never got into their file, because it was moved or its drive was gone, are in the
    /// project now. They are not published yet.
    EditsFound {
        /// Where the file was.
        path: PathBuf,
        /// How many steps.
        changes: u64,
    },
    /// Edits of another copy of this project never got into its file, which is not there any more.
    /// They are kept on this computer; [`Store::take_in_copy`] takes them in.
    EditsElsewhere(UnpublishedCopy),
}

/// An open project. Every step is on the disk when the call that made it returns.
#[derive(Debug)]
pub struct Store {
    data: DataFolder,
    copy: WorkingCopy,
    knowledge: Knowledge,
    project: Project,
    revision: u32,
    heads: Heads,
    numbers: Numbers,
    own: BTreeSet<Actor>,
    rows: RowSum,
    seal: Seal,
    versions: Vec<Version>,
    steps: Steps,
    conflicts: Vec<Conflict>,
    /// Whether anybody may ever have written without having seen everything.
    written_apart: bool,
    note: Option<Note>,
    notices: Vec<Notice>,
    /// Where the state with this seal was written when it could not be published.
    kept_aside: Option<(Seal, PathBuf)>,
    looked: RefCell<underneath::Looked>,
}

impl Store {
    /// The project as it is now; cloning it gives a snapshot and costs next to nothing.
    #[must_use]
    pub const fn project(&self) -> &Project {
        &self.project
    }

    /// Grows with every step that changed something, from 0 when the project is opened.
    #[must_use]
    pub const fn revision(&self) -> u32 {
        self.revision
    }

    /// Names the working copy for [`Store::resume`].
    #[must_use]
    pub fn working_copy(&self) -> &str {
        &self.copy.id
    }

    /// Where the project is published; `None`: nowhere yet.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.knowledge.path.as_deref()
    }

    /// Whether everything that is here was published. What became of the file since is for
    /// [`Self::file_state`] to say.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.knowledge.path.is_some() && self.knowledge.published == Some(self.seal)
    }

    /// Whether the project may only be looked at; [`Self::read_only_reason`] says why.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.knowledge.read_only.is_some()
    }

    /// Why the project may only be looked at.
    #[must_use]
    pub fn read_only_reason(&self) -> Option<&str> {
        self.knowledge.read_only.as_deref()
    }

    /// What to tell people about how the project was opened; each thing once.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// The changes the project consists of.
    #[must_use]
    pub fn vector(&self) -> Vector {
        self.heads.vector()
    }

    /// The one door for writes. `edit` is given the map and says what is to happen to it (see
    /// `model::edit::apply`); rows and one change in the log are written in one transaction, and
    /// are on the disk when this returns. Nothing is written when `edit` refuses or changes nothing.
    ///
    /// # Errors
    /// The closure's own refusal, or that the project is read-only or could not be written; it is
    /// as before then.
    pub fn transact<E>(
        &mut self,
        op: Op,
        now: Timestamp,
        edit: impl FnOnce(&Map) -> Result<Applied, E>,
    ) -> Result<Committed, TransactError<E>> {
        self.check_writable()?;
        let Applied {
            map,
            changes,
            inserted,
        } = edit(&self.project.map).map_err(TransactError::Refused)?;
        if changes.is_empty() {
            return Ok(Committed {
                revision: self.revision,
                changes,
                inserted,
            });
        }
        self.commit(map, &changes, op, None, now)?;
        Ok(Committed {
            revision: self.revision,
            changes,
            inserted,
        })
    }

    fn check_writable(&self) -> Result<(), StoreError> {
        match &self.knowledge.read_only {
            None => Ok(()),
            Some(reason) => Err(StoreError::ReadOnly {
                reason: reason.clone(),
            }),
        }
    }

    /// Writes a step: touched rows, one change, the new seal.
    fn commit(
        &mut self,
        map: Map,
        changes: &[RowChange],
        op: Op,
        reverts: Option<Stamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let draft = Draft {
            actor: &self.knowledge.actor,
            at: now,
            label: op.label,
            kind: op.kind,
            reverts,
            ops: ops_to_text(changes),
        };
        let change = draft.follow(&self.heads);
        let mut heads = self.heads.clone();
        heads
            .append(&change)
            .map_err(|reason| StoreError::ReadOnly { reason })?;
        let touched: BTreeSet<_> = changes
            .iter()
            .map(|change| (change.entity(), change.id().clone()))
            .collect();
        let relisted = match &change.reverts {
            Some(_) if self.written_apart => Some(self.conflicts_after(&change, &heads, &touched)?),
            _ => None,
        };
        let (rows, writes) = self.row_writes(&map, touched.clone());
        let daily = self.version_of_the_day(now)?;
        let mut versions = self.versions.clone();
        versions.extend(daily.clone());
        let seal = Seal::of(self.project.id.as_str(), &rows, &heads, &versions);
        let knowledge = Knowledge {
            changed_at: now,
            ..self.knowledge.clone()
        };
        let mut numbers = self.numbers.clone();
        let next = numbers.values().max().map_or(1, |last| last + 1);
        let number = *numbers.entry(knowledge.actor.clone()).or_insert(next);
        let write = || {
            let behavior = TransactionBehavior::Immediate;
            let transaction =
                rusqlite::Transaction::new_unchecked(&self.copy.connection, behavior)?;
            for (entity, id, row) in &writes {
                match row {
                    Some(row) => tables::of(*entity).put(&transaction, row)?,
                    None => tables::of(*entity).delete(&transaction, id)?,
                }
            }
            if !self.numbers.contains_key(&knowledge.actor) {
                let author = heads.get(&knowledge.actor).map(|head| head.author.as_str());
                tables::actor::insert(
                    &transaction,
                    number,
                    &knowledge.actor,
                    author.unwrap_or_default(),
                )?;
            }
            tables::change::insert(&transaction, &numbers, &change)?;
            if let Some(version) = &daily {
                tables::version::insert(&transaction, version)?;
            }
            tables::project::set_seal(&transaction, &seal)?;
            working::save(&transaction, &knowledge)?;
            transaction.commit()
        };
        write().doing("The change could not be written")?;
        self.project.map = map;
        (self.heads, self.rows, self.seal, self.versions) = (heads, rows, seal, versions);
        (self.knowledge, self.numbers) = (knowledge, numbers);
        self.steps.push(&change);
        match relisted {
            Some(now) => relist(&mut self.conflicts, &touched, now),
            None => settle(&mut self.conflicts, changes),
        }
        #[cfg(debug_assertions)]
        self.check_replay();
        self.revision += 1;
        Ok(())
    }

    /// The conflicts about some rows as they are once a change that takes something back is there, too. Worked out before
    /// it is written: whoever cannot be told what an undo opens again is told why, and nothing is undone.
    fn conflicts_after(
        &self,
        change: &Change,
        heads: &Heads,
        rows: &BTreeSet<(Entity, Id)>,
    ) -> Result<Vec<Conflict>, StoreError> {
        let mut changes = self.changes()?;
        changes.push(change.clone());
        let author = |stamp: &Stamp| author_of(heads, stamp);
        conflicts_about(&changes, rows, &author).map_err(|reason| StoreError::Damaged {
            path: working::database_of(&self.data, &self.copy.id),
            reason,
        })
    }

    /// What is to be written for the touched rows, and the sum of all rows after it.
    fn row_writes(&self, map: &Map, touched: BTreeSet<(Entity, Id)>) -> (RowSum, Vec<RowWrite>) {
        let mut sum = self.rows;
        let mut writes = Vec::with_capacity(touched.len());
        for (entity, id) in touched {
            if let Some((_, hash)) = table_row(&self.project.map, entity, &id) {
                sum.remove(&hash);
            }
            let row = table_row(map, entity, &id).map(|(row, hash)| {
                sum.add(&hash);
                row
            });
            writes.push((entity, id, row));
        }
        (sum, writes)
    }
}

/// A row to write, or to take away.
type RowWrite = (Entity, Id, Option<crate::tables::row::TableRow>);
