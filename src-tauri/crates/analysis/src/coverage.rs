//! Coverage: who is served where, by what, at what cost. A table of audience × stage, each cell split by channel, with
//! the gaps that stand on it.

use std::collections::{BTreeMap, BTreeSet};

use backcast_model::{Id, Money};
use serde::Serialize;

use crate::assessment::Assessment;
use crate::gap::GapKey;
use crate::rule::Per;

/// Who is served where, by what, at what cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// The rows: audiences in the planner's order, and at the end `None` for touchpoints that name nobody, when there
    /// are such.
    pub audiences: Vec<Option<Id>>,
    /// The columns: stages in the framework's order, and at the end `None` for touchpoints without one, when there are
    /// such.
    pub stages: Vec<Option<Id>>,
    /// The channels in use, in the order of the touchpoints that first name them.
    pub channels: Vec<String>,
    /// The cells, row by row; as many as rows times columns.
    pub cells: Vec<Cell>,
}

/// One audience in one stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Cell {
    /// What serves it, by channel, in the order of [`Coverage::channels`]; no channel last.
    pub served_by: Vec<ChannelCell>,
    /// Open gaps about this audience in this stage.
    pub gaps: Vec<GapKey>,
}

impl Cell {
    /// How many touchpoints serve it.
    #[must_use]
    pub fn touchpoints(&self) -> usize {
        self.served_by
            .iter()
            .map(|channel| channel.touchpoints.len())
            .sum()
    }
}

/// What serves a cell through one channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelCell {
    /// The channel; `None`: touchpoints that name none.
    pub channel: Option<String>,
    /// The touchpoints, in the planner's order.
    pub touchpoints: Vec<Id>,
    /// What they cost together. A touchpoint that serves several audiences costs as much in each row, so rows do not
    /// add up to the map's budget.
    pub budget: Money,
}

impl Coverage {
    /// The coverage of an assessed map; O(touchpoints × audiences they name + gaps).
    #[must_use]
    pub fn of(assessment: &Assessment) -> Self {
        let map = assessment.map();
        let facts = assessment.facts();
        let touchpoints = || facts.present().filter_map(|slot| facts.record(slot));
        let mut audiences: Vec<_> = map.audiences.ids().cloned().map(Some).collect();
        let mut stages: Vec<_> = map.stages.ids().cloned().map(Some).collect();
        let nobody = touchpoints().any(|touchpoint| touchpoint.audiences.is_empty());
        let nowhere = touchpoints().any(|touchpoint| touchpoint.stage.is_none());
        audiences.extend(nobody.then_some(None));
        stages.extend(nowhere.then_some(None));
        let mut channels: Vec<String> = Vec::new();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sums: BTreeMap<(usize, usize, usize), (Vec<Id>, i64)> = BTreeMap::new();
        for touchpoint in touchpoints() {
            let channel = touchpoint.channel.as_deref().map_or(usize::MAX, |channel| {
                *numbers.entry(channel).or_insert_with(|| {
                    channels.push(channel.to_owned());
                    channels.len() - 1
                })
            });
            let stage = touchpoint
                .stage
                .as_ref()
                .and_then(|id| map.stages.position(id.as_str()));
            let stage = stage.unwrap_or(stages.len().saturating_sub(1));
            let named = touchpoint
                .audiences
                .iter()
                .filter_map(|id| map.audiences.position(id.as_str()));
            let mut rows: BTreeSet<_> = named.collect();
            if rows.is_empty() {
                rows.insert(audiences.len() - 1);
            }
            for row in rows {
                let (ids, sum) = sums.entry((row, stage, channel)).or_default();
                ids.push(touchpoint.id.clone());
                *sum = sum.saturating_add(touchpoint.budget.map_or(0, Money::hundredths));
            }
        }
        let mut cells = vec![Cell::default(); audiences.len() * stages.len()];
        for ((row, stage, channel), (touchpoints, sum)) in sums {
            let budget = Money::from_hundredths(sum.min((1 << 53) - 1)).unwrap_or_default();
            let channel = channels.get(channel).cloned();
            cells[row * stages.len() + stage]
                .served_by
                .push(ChannelCell {
                    channel,
                    touchpoints,
                    budget,
                });
        }
        let mut coverage = Self {
            audiences,
            stages,
            channels,
            cells,
        };
        coverage.add_gaps(assessment);
        coverage
    }

    /// The cell of an audience (or nobody) in a stage (or none).
    #[must_use]
    pub fn cell(&self, audience: Option<&str>, stage: Option<&str>) -> Option<&Cell> {
        let place = |ids: &[Option<Id>], id: Option<&str>| {
            ids.iter()
                .position(|other| other.as_ref().map(Id::as_str) == id)
        };
        self.cells.get(
            place(&self.audiences, audience)? * self.stages.len() + place(&self.stages, stage)?,
        )
    }

    fn add_gaps(&mut self, assessment: &Assessment) {
        let map = assessment.map();
        let about = |gap: &&std::sync::Arc<crate::gap::Gap>| {
            gap.is_open() && matches!(gap.rule.per, Per::AudienceStage | Per::AudienceStageDevice)
        };
        for gap in assessment.gaps().iter().filter(about) {
            let row = gap
                .key
                .subjects
                .first()
                .and_then(|id| map.audiences.position(id.as_str()));
            let stage = gap
                .key
                .subjects
                .get(1)
                .and_then(|id| map.stages.position(id.as_str()));
            if let (Some(row), Some(stage)) = (row, stage) {
                self.cells[row * self.stages.len() + stage]
                    .gaps
                    .push(gap.key.clone());
            }
        }
    }
}
