//! Harness for power cuts. Every call by which a real process changes files is recorded while it
//! opens a project, edits, publishes, keeps backups and saves under another name; then the recording
//! is played up to any event, and what a disk may hold at that moment is put in place and opened.
//! Controls leave out the syncs of some files or folders, as a program without them would, and must
//! be found out.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod disk;
mod recording;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use backcast_store::{DataFolder, Existing, Notice, Store, backups, read};
use disk::Disk;
use recording::{Event, record};
use support::{at, edit, name, name_of, published, sample, write_new};

/// How many edits are recorded: enough for SQLite to carry its log over into the database.
const EDITS: usize = 160;

/// When the project is saved under another name.
const SAVED_AS: usize = 120;

/// The same numbers from the same start.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// The places in the recorded folder.
struct Places {
    data: PathBuf,
    first: PathBuf,
    second: PathBuf,
    said: PathBuf,
}

impl Places {
    fn of(folder: &Path) -> Self {
        Self {
            data: folder.join("data"),
            first: folder.join("drive/plan.backcast"),
            second: folder.join("drive/saved as.backcast"),
            said: folder.join("said"),
        }
    }

    fn data(&self) -> DataFolder {
        DataFolder::new(&self.data).with_author("Ann")
    }
}

/// What is recorded. What is done is said by writing a line, which is recorded with the rest.
#[test]
#[ignore = "run by the other tests as a process of its own"]
fn part() {
    let places = Places::of(Path::new(&std::env::var("BACKCAST_PART").unwrap()));
    let mut said = fs::File::options().append(true).open(&places.said).unwrap();
    let mut say = |what: &str, number: usize| {
        said.write_all(format!("{what} {number}\n").as_bytes())
            .unwrap();
    };
    let mut store = Store::open(&places.data(), &places.first, at(0)).unwrap();
    for number in 1..=EDITS {
        edit(&mut store, "Add", 1, &add(number));
        say("edited", number);
        // Later each time, so that backups are made, too.
        let later = at(2_000 * i64::try_from(number).unwrap());
        if number == SAVED_AS {
            say("saving", number);
            store
                .publish_as(&places.second, Existing::Refuse, later)
                .unwrap();
            say("saved", number);
        } else if number % 20 == 0 {
            store.publish(later).unwrap();
            say("published", number);
        }
        if number == 30 {
            store.keep_version("Pitch", later).unwrap();
            say("kept", number);
        }
    }
}

fn add(number: usize) -> String {
    format!(
        r#"[{{"op":"insert","entity":"touchpoint","value":{{"id":"e-{number}","name":"x","kind":"driver"}}}}]"#
    )
}

/// What was said by a moment.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    edited: usize,
    published: usize,
    saving: bool,
    saved: bool,
    kept: bool,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let (what, number) = line.trim().split_once(' ').unwrap();
        let number = number.parse().unwrap();
        match what {
            "edited" => self.edited = number,
            "published" => self.published = number,
            "saving" => self.saving = true,
            "saved" => (self.saved, self.published) = (true, number),
            "kept" => self.kept = true,
            other => panic!("{other}"),
        }
    }
}

/// How many of the edits are there, without a hole; `None`: there is a hole.
fn edits_in(map: &backcast_model::Map) -> Option<usize> {
    let there = |number: usize| map.touchpoints.get(&format!("e-{number}")).is_some();
    let count = (1..=EDITS).take_while(|number| there(*number)).count();
    (count + 1..=EDITS)
        .all(|number| !there(number))
        .then_some(count)
}

/// Opens what is left and says what is missing. While the project is saved under another name, the
/// edits are under the one name or under the other.
fn check(places: &Places, said: Said) -> Result<(), String> {
    match (said.saving, said.saved) {
        (_, true) => check_at(&places.second, places, said),
        (false, _) => check_at(&places.first, places, said),
        (true, false) => check_at(&places.first, places, said)
            .or_else(|_| check_at(&places.second, places, said)),
    }
}

fn check_at(path: &Path, places: &Places, said: Said) -> Result<(), String> {
    let file = read(path).map_err(|error| format!("the file: {error}"))?;
    let edits = edits_in(&file.map).ok_or("the file has a hole")?;
    if edits < said.published {
        return Err(format!(
            "{} were published, {edits} are there",
            said.published
        ));
    }
    let data = places.data();
    let mut store =
        Store::open(&data, path, at(900_000)).map_err(|error| format!("opening: {error}"))?;
    let damaged = |notice: &Notice| matches!(notice, Notice::WorkingCopyDamaged { .. });
    if let Some(notice) = store.take_notices().into_iter().find(damaged) {
        return Err(format!("{notice:?}"));
    }
    let edits = edits_in(&store.project().map).ok_or("the working copy has a hole")?;
    if edits < said.edited {
        return Err(format!(
            "{} were acknowledged, {edits} are there",
            said.edited
        ));
    }
    if said.kept
        && !store
            .versions()
            .iter()
            .any(|version| version.name == "Pitch")
    {
        return Err("the version is gone".to_owned());
    }
    for backup in backups(&data, &store.project().id).map_err(|error| error.to_string())? {
        read(&backup.path).map_err(|error| format!("a backup: {error}"))?;
    }
    edit(&mut store, "Rename TV", 900_001, &name("tv", "Television"));
    store
        .publish(at(900_002))
        .map_err(|error| error.to_string())?;
    let file = read(path).map_err(|error| error.to_string())?;
    if name_of(&file.map, "tv") != "Television" {
        return Err("it does not go on".to_owned());
    }
    Ok(())
}

/// A recording, and the folder it is of.
struct Recording {
    folder: PathBuf,
    start: Disk,
    events: Vec<Event>,
    _workshop: tempfile::TempDir,
}

impl Recording {
    fn make() -> Self {
        // In memory where there is room: what outlasts a cut is decided by the model and not by this disk.
        let memory = Path::new("/dev/shm");
        let workshop = tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir());
        let workshop = workshop.unwrap();
        let folder = fs::canonicalize(workshop.path()).unwrap().join("disk");
        let places = Places::of(&folder);
        fs::create_dir_all(places.first.parent().unwrap()).unwrap();
        write_new(&places.first, &sample(), Existing::Refuse, at(0)).unwrap();
        fs::write(&places.said, "").unwrap();
        let start = Disk::of(&folder);
        let mut events = record(&folder, workshop.path());
        // Shared memory of the database, made anew by whoever opens it first.
        let shared = |event: &Event| match event {
            Event::Created(path)
            | Event::Written { path, .. }
            | Event::Cut { path, .. }
            | Event::Synced(path)
            | Event::Removed(path) => path.to_string_lossy().ends_with("-shm"),
            _ => false,
        };
        events.retain(|event| !shared(event));
        Self {
            folder,
            start,
            events,
            _workshop: workshop,
        }
    }

    /// Cuts the power so many times, all along the recording; `forgets`: syncs that are left out.
    fn cut(&mut self, cuts: usize, seed: u64, forgets: fn(&Path) -> bool) -> Result<(), String> {
        let places = Places::of(&self.folder);
        let mut random = Random(seed);
        let mut moments: Vec<usize> = (0..cuts)
            .map(|cut| (cut * self.events.len() + random.below(self.events.len())) / cuts)
            .collect();
        moments.sort_unstable();
        let mut moments = moments.into_iter().peekable();
        let mut disk = std::mem::take(&mut self.start);
        let mut said = Said::default();
        for (number, event) in self.events.iter().enumerate() {
            match event {
                Event::Written { path, data, .. } if *path == places.said => {
                    said.hear(std::str::from_utf8(data).unwrap());
                }
                Event::Synced(path) if forgets(path) => {}
                event => disk.play(event),
            }
            while moments.next_if_eq(&number).is_some() {
                disk.cut(&self.folder, &mut random);
                check(&places, said).map_err(|reason| {
                    format!("cut at event {number} of {}: {reason}", self.events.len())
                })?;
            }
        }
        Ok(())
    }
}

/// `make soak` asks for more.
fn cuts() -> usize {
    std::env::var("BACKCAST_CUTS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(150)
}

#[test]
fn a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged() {
    let mut recording = Recording::make();
    let written = |ending: &str| {
        let is = |event: &&Event| matches!(event, Event::Written { path, .. } if path.to_string_lossy().ends_with(ending));
        recording.events.iter().filter(is).count()
    };
    assert!(written("project.db-wal") > 1000 && written(".tmp") > 10);
    assert!(written("project.db") > 10, "the log was carried over");
    recording.cut(cuts(), 7, |_| false).unwrap();
}

/// As with `PRAGMA synchronous = OFF`.
#[test]
fn control_edits_that_are_not_synced_are_found_out() {
    let is = |path: &Path| path.to_string_lossy().contains("project.db");
    Recording::make().cut(100, 7, is).unwrap_err();
}

#[test]
fn control_publishing_without_syncing_the_folder_is_found_out() {
    let is = |path: &Path| path.ends_with("drive");
    Recording::make().cut(100, 7, is).unwrap_err();
}

#[test]
fn control_publishing_without_syncing_the_file_is_found_out() {
    let is = |path: &Path| path.to_string_lossy().ends_with(".tmp");
    Recording::make().cut(400, 7, is).unwrap_err();
}

#[test]
fn control_a_working_copy_whose_folder_is_not_synced_is_found_out() {
    let is = |path: &Path| path.ends_with("working-copies");
    Recording::make().cut(100, 7, is).unwrap_err();
}

#[test]
fn litter_of_a_cut_publish_goes_and_nothing_else() {
    let desk = support::Desk::new();
    let (mut store, path) = published(&desk);
    let litter = desk.path(".~plan.backcast.0123456789abcdef.tmp");
    let other = desk.path(".~other.backcast.0123456789abcdef.tmp");
    let young = desk.path(".~plan.backcast.fedcba9876543210.tmp");
    let long_ago = fs::FileTimes::new().set_modified(std::time::SystemTime::UNIX_EPOCH);
    for file in [&litter, &other, &young] {
        fs::write(file, "x").unwrap();
    }
    for file in [&litter, &other] {
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_times(long_ago).unwrap();
    }
    edit(&mut store, "Rename", 5, &name("tv", "Telly"));
    store.publish(at(6)).unwrap();
    assert!(!litter.exists() && other.exists() && young.exists());
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "Telly");
}
