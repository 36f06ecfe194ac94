//! The project file: working copies that every edit is committed to, files that are published
//! whole, the change log behind undo, history, compare and merge.
//!
//! [`Store`] is an open project. [`Store::transact`] is the one door for writes: one SQLite
//! transaction with the rows and exactly one change in the log. [`read`] looks at a file without
//! opening it for work, [`ProjectFile::write_new`] makes one.
//!
//! Refuses to be: the place where edits are judged (that is `model::edit`), a clock (times are
//! passed in), or a server. Nothing here deletes or replaces a user's file to recover.

mod backup;
mod beside;
mod compare;
mod contents;
mod data_folder;
mod error;
mod file;
mod fingerprint;
#[cfg(test)]
mod hostile;
mod log;
mod merge;
#[cfg(test)]
mod mutations;
mod publish;
mod readable;
mod rescue;
mod schema;
mod seal;
mod steps;
mod store;
mod stranger;
mod tables;
mod version;
mod working;
mod write_ahead;

pub use self::merge::{Conflict, Side};
pub use backup::{Backup, backups, keep_replaced};
pub use beside::Presence;
pub use compare::{Compared, Difference, compare};
pub use data_folder::DataFolder;
pub use error::StoreError;
pub use file::{HistoryEntry, MergedCopies, Newer, ProjectFile, merge, read};
pub use log::{Actor, Change, ChangeKind, Stamp, Vector};
pub use publish::Existing;
pub use rescue::{Rescued, Verification, rescue, verify};
pub use store::{
    Committed, FileState, Notice, Op, Saved, Store, TransactError, UnpublishedCopy, working_copies,
};
pub use version::Version;
