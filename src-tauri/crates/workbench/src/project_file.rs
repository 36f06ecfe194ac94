//! Maps in files, whichever of their two forms: a project (`.backcast`, with its history) or Backcast JSON
//! (`.backcast.json`, the open text form). Reading goes by content, writing by name. No window is needed for any of it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use backcast_exchange::LARGEST_TEXT;
use backcast_model::edit::apply as apply_edits;
use backcast_model::{Edit, Id, Map, Project};
use backcast_store::{Existing, Op, ProjectFile};

use crate::environment::{Environment, new_id, new_project_id, now};
use crate::history::newer_note;
use crate::importing;
use crate::merging::apply_and_settle;
use crate::problem::Problem;
use crate::text_file;
use crate::visit::{Visited, visit};

/// The two forms of a map in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A project: SQLite, with history.
    Project,
    /// Backcast JSON.
    Text,
}

/// The form a file has by its content; what cannot be told, or read, goes by its name.
#[must_use]
pub fn form_of(path: &Path) -> Form {
    let mut head = [0_u8; 16];
    let by_content = Some(path)
        .filter(|path| path.is_file())
        .and_then(|path| File::open(path).ok())
        .and_then(|mut file| {
            let read = file.read(&mut head).unwrap_or(0);
            let start = head[..read].iter().find(|byte| !byte.is_ascii_whitespace());
            match start {
                _ if head.starts_with(b"SQLite format 3") => Some(Form::Project),
                Some(b'{' | b'[') => Some(Form::Text),
                _ => None,
            }
        });
    by_content.unwrap_or_else(|| form_by_name(path))
}

/// The form a file with this name is written in.
#[must_use]
pub fn form_by_name(path: &Path) -> Form {
    let is_text = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_text { Form::Text } else { Form::Project }
}

/// A map in a file, to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    /// The map.
    pub map: Map,
    /// What names the map for good, whatever its title becomes: the project's id, else the file's name.
    pub project: String,
    /// What is to be told of the file: that a newer program wrote it.
    pub note: Option<String>,
}

/// Reads the map in a file of either form, or the one that a picture, a PDF or a deck carries inside; makes no working
/// copy.
///
/// # Errors
/// When the file cannot be read or is none of these.
pub fn read(path: &Path) -> Result<Map, Problem> {
    if let Some(map) = carried_in(path)? {
        return Ok(map);
    }
    match form_of(path) {
        Form::Text => read_text_form(path),
        Form::Project => Ok(backcast_store::read(path)?.map),
    }
}

/// The same, to tell of the map without changing it: of a project of a newer version, what this program knows.
///
/// # Errors
/// As for [`read`], but of a newer version only when this program cannot show it.
pub fn look(path: &Path) -> Result<Looked, Problem> {
    if form_of(path) == Form::Project
        && let Ok(file) = ProjectFile::look(path)
        && (file.newer().is_some() || file.altered().is_none())
    {
        let project = file.project();
        return Ok(Looked {
            map: project.map.clone(),
            project: project.id.to_string(),
            note: file.newer().map(|newer| newer_note(path, newer)),
        });
    }
    let name = || path.file_name().unwrap_or_default().to_string_lossy();
    let (map, project) = match carried_in(path)? {
        Some(map) => (map, name().into_owned()),
        None if form_of(path) == Form::Text => (read_text_form(path)?, name().into_owned()),
        None => {
            let project = backcast_store::read(path)?;
            (project.map, project.id.to_string())
        }
    };
    Ok(Looked {
        map,
        project,
        note: None,
    })
}

/// The map inside a picture, a PDF or a deck, by content; `None` for other files and for those that are not there.
pub(crate) fn carried_in(path: &Path) -> Result<Option<Map>, Problem> {
    let mut head = [0_u8; 16];
    let file = Some(path).filter(|path| path.is_file());
    let Some(mut file) = file.and_then(|path| File::open(path).ok()) else {
        return Ok(None);
    };
    let read = file.read(&mut head).unwrap_or(0);
    let start = head[..read].iter().find(|byte| !byte.is_ascii_whitespace());
    // A text form and a project are read in their own ways, which need not hold them whole.
    if head.starts_with(b"SQLite format 3") || matches!(start, None | Some(b'{' | b'[')) {
        return Ok(None);
    }
    let bytes = match text_file::read(path, LARGEST_TEXT) {
        Ok(bytes) => bytes,
        // Whoever reads it next says what is wrong with it.
        Err(_) => return Ok(None),
    };
    importing::carried(&[path.to_owned()], &bytes)
}

/// Reads a map in Backcast JSON.
///
/// # Errors
/// When the file cannot be read or is not one.
pub fn read_text_form(path: &Path) -> Result<Map, Problem> {
    let bytes = text_file::read(path, LARGEST_TEXT)?;
    backcast_exchange::read(&bytes).map_err(|error| Problem::text(path, &error))
}

/// Writes a map as a new file in the form its name asks for; a project's history begins here, with a step
/// by the person of this environment.
///
/// # Errors
/// When the file is there already and `replace` is false, or it cannot be written.
pub fn write_new(
    environment: &Environment,
    path: &Path,
    map: Map,
    replace: bool,
) -> Result<(), Problem> {
    refuse_existing(path, replace)?;
    match form_by_name(path) {
        Form::Text => text_file::write(path, backcast_exchange::write(&map).as_bytes()),
        Form::Project => {
            let existing = if replace {
                Existing::Replace
            } else {
                Existing::Refuse
            };
            let project = Project {
                id: new_project_id(),
                map,
            };
            let author = environment.author();
            Ok(ProjectFile::write_new(
                path,
                &project,
                author,
                existing,
                now(),
            )?)
        }
    }
}

/// Refuses to write over a file that is there, unless it is to be replaced.
pub(crate) fn refuse_existing(path: &Path, replace: bool) -> Result<(), Problem> {
    if replace || path.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Problem::refused(
        format!("{} is there already.", path.display()),
        "Choose another name, or say --force to replace it.",
    ))
}

/// Applies edits to the map in a file as one step, all or nothing, and gives the ids of inserted rows in order. In a
/// project that was merged, a field that is written counts as settled, also where it held the value already.
///
/// # Errors
/// When the file cannot be read or written, or an edit is refused; the file is then as it was.
pub fn apply(
    environment: &Environment,
    path: &Path,
    edits: &[Edit],
    label: &str,
) -> Result<Visited<Vec<Id>>, Problem> {
    let mut make_id = |name: &str| new_id(name);
    match form_of(path) {
        Form::Text => {
            let applied = apply_edits(&read_text_form(path)?, edits, &mut make_id)?;
            text_file::write(path, backcast_exchange::write(&applied.map).as_bytes())?;
            Ok(Visited {
                outcome: applied.inserted,
                notes: Vec::new(),
            })
        }
        Form::Project => visit(environment, path, |store| {
            let conflicts = store.conflicts().to_vec();
            let step = |map: &Map| apply_and_settle(map, edits, &conflicts, &mut make_id);
            let committed = store.transact(Op::new("apply", label), now(), step)?;
            Ok(committed.inserted)
        }),
    }
}
