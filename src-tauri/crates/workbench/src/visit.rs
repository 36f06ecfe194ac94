//! A visit to a project that no window has open: opened, one thing done, published, closed. Refuses to keep anything
//! open, and to visit maps in text form, which have no history.

use std::path::Path;

use backcast_store::{Notice, Store};

use crate::company::notes_on_company;
use crate::environment::{Environment, now};
use crate::problem::{Problem, ProblemKind};
use crate::project_file::{Form, form_of};
use crate::saving::sentence;

/// What a visit came to, and what people should be told beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visited<T> {
    /// What was asked for.
    pub outcome: T,
    /// Sentences about what else happened; nothing was lost.
    pub notes: Vec<String>,
}

/// Opens a project, does one thing, publishes it and closes it.
///
/// # Errors
/// When the file is not a project or may only be looked at, the work is refused, or the file cannot be written; what
/// was done is then kept on this computer and is in the file after the next visit that can write it.
pub(crate) fn visit<T>(
    environment: &Environment,
    path: &Path,
    work: impl FnOnce(&mut Store) -> Result<T, Problem>,
) -> Result<Visited<T>, Problem> {
    needs_history(path)?;
    let mut store = Store::open(&environment.store_folder(), path, now())?;
    let company = notes_on_company(&mut store);
    let done = work(&mut store).and_then(|outcome| {
        store
            .publish(now())
            .map_err(|error| kept(Problem::from(error)))?;
        Ok(outcome)
    });
    let notices = store.take_notices();
    let closed = store.close();
    let told = |notice: &&Notice| **notice != Notice::OpenElsewhere;
    let notes: Vec<_> = notices
        .iter()
        .filter(told)
        .map(sentence)
        .chain(company)
        .collect();
    let outcome = done.map_err(|problem| beside(problem, &notes))?;
    closed?;
    Ok(Visited { outcome, notes })
}

/// What else happened on a visit whose work was refused: files may have appeared beside the project.
fn beside(problem: Problem, notes: &[String]) -> Problem {
    let told = std::iter::once(problem.remedy.as_str()).chain(notes.iter().map(String::as_str));
    Problem {
        remedy: told.collect::<Vec<_>>().join("\n  "),
        ..problem
    }
}

/// What was done stands in the working copy though the file could not be written: whoever repeats it does it twice.
fn kept(problem: Problem) -> Problem {
    let remedy = format!(
        "{} The change itself is kept on this computer: it is in the file after the next command that can write \
         there, so do not repeat it.",
        problem.remedy
    );
    Problem { remedy, ..problem }.of_kind(ProblemKind::NotSaved)
}

/// Refuses a map in text form.
pub(crate) fn needs_history(path: &Path) -> Result<(), Problem> {
    if form_of(path) == Form::Project || !path.is_file() {
        return Ok(());
    }
    Err(Problem::refused(
        format!(
            "{} is a map in its text form, which keeps no history.",
            path.display()
        ),
        "Take it into a project with \u{201c}backcast import\u{201d}, and go on there.",
    ))
}
