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
    /// List the rows and fields under each step, with what they held and hold
    #[arg(long)]
    pub(crate) changes: bool,
    /// Print only the newest N steps
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) most: Option<usize>,
}

const LOG_HELP: &str = "\
Steps of all copies that were ever merged, the newest first. A step that was taken back is marked so, and stays in the \
history with the step that took it back. People are told by BACKCAST_AUTHOR or the name they were logged in with.

JSON: {\"title\", \"changes\": [{\"id\", \"author\", \"at\", \"label\", \"kind\", \"reverts\", \"undone\", \
\"rows\": [{\"entity\", \"id\", \"name\", \"kind\", \"fields\": [{\"field\", \"from\", \"to\"}]}]}]}; a step's \"kind\" is create, insert, \
set, move, delete, apply, restore, resolve, repair, undo or redo; \"reverts\" is the id of the step that an undo or a redo \
is about; \"undone\" says that the step stands taken back; a row's \"kind\" is added, removed or changed, null stands for \
nothing, and \"#order\" is the row's place.";

#[derive(Debug, clap::Args)]
#[command(after_help = CONFLICTS_HELP)]
pub(crate) struct Conflicts {
    /// Project (.backcast)
    pub(crate) file: PathBuf,
    /// How to print what was written on both sides
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

const CONFLICTS_HELP: &str = "\
A conflict stands from the merge that met it until somebody writes the field again, with whichever value; \
\u{201c}backcast merge --help\u{201d} shows how, and what the JSON holds.

Exit status: 0 none stands, 1 there are some, 2 the input or the call is wrong.";

#[derive(Debug, clap::Args)]
#[command(after_help = COPY_HELP)]
pub(crate) struct Copy {
    /// Project (.backcast)
    pub(crate) file: PathBuf,
    /// Project to write
    pub(crate) output: PathBuf,
    /// Leave the past out: no steps, no names of people but yours, no versions, no conflicts
    #[arg(long)]
    pub(crate) without_history: bool,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) force: bool,
}

const COPY_HELP: &str = "\
A copy with its history can be edited apart and merged again. A copy without it is a project of its own, for somebody who \
is to have the map and not how it came about; it cannot be merged back. Gaps stay dismissed with their reason, and nobody \
reads who dismissed them when; what people wrote into the map itself stays. Its only step is by you, see BACKCAST_AUTHOR.";

#[derive(Debug, clap::Args)]
#[command(after_help = UNDO_HELP)]
pub(crate) struct Undo {
    /// Project (.backcast)
    pub(crate) file: PathBuf,
}

const UNDO_HELP: &str = "\
Steps are taken back one at a time, without limit, also after a restart or a merge: those that were made on this \
computer, and only where the value is still the one that was written. Undo is a step itself, so that nothing is lost. What \
others wrote in the same place without having seen the step stays listed as a conflict.";

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
