//! How long decks take: medians in milliseconds beside what they are to stay below. Sizes can be given as arguments.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    missing_docs,
    reason = "a program that prints figures"
)]

#[path = "../../layout/benches/quality/graphs.rs"]
mod graphs;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/pptx/samples.rs"]
mod samples;

use std::time::Instant;

use backcast_render::Theme;
use backcast_render::pptx::{Deck, PptxOptions, SlideSize, pptx};
use graphs::{Links, seeded};

fn main() {
    println!("Decks of seeded maps, two links per touchpoint, six stages: medians in ms");
    println!(
        "{:>6} {:<14} {:<5} {:>9} {:>9} {:>7}",
        "n", "links", "size", "median", "goal", "KB"
    );
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    for touchpoints in if sizes.is_empty() {
        vec![300, 5000]
    } else {
        sizes
    } {
        for links in [Links::BetweenStages, Links::Anywhere] {
            let map = samples::scene(&seeded(touchpoints, links, 7), Theme::light());
            let deck = Deck {
                title: map.title.clone(),
                map,
                notes: vec!["A gap.".to_owned()],
                coverage: None,
                timeline: None,
                gaps: Vec::new(),
            };
            for size in [SlideSize::Wide, SlideSize::Fit] {
                measure(touchpoints, &format!("{links:?}"), &deck, size);
            }
        }
    }
}

fn measure(touchpoints: usize, links: &str, deck: &Deck, size: SlideSize) {
    let goal = if touchpoints > 1000 {
        "< 1500"
    } else {
        "< 150"
    };
    let mut bytes = 0;
    let mut times: Vec<f64> = (0..if touchpoints > 1000 { 5 } else { 15 })
        .map(|_| {
            let begin = Instant::now();
            bytes = pptx(
                deck,
                &PptxOptions {
                    size,
                    project: None,
                },
            )
            .unwrap()
            .len();
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (median, kilobytes) = (times[times.len() / 2], bytes / 1024);
    println!("{touchpoints:>6} {links:<14} {size:<5?} {median:>9.1} {goal:>9} {kilobytes:>7}");
}
