//! The command that reads other people's files: into a new project, or into one that is there.

use std::path::{Path, PathBuf};

use backcast_workbench::importing::{self, ReadChoices, TakeChoices};
use backcast_workbench::{Environment, Problem, project_file};

use super::map::title_from;
use crate::arguments::import::Import;
use crate::output::Outcome;
use crate::report;

pub(super) fn import(arguments: &Import) -> Result<Outcome, Problem> {
    let environment = Environment::of_process()?;
    if arguments.show_mapping {
        return show_mapping(&environment, &arguments.sources);
    }
    let mapping = arguments.mapping.as_deref();
    let mapping = mapping.map(importing::mapping_file).transpose()?;
    let choices = ReadChoices {
        page: page(arguments.page)?,
        mapping: mapping.clone(),
    };
    let imported = importing::read(&environment, &arguments.sources, &choices)?;
    let mut outcome = match &arguments.into {
        Some(project) => into_project(&environment, arguments, project, &imported)?,
        None => {
            let target = arguments.output.clone();
            let target = target.unwrap_or_else(|| beside(&arguments.sources));
            let notes: Vec<_> = imported.notes.iter().map(ToString::to_string).collect();
            project_file::write_new(&environment, &target, imported.map, arguments.force)?;
            let told = format!(
                "Imported {} into {}.\n",
                names(&arguments.sources),
                target.display()
            );
            Outcome::done(told).with_notes(notes)
        }
    };
    // What was imported stands; only the next table has to be mapped again.
    if let Some(Err(problem)) = mapping.map(|mapping| importing::remember(&environment, &mapping)) {
        outcome = outcome.with_notes([format!(
            "The mapping is not remembered: {}",
            problem.message
        )]);
    }
    Ok(outcome)
}

fn into_project(
    environment: &Environment,
    arguments: &Import,
    project: &Path,
    imported: &backcast_exchange::Imported,
) -> Result<Outcome, Problem> {
    let map = project_file::read(project)?;
    let choices = TakeChoices {
        delete_missing: arguments.delete_missing,
    };
    let taken = importing::compare(&map, imported, choices);
    let notes: Vec<_> = taken.notes.iter().map(ToString::to_string).collect();
    let text = report::import_text(&taken);
    if taken.edits.is_empty() {
        return Ok(Outcome::done(text).with_notes(notes));
    }
    if !arguments.apply {
        return Ok(Outcome::found(text).with_notes(notes));
    }
    let label = format!("Import {}", names(&arguments.sources));
    let visited = importing::take_in(environment, project, &taken, &label)?;
    Ok(Outcome::done(text)
        .with_notes(notes)
        .with_notes(visited.notes))
}

fn show_mapping(environment: &Environment, sources: &[PathBuf]) -> Result<Outcome, Problem> {
    let mapping = importing::mapping(environment, sources)?.ok_or_else(|| {
        Problem::refused(
            format!("{} is no table.", names(sources)),
            "Only tables have columns to map.",
        )
    })?;
    let mut text = serde_json::to_string_pretty(&mapping).unwrap_or_default();
    text.push('\n');
    Ok(Outcome::done(text))
}

/// Pages are counted from 1 by people.
fn page(number: Option<usize>) -> Result<Option<usize>, Problem> {
    match number {
        Some(0) => Err(Problem::refused(
            "There is no page 0.",
            "Count pages from 1.",
        )),
        Some(number) => Ok(Some(number - 1)),
        None => Ok(None),
    }
}

/// The project that an import makes where nobody names one.
fn beside(sources: &[PathBuf]) -> PathBuf {
    let source = sources.first().map(PathBuf::as_path);
    let source = source.unwrap_or(Path::new("map"));
    let name = title_from(source);
    let stem = Path::new(&name).file_stem().unwrap_or_default();
    source.with_file_name(format!("{}.backcast", stem.to_string_lossy()))
}

fn names(sources: &[PathBuf]) -> String {
    let names: Vec<_> = sources
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    names.join(" and ")
}
