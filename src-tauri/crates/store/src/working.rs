//! A working copy: the private database that every edit is committed to at once, with what it knows
//! and its file must never carry (who works here, where it is published, what was published last).
//! One process at a time has it open.

use std::ffi::CStr;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, Params};

use crate::contents::{Contents, Reading, Unreadable};
use crate::data_folder::{DataFolder, path_bytes, path_from_bytes};
use crate::error::{Context, StoreError};
use crate::fingerprint::Fingerprint;
use crate::log::Actor;
use crate::publish::{make_folder, sync_folder};
use crate::schema;
use crate::seal::Seal;
use crate::tables::{self, change::Numbers};

/// What a working copy knows besides the project: a table that publishing does not copy.
const CREATE: &str = r#"
CREATE TABLE "working_copy" (
    "actor" TEXT NOT NULL,
    "path" BLOB,
    "published" BLOB,
    "fingerprint" TEXT,
    "changed_at" INTEGER NOT NULL,
    "read_only" TEXT,
    "published_changes" INTEGER
) STRICT"#;

/// The version of working copies that this program makes. They never leave the computer, so that
/// only this program's own past matters: an older copy is led forward when it is opened.
const COPY_VERSION: u32 = 2;

/// What leads a working copy of version `n + 1` to the next one; shipped steps never change. When
/// the file gets another version, so do working copies, with the same step.
const STEPS: [&str; 1] = [r#"ALTER TABLE "working_copy" ADD COLUMN "published_changes" INTEGER"#];

/// The same, as it is worked with.
#[derive(Debug, Clone)]
pub(crate) struct Knowledge {
    /// Who makes changes here.
    pub(crate) actor: Actor,
    /// Where it is published.
    pub(crate) path: Option<PathBuf>,
    /// The seal of what was published last.
    pub(crate) published: Option<Seal>,
    /// How many changes that had.
    pub(crate) published_changes: u64,
    /// How to know the published file again.
    pub(crate) fingerprint: Option<Fingerprint>,
    /// When it was last edited.
    pub(crate) changed_at: Timestamp,
    /// Why it may only be looked at.
    pub(crate) read_only: Option<String>,
}

/// An open working copy.
#[derive(Debug)]
pub(crate) struct WorkingCopy {
    pub(crate) id: String,
    pub(crate) connection: Connection,
    folder: PathBuf,
    /// Held as long as the copy is open; the system lets go of it when the process ends.
    _lock: File,
}

/// The parts of a working copy's folder.
struct Places {
    folder: PathBuf,
    database: PathBuf,
    lock: PathBuf,
}

impl Places {
    fn of(data: &DataFolder, id: &str) -> Self {
        let folder = data.copies().join(id);
        Self {
            database: folder.join("project.db"),
            lock: folder.join("lock"),
            folder,
        }
    }
}

impl WorkingCopy {
    /// A new working copy with this content.
    pub(crate) fn create(
        data: &DataFolder,
        contents: &Contents,
        knowledge: &Knowledge,
    ) -> Result<(Self, Numbers), StoreError> {
        let id = data.new_id()?;
        let places = Places::of(data, &id);
        make_folder(&places.folder)?;
        let lock = lock(&places)?;
        let (bytes, numbers) = image_with(contents, |database| begin(database, knowledge))
            .doing("The working copy could not be made")?;
        place(&places, &bytes)?;
        let connection = connect(&places.database)?;
        sync_folder(&places.folder)
            .map_err(|error| StoreError::disk("Could not write", &places.folder, error))?;
        Ok((
            Self {
                id,
                connection,
                folder: places.folder,
                _lock: lock,
            },
            numbers,
        ))
    }

    /// Opens a working copy and reads it. `Ok(Err(reason))`: it is damaged.
    ///
    /// # Errors
    /// When another process has it open, or the disk refuses.
    #[expect(clippy::type_complexity, reason = "read once, where it is taken apart")]
    pub(crate) fn open(
        data: &DataFolder,
        id: &str,
    ) -> Result<Result<(Self, Contents, Knowledge, Numbers), String>, StoreError> {
        let places = Places::of(data, id);
        if !places.database.exists() {
            return Err(StoreError::Missing {
                what: format!("working copy {id}"),
            });
        }
        let lock = lock(&places)?;
        let mut connection = match connect(&places.database) {
            Err(StoreError::Database { source, .. }) if is_damage(&source) => {
                return Ok(Err(source.to_string()));
            }
            connection => connection?,
        };
        if let Err(reason) = migrate(&mut connection, &places.database)? {
            return Ok(Err(reason));
        }
        let (reading, knowledge, numbers) = match load(&connection) {
            Ok(loaded) => loaded,
            Err(unreadable) => return Ok(Err(describe(unreadable))),
        };
        if let Some(reason) = reading.altered
            && knowledge.read_only.is_none()
        {
            return Ok(Err(reason));
        }
        let copy = Self {
            id: id.to_owned(),
            connection,
            folder: places.folder,
            _lock: lock,
        };
        Ok(Ok((copy, reading.contents, knowledge, numbers)))
    }

    /// Puts other content in place of what is there.
    pub(crate) fn replace(
        &mut self,
        contents: &Contents,
        knowledge: &Knowledge,
    ) -> Result<Numbers, StoreError> {
        let mut fill = || {
            let transaction = self.connection.transaction()?;
            for name in tables::NAMES {
                transaction.execute_batch(&format!("DELETE FROM \"{name}\""))?;
            }
            let numbers = contents.write(&transaction)?;
            save(&transaction, knowledge)?;
            transaction.commit()?;
            Ok(numbers)
        };
        fill().doing("The working copy could not be renewed")
    }

    /// The project alone, as the bytes of a closed database.
    pub(crate) fn image(&mut self) -> Result<Vec<u8>, StoreError> {
        image(&mut self.connection).doing("The project could not be put together")
    }

    /// Ends the working copy and takes it away; for one whose content is published.
    pub(crate) fn discard(self) -> Result<(), StoreError> {
        let Self {
            connection, folder, ..
        } = self;
        connection
            .close()
            .map_err(|(_, error)| error)
            .doing("The working copy could not be closed")?;
        fs::remove_dir_all(&folder).map_err(|error| {
            StoreError::disk("Could not take away the working copy", &folder, error)
        })
    }
}

/// Puts what a working copy knows into the database of its project.
fn begin(database: &Connection, knowledge: &Knowledge) -> rusqlite::Result<()> {
    database.execute_batch(CREATE)?;
    database.pragma_update(None, "user_version", COPY_VERSION)?;
    insert(database, knowledge)
}

/// Writes a working copy's database. It is whole, and on the disk, before it has its name: others look at every working
/// copy that they find.
fn place(places: &Places, bytes: &[u8]) -> Result<(), StoreError> {
    let unfinished = places.folder.join("unfinished.db");
    let write = || {
        if places.database.exists() {
            // Another copy has the same number; the lock is held, so that nobody is about to make one.
            return Err(ErrorKind::AlreadyExists.into());
        }
        let mut file = File::create_new(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &places.database)
    };
    write().map_err(|error| StoreError::disk("Could not write to", &places.folder, error))
}

/// Where a working copy's database is.
pub(crate) fn database_of(data: &DataFolder, id: &str) -> PathBuf {
    Places::of(data, id).database
}

/// Puts a damaged working copy aside, where people can find it.
pub(crate) fn set_aside(data: &DataFolder, id: &str) -> Result<PathBuf, StoreError> {
    let from = Places::of(data, id).folder;
    let to = data.path().join("damaged");
    make_folder(&to)?;
    let to = to.join(id);
    fs::rename(&from, &to)
        .map_err(|error| StoreError::disk("Could not put aside", &from, error))?;
    Ok(to)
}

/// Writes what the copy knows, inside the transaction that makes it true.
pub(crate) fn save(connection: &Connection, knowledge: &Knowledge) -> rusqlite::Result<()> {
    let sql = r#"UPDATE "working_copy" SET "actor" = ?1, "path" = ?2, "published" = ?3, "fingerprint" = ?4,
        "changed_at" = ?5, "read_only" = ?6, "published_changes" = ?7"#;
    connection
        .prepare_cached(sql)?
        .execute(knowledge_values(knowledge))?;
    Ok(())
}

/// Leads a working copy of an older version to this one. `Ok(Err(reason))`: it is damaged.
///
/// # Errors
/// When it is of a newer version; it is left alone then.
fn migrate(connection: &mut Connection, database: &Path) -> Result<Result<(), String>, StoreError> {
    let version = match version_of(connection) {
        Ok(version) => version,
        Err(error) => return Ok(Err(error.to_string())),
    };
    if version > COPY_VERSION {
        return Err(StoreError::Newer {
            path: database.to_path_buf(),
            version,
            ours: COPY_VERSION,
        });
    }
    let steps = STEPS.iter().skip(version.saturating_sub(1) as usize);
    let mut lead = || {
        let transaction = connection.transaction()?;
        steps
            .clone()
            .try_for_each(|step| transaction.execute_batch(step))?;
        transaction.pragma_update(None, "user_version", COPY_VERSION)?;
        transaction.commit()
    };
    if version < COPY_VERSION
        && let Err(error) = lead()
    {
        return Ok(Err(error.to_string()));
    }
    Ok(Ok(()))
}

fn version_of(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// What there is to know of a working copy without opening it for work.
#[derive(Debug)]
pub(crate) struct Glance {
    pub(crate) id: String,
    pub(crate) project: String,
    /// The map's title.
    pub(crate) title: String,
    pub(crate) seal: Seal,
    pub(crate) changes: u64,
    pub(crate) knowledge: Knowledge,
}

impl Glance {
    /// How many changes its file does not have, of one that holds something its file does not; 0
    /// when only a name or a conflict is not in the file.
    pub(crate) fn unpublished(&self) -> Option<u64> {
        let published = &self.knowledge;
        let all = published.path.is_some() && published.published == Some(self.seal);
        (!all).then(|| self.changes.saturating_sub(published.published_changes))
    }
}

/// Looks at a working copy; also at one that is open or of an older version.
pub(crate) fn peek(data: &DataFolder, id: &str) -> rusqlite::Result<Glance> {
    let connection = connection_to(&Places::of(data, id).database)?;
    let project = tables::project::read(&connection)?.pop();
    let project = project.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let title = connection.query_row(r#"SELECT "title" FROM "map""#, (), |row| row.get(0))?;
    let changes = connection.query_row(r#"SELECT count(*) FROM "change""#, (), |row| row.get(0))?;
    Ok(Glance {
        id: id.to_owned(),
        project: project.id,
        title,
        seal: project.seal,
        changes,
        knowledge: knowledge(&connection)?,
    })
}

fn knowledge_values(knowledge: &Knowledge) -> impl Params + '_ {
    (
        knowledge.actor.as_str(),
        knowledge.path.as_deref().map(path_bytes),
        knowledge.published.as_ref().map(Seal::as_bytes),
        knowledge.fingerprint.as_ref().map(Fingerprint::to_text),
        knowledge.changed_at.as_millisecond(),
        knowledge.read_only.as_deref(),
        knowledge.published_changes,
    )
}

fn insert(connection: &Connection, knowledge: &Knowledge) -> rusqlite::Result<()> {
    let sql = r#"INSERT INTO "working_copy" ("actor", "path", "published", "fingerprint", "changed_at", "read_only",
        "published_changes") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"#;
    connection.execute(sql, knowledge_values(knowledge))?;
    Ok(())
}

/// What a working copy knows, of any version.
pub(crate) fn knowledge(connection: &Connection) -> rusqlite::Result<Knowledge> {
    // A copy that was only looked at is left in the version it has.
    let published_changes = match version_of(connection)? {
        1 => "NULL",
        _ => "\"published_changes\"",
    };
    let sql = format!(
        r#"SELECT "actor", "path", "published", "fingerprint", "changed_at", "read_only", {published_changes}
           FROM "working_copy""#
    );
    connection.query_row(&sql, (), |row| {
        Ok(Knowledge {
            actor: Actor::from_text(&row.get::<_, String>(0)?),
            path: row.get::<_, Option<Vec<u8>>>(1)?.map(path_from_bytes),
            published: row
                .get::<_, Option<Vec<u8>>>(2)?
                .map(|bytes| Seal::from_bytes(&bytes)),
            fingerprint: row
                .get::<_, Option<String>>(3)?
                .and_then(|text| Fingerprint::from_text(&text)),
            changed_at: Timestamp::from_millisecond(row.get(4)?).unwrap_or(Timestamp::UNIX_EPOCH),
            read_only: row.get(5)?,
            published_changes: row.get::<_, Option<u64>>(6)?.unwrap_or_default(),
        })
    })
}

fn load(connection: &Connection) -> Result<(Reading, Knowledge, Numbers), Unreadable> {
    let reading = Contents::read(connection)?;
    let numbers = tables::actor::read(connection)?
        .into_iter()
        .map(|(number, (actor, _))| (actor, number))
        .collect();
    Ok((reading, knowledge(connection)?, numbers))
}

/// Whether SQLite says that a database is none, or none any more.
fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
    )
}

fn describe(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::Database(error) => error.to_string(),
        Unreadable::Damaged(reason) => reason,
        Unreadable::Content(refusal) => refusal.to_string(),
    }
}

fn lock(places: &Places) -> Result<File, StoreError> {
    let cannot =
        |error| StoreError::disk("Could not open the working copy in", &places.folder, error);
    let file = File::create(&places.lock).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = connection_to(path).doing("The working copy could not be opened")?;
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        .doing("The working copy could not be opened")?;
    Ok(connection)
}

fn connection_to(path: &Path) -> rusqlite::Result<Connection> {
    // One that is not there is not made: somebody may be about to put a whole one in its place.
    let connection =
        Connection::open_with_flags(path, OpenFlags::default() - OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536",
    )?;
    Ok(connection)
}

/// Copies the project's tables into a database in memory and gives its bytes.
pub(crate) fn image(connection: &mut Connection) -> rusqlite::Result<Vec<u8>> {
    connection.execute_batch("ATTACH ':memory:' AS image")?;
    let copied = copy_tables(connection).and_then(|()| serialized(connection, c"image"));
    let detached = connection.execute_batch("DETACH image");
    let bytes = copied?;
    detached?;
    Ok(bytes)
}

fn copy_tables(connection: &mut Connection) -> rusqlite::Result<()> {
    schema::create_in(connection, "image")?;
    let transaction = connection.transaction()?;
    for name in tables::NAMES {
        // Both sides are made by the same statement, so the columns are the same in the same order.
        let mut statement = transaction.prepare(&format!(
            "SELECT name FROM image.pragma_table_info('{name}')"
        ))?;
        let columns: Vec<String> = statement
            .query_map((), |row| Ok(format!("\"{}\"", row.get::<_, String>(0)?)))?
            .collect::<Result<_, _>>()?;
        let columns = columns.join(", ");
        transaction.execute_batch(&format!(
            "INSERT INTO image.\"{name}\" ({columns}) SELECT {columns} FROM main.\"{name}\"",
        ))?;
    }
    transaction.commit()
}

/// The bytes of a closed project file with this content, and its actors' numbers.
pub(crate) fn image_of(contents: &Contents) -> rusqlite::Result<(Vec<u8>, Numbers)> {
    image_with(contents, |_| Ok(()))
}

/// The same, with what `more` adds to the database.
fn image_with(
    contents: &Contents,
    more: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<(Vec<u8>, Numbers)> {
    let mut connection = Connection::open_in_memory()?;
    // Nothing to go back to: on any error the whole database is dropped.
    connection.execute_batch("PRAGMA journal_mode = OFF")?;
    schema::create(&connection)?;
    let transaction = connection.transaction()?;
    let numbers = contents.write(&transaction)?;
    more(&transaction)?;
    transaction.commit()?;
    Ok((serialized(&mut connection, c"main")?, numbers))
}

/// The bytes of a database of this connection.
fn serialized(connection: &mut Connection, database: &CStr) -> rusqlite::Result<Vec<u8>> {
    Ok(connection.serialize(database)?.to_vec())
}
