//! The shape of a project file: its marks in the SQLite header, its tables, and the text by which a
//! stranger's file is compared with ours. Shipped migrations never change.

use std::sync::OnceLock;

use rusqlite::Connection;

use crate::tables;

/// The mark of a Backcast project in the SQLite header (“Bcst”).
pub(crate) const APPLICATION_ID: u32 = 0x4263_7374;

/// The newest file version this program reads and the one it writes.
pub(crate) const FILE_VERSION: u32 = 1;

/// Makes the tables of an empty database.
pub(crate) fn create(connection: &Connection) -> rusqlite::Result<()> {
    create_in(connection, "main")
}

/// Makes the tables in an attached empty database.
pub(crate) fn create_in(connection: &Connection, database: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "PRAGMA {database}.application_id = {APPLICATION_ID}; PRAGMA {database}.user_version = {FILE_VERSION}"
    ))?;
    for statement in tables::CREATE {
        let statement =
            statement
                .trim()
                .replacen("CREATE TABLE ", &format!("CREATE TABLE {database}."), 1);
        connection.execute_batch(&statement)?;
    }
    Ok(())
}

/// One entry of a database's schema: type, name, table, text.
pub(crate) type SchemaEntry = (String, String, String, Option<String>);

/// The schema as the database states it, in order.
pub(crate) fn entries(connection: &Connection) -> rusqlite::Result<Vec<SchemaEntry>> {
    let sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map((), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    rows.collect()
}

/// The schema of the file version this program writes; worked out once.
pub(crate) fn ours() -> rusqlite::Result<&'static [SchemaEntry]> {
    static OURS: OnceLock<Vec<SchemaEntry>> = OnceLock::new();
    if let Some(ours) = OURS.get() {
        return Ok(ours);
    }
    let connection = Connection::open_in_memory()?;
    create(&connection)?;
    let ours = entries(&connection)?;
    Ok(OURS.get_or_init(|| ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_sqlite_is_new_enough() {
        assert!(
            rusqlite::version_number() >= 3_053_002,
            "{}",
            rusqlite::version()
        );
    }

    #[test]
    fn tables_are_strict_and_nothing_else_is_there() {
        let entries = ours().unwrap();
        for (kind, name, table, sql) in entries {
            assert!(tables::NAMES.contains(&table.as_str()), "{name}");
            match sql {
                Some(sql) => assert!(kind == "table" && sql.contains(") STRICT"), "{name}"),
                // The index that a primary key brings with it.
                None => assert!(
                    kind == "index" && name.starts_with("sqlite_autoindex_"),
                    "{name}"
                ),
            }
        }
    }
}
