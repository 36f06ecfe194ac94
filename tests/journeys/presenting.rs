//! Presenting in the real window: the map tells its story in the whole window, key by key, and leaves everything as it
//! was found.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_tests::{App, Failure, sample};

const TITLE: &str =
    "return document.querySelector('[role=group][aria-label=Presentation] h1')?.textContent";

/// What the status bar says of the zoom.
const ZOOM: &str = "return document.querySelector('[data-pane=status] .zoom')?.textContent";

/// Whether the toolbar is in sight.
const TOOLBAR: &str =
    "return getComputedStyle(document.querySelector('[data-pane=toolbar]')).visibility";

async fn says(app: &App, title: &str) -> Result<(), Failure> {
    app.until(&format!("{TITLE}?.includes({title:?})")).await?;
    Ok(())
}

#[tokio::test]
async fn a_map_is_presented_step_by_step_and_left_as_it_was() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let file = folder.path().join("escape.backcast.json");
    std::fs::copy(sample("escape-my-house"), &file)?;
    let app = App::start(&data, &[&file]).await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 4")
        .await?;
    app.until("const map = document.querySelector('[data-pane=map] [role=application]'); map?.focus(); return document.activeElement === map").await?;
    app.press(&["Control+0"]).await?;
    app.until(&format!("{ZOOM}?.startsWith('100')")).await?;

    app.press(&["F5"]).await?;
    says(&app, "Escape My House").await?;
    assert_eq!(app.script(TOOLBAR).await?, "hidden");
    let count =
        "return Number(document.querySelector('.foot .count')?.textContent.split(' of ')[1])";
    assert!(app.script(count).await?.as_f64().unwrap() > 5.0);
    app.press(&["Right"]).await?;
    says(&app, "Where people should end up").await?;
    app.press(&["PageDown"]).await?;
    says(&app, "What passes people on to there").await?;
    app.press(&["PageDown"]).await?;
    says(&app, "What brings people to").await?;
    app.press(&["Left", "Home"]).await?;
    says(&app, "Escape My House").await?;
    // The last step is a gap, said with its severity.
    app.press(&["End"]).await?;
    app.until("return document.querySelector('[role=group][aria-label=Presentation]')?.textContent.includes('severity')").await?;

    app.press(&["Escape"]).await?;
    app.until(&format!("{TITLE} === undefined")).await?;
    app.until(&format!("{TOOLBAR} === 'visible'")).await?;
    app.until(&format!("{ZOOM}?.startsWith('100')")).await?;
    app.until(
        "return document.activeElement === document.querySelector('[data-pane=map] [role=application]')",
    )
    .await?;
    app.close().await
}
