//! Commands about what leaves the house: choosing, looking, writing, copying as a picture.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use backcast_workbench::exporting::{self, Delivery, Format, Options, Snapshot};
use backcast_workbench::{Problem, today};
use tauri::image::Image;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tauri_specta::Event as _;

use super::{Answer, ask_file, ask_where};
use crate::ipc::export::{
    Chosen, ExportChoicesView, ExportForm, ExportedView, ExportingEvent, PartForm,
};
use crate::ipc::frame::LanesBy;
use crate::ipc::preview::PreviewView;
use crate::window::{Windows, blocking};

/// What windows have chosen and have under way, by their labels.
#[derive(Debug, Default)]
pub(crate) struct Exports {
    underway: Mutex<HashMap<String, Arc<AtomicBool>>>,
    templates: Mutex<HashMap<String, String>>,
}

impl Exports {
    fn template(&self, label: &str) -> Option<String> {
        let templates = self
            .templates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        templates.get(label).cloned()
    }

    /// Says that a window exports something; the answer turns true when nobody wants it any more.
    fn begin(&self, label: &str) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let mut underway = self.underway.lock().unwrap_or_else(PoisonError::into_inner);
        underway.insert(label.to_owned(), cancelled.clone());
        cancelled
    }

    /// Nobody waits for a closed window's export, and its template is not wanted again.
    pub(crate) fn forget(&self, label: &str) {
        self.cancel(label);
        let mut underway = self.underway.lock().unwrap_or_else(PoisonError::into_inner);
        underway.remove(label);
        let mut templates = self
            .templates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        templates.remove(label);
    }

    fn cancel(&self, label: &str) {
        let underway = self.underway.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cancelled) = underway.get(label) {
            cancelled.store(true, Ordering::Relaxed);
        }
    }
}

/// The formats and documents there are.
#[tauri::command]
#[specta::specta]
pub(crate) fn export_choices() -> ExportChoicesView {
    ExportChoicesView::all()
}

/// What an export would look like.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_preview(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    exports: State<'_, Exports>,
    form: ExportForm,
) -> Answer<PreviewView> {
    let chosen = chosen(&window, &windows, &exports, &form).await?;
    let (format, options) = form.read(chosen)?;
    let snapshot = snapshot(&window, &windows).await?;
    let preview = blocking(move || exporting::preview(&snapshot, format, &options)).await?;
    Ok(preview.into())
}

/// Exports to where the planner chooses; answers what was written, `null` when the dialog is closed or the export was
/// cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_dialog(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
    exports: State<'_, Exports>,
    form: ExportForm,
) -> Answer<Option<ExportedView>> {
    let chosen = chosen(&window, &windows, &exports, &form).await?;
    let (format, options) = form.read(chosen)?;
    let snapshot = snapshot(&window, &windows).await?;
    let about = format.about();
    let ending = if format == Format::Json && options.document.is_none() {
        "backcast.json"
    } else {
        about.extension
    };
    let mut name = snapshot.map().properties.title.clone();
    if let Some(document) = options.document {
        name = format!("{name} - {}", document.name());
    }
    let Some(path) = ask_where(&app, &window, about.title, ending, &name).await? else {
        return Ok(None);
    };
    let cancelled = exports.begin(window.label());
    let stop = cancelled.clone();
    let written = blocking(move || {
        let delivery = deliver(&app, window.label(), &snapshot, (format, &options), &stop)?;
        exporting::write(&delivery, &path)?;
        Ok(ExportedView {
            name: name_of(&path),
            notes: delivery.notes,
        })
    });
    match written.await {
        Err(_) if cancelled.load(Ordering::Relaxed) => Ok(None),
        written => Ok(Some(written?)),
    }
}

fn deliver(
    app: &AppHandle,
    label: &str,
    snapshot: &Snapshot,
    (format, options): (Format, &Options),
    cancelled: &AtomicBool,
) -> Result<Delivery, Problem> {
    exporting::deliver(snapshot, format, options, &|share| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share is from 0 to 1"
        )]
        let percent = (share.clamp(0.0, 1.0) * 100.0) as u8;
        // A window that closes meanwhile hears nothing; the file is still written whole.
        drop(ExportingEvent { percent }.emit_to(app, label));
        if cancelled.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })
}

/// Ends the export that this window waits for; nothing is written then.
#[tauri::command]
#[specta::specta]
#[expect(
    clippy::needless_pass_by_value,
    reason = "commands are handed what they use"
)]
pub(crate) fn cancel_export(window: WebviewWindow, exports: State<'_, Exports>) {
    exports.cancel(window.label());
}

/// Chooses a template of the team's own for documents; answers its name, `null` when the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn template_dialog(
    app: AppHandle,
    window: WebviewWindow,
    exports: State<'_, Exports>,
) -> Answer<Option<String>> {
    let kinds = ("Templates", &["md", "html", "txt", "j2", "jinja"][..]);
    let Some(path) = ask_file(&app, &window, kinds).await else {
        return Ok(None);
    };
    let name = name_of(&path);
    let text = blocking(move || exporting::template(&path)).await?;
    let mut templates = exports
        .templates
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    templates.insert(window.label().to_owned(), text);
    Ok(Some(name))
}

/// Chooses a logo for the exports of the open project, which is kept for the next ones; answers its name, `null` when the
/// dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn logo_dialog(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Answer<Option<String>> {
    let kinds = ("Pictures", &["png", "svg", "jpg", "jpeg"][..]);
    let Some(path) = ask_file(&app, &window, kinds).await else {
        return Ok(None);
    };
    let name = name_of(&path);
    let logo = blocking(move || exporting::logo(&path)).await?;
    let desk = windows.desk(window.label())?;
    desk.ask(move |bench| bench.keep_logo(&logo)).await?;
    Ok(Some(name))
}

/// Puts a picture of the map, or a part of it, on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_picture(
    app: AppHandle,
    window: WebviewWindow,
    windows: State<'_, Windows>,
    part: PartForm,
    dark: bool,
    lanes: Option<LanesBy>,
) -> Answer<()> {
    let form = ExportForm {
        format: Format::Png.as_str().to_owned(),
        dark: Some(dark),
        page: None,
        spread: None,
        scale: None,
        transparent: false,
        part,
        without: vec!["legend".to_owned()],
        logo: false,
        border: false,
        lanes,
        views: None,
        document: None,
        templated: false,
        embed_project: false,
        base_address: None,
    };
    let (format, options) = form.read(Chosen::default())?;
    let snapshot = snapshot(&window, &windows).await?;
    let copy = move || {
        let delivery =
            exporting::deliver(&snapshot, format, &options, &|_| ControlFlow::Continue(()))?;
        let bytes = delivery.files.first().map_or(&[][..], |(_, bytes)| bytes);
        let refused = |reason: String| {
            Problem::refused(
                format!("The picture could not be copied: {reason}."),
                "Export it as a file instead.",
            )
        };
        let image = Image::from_bytes(bytes).map_err(|error| refused(error.to_string()))?;
        app.clipboard()
            .write_image(&image)
            .map_err(|error| refused(error.to_string()))
    };
    Ok(blocking(copy).await?)
}

/// What a form asks for that came from files.
async fn chosen(
    window: &WebviewWindow,
    windows: &Windows,
    exports: &Exports,
    form: &ExportForm,
) -> Result<Chosen, Problem> {
    let logo = if form.logo {
        let desk = windows.desk(window.label())?;
        Some(desk.ask(|bench| bench.logo()).await?)
    } else {
        None
    };
    Ok(Chosen {
        template: exports.template(window.label()),
        logo,
    })
}

async fn snapshot(window: &WebviewWindow, windows: &Windows) -> Result<Snapshot, Problem> {
    let desk = windows.desk(window.label())?;
    desk.ask(|bench| Ok(bench.snapshot(today()))).await
}

/// A file's name without its folder, to be shown: the interface never learns where files lie.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
