//! How long it takes to assess a map from scratch and after one edit, with the graph rules written in Python with
//! networkx beside it as a yardstick. Prints medians; run by `make bench`. Named parts run alone:
//! `cargo bench -p backcast-analysis -- edit`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program that prints figures for a person"
)]

use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backcast_analysis::report::{TextOptions, json, sarif, text};
use backcast_analysis::{Analyst, Coverage};
use backcast_model::catalog::Catalog;
use backcast_model::change;
use backcast_model::edit::apply;
use backcast_model::{Edit, Entity, Id, Map, MapBuilder, MapProperties};
use serde_json::{Value, json};

/// A part of the benchmark.
type Part = fn(&Arc<Catalog>);

fn main() {
    let catalog = Arc::new(Catalog::shipped());
    let parts: [(&str, Part); 4] = [
        ("scratch", from_scratch),
        ("edit", after_one_edit),
        ("reports", reports),
        ("yardstick", yardstick),
    ];
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    for (name, run) in parts {
        if named.is_empty() || named.iter().any(|named| named == name) {
            run(&catalog);
        }
    }
}

fn analyst(catalog: &Arc<Catalog>) -> Analyst {
    Analyst::new(Arc::clone(catalog), "2026-02-01".parse().unwrap())
}

/// The median of so many runs.
fn median(runs: usize, mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<_> = (0..runs).map(|_| run()).collect();
    times.sort_unstable();
    times[runs / 2]
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn milliseconds(time: Duration) -> String {
    format!("{:>9.3} ms", time.as_secs_f64() * 1000.0)
}

fn from_scratch(catalog: &Arc<Catalog>) {
    println!("All rules from scratch (medians)");
    let mut before: Option<(u32, Duration)> = None;
    for (touchpoints, runs, goal) in [(300_u32, 201, 0.5), (5_000, 51, 15.0), (50_000, 11, 250.0)] {
        for (name, map) in [
            ("graph only", generated(touchpoints as usize, false)),
            ("all fields", generated(touchpoints as usize, true)),
        ] {
            let gaps = analyst(catalog).assess(&map).gaps().len();
            let time = median(runs, || {
                let mut analyst = analyst(catalog);
                timed(|| analyst.assess(&map))
            });
            println!(
                "  {touchpoints:>6} touchpoints, {:>6} links, {name}: {} (n={runs}, goal {goal} ms, {gaps} gaps)",
                map.links.len(),
                milliseconds(time)
            );
            if name == "all fields"
                && let Some((smaller, less)) = before.replace((touchpoints, time))
            {
                let n_log_n = |n: u32| f64::from(n) * f64::from(n).log2();
                println!(
                    "         {:.1} times as long as {smaller} touchpoints; n log n grows {:.1} times",
                    time.as_secs_f64() / less.as_secs_f64(),
                    n_log_n(touchpoints) / n_log_n(smaller)
                );
            }
        }
    }
}

fn after_one_edit(catalog: &Arc<Catalog>) {
    println!("After one edit at 5,000 touchpoints (medians, goal 2 ms)");
    let map = generated(5_000, true);
    for (name, edits) in typical_edits() {
        let done = apply(&map, &edits, &mut |name| Id::from_name(name, "1")).unwrap();
        let mut before = done.map.clone();
        let undo = change::revert(&mut before, &done.changes);
        let mut analyst = analyst(catalog);
        analyst.assess(&map);
        let mut told = 0;
        let time = median(101, || {
            let time = timed(|| {
                let delta = analyst.update(&done.map, &done.changes);
                told = delta.added.len() + delta.changed.len() + delta.removed.len();
            });
            analyst.update(&before, &undo);
            time
        });
        println!(
            "  {name:<28} {} (n=101, {told} gaps told)",
            milliseconds(time)
        );
    }
    let mut analyst = analyst(catalog);
    analyst.assess(&map);
    let time = median(101, || timed(|| analyst.assessment()));
    println!(
        "  {:<28} {} (n=101)",
        "take the assessment",
        milliseconds(time)
    );
}

fn typical_edits() -> [(&'static str, Vec<Edit>); 9] {
    let set = |field: &str, value: Value| {
        vec![Edit::Set {
            entity: Entity::Touchpoint,
            id: "t2500".into(),
            field: field.into(),
            value,
        }]
    };
    let insert = |entity, value: Value| Edit::Insert {
        entity,
        value: value.as_object().cloned().unwrap(),
        after: None,
    };
    let driver = vec![
        insert(
            Entity::Touchpoint,
            json!({ "id": "new", "name": "New", "kind": "driver", "channel": "tv", "stage": "s1" }),
        ),
        insert(Entity::Link, json!({ "from": "new", "to": "t2500" })),
    ];
    [
        ("rename", set("name", json!("Another name"))),
        ("budget", set("budget", json!(123))),
        ("move to another stage", set("stage", json!("s4"))),
        ("make an entry", set("entry", json!(true))),
        ("add a driver and its link", driver),
        (
            "add a link",
            vec![insert(Entity::Link, json!({ "from": "t7", "to": "t2500" }))],
        ),
        (
            "delete a touchpoint",
            vec![Edit::Delete {
                entity: Entity::Touchpoint,
                id: "t2500".into(),
            }],
        ),
        (
            "move a stage",
            vec![Edit::Move {
                entity: Entity::Stage,
                id: "s1".into(),
                after: None,
            }],
        ),
        (
            "dismiss a gap",
            vec![insert(
                Entity::Dismissal,
                json!({ "rule": "no-theme", "subjects": [] }),
            )],
        ),
    ]
}

fn reports(catalog: &Arc<Catalog>) {
    println!("Reports of 5,000 touchpoints (medians, n=5)");
    let assessment = analyst(catalog).assess(&generated(5_000, true));
    let time = |work: &dyn Fn() -> usize| milliseconds(median(5, || timed(work)));
    println!(
        "  text     {}",
        time(&|| text(&assessment, TextOptions::default()).len())
    );
    println!("  JSON     {}", time(&|| json(&assessment).len()));
    println!("  SARIF    {}", time(&|| sarif(&assessment, None).len()));
    println!(
        "  coverage {}",
        time(&|| Coverage::of(&assessment).cells.len())
    );
}

/// The rules that the yardstick knows.
const GRAPH_RULES: [&str; 7] = [
    "destination-unreached",
    "stops-short",
    "dead-end",
    "orphan-driver",
    "unreachable-loop",
    "separate-islands",
    "single-point-of-failure",
];

/// The same map with all other rules turned off.
fn with_only(map: &Map, wanted: &[&str]) -> Map {
    let off = backcast_analysis::rules()
        .filter(|rule| !wanted.contains(&rule.id))
        .map(|rule| (rule.id.to_owned(), json!({ "enabled": false })));
    let edit = Edit::Set {
        entity: Entity::Map,
        id: "map".into(),
        field: "rules".into(),
        value: Value::Object(off.collect()),
    };
    apply(map, &[edit], &mut |name| Id::from_name(name, "1"))
        .unwrap()
        .map
}

/// The graph rules in Python on the same maps, in the same run.
fn yardstick(catalog: &Arc<Catalog>) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/yardstick.py");
    if !Command::new("python3")
        .args(["-c", "import networkx"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
    {
        println!("Yardstick skipped: there is no Python with networkx here.");
        return;
    }
    println!("The same seven graph rules here and in Python with networkx (medians)");
    for touchpoints in [300, 5_000] {
        let map = generated(touchpoints, false);
        let seven = with_only(&map, &GRAPH_RULES);
        let gaps = analyst(catalog).assess(&seven).gaps().len();
        let time = median(31, || {
            let mut analyst = analyst(catalog);
            timed(|| analyst.assess(&seven))
        });
        println!(
            "  {touchpoints:>6} touchpoints, {:>6} links, here:       {} ({gaps} gaps, n=31)",
            map.links.len(),
            milliseconds(time)
        );
        let rows: Vec<_> = map.touchpoints.iter().map(|touchpoint| {
            let entry = catalog.channel(touchpoint.channel.as_deref().unwrap_or_default()).is_some_and(|channel| channel.entry);
            json!({ "id": touchpoint.id, "destination": touchpoint.is_destination(), "ultimate": touchpoint.is_ultimate(),
                    "entry": entry && !touchpoint.is_destination() })
        }).collect();
        let links: Vec<_> = map
            .links
            .iter()
            .map(|link| json!([link.from, link.to]))
            .collect();
        let mut child = Command::new("python3")
            .arg(script)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(
                json!({ "touchpoints": rows, "links": links })
                    .to_string()
                    .as_bytes(),
            )
            .unwrap();
        child.wait().unwrap();
    }
}

const MOMENTS: [&str; 6] = [
    "unaware",
    "aware",
    "considering",
    "evaluating",
    "buying",
    "loyal",
];
const CHANNELS: [&str; 12] = [
    "tv",
    "outdoor",
    "paid-social",
    "organic-search",
    "website",
    "email",
    "paid-search",
    "store",
    "app",
    "pr",
    "direct",
    "web-shop",
];

/// G. Marsaglia, "Xorshift RNGs" (2003): the same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    /// A value, or nothing once in so many times.
    fn or_nothing(&mut self, once_in: usize, value: Value) -> Value {
        if self.below(once_in) == 0 {
            Value::Null
        } else {
            value
        }
    }
}

/// A map like a large campaign's: six stages, five audiences, two links for each touchpoint, mostly onward, some back,
/// some lost. The same for the same size.
fn generated(touchpoints: usize, all_fields: bool) -> Map {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut builder = MapBuilder::new(MapProperties::titled("Generated"));
    let mut push = |entity, value: Value| {
        builder
            .push(entity, None, value.as_object().cloned().unwrap())
            .unwrap();
    };
    push(
        Entity::Map,
        json!({ "title": "Generated", "starts_on": "2026-01-05", "ends_on": "2026-03-29", "currency": "EUR" }),
    );
    for (at, moment) in MOMENTS.iter().enumerate() {
        push(
            Entity::Stage,
            json!({ "id": format!("s{at}"), "name": format!("Stage {at}"), "moment": moment }),
        );
    }
    for at in 0..5 {
        let horizon = if at % 2 == 0 { "now" } else { "later" };
        push(
            Entity::Audience,
            json!({
                "id": format!("a{at}"), "name": format!("Audience {at}"), "horizon": horizon, "cycle_days": 90,
                "channels": ["email"], "devices": ["mobile", "tv"],
            }),
        );
    }
    for at in 0..touchpoints {
        push(
            Entity::Touchpoint,
            touchpoint(at, touchpoints, all_fields, &mut random),
        );
    }
    for number in 0..touchpoints * 2 {
        push(
            Entity::Link,
            link(number, touchpoints, all_fields, &mut random),
        );
    }
    builder.finish().unwrap()
}

fn touchpoint(at: usize, of: usize, all_fields: bool, random: &mut Random) -> Value {
    let stage = at * 6 / of;
    let destination = random.below(20) == 0 && stage >= 3;
    let mut value = json!({
        "id": format!("t{at}"), "name": format!("Touchpoint {at}"),
        "kind": if destination { "destination" } else { "driver" },
        "stage": format!("s{stage}"), "channel": CHANNELS[random.below(12)],
    });
    if all_fields {
        value["audiences"] = json!([format!("a{}", random.below(5))]);
        value["budget"] = json!(random.below(10_000));
        value["cta"] = random.or_nothing(3, json!("Get the free plan"));
        value["promises"] = random.or_nothing(2, json!(["A free plan", "Advice within a day"]));
        value["flights"] = json!([["2026-01-05", "2026-02-15"]]);
        value["owner"] = random.or_nothing(4, json!("Ada"));
        value["review_on"] = json!("2026-03-01");
        value["metric"] = json!("sale");
        value["conversion_rate"] = json!(0.02);
    }
    value
}

fn link(number: usize, touchpoints: usize, all_fields: bool, random: &mut Random) -> Value {
    let from = random.below(touchpoints);
    // Mostly a little further on; now and then anywhere, back included.
    let near = from + 1 + random.below(touchpoints / 5 + 1);
    let anywhere = random.below(10) == 0 || near >= touchpoints;
    let to = if anywhere {
        random.below(touchpoints)
    } else {
        near
    };
    let mut value =
        json!({ "id": format!("l{number}"), "from": format!("t{from}"), "to": format!("t{to}") });
    if all_fields {
        value["cta"] = random.or_nothing(2, json!("Read the long story"));
        value["lag_days"] = json!(random.below(10));
    }
    value
}
