//! Harness for damaged files: bytes flipped, ends cut off, pages swapped. A mutated file gives the
//! right content or says what is wrong; it never panics and never shows other content in silence.

use std::path::PathBuf;

use backcast_model::{Entity, Id, Map, MapBuilder, MapProperties, Project};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::contents::{Contents, Draft};
use crate::error::StoreError;
use crate::fingerprint::Fingerprint;
use crate::log::{Actor, ChangeKind};
use crate::stranger::FileImage;
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

/// The bytes of a project with some history.
fn sample() -> (Vec<u8>, Project) {
    let project = Project {
        id: Id::new("mutated").unwrap(),
        map: map(),
    };
    let actor = Actor::from_number(7);
    let mut contents = Contents::new(project, &actor, "Ann", Timestamp::UNIX_EPOCH);
    for number in 0..60 {
        let ops = format!(
            r#"[["s","touchpoint","t{}","position",null,[{number},20]]]"#,
            number % 40
        );
        let draft = Draft {
            actor: &actor,
            at: Timestamp::UNIX_EPOCH,
            label: "Move".to_owned(),
            kind: ChangeKind::new("move"),
            reverts: None,
            ops,
        };
        let change = draft.follow(&contents.heads);
        contents.heads.append(&change).unwrap();
        contents.changes.push(change);
    }
    let (bytes, _) = image_of(&contents).unwrap();
    (bytes, contents.project)
}

fn mutate(bytes: &mut Vec<u8>, random: &mut impl FnMut(usize) -> usize) {
    match random(8) {
        0 => bytes.truncate(random(bytes.len())),
        1 => {
            let pages = bytes.len() / 4096;
            let (one, other) = (random(pages) * 4096, random(pages) * 4096);
            for at in 0..4096 {
                bytes.swap(one + at, other + at);
            }
        }
        2 => {
            let (from, length) = (random(bytes.len()), random(300));
            let end = (from + length).min(bytes.len());
            bytes[from..end].fill(0);
        }
        _ => {
            for _ in 0..=random(3) {
                let at = random(bytes.len());
                bytes[at] ^= 1 << random(8);
            }
        }
    }
}

fn outcome(bytes: Vec<u8>, project: &Project, seal_matters: bool) -> Outcome {
    let metadata = std::fs::metadata(".").unwrap();
    let file = FileImage {
        path: PathBuf::from("mutated.backcast"),
        fingerprint: Fingerprint::of(&bytes, &metadata),
        bytes,
    };
    let read: Result<_, StoreError> = if file.bytes.is_empty() {
        return Outcome::Said;
    } else {
        file.read()
    };
    match read {
        Ok(reading) if reading.contents.project == *project => Outcome::Right,
        Ok(reading) if seal_matters && reading.altered.is_some() => Outcome::Said,
        Ok(_) => Outcome::Silent,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            Outcome::Said
        }
    }
}

fn run(mutations: u64, seed: u64, seal_matters: bool) -> Vec<Outcome> {
    let (bytes, project) = sample();
    assert_eq!(
        outcome(bytes.clone(), &project, seal_matters),
        Outcome::Right
    );
    let mut state = seed;
    let mut random = move |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % most as u64) as usize
    };
    (0..mutations)
        .map(|_| {
            let mut mutated = bytes.clone();
            mutate(&mut mutated, &mut random);
            outcome(mutated, &project, seal_matters)
        })
        .collect()
}

/// `make soak` asks for more.
fn mutations() -> u64 {
    std::env::var("BACKCAST_MUTATIONS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(2_000)
}

/// Half of the mutations, so that two tests run side by side.
fn a_damaged_file_is_right_or_says_so(seed: u64) {
    let outcomes = run(mutations() / 2, seed, true);
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

#[test]
fn control_without_the_seal_damage_goes_unnoticed() {
    assert!(run(500, 42, false).contains(&Outcome::Silent));
}
