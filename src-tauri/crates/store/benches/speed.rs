//! How fast projects are edited, published, opened and merged, and how long their files are.
//! `cargo bench -p backcast-store` prints medians and high percentiles beside what they are to stay
//! below; nothing is asserted.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that prints figures and may fail loudly"
)]

use std::io::Write;
use std::time::{Duration, Instant};

use backcast_model::edit::{Edit, apply};
use backcast_model::{Entity, Fields, Id, Map, MapBuilder, MapProperties, Project};
use backcast_store::{DataFolder, Existing, Op, ProjectFile, Store, read};
use jiff::Timestamp;
use serde_json::{Value, json};

/// A map with stages, audiences, `touchpoints` touchpoints and twice as many links.
fn generated(touchpoints: usize) -> Map {
    let mut builder = MapBuilder::new(MapProperties::titled("Generated"));
    let mut push = |entity, value: Value| {
        let Value::Object(fields) = value else { return };
        builder
            .push(entity, None, Fields::from_iter(fields))
            .unwrap();
    };
    for stage in 0..6 {
        push(
            Entity::Stage,
            json!({"id": format!("stage-{stage}"), "name": format!("Stage {stage}"), "moment": "aware"}),
        );
    }
    push(
        Entity::Audience,
        json!({"id": "households", "name": "Households", "size": 120_000}),
    );
    for at in 0..touchpoints {
        push(
            Entity::Touchpoint,
            json!({
                "id": format!("touchpoint-{at:05}"), "name": format!("Touchpoint number {at}"),
                "kind": if at % 50 == 0 { "destination" } else { "driver" }, "stage": format!("stage-{}", at % 6),
                "channel": "paid-social", "media": ["paid", "shared"], "cta": "Take the experience",
                "audiences": ["households"], "budget": 1250.5, "position": [120.0 + at as f64, 80.0],
                "flights": [["2026-01-05", "2026-02-01"]], "owner": "Ann"
            }),
        );
    }
    for at in 0..touchpoints * 2 {
        let to = (at * 7 + at / touchpoints + 1) % touchpoints;
        push(
            Entity::Link,
            json!({
                "id": format!("link-{at:05}"), "from": format!("touchpoint-{:05}", at % touchpoints),
                "to": format!("touchpoint-{to:05}"), "rate": [0.01, 0.02, 0.04], "cta": "Search the plan"
            }),
        );
    }
    builder.finish().unwrap()
}

fn now(step: usize) -> Timestamp {
    Timestamp::from_millisecond(1_795_000_000_000 + 60_000 * step as i64).unwrap()
}

/// The edits planners make most: a drag, a new name, a budget.
fn step(store: &mut Store, touchpoints: usize, number: usize) {
    let id = format!("touchpoint-{:05}", number * 31 % touchpoints);
    let (field, value, label) = match number % 5 {
        0 => (
            "name",
            json!(format!("Renamed {number}")),
            format!("Rename \u{201c}Touchpoint {number}\u{201d}"),
        ),
        1 => ("budget", json!(number), "Set budget".to_owned()),
        _ => (
            "position",
            json!([number % 4000, number % 900]),
            format!("Move \u{201c}Touchpoint {number}\u{201d}"),
        ),
    };
    let edit = Edit::Set {
        entity: Entity::Touchpoint,
        id,
        field: field.to_owned(),
        value,
    };
    let op = Op::new("set", label);
    store
        .transact(op, now(number), |map| {
            apply(map, &[edit], &mut |name| Id::from_name(name, "x"))
        })
        .unwrap();
}

/// What a figure is to stay below, in milliseconds: the median, and one in a hundred where that is
/// measured often enough to tell.
#[derive(Clone, Copy)]
struct Target {
    median: f64,
    high: Option<f64>,
}

impl Target {
    const fn below(median: f64) -> Option<Self> {
        Some(Self { median, high: None })
    }
}

/// Prints a line and gives the median in milliseconds.
fn print(what: &str, mut times: Vec<Duration>, target: Option<Target>) -> f64 {
    times.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let median = milliseconds(times[times.len() / 2]);
    let high = milliseconds(times[times.len() * 99 / 100]);
    let often = times.len() >= 300;
    let name = if often { "p99" } else { "max" };
    let verdict = |figure: f64, most: f64| {
        let word = if figure < most { "ok" } else { "ABOVE" };
        format!("< {most:.0}: {word}")
    };
    let told = target.map_or_else(String::new, |target| {
        let high = target
            .high
            .map(|most| format!(", p99 {}", verdict(high, most)));
        format!(
            "p50 {}{}",
            verdict(median, target.median),
            high.unwrap_or_default()
        )
    });
    println!(
        "{what:<62} n={:<5} p50 {median:>8.2} ms  {name} {high:>8.2} ms  {told}",
        times.len()
    );
    median
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    times.push(start.elapsed());
    result
}

fn edits(touchpoints: usize) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let project = Project {
        id: Id::new("bench").unwrap(),
        map: generated(touchpoints),
    };
    let mut store = Store::create(
        &DataFolder::new(folder.path().join("data")),
        project,
        now(0),
    )
    .unwrap();
    let mut times = Vec::new();
    for number in 0..3000 {
        timed(&mut times, || step(&mut store, touchpoints, number));
    }
    let target = Some(Target {
        median: 4.0,
        high: Some(20.0),
    });
    let median = print(
        &format!("one edit committed at {touchpoints} touchpoints"),
        times,
        target,
    );
    let mut times = Vec::new();
    for _ in 0..500 {
        timed(&mut times, || store.undo(now(4000)).unwrap());
    }
    print(
        &format!("one undo at {touchpoints} touchpoints"),
        times,
        target,
    );
    median
}

/// The cheapest that a commit can be on this disk: a page written and synced.
fn disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = std::fs::File::create(folder.path().join("page")).unwrap();
    let mut times = Vec::new();
    for _ in 0..500 {
        timed(&mut times, || {
            file.write_all(&[7; 4096]).unwrap();
            file.sync_data().unwrap();
        });
    }
    print("a page written and synced on this disk", times, None);
}

fn files(touchpoints: usize, changes: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.backcast");
    let project = Project {
        id: Id::new("bench").unwrap(),
        map: generated(touchpoints),
    };
    let data = DataFolder::new(folder.path().join("data")).with_author("Ann");
    let mut store = Store::create(&data, project, now(0)).unwrap();
    store.publish_as(&path, Existing::Refuse, now(0)).unwrap();
    let before = std::fs::metadata(&path).unwrap().len();
    for number in 0..changes {
        step(&mut store, touchpoints, number);
    }
    store.publish(now(changes)).unwrap();
    let after = std::fs::metadata(&path).unwrap().len();
    let each = (after - before) as f64 / changes as f64;
    let word = if each <= 200.0 { "ok" } else { "ABOVE" };
    println!(
        "file: {before} bytes, with {changes} changes {after}: {each:.1} bytes a change  \u{2264} 200: {word}"
    );
    let (mut publish, mut look, mut first, mut again) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for number in 0..25 {
        step(&mut store, touchpoints, number);
        timed(&mut publish, || store.publish(now(changes)).unwrap());
        timed(&mut look, || read(&path).unwrap());
        let fresh = DataFolder::new(folder.path().join(format!("data {number}")));
        drop(timed(&mut first, || {
            Store::open(&fresh, &path, now(changes)).unwrap()
        }));
        timed(&mut again, || {
            Store::open(&fresh, &path, now(changes)).unwrap()
        });
    }
    let size = format!("{touchpoints} touchpoints, {changes} changes");
    print(&format!("publish: {size}"), publish, Target::below(150.0));
    print(&format!("read: {size}"), look, Target::below(250.0));
    print(
        &format!("open for the first time: {size}"),
        first,
        Target::below(250.0),
    );
    print(&format!("open again: {size}"), again, Target::below(250.0));
}

fn merges(touchpoints: usize, changes: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (
        folder.path().join("ours.backcast"),
        folder.path().join("theirs.backcast"),
    );
    let data = |name: &str| DataFolder::new(folder.path().join(name)).with_author(name);
    let project = Project {
        id: Id::new("bench").unwrap(),
        map: generated(touchpoints),
    };
    ProjectFile::write_new(&path, &project, "", Existing::Refuse, now(0)).unwrap();
    std::fs::copy(&path, &other).unwrap();
    let mut theirs = Store::open(&data("Bob"), &other, now(0)).unwrap();
    for number in 0..changes {
        step(&mut theirs, touchpoints, number * 3);
    }
    theirs.publish(now(changes)).unwrap();
    let mut times = Vec::new();
    let mut conflicts = 0;
    for round in 0..15 {
        let mut ours = Store::open(&data(&format!("Ann {round}")), &path, now(0)).unwrap();
        for number in 0..changes {
            step(&mut ours, touchpoints, number * 2);
        }
        timed(&mut times, || ours.merge(&other, now(changes)).unwrap());
        conflicts = ours.conflicts().len();
    }
    print(
        &format!(
            "merge of {changes} against {changes} changes at {touchpoints} touchpoints ({conflicts} conflicts)"
        ),
        times,
        Target::below(500.0),
    );
}

fn main() {
    disk();
    let (small, large) = (edits(300), edits(5_000));
    println!(
        "an edit at 5000 touchpoints takes {:.2} times one at 300",
        large / small
    );
    files(5_000, 10_000);
    merges(5_000, 1_000);
}
