//! The commands about the program itself: completions and man.

use backcast_workbench::Problem;
use clap::CommandFactory as _;

use crate::arguments::{Arguments, Man};
use crate::output::Outcome;
use crate::report::manual;

pub(super) fn completions(shell: clap_complete::Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "backcast", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// The page of the program or of one command; with `into`, all of them into a folder.
pub(super) fn manual(arguments: &Man) -> Result<Outcome, Problem> {
    let pages = manual::pages(&Arguments::command());
    let Some(folder) = &arguments.into else {
        let mut wanted = vec!["backcast"];
        wanted.extend(arguments.command.as_deref());
        let wanted = wanted.join("-");
        let page = pages.into_iter().find(|page| page.name == wanted);
        return page.map(|page| Outcome::done(page.text)).ok_or_else(|| {
            Problem::refused(
                format!("There is no page {wanted}."),
                "See the commands with \u{201c}backcast --help\u{201d}.",
            )
        });
    };
    for page in &pages {
        let file = folder.join(format!("{}.1", page.name));
        std::fs::write(&file, &page.text).map_err(|error| {
            Problem::refused(
                format!("{} could not be written: {error}.", file.display()),
                "Name a folder that is there and may be written to.",
            )
        })?;
    }
    let count = pages.len();
    Ok(Outcome::done(format!(
        "Wrote {count} pages to {}.\n",
        folder.display()
    )))
}
