//! The way between Rust and the window: forms come in, views go out, events tell differences. Wire types stand here,
//! apart from the model's; the TypeScript for all of it is generated into `ui/src/ipc/bindings.ts` and committed.
//!
//! Refuses to decide anything.

pub(crate) mod clipboard;
pub(crate) mod command;
pub(crate) mod comparison;
pub(crate) mod coverage;
pub(crate) mod edit;
pub(crate) mod event;
pub(crate) mod export;
pub(crate) mod frame;
pub(crate) mod gap;
pub(crate) mod import;
pub(crate) mod link;
pub(crate) mod menu;
pub(crate) mod past;
pub(crate) mod preview;
pub(crate) mod problem;
pub(crate) mod record;
pub(crate) mod rule;
pub(crate) mod sample;
pub(crate) mod screen;
pub(crate) mod sharing;
pub(crate) mod theme;
pub(crate) mod view;

use tauri::Wry;
use tauri_specta::{Builder, collect_commands, collect_events};

/// Every command and event there is.
#[must_use]
pub(crate) fn builder() -> Builder<Wry> {
    Builder::new()
        // Views only go out and forms only come in, so no type has two shapes.
        .disable_serde_phases()
        .commands(collect_commands![
            command::start,
            command::open_dialog,
            command::open_recent,
            command::samples,
            command::open_sample,
            command::new_project,
            command::save_as_dialog,
            command::save_now,
            command::apply_edits,
            command::undo,
            command::redo,
            command::look_into_gap,
            command::fix_gap,
            command::dismiss_gap,
            command::reopen_gap,
            command::look_as,
            command::coverage,
            command::layout,
            command::lay_out_anew,
            command::divide,
            clipboard::write_clipboard,
            clipboard::read_clipboard,
            link::open_link,
            screen::full_screen,
            menu::show_menu,
            theme::show_theme,
            command::exporting::export_choices,
            command::exporting::export_preview,
            command::exporting::export_dialog,
            command::exporting::cancel_export,
            command::exporting::template_dialog,
            command::exporting::logo_dialog,
            command::exporting::copy_picture,
            command::importing::import_dialog,
            command::importing::import_text,
            command::importing::import_again,
            command::importing::import_take,
            command::importing::import_as_new,
            command::past::past,
            command::past::log,
            command::past::deeds,
            command::past::keep_version,
            command::past::look_at,
            command::past::go_back_to,
            command::past::revert_step,
            command::past::compare,
            command::past::compare_dialog,
            command::sharing::settle_conflict,
            command::sharing::merge_dialog,
            command::sharing::merge_with,
            command::sharing::leave_copy,
            command::sharing::save_copy_dialog,
        ])
        .events(collect_events![
            event::ChangedEvent,
            event::GapsEvent,
            event::StatusEvent,
            event::OpenedEvent,
            event::MenuEvent,
            event::ProblemEvent,
            event::NoticeEvent,
            export::ExportingEvent,
            import::ImportOfferedEvent,
            sharing::TakenInEvent,
            sharing::ConflictsEvent,
            sharing::CompanyEvent,
        ])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use specta_typescript::Typescript;

    /// The committed bindings are the ones of these types: `make bindings` writes them anew.
    #[test]
    fn the_committed_bindings_are_current() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/bindings.ts");
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        let header = "// Written by `make bindings` from src-tauri/src/ipc; not to be edited.\n";
        super::builder()
            .export(Typescript::default().header(header), &fresh)
            .unwrap();
        if std::env::var_os("BACKCAST_WRITE_BINDINGS").is_some() {
            std::fs::copy(&fresh, &committed).unwrap();
        }
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        assert!(
            read(&fresh) == read(&committed),
            "ui/src/ipc/bindings.ts is stale: run `make bindings`"
        );
    }
}
