//! The rules as the window explains and sets them. What a project sets is in its map's record.

use backcast_analysis::{Rule, rules};
use backcast_model::Severity;
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

/// A figure of a rule that a project may set.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ThresholdView {
    /// Its key in the project's settings of the rule.
    pub(crate) name: String,
    /// What planners call it, with its unit.
    pub(crate) label: String,
    /// What holds unless the project says otherwise.
    #[specta(type = Number)]
    pub(crate) default: f64,
    /// The smallest figure that makes sense.
    #[specta(type = Number)]
    pub(crate) least: f64,
    /// The largest.
    #[specta(type = Number)]
    pub(crate) most: f64,
}

/// A rule, and why it is worth having.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RuleView {
    /// Its id.
    pub(crate) id: String,
    /// What planners call it.
    pub(crate) name: String,
    /// How much its gaps hurt unless the project says otherwise.
    pub(crate) severity: Severity,
    /// The figures a project may set.
    pub(crate) thresholds: Vec<ThresholdView>,
    /// One paragraph of planning experience.
    pub(crate) paragraph: String,
    /// One example.
    pub(crate) example: String,
}

impl From<&Rule> for RuleView {
    fn from(rule: &Rule) -> Self {
        let threshold = |threshold: &backcast_analysis::Threshold| ThresholdView {
            name: threshold.name.to_owned(),
            label: threshold.label.to_owned(),
            default: threshold.default,
            least: threshold.least,
            most: threshold.most,
        };
        let explanation = rule.explanation();
        Self {
            id: rule.id.to_owned(),
            name: rule.name.to_owned(),
            severity: rule.severity,
            thresholds: rule.thresholds.iter().map(threshold).collect(),
            paragraph: explanation.paragraph.to_owned(),
            example: explanation.example.to_owned(),
        }
    }
}

/// All rules, in the order in which they are told.
pub(crate) fn all() -> Vec<RuleView> {
    rules().map(RuleView::from).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Arc;

    use backcast_analysis::{Analyst, rules};
    use backcast_model::catalog::Catalog;
    use backcast_model::{Map, MapProperties};

    use super::super::gap::NotAssessedView;

    /// What the interface's tests show of rules are the program's own words: `make bindings` writes them anew.
    #[test]
    fn the_committed_rules_beside_the_bindings_are_current() {
        let catalog = Arc::new(Catalog::shipped());
        let empty = Map::new(MapProperties::titled("Empty"));
        let assessment = Analyst::new(catalog, "2026-01-01".parse().unwrap()).assess(&empty);
        let needs: Vec<_> = assessment
            .not_assessed()
            .iter()
            .map(NotAssessedView::from)
            .collect();
        let sentences: BTreeMap<_, _> = rules().map(|rule| (rule.id, rule.sentence())).collect();
        let fresh =
            serde_json::json!({"needs": needs, "rules": super::all(), "sentences": sentences});
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/memory/rules.json");
        if std::env::var_os("BACKCAST_WRITE_BINDINGS").is_some() {
            let text = serde_json::to_string_pretty(&fresh).unwrap() + "\n";
            std::fs::write(&committed, text).unwrap();
        }
        let committed: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&committed).unwrap()).unwrap();
        assert!(
            fresh == committed,
            "ui/src/ipc/memory/rules.json is stale: run `make bindings`"
        );
    }
}
