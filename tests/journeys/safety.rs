//! What keeps a stranger's file from doing harm, read from the settings and sources it stands in: what the window may
//! ask for, and that no text becomes markup or code.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use backcast_tests::files;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn settings() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("tauri.conf.json")).unwrap()).unwrap()
}

/// What the one capability allows.
fn permissions() -> BTreeSet<String> {
    let settings = settings();
    let capabilities = settings["app"]["security"]["capabilities"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(capabilities.len(), 1, "one capability for all windows");
    let list = capabilities[0]["permissions"].as_array().unwrap();
    list.iter()
        .map(|permission| permission.as_str().unwrap().to_owned())
        .collect()
}

/// The words between two marks in a file, one for each match of `start`.
fn quoted_words(text: &str, start: &str, end: &str) -> BTreeSet<String> {
    let list = text.split_once(start).unwrap().1.split_once(end).unwrap().0;
    list.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_window_may_hear_events_and_call_our_commands_and_nothing_else() {
    let build = fs::read_to_string(root().join("src-tauri/build.rs")).unwrap();
    let commands = quoted_words(&build, "COMMANDS: &[&str] = &[", "];");
    let own = commands
        .iter()
        .map(|command| format!("allow-{}", command.replace('_', "-")));
    let events = ["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned);
    assert_eq!(permissions(), own.chain(events).collect());

    let ipc = fs::read_to_string(root().join("src-tauri/src/ipc.rs")).unwrap();
    let collected = ipc
        .split_once("collect_commands![")
        .unwrap()
        .1
        .split_once(']')
        .unwrap()
        .0;
    let collected: BTreeSet<_> = collected
        .split(',')
        .filter_map(|path| path.trim().rsplit_once("::"))
        .map(|(_, name)| name.to_owned())
        .collect();
    assert_eq!(collected, commands, "what is answered and what is listed");
}

#[test]
fn no_page_from_elsewhere_has_any_right() {
    let settings = settings();
    let text = settings.to_string();
    for word in [
        "\"remote\"",
        "assetProtocol",
        "dangerousDisableAssetCspModification",
        "dangerousRemoteDomainIpcAccess",
    ] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(settings["app"]["withGlobalTauri"], false);
    assert_eq!(settings["app"]["security"]["freezePrototype"], true);
    let policy = &settings["app"]["security"]["csp"];
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["script-src"], "'self'");
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for plugin in [
        "tauri-plugin-fs",
        "tauri-plugin-shell",
        "tauri-plugin-http",
        "protocol-asset",
    ] {
        assert!(!manifest.contains(plugin), "{plugin}");
    }
}

#[test]
fn no_text_becomes_markup_or_code() {
    let ways = [
        "{@html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "srcdoc",
        "setHTMLUnsafe",
        "createContextualFragment",
    ];
    for file in files(&root().join("ui/src"), &[".ts", ".svelte"]) {
        let text = fs::read_to_string(&file).unwrap();
        for way in ways {
            assert!(!text.contains(way), "{} uses {way}", file.display());
        }
    }
}
