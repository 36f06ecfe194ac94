//! Harness for files and folders that may not be written or read. The system lets its administrator
//! do everything, so that the parts run as somebody else, in a process of their own; where that
//! cannot be, they say so. A program that helps itself to the rights must be found out.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests may fail loudly and say why they do not run"
)]

mod support;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use backcast_store::{Existing, FileState, Store, StoreError, read};
use support::{Desk, at, edit, name, name_of, published};

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Writes the project; the careless way takes the right to do so first.
fn publish(store: &mut Store, careless: bool) -> Result<(), StoreError> {
    if !careless {
        return store.publish(at(3));
    }
    let path = store.path().unwrap().to_owned();
    allow(path.parent().unwrap(), 0o755);
    allow(&path, 0o644);
    store.write_copy(&path, Existing::Replace)
}

/// `mode` on the file or on its folder: refused, nothing changed, and well again afterwards.
fn refused(mode: u32, of_folder: bool, careless: bool) {
    let desk = Desk::new();
    let folder = desk.path("drive");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("plan.backcast");
    let (mut store, _) = published(&desk);
    store.publish_as(&path, Existing::Refuse, at(1)).unwrap();
    let before = fs::read(&path).unwrap();
    let (what, usual) = if of_folder {
        (&folder, 0o755)
    } else {
        (&path, 0o644)
    };
    allow(what, mode);
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    let readable = of_folder || mode & 0o400 != 0;
    let state = store.file_state();
    assert_eq!(state == FileState::AsPublished, readable, "{state:?}");
    let outcome = publish(&mut store, careless);
    let Err(error @ StoreError::NoPermission { .. }) = outcome else {
        panic!("{mode:o}: {outcome:?}")
    };
    assert!(
        error.to_string().contains(&*path.to_string_lossy()),
        "{error}"
    );
    assert!(!store.is_published());
    let kept = fs::metadata(what).unwrap().permissions().mode() & 0o777;
    assert_eq!(kept, mode);
    allow(what, usual);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "litter");
    assert_eq!(name_of(&store.project().map, "tv"), "Television");
    store.publish(at(4)).unwrap();
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "Television");
}

/// A folder like a letter box: what is put in is in, though the folder cannot be looked into, nor synced.
fn written_into_a_folder_that_cannot_be_looked_into() {
    let desk = Desk::new();
    let folder = desk.path("letter box");
    fs::create_dir(&folder).unwrap();
    let (mut store, _) = published(&desk);
    allow(&folder, 0o333);
    let path = folder.join("plan.backcast");
    store.publish_as(&path, Existing::Refuse, at(1)).unwrap();
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    store.publish(at(3)).unwrap();
    assert_eq!((store.is_published(), store.take_notices()), (true, vec![]));
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "Television");
    allow(&folder, 0o755);
}

/// What runs as somebody who is not the administrator.
#[test]
#[ignore = "run by the other tests as a process of its own"]
fn part() {
    let careless = std::env::var("BACKCAST_PART").unwrap() == "careless";
    for (mode, of_folder) in [(0o444, false), (0o000, false), (0o555, true)] {
        refused(mode, of_folder, careless);
    }
    written_into_a_folder_that_cannot_be_looked_into();
}

/// Runs the part; `None`: there is nobody to run it as.
fn run(program: &str) -> Option<bool> {
    let administrator = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let this = std::env::current_exe().unwrap();
    let mut command = if administrator {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.arg(this);
        command
    } else {
        Command::new(this)
    };
    command.args(["--exact", "part", "--ignored", "--nocapture"]);
    let output = command.env("BACKCAST_PART", program).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !said.contains("running 1 test") {
        println!(
            "nobody to run this as: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        return None;
    }
    if program == "ours" && !output.status.success() {
        panic!("{said}{}", String::from_utf8_lossy(&output.stderr));
    }
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
fn what_may_not_be_written_is_refused_and_nothing_is_lost() {
    for _ in 0..rounds() {
        assert_ne!(run("ours"), Some(false));
    }
}

#[test]
fn control_a_program_that_takes_the_right_to_write_is_found_out() {
    assert_ne!(run("careless"), Some(true));
}
