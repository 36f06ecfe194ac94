//! The rules case by case: maps as data, the expected gaps beside them. One file for each rule, named after its id.

use std::fs;
use std::path::PathBuf;

use backcast_analysis::{Evidence, rules};
use serde_json::{Value, json};

use crate::common::{assess, read};

pub(crate) fn cases(rule: &str) -> Vec<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{rule}.json"));
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the analysis says of a case: its gaps of this rule, or what the rule lacks. Only what the case asks for is
/// told of evidence and of what is affected.
fn said(rule: &str, case: &Value) -> Value {
    let assessment = assess(&read(&case["map"]));
    if let Some(lacking) = assessment
        .not_assessed()
        .iter()
        .find(|one| one.rule.id == rule)
    {
        return json!(lacking.needs.text);
    }
    let expected = case["gaps"].as_array().cloned().unwrap_or_default();
    let gaps = assessment
        .gaps()
        .iter()
        .filter(|gap| gap.rule.id == rule)
        .enumerate()
        .map(|(at, gap)| {
            let mut told = json!({
                "subjects": gap.key.subjects.as_slice(), "stages": gap.stages.as_slice(),
                "touchpoints": gap.touchpoints.as_slice(), "links": gap.links.as_slice(),
            });
            let asked = |key: &str| {
                expected
                    .get(at)
                    .is_some_and(|expected| expected.get(key).is_some())
            };
            if asked("affects") {
                told["affects"] = json!(assessment.affects(gap));
            }
            if let (
                true,
                Evidence::Path { touchpoints, .. } | Evidence::Figure { touchpoints, .. },
            ) = (asked("path"), &gap.evidence)
            {
                told["path"] = json!(touchpoints);
            }
            told
        });
    Value::Array(gaps.collect())
}

fn sorted(mut gaps: Value) -> Value {
    if let Some(gaps) = gaps.as_array_mut() {
        gaps.sort_by_key(ToString::to_string);
    }
    gaps
}

#[test]
fn every_rule_says_what_its_cases_expect() {
    let mut wrong = Vec::new();
    for rule in rules() {
        for case in cases(rule.id) {
            let expected = case
                .get("not_assessed")
                .or_else(|| case.get("gaps"))
                .cloned()
                .unwrap();
            let said = sorted(said(rule.id, &case));
            if said != sorted(expected.clone()) {
                wrong.push(format!(
                    "{}, {}:\n  expected {expected}\n  said     {said}",
                    rule.id, case["case"]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Rules that need no input beyond the map itself, so that they are always assessed.
const ALWAYS_ASSESSED: [&str; 9] = [
    "no-destination",
    "orphan-driver",
    "separate-islands",
    "no-call-to-action",
    "no-pick-up",
    "identity-lost",
    "untraceable-hand-off",
    "push-without-consent",
    "no-theme",
];

#[test]
fn every_rule_has_a_case_with_a_gap_one_without_and_one_not_assessed() {
    for rule in rules() {
        let cases = cases(rule.id);
        let gaps = |case: &Value| case["gaps"].as_array().map(Vec::len);
        assert!(
            cases.iter().any(|case| gaps(case) > Some(0)),
            "{} has no case with a gap",
            rule.id
        );
        let nearly = cases.iter().any(|case| gaps(case) == Some(0));
        assert!(nearly, "{} has no case without", rule.id);
        let lacking = cases.iter().any(|case| case.get("not_assessed").is_some());
        assert_eq!(
            lacking,
            !ALWAYS_ASSESSED.contains(&rule.id),
            "{} and its case that is not assessed",
            rule.id
        );
    }
}

#[test]
fn every_case_file_belongs_to_a_rule() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let rule = name.trim_end_matches(".json");
        assert!(rules().any(|known| known.id == rule), "{name}");
    }
}

#[test]
fn the_specification_states_every_rule() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("SPEC.md");
    let text = fs::read_to_string(path).unwrap();
    for rule in rules() {
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| `{}` |", rule.id)));
        let row = row.unwrap_or_else(|| panic!("SPEC.md does not state {}", rule.id));
        let severity = row.split('|').nth(2).unwrap().trim();
        assert_eq!(severity, rule.severity.as_str(), "{}", rule.id);
    }
}
