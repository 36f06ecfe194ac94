//! Gaps as planners meet them: told, mended, dismissed and read another way, on the command line and in the window.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::Path;

use backcast_tests::{App, Desk, Failure, parsed};
use serde_json::{Value, json};

/// A map whose spot leads to the shop without a search between, and whose shop is to be looked at again.
fn spring(desk: &Desk, name: &str) -> String {
    let map = json!({
        "format": "backcast-map", "version": 1, "title": "Spring", "theme": "Try it", "framework": "campaign-phases",
        "stages": [
            {"id": "discover", "name": "Discover", "moment": "aware"}, {"id": "buy", "name": "Buy", "moment": "buying"}
        ],
        "touchpoints": [
            {"id": "tv", "name": "TV spot", "kind": "driver", "stage": "discover", "channel": "tv", "cta": "Try it"},
            {"id": "post", "name": "Post", "kind": "driver", "stage": "discover", "channel": "paid-social", "cta": "Try it"},
            {"id": "shop", "name": "Shop", "kind": "destination", "stage": "buy", "channel": "web-shop",
             "review_on": "2026-05-01", "conversion_rate": 0.03}
        ],
        "links": [
            {"id": "way", "from": "tv", "to": "shop", "lag_days": 2, "rate": 0.1, "notes": "From the media plan"},
            {"id": "click", "from": "post", "to": "shop"}
        ]
    });
    let text = desk.path("spring.json");
    fs::write(&text, map.to_string()).unwrap();
    if name.ends_with(".json") {
        return text;
    }
    let path = desk.path(name);
    desk.done(&["import", &text, "-o", &path]);
    path
}

fn check(desk: &Desk, file: &str, more: &[&str]) -> Value {
    let arguments = [
        &["check", file, "--format", "json", "--fail-on", "never"],
        more,
    ]
    .concat();
    parsed(&desk.done(&arguments))
}

/// The gaps of a rule, dismissed ones among them.
fn of_rule(report: &Value, rule: &str) -> Vec<Value> {
    let gaps = report["gaps"].as_array().unwrap().iter();
    gaps.filter(|gap| gap["rule"] == rule).cloned().collect()
}

#[test]
fn a_fix_is_one_step_in_a_project_and_in_the_text_form() {
    for name in ["spring.backcast", "spring.json"] {
        let desk = Desk::new();
        let file = spring(&desk, name);
        let before = desk.export(&file);
        let wanted = ["--fix", "no-pick-up:way", "--today", "2026-03-01"];
        assert!(of_rule(&check(&desk, &file, &wanted), "no-pick-up").is_empty());
        let map = parsed(&desk.export(&file));
        let links = map["links"].as_array().unwrap();
        let way = links.iter().find(|link| link["id"] == "way").unwrap();
        assert_ne!(way["to"], "shop");
        assert_eq!(
            (&way["lag_days"], &way["notes"]),
            (&json!(2), &json!("From the media plan"))
        );
        assert!((way["rate"].as_f64().unwrap() - 0.1).abs() < 1e-9);
        assert_eq!(links.len(), 3, "the link and one that leads on");
        if name.ends_with(".backcast") {
            desk.done(&["undo", &file]);
            assert_eq!(desk.export(&file), before, "one step takes all of it back");
        }
    }
}

#[test]
fn what_cannot_be_mended_is_refused_and_changes_nothing() {
    let desk = Desk::new();
    let file = spring(&desk, "spring.backcast");
    let before = desk.export(&file);
    assert!(
        desk.refused(&["check", &file, "--fix", "dead-end"])
            .contains("no open gap")
    );
    let twice = json!([
        {"op": "insert", "entity": "touchpoint", "value": {"id": "a", "name": "A", "kind": "driver"}},
        {"op": "insert", "entity": "touchpoint", "value": {"id": "b", "name": "B", "kind": "driver"}}
    ]);
    desk.done(&["apply", &file, &desk.edits(&twice)]);
    let several = desk.refused(&["check", &file, "--fix", "orphan-driver"]);
    assert!(
        several.contains("orphan-driver:a orphan-driver:b"),
        "{several}"
    );
    desk.done(&["undo", &file]);
    let edit =
        json!([{"op": "set", "entity": "map", "id": "map", "field": "theme", "value": null}]);
    desk.done(&["apply", &file, &desk.edits(&edit)]);
    let own = desk.refused(&["check", &file, "--fix", "no-theme"]);
    assert!(own.contains("Only you"), "{own}");
    desk.done(&["undo", &file]);
    assert_eq!(desk.export(&file), before);
}

#[test]
fn the_first_fix_that_needs_nobodys_word_is_taken() {
    let desk = Desk::new();
    let file = spring(&desk, "spring.backcast");
    let silent = json!([
        {"op": "insert", "entity": "touchpoint", "value": {"id": "ad", "name": "Ad", "kind": "driver", "entry": true}}
    ]);
    desk.done(&["apply", &file, &desk.edits(&silent)]);
    // Of an advertisement without a link the first thing to do is a person's: to name what it asks for.
    let gap = &of_rule(&check(&desk, &file, &[]), "no-call-to-action")[0];
    assert!(gap["fixes"][0].get("fill_in").is_some(), "{gap}");
    let after = check(&desk, &file, &["--fix", "no-call-to-action:ad"]);
    assert!(of_rule(&after, "no-call-to-action").is_empty());
    assert_eq!(desk.touchpoint(&file, "ad")["deliberate_end"], true);
}

#[test]
fn exit_status_day_framework_view_and_sarif_are_as_asked() {
    let desk = Desk::new();
    let file = spring(&desk, "spring.backcast");
    let status = |arguments: &[&str]| desk.run(arguments).status.code();
    assert_eq!(status(&["check", &file]), Some(0), "nothing high");
    assert_eq!(status(&["check", &file, "--fail-on", "medium"]), Some(1));
    assert_eq!(
        status(&["check", &file, "--framework", "nonsense"]),
        Some(2)
    );

    assert!(
        of_rule(
            &check(&desk, &file, &["--today", "2026-05-01"]),
            "review-overdue"
        )
        .is_empty()
    );
    assert_eq!(
        of_rule(
            &check(&desk, &file, &["--today", "2026-05-02"]),
            "review-overdue"
        )
        .len(),
        1
    );

    let before = desk.export(&file);
    let read = check(&desk, &file, &["--framework", "race"]);
    let stages: Vec<_> = read["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| &stage["id"])
        .collect();
    assert!(stages.contains(&&json!("reach")), "{stages:?}");
    assert_eq!(desk.export(&file), before, "reading changes nothing");

    let planned = json!([{"op": "set", "entity": "touchpoint", "id": "post", "field": "status", "value": "planned"}]);
    desk.done(&["apply", &file, &desk.edits(&planned)]);
    let count = |report: &Value| {
        let stages = report["stages"].as_array().unwrap().iter();
        stages
            .map(|stage| stage["touchpoints"].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(count(&check(&desk, &file, &[])), 3);
    assert_eq!(
        count(&check(&desk, &file, &["--live"])),
        2,
        "what is only planned is left out"
    );

    let log = parsed(&desk.done(&["check", &file, "--format", "sarif", "--fail-on", "never"]));
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert!(
        place.as_str().unwrap().ends_with("spring.backcast"),
        "{place}"
    );
}

#[test]
fn a_dismissal_stays_through_copy_and_merge_until_its_gap_rests_on_something_else() {
    let desk = Desk::new();
    let (ann, bob) = (desk.person("Ann"), desk.person("Bob"));
    let one = spring(&desk, "one.backcast");
    let log = parsed(&desk.done(&["check", &one, "--format", "sarif", "--fail-on", "never"]));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let gap = results
        .iter()
        .find(|result| result["ruleId"] == "no-pick-up")
        .unwrap();
    let rests_on = &gap["partialFingerprints"]["restsOn/v1"];
    let edit = json!([{"op": "insert", "entity": "dismissal", "value": {
        "rule": "no-pick-up", "subjects": ["way"], "reason": "The address is in the spot", "by": "Ann", "rests_on": rests_on
    }}]);
    ann.done(&["apply", &one, &desk.edits(&edit)]);
    let other = desk.copy(&one, "other.backcast");
    ann.write(&desk, &one, "tv", "name", &json!("Long TV spot"));
    bob.write(&desk, &other, "shop", "name", &json!("Web shop"));
    let merged = desk.path("merged.backcast");
    ann.done(&["merge", &one, &other, "-o", &merged]);
    for file in [&one, &other, &merged] {
        let gaps = of_rule(&check(&desk, file, &[]), "no-pick-up");
        assert_eq!(
            gaps[0]["dismissed"]["reason"], "The address is in the spot",
            "{file}"
        );
        assert_eq!(gaps[0]["dismissed"]["by"], "Ann", "{file}");
    }
    let edit = json!([
        {"op": "insert", "entity": "touchpoint", "value": {
            "id": "page", "name": "Page", "kind": "driver", "stage": "buy", "channel": "landing-page"}},
        {"op": "set", "entity": "link", "id": "way", "field": "to", "value": "page"}
    ]);
    bob.done(&["apply", &merged, &desk.edits(&edit)]);
    let gaps = of_rule(&check(&desk, &merged, &[]), "no-pick-up");
    assert!(
        gaps[0]["dismissed"].is_null(),
        "it leads somewhere else now: {}",
        gaps[0]
    );
}

/// How many gaps the status line says are open.
const OPEN_GAPS: &str = "const found = /(\\d+) gaps? open/.exec(document.body.innerText); return found && Number(found[1])";

/// Goes to the gaps of the open map, as one function of the page.
const GAPS: &str =
    "const card = key => document.querySelector(`article[data-gap=\"${key}\"]:not(.closed)`)";

async fn gap_is(app: &App, key: &str, there: bool) -> Result<(), Failure> {
    app.until(&format!(
        "{GAPS}; return Boolean(card({key:?})) === {there}"
    ))
    .await?;
    Ok(())
}

/// Walks with F8 until this gap is lit.
async fn walk_to(app: &App, key: &str) -> Result<(), Failure> {
    for _ in 0..40 {
        app.press(&["F8"]).await?;
        let lit = app
            .until("return document.querySelector('article.chosen')?.dataset.gap")
            .await?;
        if lit == key {
            return Ok(());
        }
    }
    Err(format!("F8 never came to {key}").into())
}

#[tokio::test]
async fn gaps_are_walked_mended_dismissed_switched_off_and_read_another_way() -> Result<(), Failure>
{
    let desk = Desk::new();
    let file = spring(&desk, "spring.backcast");
    let data = desk.path("data of the window");
    let app = App::start(Path::new(&data), &[Path::new(&file)]).await?;
    app.until("return document.querySelectorAll('[role=treeitem]').length > 4")
        .await?;
    app.until(OPEN_GAPS).await?;

    walk_to(&app, "no-pick-up:way").await?;
    app.until("return document.querySelectorAll('article.chosen .todo button').length > 1")
        .await?;
    app.press(&["Control+."]).await?;
    app.until("return document.querySelectorAll('[role=menu] [role=menuitem]').length > 1")
        .await?;
    app.until("return document.querySelector('[role=menu]').contains(document.activeElement)")
        .await?;
    app.until("return document.querySelector('[role=menuitem][data-highlighted]')?.innerText.includes('search')").await?;
    app.press(&["Enter"]).await?;
    gap_is(&app, "no-pick-up:way", false).await?;
    app.press(&["Control+z"]).await?;
    gap_is(&app, "no-pick-up:way", true).await?;
    app.press(&["Control+Shift+Z"]).await?;
    gap_is(&app, "no-pick-up:way", false).await?;
    app.until("return [...document.querySelectorAll('[role=treeitem]')].some(row => row.getAttribute('aria-label').startsWith('Search'))").await?;

    walk_to(&app, "no-loop-after-purchase").await?;
    app.until("const button = [...document.querySelectorAll('article.chosen button')].find(button => button.textContent.includes('Dismiss')); button?.click(); return Boolean(button)").await?;
    app.until("return document.activeElement?.matches('article.chosen input')")
        .await?;
    app.type_text("Service follows in autumn").await?;
    app.press(&["Enter"]).await?;
    app.until("return document.body.innerText.includes('Dismissed')")
        .await?;

    walk_to(&app, "stage-single-channel:buy").await?;
    app.until("const button = document.querySelector('button[aria-label^=\"Set the rules\"]'); button?.click(); return Boolean(button)").await?;
    app.until("const off = document.querySelector('[data-rule-row=stage-single-channel] [role=switch]'); off?.click(); return Boolean(off)").await?;
    gap_is(&app, "stage-single-channel:buy", false).await?;

    app.press(&["Control+s"]).await?;
    app.until("return document.body.innerText.includes('Everything is in spring.backcast')")
        .await?;
    app.press(&["Escape"]).await?;
    app.press(&["Control+k"]).await?;
    app.until("return document.activeElement?.matches('input')")
        .await?;
    app.type_text("Read as another").await?;
    app.press(&["Enter"]).await?;
    app.until("return document.activeElement?.getAttribute('placeholder') === 'Read the map as…'")
        .await?;
    app.type_text("RACE").await?;
    app.press(&["Enter"]).await?;
    app.until("return document.querySelector('main.reading') && document.body.innerText.includes('Reach')").await?;
    app.close().await?;

    let report = check(&desk, &file, &[]);
    assert!(
        of_rule(&report, "stage-single-channel").is_empty(),
        "the rule is off in the file"
    );
    let dismissed = &of_rule(&report, "no-loop-after-purchase")[0]["dismissed"];
    assert_eq!(dismissed["reason"], "Service follows in autumn");
    let map = parsed(&desk.export(&file));
    assert_eq!(
        map["framework"], "campaign-phases",
        "reading changes nothing"
    );
    let written = &map["dismissals"][0];
    assert!(
        written["rests_on"].is_string() && written["at"].is_string(),
        "{written}"
    );
    Ok(())
}
