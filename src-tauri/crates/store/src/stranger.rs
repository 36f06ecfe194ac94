//! Files of strangers: input, not databases. The bytes are taken into memory (so that a journal
//! beside the file, a lock or a later change means nothing), checked mark by mark, opened read-only
//! and hardened, compared with our schema, and only then read row by row into checked types.
//! Nothing is ever written, repaired or deleted here.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use backcast_model::Id;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, MAIN_DB};

use crate::contents::{Contents, Reading, Unreadable};
use crate::error::StoreError;
use crate::fingerprint::Fingerprint;
use crate::schema::{self, APPLICATION_ID, FILE_VERSION};
use crate::tables;

/// The longest file that is read, in bytes. A project at every limit is below it.
const LONGEST_FILE: u64 = 1 << 30;

/// The longest cell that is read, in bytes: the first change of the largest project fits.
const LONGEST_CELL: i32 = 1 << 28;

/// How long SQLite may work on a stranger's file.
const LONGEST_WORK: Duration = Duration::from_secs(60);

/// From here on a version is no newer program's but a damaged mark.
const FIRST_UNLIKELY_VERSION: u32 = 10_000;

/// Steps of SQLite between two looks at the clock.
const STEPS_BETWEEN_LOOKS: i32 = 20_000;

/// The bytes of a file and how to know them again.
#[derive(Debug)]
pub(crate) struct FileImage {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
    pub(crate) fingerprint: Fingerprint,
}

impl FileImage {
    /// Takes a file into memory.
    ///
    /// # Errors
    /// When it is not there, not a file, not readable, empty or too large.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let refuse = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::NotFound {
                path: path.to_path_buf(),
            },
            io::ErrorKind::PermissionDenied => StoreError::NoPermission {
                path: path.to_path_buf(),
                doing: "read",
            },
            _ => StoreError::disk("Could not read", path, error),
        };
        // Before it is opened: opening a pipe waits for somebody to write into it.
        let metadata = fs::metadata(path).map_err(refuse)?;
        if !metadata.is_file() {
            let kind = if metadata.is_dir() {
                "a folder"
            } else {
                "a device or a pipe"
            };
            return Err(StoreError::NotAFile {
                path: path.to_path_buf(),
                kind,
            });
        }
        check_size(path, metadata.len())?;
        let file = File::open(path).map_err(refuse)?;
        let metadata = file.metadata().map_err(refuse)?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        file.take(LONGEST_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(refuse)?;
        check_size(path, bytes.len() as u64)?;
        let fingerprint = Fingerprint::of(&bytes, &metadata);
        Ok(Self {
            path: path.to_path_buf(),
            bytes,
            fingerprint,
        })
    }

    /// Reads the project in it.
    ///
    /// # Errors
    /// When it is not a project, of a newer version, or damaged beyond reading.
    pub(crate) fn read(&self) -> Result<Reading, StoreError> {
        let version = check_header(&self.path, &self.bytes)?;
        let damaged = |error: rusqlite::Error| self.unreadable(error.into());
        let connection = hardened(&self.bytes).map_err(damaged)?;
        self.check_schema(&connection, version)?;
        let connection = match version {
            FILE_VERSION => connection,
            older => led_forward(&self.bytes, older).map_err(damaged)?,
        };
        Contents::read(&connection).map_err(|unreadable| self.unreadable(unreadable))
    }

    /// Reads the project in a file of a newer version, when its writer says that we can: our tables
    /// and columns are all there, beside others that we do not know. Only to be looked at.
    ///
    /// # Errors
    /// As [`Self::read`]; also when the writer says that we cannot read it.
    pub(crate) fn read_newer(&self) -> Result<Reading, StoreError> {
        let header = check_header(&self.path, &self.bytes);
        let Err(StoreError::Newer {
            path,
            version,
            ours,
        }) = header
        else {
            return self.read();
        };
        let refuse = || StoreError::Newer {
            path: path.clone(),
            version,
            ours,
        };
        let connection = hardened(&self.bytes).map_err(|_| refuse())?;
        let theirs = schema::entries(&connection).map_err(|_| refuse())?;
        let plain = |(kind, _, _, sql): &schema::SchemaEntry| match kind.as_str() {
            "table" => sql
                .as_ref()
                .is_some_and(|sql| sql.starts_with("CREATE TABLE ")),
            "index" => true,
            _ => false,
        };
        let readable = theirs.iter().all(plain)
            && tables::project::oldest_reader(&connection)
                .is_ok_and(|oldest| oldest <= FILE_VERSION);
        if !readable {
            return Err(refuse());
        }
        let mut reading = Contents::read(&connection).map_err(|_| refuse())?;
        reading.dropped = schema::unknown(&connection).map_err(|_| refuse())?;
        reading.newer = Some(version);
        reading.altered = Some(format!(
            "it was written by a newer Backcast (file version {version}; this program writes version {ours}). \
             Update Backcast to change it"
        ));
        Ok(reading)
    }

    /// Whether its tables are exactly those of this program's version, whatever version it states.
    pub(crate) fn has_our_schema(&self) -> bool {
        let theirs = hardened(&self.bytes).and_then(|connection| schema::entries(&connection));
        let ours = schema::of_version(FILE_VERSION);
        matches!((theirs, ours), (Ok(theirs), Ok(ours)) if theirs == ours)
    }

    /// Reads the tables in it, whatever else it holds and whatever version it states: to look for damage.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn read_tables(&self) -> Result<Reading, StoreError> {
        hardened(&self.bytes)
            .map_err(Unreadable::from)
            .and_then(|connection| Contents::read(&connection))
            .map_err(|unreadable| self.unreadable(unreadable))
    }

    /// Which project is in it; `None` when that cannot be told. Looks at no more than that.
    pub(crate) fn project_id(&self) -> Option<Id> {
        let version = check_header(&self.path, &self.bytes).ok()?;
        let connection = hardened(&self.bytes).ok()?;
        self.check_schema(&connection, version).ok()?;
        let row = tables::project::read(&connection).ok()?.pop()?;
        Id::new(row.id).ok()
    }

    /// Refuses whatever is not exactly our tables: a view, a trigger, an index of somebody's own.
    fn check_schema(&self, connection: &Connection, version: u32) -> Result<(), StoreError> {
        let theirs = schema::entries(connection).map_err(|error| self.unreadable(error.into()))?;
        let ours = schema::of_version(version).map_err(|error| self.unreadable(error.into()))?;
        let stranger = theirs.iter().find(|entry| !ours.contains(entry));
        let missing = ours.iter().find(|entry| !theirs.contains(entry));
        let reason = match (stranger, missing) {
            (None, None) => return Ok(()),
            (Some((kind, name, ..)), _) => format!("its {kind} {name:?} is not one of Backcast's"),
            (None, Some((kind, name, ..))) => format!("its {kind} {name:?} is missing"),
        };
        Err(StoreError::Damaged {
            path: self.path.clone(),
            reason,
        })
    }

    fn unreadable(&self, unreadable: Unreadable) -> StoreError {
        let path = self.path.clone();
        match unreadable {
            Unreadable::Content(refusal) => StoreError::Content { path, refusal },
            Unreadable::Damaged(reason) => StoreError::Damaged { path, reason },
            Unreadable::Database(error) => {
                let interrupted =
                    error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted);
                let reason = if interrupted {
                    "reading it does not come to an end".to_owned()
                } else {
                    error.to_string()
                };
                StoreError::Damaged { path, reason }
            }
        }
    }
}

fn check_size(path: &Path, size: u64) -> Result<(), StoreError> {
    let path = path.to_path_buf();
    match size {
        0 => Err(StoreError::Empty { path }),
        size if size > LONGEST_FILE => Err(StoreError::TooLarge {
            path,
            size,
            most: LONGEST_FILE,
        }),
        _ => Ok(()),
    }
}

/// The bytes of an older version, whose schema was looked at, as a database of this program's in
/// memory.
fn led_forward(bytes: &[u8], version: u32) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    harden(&mut connection, LONGEST_WORK)?;
    connection.deserialize_read_exact(MAIN_DB, closed(bytes), bytes.len(), false)?;
    schema::migrate(&connection, version)?;
    Ok(connection)
}

/// Looks at the marks in the first hundred bytes and gives the file's version.
fn check_header(path: &Path, bytes: &[u8]) -> Result<u32, StoreError> {
    let refuse = |reason: &str| {
        Err(StoreError::NotAProject {
            path: path.to_path_buf(),
            reason: reason.to_owned(),
        })
    };
    if !bytes.starts_with(b"SQLite format 3\0") {
        let first = bytes
            .iter()
            .find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte));
        return match first {
            Some(b'{') => refuse("it looks like the text form of a map. Import it instead"),
            _ => refuse("it is a file of another kind. Choose a file that ends in .backcast"),
        };
    }
    let number = |at: usize| {
        bytes
            .get(at..at + 4)
            .and_then(|four| Some(u32::from_be_bytes(four.try_into().ok()?)))
    };
    let (Some(version), Some(application)) = (number(60), number(68)) else {
        let reason = "it breaks off in its first hundred bytes".to_owned();
        return Err(StoreError::Damaged {
            path: path.to_path_buf(),
            reason,
        });
    };
    if application != APPLICATION_ID {
        return refuse("it is a database of another program. Choose a file that ends in .backcast");
    }
    match version {
        0 => Err(StoreError::Damaged {
            path: path.to_path_buf(),
            reason: "it does not state its version".to_owned(),
        }),
        1..=FILE_VERSION => Ok(version),
        FIRST_UNLIKELY_VERSION.. => Err(StoreError::Damaged {
            path: path.to_path_buf(),
            reason: format!("the version it states, {version}, is none"),
        }),
        version => Err(StoreError::Newer {
            path: path.to_path_buf(),
            version,
            ours: FILE_VERSION,
        }),
    }
}

/// The bytes as a database in memory that can only be read and runs no code of its own.
pub(crate) fn hardened(bytes: &[u8]) -> rusqlite::Result<Connection> {
    hardened_within(bytes, LONGEST_WORK)
}

/// The same, ended after `longest`.
fn hardened_within(bytes: &[u8], longest: Duration) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    harden(&mut connection, longest)?;
    connection.deserialize_read_exact(MAIN_DB, closed(bytes), bytes.len(), true)?;
    connection.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA query_only = ON; PRAGMA mmap_size = 0",
    )?;
    Ok(connection)
}

fn harden(connection: &mut Connection, longest: Duration) -> rusqlite::Result<()> {
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, LONGEST_CELL),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 20_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 20),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 2),
        (Limit::SQLITE_LIMIT_VDBE_OP, 5_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    let until = Instant::now() + longest;
    connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || Instant::now() > until))
}

/// The bytes with the two marks that say a journal belongs to the file set to say that none does.
/// What stood in the journal is not there, whoever sent the file.
fn closed(bytes: &[u8]) -> impl Read + '_ {
    let (head, rest) = bytes.split_at(bytes.len().min(20));
    let mut head = head.to_vec();
    for mark in head.iter_mut().skip(18) {
        *mark = 1;
    }
    Cursor::new(head).chain(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::create;

    #[test]
    fn a_query_without_end_is_ended_and_says_so() {
        let mut empty = Connection::open_in_memory().unwrap();
        create(&empty).unwrap();
        let bytes = empty.serialize(MAIN_DB).unwrap().to_vec();
        let connection = hardened_within(&bytes, Duration::from_millis(20)).unwrap();
        let sql = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
        let error = connection
            .query_row(sql, (), |row| row.get::<_, i64>(0))
            .unwrap_err();
        let file = FileImage {
            path: PathBuf::from("endless.backcast"),
            fingerprint: Fingerprint::of(&bytes, &fs::metadata(".").unwrap()),
            bytes,
        };
        let told = file.unreadable(error.into()).to_string();
        assert!(told.contains("does not come to an end"), "{told}");
    }

    #[test]
    fn an_older_file_is_led_forward_in_a_copy() {
        let mut older = Connection::open_in_memory().unwrap();
        create(&older).unwrap();
        let bytes = older.serialize(MAIN_DB).unwrap().to_vec();
        let hardened = hardened(&bytes).unwrap();
        let led = led_forward(&bytes, 1).unwrap();
        assert_eq!(
            schema::entries(&led).unwrap(),
            schema::of_version(FILE_VERSION).unwrap()
        );
        assert!(hardened.execute("DELETE FROM stage", ()).is_err());
    }
}
