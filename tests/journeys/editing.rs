//! The everyday way through the real window: a new map from a framework, touchpoints named, linked, moved and deleted,
//! and the file found again on the start screen.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_tests::{App, Failure, command_line, sample};
use serde_json::Value;

/// A script that is true when a touchpoint of this name is in the outline.
fn listed(name: &str) -> String {
    format!(
        "return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label') === {name:?})"
    )
}

/// A script that presses the button, option, tab or link whose words begin so.
fn click(words: &str) -> String {
    format!(
        "const all = [...document.querySelectorAll('button, [role=option], [role=tab], [role=radio], a')]; const it = all.find(one => (one.getAttribute('aria-label') ?? one.textContent).trim().startsWith({words:?}) && !one.disabled); it?.click(); return Boolean(it)"
    )
}

async fn focus_map(app: &App) -> Result<(), Failure> {
    app.until("const map = document.querySelector('[data-pane=map] [role=application]'); map?.focus(); return document.activeElement === map").await?;
    Ok(())
}

/// Types into the picker and takes its first offer.
async fn pick(app: &App, words: &str) -> Result<(), Failure> {
    app.until("return document.activeElement?.matches('input')")
        .await?;
    app.type_text(words).await?;
    app.until(&format!(
        "return document.querySelector('[role=option]')?.textContent.toLowerCase().includes({:?})",
        words.to_lowercase()
    ))
    .await?;
    app.press(&["Enter"]).await?;
    app.until("return document.querySelector('[role=option]') === null")
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_map_is_drawn_from_a_framework_and_edited() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let app = App::start(folder.path(), &[]).await?;
    app.until(&click("New map")).await?;
    app.until("return document.querySelector('[role=dialog]') !== null")
        .await?;
    app.until("const create = [...document.querySelectorAll('[role=dialog] button')].find(one => /^(Create|Start)/.test(one.textContent.trim())); create?.click(); return Boolean(create)").await?;
    focus_map(&app).await?;
    app.press(&["d"]).await?;
    pick(&app, "Web shop").await?;
    app.until(&listed("Web shop")).await?;
    focus_map(&app).await?;
    app.press(&["Home", "Tab"]).await?;
    pick(&app, "E-mail").await?;
    focus_map(&app).await?;
    app.press(&["F2"]).await?;
    app.until("return document.activeElement?.matches('input')")
        .await?;
    app.press(&["Control+a"]).await?;
    app.type_text("Newsletter").await?;
    app.press(&["Enter"]).await?;
    app.until(&listed("Newsletter")).await?;

    // A stage earlier, then gone and back again; the header counts what stands in each stage.
    let counts = "return [...document.querySelectorAll('[data-pane=map] *')].filter(one => one.childElementCount === 0).map(one => /, (\\d+) touchpoints?(,|$)/.exec(one.textContent)?.[1]).filter(Boolean).join()";
    let before = app.until(counts).await?;
    focus_map(&app).await?;
    app.press(&["Alt+Left"]).await?;
    app.until(&format!(
        "const now = (() => {{ {counts} }})(); return now !== {before}"
    ))
    .await?;
    app.press(&["Delete"]).await?;
    app.until(&listed("Newsletter").replace("return ", "return !"))
        .await?;
    app.press(&["Control+z"]).await?;
    app.until(&listed("Newsletter")).await?;
    app.close().await
}

#[tokio::test]
async fn a_file_is_found_again_on_the_start_screen() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let project = folder.path().join("spring.backcast");
    let text = folder.path().join("autumn.backcast.json");
    std::fs::copy(sample("agency-schematic"), &text)?;
    let made = command_line(&data)
        .arg("import")
        .arg(&text)
        .arg("-o")
        .arg(&project)
        .output()?;
    assert!(made.status.success());
    for file in [&project, &text] {
        let app = App::start(&data, &[file]).await?;
        app.until("return document.querySelectorAll('[role=treeitem]').length > 4")
            .await?;
        app.close().await?;
    }
    let app = App::start(&data, &[]).await?;
    let recent = app
        .until("return document.body.innerText.includes('spring') && document.body.innerText")
        .await?;
    assert!(
        matches!(&recent, Value::String(text) if text.contains("autumn")),
        "{recent}"
    );
    app.until("const recent = [...document.querySelectorAll('button')].find(one => one.textContent.includes('spring')); recent?.click(); return Boolean(recent)").await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 4")
        .await?;
    app.close().await
}
