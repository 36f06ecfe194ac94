//! A folder for one journey, and people who use the command line there, each on a computer of their own.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a journey says no by failing loudly"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{command_line, sample};

/// A folder for one journey.
#[derive(Debug)]
pub struct Desk {
    folder: TempDir,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    /// An empty folder.
    ///
    /// # Panics
    /// When none can be made.
    #[must_use]
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// The path of a file in it.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// A person with a data folder of their own.
    #[must_use]
    pub fn person(&self, name: &str) -> Person {
        Person {
            name: name.to_owned(),
            data: self.folder.path().join(format!("data of {name}")),
        }
    }

    /// Runs the command line for whoever.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.person("Planner").run(arguments)
    }

    /// What a command prints that does what it is asked.
    pub fn done(&self, arguments: &[&str]) -> String {
        self.person("Planner").done(arguments)
    }

    /// What a command complains that is refused.
    pub fn refused(&self, arguments: &[&str]) -> String {
        self.person("Planner").refused(arguments)
    }

    /// A project made from a sample map.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn project(&self, name: &str) -> String {
        let (example, path) = (sample("escape-my-house"), self.path(name));
        self.done(&["import", &example.display().to_string(), "-o", &path]);
        path
    }

    /// A copy of a file under another name.
    ///
    /// # Panics
    /// When it cannot be copied.
    #[must_use]
    pub fn copy(&self, from: &str, name: &str) -> String {
        let to = self.path(name);
        fs::copy(from, &to).expect("the file is copied");
        to
    }

    /// The map in a file, in its text form.
    #[must_use]
    pub fn export(&self, file: &str) -> String {
        self.done(&["export", file, "--format", "json"])
    }

    /// A touchpoint of the map in a file; null: it has none with this id.
    #[must_use]
    pub fn touchpoint(&self, file: &str, id: &str) -> Value {
        let map = parsed(&self.export(file));
        let rows = map["touchpoints"].as_array();
        let mut rows = rows.into_iter().flatten();
        rows.find(|row| row["id"] == id)
            .cloned()
            .unwrap_or_default()
    }

    /// A file with a list of edits.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn edits(&self, edits: &Value) -> String {
        let path = self.path("edits.json");
        fs::write(&path, edits.to_string()).expect("the edits are written");
        path
    }
}

/// A text that a command printed as JSON.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Somebody who uses the command line on a computer of their own.
#[derive(Debug, Clone)]
pub struct Person {
    name: String,
    data: PathBuf,
}

impl Person {
    /// Runs the command line.
    ///
    /// # Panics
    /// When it is not built.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Output {
        command_line(&self.data)
            .env("BACKCAST_AUTHOR", &self.name)
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("the command line is built beside the app")
    }

    /// What a command prints that does what it is asked.
    pub fn done(&self, arguments: &[&str]) -> String {
        self.ended(arguments, 0)
    }

    /// What a command prints that finds what it looks for.
    pub fn found(&self, arguments: &[&str]) -> String {
        self.ended(arguments, 1)
    }

    /// What a command complains that is refused; it prints nothing else.
    ///
    /// # Panics
    /// When it is not refused.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// Writes a field of a touchpoint, as one step.
    pub fn write(&self, desk: &Desk, file: &str, id: &str, field: &str, value: &Value) {
        let edit = json!([{"op": "set", "entity": "touchpoint", "id": id, "field": field, "value": value}]);
        self.done(&["apply", file, &desk.edits(&edit)]);
    }

    fn ended(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {complaint}"
        );
        String::from_utf8(output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    }
}
