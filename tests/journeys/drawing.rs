//! Drawing a map in the real window: by keyboard alone, counting the presses, and by hand.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::path::Path;

use backcast_tests::{App, Failure, sample};
use serde_json::Value;

/// The accessible names of the touchpoints in the outline.
const TOUCHPOINTS: &str = "return [...document.querySelectorAll('[role=treeitem][aria-level=\"2\"]')].map(row => row.getAttribute('aria-label'))";
/// The number of links that the status line tells.
const LINKS: &str = "const found = /(\\d+) links?/.exec(document.querySelector('footer')?.innerText ?? ''); return found && Number(found[1])";
/// The step that undo would take back.
const UNDO: &str = "return [...document.querySelectorAll('button')].map(one => one.getAttribute('aria-label') ?? '').find(label => label.startsWith('Undo'))";

/// The width of a card at 100 %.
const CARD_WIDTH: f64 = 208.0;

/// Somebody who draws with the keyboard: every press counts, letters of names do not.
struct Typist<'a> {
    app: &'a App,
    presses: usize,
}

impl Typist<'_> {
    async fn press(&mut self, keys: &[&str]) -> Result<(), Failure> {
        self.presses += keys.len();
        self.app.press(keys).await
    }

    /// Asks for something with a key, types its name and takes the first offer.
    async fn pick(&mut self, key: &str, name: &str) -> Result<(), Failure> {
        self.press(&[key]).await?;
        self.app
            .until("return document.activeElement?.getAttribute('role') === 'combobox'")
            .await?;
        self.app.type_text(name).await?;
        self.app
            .until(&format!(
                "return document.querySelector('[role=option][aria-selected=true]')?.textContent.includes({name:?})"
            ))
            .await?;
        self.press(&["Enter"]).await?;
        self.app
            .until("return document.activeElement?.getAttribute('role') === 'application'")
            .await?;
        Ok(())
    }

    /// Adds a touchpoint.
    async fn add(&mut self, key: &str, name: &str) -> Result<(), Failure> {
        self.pick(key, name).await?;
        self.app
            .until(&format!(
                "const names = (() => {{ {TOUCHPOINTS} }})(); return names.includes({name:?})"
            ))
            .await?;
        Ok(())
    }

    /// Links the selected touchpoint to one that is there.
    async fn link(&mut self, name: &str, count: u64) -> Result<(), Failure> {
        self.pick("l", name).await?;
        expect_links(self.app, count).await
    }

    async fn home(&mut self) -> Result<(), Failure> {
        self.press(&["Home"]).await?;
        selected(self.app, "Web shop").await
    }
}

async fn expect_links(app: &App, count: u64) -> Result<(), Failure> {
    app.until(&format!(
        "const links = (() => {{ {LINKS} }})(); return links === {count}"
    ))
    .await?;
    Ok(())
}

async fn selected(app: &App, name: &str) -> Result<(), Failure> {
    app.until(&format!(
        "const rows = [...document.querySelectorAll('[role=treeitem][aria-selected=true]')].map(row => row.getAttribute('aria-label')); return rows.length === 1 && rows[0] === {name:?}"
    ))
    .await?;
    Ok(())
}

#[tokio::test]
async fn twelve_touchpoints_and_fourteen_links_are_drawn_by_keyboard_in_under_sixty_presses()
-> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let app = App::start(folder.path(), &[]).await?;
    app.until("return document.querySelector('[data-pane=start]') !== null")
        .await?;
    let mut typist = Typist {
        app: &app,
        presses: 0,
    };
    typist.press(&["Control+n"]).await?;
    app.until("return document.querySelector('[role=dialog] input')?.matches(':focus')")
        .await?;
    typist.press(&["Enter"]).await?;
    // The map asks where people should end up; the first answer has the keyboard.
    app.until("return document.activeElement?.textContent.trim() === 'Web shop'")
        .await?;
    typist.press(&["Enter"]).await?;
    selected(&app, "Web shop").await?;
    app.until("return document.activeElement?.getAttribute('role') === 'application'")
        .await?;

    typist.add("Tab", "Paid search").await?;
    typist.add("Tab", "TV").await?;
    typist.add("Enter", "Radio").await?;
    typist.add("Enter", "Outdoor (OOH)").await?;
    typist.home().await?;
    typist.add("Tab", "E-mail").await?;
    typist.add("Tab", "Sign-up form").await?;
    typist.add("Tab", "Landing page").await?;
    typist.add("Tab", "Display banner").await?;
    typist.home().await?;
    typist.add("Tab", "Affiliate").await?;
    typist.add("Tab", "Influencer").await?;
    typist.add("Enter", "Podcast").await?;
    expect_links(&app, 11).await?;
    // Where a touchpoint leads that is there already: the link is made and the hand goes on from there.
    typist.link("Landing page", 12).await?;
    selected(&app, "Landing page").await?;
    typist.link("Web shop", 13).await?;
    selected(&app, "Web shop").await?;
    typist.link("E-mail", 14).await?;

    let names = app.script(TOUCHPOINTS).await?;
    assert_eq!(names.as_array().unwrap().len(), 12, "{names}");
    assert!(typist.presses < 60, "{} presses", typist.presses);
    app.close().await
}

#[tokio::test]
async fn ready_slots_are_filled_by_key() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let app = App::start(folder.path(), &[]).await?;
    app.until("return document.querySelector('[data-pane=start]') !== null")
        .await?;
    app.press(&["Control+n"]).await?;
    app.until("return document.querySelector('[role=dialog] input')?.matches(':focus')")
        .await?;
    app.press(&["Enter"]).await?;
    app.until("return document.activeElement?.textContent.trim() === 'Web shop'")
        .await?;
    app.press(&["Enter"]).await?;
    selected(&app, "Web shop").await?;
    let ready =
        "return document.querySelectorAll('[role=treeitem][aria-level=\"3\"]').length === 3";
    app.until(ready).await?;
    app.press(&["s", "Enter"]).await?;
    expect_links(&app, 1).await?;
    app.press(&["Enter"]).await?;
    expect_links(&app, 2).await?;
    app.press(&["Control+z"]).await?;
    expect_links(&app, 1).await?;
    app.close().await
}

/// Where a card is in the window: its middle, found where its name is typed over it.
async fn middle(app: &App, name: &str) -> Result<(f64, f64), Failure> {
    app.until(&format!(
        "const row = [...document.querySelectorAll('[role=treeitem]')].find(one => one.getAttribute('aria-label') === {name:?}); row?.click(); return Boolean(row)"
    ))
    .await?;
    selected(app, name).await?;
    app.until("const map = document.querySelector('[data-pane=map] [role=application]'); map?.focus(); return document.activeElement === map")
        .await?;
    app.press(&["F2"]).await?;
    let place = "const field = document.querySelector('[data-pane=map] input'); if (!field) return null; const box = field.getBoundingClientRect(); const at = [box.x + box.width / 2, box.y + box.height / 2, box.width]; const still = JSON.stringify(window.placeBefore) === JSON.stringify(at); window.placeBefore = at; return still && at";
    let found = app.until(place).await?;
    app.press(&["Escape"]).await?;
    app.until("return document.querySelector('[data-pane=map] input') === null")
        .await?;
    let number = |at: usize| found[at].as_f64().unwrap();
    Ok((number(0), number(1)))
}

async fn open_sample(folder: &Path) -> Result<App, Failure> {
    let app = App::start(folder, &[&sample("escape-my-house")]).await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 12")
        .await?;
    Ok(app)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_card_is_dragged_by_hand_and_put_back_by_one_undo() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let app = open_sample(folder.path()).await?;
    let before = below_the_planner(&app).await?;
    let (x, y) = middle(&app, "Practise the plan").await?;
    app.drag(&[(x, y), (x, y + 60.0), (x, y + 200.0), (x, y + 220.0)])
        .await?;
    app.until(&format!(
        "const undo = (() => {{ {UNDO} }})(); return undo === 'Undo: Move Practise the plan'"
    ))
    .await?;
    let moved = below_the_planner(&app).await?;
    assert!(moved > before + 150.0, "{moved} after {before}");
    app.press(&["Control+z"]).await?;
    app.until(&format!(
        "const undo = (() => {{ {UNDO} }})(); return undo === 'Undo'"
    ))
    .await?;
    let mut back = below_the_planner(&app).await?;
    // The card flies back.
    for _ in 0..20 {
        if (back - before).abs() < 2.0 {
            break;
        }
        back = below_the_planner(&app).await?;
    }
    assert!((back - before).abs() < 2.0, "{back} instead of {before}");
    app.close().await
}

/// How far one card stands below another: the same wherever the map has been panned to.
async fn below_the_planner(app: &App) -> Result<f64, Failure> {
    // Once both have been looked at, neither look pans the map any more.
    middle(app, "Escape planner tool").await?;
    let (_, practice) = middle(app, "Practise the plan").await?;
    let (_, planner) = middle(app, "Escape planner tool").await?;
    Ok(practice - planner)
}

#[tokio::test]
async fn a_link_is_drawn_from_a_handle_and_its_end_is_put_on_another_card() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let app = open_sample(folder.path()).await?;
    let links = app.until(LINKS).await?.as_u64().unwrap();
    app.press(&["Control+0"]).await?;
    let (from, to, other) = ("Faces of fire article", "Reminder e-mail", "VR event");
    // Once all three have been in view, none moves any more.
    for name in [to, other, from] {
        middle(&app, name).await?;
    }
    let (end, next) = (middle(&app, to).await?, middle(&app, other).await?);
    let start = middle(&app, from).await?;
    let handle = (start.0 + CARD_WIDTH / 2.0, start.1);
    app.hover(start).await?;
    app.hover(handle).await?;
    app.drag(&[handle, (handle.0 + 40.0, handle.1 + 10.0), end])
        .await?;
    expect_links(&app, links + 1).await?;
    assert_eq!(
        text(&app.script(UNDO).await?),
        "Undo: Link Faces of fire article to Reminder e-mail"
    );

    // The link is selected, so its start can be taken and put on another card.
    app.hover((handle.0 + 30.0, handle.1 - 60.0)).await?;
    app.drag(&[handle, (handle.0 + 20.0, handle.1 + 30.0), next])
        .await?;
    app.until(&format!(
        "const undo = (() => {{ {UNDO} }})(); return undo === 'Undo: Change the start of a link to VR event'"
    ))
    .await?;
    expect_links(&app, links + 1).await?;
    app.close().await
}

#[tokio::test]
async fn a_marquee_takes_the_cards_and_links_it_covers() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let app = open_sample(folder.path()).await?;
    let (x, y) = middle(&app, "Practise the plan").await?;
    let (right, top) = middle(&app, "Escape planner tool").await?;
    app.press(&["Escape"]).await?;
    let (left, bottom) = (x.min(right) - 90.0, y.max(top) + 60.0);
    app.drag(&[
        (left, bottom + 40.0),
        (right, bottom),
        (x.max(right) + 60.0, y.min(top) - 10.0),
    ])
    .await?;
    app.until(
        "return document.querySelectorAll('[role=treeitem][aria-selected=true]').length === 2",
    )
    .await?;
    app.close().await
}

#[tokio::test]
async fn what_is_copied_is_on_the_systems_clipboard_and_is_pasted_from_there() -> Result<(), Failure>
{
    let folder = tempfile::tempdir()?;
    let app = open_sample(folder.path()).await?;
    middle(&app, "Faces of fire article").await?;
    app.press(&["Control+c", "Control+v"]).await?;
    selected(&app, "Faces of fire article 2").await?;
    app.press(&["Control+x"]).await?;
    app.until(&format!(
        "const names = (() => {{ {TOUCHPOINTS} }})(); return !names.includes('Faces of fire article 2')"
    ))
    .await?;
    app.press(&["Control+v"]).await?;
    selected(&app, "Faces of fire article 2").await?;
    app.close().await
}
