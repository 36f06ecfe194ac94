//! Damaged files: what is wrong with one, and getting out what is whole. The file itself is only
//! read; what is rescued goes into a new project.

use std::collections::BTreeMap;
use std::path::Path;

use backcast_model::{Entity, Fields, Id, Map, MapBuilder, MapProperties, OrderKey, Project};
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::Value;

use crate::error::StoreError;
use crate::file::write_new;
use crate::log::{Change, Heads};
use crate::merge::materialise;
use crate::publish::Existing;
use crate::stranger::{FileImage, hardened};
use crate::working::image_of;
use crate::{contents::Contents, log::Actor, tables};

/// What [`verify`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// What is wrong, worst first, each a sentence without a full stop; empty: the file is whole.
    pub problems: Vec<String>,
    /// How many rows could be rescued.
    pub rows: usize,
    /// How many steps of history can be read.
    pub changes: usize,
}

/// What [`rescue`] got out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// How many rows are in the new file.
    pub rows: usize,
    /// What could not be saved, each a phrase that names the row or table.
    pub lost: Vec<String>,
}

/// Looks at everything in a project file: what SQLite says of its pages, every row, every chain of
/// the change log, and whether the log leads to the rows. O(size of the file).
///
/// # Errors
/// When there is no file to look at: missing, not readable, empty.
pub fn verify(path: &Path) -> Result<Verification, StoreError> {
    let image = FileImage::take(path)?;
    let mut problems = Vec::new();
    match image.read() {
        Err(error) => problems.push(reason_of(error)),
        Ok(reading) => {
            problems.extend(reading.altered);
            let Contents {
                project,
                heads,
                changes,
                ..
            } = &reading.contents;
            let author = |_: &_| String::new();
            match materialise(changes, Some(&heads.vector()), &author) {
                Err(reason) => problems.push(format!("its history cannot be played: {reason}")),
                Ok(state) if state.map != project.map => {
                    problems.push("its history does not lead to the rows it shows".to_owned());
                }
                Ok(_) => {}
            }
        }
    }
    let Ok(connection) = hardened(&image.bytes) else {
        return Ok(Verification {
            problems,
            ..Verification::default()
        });
    };
    match page_problems(&connection) {
        Ok(found) => problems.extend(found),
        Err(error) => problems.push(error.to_string()),
    }
    let salvage = Salvage::of(&connection);
    Ok(Verification {
        problems,
        rows: salvage.rows.len(),
        changes: salvage.changes.len(),
    })
}

/// Gets what is whole out of a damaged file, into a new project without history. Rows that cannot
/// be read are taken from the change log where that is whole.
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
    let image = FileImage::take(path)?;
    let damaged = |reason: String| StoreError::Damaged {
        path: path.to_path_buf(),
        reason,
    };
    let connection =
        hardened(&with_a_header(&image.bytes)).map_err(|error| damaged(error.to_string()))?;
    let mut salvage = Salvage::of(&connection);
    if !salvage.lost.is_empty() && !salvage.changes.is_empty() {
        salvage.fill_from_log();
    }
    if salvage.rows.is_empty() {
        return Err(damaged("nothing in it can be read".to_owned()));
    }
    let rows = salvage.rows.len();
    let (map, lost) = salvage.into_map().map_err(damaged)?;
    let random = getrandom::u64().map_err(|error| StoreError::NoId(error.to_string()))?;
    let project = Project {
        id: Id::derived(&format!("{random:016x}")),
        map,
    };
    write_new(into, &project, existing, now)?;
    let kept = project.map.rows().count();
    Ok(Rescued {
        rows: kept.min(rows),
        lost,
    })
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

/// The bytes with a new first hundred, when the old ones are not those of a database.
fn with_a_header(bytes: &[u8]) -> Vec<u8> {
    let mut whole = bytes.to_vec();
    let page_size = bytes
        .get(16..18)
        .map(|two| u16::from_be_bytes([two[0], two[1]]));
    if bytes.starts_with(b"SQLite format 3\0") && page_size == Some(4096) {
        return whole;
    }
    let project = Project {
        id: Id::derived("new"),
        map: Map::new(MapProperties::titled("")),
    };
    let contents = Contents::new(project, &Actor::from_number(0), "", Timestamp::UNIX_EPOCH);
    if let Ok((new, _)) = image_of(&contents)
        && let (Some(head), Some(new)) = (whole.get_mut(..100), new.get(..100))
    {
        head.copy_from_slice(new);
        let pages = u32::try_from(bytes.len() / 4096)
            .unwrap_or_default()
            .to_be_bytes();
        head[28..32].copy_from_slice(&pages);
    }
    whole
}

/// What can be read of a damaged file.
#[derive(Debug, Default)]
struct Salvage {
    rows: BTreeMap<(Entity, Id), (Option<OrderKey>, Fields)>,
    changes: Vec<Change>,
    lost: Vec<String>,
}

impl Salvage {
    fn of(connection: &Connection) -> Self {
        let mut salvage = Self::default();
        for entity in Entity::ALL {
            salvage.read_table(connection, entity);
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
                    self.rows
                        .entry((entity, id))
                        .or_insert((row.order, row.fields));
                }
                Err(reason) => self.lost.push(reason),
            }
            Ok::<(), std::convert::Infallible>(())
        });
        if let Err(error) = outcome {
            self.lost
                .push(format!("some rows of table {entity} ({error})"));
        }
    }

    /// Takes rows that are not in the tables from the log.
    fn fill_from_log(&mut self) {
        if let Ok(state) = materialise(&self.changes, None, &|_| String::new()) {
            for (entity, id, order, fields) in state.map.rows() {
                self.rows.entry((entity, id)).or_insert((order, fields));
            }
        }
    }

    /// The rows as a map; what refers to nothing is let go.
    fn into_map(self) -> Result<(Map, Vec<String>), String> {
        let Self { rows, mut lost, .. } = self;
        let mut builder = MapBuilder::new(MapProperties::titled("Rescued"));
        let there = |entity: Entity, id: &Value| {
            id.as_str()
                .is_some_and(|id| rows.contains_key(&(entity, Id::derived(id))))
        };
        for ((entity, id), (order, fields)) in &rows {
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
                    audiences.retain(|audience| there(Entity::Audience, audience));
                }
            }
            if let Err(refusal) = builder.push(*entity, order.clone(), fields) {
                lost.push(refusal.to_string());
            }
        }
        let map = builder.finish().map_err(|refusal| refusal.to_string())?;
        Ok((map, lost))
    }
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
