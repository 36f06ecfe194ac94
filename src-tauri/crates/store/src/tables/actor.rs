//! Table `actor`: who wrote changes. Changes name an actor by its number, which means nothing
//! outside of one file. The rest of an actor's story is in its changes.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::log::Actor;

/// Version 1. `author` is the name of the person, for display.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "actor" (
    "number" INTEGER NOT NULL PRIMARY KEY,
    "id" TEXT NOT NULL,
    "author" TEXT NOT NULL
) STRICT"#;

/// Actors by their number in one file: id and author.
pub(crate) type Numbered = BTreeMap<i64, (Actor, String)>;

pub(crate) fn insert(
    connection: &Connection,
    number: i64,
    actor: &Actor,
    author: &str,
) -> rusqlite::Result<()> {
    let sql = r#"INSERT INTO "actor" ("number", "id", "author") VALUES (?1, ?2, ?3)"#;
    connection
        .prepare_cached(sql)?
        .execute((number, actor.as_str(), author))?;
    Ok(())
}

pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Numbered> {
    let mut statement = connection.prepare(r#"SELECT "number", "id", "author" FROM "actor""#)?;
    let rows = statement.query_map((), |row| {
        let id: String = row.get(1)?;
        Ok((row.get(0)?, (Actor::from_text(&id), row.get(2)?)))
    })?;
    rows.collect()
}
