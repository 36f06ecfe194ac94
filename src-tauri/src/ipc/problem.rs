//! Problems as the window gets them: a closed set of codes it acts on, and the words to show.

use backcast_workbench::{Problem, ProblemKind};
use serde::Serialize;
use specta::Type;

/// What the interface may do about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ProblemCode {
    /// The input or the call is wrong; nothing was changed.
    Refused,
    /// There is no such file.
    NotFound,
    /// Work is safe on this computer, but the file could not be written.
    NotSaved,
    /// It rests on a state that has passed.
    Stale,
}

/// What went wrong, where, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "Problem", rename_all = "camelCase")]
pub(crate) struct ProblemView {
    /// What the interface may do about it.
    pub(crate) code: ProblemCode,
    /// What happened.
    pub(crate) message: String,
    /// Where.
    pub(crate) place: Option<String>,
    /// What to do next.
    pub(crate) remedy: String,
}

impl From<&Problem> for ProblemView {
    fn from(problem: &Problem) -> Self {
        let code = match problem.kind {
            ProblemKind::Refused => ProblemCode::Refused,
            ProblemKind::NotFound => ProblemCode::NotFound,
            ProblemKind::NotSaved => ProblemCode::NotSaved,
            ProblemKind::Stale => ProblemCode::Stale,
        };
        Self {
            code,
            message: problem.message.clone(),
            place: problem.place.clone(),
            remedy: problem.remedy.clone(),
        }
    }
}

impl From<Problem> for ProblemView {
    fn from(problem: Problem) -> Self {
        Self::from(&problem)
    }
}
