//! The commands about the program itself: completions and man.

use backcast_workbench::Problem;
use clap::CommandFactory as _;

use crate::arguments::Arguments;
use crate::output::Outcome;

pub(super) fn completions(shell: clap_complete::Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "backcast", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

pub(super) fn manual() -> Result<Outcome, Problem> {
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(Arguments::command());
    page.render(&mut text).map_err(|error| {
        Problem::refused(
            format!("The manual could not be made: {error}."),
            "Try again.",
        )
    })?;
    Ok(Outcome::done(String::from_utf8_lossy(&text).into_owned()))
}
