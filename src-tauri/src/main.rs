//! The desktop app's executable: prepares the web view's surroundings, then hands over to the library.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Err(error) = painting::settle() {
        // The app runs without it, only slower.
        drop(error);
    }
    backcast_app::run()
}

/// Which way of painting the web view takes. WebKitGTK reads it from the environment before its first window, and
/// a program changes its own environment safely only by starting itself again.
#[cfg(target_os = "linux")]
mod painting {
    use std::os::unix::process::CommandExt as _;
    use std::path::Path;
    use std::process::Command;

    const SHARED_BUFFERS_OFF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    /// Turns painting through shared graphics memory off where it is slow (no graphics card: three to five times
    /// slower than plain memory) or shows nothing (NVIDIA's driver under X11). What the user set stays.
    pub(super) fn settle() -> std::io::Result<()> {
        let has_card = Path::new("/dev/dri").is_dir();
        let nvidia = Path::new("/proc/driver/nvidia").is_dir()
            && std::env::var_os("WAYLAND_DISPLAY").is_none();
        if std::env::var_os(SHARED_BUFFERS_OFF).is_some() || (has_card && !nvidia) {
            return Ok(());
        }
        let program = std::env::current_exe()?;
        Err(Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(SHARED_BUFFERS_OFF, "1")
            .exec())
    }
}
