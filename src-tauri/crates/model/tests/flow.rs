//! How many people take each link: what is known follows from given numbers alone.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use backcast_model::edit::apply;
use backcast_model::flow::{concerns, flows};
use backcast_model::{Edit, Id, Map, MapProperties, RowChange};
use serde_json::{Value, json};

fn after(map: &Map, edits: Value) -> (Map, Vec<RowChange>) {
    let edits: Vec<Edit> = serde_json::from_value(edits).unwrap();
    let applied = apply(map, &edits, &mut |name| Id::from_name(name, "n")).unwrap();
    (applied.map, applied.changes)
}

fn map_of(touchpoints: &[(&str, Option<u64>)], links: &[(&str, &str, Option<f64>)]) -> Map {
    let touchpoints = touchpoints.iter().map(|(id, population)| {
        json!({"op": "insert", "entity": "touchpoint", "value":
            {"id": id, "name": id, "kind": "driver", "population": population}})
    });
    let links = links.iter().map(|(from, to, rate)| {
        json!({"op": "insert", "entity": "link", "value": {"from": from, "to": to, "rate": rate}})
    });
    let edits = Value::Array(touchpoints.chain(links).collect());
    after(&Map::new(MapProperties::titled("Test")), edits).0
}

struct Case {
    what: &'static str,
    /// With their number of people.
    touchpoints: &'static [(&'static str, Option<u64>)],
    /// With their rate.
    links: &'static [(&'static str, &'static str, Option<f64>)],
    /// People by link, in the order of their ids.
    flows: &'static [(&'static str, f64)],
}

const CASES: &[Case] = &[
    Case {
        what: "two loops that bring back more than they took grow beyond all bounds",
        touchpoints: &[("ad", Some(100)), ("a", None), ("b", None), ("c", None)],
        links: &[
            ("ad", "a", Some(1.0)),
            ("a", "b", Some(0.8)),
            ("b", "a", Some(1.0)),
            ("a", "c", Some(0.8)),
            ("c", "a", Some(1.0)),
        ],
        flows: &[("ad->a", 100.0)],
    },
    Case {
        what: "no numbers, no flow",
        touchpoints: &[("tv", None), ("search", None)],
        links: &[("tv", "search", None)],
        flows: &[],
    },
    Case {
        what: "a share of nobody knows how many",
        touchpoints: &[("tv", None), ("search", None)],
        links: &[("tv", "search", Some(0.1))],
        flows: &[],
    },
    Case {
        what: "people go on as far as rates are known",
        touchpoints: &[
            ("tv", Some(50_000)),
            ("search", None),
            ("shop", None),
            ("thanks", None),
        ],
        links: &[
            ("tv", "search", Some(0.02)),
            ("search", "shop", Some(0.3)),
            ("shop", "thanks", None),
        ],
        flows: &[("search->shop", 300.0), ("tv->search", 1_000.0)],
    },
    Case {
        what: "what comes together adds up, and a given number stands",
        touchpoints: &[
            ("a", Some(100)),
            ("b", Some(200)),
            ("c", None),
            ("d", Some(7)),
            ("e", None),
        ],
        links: &[
            ("a", "c", Some(0.5)),
            ("b", "c", Some(0.5)),
            ("c", "d", Some(1.0)),
            ("d", "e", Some(1.0)),
        ],
        flows: &[
            ("a->c", 50.0),
            ("b->c", 100.0),
            ("c->d", 150.0),
            ("d->e", 7.0),
        ],
    },
    Case {
        what: "on a circle people come round again",
        touchpoints: &[("a", Some(100)), ("b", None), ("c", None)],
        links: &[
            ("a", "b", Some(1.0)),
            ("b", "c", Some(0.5)),
            ("c", "b", Some(0.5)),
        ],
        flows: &[("a->b", 100.0), ("b->c", 66.666), ("c->b", 33.333)],
    },
    Case {
        what: "a circle that loses nobody never comes to an end",
        touchpoints: &[("a", Some(100)), ("b", None), ("c", None)],
        links: &[
            ("a", "b", Some(1.0)),
            ("b", "c", Some(1.0)),
            ("c", "b", Some(1.0)),
        ],
        flows: &[("a->b", 100.0)],
    },
];

#[test]
fn flows_follow_from_given_numbers() {
    for case in CASES {
        let what = case.what;
        let flows = flows(&map_of(case.touchpoints, case.links));
        let ids: Vec<_> = flows.keys().map(Id::as_str).collect();
        let wanted: Vec<_> = case.flows.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, wanted, "{what}");
        for (id, people) in case.flows {
            let found = flows.get(*id).copied().unwrap();
            assert!((found - people).abs() < 0.01, "{what}: {id} {found}");
        }
    }
}

#[test]
fn only_numbers_and_the_ends_of_links_concern_the_flow() {
    let map = map_of(&[("a", Some(10)), ("b", None)], &[("a", "b", Some(0.5))]);
    let cases = [
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "a", "field": "name", "value": "A"}]),
            false,
        ),
        (
            json!([{"op": "set", "entity": "touchpoint", "id": "a", "field": "population", "value": 9}]),
            true,
        ),
        (
            json!([{"op": "set", "entity": "link", "id": "a->b", "field": "rate", "value": 0.1}]),
            true,
        ),
        (
            json!([{"op": "set", "entity": "link", "id": "a->b", "field": "cta", "value": "Go"}]),
            false,
        ),
        (
            json!([{"op": "insert", "entity": "touchpoint", "value": {"id": "c", "name": "c", "kind": "driver"}}]),
            false,
        ),
        (
            json!([{"op": "delete", "entity": "touchpoint", "id": "b"}]),
            true,
        ),
    ];
    for (edits, expected) in cases {
        let (_, changes) = after(&map, edits.clone());
        assert_eq!(changes.iter().any(concerns), expected, "{edits}");
    }
}
