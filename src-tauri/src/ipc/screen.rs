//! The whole screen for the window, while the map is presented. What is shown there is the interface's part.

use backcast_workbench::Problem;
use tauri::{State, WebviewWindow};

use super::problem::ProblemView;
use crate::window::Windows;

/// Gives the window the whole screen, without its menu, or puts it back as it was; answers whether it had it before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn full_screen(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    on: bool,
) -> Result<bool, ProblemView> {
    Ok(turn(&window, &windows, on).map_err(out_of_reach)?)
}

/// A window that had the whole screen before keeps it, with its menu again.
fn turn(window: &WebviewWindow, windows: &Windows, on: bool) -> tauri::Result<bool> {
    let before = window.is_fullscreen()?;
    let wanted = if on {
        windows.keep_screen(window.label(), before);
        true
    } else {
        windows.take_screen(window.label()).unwrap_or(before)
    };
    if before != wanted {
        window.set_fullscreen(wanted)?;
    }
    if on {
        window.hide_menu()?;
    } else {
        window.show_menu()?;
    }
    Ok(before)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn out_of_reach(error: tauri::Error) -> Problem {
    Problem::refused(
        format!("The window could not have the whole screen: {error}."),
        "Present in the window as it is.",
    )
}
