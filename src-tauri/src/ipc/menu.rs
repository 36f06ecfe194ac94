//! What the interface tells the native menu: which of its items can be done now, and by which key. What an item does
//! stays the interface's.

use backcast_workbench::Problem;
use serde::Deserialize;
use specta::Type;
use tauri::{AppHandle, WebviewWindow};

use super::problem::ProblemView;
use crate::menu;

/// How an item of the menu stands, by the action it carries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MenuItemForm {
    /// The action's id; what the menu does not have is passed over.
    pub(crate) action: String,
    /// Whether it can be done; `null`: that is known on this side.
    pub(crate) enabled: Option<bool>,
    /// The key that does the same, as `Ctrl+Shift+Z`; `null`: none does.
    pub(crate) key: Option<String>,
}

/// Shows in the menu what can be done in this window, as far as it changed since the window last told.
#[tauri::command]
#[specta::specta]
pub(crate) async fn show_menu(
    app: AppHandle,
    window: WebviewWindow,
    items: Vec<MenuItemForm>,
) -> Result<(), ProblemView> {
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || menu::show_items(&handle, &window, &items));
    Ok(asked.map_err(|error| {
        Problem::refused(
            format!("The menu could not follow what is selected: {error}."),
            "Go on; what cannot be done does nothing.",
        )
    })?)
}
