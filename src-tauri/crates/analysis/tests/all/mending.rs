//! What fixes offer where more than one thing would close a gap: what a planner would do.

use backcast_analysis::Fix;
use backcast_model::{Day, Edit, Entity};
use serde_json::{Value, json};

use crate::common::{analyst, assess, read};

fn fixes(map: &Value, key: &str) -> Vec<Fix> {
    let assessment = assess(&read(map));
    let gap = assessment
        .gaps()
        .iter()
        .find(|gap| gap.key.to_string() == key);
    assessment.fixes(gap.unwrap_or_else(|| panic!("no gap {key}")))
}

fn titles(map: &Value, key: &str) -> Vec<String> {
    fixes(map, key).into_iter().map(|fix| fix.title).collect()
}

#[test]
fn another_day_brings_what_is_overdue_by_then_and_nothing_else() {
    let map = read(&json!({
        "touchpoints": [{ "id": "a", "name": "Offer", "review_on": "2026-02-01" }, { "id": "b", "kind": "destination" }],
    }));
    let mut analyst = analyst();
    analyst.assess(&map);
    let day = |text: &str| text.parse::<Day>().unwrap();
    assert!(
        analyst.turn_to(day("2026-02-01")).is_empty(),
        "the same day"
    );
    let delta = analyst.turn_to(day("2026-02-02"));
    let added: Vec<_> = delta.added.iter().map(|gap| gap.key.to_string()).collect();
    assert_eq!(added, ["review-overdue:a"]);
    assert!(delta.changed.is_empty() && delta.removed.is_empty());
    let back = analyst.turn_to(day("2026-02-01"));
    assert_eq!(back.removed.len(), 1);
}

#[test]
fn a_link_that_lacks_a_pick_up_is_led_there_with_all_that_is_known_of_it_and_no_link_twice() {
    let map = |more: Value| {
        let mut links = vec![
            json!({ "id": "way", "from": "tv", "to": "shop", "lag_days": 2, "notes": "plan" }),
        ];
        links.extend(more.as_array().unwrap().iter().cloned());
        json!({
            "touchpoints": [
                { "id": "tv", "channel": "tv" }, { "id": "search", "channel": "organic-search" },
                { "id": "shop", "kind": "destination", "channel": "web-shop" },
            ],
            "links": links,
        })
    };
    let retarget = fixes(&map(json!([])), "no-pick-up:way").remove(0);
    assert!(
        matches!(&retarget.edits[0], Edit::Set { entity: Entity::Link, id, field, value }
            if id == "way" && field == "to" && value == "search"),
        "{retarget:?}"
    );
    let twice = json!([{ "from": "tv", "to": "search" }, { "from": "search", "to": "shop" }]);
    let merge = fixes(&map(twice), "no-pick-up:way").remove(0);
    assert!(
        matches!(merge.edits.as_slice(), [Edit::Delete { id, .. }] if id == "way"),
        "{merge:?}"
    );
}

#[test]
fn flights_stay_inside_the_maps_dates_and_move_only_where_others_stand_in() {
    let map = |flights: Value| {
        json!({
            "starts_on": "2026-01-07", "ends_on": "2026-02-04",
            "stages": [{ "id": "s", "moment": "aware" }],
            "touchpoints": [
                { "id": "a", "name": "A", "stage": "s", "flights": flights },
                { "id": "b", "name": "B", "stage": "s", "flights": [["2026-01-12", "2026-01-18"]] },
            ],
        })
    };
    let spare = fixes(
        &map(json!([
            ["2026-01-07", "2026-01-11"],
            ["2026-01-12", "2026-01-30"]
        ])),
        "nothing-live:s,2026-02-02",
    );
    for fix in &spare {
        let Edit::Set { value, .. } = &fix.edits[0] else {
            panic!("{fix:?}")
        };
        for flight in value.as_array().unwrap() {
            let day = |at: usize| flight[at].as_str().unwrap().to_owned();
            assert!(
                day(0).as_str() >= "2026-01-07" && day(1).as_str() <= "2026-02-04",
                "{fix:?}"
            );
        }
    }
    let moved = json!({
        "starts_on": "2026-01-05", "ends_on": "2026-01-18",
        "stages": [{ "id": "s", "moment": "aware" }],
        "touchpoints": [
            { "id": "a", "name": "A", "stage": "s", "flights": [["2026-01-05", "2026-01-11"]] },
            { "id": "b", "name": "B", "stage": "s", "flights": [["2026-01-05", "2026-01-11"]] },
        ],
    });
    let titles = titles(&moved, "nothing-live:s,2026-01-12");
    assert!(
        titles
            .iter()
            .any(|title| title.starts_with("Move the flight of")),
        "{titles:?}"
    );
}

#[test]
fn what_presses_too_early_may_move_behind_the_place_where_people_agree() {
    let map = json!({
        "stages": [{ "id": "s1", "name": "One", "moment": "aware" }, { "id": "s2", "name": "Two", "moment": "buying" }],
        "touchpoints": [
            { "id": "ad", "name": "Ad", "stage": "s1", "selling_intensity": "high" },
            { "id": "form", "name": "Form", "stage": "s2", "opt_in": true },
        ],
    });
    let titles = titles(&map, "hard-sell-too-early:ad");
    assert!(
        titles.contains(&"Move “Ad” to “Two”, behind “Form”".to_owned()),
        "{titles:?}"
    );
}

#[test]
fn a_device_is_covered_by_what_works_there_not_by_wishing() {
    let map = json!({
        "stages": [{ "id": "s", "name": "Engage", "moment": "considering" }],
        "audiences": [{ "id": "a", "name": "Homes", "devices": ["tv", "tablet"] }],
        "touchpoints": [{ "id": "mail", "name": "Reminder e-mail", "stage": "s", "channel": "email", "audiences": ["a"], "devices": ["mobile"] }],
    });
    let tv = titles(&map, "device-uncovered:a,s,tv");
    assert!(
        tv.iter().all(|title| !title.contains("work on TV")),
        "{tv:?}"
    );
    let tablet = titles(&map, "device-uncovered:a,s,tablet");
    assert!(tablet[0].contains("work on a tablet"), "{tablet:?}");
}

#[test]
fn where_nothing_is_sold_no_channel_of_trade_is_offered() {
    let map = |channel: &str| {
        json!({
            "stages": [{ "id": "s", "name": "Ask", "moment": "evaluating" }],
            "touchpoints": [{ "id": "line", "name": "Quitline", "kind": "destination", "stage": "s", "channel": channel }],
        })
    };
    let none = titles(&map("phone"), "stage-single-channel:s");
    assert!(
        none.iter().all(|title| !title.contains("Shopping")),
        "{none:?}"
    );
    let some = titles(&map("web-shop"), "stage-single-channel:s");
    assert_ne!(none, some);
}
