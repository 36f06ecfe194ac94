//! Real processes: one that is killed at any moment, and two that write to one file.
//!
//! The processes are this test program itself, run again for one test with its orders in the
//! environment.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use backcast_model::{Entity, Map};
use backcast_store::{DataFolder, Existing, Store, read};
use serde_json::Value;
use support::{Desk, at, edit, name_of, published};

/// What somebody says who has the file open and waits for the others.
const OPENED: &str = "the file is open";

/// How the name of somebody begins who writes the file without looking what others put there.
const BLIND: &str = "blind-";

/// Starts this program again to play a part.
fn start(part: &str, data: &Path, file: &Path, steps: usize) -> Child {
    start_at(part, data, file, 0, steps)
}

/// The same, with the number of the first step.
fn start_at(part: &str, data: &Path, file: &Path, first: usize, steps: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "part", "--ignored", "--nocapture"])
        .env("BACKCAST_PART", part)
        .env("BACKCAST_PART_DATA", data)
        .env("BACKCAST_PART_FILE", file)
        .env("BACKCAST_PART_FIRST", first.to_string())
        .env("BACKCAST_PART_STEPS", steps.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a started process does.
#[test]
#[ignore = "run by the other tests as a process of its own"]
fn part() {
    let variable = |name: &str| std::env::var(format!("BACKCAST_PART{name}")).unwrap();
    let (part, file, steps) = (
        variable(""),
        variable("_FILE"),
        variable("_STEPS").parse::<usize>().unwrap(),
    );
    let data = DataFolder::new(variable("_DATA")).with_author(&part);
    let mut store = Store::open(&data, Path::new(&file), at(10)).unwrap();
    let mut out = std::io::stdout();
    if !part.ends_with("editor") {
        writeln!(out, "{OPENED}").unwrap();
        out.flush().unwrap();
        std::io::stdin().read_line(&mut String::new()).unwrap();
    }
    let first = variable("_FIRST").parse::<usize>().unwrap();
    for step in first..first + steps {
        match part.as_str() {
            "editor" => {
                edit(&mut store, "Edit", 11, &numbered(step));
                // Said only when it is done: from here on it must not be lost.
                writeln!(out, "acknowledged {step}").unwrap();
                out.flush().unwrap();
                if step % 5 == 4 {
                    store.publish(at(12)).unwrap();
                }
            }
            "hasty editor" => {
                writeln!(out, "acknowledged {step}").unwrap();
                out.flush().unwrap();
                edit(&mut store, "Edit", 11, &numbered(step));
            }
            author => {
                let row = format!(r#"{{"id":"{author}-{step}","name":"x","kind":"driver"}}"#);
                let add = format!(r#"[{{"op":"insert","entity":"touchpoint","value":{row}}}]"#);
                edit(&mut store, "Add", 11, &add);
                if author.starts_with(BLIND) {
                    store
                        .write_copy(Path::new(&file), Existing::Replace)
                        .unwrap();
                } else {
                    store.publish(at(12)).unwrap();
                }
            }
        }
    }
    if part.starts_with(BLIND) {
        return;
    }
    while !store.is_published() {
        store.publish(at(13)).unwrap();
    }
}

/// The fields that an editor writes in turn, each with the number of the step: a text, a note, a
/// budget, a link's, a new row.
fn numbered(step: usize) -> String {
    let set = |entity: &str, id: &str, field: &str, value: String| {
        format!(
            r#"[{{"op":"set","entity":"{entity}","id":"{id}","field":"{field}","value":{value}}}]"#
        )
    };
    match step % FIELDS {
        0 => set("touchpoint", "tv", "name", format!("\"{step}\"")),
        1 => set("touchpoint", "shop", "notes", format!("\"{step}\"")),
        2 => set("touchpoint", "search", "budget", step.to_string()),
        3 => set("link", "last", "cta", format!("\"{step}\"")),
        _ => set("stage", "buy", "name", format!("\"{step}\"")),
    }
}

/// How many fields are written in turn.
const FIELDS: usize = 5;

/// The last step that each of these fields shows.
fn numbers_in(map: &Map) -> [usize; FIELDS] {
    let value = |entity, id: &str, field: &str| match map.value(entity, id, field) {
        Some(Value::String(text)) => text.parse().unwrap_or(0),
        Some(Value::Number(number)) => number.as_f64().map_or(0, |number| number as usize),
        _ => 0,
    };
    [
        value(Entity::Touchpoint, "tv", "name"),
        value(Entity::Touchpoint, "shop", "notes"),
        value(Entity::Touchpoint, "search", "budget"),
        value(Entity::Link, "last", "cta"),
        value(Entity::Stage, "buy", "name"),
    ]
}

/// `make soak` asks for more.
fn kills() -> usize {
    std::env::var("BACKCAST_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100)
}

/// Kills an editor again and again; says in which round something acknowledged was lost. Every
/// hundred rounds begin with a new project.
fn kill_again_and_again(part: &str, rounds: usize, seed: u64) -> Result<(), String> {
    for from in (0..rounds).step_by(100) {
        let rounds = (rounds - from).min(100);
        kill_in_rounds(part, rounds, seed + from as u64)
            .map_err(|reason| format!("after {from} rounds, {reason}"))?;
    }
    Ok(())
}

/// Kills an editor at random moments from its first step on. Steps have numbers that no round before had, so that nothing
/// that was there before can be taken for what must be there now.
fn kill_in_rounds(part: &str, rounds: usize, mut seed: u64) -> Result<(), String> {
    const MOST: usize = 10_000;
    let desk = Desk::new();
    let (store, path) = published(&desk);
    drop(store);
    let data = desk.path("data of editor");
    let mut acknowledged = [0; FIELDS];
    for round in 1..=rounds {
        let failed = |reason: String| format!("round {round}: {reason}");
        let mut child = start_at(part, &data, &path, round * MOST, MOST);
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let step_of = |line: String| {
            line.rsplit_once("acknowledged ")
                .and_then(|(_, step)| step.parse::<usize>().ok())
        };
        let first = lines.by_ref().find_map(step_of).unwrap();
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // The moment is the point of this test; no assertion depends on how long it took.
        thread::sleep(Duration::from_micros((seed >> 33) % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        for step in [first].into_iter().chain(lines.filter_map(step_of)) {
            acknowledged[step % FIELDS] = step;
        }
        read(&path).map_err(|error| failed(error.to_string()))?;
        let opened = Store::open(&DataFolder::new(&data).with_author(part), &path, at(20));
        let store = opened.map_err(|error| failed(error.to_string()))?;
        let there = numbers_in(&store.project().map);
        // A step may have been written and not said yet.
        if there
            .iter()
            .zip(acknowledged)
            .any(|(there, said)| *there < said)
        {
            return Err(failed(format!(
                "{acknowledged:?} were acknowledged, {there:?} are there"
            )));
        }
    }
    Ok(())
}

#[test]
fn whoever_is_killed_loses_nothing_that_was_acknowledged_1() {
    kill_again_and_again("editor", kills() / 2, 1).unwrap();
}

#[test]
fn whoever_is_killed_loses_nothing_that_was_acknowledged_2() {
    kill_again_and_again("editor", kills() / 2, 2).unwrap();
}

#[test]
fn control_a_program_that_speaks_before_it_has_written_is_found_out() {
    kill_again_and_again("hasty editor", 300, 3).unwrap_err();
}

/// Two who have one file open, and then add their rows and publish side by side; says what is missing in the end.
fn side_by_side(authors: [&str; 2]) -> Result<(), String> {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    drop(store);
    let mut people =
        authors.map(|author| start(author, &desk.path(&format!("data of {author}")), &path, 20));
    let heard = people.each_mut().map(|person| {
        let mut lines = BufReader::new(person.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().ends_with(OPENED)));
        lines
    });
    for person in &mut people {
        person.stdin.take().unwrap().write_all(b"go on\n").unwrap();
    }
    for (person, heard) in people.iter_mut().zip(heard) {
        heard.for_each(drop);
        assert!(person.wait().unwrap().success());
    }
    let litter = fs::read_dir(desk.folder()).unwrap();
    let names = litter.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let litter: Vec<_> = names.filter(|name| name.contains(".tmp")).collect();
    assert_eq!(litter, Vec::<String>::new());
    // Whoever published last may have missed nobody; who came before takes in what is there.
    let map = read(&path).unwrap().map;
    let rows = authors
        .iter()
        .flat_map(|author| (0..20).map(move |step| format!("{author}-{step}")));
    let missing: Vec<_> = rows.filter(|row| name_of(&map, row) != "x").collect();
    match missing.as_slice() {
        [] => Ok(()),
        missing => Err(format!("{missing:?} are missing")),
    }
}

#[test]
fn two_processes_on_one_file_lose_nothing() {
    side_by_side(["bob", "cid"]).unwrap();
}

#[test]
fn control_programs_that_write_without_looking_are_found_out() {
    side_by_side(["blind-bob", "blind-cid"]).unwrap_err();
}
