//! The same picture in other engines, in a bare window of the same web view: draw.io's open one and Svelte Flow.
//! Refuses to judge them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use backcast_tests::{App, Failure};
use serde_json::Value;

use crate::budget::Deed;
use crate::ours::HAND;
use crate::subject::Subject;
use crate::{Measured, numbers};

/// An engine that takes longer than this for one thing is not waited for.
const PATIENCE: Duration = Duration::from_secs(60);
const OPENINGS: usize = 3;

/// Names of the engines as their page and as the table calls them.
pub(crate) const ENGINES: [(&str, &str); 2] =
    [("maxGraph", "draw.io's"), ("svelteFlow", "Svelte Flow")];

/// All deeds, as far as the engine comes in good time.
pub(crate) async fn measure(
    engine: &str,
    subject: &Subject,
    size: &Value,
    folder: &Path,
    done: &mut Measured,
) -> Result<(), Failure> {
    let page = page(subject, folder)?;
    let mut openings = Vec::new();
    let mut last = None;
    for _ in 0..OPENINGS {
        drop(last.take());
        let app = App::browse(&folder.join("browser"), &page).await?;
        app.script(HAND).await?;
        let took = app
            .promise(
                &format!("window.hand.beside.open('{engine}', {size})"),
                PATIENCE,
            )
            .await?
            .as_f64()
            .unwrap_or_default();
        openings.push(took);
        last = Some(app);
        if took > 5_000.0 {
            break;
        }
    }
    done.note(Deed::Open, openings, None);
    let app = last.ok_or("the page was never opened")?;
    let hub = &subject.hub;
    for (deed, promise) in [
        (Deed::PanClose, format!("pan('{hub}')")),
        (Deed::Zoom, format!("zoom('{hub}')")),
        (Deed::Drag, format!("drag('{hub}')")),
        (Deed::Add, format!("add('{hub}', 9)")),
        (Deed::PanAll, "pan(null)".to_owned()),
    ] {
        let values = app
            .promise(&format!("window.hand.beside.{promise}"), PATIENCE)
            .await?;
        done.note(deed, numbers(&values), None);
    }
    Ok(())
}

/// A page with the engines and the picture, in files.
fn page(subject: &Subject, folder: &Path) -> Result<PathBuf, Failure> {
    let built = PathBuf::from(std::env::var_os("BACKCAST_PEERS").unwrap_or_default());
    for file in ["peers.js", "peers.css"] {
        fs::copy(built.join(file), folder.join(file))?;
    }
    let picture = format!("window.picture = {};", subject.picture);
    fs::write(folder.join("picture.js"), picture)?;
    let page = folder.join("index.html");
    let html = "<!doctype html><html lang=en><meta charset=utf-8><title>Beside</title><link rel=stylesheet \
                href=peers.css><body><script src=picture.js></script><script src=peers.js></script></body></html>";
    fs::write(&page, html)?;
    Ok(page)
}
