//! The app among others, in its real window: what somebody else put into the file, what was written on both sides, the
//! past and what is different from then, and a file that is not where it was.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::Path;

use backcast_tests::{App, Desk, Failure, parsed};
use serde_json::{Value, json};

/// The touchpoint that is renamed, and what it is called in the sample.
const TOUCHPOINT: &str = "tvc";

/// The outline names this touchpoint.
async fn outline_has(app: &App, name: &str) -> Result<(), Failure> {
    app.until(&format!("return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label') === {name:?})")).await?;
    Ok(())
}

/// Opens a tab, or another choice of several.
async fn choose(app: &App, name: &str) -> Result<(), Failure> {
    let found = format!(
        "const found = [...document.querySelectorAll('[role=tab], [role=radio]')].find(one => one.textContent.trim().startsWith({name:?})); found?.click(); return found !== undefined"
    );
    app.until(&found).await?;
    Ok(())
}

/// Renames the touchpoint in the window, with the keyboard.
async fn rename(app: &App, from: &str, to: &str) -> Result<(), Failure> {
    let row = format!(
        "const row = [...document.querySelectorAll('[role=treeitem]')].find(row => row.getAttribute('aria-label') === {from:?}); row?.click(); row?.focus(); return row !== undefined && document.activeElement === row"
    );
    app.until(&row).await?;
    app.press(&["F2"]).await?;
    app.until("return document.activeElement?.matches('input') && document.activeElement.select() === undefined")
        .await?;
    app.type_text(to).await?;
    app.press(&["Enter"]).await?;
    outline_has(app, to).await
}

/// The name of the touchpoint in a file.
fn name_in(desk: &Desk, file: &str) -> String {
    let touchpoint = desk.touchpoint(file, TOUCHPOINT);
    touchpoint["name"].as_str().unwrap_or_default().to_owned()
}

async fn open(desk: &Desk, file: &str) -> Result<App, Failure> {
    let app = App::start(Path::new(&desk.path("app")), &[Path::new(file)]).await?;
    outline_has(&app, &name_in(desk, file)).await?;
    Ok(app)
}

#[tokio::test]
async fn what_somebody_else_saves_appears_with_their_name() -> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let app = open(&desk, &file).await?;
    desk.person("Ben")
        .write(&desk, &file, TOUCHPOINT, "name", &json!("Renamed by Ben"));
    outline_has(&app, "Renamed by Ben").await?;
    app.says("of Ben taken in").await?;
    app.close().await
}

#[tokio::test]
async fn a_conflict_is_shown_with_both_sides_and_settled_by_a_click() -> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let other = desk.copy(&file, "mailed.backcast");
    let (ada, ben) = (desk.person("Ada"), desk.person("Ben"));
    ada.write(&desk, &file, TOUCHPOINT, "name", &json!("As Ada has it"));
    ben.write(&desk, &other, TOUCHPOINT, "name", &json!("As Ben has it"));
    let merged = desk.path("merged.backcast");
    ada.found(&["merge", &file, &other, "-o", &merged]);
    let app = open(&desk, &merged).await?;
    app.click("1 conflict").await?;
    app.says("As Ada has it").await?;
    app.says("As Ben has it").await?;
    let lost = if name_in(&desk, &merged) == "As Ada has it" {
        "As Ben has it"
    } else {
        "As Ada has it"
    };
    app.click(&format!("Take {lost}")).await?;
    outline_has(&app, lost).await?;
    app.says("Both sides agree").await?;
    app.press(&["Control+s"]).await?;
    app.says("Everything is in merged.backcast").await?;
    app.close().await?;
    assert_eq!(name_in(&desk, &merged), lost);
    let again = desk.path("again.backcast");
    let left = desk.done(&["merge", &merged, &merged, "-o", &again, "--format", "json"]);
    assert_eq!(parsed(&left)["conflicts"], json!([]));
    Ok(())
}

#[tokio::test]
async fn a_version_is_named_looked_at_compared_and_gone_back_to() -> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let before = name_in(&desk, &file);
    let app = open(&desk, &file).await?;
    app.press(&["Control+h"]).await?;
    app.click("Keep this version").await?;
    app.until("return document.activeElement?.matches('input')")
        .await?;
    app.type_text("as presented").await?;
    app.press(&["Enter"]).await?;
    app.click("as presented").await?;
    app.says("only to be looked at").await?;
    app.click("Back to now").await?;

    rename(&app, &before, "Renamed since").await?;
    app.click("as presented").await?;
    outline_has(&app, &before).await?;
    app.click("Compare with now").await?;
    app.says("renamed").await?;
    app.says("Renamed since").await?;
    app.click("Back to the map").await?;
    app.says("Keep this version").await?;
    outline_has(&app, "Renamed since").await?;

    app.click("as presented").await?;
    app.click("Go back to it").await?;
    outline_has(&app, &before).await?;
    app.press(&["Control+s"]).await?;
    app.says("Everything is in plan.backcast").await?;
    app.close().await?;
    assert_eq!(name_in(&desk, &file), before);
    assert!(desk.done(&["versions", &file]).contains("as presented"));
    Ok(())
}

#[tokio::test]
async fn a_backup_is_restored_in_two_clicks() -> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let before = name_in(&desk, &file);
    let app = open(&desk, &file).await?;
    rename(&app, &before, "First rename").await?;
    app.press(&["Control+s"]).await?;
    app.says("Everything is in plan.backcast").await?;
    rename(&app, "First rename", "Second rename").await?;
    app.press(&["Control+h"]).await?;
    choose(&app, "Backups").await?;
    app.until("const row = document.querySelector('ul[aria-label=Backups] button'); row?.click(); return row !== null").await?;
    app.click("Go back to it").await?;
    outline_has(&app, "First rename").await?;
    app.close().await
}

#[tokio::test]
async fn a_file_that_is_deleted_while_open_is_an_offline_copy_until_it_is_saved_again()
-> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let before = name_in(&desk, &file);
    let app = open(&desk, &file).await?;
    fs::remove_file(&file)?;
    app.says("Offline copy").await?;
    app.says("plan.backcast is not there").await?;
    rename(&app, &before, "Renamed offline").await?;
    app.says("Offline copy").await?;
    assert!(!Path::new(&file).exists());
    app.press(&["Control+s"]).await?;
    app.says("Everything is in plan.backcast").await?;
    assert_eq!(name_in(&desk, &file), "Renamed offline");
    app.close().await
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_only_looked_at() -> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let name = name_in(&desk, &file);
    let mut bytes = fs::read(&file)?;
    // The version of the file's form, in the header of every SQLite file.
    let version = u32::from_be_bytes(bytes[60..64].try_into()?);
    bytes[60..64].copy_from_slice(&(version + 1).to_be_bytes());
    fs::write(&file, &bytes)?;
    let app = App::start(Path::new(&desk.path("app")), &[Path::new(&file)]).await?;
    outline_has(&app, &name).await?;
    app.says("Read only").await?;
    app.says("newer").await?;
    let editable: Value = app
        .script("return [...document.querySelectorAll('[data-pane=toolbar] button.add')].some(button => !button.disabled)")
        .await?;
    assert_eq!(editable, json!(false));
    app.close().await?;
    assert_eq!(fs::read(&file)?, bytes);
    Ok(())
}

#[tokio::test]
async fn two_apps_on_one_file_show_each_others_work() -> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let before = name_in(&desk, &file);
    let one = open(&desk, &file).await?;
    let other = App::start(Path::new(&desk.path("other")), &[Path::new(&file)]).await?;
    outline_has(&other, &before).await?;
    other.says("has it open since").await?;
    rename(&one, &before, "Renamed here").await?;
    outline_has(&other, "Renamed here").await?;
    rename(&other, "Renamed here", "Renamed there").await?;
    outline_has(&one, "Renamed there").await?;
    one.close().await?;
    other.close().await?;
    assert_eq!(name_in(&desk, &file), "Renamed there");
    Ok(())
}

#[tokio::test]
async fn opening_a_file_that_the_window_shows_keeps_the_one_working_copy() -> Result<(), Failure> {
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let app = open(&desk, &file).await?;
    let opened = "window.opened = 0; const { invoke } = window.__TAURI_INTERNALS__; invoke('start', {}).then(view => Promise.all([1, 2].map(() => invoke('open_recent', { id: view.recent[0].id }).then(() => { window.opened += 1; }, problem => { window.refused = problem; })))); return 1";
    app.script(opened).await?;
    app.until("return window.opened === 2").await?;
    let copies = fs::read_dir(Path::new(&desk.path("app")).join("working-copies"))?;
    assert_eq!(copies.count(), 1);
    app.close().await
}
