//! Everything a project file holds, read from its tables into checked types and written back. The
//! same for strangers' files and for working copies. Refuses to know where the tables come from.

use std::collections::BTreeMap;

use backcast_model::{
    Entity, Id, Map, MapBuilder, MapProperties, OrderKey, Project, Refusal, RowChange,
};
use jiff::Timestamp;
use rusqlite::Connection;

use crate::log::{Actor, Change, ChangeKind, Heads, Stamp, chain, ops_to_text};
use crate::merge::Log;
use crate::seal::{RowHash, RowSum, Seal};
use crate::tables;
use crate::tables::actor::Numbered;
use crate::tables::change::Numbers;
use crate::tables::row::TableRow;
use crate::version::Version;

/// Everything in a project.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) project: Project,
    pub(crate) heads: Heads,
    pub(crate) changes: Vec<Change>,
    pub(crate) versions: Vec<Version>,
    pub(crate) rows: RowSum,
}

/// What was read, and what does not fit although every part could be read.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) contents: Contents,
    /// Why this is not what a Backcast program wrote, or may only be looked at.
    pub(crate) altered: Option<String>,
    /// Why its change log is not whole, of a file of a newer version, too.
    pub(crate) broken: Option<String>,
    /// The file version of a newer program that wrote this.
    pub(crate) newer: Option<u32>,
    /// What a newer program keeps there and this one does not know, by table and column.
    pub(crate) dropped: Vec<String>,
}

/// Why tables could not be read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// SQLite says so.
    Database(rusqlite::Error),
    /// A cell or row is not what it must be.
    Damaged(String),
    /// The rows do not make a map.
    Content(Refusal),
}

impl From<rusqlite::Error> for Unreadable {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl Contents {
    /// A new project: its rows are the first change.
    pub(crate) fn new(project: Project, actor: &Actor, author: &str, now: Timestamp) -> Self {
        let mut heads = Heads::new(project.id.as_str());
        heads.introduce(actor, author);
        let inserts: Vec<_> = project
            .map
            .rows()
            .map(|(entity, id, order, fields)| {
                let order = order.unwrap_or_else(|| OrderKey::between(None, None));
                RowChange::Insert {
                    entity,
                    id,
                    order,
                    fields,
                }
            })
            .collect();
        let label = format!("New map \u{201c}{}\u{201d}", project.map.properties.title);
        let draft = Draft {
            actor,
            at: now,
            label,
            kind: ChangeKind::CREATE,
            reverts: None,
            ops: ops_to_text(&inserts),
        };
        let change = draft.follow(&heads);
        let mut contents = Self {
            project,
            heads,
            changes: Vec::new(),
            versions: Vec::new(),
            rows: RowSum::default(),
        };
        // It follows by construction.
        let _ = contents.heads.append(&change);
        contents.changes.push(change);
        contents.rows = sum_of(&contents.project.map);
        contents
    }

    /// The content of a log that leads to this project.
    pub(crate) fn assemble(project: Project, heads: Heads, log: Log) -> Self {
        let rows = sum_of(&project.map);
        Self {
            project,
            heads,
            changes: log.changes,
            versions: log.versions,
            rows,
        }
    }

    /// The seal over all of it.
    pub(crate) fn seal(&self) -> Seal {
        Seal::of(
            self.project.id.as_str(),
            &self.rows,
            &self.heads,
            &self.versions,
        )
    }

    /// Reads everything. O(size of the file).
    pub(crate) fn read(connection: &Connection) -> Result<Reading, Unreadable> {
        let mut projects = tables::project::read(connection)?;
        let (Some(row), true) = (projects.pop(), projects.is_empty()) else {
            return Err(Unreadable::Damaged(
                "it does not say which project it is".to_owned(),
            ));
        };
        let id = Id::new(&row.id)
            .map_err(|reason| Unreadable::Damaged(format!("the project's id: {reason}")))?;
        let (map, rows) = read_map(connection)?;
        let actors = tables::actor::read(connection)?;
        let mut changes =
            tables::change::read(connection, &actors)?.map_err(Unreadable::Damaged)?;
        let versions = tables::version::read(connection)?.map_err(Unreadable::Damaged)?;
        let mut heads = Heads::new(&row.id);
        let broken = follow(&mut heads, &actors, &changes).err();
        // What can be shown of a broken log is what comes before the break.
        changes.retain(|change| heads.contains(&change.stamp));
        let contents = Self {
            project: Project { id, map },
            heads,
            changes,
            versions,
            rows,
        };
        let unsealed = (contents.seal() != row.seal)
            .then(|| "its rows are not the ones it was sealed with".to_owned());
        Ok(Reading {
            contents,
            altered: broken.clone().or(unsealed),
            broken,
            newer: None,
            dropped: Vec::new(),
        })
    }

    /// Writes everything into empty tables and gives actors their numbers.
    pub(crate) fn write(&self, connection: &Connection) -> rusqlite::Result<Numbers> {
        tables::project::insert(connection, self.project.id.as_str(), &self.seal())?;
        for (entity, row) in table_rows(&self.project.map) {
            tables::of(entity).put(connection, &row)?;
        }
        let mut numbers = Numbers::new();
        for ((actor, head), number) in self.heads.iter().filter(|(_, head)| head.seq > 0).zip(1..) {
            tables::actor::insert(connection, number, actor, &head.author)?;
            numbers.insert(actor.clone(), number);
        }
        for change in &self.changes {
            tables::change::insert(connection, &numbers, change)?;
        }
        for version in &self.versions {
            tables::version::insert(connection, version)?;
        }
        Ok(numbers)
    }
}

/// Checks every chain and that whatever a change had seen is there and older.
pub(crate) fn follow(
    heads: &mut Heads,
    actors: &Numbered,
    changes: &[Change],
) -> Result<(), String> {
    for (actor, author) in actors.values() {
        heads.introduce(actor, author);
    }
    let mut lamports: BTreeMap<&Stamp, u64> = BTreeMap::new();
    let needs_lamports = changes.iter().any(|change| !change.seen.is_empty());
    for change in changes {
        // Each is one more than the largest that was there, so that none is larger than their count;
        // one that is could make every later number too large to be written.
        if change.lamport > changes.len() as u64 {
            let Stamp { actor, seq } = &change.stamp;
            return Err(format!(
                "change {seq} of {actor} claims a place in the order that it cannot have"
            ));
        }
        heads.append(change)?;
        if needs_lamports {
            lamports.insert(&change.stamp, change.lamport);
        }
    }
    for change in changes {
        for (actor, seq) in change.seen.iter() {
            let older = lamports
                .get(&Stamp {
                    actor: actor.clone(),
                    seq,
                })
                .is_some_and(|lamport| *lamport < change.lamport);
            if !older {
                return Err(format!(
                    "change {} of {} had seen what is not there",
                    change.stamp.seq, change.stamp.actor
                ));
            }
        }
    }
    Ok(())
}

fn read_map(connection: &Connection) -> Result<(Map, RowSum), Unreadable> {
    let mut builder = MapBuilder::new(MapProperties::titled(""));
    let mut sum = RowSum::default();
    let mut maps = 0;
    for entity in Entity::ALL {
        tables::of(entity)
            .read(connection, |row| {
                let row = row.map_err(Unreadable::Damaged)?;
                sum.add(&row.hash);
                maps += u32::from(entity == Entity::Map);
                builder
                    .push(entity, row.order, row.fields)
                    .map_err(Unreadable::Content)
            })?
            .map_or_else(Err, Ok)?;
    }
    if maps != 1 {
        return Err(Unreadable::Damaged(format!(
            "it holds {maps} maps instead of one"
        )));
    }
    Ok((builder.finish().map_err(Unreadable::Content)?, sum))
}

/// Every row of a map as it stands in its table.
fn table_rows(map: &Map) -> impl Iterator<Item = (Entity, TableRow)> + '_ {
    map.rows().map(|(entity, id, order, fields)| {
        (
            entity,
            tables::of(entity).encode(&id, order.as_ref(), fields),
        )
    })
}

/// The sum of the hashes of all rows of a map.
fn sum_of(map: &Map) -> RowSum {
    let mut sum = RowSum::default();
    for (entity, row) in table_rows(map) {
        sum.add(&tables::of(entity).hash(&row));
    }
    sum
}

/// One row of a map as it stands in its table; `None` when it is not there.
pub(crate) fn table_row(map: &Map, entity: Entity, id: &Id) -> Option<(TableRow, RowHash)> {
    let fields = map.fields(entity, id.as_str())?;
    let table = tables::of(entity);
    let row = table.encode(id, map.order(entity, id.as_str()).as_ref(), fields);
    let hash = table.hash(&row);
    Some((row, hash))
}

/// A change before it has its place in the log.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) at: Timestamp,
    pub(crate) label: String,
    pub(crate) kind: ChangeKind,
    pub(crate) reverts: Option<Stamp>,
    pub(crate) ops: String,
}

impl Draft<'_> {
    /// The change behind everything in the log. The actor must be known there.
    pub(crate) fn follow(self, heads: &Heads) -> Change {
        let head = heads.get(self.actor);
        let seq = head.map_or(1, |head| head.seq + 1);
        let mut change = Change {
            stamp: Stamp {
                actor: self.actor.clone(),
                seq,
            },
            lamport: heads.lamport() + 1,
            seen: heads.news_for(self.actor),
            // As the file keeps it, so that what is told of a change is the same before and after it was written.
            at: Timestamp::from_millisecond(self.at.as_millisecond()).unwrap_or(self.at),
            label: self.label,
            kind: self.kind,
            reverts: self.reverts,
            ops: self.ops,
            hash: [0; 32],
        };
        change.hash = chain(&head.map_or([0; 32], |head| head.hash), &change);
        change
    }
}
