//! Where the built programs and the sample maps are.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The built app: `BACKCAST_APP`, or the one beside this test's own build.
#[must_use]
pub fn app_program() -> PathBuf {
    env::var_os("BACKCAST_APP").map_or_else(|| build_folder().join("backcast-app"), PathBuf::from)
}

/// The built command line, with a data folder of its own.
#[must_use]
pub fn command_line(data_folder: &Path) -> Command {
    let beside = app_program().with_file_name("backcast");
    let mut command = Command::new(beside);
    command
        .env("BACKCAST_DATA_DIR", data_folder)
        .env("NO_COLOR", "1");
    command
}

/// A sample map by name, without its ending.
#[must_use]
pub fn sample(name: &str) -> PathBuf {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/samples");
    samples.join(format!("{name}.backcast.json"))
}

/// `target/debug`, from `target/debug/deps/this-test`.
fn build_folder() -> PathBuf {
    let test = env::current_exe().unwrap_or_default();
    test.ancestors()
        .nth(2)
        .unwrap_or(Path::new("."))
        .to_path_buf()
}
