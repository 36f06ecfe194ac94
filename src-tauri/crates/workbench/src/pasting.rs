//! Text that somebody pasted, read as a table, a diagram or a map of ours. Refuses to be a file: it has no name that
//! could say what it is, so its content has to.

use crate::environment::Environment;
use crate::importing::{self, Looked, ReadChoices};
use crate::problem::Problem;

/// What pasted text is called where a file would have its name.
pub const PASTED: &str = "The clipboard";

/// Looks at pasted text once, as at files.
///
/// # Errors
/// When it is nothing that can be imported, with what can.
pub fn look(
    environment: &Environment,
    text: &str,
    choices: &ReadChoices,
) -> Result<Looked, Problem> {
    let named = [(String::new(), text.as_bytes().to_vec())];
    importing::look_at(environment, &[PASTED.into()], &named, choices)
}
