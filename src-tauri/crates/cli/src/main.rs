//! `backcast`, the command line: the same maps, gaps and edits as the window, without one.
//!
//! Refuses to know formats, rules or tables; it parses arguments, asks the workbench, prints, and picks the exit status.

mod arguments;
mod commands;
mod output;
mod report;

use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::Arguments;
use crate::output::Outcome;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (told, code) = match commands::run(arguments.command) {
        Ok(outcome) => (tell(&outcome), u8::from(outcome.found)),
        Err(problem) => (output::complain(&problem), 2),
    };
    // Nobody is left to tell when the reader of a pipe has gone, and what was asked for is done.
    drop(told);
    ExitCode::from(code)
}

fn tell(outcome: &Outcome) -> io::Result<()> {
    for note in &outcome.notes {
        output::remark(note)?;
    }
    output::print(&outcome.text)
}
