//! What an open project tells whoever watches it: facts, after they are committed. Refuses to be a command.

use std::path::{Path, PathBuf};

use backcast_analysis::{Assessment, Delta};
use backcast_layout::{Geometry, Layout, Moved};
use backcast_model::{Entity, Id, Map, RowChange};
use jiff::Timestamp;

use crate::company::Company;
use crate::conflicts::Contested;
use crate::problem::Problem;

/// Something that is so now.
#[derive(Debug, Clone)]
pub enum Event {
    /// Rows changed.
    Changed(Box<Changed>),
    /// Gaps came or went.
    Gaps(Box<GapsChanged>),
    /// The file's state is another.
    Status(Saved),
    /// Something that people should know about the file, as one or two sentences. Nothing was lost.
    Notice(String),
    /// Others' changes are in the map now.
    TakenIn(TakenIn),
    /// Other places are contested than before: all of them.
    Conflicts(Vec<Contested>),
    /// Others came to the file or left it, or copies of it lie beside it.
    Company(Company),
    /// The project was opened anew, from revision 0, after the program had failed: all of it is to be shown anew.
    Renewed,
    /// The program failed and the project is closed; every step is kept on this computer. The last event.
    Ended(Problem),
}

/// Rows changed, in one step.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The project's revision after it, growing from 0 in this session.
    pub revision: u32,
    /// The map after it.
    pub map: Map,
    /// What happened to rows, in order.
    pub changes: Vec<RowChange>,
    /// Cards that stand elsewhere now.
    pub moved: Moved,
    /// The whole layout and the sizes it reckons with, when the columns or the lanes are others.
    pub columns: Option<(Layout, Geometry)>,
    /// What stands behind undo and redo now.
    pub history: History,
}

/// Gaps came or went.
#[derive(Debug, Clone)]
pub struct GapsChanged {
    /// The revision they were found for.
    pub revision: u32,
    /// Which ones.
    pub delta: Delta,
    /// All gaps after it, with what can be said about them.
    pub assessment: Assessment,
}

/// What others did that is in the map now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// Who, each once, in the order of their steps; an empty name: nobody said.
    pub authors: Vec<String>,
    /// What their steps are called, in order.
    pub steps: Vec<String>,
    /// The rows that are otherwise now.
    pub rows: Vec<(Entity, Id)>,
    /// When it was taken in.
    pub at: Timestamp,
}

/// The labels of the steps that undo and redo would take; `None`: there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Undo.
    pub undo: Option<String>,
    /// Redo.
    pub redo: Option<String>,
}

/// The truth about a project's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What is true of it.
    pub state: SaveState,
    /// The file, once there is one.
    pub path: Option<PathBuf>,
    /// The map's title.
    pub title: String,
    /// Whether the file held everything when it was written last.
    pub complete: bool,
}

impl Saved {
    /// Why work is not in the file although it should be, as sentences. `None`: the file holds everything, or there is
    /// none.
    #[must_use]
    pub fn unsaved(&self) -> Option<String> {
        let file = self.path.as_deref().map(Path::display);
        let file = file.map(|file| file.to_string()).unwrap_or_default();
        match &self.state {
            SaveState::Failed(reason) => Some(reason.clone()),
            _ if self.complete => None,
            SaveState::Missing => Some(format!("{file} is not there any more.")),
            SaveState::Replaced(reason) => {
                Some(format!("Another file stands at {file} now: {reason}."))
            }
            SaveState::Unreachable(reason) => Some(format!("{file} is out of reach: {reason}.")),
            _ => None,
        }
    }
}

/// What is true of a project's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// There is no file yet; the work is kept on this computer.
    Kept,
    /// Edits are kept on this computer and not in the file yet.
    Editing,
    /// The file is being written.
    Saving,
    /// The file holds everything.
    Saved,
    /// The file could not be written, for this reason; the edits are kept on this computer.
    Failed(String),
    /// The file is not there any more; the work is kept on this computer.
    Missing,
    /// Something else stands where the file was, for this reason; the work is kept on this computer.
    Replaced(String),
    /// Whether the file is there cannot be told, for this reason; the work is kept on this computer.
    Unreachable(String),
    /// The project is only to be looked at, for this reason.
    ReadOnly(String),
}

impl SaveState {
    /// The state in a word or two, for a title bar.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Kept => "not in a file yet",
            Self::Editing => "edited",
            Self::Saving => "saving",
            Self::Saved => "saved",
            Self::Failed(_) => "not saved",
            Self::Missing | Self::Replaced(_) | Self::Unreachable(_) => "offline copy",
            Self::ReadOnly(_) => "read-only",
        }
    }
}
