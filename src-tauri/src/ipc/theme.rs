//! The theme of what the system draws around the interface: menu, title bar, dialogs. The interface's own colours are
//! its own part.

use backcast_workbench::Problem;
use serde::Deserialize;
use specta::Type;
use tauri::AppHandle;

use super::problem::ProblemView;

/// Which theme is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ThemeForm {
    /// As the system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Has the system draw its parts of all windows in the theme that the interface shows.
#[tauri::command]
#[specta::specta]
pub(crate) async fn show_theme(app: AppHandle, theme: ThemeForm) -> Result<(), ProblemView> {
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || wear(&handle, theme));
    Ok(asked.map_err(|error| {
        Problem::refused(
            format!("The menu could not follow the theme: {error}."),
            "Go on; only its colours are others.",
        )
    })?)
}

/// What the desktop wants is asked for once, before it is overruled: the toolkit has one place for both.
#[cfg(target_os = "linux")]
fn wear(_: &AppHandle, theme: ThemeForm) {
    use std::sync::OnceLock;

    use gtk::prelude::GtkSettingsExt as _;

    static DESKTOP_IS_DARK: OnceLock<bool> = OnceLock::new();
    let Some(settings) = gtk::Settings::default() else {
        return;
    };
    let dark = match theme {
        ThemeForm::System => match DESKTOP_IS_DARK.get() {
            Some(dark) => *dark,
            None => return,
        },
        ThemeForm::Light => false,
        ThemeForm::Dark => true,
    };
    DESKTOP_IS_DARK.get_or_init(|| settings.is_gtk_application_prefer_dark_theme());
    settings.set_gtk_application_prefer_dark_theme(dark);
}

#[cfg(not(target_os = "linux"))]
fn wear(app: &AppHandle, theme: ThemeForm) {
    app.set_theme(match theme {
        ThemeForm::System => None,
        ThemeForm::Light => Some(tauri::Theme::Light),
        ThemeForm::Dark => Some(tauri::Theme::Dark),
    });
}
