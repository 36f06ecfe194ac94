//! The commands about a project's past: conflicts, copies, log, undo, redo, versions.

use std::path::Path;

use backcast_workbench::history::{self, Past, TakenBack};
use backcast_workbench::{Environment, Problem, Visited};

use crate::arguments::Format;
use crate::arguments::history::{Conflicts, Copy, Log, Versions};
use crate::output::Outcome;
use crate::report::{self, plural, printable, quoted};

pub(super) fn log(arguments: &Log) -> Result<Outcome, Problem> {
    let past = Past::read(&arguments.file)?;
    let title = &past.map().properties.title;
    let mut steps = past.steps();
    let left_out = steps
        .len()
        .saturating_sub(arguments.most.unwrap_or(usize::MAX));
    steps.truncate(steps.len() - left_out);
    let rows = past.rows_of_steps()?;
    let text = match arguments.format {
        Format::Json => report::log_json(title, &steps, &rows),
        Format::Text => {
            let shown = arguments.changes.then_some((past.map(), &rows));
            report::log_text(title, &steps, left_out, shown)
        }
    };
    Ok(Outcome::done(text).with_notes(past.note()))
}

pub(super) fn conflicts(arguments: &Conflicts) -> Result<Outcome, Problem> {
    let past = Past::read(&arguments.file)?;
    let conflicts = past.conflicts()?;
    let text = match arguments.format {
        Format::Json => report::conflicts_json(&conflicts),
        Format::Text if conflicts.is_empty() => "No conflicts.\n".to_owned(),
        Format::Text => report::conflicts_text(past.map(), &conflicts),
    };
    let outcome = if conflicts.is_empty() {
        Outcome::done(text)
    } else {
        Outcome::found(text)
    };
    Ok(outcome.with_notes(past.note()))
}

pub(super) fn copy(arguments: &Copy) -> Result<Outcome, Problem> {
    let Copy {
        file,
        output,
        without_history,
        force,
    } = arguments;
    let environment = Environment::of_process()?;
    let note = history::copy(&environment, file, output, !without_history, *force)?;
    let how = if *without_history {
        "without its history"
    } else {
        "with its history"
    };
    Ok(Outcome::done(format!(
        "Copied {} to {} {how}.\n",
        file.display(),
        output.display()
    ))
    .with_notes(note))
}

pub(super) fn undo(file: &Path) -> Result<Outcome, Problem> {
    let visited = history::undo(&Environment::of_process()?, file)?;
    taken_back(visited, "Undid", "undo")
}

pub(super) fn redo(file: &Path) -> Result<Outcome, Problem> {
    let visited = history::redo(&Environment::of_process()?, file)?;
    taken_back(visited, "Did again", "redo")
}

fn taken_back(
    visited: Visited<Option<TakenBack>>,
    done: &str,
    verb: &str,
) -> Result<Outcome, Problem> {
    let Some(TakenBack {
        label,
        rows,
        contested,
    }) = visited.outcome
    else {
        return Err(Problem::refused(
            format!("There is nothing to {verb}."),
            "Only steps made on this computer are taken back; see \u{201c}backcast log\u{201d}.",
        ));
    };
    let label = printable(&label);
    let text = match rows {
        0 => format!("Nothing was left to {verb} of: {label}. Others have written there since.\n"),
        rows => format!("{done}: {label} ({}).\n", plural(rows, "row")),
    };
    let note = (contested > 0).then(|| {
        format!(
            "What others wrote in the same {} stays listed; see \u{201c}backcast conflicts\u{201d}.",
            if contested == 1 { "place" } else { "places" }
        )
    });
    Ok(Outcome::done(text)
        .with_notes(visited.notes)
        .with_notes(note))
}

pub(super) fn versions(arguments: &Versions) -> Result<Outcome, Problem> {
    let file = &arguments.file;
    if let Some(name) = &arguments.keep {
        let visited = history::keep_version(&Environment::of_process()?, file, name)?;
        let text = format!("Kept {} as {}.\n", file.display(), quoted(name.trim()));
        return Ok(Outcome::done(text).with_notes(visited.notes));
    }
    if let Some(name) = &arguments.restore {
        return restore(file, name);
    }
    let past = Past::read(file)?;
    let text = match arguments.format {
        Format::Text => report::versions_text(&past.versions()),
        Format::Json => report::versions_json(&past.versions()),
    };
    Ok(Outcome::done(text).with_notes(past.note()))
}

fn restore(file: &Path, name: &str) -> Result<Outcome, Problem> {
    let visited = history::restore_version(&Environment::of_process()?, file, name)?;
    let (file, name) = (file.display(), quoted(name));
    let text = match visited.outcome {
        0 => format!("{file} is as it was at {name} already.\n"),
        rows => format!(
            "{file} is as it was at {name} again ({}); \u{201c}backcast undo\u{201d} takes that back.\n",
            plural(rows, "row")
        ),
    };
    Ok(Outcome::done(text).with_notes(visited.notes))
}
