//! Harness for open projects: three people edit, undo, redo, publish, take in, close and open again
//! in random order, two of them one shared file and one a copy that went by mail; then all meet. The
//! same oracle as for the merge rules says which write must be kept and which must be listed. Faults
//! can be planted; the harness must find them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use backcast_model::edit;
use backcast_model::{Entity, Id, RowChange};
use jiff::Timestamp;

use super::{Op, Store};
use crate::data_folder::DataFolder;
use crate::error::StoreError;
use crate::file::ProjectFile;
use crate::log::{ChangeKind, Stamp, Vector, ops_from_text};
use crate::merge::oracle::{Book, Entry, Random, Scene, begin, nothing_is_lost, random_edits};
use crate::publish::Existing;

/// What the harness can be made to do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// Conflicts are not listed.
    ForgetConflicts,
    /// What was not published is gone when a project is closed.
    ForgetEdits,
    /// The file is written without looking at what others put there, and they are told to read it again.
    WriteOver,
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

/// One person at one computer.
struct Person {
    data: DataFolder,
    path: PathBuf,
    store: Option<Store>,
}

impl Person {
    fn store(&mut self) -> Result<&mut Store, String> {
        if self.store.is_none() {
            self.store = Some(said(Store::open(&self.data, &self.path, now()))?);
        }
        self.store.as_mut().ok_or_else(String::new)
    }

    /// Does something, and writes down the change it made, if it made one.
    fn act(
        &mut self,
        book: &mut Book,
        work: impl FnOnce(&mut Store) -> Result<Option<(ChangeKind, Vec<RowChange>)>, String>,
    ) -> Result<(), String> {
        let store = self.store()?;
        let before = store.vector();
        let Some((kind, changes)) = work(store)? else {
            return Ok(());
        };
        let after = store.vector();
        let made = after.iter().find(|(actor, seq)| *seq > before.get(actor));
        if let Some((actor, seq)) = made {
            let stamp = Stamp {
                actor: actor.clone(),
                seq,
            };
            let log = said(store.changes())?;
            let made = log.into_iter().find(|change| change.stamp == stamp);
            let entry = Entry {
                seen: stamps(&before),
                kind,
                reverts: made.and_then(|change| change.reverts),
                changes,
            };
            book.insert(stamp, entry);
        }
        Ok(())
    }

    fn edit(&mut self, random: &mut Random, book: &mut Book) -> Result<(), String> {
        self.act(book, |store| {
            let edits = random_edits(random, &store.project().map, Scene::Wide);
            let number = store.vector().iter().map(|(_, seq)| seq).sum::<u64>();
            let actor = store.knowledge.actor.clone();
            let mut new_id = |name: &str| Id::from_name(name, &format!("{actor}-{number}"));
            let op = Op::new("edit", "step");
            let done = store.transact(op, now(), |map| edit::apply(map, &edits, &mut new_id));
            let done = done.map(|done| done.changes).unwrap_or_default();
            Ok((!done.is_empty()).then(|| (ChangeKind::new("edit"), done)))
        })
    }

    fn take_back(&mut self, redo: bool, book: &mut Book) -> Result<(), String> {
        self.act(book, |store| {
            let (done, kind) = if redo {
                (store.redo(now()), ChangeKind::REDO)
            } else {
                (store.undo(now()), ChangeKind::UNDO)
            };
            Ok(said(done)?.map(|done| (kind, done.changes)))
        })
    }

    /// Settles the first conflict with the value that lost.
    fn resolve(&mut self, book: &mut Book) -> Result<(), String> {
        self.act(book, |store| {
            let Some(conflict) = store.conflicts().first().cloned() else {
                return Ok(None);
            };
            let value = conflict.others[0].value.clone();
            // What lost may refer to what is gone by now.
            let done = store.resolve(&conflict, &value, now());
            Ok(done
                .ok()
                .map(|done| (ChangeKind::new("resolve"), done.changes)))
        })
    }

    fn publish(&mut self, fault: Fault) -> Result<(), String> {
        let store = self.store()?;
        if fault == Fault::WriteOver {
            let path = store.path().map(Path::to_path_buf).unwrap_or_default();
            said(store.write_copy(&path, Existing::Replace))?;
            let folder = store.data.path().to_path_buf();
            self.store = None;
            drop(fs::remove_dir_all(folder));
            return Ok(());
        }
        said(store.publish(now()))
    }

    fn close(&mut self, fault: Fault) {
        self.store = None;
        if fault == Fault::ForgetEdits {
            drop(fs::remove_dir_all(self.data.path()));
            // An open registry would keep it.
            self.data = fresh(self.data.path(), self.data.author());
        }
    }
}

fn said<T>(outcome: Result<T, StoreError>) -> Result<T, String> {
    outcome.map_err(|error| error.to_string())
}

fn stamps(vector: &Vector) -> BTreeSet<Stamp> {
    let all = |(actor, last): (&crate::log::Actor, u64)| {
        let actor = actor.clone();
        (1..=last).map(move |seq| Stamp {
            actor: actor.clone(),
            seq,
        })
    };
    vector.iter().flat_map(all).collect()
}

/// A data folder whose random numbers are the same in every run, and never twice.
fn fresh(path: &Path, author: &str) -> DataFolder {
    static COUNTER: AtomicU64 = AtomicU64::new(1);
    let counter = Arc::new(AtomicU64::new(
        COUNTER.fetch_add(1 << 20, Ordering::Relaxed),
    ));
    DataFolder::new(path)
        .with_author(author)
        .with_randomness(move || {
            let number = counter.fetch_add(1, Ordering::Relaxed);
            Ok(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        })
}

/// One scenario.
fn run(seed: u64, fault: Fault) -> Result<(), String> {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    let folder = folder.map_err(|error| error.to_string())?;
    let place = |name: &str| folder.path().join(name);
    let (shared, mailed) = (place("plan.backcast"), place("mailed.backcast"));
    said(ProjectFile::write_new(
        &shared,
        &begin(),
        "",
        Existing::Refuse,
        now(),
    ))?;
    fs::copy(&shared, &mailed).map_err(|error| error.to_string())?;
    let mut people: Vec<Person> = [("ann", &shared), ("bob", &shared), ("cid", &mailed)]
        .into_iter()
        .map(|(name, path)| Person {
            data: fresh(&place(name), name),
            path: path.clone(),
            store: None,
        })
        .collect();
    let mut book = Book::new();
    for change in said(people[0].store()?.changes())? {
        let entry = Entry {
            seen: BTreeSet::new(),
            kind: change.kind,
            reverts: None,
            changes: ops_from_text(&change.ops)?,
        };
        book.insert(change.stamp, entry);
    }
    let mut random = Random(seed);
    for _ in 0..20 + random.below(20) {
        let who = random.below(3);
        let other = people[random.below(3)].path.clone();
        let person = &mut people[who];
        match random.below(14) {
            0 | 1 => person.publish(fault)?,
            2 => drop(said(person.store()?.refresh(now()))?),
            3 if other != person.path => drop(said(person.store()?.merge(&other, now()))?),
            4 => person.close(fault),
            5 => drop(said(person.store()?.keep_version("kept", now()))?),
            6 => person.take_back(false, &mut book)?,
            7 => person.take_back(true, &mut book)?,
            8 => person.resolve(&mut book)?,
            _ => person.edit(&mut random, &mut book)?,
        }
    }
    meet(&mut people, fault)?;
    agree(&mut people, fault, &book)
}

/// Everybody publishes and takes in what the others have, until nothing is new to anybody.
fn meet(people: &mut [Person], fault: Fault) -> Result<(), String> {
    for _ in 0..12 {
        let paths: Vec<_> = people.iter().map(|person| person.path.clone()).collect();
        for (who, person) in people.iter_mut().enumerate() {
            person.publish(fault)?;
            for other in paths.iter().filter(|path| **path != paths[who]) {
                said(person.store()?.merge(other, now()))?;
            }
            person.publish(fault)?;
        }
        let mut held = Vec::new();
        for person in &mut *people {
            let store = person.store()?;
            held.push((store.vector(), store.versions()));
        }
        if held.iter().all(|one| *one == held[0]) {
            return Ok(());
        }
    }
    Err("they never had the same".to_owned())
}

fn agree(people: &mut [Person], fault: Fault, book: &Book) -> Result<(), String> {
    let first = people[0].store()?;
    let (project, mut conflicts) = (first.project().clone(), first.conflicts().to_vec());
    let versions = first.versions();
    for person in &mut *people {
        let store = person.store()?;
        if *store.project() != project {
            return Err("two people ended with different maps".to_owned());
        }
        if store.conflicts() != conflicts {
            return Err("two people are told of different conflicts".to_owned());
        }
        if store.versions() != versions {
            return Err("two people have different versions".to_owned());
        }
        if said(crate::file::read(&person.path))? != project {
            return Err("a file does not hold what is shown".to_owned());
        }
    }
    let map = &project.map;
    let dangling = map.links.iter().find(|link| {
        [&link.from, &link.to]
            .iter()
            .any(|end| !map.contains(Entity::Touchpoint, end.as_str()))
    });
    if let Some(link) = dangling {
        return Err(format!("link {} leads nowhere", link.id));
    }
    if fault == Fault::ForgetConflicts {
        conflicts.clear();
    }
    nothing_is_lost(map, &conflicts, book)
}

/// `make soak` asks for more.
fn scenarios() -> u64 {
    let asked = std::env::var("BACKCAST_STORE_SCENARIOS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(200)
}

/// Every fourth scenario, so that four tests run side by side.
fn people_who_met_have_the_same_and_nothing_is_lost(from: u64) {
    for seed in (from..scenarios()).step_by(4) {
        if let Err(reason) = run(seed, Fault::None) {
            panic!("scenario {seed}: {reason}");
        }
    }
}

#[test]
fn people_who_met_have_the_same_and_nothing_is_lost_1() {
    people_who_met_have_the_same_and_nothing_is_lost(0);
}

#[test]
fn people_who_met_have_the_same_and_nothing_is_lost_2() {
    people_who_met_have_the_same_and_nothing_is_lost(1);
}

#[test]
fn people_who_met_have_the_same_and_nothing_is_lost_3() {
    people_who_met_have_the_same_and_nothing_is_lost(2);
}

#[test]
fn people_who_met_have_the_same_and_nothing_is_lost_4() {
    people_who_met_have_the_same_and_nothing_is_lost(3);
}

#[test]
fn control_the_harness_finds_planted_faults() {
    for fault in [Fault::ForgetConflicts, Fault::ForgetEdits, Fault::WriteOver] {
        assert!(
            (0..60).any(|seed| run(seed, fault).is_err()),
            "{fault:?} was not found"
        );
    }
}
