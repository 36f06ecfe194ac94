//! What journeys through the real programs need: the programs themselves, a window to drive, maps to feed them.
//!
//! Refuses to look inside: whatever a journey asserts, a person could see.

mod app;
mod close;
mod desk;
mod generated;
pub mod hostile;
pub mod html;
mod picture;
mod programs;
mod running;
mod sources;

pub use app::{App, Failure};
pub use desk::{Desk, Person, parsed};
pub use generated::map as generated_map;
pub use picture::Picture;
pub use programs::{app_program, command_line, sample};
pub use running::Running;
pub use sources::files;
