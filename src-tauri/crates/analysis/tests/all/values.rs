//! What else the crate offers: settings, dismissals, the crosswalk, coverage, views, reports and explanations.

use std::collections::BTreeSet;

use backcast_analysis::report::{TextOptions, sarif, text};
use backcast_analysis::{Coverage, Evidence, View, explain, read_as, rule, rules};
use backcast_model::{Edit, Entity, Map, Severity};
use serde_json::{Value, json};

use crate::common::{SAMPLES, analyst, apply_all, assess, catalog, read, sample};

fn keys(map: &Map) -> BTreeSet<String> {
    assess(map)
        .gaps()
        .iter()
        .map(|gap| gap.key.to_string())
        .collect()
}

fn dead_end() -> Value {
    json!({
        "touchpoints": [
            { "id": "tv", "name": "TV spot", "entry": true, "cta": "Look" },
            { "id": "post", "entry": true, "cta": "Look" },
            { "id": "shop", "kind": "destination" },
        ],
        "links": [{ "from": "post", "to": "shop" }],
        "theme": "A theme",
    })
}

#[test]
fn a_project_turns_rules_off_and_changes_their_severity() {
    let mut map = dead_end();
    assert!(keys(&read(&map)).contains("dead-end:tv"));
    map["rules"] =
        json!({ "dead-end": { "severity": "low" }, "separate-islands": { "enabled": false } });
    let assessment = assess(&read(&map));
    let gap = assessment
        .gaps()
        .iter()
        .find(|gap| gap.rule.id == "dead-end")
        .unwrap();
    assert_eq!(
        (gap.severity, assessment.summary().high),
        (Severity::Low, 0)
    );
    assert!(
        !assessment
            .gaps()
            .iter()
            .any(|gap| gap.rule.id == "separate-islands")
    );
    assert!(
        !assessment
            .not_assessed()
            .iter()
            .any(|one| one.rule.id == "separate-islands")
    );
}

/// What is read is held to the figures that the model knows by the rule's id.
#[test]
fn every_rule_has_the_thresholds_that_settings_are_held_to() {
    for rule in backcast_analysis::rules() {
        assert_eq!(
            rule.thresholds,
            backcast_model::threshold::of_rule(rule.id),
            "{}",
            rule.id
        );
        for threshold in rule.thresholds {
            let range = threshold.least..=threshold.most;
            assert!(range.contains(&threshold.default), "{}", threshold.name);
        }
    }
}

#[test]
fn thresholds_beyond_reason_count_as_the_nearest_within() {
    let mut map = json!({ "touchpoints": [{ "id": "a", "channel": "tv", "budget": 100 }, { "id": "b", "channel": "email" }] });
    map["rules"] = json!({ "channel-dominates": { "max_share": 7 } });
    assert!(!keys(&read(&map)).contains("channel-dominates"));
    map["rules"] = json!({ "channel-dominates": { "max_share": "much" } });
    assert!(keys(&read(&map)).contains("channel-dominates"));
}

#[test]
fn a_dismissal_of_the_text_form_holds_as_long_as_rule_and_subjects_are_the_same() {
    let mut map = dead_end();
    map["dismissals"] = json!([
        { "rule": "dead-end", "subjects": ["tv"], "reason": "brand only, on purpose", "by": "Ada" },
        { "rule": "separate-islands", "subjects": ["tv"], "reason": "named by its touchpoints" },
        { "rule": "no-theme", "subjects": [], "reason": "there is no such gap" },
    ]);
    let assessment = assess(&read(&map));
    let dismissed: Vec<_> = assessment
        .gaps()
        .iter()
        .filter(|gap| !gap.is_open())
        .map(|gap| gap.key.to_string())
        .collect();
    assert_eq!(dismissed, ["dead-end:tv", "separate-islands"]);
    assert_eq!(assessment.summary().dismissed, 2);
}

#[test]
fn a_dismissal_opens_again_when_what_it_rested_on_changes() {
    let map = json!({
        "touchpoints": [
            { "id": "a", "channel": "tv", "budget": 60 }, { "id": "b", "channel": "email", "budget": 40 },
        ],
    });
    let map = read(&map);
    let assessment = assess(&map);
    let gap = assessment
        .gaps()
        .iter()
        .find(|gap| gap.rule.id == "channel-dominates")
        .unwrap();
    let map = apply_all(
        &map,
        &gap.dismiss(
            &map,
            "launch year",
            Some("Ada"),
            Some("2026-01-03T10:00:00Z"),
        ),
    );
    let set = |amount: u32| Edit::Set {
        entity: Entity::Touchpoint,
        id: "a".into(),
        field: "budget".into(),
        value: json!(amount),
    };
    let open = |map: &Map| {
        assess(map)
            .gaps()
            .iter()
            .any(|gap| gap.rule.id == "channel-dominates" && gap.is_open())
    };
    assert!(!open(&map));
    assert!(
        !open(&apply_all(&map, &[set(61)])),
        "a little more means the same"
    );
    let changed = apply_all(&map, &[set(160)]);
    assert!(open(&changed));
    let again = assess(&changed);
    let gap = again
        .gaps()
        .iter()
        .find(|gap| gap.rule.id == "channel-dominates")
        .unwrap();
    let dismissed = apply_all(&changed, &gap.dismiss(&changed, "still", None, None));
    assert!(
        !open(&dismissed),
        "dismissing again takes the place of the old word"
    );
    assert_eq!(dismissed.dismissals.len(), 1);
}

#[test]
fn a_view_of_what_is_live_leaves_out_what_is_planned() {
    let map = read(
        &json!({ "touchpoints": [{ "id": "tv", "entry": true, "status": "planned" }, { "id": "shop", "kind": "destination" }],
        "links": [{ "from": "tv", "to": "shop" }] }),
    );
    assert!(!keys(&map).contains("destination-unreached:shop"));
    let live = analyst().seeing(View::LiveOnly).assess(&map);
    assert!(
        live.gaps()
            .iter()
            .any(|gap| gap.key.to_string() == "destination-unreached:shop")
    );
}

#[test]
fn a_map_is_read_under_another_framework_by_moments() {
    let map = sample("escape-my-house");
    let catalog = catalog();
    for framework in catalog.frameworks() {
        let other = read_as(&map, framework).unwrap();
        assert_eq!(other.stages.len(), framework.stages.len());
        assert_eq!(other.links, map.links);
        assert_eq!(
            other.touchpoints.ids().collect::<Vec<_>>(),
            map.touchpoints.ids().collect::<Vec<_>>()
        );
        assess(&other);
    }
    let race = read_as(&map, catalog.framework("race").unwrap()).unwrap();
    let stages = |map: &Map| {
        map.touchpoints
            .iter()
            .map(|touchpoint| touchpoint.stage.as_ref().unwrap().to_string())
            .collect::<Vec<_>>()
    };
    let expected: Vec<_> = stages(&map)
        .into_iter()
        .map(|stage| match stage.as_str() {
            "discover" => "reach",
            // Engage of this framework is about evaluating, which is before the purchase.
            "explore" | "engage" => "act",
            _ => "convert",
        })
        .collect();
    assert_eq!(stages(&race), expected);
}

#[test]
fn the_crosswalk_leaves_stages_of_no_moment_behind() {
    let map =
        read(&json!({ "stages": [{ "id": "x" }], "touchpoints": [{ "id": "a", "stage": "x" }] }));
    let other = read_as(&map, catalog().framework("aida").unwrap()).unwrap();
    assert_eq!(other.touchpoints.at(0).unwrap().stage, None);
    assert_eq!(
        map.touchpoints
            .at(0)
            .unwrap()
            .stage
            .as_ref()
            .unwrap()
            .as_str(),
        "x"
    );
}

#[test]
fn coverage_tells_who_is_served_where_by_what_at_what_cost() {
    let map = read(&json!({
        "stages": [{ "id": "d" }, { "id": "b" }], "audiences": [{ "id": "a1" }, { "id": "a2" }],
        "touchpoints": [
            { "id": "x", "stage": "d", "channel": "tv", "audiences": ["a1", "a2"], "budget": 10.5 },
            { "id": "y", "stage": "d", "channel": "tv", "audiences": ["a1"], "budget": 2 },
            { "id": "z", "stage": "b", "audiences": ["a2"] },
            { "id": "n", "channel": "email" },
            { "id": "s", "stage": "d", "audiences": ["a1"], "status": "stopped" },
        ],
    }));
    let coverage = Coverage::of(&assess(&map));
    let cell = |audience, stage| coverage.cell(audience, stage).unwrap();
    let first = &cell(Some("a1"), Some("d")).served_by;
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].channel.as_deref(), Some("tv"));
    assert_eq!(first[0].budget.amount(), 12.5);
    assert_eq!(first[0].touchpoints.len(), 2);
    assert_eq!(cell(Some("a2"), Some("b")).served_by[0].channel, None);
    let unserved: Vec<_> = cell(Some("a1"), Some("b"))
        .gaps
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(unserved, ["audience-unserved:a1,b"]);
    assert_eq!(cell(None, None).touchpoints(), 1);
    assert_eq!(coverage.channels, ["tv", "email"]);
    assert_eq!(coverage.cells.len(), 3 * 3);
}

#[test]
fn stages_sum_up_what_they_hold_and_lack() {
    let map = read(&json!({
        "stages": [{ "id": "d", "moment": "aware" }, { "id": "b" }],
        "touchpoints": [{ "id": "a", "stage": "d", "budget": 3 }, { "id": "b", "stage": "d", "budget": 4.5 }, { "id": "c" }],
    }));
    let assessment = assess(&map);
    let told: Vec<_> = assessment
        .stages()
        .iter()
        .map(|stage| {
            (
                stage.id.as_ref().map(ToString::to_string),
                stage.touchpoints,
                stage.budget.amount(),
                stage.gaps.high,
            )
        })
        .collect();
    // Each touchpoint is an orphan without a call to action.
    let expected = [
        (Some("d".into()), 2, 7.5, 4),
        (Some("b".into()), 0, 0.0, 1),
        (None, 1, 0.0, 2),
    ];
    assert_eq!(told, expected);
}

#[test]
fn gaps_are_told_by_severity_stage_rule_and_subject() {
    for name in SAMPLES {
        let map = sample(name);
        let assessment = assess(&map);
        let place = |id: Option<&backcast_model::Id>| {
            id.map_or(usize::MAX, |id| map.stages.position(id.as_str()).unwrap())
        };
        let keys: Vec<_> = assessment
            .gaps()
            .iter()
            .map(|gap| {
                (
                    gap.severity,
                    place(gap.stages.first()),
                    gap.rule.id,
                    gap.key.subjects.clone(),
                )
            })
            .collect();
        assert!(keys.is_sorted(), "{name}");
    }
}

#[test]
fn every_rule_explains_itself() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        assert!(seen.insert(rule.id));
        let explanation = explain(rule.id).unwrap();
        let words = explanation.paragraph.split_whitespace().count();
        assert!(
            (35..100).contains(&words),
            "{} explains itself in {words} words",
            rule.id
        );
        assert!(
            explanation.paragraph.ends_with('.') && explanation.example.ends_with('.'),
            "{}",
            rule.id
        );
        let text = format!(
            "{} {} {}",
            explanation.title, explanation.paragraph, explanation.example
        )
        .to_lowercase();
        for jargon in [
            "node",
            "edge",
            "vertex",
            "strongly",
            "dominator",
            "sink",
            "  ",
        ] {
            assert!(
                !text
                    .split(|letter: char| !letter.is_alphabetic())
                    .any(|word| word == jargon),
                "{}: {jargon}",
                rule.id
            );
        }
    }
    let told: BTreeSet<_> = include_str!("../../SPEC.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(id, _)| id)
        .collect();
    assert_eq!(seen, told, "SPEC.md states each rule in a line of its own");
    assert!(explain("no-such-rule").is_none() && rule("dead-end").is_some());
}

/// The schema that OASIS publishes for SARIF 2.1.0.
const SARIF_SCHEMA: &str = include_str!("../data/sarif-schema-2.1.0.json");

#[test]
fn sarif_is_valid_against_its_schema_for_every_case_and_example() {
    let mut schema: Value = serde_json::from_str(SARIF_SCHEMA).unwrap();
    // The pattern of a field that our logs don't have holds a stray bracket, which makes it no pattern.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let check = |name: &str, map: &Map, uri: Option<&str>| {
        let log: Value = serde_json::from_str(&sarif(&assess(map), uri)).unwrap();
        let faults: Vec<_> = validator
            .iter_errors(&log)
            .map(|fault| format!("{fault} at {}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    };
    for rule in rules() {
        for case in crate::cases::cases(rule.id) {
            check(rule.id, &read(&case["map"]), None);
        }
    }
    for name in SAMPLES {
        let map = sample(name);
        let gaps = assess(&map);
        let dismiss = gaps
            .gaps()
            .iter()
            .flat_map(|gap| gap.dismiss(&map, "so", None, None));
        let dismissed = apply_all(&map, &dismiss.collect::<Vec<_>>());
        check(name, &dismissed, Some("maps/my%20map.backcast.json"));
    }
    let wrong = json!({ "version": "2.1.0", "runs": [{}] });
    assert!(!validator.is_valid(&wrong), "the schema asks for something");
}

#[test]
fn sarif_has_what_the_standard_asks_for() {
    let mut map = dead_end();
    map["dismissals"] = json!([{ "rule": "dead-end", "subjects": ["tv"], "reason": "on purpose" }]);
    let log: Value =
        serde_json::from_str(&sarif(&assess(&read(&map)), Some("maps/a.backcast.json"))).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let known = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(known.len(), rules().count());
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(known[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "maps/a.backcast.json"
        );
    }
    let suppressed: Vec<_> = results
        .iter()
        .filter(|result| result.get("suppressions").is_some())
        .collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(
        suppressed[0]["suppressions"][0]["justification"],
        "on purpose"
    );
    assert!(
        !run["invocations"][0]["toolConfigurationNotifications"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn text_fits_its_width_and_steers_no_terminal() {
    let mut map = dead_end();
    map["touchpoints"][0]["name"] = json!(
        "A very long name \u{1b}[2J that goes on and on and does not end for quite a while 公告"
    );
    map["dismissals"] =
        json!([{ "rule": "separate-islands", "subjects": [], "reason": "so\u{7}" }]);
    let assessment = assess(&read(&map));
    for width in [40, 60, 80, 120] {
        let plain = text(
            &assessment,
            TextOptions {
                width,
                ..TextOptions::default()
            },
        );
        assert!(
            !plain
                .chars()
                .any(|character| character.is_control() && character != '\n')
        );
        let widest = plain
            .lines()
            .map(unicode_width::UnicodeWidthStr::width)
            .max()
            .unwrap();
        assert!(widest <= width, "{widest} > {width}\n{plain}");
    }
    let coloured = text(
        &assessment,
        TextOptions {
            colour: true,
            ..TextOptions::default()
        },
    );
    assert!(coloured.contains("\u{1b}[31m") && !coloured.contains("\u{1b}[2J"));
}

#[test]
fn evidence_says_what_to_draw() {
    let map = read(&json!({
        "touchpoints": [{ "id": "a", "entry": true }, { "id": "b", "entry": true }, { "id": "page" }, { "id": "shop", "kind": "destination" }],
        "links": [{ "from": "a", "to": "page" }, { "from": "b", "to": "page" }, { "from": "page", "to": "shop" }],
    }));
    let assessment = assess(&map);
    let evidence = |key: &str| {
        assessment
            .gaps()
            .iter()
            .find(|gap| gap.key.to_string() == key)
            .unwrap()
            .evidence
            .clone()
    };
    match evidence("single-point-of-failure:page") {
        Evidence::Cut { entries } => assert_eq!(entries.len(), 2),
        other => panic!("{other:?}"),
    }
    match evidence("anonymous-path:shop") {
        Evidence::Path {
            touchpoints, links, ..
        } => assert_eq!((touchpoints.len(), links.len()), (3, 2)),
        other => panic!("{other:?}"),
    }
}
