//! The past of a project as the window sees it: states to look at, and steps.

use backcast_model::Entity;
use backcast_workbench::history::{Step, Version};
use backcast_workbench::rescue::Kept;
use backcast_workbench::{Deed, Point};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::sharing::count;

/// How many steps are told at once.
const MOST_STEPS: usize = 500;

/// A state of the map to look at, to compare with, or to go back to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, Type)]
#[serde(rename = "Point", tag = "kind", rename_all = "camelCase")]
pub(crate) enum PointForm {
    /// As it is.
    Now,
    /// A version, by its id.
    Version { id: String },
    /// A backup, by its time.
    Backup { at: String },
    /// After a step, by its id.
    Step { id: String },
    /// A copy of the project beside its file, by its name.
    Copy { name: String },
    /// The file that was chosen last in a dialog.
    Chosen,
}

impl From<PointForm> for Point {
    fn from(form: PointForm) -> Self {
        match form {
            PointForm::Now => Self::Now,
            PointForm::Version { id } => Self::Version(id),
            PointForm::Backup { at } => Self::Backup(at),
            PointForm::Step { id } => Self::Step(id),
            PointForm::Copy { name } => Self::Copy(name),
            PointForm::Chosen => Self::Chosen,
        }
    }
}

/// A named, kept state.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VersionView {
    /// Its id.
    pub(crate) id: String,
    /// What planners call it; of one the program kept, its day.
    pub(crate) name: String,
    /// When it was kept, in RFC 3339.
    pub(crate) at: String,
    /// Who kept it; empty: nobody said.
    pub(crate) author: String,
    /// Whether the program kept it, at the end of a day's work.
    pub(crate) automatic: bool,
}

impl From<&Version> for VersionView {
    fn from(version: &Version) -> Self {
        Self {
            id: version.id.clone(),
            name: version.name.clone(),
            at: version.at.to_string(),
            author: version.author.clone(),
            automatic: version.automatic,
        }
    }
}

/// A backup on this computer.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupView {
    /// When it was made, in RFC 3339; its handle.
    pub(crate) at: String,
    /// Its length in KB.
    pub(crate) kilobytes: u32,
}

impl From<&Kept> for BackupView {
    fn from(kept: &Kept) -> Self {
        Self {
            at: kept.at.to_string(),
            kilobytes: u32::try_from(kept.size.div_ceil(1024)).unwrap_or(u32::MAX),
        }
    }
}

/// The states that can be looked at.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PastView {
    /// Versions, the newest first.
    pub(crate) versions: Vec<VersionView>,
    /// Backups, the newest first.
    pub(crate) backups: Vec<BackupView>,
}

/// A step of the history.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepView {
    /// Names it.
    pub(crate) id: String,
    /// Who did it; empty: nobody said.
    pub(crate) author: String,
    /// When, by their clock, in RFC 3339.
    pub(crate) at: String,
    /// What it is called.
    pub(crate) label: String,
    /// What sort of step: `insert`, `set`, `undo`, …
    pub(crate) kind: String,
    /// Whether it stands taken back.
    pub(crate) undone: bool,
}

impl From<&Step> for StepView {
    fn from(step: &Step) -> Self {
        Self {
            id: step.id.clone(),
            author: step.author.clone(),
            at: step.at.to_string(),
            label: step.label.clone(),
            kind: step.kind.clone(),
            undone: step.undone,
        }
    }
}

/// Which steps of the history to tell.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogForm {
    /// Words that the label has; empty: any.
    pub(crate) text: String,
    /// Who did it; `null`: anybody.
    pub(crate) author: Option<String>,
}

/// The steps that were asked for.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogView {
    /// The newest of them, the newest first.
    pub(crate) steps: Vec<StepView>,
    /// How many there are.
    pub(crate) found: u32,
    /// How many steps the history has.
    pub(crate) all: u32,
    /// Everybody who did a step, by name.
    pub(crate) authors: Vec<String>,
}

impl LogView {
    pub(crate) fn of(steps: &[Step], form: &LogForm) -> Self {
        let words: Vec<_> = form
            .text
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let wanted = |step: &&Step| {
            let label = step.label.to_lowercase();
            form.author
                .as_ref()
                .is_none_or(|author| *author == step.author)
                && words.iter().all(|word| label.contains(word))
        };
        let found: Vec<_> = steps.iter().filter(wanted).collect();
        let mut authors: Vec<_> = steps.iter().map(|step| step.author.clone()).collect();
        authors.sort();
        authors.dedup();
        Self {
            found: count(found.len()),
            all: count(steps.len()),
            authors,
            steps: found
                .into_iter()
                .take(MOST_STEPS)
                .map(StepView::from)
                .collect(),
        }
    }
}

/// What a step did to one row.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeedView {
    /// The row's entity.
    pub(crate) entity: Entity,
    /// Its id.
    pub(crate) id: String,
    /// What planners call it.
    pub(crate) name: String,
    /// What happened, a line for each field.
    pub(crate) what: Vec<String>,
}

impl From<&Deed> for DeedView {
    fn from(deed: &Deed) -> Self {
        Self {
            entity: deed.entity,
            id: deed.id.to_string(),
            name: deed.name.clone(),
            what: deed.what.clone(),
        }
    }
}
