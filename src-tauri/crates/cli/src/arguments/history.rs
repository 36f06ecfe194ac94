//! The words of the commands about a project's past: log, undo, redo, versions.

use std::path::PathBuf;

use super::Format;

#[derive(Debug, clap::Args)]
#[command(after_help = LOG_HELP)]
pub(crate) struct Log {
    /// Project (.backcast)
    pub(crate) file: PathBuf,
    /// How to print the steps
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Print only the newest N steps
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) most: Option<usize>,
}

const LOG_HELP: &str = "\
Steps of all copies that were ever merged, the newest first. A step that was taken back is marked so, and stays in the \
history with the step that took it back. People are told by BACKCAST_AUTHOR or the name they were logged in with.

JSON: {\"title\", \"changes\": [{\"id\", \"author\", \"at\", \"label\", \"kind\", \"reverts\", \"undone\"}]}; \"kind\" is create, insert, \
set, move, delete, apply, restore, resolve, repair, undo or redo; \"reverts\" is the id of the step that an undo or a redo \
is about; \"undone\" says that the step stands taken back.";

#[derive(Debug, clap::Args)]
#[command(after_help = UNDO_HELP)]
pub(crate) struct Undo {
    /// Project (.backcast)
    pub(crate) file: PathBuf,
}

const UNDO_HELP: &str = "\
Steps are taken back one at a time, without limit, also after a restart or a merge: those that were made on this \
computer, and only where the value is still the one that was written. Undo is a step itself, so that nothing is lost.";

#[derive(Debug, clap::Args)]
#[command(after_help = VERSIONS_HELP)]
pub(crate) struct Versions {
    /// Project (.backcast)
    pub(crate) file: PathBuf,
    /// Give the state as it is this name
    #[arg(long, value_name = "NAME", conflicts_with = "restore")]
    pub(crate) keep: Option<String>,
    /// Make the map what it was at this version, as a step that undo takes back
    #[arg(long, value_name = "NAME")]
    pub(crate) restore: Option<String>,
    /// How to print the versions
    #[arg(long, value_enum, default_value_t = Format::Text, conflicts_with_all = ["keep", "restore"])]
    pub(crate) format: Format,
}

const VERSIONS_HELP: &str = "\
A version is a name for a state of the project; the file grows by the name only. One is kept on its own for each day of \
work, under the day's date. Other commands take one as FILE@NAME:
  backcast versions launch.backcast --keep \"as presented\"
  backcast diff \"launch.backcast@as presented\" launch.backcast

JSON: {\"versions\": [{\"id\", \"name\", \"at\", \"author\", \"automatic\"}]}, the newest first.";
