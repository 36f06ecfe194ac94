//! An open project among others: its file deleted, replaced, written by somebody else; conflicts, versions, copies.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::{Edit, Entity};
use backcast_workbench::{
    Environment, Event, Point, ProblemKind, SaveState, Workbench, project_file, recent, sample_map,
};
use serde_json::{Value, json};

struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A person with a computer of their own.
    fn person(&self, name: &str) -> Environment {
        let environment = Environment::at(self.path(name)).unwrap();
        environment.with_author(name)
    }

    /// Ada's project with a flyer in it, saved.
    fn project(&self) -> (Workbench, PathBuf) {
        let path = self.path("map.backcast");
        let mut bench = Workbench::create(&self.person("Ada"), sample_map()).unwrap();
        bench.edit(&flyer(), "Add Flyer").unwrap();
        bench.save_as(&path).unwrap();
        bench.take_events();
        (bench, path)
    }

    /// The same project open at two computers, each of whom called the flyer something else and gave it a place.
    fn contested(&self) -> (Workbench, Workbench) {
        let (mut ada, path) = self.project();
        let mut ben = Workbench::open(&self.person("Ben"), &path).unwrap();
        ada.edit(&rename("Leaflet"), "Rename").unwrap();
        ben.edit(&rename("Handbill"), "Rename").unwrap();
        ben.save();
        ada.save();
        (ada, ben)
    }
}

fn edits(value: Value) -> Vec<Edit> {
    serde_json::from_value(value).unwrap()
}

fn flyer() -> Vec<Edit> {
    edits(
        json!([{"op": "insert", "entity": "touchpoint", "value": {"id": "flyer", "name": "Flyer", "kind": "driver"}}]),
    )
}

fn rename(name: &str) -> Vec<Edit> {
    edits(
        json!([{"op": "set", "entity": "touchpoint", "id": "flyer", "field": "name", "value": name}]),
    )
}

fn name_of_flyer(bench: &Workbench) -> &str {
    &bench.map().touchpoints.get("flyer").unwrap().name
}

fn states(events: &[Event]) -> Vec<&SaveState> {
    let states = events.iter().map(|event| match event {
        Event::Status(saved) => Some(&saved.state),
        _ => None,
    });
    states.flatten().collect()
}

#[test]
fn what_somebody_else_puts_into_the_file_is_taken_in_and_told() {
    let room = Room::new();
    let (mut ours, path) = room.project();
    let mut theirs = Workbench::open(&room.person("Ben"), &path).unwrap();
    theirs.edit(&rename("Leaflet"), "Rename Flyer").unwrap();
    theirs.save();

    ours.look_at_file();
    assert_eq!(name_of_flyer(&ours), "Leaflet");
    let told = ours.take_events();
    let taken = told.iter().find_map(|event| match event {
        Event::TakenIn(taken) => Some(taken),
        _ => None,
    });
    let taken = taken.unwrap();
    assert_eq!(
        (taken.authors.as_slice(), taken.steps.as_slice()),
        (
            ["Ben".to_owned()].as_slice(),
            ["Rename Flyer".to_owned()].as_slice()
        )
    );
    assert!(taken.rows.iter().any(|(_, id)| id.as_str() == "flyer"));
    ours.look_at_file();
    assert!(ours.take_events().is_empty(), "it is told once");
}

#[test]
fn a_file_that_is_gone_stays_gone_until_somebody_asks() {
    let room = Room::new();
    let (mut bench, path) = room.project();
    fs::remove_file(&path).unwrap();
    bench.look_at_file();
    assert_eq!(states(&bench.take_events()), [&SaveState::Missing]);
    bench.edit(&rename("Leaflet"), "Rename").unwrap();
    bench.save();
    assert_eq!(bench.saved().state, SaveState::Missing);
    assert!(!path.exists(), "saving by itself does not bring it back");
    assert!(!bench.saved().complete);
    bench.save_again().unwrap();
    assert_eq!(bench.saved().state, SaveState::Saved);
    assert_eq!(
        project_file::read(&path)
            .unwrap()
            .touchpoints
            .get("flyer")
            .unwrap()
            .name,
        "Leaflet"
    );
}

#[test]
fn a_file_that_comes_back_is_gone_on_with() {
    let room = Room::new();
    let (mut bench, path) = room.project();
    let away = room.path("away.backcast");
    fs::rename(&path, &away).unwrap();
    bench.look_at_file();
    bench.edit(&rename("Leaflet"), "Rename").unwrap();
    fs::rename(&away, &path).unwrap();
    bench.look_at_file();
    assert_eq!(bench.saved().state, SaveState::Editing);
    bench.save();
    assert_eq!(bench.saved().state, SaveState::Saved);
}

#[test]
fn a_file_that_is_another_now_is_left_alone() {
    let room = Room::new();
    let (mut bench, path) = room.project();
    let other = new_project(&room, "other.backcast");
    fs::copy(&other, &path).unwrap();
    let content = fs::read(&path).unwrap();
    bench.look_at_file();
    assert!(
        matches!(&bench.saved().state, SaveState::Replaced(reason) if reason.contains("Escape My House"))
    );
    bench.edit(&rename("Leaflet"), "Rename").unwrap();
    bench.save();
    let problem = bench.save_again().unwrap_err();
    assert_eq!(problem.kind, ProblemKind::NotSaved, "{problem}");
    assert_eq!(fs::read(&path).unwrap(), content);
    bench.save_as(&room.path("mine.backcast")).unwrap();
    assert_eq!(bench.saved().state, SaveState::Saved);
}

fn new_project(room: &Room, name: &str) -> PathBuf {
    let path = room.path(name);
    project_file::write_new(&room.person("Ada"), &path, sample_map(), false).unwrap();
    path
}

#[test]
fn saving_over_a_file_keeps_what_stood_there() {
    let room = Room::new();
    let (mut bench, _) = room.project();
    let other = new_project(&room, "other.backcast");
    let content = fs::read(&other).unwrap();
    bench.save_as(&other).unwrap();
    let kept = fs::read_dir(room.path("Ada").join("kept")).unwrap();
    let kept: Vec<_> = kept
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(kept, [content]);
}

#[test]
fn new_files_and_copies_without_history_say_who_made_them_and_name_nobody_else() {
    let room = Room::new();
    let path = new_project(&room, "plan.backcast");
    let authors = |path: &Path| -> Vec<_> {
        let past = backcast_workbench::history::Past::read(path).unwrap();
        past.steps().into_iter().map(|step| step.author).collect()
    };
    assert_eq!(authors(&path), ["Ada"]);
    let dismissal = r#"[{"op":"insert","entity":"dismissal","value":{"rule":"dead-end","subjects":["poster"],
        "reason":"on purpose","by":"Friederike","at":"2026-11-18T10:00:00Z"}}]"#;
    let edits: Vec<_> = serde_json::from_str(dismissal).unwrap();
    project_file::apply(&room.person("Ada"), &path, &edits, "Dismiss").unwrap();
    let bare = room.path("bare.backcast");
    backcast_workbench::history::copy(&room.person("Bob"), &path, &bare, false, false).unwrap();
    assert_eq!(authors(&bare), ["Bob"]);
    let map = project_file::read(&bare).unwrap();
    let copied = map.dismissals.get("dead-end:poster").unwrap();
    assert_eq!(
        (copied.reason.as_str(), &copied.by, &copied.at),
        ("on purpose", &None, &None)
    );
}

#[test]
fn a_copy_has_the_history_or_has_none_and_the_map_stays_where_it_is() {
    let room = Room::new();
    let (mut bench, path) = room.project();
    let (whole, bare) = (room.path("whole.backcast"), room.path("bare.backcast"));
    bench.save_copy(&whole).unwrap();
    bench.save_copy_without_history(&bare).unwrap();
    assert_eq!(bench.path(), Some(path.canonicalize().unwrap().as_path()));
    let steps = |path| {
        backcast_workbench::history::Past::read(path)
            .unwrap()
            .steps()
            .len()
    };
    assert_eq!((steps(&whole), steps(&bare)), (2, 1));
    assert!(
        bench
            .save_copy(&path)
            .unwrap_err()
            .message
            .contains("own file")
    );
}

#[test]
fn a_contested_field_is_told_in_words_and_settled_by_taking_a_side() {
    let room = Room::new();
    for taken in ["Leaflet", "Handbill"] {
        let room_of_case = Room::new();
        let (mut ada, _ben) = room_of_case.contested();
        let contested = ada.contested();
        let [place] = contested.as_slice() else {
            panic!("{contested:?}")
        };
        assert_eq!(
            (place.what.as_str(), place.touchpoints[0].as_str()),
            ("name", "flyer")
        );
        let sides = [&place.kept, &place.others[0]];
        let mut authors: Vec<_> = sides.iter().map(|side| side.author.as_str()).collect();
        authors.sort_unstable();
        assert_eq!(authors, ["Ada", "Ben"]);
        let side = sides
            .into_iter()
            .find(|side| side.text == taken)
            .unwrap()
            .id
            .clone();
        ada.take_events();
        ada.settle(Entity::Touchpoint, "flyer", "name", &side)
            .unwrap();
        assert_eq!(name_of_flyer(&ada), taken);
        assert!(ada.contested().is_empty());
        assert!(
            ada.take_events()
                .iter()
                .any(|event| matches!(event, Event::Conflicts(left) if left.is_empty()))
        );
        let again = ada.settle(Entity::Touchpoint, "flyer", "name", &side);
        assert_eq!(again.unwrap_err().kind, ProblemKind::Stale);
    }
    drop(room);
}

/// As an older program lets in what this one refuses to be typed.
#[test]
fn a_figure_out_of_range_that_the_file_holds_can_be_settled_for() {
    let share = |share: Value| json!({"channel-dominates": {"max_share": share}});
    for taken in [json!(60), json!(0.4)] {
        let room = Room::new();
        let (mut ada, path) = room.project();
        let data = backcast_store::DataFolder::new(room.path("Ben"));
        let at = |second| jiff::Timestamp::from_second(second).unwrap();
        let mut ben = backcast_store::Store::open(&data, &path, at(1_800_000_000)).unwrap();
        let rules = edits(
            json!([{"op": "set", "entity": "map", "id": "map", "field": "rules", "value": share(json!(60))}]),
        );
        let step = |map: &backcast_model::Map| {
            backcast_model::edit::apply_held(map, &rules, &mut |name| {
                backcast_model::Id::derived(name)
            })
        };
        ben.transact(
            backcast_store::Op::new("set", "Set a rule"),
            at(1_800_000_001),
            step,
        )
        .unwrap();
        ben.publish(at(1_800_000_002)).unwrap();
        let ours =
            json!([{"op": "set", "entity": "map", "field": "rules", "value": share(json!(0.4))}]);
        ada.edit(&edits(ours), "Set a rule").unwrap();
        ada.save();
        let contested = ada.contested();
        let [place] = contested.as_slice() else {
            panic!("{contested:?}")
        };
        let held = |bench: &Workbench| {
            bench.map().properties.rules["channel-dominates"].thresholds["max_share"].clone()
        };
        let side = if held(&ada) == taken {
            &place.kept
        } else {
            &place.others[0]
        };
        ada.settle(Entity::Map, place.id.as_str(), "rules", &side.id)
            .unwrap();
        assert_eq!(held(&ada), taken);
        assert!(ada.contested().is_empty());
    }
}

#[test]
fn writing_the_same_value_again_settles_too() {
    let room = Room::new();
    let (mut ada, _ben) = room.contested();
    let name = name_of_flyer(&ada).to_owned();
    ada.edit(&rename(&name), "Rename").unwrap();
    assert!(ada.contested().is_empty());
}

#[test]
fn a_new_conflict_is_told_wherever_it_sorts() {
    let room = Room::new();
    let (mut ada, mut ben) = room.contested();
    ben.look_at_file();
    ada.take_events();
    let (cta, other) = ("Take it home", "Keep it");
    let write = |text: &str| {
        edits(
            json!([{"op": "set", "entity": "touchpoint", "id": "flyer", "field": "cta", "value": text}]),
        )
    };
    ada.edit(&write(cta), "Write").unwrap();
    ben.edit(&write(other), "Write").unwrap();
    ben.save();
    ada.save();
    let told = ada.take_events();
    let fields = told.iter().rev().find_map(|event| match event {
        Event::Conflicts(all) => Some(all.iter().map(|one| one.field.clone()).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(fields.unwrap(), ["cta", "name"]);
}

#[test]
fn a_row_deleted_on_one_side_stays_until_somebody_says_otherwise() {
    for (deletes, there) in [(false, true), (true, false)] {
        let room = Room::new();
        let (mut ada, path) = room.project();
        let mut ben = Workbench::open(&room.person("Ben"), &path).unwrap();
        ada.edit(
            &edits(json!([{"op": "delete", "entity": "touchpoint", "id": "flyer"}])),
            "Delete",
        )
        .unwrap();
        ben.edit(&rename("Handbill"), "Rename").unwrap();
        ben.save();
        ada.save();
        let contested = ada.contested();
        let place = contested
            .iter()
            .find(|place| place.field.is_empty())
            .unwrap();
        let side = if deletes {
            &place.others[0]
        } else {
            &place.kept
        };
        assert_eq!(side.text.contains("deleted"), deletes);
        let side = side.id.clone();
        ada.settle(Entity::Touchpoint, "flyer", "", &side).unwrap();
        assert!(ada.contested().is_empty());
        assert_eq!(ada.map().touchpoints.contains("flyer"), there);
    }
}

#[test]
fn a_version_is_kept_looked_at_compared_and_gone_back_to() {
    let room = Room::new();
    let (mut bench, _) = room.project();
    bench.keep_version("as presented").unwrap();
    assert_eq!(bench.saved().state, SaveState::Editing, "the file lacks it");
    assert!(
        bench
            .keep_version("as presented")
            .unwrap_err()
            .message
            .contains("already")
    );
    bench.edit(&rename("Leaflet"), "Rename Flyer").unwrap();
    let version = Point::Version(bench.versions()[0].id.clone());
    let looked_at = bench.look_at(&version).unwrap();
    assert_eq!(
        looked_at.map.touchpoints.get("flyer").unwrap().name,
        "Flyer"
    );
    assert_eq!(
        looked_at.layout.cards.len(),
        looked_at.map.touchpoints.len()
    );
    let comparison = bench.compare(&version, &Point::Now).unwrap();
    assert_eq!(comparison.rows.len(), 1);
    assert_eq!(bench.go_back_to(&version, "Go back").unwrap(), 1);
    assert_eq!(name_of_flyer(&bench), "Flyer");
    bench.undo().unwrap();
    assert_eq!(name_of_flyer(&bench), "Leaflet");
    let missing = bench.look_at(&Point::Version("nonsense".to_owned()));
    assert_eq!(missing.unwrap_err().kind, ProblemKind::Stale);
}

#[test]
fn a_step_is_looked_into_and_taken_back_alone() {
    let room = Room::new();
    let (mut bench, _) = room.project();
    bench.edit(&rename("Leaflet"), "Rename Flyer").unwrap();
    let other = edits(
        json!([{"op": "set", "entity": "touchpoint", "id": "flyer", "field": "cta", "value": "Read"}]),
    );
    bench.edit(&other, "Write").unwrap();
    let steps = bench.steps().unwrap();
    let step = steps
        .iter()
        .find(|step| step.label == "Rename Flyer")
        .unwrap();
    let deeds = bench.deeds(&step.id).unwrap();
    assert_eq!(
        (deeds.len(), deeds[0].what.as_slice()),
        (1, ["name: Flyer \u{2192} Leaflet".to_owned()].as_slice())
    );
    let before = bench.look_at(&Point::Step(step.id.clone())).unwrap().map;
    let touchpoint = before.touchpoints.get("flyer").unwrap();
    assert_eq!(
        (touchpoint.name.as_str(), &touchpoint.cta),
        ("Leaflet", &None)
    );
    assert_eq!(bench.revert_step(&step.id).unwrap(), 1);
    let touchpoint = bench.map().touchpoints.get("flyer").unwrap();
    assert_eq!(
        (touchpoint.name.as_str(), touchpoint.cta.as_deref()),
        ("Flyer", Some("Read"))
    );
    let problem = bench.revert_step(&step.id).unwrap_err();
    assert!(problem.message.contains("Nothing is left"), "{problem}");
}

#[test]
fn a_backup_is_listed_looked_at_and_restored() {
    let room = Room::new();
    let (mut bench, _) = room.project();
    bench.edit(&rename("Leaflet"), "Rename Flyer").unwrap();
    let backups = bench.backups().unwrap();
    let backup = Point::Backup(backups[0].at.to_string());
    assert_eq!(bench.go_back_to(&backup, "Restore the backup").unwrap(), 1);
    assert_eq!(name_of_flyer(&bench), "Flyer");
    assert_eq!(bench.history().undo.as_deref(), Some("Restore the backup"));
}

#[test]
fn a_conflicted_copy_beside_the_file_is_offered_until_it_is_taken_in() {
    let room = Room::new();
    let (mut bench, path) = room.project();
    let copy = room.path("map (conflicted copy of Ben).backcast");
    fs::copy(&path, &copy).unwrap();
    bench.look_around();
    assert!(
        bench.company().copies.is_empty(),
        "it holds nothing of its own"
    );
    let mut ben = Workbench::open(&room.person("Ben"), &copy).unwrap();
    ben.edit(&rename("Handbill"), "Rename").unwrap();
    ben.save();
    bench.look_around();
    let company = bench.company();
    let name = company.copies[0].name.clone();
    let merged = bench.merge_with(&Point::Copy(name)).unwrap();
    assert_eq!((merged.steps, merged.conflicts), (1, 0));
    assert_eq!(name_of_flyer(&bench), "Handbill");
    bench.look_around();
    assert!(bench.company().copies.is_empty());
    assert!(copy.exists(), "it is left where it is");
}

#[test]
fn another_project_is_no_copy() {
    let room = Room::new();
    let (mut bench, _) = room.project();
    let before = bench.map().clone();
    bench.choose(new_project(&room, "other.backcast"));
    let problem = bench.merge_with(&Point::Chosen).unwrap_err();
    assert!(
        problem.message.contains("two different projects"),
        "{problem}"
    );
    assert_eq!(bench.map(), &before);
}

#[test]
fn who_has_the_file_open_is_told_since_when_and_until() {
    let room = Room::new();
    let (mut ada, path) = room.project();
    let mut ben = Workbench::open(&room.person("Ben"), &path).unwrap();
    ben.look_around();
    ada.look_around();
    let told = ada.take_events();
    assert!(told.iter().any(
        |event| matches!(event, Event::Company(company) if company.others[0].author == "Ben")
    ));
    ben.leave();
    ada.look_around();
    assert!(ada.company().others.is_empty());
}

#[test]
fn work_whose_file_went_away_is_offered_again() {
    let room = Room::new();
    let (mut bench, path) = room.project();
    fs::remove_file(&path).unwrap();
    bench.look_at_file();
    bench.edit(&rename("Leaflet"), "Rename").unwrap();
    assert!(
        bench
            .saved()
            .unsaved()
            .unwrap()
            .contains("not there any more")
    );
    bench.leave();
    let environment = room.person("Ada");
    let listed = recent::list(&environment);
    let [kept] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!((kept.unsaved, kept.path.is_some()), (Some(1), true));
    assert_eq!(recent::path_of(&environment, &kept.id), None);
    let mut bench = recent::open(&environment, &kept.id).unwrap();
    assert_eq!(
        (name_of_flyer(&bench), &bench.saved().state),
        ("Leaflet", &SaveState::Missing)
    );
    bench.save_again().unwrap();
    assert_eq!(bench.saved().state, SaveState::Saved);
    bench.leave();
    let listed = recent::list(&environment);
    assert!(listed.iter().all(|recent| recent.unsaved.is_none()));
}

#[test]
fn who_visits_a_file_is_told_of_others_and_of_copies() {
    let room = Room::new();
    let (mut ada, path) = room.project();
    ada.look_around();
    let copy = room.path("map (conflicted copy).backcast");
    fs::copy(&path, &copy).unwrap();
    let (eve, ben) = (room.person("Eve"), room.person("Ben"));
    project_file::apply(&eve, &copy, &rename("Handbill"), "Rename").unwrap();
    let visited = project_file::apply(&ben, &path, &rename("Leaflet"), "Rename").unwrap();
    let notes = visited.notes.join("\n");
    assert!(notes.contains("Ada has this file open since"), "{notes}");
    assert!(notes.contains("conflicted copy"), "{notes}");
    assert!(notes.contains("backcast merge"), "{notes}");
}
