//! Windows: what each one shows, how it opens a project, and how it closes without losing anything. One window shows
//! one project; a project that is open already is brought to the front instead of being opened twice.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use backcast_workbench::{Desk, Environment, History, Problem, ProblemKind, Workbench};
use tauri::{
    AppHandle, DragDropEvent, Manager as _, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons};
use tauri_specta::Event as _;

use crate::ipc::command::{exporting, importing};
use crate::ipc::event::{OpenedEvent, ProblemEvent};
use crate::ipc::problem::ProblemView;
use crate::ipc::view::ProjectView;
use crate::telling::{show_history, show_title, tell};

/// What one window shows.
#[derive(Debug, Default)]
struct Shown {
    /// The project on its desk.
    desk: Option<Desk>,
    /// Its file, once it has one.
    path: Option<PathBuf>,
    /// A file to be opened as soon as the interface has loaded.
    waiting: Option<PathBuf>,
    /// A file that is being opened or written under a new name just now.
    reserved: Option<PathBuf>,
    /// Whether it had the whole screen before it was given it to present.
    screen_before: Option<bool>,
    /// Counts the projects it has shown, so that one that is leaving no longer speaks for it.
    generation: u64,
}

/// All windows by label, and the computer they stand on.
#[derive(Debug)]
pub(crate) struct Windows {
    environment: Environment,
    shown: Mutex<HashMap<String, Shown>>,
    /// The label of the window that had the focus last.
    in_front: Mutex<Option<String>>,
}

impl Windows {
    pub(crate) fn new(environment: Environment) -> Self {
        Self {
            environment,
            shown: Mutex::default(),
            in_front: Mutex::default(),
        }
    }

    /// The computer.
    pub(crate) const fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The desk of a window.
    ///
    /// # Errors
    /// When the window shows no project.
    pub(crate) fn desk(&self, label: &str) -> Result<Desk, Problem> {
        let desk = self.lock().get(label).and_then(|shown| shown.desk.clone());
        desk.ok_or_else(|| {
            Problem::refused(
                "No map is open in this window.",
                "Open one, or start a new one.",
            )
            .of_kind(ProblemKind::Stale)
        })
    }

    /// The file a window was asked to open before its interface had loaded; asked for once.
    pub(crate) fn take_waiting(&self, label: &str) -> Option<PathBuf> {
        self.lock()
            .get_mut(label)
            .and_then(|shown| shown.waiting.take())
    }

    /// Reserves a file for a window until the answer is dropped, so that no other window opens it meanwhile. A window
    /// that has it comes to the front.
    ///
    /// # Errors
    /// When another window shows the file or has it reserved, this window is opening it already, or was closed.
    pub(crate) fn reserve(
        &self,
        app: &AppHandle,
        label: &str,
        path: &Path,
    ) -> Result<Reserved<'_>, Problem> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let Err(holder) = self.claim(label, &path) else {
            return Ok(Reserved {
                windows: self,
                label: label.to_owned(),
            });
        };
        let shown = path.display();
        let (message, remedy) = match holder {
            None => return Err(closed()),
            Some(holder) if holder == label => (
                format!("{shown} is being opened already."),
                "Wait until it is there.",
            ),
            Some(holder) => {
                if let Some(window) = app.get_webview_window(&holder) {
                    // Some window systems do not let a program take the focus; the window is there all the same.
                    drop(window.unminimize().and_then(|()| window.set_focus()));
                }
                (
                    format!("{shown} is open in another window."),
                    "Go on there, or choose another file.",
                )
            }
        };
        Err(Problem::refused(message, remedy).of_kind(ProblemKind::Stale))
    }

    /// Puts a file down as a window's own, unless some window has it.
    ///
    /// # Errors
    /// The window that has it; `None`: the window itself is gone.
    fn claim(&self, label: &str, path: &Path) -> Result<(), Option<String>> {
        let mut shown = self.lock();
        let path = Some(path);
        let has_it = |other: &str, shown: &Shown| {
            let shows = shown.path.as_deref() == path || shown.waiting.as_deref() == path;
            shown.reserved.as_deref() == path || (shows && other != label)
        };
        if let Some((holder, _)) = shown.iter().find(|(other, shown)| has_it(other, shown)) {
            return Err(Some(holder.clone()));
        }
        let own = shown.get_mut(label).ok_or(None)?;
        own.reserved = path.map(Path::to_path_buf);
        Ok(())
    }

    /// Keeps whether a window had the whole screen before it was given it; what is kept already stays.
    pub(crate) fn keep_screen(&self, label: &str, had: bool) {
        if let Some(shown) = self.lock().get_mut(label) {
            shown.screen_before.get_or_insert(had);
        }
    }

    /// What was kept of it, once.
    pub(crate) fn take_screen(&self, label: &str) -> Option<bool> {
        self.lock().get_mut(label)?.screen_before.take()
    }

    fn keep_in_front(&self, label: &str) {
        let mut in_front = self.in_front.lock().unwrap_or_else(PoisonError::into_inner);
        *in_front = Some(label.to_owned());
    }

    fn in_front(&self) -> Option<String> {
        let in_front = self.in_front.lock().unwrap_or_else(PoisonError::into_inner);
        in_front.clone()
    }

    /// Whether a window still shows the project it showed as this one.
    pub(crate) fn is_current(&self, label: &str, generation: u64) -> bool {
        let shown = self.lock();
        shown
            .get(label)
            .is_some_and(|shown| shown.generation == generation)
    }

    /// Keeps where a window's project is now.
    pub(crate) fn keep_path(&self, label: &str, path: Option<&Path>) {
        if let Some(shown) = self.lock().get_mut(label) {
            shown.path = path.map(Path::to_path_buf);
        }
    }

    /// Lets go of a project that has ended by itself.
    pub(crate) fn let_go(&self, label: &str) {
        if let Some(shown) = self.lock().get_mut(label) {
            (shown.desk, shown.path) = (None, None);
        }
    }

    /// Whether a window shows this file.
    fn shows(&self, label: &str, path: &Path) -> bool {
        let shown = self.lock();
        let shown = shown.get(label);
        shown.is_some_and(|shown| shown.desk.is_some() && shown.path.as_deref() == Some(path))
    }

    fn label_of(&self, path: &Path) -> Option<String> {
        let is_it = |shown: &Shown| {
            let path = Some(path);
            shown.path.as_deref() == path
                || shown.waiting.as_deref() == path
                || shown.reserved.as_deref() == path
        };
        self.lock()
            .iter()
            .find(|(_, shown)| is_it(shown))
            .map(|(label, _)| label.clone())
    }

    fn label_without_project(&self) -> Option<String> {
        self.lock()
            .iter()
            .find(|(_, shown)| {
                shown.desk.is_none() && shown.waiting.is_none() && shown.reserved.is_none()
            })
            .map(|(label, _)| label.clone())
    }

    /// The lock guards plain data that is whole after every statement, so a panic elsewhere does not spoil it.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is a window's own until this is dropped.
#[derive(Debug)]
pub(crate) struct Reserved<'a> {
    windows: &'a Windows,
    label: String,
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        if let Some(shown) = self.windows.lock().get_mut(&self.label) {
            shown.reserved = None;
        }
    }
}

/// Opens the files somebody asked for when starting the app, each in a window, the first in one without a project where
/// there is one; without any, an empty window. The window that has a file already comes to the front.
pub(crate) fn open_files_asked_for(app: &AppHandle, files: Vec<PathBuf>) {
    let windows = app.state::<Windows>();
    if files.is_empty() {
        build_window(app, None);
    }
    let mut free = windows.label_without_project();
    for file in files {
        let holder = windows.label_of(&file);
        if let Some(window) = holder.and_then(|label| app.get_webview_window(&label)) {
            // Some window systems do not let a program take the focus; the window is there all the same.
            drop(window.unminimize().and_then(|()| window.set_focus()));
            continue;
        }
        match free.take() {
            Some(label) => open_in(app, &label, file),
            None => build_window(app, Some(file)),
        }
    }
}

/// Opens a file in a window whose interface has loaded, and tells the interface.
fn open_in(app: &AppHandle, label: &str, path: PathBuf) {
    let (app, label) = (app.clone(), label.to_owned());
    tauri::async_runtime::spawn(async move {
        let opened = open_and_show(&app, &label, &app.state::<Windows>(), path).await;
        let told = match opened {
            Ok(project) => OpenedEvent {
                project: Box::new(project),
            }
            .emit_to(&app, label.as_str()),
            Err(problem) => ProblemEvent {
                problem: ProblemView::from(&problem),
            }
            .emit_to(&app, label.as_str()),
        };
        // The window was closed meanwhile.
        drop(told);
    });
}

/// Opens a file in a window and answers with its view; one that the window shows already just stays there.
///
/// # Errors
/// When another window has it, it cannot be opened, or the project that was there cannot be saved.
pub(crate) async fn open_and_show(
    app: &AppHandle,
    label: &str,
    windows: &Windows,
    path: PathBuf,
) -> Result<ProjectView, Problem> {
    let path = path.canonicalize().unwrap_or(path);
    if windows.shows(label, &path) {
        let desk = windows.desk(label)?;
        return desk.ask(|bench| Ok(ProjectView::of(bench))).await;
    }
    let _reserved = windows.reserve(app, label, &path)?;
    let environment = windows.environment().clone();
    let bench = blocking(move || Workbench::open(&environment, &path)).await?;
    show(app, label, bench).await
}

fn build_window(app: &AppHandle, waiting: Option<PathBuf>) {
    let windows = app.state::<Windows>();
    let label = {
        let mut shown = windows.lock();
        let label = (1..)
            .map(|number| format!("main-{number}"))
            .find(|label| !shown.contains_key(label));
        let label = label.unwrap_or_default();
        shown.insert(
            label.clone(),
            Shown {
                waiting,
                ..Shown::default()
            },
        );
        label
    };
    let built = WebviewWindowBuilder::new(app, &label, WebviewUrl::default())
        .title("Backcast")
        .inner_size(1440.0, 900.0)
        .min_inner_size(1024.0, 700.0)
        .on_navigation(is_own_page)
        .build();
    if let Err(error) = built {
        windows.lock().remove(&label);
        let message = format!("The window could not be opened: {error}.");
        app.dialog().message(message).title("Backcast").show(|_| {});
    }
}

/// The interface never leaves its own page, whatever a map's text tries.
fn is_own_page(url: &Url) -> bool {
    let development =
        cfg!(debug_assertions) && url.host_str() == Some("localhost") && url.port() == Some(1420);
    url.scheme() == "tauri"
        || (url.scheme() == "http" && url.host_str() == Some("tauri.localhost"))
        || development
}

/// Puts a project into a window and answers with its view. The project that was there is saved first; when that fails
/// it stays.
///
/// # Errors
/// When the project that was there cannot be saved, the window was closed meanwhile, or the system gives no room.
pub(crate) async fn show(
    app: &AppHandle,
    label: &str,
    bench: Workbench,
) -> Result<ProjectView, Problem> {
    save_leaving(app, label).await?;
    let path = bench.path().map(Path::to_path_buf);
    let generation = next_generation(app, label)?;
    let listener = {
        let (app, label) = (app.clone(), label.to_owned());
        move |event| tell(&app, &label, generation, event)
    };
    let desk = Desk::start(bench, listener)?;
    if let Some(shown) = app.state::<Windows>().lock().get_mut(label) {
        (shown.desk, shown.path, shown.waiting) = (Some(desk.clone()), path, None);
    }
    let view = desk
        .ask(|bench| Ok((ProjectView::of(bench), bench.saved(), bench.history())))
        .await?;
    let (view, saved, history) = view;
    show_title(app, label, &saved);
    show_history(app, label, history);
    Ok(view)
}

/// Saves the project that another is to replace.
async fn save_leaving(app: &AppHandle, label: &str) -> Result<(), Problem> {
    let Ok(desk) = app.state::<Windows>().desk(label) else {
        return Ok(());
    };
    let saved = desk
        .ask(|bench| {
            bench.save();
            Ok(bench.saved())
        })
        .await?;
    match saved.unsaved() {
        None => Ok(()),
        Some(reason) => Err(Problem::refused(
            format!("The map in this window could not be saved: {reason}"),
            "Save it under another name first.",
        )
        .of_kind(ProblemKind::NotSaved)),
    }
}

fn closed() -> Problem {
    Problem::refused("The window was closed meanwhile.", "Open the map again.")
        .of_kind(ProblemKind::Stale)
}

/// The number of the next project of a window, whose predecessors are not heard from now on.
fn next_generation(app: &AppHandle, label: &str) -> Result<u64, Problem> {
    let windows = app.state::<Windows>();
    let mut shown = windows.lock();
    let shown = shown.get_mut(label).ok_or_else(closed)?;
    shown.generation += 1;
    Ok(shown.generation)
}

/// The window the planner works in; while that is another program's, the one they worked in last.
pub(crate) fn in_front(app: &AppHandle) -> Option<WebviewWindow> {
    let windows = app.webview_windows();
    let focused = windows
        .values()
        .find(|window| window.is_focused().unwrap_or(false));
    let last = || windows.get(&app.state::<Windows>().in_front()?);
    focused
        .or_else(last)
        .or_else(|| windows.values().next())
        .cloned()
}

/// Hears what happens to windows: a dropped file is opened, a closed window saves first.
pub(crate) fn on_event(app: &AppHandle, label: &str, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            if let Ok(desk) = app.state::<Windows>().desk(label) {
                api.prevent_close();
                save_and_close(app.clone(), label.to_owned(), desk);
            }
        }
        WindowEvent::Destroyed => {
            app.state::<importing::Imports>().forget(label);
            app.state::<exporting::Exports>().forget(label);
            drop(app.state::<Windows>().lock().remove(label));
        }
        WindowEvent::Focused(true) => {
            let windows = app.state::<Windows>();
            windows.keep_in_front(label);
            let desk = windows.desk(label).ok();
            let (app, label) = (app.clone(), label.to_owned());
            tauri::async_runtime::spawn(async move {
                let history = match desk {
                    // A project that closes just now has no history to show, as no project has.
                    Some(desk) => desk
                        .ask(|bench| Ok(bench.history()))
                        .await
                        .unwrap_or_default(),
                    None => History::default(),
                };
                show_history(&app, &label, history);
            });
        }
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            if !paths.is_empty() && paths.iter().all(|path| importing::is_foreign(path)) {
                importing::offer(app, label, paths.clone());
            } else if let [path] = paths.as_slice() {
                open_in(app, label, path.clone());
            } else if paths.len() > 1 {
                let problem = Problem::refused(
                    "One window shows one map.",
                    "Drop one map, or several tables that belong together.",
                );
                let problem = ProblemView::from(&problem);
                // The window was closed meanwhile.
                drop(ProblemEvent { problem }.emit_to(app, label));
            }
        }
        _ => {}
    }
}

fn save_and_close(app: AppHandle, label: String, desk: Desk) {
    tauri::async_runtime::spawn(async move {
        let saved = desk
            .ask(|bench| {
                bench.save();
                Ok(bench.saved())
            })
            .await;
        drop(desk);
        let failure = match saved {
            Ok(saved) => saved.unsaved(),
            // It is closed already, and has saved.
            Err(problem) if problem.kind == ProblemKind::Stale => None,
            Err(problem) => Some(problem.to_string()),
        };
        let Some(reason) = failure else {
            return close(&app, &label);
        };
        let message = format!(
            "{reason}\n\nYour edits are kept on this computer and will be saved when you open the file again."
        );
        let buttons =
            MessageDialogButtons::OkCancelCustom("Close anyway".to_owned(), "Keep open".to_owned());
        let dialog = app
            .dialog()
            .message(message)
            .title("The file could not be saved")
            .buttons(buttons);
        dialog.show(move |anyway| {
            if anyway {
                close(&app, &label);
            }
        });
    });
}

fn close(app: &AppHandle, label: &str) {
    // The project is saved; its thread ends by itself once nobody asks it any more.
    drop(app.state::<Windows>().lock().remove(label));
    if let Some(window) = app.get_webview_window(label) {
        // It is gone already when this fails.
        drop(window.destroy());
    }
}

/// Runs what waits for disks away from the threads that answer the interface.
///
/// # Errors
/// What `work` refuses, or that the app is closing.
pub(crate) async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, Problem> + Send + 'static,
) -> Result<R, Problem> {
    let closing =
        |_| Problem::refused("The app is closing.", "Open it again.").of_kind(ProblemKind::Stale);
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(closing)?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(folder: &Path, labels: &[&str]) -> Windows {
        let windows = Windows::new(Environment::at(folder.to_path_buf()).unwrap());
        for label in labels {
            windows.lock().insert((*label).to_owned(), Shown::default());
        }
        windows
    }

    #[test]
    fn a_file_is_one_windows_from_the_moment_it_is_being_opened() {
        let folder = tempfile::tempdir().unwrap();
        let windows = windows(folder.path(), &["one", "two"]);
        let (plan, other) = (
            Path::new("/maps/plan.backcast"),
            Path::new("/maps/other.backcast"),
        );
        windows.claim("one", plan).unwrap();
        assert_eq!(windows.claim("two", plan), Err(Some("one".to_owned())));
        assert_eq!(
            windows.claim("one", plan),
            Err(Some("one".to_owned())),
            "twice quickly"
        );
        windows.claim("two", other).unwrap();
        assert_eq!(windows.label_of(plan).as_deref(), Some("one"));
        assert_eq!(windows.label_without_project(), None);
        drop(Reserved {
            windows: &windows,
            label: "one".to_owned(),
        });
        windows.claim("one", plan).unwrap();
        assert_eq!(windows.claim("gone", Path::new("/maps/x")), Err(None));
    }

    #[test]
    fn what_a_window_shows_is_its_own_to_write_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let windows = windows(folder.path(), &["one", "two"]);
        let plan = Path::new("/maps/plan.backcast");
        windows.lock().get_mut("one").unwrap().path = Some(plan.to_path_buf());
        assert_eq!(windows.claim("two", plan), Err(Some("one".to_owned())));
        windows.claim("one", plan).unwrap();
    }
}
