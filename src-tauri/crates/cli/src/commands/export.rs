//! The command that writes a map in another format.

use std::ops::ControlFlow;
use std::path::Path;

use backcast_export::{Format, Further, Options, Part};
use backcast_model::Map;
use backcast_workbench::project_file::{self, Looked};
use backcast_workbench::{Environment, Problem, exporting};

use crate::arguments::export::{Export, View};
use crate::output::{self, Outcome};

pub(super) fn export(arguments: &Export) -> Result<Outcome, Problem> {
    let format = format(arguments)?;
    let Looked { map, project, note } = project_file::look(&arguments.file)?;
    let environment = Environment::of_process()?;
    let today = arguments.today.unwrap_or_else(backcast_workbench::today);
    let options = options(arguments, &map)?;
    let snapshot = exporting::snapshot(&environment, &map, project, today);
    let go_on = |_: f64| ControlFlow::Continue(());
    let delivery = exporting::deliver(&snapshot, format, &options, &go_on)?;
    if arguments.output == Path::new("-") {
        let bytes = match delivery.files.as_slice() {
            [(_, bytes)] => bytes.clone(),
            _ => exporting::zipped(&delivery)?,
        };
        return Ok(printed(bytes)?.with_notes(note).with_notes(delivery.notes));
    }
    let written = exporting::write(&delivery, &arguments.output)?;
    let written: Vec<String> = written
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    Ok(Outcome::done(format!(
        "Exported {} to {}.\n",
        arguments.file.display(),
        written.join(" and ")
    ))
    .with_notes(note)
    .with_notes(delivery.notes))
}

/// The format that was named, or the one that the output's name ends like.
fn format(arguments: &Export) -> Result<Format, Problem> {
    let name = || arguments.output.file_name()?.to_str();
    let guessed = || name().and_then(Format::of_file_name);
    arguments.format.or_else(guessed).ok_or_else(|| {
        let output = arguments.output.display();
        let names: Vec<_> = Format::ALL.into_iter().map(Format::as_str).collect();
        let message = if arguments.output == Path::new("-") {
            "Which format to write was not said.".to_owned()
        } else {
            format!("Which format to write to {output} cannot be told from its name.")
        };
        Problem::refused(
            message,
            format!("Say --format with one of: {}.", names.join(" ")),
        )
    })
}

fn options(arguments: &Export, map: &Map) -> Result<Options, Problem> {
    let part = match (&arguments.stage, &arguments.destination) {
        (Some(stage), _) => Part::stage(map, stage).map_err(|error| Problem::from(&error))?,
        (None, Some(name)) => Part::leading_to(map, name).map_err(|error| Problem::from(&error))?,
        (None, None) => Part::Whole,
    };
    let views = arguments.view.as_ref().map(|views| {
        let further = views.iter().filter_map(|view| match view {
            View::Map => None,
            View::Further(further) => Some(*further),
        });
        further.collect::<Vec<Further>>()
    });
    let template = arguments.template.as_deref();
    let logo = arguments.logo.as_deref();
    Ok(Options {
        theme: arguments.theme,
        page: arguments.page,
        spread: arguments.spread,
        scale: arguments.scale,
        transparent: arguments.transparent,
        part,
        without: arguments.without.clone(),
        logo: logo.map(exporting::logo).transpose()?,
        border: arguments.border,
        lanes: arguments.lanes,
        views,
        document: arguments.document,
        template: template.map(exporting::template).transpose()?,
        embed_project: arguments.embed_project,
        base_address: arguments.base_address.clone(),
    })
}

/// Bytes for the standard output; a terminal is spared those that are no text.
fn printed(bytes: Vec<u8>) -> Result<Outcome, Problem> {
    if output::is_terminal() && std::str::from_utf8(&bytes).is_err() {
        return Err(Problem::refused(
            "This format is no text, and the standard output is a terminal.",
            "Name a file with -o.",
        ));
    }
    Ok(Outcome::bytes(bytes))
}
