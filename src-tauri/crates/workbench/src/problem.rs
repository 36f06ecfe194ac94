//! What goes wrong at the edge of the program, told once and in full: what happened, where, what to do next. The window
//! and the command line print the same words. Refuses to be a tree of causes.

use std::fmt;
use std::io;
use std::path::Path;

use backcast_exchange::ReadError;
use backcast_model::edit::RefusedEdit;

use crate::wording::steers;

/// What the interface may do about a problem; only what it acts on has a word of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The input or the call is wrong; nothing was changed.
    Refused,
    /// There is no such file; a list of recent files may drop it.
    NotFound,
    /// Work is safe on this computer, but the file could not be written.
    NotSaved,
    /// What was asked for rests on a state that has passed; asking again may work.
    Stale,
}

/// A problem in the planner's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What the interface may do about it.
    pub kind: ProblemKind,
    /// What happened: one sentence.
    pub message: String,
    /// Where: a file, a place in it, an element.
    pub place: Option<String>,
    /// What to do next: one sentence.
    pub remedy: String,
}

impl Problem {
    /// A problem with what was given; nothing was changed.
    pub fn refused(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            kind: ProblemKind::Refused,
            message: message.into(),
            place: None,
            remedy: remedy.into(),
        }
    }

    /// The same, of another kind.
    #[must_use]
    pub fn of_kind(self, kind: ProblemKind) -> Self {
        Self { kind, ..self }
    }

    /// The same, with its place.
    #[must_use]
    pub fn at(self, place: impl Into<String>) -> Self {
        Self {
            place: Some(place.into()),
            ..self
        }
    }

    /// A file that could not be read.
    pub(crate) fn reading(path: &Path, error: &io::Error) -> Self {
        let shown = path.display();
        let (kind, message, remedy) = match error.kind() {
            io::ErrorKind::NotFound if path.is_symlink() => (
                ProblemKind::NotFound,
                format!("{shown} is a link to a file that is not there."),
                "Find where the file went, or open another copy.",
            ),
            io::ErrorKind::NotFound => (
                ProblemKind::NotFound,
                format!("There is no file {shown}."),
                "Check the name, or find where the file went.",
            ),
            io::ErrorKind::PermissionDenied => (
                ProblemKind::Refused,
                format!("{shown} may not be read."),
                "Ask its owner for the right to read it, or open a copy.",
            ),
            _ => (
                ProblemKind::Refused,
                format!("{shown} could not be read: {error}."),
                "Check the drive or the connection, then try again.",
            ),
        };
        Self::refused(message, remedy).of_kind(kind)
    }

    /// A file that could not be written.
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Self {
        let shown = path.display();
        let remedy = match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "Choose a folder you may write to."
            }
            io::ErrorKind::NotFound => "Choose a folder that is there.",
            io::ErrorKind::StorageFull => "Make room on the drive, or choose another one.",
            _ => "Check the drive or the connection, then try again.",
        };
        Self::refused(format!("{shown} could not be written: {error}."), remedy)
            .of_kind(ProblemKind::NotSaved)
    }

    /// A text that is not a map.
    pub(crate) fn text(path: &Path, error: &ReadError) -> Self {
        let shown = path.display();
        let (message, place, remedy) = match error {
            ReadError::Syntax {
                line,
                column,
                reason,
            } => (
                format!("{shown} is not JSON: {reason}."),
                Some(format!("line {line}, column {column}")),
                "Mend the text there, or export the map again.",
            ),
            ReadError::NotAMap { .. } => (
                format!("{shown} is not a map in Backcast JSON: {error}."),
                None,
                "Choose a file that Backcast exported (.backcast.json) or a project (.backcast).",
            ),
            ReadError::Newer { .. } => (
                format!("{shown} was written by a newer Backcast: {error}."),
                None,
                "Update Backcast, then open it again.",
            ),
            ReadError::Value { pointer, reason } => (
                format!("{shown} cannot be read as a map: {reason}."),
                Some(pointer.clone()),
                "Correct the value there, then try again.",
            ),
        };
        Self {
            place,
            ..Self::refused(message, remedy)
        }
    }
}

impl From<RefusedEdit> for Problem {
    fn from(refused: RefusedEdit) -> Self {
        Self::refused(
            format!("The change was not made: {}.", refused.refusal),
            "Correct it, then try again; the map is as it was.",
        )
        .at(format!("edit {}", refused.number))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&harmless(&self.message))?;
        if let Some(place) = &self.place {
            write!(formatter, "\n  at {}", harmless(place))?;
        }
        write!(formatter, "\n  {}", harmless(&self.remedy))
    }
}

/// The longest part of a problem that is said; a value in a file may be as long as the file.
const LONGEST: usize = 2_000;

/// A part of a problem without what steers a terminal: it may quote names out of a stranger's file.
fn harmless(text: &str) -> String {
    let mark = |character: char| match character {
        '\n' => '\n',
        steering if steers(steering) => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    let mut shown: String = text.chars().take(LONGEST).map(mark).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('\u{2026}');
    }
    shown
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_problem_quotes_neither_steers_a_terminal_nor_floods_it() {
        let quoted = format!("No field \u{1b}[2J\u{202e}{}.", "x".repeat(5_000));
        let shown = Problem::refused(quoted, "Mend it.")
            .at("stage \u{7}")
            .to_string();
        assert!(
            !shown.chars().any(|shown| shown != '\n' && steers(shown)),
            "{shown}"
        );
        assert!(shown.len() < 2_100, "{}", shown.len());
        assert!(shown.ends_with("\n  Mend it."));
    }
}
