//! What stands beside a project file: “conflicted copies” that a folder-sync program made of it,
//! and notes of who else has it open. A note is a small file that lives as long as the project is
//! open; it blocks nobody. Refuses to change any file but its own note.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use backcast_model::Id;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::publish::folder_of;
use crate::stranger::FileImage;

/// A note that nobody renewed for this long is of a program that ended without a word.
const STALE: Duration = Duration::from_secs(5 * 60);

/// The longest note that is read, in bytes.
const LONGEST_NOTE: u64 = 10_000;

/// Somebody who has the file open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// The person's name.
    pub author: String,
    /// Since when, by their clock.
    pub since: Timestamp,
}

/// Files beside `path` that hold copies of the same project, by name. Their names begin like the
/// file's own, as those of folder-sync programs do.
pub(crate) fn copies_of(path: &Path, project: &Id) -> Vec<PathBuf> {
    // Not every file system keeps the case of names.
    let part = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().to_lowercase();
    let (stem, ending) = (part(path.file_stem()), part(path.extension()));
    let Ok(entries) = fs::read_dir(folder_of(path)) else {
        return Vec::new();
    };
    let mut copies: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|other| other != path && part(other.extension()) == ending)
        .filter(|other| part(other.file_stem()).starts_with(&stem))
        .filter(|other| {
            FileImage::take(other).is_ok_and(|file| file.project_id().as_ref() == Some(project))
        })
        .collect();
    copies.sort();
    copies
}

/// The note that this program has a file open; taken away when it is dropped.
#[derive(Debug)]
pub(crate) struct Note {
    path: PathBuf,
    since: Timestamp,
}

impl Note {
    /// Leaves a note beside a file, or renews the one that is there. `None`: the folder takes none,
    /// and nobody is told.
    pub(crate) fn leave(file: &Path, id: &str, author: &str, since: Timestamp) -> Option<Self> {
        let mut name = name_of_notes(file);
        name.push_str(id);
        let note = Self {
            path: file.with_file_name(name),
            since,
        };
        let content = json!({ "author": author, "since": since.to_string() }).to_string();
        let written =
            File::create(&note.path).and_then(|mut file| file.write_all(content.as_bytes()));
        written.is_ok().then_some(note)
    }

    /// Since when this program has the file open.
    pub(crate) const fn since(&self) -> Timestamp {
        self.since
    }

    /// Who else has the file open, by name. Notes are compared with our own by the clock of the
    /// folder they are in, so that clocks of computers do not matter.
    pub(crate) fn others(&self, file: &Path) -> Vec<Presence> {
        let written = |path: &Path| {
            fs::metadata(path)
                .and_then(|metadata| metadata.modified())
                .ok()
        };
        let now = written(&self.path).unwrap_or_else(SystemTime::now);
        let prefix = name_of_notes(file);
        let Ok(entries) = fs::read_dir(folder_of(file)) else {
            return Vec::new();
        };
        let mut others: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| *path != self.path)
            .filter(|path| {
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .starts_with(&prefix)
            })
            .filter(|path| {
                written(path).is_some_and(|at| now.duration_since(at).unwrap_or_default() < STALE)
            })
            .filter_map(|path| read_note(&path))
            .collect();
        others.sort_by(|one, other| (&one.author, one.since).cmp(&(&other.author, other.since)));
        others
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        // One that stays goes stale.
        let _ = fs::remove_file(&self.path);
    }
}

/// What the names of all notes on a file begin with.
fn name_of_notes(file: &Path) -> String {
    format!(
        ".~{}.open-",
        file.file_name().unwrap_or_default().to_string_lossy()
    )
}

fn read_note(path: &Path) -> Option<Presence> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > LONGEST_NOTE {
        return None;
    }
    let note: Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let author = note.get("author")?.as_str()?.to_owned();
    Some(Presence {
        author,
        since: note.get("since")?.as_str()?.parse().ok()?,
    })
}
