//! What lies where the project is published. It is asked of the disk whenever somebody wants to
//! know: a file can be deleted, moved, replaced or out of reach at any moment, and nobody is told.
//! Refuses to change anything, here or there.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use super::Store;
use crate::contents::Reading;
use crate::error::StoreError;
use crate::fingerprint::Look;
use crate::stranger::FileImage;

/// What lies where a project is published, as the disk says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// It is published nowhere yet.
    Untitled,
    /// The file as it was published last, and it can be read.
    AsPublished,
    /// No file: deleted, moved, renamed, or on a drive that is not there. Publishing writes it
    /// again where its folder is there.
    Gone,
    /// Another copy of this project, which [`Store::refresh`] and [`Store::publish`] take in.
    Changed,
    /// Something that is no copy of this project, or a damaged one. It is left alone; publishing
    /// keeps the edits in a file of their own.
    Replaced {
        /// What it is, as a clause.
        reason: String,
    },
    /// It cannot be told: the drive, the network or the rights do not allow to look.
    Unreachable {
        /// What the system says.
        reason: String,
    },
}

/// What stands where the project is published, with its content when that is another.
pub(super) enum Underneath {
    /// What was published last.
    Expected,
    /// Nothing.
    Gone,
    /// Something else.
    Other(Result<FileImage, StoreError>),
}

/// What was found the last time at a file that looked like this, so that a large file that stays
/// another one is read once.
pub(super) type Looked = Option<(Look, FileState)>;

impl Store {
    /// What lies where the project is published, asked of the disk now. With
    /// [`Self::is_published`] it is the whole truth: the project is saved when both say so. Costs
    /// one question to the file system, and reading the file once when it is another.
    #[must_use]
    pub fn file_state(&self) -> FileState {
        let Some(path) = self.knowledge.path.as_deref() else {
            return FileState::Untitled;
        };
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if is_gone(&error) => return FileState::Gone,
            Err(error) => return unreachable(&error),
        };
        if !metadata.is_file() {
            let reason = "it is a folder, a device or a pipe now".to_owned();
            return FileState::Replaced { reason };
        }
        if let Err(error) = File::open(path) {
            return unreachable(&error);
        }
        if self.looks_as_published(&metadata) {
            return FileState::AsPublished;
        }
        let look = Look::at(&metadata);
        let mut looked = self.looked.borrow_mut();
        if let Some((known, state)) = &*looked
            && *known == look
        {
            return state.clone();
        }
        let state = self.state_of(FileImage::take(path));
        *looked = Some((look, state.clone()));
        state
    }

    fn state_of(&self, file: Result<FileImage, StoreError>) -> FileState {
        let file = match file {
            Ok(file) => file,
            Err(error) => {
                return FileState::Unreachable {
                    reason: error.to_string(),
                };
            }
        };
        if self.knows_content(&file) {
            return FileState::AsPublished;
        }
        match file.read() {
            Err(error) => FileState::Replaced {
                reason: error.to_string(),
            },
            Ok(reading) => match self.why_not_taken_in(&reading) {
                Some(reason) => FileState::Replaced { reason },
                None if Some(reading.contents.seal()) == self.knowledge.published => {
                    FileState::AsPublished
                }
                None => FileState::Changed,
            },
        }
    }

    /// Why what was read is no copy of this project; `None`: it is one.
    pub(super) fn why_not_taken_in(&self, reading: &Reading) -> Option<String> {
        if reading.altered.is_some() {
            return reading.altered.clone();
        }
        let theirs = &reading.contents.project;
        (theirs.id != self.project.id).then(|| {
            let title = &theirs.map.properties.title;
            format!("it is the project \u{201c}{title}\u{201d} now")
        })
    }

    pub(super) fn look_underneath(&self, path: &Path) -> Underneath {
        match fs::metadata(path) {
            Ok(metadata) if self.looks_as_published(&metadata) => Underneath::Expected,
            Ok(_) => Underneath::Other(FileImage::take(path)),
            Err(error) if is_gone(&error) => Underneath::Gone,
            Err(error) => {
                Underneath::Other(Err(StoreError::disk("Could not look at", path, error)))
            }
        }
    }

    pub(super) fn looks_as_published(&self, metadata: &Metadata) -> bool {
        let known = self.knowledge.fingerprint.as_ref();
        known.is_some_and(|known| known.looks_like(metadata))
    }

    pub(super) fn knows_content(&self, file: &FileImage) -> bool {
        let known = self.knowledge.fingerprint.as_ref();
        known.is_some_and(|known| known.same_content(&file.fingerprint))
    }
}

/// Whether the system says that there is no such file, or no such folder.
pub(super) fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn unreachable(error: &io::Error) -> FileState {
    FileState::Unreachable {
        reason: error.to_string(),
    }
}
