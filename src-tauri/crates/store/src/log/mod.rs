//! The change log: who changed what, in which order, having seen what. One mechanism for undo,
//! history, compare and merge, so that they cannot disagree. Refuses to know files and tables.

mod change;
mod heads;
mod ops;
mod vector;

pub use change::{Change, ChangeKind};
pub use vector::{Actor, Stamp, Vector};

pub(crate) use change::{chain, genesis};
pub(crate) use heads::Heads;
pub(crate) use ops::{ops_from_text, ops_to_text};
