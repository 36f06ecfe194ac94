//! The desktop app: a native window with menu and dialogs around the interface, and the typed way between the two.
//!
//! The only Rust that names Tauri. Refuses to know rules, tables or formats: a command parses, asks the workbench,
//! converts. *Invariant:* the web layer never names a file; dialogs open here, and lists of files are told by handle.

mod arguments;
mod ipc;
mod menu;
#[cfg(target_os = "linux")]
mod menu_keys;
mod telling;
mod window;

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use backcast_workbench::Environment;
use tauri::RunEvent;
use tauri_plugin_dialog::DialogExt as _;

use crate::window::Windows;

/// Runs the app until its last window is closed.
#[must_use]
pub fn run() -> ExitCode {
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        complain(
            "there is no display to open a window on. Start it from a desktop, or use `backcast`, which needs none.",
        );
        return ExitCode::from(2);
    }
    if let Some(argument) = std::env::args_os().find(|argument| argument.to_str().is_none()) {
        complain(&format!(
            "the name {} is not text (UTF-8). Give the file another name, then open it again.",
            argument.display()
        ));
        return ExitCode::from(2);
    }
    let (environment, problem) = match Environment::of_process_as_far_as_readable() {
        Ok(read) => read,
        Err(problem) => {
            complain(&problem.to_string());
            return ExitCode::from(2);
        }
    };
    match build(environment) {
        Ok(app) => {
            if let Some(problem) = problem {
                let message = format!(
                    "{problem}\n\nBackcast goes on with the frameworks and channels it could read."
                );
                app.dialog().message(message).title("Backcast").show(|_| {});
            }
            app.run(|app, event| {
                if let RunEvent::WindowEvent { label, event, .. } = event {
                    window::on_event(app, &label, &event);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&format!("the window could not be opened: {error}"));
            ExitCode::FAILURE
        }
    }
}

#[expect(
    clippy::exit,
    reason = "the context that Tauri writes leaves this way when it cannot be made"
)]
fn build(environment: Environment) -> tauri::Result<tauri::App> {
    let ipc = ipc::builder();
    let mut builder = tauri::Builder::default();
    // The automation of tests starts several apps side by side, each with a data folder of its own.
    if std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(
            |app, arguments, folder| {
                let arguments = arguments.iter().map(OsStr::new);
                let files = arguments::files_named(arguments, std::path::Path::new(&folder));
                window::open_files_asked_for(app, files);
            },
        ));
    }
    builder
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(Windows::new(environment))
        .manage(ipc::command::exporting::Exports::default())
        .manage(ipc::command::importing::Imports::default())
        .menu(menu::build)
        .on_menu_event(|app, event| menu::on_event(app, event.id().as_ref()))
        .invoke_handler(ipc.invoke_handler())
        .setup(move |app| {
            ipc.mount_events(app);
            let arguments: Vec<OsString> = std::env::args_os().collect();
            let arguments = arguments.iter().map(OsString::as_os_str);
            let folder = std::env::current_dir().unwrap_or_default();
            window::open_files_asked_for(app.handle(), arguments::files_named(arguments, &folder));
            Ok(())
        })
        .build(tauri::generate_context!())
}

/// There is no window to say it in yet.
fn complain(text: &str) {
    use std::io::Write as _;
    drop(writeln!(std::io::stderr().lock(), "backcast-app: {text}"));
}
