//! How long pictures take: medians in milliseconds beside what they are to stay below, and what Graphviz takes for the
//! same graph where it is installed. Run by `make bench`; sizes can be given as arguments.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a program that prints figures"
)]

#[allow(dead_code, reason = "shared with the benchmarks of the layout")]
#[path = "../../layout/benches/quality/graphs.rs"]
mod graphs;
#[path = "../tests/all/maps.rs"]
mod maps;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use backcast_model::Map;
use backcast_render::{
    Page, PdfOptions, Picture, PngOptions, Scene, Spread, SvgOptions, pdf, png, svg,
};
use graphs::{Links, seeded};

fn main() {
    println!("Pictures of seeded maps, two links per touchpoint, six stages: medians in ms");
    println!(
        "{:>6} {:<22} {:>10} {:>10} {:>10}",
        "n", "what", "median", "goal", "KB"
    );
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    for size in if sizes.is_empty() {
        vec![300, 5000]
    } else {
        sizes
    } {
        measure(size);
    }
}

fn measure(size: usize) {
    let map = seeded(size, Links::Anywhere, 7);
    let picture = maps::picture(&map);
    let scene = Scene::of(&picture);
    let runs = if size > 1000 { 5 } else { 15 };
    let large = size > 1000;
    let line = |what: &str, goal: Option<f64>, run: &dyn Fn() -> usize| {
        let (median, bytes) = median(runs, run);
        let goal = goal.map_or_else(String::new, |goal| format!("< {goal}"));
        println!(
            "{size:>6} {what:<22} {median:>10.2} {goal:>10} {:>10}",
            bytes / 1024
        );
    };
    let goal = |small: f64, most: f64| Some(if large { most } else { small });
    line("scene", None, &|| Scene::of(&picture).cards.len());
    line("svg, scene included", goal(10.0, 100.0), &|| {
        scene_and_svg(&picture)
    });
    // At 5,000 touchpoints a picture has more pixels, and A4 more pages, than are written.
    if !large {
        line("png 2x", Some(400.0), &|| {
            png(&scene, PngOptions::default()).unwrap().len()
        });
    }
    let page = |page, spread| {
        pdf(
            "Bench",
            std::slice::from_ref(&scene),
            PdfOptions {
                page,
                spread,
                project: None,
            },
        )
        .map_or(0, |bytes| bytes.len())
    };
    line("pdf, one page", goal(150.0, 1500.0), &|| {
        page(Page::Fit, Spread::One)
    });
    if !large {
        line("pdf, tiled on a4", None, &|| page(Page::A4, Spread::Tiled));
    }
    compare_with_graphviz(size, &map, &line);
}

fn scene_and_svg(picture: &Picture<'_>) -> usize {
    svg(&Scene::of(picture), SvgOptions::default()).len()
}

/// Measures something and prints a line: what it is called, what it is to stay below, the thing, which answers how many
/// bytes it made.
type Line<'a> = &'a dyn Fn(&str, Option<f64>, &dyn Fn() -> usize);

/// Graphviz is asked for small graphs only.
fn compare_with_graphviz(size: usize, map: &Map, line: Line<'_>) {
    if Command::new("dot")
        .arg("-V")
        .stderr(Stdio::null())
        .status()
        .is_err()
    {
        println!("{size:>6} graphviz is not installed");
        return;
    }
    if size > 1000 {
        println!("{size:>6} graphviz is not asked for a graph of this size");
        return;
    }
    let text = dot(map);
    for format in ["-Tsvg", "-Tpdf"] {
        line(&format!("dot {format}"), None, &|| {
            let mut child = Command::new("dot")
                .arg(format)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            child
                .stdin
                .take()
                .unwrap()
                .write_all(text.as_bytes())
                .unwrap();
            child.wait_with_output().unwrap().stdout.len()
        });
    }
}

fn dot(map: &Map) -> String {
    let mut text = "digraph { rankdir=LR; node [shape=box];\n".to_owned();
    for row in map.touchpoints.iter() {
        text.push_str(&format!("\"{}\" [label=\"{}\"];\n", row.id, row.name));
    }
    for link in map.links.iter() {
        text.push_str(&format!("\"{}\" -> \"{}\";\n", link.from, link.to));
    }
    text.push('}');
    text
}

fn median(runs: usize, run: &dyn Fn() -> usize) -> (f64, usize) {
    let mut bytes = 0;
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let begin = Instant::now();
            bytes = std::hint::black_box(run());
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[runs / 2], bytes)
}
