//! Files made to harm: an index that lies, cells of any length, more rows than any project has, any
//! value in any cell. Each is right, or refused with a word, or shown for reading only; nothing is
//! shown that its rows do not hold, and nothing ends the program.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;
use std::path::Path;

use backcast_store::{Existing, Store, StoreError, read, rescue, verify};
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::Value;
use support::{Desk, at, edit, name, sample, write_new_sample};

fn written(path: &Path, attack: impl FnOnce(&Connection)) {
    write_new_sample(path, "project-1", Existing::Replace);
    let connection = Connection::open(path).unwrap();
    attack(&connection);
}

/// What a look-up by key finds is not what the table holds: the roots of two indexes are exchanged,
/// or an index is emptied.
#[test]
fn an_index_that_lies_does_not_decide_what_is_read() {
    let desk = Desk::new();
    let page_of = |connection: &Connection, name: &str| -> u32 {
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        connection
            .query_row(sql, (name,), |row| row.get(0))
            .unwrap()
    };
    let (one, other) = ("sqlite_autoindex_touchpoint_1", "sqlite_autoindex_link_1");
    let swapped = desk.path("swapped.backcast");
    written(&swapped, |connection| {
        let (first, second) = (page_of(connection, one), page_of(connection, other));
        connection
            .execute_batch(&format!(
                "PRAGMA writable_schema = ON;
                 UPDATE sqlite_schema SET rootpage = {second} WHERE name = '{one}';
                 UPDATE sqlite_schema SET rootpage = {first} WHERE name = '{other}'"
            ))
            .unwrap();
    });
    let emptied = desk.path("emptied.backcast");
    let mut page = 0;
    written(&emptied, |connection| {
        page = page_of(connection, one) as usize;
    });
    let mut bytes = fs::read(&emptied).unwrap();
    // No cells: the number of them, and where they begin.
    bytes[(page - 1) * 4096 + 3..][..2].fill(0);
    fs::write(&emptied, bytes).unwrap();
    for path in [&swapped, &emptied] {
        assert_eq!(read(path).unwrap(), sample(), "{}", path.display());
        let problems = verify(path).unwrap().problems;
        assert!(!problems.is_empty(), "{}", path.display());
        let mut store = Store::open(&desk.computer("Ann"), path, at(1)).unwrap();
        edit(&mut store, "Rename", 2, &name("tv", "Television"));
        store.publish(at(3)).unwrap();
        assert_eq!(
            verify(path).unwrap().problems,
            Vec::<String>::new(),
            "mended"
        );
        assert_eq!(&read(path).unwrap(), store.project());
    }
}

#[test]
fn a_cell_longer_than_any_is_refused_before_it_is_read() {
    let desk = Desk::new();
    let path = desk.path("long.backcast");
    written(&path, |connection| {
        connection
            .execute("UPDATE project SET seal = zeroblob(?1)", ((1 << 28) + 1,))
            .unwrap();
    });
    let error = read(&path).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("too big"), "{error}");
}

#[test]
fn a_seal_of_another_length_fits_nothing() {
    let desk = Desk::new();
    let path = desk.path("seal.backcast");
    written(&path, |connection| {
        let sql = "UPDATE project SET seal = zeroblob(1000000)";
        connection.execute(sql, ()).unwrap();
    });
    assert!(matches!(read(&path), Err(StoreError::Altered { .. })));
}

#[test]
fn more_rows_than_a_project_may_have_are_refused() {
    let desk = Desk::new();
    let path = desk.path("many.backcast");
    written(&path, |connection| {
        connection
            .execute_batch(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x <= 100000)
                 INSERT INTO touchpoint (id, map_id, order_key, name, kind)
                 SELECT 'many-' || x, 'map', '80', 'Many', 'driver' FROM n",
            )
            .unwrap();
    });
    let error = read(&path).unwrap_err().to_string();
    assert!(error.contains("100000"), "{error}");
    let opened = Store::open(&desk.computer("Ann"), &path, at(1)).unwrap_err();
    assert!(opened.to_string().contains("100000"), "{opened}");
}

/// Rows that name one another in circles: systems that exchange data, links, a link to itself.
#[test]
fn rows_that_refer_in_circles_are_read() {
    let desk = Desk::new();
    let path = desk.path("circles.backcast");
    let (mut store, _) = support::published(&desk);
    edit(
        &mut store,
        "Circles",
        2,
        r#"[{"op":"insert","entity":"system","value":{"id":"till","name":"Till","exchanges_with":["crm","till"]}},
            {"op":"set","entity":"system","id":"crm","field":"exchanges_with","value":["till"]},
            {"op":"insert","entity":"link","value":{"from":"shop","to":"tv"}}]"#,
    );
    store.publish_as(&path, Existing::Refuse, at(3)).unwrap();
    assert_eq!(&read(&path).unwrap(), store.project());
    store.undo(at(4)).unwrap();
    assert_eq!(store.project(), &sample());
}

/// Tables and columns whose cells the property test writes to.
const CELLS: [(&str, &[&str]); 9] = [
    ("project", &["id", "oldest_reader", "seal"]),
    (
        "map",
        &["id", "title", "theme", "starts_on", "rules", "unknown"],
    ),
    (
        "stage",
        &["id", "map_id", "order_key", "name", "moment", "unknown"],
    ),
    (
        "audience",
        &[
            "id",
            "order_key",
            "name",
            "cycle_days",
            "size",
            "channels",
            "unknown",
        ],
    ),
    (
        "touchpoint",
        &[
            "id",
            "order_key",
            "name",
            "kind",
            "stage",
            "audiences",
            "budget",
            "conversion_rate",
            "flights",
            "position",
            "entry",
            "unknown",
        ],
    ),
    (
        "link",
        &[
            "id",
            "from",
            "to",
            "rate",
            "lag_days",
            "order_key",
            "unknown",
        ],
    ),
    ("dismissal", &["id", "rule", "subjects", "unknown"]),
    ("actor", &["number", "id", "author"]),
    (
        "change",
        &[
            "actor",
            "seq",
            "lamport",
            "deps",
            "at",
            "label",
            "kind",
            "reverts_actor",
            "reverts_seq",
            "ops",
            "hash",
        ],
    ),
];

fn hostile_value() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "",
        "map",
        "tv",
        "shop",
        "buy",
        "80",
        "[]",
        "{}",
        "[\"tv\"]",
        "{\"id\":\"x\"}",
        "[[[[[[[[[[",
        "{\"0000000000000001\":99}",
        "[[\"d\",\"map\",\"map\",\"80\",{}]]",
        "[[\"s\",\"touchpoint\",\"tv\",\"id\",\"tv\",\"x\"]]",
        "NaN",
        "1e999",
        "-1",
        "\u{202e}txt",
        "\u{0}",
        "2026-02-30",
        "9999-12-31",
    ]);
    prop_oneof![
        words.prop_map(|text| Value::Text(text.to_owned())),
        any::<String>().prop_map(Value::Text),
        prop::collection::vec(any::<u8>(), 0..80).prop_map(Value::Blob),
        any::<i64>().prop_map(Value::Integer),
        (-3_i64..200).prop_map(Value::Integer),
        any::<f64>().prop_map(Value::Real),
        prop::sample::select(vec![0.0, -0.0, 1e308, f64::MIN_POSITIVE, f64::INFINITY])
            .prop_map(Value::Real),
        Just(Value::Null),
    ]
}

fn cell() -> impl Strategy<Value = (usize, prop::sample::Index, prop::sample::Index, Value)> {
    let index = any::<prop::sample::Index>;
    (0..CELLS.len(), index(), index(), hostile_value())
}

/// `make soak` asks for more.
fn cases() -> u32 {
    let asked = std::env::var("BACKCAST_TROUBLES").ok();
    let times: Option<u32> = asked.and_then(|text| text.parse().ok());
    96 * times.unwrap_or(1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_value_in_any_cell_is_right_or_said(cells in prop::collection::vec(cell(), 1..4)) {
        let desk = Desk::new();
        let path = desk.path("any.backcast");
        let mut changed = 0;
        written(&path, |connection| {
            for (table, column, row, value) in &cells {
                let (table, columns) = CELLS[*table];
                let column = columns[column.index(columns.len())];
                let count: usize = connection
                    .query_row(&format!("SELECT count(*) FROM \"{table}\""), (), |row| row.get(0))
                    .unwrap();
                let key = if ["actor", "change"].contains(&table) { "rowid" } else { "id" };
                // What the table's own types refuse never gets into a file.
                let sql = format!(
                    "UPDATE \"{table}\" SET \"{column}\" = ?1 WHERE {key} =
                     (SELECT {key} FROM \"{table}\" ORDER BY {key} LIMIT 1 OFFSET ?2)"
                );
                changed += connection.execute(&sql, (value, row.index(count))).unwrap_or(0);
            }
        });
        match read(&path) {
            Ok(project) => prop_assert_eq!(project, sample(), "{} cells written", changed),
            Err(error) => prop_assert!(error.to_string().len() > 20),
        }
        let found = verify(&path).unwrap();
        prop_assert!(found.rows <= 20);
        if let Ok(mut store) = Store::open(&desk.computer("Ann"), &path, at(1)) {
            if store.is_read_only() {
                prop_assert!(!found.problems.is_empty());
            } else {
                prop_assert_eq!(store.project(), &sample());
                edit(&mut store, "Rename", 2, &name("tv", "Television"));
                store.publish(at(3)).unwrap();
            }
        }
        let out = desk.path("out.backcast");
        if rescue(&path, &out, Existing::Refuse, at(4)).is_ok() {
            prop_assert!(read(&out).is_ok());
        }
    }
}
