//! Damaged and lost files: what is wrong with one, getting out what is whole, and the backups of this computer. Refuses
//! to mend a file in place: what comes out goes into another one.

use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::{Id, Map};
use backcast_store::{DataFolder, Existing, ProjectFile, StoreError};
use jiff::Timestamp;

pub use backcast_store::Verification;

use crate::environment::{Environment, now};
use crate::problem::{Problem, ProblemKind};
use crate::project_file::{self, Form, form_by_name, form_of, refuse_existing};
use crate::text_file;

/// Looks at everything in a file of either form.
///
/// # Errors
/// When there is no file to look at: missing, not readable, empty.
pub fn verify(path: &Path) -> Result<Verification, Problem> {
    if form_of(path) == Form::Project || !path.is_file() {
        let mut found = backcast_store::verify(path)?;
        found.problems.dedup();
        return Ok(found);
    }
    Ok(match project_file::read_text_form(path) {
        Ok(map) => Verification {
            rows: map.rows().count(),
            ..Verification::default()
        },
        Err(problem) => {
            let place = problem.place.map(|place| format!(" (at {place})"));
            let message = problem.message.trim_end_matches('.');
            Verification {
                problems: vec![format!("{message}{}", place.unwrap_or_default())],
                ..Verification::default()
            }
        }
    })
}

/// What was got out of a damaged file.
#[derive(Debug, Clone)]
pub struct Rescued {
    /// The map that is in the new file.
    pub map: Map,
    /// How many steps of history are in it; 0: its history begins there, and it is a new project.
    pub changes: usize,
    /// Where the tables were not what the history leads to and the history was followed, each a phrase that names the
    /// row.
    pub restored: Vec<String>,
    /// What could not be saved or is in doubt, each a phrase that names the row or table.
    pub lost: Vec<String>,
    /// Why a power cut may not leave the new file there, which is written and whole, in a sentence.
    pub unsynced: Option<String>,
}

/// Gets what is whole out of a project file into a new one: with its history where that is whole, else as a new
/// project.
///
/// # Errors
/// When nothing can be read, `into` is the file itself or is there and `replace` is false, or it cannot be written.
pub fn rescue(path: &Path, into: &Path, replace: bool) -> Result<Rescued, Problem> {
    refuse_existing(into, replace)?;
    let target = text_file::target_of(into);
    if fs::canonicalize(path).is_ok_and(|source| source == target) {
        return Err(Problem::refused(
            format!("{} is the damaged file itself.", into.display()),
            "Choose another name: a damaged file is left as it is.",
        ));
    }
    if form_by_name(into) == Form::Text || (form_of(path) == Form::Text && path.is_file()) {
        return Err(Problem::refused(
            "Rescuing leads from one project file to another.",
            "Choose names that end in .backcast; a damaged text form is mended in a text editor.",
        ));
    }
    let existing = if replace {
        Existing::Replace
    } else {
        Existing::Refuse
    };
    let rescued = backcast_store::rescue(path, &target, existing, now()).map_err(|error| {
        let refused = matches!(error, StoreError::Damaged { .. });
        let problem = Problem::from(error);
        if !refused {
            return problem;
        }
        let remedy = "See whether there is a backup: \u{201c}backcast backups\u{201d}.".to_owned();
        Problem { remedy, ..problem }
    })?;
    Ok(Rescued {
        map: backcast_store::read(&target)?.map,
        changes: rescued.changes,
        restored: rescued.restored,
        lost: rescued.lost,
        unsynced: rescued.unsynced,
    })
}

/// A backup of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// When it was made.
    pub at: Timestamp,
    /// Where it is.
    pub path: PathBuf,
    /// Its length in bytes.
    pub size: u64,
    /// Its map's title, where backups of several projects are told.
    pub title: Option<String>,
}

/// Backups, the newest first.
#[derive(Debug, Clone)]
pub struct Backups {
    /// The backups.
    pub kept: Vec<Kept>,
    /// Why these are the backups of every project of this computer: the file could not be asked which project it is.
    pub of_all_because: Option<Problem>,
}

/// The backups of the project in a file; when the file is gone or damaged, those of every project.
///
/// # Errors
/// When the data folder cannot be read, or the file is a map in text form.
pub fn backups(environment: &Environment, path: &Path) -> Result<Backups, Problem> {
    crate::visit::needs_history(path)?;
    let data = environment.store_folder();
    match ProjectFile::look(path) {
        Ok(file) => Ok(Backups {
            kept: of_project(&data, &file.project().id)?,
            of_all_because: None,
        }),
        Err(error) => {
            let mut kept = of_all(&data)?;
            for backup in &mut kept {
                let read = ProjectFile::read(&backup.path);
                backup.title = read
                    .ok()
                    .map(|file| file.project().map.properties.title.clone());
            }
            Ok(Backups {
                kept,
                of_all_because: Some(error.into()),
            })
        }
    }
}

pub(crate) fn of_project(data: &DataFolder, project: &Id) -> Result<Vec<Kept>, Problem> {
    let backups = backcast_store::backups(data, project)?;
    Ok(backups
        .into_iter()
        .map(|backup| Kept {
            at: backup.at,
            size: fs::metadata(&backup.path).map_or(0, |facts| facts.len()),
            path: backup.path,
            title: None,
        })
        .collect())
}

/// Each project's backups are in a folder that is named after its id.
fn of_all(data: &DataFolder) -> Result<Vec<Kept>, Problem> {
    let folder = data.path().join("backups");
    let mut kept = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if let Ok(id) = Id::new(entry.file_name().to_string_lossy()) {
            kept.extend(of_project(data, &id)?);
        }
    }
    kept.sort_by(|one, other| (other.at, &one.path).cmp(&(one.at, &other.path)));
    Ok(kept)
}

/// Writes the backup with this number, 1 being the newest, to a file of its own, and tells which it was.
///
/// # Errors
/// When there is no such backup, it cannot be read, `into` is there and `replace` is false, or it cannot be written.
pub fn restore_backup(
    environment: &Environment,
    path: &Path,
    number: usize,
    into: &Path,
    replace: bool,
) -> Result<Kept, Problem> {
    refuse_existing(into, replace)?;
    let mut kept = backups(environment, path)?.kept;
    if number == 0 || number > kept.len() {
        let there = match kept.len() {
            0 => "There is no backup on this computer.".to_owned(),
            1 => "There is one backup: number 1.".to_owned(),
            several => format!("There are {several} backups: 1 is the newest."),
        };
        return Err(
            Problem::refused(format!("There is no backup number {number}."), there)
                .of_kind(ProblemKind::Stale),
        );
    }
    let backup = kept.swap_remove(number - 1);
    backcast_store::read(&backup.path)?;
    let bytes = fs::read(&backup.path).map_err(|error| Problem::reading(&backup.path, &error))?;
    text_file::write(into, &bytes)?;
    Ok(backup)
}
