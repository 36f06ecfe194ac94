//! The projects to go on with, newest first: files opened on this computer before, from a small JSON file in the data
//! folder, projects that have no file yet, and edits whose file was gone before they got into it. Losing the list loses
//! nothing but convenience, so one that cannot be read counts as empty.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::environment::Environment;
use crate::problem::{Problem, ProblemKind};
use crate::text_file;
use crate::workbench::Workbench;

/// How many files are remembered.
const MOST: usize = 12;

/// The longest list file that is read, in bytes.
const LARGEST: usize = 1024 * 1024;

/// Held from reading the list to writing it: every window's project has a thread of its own, and several are opened at
/// once.
static WRITING: Mutex<()> = Mutex::new(());

/// A project to go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// A handle for [`open`].
    pub id: String,
    /// Its map's title when it was last seen.
    pub title: String,
    /// Its file; `None`: it has none yet.
    pub path: Option<PathBuf>,
    /// When it was last opened, saved or edited, in RFC 3339.
    pub opened_at: String,
    /// How many steps are kept on this computer alone and in no file, of what only this list leads to: a project
    /// without a file, or one whose file is not where it was. `None`: its file is opened.
    pub unsaved: Option<u64>,
    /// Whether it is damaged so that nothing in it can be read: opening it tells where it is kept.
    pub unreadable: bool,
}

/// A file opened before, as the list keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Opened {
    path: PathBuf,
    title: String,
    opened_at: String,
}

impl Opened {
    fn handle(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.path.hash(&mut hasher);
        format!("file-{:016x}", hasher.finish())
    }
}

/// The projects to go on with whose files are still there, newest first.
#[must_use]
pub fn list(environment: &Environment) -> Vec<Recent> {
    let files = opened(environment.data_folder())
        .into_iter()
        .map(|opened| Recent {
            id: opened.handle(),
            title: opened.title,
            path: Some(opened.path),
            opened_at: opened.opened_at,
            unsaved: None,
            unreadable: false,
        });
    let kept = backcast_store::working_copies(&environment.store_folder()).unwrap_or_default();
    let kept = kept
        .into_iter()
        .filter(|copy| !copy.reachable)
        .map(|copy| Recent {
            id: copy.id,
            title: copy.title,
            path: copy.path,
            opened_at: copy.changed_at.to_string(),
            unsaved: Some(copy.changes),
            unreadable: copy.unreadable,
        });
    let mut all: Vec<_> = files.chain(kept).collect();
    all.sort_by(|one, other| other.opened_at.cmp(&one.opened_at));
    all
}

/// Opens a project of the list by its handle.
///
/// # Errors
/// When the list has it no more, or it cannot be opened.
pub fn open(environment: &Environment, id: &str) -> Result<Workbench, Problem> {
    let gone = || {
        Problem::refused(
            "This project is not in the list any more.",
            "Open its file instead.",
        )
        .of_kind(ProblemKind::Stale)
    };
    let recent = list(environment)
        .into_iter()
        .find(|recent| recent.id == id)
        .ok_or_else(gone)?;
    match recent.path {
        Some(path) if recent.unsaved.is_none() => Workbench::open(environment, &path),
        _ => Workbench::resume(environment, id),
    }
}

/// The file of a project of the list; `None`: it is not there, or the list does not have the project.
#[must_use]
pub fn path_of(environment: &Environment, id: &str) -> Option<PathBuf> {
    // Projects without a file need not be looked for, and looking at each takes a while.
    opened(environment.data_folder())
        .into_iter()
        .find(|opened| opened.handle() == id)
        .map(|opened| opened.path)
}

fn list_file(data_folder: &Path) -> PathBuf {
    data_folder.join("recent.json")
}

fn opened(data_folder: &Path) -> Vec<Opened> {
    let bytes = text_file::read(&list_file(data_folder), LARGEST).unwrap_or_default();
    let mut opened: Vec<Opened> = serde_json::from_slice(&bytes).unwrap_or_default();
    opened.retain(|opened| opened.path.is_file());
    opened
}

/// Puts a file first.
///
/// # Errors
/// When the data folder may not be written to.
pub fn remember(
    data_folder: &Path,
    path: &Path,
    title: &str,
    opened_at: String,
) -> Result<(), Problem> {
    // It guards nothing in memory, so a panic elsewhere does not spoil it.
    let _one_by_one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut list = opened(data_folder);
    list.retain(|other| other.path != path);
    list.insert(
        0,
        Opened {
            path: path.to_owned(),
            title: title.to_owned(),
            opened_at,
        },
    );
    list.truncate(MOST);
    let text = serde_json::to_vec_pretty(&list).unwrap_or_default();
    std::fs::create_dir_all(data_folder).map_err(|error| Problem::writing(data_folder, &error))?;
    text_file::write(&list_file(data_folder), &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_whose_file_is_gone_are_offered_and_opened() {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment::at(folder.path().join("data")).unwrap();
        let path = folder.path().join("plan.backcast");
        let map = backcast_model::Map::new(backcast_model::MapProperties::titled("Plan"));
        crate::project_file::write_new(&environment, &path, map, false).unwrap();
        let mut bench = Workbench::open(&environment, &path).unwrap();
        bench.remember_opening();
        let edit = backcast_model::Edit::Set {
            entity: backcast_model::Entity::Map,
            id: backcast_model::MAP_ID.to_owned(),
            field: "title".to_owned(),
            value: "Better plan".into(),
        };
        bench.edit(&[edit], "Rename").unwrap();
        drop(bench);
        let listed = |what: &str| {
            let listed = list(&environment);
            assert_eq!(listed.len(), 1, "{what}: {listed:?}");
            listed.into_iter().next().unwrap()
        };
        assert_eq!(listed("its file leads there").unsaved, None);
        std::fs::remove_file(&path).unwrap();
        let kept = listed("only the list leads there");
        assert_eq!((kept.unsaved, kept.path.as_ref()), (Some(1), Some(&path)));
        let bench = open(&environment, &kept.id).unwrap();
        assert_eq!(bench.map().properties.title, "Better plan");
    }

    #[test]
    fn files_that_are_opened_at_once_are_all_listed() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let path = folder.path().join(number.to_string());
                std::fs::write(&path, "").unwrap();
                let data_folder = folder.path();
                scope.spawn(move || remember(data_folder, &path, "T", String::new()).unwrap());
            }
        });
        assert_eq!(opened(folder.path()).len(), 8);
    }

    #[test]
    fn the_newest_comes_first_and_what_is_gone_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment::at(folder.path().to_owned()).unwrap();
        let paths = ["a", "b"].map(|name| folder.path().join(name));
        for (at, path) in paths.iter().chain([&paths[0]]).enumerate() {
            std::fs::write(path, "").unwrap();
            remember(folder.path(), path, "T", format!("2026-01-0{at}")).unwrap();
        }
        let listed: Vec<_> = list(&environment)
            .into_iter()
            .filter_map(|recent| recent.path)
            .collect();
        assert_eq!(listed, paths);
        std::fs::remove_file(&paths[0]).unwrap();
        assert_eq!(list(&environment).len(), 1);
        std::fs::write(folder.path().join("recent.json"), "{").unwrap();
        assert!(list(&environment).is_empty());
        assert!(
            open(&environment, "nonsense")
                .unwrap_err()
                .message
                .contains("not in the list")
        );
    }
}
