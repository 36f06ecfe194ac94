//! One function for each command: it reads, asks the workbench and says what came of it. A file for each family of
//! commands, the same as for their words in `arguments`.

mod apply;
mod comparison;
mod export;
mod history;
mod import;
mod manual;
mod map;
mod rescue;

use backcast_workbench::Problem;

use crate::arguments::Command;
use crate::output::Outcome;

/// Runs a command.
///
/// # Errors
/// When the input or the call is wrong; nothing was changed then.
pub(crate) fn run(command: Command) -> Result<Outcome, Problem> {
    match command {
        Command::New {
            file,
            title,
            framework,
            force,
        } => map::new(&file, title, framework.as_deref(), force),
        Command::Check { file, options } => map::check(&file, &options),
        Command::Import(arguments) => import::import(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Apply { file, edits, label } => apply::apply(&file, &edits, label),
        Command::Diff(arguments) => comparison::diff(&arguments),
        Command::Merge(arguments) => comparison::merge(&arguments),
        Command::Conflicts(arguments) => history::conflicts(&arguments),
        Command::Copy(arguments) => history::copy(&arguments),
        Command::Log(arguments) => history::log(&arguments),
        Command::Undo(arguments) => history::undo(&arguments.file),
        Command::Redo(arguments) => history::redo(&arguments.file),
        Command::Versions(arguments) => history::versions(&arguments),
        Command::Verify(arguments) => rescue::verify(&arguments),
        Command::Rescue(arguments) => rescue::rescue(&arguments),
        Command::Backups(arguments) => rescue::backups(&arguments),
        Command::Completions { shell } => Ok(Outcome::done(manual::completions(shell))),
        Command::Man(arguments) => manual::manual(&arguments),
    }
}
