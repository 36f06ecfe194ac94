//! The words of the commands about two states of a map: diff and merge.

use std::path::PathBuf;

use backcast_model::Day;
use clap::ValueEnum;

use super::Format;

#[derive(Debug, clap::Args)]
#[command(after_help = DIFF_HELP)]
pub(crate) struct Diff {
    /// Project (.backcast), version of one (FILE@NAME) or Backcast JSON (.backcast.json)
    pub(crate) from: PathBuf,
    /// What to compare it with: the same choice
    pub(crate) to: PathBuf,
    /// How to print the difference
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// List what only stands elsewhere on the map or in a list, instead of counting it
    #[arg(long)]
    pub(crate) layout: bool,
    /// The day to reckon gaps with, for results that repeat [default: the day it is]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Day>,
}

const DIFF_HELP: &str = "\
Compares by meaning: what was added, removed, renamed, re-staged (another stage), retargeted (a link's ends), \
re-budgeted, re-scheduled (flights, the map's dates) or changed otherwise, and which gaps that opens and closes. Where \
cards stand and in which order lists are kept makes no difference; the order of stages does.

JSON: {\"from\", \"to\": {\"file\", \"version\", \"title\"}, \"same\", \"differences\": [{\"entity\", \"id\", \"name\", \"kinds\", \
\"fields\": [{\"field\", \"from\", \"to\"}]}], \"layout\": {\"count\", \"differences\"}, \"gaps\": {\"opened\", \"closed\": [{\"key\", \
\"rule\", \"severity\", \"stages\", \"touchpoints\", \"links\", \"message\"}]}}

Exit status: 0 the same in meaning, 1 different, 2 the input or the call is wrong.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// For a message or a review
    Markdown,
}

#[derive(Debug, clap::Args)]
#[command(after_help = MERGE_HELP)]
pub(crate) struct Merge {
    /// A copy of a project (.backcast)
    pub(crate) one: PathBuf,
    /// Another copy of it
    pub(crate) other: PathBuf,
    /// Project to write, with the history of both
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Replace the output if it is there, also when it is one of the two copies
    #[arg(long)]
    pub(crate) force: bool,
    /// How to print what was written on both sides
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

const MERGE_HELP: &str = "\
Copies unite without the file they began as, and in any order with the same result. Where both sides wrote to one field, \
the later write is kept and the other is listed as a conflict, until somebody writes the field again, with whichever \
value:
  echo '[{\"op\":\"set\",\"entity\":\"touchpoint\",\"id\":\"tv\",\"field\":\"name\",\"value\":\"TV spot\"}]' | backcast apply c.backcast -
A row that one side deleted and the other wrote to stays.

JSON: {\"conflicts\": [{\"entity\", \"id\", \"field\", \"chosen\", \"others\": [{\"value\", \"author\", \"at\"}]}]}; \"chosen\" is the value that the map holds. A row deleted on one side has an empty \"field\", true as \"chosen\" \
and null as the other value; \"#order\" is the row's place.

Exit status: 0 merged, 1 merged and conflicts remain, 2 the input or the call is wrong and nothing was written.";
