//! Change logs made to harm by somebody who knows how seals and chains are made: every hash fits,
//! but what is told cannot have happened. Refused, or read without harm.

use std::path::PathBuf;

use backcast_model::{Id, Map, MapProperties, Project};
use jiff::Timestamp;

use crate::contents::{Contents, Draft, Reading};
use crate::data_folder::DataFolder;
use crate::error::StoreError;
use crate::fingerprint::Fingerprint;
use crate::log::{Actor, Change, ChangeKind, Stamp, chain};
use crate::store::Store;
use crate::stranger::FileImage;
use crate::working::image_of;

fn ann() -> Actor {
    Actor::from_number(7)
}

fn stamp(seq: u64) -> Stamp {
    Stamp { actor: ann(), seq }
}

/// Writes a log of three changes whose last one was tampered with, and everything made to fit.
fn forged(tamper: impl FnOnce(&mut Change)) -> Vec<u8> {
    let project = Project {
        id: Id::new("forged").unwrap(),
        map: Map::new(MapProperties::titled("Forged")),
    };
    let mut contents = Contents::new(project, &ann(), "Ann", Timestamp::UNIX_EPOCH);
    for _ in 0..2 {
        let draft = Draft {
            actor: &ann(),
            at: Timestamp::UNIX_EPOCH,
            label: "Step".to_owned(),
            kind: ChangeKind::new("set"),
            reverts: None,
            ops: "[]".to_owned(),
        };
        let change = draft.follow(&contents.heads);
        contents.heads.append(&change).unwrap();
        contents.changes.push(change);
    }
    let mut last = contents.changes.pop().unwrap();
    tamper(&mut last);
    last.hash = chain(&contents.changes[1].hash, &last);
    let mut heads = crate::log::Heads::new("forged");
    heads.introduce(&ann(), "Ann");
    contents.changes.push(last);
    for change in &contents.changes {
        heads.append(change).unwrap();
    }
    contents.heads = heads;
    image_of(&contents).unwrap().0
}

fn read(bytes: &[u8]) -> Result<Reading, StoreError> {
    let file = FileImage {
        path: PathBuf::from("forged.backcast"),
        fingerprint: Fingerprint::of(bytes, &std::fs::metadata(".").unwrap()),
        bytes: bytes.to_vec(),
    };
    file.read()
}

#[test]
fn a_log_that_is_whole_is_read() {
    assert_eq!(read(&forged(|_| {})).unwrap().altered, None);
}

#[test]
fn a_log_that_cannot_have_happened_is_marked() {
    type Tamper = fn(&mut Change);
    let cases: [(&str, Tamper); 5] = [
        ("a place at the end of all", |change| {
            change.lamport = 1 << 62;
        }),
        ("a place before its own past, claimed again", |change| {
            change.seen.advance(&ann(), 3);
        }),
        ("has seen what is not there", |change| {
            change.seen.advance(&Actor::from_number(9), 1);
        }),
        ("has seen what comes later", |change| {
            change.seen.advance(&ann(), 99);
        }),
        ("a place one too far", |change| {
            change.lamport = 4;
        }),
    ];
    for (case, tamper) in cases {
        match read(&forged(tamper)) {
            Ok(reading) => assert!(reading.altered.is_some(), "{case}"),
            Err(error) => assert!(!error.to_string().is_empty(), "{case}"),
        }
    }
}

/// Undos in circles: of itself, of what is not there, of one another.
#[test]
fn undos_that_take_themselves_back_do_no_harm() {
    let undo = |seq: u64| {
        move |change: &mut Change| {
            change.kind = ChangeKind::UNDO;
            change.reverts = Some(stamp(seq));
        }
    };
    for seq in [3, 99, 1] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forged.backcast");
        std::fs::write(&path, forged(undo(seq))).unwrap();
        let data = DataFolder::new(folder.path().join("data"));
        let mut store = Store::open(&data, &path, Timestamp::UNIX_EPOCH).unwrap();
        for _ in 0..5 {
            store.undo(Timestamp::UNIX_EPOCH).unwrap();
            store.redo(Timestamp::UNIX_EPOCH).unwrap();
        }
        store.publish(Timestamp::UNIX_EPOCH).unwrap();
    }
}
