//! The native menu. Every item carries the id of an action of the interface and does nothing but pass it on to the
//! window in front, so that menu, keyboard and palette run the same thing. Undo and redo say what they would take back;
//! the others can be chosen as far as the interface says that they can be done.

use std::collections::HashMap;

use backcast_workbench::History;
use tauri::menu::{Menu, MenuBuilder, MenuItem, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Manager as _, WebviewWindow, Wry};
use tauri_specta::Event as _;

use crate::ipc::event::MenuEvent;
use crate::ipc::menu::MenuItemForm;
use crate::window;

/// Items by action id with their text; `None` is a line between groups. Keys are the interface's and only shown here: a
/// key taken by the menu would never reach a text field.
type Items = &'static [Option<(&'static str, &'static str)>];

const FILE: Items = &[
    Some(("new", "New map…")),
    Some(("open", "Open…")),
    Some(("openSample", "Open an example…")),
    None,
    Some(("saveNow", "Save")),
    Some(("saveAs", "Save as…")),
    Some(("saveCopy", "Save a copy…")),
    Some(("saveCopyWithoutHistory", "Save a copy without history…")),
    Some(("import", "Import…")),
    Some(("export", "Export…")),
    None,
    Some(("viewHistory", "Show the history")),
    Some(("keepVersion", "Keep this version…")),
    Some(("compareFile", "Compare with a file…")),
    Some(("mergeWith", "Merge with…")),
    Some(("showConflicts", "Show the conflicts")),
    None,
    Some(("closeWindow", "Close window")),
];

const EDIT: Items = &[
    Some(("undo", "Undo")),
    Some(("redo", "Redo")),
    None,
    Some(("cut", "Cut")),
    Some(("copy", "Copy")),
    Some(("paste", "Paste")),
    Some(("copyPicture", "Copy as a picture")),
    None,
    Some(("duplicate", "Duplicate")),
    Some(("delete", "Delete")),
    Some(("selectAll", "Select all")),
    Some(("deselect", "Deselect")),
    Some(("selectLink", "Select its next link")),
    None,
    Some(("find", "Find…")),
    Some(("palette", "Show all commands…")),
];

const MAP: Items = &[
    Some(("addDestination", "Add a destination…")),
    Some(("addUnlinked", "Add a touchpoint…")),
    Some(("addUpstream", "Add what brings people here…")),
    Some(("addDownstream", "Add where they go next…")),
    Some(("addSibling", "Add another beside it…")),
    Some(("toDestination", "Go to the destination")),
    Some(("nextSlot", "Go to the next ready slot")),
    Some(("takeSlot", "Fill the ready slot")),
    Some(("linkTo", "Link to…")),
    Some(("changeTarget", "Change target…")),
    Some(("changeStart", "Change start…")),
    Some(("rename", "Rename")),
    None,
    Some(("moveStageLeft", "Move to the stage before")),
    Some(("moveStageRight", "Move to the stage after")),
    None,
    Some(("addStage", "Add a stage")),
    Some(("renameStage", "Rename stage")),
    Some(("moveStageEarlier", "Move stage earlier")),
    Some(("moveStageLater", "Move stage later")),
    Some(("deleteStage", "Delete stage")),
];

const ARRANGE: Items = &[
    Some(("alignLeft", "Align left edges")),
    Some(("alignAcross", "Align centres across")),
    Some(("alignRight", "Align right edges")),
    Some(("alignTop", "Align top edges")),
    Some(("alignDown", "Align centres on one level")),
    Some(("alignBottom", "Align bottom edges")),
    Some(("distribute", "Space evenly down the column")),
    None,
    Some(("tidy", "Tidy the selection")),
    Some(("layOutAnew", "Lay out the whole map anew")),
];

const GAPS: Items = &[
    Some(("showGaps", "Show the gaps")),
    Some(("nextGap", "Next gap")),
    Some(("previousGap", "Previous gap")),
    Some(("fixGap", "Fix the gap\u{2026}")),
    Some(("whyGap", "Why is this a gap?")),
    None,
    Some(("rules", "Set the rules\u{2026}")),
    Some(("lookAs", "Read as another framework\u{2026}")),
    Some(("lookLive", "Only what is live")),
    Some(("stopReading", "Back to the map itself")),
];

const VIEW: Items = &[
    Some(("viewMap", "Show the map")),
    Some(("viewCoverage", "Show the coverage")),
    Some(("present", "Present")),
    None,
    Some(("zoomFit", "Zoom to fit")),
    Some(("zoomSelection", "Zoom to the selection")),
    Some(("zoom100", "Zoom to 100 %")),
    Some(("zoomIn", "Zoom in")),
    Some(("zoomOut", "Zoom out")),
    None,
    Some(("lanesOff", "Lanes: off")),
    Some(("lanesByChannelGroup", "Lanes: by channel group")),
    Some(("lanesByAudience", "Lanes: by audience")),
    Some(("lanesByOwnership", "Lanes: by ownership")),
    Some(("lanesByMedia", "Lanes: by media")),
    None,
    Some(("columnsByDistance", "Columns by distance, on or off")),
    Some(("foldStage", "Fold or unfold the stage")),
    Some(("unfoldStages", "Unfold all stages")),
    None,
    Some(("toggleOutline", "Show or hide the outline")),
    Some(("toggleSlots", "Show or hide ready slots")),
    Some(("showInspector", "Show the inspector")),
    None,
    Some(("themeSystem", "Theme: as the system")),
    Some(("themeLight", "Theme: light")),
    Some(("themeDark", "Theme: dark")),
    Some(("themeContrast", "Theme: high contrast, on or off")),
];

const HELP: Items = &[
    Some(("help", "Keyboard shortcuts")),
    Some(("about", "About Backcast")),
];

/// Every menu, in order.
pub(crate) const MENUS: &[(&str, Items)] = &[
    ("File", FILE),
    ("Edit", EDIT),
    ("Map", MAP),
    ("Arrange", ARRANGE),
    ("Gaps", GAPS),
    ("View", VIEW),
    ("Help", HELP),
];

/// The items of the menu by the actions they carry.
struct MenuItems(HashMap<&'static str, MenuItem<Wry>>);

/// Builds the menu of all windows.
///
/// # Errors
/// When the desktop refuses it.
pub(crate) fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let mut menu = MenuBuilder::new(app);
    let mut built = HashMap::new();
    for (title, items) in MENUS {
        let mut submenu = SubmenuBuilder::new(app, *title);
        for item in *items {
            submenu = match item {
                None => submenu.separator(),
                Some((id, text)) => {
                    let item = MenuItemBuilder::with_id(*id, text).build(app)?;
                    built.insert(*id, item.clone());
                    submenu.item(&item)
                }
            };
        }
        menu = menu.item(&submenu.build()?);
    }
    app.manage(MenuItems(built));
    menu.build()
}

/// Passes a chosen item on to the window in front.
pub(crate) fn on_event(app: &AppHandle, id: &str) {
    let Some(window) = window::in_front(app) else {
        return;
    };
    if id == "closeWindow" {
        // A window that is already going needs no second word.
        drop(window.close());
        return;
    }
    // Without a listener the window is still loading, and has nothing an action could act on.
    drop(
        MenuEvent {
            action: id.to_owned(),
        }
        .emit_to(app, window.label()),
    );
}

/// Shows what undo and redo would take back in the window in front.
pub(crate) fn show_history(app: &AppHandle, history: &History) {
    if let Some(items) = app.try_state::<MenuItems>() {
        for (id, verb, label) in [
            ("undo", "Undo", &history.undo),
            ("redo", "Redo", &history.redo),
        ] {
            if let Some(item) = items.0.get(id) {
                show_step(item, verb, label.as_deref());
            }
        }
    }
}

/// Shows how items stand in a window: its keys there, and what can be done when it is the one in front.
pub(crate) fn show_items(app: &AppHandle, window: &WebviewWindow, forms: &[MenuItemForm]) {
    #[cfg(target_os = "linux")]
    crate::menu_keys::show(window, forms);
    let is_in_front =
        window::in_front(app).is_some_and(|in_front| in_front.label() == window.label());
    let Some(items) = app.try_state::<MenuItems>().filter(|_| is_in_front) else {
        return;
    };
    for form in forms {
        if let (Some(item), Some(enabled)) = (items.0.get(form.action.as_str()), form.enabled) {
            // An item of a menu that is being torn down may refuse; nobody sees it any more.
            drop(item.set_enabled(enabled));
        }
    }
}

/// The longest label an item shows, in characters.
const LONGEST_LABEL: usize = 60;

/// `Undo: Add E-mail`. Menus take an ampersand for the sign of a key, so one that is meant is doubled.
fn step_text(verb: &str, label: Option<&str>) -> String {
    let Some(label) = label else {
        return verb.to_owned();
    };
    let mut shown: String = label.chars().take(LONGEST_LABEL).collect();
    if shown.len() < label.len() {
        shown.push('\u{2026}');
    }
    format!("{verb}: {}", shown.replace('&', "&&"))
}

fn show_step(item: &MenuItem<Wry>, verb: &str, label: Option<&str>) {
    let text = step_text(verb, label);
    // An item of a menu that is being torn down may refuse; nobody sees it any more.
    drop(
        item.set_text(text)
            .and_then(|()| item.set_enabled(label.is_some())),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_say_what_they_would_take_back() {
        for (verb, label, text) in [
            ("Undo", Some("Add E-mail"), "Undo: Add E-mail"),
            ("Redo", Some("Move R&D day"), "Redo: Move R&&D day"),
            ("Undo", None, "Undo"),
        ] {
            assert_eq!(step_text(verb, label), text);
        }
        let long = "x".repeat(200);
        let shown = step_text("Undo", Some(&long));
        assert!(
            shown.ends_with('\u{2026}') && shown.chars().count() < 80,
            "{shown}"
        );
    }

    #[test]
    fn every_item_stands_once() {
        let items = MENUS.iter().flat_map(|(_, items)| *items).flatten();
        let mut ids: Vec<_> = items.map(|(id, _)| id).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}
