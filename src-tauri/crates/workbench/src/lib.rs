//! The open project: read, edit, undo, watch, save, export. What the window and the command line both stand on.
//!
//! [`Workbench`] keeps store, layout and gaps of one project in step; [`Desk`] puts it on a thread of its own and saves
//! by itself; [`project_file`] does what needs no open project. The only crate that names tokio.
//!
//! Refuses to know windows, menus and argument lists, and to know rules, tables and formats: it brings together those
//! who do. *Invariant:* events leave after commit, and before whoever asked is answered.

mod arranging;
mod check;
mod company;
pub mod comparison;
mod conflicts;
mod desk;
mod environment;
mod event;
pub mod exporting;
pub mod history;
pub mod importing;
pub mod merging;
mod mishap;
mod moves;
mod past;
pub mod pasting;
mod picture;
mod problem;
pub mod project_file;
pub mod recent;
pub mod rescue;
pub mod samples;
mod saving;
mod start;
pub mod text_file;
mod underway;
mod visit;
pub mod wording;
mod workbench;

pub use arranging::Grouping;
pub use backcast_analysis::View;
pub use check::{Check, unknown_rules};
pub use company::{Company, Copy, Merged, Presence};
pub use conflicts::{Claim, Contested};
pub use desk::Desk;
pub use environment::{
    AUTHOR_VARIABLE, DATA_FOLDER_VARIABLE, Environment, local_time, new_id, now, today,
};
pub use event::{Changed, Event, GapsChanged, History, SaveState, Saved, TakenIn};
pub use past::{Deed, Point};
pub use picture::{Fate, Mark, Picture};
pub use problem::{Problem, ProblemKind};
pub use samples::Sample;
pub use start::{new_map, sample_map};
pub use visit::Visited;
pub use workbench::{Reading, Workbench};
