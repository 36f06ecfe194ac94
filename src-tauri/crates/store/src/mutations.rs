//! Harness for damaged files: bytes flipped, ends cut off, pages swapped. A mutated file gives the
//! right content (rows, history, authors, versions) or says what is wrong; it never panics and never
//! shows other content in silence. The same for opening it for work, and for looking for damage and
//! rescuing.

use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::change::apply;
use backcast_model::{Entity, Id, Map, MapBuilder, MapProperties, Project, RowChange};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::contents::{Contents, Draft};
use crate::data_folder::DataFolder;
use crate::error::StoreError;
use crate::fingerprint::Fingerprint;
use crate::log::{Actor, Change, ChangeKind, ops_to_text};
use crate::merge::oracle::Random;
use crate::merge::{Conflict, Log};
use crate::publish::Existing;
use crate::store::{Store, United, conflicts_of};
use crate::stranger::FileImage;
use crate::version::Version;
use crate::working::image_of;

/// What became of a mutated file.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Outcome {
    /// The right content.
    Right,
    /// An error, or content that is marked as altered.
    Said,
    /// Other content, unmarked.
    Silent,
}

/// Whether a reader looks at the seal and the chains; the control does not.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Reader {
    Ours,
    Trusting,
}

/// Everything in a file that somebody relies on.
#[derive(Debug, PartialEq)]
struct Whole {
    project: Project,
    changes: Vec<Change>,
    authors: Vec<(Actor, String)>,
    versions: Vec<Version>,
}

impl Whole {
    fn of(contents: &Contents) -> Self {
        let heads = contents.heads.iter().filter(|(_, head)| head.seq > 0);
        let mut versions = contents.versions.clone();
        versions.sort_by(|one, other| one.id.cmp(&other.id));
        Self {
            project: contents.project.clone(),
            changes: contents.changes.clone(),
            authors: heads
                .map(|(actor, head)| (actor.clone(), head.author.clone()))
                .collect(),
            versions,
        }
    }
}

fn map() -> Map {
    let mut builder = MapBuilder::new(MapProperties::titled("Mutated"));
    let mut push = |entity, value: Value| match value {
        Value::Object(fields) => builder.push(entity, None, fields).unwrap(),
        _ => unreachable!("values are objects"),
    };
    push(Entity::Stage, json!({"id": "s", "name": "Stage"}));
    for number in 0..40 {
        push(
            Entity::Touchpoint,
            json!({"id": format!("t{number}"), "name": format!("Touchpoint {number}"), "kind": "driver", "stage": "s",
                "notes": "x".repeat(number * 20), "budget": number}),
        );
    }
    for number in 0..39 {
        push(
            Entity::Link,
            json!({"from": format!("t{number}"), "to": format!("t{}", number + 1), "id": format!("l{number}")}),
        );
    }
    builder.finish().unwrap()
}

/// Goes on under a name: moves and renames.
fn work(contents: &mut Contents, actor: &Actor, author: &str, steps: usize) {
    contents.heads.introduce(actor, author);
    for step in 0..steps {
        let id = format!("t{}", step % 20);
        let (field, new) = match step % 3 {
            0 => ("name", json!(format!("{author}'s {step}"))),
            _ => ("position", json!([step, 20])),
        };
        let change = RowChange::Set {
            entity: Entity::Touchpoint,
            id: Id::new(&id).unwrap(),
            field: field.to_owned(),
            old: contents
                .project
                .map
                .value(Entity::Touchpoint, &id, field)
                .unwrap_or(Value::Null),
            new,
        };
        apply(&mut contents.project.map, &change).unwrap();
        let draft = Draft {
            actor,
            at: Timestamp::UNIX_EPOCH,
            label: format!("Step {step}"),
            kind: ChangeKind::new("set"),
            reverts: None,
            ops: ops_to_text(&[change]),
        };
        let change = draft.follow(&contents.heads);
        contents.heads.append(&change).unwrap();
        contents.changes.push(change);
    }
}

/// The bytes of a project that three people worked on, two of them apart, with versions.
fn sample() -> (Vec<u8>, Whole, Vec<Conflict>) {
    let project = Project {
        id: Id::new("mutated").unwrap(),
        map: map(),
    };
    let [ann, bob, cid] = [7, 8, 9].map(Actor::from_number);
    let begin = || Contents::new(project.clone(), &ann, "Ann", Timestamp::UNIX_EPOCH);
    let (mut ours, mut theirs) = (begin(), begin());
    work(&mut ours, &ann, "Ann", 30);
    work(&mut theirs, &bob, "Bob", 20);
    let early = theirs.heads.vector();
    let united = United::of(ours.into(), theirs.into()).unwrap();
    let project = Project {
        map: united.state.map,
        ..project
    };
    let mut contents = Contents::assemble(project, united.heads, united.log);
    work(&mut contents, &cid, "Cid", 10);
    let version = |id: &str, vector, automatic| Version {
        id: id.to_owned(),
        name: format!("Version {id}"),
        at: Timestamp::UNIX_EPOCH,
        author: "Bob".to_owned(),
        automatic,
        vector,
    };
    let now = contents.heads.vector();
    contents.versions = vec![version("1", early, true), version("2", now, false)];
    let project = contents.project.clone();
    let contents = Contents::assemble(project, contents.heads.clone(), Log::from(contents));
    let (bytes, _) = image_of(&contents).unwrap();
    let conflicts = conflicts_of(&contents).unwrap();
    assert!(!conflicts.is_empty());
    (bytes, Whole::of(&contents), conflicts)
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    match random.below(8) {
        0 => bytes.truncate(random.below(bytes.len())),
        1 => {
            let pages = bytes.len() / 4096;
            let (one, other) = (random.below(pages) * 4096, random.below(pages) * 4096);
            for at in 0..4096 {
                bytes.swap(one + at, other + at);
            }
        }
        2 => {
            let (from, length) = (random.below(bytes.len()), random.below(300));
            let end = (from + length).min(bytes.len());
            bytes[from..end].fill(0);
        }
        _ => {
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
    }
}

fn outcome(bytes: &[u8], whole: &Whole, reader: Reader) -> Outcome {
    let metadata = fs::metadata(".").unwrap();
    let file = FileImage {
        path: PathBuf::from("mutated.backcast"),
        fingerprint: Fingerprint::of(bytes, &metadata),
        bytes: bytes.to_vec(),
    };
    if bytes.is_empty() {
        return Outcome::Said;
    }
    match file.read() {
        Ok(reading) if reading.altered.is_some() && reader == Reader::Ours => Outcome::Said,
        Ok(reading) if Whole::of(&reading.contents) == *whole => Outcome::Right,
        Ok(_) => Outcome::Silent,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            Outcome::Said
        }
    }
}

/// Opens a mutated file for work, looks for damage and rescues what is whole.
fn outcome_of_work(
    bytes: &[u8],
    (whole, conflicts): (&Whole, &[Conflict]),
    folder: &Path,
) -> Outcome {
    let path = folder.join("mutated.backcast");
    fs::write(&path, bytes).unwrap();
    // A file that is read although it was mutated says so when it is verified, unless it is as it was.
    let verified = crate::rescue::verify(&path);
    let whole_again = folder.join("rescued.backcast");
    let at = Timestamp::UNIX_EPOCH;
    if crate::rescue::rescue(&path, &whole_again, Existing::Replace, at).is_ok() {
        crate::file::read(&whole_again).unwrap();
    }
    let data = DataFolder::new(folder.join("data"));
    let opened: Result<Store, StoreError> = Store::open(&data, &path, at);
    let outcome = match opened {
        Err(error) => {
            assert!(!error.to_string().is_empty());
            Outcome::Said
        }
        Ok(store) if store.is_read_only() => Outcome::Said,
        Ok(mut store) => {
            let right = *store.project() == whole.project
                && store.changes().unwrap() == whole.changes
                && store.conflicts() == conflicts
                && verified.is_ok();
            store.keep_version("It can be worked on", at).unwrap();
            if right {
                Outcome::Right
            } else {
                Outcome::Silent
            }
        }
    };
    fs::remove_dir_all(data.path()).unwrap();
    outcome
}

fn run(mutations: u64, seed: u64, reader: Reader) -> Vec<Outcome> {
    /// How many mutated files are only read for each one that is also worked on.
    const WORKED_ON: u64 = 20;
    let (bytes, whole, conflicts) = sample();
    assert_eq!(outcome(&bytes, &whole, reader), Outcome::Right);
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    let folder = folder.unwrap();
    let mut random = Random(seed);
    let mut outcomes = Vec::new();
    for number in 0..mutations {
        let mut mutated = bytes.clone();
        mutate(&mut mutated, &mut random);
        outcomes.push(outcome(&mutated, &whole, reader));
        if reader == Reader::Ours && number % WORKED_ON == 0 {
            outcomes.push(outcome_of_work(
                &mutated,
                (&whole, &conflicts),
                folder.path(),
            ));
        }
    }
    outcomes
}

/// `make soak` asks for more.
fn mutations() -> u64 {
    let asked = std::env::var("BACKCAST_MUTATIONS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(2_000)
}

/// Half of the mutations, so that two tests run side by side.
fn a_damaged_file_is_right_or_says_so(seed: u64) {
    let outcomes = run(mutations() / 2, seed, Reader::Ours);
    assert!(!outcomes.contains(&Outcome::Silent));
    assert!(outcomes.contains(&Outcome::Right) && outcomes.contains(&Outcome::Said));
}

#[test]
fn a_damaged_file_is_right_or_says_so_1() {
    a_damaged_file_is_right_or_says_so(42);
}

#[test]
fn a_damaged_file_is_right_or_says_so_2() {
    a_damaged_file_is_right_or_says_so(4_242);
}

/// Every byte, or only those that say how the rest is read: the file's head and each page's.
#[test]
fn a_single_flipped_byte_is_right_or_says_so() {
    const HEAD: usize = 100;
    const PAGES_HEAD: usize = 12;
    let (bytes, whole, _) = sample();
    let all = mutations() > 2_000;
    for at in 0..bytes.len() {
        if !all && at >= HEAD && at % 4096 >= PAGES_HEAD {
            continue;
        }
        for flip in [1_u8, 0xff] {
            let mut mutated = bytes.clone();
            mutated[at] ^= flip;
            let outcome = outcome(&mutated, &whole, Reader::Ours);
            assert_ne!(outcome, Outcome::Silent, "byte {at} ^ {flip:#x}");
        }
    }
}

#[test]
fn control_without_seal_and_chains_damage_goes_unnoticed() {
    assert!(run(500, 42, Reader::Trusting).contains(&Outcome::Silent));
}
