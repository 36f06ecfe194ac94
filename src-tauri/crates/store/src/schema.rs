//! The shape of a project file: its marks in the SQLite header, its tables, and the text by which a
//! stranger's file is compared with ours. Shipped migrations never change.

use std::sync::OnceLock;

use rusqlite::Connection;

use crate::tables;

/// The mark of a Backcast project in the SQLite header (“Bcst”).
pub(crate) const APPLICATION_ID: u32 = 0x4263_7374;

/// What leads a file of version `n + 1` to version `n + 2`: statements, with `{database}` for the
/// name of the database. Shipped steps never change, and there is one for every version, so that a
/// file of any version is read. Columns that a step adds are also named in their table's
/// `EntityTable`, so that the seal of an older file stays what it was.
const STEPS: &[&str] = &[];

/// The newest file version this program reads and the one it writes.
pub(crate) const FILE_VERSION: u32 = 1 + STEPS.len() as u32;

/// Makes the tables of an empty database.
pub(crate) fn create(connection: &Connection) -> rusqlite::Result<()> {
    create_in(connection, "main")
}

/// Makes the tables in an attached empty database: those of version 1, led forward step by step, so
/// that new and old files end alike.
pub(crate) fn create_in(connection: &Connection, database: &str) -> rusqlite::Result<()> {
    create_version(connection, database, STEPS)
}

fn create_version(connection: &Connection, database: &str, steps: &[&str]) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "PRAGMA {database}.application_id = {APPLICATION_ID}"
    ))?;
    for statement in tables::CREATE {
        let statement =
            statement
                .trim()
                .replacen("CREATE TABLE ", &format!("CREATE TABLE {database}."), 1);
        connection.execute_batch(&statement)?;
    }
    lead(connection, database, 1, steps)
}

/// Leads a database of an older version to this program's. O(size) where a step rewrites rows.
pub(crate) fn migrate(connection: &Connection, from: u32) -> rusqlite::Result<()> {
    lead(connection, "main", from, STEPS)
}

fn lead(
    connection: &Connection,
    database: &str,
    from: u32,
    steps: &[&str],
) -> rusqlite::Result<()> {
    for step in steps.iter().skip(from.saturating_sub(1) as usize) {
        connection.execute_batch(&step.replace("{database}", database))?;
    }
    let version = 1 + steps.len();
    connection.execute_batch(&format!("PRAGMA {database}.user_version = {version}"))
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

/// The schema of a file of a version that this program reads; worked out once for each.
pub(crate) fn of_version(version: u32) -> rusqlite::Result<&'static [SchemaEntry]> {
    static KNOWN: [OnceLock<Vec<SchemaEntry>>; 1 + STEPS.len()] =
        [const { OnceLock::new() }; 1 + STEPS.len()];
    let number = version.clamp(1, FILE_VERSION) as usize - 1;
    if let Some(entries) = KNOWN[number].get() {
        return Ok(entries);
    }
    let entries = schema_after(&STEPS[..number])?;
    Ok(KNOWN[number].get_or_init(|| entries))
}

fn schema_after(steps: &[&str]) -> rusqlite::Result<Vec<SchemaEntry>> {
    let connection = Connection::open_in_memory()?;
    create_version(&connection, "main", steps)?;
    entries(&connection)
}

/// Columns and tables of a database that this program does not know, by name: `stage.colour`,
/// `person`.
pub(crate) fn unknown(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut unknown = Vec::new();
    for (_, name, ..) in entries(connection)?
        .into_iter()
        .filter(|(kind, ..)| kind == "table")
    {
        if !tables::NAMES.contains(&name.as_str()) {
            unknown.push(name);
            continue;
        }
        let known = Connection::open_in_memory()?;
        create(&known)?;
        let ours = columns(&known, &name)?;
        let theirs = columns(connection, &name)?.into_iter();
        let added = theirs.filter(|column| !ours.contains(column));
        unknown.extend(added.map(|column| format!("{name}.{column}")));
    }
    Ok(unknown)
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let rows = statement.query_map((table,), |row| row.get(0))?;
    rows.collect()
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
        let entries = of_version(FILE_VERSION).unwrap();
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

    /// A step of a version that is not there yet.
    const NEXT: &[&str] = &[
        r#"ALTER TABLE {database}."stage" ADD COLUMN "colour" TEXT;
           CREATE TABLE {database}."person" ("id" TEXT NOT NULL PRIMARY KEY) STRICT"#,
        r#"ALTER TABLE {database}."stage" ADD COLUMN "size" INTEGER"#,
    ];

    #[test]
    fn a_file_of_any_older_version_becomes_what_a_new_one_is() {
        let newest = schema_after(NEXT).unwrap();
        for version in 1..=1 + NEXT.len() {
            let connection = Connection::open_in_memory().unwrap();
            create_version(&connection, "main", &NEXT[..version - 1]).unwrap();
            lead(&connection, "main", u32::try_from(version).unwrap(), NEXT).unwrap();
            assert_eq!(
                entries(&connection).unwrap(),
                newest,
                "from version {version}"
            );
            let marked: usize = connection
                .pragma_query_value(None, "user_version", |row| row.get(0))
                .unwrap();
            assert_eq!(marked, 1 + NEXT.len());
        }
        let attached = Connection::open_in_memory().unwrap();
        attached
            .execute_batch("ATTACH ':memory:' AS image")
            .unwrap();
        create_version(&attached, "image", NEXT).unwrap();
        assert_eq!(columns_in(&attached, "image", "stage").len(), 8);
    }

    fn columns_in(connection: &Connection, database: &str, table: &str) -> Vec<String> {
        let sql = format!("SELECT name FROM {database}.pragma_table_info('{table}')");
        let mut statement = connection.prepare(&sql).unwrap();
        let rows = statement.query_map((), |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn what_a_newer_version_has_beyond_ours_is_named() {
        let connection = Connection::open_in_memory().unwrap();
        create_version(&connection, "main", NEXT).unwrap();
        assert_eq!(
            unknown(&connection).unwrap(),
            ["person", "stage.colour", "stage.size"]
        );
    }
}
