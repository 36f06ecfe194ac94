//! How fast the map is under a hand: the packaged app in its real web view, and beside it, in the same run, the same
//! map in other engines in the same web view. Prints medians and 95th percentiles in milliseconds next to what was
//! promised; asserts nothing. Run by `make bench-ui`: sizes as arguments, `--alone` without the other engines.

mod budget;
mod ours;
mod peers;
mod subject;

use backcast_tests::Failure;
use serde_json::Value;

use budget::{Deed, Figure};
use subject::Subject;

const SIZES: [usize; 4] = [300, 1_000, 5_000, 10_000];

fn main() -> Result<(), Failure> {
    if std::env::var_os("BACKCAST_PEERS").is_none() {
        say("the interface's figures are left to `make bench-ui`, which takes many minutes");
        return Ok(());
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let alone = arguments.iter().any(|argument| argument == "--alone");
    let mut sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    say(
        "p50 / p95 in ms; the clock tells whole milliseconds, a frame takes at least 16.7 of them. `load` is how many \
         programs wanted a processor in the minute before: figures under a high one say little. `work` is the time on \
         a processor that all processes of Backcast took for a frame, whatever else was running.",
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        for size in sizes {
            one_size(size, alone).await?;
        }
        Ok(())
    })
}

async fn one_size(touchpoints: usize, alone: bool) -> Result<(), Failure> {
    let subject = Subject::generated(touchpoints)?;
    let folder = tempfile::tempdir()?;
    let mut ours = Measured::default();
    let pane = ours::measure(&subject, folder.path(), &mut ours).await?;
    let mut beside = Vec::new();
    for (engine, name) in peers::ENGINES {
        if alone {
            break;
        }
        let mut theirs = Measured::default();
        if let Err(failure) =
            peers::measure(engine, &subject, &pane, folder.path(), &mut theirs).await
        {
            say(&format!("{name} at {touchpoints}: left out, {failure}"));
        }
        beside.push((name, theirs));
    }
    table(&subject, &pane, &ours, &beside);
    Ok(())
}

/// What was measured of one engine.
#[derive(Debug, Default)]
struct Measured(Vec<Noted>);

#[derive(Debug)]
struct Noted {
    deed: Deed,
    figure: Figure,
    load: f64,
    /// Milliseconds on a processor for each time.
    work: Option<f64>,
}

impl Measured {
    fn note(&mut self, deed: Deed, values: Vec<f64>, work: Option<f64>) {
        self.0.extend(Figure::of(values).map(|figure| Noted {
            deed,
            figure,
            load: load(),
            work,
        }));
    }

    fn of(&self, deed: Deed) -> Option<&Noted> {
        self.0.iter().find(|noted| noted.deed == deed)
    }
}

fn table(subject: &Subject, pane: &Value, ours: &Measured, beside: &[(&str, Measured)]) {
    say(&format!(
        "\n{} touchpoints, {} links, map pane {} × {}",
        subject.touchpoints,
        subject.touchpoints * 2,
        pane[0],
        pane[1]
    ));
    let names: String = beside
        .iter()
        .map(|(name, _)| format!("{name:>18}"))
        .collect();
    say(&format!(
        "{:<34}{:>14}{:>10} {:<7}{:>5}{names}{:>6}{:>7}",
        "", "Backcast", "target", "", "work", "load", "times"
    ));
    for deed in Deed::ALL {
        let theirs: String = beside
            .iter()
            .map(|(_, theirs)| {
                let words = theirs.of(deed).map(|noted| noted.figure.words());
                format!("{:>18}", words.unwrap_or_else(|| "–".to_owned()))
            })
            .collect();
        let budget = deed.budget(subject.touchpoints);
        let Some(noted) = ours.of(deed) else {
            continue;
        };
        let work = noted.work.map(|work| format!("{work:.0}"));
        say(&format!(
            "{:<34}{:>14}{:>10} {:<7}{:>5}{theirs}{:>6.1}{:>7}",
            deed.name(),
            noted.figure.words(),
            budget.words(),
            if budget.holds(&noted.figure) {
                "within"
            } else {
                "OVER"
            },
            work.unwrap_or_default(),
            noted.load,
            noted.figure.times
        ));
    }
}

/// All numbers of a list.
fn numbers(values: &Value) -> Vec<f64> {
    let values = values.as_array().into_iter().flatten();
    values.filter_map(Value::as_f64).collect()
}

/// How many programs wanted a processor, on average of the last minute.
fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split_whitespace().next();
    first.and_then(|load| load.parse().ok()).unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "printing is what it is for")]
fn say(line: &str) {
    println!("{line}");
}
