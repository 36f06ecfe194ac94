//! Text of strangers in the app's real window: whatever it says, it is shown and never run.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_tests::hostile;
use backcast_tests::{App, Failure, sample};
use serde_json::json;

/// From now on counts what the page's policy stopped, and what asks or tells.
const WATCH: &str = "window.stopped = []; document.addEventListener('securitypolicyviolation', event => window.stopped.push(event.violatedDirective + ' ' + event.blockedURI)); \
    window.alert = window.prompt = window.confirm = () => { window.ran = 'a dialog' }; window.addEventListener('error', event => window.stopped.push(event.message)); return 1";

async fn nothing_ran(app: &App, at: &str) -> Result<(), Failure> {
    let state = app
        .script("return [String(window.ran), window.stopped.join('; '), location.protocol, document.querySelectorAll('iframe, object, embed, script:not([src])').length]")
        .await?;
    assert_eq!(state, json!(["undefined", "", "tauri:", 0]), "{at}");
    Ok(())
}

#[tokio::test]
async fn every_text_field_shows_what_it_is_given_and_runs_nothing() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hostile.backcast.json");
    std::fs::copy(sample("agency-schematic"), &file)?;
    let app = App::start(&folder.path().join("data"), &[&file]).await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 4")
        .await?;
    app.script(WATCH).await?;
    let edits = serde_json::to_string(&hostile::edits())?;
    app.script(&format!(
        "window.answer = null; window.__TAURI_INTERNALS__.invoke('apply_edits', {{edits: {edits}, label: 'x'}}).then(() => window.answer = 'done', refused => window.answer = JSON.stringify(refused)); return 1"
    ))
    .await?;
    assert_eq!(app.until("return window.answer").await?, "done");
    let last = hostile::payloads().last().unwrap().clone();
    app.until(&format!(
        "return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label').includes({}.split('\\n')[0])) || document.querySelectorAll('[role=treeitem]').length > 20",
        json!(last)
    ))
    .await?;
    nothing_ran(&app, "outline and map").await?;

    // Each panel and dialog in turn, by its keys; the next touchpoint, for its fields in the inspector.
    app.until("const map = document.querySelector('[data-pane=map] [role=application]'); map?.focus(); return document.activeElement === map").await?;
    for keys in [
        &["Home"][..],
        &["ArrowLeft"],
        &["ArrowDown", "ArrowDown", "ArrowDown"],
        &["ArrowUp", "ArrowLeft"],
        &["F8"],
        &["F8", "Alt+."],
        &["F8", "Control+."],
        &["Escape", "Escape"],
        &["Tab"],
        &["Escape"],
        &["Control+f"],
        &["<", "s"],
        &["Escape"],
        &["Control+k"],
        &["Escape"],
        &["Control+a"],
        &["Escape"],
        &["Control+2"],
        &["Control+1"],
    ] {
        app.press(keys).await?;
        nothing_ran(&app, &format!("{keys:?}")).await?;
    }
    app.close().await
}
