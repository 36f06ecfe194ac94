//! Which gaps are there on purpose: a map's dismissals by rule, and the question whether one of them holds.

use std::sync::Arc;

use backcast_model::{Dismissal, Map, Row};
use rustc_hash::FxHashMap;

use crate::gap::Gap;
use crate::rule::Rule;

/// Dismissals by the subjects they name, sorted.
type BySubjects = FxHashMap<Vec<String>, Vec<Arc<Row<Dismissal>>>>;

/// A map's dismissals, by rule and by the subjects they name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dismissals {
    by_rule: FxHashMap<String, BySubjects>,
}

impl Dismissals {
    /// The dismissals of a map; O(dismissals).
    pub(crate) fn of(map: &Map) -> Self {
        let mut dismissals = Self::default();
        for row in map.dismissals.rows() {
            let mut subjects = row.record.subjects.clone();
            subjects.sort_unstable();
            let rule = dismissals
                .by_rule
                .entry(row.record.rule.clone())
                .or_default();
            rule.entry(subjects).or_default().push(Arc::clone(row));
        }
        dismissals
    }

    /// Whether there is a dismissal of this rule's gaps.
    pub(crate) fn speak_of(&self, rule: &Rule) -> bool {
        self.by_rule.contains_key(rule.id)
    }

    /// The dismissal that holds for a gap; O(1) for rules without any.
    pub(crate) fn holding(&self, gap: &Gap) -> Option<Arc<Row<Dismissal>>> {
        let rule = self.by_rule.get(gap.rule.id)?;
        [gap.key.subjects.as_slice(), gap.touchpoints.as_slice()]
            .into_iter()
            .find_map(|ids| {
                let mut subjects: Vec<String> = ids.iter().map(ToString::to_string).collect();
                subjects.sort_unstable();
                rule.get(&subjects)?
                    .iter()
                    .find(|row| gap.is_dismissed_by(&row.record))
                    .cloned()
            })
    }
}
