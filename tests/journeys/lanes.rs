//! Ways of looking in the real window: lanes move cards and leave the map as it was, and a folded stage opens for
//! whoever goes to a touchpoint inside it.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_tests::{App, Failure, sample};

/// A script that is true when the map shows a lane of this name.
fn laned(name: &str) -> String {
    format!(
        "return [...document.querySelectorAll('[data-pane=map] ul[aria-label^=\"Lanes by\"] > li')].some(one => one.textContent.trim().startsWith({name:?}))"
    )
}

const FOLDED: &str = "return [...document.querySelectorAll('[data-pane=map] .ground button[aria-expanded=false]')].some(one => one.textContent.trim().startsWith('Unfold Explore'))";
async fn focus_map(app: &App) -> Result<(), Failure> {
    app.until("const map = document.querySelector('[data-pane=map] [role=application]'); map?.focus(); return document.activeElement === map").await?;
    Ok(())
}

async fn command(app: &App, words: &str) -> Result<(), Failure> {
    focus_map(app).await?;
    app.press(&["Control+k"]).await?;
    app.until("return document.activeElement?.matches('[role=dialog] input')")
        .await?;
    app.type_text(words).await?;
    app.until(&format!(
        "return document.querySelector('[role=dialog] [role=option]')?.textContent.trim().startsWith({words:?})"
    ))
    .await?;
    app.press(&["Enter"]).await?;
    app.until("return document.querySelector('[role=dialog]') === null")
        .await?;
    Ok(())
}

/// Goes to a touchpoint by its name, as Find does.
async fn find(app: &App, name: &str) -> Result<(), Failure> {
    focus_map(app).await?;
    app.press(&["Control+f"]).await?;
    app.until("return document.activeElement?.matches('input')")
        .await?;
    app.type_text(name).await?;
    app.until(&format!(
        "return document.querySelector('[role=option]')?.textContent.includes({name:?})"
    ))
    .await?;
    app.press(&["Enter"]).await?;
    selected(app, name).await
}

/// The middle of the selected card, where its name is typed, once the whole map is in view and at rest: across and down, in pixels.
async fn place_of_selected(app: &App) -> Result<String, Failure> {
    command(app, "Zoom to fit").await?;
    app.press(&["F2"]).await?;
    let at = "const now = () => { const box = document.querySelector('[data-pane=map] .ground input')?.getBoundingClientRect(); return box ? `${Math.round(box.x + box.width / 2)} ${Math.round(box.y + box.height / 2)}` : '' }; const last = window.lastPlace; window.lastPlace = now(); return window.lastPlace !== '' && window.lastPlace === last && last";
    let mut place = String::new();
    // At rest is what stands where it stood a while ago.
    for _ in 0..2 {
        place = app.until(at).await?.as_str().unwrap().to_owned();
        app.promise(
            "new Promise(done => setTimeout(() => done(true), 400))",
            std::time::Duration::from_secs(5),
        )
        .await?;
    }
    app.press(&["Escape"]).await?;
    Ok(place)
}

#[tokio::test]
async fn lanes_and_folded_stages_are_ways_of_looking() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let file = folder.path().join("escape.backcast.json");
    std::fs::copy(sample("escape-my-house"), &file)?;
    let app = App::start(&data, &[&file]).await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 4")
        .await?;
    find(&app, "Faces of fire article").await?;
    let before = place_of_selected(&app).await?;

    command(&app, "Lanes: by channel group").await?;
    app.until(&laned("TV")).await?;
    app.until(&laned("PR")).await?;
    assert_ne!(place_of_selected(&app).await?, before);
    command(&app, "Lanes: off").await?;
    app.until(&laned("TV").replace("return ", "return !"))
        .await?;
    assert_eq!(place_of_selected(&app).await?, before);

    // By its key in the header strip; and back by going to a touchpoint inside.
    app.until("const cell = [...document.querySelectorAll('[role=toolbar][aria-label=Stages] button')].find(one => one.textContent.trim().startsWith('Explore,')); cell?.focus(); return document.activeElement === cell && cell.getAttribute('aria-expanded') === 'true'")
        .await?;
    app.press(&["-"]).await?;
    app.until(FOLDED).await?;
    find(&app, "VR event").await?;
    app.until(&FOLDED.replace("return ", "return !")).await?;
    app.close().await
}

/// The middle of the band of a lane, down the window.
fn middle_of(name: &str) -> String {
    format!(
        "const lane = [...document.querySelectorAll('[data-pane=map] ul[aria-label^=\"Lanes by\"] > li')].find(one => one.textContent.trim().startsWith({name:?})); const box = lane?.getBoundingClientRect(); return box && box.y + box.height / 2"
    )
}

/// Drags the selected card to the middle of a lane.
async fn drag_to(app: &App, lane: &str) -> Result<(), Failure> {
    let place = place_of_selected(app).await?;
    let (across, down) = place.split_once(' ').unwrap();
    let (x, y) = (across.parse::<f64>()?, down.parse::<f64>()?);
    let lane = app.until(&middle_of(lane)).await?.as_f64().unwrap();
    app.drag(&[(x, y), (x, y + 12.0), (x, lane), (x, lane)])
        .await
}

/// What the inspector says of the media of the selected touchpoint.
const MEDIA: &str = "return [...document.querySelectorAll('[data-field=\"touchpoint.media\"] [aria-pressed=true]')].map(chip => chip.textContent.trim()).join(', ')";
const UNDO: &str = "return [...document.querySelectorAll('button')].map(one => one.getAttribute('aria-label') ?? '').find(label => label.startsWith('Undo'))";

#[tokio::test]
async fn a_card_dragged_to_another_lane_takes_what_that_lane_says_and_one_undo_takes_it_back()
-> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("escape.backcast.json");
    std::fs::copy(sample("escape-my-house"), &file)?;
    let app = App::start(&folder.path().join("data"), &[&file]).await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 4")
        .await?;
    command(&app, "Lanes: by media").await?;
    app.until(&laned("Paid")).await?;
    app.until(&laned("Earned")).await?;
    find(&app, "Radio cut").await?;
    let untouched = app.until(UNDO).await?;
    let says =
        |media: &str| format!("const said = (() => {{ {MEDIA} }})(); return said === {media:?}");
    app.until(&says("Paid")).await?;

    drag_to(&app, "Earned").await?;
    app.until(&says("Earned")).await?;
    let moved = app.until(UNDO).await?;
    assert!(moved.as_str().unwrap().contains("Move"), "{moved}");
    selected(&app, "Radio cut").await?;

    focus_map(&app).await?;
    app.press(&["Control+z"]).await?;
    app.until(&says("Paid")).await?;
    assert_eq!(app.until(UNDO).await?, untouched);

    // Which group a channel is in is no word of the touchpoint's: nothing comes of the drop.
    command(&app, "Lanes: by channel group").await?;
    app.until(&laned("PR")).await?;
    drag_to(&app, "PR").await?;
    app.until("return document.body.innerText.includes('The lane follows from the channel')")
        .await?;
    assert_eq!(app.until(UNDO).await?, untouched);
    app.close().await
}

async fn selected(app: &App, name: &str) -> Result<(), Failure> {
    app.until(&format!(
        "const row = [...document.querySelectorAll('[role=treeitem]')].find(one => one.getAttribute('aria-label') === {name:?}); return row?.getAttribute('aria-selected') === 'true'"
    ))
    .await?;
    Ok(())
}
