//! What can go wrong with files, in words for the planner: what happened, where, what to do next. A
//! variant exists where somebody acts on it. Refuses to recover: nothing is deleted or replaced here.

use std::io;
use std::path::{Path, PathBuf};

use backcast_model::Refusal;

/// Why a project could not be opened, changed or written. Nothing was changed or lost, but for
/// [`Self::NotSynced`], which tells of a file that is written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file has this name.
    #[error("{} does not exist. Check the name, or look for the file where it was moved to", path.display())]
    NotFound {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A folder, a device or a pipe.
    #[error("{} is {kind}, not a project file. Choose a file that ends in .backcast", path.display())]
    NotAFile {
        /// What was to be opened.
        path: PathBuf,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// The system does not let us.
    #[error(
        "{} cannot be {doing}: permission is denied. Ask its owner for access, or use a copy in a \
         folder of your own", path.display()
    )]
    NoPermission {
        /// The file or folder.
        path: PathBuf,
        /// What was tried: `read`, `written`.
        doing: &'static str,
    },
    /// Nothing in it.
    #[error(
        "{} is empty (0 bytes). If a folder-sync program put it there, wait until it is done; else \
         open a backup", path.display()
    )]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Larger than any project can be.
    #[error(
        "{} is too large to be a project file ({size} bytes; at most {most}). Check that it is the \
         file you mean", path.display()
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        size: u64,
        /// The longest that is read.
        most: u64,
    },
    /// Something else.
    #[error("{} is not a Backcast project: {reason}", path.display())]
    NotAProject {
        /// The file.
        path: PathBuf,
        /// What it is instead, and what to do with it.
        reason: String,
    },
    /// Written by a newer program.
    #[error(
        "{} was written by a newer Backcast (file version {version}; this program reads version \
         {ours}). Update Backcast to open it", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version it has.
        version: u32,
        /// The newest version this program reads.
        ours: u32,
    },
    /// A project file that cannot be read.
    #[error(
        "{} is damaged: {reason}. The file is left as it is; open a backup, or get out what is \
         whole with `backcast rescue`", path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Readable, but not what a Backcast program wrote.
    #[error(
        "{} was altered outside of Backcast or is damaged: {reason}. Look at it read-only in the \
         app, or see `backcast verify`", path.display()
    )]
    Altered {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// Rows that do not make a map.
    #[error("{} holds a map that does not fit together: {refusal}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// The row and what is wrong with it.
        refusal: Refusal,
    },
    /// Writing would replace a file nobody said to replace.
    #[error("{} exists already. Choose another name, or say that it is to be replaced", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Another project stands where this one is published, or something that is no project.
    #[error(
        "{} was replaced by something else while it was open ({reason}). It was left alone; your \
         edits are in {}", path.display(), kept.display()
    )]
    Replaced {
        /// Where the project is published.
        path: PathBuf,
        /// What stands there now.
        reason: String,
        /// Where this project was written instead.
        kept: PathBuf,
    },
    /// Two files of two projects were to become one.
    #[error("these are two different projects ({ours} and {theirs}), so they cannot be merged")]
    DifferentProjects {
        /// Title of the one.
        ours: String,
        /// Title of the other.
        theirs: String,
    },
    /// The change logs do not go together: one of them is not a log.
    #[error(
        "the copies cannot be merged: {reason}. Keep both files, and copy what is missing from one \
         to the other"
    )]
    Unmergeable {
        /// What stands in the way.
        reason: String,
    },
    /// Only to be looked at.
    #[error("this project is open for reading only: {reason}. Save it under another name to go on")]
    ReadOnly {
        /// Why.
        reason: String,
    },
    /// A value does not fit where it was to be written.
    #[error(transparent)]
    Refused(Refusal),
    /// Published nowhere yet.
    #[error("this project has no file yet. Choose a name for it")]
    Untitled,
    /// No such version, change or working copy.
    #[error("there is no {what}")]
    Missing {
        /// What was asked for.
        what: String,
    },
    /// Another process has it.
    #[error("this working copy is open in another window or program. Close it there first")]
    InUse,
    /// The file could not be written, and what it lacks is in the working copy.
    #[error(
        "{doing} {}: {source}. Your edits are safe on this computer; see that there is room and \
         access, then try again", path.display()
    )]
    NotPublished {
        /// What was being done, as the beginning of a sentence.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The disk, the network drive or the system.
    #[error(
        "{doing} {}: {source}. See that there is room and access, then try again", path.display()
    )]
    Disk {
        /// What was being done, as the beginning of a sentence.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is there and whole; only its folder could not be synced.
    #[error(
        "{} is written and whole, but whether a power cut would leave it there is uncertain ({source}). See \
         that its drive is well, then write it again", path.display()
    )]
    NotSynced {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database of the working copy.
    #[error(
        "{doing}: {source}. Nothing was changed; see that there is room on the disk, then try again"
    )]
    Database {
        /// What was being done, as the beginning of a sentence.
        doing: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The system gave no randomness for an id.
    #[error("no id could be made: {0}. Try again")]
    NoId(String),
}

impl StoreError {
    /// The error of an operation on a file, by what the system says.
    pub(crate) fn disk(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Disk {
            doing,
            path: path.to_path_buf(),
            source,
        }
    }

    /// The same, where edits that the file lacks are in the working copy: nobody need fear for them.
    pub(crate) fn with_edits_safe(self) -> Self {
        match self {
            Self::Disk {
                doing,
                path,
                source,
            } => Self::NotPublished {
                doing,
                path,
                source,
            },
            other => other,
        }
    }
}

/// Says what was being done when the database or the disk refused.
pub(crate) trait Context<T> {
    /// `doing` begins a sentence: “The change could not be written”.
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Context<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Database { doing, source })
    }
}
