//! The command line's words: commands, options and the help that explains them. Refuses to do anything; `commands` do.

pub(crate) mod comparison;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod rescue;

use std::path::PathBuf;

use backcast_model::{Day, Severity};
use clap::{Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  backcast new launch.backcast --title \"Spring launch\" --framework race
  backcast check launch.backcast
  backcast check launch.backcast --format json --fail-on medium
  backcast export launch.backcast -o launch.pptx
  backcast export launch.backcast --format docx --document briefs -o briefs.docx
  backcast import media-plan.xlsx -o launch.backcast
  echo '[{\"op\":\"set\",\"entity\":\"map\",\"field\":\"title\",\"value\":\"Launch\"}]' | backcast apply launch.backcast -
  backcast diff launch.backcast launch-from-ann.backcast
  backcast merge launch.backcast launch-from-ann.backcast -o launch-both.backcast
  backcast log launch.backcast

Exit status:
  0  done
  1  done, and there is what the command looks for (a gap, a difference, a conflict, damage)
  2  the input or the call is wrong

Environment:
  BACKCAST_DATA_DIR  the folder of working copies and backups [default: ~/.local/share/backcast]
  BACKCAST_AUTHOR    your name in the history, and so in files you pass on [default: your login]
  NO_COLOR           set to anything, turns colours off

Files:
  ~/.local/share/backcast/catalog/*.toml  frameworks and channels of your own";

/// Check communication maps for gaps, change, import and export them
#[derive(Debug, Parser)]
#[command(name = "backcast", version, after_help = EXAMPLES, arg_required_else_help = true, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a new map from a framework's stages
    New {
        /// File to make: a project (.backcast) or Backcast JSON (.backcast.json)
        file: PathBuf,
        /// Title of the map [default: the file's name]
        #[arg(long)]
        title: Option<String>,
        /// Id of the framework whose stages it starts with [default: customer-lifecycle]
        #[arg(long, value_name = "ID")]
        framework: Option<String>,
        /// Replace the file if it is there
        #[arg(long)]
        force: bool,
    },
    /// Find the communication gaps of a map, stage by stage
    #[command(
        after_help = "Exit status: 0 no open gap at or above --fail-on, 1 there is one, 2 the input or the call is wrong."
    )]
    Check {
        /// Project (.backcast) or Backcast JSON (.backcast.json)
        file: PathBuf,
        #[command(flatten)]
        options: CheckOptions,
    },
    /// Read tables, diagrams, Backcast JSON or a picture with a map inside, into a new project or one that is there
    Import(import::Import),
    /// Write a map in another format: pictures, slides, tables, documents, diagrams for other tools
    Export(export::Export),
    /// Apply a JSON list of edits to a map, all or nothing, as one step
    #[command(after_help = APPLY_HELP)]
    Apply {
        /// Project (.backcast) or Backcast JSON (.backcast.json)
        file: PathBuf,
        /// JSON file with a list of edits; `-` is the standard input
        edits: PathBuf,
        /// What the history and the undo menu call the step
        #[arg(long, value_name = "TEXT")]
        label: Option<String>,
    },
    /// Tell what is different between two maps or versions, by meaning
    Diff(comparison::Diff),
    /// Unite two copies of a project that were edited apart
    Merge(comparison::Merge),
    /// List what was written on both sides of a merge and not settled yet
    Conflicts(history::Conflicts),
    /// Write a copy of a project, with its history or without
    Copy(history::Copy),
    /// Tell who changed what when
    Log(history::Log),
    /// Take your last step back
    Undo(history::Undo),
    /// Do the step again that you took back last
    Redo(history::Undo),
    /// List, keep and restore named states of a project
    Versions(history::Versions),
    /// Tell what is wrong with a file, and how much of it can be read
    Verify(rescue::Verify),
    /// Get what is whole out of a damaged project
    Rescue(rescue::Rescue),
    /// List and restore the backups of a project
    Backups(rescue::Backups),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a page of the manual (roff)
    #[command(after_help = MAN_HELP)]
    Man(Man),
}

const APPLY_HELP: &str = r#"Edits:
  {"op":"insert","entity":"touchpoint","value":{"id":"tv","name":"TV","kind":"driver"}}
  {"op":"set","entity":"touchpoint","id":"tv","field":"name","value":"TV spot"}
  {"op":"delete","entity":"touchpoint","id":"tv"}
  {"op":"move","entity":"stage","id":"buy","after":"explore"}
Entities: map, stage, audience, system, touchpoint, link, dismissal. Fields are those of Backcast JSON; null empties one.
An inserted row without an id is given one; the ids of inserted rows are printed, a line each. "after" names the row to
come behind, "" puts it first. Deleting a touchpoint takes its links along.

When a project cannot be written (a folder or file that may not be written, a full drive), the exit status is 2, and the
change is kept on this computer: it is in the file after the next command that can write there, so do not repeat it."#;

#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The command whose page it is [default: the program's own page]
    pub(crate) command: Option<String>,
    /// Write every page into this folder instead
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub(crate) into: Option<PathBuf>,
}

const MAN_HELP: &str = "\
Examples:
  backcast man check | man -l -
  backcast man --into ~/.local/share/man/man1";

#[derive(Debug, clap::Args)]
pub(crate) struct CheckOptions {
    /// How to print the gaps
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::High)]
    pub(crate) fail_on: FailOn,
    /// The day to reckon with, for results that repeat [default: the day it is]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Day>,
    /// Read the map under another framework, by moments; the file stays as it is
    #[arg(long, value_name = "ID", conflicts_with = "fix")]
    pub(crate) framework: Option<String>,
    /// Leave out what is only planned: the gaps people meet today
    #[arg(long)]
    pub(crate) live: bool,
    /// Mend a gap in the first way that needs nobody's word, as one step that undo takes back, then check
    #[arg(long, value_name = "RULE[:SUBJECT]")]
    pub(crate) fix: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code-review tools
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Only high ones
    High,
    /// Medium and high ones
    Medium,
    /// Any
    Low,
    /// None: gaps never make the exit status 1
    Never,
}

impl FailOn {
    /// The least severity that fails; `None`: none does.
    pub(crate) const fn severity(self) -> Option<Severity> {
        match self {
            Self::High => Some(Severity::High),
            Self::Medium => Some(Severity::Medium),
            Self::Low => Some(Severity::Low),
            Self::Never => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_words_fit_together() {
        super::Arguments::command().debug_assert();
    }
}
