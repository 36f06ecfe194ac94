//! What writing and reading a map takes, beside what is wanted. Prints medians; asserts nothing. Run by `make bench`.

#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::time::{Duration, Instant};

use backcast_exchange::intake::{Choices, read};
use backcast_exchange::{Placement, canvas, csv, dot, drawio, graphml, mermaid, reconcile, xlsx};
use backcast_model::Map;
use backcast_model::catalog::Catalog;
use serde_json::{Value, json};

/// How often each is run.
const RUNS: usize = 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let catalog = Catalog::shipped();
    for touchpoints in [300, 5_000] {
        let map = map(touchpoints)?;
        let wanted = if touchpoints == 300 {
            "wanted: under 100 ms"
        } else {
            ""
        };
        println!("{touchpoints} touchpoints, {} links", map.links.len());
        let content = content(&map, &catalog);
        let workbook = measure("write xlsx", wanted, || xlsx::write(&content))?;
        let tables = measure("write csv", "", || csv::write(&map, &catalog));
        let placement = Placement::columns(&map);
        let drawing = measure("write drawio", "", || drawio::write(&map, &placement));
        let graph = measure("write graphml", "", || graphml::write(&map, &catalog));
        let picture = measure("write canvas", "", || canvas::write(&map, &placement));
        let chart = measure("write mermaid", "", || mermaid::write(&map));
        measure("write dot", "", || dot::write(&map));
        let files = [
            ("xlsx", vec![("a.xlsx".to_owned(), workbook)]),
            ("csv", tables),
            (
                "drawio",
                vec![("a.drawio".to_owned(), drawing.into_bytes())],
            ),
            (
                "graphml",
                vec![("a.graphml".to_owned(), graph.into_bytes())],
            ),
            (
                "canvas",
                vec![("a.canvas".to_owned(), picture.into_bytes())],
            ),
            ("mermaid", vec![("a.mmd".to_owned(), chart.into_bytes())]),
        ];
        for (name, files) in &files {
            let choices = Choices::default();
            let imported = measure(&format!("read {name}"), "", || {
                read(files, &choices, &catalog)
            })?;
            let asked = reconcile::Choices::default();
            measure("  and reconcile", "", || {
                reconcile::reconcile(&map, &imported, asked)
            });
        }
    }
    Ok(())
}

fn measure<T>(name: &str, wanted: &str, mut work: impl FnMut() -> T) -> T {
    let mut times: Vec<Duration> = Vec::with_capacity(RUNS);
    let mut run = || {
        let start = Instant::now();
        let result = work();
        times.push(start.elapsed());
        result
    };
    let mut result = run();
    for _ in 1..RUNS {
        result = run();
    }
    times.sort_unstable();
    let median = times.get(RUNS / 2).copied().unwrap_or_default();
    println!(
        "  {name:<20} {:>9.2} ms  {wanted}",
        median.as_secs_f64() * 1000.0
    );
    result
}

fn content<'a>(map: &'a Map, catalog: &'a Catalog) -> xlsx::Content<'a> {
    let stages: Vec<String> = map.stages.iter().map(|stage| stage.name.clone()).collect();
    let cell = |stage: &str| {
        let served = map.touchpoints.iter().filter(|touchpoint| {
            touchpoint
                .stage
                .as_ref()
                .is_some_and(|id| id.as_str() == stage)
        });
        xlsx::CoverageCell {
            touchpoints: served.map(|touchpoint| touchpoint.name.clone()).collect(),
            worst_gap: None,
        }
    };
    let cells = map.stages.ids().map(|id| cell(id.as_str())).collect();
    let gap = |number: usize| xlsx::GapRow {
        severity: backcast_model::Severity::Medium,
        rule: "dead-end".to_owned(),
        message: format!("Touchpoint {number} leads nowhere"),
        stages: vec!["Stage 1".to_owned()],
        touchpoints: vec![format!("Touchpoint {number}")],
        fixes: vec!["Link it to a destination".to_owned()],
        dismissed: None,
    };
    xlsx::Content {
        map,
        catalog,
        coverage: Some(xlsx::CoverageTable {
            stages,
            audiences: vec![("Everybody".to_owned(), cells)],
        }),
        gaps: Some((0..map.touchpoints.len() / 2).map(gap).collect()),
        base_address: Some("https://example.com".to_owned()),
    }
}

/// A map of six stages with most fields filled, two links from each touchpoint.
fn map(touchpoints: usize) -> Result<Map, Box<dyn std::error::Error>> {
    let stages: Vec<Value> = (0..6)
        .map(|at| json!({"id": format!("s{at}"), "name": format!("Stage {at}")}))
        .collect();
    let row = |at: usize| {
        json!({
            "id": format!("t{at}"), "name": format!("Touchpoint {at}"), "kind": if at % 20 == 19 { "destination" } else { "driver" },
            "stage": format!("s{}", at * 6 / touchpoints), "channel": (["display", "tv", "paid-social", "email"][at % 4]), "media": ["paid"],
            "audiences": ["a"], "message": "We have what you are looking for, and it is near.", "cta": "Have a look",
            "budget": at * 100, "population": at * 1_000, "conversion_rate": 0.02, "flights": [["2026-01-05", "2026-02-01"]],
            "review_on": "2026-03-01", "owner": "Ada", "notes": "As agreed in the second meeting."
        })
    };
    let links: Vec<Value> = (0..touchpoints * 2)
        .map(|at| json!({"from": format!("t{}", at / 2), "to": format!("t{}", (at / 2 + 1 + at * 7919 % (touchpoints / 5)) % touchpoints), "cta": "Go on", "rate": 0.02}))
        .collect();
    let map = json!({
        "format": "backcast-map", "version": 1, "title": "A large plan", "currency": "EUR", "stages": stages,
        "audiences": [{"id": "a", "name": "Everybody"}], "touchpoints": (0..touchpoints).map(row).collect::<Vec<_>>(), "links": links
    });
    Ok(backcast_exchange::read(map.to_string().as_bytes())?)
}
