//! What a command has to say and the two streams it says it on.

use std::io::{self, IsTerminal as _, Write as _};

use backcast_workbench::Problem;

/// How a command ended, with what it prints.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did what it was asked.
    Done(String),
    /// It did, and there are gaps that the caller wants to fail on.
    GapsFound(String),
}

/// Prints on the standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut stream = io::stdout().lock();
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Tells a problem on the standard error.
pub(crate) fn complain(problem: &Problem) -> io::Result<()> {
    writeln!(io::stderr().lock(), "backcast: {problem}")
}

/// Whether the standard output may carry colours: a terminal, and nobody said no.
pub(crate) fn colours() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Columns of the terminal; 100 when there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}
