//! How good the layout is, beside Graphviz dot in the same run on the same seeded maps: crossings of the drawn links
//! counted exactly, the length of all links together, and what must never happen. dot is given a rank per stage and,
//! where links inside stages make steps, also a rank per step, which is the same task: cards, gaps and columns are then
//! the same, and so is the measure, along the links as drawn. Run by `make bench-layout`: sizes as arguments,
//! `--dot-seconds N` for how long dot may take for one picture, `--strict` to fail when a verdict is not met.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a program that prints figures"
)]

mod drawing;
mod graphs;
mod laws;
mod segments;

use std::process::ExitCode;
use std::time::Instant;

use backcast_layout::{Geometry, Layout, lay_out};
use backcast_model::Map;
use drawing::Drawing;
use graphs::Links;
use segments::{crossings, total_length};

/// Seeds of the maps of one size. One small map says little; a large one takes dot minutes.
const SEEDS: [u64; 5] = [7, 8, 9, 10, 11];
const SMALL: usize = 300;

/// The size at which the unrest of adding one touchpoint is judged, how often, and the share that may move far.
const DRAWN: usize = 300;
const TIMES: u64 = 15;
const MAY_MOVE: f64 = 0.05;

/// How a picture with one column per stage is named.
const BY_STAGE: &str = "dot, stages";

fn main() -> ExitCode {
    let wishes = Wishes::read(std::env::args().skip(1));
    println!(
        "Crossings of drawn links (exact) and total length of links in map units, in all maps of a row together; two \
         links per touchpoint, six stages; ms per map."
    );
    println!(
        "{:>6} {:>4} {:<14} {:<11} {:>10} {:>11} {:>11} {:>13} {:>13}",
        "n", "maps", "links", "by", "ms", "crossings", "as straight", "length", "as straight"
    );
    let geometry = Geometry::default();
    let mut verdicts = Verdicts::default();
    for &size in &wishes.sizes {
        for links in [Links::BetweenStages, Links::Anywhere] {
            compare(size, links, &geometry, &wishes, &mut verdicts);
        }
    }
    for links in [Links::BetweenStages, Links::Anywhere] {
        drawn_on(links, geometry, &mut verdicts);
    }
    println!("\n{} verdicts not met.", verdicts.broken);
    ExitCode::from(u8::from(wishes.strict && verdicts.broken > 0))
}

/// What the command line asks for.
struct Wishes {
    sizes: Vec<usize>,
    dot_seconds: u32,
    strict: bool,
}

impl Wishes {
    fn read(mut arguments: impl Iterator<Item = String>) -> Self {
        let mut wishes = Self {
            sizes: Vec::new(),
            dot_seconds: 900,
            strict: false,
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--strict" => wishes.strict = true,
                "--dot-seconds" => {
                    let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
                    wishes.dot_seconds = seconds.expect("--dot-seconds takes a number");
                }
                // Cargo adds words of its own, such as `--bench`.
                other => wishes.sizes.extend(other.parse::<usize>().ok()),
            }
        }
        if wishes.sizes.is_empty() {
            wishes.sizes = vec![100, 300, 1000];
        }
        wishes
    }
}

/// The figures of one way to draw, in all maps of a size together.
#[derive(Debug, Default)]
struct Figures {
    ms: f64,
    crossings: u64,
    straight_crossings: u64,
    length: f64,
    straight_length: f64,
}

impl Figures {
    fn add(&mut self, ms: f64, drawing: &Drawing) {
        self.ms += ms;
        self.crossings += crossings(&drawing.drawn);
        self.straight_crossings += crossings(&drawing.straight);
        self.length += total_length(&drawing.drawn);
        self.straight_length += total_length(&drawing.straight);
    }

    fn print(&self, size: usize, maps: usize, links: Links, by: &str) {
        println!(
            "{size:>6} {maps:>4} {:<14} {by:<11} {:>10.1} {:>11} {:>11} {:>13.0} {:>13.0}",
            format!("{links:?}"),
            self.ms / maps as f64,
            self.crossings,
            self.straight_crossings,
            self.length,
            self.straight_length
        );
    }
}

/// What is asked of the layout, and whether it holds.
#[derive(Debug, Default)]
struct Verdicts {
    broken: usize,
}

impl Verdicts {
    fn say(&mut self, holds: bool, what: &str) {
        self.broken += usize::from(!holds);
        println!(
            "       {} {what}",
            if holds { "met    " } else { "NOT MET" }
        );
    }

    /// Ours is to be no more than dot's.
    fn no_more(&mut self, what: &str, by: &str, ours: f64, dots: f64) {
        let more = (ours / dots.max(1.0) - 1.0) * 100.0;
        self.say(ours <= dots, &format!("{what}: {more:+.1} % of {by}"));
    }
}

fn compare(
    size: usize,
    links: Links,
    geometry: &Geometry,
    wishes: &Wishes,
    verdicts: &mut Verdicts,
) {
    let seeds = if size > SMALL { &SEEDS[..1] } else { &SEEDS };
    let maps: Vec<Map> = seeds
        .iter()
        .map(|&seed| graphs::seeded(size, links, seed))
        .collect();
    let mut ours = Figures::default();
    let mut layouts = Vec::new();
    for map in &maps {
        let (ms, layout) = timed(|| lay_out(map, geometry));
        ours.add(ms, &drawing::of_layout(map, &layout, geometry));
        layouts.push(layout);
    }
    ours.print(size, maps.len(), links, "Backcast");
    let dots = beside_dot(size, links, (&maps, &layouts), geometry, wishes);
    for (by, dots) in &dots {
        verdicts.no_more(
            "crossings",
            by,
            ours.crossings as f64,
            dots.crossings as f64,
        );
        // With one column per stage, links inside stages run within a column and all others have less far to go: dot
        // has the shorter links there, in a picture that does not show who drives whom inside a stage.
        verdicts.no_more("length", by, ours.length, dots.length);
    }
    let both = || maps.iter().zip(&layouts);
    let overlaps: usize = layouts
        .iter()
        .map(|layout| laws::overlaps(layout, geometry))
        .sum();
    let strays: usize = both()
        .map(|(map, layout)| laws::strays(map, layout, geometry))
        .sum();
    verdicts.say(
        overlaps + strays == 0,
        &format!("{overlaps} overlaps, {strays} touchpoints outside their stage"),
    );
}

/// dot's figures for each way to rank that it managed for all maps.
fn beside_dot(
    size: usize,
    links: Links,
    (maps, layouts): (&[Map], &[Layout]),
    geometry: &Geometry,
    wishes: &Wishes,
) -> Vec<(&'static str, Figures)> {
    type Ranking = fn(&Map, &Layout) -> Vec<usize>;
    let by_stage: (_, Ranking) = (BY_STAGE, |map, _| drawing::ranks_by_stage(map));
    let by_step: (_, Ranking) = ("dot, steps", |_, layout| drawing::ranks_by_step(layout));
    // Without links inside stages there is one step in each, and the two are the same.
    let rankings = match links {
        Links::BetweenStages => vec![by_stage],
        Links::Anywhere => vec![by_step, by_stage],
    };
    let mut done = Vec::new();
    for (by, ranks) in rankings {
        let mut figures = Figures::default();
        let same_columns = by == by_step.0;
        let all = maps.iter().zip(layouts).all(|(map, layout)| {
            let ranks = ranks(map, layout);
            let layers = same_columns.then(|| drawing::layers(layout));
            let ranking = (&ranks[..], layers.as_deref());
            let (ms, drawing) =
                timed(|| drawing::by_dot(map, ranking, geometry, wishes.dot_seconds));
            drawing
                .inspect(|drawing| figures.add(ms, drawing))
                .is_some()
        });
        if all {
            figures.print(size, maps.len(), links, by);
            done.push((by, figures));
        } else {
            println!(
                "{size:>6} {:>4} {:<14} {by}: not installed (Debian: graphviz), or no picture within {} s",
                maps.len(),
                format!("{links:?}"),
                wishes.dot_seconds
            );
        }
    }
    done
}

/// One more touchpoint moves few and swaps none.
fn drawn_on(links: Links, geometry: Geometry, verdicts: &mut Verdicts) {
    for seed in SEEDS {
        let map = graphs::seeded(DRAWN, links, seed);
        let unrest = laws::unrest(&map, geometry, TIMES);
        let what = format!(
            "one more of {DRAWN} ({links:?}, {} times): at most {:.1} % of cards moved far, {} pairs swapped",
            unrest.times,
            unrest.far * 100.0,
            unrest.swaps
        );
        verdicts.say(unrest.far <= MAY_MOVE && unrest.swaps == 0, &what);
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let begin = Instant::now();
    let result = work();
    (begin.elapsed().as_secs_f64() * 1e3, result)
}
