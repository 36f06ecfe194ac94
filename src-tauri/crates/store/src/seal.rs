//! The seal of a project: one fingerprint over all its rows, its versions and the heads of its
//! change log. It tells a file that was damaged or altered from one that is whole, and an edited
//! working copy from a published one. It is a check against accidents and careless tools; it
//! authenticates nobody.
//!
//! Row hashes are added up (modulo 2²⁵⁶), so that an edit costs two hashes per row it touched and
//! the order of rows does not matter.

use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::log::Heads;
use crate::version::Version;

/// SHA-256 of a row.
pub(crate) type RowHash = [u8; 32];

/// Hashes one row, cell by cell.
pub(crate) struct RowHasher(Sha256);

impl RowHasher {
    /// A row of the table with this name.
    pub(crate) fn new(table: &str) -> Self {
        let mut hasher = Self(Sha256::new());
        hasher.add(ValueRef::Text(table.as_bytes()));
        hasher
    }

    /// The next cell.
    pub(crate) fn add(&mut self, cell: ValueRef<'_>) {
        let mut sized = |kind: u8, bytes: &[u8]| {
            self.0.update([kind]);
            self.0.update((bytes.len() as u64).to_le_bytes());
            self.0.update(bytes);
        };
        match cell {
            ValueRef::Null => self.0.update([0]),
            ValueRef::Integer(number) => {
                self.0.update([1]);
                self.0.update(number.to_le_bytes());
            }
            ValueRef::Real(number) => {
                self.0.update([2]);
                self.0.update(number.to_bits().to_le_bytes());
            }
            ValueRef::Text(bytes) => sized(3, bytes),
            ValueRef::Blob(bytes) => sized(4, bytes),
        }
    }

    /// The row's hash.
    pub(crate) fn finish(self) -> RowHash {
        self.0.finalize().into()
    }
}

/// The sum of the hashes of a set of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RowSum([u64; 4]);

impl RowSum {
    /// Counts a row in.
    pub(crate) fn add(&mut self, hash: &RowHash) {
        let mut carry = false;
        for (word, other) in self.0.iter_mut().zip(words(hash)) {
            (*word, carry) = add_with_carry(*word, other, carry);
        }
    }

    /// Counts a row out.
    pub(crate) fn remove(&mut self, hash: &RowHash) {
        let mut carry = true;
        for (word, other) in self.0.iter_mut().zip(words(hash)) {
            (*word, carry) = add_with_carry(*word, !other, carry);
        }
    }
}

fn words(hash: &RowHash) -> impl Iterator<Item = u64> + '_ {
    hash.chunks_exact(8).map(|chunk| {
        chunk
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte))
    })
}

fn add_with_carry(left: u64, right: u64, carry: bool) -> (u64, bool) {
    let (sum, first) = left.overflowing_add(right);
    let (sum, second) = sum.overflowing_add(u64::from(carry));
    (sum, first || second)
}

/// One fingerprint over everything in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Seal(RowHash);

impl Seal {
    /// The seal of a project with these rows, heads and versions.
    pub(crate) fn of(project: &str, rows: &RowSum, heads: &Heads, versions: &[Version]) -> Self {
        let mut sum = *rows;
        // Who has written nothing yet is in no file.
        for (actor, head) in heads.iter().filter(|(_, head)| head.seq > 0) {
            let mut hasher = RowHasher::new("head");
            hasher.add(ValueRef::Text(actor.as_str().as_bytes()));
            hasher.add(ValueRef::Text(head.author.as_bytes()));
            hasher.add(ValueRef::Blob(&head.seq.to_le_bytes()));
            hasher.add(ValueRef::Blob(&head.hash));
            sum.add(&hasher.finish());
        }
        for version in versions {
            sum.add(&version.hash());
        }
        let mut hasher = RowHasher::new("project");
        hasher.add(ValueRef::Text(project.as_bytes()));
        for word in sum.0 {
            hasher.add(ValueRef::Blob(&word.to_le_bytes()));
        }
        Self(hasher.finish())
    }

    /// The seal's bytes.
    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The seal with these bytes; of another length than 32 it is one that fits nothing.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.try_into().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_added_can_be_taken_out_in_any_order(hashes in prop::collection::vec(any::<[u8; 32]>(), 1..20)) {
            let (mut sum, mut backward) = (RowSum::default(), RowSum::default());
            hashes.iter().for_each(|hash| sum.add(hash));
            hashes.iter().rev().for_each(|hash| backward.add(hash));
            prop_assert_eq!(sum, backward);
            hashes.iter().for_each(|hash| sum.remove(hash));
            prop_assert_eq!(sum, RowSum::default());
        }
    }
}
