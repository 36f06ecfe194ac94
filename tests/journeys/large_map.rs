//! A map so large that it is shown before it is laid out: it comes to the window in two parts, and is edited at once.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::Path;

use backcast_tests::{App, Failure, command_line, generated_map};
use serde_json::Value;

/// More than the program lays out before it answers.
const TOUCHPOINTS: usize = 700;

/// The outline has touchpoints; of long ones only the rows in view are drawn.
const IN_OUTLINE: &str = "return [...document.querySelectorAll('[role=treeitem]')].some(row => /^Touchpoint \\d+/.test(row.getAttribute('aria-label') ?? ''))";
/// The picture is there, and says so.
const PAINTED: &str = "return performance.getEntriesByName('map-painted').length > 0";
const FOCUSED: &str = "const map = document.querySelector('[data-pane=map] [role=application]'); map?.focus(); return document.activeElement === map";
const ADDED: &str = "return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label')?.startsWith('Cinema'))";

fn run(data: &Path, arguments: &[&std::ffi::OsStr]) -> Vec<u8> {
    let output = command_line(data).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    output.stdout
}

fn touchpoints(data: &Path, file: &Path) -> Vec<String> {
    let text = run(
        data,
        &[
            "export".as_ref(),
            "--format".as_ref(),
            "json".as_ref(),
            file.as_os_str(),
        ],
    );
    let map: Value = serde_json::from_slice(&text).unwrap();
    let rows = map["touchpoints"].as_array().unwrap();
    rows.iter()
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_large_map_is_there_whole_and_a_driver_added_at_once_stays() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let (text, file) = (
        folder.path().join("large.json"),
        folder.path().join("large.backcast"),
    );
    fs::write(&text, generated_map(TOUCHPOINTS))?;
    run(
        &folder.path().join("import"),
        &[
            "import".as_ref(),
            text.as_os_str(),
            "-o".as_ref(),
            file.as_os_str(),
        ],
    );

    let app = App::start(&data, &[&file]).await?;
    app.until(FOCUSED).await?;
    app.until(IN_OUTLINE).await?;
    app.press(&["Home", "Tab"]).await?;
    app.until("return document.activeElement?.matches('input')")
        .await?;
    app.type_text("Cinema").await?;
    app.until("return document.querySelector('[role=option]') !== null")
        .await?;
    app.press(&["Enter"]).await?;
    app.until(ADDED).await?;
    app.until(PAINTED).await?;
    app.press(&["Escape", "Control+s"]).await?;
    app.says("Everything is in large.backcast").await?;
    assert_eq!(
        app.script(ADDED).await?,
        true,
        "nothing that came later has put it away"
    );
    app.close().await?;

    let names = touchpoints(&data, &file);
    assert_eq!(names.len(), TOUCHPOINTS + 1);
    assert!(
        names.iter().any(|name| name.starts_with("Cinema")),
        "{names:?}"
    );
    Ok(())
}
