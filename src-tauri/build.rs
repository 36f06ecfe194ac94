//! Tells Tauri which commands the interface may call at all; `tauri.conf.json` says which window may call which.

/// Every command of `src/ipc/command.rs` and its modules.
const COMMANDS: &[&str] = &[
    "start",
    "open_dialog",
    "open_recent",
    "samples",
    "open_sample",
    "new_project",
    "save_as_dialog",
    "save_now",
    "apply_edits",
    "undo",
    "redo",
    "look_into_gap",
    "fix_gap",
    "dismiss_gap",
    "reopen_gap",
    "look_as",
    "coverage",
    "lay_out_anew",
    "divide",
    "write_clipboard",
    "read_clipboard",
    "open_link",
    "full_screen",
    "export_choices",
    "export_preview",
    "export_dialog",
    "cancel_export",
    "template_dialog",
    "copy_picture",
    "import_dialog",
    "import_text",
    "import_again",
    "import_take",
    "import_as_new",
    "past",
    "log",
    "deeds",
    "keep_version",
    "look_at",
    "go_back_to",
    "revert_step",
    "compare",
    "compare_dialog",
    "settle_conflict",
    "merge_dialog",
    "merge_with",
    "leave_copy",
    "save_copy_dialog",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
