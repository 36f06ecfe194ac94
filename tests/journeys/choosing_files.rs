//! Files that a planner chooses in the desktop's own dialogs, in the real app: a logo for a document, where it is
//! written to, and an edited workbook that is looked at and taken in. Refuses to run where no program can type into
//! such dialogs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says no by failing loudly"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use backcast_tests::{App, Desk, Failure};
use serde_json::json;

const TOUCHPOINT: &str = "tvc";

/// Asks the program that types into windows; `None` where it is not installed.
fn xdotool(arguments: &[&str]) -> Option<String> {
    let ran = Command::new("xdotool")
        .args(arguments)
        .stderr(Stdio::null())
        .output();
    Some(String::from_utf8_lossy(&ran.ok()?.stdout).into_owned())
}

/// The dialogs of the desktop that are open.
fn dialogs() -> Vec<String> {
    let found = xdotool(&["search", "--onlyvisible", "--name", "^(Open|Save) File$"]);
    let found = found.unwrap_or_default();
    found.split_whitespace().map(str::to_owned).collect()
}

/// Waits until dialogs are open, or none is.
fn wait_for(open: bool) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let found = dialogs();
        if found.is_empty() != open || Instant::now() > end {
            return found;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Names a file in the dialog that opens. The dialog may still be making itself, so what it does not hear is said again.
fn choose(path: &str) {
    let opened = wait_for(true);
    let window = opened.last().unwrap();
    for _ in 0..5 {
        xdotool(&["windowfocus", "--sync", window]);
        xdotool(&["key", "ctrl+a"]);
        xdotool(&["type", "--delay", "12", path]);
        for _ in 0..4 {
            xdotool(&["key", "Return"]);
            let end = Instant::now() + Duration::from_secs(1);
            while Instant::now() < end {
                if dialogs().is_empty() {
                    return;
                }
                thread::sleep(Duration::from_millis(50));
            }
        }
    }
    panic!("the dialog did not take {path}");
}

#[tokio::test]
async fn a_logo_is_chosen_for_a_document_and_an_edited_workbook_is_taken_in() -> Result<(), Failure>
{
    if xdotool(&["version"]).is_none() {
        return Ok(());
    }
    let desk = Desk::new();
    let file = desk.project("plan.backcast");
    let edited = desk.copy(&file, "mailed.backcast");
    let ben = desk.person("Ben");
    ben.write(&desk, &edited, TOUCHPOINT, "name", &json!("As Ben has it"));
    let (book, logo, document) = (
        desk.path("plan.xlsx"),
        desk.path("logo.svg"),
        desk.path("framework.docx"),
    );
    desk.done(&["export", &edited, "-o", &book]);
    fs::write(
        &logo,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'><rect width='30' height='10'/></svg>",
    )?;

    let app = App::start(Path::new(&desk.path("app")), &[Path::new(&file)]).await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 3")
        .await?;
    app.press(&["Control+Shift+E"]).await?;
    app.click("Word document").await?;
    app.click("Choose a logo").await?;
    choose(&logo);
    app.until("return document.querySelector('img.logo')?.complete === true")
        .await?;
    app.click("Export as Word document").await?;
    choose(&document);
    app.until("return document.body.innerText.includes('Exported as framework.docx')")
        .await?;
    assert!(fs::read(&document)?.starts_with(b"PK"));

    app.press(&["Control+k"]).await?;
    app.until("return document.activeElement?.matches('[role=dialog] input')")
        .await?;
    app.type_text("Import").await?;
    app.press(&["Enter"]).await?;
    choose(&book);
    app.until(
        "return document.querySelector('[role=dialog]')?.innerText.includes('As Ben has it')",
    )
    .await?;
    app.click("Take into this map").await?;
    app.until("return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label') === 'As Ben has it')").await?;
    app.press(&["Control+s"]).await?;
    app.until("return document.body.innerText.includes('Everything is in plan.backcast')")
        .await?;
    app.close().await?;
    assert_eq!(desk.touchpoint(&file, TOUCHPOINT)["name"], "As Ben has it");
    Ok(())
}
