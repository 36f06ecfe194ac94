//! `backcast`, the command line: the same maps, gaps and edits as the window, without one.
//!
//! Refuses to know formats, rules or tables; it parses arguments, asks the workbench, prints, and picks the exit status.

mod arguments;
mod commands;
mod output;
mod report;

use std::io;
use std::process::ExitCode;

use backcast_workbench::Problem;
use clap::Parser as _;

use crate::arguments::Arguments;
use crate::output::Outcome;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let code = match commands::run(arguments.command) {
        Ok(outcome) => match tell(&outcome) {
            Ok(()) => u8::from(outcome.found),
            // Nobody is left to tell when the reader of a pipe has gone, and what was asked for is done.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => u8::from(outcome.found),
            Err(error) => complain(&Problem::refused(
                format!("The output could not be written: {error}."),
                "Write it somewhere else, or make room there.",
            )),
        },
        Err(problem) => complain(&problem),
    };
    ExitCode::from(code)
}

/// Tells a problem and gives the exit status it has.
fn complain(problem: &Problem) -> u8 {
    // When the standard error is gone too, only the exit status is left to tell.
    drop(output::complain(problem));
    2
}

fn tell(outcome: &Outcome) -> io::Result<()> {
    for note in &outcome.notes {
        output::remark(note)?;
    }
    output::print(&outcome.text)
}
