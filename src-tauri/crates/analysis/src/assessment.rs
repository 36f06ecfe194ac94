//! An assessment: the gaps of one state of a map with everything that can be said about them. A value: it keeps the
//! map it speaks of, and works out sentences, what gaps affect and fixes when asked.

use std::fmt;
use std::sync::Arc;

use backcast_model::catalog::Catalog;
use backcast_model::{Day, Id, Map, Money, Severity};

use crate::facts::Facts;
use crate::fix::{Fix, Workshop};
use crate::gap::{Gap, GapKey};
use crate::reach::Reach;
use crate::rule::{Need, Rule};
use crate::wording;

/// A rule that could not be assessed, and what to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAssessed {
    /// The rule.
    pub rule: &'static Rule,
    /// What it lacks.
    pub needs: &'static Need,
}

/// How many gaps there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Open gaps of high severity.
    pub high: usize,
    /// Open gaps of medium severity.
    pub medium: usize,
    /// Open gaps of low severity.
    pub low: usize,
    /// Gaps that are there on purpose.
    pub dismissed: usize,
}

impl Summary {
    /// Open gaps of one severity.
    #[must_use]
    pub const fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
        }
    }

    /// Counts a gap in.
    pub(crate) fn count(&mut self, gap: &Gap) {
        let count = match (gap.is_open(), gap.severity) {
            (false, _) => &mut self.dismissed,
            (true, Severity::High) => &mut self.high,
            (true, Severity::Medium) => &mut self.medium,
            (true, Severity::Low) => &mut self.low,
        };
        *count += 1;
    }
}

/// What a stage holds, and how many open gaps count under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageSummary {
    /// The stage; `None` for touchpoints without one.
    pub id: Option<Id>,
    /// Its present touchpoints.
    pub touchpoints: usize,
    /// What they cost, media budget only.
    pub budget: Money,
    /// The gaps that count under it.
    pub gaps: Summary,
}

/// The gaps of one state of a map.
#[derive(Clone)]
pub struct Assessment {
    pub(crate) map: Map,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) today: Day,
    pub(crate) gaps: Vec<Arc<Gap>>,
    pub(crate) not_assessed: Vec<NotAssessed>,
    pub(crate) stages: Vec<StageSummary>,
    pub(crate) summary: Summary,
    pub(crate) facts: Arc<Facts>,
    pub(crate) reach: Arc<Reach>,
}

impl fmt::Debug for Assessment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Assessment")
            .field("map", &self.map.properties.title)
            .field("gaps", &self.gaps)
            .field("not_assessed", &self.not_assessed)
            .field("stages", &self.stages)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Assessment {
    fn eq(&self, other: &Self) -> bool {
        self.gaps == other.gaps
            && self.not_assessed == other.not_assessed
            && self.stages == other.stages
    }
}

impl Assessment {
    /// The map it speaks of.
    #[must_use]
    pub const fn map(&self) -> &Map {
        &self.map
    }

    /// The catalogue it was made with.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// All gaps, dismissed ones among them, by severity, stage, rule and subjects.
    #[must_use]
    pub fn gaps(&self) -> &[Arc<Gap>] {
        &self.gaps
    }

    /// The gap with this key; O(gaps).
    #[must_use]
    pub fn gap(&self, key: &GapKey) -> Option<&Arc<Gap>> {
        self.gaps.iter().find(|gap| gap.key == *key)
    }

    /// The rules that could not be assessed, in the order of the rules.
    #[must_use]
    pub fn not_assessed(&self) -> &[NotAssessed] {
        &self.not_assessed
    }

    /// The stages in the framework's order, "no stage" last when touchpoints have none.
    #[must_use]
    pub fn stages(&self) -> &[StageSummary] {
        &self.stages
    }

    /// How many gaps there are.
    #[must_use]
    pub const fn summary(&self) -> Summary {
        self.summary
    }

    /// One sentence of reason in the planner's words; O(length).
    #[must_use]
    pub fn message(&self, gap: &Gap) -> String {
        wording::message(gap, &self.map, &self.catalog)
    }

    /// What suffers from a gap besides what it stands on, in the planner's order; O(map).
    #[must_use]
    pub fn affects(&self, gap: &Gap) -> Vec<Id> {
        let workshop = self.workshop();
        let mut slots = (gap.rule.affects)(&workshop, gap);
        slots.sort_unstable_by_key(|slot| workshop.facts.position(*slot));
        slots
            .into_iter()
            .map(|slot| workshop.facts.id(slot).clone())
            .filter(|id| !gap.touchpoints.contains(id))
            .collect()
    }

    /// How to mend a gap, best first; at least one way. O(map).
    #[must_use]
    pub fn fixes(&self, gap: &Gap) -> Vec<Fix> {
        (gap.rule.mend)(&self.workshop(), gap)
    }

    /// The facts of the map.
    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    fn workshop(&self) -> Workshop<'_> {
        Workshop {
            map: &self.map,
            catalog: &self.catalog,
            facts: &self.facts,
            reach: &self.reach,
            today: self.today,
        }
    }
}
