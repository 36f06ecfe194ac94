//! What commands print, as strings: text for people, JSON for programs, Markdown for messages. Refuses to print, and to
//! work anything out.

mod comparison;
mod conflicts;
mod history;
mod import;
pub(crate) mod manual;
mod markdown;
mod page;
mod rescue;

pub(crate) use comparison::{json as comparison_json, text as comparison_text};
pub(crate) use conflicts::{json as conflicts_json, text as conflicts_text};
pub(crate) use history::{log_json, log_text, versions_json, versions_text};
pub(crate) use import::text as import_text;
pub(crate) use markdown::markdown as comparison_markdown;
pub(crate) use page::{plural, printable, quoted};
pub(crate) use rescue::{
    backups_json, backups_text, rescued_text, verification_json, verification_text,
};

use serde_json::Value;

use crate::output;
use page::Page;

/// An empty page for the terminal at hand.
fn page() -> Page {
    Page::new(output::width(), output::colours())
}

/// Indented JSON with a line break at the end.
fn indented(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A text that may be missing, in JSON.
fn text_or_null(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::from(text)
    }
}
