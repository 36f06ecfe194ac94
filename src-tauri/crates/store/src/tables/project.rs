//! Table `project`: one row that says which project this is, who may read the file, and the seal
//! over everything else in it.

use rusqlite::Connection;

use crate::seal::Seal;

/// Version 1. `oldest_reader`: the lowest file version whose programs can show this file.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "project" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "oldest_reader" INTEGER NOT NULL,
    "seal" BLOB NOT NULL
) STRICT, WITHOUT ROWID"#;

/// What the row holds.
#[derive(Debug)]
pub(crate) struct ProjectRow {
    pub(crate) id: String,
    pub(crate) seal: Seal,
}

pub(crate) fn insert(connection: &Connection, id: &str, seal: &Seal) -> rusqlite::Result<()> {
    let sql = r#"INSERT INTO "project" ("id", "oldest_reader", "seal") VALUES (?1, ?2, ?3)"#;
    connection.execute(sql, (id, crate::schema::FILE_VERSION, seal.as_bytes()))?;
    Ok(())
}

pub(crate) fn set_seal(connection: &Connection, seal: &Seal) -> rusqlite::Result<()> {
    connection
        .prepare_cached(r#"UPDATE "project" SET "seal" = ?1"#)?
        .execute((seal.as_bytes(),))?;
    Ok(())
}

/// The rows, of which there must be one.
pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Vec<ProjectRow>> {
    let mut statement = connection.prepare(r#"SELECT "id", "seal" FROM "project" LIMIT 2"#)?;
    let rows = statement.query_map((), |row| {
        let seal: Vec<u8> = row.get(1)?;
        Ok(ProjectRow {
            id: row.get(0)?,
            seal: Seal::from_bytes(&seal),
        })
    })?;
    rows.collect()
}

/// The lowest file version whose programs can show this file, by its writer's word.
pub(crate) fn oldest_reader(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row(r#"SELECT "oldest_reader" FROM "project""#, (), |row| {
        row.get(0)
    })
}
