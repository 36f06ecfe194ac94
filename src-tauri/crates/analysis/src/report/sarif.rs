//! An assessment as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code-review tools: gaps are
//! results, touchpoints and links logical locations, dismissals suppressions, rules that were not assessed
//! notifications.

use backcast_model::{Id, Severity};
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use super::indented;
use crate::assessment::{Assessment, NotAssessed};
use crate::gap::{Gap, GapKey};
use crate::rule::Rule;
use crate::rules;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Text<&'static str>,
    full_description: Text<&'static str>,
    help: Text<String>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_configuration_notifications: Vec<Notification>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    level: &'static str,
    message: Text<String>,
    associated_rule: RuleReference,
}

#[derive(Serialize)]
struct RuleReference {
    id: &'static str,
    index: usize,
}

/// The gaps, each put together while it is written: all of them together would be many times the text in memory.
struct Results<'a> {
    assessment: &'a Assessment,
    indices: &'a FxHashMap<&'static str, usize>,
    uri: Option<&'a str>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.assessment.gaps().iter().map(|gap| self.result(gap)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GapResult<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text<String>,
    locations: [Location<'a>; 1],
    partial_fingerprints: Fingerprints<'a>,
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression<'a>; 1]>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "gap/v1")]
    gap: &'a GapKey,
    #[serde(rename = "restsOn/v1")]
    rests_on: String,
}

#[derive(Serialize)]
struct Properties<'a> {
    stages: &'a [Id],
    fixes: Vec<String>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    logical_locations: Vec<LogicalLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    name: &'a str,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: Artifact<'a>,
    region: Region,
}

#[derive(Serialize)]
struct Artifact<'a> {
    uri: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
}

/// An assessment as indented SARIF with a line break at the end. `uri` is where the map was read from, as a URI
/// reference, so that tools can show the results beside the file.
#[must_use]
pub fn sarif(assessment: &Assessment, uri: Option<&str>) -> String {
    let indices = rules::all().map(|rule| rule.id).zip(0..).collect();
    let notifications = assessment.not_assessed().iter();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "Backcast",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules::all().map(descriptor).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_configuration_notifications: notifications
                    .map(|one| notification(one, index(&indices, one.rule)))
                    .collect(),
            }],
            column_kind: "unicodeCodePoints",
            results: Results {
                assessment,
                indices: &indices,
                uri,
            },
        }],
    };
    indented(&log)
}

/// A rule's place among the descriptors.
fn index(indices: &FxHashMap<&'static str, usize>, rule: &Rule) -> usize {
    indices.get(rule.id).copied().unwrap_or_default()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn descriptor(rule: &Rule) -> Descriptor {
    let help = format!("{}\n\nFor example: {}", rule.wisdom, rule.example);
    Descriptor {
        id: rule.id,
        name: rule.name,
        short_description: Text { text: rule.name },
        full_description: Text { text: rule.wisdom },
        help: Text { text: help },
        default_configuration: Configuration {
            level: level(rule.severity),
        },
    }
}

impl<'a> Results<'a> {
    fn result(&self, gap: &'a Gap) -> GapResult<'a> {
        let fixes = self.assessment.fixes(gap).into_iter();
        GapResult {
            rule_id: gap.rule.id,
            rule_index: index(self.indices, gap.rule),
            level: level(gap.severity),
            message: Text {
                text: self.assessment.message(gap),
            },
            locations: [self.location(gap)],
            partial_fingerprints: Fingerprints {
                gap: &gap.key,
                rests_on: gap.fingerprint(),
            },
            properties: Properties {
                stages: &gap.stages,
                fixes: fixes.map(|fix| fix.title).collect(),
            },
            suppressions: gap.dismissed.as_ref().map(|row| {
                [Suppression {
                    kind: "inSource",
                    status: "accepted",
                    justification: &row.record.reason,
                }]
            }),
        }
    }

    fn location(&self, gap: &'a Gap) -> Location<'a> {
        let map = self.assessment.map();
        let touchpoints = gap.touchpoints.iter().map(|id| {
            let named = map.touchpoints.get(id.as_str());
            LogicalLocation {
                name: named.map_or(id.as_str(), |touchpoint| &touchpoint.name),
                fully_qualified_name: format!("touchpoints/{id}"),
                kind: "touchpoint",
            }
        });
        let links = gap.links.iter().map(|id| LogicalLocation {
            name: id.as_str(),
            fully_qualified_name: format!("links/{id}"),
            kind: "link",
        });
        Location {
            logical_locations: touchpoints.chain(links).collect(),
            physical_location: self.uri.map(|uri| PhysicalLocation {
                artifact_location: Artifact { uri },
                region: Region { start_line: 1 },
            }),
        }
    }
}

fn notification(one: &NotAssessed, index: usize) -> Notification {
    Notification {
        level: "note",
        message: Text {
            text: format!("Not assessed: {}. {}.", one.rule.name, one.needs.text),
        },
        associated_rule: RuleReference {
            id: one.rule.id,
            index,
        },
    }
}
