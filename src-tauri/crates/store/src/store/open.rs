//! Opening a project: from a file, from a working copy, or new.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::Project;
use jiff::Timestamp;

use super::strays::{adopt, check_id, take_away_spares};
use super::unite::conflicts_of;
use super::{Notice, Store};
use crate::contents::{Contents, Reading};
use crate::data_folder::DataFolder;
use crate::error::StoreError;
use crate::log::Actor;
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
    /// When there is no such copy, it is open elsewhere, or damaged.
    pub fn resume(data: &DataFolder, id: &str) -> Result<Self, StoreError> {
        check_id(id)?;
        match WorkingCopy::open(data, id)? {
            Ok((copy, contents, knowledge, numbers)) => {
                Self::assemble(data, copy, contents, knowledge, numbers)
            }
            Err(reason) => Err(StoreError::Damaged {
                path: data.copies().join(id),
                reason,
            }),
        }
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
                    let kept = working::set_aside(data, &id)?;
                    notices.push(Notice::WorkingCopyDamaged { reason, kept });
                    None
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
        let conflicts = match conflicts_of(&contents) {
            Ok(conflicts) => conflicts,
            Err(reason) => {
                knowledge.read_only.get_or_insert(reason);
                Vec::new()
            }
        };
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
            conflicts,
            note: None,
            notices: Vec::new(),
            kept_aside: None,
            looked: RefCell::default(),
        };
        store.adopt_actor()?;
        Ok(store)
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
