//! Table `version`: names for states of the project. A version is a name for a version vector;
//! nothing is copied.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::log::Vector;
use crate::version::Version;

/// Version 1. `vector` is a JSON object from actor to number; `at` in milliseconds since 1970.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "version" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "author" TEXT NOT NULL,
    "automatic" INTEGER NOT NULL,
    "vector" TEXT NOT NULL
) STRICT, WITHOUT ROWID"#;

pub(crate) fn insert(connection: &Connection, version: &Version) -> rusqlite::Result<()> {
    let sql = r#"INSERT INTO "version" ("id", "name", "at", "author", "automatic", "vector")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)"#;
    connection.execute(
        sql,
        (
            &version.id,
            &version.name,
            version.at.as_millisecond(),
            &version.author,
            version.automatic,
            version.vector.to_text(),
        ),
    )?;
    Ok(())
}

/// Puts these versions in place of those that are there.
pub(crate) fn replace_all(connection: &Connection, versions: &[Version]) -> rusqlite::Result<()> {
    connection.execute(r#"DELETE FROM "version""#, ())?;
    versions
        .iter()
        .try_for_each(|version| insert(connection, version))
}

/// All versions; a row that cannot be one gives the reason instead.
pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Result<Vec<Version>, String>> {
    let sql = r#"SELECT "id", "name", "at", "author", "automatic", "vector" FROM "version""#;
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(())?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, vector): (String, String) = (row.get(0)?, row.get(5)?);
        let (Some(vector), Ok(at)) = (
            Vector::from_text(&vector),
            Timestamp::from_millisecond(row.get(2)?),
        ) else {
            return Ok(Err(format!(
                "version {id:?} does not say which state it names"
            )));
        };
        let (name, author, automatic) = (row.get(1)?, row.get(3)?, row.get(4)?);
        versions.push(Version {
            id,
            name,
            at,
            author,
            automatic,
            vector,
        });
    }
    Ok(Ok(versions))
}
