//! Undo without end: everything taken back leads to the start and everything done again to the end,
//! byte by byte in the tables; and the order of steps is that in which they were done, whatever the
//! clock says.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

mod support;

use std::collections::BTreeMap;

use backcast_store::{HistoryEntry, Store, backups, read};
use rusqlite::Connection;
use rusqlite::types::Value;
use support::{Desk, at, edit, name, name_of, published, try_edit};

struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

fn number_from(variable: &str, usual: usize) -> usize {
    let asked = std::env::var(variable).ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Every cell of every row that says something of the map, by table and id.
fn rows(database: &std::path::Path) -> BTreeMap<(String, String), Vec<Value>> {
    let connection = Connection::open(database).unwrap();
    let mut rows = BTreeMap::new();
    for table in [
        "map",
        "stage",
        "audience",
        "system",
        "touchpoint",
        "link",
        "dismissal",
    ] {
        let mut statement = connection
            .prepare(&format!("SELECT * FROM \"{table}\""))
            .unwrap();
        let count = statement.column_count();
        let mut found = statement.query(()).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<Value> = (0..count).map(|at| row.get(at).unwrap()).collect();
            rows.insert((table.to_owned(), row.get(0).unwrap()), cells);
        }
    }
    rows
}

fn database(desk: &Desk, store: &Store) -> std::path::PathBuf {
    let copies = desk.computer("Ann").path().join("working-copies");
    copies.join(store.working_copy()).join("project.db")
}

/// An edit of any sort; some are refused.
fn any_edit(random: &mut Random) -> String {
    let id = ["tv", "search", "shop", "mail"][random.below(4)];
    let number = random.below(100);
    match random.below(11) {
        0 | 1 => format!(
            r#"[{{"op":"set","entity":"touchpoint","id":"{id}","field":"position","value":[{number},5]}}]"#
        ),
        2 => format!(
            r#"[{{"op":"insert","entity":"touchpoint","value":{{"id":"{id}","name":"New","kind":"driver","budget":{number}.5}}}}]"#
        ),
        3 => format!(r#"[{{"op":"delete","entity":"touchpoint","id":"{id}"}}]"#),
        4 => format!(
            r#"[{{"op":"insert","entity":"link","value":{{"from":"{id}","to":"shop","lag_days":{number}}}}}]"#
        ),
        5 => r#"[{"op":"delete","entity":"stage","id":"buy"}]"#.to_owned(),
        6 => r#"[{"op":"insert","entity":"stage","value":{"id":"buy","name":"Buy"}}]"#.to_owned(),
        7 => format!(r#"[{{"op":"move","entity":"touchpoint","id":"{id}","after":""}}]"#),
        8 => format!(
            r#"[{{"op":"set","entity":"touchpoint","id":"{id}","field":"x_own","value":{{"n":{number}}}}}]"#
        ),
        9 => format!(
            r#"[{{"op":"set","entity":"touchpoint","id":"{id}","field":"conversion_rate","value":0.{number}}}]"#
        ),
        _ => name(id, &format!("Name {number}")),
    }
}

/// Everything undone and done again; `fault`: what a program that is not careful leaves in the tables when all is
/// undone.
fn there_and_back(steps: usize, fault: &str) -> Result<(), String> {
    let desk = Desk::new();
    let (mut store, _) = published(&desk);
    let database = database(&desk, &store);
    let start = rows(&database);
    let mut random = Random(7);
    let mut done = 0;
    while done < steps {
        done += usize::from(
            try_edit(&mut store, "Step", 2, &any_edit(&mut random))
                .is_ok_and(|committed| !committed.changes.is_empty()),
        );
    }
    let end = rows(&database);
    assert_ne!(start, end);
    let mut undone = 0;
    while store.undo(at(3)).unwrap().is_some() {
        undone += 1;
    }
    assert_eq!(undone, done);
    Connection::open(&database)
        .unwrap()
        .execute_batch(fault)
        .unwrap();
    if rows(&database) != start {
        return Err("it is not as it was at the start".to_owned());
    }
    while store.redo(at(4)).unwrap().is_some() {}
    if rows(&database) != end {
        return Err("it is not as it was at the end".to_owned());
    }
    store.publish(at(5)).unwrap();
    assert_eq!(rows(store.path().unwrap()), end);
    Ok(())
}

#[test]
fn undoing_everything_leads_to_the_start_and_redoing_to_the_end() {
    there_and_back(number_from("BACKCAST_STEPS", 500), "").unwrap();
}

/// Two values that the map cannot tell apart are two values here.
#[test]
fn control_a_row_of_other_bytes_is_found_out() {
    for fault in [
        r#"UPDATE touchpoint SET audiences = '[ "households"]' WHERE id = 'tv'"#,
        "UPDATE audience SET cycle_days = cycle_days + 1e-12",
        "DELETE FROM dismissal",
        "INSERT INTO stage SELECT 'own', map_id, order_key, 'Own', moment, unknown FROM stage LIMIT 1",
    ] {
        there_and_back(20, fault).unwrap_err();
    }
}

/// In which order a program takes the steps of a history.
type Order = fn(&mut Vec<HistoryEntry>);

/// Works while the clock jumps by up to ten years, back and forth.
fn with_a_jumping_clock(seed: u64, order: Order) -> Result<(), String> {
    const TEN_YEARS: usize = 10 * 365 * 86_400;
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    let mut random = Random(seed);
    let mut clock = move || at(-i64::try_from(random.below(TEN_YEARS)).unwrap());
    let mut done = vec!["New map \u{201c}Escape my house\u{201d}".to_owned()];
    for step in 0..8 {
        let label = format!("Step {step}");
        let text = name("tv", &label);
        let committed = store
            .transact(backcast_store::Op::new("test", &label), clock(), |map| {
                support::edited(map, &text)
            })
            .map_err(|error| error.to_string())?;
        assert_eq!(committed.changes.len(), 1);
        done.push(label);
        if step % 3 == 2 {
            store.publish(clock()).map_err(|error| error.to_string())?;
            drop(store);
            store = Store::open(&desk.computer("Ann"), &path, clock())
                .map_err(|error| error.to_string())?;
        }
    }
    let mut history = store.history().map_err(|error| error.to_string())?;
    order(&mut history);
    let labels: Vec<_> = history
        .into_iter()
        .map(|entry| entry.change.label)
        .collect();
    if labels != done {
        return Err(format!("{labels:?} instead of {done:?}"));
    }
    for step in (0..8).rev() {
        if store.undo_label() != Some(&format!("Step {step}")) {
            return Err(format!("{:?} comes before step {step}", store.undo_label()));
        }
        store.undo(clock()).map_err(|error| error.to_string())?;
    }
    store.publish(clock()).map_err(|error| error.to_string())?;
    let file = read(&path).map_err(|error| error.to_string())?;
    if name_of(&file.map, "tv") != "TV spot" {
        return Err("not everything was taken back".to_owned());
    }
    let kept = backups(&desk.computer("Ann"), &file.id).map_err(|error| error.to_string())?;
    if kept.len() < 2 {
        return Err("a jump of the clock is no reason to keep no backup".to_owned());
    }
    Ok(())
}

#[test]
fn a_clock_that_is_set_back_ten_years_breaks_nothing() {
    for seed in 0..number_from("BACKCAST_TROUBLES", 1) {
        with_a_jumping_clock(seed as u64, |_| {}).unwrap();
    }
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    let past = -10 * 365 * 86_400;
    edit(&mut store, "Rename TV", past, &name("tv", "Television"));
    store.publish(at(past)).unwrap();
    drop(store);
    let store = Store::open(&desk.computer("Ann"), &path, at(past)).unwrap();
    assert_eq!(store.undo_label(), Some("Rename TV"));
}

#[test]
fn control_a_program_that_goes_by_the_clock_is_found_out() {
    let by_clock: Order = |history| history.sort_by_key(|entry| entry.change.at);
    with_a_jumping_clock(0, by_clock).unwrap_err();
}
