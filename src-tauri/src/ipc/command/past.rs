//! Commands about the project's past: versions, backups, steps, and what is different from then.

use backcast_workbench::{Point, Workbench};
use tauri::{AppHandle, State, WebviewWindow};

use super::{Answer, ask_which};
use crate::ipc::comparison::ComparisonView;
use crate::ipc::past::{BackupView, DeedView, LogForm, LogView, PastView, PointForm, VersionView};
use crate::ipc::sharing::count;
use crate::ipc::view::ProjectView;
use crate::window::Windows;

/// The versions and backups that can be looked at.
#[tauri::command]
#[specta::specta]
pub(crate) async fn past(window: WebviewWindow, windows: State<'_, Windows>) -> Answer<PastView> {
    let desk = windows.desk(window.label())?;
    let view = desk.ask(|bench| {
        Ok(PastView {
            versions: bench.versions().iter().map(VersionView::from).collect(),
            backups: bench.backups()?.iter().map(BackupView::from).collect(),
        })
    });
    Ok(view.await?)
}

/// The steps that were asked for, the newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn log(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    form: LogForm,
) -> Answer<LogView> {
    let desk = windows.desk(window.label())?;
    Ok(desk
        .ask(move |bench| Ok(LogView::of(&bench.steps()?, &form)))
        .await?)
}

/// What a step did, row by row.
#[tauri::command]
#[specta::specta]
pub(crate) async fn deeds(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    step: String,
) -> Answer<Vec<DeedView>> {
    let desk = windows.desk(window.label())?;
    let deeds = desk.ask(move |bench| bench.deeds(&step)).await?;
    Ok(deeds.iter().map(DeedView::from).collect())
}

/// Gives the state as it is a name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_version(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    name: String,
) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    Ok(desk.ask(move |bench| bench.keep_version(&name)).await?)
}

/// A state of the map, only to be looked at.
#[tauri::command]
#[specta::specta]
pub(crate) async fn look_at(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    point: PointForm,
) -> Answer<ProjectView> {
    let desk = windows.desk(window.label())?;
    let view = desk.ask(move |bench| {
        let reading = bench.look_at(&point.into())?;
        Ok(ProjectView::of_reading(bench, &reading))
    });
    Ok(view.await?)
}

/// Makes the map what it was, as a step; answers how many rows changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn go_back_to(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    point: PointForm,
    label: String,
) -> Answer<u32> {
    let desk = windows.desk(window.label())?;
    let rows = desk.ask(move |bench| bench.go_back_to(&point.into(), &label));
    Ok(count(rows.await?))
}

/// Takes one step back, whoever did it; answers how many rows changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn revert_step(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    step: String,
) -> Answer<u32> {
    let desk = windows.desk(window.label())?;
    let rows = desk.ask(move |bench| bench.revert_step(&step));
    Ok(count(rows.await?))
}

/// What is different from one state to another.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compare(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    from: PointForm,
    to: PointForm,
) -> Answer<ComparisonView> {
    let desk = windows.desk(window.label())?;
    let view = desk.ask(move |bench| compared(bench, &from.into(), &to.into()));
    Ok(view.await?)
}

/// What is different in the map from a file that the planner chooses; `null` when the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compare_dialog(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<Option<ComparisonView>> {
    let desk = windows.desk(window.label())?;
    let Some(path) = ask_which(&app, &window).await else {
        return Ok(None);
    };
    let view = desk.ask(move |bench| {
        bench.choose(path);
        compared(bench, &Point::Chosen, &Point::Now)
    });
    Ok(Some(view.await?))
}

fn compared(
    bench: &mut Workbench,
    from: &Point,
    to: &Point,
) -> Result<ComparisonView, backcast_workbench::Problem> {
    let comparison = bench.compare(from, to)?;
    let file = [from, to]
        .into_iter()
        .find_map(|point| bench.name_of_file(point));
    Ok(ComparisonView::of(bench, &comparison, file))
}
