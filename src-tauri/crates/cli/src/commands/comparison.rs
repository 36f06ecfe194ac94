//! The commands about two states of a map: diff and merge.

use backcast_workbench::comparison::{Comparison, Source};
use backcast_workbench::merging;
use backcast_workbench::{Environment, Problem, today};

use crate::arguments::Format;
use crate::arguments::comparison::{Diff, DiffFormat, Merge};
use crate::output::Outcome;
use crate::report;

/// Said of copies of which one working copy had gone on in two places.
const WENT_ON_TWICE: &str = "One working copy of this project had gone on in both, as a restored backup or a cloned computer does: \
    the steps of both are in it, those of one under another name.\n";

pub(super) fn diff(arguments: &Diff) -> Result<Outcome, Problem> {
    let environment = Environment::of_process()?;
    let (from, to) = (Source::read(&arguments.from)?, Source::read(&arguments.to)?);
    let today = arguments.today.unwrap_or_else(today);
    let comparison = Comparison::of(&environment, from, to, today);
    let layout = arguments.layout;
    let text = match arguments.format {
        DiffFormat::Text => report::comparison_text(&comparison, layout),
        DiffFormat::Json => report::comparison_json(&comparison, layout),
        DiffFormat::Markdown => report::comparison_markdown(&comparison, layout),
    };
    let outcome = if comparison.is_same() {
        Outcome::done(text)
    } else {
        Outcome::found(text)
    };
    Ok(outcome
        .with_notes(comparison.from.note)
        .with_notes(comparison.to.note))
}

pub(super) fn merge(arguments: &Merge) -> Result<Outcome, Problem> {
    let Merge {
        one,
        other,
        output,
        force,
        format,
    } = arguments;
    let merged = merging::merge(one, other, output, *force)?;
    let text = match format {
        Format::Json => report::conflicts_json(&merged.conflicts),
        Format::Text => format!(
            "Merged {} and {} into {}.\n{}{}",
            one.display(),
            other.display(),
            output.display(),
            if merged.went_on_twice {
                WENT_ON_TWICE
            } else {
                ""
            },
            report::conflicts_text(&merged.map, &merged.conflicts)
        ),
    };
    let outcome = if merged.conflicts.is_empty() {
        Outcome::done(text)
    } else {
        Outcome::found(text)
    };
    Ok(outcome.with_notes(merged.unsynced))
}
