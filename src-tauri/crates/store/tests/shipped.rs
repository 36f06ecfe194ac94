//! Files of every shipped version open for ever, with all that is in them: a small one, and a rich one
//! whose content is written out beside it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use backcast_store::{ProjectFile, Side, Store, read, verify};
use support::{Desk, at, edit, name, published, sample};

const DAY: i64 = 86_400;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// Everything in a file, as text.
fn written_out(path: &Path) -> String {
    let file = ProjectFile::read(path).unwrap();
    assert_eq!(file.altered(), None);
    let mut out = format!("project {}\n\n", file.project().id);
    for (entity, id, order, fields) in file.project().map.rows() {
        let order = order.map(|order| order.to_text()).unwrap_or_default();
        let fields = serde_json::to_string(&fields).unwrap();
        writeln!(out, "{entity} {id} {order} {fields}").unwrap();
    }
    out.push('\n');
    for entry in file.history() {
        let (change, author) = (&entry.change, &entry.author);
        let (kind, label) = (change.kind.as_str(), &change.label);
        let stamp = format!("{}/{}", change.stamp.actor, change.stamp.seq);
        let reverts = change.reverts.as_ref();
        let reverts = reverts.map(|stamp| format!(" of {}/{}", stamp.actor, stamp.seq));
        let rows = entry.row_changes().unwrap().len();
        let reverts = reverts.unwrap_or_default();
        writeln!(
            out,
            "step {stamp} {} {author} {kind}{reverts}: {label} ({rows})",
            change.at
        )
        .unwrap();
    }
    out.push('\n');
    for version in file.versions() {
        let map = file.map_at(&version.vector).unwrap();
        let names = map.touchpoints.iter().map(|row| row.name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        let kept = if version.automatic {
            "automatic"
        } else {
            "kept"
        };
        let (id, name, author) = (&version.id, &version.name, &version.author);
        writeln!(
            out,
            "version {id} {} {author} {kept} {name}: {names}",
            version.at
        )
        .unwrap();
    }
    out.push('\n');
    let side = |side: &Side| format!("{} by {} at {}", side.value, side.author, side.at);
    for conflict in file.conflicts().unwrap() {
        let others: Vec<_> = conflict.others.iter().map(side).collect();
        let (entity, id, field) = (conflict.entity, &conflict.id, &conflict.field);
        let chosen = side(&conflict.chosen);
        writeln!(
            out,
            "conflict {entity} {id} {field:?}: {chosen}; {}",
            others.join("; ")
        )
        .unwrap();
    }
    out
}

#[test]
fn every_version_that_was_shipped_opens_and_is_worked_on() {
    let mut count = 0;
    for entry in fs::read_dir(fixture("")).unwrap().map(Result::unwrap) {
        let from = entry.path();
        if from.extension().is_none_or(|ending| ending != "backcast") {
            continue;
        }
        let desk = Desk::new();
        let path = desk.path("plan.backcast");
        fs::copy(&from, &path).unwrap();
        let content = from.with_extension("txt");
        if content.exists() {
            assert_eq!(written_out(&path), fs::read_to_string(content).unwrap());
        } else {
            assert_eq!(read(&path).unwrap().map, sample().map, "{}", from.display());
        }
        assert_eq!(verify(&path).unwrap().problems, [""; 0]);
        let mut store = Store::open(&desk.computer("Ann"), &path, at(40 * DAY)).unwrap();
        assert!(!store.is_read_only());
        let before = (store.project().clone(), store.conflicts().to_vec());
        edit(
            &mut store,
            "Reprice",
            40 * DAY,
            r#"[{"op":"set","entity":"touchpoint","id":"shop","field":"budget","value":1}]"#,
        );
        store.publish(at(40 * DAY)).unwrap();
        store.undo(at(40 * DAY)).unwrap().unwrap();
        assert_eq!(
            (store.project(), store.conflicts()),
            (&before.0, &before.1[..])
        );
        store.publish(at(40 * DAY)).unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
}

/// Two people's work of three days: every entity, settings, fields of no version, versions of both kinds, undo and
/// redo, a repair, a dismissal, and conflicts of both kinds that nobody settled.
fn rich(desk: &Desk) -> PathBuf {
    let (mut ann, path) = published(desk);
    let settings = r#"[
        {"op":"set","entity":"map","field":"theme","value":"Leaving home"},
        {"op":"set","entity":"map","field":"starts_on","value":"2026-01-01"},
        {"op":"set","entity":"map","field":"ends_on","value":"2026-12-31"},
        {"op":"set","entity":"map","field":"rules","value":{"dead-end":{"enabled":false},"single-driver":{"severity":"low","max_share":0.4}}},
        {"op":"insert","entity":"system","value":{"id":"shop-system","name":"Shop system","exchanges_with":["crm"],"x_client":{"number":7,"tags":["a",null]}}},
        {"op":"set","entity":"touchpoint","id":"shop","field":"system","value":"shop-system"}
    ]"#;
    edit(&mut ann, "Settings", 2, settings);
    ann.keep_version("As presented", at(3)).unwrap();
    edit(
        &mut ann,
        "Rename search",
        DAY,
        &name("search", "Web search"),
    );
    edit(
        &mut ann,
        "Rename search",
        DAY + 1,
        &name("search", "Search ads"),
    );
    ann.undo(at(DAY + 2)).unwrap().unwrap();
    ann.undo(at(DAY + 3)).unwrap().unwrap();
    ann.redo(at(DAY + 4)).unwrap().unwrap();
    let dismissed = r#"[{"op":"insert","entity":"dismissal","value":{"rule":"no-capture","subjects":["shop"],"reason":"the till knows","by":"Ann","at":"2026-11-19T08:00:00Z"}}]"#;
    edit(&mut ann, "Dismiss", DAY + 5, dismissed);
    ann.publish(at(DAY + 6)).unwrap();
    let mailed = desk.path("mailed.backcast");
    fs::copy(&path, &mailed).unwrap();
    let mut bob = Store::open(&desk.computer("Bob"), &mailed, at(2 * DAY)).unwrap();
    edit(&mut bob, "Rename TV", 2 * DAY, &name("tv", "TV clip"));
    edit(
        &mut bob,
        "Rename shop",
        2 * DAY + 1,
        &name("shop", "Flagship store"),
    );
    let gone = r#"[{"op":"delete","entity":"stage","id":"discover"},{"op":"delete","entity":"link","id":"last"}]"#;
    edit(&mut bob, "Delete", 2 * DAY + 2, gone);
    bob.publish(at(2 * DAY + 3)).unwrap();
    edit(&mut ann, "Rename TV", 2 * DAY + 4, &name("tv", "TV film"));
    edit(&mut ann, "Rename shop", 2 * DAY + 5, &name("shop", "Store"));
    let further = r#"[
        {"op":"insert","entity":"touchpoint","value":{"id":"flyer","name":"Flyer","kind":"driver","stage":"discover","audiences":["households"]}},
        {"op":"insert","entity":"link","value":{"from":"flyer","to":"shop","id":"flyer-shop","cta":"Bring it along"}},
        {"op":"set","entity":"link","id":"last","field":"cta","value":"Find us"},
        {"op":"move","entity":"touchpoint","id":"shop","after":""}
    ]"#;
    edit(&mut ann, "Flyer", 2 * DAY + 6, further);
    ann.merge(&mailed, at(2 * DAY + 7)).unwrap();
    let of_shop = ann.conflicts().iter().find(|one| one.id.as_str() == "shop");
    let conflict = of_shop.unwrap().clone();
    ann.resolve(&conflict, &conflict.others[0].value, at(2 * DAY + 8))
        .unwrap();
    ann.undo(at(2 * DAY + 9)).unwrap().unwrap();
    ann.redo(at(2 * DAY + 10)).unwrap().unwrap();
    ann.publish(at(2 * DAY + 11)).unwrap();
    path
}

/// What this program writes today is what it wrote when the fixture was made, but for nothing.
#[test]
fn what_is_written_today_says_what_the_fixture_says() {
    let desk = Desk::new();
    let content = fs::read_to_string(fixture("version-1-rich.txt")).unwrap();
    assert_eq!(written_out(&rich(&desk)), content);
    for word in [
        "automatic",
        "kept As presented",
        " repair:",
        " undo of ",
        " redo of ",
        "\ndismissal",
        "\nsystem",
        "x_client",
        "max_share",
    ] {
        assert!(content.contains(word), "{word}");
    }
    let conflicts: Vec<_> = content
        .lines()
        .filter(|line| line.starts_with("conflict "))
        .collect();
    assert!(
        conflicts.iter().any(|line| line.contains("\"\": true")),
        "{conflicts:?}"
    );
    assert!(
        conflicts.iter().any(|line| line.contains("\"name\": ")),
        "{conflicts:?}"
    );
}

#[test]
#[ignore = "writes the fixture of the current version, once, before it is shipped"]
fn write_the_fixture() {
    let desk = Desk::new();
    let path = rich(&desk);
    fs::copy(&path, fixture("version-1-rich.backcast")).unwrap();
    fs::write(fixture("version-1-rich.txt"), written_out(&path)).unwrap();
}
