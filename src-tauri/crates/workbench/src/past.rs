//! The past of the open project: versions, backups and steps to look at, to go back to, and to take back one by one.
//! Going back is a step like any other, so that it can be undone. `history` does the same for projects that are not
//! open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use backcast_analysis::{Analyst, Assessment};
use backcast_model::{Entity, Id, Map, RowChange};
use backcast_store::{Actor, HistoryEntry, Op, ProjectFile, Stamp, Vector, Version};

use crate::comparison::{Comparison, Source, name_of};
use crate::environment::{now, today};
use crate::event::Event;
use crate::history::{Step, check_name, rows, steps_of};
use crate::problem::{Problem, ProblemKind};
use crate::project_file;
use crate::rescue::Kept;
use crate::wording::{field_words, value_words};
use crate::workbench::{Reading, Workbench};

/// A state of the map that somebody may look at, compare with, or go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// As it is.
    Now,
    /// A named version, or one the program kept, by its id.
    Version(String),
    /// A backup, by its time in RFC 3339.
    Backup(String),
    /// After a step and everything before it in the history, by the step's id.
    Step(String),
    /// A copy of this project beside its file, by its name.
    Copy(String),
    /// The file that was chosen last.
    Chosen,
}

/// What a step did to one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The row's entity.
    pub entity: Entity,
    /// Its id.
    pub id: Id,
    /// What planners call it now, or called it.
    pub name: String,
    /// What happened, in words: one line for each field.
    pub what: Vec<String>,
}

impl Workbench {
    /// Named states and those the program kept, the newest first.
    #[must_use]
    pub fn versions(&self) -> Vec<Version> {
        let mut versions = self.store.versions();
        versions.reverse();
        versions
    }

    /// Gives the state as it is a name.
    ///
    /// # Errors
    /// When the name is empty or taken, the project may only be looked at, or it cannot be written.
    pub fn keep_version(&mut self, name: &str) -> Result<(), Problem> {
        let name = check_name(&self.store.versions(), name)?;
        self.store.keep_version(name, now())?;
        self.events.push(Event::Status(self.saved()));
        Ok(())
    }

    /// The backups of this project on this computer, the newest first.
    ///
    /// # Errors
    /// When the data folder cannot be read.
    pub fn backups(&self) -> Result<Vec<Kept>, Problem> {
        crate::rescue::of_project(&self.environment.store_folder(), &self.store.project().id)
    }

    /// Every step, the newest first. O(n log n).
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn steps(&self) -> Result<Vec<Step>, Problem> {
        Ok(steps_of(self.store.history()?))
    }

    /// What a step did, row by row.
    ///
    /// # Errors
    /// When there is no such step, or the log cannot be read.
    pub fn deeds(&self, step: &str) -> Result<Vec<Deed>, Problem> {
        let entry = self.entry(step)?;
        let changes = entry.row_changes()?;
        Ok(deeds(self.map(), &changes))
    }

    /// Takes one step back, whoever did it, as a new step; only where the map still holds what that step wrote. Gives
    /// the number of rows that changed.
    ///
    /// # Errors
    /// When there is no such step, nothing of it is left to take back, or it cannot be written.
    pub fn revert_step(&mut self, step: &str) -> Result<usize, Problem> {
        let entry = self.entry(step)?;
        let label = format!("Take back \u{201c}{}\u{201d}", entry.change.label);
        let committed =
            self.store
                .take_back(&entry.change.stamp, Op::new("revert", label), now())?;
        let rows = rows(&committed.changes);
        if rows == 0 {
            return Err(Problem::refused(
                "Nothing is left to take back: the map has been changed there since.",
                "Go back to the state before this step instead, or change it by hand.",
            )
            .of_kind(ProblemKind::Stale));
        }
        self.follow(committed);
        Ok(rows)
    }

    /// A state of the map.
    ///
    /// # Errors
    /// When there is no such state any more, or it cannot be read.
    pub fn map_at(&self, point: &Point) -> Result<Map, Problem> {
        match point {
            Point::Now => Ok(self.map().clone()),
            Point::Version(id) => {
                let versions = self.store.versions();
                let version = versions.iter().find(|version| version.id == *id);
                let version = version.ok_or_else(|| gone("version"))?;
                Ok(self.store.map_at(&version.vector)?)
            }
            Point::Step(id) => Ok(self.store.map_at(&self.vector_after(id)?)?),
            Point::Backup(_) => {
                let path = self.file_of(point)?;
                Ok(ProjectFile::read(&path)?.project().map.clone())
            }
            Point::Copy(_) | Point::Chosen => project_file::read(&self.file_of(point)?),
        }
    }

    /// A state of the map to look at: the map, where its cards stand, and its gaps.
    ///
    /// # Errors
    /// When there is no such state any more, or it cannot be read.
    pub fn look_at(&self, point: &Point) -> Result<Reading, Problem> {
        Ok(self.reading(self.map_at(point)?))
    }

    /// A map to look at, laid out for itself.
    pub(crate) fn reading(&self, map: Map) -> Reading {
        let layout = self.layout_of(&map);
        let assessment = Analyst::new(self.environment.catalog().clone(), today()).assess(&map);
        Reading {
            map,
            layout,
            assessment,
        }
    }

    /// Makes the map what it was, as a step with this name that undo takes back; gives the number of rows that
    /// changed.
    ///
    /// # Errors
    /// When there is no such state any more, the project may only be looked at, or it cannot be written.
    pub fn go_back_to(&mut self, point: &Point, label: &str) -> Result<usize, Problem> {
        let map = self.map_at(point)?;
        let committed = self.store.restore(&map, label, now())?;
        let rows = rows(&committed.changes);
        if rows > 0 {
            self.follow(committed);
        }
        Ok(rows)
    }

    /// Two states side by side.
    ///
    /// # Errors
    /// When one of them is not there any more, or cannot be read.
    pub fn compare(&self, from: &Point, to: &Point) -> Result<Comparison, Problem> {
        let source = |point: &Point| -> Result<Source, Problem> {
            let own = self.path().map(Path::to_path_buf).unwrap_or_default();
            Ok(Source {
                file: match point {
                    Point::Copy(_) | Point::Chosen => self.file_of(point)?,
                    _ => own,
                },
                version: None,
                map: self.map_at(point)?,
                note: None,
            })
        };
        Ok(Comparison::of(
            &self.environment,
            source(from)?,
            source(to)?,
            today(),
        ))
    }

    /// The file that holds a state which is not in the project's own.
    pub(crate) fn file_of(&self, point: &Point) -> Result<PathBuf, Problem> {
        match point {
            Point::Backup(at) => {
                let kept = self.backups()?;
                let found = kept.into_iter().find(|kept| kept.at.to_string() == *at);
                Ok(found.ok_or_else(|| gone("backup"))?.path)
            }
            Point::Copy(name) => {
                let found = self.copies.iter().find(|copy| copy.name == *name);
                Ok(found.ok_or_else(|| gone("copy"))?.path.clone())
            }
            Point::Chosen => self.chosen.clone().ok_or_else(|| gone("chosen file")),
            Point::Now | Point::Version(_) | Point::Step(_) => Err(gone("file")),
        }
    }

    /// The name of the file that holds a state which is neither the project's nor a backup.
    #[must_use]
    pub fn name_of_file(&self, point: &Point) -> Option<String> {
        if !matches!(point, Point::Copy(_) | Point::Chosen) {
            return None;
        }
        let path = self.file_of(point).ok()?;
        Some(path.file_name()?.to_string_lossy().into_owned())
    }

    /// Both states of a comparison to look at, with the gaps of the second.
    #[must_use]
    pub fn picture(&self, map: Map, gaps: &Assessment) -> Reading {
        Reading {
            layout: self.layout_of(&map),
            map,
            assessment: gaps.clone(),
        }
    }

    /// Remembers the file that somebody chose to compare or to merge with.
    pub fn choose(&mut self, path: PathBuf) {
        self.chosen = Some(path);
    }

    fn entry(&self, step: &str) -> Result<HistoryEntry, Problem> {
        let entries = self.store.history()?;
        let found = entries
            .into_iter()
            .find(|entry| stamp_name(&entry.change.stamp) == step);
        found.ok_or_else(|| gone("step"))
    }

    /// The steps up to one in the order of the history. Whatever a step had seen comes before it there.
    fn vector_after(&self, step: &str) -> Result<Vector, Problem> {
        let mut numbers: BTreeMap<Actor, u64> = BTreeMap::new();
        for entry in self.store.history()? {
            let Stamp { actor, seq } = entry.change.stamp.clone();
            let is_it = stamp_name(&entry.change.stamp) == step;
            numbers.insert(actor, seq);
            if is_it {
                return Ok(numbers.into_iter().collect());
            }
        }
        Err(gone("step"))
    }
}

fn stamp_name(stamp: &Stamp) -> String {
    format!("{}/{}", stamp.actor, stamp.seq)
}

fn gone(what: &str) -> Problem {
    Problem::refused(
        format!("This {what} is not there any more."),
        "Look at the history as it is now.",
    )
    .of_kind(ProblemKind::Stale)
}

/// What changes did, row by row, in the order in which rows are named first.
fn deeds(map: &Map, changes: &[RowChange]) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = Vec::new();
    for change in changes {
        let (entity, id) = (change.entity(), change.id());
        let line = line(map, change);
        if let Some(deed) = deeds
            .iter_mut()
            .find(|deed| deed.entity == entity && deed.id == *id)
        {
            deed.what.push(line);
        } else {
            deeds.push(Deed {
                entity,
                id: id.clone(),
                name: name_then(map, change),
                what: vec![line],
            });
        }
    }
    deeds
}

/// The row's name now; of one that is gone, the name it had.
fn name_then(map: &Map, change: &RowChange) -> String {
    let (entity, id) = (change.entity(), change.id().as_str());
    let fields = match change {
        RowChange::Insert { fields, .. } | RowChange::Delete { fields, .. } => Some(fields),
        RowChange::Set { .. } => None,
    };
    let named = fields
        .filter(|_| !map.contains(entity, id))
        .and_then(|fields| fields.get("name")?.as_str());
    named.map_or_else(|| name_of(map, entity, id), str::to_owned)
}

fn line(map: &Map, change: &RowChange) -> String {
    match change {
        RowChange::Insert { .. } => "added".to_owned(),
        RowChange::Delete { .. } => "deleted".to_owned(),
        RowChange::Set { field, .. } if matches!(field.as_str(), "#order" | "position") => {
            "moved".to_owned()
        }
        RowChange::Set {
            entity,
            field,
            old,
            new,
            ..
        } => format!(
            "{}: {} \u{2192} {}",
            field_words(*entity, field),
            value_words(map, *entity, field, old),
            value_words(map, *entity, field, new)
        ),
    }
}
