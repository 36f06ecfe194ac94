//! What the window shows when a project opens: all of it, once. Later it hears of differences only.

use std::path::Path;

use backcast_analysis::Assessment;
use backcast_layout::{Geometry, Layout};
use backcast_model::catalog::{Catalog, Channel, Framework};
use backcast_model::{Map, Moment};
use backcast_workbench::recent::Recent;
use backcast_workbench::{History, Reading, SaveState, Saved, Workbench};
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::gap::GapReport;
use super::problem::ProblemView;
use super::record::{
    AudienceRecord, DismissalRecord, LinkRecord, MapRecord, StageRecord, SystemRecord,
    TouchpointRecord,
};
use super::rule::{self, RuleView};
use super::sharing::{CompanyView, ConflictView};

/// Top-left corner of a card in map units; one unit is one CSS pixel at 100 %.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CardPosition {
    /// The touchpoint's id.
    pub(crate) id: String,
    /// From the left.
    #[specta(type = Number)]
    pub(crate) x: f64,
    /// From the top.
    #[specta(type = Number)]
    pub(crate) y: f64,
    /// Whether the planner put it there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) pinned: bool,
}

/// A column of the map in map units; columns touch.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ColumnView {
    /// The stage; `null`: touchpoints without one, or a map without stages.
    pub(crate) stage: Option<String>,
    /// Its left edge.
    #[specta(type = Number)]
    pub(crate) x: f64,
    /// Its width.
    #[specta(type = Number)]
    pub(crate) width: f64,
}

/// A lane of the map in map units: a band across all columns. Lanes touch.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LaneView {
    /// What its cards have in common: the name of a channel group, an audience's id, the word for an ownership or a
    /// medium; `null`: nothing of the kind.
    pub(crate) name: Option<String>,
    /// Its top edge.
    #[specta(type = Number)]
    pub(crate) y: f64,
    /// Its height.
    #[specta(type = Number)]
    pub(crate) height: f64,
}

/// Where everything stands.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LayoutView {
    /// Width of a card.
    #[specta(type = Number)]
    pub(crate) card_width: f64,
    /// Height of a card.
    #[specta(type = Number)]
    pub(crate) card_height: f64,
    /// Height of the strip above the cards.
    #[specta(type = Number)]
    pub(crate) header_height: f64,
    /// The stages' columns, from left to right.
    pub(crate) columns: Vec<ColumnView>,
    /// The lanes, from top to bottom; none unless the map is divided into some.
    pub(crate) lanes: Vec<LaneView>,
    /// All cards, in the planner's order.
    pub(crate) cards: Vec<CardPosition>,
    /// The ways of links that pass columns; the others run straight from card to card.
    pub(crate) routes: Vec<RouteView>,
}

impl LayoutView {
    pub(crate) fn of(layout: &Layout, geometry: Geometry) -> Self {
        let card = |place: &backcast_layout::Place| CardPosition {
            id: place.touchpoint.to_string(),
            x: place.x,
            y: place.y,
            pinned: place.pinned,
        };
        Self {
            card_width: geometry.card_width,
            card_height: geometry.card_height,
            header_height: geometry.header_height,
            columns: columns(layout, &geometry),
            lanes: lanes(layout),
            cards: layout.cards.iter().map(card).collect(),
            routes: layout.routes.iter().map(RouteView::from).collect(),
        }
    }
}

pub(crate) fn lanes(layout: &Layout) -> Vec<LaneView> {
    let lane = |lane: &backcast_layout::Lane| LaneView {
        name: lane.name.clone(),
        y: lane.y,
        height: lane.height,
    };
    layout.lanes.iter().map(lane).collect()
}

pub(crate) fn columns(layout: &Layout, geometry: &Geometry) -> Vec<ColumnView> {
    let column = |(column, (x, width)): (&backcast_layout::Column, (f64, f64))| ColumnView {
        stage: column.stage.as_ref().map(ToString::to_string),
        x,
        width,
    };
    layout
        .columns
        .iter()
        .zip(layout.bands(geometry))
        .map(column)
        .collect()
}

/// The way of a link that passes columns of cards between its ends.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RouteView {
    /// The link's id.
    pub(crate) link: String,
    /// Where it passes, from its start to its end: the middle of each column of cards. Level for half a card's width
    /// to both sides of each, it runs clear of all cards. None: straight from card to card.
    #[specta(type = Vec<(Number, Number)>)]
    pub(crate) points: Vec<(f64, f64)>,
}

impl From<&backcast_layout::Route> for RouteView {
    fn from(route: &backcast_layout::Route) -> Self {
        Self {
            link: route.link.to_string(),
            points: route.points.clone(),
        }
    }
}

/// What stands behind undo and redo, as the labels of the steps; `null`: nothing.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HistoryView {
    /// Undo.
    pub(crate) undo: Option<String>,
    /// Redo.
    pub(crate) redo: Option<String>,
}

impl From<&History> for HistoryView {
    fn from(history: &History) -> Self {
        Self {
            undo: history.undo.clone(),
            redo: history.redo.clone(),
        }
    }
}

/// What is true of a project's file.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SaveStateView {
    /// No file yet; kept on this computer.
    Kept,
    /// Edits are kept on this computer and not in the file yet.
    Editing,
    /// The file is being written.
    Saving,
    /// The file holds everything.
    Saved,
    /// The file could not be written; kept on this computer.
    Failed,
    /// The file is not there any more; kept on this computer.
    Missing,
    /// Something else stands where the file was; kept on this computer.
    Replaced,
    /// Whether the file is there cannot be told; kept on this computer.
    Unreachable,
    /// Only to be looked at.
    ReadOnly,
}

/// The truth about a project's file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SaveStatus {
    /// What is true of it.
    pub(crate) state: SaveStateView,
    /// Why, where that is not plain.
    pub(crate) detail: Option<String>,
}

impl From<&SaveState> for SaveStatus {
    fn from(state: &SaveState) -> Self {
        let (state, detail) = match state {
            SaveState::Kept => (SaveStateView::Kept, None),
            SaveState::Editing => (SaveStateView::Editing, None),
            SaveState::Saving => (SaveStateView::Saving, None),
            SaveState::Saved => (SaveStateView::Saved, None),
            SaveState::Failed(reason) => (SaveStateView::Failed, Some(reason.clone())),
            SaveState::Missing => (SaveStateView::Missing, None),
            SaveState::Replaced(reason) => (SaveStateView::Replaced, Some(reason.clone())),
            SaveState::Unreachable(reason) => (SaveStateView::Unreachable, Some(reason.clone())),
            SaveState::ReadOnly(reason) => (SaveStateView::ReadOnly, Some(reason.clone())),
        };
        Self { state, detail }
    }
}

/// A file's name and its folder, to show; the interface cannot open anything by them.
pub(crate) fn shown_path(path: Option<&Path>) -> (Option<String>, Option<String>) {
    let text =
        |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    (
        text(path.and_then(Path::file_name)),
        text(path.and_then(Path::parent).map(Path::as_os_str)),
    )
}

/// A whole project.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProjectView {
    /// What names it in all its copies.
    pub(crate) id: String,
    /// Grows with every change; events carry the one they lead to.
    pub(crate) revision: u32,
    /// Its file's name.
    pub(crate) file_name: Option<String>,
    /// Its file's folder.
    pub(crate) folder: Option<String>,
    /// Whether it is only to be looked at.
    pub(crate) read_only: bool,
    /// What the map says of itself.
    pub(crate) map: MapRecord,
    /// The customer's journey.
    pub(crate) stages: Vec<StageRecord>,
    /// Who the map is for.
    pub(crate) audiences: Vec<AudienceRecord>,
    /// What touchpoints run on.
    pub(crate) systems: Vec<SystemRecord>,
    /// What customers meet.
    pub(crate) touchpoints: Vec<TouchpointRecord>,
    /// The steps between touchpoints.
    pub(crate) links: Vec<LinkRecord>,
    /// Gaps that are there on purpose.
    pub(crate) dismissals: Vec<DismissalRecord>,
    /// Where everything stands; `null`: the map was just opened and is still being laid out, see [`LaidOutView`].
    pub(crate) layout: Option<LayoutView>,
    /// The gaps.
    pub(crate) report: GapReport,
    /// How many people take each link, as far as known.
    pub(crate) flows: Vec<FlowView>,
    /// Undo and redo.
    pub(crate) history: HistoryView,
    /// The truth about its file.
    pub(crate) status: SaveStatus,
    /// Places that were written on both sides.
    pub(crate) conflicts: Vec<ConflictView>,
    /// Who else is at the file.
    pub(crate) company: CompanyView,
}

impl ProjectView {
    /// Everything a project shows; O(rows + gaps). The layout of a large map that was just opened is left out rather
    /// than waited for.
    pub(crate) fn of(bench: &mut Workbench) -> Self {
        let assessment = bench.assessment();
        let view = Self::showing(bench, bench.map(), &assessment);
        Self {
            layout: bench
                .layout_soon()
                .map(|layout| LayoutView::of(&layout, bench.geometry())),
            ..view
        }
    }

    /// The same under another framework, only to be looked at.
    pub(crate) fn of_reading(bench: &Workbench, reading: &Reading) -> Self {
        let Reading {
            map,
            layout,
            assessment,
        } = reading;
        Self {
            read_only: true,
            layout: Some(LayoutView::of(layout, bench.geometry())),
            ..Self::showing(bench, map, assessment)
        }
    }

    /// All but the layout.
    fn showing(bench: &Workbench, map: &Map, assessment: &Assessment) -> Self {
        let Saved { state, path, .. } = bench.saved();
        let (file_name, folder) = shown_path(path.as_deref());
        Self {
            id: bench.project_id(),
            revision: bench.revision(),
            file_name,
            folder,
            read_only: matches!(state, SaveState::ReadOnly(_)),
            map: MapRecord::from(&*map.properties),
            stages: map.stages.iter().map(StageRecord::from).collect(),
            audiences: map.audiences.iter().map(AudienceRecord::from).collect(),
            systems: map.systems.iter().map(SystemRecord::from).collect(),
            touchpoints: map.touchpoints.iter().map(TouchpointRecord::from).collect(),
            links: map.links.iter().map(LinkRecord::from).collect(),
            dismissals: map.dismissals.iter().map(DismissalRecord::from).collect(),
            layout: None,
            report: GapReport::of(bench.revision(), assessment),
            flows: flows(map),
            history: HistoryView::from(&bench.history()),
            status: SaveStatus::from(&state),
            conflicts: bench.contested().iter().map(ConflictView::from).collect(),
            company: CompanyView::from(&bench.company()),
        }
    }
}

/// Where everything in a project stands.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LaidOutView {
    /// What names the project.
    pub(crate) project: String,
    /// Its revision.
    pub(crate) revision: u32,
    /// Where everything stands in it.
    pub(crate) layout: LayoutView,
}

impl LaidOutView {
    pub(crate) fn of(bench: &Workbench) -> Self {
        Self {
            project: bench.project_id(),
            revision: bench.revision(),
            layout: LayoutView::of(&bench.layout(), bench.geometry()),
        }
    }
}

/// How many people take a link.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FlowView {
    /// The link's id.
    pub(crate) link: String,
    /// How many, not rounded.
    #[specta(type = Number)]
    pub(crate) people: f64,
}

/// The flows that are known; O(touchpoints + links).
pub(crate) fn flows(map: &Map) -> Vec<FlowView> {
    backcast_model::flow::flows(map)
        .into_iter()
        .map(|(link, people)| FlowView {
            link: link.to_string(),
            people,
        })
        .collect()
}

/// A stage of a framework.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FrameworkStageView {
    /// Its id.
    pub(crate) id: String,
    /// What planners call it.
    pub(crate) name: String,
    /// Where it stands on the common axis.
    pub(crate) moment: Moment,
}

/// A framework to start from.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FrameworkView {
    /// Its id.
    pub(crate) id: String,
    /// What planners call it.
    pub(crate) name: String,
    /// Whether new maps start with it.
    pub(crate) is_default: bool,
    /// Its stages.
    pub(crate) stages: Vec<FrameworkStageView>,
}

impl From<&Framework> for FrameworkView {
    fn from(framework: &Framework) -> Self {
        let stage = |stage: &backcast_model::catalog::FrameworkStage| FrameworkStageView {
            id: stage.id.clone(),
            name: stage.name.clone(),
            moment: stage.moment,
        };
        Self {
            id: framework.id.clone(),
            name: framework.name.clone(),
            is_default: framework.default,
            stages: framework.stages.iter().map(stage).collect(),
        }
    }
}

/// A channel to choose.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) media: Vec<backcast_model::Media>,
    pub(crate) ownership: backcast_model::Ownership,
    pub(crate) two_way: bool,
    pub(crate) consent: bool,
    pub(crate) tracked: bool,
    pub(crate) pick_up: bool,
    pub(crate) entry: bool,
    pub(crate) recognises: Vec<String>,
    pub(crate) moments: Vec<Moment>,
    pub(crate) devices: Vec<String>,
}

impl From<&Channel> for ChannelView {
    fn from(channel: &Channel) -> Self {
        Self {
            id: channel.id.clone(),
            name: channel.name.clone(),
            group: channel.group.clone(),
            media: channel.media.clone(),
            ownership: channel.ownership,
            two_way: channel.two_way,
            consent: channel.consent,
            tracked: channel.tracked,
            pick_up: channel.pick_up,
            entry: channel.entry,
            recognises: channel.recognises.clone(),
            moments: channel.moments.clone(),
            devices: channel.devices.clone(),
        }
    }
}

/// A project to go on with. Its id is a handle: the interface never names a file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecentFile {
    /// The handle.
    pub(crate) id: String,
    /// The map's title.
    pub(crate) title: String,
    /// The file's name; `null`: not in a file yet.
    pub(crate) file_name: Option<String>,
    /// The file's folder.
    pub(crate) folder: Option<String>,
    /// How many steps are kept on this computer and in no file: there is none yet, or it is not where it was. `null`:
    /// the file is there.
    pub(crate) unsaved: Option<u32>,
    /// Whether it is damaged so that nothing in it can be read: opening it tells where it is kept.
    pub(crate) unreadable: bool,
    /// When it was last opened or edited, in RFC 3339.
    pub(crate) opened_at: String,
}

impl From<&Recent> for RecentFile {
    fn from(recent: &Recent) -> Self {
        let (file_name, folder) = shown_path(recent.path.as_deref());
        Self {
            id: recent.id.clone(),
            title: recent.title.clone(),
            file_name,
            folder,
            unsaved: recent
                .unsaved
                .map(|steps| u32::try_from(steps).unwrap_or(u32::MAX)),
            unreadable: recent.unreadable,
            opened_at: recent.opened_at.clone(),
        }
    }
}

/// What a window shows first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StartView {
    /// The program's version.
    pub(crate) version: String,
    /// The project, when the window has one.
    pub(crate) project: Option<ProjectView>,
    /// Why the file it was to show cannot be shown.
    pub(crate) problem: Option<ProblemView>,
    /// Projects to go on with, newest first.
    pub(crate) recent: Vec<RecentFile>,
    /// Frameworks to start from.
    pub(crate) frameworks: Vec<FrameworkView>,
    /// Channels to choose from.
    pub(crate) channels: Vec<ChannelView>,
    /// The rules that find gaps.
    pub(crate) rules: Vec<RuleView>,
}

impl StartView {
    pub(crate) fn of(catalog: &Catalog, recent: &[Recent]) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            project: None,
            problem: None,
            recent: recent.iter().map(RecentFile::from).collect(),
            frameworks: catalog.frameworks().map(FrameworkView::from).collect(),
            channels: catalog.channels().map(ChannelView::from).collect(),
            rules: rule::all(),
        }
    }
}
