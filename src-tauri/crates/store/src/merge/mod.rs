//! Copies of one project become one: the union of their change logs, and the state that follows
//! from it. The state is a pure function of the set of changes, no matter in which order copies
//! met. The rules, which tests name:
//!
//! 1. A field keeps the write with the highest (lamport, actor) among those that no later write has
//!    seen. Differing losers are conflicts until somebody writes the field again.
//! 2. A row is gone only if every write to it was seen by some delete: an edit wins over a delete
//!    that did not know of it, and the delete is listed as a conflict.
//! 3. What lives keeps what it refers to: a link both touchpoints, a touchpoint its stage and
//!    audiences.
//! 4. Where rule 3 had to act, the merging app appends a repair that pins the result; a repair
//!    decides about being there and not about values, and hides no loser.
//! 5. Undo is a change that writes only where the value is still what this person wrote, and deletes
//!    no row that others have since written or referred to. It decides about the step it takes back,
//!    and not about what others wrote beside that step: their losers stay listed, and what that step
//!    settled is open again.
//! 6. The same actor with two different changes of one number: never merged silently; one branch
//!    gets another name, the same in every copy, and so does what others built on it.
//!
//! Refuses to know files and tables.

mod claims;
mod difference;
mod history;
#[cfg(test)]
pub(crate) mod oracle;
mod row;
#[cfg(test)]
mod scenarios;
mod state;
mod union;

pub use state::{Conflict, Side};

pub(crate) use difference::{difference, difference_in};
pub(crate) use history::History;
pub(crate) use state::{State, conflicts_about, materialise, relist, settle, without_shared};
pub(crate) use union::{Log, Union, unite};
