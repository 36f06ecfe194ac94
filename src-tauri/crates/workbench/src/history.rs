//! The past of a project: who changed what when, undo and redo, versions, copies. For the command line, which has no
//! project open. Refuses to print.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use backcast_model::{Fields, Map, RowChange};
use backcast_store::{
    Change, Conflict, Difference, HistoryEntry, Newer, ProjectFile, Stamp, Store, StoreError,
};
use jiff::Timestamp;
use serde_json::Value;

pub use backcast_store::Version;

use crate::comparison::{FieldDifference, RowDifference, name_of};
use crate::environment::{Environment, now};
use crate::problem::Problem;
use crate::project_file::{self, Form, form_by_name, refuse_existing};
use crate::text_file;
use crate::visit::{Visited, needs_history, visit};

/// A step of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Names it in every copy: the working copy that made it and its number there.
    pub id: String,
    /// Who did it; empty: nobody said.
    pub author: String,
    /// When, by their clock.
    pub at: Timestamp,
    /// What it is called.
    pub label: String,
    /// What sort of step it is: `insert`, `set`, …, or `create`, `undo`, `redo`, `repair`.
    pub kind: String,
    /// Of an undo or a redo: the step that it took back.
    pub reverts: Option<String>,
    /// Whether it stands taken back.
    pub undone: bool,
}

/// The past of a project as its file holds it.
#[derive(Debug)]
pub struct Past {
    path: PathBuf,
    file: ProjectFile,
}

impl Past {
    /// Reads a project file; makes no working copy.
    ///
    /// # Errors
    /// When it cannot be read or is a map in text form. One that was altered outside of Backcast is read, and so is one
    /// of a newer version that this program can show.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        needs_history(path)?;
        Ok(Self {
            path: path.to_path_buf(),
            file: ProjectFile::look(path)?,
        })
    }

    /// The map as it is.
    #[must_use]
    pub const fn map(&self) -> &Map {
        &self.file.project().map
    }

    /// What is to be told when the file is not what this or an older Backcast wrote.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let altered = self.file.altered().map(|reason| {
            format!(
                "{} was altered outside of Backcast or is damaged ({reason}); see \u{201c}backcast verify\u{201d}.",
                self.path.display()
            )
        });
        let newer = self.file.newer().map(|newer| newer_note(&self.path, newer));
        let told: Vec<_> = newer.into_iter().chain(altered).collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    /// Every step, the newest first. O(n log n).
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        steps_of(self.file.history())
    }

    /// What each step did, row by row, by the step's id. O(n) in the length of the log.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn rows_of_steps(&self) -> Result<BTreeMap<String, Vec<RowDifference>>, Problem> {
        let entries = self.file.history();
        let rows = entries.iter().map(|entry| {
            let changes = entry.row_changes()?;
            Ok((
                name(&entry.change.stamp),
                row_differences(self.map(), &changes),
            ))
        });
        rows.collect()
    }

    /// What lost when copies were united, by entity, id and field; each until somebody writes there again.
    ///
    /// # Errors
    /// When the log cannot be played.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, Problem> {
        Ok(self.file.conflicts()?)
    }

    /// Named states, the newest first.
    #[must_use]
    pub fn versions(&self) -> Vec<&Version> {
        let mut versions: Vec<_> = self.file.versions().iter().collect();
        versions.sort_by(|one, other| (other.at, &one.id).cmp(&(one.at, &other.id)));
        versions
    }

    /// The map as it was at the version with this name or id; the newest of several of one name.
    ///
    /// # Errors
    /// When there is no such version, or the log cannot be played.
    pub fn map_at(&self, name: &str) -> Result<Map, Problem> {
        let version = find(&self.path, self.file.versions(), name)?;
        Ok(self.file.map_at(&version.vector)?)
    }
}

/// What is to be told of a file that a newer program wrote.
pub(crate) fn newer_note(path: &Path, newer: &Newer) -> String {
    let Newer {
        version,
        ours,
        unknown,
    } = newer;
    let left_out = match unknown.as_slice() {
        [] => String::new(),
        unknown => format!(
            " What only that one knows is left out here: {}.",
            unknown.join(", ")
        ),
    };
    format!(
        "{} was written by a newer Backcast (file version {version}; this program writes version {ours}).{left_out} \
         Update Backcast to see all of it and to change it.",
        path.display()
    )
}

/// The steps of a history, the newest first.
pub(crate) fn steps_of(mut entries: Vec<HistoryEntry>) -> Vec<Step> {
    entries.reverse();
    let undone = undone(&entries);
    entries.iter().map(|entry| step(entry, &undone)).collect()
}

/// The changes that stand taken back: an undo that was itself taken back takes nothing back.
fn undone(newest_first: &[HistoryEntry]) -> BTreeSet<&Stamp> {
    let mut undone = BTreeSet::new();
    for HistoryEntry { change, .. } in newest_first {
        if let Some(reverted) = &change.reverts
            && !undone.contains(&change.stamp)
        {
            undone.insert(reverted);
        }
    }
    undone
}

fn step(entry: &HistoryEntry, undone: &BTreeSet<&Stamp>) -> Step {
    let Change {
        stamp,
        at,
        label,
        kind,
        reverts,
        ..
    } = &entry.change;
    Step {
        id: name(stamp),
        author: entry.author.clone(),
        at: *at,
        label: label.clone(),
        kind: kind.as_str().to_owned(),
        reverts: reverts.as_ref().map(name),
        undone: undone.contains(stamp),
    }
}

/// Changes by row, in the order in which a step came to the rows. A row is called what the map calls it, or what it was
/// called when it went.
fn row_differences(map: &Map, changes: &[RowChange]) -> Vec<RowDifference> {
    let mut rows: Vec<RowDifference> = Vec::new();
    for change in changes {
        let (entity, id) = (change.entity(), change.id().clone());
        let written = |fields: &Fields, from_nothing: bool| -> Vec<FieldDifference> {
            let fields = fields.iter().filter(|(field, _)| *field != "id");
            let sides = fields.map(|(field, value)| match from_nothing {
                true => (field, Value::Null, value.clone()),
                false => (field, value.clone(), Value::Null),
            });
            sides
                .map(|(field, from, to)| FieldDifference {
                    field: field.clone(),
                    from,
                    to,
                })
                .collect()
        };
        let (kind, fields, called) = match change {
            RowChange::Insert { fields, .. } => {
                (Difference::Added, written(fields, true), fields.get("name"))
            }
            RowChange::Delete { fields, .. } => (
                Difference::Removed,
                written(fields, false),
                fields.get("name"),
            ),
            RowChange::Set {
                field, old, new, ..
            } => {
                let difference = FieldDifference {
                    field: field.clone(),
                    from: old.clone(),
                    to: new.clone(),
                };
                (Difference::Changed, vec![difference], None)
            }
        };
        let same = |row: &&mut RowDifference| row.entity == entity && row.id == id;
        match rows.last_mut().filter(same) {
            Some(row) if row.kinds == [kind] => row.fields.extend(fields),
            _ => {
                let called = called.and_then(Value::as_str).map(str::to_owned);
                let now = map.contains(entity, id.as_str());
                let name = match called.filter(|_| !now) {
                    Some(called) => called,
                    None => name_of(map, entity, id.as_str()),
                };
                rows.push(RowDifference {
                    entity,
                    id,
                    name,
                    kinds: vec![kind],
                    fields,
                });
            }
        }
    }
    rows
}

/// Writes a copy of a project under another name: with its whole history, byte for byte, or as a project of its own whose
/// history begins there and which names nobody but who made the copy. What the copy is made of is the file as it is. Of a
/// file that a newer Backcast wrote, a copy with history is made, with a note; one without would lack what only that
/// Backcast knows.
///
/// # Errors
/// When the file is not a project, is damaged or was altered, `into` is the file itself or is there and `replace` is
/// false, or it cannot be written; without history also when a newer Backcast wrote it.
pub fn copy(
    environment: &Environment,
    path: &Path,
    into: &Path,
    history: bool,
    replace: bool,
) -> Result<Option<String>, Problem> {
    needs_history(path)?;
    refuse_existing(into, replace)?;
    if form_by_name(into) == Form::Text {
        return Err(Problem::refused(
            format!("{} names a map in its text form.", into.display()),
            "Choose a name that ends in .backcast, or use \u{201c}backcast export\u{201d}.",
        ));
    }
    let target = text_file::target_of(into);
    if std::fs::canonicalize(path).is_ok_and(|source| source == target) {
        return Err(Problem::refused(
            format!("{} is the project itself.", into.display()),
            "Choose another name.",
        ));
    }
    if history {
        let note = checked_for_copy(path)?;
        let bytes = std::fs::read(path).map_err(|error| Problem::reading(path, &error))?;
        text_file::write(into, &bytes)?;
        return Ok(note);
    }
    let project = match backcast_store::read(path) {
        Err(error @ StoreError::Newer { .. }) => {
            let problem = Problem::from(error);
            return Err(Problem {
                remedy: "A copy without history would lack what only that Backcast knows. Update Backcast, or copy it \
                    with its history, which copies it byte for byte."
                    .to_owned(),
                ..problem
            });
        }
        project => project?,
    };
    let map = ProjectFile::without_people(&project.map)?;
    project_file::write_new(environment, into, map, replace)?;
    Ok(None)
}

/// Refuses to copy what is damaged or was altered; what a newer Backcast wrote is told of.
fn checked_for_copy(path: &Path) -> Result<Option<String>, Problem> {
    let unlooked = || {
        format!(
            "{} was written by a newer Backcast and is copied byte for byte; only that Backcast can tell whether it is whole.",
            path.display()
        )
    };
    match ProjectFile::look(path) {
        Err(StoreError::Newer { .. }) => Ok(Some(unlooked())),
        Ok(file) if file.newer().is_some() && file.altered().is_none() => Ok(Some(unlooked())),
        // Refused in the words of everybody who wants it whole.
        _ => backcast_store::read(path)
            .map(|_| None)
            .map_err(Problem::from),
    }
}

fn name(stamp: &Stamp) -> String {
    format!("{}/{}", stamp.actor, stamp.seq)
}

/// A step that was taken back or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// What it is called.
    pub label: String,
    /// How many rows that touched; 0: others have written everywhere since, so that nothing was left to do.
    pub rows: usize,
    /// At how many of the places it was about what others wrote stays listed as a conflict.
    pub contested: usize,
}

/// Takes this person's last step back. `None`: there is none.
///
/// # Errors
/// When the file is not a project, may only be looked at or cannot be written.
pub fn undo(environment: &Environment, path: &Path) -> Result<Visited<Option<TakenBack>>, Problem> {
    visit(environment, path, |store| {
        let label = store.undo_label().map(str::to_owned);
        let committed = store.undo(now())?;
        let changes = committed.map(|committed| committed.changes);
        Ok(taken_back(label, changes, store.conflicts()))
    })
}

/// Does the step again that this person took back last. `None`: there is none.
///
/// # Errors
/// When the file is not a project, may only be looked at or cannot be written.
pub fn redo(environment: &Environment, path: &Path) -> Result<Visited<Option<TakenBack>>, Problem> {
    visit(environment, path, |store| {
        let label = store.redo_label().map(str::to_owned);
        let committed = store.redo(now())?;
        let changes = committed.map(|committed| committed.changes);
        Ok(taken_back(label, changes, store.conflicts()))
    })
}

fn taken_back(
    label: Option<String>,
    changes: Option<Vec<RowChange>>,
    conflicts: &[Conflict],
) -> Option<TakenBack> {
    let changes = changes?;
    let written = |conflict: &&Conflict| {
        changes.iter().any(|change| {
            let same_field = match change {
                RowChange::Set { field, .. } => {
                    conflict.field.is_empty() || *field == conflict.field
                }
                RowChange::Insert { .. } | RowChange::Delete { .. } => true,
            };
            change.entity() == conflict.entity && *change.id() == conflict.id && same_field
        })
    };
    Some(TakenBack {
        label: label?,
        rows: rows(&changes),
        contested: conflicts.iter().filter(written).count(),
    })
}

/// How many rows changes are about.
pub(crate) fn rows(changes: &[RowChange]) -> usize {
    let rows: BTreeSet<_> = changes
        .iter()
        .map(|change| (change.entity(), change.id()))
        .collect();
    rows.len()
}

/// Gives the state as it is a name.
///
/// # Errors
/// When the name is empty or taken, or the file is not a project, may only be looked at or cannot be written.
pub fn keep_version(
    environment: &Environment,
    path: &Path,
    name: &str,
) -> Result<Visited<()>, Problem> {
    check_name(&[], name)?;
    visit(environment, path, |store| {
        let name = check_name(&store.versions(), name)?;
        store.keep_version(name, now())?;
        Ok(())
    })
}

/// The name under which a version may be kept.
///
/// # Errors
/// When it is empty, no line of text, or taken.
pub(crate) fn check_name<'a>(versions: &[Version], name: &'a str) -> Result<&'a str, Problem> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Problem::refused(
            "A version\u{2019}s name is a line of text.",
            "Choose one, such as \u{201c}as presented\u{201d}.",
        ));
    }
    if versions.iter().any(|version| version.name == name) {
        return Err(Problem::refused(
            format!("There is a version \u{201c}{name}\u{201d} already."),
            "Choose another name.",
        ));
    }
    Ok(name)
}

/// Makes the map what it was at the version with this name or id, as a step that undo takes back; gives the number of
/// rows that changed.
///
/// # Errors
/// When there is no such version, or the file is not a project, may only be looked at or cannot be written.
pub fn restore_version(
    environment: &Environment,
    path: &Path,
    name: &str,
) -> Result<Visited<usize>, Problem> {
    visit(environment, path, |store: &mut Store| {
        let versions = store.versions();
        let version = find(path, &versions, name)?;
        let map = store.map_at(&version.vector)?;
        let label = format!("Restore \u{201c}{}\u{201d}", version.name);
        let committed = store.restore(&map, &label, now())?;
        Ok(rows(&committed.changes))
    })
}

fn find<'a>(path: &Path, versions: &'a [Version], name: &str) -> Result<&'a Version, Problem> {
    let named = |version: &&Version| version.name == name || version.id == name;
    let newest = versions
        .iter()
        .filter(named)
        .max_by_key(|version| version.at);
    newest.ok_or_else(|| {
        let names: Vec<_> = versions
            .iter()
            .map(|version| format!("\u{201c}{}\u{201d}", version.name))
            .collect();
        let remedy = if names.is_empty() {
            "It has none yet; \u{201c}backcast versions FILE --keep NAME\u{201d} keeps one."
                .to_owned()
        } else {
            format!("Choose one of: {}.", names.join(", "))
        };
        Problem::refused(
            format!("{} has no version \u{201c}{name}\u{201d}.", path.display()),
            remedy,
        )
    })
}
