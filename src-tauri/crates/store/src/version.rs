//! A version: a named, kept state of the project. It is a name for a version vector; the state is
//! worked out from the change log when somebody looks at it.

use jiff::Timestamp;
use rusqlite::types::ValueRef;

use crate::log::Vector;
use crate::seal::{RowHash, RowHasher};

/// A named state of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Random; the same in every copy.
    pub id: String,
    /// What planners call it.
    pub name: String,
    /// When it was kept.
    pub at: Timestamp,
    /// Who kept it.
    pub author: String,
    /// Whether the program kept it on its own, at the end of a day's work.
    pub automatic: bool,
    /// The changes it consists of.
    pub vector: Vector,
}

impl Version {
    /// The version's share in the seal.
    pub(crate) fn hash(&self) -> RowHash {
        let mut hasher = RowHasher::new("version");
        for text in [&self.id, &self.name, &self.author, &self.vector.to_text()] {
            hasher.add(ValueRef::Text(text.as_bytes()));
        }
        hasher.add(ValueRef::Integer(self.at.as_millisecond()));
        hasher.add(ValueRef::Integer(i64::from(self.automatic)));
        hasher.finish()
    }
}
