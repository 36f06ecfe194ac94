//! Maps as chance makes them, within what the model allows: names that are awkward, fields that are and are not there.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "shared by tests, each of which uses a part"
)]

use backcast_model::catalog::Catalog;
use backcast_model::{Fields, Map};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Words with whatever foreign formats take for their own, tidy at both ends.
pub(crate) fn words() -> impl Strategy<Value = String> {
    let awkward = "[a-zA-Z0-9=+@;,.'\"<>&#|%\\\\\\[\\](){}*_`~éß漢🎉:/-]{1,8}";
    let plain = "[A-Z][a-z]{1,7}( [a-z]{1,6})?";
    prop_oneof![
        3 => plain,
        2 => (awkward, awkward).prop_map(|(one, other)| format!("{one} {other}")),
        1 => awkward,
        1 => (plain, awkward).prop_map(|(one, other)| format!("{one}\n{other}")),
        1 => select(vec!["=SUM(A1)", "-5", "'=x", "none", "–", "end", "true", "42", "<b>bold</b>", "a;b", "1,5"]).prop_map(str::to_owned),
    ]
}

fn maybe<T: std::fmt::Debug + Into<Value>>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<Value>> {
    prop::option::weighted(0.4, value.prop_map(Into::into))
}

fn word(words: &'static [&'static str]) -> impl Strategy<Value = Option<Value>> {
    maybe(select(words).prop_map(str::to_owned))
}

fn list(items: impl Strategy<Value = String>) -> impl Strategy<Value = Option<Value>> {
    maybe(prop::collection::vec(items, 0..3))
}

type Field = (&'static str, BoxedStrategy<Option<Value>>);

fn fields(fields: Vec<Field>) -> impl Strategy<Value = Fields> {
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    values.prop_map(move |values| {
        let named = names.iter().zip(values);
        named
            .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
            .collect()
    })
}

fn touchpoint() -> impl Strategy<Value = Fields> {
    let media = select(vec!["paid", "earned", "shared", "owned"]).prop_map(str::to_owned);
    let flight = (1_u8..13, 1_u8..29)
        .prop_map(|(month, day)| json!([format!("2026-{month:02}-{day:02}"), "2027-01-31"]));
    fields(vec![
        ("name", words().prop_map(|name| Some(name.into())).boxed()),
        (
            "kind",
            select(vec!["driver", "destination"])
                .prop_map(|kind| Some(kind.into()))
                .boxed(),
        ),
        ("rank", word(&["ultimate", "intermediate"]).boxed()),
        ("driver", word(&["direct", "indirect"]).boxed()),
        (
            "channel",
            word(&["tv", "paid-social", "Our own kind", "Messe"]).boxed(),
        ),
        ("media", list(media).boxed()),
        (
            "ownership",
            word(&["brand", "partner", "customer", "independent"]).boxed(),
        ),
        ("entry", maybe(any::<bool>()).boxed()),
        (
            "status",
            word(&["planned", "live", "changing", "stopped"]).boxed(),
        ),
        ("devices", list(words()).boxed()),
        ("message", maybe(words()).boxed()),
        ("cta", maybe(words()).boxed()),
        (
            "promises",
            list(words())
                .prop_map(|list| list.filter(|list| list != &json!([])))
                .boxed(),
        ),
        ("two_way", maybe(any::<bool>()).boxed()),
        ("recognises", list(words()).boxed()),
        ("metric", word(&["reach", "click", "sale"]).boxed()),
        ("population", maybe(0_u64..9_007_199_254_740_991).boxed()),
        (
            "conversion_rate",
            maybe((0_u32..=1000).prop_map(|rate| f64::from(rate) / 1000.0)).boxed(),
        ),
        (
            "budget",
            maybe((0_u32..4_000_000).prop_map(|cents| f64::from(cents) / 100.0)).boxed(),
        ),
        (
            "flights",
            maybe(prop::collection::vec(flight, 1..3)).boxed(),
        ),
        ("review_on", word(&["2026-03-01", "2024-02-29"]).boxed()),
        ("evidence_level", word(&["assumed", "measured"]).boxed()),
        ("notes", maybe(words()).boxed()),
        (
            "position",
            maybe((-900_i32..900, -900_i32..900).prop_map(|(x, y)| json!([f64::from(x) / 2.0, y])))
                .boxed(),
        ),
    ])
}

fn link() -> impl Strategy<Value = Fields> {
    fields(vec![
        ("cta", maybe(words()).boxed()),
        (
            "kind",
            word(&["search", "word_of_mouth", "hand_off", "loop"]).boxed(),
        ),
        (
            "rate",
            maybe(select(vec![
                json!(0.02),
                json!([0.01, 0.02, 0.04]),
                json!(1),
                json!([0, 0.5, 1]),
            ]))
            .boxed(),
        ),
        (
            "lag_days",
            maybe(select(vec![0.5, 1.125, 3.0, 30.0])).boxed(),
        ),
        ("tracked", maybe(any::<bool>()).boxed()),
        ("code", maybe(words()).boxed()),
        ("notes", maybe(words()).boxed()),
    ])
}

/// Which of some rows a row refers to.
fn at(index: prop::sample::Index, ids: &[String]) -> Option<Value> {
    (!ids.is_empty()).then(|| index.get(ids).as_str().into())
}

/// Maps of a handful of rows.
pub(crate) fn maps() -> impl Strategy<Value = Map> {
    let stages = prop::collection::vec(words(), 0..4);
    let audiences = prop::collection::vec(words(), 0..3);
    let systems = prop::collection::vec(words(), 0..2);
    let index = any::<prop::sample::Index>;
    let touchpoints = prop::collection::vec(
        (
            touchpoint(),
            prop::option::of(index()),
            prop::option::of(index()),
            prop::option::of(index()),
        ),
        0..6,
    );
    let links = prop::collection::vec((link(), index(), index()), 0..7);
    (words(), stages, audiences, systems, touchpoints, links).prop_map(|(title, stages, audiences, systems, touchpoints, links)| {
        let ids = |prefix: &str, count: usize| -> Vec<String> { (0..count).map(|number| format!("{prefix} {number}/\u{e9}")).collect() };
        let named = |ids: &[String], names: Vec<String>| -> Vec<Value> { ids.iter().zip(names).map(|(id, name)| json!({"id": id, "name": name})).collect() };
        let (stage_ids, audience_ids, system_ids) = (ids("s", stages.len()), ids("a", audiences.len()), ids("y", systems.len()));
        let touchpoint_ids = ids("t", touchpoints.len());
        let touchpoints: Vec<Value> = touchpoints
            .into_iter()
            .zip(&touchpoint_ids)
            .map(|((mut fields, stage, audience, system), id)| {
                fields.insert("id".to_owned(), id.as_str().into());
                for (field, value) in [("stage", stage.and_then(|at_| at(at_, &stage_ids))), ("system", system.and_then(|at_| at(at_, &system_ids)))] {
                    if let Some(value) = value {
                        fields.insert(field.to_owned(), value);
                    }
                }
                if let Some(audience) = audience.and_then(|at_| at(at_, &audience_ids)) {
                    fields.insert("audiences".to_owned(), json!([audience]));
                }
                Value::Object(fields)
            })
            .collect();
        let links: Vec<Value> = links
            .into_iter()
            .filter_map(|(mut fields, from, to)| {
                fields.insert("from".to_owned(), at(from, &touchpoint_ids)?);
                fields.insert("to".to_owned(), at(to, &touchpoint_ids)?);
                Some(Value::Object(fields))
            })
            .collect();
        let map = json!({
            "format": "backcast-map", "version": 1, "title": title, "objective": "More of it",
            "stages": named(&stage_ids, stages), "audiences": named(&audience_ids, audiences), "systems": named(&system_ids, systems),
            "touchpoints": touchpoints, "links": links,
            "rules": {"dead-end": {"enabled": false, "depth": 3}},
            "dismissals": [{"rule": "dead-end", "subjects": ["t 0/\u{e9}"], "reason": "on purpose"}]
        });
        backcast_exchange::read(map.to_string().as_bytes()).unwrap()
    })
}

/// The shipped catalogue, parsed once.
pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::LazyLock<Catalog> = std::sync::LazyLock::new(Catalog::shipped);
    &CATALOG
}

/// A map of the samples, by the name of its file.
pub(crate) fn sample(name: &str) -> Map {
    let path = format!(
        "{}/../../../assets/samples/{name}.backcast.json",
        env!("CARGO_MANIFEST_DIR")
    );
    backcast_exchange::read(&std::fs::read(path).unwrap()).unwrap()
}
