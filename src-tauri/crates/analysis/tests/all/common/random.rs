//! Maps and edits at random. Each row is made of bytes, one for each choice, so that a failing map shrinks toward
//! rows without fields.

mod edits;

use backcast_model::Map;
use proptest::prelude::*;
use serde_json::{Map as Fields, Value, json};

pub(crate) use edits::{FIELDS, edit, field_edit};

type Row = Vec<u8>;

/// What a random map is made of. A failing test shows its map, so the bytes themselves are told in short.
#[derive(Clone)]
pub(crate) struct Dice {
    pub(crate) map: Row,
    pub(crate) stages: Vec<u8>,
    pub(crate) audiences: Vec<Row>,
    pub(crate) touchpoints: Vec<Row>,
    pub(crate) links: Vec<Row>,
}

pub(crate) fn dice(touchpoints: usize, links: usize) -> impl Strategy<Value = Dice> {
    let row = || prop::collection::vec(any::<u8>(), 32);
    (
        row(),
        prop::collection::vec(any::<u8>(), 0..5),
        prop::collection::vec(row(), 0..3),
        prop::collection::vec(row(), 0..touchpoints),
        prop::collection::vec(row(), 0..links),
    )
        .prop_map(|(map, stages, audiences, touchpoints, links)| Dice {
            map,
            stages,
            audiences,
            touchpoints,
            links,
        })
}

impl std::fmt::Debug for Dice {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{} touchpoints, {} links",
            self.touchpoints.len(),
            self.links.len()
        )
    }
}

impl Dice {
    /// The map these make.
    pub(crate) fn map(&self) -> Map {
        super::read(&text(self))
    }
}

impl Dice {
    /// A map with only what makes its shape, so that walks through it are long and destinations not rare.
    pub(crate) fn shape(&self) -> Map {
        let stages: Vec<_> = self
            .stages
            .iter()
            .enumerate()
            .map(|(at, byte)| stage(at, *byte))
            .collect();
        let audiences: Vec<_> = self
            .audiences
            .iter()
            .enumerate()
            .map(|(at, row)| audience(at, row))
            .collect();
        let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
        let (in_stages, served) = (ids(&stages), ids(&audiences));
        let touchpoints: Vec<_> = self
            .touchpoints
            .iter()
            .enumerate()
            .map(|(at, row)| shaped(at, row, &in_stages, &served))
            .collect();
        let ends = ids(&touchpoints);
        let links: Vec<_> = self
            .links
            .iter()
            .enumerate()
            .filter_map(|(at, row)| shaped_link(at, row, &ends))
            .collect();
        let mut map = Choices::new(&self.map);
        map.rarely("rules", &all(&THRESHOLDS.map(thresholds)));
        map.fields.insert("stages".into(), stages.into());
        map.fields.insert("audiences".into(), audiences.into());
        map.fields.insert("touchpoints".into(), touchpoints.into());
        map.fields.insert("links".into(), links.into());
        super::read(&map.fields.into())
    }
}

fn shaped(at: usize, row: &[u8], stages: &[Value], audiences: &[Value]) -> Value {
    let mut choices = Choices::new(row);
    choices.fields.insert("id".into(), json!(format!("t{at}")));
    choices.fields.insert(
        "kind".into(),
        json!(if at == 0 { "destination" } else { "driver" }),
    );
    choices.rarely("kind", &all(&["destination"]));
    choices.rarely("rank", &all(&["intermediate", "ultimate"]));
    choices.pick("stage", stages);
    let channel = choices.byte() % CHANNELS.len();
    choices
        .fields
        .insert("channel".into(), json!(CHANNELS[channel]));
    choices.pick("entry", &all(&[false, false, false, true]));
    choices.rarely("deliberate_end", &all(&[true]));
    choices.rarely("status", &all(&["stopped"]));
    choices.pick("driver", &all(&["direct", "indirect"]));
    choices.rarely("media", &[json!(["paid"])]);
    choices.rarely("ownership", &all(&["partner", "customer"]));
    let some = |ids: &[Value]| json!(ids);
    let (first, last) = (audiences.iter().take(1), audiences.iter().rev().take(1));
    let (first, last) = (
        first.cloned().collect::<Vec<_>>(),
        last.cloned().collect::<Vec<_>>(),
    );
    choices.rarely(
        "audiences",
        &[some(audiences), some(&first), some(&last), some(&first)],
    );
    choices.rarely("selling_intensity", &all(&["high"]));
    choices.rarely(
        "recognises",
        &[json!(["email"]), json!([]), json!(["phone", "account"])],
    );
    choices.rarely("opt_in", &all(&[true]));
    choices.rarely("conversion_rate", &[json!(0.001), json!(0.02)]);
    choices.fields.into()
}

/// Every other link leads to the neighbour before, so that chains toward the first touchpoint are common.
fn shaped_link(at: usize, row: &[u8], ends: &[Value]) -> Option<Value> {
    let count = ends.len().max(1);
    let mut choices = Choices::new(row);
    let (from, to) = (choices.byte() % count, choices.byte() % count);
    let (from, to) = if at.is_multiple_of(2) {
        (from, to)
    } else {
        (from, from.saturating_sub(1))
    };
    choices
        .fields
        .insert("from".into(), ends.get(from)?.clone());
    choices.fields.insert("to".into(), ends.get(to)?.clone());
    choices.rarely("code", &all(&["abc"]));
    choices.rarely("lag_days", &[json!(0.5), json!(3), json!(30)]);
    Some(choices.fields.into())
}

/// Thresholds as a project may set them: rule, name, figure.
const THRESHOLDS: [(&str, &str, f64); 5] = [
    ("ready-buyers-delayed", "max_links", 1.0),
    ("ready-buyers-delayed", "max_links", 2.0),
    ("ready-buyers-delayed", "max_days", 2.0),
    ("paid-into-unproven", "min_rate", 0.03),
    ("channel-dominates", "max_share", 0.8),
];

fn thresholds((rule, name, figure): (&str, &str, f64)) -> Value {
    json!({ rule: { name: figure } })
}

const MOMENTS: [&str; 8] = [
    "unaware",
    "aware",
    "considering",
    "evaluating",
    "buying",
    "using",
    "loyal",
    "advocating",
];
const CHANNELS: [&str; 9] = [
    "tv",
    "organic-search",
    "email",
    "web-shop",
    "store",
    "our own",
    "paid-social",
    "word-of-mouth",
    "website",
];
const WORDS: [&str; 5] = [
    "Free plan",
    "Get your plan",
    "Buy now",
    "go",
    "Café à la carte",
];
const DAYS: [&str; 6] = [
    "2026-01-05",
    "2026-01-12",
    "2026-01-20",
    "2026-02-10",
    "2026-03-01",
    "2026-03-20",
];

/// Reads choices off a row.
struct Choices<'a> {
    row: std::slice::Iter<'a, u8>,
    fields: Fields<String, Value>,
}

impl<'a> Choices<'a> {
    fn new(row: &'a [u8]) -> Self {
        Self {
            row: row.iter(),
            fields: Fields::new(),
        }
    }

    fn byte(&mut self) -> usize {
        self.row.next().copied().unwrap_or_default().into()
    }

    /// One of these, or nothing: nothing as likely as any, and what zero shrinks to.
    fn pick(&mut self, field: &str, values: &[Value]) {
        let choice = self.byte() % (values.len() + 1);
        if let Some(value) = choice.checked_sub(1).and_then(|at| values.get(at)) {
            self.fields.insert(field.to_owned(), value.clone());
        }
    }

    /// Seldom one of these.
    fn rarely(&mut self, field: &str, values: &[Value]) {
        let byte = self.byte();
        if byte % 5 == 4 {
            self.fields
                .insert(field.to_owned(), values[byte / 5 % values.len()].clone());
        }
    }
}

fn all<T: Into<Value> + Clone>(values: &[T]) -> Vec<Value> {
    values.iter().cloned().map(Into::into).collect()
}

pub(crate) fn text(dice: &Dice) -> Value {
    let mut map = Choices::new(&dice.map);
    map.pick("theme", &[json!("A theme")]);
    map.rarely("starts_on", &all(&DAYS[..2]));
    map.rarely("ends_on", &all(&DAYS[3..]));
    let mut settings = THRESHOLDS.map(thresholds).to_vec();
    settings
        .push(json!({ "dead-end": { "severity": "low" }, "stage-empty": { "enabled": false } }));
    map.rarely("rules", &settings);
    let mut fields = map.fields;
    let stages: Vec<_> = dice
        .stages
        .iter()
        .enumerate()
        .map(|(at, byte)| stage(at, *byte))
        .collect();
    let audiences: Vec<_> = dice
        .audiences
        .iter()
        .enumerate()
        .map(|(at, row)| audience(at, row))
        .collect();
    let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    let mut touchpoints: Vec<_> = dice
        .touchpoints
        .iter()
        .enumerate()
        .map(|(at, row)| touchpoint(&format!("t{at}"), row, &ids(&stages), &ids(&audiences)))
        .collect();
    // Chance alone never gives every stage the same channels.
    if dice.map.last().is_some_and(|byte| byte % 8 == 7) {
        touchpoints
            .iter_mut()
            .for_each(|touchpoint| touchpoint["channel"] = json!("tv"));
    }
    let ends = ids(&touchpoints);
    let links: Vec<_> = dice
        .links
        .iter()
        .filter_map(|row| link(row, &ends))
        .collect();
    fields.insert("title".into(), json!("Random"));
    fields.insert("stages".into(), stages.into());
    fields.insert("audiences".into(), audiences.into());
    fields.insert(
        "systems".into(),
        json!([{ "id": "crm", "exchanges_with": ["shop"] }, { "id": "shop" }, { "id": "till" }]),
    );
    fields.insert("touchpoints".into(), touchpoints.into());
    fields.insert("links".into(), links.into());
    fields.into()
}

fn stage(at: usize, byte: u8) -> Value {
    let mut choices = Choices::new(std::slice::from_ref(&byte));
    choices.pick("moment", &all(&MOMENTS));
    choices.fields.insert("id".into(), json!(format!("s{at}")));
    choices.fields.into()
}

fn audience(at: usize, row: &[u8]) -> Value {
    let mut choices = Choices::new(row);
    choices.pick("horizon", &all(&["now", "3-6-months", "later"]));
    choices.pick("cycle_days", &[json!(5), json!(90)]);
    choices.pick("evidence", &[json!(["research"])]);
    choices.pick("channels", &[json!(["tv"]), json!(["email", "store"])]);
    choices.pick("devices", &[json!(["mobile"]), json!(["tv", "speaker"])]);
    choices.fields.insert("id".into(), json!(format!("a{at}")));
    choices.fields.into()
}

pub(crate) fn touchpoint(id: &str, row: &[u8], stages: &[Value], audiences: &[Value]) -> Value {
    let mut choices = Choices::new(row);
    choices.fields.insert("id".into(), json!(id));
    choices.fields.insert("kind".into(), json!("driver"));
    choices.rarely("kind", &[json!("destination")]);
    choices.pick("rank", &all(&["ultimate", "intermediate"]));
    choices.pick("stage", stages);
    choices.pick("channel", &all(&CHANNELS));
    choices.rarely("entry", &all(&[true, false]));
    choices.rarely("deliberate_end", &all(&[true]));
    choices.rarely("status", &all(&["stopped", "planned", "live"]));
    choices.pick("driver", &all(&["direct", "indirect"]));
    choices.pick("cta", &all(&WORDS));
    choices.rarely("media", &[json!(["paid"]), json!([])]);
    choices.rarely("ownership", &all(&["brand", "partner", "customer"]));
    let served = [
        json!([]),
        Value::Array(audiences.to_vec()),
        Value::Array(audiences.iter().take(1).cloned().collect()),
    ];
    choices.pick("audiences", &served);
    choices.rarely("devices", &[json!(["mobile"]), json!([])]);
    choices.pick(
        "promises",
        &[json!(["A free plan"]), json!(["Cafe", "50 %"])],
    );
    choices.pick("selling_intensity", &all(&["low", "high"]));
    choices.rarely("two_way", &all(&[true, false]));
    choices.rarely(
        "recognises",
        &[json!(["email"]), json!(["phone", "account"]), json!([])],
    );
    choices.rarely("opt_in", &all(&[true]));
    choices.rarely("tracked", &all(&[true, false]));
    choices.pick("system", &all(&["crm", "shop", "till"]));
    choices.pick("metric", &all(&["reach", "click", "sale"]));
    choices.pick("conversion_rate", &[json!(0.001), json!(0.02)]);
    choices.pick("budget", &[json!(100), json!(900)]);
    choices.pick(
        "flights",
        &[
            json!([["2026-01-05", "2026-01-20"]]),
            json!([["2026-02-10", "2026-03-01"]]),
        ],
    );
    choices.pick("owner", &all(&["Ada", "Bert"]));
    choices.pick("review_on", &all(&DAYS));
    choices.fields.into()
}

fn link(row: &[u8], ends: &[Value]) -> Option<Value> {
    let mut choices = Choices::new(row);
    let (from, to) = (choices.byte(), choices.byte());
    choices
        .fields
        .insert("from".into(), ends.get(from % ends.len().max(1))?.clone());
    choices
        .fields
        .insert("to".into(), ends.get(to % ends.len().max(1))?.clone());
    choices.rarely("cta", &all(&WORDS));
    choices.rarely("code", &all(&["abc"]));
    choices.rarely("lag_days", &[json!(0.5), json!(3), json!(30)]);
    Some(choices.fields.into())
}
