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

use backcast_store::{DataFolder, Store, read};
use support::{Desk, at, edit, name, name_of, published};

/// Starts this program again to play a part.
fn start(part: &str, data: &Path, file: &Path, steps: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "part", "--ignored", "--nocapture"])
        .env("BACKCAST_PART", part)
        .env("BACKCAST_PART_DATA", data)
        .env("BACKCAST_PART_FILE", file)
        .env("BACKCAST_PART_STEPS", steps.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Every edit is there or refused, and a publish that fails leaves the file as it was.
fn edit_until_the_disk_is_full(store: &mut Store, out: &mut impl Write) {
    for step in 0..10_000 {
        let before = store.project().clone();
        let text = name("tv", &format!("{step} {}", "x".repeat(20_000)));
        let file = fs::read(store.path().unwrap()).unwrap();
        match support::try_edit(store, "Rename", 11, &text) {
            Ok(_) => writeln!(out, "acknowledged {step}").unwrap(),
            Err(error) => {
                assert_eq!(store.project(), &before);
                assert!(error.to_string().contains("room"), "{error}");
                writeln!(out, "refused {step}").unwrap();
                return;
            }
        }
        if let Err(error) = store.publish(at(12)) {
            assert_eq!(fs::read(store.path().unwrap()).unwrap(), file, "{error}");
            assert!(!store.is_published());
            writeln!(out, "unpublished {step}").unwrap();
        }
    }
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
    if part == "editor without room" {
        return edit_until_the_disk_is_full(&mut store, &mut out);
    }
    for step in 0..steps {
        match part.as_str() {
            "editor" => {
                edit(
                    &mut store,
                    "Rename",
                    11,
                    &name("tv", &format!("Name {step}")),
                );
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
                edit(
                    &mut store,
                    "Rename",
                    11,
                    &name("tv", &format!("Name {step}")),
                );
            }
            author => {
                edit(
                    &mut store,
                    "Add",
                    11,
                    &format!(
                        r#"[{{"op":"insert","entity":"touchpoint","value":{{"id":"{author}-{step}","name":"x","kind":"driver"}}}}]"#
                    ),
                );
                store.publish(at(12)).unwrap();
            }
        }
    }
    while !store.is_published() {
        store.publish(at(13)).unwrap();
    }
}

/// `make soak` asks for more.
fn kills() -> usize {
    std::env::var("BACKCAST_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(25)
}

/// Kills an editor again and again; says in which round something acknowledged was lost.
fn kill_again_and_again(part: &str, rounds: usize) -> Result<(), String> {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    drop(store);
    let data = desk.path("data of editor");
    for round in 0..rounds {
        let mut child = start(part, &data, &path, 10_000);
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let step_of = |line: String| {
            line.rsplit_once("acknowledged ")
                .and_then(|(_, step)| step.parse::<usize>().ok())
        };
        // Killed while it works, after a number of acknowledged steps that differs from round to round.
        let wanted = round * 7 % 23;
        let mut acknowledged = lines
            .by_ref()
            .filter_map(step_of)
            .find(|step| *step >= wanted)
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = lines.filter_map(step_of).last().unwrap_or(acknowledged);
        read(&path).map_err(|error| format!("round {round}: {error}"))?;
        let opened = Store::open(&DataFolder::new(&data).with_author(part), &path, at(20));
        let store = opened.map_err(|error| format!("round {round}: {error}"))?;
        // A step may have been written and not said yet.
        let step: usize = name_of(&store.project().map, "tv")
            .trim_start_matches("Name ")
            .parse()
            .unwrap_or(0);
        if step < acknowledged {
            return Err(format!(
                "round {round}: {acknowledged} was acknowledged, {step} is there"
            ));
        }
    }
    Ok(())
}

#[test]
fn whoever_is_killed_loses_nothing_that_was_acknowledged() {
    kill_again_and_again("editor", kills()).unwrap();
}

#[test]
fn control_a_program_that_speaks_before_it_has_written_is_found_out() {
    kill_again_and_again("hasty editor", 100).unwrap_err();
}

#[test]
fn two_processes_on_one_file_lose_nothing() {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    drop(store);
    let mut people: Vec<_> = ["bob", "cid"]
        .map(|author| start(author, &desk.path(&format!("data of {author}")), &path, 20))
        .into_iter()
        .collect();
    for person in &mut people {
        assert!(person.wait().unwrap().success());
    }
    // Whoever published last may have missed nobody; who came before takes in what is there.
    let map = read(&path).unwrap().map;
    for author in ["bob", "cid"] {
        for step in 0..20 {
            assert_eq!(
                name_of(&map, &format!("{author}-{step}")),
                "x",
                "{author}-{step}"
            );
        }
    }
    let litter: Vec<_> = fs::read_dir(desk.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".tmp"))
        .collect();
    assert_eq!(litter, Vec::<String>::new());
}

/// No file may grow beyond a limit, which fails like a full disk, in the middle of a write.
#[test]
#[cfg(unix)]
fn a_full_disk_refuses_and_loses_nothing() {
    let desk = Desk::new();
    let (store, path) = published(&desk);
    drop(store);
    let data = desk.path("data of somebody");
    for blocks in [200, 300, 450] {
        let program = std::env::current_exe().unwrap();
        let orders = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --exact part --ignored --nocapture"
        );
        let output = Command::new("bash")
            .args(["-c", &orders])
            .arg(program)
            .env("BACKCAST_PART", "editor without room")
            .env("BACKCAST_PART_DATA", &data)
            .env("BACKCAST_PART_FILE", &path)
            .env("BACKCAST_PART_STEPS", "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(said.contains("refused"), "{said}");
        let last = said
            .lines()
            .filter_map(|line| line.rsplit_once("acknowledged "))
            .next_back();
        read(&path).unwrap();
        let mut store = Store::open(&DataFolder::new(&data), &path, at(20)).unwrap();
        if let Some((_, step)) = last {
            assert!(name_of(&store.project().map, "tv").starts_with(&format!("{step} ")));
        }
        edit(&mut store, "Rename", 21, &name("tv", "There is room again"));
        store.publish(at(22)).unwrap();
    }
}
