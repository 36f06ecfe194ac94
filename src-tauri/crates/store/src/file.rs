//! Project files without a working copy: look at one, make one, merge two. Nothing is written but
//! what the caller asks for.

use std::path::Path;

use backcast_model::change::apply;
use backcast_model::{Entity, Map, Project, RowChange};
use jiff::Timestamp;
use serde_json::Value;

use crate::contents::{Contents, Reading};
use crate::error::{Context, StoreError};
use crate::log::{Actor, Change, Heads, Stamp, Vector, ops_from_text};
use crate::merge::{Conflict, materialise};
use crate::publish::{Existing, unsynced, write_file};
use crate::schema::FILE_VERSION;
use crate::store::{United, author_of, conflicts_of};
use crate::stranger::FileImage;
use crate::version::Version;
use crate::working::{Knowledge, image_of};

/// A step as the history lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The change itself.
    pub change: Change,
    /// The name of who made it.
    pub author: String,
}

impl HistoryEntry {
    /// What the step did to rows, in order.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn row_changes(&self) -> Result<Vec<RowChange>, StoreError> {
        ops_from_text(&self.change.ops).map_err(|reason| StoreError::Unmergeable { reason })
    }
}

/// What is to be told of a file that a newer program wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newer {
    /// The file version it has.
    pub version: u32,
    /// The newest version that this program reads.
    pub ours: u32,
    /// What is in it that this program does not know, by table, or table and column: `person`, `stage.colour`.
    pub unknown: Vec<String>,
}

/// A project file as it stands, to be looked at.
#[derive(Debug)]
pub struct ProjectFile {
    contents: Contents,
    altered: Option<String>,
    newer: Option<Newer>,
}

impl ProjectFile {
    /// Reads a project file; makes no working copy and writes nothing anywhere.
    ///
    /// # Errors
    /// When it cannot be read, is no project, of a newer version, or damaged. A file that was
    /// altered outside of Backcast is read; [`Self::altered`] says so.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        FileImage::take(path)?.read().map(Self::of)
    }

    /// The same, also of a newer version when its writer says that this program can show it; [`Self::newer`] tells.
    /// What is made of such a file lacks what this program does not know.
    ///
    /// # Errors
    /// As for [`Self::read`], but of a newer version only when this program cannot show it.
    pub fn look(path: &Path) -> Result<Self, StoreError> {
        FileImage::take(path)?.read_newer().map(Self::of)
    }

    fn of(reading: Reading) -> Self {
        let newer = reading.newer.map(|version| Newer {
            version,
            ours: FILE_VERSION,
            unknown: reading.dropped,
        });
        Self {
            // The seal of a newer program may be over more than this one knows.
            altered: if newer.is_some() {
                reading.broken
            } else {
                reading.altered
            },
            contents: reading.contents,
            newer,
        }
    }

    /// Writes a project as a new file whose history begins here, with a step by this person; empty:
    /// nobody says who.
    ///
    /// # Errors
    /// When the file exists and is not to be replaced, or the disk refuses; nothing has changed then.
    pub fn write_new(
        path: &Path,
        project: &Project,
        author: &str,
        existing: Existing,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        check_existing(path, existing)?;
        let actor = Actor::from_number(random()?);
        write(path, &Contents::new(project.clone(), &actor, author, now))
    }

    /// The map for somebody who is to have it and not how it came about: dismissals keep their
    /// reason and lose who dismissed when.
    ///
    /// # Errors
    /// When a row cannot be written, which a whole map does not know.
    pub fn without_people(map: &Map) -> Result<Map, StoreError> {
        let mut bare = map.clone();
        for dismissal in map.dismissals.ids() {
            for field in ["by", "at"] {
                let cleared = RowChange::Set {
                    entity: Entity::Dismissal,
                    id: dismissal.clone(),
                    field: field.to_owned(),
                    old: Value::Null,
                    new: Value::Null,
                };
                apply(&mut bare, &cleared).map_err(StoreError::Refused)?;
            }
        }
        Ok(bare)
    }

    /// The project.
    #[must_use]
    pub const fn project(&self) -> &Project {
        &self.contents.project
    }

    /// Why this is not what a Backcast program wrote; `None`: it is.
    #[must_use]
    pub fn altered(&self) -> Option<&str> {
        self.altered.as_deref()
    }

    /// What is to be told of a file of a newer version; `None`: it is of none.
    #[must_use]
    pub const fn newer(&self) -> Option<&Newer> {
        self.newer.as_ref()
    }

    /// Every step, the first one first.
    #[must_use]
    pub fn history(&self) -> Vec<HistoryEntry> {
        history(&self.contents.changes, &self.contents.heads)
    }

    /// Named states, the first one first.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.contents.versions
    }

    /// The map as it was after these changes. O(n log n) in the length of the log.
    ///
    /// # Errors
    /// When the log cannot be played.
    pub fn map_at(&self, vector: &Vector) -> Result<Map, StoreError> {
        map_at(&self.contents.changes, &self.contents.heads, vector)
    }

    /// What lost when copies were united.
    ///
    /// # Errors
    /// When the log cannot be played.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        conflicts_of(&self.contents).map_err(|reason| StoreError::Unmergeable { reason })
    }
}

pub(crate) fn history(changes: &[Change], heads: &Heads) -> Vec<HistoryEntry> {
    let mut entries: Vec<_> = changes
        .iter()
        .map(|change| HistoryEntry {
            change: change.clone(),
            author: author_of(heads, &change.stamp),
        })
        .collect();
    entries.sort_by(|one, other| {
        (one.change.lamport, &one.change.stamp).cmp(&(other.change.lamport, &other.change.stamp))
    });
    entries
}

pub(crate) fn map_at(
    changes: &[Change],
    heads: &Heads,
    vector: &Vector,
) -> Result<Map, StoreError> {
    let author = |stamp: &Stamp| author_of(heads, stamp);
    let state = materialise(changes, Some(vector), &author);
    state
        .map(|state| state.map)
        .map_err(|reason| StoreError::Unmergeable { reason })
}

/// Reads the project in a file; makes no working copy and writes nothing anywhere.
///
/// # Errors
/// When it cannot be read, is no project, of a newer version, damaged, or was altered outside of
/// Backcast.
pub fn read(path: &Path) -> Result<Project, StoreError> {
    Ok(read_whole(path)?.project)
}

/// The content of a file that is exactly what a Backcast program wrote.
fn read_whole(path: &Path) -> Result<Contents, StoreError> {
    let reading = FileImage::take(path)?.read()?;
    match reading.altered {
        None => Ok(reading.contents),
        Some(reason) => Err(StoreError::Altered {
            path: path.to_path_buf(),
            reason,
        }),
    }
}

/// What two copies became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedCopies {
    /// What lost, by entity, id and field; each until somebody writes there again.
    pub conflicts: Vec<Conflict>,
    /// Whether one working copy had gone on in both of them, as a restored backup or a cloned computer does, so that
    /// what was done in one of the two is there under another name.
    pub went_on_twice: bool,
    /// Why a power cut may not leave the file there, which is written and whole, in a sentence.
    pub unsynced: Option<String>,
}

/// Unites two copies of a project into a file with the history of both, and tells what lost. No
/// common ancestor is looked for: the union of the change logs is all there is to know.
///
/// # Errors
/// When one cannot be read, they are two projects, the file exists and is not to be replaced, or
/// the disk refuses; nothing has changed then.
pub fn merge(
    one: &Path,
    other: &Path,
    into: &Path,
    existing: Existing,
    now: Timestamp,
) -> Result<MergedCopies, StoreError> {
    check_existing(into, existing)?;
    let (one, other) = (read_whole(one)?, read_whole(other)?);
    let id = one.project.id.clone();
    let mut united = United::of(one.into(), other.into())?;
    let knowledge = Knowledge {
        actor: Actor::from_number(random()?),
        path: None,
        published: None,
        published_changes: 0,
        fingerprint: None,
        changed_at: now,
        read_only: None,
    };
    united.heads.introduce(&knowledge.actor, "");
    united.repair(&knowledge, now)?;
    let project = Project {
        id,
        map: united.state.map,
    };
    let written = write(into, &Contents::assemble(project, united.heads, united.log));
    Ok(MergedCopies {
        unsynced: unsynced(written)?,
        conflicts: united.state.conflicts,
        went_on_twice: united.forked,
    })
}

pub(crate) fn check_existing(path: &Path, existing: Existing) -> Result<(), StoreError> {
    if existing == Existing::Refuse && path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists {
            path: path.to_path_buf(),
        });
    }
    Ok(())
}

fn write(path: &Path, contents: &Contents) -> Result<(), StoreError> {
    let (bytes, _) = image_of(contents).doing("The project could not be put together")?;
    write_file(path, &bytes, &format!("{:016x}", random()?))
}

fn random() -> Result<u64, StoreError> {
    getrandom::u64().map_err(|error| StoreError::NoId(error.to_string()))
}
