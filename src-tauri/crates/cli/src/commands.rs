//! One function for each command: it reads, asks the workbench and says what came of it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use backcast_model::Edit;
use backcast_workbench::{Check, Environment, Problem, project_file, text_file};
use clap::CommandFactory as _;

use crate::arguments::{Arguments, CheckOptions, Command, ExportFormat, ReportFormat};
use crate::output::{self, Outcome};

/// The largest list of edits that is read, in bytes.
const LARGEST_EDITS: usize = 64 * 1024 * 1024;

/// Runs a command.
///
/// # Errors
/// When the input or the call is wrong; nothing was changed then.
pub(crate) fn run(command: Command) -> Result<Outcome, Problem> {
    match command {
        Command::New {
            file,
            title,
            framework,
            force,
        } => new(&file, title, framework.as_deref(), force),
        Command::Check { file, options } => check(&file, &options),
        Command::Import {
            source,
            output,
            force,
        } => import(&source, output, force),
        Command::Export {
            file,
            format: ExportFormat::Json,
            output,
        } => export_json(&file, &output),
        Command::Apply { file, edits } => apply(&file, &edits),
        Command::Completions { shell } => Ok(Outcome::Done(completions(shell))),
        Command::Man => manual(),
    }
}

fn new(
    file: &Path,
    title: Option<String>,
    framework: Option<&str>,
    force: bool,
) -> Result<Outcome, Problem> {
    let environment = Environment::of_process()?;
    let title = title.unwrap_or_else(|| title_from(file));
    let map = backcast_workbench::new_map(environment.catalog(), &title, framework)?;
    project_file::write_new(file, map, force)?;
    Ok(Outcome::Done(format!("Made {}.\n", file.display())))
}

/// `spring-launch.backcast.json` makes the title `spring-launch`.
fn title_from(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.trim_end_matches(".json").trim_end_matches(".backcast");
    if stem.is_empty() {
        "New map".to_owned()
    } else {
        stem.to_owned()
    }
}

fn check(file: &Path, options: &CheckOptions) -> Result<Outcome, Problem> {
    let environment = Environment::of_process()?;
    let today = options.today.unwrap_or_else(backcast_workbench::today);
    if let Some(wanted) = &options.fix {
        let check = Check::run(&environment, &project_file::read(file)?, today, None)?;
        let (title, edits) = check.fix(wanted)?;
        project_file::apply(&environment, file, &edits, &title)?;
    }
    let check = Check::run(
        &environment,
        &project_file::read(file)?,
        today,
        options.framework.as_deref(),
    )?;
    let text = match options.format {
        ReportFormat::Text => check.text(output::width(), output::colours()),
        ReportFormat::Json => check.json(),
        ReportFormat::Sarif => check.sarif(file),
    };
    let fails = options
        .fail_on
        .severity()
        .is_some_and(|severity| check.has_open_gap(severity));
    Ok(if fails {
        Outcome::GapsFound(text)
    } else {
        Outcome::Done(text)
    })
}

fn import(source: &Path, output: Option<PathBuf>, force: bool) -> Result<Outcome, Problem> {
    let map = project_file::read_text_form(source)?;
    let target =
        output.unwrap_or_else(|| source.with_file_name(format!("{}.backcast", title_from(source))));
    project_file::write_new(&target, map, force)?;
    Ok(Outcome::Done(format!(
        "Imported {} into {}.\n",
        source.display(),
        target.display()
    )))
}

fn export_json(file: &Path, output: &Path) -> Result<Outcome, Problem> {
    let text = backcast_exchange::write(&project_file::read(file)?);
    if output == Path::new("-") {
        return Ok(Outcome::Done(text));
    }
    text_file::write(output, text.as_bytes())?;
    Ok(Outcome::Done(format!(
        "Exported {} to {}.\n",
        file.display(),
        output.display()
    )))
}

fn apply(file: &Path, edits: &Path) -> Result<Outcome, Problem> {
    let edits = read_edits(edits)?;
    let environment = Environment::of_process()?;
    let label = if edits.len() == 1 {
        "Apply an edit".to_owned()
    } else {
        format!("Apply {} edits", edits.len())
    };
    let inserted = project_file::apply(&environment, file, &edits, &label)?;
    Ok(Outcome::Done(
        inserted.iter().map(|id| format!("{id}\n")).collect(),
    ))
}

fn read_edits(path: &Path) -> Result<Vec<Edit>, Problem> {
    let shown = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let bytes = if path == Path::new("-") {
        read_standard_input()?
    } else {
        text_file::read(path, LARGEST_EDITS)?
    };
    serde_json::from_slice(&bytes).map_err(|error| {
        Problem::refused(
            format!("{shown} is not a list of edits: {error}."),
            "See \u{201c}backcast apply --help\u{201d} for what one looks like.",
        )
    })
}

fn read_standard_input() -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock().take(LARGEST_EDITS as u64 + 1);
    let failed = |error| {
        Problem::refused(
            format!("The standard input could not be read: {error}."),
            "Try again.",
        )
    };
    input.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > LARGEST_EDITS {
        let most = LARGEST_EDITS / 1_048_576;
        return Err(Problem::refused(
            format!("The list of edits has more than {most} MB."),
            "Split it.",
        ));
    }
    Ok(bytes)
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "backcast", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn manual() -> Result<Outcome, Problem> {
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(Arguments::command());
    page.render(&mut text).map_err(|error| {
        Problem::refused(
            format!("The manual could not be made: {error}."),
            "Try again.",
        )
    })?;
    Ok(Outcome::Done(String::from_utf8_lossy(&text).into_owned()))
}
