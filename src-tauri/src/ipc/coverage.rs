//! The coverage as the window shows it: who is served where, by what, at what cost.

use backcast_analysis::{Cell, Coverage};
use backcast_model::Id;
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::gap::texts;

/// What serves an audience in a stage through one channel.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelCellView {
    /// The channel; `null`: touchpoints that name none.
    pub(crate) channel: Option<String>,
    /// Ids of the touchpoints.
    pub(crate) touchpoints: Vec<String>,
    /// What they cost together, in the map's currency.
    #[specta(type = Number)]
    pub(crate) budget: f64,
}

/// One audience in one stage.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CellView {
    /// What serves it.
    pub(crate) served_by: Vec<ChannelCellView>,
    /// Keys of the open gaps about it.
    pub(crate) gaps: Vec<String>,
}

impl From<&Cell> for CellView {
    fn from(cell: &Cell) -> Self {
        let channel = |channel: &backcast_analysis::ChannelCell| ChannelCellView {
            channel: channel.channel.clone(),
            touchpoints: texts(&channel.touchpoints),
            budget: channel.budget.amount(),
        };
        Self {
            served_by: cell.served_by.iter().map(channel).collect(),
            gaps: cell.gaps.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Audiences by stages.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CoverageView {
    /// The revision it was made for.
    pub(crate) revision: u32,
    /// Rows: ids of audiences; `null` last: touchpoints that name none.
    pub(crate) audiences: Vec<Option<String>>,
    /// Columns: ids of stages; `null` last: touchpoints without one.
    pub(crate) stages: Vec<Option<String>>,
    /// The channels in use.
    pub(crate) channels: Vec<String>,
    /// Row by row, rows × columns.
    pub(crate) cells: Vec<CellView>,
}

impl CoverageView {
    pub(crate) fn of(revision: u32, coverage: &Coverage) -> Self {
        let ids = |ids: &[Option<Id>]| {
            ids.iter()
                .map(|id| id.as_ref().map(ToString::to_string))
                .collect()
        };
        Self {
            revision,
            audiences: ids(&coverage.audiences),
            stages: ids(&coverage.stages),
            channels: coverage.channels.clone(),
            cells: coverage.cells.iter().map(CellView::from).collect(),
        }
    }
}
