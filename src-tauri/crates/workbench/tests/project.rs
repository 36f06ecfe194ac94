//! An open project: what edits do to rows, gaps, layout and file, and what is told of it.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::sync::mpsc;
use std::time::Duration;

use backcast_model::Edit;
use backcast_workbench::{
    Check, Desk, Environment, Event, ProblemKind, SaveState, View, Workbench, new_map, recent,
    sample_map,
};
use serde_json::{Value, json};

struct Room {
    folder: tempfile::TempDir,
    environment: Environment,
}

fn room() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment::at(folder.path().join("data")).unwrap();
    Room {
        folder,
        environment,
    }
}

fn edits(value: Value) -> Vec<Edit> {
    serde_json::from_value(value).unwrap()
}

fn add_driver() -> Vec<Edit> {
    edits(
        json!([{"op": "insert", "entity": "touchpoint", "value": {"id": "flyer", "name": "Flyer", "kind": "driver"}}]),
    )
}

fn gaps(bench: &mut Workbench) -> Vec<String> {
    bench
        .assessment()
        .gaps()
        .iter()
        .map(|gap| gap.key.to_string())
        .collect()
}

/// The fingerprint of the first fix of a gap.
fn fix_of(bench: &mut Workbench, key: &str) -> String {
    bench.look_into(key, None, View::Planned).unwrap().0[0].fingerprint()
}

#[test]
fn an_edit_is_told_as_rows_then_gaps_then_the_state_of_the_file() {
    let room = room();
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    let ids = bench.edit(&add_driver(), "Add Flyer").unwrap();
    assert_eq!(ids[0].as_str(), "flyer");
    let events = bench.take_events();
    let [
        Event::Changed(changed),
        Event::Gaps(told),
        Event::Status(saved),
    ] = events.as_slice()
    else {
        panic!("{events:?}");
    };
    assert_eq!((changed.revision, told.revision), (1, 1));
    assert_eq!(changed.history.undo.as_deref(), Some("Add Flyer"));
    assert!(
        changed
            .moved
            .cards
            .iter()
            .any(|(id, ..)| id.as_str() == "flyer")
    );
    assert!(
        told.delta
            .added
            .iter()
            .any(|gap| gap.key.to_string() == "orphan-driver:flyer")
    );
    assert_eq!(saved.state, SaveState::Kept);
}

#[test]
fn undo_and_redo_lead_back_and_forth_also_after_reopening() {
    let room = room();
    let path = room.folder.path().join("map.backcast");
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    let before = (bench.map().clone(), gaps(&mut bench));
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    let after = (bench.map().clone(), gaps(&mut bench));
    bench.save_as(&path).unwrap();
    drop(bench);
    let mut bench = Workbench::open(&room.environment, &path).unwrap();
    assert_eq!(bench.history().undo.as_deref(), Some("Add Flyer"));
    bench.undo().unwrap();
    assert_eq!((bench.map().clone(), gaps(&mut bench)), before);
    bench.redo().unwrap();
    assert_eq!((bench.map().clone(), gaps(&mut bench)), after);
}

#[test]
fn a_refused_edit_changes_nothing_and_tells_nothing() {
    let room = room();
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    let before = bench.map().clone();
    let wrong = edits(json!([
        {"op": "set", "entity": "map", "field": "title", "value": "New"},
        {"op": "delete", "entity": "touchpoint", "id": "nobody"},
    ]));
    let problem = bench.edit(&wrong, "Wrong").unwrap_err();
    assert!(
        problem.message.contains("nobody") && problem.place.as_deref() == Some("edit 2"),
        "{problem}"
    );
    assert!(bench.take_events().is_empty());
    assert_eq!(bench.map(), &before);
}

#[test]
fn a_fix_mends_its_gap_in_one_step_with_ids_of_its_own() {
    let room = room();
    let map = new_map(room.environment.catalog(), "Launch", None).unwrap();
    let mut bench = Workbench::create(&room.environment, map).unwrap();
    let first = fix_of(&mut bench, "no-destination");
    bench.fix_gap("no-destination", &first).unwrap();
    assert!(!gaps(&mut bench).contains(&"no-destination".to_owned()));
    let id = bench.map().touchpoints.ids().next().unwrap().to_string();
    let suffix = id.rsplit_once('-').unwrap().1;
    assert_eq!(
        suffix.len(),
        6,
        "{id}: the same fix elsewhere gives another id"
    );
    bench.undo().unwrap();
    assert!(bench.map().touchpoints.is_empty());
    assert!(
        bench
            .fix_gap("dead-end:nobody", &first)
            .unwrap_err()
            .message
            .contains("not there any more")
    );
}

#[test]
fn a_fix_may_lead_a_link_to_what_it_adds() {
    let room = room();
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    let letter = edits(json!([
        {"op": "insert", "entity": "touchpoint", "value": {"id": "letter", "name": "Letter", "kind": "driver", "channel": "email"}},
        {"op": "insert", "entity": "touchpoint", "value": {"id": "ad", "name": "Ad", "kind": "driver", "entry": true}},
        {"op": "insert", "entity": "link", "value": {"id": "asked", "from": "ad", "to": "letter"}},
    ]));
    bench.edit(&letter, "Add a letter").unwrap();
    let fix = fix_of(&mut bench, "push-without-consent:letter");
    bench.fix_gap("push-without-consent:letter", &fix).unwrap();
    assert!(!gaps(&mut bench).contains(&"push-without-consent:letter".to_owned()));
    let form = bench.map().links.get("asked").unwrap().to.to_string();
    assert!(form.starts_with("sign-up-form-"), "{form}");
}

#[test]
fn a_fix_that_would_do_something_else_by_now_is_refused() {
    let room = room();
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    let shown = fix_of(&mut bench, "orphan-driver:flyer");
    let to_stage = edits(
        json!([{"op": "set", "entity": "touchpoint", "id": "flyer", "field": "name", "value": "Leaflet"}]),
    );
    bench.edit(&to_stage, "Rename").unwrap();
    let before = bench.map().clone();
    let problem = bench.fix_gap("orphan-driver:flyer", &shown).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Stale, "{problem}");
    assert_eq!(bench.map(), &before);
    let fresh = fix_of(&mut bench, "orphan-driver:flyer");
    bench.fix_gap("orphan-driver:flyer", &fresh).unwrap();
    assert!(!gaps(&mut bench).contains(&"orphan-driver:flyer".to_owned()));
}

#[test]
fn a_dismissal_says_who_made_it() {
    let room = room();
    let environment = room.environment.with_author("Ada");
    let mut bench = Workbench::create(&environment, sample_map()).unwrap();
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    bench
        .dismiss_gap("orphan-driver:flyer", "handed out by hand")
        .unwrap();
    let dismissal = bench.map().dismissals.iter().next().unwrap();
    assert_eq!(dismissal.by.as_deref(), Some("Ada"));
}

#[test]
fn a_dismissed_gap_stays_in_the_file_and_can_be_reopened() {
    let room = room();
    let path = room.folder.path().join("map.backcast");
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    bench
        .dismiss_gap("orphan-driver:flyer", "handed out by hand")
        .unwrap();
    bench.save_as(&path).unwrap();
    drop(bench);
    let mut bench = Workbench::open(&room.environment, &path).unwrap();
    let is_open = |bench: &mut Workbench| {
        let assessment = bench.assessment();
        assessment
            .gaps()
            .iter()
            .any(|gap| gap.is_open() && gap.key.to_string() == "orphan-driver:flyer")
    };
    assert!(!is_open(&mut bench));
    bench.reopen_gap("orphan-driver:flyer").unwrap();
    assert!(is_open(&mut bench));
}

#[test]
fn the_state_of_the_file_is_the_truth() {
    let room = room();
    let path = room.folder.path().join("map.backcast");
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    assert_eq!(bench.saved().state, SaveState::Kept);
    bench.save_as(&path).unwrap();
    assert_eq!(bench.saved().state, SaveState::Saved);
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    assert_eq!(bench.saved().state, SaveState::Editing);
    bench.save();
    assert_eq!(bench.saved().state, SaveState::Saved);
    let read = backcast_workbench::project_file::read(&path).unwrap();
    assert!(read.touchpoints.contains("flyer"));
}

#[test]
fn a_map_without_a_file_is_kept_and_offered_again() {
    let room = room();
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    drop(bench);
    let listed = recent::list(&room.environment);
    let [kept] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!(
        (kept.path.as_ref(), kept.title.as_str()),
        (None, "Escape My House")
    );
    let bench = recent::open(&room.environment, &kept.id).unwrap();
    assert!(bench.map().touchpoints.contains("flyer"));
}

#[test]
fn opening_the_text_form_leaves_the_text_alone() {
    let room = room();
    let path = room.folder.path().join("map.backcast.json");
    let text = backcast_exchange::write(&sample_map());
    std::fs::write(&path, &text).unwrap();
    let mut bench = Workbench::open(&room.environment, &path).unwrap();
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    bench.save();
    assert_eq!(
        (bench.path(), std::fs::read_to_string(&path).unwrap()),
        (None, text)
    );
}

#[test]
fn a_desk_answers_after_its_events_and_saves_by_itself() {
    let room = room();
    let path = room.folder.path().join("map.backcast");
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    bench.save_as(&path).unwrap();
    bench.take_events();
    let (told, events) = mpsc::channel();
    let desk = Desk::start(bench, move |event| drop(told.send(event))).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime
        .block_on(desk.ask(|bench| bench.edit(&add_driver(), "Add Flyer")))
        .unwrap();
    assert!(
        matches!(events.try_recv(), Ok(Event::Changed(_))),
        "the event is out before the answer"
    );
    let patience = Duration::from_secs(60);
    while !matches!(events.recv_timeout(patience).unwrap(), Event::Status(saved) if saved.state == SaveState::Saved)
    {
    }
    assert!(
        backcast_workbench::project_file::read(&path)
            .unwrap()
            .touchpoints
            .contains("flyer")
    );
}

#[test]
fn a_file_that_was_opened_is_first_in_the_list_once_somebody_was_answered() {
    let room = room();
    let paths = ["one", "two"].map(|name| room.folder.path().join(name).with_extension("backcast"));
    for path in &paths {
        let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
        bench.save_as(path).unwrap();
        bench.leave();
    }
    let listed = || recent::list(&room.environment)[0].path.clone().unwrap();
    assert_eq!(listed(), paths[1]);
    let bench = Workbench::open(&room.environment, &paths[0]).unwrap();
    let desk = Desk::start(bench, drop).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for _ in 0..2 {
        runtime.block_on(desk.ask(|_| Ok(()))).unwrap();
    }
    assert_eq!(listed(), paths[0]);
}

#[test]
fn the_layout_of_a_large_map_follows_it_and_is_the_whole_one() {
    let room = room();
    let rows: Vec<_> = (0..600)
        .map(|at| json!({"id": format!("t{at}"), "name": "T", "kind": "driver"}))
        .collect();
    let links: Vec<_> = (0..599)
        .map(|at| json!({"from": format!("t{at}"), "to": format!("t{}", at + 1)}))
        .collect();
    let text = json!({"format": "backcast-map", "version": 1, "title": "Large", "touchpoints": rows, "links": links});
    let map = backcast_exchange::read(text.to_string().as_bytes()).unwrap();
    let bench = Workbench::create(&room.environment, map).unwrap();
    let whole = backcast_layout::lay_out(bench.map(), &bench.geometry());
    assert!(bench.layout_soon().is_none_or(|layout| layout == whole));
    assert_eq!(bench.layout(), whole);
    assert_eq!(bench.layout_soon(), Some(whole));
}

#[test]
fn a_desk_saves_what_is_left_when_it_is_let_go() {
    let room = room();
    let path = room.folder.path().join("map.backcast");
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    bench.save_as(&path).unwrap();
    bench.edit(&add_driver(), "Add Flyer").unwrap();
    bench.take_events();
    let (told, events) = mpsc::channel();
    drop(Desk::start(bench, move |event| drop(told.send(event))).unwrap());
    while events.recv_timeout(Duration::from_secs(60)).is_ok() {}
    assert!(
        backcast_workbench::project_file::read(&path)
            .unwrap()
            .touchpoints
            .contains("flyer")
    );
}

#[test]
fn what_is_live_is_read_alone_and_where_it_stands() {
    let room = room();
    let mut bench = Workbench::create(&room.environment, sample_map()).unwrap();
    let planned: Vec<_> = bench.map().touchpoints.ids().take(3).cloned().collect();
    let plan = |(id, status): (&backcast_model::Id, &str)| Edit::Set {
        entity: backcast_model::Entity::Touchpoint,
        id: id.to_string(),
        field: "status".into(),
        value: json!(status),
    };
    let states = ["planned", "stopped", "planned"];
    let edits: Vec<_> = planned.iter().zip(states).map(plan).collect();
    bench.edit(&edits, "Plan").unwrap();
    let (before, whole) = (bench.map().clone(), bench.layout());

    let live = bench.read_as(None, View::LiveOnly).unwrap();
    let left = before.touchpoints.len() - planned.len();
    assert_eq!(
        (live.map.touchpoints.len(), live.layout.cards.len()),
        (left, left)
    );
    assert!(
        planned
            .iter()
            .all(|id| !live.map.touchpoints.contains(id.as_str()))
    );
    assert!(
        live.layout
            .cards
            .iter()
            .all(|card| whole.cards.contains(card))
    );
    let day = "2026-11-27".parse().unwrap();
    let check = Check::run(&room.environment, &before, day, None, View::LiveOnly).unwrap();
    let told: Value = serde_json::from_str(&check.json()).unwrap();
    let keys: Vec<_> = live
        .assessment
        .gaps()
        .iter()
        .map(|gap| gap.key.to_string())
        .collect();
    let checked: Vec<_> = told["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| gap["key"].clone())
        .collect();
    assert_eq!(keys.len(), checked.len());
    assert_eq!(*bench.map(), before);

    let race = bench.read_as(Some("race"), View::LiveOnly).unwrap();
    assert_eq!(
        (race.map.touchpoints.len(), race.map.stages.len()),
        (left, 4)
    );
    let key = &keys[0];
    assert!(bench.look_into(key, None, View::LiveOnly).is_ok());
}
