//! The house keeps its shape: who may depend on whom, and who may name what.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use backcast_tests::files;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The dependencies of a crate, those for its tests left out.
fn dependencies(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).unwrap();
    let section = text.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    section
        .lines()
        .filter_map(|line| Some(line.split(['.', ' ', '=']).next()?.to_owned()))
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .collect()
}

#[test]
fn dependencies_point_down_only() {
    let allowed: [(&str, &[&str]); 9] = [
        ("model", &[]),
        ("exchange", &["model"]),
        ("store", &["model"]),
        ("analysis", &["model"]),
        ("layout", &["model"]),
        ("render", &["model"]),
        (
            "export",
            &["model", "exchange", "analysis", "layout", "render"],
        ),
        (
            "workbench",
            &["model", "exchange", "store", "analysis", "layout", "export"],
        ),
        (
            "cli",
            &["model", "exchange", "analysis", "export", "workbench"],
        ),
    ];
    for (name, below) in allowed {
        let manifest = root()
            .join("src-tauri/crates")
            .join(name)
            .join("Cargo.toml");
        let ours: Vec<_> = dependencies(&manifest)
            .into_iter()
            .filter_map(|name| name.strip_prefix("backcast-").map(str::to_owned))
            .collect();
        assert!(
            ours.iter().all(|other| below.contains(&other.as_str())),
            "{name} depends on {ours:?}"
        );
    }
}

#[test]
fn only_those_who_may_name_a_library_name_it() {
    let crates = root().join("src-tauri/crates");
    for (library, owner) in [
        ("rusqlite", "store"),
        ("tokio", "workbench"),
        ("tauri", "none of the crates"),
    ] {
        for entry in fs::read_dir(&crates).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let named = dependencies(&entry.path().join("Cargo.toml"))
                .iter()
                .any(|other| other.starts_with(library));
            assert!(
                !named || name == owner,
                "{name} names {library}, which is for {owner}"
            );
        }
    }
    for file in files(&root().join("ui/src"), &[".ts", ".svelte"]) {
        let at_the_door = file.components().any(|part| part.as_os_str() == "ipc");
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            at_the_door || !text.contains("@tauri-apps"),
            "{} names @tauri-apps",
            file.display()
        );
    }
}

#[test]
fn the_app_speaks_to_the_workbench_and_not_past_it() {
    let ours: Vec<_> = dependencies(&root().join("Cargo.toml"))
        .into_iter()
        .filter_map(|name| name.strip_prefix("backcast-").map(str::to_owned))
        .collect();
    for past in ["store", "exchange", "render"] {
        assert!(!ours.contains(&past.to_owned()), "the app names {past}");
    }
}

#[test]
fn files_stop_at_six_hundred_lines() {
    let sources = ["src-tauri", "ui/src", "tests"]
        .map(|folder| files(&root().join(folder), &[".rs", ".ts", ".svelte"]));
    for file in sources.into_iter().flatten() {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        let generated = file.ends_with("ui/src/ipc/bindings.ts");
        assert!(
            generated || lines <= 600,
            "{} has {lines} lines",
            file.display()
        );
    }
}
