//! One change: everything one gesture did, with who, when and what it had seen; and the hash that
//! chains it to the change its actor made before.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::vector::{Actor, Stamp, Vector};

/// SHA-256 over a change and the hash before it.
pub(crate) type Hash = [u8; 32];

/// What sort of step a change is, as a word: that of the edit (`add_touchpoint`), or one of the
/// words below that the store itself writes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChangeKind(SmolStr);

impl ChangeKind {
    /// The first change of a project: everything it began with. Cannot be undone.
    pub(crate) const CREATE: Self = Self(SmolStr::new_static("create"));
    /// Takes another change back.
    pub(crate) const UNDO: Self = Self(SmolStr::new_static("undo"));
    /// Does again what an undo took back.
    pub(crate) const REDO: Self = Self(SmolStr::new_static("redo"));
    /// Brings back what something living refers to, after a merge.
    pub(crate) const REPAIR: Self = Self(SmolStr::new_static("repair"));

    /// The kind with this name.
    pub fn new(name: &str) -> Self {
        Self(SmolStr::new(name))
    }

    /// The kind's name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A change as the log keeps it. What it did to rows is kept as text and read when it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who made it, and its number.
    pub stamp: Stamp,
    /// Larger than that of every change it had seen.
    pub lamport: u64,
    /// What it had seen, beyond what the actor's previous change had and that change itself.
    pub(crate) seen: Vector,
    /// The clock on the wall, for display only.
    pub at: Timestamp,
    /// What it is called: “Add E-mail”.
    pub label: String,
    /// What sort of step it is.
    pub kind: ChangeKind,
    /// Of an undo or a redo: the change it took back.
    pub reverts: Option<Stamp>,
    /// What happened to rows, as JSON.
    pub(crate) ops: String,
    /// Chains it to the actor's previous change.
    pub(crate) hash: Hash,
}

/// What the chain of an actor's changes begins with: it belongs to one project, one actor, one
/// author.
pub(crate) fn genesis(project: &str, actor: &Actor, author: &str) -> Hash {
    let mut hasher = Sha256::new();
    for text in ["backcast chain", project, actor.as_str(), author] {
        add(&mut hasher, text.as_bytes());
    }
    hasher.finalize().into()
}

/// The hash of a change behind the one with the hash `previous`.
pub(crate) fn chain(previous: &Hash, change: &Change) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    add(&mut hasher, change.stamp.actor.as_str().as_bytes());
    for number in [change.stamp.seq, change.lamport] {
        hasher.update(number.to_le_bytes());
    }
    hasher.update(change.at.as_millisecond().to_le_bytes());
    let seen = if change.seen.is_empty() {
        String::new()
    } else {
        change.seen.to_text()
    };
    for text in [&seen, &change.label, change.kind.as_str(), &change.ops] {
        add(&mut hasher, text.as_bytes());
    }
    if let Some(reverts) = &change.reverts {
        add(&mut hasher, reverts.actor.as_str().as_bytes());
        hasher.update(reverts.seq.to_le_bytes());
    }
    hasher.finalize().into()
}

/// Adds bytes with their length, so that no two lists of texts give the same input.
fn add(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}
