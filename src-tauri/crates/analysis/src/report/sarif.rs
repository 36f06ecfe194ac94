//! An assessment as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code-review tools: gaps are
//! results, touchpoints and links logical locations, dismissals suppressions, rules that were not assessed
//! notifications.

use backcast_model::Severity;
use serde_json::{Value, json};

use crate::assessment::{Assessment, NotAssessed};
use crate::gap::Gap;
use crate::rule::Rule;
use crate::rules;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// An assessment as indented SARIF with a line break at the end. `uri` is where the map was read from, as a URI
/// reference, so that tools can show the results beside the file.
#[must_use]
pub fn sarif(assessment: &Assessment, uri: Option<&str>) -> String {
    let known: Vec<_> = rules::all().collect();
    let index = |rule: &Rule| {
        known
            .iter()
            .position(|other| other.id == rule.id)
            .unwrap_or_default()
    };
    let results: Vec<_> = assessment
        .gaps()
        .iter()
        .map(|gap| result(assessment, gap, index(gap.rule), uri))
        .collect();
    let notifications: Vec<_> = assessment
        .not_assessed()
        .iter()
        .map(|one| notification(one, index(one.rule)))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Backcast",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": known.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": true,
                "toolConfigurationNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": rule.name },
        "fullDescription": { "text": rule.wisdom },
        "help": { "text": format!("{}\n\nFor example: {}", rule.wisdom, rule.example) },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(assessment: &Assessment, gap: &Gap, index: usize, uri: Option<&str>) -> Value {
    let fixes: Vec<_> = assessment
        .fixes(gap)
        .into_iter()
        .map(|fix| fix.title)
        .collect();
    let mut result = json!({
        "ruleId": gap.rule.id,
        "ruleIndex": index,
        "level": level(gap.severity),
        "message": { "text": assessment.message(gap) },
        "locations": [location(assessment, gap, uri)],
        "partialFingerprints": { "gap/v1": gap.key.to_string(), "restsOn/v1": gap.fingerprint() },
        "properties": { "stages": gap.stages.as_slice(), "fixes": fixes },
    });
    if let Some(row) = &gap.dismissed {
        result["suppressions"] = json!([{ "kind": "inSource", "status": "accepted", "justification": row.record.reason }]);
    }
    result
}

fn location(assessment: &Assessment, gap: &Gap, uri: Option<&str>) -> Value {
    let map = assessment.map();
    let touchpoints = gap.touchpoints.iter().map(|id| {
        let name = map.touchpoints.get(id.as_str()).map_or(id.as_str(), |touchpoint| touchpoint.name.as_str());
        json!({ "name": name, "fullyQualifiedName": format!("touchpoints/{id}"), "kind": "touchpoint" })
    });
    let links = gap.links.iter().map(
        |id| json!({ "name": id, "fullyQualifiedName": format!("links/{id}"), "kind": "link" }),
    );
    let mut location = json!({ "logicalLocations": touchpoints.chain(links).collect::<Vec<_>>() });
    if let Some(uri) = uri {
        location["physicalLocation"] =
            json!({ "artifactLocation": { "uri": uri }, "region": { "startLine": 1 } });
    }
    location
}

fn notification(one: &NotAssessed, index: usize) -> Value {
    json!({
        "level": "note",
        "message": { "text": format!("Not assessed: {}. {}.", one.rule.name, one.needs.text) },
        "associatedRule": { "id": one.rule.id, "index": index },
    })
}
