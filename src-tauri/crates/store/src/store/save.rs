//! Publishing: the user's file is made to hold what is here, and whatever somebody else put there
//! meanwhile is taken in or left alone, never written over.

use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::{Id, Map, Project};
use jiff::Timestamp;

use super::underneath::{Underneath, is_gone};
use super::unite::conflicts_if_apart;
use super::{Committed, Notice, Store};
use crate::contents::{Contents, Reading};
use crate::error::{Context, StoreError};
use crate::file::{ProjectFile, check_existing};
use crate::fingerprint::Fingerprint;
use crate::publish::{
    Existing, FolderLock, folder_of, make_folder, unsynced, write_file, write_whole,
};
use crate::stranger::FileImage;
use crate::working::{self, Knowledge, image_of};

/// How often a file that keeps changing while it is being written is looked at again.
const ATTEMPTS: usize = 5;

/// When a file that is not the one published last is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    /// When it is opened: whoever put an older file there wants to see it.
    AtOpening,
    /// While it is worked on: whatever is missing in the file was lost on the way.
    AtWork,
}

impl Store {
    /// Makes the user's file hold what is here: written whole beside it, synced, read back, renamed.
    /// When somebody else changed the file meanwhile, their changes are taken in first.
    ///
    /// # Errors
    /// When the project has no file yet, is read-only, something that is no copy of this project
    /// stands there now, or the disk refuses. The file and the edits are as before then.
    pub fn publish(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.check_writable()?;
        let published = self.write_to_file(now);
        published.map_err(|error| match self.is_published() {
            true => error,
            false => error.with_edits_safe(),
        })
    }

    fn write_to_file(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let path = self.knowledge.path.clone().ok_or(StoreError::Untitled)?;
        for _ in 0..ATTEMPTS {
            let _lock = FolderLock::take(folder_of(&path));
            let gone = match self.look_underneath(&path) {
                Underneath::Expected => false,
                Underneath::Gone => true,
                Underneath::Other(file) => {
                    self.take_in_or_step_aside(&path, file, now)?;
                    false
                }
            };
            if self.is_published() && !gone {
                return Ok(());
            }
            let expected = self.knowledge.fingerprint.clone();
            let bytes = self.copy.image()?;
            let temporary = self.data.new_id()?;
            let unchanged = || match (fs::metadata(&path), &expected) {
                (Ok(metadata), Some(expected)) => expected.looks_like(&metadata),
                (Ok(_), None) => false,
                (Err(error), _) => is_gone(&error),
            };
            if let Some(written) = write_whole(&path, &bytes, &temporary, unchanged)? {
                self.tell_unsynced(written.unsynced);
                self.know_published(written.fingerprint);
                self.back_up(&bytes, now);
                return Ok(());
            }
        }
        let busy = std::io::Error::other("another program keeps changing it");
        Err(StoreError::disk("Could not write", &path, busy))
    }

    /// Publishes under another name, where this project is published from now on. The file under
    /// the old name stays as it was published last.
    ///
    /// A project that is open for reading only because it was altered goes on as a new one, whose
    /// history begins here.
    ///
    /// # Errors
    /// When the file exists and is not to be replaced, or the disk refuses; nothing has changed
    /// then.
    pub fn publish_as(
        &mut self,
        path: &Path,
        existing: Existing,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let path = absolute(path)?;
        if self.knowledge.path.as_deref() == Some(&path) && !self.is_read_only() {
            return self.publish(now);
        }
        check_existing(&path, existing)?;
        if self.is_read_only() {
            self.begin_again(now)?;
        }
        let bytes = self.copy.image()?;
        let written = write_whole(&path, &bytes, &self.data.new_id()?, || true);
        let Some(written) = written.map_err(StoreError::with_edits_safe)? else {
            return Err(StoreError::Exists { path });
        };
        self.tell_unsynced(written.unsynced);
        let old = self.knowledge.path.replace(path.clone());
        // From here on two files are edited apart, so that their changes need different names.
        self.knowledge.actor = self.data.new_actor()?;
        self.adopt_actor()?;
        self.remember_published(written.fingerprint)?;
        self.back_up(&bytes, now);
        if let Some(old) = old
            && self.data.copy_of(&old)?.as_ref() == Some(&self.copy.id)
        {
            self.data.assign(&old, None)?;
        }
        self.data.assign(&path, Some(&self.copy.id))
    }

    fn tell_unsynced(&mut self, unsynced: Option<std::io::Error>) {
        self.notices.extend(unsynced.map(|error| Notice::NotSynced {
            reason: error.to_string(),
        }));
    }

    /// A backup that could not be made must not make a file unpublished: it is told of instead.
    fn back_up(&mut self, bytes: &[u8], now: Timestamp) {
        if let Err(error) = crate::backup::keep(&self.data, &self.project.id, bytes, now) {
            self.notices.push(Notice::NoBackup {
                reason: error.to_string(),
            });
        }
    }

    /// Writes a copy with all its history; the project stays published where it is.
    ///
    /// # Errors
    /// When the file exists and is not to be replaced, or the disk refuses.
    pub fn write_copy(&mut self, path: &Path, existing: Existing) -> Result<(), StoreError> {
        let path = absolute(path)?;
        check_existing(&path, existing)?;
        let bytes = self.copy.image()?;
        write_file(&path, &bytes, &self.data.new_id()?)
    }

    /// Writes the project as it is now without its past, as a project of its own. Who dismissed a gap
    /// and when is past, too; why stays.
    ///
    /// # Errors
    /// When the file exists and is not to be replaced, or the disk refuses.
    pub fn write_copy_without_history(
        &self,
        path: &Path,
        existing: Existing,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let path = absolute(path)?;
        check_existing(&path, existing)?;
        let map = ProjectFile::without_people(&self.project.map)?;
        let (bytes, _) = image_of(&self.without_history(map, now)?)
            .doing("The project could not be put together")?;
        write_file(&path, &bytes, &self.data.new_id()?)
    }

    /// Closes the project and takes its working copy away with everything that is not published.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn discard(self) -> Result<(), StoreError> {
        if let Some(path) = self.path()
            && self.data.copy_of(path)?.as_ref() == Some(&self.copy.id)
        {
            self.data.assign(path, None)?;
        }
        self.copy.discard()
    }

    /// Closes the project. The working copy stays, published or not; dropping the store does the
    /// same, but a copy that was made only because the file was open elsewhere, and that holds
    /// nothing of its own, is taken away.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn close(self) -> Result<(), StoreError> {
        let spare = match self.path() {
            Some(path) => {
                self.is_published() && self.data.copy_of(path)?.as_ref() != Some(&self.copy.id)
            }
            None => false,
        };
        if spare { self.copy.discard() } else { Ok(()) }
    }

    /// Takes in what somebody else put into the file since it was published last: what a watcher
    /// calls when the file changes. `None`: there was nothing new.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else now; it is left alone, and so is what is
    /// here.
    pub fn refresh(&mut self, now: Timestamp) -> Result<Option<Committed>, StoreError> {
        let Some(path) = self.knowledge.path.clone() else {
            return Ok(None);
        };
        match self.look_underneath(&path) {
            Underneath::Expected | Underneath::Gone => Ok(None),
            Underneath::Other(file) => {
                let file = file?;
                let reading = file.read()?;
                if let Some(reason) = reading.altered {
                    return Err(StoreError::Altered { path, reason });
                }
                if reading.contents.project.id != self.project.id {
                    let ours = self.project.map.properties.title.clone();
                    let theirs = reading.contents.project.map.properties.title.clone();
                    return Err(StoreError::DifferentProjects { ours, theirs });
                }
                self.take_in_reading(reading, &file, Meeting::AtWork, now)
            }
        }
    }

    /// Takes in what stands in the file at opening, when it is not what was published last.
    pub(super) fn take_in(&mut self, file: &FileImage, now: Timestamp) -> Result<(), StoreError> {
        if self.knows_content(file) {
            return self.remember_look(file);
        }
        self.take_in_reading(file.read()?, file, Meeting::AtOpening, now)
            .map(drop)
    }

    fn remember_look(&mut self, file: &FileImage) -> Result<(), StoreError> {
        self.remember(Knowledge {
            fingerprint: Some(file.fingerprint.clone()),
            ..self.knowledge.clone()
        })
    }

    /// Takes another file's content in. Copies of this project are united; for anything else this
    /// project makes room, and what is not published is kept aside.
    fn take_in_reading(
        &mut self,
        reading: Reading,
        file: &FileImage,
        meeting: Meeting,
        now: Timestamp,
    ) -> Result<Option<Committed>, StoreError> {
        let whole = reading.altered.is_none();
        if whole && reading.contents.seal() == self.seal {
            self.remember_published(file.fingerprint.clone())?;
            return Ok(None);
        }
        if whole && reading.contents.project.id == self.project.id && !self.is_read_only() {
            let put_back = meeting == Meeting::AtOpening
                && self.is_published()
                && reading.contents.heads.are_ends_in(&self.changes()?);
            if !put_back {
                let knowledge = self.knowledge_of(&reading, file);
                let unpublished = !self.is_published();
                match self.unite(reading.contents, knowledge, now) {
                    // Nobody could ever publish here again; what is here is kept in a file of its own.
                    Err(StoreError::Unmergeable { .. }) => {
                        return self.make_room(file.read()?, file, now).map(|()| None);
                    }
                    Err(error) => return Err(error),
                    Ok(committed) => {
                        if unpublished {
                            self.notices.push(Notice::ChangedUnderneath { kept: None });
                        }
                        return Ok(Some(committed));
                    }
                }
            }
        }
        self.make_room(reading, file, now).map(|()| None)
    }

    /// Shows what stands in the file instead of what is here, which is kept aside unless the file
    /// has it all.
    fn make_room(
        &mut self,
        reading: Reading,
        file: &FileImage,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if !self.heads.are_ends_in(&reading.contents.changes) {
            let kept = self.keep_aside(now)?;
            self.notices
                .push(Notice::ChangedUnderneath { kept: Some(kept) });
        }
        self.replace(reading, file)
    }

    fn knowledge_of(&self, reading: &Reading, file: &FileImage) -> Knowledge {
        Knowledge {
            published: Some(reading.contents.seal()),
            published_changes: reading.contents.changes.len() as u64,
            fingerprint: Some(file.fingerprint.clone()),
            read_only: reading.altered.clone(),
            ..self.knowledge.clone()
        }
    }

    fn take_in_or_step_aside(
        &mut self,
        path: &Path,
        file: Result<FileImage, StoreError>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if let Ok(file) = &file
            && self.knows_content(file)
        {
            return self.remember_look(file);
        }
        let read = file.and_then(|file| Ok((file.read()?, file)));
        let reason = match read {
            // Whether something else stands there cannot be told, so nothing is done about it.
            Err(error @ (StoreError::Disk { .. } | StoreError::NoPermission { .. })) => {
                return Err(error);
            }
            Err(error) => error.to_string(),
            Ok((reading, file)) => match self.why_not_taken_in(&reading) {
                Some(reason) => reason,
                None => {
                    return self
                        .take_in_reading(reading, &file, Meeting::AtWork, now)
                        .map(drop);
                }
            },
        };
        let kept = self.keep_aside(now)?;
        Err(StoreError::Replaced {
            path: path.to_path_buf(),
            reason,
            kept,
        })
    }

    /// Puts the content of the file in place of what is here.
    fn replace(&mut self, reading: Reading, file: &FileImage) -> Result<(), StoreError> {
        let mut knowledge = self.knowledge_of(&reading, file);
        let Reading { contents, .. } = reading;
        if !self.heads.are_ends_in(&contents.changes) {
            // Numbers that were used here and are not in the file must not be used again.
            knowledge.actor = self.data.new_actor()?;
        }
        self.renew(contents, knowledge)
    }

    /// Puts other content in place of what is here.
    fn renew(&mut self, contents: Contents, knowledge: Knowledge) -> Result<(), StoreError> {
        self.numbers = self.copy.replace(&contents, &knowledge)?;
        self.knowledge = knowledge;
        self.seal = contents.seal();
        self.steps = crate::steps::Steps::of(&self.own, &contents.changes);
        let conflicts = conflicts_if_apart(&contents).unwrap_or_else(|reason| {
            self.knowledge.read_only.get_or_insert(reason);
            None
        });
        self.written_apart = conflicts.is_some();
        self.conflicts = conflicts.unwrap_or_default();
        let Contents {
            project,
            heads,
            versions,
            rows,
            ..
        } = contents;
        (self.project, self.heads, self.versions, self.rows) = (project, heads, versions, rows);
        self.revision += 1;
        self.adopt_actor()?;
        #[cfg(debug_assertions)]
        self.check_replay();
        Ok(())
    }

    /// Goes on as a new project, whose history begins here.
    fn begin_again(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let contents = self.without_history(self.project.map.clone(), now)?;
        let knowledge = Knowledge {
            published: None,
            published_changes: 0,
            fingerprint: None,
            read_only: None,
            ..self.knowledge.clone()
        };
        self.renew(contents, knowledge)
    }

    fn without_history(&self, map: Map, now: Timestamp) -> Result<Contents, StoreError> {
        let id = Id::derived(&self.data.new_id()?);
        let project = Project { id, map };
        Ok(Contents::new(
            project,
            &self.data.new_actor()?,
            self.data.author(),
            now,
        ))
    }

    /// Writes what is here to a file of its own, beside the published one or in the data folder;
    /// once, however often it is asked for.
    pub(super) fn keep_aside(&mut self, now: Timestamp) -> Result<PathBuf, StoreError> {
        if let Some((seal, path)) = &self.kept_aside
            && *seal == self.seal
            && path.is_file()
        {
            return Ok(path.clone());
        }
        let path = self.write_aside(now)?;
        self.kept_aside = Some((self.seal, path.clone()));
        Ok(path)
    }

    fn write_aside(&mut self, now: Timestamp) -> Result<PathBuf, StoreError> {
        let bytes = self.copy.image()?;
        let beside = self
            .knowledge
            .path
            .clone()
            .unwrap_or_else(|| self.data.kept().join("Untitled.backcast"));
        let kept = self.data.kept();
        let mut refused = None;
        for folder in [folder_of(&beside), &kept] {
            let path = aside_name(folder, &beside, now);
            let written =
                make_folder(folder).and_then(|()| write_file(&path, &bytes, &self.data.new_id()?));
            match unsynced(written) {
                Ok(_) => return Ok(path),
                Err(error) => refused = Some(error),
            }
        }
        Err(refused.unwrap_or(StoreError::Untitled))
    }

    fn remember_published(&mut self, fingerprint: Fingerprint) -> Result<(), StoreError> {
        self.remember(self.when_published(fingerprint))
    }

    /// The file is written, and that is so also when it cannot be noted in the working copy now, as on a full disk: the
    /// next opening then finds a file that it did not expect, and in it what it has already.
    fn know_published(&mut self, fingerprint: Fingerprint) {
        let knowledge = self.when_published(fingerprint);
        drop(working::save(&self.copy.connection, &knowledge));
        self.knowledge = knowledge;
    }

    fn when_published(&self, fingerprint: Fingerprint) -> Knowledge {
        Knowledge {
            published: Some(self.seal),
            published_changes: self.heads.count(),
            fingerprint: Some(fingerprint),
            ..self.knowledge.clone()
        }
    }

    pub(super) fn remember(&mut self, knowledge: Knowledge) -> Result<(), StoreError> {
        working::save(&self.copy.connection, &knowledge)
            .doing("The working copy could not be written")?;
        self.knowledge = knowledge;
        Ok(())
    }
}

/// The path with its folder resolved, so that it names the same file from everywhere.
fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    if let Ok(path) = fs::canonicalize(path) {
        return Ok(path);
    }
    let folder = folder_of(path);
    let resolved = fs::canonicalize(folder)
        .map_err(|error| StoreError::disk("Could not find the folder", folder, error))?;
    Ok(resolved.join(path.file_name().unwrap_or_default()))
}

/// `Plan (unsaved edits 2026-11-22 10.15).backcast`, with a number behind it when that is taken.
fn aside_name(folder: &Path, path: &Path, now: Timestamp) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let when = now.strftime("%Y-%m-%d %H.%M");
    let name = |number: usize| match number {
        1 => format!("{stem} (unsaved edits {when}).backcast"),
        number => format!("{stem} (unsaved edits {when}, {number}).backcast"),
    };
    let mut number = 1;
    while folder.join(name(number)).exists() {
        number += 1;
    }
    folder.join(name(number))
}
