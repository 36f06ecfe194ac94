//! Backcast, measured from outside: the packaged app in its window, moved by the hand of `hand.js` and by keys of
//! WebDriver. Refuses to reach into it.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use backcast_tests::{App, Failure, command_line};
use serde_json::Value;

use crate::budget::Deed;
use crate::subject::{HUB, Subject};
use crate::{Measured, numbers};

/// The part of `hand.js` that is injected into every page.
pub(crate) const HAND: &str = include_str!("hand.js");

const PATIENCE: Duration = Duration::from_secs(60);
/// How often a project is opened, and how often a card is added.
const OPENINGS: usize = 5;
const ADDITIONS: usize = 9;

const MAP_HAS_KEYS: &str = "return document.activeElement?.getAttribute('role') === 'application'";
const FIELD_HAS_KEYS: &str = "return document.activeElement?.getAttribute('role') === 'combobox'";
/// Where the field for the name of the selected card is, once it stands still: over the middle of the card.
const FIELD: &str = "const field = document.querySelector('[data-pane=map] input'); if (!field) return null; const box = field.getBoundingClientRect(); const at = [box.x + box.width / 2, box.y + box.height / 2]; const still = JSON.stringify(window.placeBefore) === JSON.stringify(at); window.placeBefore = at; return still && at";

/// All deeds, and the size of the pane that the map was painted in.
pub(crate) async fn measure(
    subject: &Subject,
    folder: &Path,
    done: &mut Measured,
) -> Result<Value, Failure> {
    let data = folder.join("data");
    let project = import(subject, folder, &data)?;
    // Opened once, a project is on the list of those opened lately.
    opened(&data, &[&project]).await?.close().await?;
    let mut openings = Vec::new();
    let mut last = None;
    for _ in 0..OPENINGS {
        if let Some(app) = last.take() {
            App::close(app).await?;
        }
        let app = App::start(&data, &[]).await?;
        app.until("return document.querySelector('button.recent') !== null")
            .await?;
        app.script(HAND).await?;
        // What starting brings along is over.
        tokio::time::sleep(Duration::from_secs(1)).await;
        openings.extend(
            app.promise("window.hand.app.open()", PATIENCE)
                .await?
                .as_f64(),
        );
        last = Some(app);
    }
    done.note(Deed::Open, openings, None);
    let app = last.ok_or("the app was never opened")?;
    moves(&app, done).await?;
    done.note(Deed::Add, additions(&app).await?, None);
    let size = app
        .script("const map = document.querySelector('[data-pane=map] [role=application]'); return [map.clientWidth, map.clientHeight]")
        .await?;
    app.close().await?;
    Ok(size)
}

fn import(subject: &Subject, folder: &Path, data: &Path) -> Result<std::path::PathBuf, Failure> {
    let (text, project) = (
        folder.join("map.backcast.json"),
        folder.join("map.backcast"),
    );
    fs::write(&text, &subject.text)?;
    let status = command_line(data)
        .arg("import")
        .arg(&text)
        .arg("-o")
        .arg(&project)
        .stdout(Stdio::null())
        .status()?;
    if status.success() {
        Ok(project)
    } else {
        Err(format!("the map could not be imported: {status}").into())
    }
}

async fn opened(data: &Path, files: &[&Path]) -> Result<App, Failure> {
    let app = App::start(data, files).await?;
    app.until("return performance.getEntriesByName('map-painted').length > 0")
        .await?;
    Ok(app)
}

async fn moves(app: &App, done: &mut Measured) -> Result<(), Failure> {
    to_hub(app).await?;
    let place = hub_place(app).await?;
    frames(app, Deed::Drag, &format!("drag({place})"), done).await?;
    app.press(&["Escape"]).await?;
    frames(app, Deed::PanClose, "pan()", done).await?;
    frames(app, Deed::Zoom, "zoom()", done).await?;
    app.press(&["Shift+1"]).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    frames(app, Deed::PanAll, "pan()", done).await
}

async fn frames(app: &App, deed: Deed, act: &str, done: &mut Measured) -> Result<(), Failure> {
    let family = app.processes();
    let before = work(&family);
    let intervals = app
        .promise(&format!("window.hand.app.{act}"), PATIENCE)
        .await?;
    let intervals = numbers(&intervals);
    let work = (work(&family) - before) / intervals.len().max(1) as f64;
    done.note(deed, intervals, Some(work));
    tokio::time::sleep(Duration::from_millis(500)).await;
    Ok(())
}

/// Milliseconds that processes have been on a processor; the kernel counts them by tens.
fn work(processes: &[u32]) -> f64 {
    let ticks = |process: &u32| {
        let facts = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let mut fields = facts.rsplit_once(')')?.1.split_whitespace().skip(11);
        let (user, kernel): (u64, u64) =
            (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some(user + kernel)
    };
    processes.iter().filter_map(ticks).sum::<u64>() as f64 * 10.0
}

/// The touchpoint with ten links is selected, in view at 100 %, and the map has the keys.
async fn to_hub(app: &App) -> Result<(), Failure> {
    app.press(&["Control+0"]).await?;
    find(app, HUB).await?;
    app.press(&["Control+0"]).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(())
}

async fn find(app: &App, name: &str) -> Result<(), Failure> {
    app.press(&["Control+f"]).await?;
    choose(app, name).await?;
    app.press(&["Enter"]).await?;
    app.until(MAP_HAS_KEYS).await?;
    tokio::time::sleep(Duration::from_millis(600)).await;
    Ok(())
}

/// Types a name into the field that has opened and waits until it is the first offer.
async fn choose(app: &App, name: &str) -> Result<(), Failure> {
    app.until(FIELD_HAS_KEYS).await?;
    app.type_text(name).await?;
    app.until(&format!(
        "return document.querySelector('[role=option][aria-selected=true]')?.textContent.includes({name:?})"
    ))
    .await?;
    Ok(())
}

async fn hub_place(app: &App) -> Result<Value, Failure> {
    app.press(&["F2"]).await?;
    let place = app.until(FIELD).await?;
    app.press(&["Escape"]).await?;
    app.until("return document.querySelector('[data-pane=map] input') === null")
        .await?;
    Ok(place)
}

/// From Enter on a new name until its card is painted.
async fn additions(app: &App) -> Result<Vec<f64>, Failure> {
    let mut took = Vec::new();
    for round in 0..ADDITIONS {
        to_hub(app).await?;
        let name = format!("Newcomer{round}");
        app.press(&["Tab"]).await?;
        choose(app, &name).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        app.script(&format!("window.hand.app.watch({name:?})"))
            .await?;
        app.press(&["Enter"]).await?;
        // Asking keeps the window from its work.
        tokio::time::sleep(Duration::from_millis(1000)).await;
        took.extend(app.until("return window.seen").await?.as_f64());
    }
    Ok(took)
}
