//! The commands about one map: new and check.

use std::path::Path;

use backcast_workbench::{Check, Environment, Problem, View, project_file};

use crate::arguments::{CheckOptions, ReportFormat};
use crate::output::{self, Outcome};

pub(super) fn new(
    file: &Path,
    title: Option<String>,
    framework: Option<&str>,
    force: bool,
) -> Result<Outcome, Problem> {
    let environment = Environment::of_process()?;
    let title = title.unwrap_or_else(|| title_from(file));
    let map = backcast_workbench::new_map(environment.catalog(), &title, framework)?;
    project_file::write_new(&environment, file, map, force)?;
    Ok(Outcome::done(format!("Made {}.\n", file.display())))
}

/// `spring-launch.backcast.json` makes the title `spring-launch`.
pub(super) fn title_from(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.trim_end_matches(".json").trim_end_matches(".backcast");
    if stem.is_empty() {
        "New map".to_owned()
    } else {
        stem.to_owned()
    }
}

pub(super) fn check(file: &Path, options: &CheckOptions) -> Result<Outcome, Problem> {
    let environment = Environment::of_process()?;
    let today = options.today.unwrap_or_else(backcast_workbench::today);
    let view = if options.live {
        View::LiveOnly
    } else {
        View::Planned
    };
    let mut notes = Vec::new();
    if let Some(wanted) = &options.fix {
        let map = project_file::read(file)?;
        let check = Check::run(&environment, &map, today, None, view)?;
        let (title, edits) = check.fix(wanted)?;
        notes = project_file::apply(&environment, file, &edits, &title)?.notes;
    }
    let looked = project_file::look(file)?;
    notes.extend(looked.note);
    let check = Check::run(
        &environment,
        &looked.map,
        today,
        options.framework.as_deref(),
        view,
    )?;
    notes.extend(check.notes());
    let text = match options.format {
        ReportFormat::Text => check.text(output::width(), output::colours()),
        ReportFormat::Json => check.json(),
        ReportFormat::Sarif => check.sarif(file),
    };
    let fails = options
        .fail_on
        .severity()
        .is_some_and(|severity| check.has_open_gap(severity));
    let outcome = if fails {
        Outcome::found(text)
    } else {
        Outcome::done(text)
    };
    Ok(outcome.with_notes(notes))
}
