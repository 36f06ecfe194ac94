//! The words of the commands about damaged and lost files: verify, rescue, backups.

use std::path::PathBuf;

use super::Format;

#[derive(Debug, clap::Args)]
#[command(after_help = VERIFY_HELP)]
pub(crate) struct Verify {
    /// Project (.backcast) or Backcast JSON (.backcast.json)
    pub(crate) file: PathBuf,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

const VERIFY_HELP: &str = "\
Looks at every page, row and step of history, and whether the history leads to the rows. Changes nothing.

JSON: {\"file\", \"whole\", \"problems\": [text], \"rows\", \"changes\"}; \"rows\" and \"changes\" are how much can be read.

Exit status: 0 the file is whole, 1 it is not, 2 there is no file to look at or the call is wrong.";

#[derive(Debug, clap::Args)]
pub(crate) struct Rescue {
    /// Damaged project (.backcast); it stays as it is
    pub(crate) file: PathBuf,
    /// Project to write what is whole to
    #[arg(short, long, value_name = "NEW")]
    pub(crate) output: PathBuf,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = BACKUPS_HELP)]
pub(crate) struct Backups {
    /// Project (.backcast), also one that is damaged or gone
    pub(crate) file: PathBuf,
    /// Write the backup with this number to a file of its own
    #[arg(long, value_name = "N", requires = "output")]
    pub(crate) restore: Option<usize>,
    /// File to write the backup to
    #[arg(short, long, value_name = "NEW", requires = "restore")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the output if it is there
    #[arg(long, requires = "restore")]
    pub(crate) force: bool,
    /// How to print the backups
    #[arg(long, value_enum, default_value_t = Format::Text, conflicts_with = "restore")]
    pub(crate) format: Format,
}

const BACKUPS_HELP: &str = "\
Backups are made on this computer when a project is saved: every half hour for two days, then daily for 12 days, weekly \
for 10 weeks and monthly for 9 months. Number 1 is the newest. When the file is damaged or gone, those of every project \
are listed, with their titles.

JSON: {\"backups\": [{\"number\", \"at\", \"size\", \"title\", \"path\"}]}";
