//! What the window may ask for. Each command parses, asks the workbench, converts; the rules are elsewhere. Files are
//! named by dialogs that open here, or by handles that were told before.

pub(crate) mod exporting;
pub(crate) mod importing;
pub(crate) mod past;
pub(crate) mod sharing;

use std::path::PathBuf;

use backcast_analysis::Coverage;
use backcast_model::Edit;
use backcast_workbench::{Problem, View, Workbench, new_map, recent, samples};
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

use super::coverage::CoverageView;
use super::edit::EditForm;
use super::frame::FrameForm;
use super::gap::{GapDetailView, count};
use super::problem::ProblemView;
use super::sample::SampleView;
use super::view::{LaidOutView, LayoutView, ProjectView, StartView};
use crate::window::{Windows, blocking, open_and_show, show};

type Answer<T> = Result<T, ProblemView>;

/// What the window shows first: the project it was opened for, or what to begin with.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<StartView> {
    let environment = windows.environment().clone();
    let recent = {
        let environment = environment.clone();
        blocking(move || Ok(recent::list(&environment))).await?
    };
    let mut view = StartView::of(environment.catalog(), &recent);
    if let Some(path) = windows.take_waiting(window.label()) {
        match open(&app, &window, &windows, path).await {
            Ok(project) => view.project = Some(project),
            Err(problem) => view.problem = Some(problem),
        }
    } else if let Ok(desk) = windows.desk(window.label()) {
        view.project = Some(desk.ask(|bench| Ok(ProjectView::of(bench))).await?);
    }
    Ok(view)
}

/// Opens a file that the planner chooses; `null` when the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_dialog(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<Option<ProjectView>> {
    match ask_which(&app, &window).await {
        Some(path) => open(&app, &window, &windows, path).await.map(Some),
        None => Ok(None),
    }
}

/// Opens a project of the list of recent ones.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_recent(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
    id: String,
) -> Answer<ProjectView> {
    let environment = windows.environment().clone();
    let found = environment.clone();
    let wanted = id.clone();
    let path = blocking(move || Ok(recent::path_of(&found, &wanted))).await?;
    if let Some(path) = path {
        return open(&app, &window, &windows, path).await;
    }
    let bench = blocking(move || recent::open(&environment, &id)).await?;
    Ok(show(&app, window.label(), bench).await?)
}

/// The example campaigns, with what small pictures of them are drawn from.
#[tauri::command]
#[specta::specta]
pub(crate) async fn samples() -> Answer<Vec<SampleView>> {
    Ok(blocking(|| Ok(samples::all().iter().map(SampleView::from).collect())).await?)
}

/// Opens an example campaign as a new map.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_sample(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
    name: String,
) -> Answer<ProjectView> {
    let environment = windows.environment().clone();
    let bench = blocking(move || Workbench::create(&environment, samples::map(&name)?)).await?;
    Ok(show(&app, window.label(), bench).await?)
}

/// Starts a new map with the stages of a framework.
#[tauri::command]
#[specta::specta]
pub(crate) async fn new_project(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
    framework: String,
    title: String,
) -> Answer<ProjectView> {
    let environment = windows.environment().clone();
    let bench = blocking(move || {
        let map = new_map(environment.catalog(), &title, Some(&framework))?;
        Workbench::create(&environment, map)
    });
    Ok(show(&app, window.label(), bench.await?).await?)
}

/// Saves the project under a name that the planner chooses; `false` when the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_as_dialog(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<bool> {
    let desk = windows.desk(window.label())?;
    let title = desk.ask(|bench| Ok(bench.saved().title)).await?;
    let Some(path) = ask_where(&app, &window, "Backcast project", "backcast", &title).await? else {
        return Ok(false);
    };
    let _reserved = windows.reserve(&app, window.label(), &path)?;
    desk.ask(move |bench| bench.save_as(&path)).await?;
    Ok(true)
}

/// Writes the file now instead of a little later.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_now(window: WebviewWindow, windows: State<'_, Windows>) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    Ok(desk.ask(Workbench::save_again).await?)
}

/// Applies edits as one step and answers with the ids of inserted rows, in order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn apply_edits(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    edits: Vec<EditForm>,
    label: String,
) -> Answer<Vec<String>> {
    let edits: Vec<Edit> = edits
        .into_iter()
        .map(Edit::try_from)
        .collect::<Result<_, Problem>>()?;
    let desk = windows.desk(window.label())?;
    let ids = desk.ask(move |bench| bench.edit(&edits, &label)).await?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

/// Takes the last step back; answers with the number of rows that changed, 0 when others have written there since.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(window: WebviewWindow, windows: State<'_, Windows>) -> Answer<u32> {
    let desk = windows.desk(window.label())?;
    Ok(count(desk.ask(Workbench::undo).await?))
}

/// Does the step again that was taken back last; answers like undo.
#[tauri::command]
#[specta::specta]
pub(crate) async fn redo(window: WebviewWindow, windows: State<'_, Windows>) -> Answer<u32> {
    let desk = windows.desk(window.label())?;
    Ok(count(desk.ask(Workbench::redo).await?))
}

/// How to mend a gap, and what suffers from it; in the map, or as it is read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn look_into_gap(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    key: String,
    framework: Option<String>,
    live: bool,
) -> Answer<GapDetailView> {
    let desk = windows.desk(window.label())?;
    Ok(desk
        .ask(move |bench| {
            let (fixes, affects) = bench.look_into(&key, framework.as_deref(), seen(live))?;
            Ok(GapDetailView::of(bench.revision(), fixes, &affects))
        })
        .await?)
}

/// Mends a gap in the way with this fingerprint.
#[tauri::command]
#[specta::specta]
pub(crate) async fn fix_gap(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    key: String,
    fix: String,
) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    Ok(desk.ask(move |bench| bench.fix_gap(&key, &fix)).await?)
}

/// Says that a gap is there on purpose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dismiss_gap(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    key: String,
    reason: String,
) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    Ok(desk
        .ask(move |bench| bench.dismiss_gap(&key, &reason))
        .await?)
}

/// Takes the word back that a gap is there on purpose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reopen_gap(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    key: String,
) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    Ok(desk.ask(move |bench| bench.reopen_gap(&key)).await?)
}

/// What the rules see: all that is planned, or only what is live.
const fn seen(live: bool) -> View {
    if live { View::LiveOnly } else { View::Planned }
}

/// The map read under another framework or only as far as it is live, to be looked at; else the map itself.
#[tauri::command]
#[specta::specta]
pub(crate) async fn look_as(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    framework: Option<String>,
    live: bool,
) -> Answer<ProjectView> {
    let desk = windows.desk(window.label())?;
    let view = desk.ask(move |bench| {
        if framework.is_none() && !live {
            return Ok(ProjectView::of(bench));
        }
        let reading = bench.read_as(framework.as_deref(), seen(live))?;
        Ok(ProjectView::of_reading(bench, &reading))
    });
    Ok(view.await?)
}

/// Who is served where, by what, at what cost.
#[tauri::command]
#[specta::specta]
pub(crate) async fn coverage(
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<CoverageView> {
    let desk = windows.desk(window.label())?;
    let view = desk.ask(|bench| {
        Ok(CoverageView::of(
            bench.revision(),
            &Coverage::of(&bench.assessment()),
        ))
    });
    Ok(view.await?)
}

/// Where everything stands: what the project came without.
#[tauri::command]
#[specta::specta]
pub(crate) async fn layout(
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<LaidOutView> {
    let desk = windows.desk(window.label())?;
    Ok(desk.ask(|bench| Ok(LaidOutView::of(bench))).await?)
}

/// Lays the whole map out anew and tells where everything stands then; pinned touchpoints stay.
#[tauri::command]
#[specta::specta]
pub(crate) async fn lay_out_anew(
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<LayoutView> {
    let desk = windows.desk(window.label())?;
    let view = desk.ask(|bench| {
        let geometry = bench.geometry();
        Ok(LayoutView::of(&bench.lay_out_anew(), geometry))
    });
    Ok(view.await?)
}

/// Divides the map into lanes, or into columns by distance, and tells where everything stands then; nothing is edited.
#[tauri::command]
#[specta::specta]
pub(crate) async fn divide(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    frame: FrameForm,
) -> Answer<LayoutView> {
    let desk = windows.desk(window.label())?;
    let view = desk.ask(move |bench| {
        let layout = bench.divide(frame.lanes.map(Into::into), frame.distances);
        Ok(LayoutView::of(&layout, bench.geometry()))
    });
    Ok(view.await?)
}

async fn open(
    app: &AppHandle,
    window: &WebviewWindow,
    windows: &Windows,
    path: PathBuf,
) -> Answer<ProjectView> {
    Ok(open_and_show(app, window.label(), windows, path).await?)
}

/// Asks which file to read; `None` when the dialog is closed.
async fn ask_which(app: &AppHandle, window: &WebviewWindow) -> Option<PathBuf> {
    let kinds = ["backcast", "json", "svg", "png", "pdf", "pptx"];
    ask_file(
        app,
        window,
        ("Backcast maps, and pictures that carry one", &kinds),
    )
    .await
}

/// Asks which file of some kinds to read; `None` when the dialog is closed.
async fn ask_file(
    app: &AppHandle,
    window: &WebviewWindow,
    (kind, endings): (&str, &[&str]),
) -> Option<PathBuf> {
    let dialog = app
        .dialog()
        .file()
        .set_parent(window)
        .add_filter(kind, endings);
    let (answer, chosen) = oneshot::channel();
    dialog.pick_file(move |file| drop(answer.send(file)));
    let chosen = chosen.await.ok().flatten();
    chosen.and_then(|file| file.into_path().ok())
}

/// Asks where to write a file, offering the map's title as its name. Left out, the ending is added; the dialog asked
/// about the name as it was typed, so a file that stands under the completed one is refused.
async fn ask_where(
    app: &AppHandle,
    window: &WebviewWindow,
    kind: &str,
    ending: &str,
    title: &str,
) -> Answer<Option<PathBuf>> {
    let name: String = title
        .chars()
        .map(|letter| {
            if "/\\:*?\"<>|".contains(letter) {
                '-'
            } else {
                letter
            }
        })
        .collect();
    let dialog = app
        .dialog()
        .file()
        .set_parent(window)
        .add_filter(kind, &[ending])
        .set_file_name(format!("{name}.{ending}"));
    let (answer, chosen) = oneshot::channel();
    dialog.save_file(move |file| drop(answer.send(file)));
    let chosen = chosen.await.ok().flatten();
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
        return Ok(None);
    };
    if path.to_string_lossy().ends_with(&format!(".{ending}")) {
        return Ok(Some(path));
    }
    let mut completed = path.into_os_string();
    completed.push(format!(".{ending}"));
    let completed = PathBuf::from(completed);
    if completed.exists() {
        let shown = completed.display();
        let remedy = "Choose it by its whole name to replace it, or choose another name.";
        return Err(Problem::refused(format!("{shown} is there already."), remedy).into());
    }
    Ok(Some(completed))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

    use std::collections::BTreeSet;

    use backcast_workbench::Environment;
    use serde_json::json;

    use super::*;

    fn bench(touchpoints: usize, folder: &std::path::Path) -> Workbench {
        let ids = (0..touchpoints).map(|at| format!("t{at}"));
        let rows: Vec<_> = ids
            .map(|id| json!({"id": id, "name": "T", "kind": "driver"}))
            .collect();
        let text =
            json!({"format": "backcast-map", "version": 1, "title": "Map", "touchpoints": rows});
        let path = folder.join("map.backcast.json");
        std::fs::write(&path, text.to_string()).unwrap();
        let environment = Environment::at(folder.join("data")).unwrap();
        Workbench::open(&environment, &path).unwrap()
    }

    fn standing(layout: &LayoutView) -> BTreeSet<(String, [u64; 2])> {
        let card = |card: &super::super::view::CardPosition| {
            (card.id.clone(), [card.x.to_bits(), card.y.to_bits()])
        };
        layout.cards.iter().map(card).collect()
    }

    /// Whether a large map comes with its layout depends on which is done first; both parts together are the whole.
    #[test]
    fn a_project_and_the_layout_it_came_without_are_of_the_same_project_and_revision() {
        for touchpoints in [0, 3, 700] {
            let folder = tempfile::tempdir().unwrap();
            let mut bench = bench(touchpoints, folder.path());
            bench.edit(&[], "Nothing").unwrap();
            let first = ProjectView::of(&mut bench);
            assert!(
                touchpoints > 500 || first.layout.is_some(),
                "small maps come whole"
            );
            let second = LaidOutView::of(&bench);
            assert_eq!(
                (&second.project, second.revision),
                (&first.id, first.revision)
            );
            let cards = standing(&second.layout);
            let ids: BTreeSet<_> = cards.iter().map(|(id, _)| id).collect();
            let rows: BTreeSet<_> = first.touchpoints.iter().map(|row| &row.id).collect();
            assert_eq!(ids, rows);
            let whole = ProjectView::of(&mut bench).layout.unwrap();
            assert_eq!(
                standing(&whole),
                cards,
                "once it is there, it comes with the project"
            );
        }
    }
}
