//! Table `change`: the change log. A table with row numbers, because looking up a key in one without
//! would read through the largest change. Columns are short because a project has many: an actor is a
//! number, and what a change had seen is kept only where it says more than the actor's previous
//! change.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::actor::Numbered;
use crate::log::{Actor, Change, ChangeKind, Stamp, Vector};

/// Version 1. `at` in milliseconds since 1970; `deps` a JSON object from actor to number; `ops` see
/// `log/ops.rs`.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "change" (
    "actor" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "lamport" INTEGER NOT NULL,
    "deps" TEXT,
    "at" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reverts_actor" INTEGER,
    "reverts_seq" INTEGER,
    "ops" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    PRIMARY KEY ("actor", "seq")
) STRICT"#;

const COLUMNS: &str = r#""actor", "seq", "lamport", "deps", "at", "label", "kind", "reverts_actor", "reverts_seq", "ops", "hash""#;

/// Actors' numbers in one file.
pub(crate) type Numbers = BTreeMap<Actor, i64>;

pub(crate) fn insert(
    connection: &Connection,
    numbers: &Numbers,
    change: &Change,
) -> rusqlite::Result<()> {
    let number = |stamp: &Stamp| numbers.get(&stamp.actor).copied();
    let sql = format!(
        r#"INSERT INTO "change" ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"#
    );
    connection.prepare_cached(&sql)?.execute((
        number(&change.stamp),
        change.stamp.seq,
        change.lamport,
        (!change.seen.is_empty()).then(|| change.seen.to_text()),
        change.at.as_millisecond(),
        &change.label,
        change.kind.as_str(),
        change.reverts.as_ref().and_then(number),
        change.reverts.as_ref().map(|stamp| stamp.seq),
        &change.ops,
        change.hash,
    ))?;
    Ok(())
}

/// All changes, each actor's in order; a row that cannot be one gives the reason instead.
pub(crate) fn read(
    connection: &Connection,
    actors: &Numbered,
) -> rusqlite::Result<Result<Vec<Change>, String>> {
    let sql = format!(r#"SELECT {COLUMNS} FROM "change""#);
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(())?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        match decode(row, actors)? {
            Ok(change) => changes.push(change),
            Err(reason) => return Ok(Err(reason)),
        }
    }
    // Sorted here and not by the database, which would trust the file's index for it.
    changes.sort_by(|one: &Change, other| one.stamp.cmp(&other.stamp));
    Ok(Ok(changes))
}

/// The changes of a damaged table, up to where it cannot be read.
pub(crate) fn read_while_whole(connection: &Connection, actors: &Numbered) -> Vec<Change> {
    let sql = format!(r#"SELECT {COLUMNS} FROM "change""#);
    let mut changes = Vec::new();
    let Ok(mut statement) = connection.prepare(&sql) else {
        return changes;
    };
    let Ok(mut rows) = statement.query(()) else {
        return changes;
    };
    while let Ok(Some(row)) = rows.next() {
        if let Ok(Ok(change)) = decode(row, actors) {
            changes.push(change);
        }
    }
    changes.sort_by(|one: &Change, other| one.stamp.cmp(&other.stamp));
    changes
}

/// What one change did to rows.
pub(crate) fn ops(connection: &Connection, actor: i64, seq: u64) -> rusqlite::Result<String> {
    let sql = r#"SELECT "ops" FROM "change" WHERE "actor" = ?1 AND "seq" = ?2"#;
    connection
        .prepare_cached(sql)?
        .query_row((actor, seq), |row| row.get(0))
}

fn decode(row: &Row<'_>, actors: &Numbered) -> rusqlite::Result<Result<Change, String>> {
    let (actor, seq): (i64, u64) = (row.get(0)?, row.get(1)?);
    let name = |number: i64| actors.get(&number).map(|(actor, _)| actor.clone());
    let broken = |why: &str| Ok(Err(format!("change {seq} of actor {actor} {why}")));
    let Some(actor_name) = name(actor) else {
        return broken("is of nobody who is listed");
    };
    let seen: Option<String> = row.get(3)?;
    let Some(seen) = seen.map_or_else(|| Some(Vector::default()), |text| Vector::from_text(&text))
    else {
        return broken("does not say what it had seen");
    };
    let Ok(at) = Timestamp::from_millisecond(row.get(4)?) else {
        return broken("has no date");
    };
    let reverts = match (row.get::<_, Option<i64>>(7)?.and_then(name), row.get(8)?) {
        (Some(actor), Some(seq)) => Some(Stamp { actor, seq }),
        _ => None,
    };
    let kind: String = row.get(6)?;
    Ok(Ok(Change {
        stamp: Stamp {
            actor: actor_name,
            seq,
        },
        lamport: row.get(2)?,
        seen,
        at,
        label: row.get(5)?,
        kind: ChangeKind::new(&kind),
        reverts,
        ops: row.get(9)?,
        hash: row.get(10)?,
    }))
}
