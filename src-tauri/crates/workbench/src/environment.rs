//! What the program takes from the computer it runs on: the data folder, the catalogue with the planner's own files,
//! the clock, random ids. Everything else gets these handed in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use backcast_model::catalog::Catalog;
use backcast_model::{Day, Id};
use backcast_store::DataFolder;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::problem::Problem;

/// The environment variable that moves the data folder.
pub const DATA_FOLDER_VARIABLE: &str = "BACKCAST_DATA_DIR";

/// The environment variable that names the person whose changes these are.
pub const AUTHOR_VARIABLE: &str = "BACKCAST_AUTHOR";

/// The longest name of a person, in characters.
const LONGEST_AUTHOR: usize = 100;

/// The largest catalogue file that is read, in bytes.
const LARGEST_CATALOG: u64 = 4 * 1024 * 1024;

/// The computer as the program sees it.
#[derive(Debug, Clone)]
pub struct Environment {
    data_folder: PathBuf,
    author: String,
    catalog: Arc<Catalog>,
}

impl Environment {
    /// The environment of this process: the data folder from `BACKCAST_DATA_DIR` or the platform's place for it, the
    /// person's name from `BACKCAST_AUTHOR` or the name they are logged in with, and the catalogue with every `*.toml`
    /// of the data folder's `catalog`, in the order of their names.
    ///
    /// # Errors
    /// When there is no home folder to keep data in, or one of the planner's catalogue files cannot be read.
    pub fn of_process() -> Result<Self, Problem> {
        Self::at(data_folder_of_process()?)
            .map(|environment| environment.with_author(&author_of_process()))
    }

    /// The environment of this process with as much of the planner's own catalogue as can be read, and what is wrong
    /// with the rest: the file that cannot be read and those after it are left out.
    ///
    /// # Errors
    /// When there is no home folder to keep data in.
    pub fn of_process_as_far_as_readable() -> Result<(Self, Option<Problem>), Problem> {
        let data_folder = data_folder_of_process()?;
        let mut catalog = Catalog::shipped();
        let problem = add_own(&mut catalog, &data_folder.join("catalog")).err();
        let environment = Self {
            data_folder,
            author: author_of_process(),
            catalog: Arc::new(catalog),
        };
        Ok((environment, problem))
    }

    /// The environment with this data folder, of a person without a name.
    ///
    /// # Errors
    /// When one of the planner's catalogue files cannot be read.
    pub fn at(data_folder: PathBuf) -> Result<Self, Problem> {
        let mut catalog = Catalog::shipped();
        add_own(&mut catalog, &data_folder.join("catalog"))?;
        Ok(Self {
            data_folder,
            author: String::new(),
            catalog: Arc::new(catalog),
        })
    }

    /// The same, of a person with this name.
    #[must_use]
    pub fn with_author(self, author: &str) -> Self {
        Self {
            author: author.to_owned(),
            ..self
        }
    }

    /// Where working copies, backups and the list of recent files live.
    #[must_use]
    pub fn data_folder(&self) -> &Path {
        &self.data_folder
    }

    /// The name under which the person's changes are shown to others; empty: none.
    #[must_use]
    pub fn author(&self) -> &str {
        &self.author
    }

    /// The data folder as the store takes it.
    pub(crate) fn store_folder(&self) -> DataFolder {
        DataFolder::new(&self.data_folder).with_author(&self.author)
    }

    /// Frameworks and channels: the shipped ones and the planner's own.
    #[must_use]
    pub const fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }
}

fn data_folder_of_process() -> Result<PathBuf, Problem> {
    let named = std::env::var_os(DATA_FOLDER_VARIABLE).filter(|folder| !folder.is_empty());
    let platform = || directories::ProjectDirs::from("app", "Backcast", "Backcast");
    named
        .map(PathBuf::from)
        .or_else(|| platform().map(|folders| folders.data_dir().to_path_buf()))
        .ok_or_else(|| {
            Problem::refused(
                "There is no home folder to keep working copies in.",
                format!("Set {DATA_FOLDER_VARIABLE} to a folder you may write to."),
            )
        })
}

/// The first name that is set, on one line.
fn author_of_process() -> String {
    let named = [AUTHOR_VARIABLE, "USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(|variable| std::env::var(variable).ok());
    let mut names = named.map(|name| {
        let visible = name
            .trim()
            .chars()
            .filter(|character| !character.is_control());
        visible.take(LONGEST_AUTHOR).collect::<String>()
    });
    names.find(|name| !name.is_empty()).unwrap_or_default()
}

/// Adds the planner's own files to a catalogue, up to the first that cannot be read.
fn add_own(catalog: &mut Catalog, folder: &Path) -> Result<(), Problem> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    files.sort();
    for path in files {
        let refuse = |reason: String| {
            Problem::refused(
                format!(
                    "{} is not a catalogue of frameworks and channels: {reason}.",
                    path.display()
                ),
                "Correct the file, or move it out of the folder.",
            )
        };
        let about = path
            .metadata()
            .map_err(|error| Problem::reading(&path, &error))?;
        if !about.is_file() {
            return Err(refuse("it is not a file".to_owned()));
        }
        let size = about.len();
        if size > LARGEST_CATALOG {
            return Err(refuse(format!(
                "it has {size} bytes, at most {LARGEST_CATALOG} are read"
            )));
        }
        let text =
            std::fs::read_to_string(&path).map_err(|error| Problem::reading(&path, &error))?;
        catalog.extend(&text).map_err(refuse)?;
    }
    Ok(())
}

/// The moment it is.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A moment as the clock on the planner's wall showed it: `2026-01-03 10:15`.
#[must_use]
pub fn local_time(at: Timestamp) -> String {
    let local = at.to_zoned(TimeZone::system());
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

/// The day it is where the planner sits.
#[must_use]
pub fn today() -> Day {
    Day::from(Zoned::now().date())
}

/// An id that reads like its name and that no other copy of the project will make: six random characters follow it.
#[must_use]
pub fn new_id(name: &str) -> Id {
    Id::from_name(name, &random_text(6))
}

/// The id of a new project: 26 random characters, 134 bits.
#[must_use]
pub(crate) fn new_project_id() -> Id {
    Id::derived(&random_text(26))
}

/// Random lower-case letters and digits.
fn random_text(length: usize) -> String {
    const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut bytes = [0_u8; 32];
        #[expect(
            clippy::expect_used,
            reason = "a system without a random source cannot keep two copies apart"
        )]
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        // Bytes from 252 on are left out, so that every character is equally likely.
        let fair = bytes
            .iter()
            .filter(|byte| **byte < 252)
            .take(length - text.len());
        text.extend(fair.map(|byte| char::from(ALPHABET[usize::from(byte % 36)])));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_like_their_name_and_differ() {
        let (one, other) = (new_id("TV spot"), new_id("TV spot"));
        assert!(one.as_str().starts_with("tv-spot-") && one.as_str().len() == 14);
        assert_ne!(one, other);
    }

    #[test]
    fn own_catalogue_files_are_read_and_refused_with_their_name() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("catalog");
        std::fs::create_dir(&own).unwrap();
        let text = "version = 1\n[[framework]]\nid = \"own\"\nname = \"Own\"\nstages = []\n";
        std::fs::write(own.join("own.toml"), text).unwrap();
        let environment = Environment::at(folder.path().to_owned()).unwrap();
        assert_eq!(environment.catalog().framework("own").unwrap().name, "Own");
        std::fs::write(own.join("bad.toml"), "version = 1\n[[channel]]\nid = 3").unwrap();
        let problem = Environment::at(folder.path().to_owned()).unwrap_err();
        assert!(problem.message.contains("bad.toml"), "{problem}");
    }
}
