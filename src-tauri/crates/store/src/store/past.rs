//! The project's past: its history, named versions, and going back to one as a new step.

use backcast_model::change::apply;
use backcast_model::edit::Applied;
use backcast_model::{Map, Refusal};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Committed, Op, Store, TransactError};
use crate::error::{Context, StoreError};
use crate::file::{HistoryEntry, history, map_at};
use crate::log::Vector;
use crate::merge::difference;
use crate::seal::Seal;
use crate::tables;
use crate::version::Version;

impl Store {
    /// Every step, the first one first. O(n log n).
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn history(&self) -> Result<Vec<HistoryEntry>, StoreError> {
        Ok(history(&self.changes()?, &self.heads))
    }

    /// Named states, in the order in which they were kept.
    #[must_use]
    pub fn versions(&self) -> Vec<Version> {
        let mut versions = self.versions.clone();
        versions.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        versions
    }

    /// Gives the state as it is now a name.
    ///
    /// # Errors
    /// When the project is read-only or could not be written.
    pub fn keep_version(&mut self, name: &str, now: Timestamp) -> Result<Version, StoreError> {
        self.check_writable()?;
        let version = self.version(name.to_owned(), false, now)?;
        let mut versions = self.versions.clone();
        versions.push(version.clone());
        let seal = Seal::of(self.project.id.as_str(), &self.rows, &self.heads, &versions);
        let write = || {
            let transaction = self.copy.connection.unchecked_transaction()?;
            tables::version::insert(&transaction, &version)?;
            tables::project::set_seal(&transaction, &seal)?;
            transaction.commit()
        };
        write().doing("The version could not be kept")?;
        (self.versions, self.seal) = (versions, seal);
        #[cfg(debug_assertions)]
        self.check_replay();
        Ok(version)
    }

    /// The version to keep on its own before the first step of a new day: what the last day of work
    /// ended with, whoever worked then. Days are those of universal time, the same for everybody.
    pub(super) fn version_of_the_day(&self, now: Timestamp) -> Result<Option<Version>, StoreError> {
        let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
        let Some(last) = self.heads.last_work() else {
            return Ok(None);
        };
        let vector = self.heads.vector();
        let kept = self.versions.iter().any(|version| version.vector == vector);
        if kept || day(last) >= day(now) || vector.iter().map(|(_, seq)| seq).sum::<u64>() < 2 {
            return Ok(None);
        }
        self.version(day(last).to_string(), true, last).map(Some)
    }

    fn version(&self, name: String, automatic: bool, at: Timestamp) -> Result<Version, StoreError> {
        // Whole milliseconds are all that the file keeps.
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        let author = self.data.author().to_owned();
        Ok(Version {
            id: self.data.new_id()?,
            name,
            at,
            author,
            automatic,
            vector: self.heads.vector(),
        })
    }

    /// The map as it was after these changes. O(n log n) in the length of the log.
    ///
    /// # Errors
    /// When the log cannot be played.
    pub fn map_at(&self, vector: &Vector) -> Result<Map, StoreError> {
        map_at(&self.changes()?, &self.heads, vector)
    }

    /// Makes the map what another one is (an earlier state, a backup), as a new step that can be
    /// undone.
    ///
    /// # Errors
    /// When the project is read-only or could not be written; it is as before then.
    pub fn restore(
        &mut self,
        map: &Map,
        label: &str,
        now: Timestamp,
    ) -> Result<Committed, StoreError> {
        let restored = self.transact(Op::new("restore", label), now, |from| turn_into(from, map));
        restored.map_err(|error| match error {
            TransactError::Store(error) => error,
            TransactError::Refused(refusal) => StoreError::Refused(refusal),
        })
    }
}

/// The edits that lead from one map to another.
fn turn_into(from: &Map, to: &Map) -> Result<Applied, Refusal> {
    let changes = difference(from, to);
    let mut map = from.clone();
    for change in &changes {
        apply(&mut map, change)?;
    }
    Ok(Applied {
        map,
        changes,
        inserted: Vec::new(),
    })
}
