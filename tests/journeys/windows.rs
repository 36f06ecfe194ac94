//! Several windows of one program, as the desktop starts it: one file is one window and one working copy, however often
//! it is opened.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use backcast_tests::{App, Failure, Running, app_program, command_line, sample};

/// A project file of the sample, made by the command line on another computer.
fn project(folder: &Path, name: &str) -> PathBuf {
    project_of(folder, name, "escape-my-house")
}

fn project_of(folder: &Path, name: &str, example: &str) -> PathBuf {
    let file = folder.join(name);
    let elsewhere = folder.join("elsewhere");
    let made = command_line(&elsewhere)
        .arg("import")
        .arg(sample(example))
        .arg("--output")
        .arg(&file)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    file
}

fn working_copies(data_folder: &Path) -> usize {
    fs::read_dir(data_folder.join("working-copies"))
        .map(|entries| entries.flatten().count())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_opened_twice_is_one_window_and_one_working_copy() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let plan = project(folder.path(), "plan.backcast");
    let other = project(folder.path(), "other.backcast");
    let mut app = Running::start(&data, &[&plan])?;
    app.shows(&["plan.backcast \u{2013} saved"]).await?;

    Running::start(&data, &[&other])?.ended().await?;
    app.shows(&["plan.backcast", "other.backcast \u{2013} saved"])
        .await?;
    let by_another_way = folder.path().join("data/../plan.backcast");
    Running::start(&data, &[&by_another_way])?.ended().await?;
    app.shows(&["plan.backcast", "other.backcast"]).await?;
    assert_eq!(working_copies(&data), 2);

    app.close("plan.backcast")?;
    app.shows(&["other.backcast"]).await?;
    Running::start(&data, &[&plan])?.ended().await?;
    app.shows(&["plan.backcast \u{2013} saved", "other.backcast"])
        .await?;
    assert_eq!(working_copies(&data), 2, "it went on in the same one");
    app.close("plan.backcast")?;
    app.shows(&["other.backcast"]).await?;
    app.close("other.backcast")?;
    app.ended().await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_opened_together_get_a_window_each() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let plan = project(folder.path(), "plan.backcast");
    let other = project(folder.path(), "other.backcast");
    let third = project(folder.path(), "third.backcast");
    let mut app = Running::start(&data, &[&plan, &other])?;
    app.shows(&[
        "plan.backcast \u{2013} saved",
        "other.backcast \u{2013} saved",
    ])
    .await?;
    Running::start(&data, &[&third, &plan, &third])?
        .ended()
        .await?;
    app.shows(&[
        "plan.backcast",
        "other.backcast",
        "third.backcast \u{2013} saved",
    ])
    .await?;
    for name in ["plan.backcast", "other.backcast", "third.backcast"] {
        app.close(name)?;
    }
    app.ended().await
}

/// Waits until the outline lists so many touchpoints, with the keyboard on the map.
async fn lists(app: &App, count: usize) -> Result<(), Failure> {
    app.until(&format!(
        "document.querySelector('[role=application]')?.focus(); return document.querySelectorAll('[role=treeitem][aria-level=\"2\"]').length === {count}"
    ))
    .await?;
    Ok(())
}

#[tokio::test]
async fn what_is_copied_in_one_window_is_pasted_in_another_and_each_hears_of_its_own_map()
-> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let plan = project(folder.path(), "plan.backcast");
    let other = project_of(folder.path(), "other.backcast", "agency-schematic");
    let app = App::start(&folder.path().join("data"), &[&plan, &other]).await?;
    app.turn_to("Escape My House").await?;
    lists(&app, 12).await?;
    app.press(&["Control+a", "Control+c"]).await?;
    app.until("return document.querySelector('[role=status]')?.textContent.startsWith('Copied')")
        .await?;

    app.turn_to("Path-to-purchase schematic").await?;
    lists(&app, 8).await?;
    app.press(&["Control+v"]).await?;
    lists(&app, 20).await?;

    // What this window is told next is told after whatever it might have heard of the other.
    app.turn_to("Escape My House").await?;
    lists(&app, 12).await?;
    app.press(&["Home", "Control+d"]).await?;
    app.until("return [...document.querySelectorAll('button')].some(one => one.getAttribute('aria-label')?.startsWith('Undo: Duplicate'))")
        .await?;
    lists(&app, 13).await?;
    app.close().await
}

#[test]
fn a_name_that_is_no_text_is_refused_in_words() {
    use std::os::unix::ffi::OsStrExt as _;
    let told = Command::new(app_program())
        .arg(std::ffi::OsStr::from_bytes(b"fr\xfchling.backcast"))
        .output()
        .unwrap();
    assert_eq!(told.status.code(), Some(2), "{told:?}");
    let message = String::from_utf8_lossy(&told.stderr);
    assert!(message.contains("is not text (UTF-8)"), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}

#[test]
fn without_a_display_the_app_says_so() {
    let told = Command::new(app_program())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert_eq!(told.status.code(), Some(2), "{told:?}");
    let message = String::from_utf8_lossy(&told.stderr);
    assert!(message.contains("there is no display"), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}
