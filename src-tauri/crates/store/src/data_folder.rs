//! The app's data folder: where working copies live, which of them belongs to which file, and who
//! this computer's actors are. Where the folder is, is for the caller to say.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use crate::error::{Context, StoreError};
use crate::log::Actor;
use crate::publish::make_folder;

/// Where random numbers come from.
type Randomness = dyn Fn() -> Result<u64, String> + Send + Sync;

/// How long to wait for another process that writes to the registry.
const PATIENCE: Duration = Duration::from_secs(5);

const CREATE: &str = r#"
CREATE TABLE IF NOT EXISTS "place" ("path" BLOB NOT NULL PRIMARY KEY, "copy" TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "own_actor" ("id" TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
"#;

/// The app's data folder, and who works with it.
#[derive(Clone)]
pub struct DataFolder {
    path: PathBuf,
    author: String,
    randomness: Arc<Randomness>,
    /// Opened when it is first needed, and kept: closing it writes to the disk again.
    registry: Arc<Mutex<Option<Connection>>>,
}

impl fmt::Debug for DataFolder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DataFolder")
            .field("path", &self.path)
            .field("author", &self.author)
            .finish()
    }
}

impl DataFolder {
    /// The data folder at `path`; it is made when something is first kept there.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let randomness = Arc::new(|| getrandom::u64().map_err(|error| error.to_string()));
        Self {
            path: path.into(),
            author: String::new(),
            randomness,
            registry: Arc::default(),
        }
    }

    /// The same, with the name under which the person's changes are shown to others.
    #[must_use]
    pub fn with_author(self, author: &str) -> Self {
        Self {
            author: author.to_owned(),
            ..self
        }
    }

    /// The same, with random numbers of the caller's, so that a test repeats itself.
    #[must_use]
    pub fn with_randomness(
        self,
        randomness: impl Fn() -> Result<u64, String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            randomness: Arc::new(randomness),
            ..self
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name under which the person's changes are shown to others.
    #[must_use]
    pub fn author(&self) -> &str {
        &self.author
    }

    /// The folder that holds a folder per working copy.
    pub(crate) fn copies(&self) -> PathBuf {
        self.path.join("working-copies")
    }

    /// The folder that takes in files for which there is no room where they belong.
    pub(crate) fn kept(&self) -> PathBuf {
        self.path.join("kept")
    }

    /// A random id of sixteen hexadecimal digits.
    pub(crate) fn new_id(&self) -> Result<String, StoreError> {
        (self.randomness)()
            .map(|number| format!("{number:016x}"))
            .map_err(StoreError::NoId)
    }

    /// A new actor of this computer, remembered as its own.
    pub(crate) fn new_actor(&self) -> Result<Actor, StoreError> {
        let actor = (self.randomness)()
            .map(Actor::from_number)
            .map_err(StoreError::NoId)?;
        self.remember_actor(&actor)?;
        Ok(actor)
    }

    /// Remembers an actor as this computer's.
    pub(crate) fn remember_actor(&self, actor: &Actor) -> Result<(), StoreError> {
        self.with_registry("The data folder could not be written", |registry| {
            let sql = r#"INSERT OR IGNORE INTO "own_actor" ("id") VALUES (?1)"#;
            registry.execute(sql, (actor.as_str(),)).map(drop)
        })
    }

    /// Every actor of this computer.
    pub(crate) fn own_actors(&self) -> Result<Vec<Actor>, StoreError> {
        self.with_registry("The data folder could not be read", |registry| {
            let mut statement = registry.prepare(r#"SELECT "id" FROM "own_actor""#)?;
            let rows =
                statement.query_map((), |row| Ok(Actor::from_text(&row.get::<_, String>(0)?)))?;
            rows.collect()
        })
    }

    /// The id of the working copy of the file at `path`.
    pub(crate) fn copy_of(&self, path: &Path) -> Result<Option<String>, StoreError> {
        self.with_registry("The data folder could not be read", |registry| {
            let sql = r#"SELECT "copy" FROM "place" WHERE "path" = ?1"#;
            registry
                .query_row(sql, (path_bytes(path),), |row| row.get(0))
                .optional()
        })
    }

    /// Every file that has a working copy, and the copy.
    pub(crate) fn places(&self) -> Result<Vec<(PathBuf, String)>, StoreError> {
        self.with_registry("The data folder could not be read", |registry| {
            let mut statement = registry.prepare(r#"SELECT "path", "copy" FROM "place""#)?;
            let rows =
                statement.query_map((), |row| Ok((path_from_bytes(row.get(0)?), row.get(1)?)))?;
            rows.collect()
        })
    }

    /// Remembers which working copy belongs to the file at `path`; `None`: none does.
    pub(crate) fn assign(&self, path: &Path, copy: Option<&str>) -> Result<(), StoreError> {
        if self.copy_of(path)?.as_deref() == copy {
            return Ok(());
        }
        self.with_registry("The data folder could not be written", |registry| {
            let written = match copy {
                Some(copy) => registry.execute(
                    r#"REPLACE INTO "place" ("path", "copy") VALUES (?1, ?2)"#,
                    (path_bytes(path), copy),
                ),
                None => registry.execute(
                    r#"DELETE FROM "place" WHERE "path" = ?1"#,
                    (path_bytes(path),),
                ),
            };
            written.map(drop)
        })
    }

    fn with_registry<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match &mut *registry {
            Some(connection) => connection,
            empty => empty.insert(self.open_registry()?),
        };
        work(connection).doing(doing)
    }

    fn open_registry(&self) -> Result<Connection, StoreError> {
        make_folder(&self.path)?;
        let open = || {
            let connection = Connection::open(self.path.join("registry.db"))?;
            connection.busy_timeout(PATIENCE)?;
            connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")?;
            connection.execute_batch(CREATE)?;
            Ok(connection)
        };
        open().doing("The data folder could not be opened")
    }
}

/// A path as bytes, also one that is not text.
pub(crate) fn path_bytes(path: &Path) -> Vec<u8> {
    path.as_os_str().as_encoded_bytes().to_vec()
}

/// The path that [`path_bytes`] wrote.
pub(crate) fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    #[cfg(unix)]
    return PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes));
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}
