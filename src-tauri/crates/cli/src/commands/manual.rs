//! The commands about the program itself: completions and man.

use std::io;

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
    let page = page().map_err(|error| {
        Problem::refused(
            format!("The manual could not be made: {error}."),
            "Try again.",
        )
    })?;
    Ok(Outcome::done(page))
}

/// One page with every command: the program's own sections, then one for each command and for each of its parts.
fn page() -> io::Result<String> {
    let mut root = Arguments::command();
    root.build();
    let mut text = Vec::new();
    clap_mangen::Man::new(root.clone()).render(&mut text)?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    for command in commands_below(&root) {
        let path = command.get_bin_name().unwrap_or(command.get_name());
        text.push_str(&format!(".SH \"{}\"\n", path.to_uppercase()));
        let man = clap_mangen::Man::new(command.clone());
        let mut part = Vec::new();
        man.render_synopsis_section(&mut part)?;
        man.render_description_section(&mut part)?;
        man.render_options_section(&mut part)?;
        let part = String::from_utf8_lossy(&part).into_owned();
        text.push_str(&part.replace(".SH ", ".SS "));
    }
    Ok(text)
}

/// Every command and every part of one, in the order of the help, without those that only help.
fn commands_below(command: &clap::Command) -> Vec<&clap::Command> {
    let shown = command
        .get_subcommands()
        .filter(|below| below.get_name() != "help" && !below.is_hide_set());
    shown
        .flat_map(|below| [vec![below], commands_below(below)].concat())
        .collect()
}
