//! Harness for power cuts. What a disk holds after one: everything that was synced, and of what was
//! written since any sectors, in any order, some torn. The states are made from what the working
//! copy's files held before and after an edit: between the two only its log grows, until it is
//! carried over into the database, which happens when the log is synced.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use backcast_store::{DataFolder, Store, read};
use support::{Desk, at, edit, name, name_of, published};

/// What a disk writes whole.
const SECTOR: usize = 512;

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

/// The files of a working copy.
#[derive(Clone, PartialEq)]
struct Disk {
    database: Vec<u8>,
    log: Vec<u8>,
}

impl Disk {
    fn of(folder: &Path) -> Self {
        let read = |name: &str| fs::read(folder.join(name)).unwrap_or_default();
        Self {
            database: read("project.db"),
            log: read("project.db-wal"),
        }
    }

    fn put(&self, folder: &Path) {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("project.db"), &self.database).unwrap();
        fs::write(folder.join("project.db-wal"), &self.log).unwrap();
    }

    /// What may be left when the power is cut on the way from `self` to `after`.
    fn cut(&self, after: &Self, random: &mut Random) -> Self {
        if self.database == after.database {
            return Self {
                database: self.database.clone(),
                log: mixed(&self.log, &after.log, random),
            };
        }
        Self {
            database: mixed(&self.database, &after.database, random),
            log: after.log.clone(),
        }
    }
}

/// Some sectors of the one and some of the other, one of them torn.
fn mixed(before: &[u8], after: &[u8], random: &mut Random) -> Vec<u8> {
    let length = match random.below(3) {
        0 => after.len(),
        1 => before.len().min(after.len()),
        _ => before.len().min(after.len()) + random.below(after.len().abs_diff(before.len()) + 1),
    };
    let mut state = before.to_vec();
    state.resize(length, 0);
    let kept = random.below(4);
    for start in (0..length).step_by(SECTOR) {
        let mut end = (start + SECTOR).min(length).min(after.len());
        if random.below(4) >= kept || start >= end {
            continue;
        }
        if random.below(20) == 0 {
            end = start + random.below(end - start + 1);
        }
        state[start..end].copy_from_slice(&after[start..end]);
    }
    state
}

/// `make soak` asks for more.
fn cuts() -> usize {
    std::env::var("BACKCAST_CUTS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(150)
}

/// Cuts the power during edits; `synced` says whether an edit that is being written counts as
/// acknowledged only when it is done.
fn cut_again_and_again(cuts: usize, synced: bool) -> Result<(), String> {
    let desk = Desk::new();
    let (mut store, _) = published(&desk);
    let id = store.working_copy().to_owned();
    let folder = desk.computer("Ann").path().join("working-copies").join(&id);
    let crashed = desk.path("crashed");
    let place = crashed.join("working-copies").join(&id);
    let mut random = Random(7);
    let mut carried_over = 0;
    let mut number = 0;
    let mut done = 0;
    while done < cuts {
        let before = Disk::of(&folder);
        let carry_over = done % 20 == 19;
        if carry_over {
            let database = rusqlite::Connection::open(folder.join("project.db")).unwrap();
            database
                .query_row("PRAGMA wal_checkpoint(FULL)", (), |_| Ok(()))
                .unwrap();
        } else {
            number += 1;
            edit(
                &mut store,
                "Rename",
                2,
                &name(
                    "tv",
                    &format!("{number} {}", "x".repeat(random.below(2_000))),
                ),
            );
        }
        let after = Disk::of(&folder);
        carried_over += usize::from(before.database != after.database);
        for _ in 0..if carry_over { 5 } else { 2 } {
            done += 1;
            before.cut(&after, &mut random).put(&place);
            let found = number_in(&crashed, &id)?;
            let least = if synced && !carry_over {
                number - 1
            } else {
                number
            };
            if found < least || found > number {
                return Err(format!("edit {number}: {found} was found"));
            }
        }
        after.put(&place);
        let found = number_in(&crashed, &id)?;
        if found != number {
            return Err(format!("edit {number} was acknowledged, {found} was found"));
        }
    }
    assert!(
        carried_over > 0 || cuts < 400,
        "the log was never carried over"
    );
    Ok(())
}

fn number_in(data: &PathBuf, id: &str) -> Result<usize, String> {
    let store = Store::resume(&DataFolder::new(data), id).map_err(|error| error.to_string())?;
    let name = name_of(&store.project().map, "tv");
    Ok(name
        .split(' ')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(0))
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    cut_again_and_again(cuts(), true).unwrap();
}

#[test]
fn control_an_edit_that_is_acknowledged_before_it_is_synced_is_found_out() {
    cut_again_and_again(100, false).unwrap_err();
}

#[test]
fn a_power_cut_while_publishing_leaves_the_old_file_and_litter_that_goes() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    let old = fs::read(&path).unwrap();
    edit(&mut store, "Rename", 2, &name("tv", "Television"));
    store.publish(at(3)).unwrap();
    let new = fs::read(&path).unwrap();
    let litter = desk.path(".~plan.backcast.0123456789abcdef.tmp");
    let other = desk.path(".~other.backcast.0123456789abcdef.tmp");
    let mut random = Random(3);
    for _ in 0..20 {
        fs::write(&path, &old).unwrap();
        fs::write(&litter, mixed(&[], &new, &mut random)).unwrap();
        assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "TV spot");
        store.publish(at(4)).unwrap();
        assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "Television");
    }
    let long_ago = fs::FileTimes::new().set_modified(std::time::SystemTime::UNIX_EPOCH);
    for file in [&litter, &other] {
        fs::write(file, "x").unwrap();
        fs::File::options()
            .write(true)
            .open(file)
            .unwrap()
            .set_times(long_ago)
            .unwrap();
    }
    edit(&mut store, "Rename", 5, &name("tv", "Telly"));
    store.publish(at(6)).unwrap();
    assert!(!litter.exists() && other.exists(), "only this file's own");
}
