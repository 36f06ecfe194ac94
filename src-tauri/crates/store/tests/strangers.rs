//! Files that are no projects, damaged ones, and hostile ones: a clear word, nothing changed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use backcast_store::{Existing, Newer, Notice, ProjectFile, Store, StoreError, read, verify};
use rusqlite::Connection;
use support::{Desk, at, name_of, sample, write_new};

/// Writes the sample, lets an attack change it, and reads it.
fn attacked(
    desk: &Desk,
    name: &str,
    attack: impl FnOnce(&Connection),
) -> (PathBuf, Result<(), StoreError>) {
    let path = desk.path(name);
    write_new(&path, &sample(), Existing::Replace, at(0)).unwrap();
    let connection = Connection::open(&path).unwrap();
    attack(&connection);
    drop(connection);
    let before = fs::read(&path).unwrap();
    let outcome = read(&path).map(drop);
    assert_eq!(fs::read(&path).unwrap(), before, "reading changed {name}");
    (path, outcome)
}

fn writable_schema(connection: &Connection, sql: &str) {
    connection
        .execute_batch(&format!(
            "PRAGMA writable_schema = ON; {sql}; PRAGMA writable_schema = OFF"
        ))
        .unwrap();
}

#[test]
fn what_is_no_project_says_what_it_is() {
    let desk = Desk::new();
    let folder = desk.path("folder.backcast");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, content: &[u8]| {
        fs::write(desk.path(name), content).unwrap();
        desk.path(name)
    };
    let other = desk.path("other.backcast");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    let large = desk.path("large.backcast");
    fs::File::create(&large).unwrap().set_len(2 << 30).unwrap();
    let mut newer = image(&desk);
    newer[63] = 9;
    let expectations: Vec<(PathBuf, &str)> = vec![
        (desk.path("missing.backcast"), "does not exist"),
        (folder, "is a folder"),
        (PathBuf::from("/dev/null"), "is a device"),
        (write("empty.backcast", b""), "is empty"),
        (large, "too large"),
        (write("text.backcast", b"hello"), "of another kind"),
        (
            write("map.backcast", b"\n{\"format\": \"backcast-map\"}"),
            "Import it instead",
        ),
        (other, "of another program"),
        (write("short.backcast", b"SQLite format 3\0"), "breaks off"),
        (
            write("newer.backcast", &newer),
            "newer Backcast (file version 9",
        ),
    ];
    let mut words: Vec<String> = Vec::new();
    for (path, word) in expectations {
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
        assert!(
            error.contains(&*path.to_string_lossy()),
            "says where: {error}"
        );
        // A newer file is shown when its writer allows it, which this one does.
        if !error.contains("newer") {
            let opened = Store::open(&desk.computer("Ann"), &path, at(1))
                .unwrap_err()
                .to_string();
            assert_eq!(opened.replace("file", ""), error.replace("file", ""));
        }
        assert!(!words.contains(&error));
        words.push(error);
    }
}

fn image(desk: &Desk) -> Vec<u8> {
    let path = desk.path("whole.backcast");
    write_new(&path, &sample(), Existing::Replace, at(0)).unwrap();
    fs::read(path).unwrap()
}

#[test]
fn a_pipe_is_refused_and_not_waited_for() {
    let desk = Desk::new();
    let pipe = desk.path("pipe.backcast");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if made.is_ok_and(|status| status.success()) {
        assert!(matches!(read(&pipe), Err(StoreError::NotAFile { .. })));
    }
}

#[test]
fn hostile_schemas_are_refused() {
    let desk = Desk::new();
    type Attack = fn(&Connection);
    let attacks: [(&str, Attack); 6] = [
        ("trigger", |connection| {
            connection
                .execute_batch(
                    "CREATE TRIGGER wipe AFTER INSERT ON touchpoint BEGIN DELETE FROM link; END",
                )
                .unwrap();
        }),
        ("endless view", |connection| {
            connection
                .execute_batch(
                    "DROP TABLE stage; CREATE VIEW stage AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
                     SELECT x AS id, 'map' AS map_id, '80' AS order_key, x AS name, NULL AS moment, NULL AS unknown FROM c",
                )
                .unwrap();
        }),
        ("index", |connection| {
            connection
                .execute_batch("CREATE INDEX lying ON touchpoint (name)")
                .unwrap();
        }),
        ("missing table", |connection| {
            connection.execute_batch("DROP TABLE dismissal").unwrap();
        }),
        ("generated column", |connection| {
            connection
                .execute_batch("ALTER TABLE stage ADD COLUMN extra TEXT AS (upper(name))")
                .unwrap();
        }),
        ("not strict", |connection| {
            writable_schema(
                connection,
                "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'link'",
            );
        }),
    ];
    for (name, attack) in attacks {
        let (_, outcome) = attacked(&desk, name, attack);
        assert!(
            matches!(outcome, Err(StoreError::Damaged { .. })),
            "{name}: {outcome:?}"
        );
    }
}

#[test]
fn rows_that_make_no_map_are_refused_with_the_place() {
    let desk = Desk::new();
    for (name, sql, word) in [
        (
            "link to nowhere",
            r#"UPDATE link SET "to" = 'nowhere'"#,
            "nowhere",
        ),
        (
            "stage that is not there",
            "UPDATE touchpoint SET stage = 'gone' WHERE id = 'tv'",
            "gone",
        ),
        (
            "infinite",
            "UPDATE audience SET cycle_days = 9e999",
            "finite",
        ),
        (
            "1e308",
            "UPDATE audience SET cycle_days = 1e308",
            "days are",
        ),
        (
            "negative money",
            "UPDATE touchpoint SET budget = -1",
            "money",
        ),
        (
            "unknown word",
            "UPDATE touchpoint SET kind = 'thing'",
            "kind",
        ),
        (
            "not JSON",
            "UPDATE touchpoint SET audiences = '[' WHERE id = 'tv'",
            "JSON",
        ),
        (
            "bad UTF-8",
            "UPDATE touchpoint SET notes = CAST(x'ff' AS TEXT) WHERE id = 'tv'",
            "text",
        ),
        ("bad order", "UPDATE stage SET order_key = 'q'", "order"),
        (
            "empty id",
            "UPDATE stage SET id = '' WHERE id = 'buy'",
            "id",
        ),
        (
            "long text",
            "UPDATE touchpoint SET notes = printf('%.*c', 1000001, 'x') WHERE id = 'tv'",
            "1000000",
        ),
        (
            "two maps",
            "INSERT INTO map (id, title) VALUES ('second', 'Second')",
            "2 maps",
        ),
        ("no map", "DELETE FROM map", "0 maps"),
        (
            "two projects",
            "INSERT INTO project SELECT 'other', oldest_reader, seal FROM project",
            "which project",
        ),
        ("nobody's change", "DELETE FROM actor", "nobody"),
    ] {
        let (_, outcome) = attacked(&desk, name, |connection| {
            connection.execute_batch(sql).unwrap();
        });
        let error = outcome.unwrap_err();
        assert!(
            matches!(
                error,
                StoreError::Content { .. } | StoreError::Damaged { .. }
            ),
            "{name}: {error:?}"
        );
        assert!(error.to_string().contains(word), "{name}: {error}");
    }
}

#[test]
fn an_altered_file_says_so_and_opens_read_only() {
    let desk = Desk::new();
    for (name, sql) in [
        (
            "a row",
            "UPDATE touchpoint SET name = 'Radio' WHERE id = 'tv'",
        ),
        ("a row less", "DELETE FROM dismissal"),
        ("a change", "UPDATE change SET label = 'Something else'"),
        (
            "what a change did",
            "UPDATE change SET ops = replace(ops, 'TV spot', 'Radio')",
        ),
        ("no changes", "DELETE FROM change"),
        ("an author", "UPDATE actor SET author = 'Mallory'"),
        ("the seal", "UPDATE project SET seal = x'00'"),
    ] {
        let (path, outcome) = attacked(&desk, name, |connection| {
            connection.execute_batch(sql).unwrap();
        });
        assert!(
            matches!(outcome, Err(StoreError::Altered { .. })),
            "{name}: {outcome:?}"
        );
        let mut store = Store::open(&desk.computer(name), &path, at(1)).unwrap();
        assert!(store.is_read_only(), "{name}");
        assert!(matches!(
            store.undo(at(2)),
            Err(StoreError::ReadOnly { .. })
        ));
        assert!(matches!(
            store.publish(at(2)),
            Err(StoreError::ReadOnly { .. })
        ));
        let saved = desk.path(&format!("{name} saved.backcast"));
        store.publish_as(&saved, Existing::Refuse, at(3)).unwrap();
        assert!(!store.is_read_only());
        assert_eq!(read(&saved).unwrap().map, store.project().map);
    }
}

#[test]
fn a_journal_beside_the_file_means_nothing() {
    let desk = Desk::new();
    let path = desk.path("plan.backcast");
    write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    let other = desk.path("other.backcast");
    write_new(&other, &sample(), Existing::Refuse, at(0)).unwrap();
    let connection = Connection::open(&other).unwrap();
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .unwrap();
    connection
        .execute("UPDATE touchpoint SET name = 'Injected'", ())
        .unwrap();
    fs::copy(format!("{}-wal", other.display()), beside("-wal")).unwrap();
    fs::write(beside("-journal"), b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7rest").unwrap();
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "TV spot");
    let store = Store::open(&desk.computer("Ann"), &path, at(1)).unwrap();
    assert_eq!(name_of(&store.project().map, "tv"), "TV spot");
    assert!(beside("-wal").exists() && beside("-journal").exists());
}

#[test]
fn a_file_in_use_by_a_database_tool_reads_as_it_stands() {
    let desk = Desk::new();
    let path = desk.path("plan.backcast");
    write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(read(&path).unwrap(), sample());
    connection
        .execute_batch("ROLLBACK; PRAGMA journal_mode = WAL")
        .unwrap();
    assert_eq!(read(&path).unwrap(), sample());
}

#[test]
fn a_link_to_the_file_stays_a_link() {
    #[cfg(unix)]
    {
        let desk = Desk::new();
        let (path, link) = (desk.path("plan.backcast"), desk.path("link.backcast"));
        write_new(&path, &sample(), Existing::Refuse, at(0)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut store = Store::open(&desk.computer("Ann"), &link, at(1)).unwrap();
        support::edit(&mut store, "Rename", 2, &support::name("tv", "Television"));
        store.publish(at(3)).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "Television");
        let dead = desk.path("dead.backcast");
        std::os::unix::fs::symlink(Path::new("nowhere"), &dead).unwrap();
        assert!(matches!(read(&dead), Err(StoreError::NotFound { .. })));
    }
}

#[test]
fn a_newer_file_opens_read_only_when_its_writer_says_so() {
    let desk = Desk::new();
    for (oldest, shown) in [(1, true), (2, false)] {
        let (path, outcome) = attacked(&desk, &format!("newer {oldest}.backcast"), |connection| {
            let sql = format!(
                "ALTER TABLE stage ADD COLUMN colour TEXT; CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY) STRICT;
                 UPDATE project SET oldest_reader = {oldest}; PRAGMA user_version = 2"
            );
            connection.execute_batch(&sql).unwrap();
        });
        assert!(matches!(outcome, Err(StoreError::Newer { version: 2, .. })));
        let looked = ProjectFile::look(&path);
        assert_eq!(looked.is_ok(), shown);
        if let Ok(looked) = looked {
            let unknown = vec!["person".to_owned(), "stage.colour".to_owned()];
            let newer = Newer {
                version: 2,
                ours: 1,
                unknown,
            };
            assert_eq!((looked.newer(), looked.altered()), (Some(&newer), None));
            assert_eq!(looked.project(), &sample());
            let found = verify(&path).unwrap();
            assert_eq!((found.problems, found.newer), (Vec::new(), Some(2)));
        } else {
            assert!(matches!(verify(&path), Err(StoreError::Newer { .. })));
        }
        let opened = Store::open(&desk.computer("Ann"), &path, at(1));
        match opened {
            Ok(mut store) => {
                assert!(shown && store.is_read_only());
                let notices = store.take_notices();
                let what = vec!["person".to_owned(), "stage.colour".to_owned()];
                assert_eq!(notices, [Notice::WouldBeDropped { what }]);
                assert!(store.read_only_reason().unwrap().contains("newer Backcast"));
                assert_eq!(store.project(), &sample());
            }
            Err(error) => assert!(
                !shown && matches!(error, StoreError::Newer { .. }),
                "{error}"
            ),
        }
    }
}

/// Damage may make a version that never was, or one that may come.
#[test]
fn a_damaged_mark_of_the_version_is_not_taken_for_a_newer_program() {
    let desk = Desk::new();
    for (version, told) in [
        (3, "that mark is damaged, or a newer Backcast wrote it"),
        (0x0100_0001, "is none"),
    ] {
        let (path, _) = attacked(&desk, &format!("{version}.backcast"), |connection| {
            connection
                .pragma_update(None, "user_version", version)
                .unwrap();
        });
        let found = verify(&path).unwrap();
        assert!(found.problems[0].contains(told), "{found:?}");
        assert_eq!((found.rows, found.changes), (11, 1), "{found:?}");
    }
}
