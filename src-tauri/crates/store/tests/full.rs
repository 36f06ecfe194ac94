//! Harness for a disk that is full: a small one of its own where the system allows that (the
//! administrator's right), and files that may not grow beyond a limit, which fails alike in the
//! middle of a write. Every edit is there or refused with a word; a publish that fails leaves the
//! file as it was; when there is room again, work goes on. A program that takes a refused edit for a
//! done one must be found out.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests may fail loudly and say why they do not run"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use backcast_store::{DataFolder, Existing, Store, read};
use support::{at, edit, name, name_of, try_edit, write_new_sample};

fn data(folder: &Path) -> DataFolder {
    DataFolder::new(folder.join("data")).with_author("Ann")
}

/// Edits until the disk is full; gives the last step that counts as done, and how many publishes
/// failed.
fn fill(folder: &Path, careless: bool) -> (usize, usize) {
    let path = folder.join("plan.backcast");
    let mut store = Store::open(&data(folder), &path, at(10)).unwrap();
    let (mut done, mut unpublished) = (0, 0);
    for step in 1..10_000 {
        let (before, file) = (store.project().clone(), fs::read(&path).unwrap());
        let text = name("tv", &format!("{step} {}", "x".repeat(20_000)));
        match try_edit(&mut store, "Rename", 11, &text) {
            Ok(_) => done = step,
            Err(error) => {
                assert_eq!(store.project(), &before);
                assert!(error.to_string().contains("room"), "{error}");
                return (if careless { step } else { done }, unpublished);
            }
        }
        if let Err(error) = store.publish(at(12)) {
            assert_eq!(fs::read(&path).unwrap(), file, "{error}");
            assert!(!store.is_published());
            unpublished += 1;
        }
    }
    panic!("the disk was never full");
}

/// When there is room again.
fn go_on(folder: &Path, done: usize) {
    let path = folder.join("plan.backcast");
    read(&path).unwrap();
    let mut store = Store::open(&data(folder), &path, at(20)).unwrap();
    let there = name_of(&store.project().map, "tv").to_owned();
    assert!(
        there.starts_with(&format!("{done} ")),
        "{done} was said to be done"
    );
    edit(&mut store, "Rename", 21, &name("tv", "There is room again"));
    store.publish(at(22)).unwrap();
    assert_eq!(
        name_of(&read(&path).unwrap().map, "tv"),
        "There is room again"
    );
}

/// What runs where the disk is small.
#[test]
#[ignore = "run by the other tests as a process of its own"]
fn part() {
    let variable = |name: &str| std::env::var(format!("BACKCAST_PART{name}")).unwrap();
    let (folder, careless) = (variable("_FOLDER"), variable("") == "careless");
    let folder = Path::new(&folder);
    if variable("_DISK") == "limit" {
        let (done, _) = fill(folder, careless);
        println!("done {done}");
        return;
    }
    write_new_sample(&folder.join("plan.backcast"), "project-1", Existing::Refuse);
    let ballast = folder.join("ballast");
    fs::write(&ballast, vec![0; 1_600_000]).unwrap();
    let (done, unpublished) = fill(folder, careless);
    assert!(unpublished > 0, "publishing needs more room than an edit");
    fs::remove_file(ballast).unwrap();
    go_on(folder, done);
}

fn run(prepare: &[&str], orders: &str, folder: &Path, disk: &str, program: &str) -> Output {
    let mut command = Command::new(prepare.first().unwrap_or(&"bash"));
    if !prepare.is_empty() {
        command.args(&prepare[1..]).arg("bash");
    }
    let orders = format!("{orders} exec \"$0\" --exact part --ignored --nocapture");
    command
        .args(["-c", &orders])
        .arg(std::env::current_exe().unwrap())
        .env("BACKCAST_PART", program)
        .env("BACKCAST_PART_DISK", disk)
        .env("BACKCAST_PART_FOLDER", folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Files that may not grow beyond so many blocks.
fn with_a_limit(blocks: usize, program: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.backcast");
    write_new_sample(&path, "project-1", Existing::Refuse);
    let orders = format!("trap '' XFSZ; ulimit -f {blocks};");
    let output = run(&[], &orders, folder.path(), "limit", program);
    assert!(output.status.success(), "{}", said(&output));
    let text = said(&output);
    let done = text.lines().find_map(|line| line.rsplit_once("done "));
    go_on(folder.path(), done.unwrap().1.parse().unwrap());
}

/// A disk of its own of so many kilobytes, which only this process sees. `None`: that is not allowed
/// here.
fn on_a_small_disk(kilobytes: usize, program: &str) -> Option<bool> {
    let folder = tempfile::tempdir().unwrap();
    let orders =
        format!("mount -t tmpfs -o size={kilobytes}k tmpfs \"$BACKCAST_PART_FOLDER\" || exit 0;");
    let output = run(&["unshare", "-m"], &orders, folder.path(), "small", program);
    let text = said(&output);
    if !text.contains("running 1 test") {
        println!("no small disk can be made here: {text}");
        return None;
    }
    assert!(program != "ours" || output.status.success(), "{text}");
    Some(output.status.success())
}

/// `make soak` asks for more.
fn rounds() -> usize {
    std::env::var("BACKCAST_TROUBLES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
}

#[test]
fn a_limit_on_files_refuses_and_loses_nothing() {
    for round in 0..rounds() {
        with_a_limit(200 + round * 37 % 250, "ours");
    }
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    for round in 0..rounds() {
        assert_ne!(
            on_a_small_disk(3_600 + round * 97 % 1_500, "ours"),
            Some(false)
        );
    }
}

#[test]
fn control_a_program_that_takes_refused_for_done_is_found_out() {
    assert_ne!(on_a_small_disk(3_600, "careless"), Some(true));
    let caught = std::panic::catch_unwind(|| with_a_limit(200, "careless"));
    assert!(caught.is_err());
}
