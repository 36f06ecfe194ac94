//! How good the layout is, beside Graphviz dot in the same run on the same seeded maps: crossings of the drawn links
//! counted exactly, and the length of all links together. dot is given a rank per stage and, where links inside stages
//! make steps, also a rank per step, which is the same task. Run by `make bench-layout`;
//! sizes can be given as arguments (dot takes
//! minutes for 5,000 touchpoints, so that these are left out unless asked for).
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
mod segments;

use std::time::Instant;

use backcast_layout::{Geometry, lay_out};
use drawing::Drawing;
use graphs::Links;
use segments::{crossings, total_length};

/// How long dot may take for one picture.
const TIMEOUT_S: u32 = 400;

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![100, 300, 1000]
    } else {
        sizes
    };
    println!(
        "Crossings of drawn links (exact) and total length of links in map units; two links per touchpoint, six stages."
    );
    println!(
        "{:>6} {:<15} {:<11} {:>10} {:>11} {:>11} {:>13} {:>13}",
        "n", "links", "by", "ms", "crossings", "as straight", "length", "as straight"
    );
    let geometry = Geometry::default();
    for size in sizes {
        for links in [Links::BetweenStages, Links::Anywhere] {
            let map = graphs::seeded(size, links, 7);
            let begin = Instant::now();
            let layout = lay_out(&map, &geometry);
            let elapsed = begin.elapsed().as_secs_f64() * 1e3;
            print(
                size,
                links,
                "Backcast",
                elapsed,
                &drawing::of_layout(&map, &layout, &geometry),
            );
            let by_stage = ("dot, stages", drawing::ranks_by_stage(&map));
            let by_step = ("dot, steps", drawing::ranks_by_step(&layout));
            // Without links inside stages there is one step in each, and the two are the same.
            let rankings = if by_stage.1 == by_step.1 {
                vec![by_stage]
            } else {
                vec![by_stage, by_step]
            };
            for (by, ranks) in rankings {
                let begin = Instant::now();
                match drawing::by_dot(&map, &ranks, &geometry, TIMEOUT_S) {
                    Some(drawing) => print(
                        size,
                        links,
                        by,
                        begin.elapsed().as_secs_f64() * 1e3,
                        &drawing,
                    ),
                    None => println!(
                        "{size:>6} {links:<15?} {by}: dot is not installed (Debian: graphviz) or gave no picture within {TIMEOUT_S} s"
                    ),
                }
            }
        }
    }
}

fn print(size: usize, links: Links, by: &str, elapsed: f64, drawing: &Drawing) {
    println!(
        "{size:>6} {:<15} {by:<11} {elapsed:>10.1} {:>11} {:>11} {:>13.0} {:>13.0}",
        format!("{links:?}"),
        crossings(&drawing.drawn),
        crossings(&drawing.straight),
        total_length(&drawing.drawn),
        total_length(&drawing.straight)
    );
}
