//! How long layouts take: medians in milliseconds, printed as a table. Run by `make bench`; sizes can be
//! given as arguments.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a program that prints figures"
)]

#[path = "quality/graphs.rs"]
mod graphs;

use std::time::Instant;

use backcast_layout::{Arrangement, Frame, Geometry, Grouping, Lanes, lay_out_in};
use backcast_model::catalog::Catalog;
use graphs::{Links, seeded, with_one_more};

/// Runs of which the median is printed.
const RUNS: usize = 15;

fn main() {
    println!(
        "Layout of seeded maps, two links per touchpoint, six stages: median of {RUNS} runs in ms"
    );
    println!(
        "{:>7} {:<14} {:<6} {:>10} {:>7} {:>20} {:>7} {:>16}",
        "n", "links", "lanes", "complete", "target", "after adding one", "target", "after renaming"
    );
    let four = Frame {
        lanes: Some(Lanes::new(Grouping::Ownership, &Catalog::shipped())),
        ..Frame::default()
    };
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    for size in if sizes.is_empty() {
        vec![300, 1000, 5000, 10_000]
    } else {
        sizes
    } {
        for links in [Links::BetweenStages, Links::Anywhere] {
            measure(size, links, "none", &Frame::default());
            measure(size, links, "four", &four);
        }
    }
}

fn measure(size: usize, links: Links, lanes: &str, frame: &Frame) {
    let geometry = Geometry::default();
    let map = seeded(size, links, 7);
    let complete = median(|_| time(|| lay_out_in(&map, &geometry, frame)));
    let mut arrangement = Arrangement::within(&map, geometry, frame.clone());
    let mut grown = map;
    let adding = median(|run| {
        let applied = with_one_more(&grown, run as u64);
        grown = applied.map;
        time(|| arrangement.update(&grown, &applied.changes))
    });
    let renaming = median(|_| time(|| arrangement.update(&grown, &[])));
    let links = format!("{links:?}");
    let target = target(size);
    println!(
        "{size:>7} {links:<14} {lanes:<6} {complete:>10.2} {:>7} {adding:>20.3} {:>7} {renaming:>16.3}",
        target.0, target.1
    );
}

/// What a complete layout and one more touchpoint may take in ms.
fn target(size: usize) -> (f64, f64) {
    match size {
        0..=300 => (5.0, 0.5),
        301..=1000 => (20.0, 2.0),
        1001..=5000 => (150.0, 10.0),
        _ => (400.0, 20.0),
    }
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let begin = Instant::now();
    let result = work();
    let elapsed = begin.elapsed().as_secs_f64() * 1e3;
    drop(std::hint::black_box(result));
    elapsed
}

fn median(mut run: impl FnMut(usize) -> f64) -> f64 {
    let mut times: Vec<f64> = (0..RUNS).map(&mut run).collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}
