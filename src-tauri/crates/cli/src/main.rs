//! `backcast`, the command line: the same maps, gaps and edits as the window, without one.
//!
//! Refuses to know formats, rules or tables; it parses arguments, asks the workbench, prints, and picks the exit status.

mod arguments;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::Arguments;
use crate::output::Outcome;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (outcome, code) = match commands::run(arguments.command) {
        Ok(Outcome::Done(text)) => (output::print(&text), 0),
        Ok(Outcome::GapsFound(text)) => (output::print(&text), 1),
        Err(problem) => (output::complain(&problem), 2),
    };
    // Nobody is left to tell when the reader of a pipe has gone, and what was asked for is done.
    drop(outcome);
    ExitCode::from(code)
}
