//! Pictures of every view of every sample map in the real app, light and dark, at two window sizes, to be looked at by
//! a person: `screenshots FOLDER [WORD]`, where a word keeps to the samples whose names contain it. Run by
//! `make screenshots`.
//!
//! Refuses to judge: it compares nothing and asserts nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use backcast_tests::{App, Failure, Picture, sample};

/// Width and height of the window in CSS pixels.
const SIZES: [(u32, u32); 2] = [(1440, 900), (1920, 1080)];
const THEMES: [&str; 2] = ["light", "dark"];
/// How often a picture is taken until two in a row are the same; a caret that blinks never lets them be.
const LOOKS: usize = 6;

/// A view of a map, and the steps that lead to it from whichever view came before.
const VIEWS: [(&str, &[Step]); 6] = [
    (
        "map",
        &[Step::Command("Show the map"), Step::Press("Escape")],
    ),
    ("touchpoint", &[Step::SelectTouchpoint]),
    ("gaps", &[Step::Command("Show the gaps")]),
    ("history", &[Step::Command("Show the history")]),
    ("export", &[Step::Command("Export"), Step::Await(PREVIEW)]),
    (
        "coverage",
        &[
            Step::Press("Escape"),
            Step::Command("Show the inspector"),
            Step::Command("Show the coverage"),
        ],
    ),
];

/// The preview of an export is there and drawn.
const PREVIEW: &str = "const preview = document.querySelector('[aria-label=Preview]'); return Boolean(preview) && [...preview.querySelectorAll('img')].every(image => image.complete)";
/// Everything is read in: the map painted, and the gaps told of.
const OPENED: &str = "return performance.getEntriesByName('map-painted').length > 0 && document.querySelectorAll('[role=treeitem]').length > 4 && /gaps? open/.test(document.body.innerText)";
const COMMANDS: &str = "return document.activeElement?.getAttribute('aria-label') === 'Commands'";
/// Chooses a touchpoint from the middle of the outline, which mostly has links on both sides.
const SELECT_TOUCHPOINT: &str = "const rows = [...document.querySelectorAll('[role=treeitem]:not([aria-expanded])')]; const row = rows[Math.floor(rows.length / 2)]; row?.click(); return Boolean(row)";

/// One thing a person does on the way to a view.
#[derive(Clone, Copy)]
enum Step {
    /// Runs a command by its name, from the palette.
    Command(&'static str),
    Press(&'static str),
    SelectTouchpoint,
    /// Waits until this script returns something true.
    Await(&'static str),
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args_os().skip(1);
    let folder: PathBuf = arguments.next().ok_or("say into which folder")?.into();
    let word = arguments.next().unwrap_or_default();
    let word = word.to_string_lossy();
    fs::create_dir_all(&folder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        if "start".contains(word.as_ref()) {
            start_screen(&folder).await?;
        }
        for name in samples()?
            .iter()
            .filter(|name| name.contains(word.as_ref()))
        {
            map(&folder, name).await?;
        }
        Ok(())
    })
}

/// The names of all sample maps, without their ending.
fn samples() -> Result<Vec<String>, Failure> {
    let example = sample("any");
    let folder = example.parent().ok_or("the samples have no folder")?;
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".backcast.json").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

async fn start_screen(folder: &Path) -> Result<(), Failure> {
    let data = tempfile::tempdir()?;
    let app = App::start(data.path(), &[]).await?;
    app.until("return document.querySelector('nav[aria-label=Start]') !== null")
        .await?;
    for theme in THEMES {
        set_theme(&app, theme).await?;
        for size in SIZES {
            resize(&app, size).await?;
            keep(folder, "start", theme, size).await?;
        }
    }
    app.close().await
}

async fn map(folder: &Path, name: &str) -> Result<(), Failure> {
    let data = tempfile::tempdir()?;
    // A copy: the app keeps what it opens, and the samples stay as they are.
    let file = data.path().join(format!("{name}.backcast.json"));
    fs::copy(sample(name), &file)?;
    let app = App::start(data.path(), &[&file]).await?;
    app.until(OPENED).await?;
    for theme in THEMES {
        set_theme(&app, theme).await?;
        for size in SIZES {
            resize(&app, size).await?;
            for (view, steps) in VIEWS {
                for step in steps {
                    take(&app, *step).await?;
                }
                if view == "map" {
                    command(&app, "Zoom to fit").await?;
                }
                keep(folder, &format!("{name}-{view}"), theme, size).await?;
            }
        }
    }
    app.close().await
}

async fn take(app: &App, step: Step) -> Result<(), Failure> {
    match step {
        Step::Command(name) => command(app, name).await,
        Step::Press(key) => app.press(&[key]).await,
        Step::SelectTouchpoint => app.until(SELECT_TOUCHPOINT).await.map(drop),
        Step::Await(script) => app.until(script).await.map(drop),
    }
}

/// Runs a command by its name, from the palette.
async fn command(app: &App, name: &str) -> Result<(), Failure> {
    app.press(&["Control+k"]).await?;
    app.until(COMMANDS).await?;
    app.type_text(name).await?;
    app.until("return document.querySelector('[role=option]') !== null")
        .await?;
    app.press(&["Enter"]).await?;
    app.until("return document.querySelector('[role=combobox][aria-label=Commands]') === null")
        .await?;
    Ok(())
}

/// Chooses a theme from the palette, as it is kept by the app.
async fn set_theme(app: &App, theme: &str) -> Result<(), Failure> {
    command(app, &format!("Theme: {theme}")).await?;
    app.until(&format!(
        "return document.documentElement.dataset.theme === {theme:?}"
    ))
    .await?;
    Ok(())
}

/// Gives the window a size and waits until the page has taken its width.
async fn resize(app: &App, (width, height): (u32, u32)) -> Result<(), Failure> {
    app.resize(width, height).await?;
    app.until(&format!("return innerWidth === {width}")).await?;
    Ok(())
}

/// Writes a picture of what the window shows once it has come to rest.
async fn keep(
    folder: &Path,
    name: &str,
    theme: &str,
    (width, height): (u32, u32),
) -> Result<(), Failure> {
    let mut picture = Picture::take(width, height)?;
    for _ in 1..LOOKS {
        tokio::time::sleep(Duration::from_millis(120)).await;
        let next = Picture::take(width, height)?;
        let rests = next == picture;
        picture = next;
        if rests {
            break;
        }
    }
    let path = folder.join(format!("{name}-{theme}-{width}x{height}.png"));
    fs::write(&path, picture.png()?)?;
    writeln!(std::io::stdout(), "{}", path.display())?;
    Ok(())
}
