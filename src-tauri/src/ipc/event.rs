//! What a window hears of its project: differences, each with the revision it leads to.

use std::collections::BTreeSet;

use backcast_model::{Entity, Id, Map, RowChange, change::ORDER_FIELD, flow};
use backcast_workbench::{Changed, GapsChanged, Saved};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use super::gap::{GapView, NotAssessedView, StageSummaryView, stage_summaries, texts};
use super::problem::ProblemView;
use super::record::{
    AudienceRecord, DismissalRecord, LinkRecord, MapRecord, StageRecord, SystemRecord,
    TouchpointRecord,
};
use super::view::{
    CardPosition, ColumnView, FlowView, HistoryView, LaneView, ProjectView, RouteView, SaveStatus,
    columns, lanes, shown_path,
};

/// Rows changed. Short lists (stages, audiences, systems, dismissals) come whole when one of their rows changed.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangedEvent {
    /// The revision after it.
    pub(crate) revision: u32,
    /// What the map says of itself.
    pub(crate) map: Option<MapRecord>,
    /// The stages.
    pub(crate) stages: Option<Vec<StageRecord>>,
    /// The audiences.
    pub(crate) audiences: Option<Vec<AudienceRecord>>,
    /// The systems.
    pub(crate) systems: Option<Vec<SystemRecord>>,
    /// The dismissals.
    pub(crate) dismissals: Option<Vec<DismissalRecord>>,
    /// Touchpoints that are new or changed.
    pub(crate) touchpoints: Vec<TouchpointRecord>,
    /// Ids of touchpoints that are gone.
    pub(crate) removed_touchpoints: Vec<String>,
    /// Links that are new or changed.
    pub(crate) links: Vec<LinkRecord>,
    /// Ids of links that are gone.
    pub(crate) removed_links: Vec<String>,
    /// The order of all touchpoints, when it changed otherwise than by appending `touchpoints`.
    pub(crate) order: Option<Vec<String>>,
    /// Cards that stand elsewhere.
    pub(crate) cards: Vec<CardPosition>,
    /// Links whose way is another.
    pub(crate) routes: Vec<RouteView>,
    /// All columns, when one of them or a lane changed.
    pub(crate) columns: Option<Vec<ColumnView>>,
    /// All lanes, when one of them or a column changed.
    pub(crate) lanes: Option<Vec<LaneView>>,
    /// How many people take each link, as far as known, when that may be otherwise than before: all of them.
    pub(crate) flows: Option<Vec<FlowView>>,
    /// Undo and redo.
    pub(crate) history: HistoryView,
}

impl ChangedEvent {
    /// The difference that a change made; O(changed rows), and O(touchpoints + links) where numbers of people change.
    pub(crate) fn of(changed: &Changed) -> Self {
        let map = &changed.map;
        let touched = Touched::of(&changed.changes);
        let list = |entity| touched.entities.contains(&entity);
        let (touchpoints, removed_touchpoints) =
            touched.rows(Entity::Touchpoint, |id| map.touchpoints.get(id));
        let (links, removed_links) = touched.rows(Entity::Link, |id| map.links.get(id));
        Self {
            revision: changed.revision,
            map: list(Entity::Map).then(|| MapRecord::from(&*map.properties)),
            stages: list(Entity::Stage).then(|| map.stages.iter().map(StageRecord::from).collect()),
            audiences: list(Entity::Audience)
                .then(|| map.audiences.iter().map(AudienceRecord::from).collect()),
            systems: list(Entity::System)
                .then(|| map.systems.iter().map(SystemRecord::from).collect()),
            dismissals: list(Entity::Dismissal)
                .then(|| map.dismissals.iter().map(DismissalRecord::from).collect()),
            touchpoints: touchpoints
                .into_iter()
                .map(TouchpointRecord::from)
                .collect(),
            removed_touchpoints,
            links: links.into_iter().map(LinkRecord::from).collect(),
            removed_links,
            order: order(map, &changed.changes),
            cards: cards(changed),
            routes: changed.moved.routes.iter().map(RouteView::from).collect(),
            columns: changed
                .columns
                .as_ref()
                .map(|(layout, geometry)| columns(layout, geometry)),
            lanes: changed.columns.as_ref().map(|(layout, _)| lanes(layout)),
            flows: changed
                .changes
                .iter()
                .any(flow::concerns)
                .then(|| super::view::flows(map)),
            history: HistoryView::from(&changed.history),
        }
    }
}

/// The rows that changes name, each once, in the order in which they are named first.
struct Touched {
    rows: Vec<(Entity, Id)>,
    entities: BTreeSet<Entity>,
}

impl Touched {
    fn of(changes: &[RowChange]) -> Self {
        let mut seen = BTreeSet::new();
        let rows = changes
            .iter()
            .map(|change| (change.entity(), change.id().clone()));
        let rows: Vec<_> = rows.filter(|row| seen.insert(row.clone())).collect();
        Self {
            entities: rows.iter().map(|(entity, _)| *entity).collect(),
            rows,
        }
    }

    /// The rows of one entity that are there, and the ids of those that are gone.
    fn rows<'a, T>(
        &self,
        entity: Entity,
        get: impl Fn(&str) -> Option<&'a T>,
    ) -> (Vec<&'a T>, Vec<String>) {
        let ids = self
            .rows
            .iter()
            .filter(|(other, _)| *other == entity)
            .map(|(_, id)| id);
        let (mut there, mut gone) = (Vec::new(), Vec::new());
        for id in ids {
            match get(id.as_str()) {
                Some(row) => there.push(row),
                None => gone.push(id.to_string()),
            }
        }
        (there, gone)
    }
}

/// The order of touchpoints, when a row was moved or came in before the last.
fn order(map: &Map, changes: &[RowChange]) -> Option<Vec<String>> {
    let of_touchpoints = changes
        .iter()
        .filter(|change| change.entity() == Entity::Touchpoint);
    let moved =
        |change: &RowChange| matches!(change, RowChange::Set { field, .. } if field == ORDER_FIELD);
    let inserted: Vec<_> = of_touchpoints
        .clone()
        .filter(|change| {
            matches!(change, RowChange::Insert { .. })
                && map.touchpoints.contains(change.id().as_str())
        })
        .map(RowChange::id)
        .collect();
    let last = map
        .touchpoints
        .ids()
        .skip(map.touchpoints.len().saturating_sub(inserted.len()));
    let appended = last.eq(inserted.iter().copied());
    (!appended || of_touchpoints.clone().any(moved)).then(|| texts(map.touchpoints.ids()))
}

fn cards(changed: &Changed) -> Vec<CardPosition> {
    let pinned = |id: &Id| {
        changed
            .map
            .touchpoints
            .get(id.as_str())
            .is_some_and(|row| row.position.is_some())
    };
    let card = |(id, x, y): &(Id, f64, f64)| CardPosition {
        id: id.to_string(),
        x: *x,
        y: *y,
        pinned: pinned(id),
    };
    changed.moved.cards.iter().map(card).collect()
}

/// Gaps came, changed or went.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GapsEvent {
    /// The revision they were found for.
    pub(crate) revision: u32,
    /// Gaps that are new or otherwise than before.
    pub(crate) added: Vec<GapView>,
    /// Keys of gaps that are gone.
    pub(crate) removed: Vec<String>,
    /// Rules that lack something.
    pub(crate) not_assessed: Vec<NotAssessedView>,
    /// The stages.
    pub(crate) stages: Vec<StageSummaryView>,
}

impl GapsEvent {
    /// The difference that a change made; O(changed gaps + stages).
    pub(crate) fn of(gaps: &GapsChanged) -> Self {
        let (delta, assessment) = (&gaps.delta, &gaps.assessment);
        Self {
            revision: gaps.revision,
            added: delta
                .added
                .iter()
                .chain(&delta.changed)
                .map(|gap| GapView::of(gap, assessment))
                .collect(),
            removed: delta.removed.iter().map(ToString::to_string).collect(),
            not_assessed: assessment
                .not_assessed()
                .iter()
                .map(NotAssessedView::from)
                .collect(),
            stages: stage_summaries(assessment),
        }
    }
}

/// The file's state is another.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusEvent {
    /// What is true of it.
    pub(crate) status: SaveStatus,
    /// Its name.
    pub(crate) file_name: Option<String>,
    /// Its folder.
    pub(crate) folder: Option<String>,
}

impl StatusEvent {
    pub(crate) fn of(saved: &Saved) -> Self {
        let (file_name, folder) = shown_path(saved.path.as_deref());
        Self {
            status: SaveStatus::from(&saved.state),
            file_name,
            folder,
        }
    }
}

/// The window shows another project now.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OpenedEvent {
    /// All of it.
    pub(crate) project: Box<ProjectView>,
}

/// A menu item was chosen.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MenuEvent {
    /// The id of an action of the interface.
    pub(crate) action: String,
}

/// Something went wrong that no command asked for.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProblemEvent {
    /// What.
    pub(crate) problem: ProblemView,
}

/// Something that people should know about the file. Nothing was lost.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NoticeEvent {
    /// One or two sentences.
    pub(crate) message: String,
}
