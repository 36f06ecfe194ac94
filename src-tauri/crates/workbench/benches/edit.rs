//! One edit on a large map, from the call to committed, laid out, analysed and told: the gaps that came with their
//! sentences and fixes. Prints medians; asserts nothing. Run by `make bench`.

use std::time::{Duration, Instant};

use backcast_model::{Edit, Map};
use backcast_workbench::{Environment, Event, Problem, Workbench};
use serde_json::{Value, json};

/// How many edits of each sort are measured.
const EDITS: usize = 101;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for touchpoints in [300, 5_000] {
        let folder = tempfile::tempdir()?;
        let environment = Environment::at(folder.path().to_owned())?;
        let mut bench = Workbench::create(&environment, map(touchpoints)?)?;
        measure(
            &mut bench,
            "rename a touchpoint",
            |at| json!([{"op": "set", "entity": "touchpoint", "id": format!("t{at}"), "field": "name", "value": format!("Name {at}")}]),
        )?;
        measure(
            &mut bench,
            "add a touchpoint",
            |at| json!([{"op": "insert", "entity": "touchpoint", "value": {"name": format!("Alone {at}"), "kind": "driver", "stage": "s1"}}]),
        )?;
        measure(
            &mut bench,
            "add a link",
            |at| json!([{"op": "insert", "entity": "link", "value": {"from": format!("t{at}"), "to": format!("t{}", at + 140)}}]),
        )?;
        measure(&mut bench, "add a driver and its link", |at| {
            json!([
                {"op": "insert", "entity": "touchpoint", "value": {"id": format!("new{at}"), "name": "New", "kind": "driver", "stage": "s2"}},
                {"op": "insert", "entity": "link", "value": {"from": format!("new{at}"), "to": format!("t{}", at + 150)}},
            ])
        })?;
        measure(
            &mut bench,
            "delete a touchpoint",
            |at| json!([{"op": "delete", "entity": "touchpoint", "id": format!("t{}", at + 120)}]),
        )?;
    }
    Ok(())
}

/// A map of six stages whose links lead a little further down the list, two from each touchpoint.
fn map(touchpoints: usize) -> Result<Map, Box<dyn std::error::Error>> {
    let stages: Vec<Value> = (0..6)
        .map(|at| json!({"id": format!("s{at}"), "name": format!("Stage {at}")}))
        .collect();
    let rows: Vec<Value> = (0..touchpoints)
        .map(|at| {
            let kind = if at % 20 == 19 { "destination" } else { "driver" };
            json!({"id": format!("t{at}"), "name": format!("Touchpoint {at}"), "kind": kind, "stage": format!("s{}", at * 6 / touchpoints), "channel": "display"})
        })
        .collect();
    let links: Vec<Value> = (0..touchpoints * 2)
        .map(|at| json!({"from": format!("t{}", at / 2), "to": format!("t{}", (at / 2 + 1 + (at * 7919) % (touchpoints / 5)) % touchpoints), "cta": "Go on"}))
        .collect();
    let text = json!({"format": "backcast-map", "version": 1, "title": "Large", "stages": stages, "touchpoints": rows, "links": links});
    Ok(backcast_exchange::read(text.to_string().as_bytes())?)
}

fn measure(
    bench: &mut Workbench,
    what: &str,
    edits: impl Fn(usize) -> Value,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut took = Vec::with_capacity(EDITS);
    for at in 0..EDITS {
        let edits: Vec<Edit> = serde_json::from_value(edits(at))?;
        let started = Instant::now();
        step(bench, &edits)?;
        took.push(started.elapsed());
    }
    took.sort();
    say(
        what,
        bench.map().touchpoints.len(),
        took[EDITS / 2],
        took[EDITS * 95 / 100],
    );
    Ok(())
}

/// What the window does with an edit and its events.
fn step(bench: &mut Workbench, edits: &[Edit]) -> Result<(), Problem> {
    bench.edit(edits, "Measured")?;
    for event in bench.take_events() {
        if let Event::Gaps(told) = event {
            for gap in told.delta.added.iter().chain(&told.delta.changed) {
                std::hint::black_box((
                    told.assessment.message(gap),
                    told.assessment.fixes(gap),
                    told.assessment.affects(gap),
                ));
            }
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "printing is what it is for")]
fn say(what: &str, touchpoints: usize, median: Duration, slow: Duration) {
    println!(
        "{what:<28} {touchpoints:>6} touchpoints   median {median:>8.1?}   p95 {slow:>8.1?}   (target 10 ms)"
    );
}
