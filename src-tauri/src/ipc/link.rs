//! Addresses in notes, opened outside: in the planner's browser or mail program. The web view itself goes nowhere.

use backcast_workbench::Problem;
use tauri::Url;

use super::problem::ProblemView;
use crate::window::blocking;

/// Opens a web or mail address in the program the system has for it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_link(address: String) -> Result<(), ProblemView> {
    let address = outside(&address)?;
    let open = move || {
        tauri_plugin_opener::open_url(address.as_str(), None::<&str>).map_err(|error| {
            Problem::refused(
                format!("{address} could not be opened: {error}."),
                "Copy the address into your browser.",
            )
        })
    };
    Ok(blocking(open).await?)
}

/// The address, when it leads to the web or to a mailbox: a file, a share or a script is never opened, whoever wrote it
/// into a note.
fn outside(address: &str) -> Result<Url, Problem> {
    let url = Url::parse(address).ok();
    let is_outside = |url: &Url| match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| !host.is_empty()),
        "mailto" => url.path().contains('@'),
        _ => false,
    };
    url.filter(is_outside).ok_or_else(|| {
        let start: String = address.chars().take(80).collect();
        Problem::refused(
            format!("\u{201c}{start}\u{201d} is no web or mail address."),
            "Only addresses that begin with https, http or mailto are opened.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::outside;

    #[test]
    fn only_the_web_and_mailboxes_are_outside() {
        for address in [
            "https://example.org/a?b=c#d",
            "HTTP://example.org",
            "mailto:ann@example.org?subject=Hi",
        ] {
            assert!(outside(address).is_ok(), "{address}");
        }
        for address in [
            "",
            "example.org",
            "file:///etc/passwd",
            "smb://host/share",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "ssh://host",
            "mailto:",
            "http://",
            "tauri://localhost",
            "x-apple:1",
            "ms-settings:",
            "-flag",
            "/usr/bin/true",
            "blob:https://example.org/1",
        ] {
            assert!(outside(address).is_err(), "{address}");
        }
    }
}
