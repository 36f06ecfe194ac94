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
    app.until(&format!("const row = [...document.querySelectorAll('[role=treeitem]')].find(one => one.getAttribute('aria-label') === {name:?}); return row?.getAttribute('aria-selected') === 'true'"))
        .await?;
    Ok(())
}

/// Where the selected card's name is typed once the whole map is in view and at rest: across and down, in pixels.
async fn place_of_selected(app: &App) -> Result<String, Failure> {
    command(app, "Zoom to fit").await?;
    app.press(&["F2"]).await?;
    let at = "const now = () => { const box = document.querySelector('[data-pane=map] .ground input')?.getBoundingClientRect(); return box ? `${Math.round(box.x)} ${Math.round(box.y)}` : '' }; const last = window.lastPlace; window.lastPlace = now(); return window.lastPlace !== '' && window.lastPlace === last && last";
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
