//! The app as a planner uses it, in its real window.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use backcast_tests::{App, Failure, command_line, sample};
use serde_json::Value;

/// The accessible names of everything in the outline, once there is something in it.
const OUTLINE: &str = "const rows = [...document.querySelectorAll('[role=treeitem]')]; return rows.length > 4 && rows.map(row => row.getAttribute('aria-label'))";
/// How many gaps the status line says are open.
const OPEN_GAPS: &str = "const found = /(\\d+) gaps? open/.exec(document.body.innerText); return found && Number(found[1])";
/// The rules of the gaps in the list.
const LISTED: &str = "return [...document.querySelectorAll('article[data-rule]:not(.closed)')].map(gap => gap.dataset.rule).sort()";

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn texts(value: &Value) -> BTreeSet<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| text(item).to_owned())
        .collect()
}

/// What the command line says of a file.
fn checked(data_folder: &Path, file: &Path) -> Value {
    let output = command_line(data_folder)
        .args(["check", "--format", "json"])
        .arg(file)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn open_gaps(report: &Value) -> u64 {
    ["high", "medium", "low"]
        .iter()
        .map(|severity| report["summary"][severity].as_u64().unwrap())
        .sum()
}

/// A project file with the sample in it.
fn project(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("campaign.backcast");
    let import = command_line(&folder.join("import"))
        .arg("import")
        .arg(sample("escape-my-house"))
        .arg("-o")
        .arg(&path)
        .output();
    assert!(import.unwrap().status.success());
    path
}

async fn focus_map(app: &App) -> Result<(), Failure> {
    app.until("const map = document.querySelector('[data-pane=map] [role=application]'); map?.focus(); return document.activeElement === map").await?;
    Ok(())
}

#[tokio::test]
async fn an_example_opens_with_its_touchpoints_and_its_gaps() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    for name in ["escape-my-house", "census-2020"] {
        let file = sample(name);
        let app = App::start(&folder.path().join(name), &[&file]).await?;
        let outline = texts(&app.until(OUTLINE).await?);
        let map: Value = serde_json::from_slice(&fs::read(&file)?)?;
        let names: BTreeSet<_> = map["touchpoints"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| text(&row["name"]).to_owned())
            .collect();
        assert!(outline.is_superset(&names), "{outline:?}");
        let report = checked(folder.path(), &file);
        assert_eq!(
            app.until(OPEN_GAPS).await?.as_u64(),
            Some(open_gaps(&report)),
            "{name}"
        );
        app.until("const tab = [...document.querySelectorAll('[role=tab]')].find(tab => tab.textContent.includes('Gaps')); tab?.click(); return Boolean(tab)").await?;
        app.until(&format!(
            "{} && true",
            LISTED
                .replace("return ", "return (")
                .replace(".sort()", ".length > 0)")
        ))
        .await?;
        let listed = texts(&app.script(LISTED).await?);
        let rules: BTreeSet<_> = report["gaps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|gap| text(&gap["rule"]).to_owned())
            .collect();
        assert_eq!(listed, rules, "{name}");
        app.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_driver_added_by_keyboard_is_flagged_undone_and_there_again_after_reopening()
-> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let (file, data) = (project(folder.path()), folder.path().join("data"));
    let app = App::start(&data, &[&file]).await?;
    app.until(OUTLINE).await?;
    let before = app.until(OPEN_GAPS).await?;

    focus_map(&app).await?;
    app.press(&["Home", "Tab"]).await?;
    app.until("return document.activeElement?.matches('input')")
        .await?;
    app.type_text("Cinema").await?;
    app.until("return document.querySelector('[role=option]') !== null")
        .await?;
    app.press(&["Enter"]).await?;
    app.until(&format!("{OUTLINE}.includes('Cinema spot') || {}", "[...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label').startsWith('Cinema'))")).await?;
    app.until(&format!(
        "const open = (() => {{ {OPEN_GAPS} }})(); return open !== {before}"
    ))
    .await?;

    app.press(&["Escape"]).await?;
    focus_map(&app).await?;
    app.press(&["Control+z"]).await?;
    app.until("return ![...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label').startsWith('Cinema'))").await?;
    app.until(&format!(
        "const open = (() => {{ {OPEN_GAPS} }})(); return open === {before}"
    ))
    .await?;
    app.press(&["Control+Shift+Z"]).await?;
    app.until("return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label').startsWith('Cinema'))").await?;
    app.press(&["Control+s"]).await?;
    app.says("Everything is in campaign.backcast").await?;
    app.close().await?;

    let report = checked(&data, &file);
    let app = App::start(&data, &[&file]).await?;
    app.until("return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label').startsWith('Cinema'))").await?;
    assert_eq!(
        app.until(OPEN_GAPS).await?.as_u64(),
        Some(open_gaps(&report))
    );
    app.close().await
}

#[tokio::test]
async fn what_is_typed_is_saved_by_itself_and_by_closing_the_window() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let (file, data) = (project(folder.path()), folder.path().join("data"));
    let rename = |name: &'static str, app: App| async move {
        app.until(OUTLINE).await?;
        focus_map(&app).await?;
        app.press(&["Home", "F2"]).await?;
        app.until("return document.activeElement?.matches('input')")
            .await?;
        app.press(&["Control+a"]).await?;
        app.type_text(name).await?;
        app.press(&["Enter"]).await?;
        app.until(&format!("return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label') === {name:?})")).await?;
        Ok::<App, Failure>(app)
    };
    let names = |file: &Path| {
        let output = command_line(folder.path())
            .args(["export", "--format", "json"])
            .arg(file)
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let app = rename("Saved by itself", App::start(&data, &[&file]).await?).await?;
    app.says("Everything is in campaign.backcast").await?;
    assert!(names(&file).contains("Saved by itself"));
    let app = rename("Saved by closing", app).await?;
    app.close().await?;
    assert!(names(&file).contains("Saved by closing"));
    Ok(())
}

#[tokio::test]
async fn the_window_keeps_to_its_own_page_and_its_own_commands() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let app = App::start(folder.path(), &[&sample("escape-my-house")]).await?;
    app.until(OUTLINE).await?;
    app.script("location.href = 'https://example.invalid/'; return 1")
        .await?;
    app.script("location.href = 'file:///etc/passwd'; return 1")
        .await?;
    let script = "const bad = document.createElement('script'); bad.textContent = 'window.ran = 1'; document.body.append(bad); return String(window.ran) + location.protocol";
    assert_eq!(app.script(script).await?, "undefinedtauri:");
    let invoke = |command: &str| {
        format!(
            "window.answer = null; window.__TAURI_INTERNALS__.invoke('{command}', {{}}).then(() => window.answer = 'done', refused => window.answer = String(refused)); return 1"
        )
    };
    for command in [
        "plugin:window|set_title",
        "plugin:dialog|open",
        "plugin:app|version",
        "no_such_command",
    ] {
        app.script(&invoke(command)).await?;
        let answer = app.until("return window.answer").await?;
        assert!(
            text(&answer).contains("not allowed") || text(&answer).contains("not found"),
            "{command}: {answer}"
        );
    }
    assert!(texts(&app.until(OUTLINE).await?).len() > 4);
    app.close().await
}

/// Where the map stands ready, and whether a hand or a key could reach it.
const READY: &str = "const maps = [...document.querySelectorAll('[data-pane=map]')]; return maps.length === 1 && { reach: maps[0].closest('[inert]') === null, seen: getComputedStyle(maps[0]).visibility === 'visible' }";

#[tokio::test]
async fn the_map_that_stands_ready_is_out_of_reach_until_one_is_opened() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let project = project(folder.path());
    let data = folder.path().join("data");
    let first = App::start(&data, &[&project]).await?;
    first.until(OUTLINE).await?;
    first.close().await?;
    let app = App::start(&data, &[]).await?;
    app.until("return document.querySelector('button.recent') !== null")
        .await?;
    let ready = app.until(READY).await?;
    assert_eq!(ready, serde_json::json!({"reach": false, "seen": false}));
    for _ in 0..24 {
        app.press(&["Tab"]).await?;
        let within = app
            .script("return document.activeElement.closest('[inert]') !== null")
            .await?;
        assert_eq!(within, false);
    }
    app.script("document.querySelector('button.recent').click()")
        .await?;
    app.until(OUTLINE).await?;
    let shown = app.until(READY).await?;
    assert_eq!(shown, serde_json::json!({"reach": true, "seen": true}));
    focus_map(&app).await?;
    app.close().await
}
