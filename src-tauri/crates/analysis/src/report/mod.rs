//! What `check` prints, as strings: JSON for programs, SARIF for code-review tools, text for people. Refuses to
//! print, and to choose an exit status.

mod json;
mod sarif;
mod text;

pub use json::json;
pub use sarif::sarif;
pub use text::{TextOptions, text};

/// A value as indented JSON with a line break at the end. Structs of texts and finite numbers always make JSON.
fn indented(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
