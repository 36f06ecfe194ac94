//! Keys beside the items of the native menu, where the toolkit shows them and would also take them: here they are only
//! shown. A key that the toolkit knows no sign for is left out.

use std::collections::HashMap;

use gtk::gdk::ModifierType;
use gtk::prelude::*;
use tauri::WebviewWindow;

use crate::ipc::menu::MenuItemForm;
use crate::menu::MENUS;

/// Shows the keys of these items in a window's menu.
pub(crate) fn show(window: &WebviewWindow, forms: &[MenuItemForm]) {
    let keys: HashMap<&str, Option<(u32, ModifierType)>> = forms
        .iter()
        .map(|form| {
            let key = form.key.as_deref().and_then(key_of);
            (form.action.as_str(), key)
        })
        .collect();
    let Some(bar) = window.default_vbox().ok().and_then(|parts| bar_in(&parts)) else {
        return;
    };
    for (entry, (_, items)) in bar.children().iter().zip(MENUS) {
        let shown = menu_of(entry).map(|menu| menu.children());
        for (widget, item) in shown.unwrap_or_default().iter().zip(*items) {
            let key = item.and_then(|(action, _)| keys.get(action));
            if let (Some(label), Some(key)) = (label_of(widget), key) {
                let (sign, modifiers) = key.unwrap_or((0, ModifierType::empty()));
                label.set_accel(sign, modifiers);
            }
        }
    }
}

fn bar_in(parts: &gtk::Box) -> Option<gtk::MenuBar> {
    let mut parts = parts.children().into_iter();
    parts.find_map(|part| part.downcast().ok())
}

fn menu_of(entry: &gtk::Widget) -> Option<gtk::Menu> {
    let entry: &gtk::MenuItem = entry.downcast_ref()?;
    entry.submenu()?.downcast().ok()
}

fn label_of(item: &gtk::Widget) -> Option<gtk::AccelLabel> {
    let item: &gtk::MenuItem = item.downcast_ref()?;
    item.child()?.downcast().ok()
}

/// `Ctrl+Shift+Z` as the toolkit has it. A sign that Shift makes is shown as it is written on keyboards: alone.
fn key_of(chord: &str) -> Option<(u32, ModifierType)> {
    let (modifiers, key) = match chord.strip_suffix("++") {
        Some(modifiers) => (modifiers, "+"),
        None => chord.rsplit_once('+').unwrap_or(("", chord)),
    };
    let key = if chord == "+" { "+" } else { key };
    let held = modifiers
        .split('+')
        .filter_map(|name| match name {
            "Ctrl" => Some(ModifierType::CONTROL_MASK),
            "Shift" => Some(ModifierType::SHIFT_MASK),
            "Alt" => Some(ModifierType::MOD1_MASK),
            _ => None,
        })
        .collect();
    Some((sign_of(key)?, held))
}

fn sign_of(key: &str) -> Option<u32> {
    let mut letters = key.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(sign_of_letter(letter));
    }
    let name = match key {
        "Enter" => "Return",
        "PageUp" => "Page_Up",
        "PageDown" => "Page_Down",
        _ => key.strip_prefix("Arrow").unwrap_or(key),
    };
    let sign = *gtk::gdk::keys::Key::from_name(name);
    (sign != *gtk::gdk::keys::constants::VoidSymbol && sign != 0).then_some(sign)
}

/// A letter's keysym: Latin 1 is numbered as in Unicode, and what is beyond it stands apart (X Window System Protocol,
/// appendix A).
fn sign_of_letter(letter: char) -> u32 {
    let number = u32::from(letter);
    if number <= 0xff {
        number
    } else {
        0x0100_0000 | number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_toolkit() {
        let control = ModifierType::CONTROL_MASK;
        let shift = ModifierType::SHIFT_MASK;
        for (chord, sign, held) in [
            ("D", 0x44, ModifierType::empty()),
            ("?", 0x3f, ModifierType::empty()),
            ("+", 0x2b, ModifierType::empty()),
            ("Ctrl++", 0x2b, control),
            ("Ctrl+-", 0x2d, control),
            ("Ctrl+.", 0x2e, control),
            ("Ctrl+Shift+Z", 0x5a, control | shift),
            ("Shift+F8", 0xffc5, shift),
            ("Alt+ArrowLeft", 0xff51, ModifierType::MOD1_MASK),
            ("Tab", 0xff09, ModifierType::empty()),
            ("Enter", 0xff0d, ModifierType::empty()),
            ("Delete", 0xffff, ModifierType::empty()),
            ("Escape", 0xff1b, ModifierType::empty()),
        ] {
            assert_eq!(key_of(chord), Some((sign, held)), "{chord}");
        }
        assert_eq!(key_of("Ctrl+Nothing"), None);
    }
}
