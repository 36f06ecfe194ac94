//! Opening a project: from a file, from a working copy, or new.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::Project;
use jiff::Timestamp;

use super::strays::{adopt, check_id, take_away_spares};
use super::unite::conflicts_if_apart;
use super::{Notice, Saved, Store};
use crate::contents::{Contents, Reading};
use crate::data_folder::DataFolder;
use crate::error::StoreError;
use crate::log::Actor;
use crate::rescue::salvage;
use crate::steps::Steps;
use crate::stranger::FileImage;
use crate::tables::change::Numbers;
use crate::working::{self, Knowledge, WorkingCopy};

impl Store {
    /// A new project that has no file yet. Its working copy survives restarts until it is published
    /// or discarded.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn create(data: &DataFolder, project: Project, now: Timestamp) -> Result<Self, StoreError> {
        let actor = data.new_actor()?;
        let contents = Contents::new(project, &actor, data.author(), now);
        let knowledge = Knowledge {
            actor,
            path: None,
            published: None,
            published_changes: 0,
            fingerprint: None,
            changed_at: now,
            read_only: None,
        };
        let (copy, numbers) = WorkingCopy::create(data, &contents, &knowledge)?;
        Self::assemble(data, copy, contents, knowledge, numbers)
    }

    /// Goes on with a working copy where it was left.
    ///
    /// # Errors
    /// When there is no such copy, it is open elsewhere, or damaged with its change log; it is put aside then.
    pub fn resume(data: &DataFolder, id: &str) -> Result<Self, StoreError> {
        check_id(id)?;
        let (opened, notice) = open_or_mend(data, id)?;
        let (copy, contents, knowledge, numbers) = opened;
        let mut store = Self::assemble(data, copy, contents, knowledge, numbers)?;
        store.notices.extend(notice);
        Ok(store)
    }

    /// Opens a project file: reads it into its working copy, or goes on with the one it has. What
    /// people should be told about it waits in [`Self::take_notices`].
    ///
    /// # Errors
    /// When the file cannot be read, is no project, of a newer version that this program cannot
    /// show, or damaged; nothing has changed then. A file that was altered outside of Backcast, and
    /// one of a newer version that can be shown, opens read-only.
    pub fn open(data: &DataFolder, path: &Path, now: Timestamp) -> Result<Self, StoreError> {
        let path = resolve(path)?;
        let file = FileImage::take(&path)?;
        let mut notices = Vec::new();
        let known = match data.copy_of(&path)? {
            None => adopt(data, &file, &mut notices)?,
            Some(id) => match WorkingCopy::open(data, &id) {
                // It holds nothing of its own, and this program may be newer than the one that made it.
                Ok(Ok((copy, _, knowledge, _))) if knowledge.read_only.is_some() => {
                    copy.discard()?;
                    None
                }
                Ok(Ok(opened)) => Some(opened),
                Ok(Err(reason)) => {
                    let mended = mended(data, &id, Some(&path))?;
                    let kept = working::set_aside(data, &id)?;
                    let saved = saved(mended.as_ref());
                    notices.push(Notice::WorkingCopyDamaged {
                        reason,
                        kept,
                        saved,
                    });
                    mended.map(|(opened, _)| opened)
                }
                Err(StoreError::InUse) => {
                    take_away_spares(data)?;
                    notices.push(Notice::OpenElsewhere);
                    None
                }
                Err(StoreError::Missing { .. }) => None,
                Err(error) => return Err(error),
            },
        };
        let mut store = match known {
            None => Self::from_file(data, &file, now)?,
            Some((copy, contents, knowledge, numbers)) => {
                let mut store = Self::assemble(data, copy, contents, knowledge, numbers)?;
                store.take_in(&file, now)?;
                store
            }
        };
        if !notices.contains(&Notice::OpenElsewhere) {
            data.assign(&path, Some(&store.copy.id))?;
        }
        store.notices.splice(0..0, notices);
        store.take_in_strays(now)?;
        Ok(store)
    }

    /// A new working copy of a file.
    fn from_file(data: &DataFolder, file: &FileImage, now: Timestamp) -> Result<Self, StoreError> {
        let Reading {
            contents,
            altered,
            dropped,
            ..
        } = file.read_newer()?;
        let published = contents.seal();
        let actor = data.new_actor()?;
        let knowledge = Knowledge {
            actor,
            path: Some(file.path.clone()),
            published: Some(published),
            published_changes: contents.changes.len() as u64,
            fingerprint: Some(file.fingerprint.clone()),
            changed_at: now,
            read_only: altered,
        };
        let (copy, numbers) = WorkingCopy::create(data, &contents, &knowledge)?;
        let mut store = Self::assemble(data, copy, contents, knowledge, numbers)?;
        if !dropped.is_empty() {
            store.notices.push(Notice::WouldBeDropped { what: dropped });
        }
        Ok(store)
    }

    /// Makes the copy's actor ready to write. When the person's name is another than the actor wrote
    /// under, they become a new actor.
    pub(super) fn adopt_actor(&mut self) -> Result<(), StoreError> {
        let written_as = self
            .heads
            .get(&self.knowledge.actor)
            .filter(|head| head.seq > 0);
        if written_as.is_some_and(|head| head.author != self.data.author()) {
            self.knowledge.actor = self.data.new_actor()?;
        }
        self.heads
            .introduce(&self.knowledge.actor, self.data.author());
        self.own.insert(self.knowledge.actor.clone());
        Ok(())
    }

    pub(super) fn assemble(
        data: &DataFolder,
        copy: WorkingCopy,
        contents: Contents,
        mut knowledge: Knowledge,
        numbers: Numbers,
    ) -> Result<Self, StoreError> {
        let mut own: BTreeSet<Actor> = data.own_actors()?.into_iter().collect();
        own.insert(knowledge.actor.clone());
        let steps = Steps::of(&own, &contents.changes);
        let seal = contents.seal();
        let conflicts = conflicts_if_apart(&contents).unwrap_or_else(|reason| {
            knowledge.read_only.get_or_insert(reason);
            None
        });
        let Contents {
            project,
            heads,
            versions,
            rows,
            ..
        } = contents;
        let mut store = Self {
            data: data.clone(),
            copy,
            knowledge,
            project,
            revision: 0,
            heads,
            numbers,
            own,
            rows,
            seal,
            versions,
            steps,
            written_apart: conflicts.is_some(),
            conflicts: conflicts.unwrap_or_default(),
            note: None,
            notices: Vec::new(),
            kept_aside: None,
            looked: RefCell::default(),
        };
        store.adopt_actor()?;
        Ok(store)
    }
}

/// An open working copy and what is in it.
pub(super) type Opened = (WorkingCopy, Contents, Knowledge, Numbers);

/// Opens a working copy, or, when it is damaged, a new one with what its change log holds; the damaged one is put aside.
pub(super) fn open_or_mend(
    data: &DataFolder,
    id: &str,
) -> Result<(Opened, Option<Notice>), StoreError> {
    let reason = match WorkingCopy::open(data, id)? {
        Ok(opened) => return Ok((opened, None)),
        Err(reason) => reason,
    };
    let Some(mended) = mended(data, id, None)? else {
        // Put aside, so that it is told of once and can be found.
        let path = working::set_aside(data, id)?.join("project.db");
        return Err(StoreError::Damaged { path, reason });
    };
    let notice = Notice::WorkingCopyDamaged {
        reason,
        kept: working::set_aside(data, id)?,
        saved: saved(Some(&mended)),
    };
    Ok((mended.0, Some(notice)))
}

/// A new working copy with what the change log of a damaged one holds, published where that was or at `path`, and
/// whether that is all. The damaged one stays. `None`: it held nothing of its own, or its log is damaged, too.
fn mended(
    data: &DataFolder,
    id: &str,
    path: Option<&Path>,
) -> Result<Option<(Opened, bool)>, StoreError> {
    let Some((contents, knowledge, is_all)) = salvage(&working::database_of(data, id)) else {
        return Ok(None);
    };
    // Steps that are missing at the end of the log had numbers, which must not be used again.
    let actor = data.new_actor()?;
    let last = contents.heads.last_work();
    let knowledge = match knowledge {
        Some(knowledge) if knowledge.read_only.is_some() => return Ok(None),
        Some(knowledge) => Knowledge { actor, ..knowledge },
        None => Knowledge {
            actor,
            path: None,
            published: None,
            published_changes: 0,
            fingerprint: None,
            changed_at: last.unwrap_or(Timestamp::UNIX_EPOCH),
            read_only: None,
        },
    };
    let knowledge = Knowledge {
        path: path.map(Path::to_path_buf).or(knowledge.path),
        ..knowledge
    };
    let (copy, numbers) = WorkingCopy::create(data, &contents, &knowledge)?;
    Ok(Some(((copy, contents, knowledge, numbers), is_all)))
}

const fn saved(mended: Option<&(Opened, bool)>) -> Saved {
    match mended {
        Some((_, true)) => Saved::All,
        Some((_, false)) => Saved::History,
        None => Saved::Nothing,
    }
}

/// The file a path leads to, through links, so that every name of a file finds the same working copy.
fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    fs::canonicalize(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::NotFound {
            path: path.to_path_buf(),
        },
        std::io::ErrorKind::PermissionDenied => StoreError::NoPermission {
            path: path.to_path_buf(),
            doing: "read",
        },
        _ => StoreError::disk("Could not find", path, error),
    })
}
