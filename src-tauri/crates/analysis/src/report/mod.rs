//! What `check` prints, as strings: JSON for programs, SARIF for code-review tools, text for people. Refuses to
//! print, and to choose an exit status.

mod indented;
mod json;
mod sarif;
mod text;

pub use json::json;
pub use sarif::sarif;
pub use text::{TextOptions, text};
