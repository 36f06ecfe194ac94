//! Figures a person feels, from the real programs as packaged: checking a large map, the app's start, its memory.
//! Prints medians; asserts nothing. Run by `make bench`.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use backcast_tests::{App, command_line, generated_map, sample};

/// How often each thing is measured.
const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let folder = tempfile::tempdir()?;
    check(folder.path())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        start(folder.path()).await?;
        edit(folder.path()).await
    })
}

/// `backcast check` on 5,000 touchpoints and 10,000 links, in both forms: the whole process.
fn check(folder: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (text, project) = (
        folder.join("large.backcast.json"),
        folder.join("large.backcast"),
    );
    fs::write(&text, generated_map(5_000))?;
    let data = folder.join("data");
    command_line(&data)
        .arg("import")
        .arg(&text)
        .arg("-o")
        .arg(&project)
        .stdout(Stdio::null())
        .status()?;
    for (name, file) in [("text form", &text), ("project", &project)] {
        for format in ["text", "json"] {
            let took = median(|| {
                let started = Instant::now();
                command_line(&data)
                    .args(["check", "--format", format])
                    .arg(file)
                    .stdout(Stdio::null())
                    .status()?;
                Ok(started.elapsed())
            })?;
            let target = if format == "text" {
                " (target 150 ms)"
            } else {
                ""
            };
            say(
                &format!("check --format {format}, 5,000 touchpoints, {name}"),
                &format!("{took:.0?}{target}"),
            );
        }
    }
    Ok(())
}

/// From the start of the app's process to its first painted map, and what all its processes hold then.
async fn start(folder: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut starts = Vec::new();
    let mut memory = Vec::new();
    for round in 0..5 {
        let data = folder.join(format!("start-{round}"));
        let app = App::start(&data, &[&sample("escape-my-house")]).await?;
        let painted = app.until("return performance.getEntriesByName('map-painted')[0] && performance.timeOrigin + performance.getEntriesByName('map-painted')[0].startTime").await?;
        let painted = Duration::from_secs_f64(painted.as_f64().unwrap_or_default() / 1000.0);
        let processes = app.processes();
        let began = processes
            .iter()
            .filter_map(|process| began(*process))
            .min()
            .unwrap_or_default();
        starts.push(painted.saturating_sub(began));
        tokio::time::sleep(Duration::from_secs(2)).await;
        memory.push(processes.iter().map(|process| held(*process)).sum::<u64>());
        app.close().await?;
    }
    starts.sort();
    memory.sort_unstable();
    say(
        "app start to first painted map (sample)",
        &format!("{:.0?} (target 1.5 s)", starts[2]),
    );
    say(
        "memory of all processes (sample)",
        &format!("{} MB (target 280 MB)", memory[2] / 1024),
    );
    Ok(())
}

/// One edit in the running app at 5,000 touchpoints: from the interface's call until it is committed, analysed, told as
/// events and answered; the way between the web view and Rust is in it.
async fn edit(folder: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let file = folder.join("edit.backcast.json");
    fs::write(&file, generated_map(5_000))?;
    let app = App::start(&folder.join("edit-data"), &[&file]).await?;
    app.until("return performance.getEntriesByName('map-painted')[0] !== undefined")
        .await?;
    app.promise(
        "window.__TAURI_INTERNALS__.invoke('plugin:event|listen', {event: 'gaps-event', target: {kind: 'Any'}, \
         handler: window.__TAURI_INTERNALS__.transformCallback(() => { window.told = performance.now() - window.began })})",
        Duration::from_secs(10),
    )
    .await?;
    let (mut told, mut answered) = (Vec::new(), Vec::new());
    for round in 0..41 {
        app.script(&format!(
            "window.answered = window.told = 0; window.began = performance.now(); \
             window.__TAURI_INTERNALS__.invoke('apply_edits', {{edits: [{{op: 'set', entity: 'touchpoint', id: 't{round}', field: 'name', value: 'Name {round}'}}], label: 'Rename'}}) \
             .then(() => {{ window.answered = performance.now() - window.began }}); return 1"
        ))
        .await?;
        let milliseconds = |value: serde_json::Value| {
            Duration::from_secs_f64(value.as_f64().unwrap_or_default() / 1000.0)
        };
        answered.push(milliseconds(
            app.until("return window.told && window.answered").await?,
        ));
        told.push(milliseconds(app.script("return window.told").await?));
    }
    app.close().await?;
    told.sort();
    answered.sort();
    say(
        "one edit at 5,000 touchpoints, call to gaps in the app",
        &format!(
            "{:.1?}, 95 of 100 under {:.1?} (target 10 ms)",
            told[20], told[38]
        ),
    );
    say(
        "the same, to the answer behind what the map paints of it",
        &format!("{:.1?}, 95 of 100 under {:.1?}", answered[20], answered[38]),
    );
    Ok(())
}

fn median(
    mut measure: impl FnMut() -> Result<Duration, Box<dyn std::error::Error + Send + Sync>>,
) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let mut took = (0..ROUNDS)
        .map(|_| measure())
        .collect::<Result<Vec<_>, _>>()?;
    took.sort();
    Ok(took[ROUNDS / 2])
}

/// When a process began, since 1970: the kernel tells it in ticks of a hundredth of a second since it booted.
fn began(process: u32) -> Option<Duration> {
    let facts = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let ticks: f64 = facts
        .rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(19)?
        .parse()
        .ok()?;
    let up: f64 = fs::read_to_string("/proc/uptime")
        .ok()?
        .split_whitespace()
        .next()?
        .parse()
        .ok()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Some(now - Duration::from_secs_f64(up) + Duration::from_secs_f64(ticks / 100.0))
}

/// What a process holds in kilobytes; what several share counts for each in part.
fn held(process: u32) -> u64 {
    let facts = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = facts
        .lines()
        .find(|line| line.starts_with("Pss:"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[expect(clippy::print_stdout, reason = "printing is what it is for")]
fn say(what: &str, figure: &str) {
    println!("{what:<60} {figure}");
}
