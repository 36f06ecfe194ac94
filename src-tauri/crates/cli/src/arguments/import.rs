//! The words of the command that imports.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Import {
    /// What to read; several files only when all are tables
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,
    /// Project to write [default: the source's name ending in .backcast, beside it]
    #[arg(short, long, value_name = "FILE", conflicts_with = "into")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the project if it is there; its history goes with it
    #[arg(long, conflicts_with = "into")]
    pub(crate) force: bool,
    /// Compare with the map of this project instead, and show what taking it in would change
    #[arg(long, value_name = "PROJECT")]
    pub(crate) into: Option<PathBuf>,
    /// Take it in, as one step that undo takes back
    #[arg(long, requires = "into")]
    pub(crate) apply: bool,
    /// Only show what would change, which is what happens without --apply
    #[arg(long, requires = "into", conflicts_with = "apply")]
    pub(crate) dry_run: bool,
    /// Delete touchpoints and links of the project that the source does not hold
    #[arg(long, requires = "into")]
    pub(crate) delete_missing: bool,
    /// Which columns of tables mean what (JSON)
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Print how the columns of the tables would be read, to be changed and given as --mapping, and import nothing
    #[arg(long, conflicts_with_all = ["output", "into"])]
    pub(crate) show_mapping: bool,
    /// Page of a drawing, counted from 1 [default: the first that holds shapes]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) page: Option<usize>,
}

const HELP: &str = "\
Reads Backcast JSON, tables (CSV, XLSX, a zip of CSV), draw.io, Mermaid, GraphML, JSON Canvas, and pictures, PDFs and \
slides that carry a map inside. What cannot be carried over is told as notes; nothing is dropped in silence.

Rows are known again by id, else by name, so that an edited table updates a project instead of doubling it:
  backcast export launch.backcast --format xlsx -o launch.xlsx
  backcast import launch.xlsx --into launch.backcast
  backcast import launch.xlsx --into launch.backcast --apply

Exit status: 0 imported, or nothing would change; 1 --into without --apply, and something would change; 2 the input or \
the call is wrong, and nothing was changed.";
