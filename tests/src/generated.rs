//! Large maps that are the same every time, for measuring.

use serde_json::{Value, json};

/// A linear congruential generator (Knuth's MMIX constants): few lines, and the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}

const STAGES: [(&str, &str); 6] = [
    ("dream", "unaware"),
    ("discover", "aware"),
    ("explore", "considering"),
    ("engage", "evaluating"),
    ("buy", "buying"),
    ("use", "using"),
];

const CHANNELS: [&str; 8] = [
    "tv",
    "paid-social",
    "display",
    "organic-search",
    "email",
    "website",
    "store",
    "landing-page",
];

/// A map in Backcast JSON with this many touchpoints, twice as many links and five audiences. Links mostly lead to the
/// same or the next stage; one touchpoint in twenty is a destination.
#[must_use]
pub fn map(touchpoints: usize) -> String {
    let mut dice = Dice(7);
    let stage_of = |index: usize| index * STAGES.len() / touchpoints.max(1);
    let rows: Vec<Value> = (0..touchpoints)
        .map(|index| touchpoint(&mut dice, index, STAGES[stage_of(index)].0))
        .collect();
    let links: Vec<Value> = (0..touchpoints * 2)
        .map(|index| {
            let from = index / 2;
            let reach = touchpoints / STAGES.len() + 1;
            let to = (from + 1 + dice.below(reach)) % touchpoints.max(1);
            json!({"from": format!("t{from}"), "to": format!("t{to}"), "id": format!("l{index}"), "cta": "Go on"})
        })
        .collect();
    let audiences: Vec<Value> = (0..5)
        .map(|index| json!({"id": format!("a{index}"), "name": format!("Audience {index}")}))
        .collect();
    let stages: Vec<Value> = STAGES
        .iter()
        .map(|(id, moment)| json!({"id": id, "name": id, "moment": moment}))
        .collect();
    json!({
        "format": "backcast-map", "version": 1, "title": format!("{touchpoints} touchpoints"), "currency": "EUR",
        "stages": stages, "audiences": audiences, "touchpoints": rows, "links": links,
    })
    .to_string()
}

fn touchpoint(dice: &mut Dice, index: usize, stage: &str) -> Value {
    let kind = if index % 20 == 19 {
        "destination"
    } else {
        "driver"
    };
    json!({
        "id": format!("t{index}"), "name": format!("Touchpoint {index}"), "kind": kind, "stage": stage,
        "channel": CHANNELS[dice.below(CHANNELS.len())], "audiences": [format!("a{}", dice.below(5))],
        "budget": 100 * dice.below(200),
    })
}
