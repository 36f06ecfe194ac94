//! The whole screen for the window, while the map is presented. What is shown there is the interface's part.

use backcast_workbench::Problem;
use tauri::WebviewWindow;

use super::problem::ProblemView;

/// Gives the window the whole screen, without its menu, or takes it back; answers whether it had it before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn full_screen(window: WebviewWindow, on: bool) -> Result<bool, ProblemView> {
    Ok(turn(&window, on).map_err(out_of_reach)?)
}

fn turn(window: &WebviewWindow, on: bool) -> tauri::Result<bool> {
    let before = window.is_fullscreen()?;
    if before != on {
        window.set_fullscreen(on)?;
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
