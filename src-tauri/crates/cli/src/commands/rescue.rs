//! The commands about damaged and lost files: verify, rescue, backups.

use backcast_workbench::rescue;
use backcast_workbench::{Environment, Problem, local_time};

use crate::arguments::Format;
use crate::arguments::rescue::{Backups, Rescue, Verify};
use crate::output::Outcome;
use crate::report;

pub(super) fn verify(arguments: &Verify) -> Result<Outcome, Problem> {
    let found = rescue::verify(&arguments.file)?;
    let text = match arguments.format {
        Format::Text => report::verification_text(&arguments.file, &found),
        Format::Json => report::verification_json(&arguments.file, &found),
    };
    let note = found.newer.map(|version| {
        format!(
            "{} was written by a newer Backcast (file version {version}); what only that one knows was not looked at.",
            arguments.file.display()
        )
    });
    let outcome = if found.problems.is_empty() {
        Outcome::done(text)
    } else {
        Outcome::found(text)
    };
    Ok(outcome.with_notes(note))
}

pub(super) fn rescue(arguments: &Rescue) -> Result<Outcome, Problem> {
    let rescued = rescue::rescue(&arguments.file, &arguments.output, arguments.force)?;
    let text = report::rescued_text(&arguments.output, &rescued);
    Ok(Outcome::done(text).with_notes(rescued.unsynced))
}

pub(super) fn backups(arguments: &Backups) -> Result<Outcome, Problem> {
    let environment = Environment::of_process()?;
    let file = &arguments.file;
    if let (Some(number), Some(into)) = (arguments.restore, &arguments.output) {
        let backup = rescue::restore_backup(&environment, file, number, into, arguments.force)?;
        return Ok(Outcome::done(format!(
            "Wrote the backup of {} to {}.\n",
            local_time(backup.at),
            into.display()
        )));
    }
    let backups = rescue::backups(&environment, file)?;
    let text = match arguments.format {
        Format::Text => report::backups_text(&backups),
        Format::Json => report::backups_json(&backups),
    };
    let note = backups.of_all_because.map(|problem| {
        format!(
            "{} So these are the backups of every project of this computer.",
            problem.message
        )
    });
    Ok(Outcome::done(text).with_notes(note))
}
