//! What a command has to say and the two streams it says it on.

use std::io::{self, IsTerminal as _, Write as _};

use backcast_workbench::Problem;

/// How a command ended, with what it prints.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// What was asked for: text, or the bytes of a file.
    pub(crate) text: Vec<u8>,
    /// What else people should know.
    pub(crate) notes: Vec<String>,
    /// Whether there is what the command looks for: a gap, a difference, a conflict, damage.
    pub(crate) found: bool,
}

impl Outcome {
    /// It did what it was asked.
    pub(crate) fn done(text: String) -> Self {
        Self::bytes(text.into_bytes())
    }

    /// It did what it was asked, and prints the bytes of a file.
    pub(crate) const fn bytes(text: Vec<u8>) -> Self {
        Self {
            text,
            notes: Vec::new(),
            found: false,
        }
    }

    /// It did, and found something that callers want to fail on.
    pub(crate) fn found(text: String) -> Self {
        Self {
            text: text.into_bytes(),
            notes: Vec::new(),
            found: true,
        }
    }

    /// The same, with notes.
    pub(crate) fn with_notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }
}

/// Prints on the standard output.
pub(crate) fn print(text: &[u8]) -> io::Result<()> {
    let mut stream = io::stdout().lock();
    stream.write_all(text)?;
    stream.flush()
}

/// Tells a problem on the standard error.
pub(crate) fn complain(problem: &Problem) -> io::Result<()> {
    writeln!(io::stderr().lock(), "backcast: {problem}")
}

/// Tells a note on the standard error.
pub(crate) fn remark(note: &str) -> io::Result<()> {
    writeln!(io::stderr().lock(), "backcast: note: {note}")
}

/// Whether the standard output is a terminal, which bytes that are no text would confuse.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether the standard output may carry colours: a terminal, and nobody said no.
pub(crate) fn colours() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The most columns a line of words takes: longer ones lose the eye on its way back.
const WIDEST: usize = 100;

/// Columns for words: those of the terminal, as far as lines read well.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0).min(WIDEST))
}
