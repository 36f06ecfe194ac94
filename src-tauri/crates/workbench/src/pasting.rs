//! Text that somebody pasted, read as a table, a diagram or a map of ours. Refuses to be a file: it has no name that
//! could say what it is, so its content has to.

use backcast_exchange::{Imported, intake};

use crate::environment::Environment;
use crate::importing::{self, ReadChoices};
use crate::problem::Problem;

/// What pasted text is called where a file would have its name.
pub const PASTED: &str = "The clipboard";

/// Reads pasted text.
///
/// # Errors
/// When it is nothing that can be imported, with what can.
pub fn read(
    environment: &Environment,
    text: &str,
    choices: &ReadChoices,
) -> Result<Imported, Problem> {
    let named = [(String::new(), text.as_bytes().to_vec())];
    intake::read(&named, choices, environment.catalog())
        .map_err(|error| importing::refused(&[PASTED.into()], &error))
}
