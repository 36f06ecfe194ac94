//! What a window's project says, passed on to the window's interface, title and menu. Refuses to decide anything.

use std::path::Path;

use backcast_workbench::{Event, History, Saved};
use tauri::{AppHandle, Manager as _};
use tauri_specta::Event as _;

use crate::ipc::event::{
    ChangedEvent, GapsEvent, NoticeEvent, OpenedEvent, ProblemEvent, StatusEvent,
};
use crate::ipc::problem::ProblemView;
use crate::ipc::sharing::{CompanyEvent, CompanyView, ConflictsEvent, TakenInEvent};
use crate::ipc::view::ProjectView;
use crate::menu;
use crate::window::{Windows, in_front};

/// Passes an event on, as long as the window shows the project that it showed as number `generation`.
pub(crate) fn tell(app: &AppHandle, label: &str, generation: u64, event: Event) {
    let windows = app.state::<Windows>();
    if !windows.is_current(label, generation) {
        return;
    }
    let told = match event {
        Event::Changed(changed) => {
            let told = ChangedEvent::of(&changed).emit_to(app, label);
            show_history(app, label, changed.history);
            told
        }
        Event::Renewed => return tell_anew(app, label, generation),
        Event::Ended(problem) => {
            windows.let_go(label);
            show_history(app, label, History::default());
            let problem = ProblemView::from(&problem);
            ProblemEvent { problem }.emit_to(app, label)
        }
        Event::Notice(message) => NoticeEvent { message }.emit_to(app, label),
        Event::TakenIn(taken) => TakenInEvent::from(&taken).emit_to(app, label),
        Event::Conflicts(places) => ConflictsEvent::of(&places).emit_to(app, label),
        Event::Company(company) => CompanyEvent {
            company: CompanyView::from(&company),
        }
        .emit_to(app, label),
        Event::Gaps(gaps) => GapsEvent::of(&gaps).emit_to(app, label),
        Event::Status(saved) => {
            show_title(app, label, &saved);
            windows.keep_path(label, saved.path.as_deref());
            StatusEvent::of(&saved).emit_to(app, label)
        }
    };
    // The window was closed meanwhile; its project goes on until it is saved.
    drop(told);
}

/// Tells a window its whole project. The desk is asked for it, and not waited for: it is the desk that wants it told.
/// It is told from there, so that what changes next comes after it.
fn tell_anew(app: &AppHandle, label: &str, generation: u64) {
    let Ok(desk) = app.state::<Windows>().desk(label) else {
        return;
    };
    let (app, label) = (app.clone(), label.to_owned());
    tauri::async_runtime::spawn(async move {
        let there = (app.clone(), label.clone());
        let told = desk.ask(move |bench| {
            let (app, label) = there;
            if app.state::<Windows>().is_current(&label, generation) {
                let project = Box::new(ProjectView::of(bench));
                show_title(&app, &label, &bench.saved());
                show_history(&app, &label, bench.history());
                // The window was closed meanwhile.
                drop(OpenedEvent { project }.emit_to(&app, label.as_str()));
            }
            Ok(())
        });
        // The program fails at this, too: the project is opened anew once more, or ends and says so.
        drop(told.await);
    });
}

/// Shows a window's history in the menu when the window is in front. The menu is the main thread's, which is asked and
/// not waited for: the interface is to hear of a step first.
pub(crate) fn show_history(app: &AppHandle, label: &str, history: History) {
    let (handle, label) = (app.clone(), label.to_owned());
    let shown = app.run_on_main_thread(move || {
        if in_front(&handle).is_some_and(|window| window.label() == label) {
            menu::show_history(&handle, &history);
        }
    });
    // The app is closing, and its menu with it.
    drop(shown);
}

/// Shows the name of a window's project, and whether it is saved.
pub(crate) fn show_title(app: &AppHandle, label: &str, saved: &Saved) {
    if let Some(window) = app.get_webview_window(label) {
        let name = saved
            .path
            .as_deref()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        let title = format!(
            "{} \u{2013} {} \u{2013} Backcast",
            name.as_deref().unwrap_or(&saved.title),
            saved.state.word()
        );
        // A title the window system does not take is no reason to stop.
        drop(window.set_title(&title));
    }
}
