//! The language of Backcast: project, map, stage, audience, system, touchpoint, link, dismissal, and the edits
//! and changes that lead from one state of a map to the next.
//!
//! Refuses to be: a place for files, clocks, randomness or windows. Everything here is pure; ids and dates come
//! in from outside. A [`Map`] changes only through [`edit::apply`] and [`change::apply`], so whoever holds one
//! holds a valid one.

pub mod catalog;
pub mod change;
pub mod edit;
pub mod flow;
pub mod graph;
mod map;
mod number;
mod order;
mod record;
mod refusal;
mod table;
pub mod threshold;
mod vocabulary;
mod wording;

mod audience;
mod dismissal;
mod link;
mod properties;
mod stage;
mod system;
mod touchpoint;

pub use audience::Audience;
pub use change::RowChange;
pub use dismissal::Dismissal;
pub use edit::Edit;
pub use link::Link;
pub use map::{Map, MapBuilder, Project};
pub use number::{Count, Day, Days, Money, Position, Rate, RateEstimate};
pub use order::OrderKey;
pub use properties::{MapProperties, RuleSetting};
pub use record::{Entity, Field, FieldKind, Fields, Id, Record};
pub use refusal::Refusal;
pub use stage::Stage;
pub use system::System;
pub use table::{Row, Table};
pub use touchpoint::Touchpoint;
pub use vocabulary::*;

/// The id of the only row of entity `map` in a project.
pub const MAP_ID: &str = "map";

/// The most touchpoints a map may hold, and likewise the most rows of any other entity but links (four times that).
pub const MOST_TOUCHPOINTS: usize = 100_000;

/// The longest text a field may hold, in bytes.
pub const LONGEST_TEXT: usize = 1_000_000;
