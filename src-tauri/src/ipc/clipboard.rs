//! The system's clipboard as the interface may use it: plain text in, plain text out, nothing else of it. What the
//! text means is the interface's part; nothing is written to a map here.

use backcast_workbench::Problem;
use tauri::AppHandle;
use tauri_plugin_clipboard_manager::ClipboardExt as _;

use super::problem::ProblemView;
use crate::window::blocking;

/// More text than this is no part of a map.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Puts text on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn write_clipboard(app: AppHandle, text: String) -> Result<(), ProblemView> {
    if text.len() > MOST_BYTES {
        return Err(too_much().into());
    }
    let write = move || app.clipboard().write_text(text).map_err(out_of_reach);
    Ok(blocking(write).await?)
}

/// The text on the clipboard; empty when there is none, or something that is no text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_clipboard(app: AppHandle) -> Result<String, ProblemView> {
    let text = blocking(move || Ok(app.clipboard().read_text().unwrap_or_default())).await?;
    if text.len() > MOST_BYTES {
        return Err(too_much().into());
    }
    Ok(text)
}

fn too_much() -> Problem {
    Problem::refused(
        "This is too much for the clipboard.",
        "Copy fewer touchpoints, or export the map as JSON.",
    )
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn out_of_reach(error: tauri_plugin_clipboard_manager::Error) -> Problem {
    Problem::refused(
        format!("The clipboard could not be reached: {error}."),
        "Try again.",
    )
}
