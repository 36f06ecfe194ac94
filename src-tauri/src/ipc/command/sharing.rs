//! Commands about others' work: settling what was written on both sides, taking in copies, giving copies away.

use backcast_model::Entity;
use backcast_workbench::Point;
use tauri::{AppHandle, State, WebviewWindow};

use super::{Answer, ask_where, ask_which};
use crate::ipc::past::PointForm;
use crate::ipc::sharing::MergedView;
use crate::window::Windows;

/// Settles a contested place by taking one of its sides, also the one that is kept anyway.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settle_conflict(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    entity: Entity,
    id: String,
    field: String,
    side: String,
) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    let settled = desk.ask(move |bench| bench.settle(entity, &id, &field, &side));
    Ok(settled.await?)
}

/// Takes in another copy of this project that the planner chooses; `null` when the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn merge_dialog(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<Option<MergedView>> {
    let desk = windows.desk(window.label())?;
    let Some(path) = ask_which(&app, &window).await else {
        return Ok(None);
    };
    let merged = desk.ask(move |bench| {
        bench.choose(path);
        bench.merge_with(&Point::Chosen)
    });
    Ok(Some(MergedView::from(&merged.await?)))
}

/// Takes in another copy of this project: one beside the file, or the file that was chosen last.
#[tauri::command]
#[specta::specta]
pub(crate) async fn merge_with(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    point: PointForm,
) -> Answer<MergedView> {
    let desk = windows.desk(window.label())?;
    let merged = desk.ask(move |bench| bench.merge_with(&point.into()));
    Ok(MergedView::from(&merged.await?))
}

/// Offers a copy beside the file no longer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn leave_copy(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    name: String,
) -> Answer<()> {
    let desk = windows.desk(window.label())?;
    Ok(desk.ask(move |bench| bench.leave_copy(&name)).await?)
}

/// Writes a copy where the planner chooses; `false` when the dialog is closed. Without its history it is a project of
/// its own, for people who are not to see the past.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_copy_dialog(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
    with_history: bool,
) -> Answer<bool> {
    let desk = windows.desk(window.label())?;
    let title = desk.ask(|bench| Ok(bench.saved().title)).await?;
    let title = format!("{title} (copy)");
    let Some(path) = ask_where(&app, &window, "Backcast project", "backcast", &title).await? else {
        return Ok(false);
    };
    let _reserved = windows.reserve(&app, window.label(), &path)?;
    let written = desk.ask(move |bench| {
        if with_history {
            bench.save_copy(&path)
        } else {
            bench.save_copy_without_history(&path)
        }
    });
    written.await?;
    Ok(true)
}
