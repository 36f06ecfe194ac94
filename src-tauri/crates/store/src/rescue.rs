//! Damaged files: what is wrong with one, and getting out what is whole. The file itself is only
//! read; what is rescued goes into a new one, as the change log has it where that is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use backcast_model::{Entity, Fields, Id, Map, MapBuilder, MapProperties, OrderKey, Project};
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::Value;

use crate::contents::{Contents, Reading, follow};
use crate::error::{Context, StoreError};
use crate::file::check_existing;
use crate::log::{Actor, Change, Heads};
use crate::merge::{Log, materialise};
use crate::publish::{Existing, unsynced, write_file};
use crate::readable::Readable;
use crate::schema::FILE_VERSION;
use crate::seal::{RowHash, Seal};
use crate::stranger::FileImage;
use crate::tables::{self, row::ReadRow};
use crate::version::Version;
use crate::working::{self, Knowledge, image_of};
use crate::write_ahead::{is_working_copy, with_log};

/// What [`verify`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// What is wrong, worst first, each a sentence without a full stop; empty: the file is whole.
    pub problems: Vec<String>,
    /// How many rows could be rescued.
    pub rows: usize,
    /// How many steps of history can be read.
    pub changes: usize,
    /// The file version of a newer program that wrote it; what only that program knows was not looked at.
    pub newer: Option<u32>,
}

/// What [`rescue`] got out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// How many rows are in the new file.
    pub rows: usize,
    /// How many steps of history are in it; 0: its history begins there, and it is a new project.
    pub changes: usize,
    /// Where the tables were not what the history leads to and the history was followed, each a
    /// phrase that names the row.
    pub restored: Vec<String>,
    /// What could not be saved or is in doubt, each a phrase that names the row or table.
    pub lost: Vec<String>,
    /// Why a power cut may not leave the new file there, which is written and whole, in a sentence.
    pub unsynced: Option<String>,
}

/// Looks at everything in a project file: what SQLite says of its pages, every row, every chain of
/// the change log, and whether the log leads to the rows. O(size of the file).
///
/// # Errors
/// When there is no file to look at: missing, not readable, empty; or one of a newer version that this
/// program cannot show, of which it cannot tell anything.
pub fn verify(path: &Path) -> Result<Verification, StoreError> {
    let image = take(path)?;
    let (reading, mut problems) = read(&image)?;
    let newer = reading.as_ref().and_then(|reading| reading.newer);
    if let Some(reading) = reading {
        problems.extend(match newer {
            // The seal of a newer program may be over more than this one knows.
            Some(_) => reading.broken,
            None => reading.altered,
        });
        problems.extend(what_its_history_says(&reading.contents));
    }
    let Ok(readable) = Readable::of(&image.bytes) else {
        return Ok(Verification {
            problems,
            newer,
            ..Verification::default()
        });
    };
    if readable.missing > 0 {
        let Readable { missing, pages, .. } = readable;
        problems.push(format!(
            "it breaks off: {missing} of its {pages} pages are missing"
        ));
    }
    match page_problems(&readable.connection) {
        Ok(found) => problems.extend(found),
        Err(error) => problems.push(error.to_string()),
    }
    let salvage = Salvage::of(&readable.connection);
    let rescuable = salvage.contents(Timestamp::UNIX_EPOCH, 0);
    Ok(Verification {
        problems,
        newer,
        rows: rescuable.map_or(0, |(_, rescued)| rescued.rows),
        changes: salvage.changes.len(),
    })
}

/// Gets what is whole out of a damaged file, into a new one. Where every chain of the change log is
/// whole and the file's seal or its tables say that nothing is missing at its end, what the log leads
/// to is what comes out, with history, versions and the project's id, so that other copies still
/// merge. Else what the tables and the log hold comes out as a new project without history, and what
/// is in doubt is told.
///
/// # Errors
/// When there is no file to look at, nothing in it can be read, the new file exists and is not to
/// be replaced, or the disk refuses.
pub fn rescue(
    path: &Path,
    into: &Path,
    existing: Existing,
    now: Timestamp,
) -> Result<Rescued, StoreError> {
    let image = take(path)?;
    let damaged = |reason: String| StoreError::Damaged {
        path: path.to_path_buf(),
        reason,
    };
    let readable = Readable::of(&image.bytes).map_err(|error| damaged(error.to_string()))?;
    let random = getrandom::u64().map_err(|error| StoreError::NoId(error.to_string()))?;
    let (contents, mut rescued) = Salvage::of(&readable.connection)
        .contents(now, random)
        .map_err(damaged)?;
    check_existing(into, existing)?;
    let (bytes, _) = image_of(&contents).doing("The project could not be put together")?;
    rescued.unsynced = unsynced(write_file(into, &bytes, &format!("{random:016x}")))?;
    Ok(rescued)
}

/// The bytes of a file; of a working copy, with what its log adds.
fn take(path: &Path) -> Result<FileImage, StoreError> {
    let mut image = FileImage::take(path)?;
    if is_working_copy(path) {
        image.bytes = with_log(path, image.bytes);
    }
    Ok(image)
}

/// What is in a file, as far as it can be read, and what is wrong with how it says what it is.
fn read(image: &FileImage) -> Result<(Option<Reading>, Vec<String>), StoreError> {
    let (reading, problem) = if is_working_copy(&image.path) {
        (image.read_tables(), None)
    } else {
        match image.read_newer() {
            Err(StoreError::Newer { version, .. })
            | Ok(Reading {
                newer: Some(version),
                ..
            }) if image.has_our_schema() => {
                let problem = format!(
                    "it says that it is of file version {version}, but its tables are those of version \
                     {FILE_VERSION}: that mark is damaged, or a newer Backcast wrote it"
                );
                (image.read_tables(), Some(problem))
            }
            reading => (reading, None),
        }
    };
    match reading {
        Ok(reading) => Ok((Some(reading), problem.into_iter().collect())),
        Err(error @ StoreError::Newer { .. }) => Err(error),
        Err(error) => Ok((
            None,
            problem.into_iter().chain([reason_of(error)]).collect(),
        )),
    }
}

fn what_its_history_says(contents: &Contents) -> Option<String> {
    let author = |_: &_| String::new();
    let heads = &contents.heads;
    match materialise(&contents.changes, Some(&heads.vector()), &author) {
        Err(reason) => Some(format!("its history cannot be played: {reason}")),
        Ok(state) if state.map != contents.project.map => {
            Some("its history does not lead to the rows it shows".to_owned())
        }
        Ok(_) => None,
    }
}

/// The content of a working copy that cannot be worked with any more, as its change log has it, and
/// whether all of it is there. `None`: the log is not whole.
pub(crate) fn salvage(database: &Path) -> Option<(Contents, Option<Knowledge>, bool)> {
    let image = take(database).ok()?;
    let readable = Readable::of(&image.bytes).ok()?;
    let log = WholeLog::read(&readable.connection).ok()?;
    let (seal, whole) = (log.seal, log.no_versions.is_none());
    let contents = log.contents();
    let whole = whole && contents.seal() == seal;
    let knowledge = working::knowledge(&readable.connection).ok();
    Some((contents, knowledge, whole))
}

fn reason_of(error: StoreError) -> String {
    match error {
        StoreError::Damaged { reason, .. } | StoreError::NotAProject { reason, .. } => reason,
        StoreError::Content { refusal, .. } => refusal.to_string(),
        other => other.to_string(),
    }
}

fn page_problems(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
    let lines: Vec<String> = rows.collect::<Result<_, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// A row as it could be read, with the hash of its cells.
#[derive(Debug, Clone)]
struct SavedRow {
    order: Option<OrderKey>,
    fields: Fields,
    hash: RowHash,
}

impl SavedRow {
    /// Whether this is the row with this content: cell by cell, or in meaning where a number or the
    /// order of unknown fields can be written in two ways.
    fn is(&self, entity: Entity, id: &Id, order: Option<&OrderKey>, fields: &Fields) -> bool {
        let table = tables::of(entity);
        (self.order.as_ref() == order && self.fields == *fields)
            || self.hash == table.hash(&table.encode(id, order, fields.clone()))
    }
}

/// What can be read of a damaged file.
#[derive(Debug, Default)]
struct Salvage {
    rows: BTreeMap<(Entity, Id), SavedRow>,
    /// The part of the log that can be played, of whatever actor.
    changes: Vec<Change>,
    /// The whole log, or why there is none.
    log: Option<WholeLog>,
    no_log: String,
    /// Tables of which not every row could be read.
    broken: BTreeSet<Entity>,
    lost: Vec<String>,
}

/// A change log all of whose chains are whole, and what goes with it.
#[derive(Debug, Clone)]
struct WholeLog {
    id: Id,
    seal: Seal,
    heads: Heads,
    log: Log,
    map: Map,
    /// Why the versions are not there.
    no_versions: Option<String>,
}

impl WholeLog {
    fn read(connection: &Connection) -> Result<Self, String> {
        let said = |error: rusqlite::Error| error.to_string();
        let row = tables::project::read(connection).map_err(said)?.pop();
        let row = row.ok_or("it does not say which project it is")?;
        let id = Id::new(&row.id).map_err(|reason| format!("the project's id: {reason}"))?;
        let actors = tables::actor::read(connection).map_err(said)?;
        let changes = tables::change::read(connection, &actors).map_err(said)??;
        if changes.is_empty() {
            return Err("no step of it is there".to_owned());
        }
        let mut heads = Heads::new(&row.id);
        follow(&mut heads, &actors, &changes)?;
        let map = materialise(&changes, Some(&heads.vector()), &|_| String::new())?.map;
        let versions = tables::version::read(connection)
            .map_err(said)
            .and_then(|versions| versions);
        let known = |version: &Version| heads.vector().covers(&version.vector);
        let (versions, no_versions) = match versions {
            Ok(versions) if versions.iter().all(known) => (versions, None),
            Ok(_) => (
                Vec::new(),
                Some("one names a state that never was".to_owned()),
            ),
            Err(reason) => (Vec::new(), Some(reason)),
        };
        let log = Log {
            project: row.id,
            title: map.properties.title.clone(),
            authors: actors.into_values().collect(),
            changes,
            versions,
        };
        Ok(Self {
            id,
            seal: row.seal,
            heads,
            log,
            map,
            no_versions,
        })
    }

    fn contents(self) -> Contents {
        let project = Project {
            id: self.id,
            map: self.map,
        };
        Contents::assemble(project, self.heads, self.log)
    }
}

/// A row of the tables that is not as the log has it.
struct Differing {
    entity: Entity,
    id: Id,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Gone,
    Other,
    Foreign,
}

impl Salvage {
    fn of(connection: &Connection) -> Self {
        let mut salvage = Self::default();
        for entity in Entity::ALL {
            salvage.read_table(connection, entity);
        }
        match WholeLog::read(connection) {
            Ok(log) => {
                salvage.changes.clone_from(&log.log.changes);
                salvage.log = Some(log);
                return salvage;
            }
            Err(reason) => salvage.no_log = reason,
        }
        let project = tables::project::read(connection)
            .ok()
            .and_then(|mut rows| rows.pop());
        if let (Some(project), Ok(actors)) = (project, tables::actor::read(connection)) {
            let mut heads = Heads::new(&project.id);
            for (actor, author) in actors.values() {
                heads.introduce(actor, author);
            }
            let changes = tables::change::read_while_whole(connection, &actors);
            salvage.changes = changes
                .into_iter()
                .filter(|change| heads.append(change).is_ok())
                .collect();
        }
        salvage
    }

    fn read_table(&mut self, connection: &Connection, entity: Entity) {
        let outcome = tables::of(entity).read(connection, |row| {
            match row.and_then(|row| Ok((row_id(entity, &row.fields)?, row))) {
                Ok((id, row)) => {
                    let ReadRow {
                        order,
                        fields,
                        hash,
                    } = row;
                    let row = SavedRow {
                        order,
                        fields,
                        hash,
                    };
                    self.rows.entry((entity, id)).or_insert(row);
                }
                Err(reason) => {
                    self.broken.insert(entity);
                    self.lost.push(reason);
                }
            }
            Ok::<(), std::convert::Infallible>(())
        });
        if let Err(error) = outcome {
            self.broken.insert(entity);
            self.lost
                .push(format!("some rows of table {entity} ({error})"));
        }
    }

    /// What comes out, with `random` for the ids of a new project.
    ///
    /// # Errors
    /// When nothing can be read.
    fn contents(&self, now: Timestamp, random: u64) -> Result<(Contents, Rescued), String> {
        let Some(log) = self.log.clone() else {
            let lost = format!("its history and versions ({})", self.no_log);
            return self.as_a_new_project(vec![lost], now, random);
        };
        let differing = self.differing(&log.map);
        let (seal, no_versions) = (log.seal, log.no_versions.clone());
        let contents = log.contents();
        let sealed = contents.seal() == seal;
        // What the tables cannot show is no sign of a step that is missing at the end of the log.
        let told_by_tables = differing
            .iter()
            .all(|row| row.how == How::Gone && self.broken.contains(&row.entity));
        if !sealed && !told_by_tables {
            let end = "its history and versions (whether its last steps are there cannot be told)";
            let doubts = differing.iter().map(|Differing { entity, id, .. }| {
                format!("that {entity} {id} is as it was: its history leads to something else")
            });
            let lost = std::iter::once(end.to_owned()).chain(doubts).collect();
            return self.as_a_new_project(lost, now, random);
        }
        let lost = match no_versions {
            Some(reason) => vec![format!("its named versions ({reason})")],
            None if !sealed => {
                vec!["the proof that every step and version is there: its seal".to_owned()]
            }
            None => Vec::new(),
        };
        let restored = differing.iter().map(|Differing { entity, id, how }| {
            let how = match how {
                How::Gone => "was gone or could not be read",
                How::Other => "had been altered",
                How::Foreign => "was not in its history, and is left out",
            };
            format!("{entity} {id}, which {how}")
        });
        let rescued = Rescued {
            rows: contents.project.map.rows().count(),
            changes: contents.changes.len(),
            restored: restored.collect(),
            lost,
            unsynced: None,
        };
        Ok((contents, rescued))
    }

    /// Where the tables are not what the log leads to.
    fn differing(&self, map: &Map) -> Vec<Differing> {
        let mut foreign: BTreeSet<_> = self.rows.keys().collect();
        let mut differing = Vec::new();
        for (entity, id, order, fields) in map.rows() {
            let key = (entity, id);
            foreign.remove(&key);
            let how = match self.rows.get(&key) {
                None => How::Gone,
                Some(row) if !row.is(entity, &key.1, order.as_ref(), &fields) => How::Other,
                Some(_) => continue,
            };
            let (entity, id) = key;
            differing.push(Differing { entity, id, how });
        }
        differing.extend(foreign.into_iter().map(|(entity, id)| Differing {
            entity: *entity,
            id: id.clone(),
            how: How::Foreign,
        }));
        differing
    }

    fn as_a_new_project(
        &self,
        mut lost: Vec<String>,
        now: Timestamp,
        random: u64,
    ) -> Result<(Contents, Rescued), String> {
        let content = |row: &SavedRow| (row.order.clone(), row.fields.clone());
        let saved = self.rows.iter();
        let mut rows: Content = saved
            .map(|(key, row)| (key.clone(), content(row)))
            .collect();
        let mut restored = Vec::new();
        if !self.lost.is_empty()
            && !self.changes.is_empty()
            && let Ok(state) = materialise(&self.changes, None, &|_| String::new())
        {
            for (entity, id, order, fields) in state.map.rows() {
                rows.entry((entity, id.clone())).or_insert_with(|| {
                    restored.push(format!(
                        "{entity} {id}, which was gone or could not be read"
                    ));
                    (order, fields)
                });
            }
        }
        if rows.is_empty() {
            return Err("nothing in it can be read".to_owned());
        }
        lost.extend(self.lost.iter().cloned());
        let map = as_map(&rows, &mut lost)?;
        let project = Project {
            id: Id::derived(&format!("{random:016x}")),
            map,
        };
        let rescued = Rescued {
            rows: project.map.rows().count().min(rows.len()),
            changes: 0,
            restored,
            lost,
            unsynced: None,
        };
        let actor = Actor::from_number(random.rotate_left(32));
        Ok((Contents::new(project, &actor, "", now), rescued))
    }
}

/// Rows by entity and id: their place and their fields.
type Content = BTreeMap<(Entity, Id), (Option<OrderKey>, Fields)>;

/// The rows as a map; what refers to nothing is let go, and told.
fn as_map(rows: &Content, lost: &mut Vec<String>) -> Result<Map, String> {
    let mut builder = MapBuilder::new(MapProperties::titled("Rescued"));
    let there = |entity: Entity, id: &Value| {
        id.as_str()
            .is_some_and(|id| rows.contains_key(&(entity, Id::derived(id))))
    };
    for ((entity, id), (order, fields)) in rows {
        let mut fields = fields.clone();
        if *entity == Entity::Link
            && ["from", "to"].iter().any(|end| {
                !fields
                    .get(*end)
                    .is_some_and(|id| there(Entity::Touchpoint, id))
            })
        {
            lost.push(format!("link {id}, one of whose touchpoints is gone"));
            continue;
        }
        if *entity == Entity::Touchpoint {
            if fields
                .get("stage")
                .is_some_and(|stage| !there(Entity::Stage, stage))
            {
                fields.shift_remove("stage");
                lost.push(format!("the stage of touchpoint {id}"));
            }
            if let Some(Value::Array(audiences)) = fields.get_mut("audiences") {
                let all = audiences.len();
                audiences.retain(|audience| there(Entity::Audience, audience));
                if audiences.len() < all {
                    lost.push(format!("some audiences of touchpoint {id}"));
                }
            }
        }
        if let Err(refusal) = builder.push(*entity, order.clone(), fields) {
            lost.push(refusal.to_string());
        }
    }
    builder.finish().map_err(|refusal| refusal.to_string())
}

/// The id of a row by its fields; a map and a dismissal have none of their own.
fn row_id(entity: Entity, fields: &Fields) -> Result<Id, String> {
    match entity {
        Entity::Map => Ok(Id::derived(backcast_model::MAP_ID)),
        Entity::Dismissal => {
            let mut builder = MapBuilder::new(MapProperties::titled(""));
            builder
                .push(entity, None, fields.clone())
                .map_err(|refusal| refusal.to_string())?;
            let map = builder.finish().map_err(|refusal| refusal.to_string())?;
            map.dismissals
                .ids()
                .next()
                .cloned()
                .ok_or_else(|| "a dismissal without an id".to_owned())
        }
        _ => {
            let id = fields.get("id").and_then(Value::as_str).unwrap_or_default();
            Id::new(id).map_err(|reason| format!("a row of table {entity}: {reason}"))
        }
    }
}
