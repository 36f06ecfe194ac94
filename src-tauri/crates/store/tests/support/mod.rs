//! What the tests of this crate share: a data folder of their own, a small project, edits as text.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test file uses its part, and may fail loudly"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use backcast_model::edit::{Applied, Edit, RefusedEdit, apply};
use backcast_model::{Id, Map, MapProperties, Project};
use backcast_store::{
    Committed, DataFolder, Existing, Op, ProjectFile, Store, StoreError, TransactError,
};
use jiff::Timestamp;
use tempfile::TempDir;

/// A folder for one test, with room for several computers.
pub struct Desk {
    folder: TempDir,
    counter: Arc<AtomicU64>,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            counter: Arc::new(AtomicU64::new(1)),
        }
    }

    /// The data folder of a person's computer; random numbers repeat from run to run.
    pub fn computer(&self, author: &str) -> DataFolder {
        // Spread over all digits, so that the order of actors is not the order of their making.
        let counter = Arc::clone(&self.counter);
        DataFolder::new(self.folder.path().join(format!("data of {author}")))
            .with_author(author)
            .with_randomness(move || {
                Ok(counter
                    .fetch_add(1, Ordering::Relaxed)
                    .wrapping_mul(0x9e37_79b9_7f4a_7c15))
            })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Seconds after a fixed morning.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

/// A project with two stages, an audience, three touchpoints and two links.
pub fn sample() -> Project {
    let map = Map::new(MapProperties::titled("Escape my house"));
    let edits = r#"[
        {"op":"set","entity":"map","field":"currency","value":"EUR"},
        {"op":"insert","entity":"stage","value":{"id":"discover","name":"Discover","moment":"aware"}},
        {"op":"insert","entity":"stage","value":{"id":"buy","name":"Buy","moment":"buying","later":{"colour":"red"}}},
        {"op":"insert","entity":"audience","value":{"id":"households","name":"Households","cycle_days":2.5,"size":120000}},
        {"op":"insert","entity":"system","value":{"id":"crm","name":"CRM"}},
        {"op":"insert","entity":"touchpoint","value":{"id":"tv","name":"TV spot","kind":"driver","stage":"discover",
            "channel":"tv","audiences":["households"],"budget":12.5,"entry":true,"position":[10.5,20],
            "flights":[["2026-01-05","2026-02-01"]]}},
        {"op":"insert","entity":"touchpoint","value":{"id":"search","name":"Search","kind":"driver","conversion_rate":0.02}},
        {"op":"insert","entity":"touchpoint","value":{"id":"shop","name":"Shop","kind":"destination","stage":"buy"}},
        {"op":"insert","entity":"link","value":{"from":"tv","to":"search","rate":[0.01,0.02,0.04],"lag_days":3}},
        {"op":"insert","entity":"link","value":{"from":"search","to":"shop","id":"last"}},
        {"op":"insert","entity":"dismissal","value":{"rule":"dead-end","subjects":["tv"],"reason":"on purpose"}}
    ]"#;
    Project {
        id: Id::new("project-1").unwrap(),
        map: edited(&map, edits).unwrap().map,
    }
}

/// Writes the sample as a project with this id.
pub fn write_new_sample(path: &Path, id: &str, existing: Existing) {
    let project = Project {
        id: Id::new(id).unwrap(),
        ..sample()
    };
    write_new(path, &project, existing, at(0)).unwrap();
}

/// Writes a project as a new file, with a step by nobody.
pub fn write_new(
    path: &Path,
    project: &Project,
    existing: Existing,
    now: Timestamp,
) -> Result<(), StoreError> {
    ProjectFile::write_new(path, project, "", existing, now)
}

/// Edits given as the JSON array of `backcast apply`.
pub fn edited(map: &Map, edits: &str) -> Result<Applied, RefusedEdit> {
    let edits: Vec<Edit> = serde_json::from_str(edits).unwrap();
    let mut count = 0;
    apply(map, &edits, &mut |name| {
        count += 1;
        Id::from_name(name, &format!("{}-{count}", map.touchpoints.len()))
    })
}

/// Does edits in one step.
pub fn edit(store: &mut Store, label: &str, second: i64, edits: &str) -> Committed {
    try_edit(store, label, second, edits).unwrap()
}

/// Does edits in one step, or says why not.
pub fn try_edit(
    store: &mut Store,
    label: &str,
    second: i64,
    edits: &str,
) -> Result<Committed, TransactError<RefusedEdit>> {
    store.transact(Op::new("test", label), at(second), |map| edited(map, edits))
}

/// An edit that writes a touchpoint's name.
pub fn name(id: &str, name: &str) -> String {
    format!(r#"[{{"op":"set","entity":"touchpoint","id":"{id}","field":"name","value":"{name}"}}]"#)
}

/// A touchpoint's name.
pub fn name_of<'a>(map: &'a Map, id: &str) -> &'a str {
    map.touchpoints
        .get(id)
        .map_or("(gone)", |touchpoint| &touchpoint.name)
}

/// A project of Ann's, published as `plan.backcast`.
pub fn published(desk: &Desk) -> (Store, PathBuf) {
    let path = desk.path("plan.backcast");
    let mut store = Store::create(&desk.computer("Ann"), sample(), at(0)).unwrap();
    store.publish_as(&path, Existing::Refuse, at(1)).unwrap();
    (store, path)
}

/// What a file holds, by way of the hardened reader.
pub fn content(path: &Path) -> Result<Project, StoreError> {
    backcast_store::read(path)
}

/// Ann's published project, and Bob's opened copy of it under another name.
pub fn two(desk: &Desk) -> (Store, Store) {
    let (ann, path) = published(desk);
    let mailed = desk.path("mailed.backcast");
    std::fs::copy(path, &mailed).unwrap();
    (
        ann,
        Store::open(&desk.computer("Bob"), &mailed, at(2)).unwrap(),
    )
}
