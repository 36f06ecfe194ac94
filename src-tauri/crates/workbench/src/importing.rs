//! Other people's files into maps: read whole, compared with the map they are to go into, and only then taken in, as one
//! step. A picture, a PDF or a deck that carries a map is one of them. What a heading of a table was mapped to is
//! remembered for the next table from the same hand.

use std::path::{Path, PathBuf};

use backcast_exchange::intake::{self, NamedBytes};
use backcast_exchange::reconcile;
pub use backcast_exchange::reconcile::Reconciled;
use backcast_exchange::table;
use backcast_exchange::{ImportError, LARGEST_TEXT};
use backcast_model::{Id, Map};

pub use backcast_exchange::intake::Choices as ReadChoices;
pub use backcast_exchange::reconcile::{Choices as TakeChoices, Difference, FieldChange, What};
pub use backcast_exchange::table::{
    ColumnMapping, FieldChoice, Mapping, Sheet, SheetMapping, choices as field_choices,
};
pub use backcast_exchange::{Imported, Note, Pages};

use crate::environment::Environment;
use crate::problem::Problem;
use crate::project_file;
use crate::text_file;
use crate::visit::Visited;

/// Where the last mapping is kept in the data folder.
const REMEMBERED: &str = "import-mapping.json";

/// The largest mapping that is read, in bytes.
const LARGEST_MAPPING: usize = 4 * 1024 * 1024;

/// Reads files as one map; several only when all are tables.
///
/// # Errors
/// When one of them cannot be read, or is nothing that can be imported; with every place that cannot be understood.
pub fn read(
    environment: &Environment,
    files: &[PathBuf],
    choices: &ReadChoices,
) -> Result<Imported, Problem> {
    look(environment, files, choices)?.imported
}

/// What came of a look at files.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The map, or why it cannot be read as its tables are mapped.
    pub imported: Result<Imported, Problem>,
    /// Of tables, the sheets and how they are mapped; `None` for what is no table.
    pub tables: Option<(Vec<Sheet>, Mapping)>,
}

/// Reads files once: as one map, and of tables what they hold and how they are mapped (as was decided, or as their
/// headings suggest, those that are remembered first).
///
/// # Errors
/// When a file cannot be read, or is nothing that can be imported.
pub fn look(
    environment: &Environment,
    files: &[PathBuf],
    choices: &ReadChoices,
) -> Result<Looked, Problem> {
    look_at(environment, files, &named_bytes(files)?, choices)
}

/// The same of what was read already; `files` are named when it is refused.
pub(crate) fn look_at(
    environment: &Environment,
    files: &[PathBuf],
    named: &[NamedBytes],
    choices: &ReadChoices,
) -> Result<Looked, Problem> {
    let untabled = |imported| Looked {
        imported,
        tables: None,
    };
    if let [(_, bytes)] = named
        && let Some(map) = carried(files, bytes)?
    {
        return Ok(untabled(Ok(Imported::whole(map))));
    }
    let catalog = environment.catalog();
    let Some(((name, _), opened)) = named.first().zip(tables(named)) else {
        let imported = intake::read(named, choices, catalog);
        return Ok(untabled(imported.map_err(|error| refused(files, &error))));
    };
    let remembered = remembered(environment);
    let mapping = match choices.mapping.clone() {
        Some(chosen) => table::completed(chosen, &opened.0, remembered.as_ref(), catalog),
        None => table::suggest(&opened.0, remembered.as_ref(), catalog),
    };
    let imported = intake::read_tables(name, &opened, &mapping, catalog);
    Ok(Looked {
        imported: imported.map_err(|error| refused(files, &error)),
        tables: Some((opened.0, mapping)),
    })
}

/// How tables would be read: what was remembered of their headings first. `None` for what is no table.
///
/// # Errors
/// When a file cannot be read.
pub fn mapping(environment: &Environment, files: &[PathBuf]) -> Result<Option<Mapping>, Problem> {
    let suggested = |(sheets, _): (Vec<Sheet>, _)| {
        table::suggest(
            &sheets,
            remembered(environment).as_ref(),
            environment.catalog(),
        )
    };
    Ok(tables(&named_bytes(files)?).map(suggested))
}

/// Keeps a mapping for the next table from the same hand.
///
/// # Errors
/// When the data folder cannot be written to.
pub fn remember(environment: &Environment, mapping: &Mapping) -> Result<(), Problem> {
    let folder = environment.data_folder();
    std::fs::create_dir_all(folder).map_err(|error| Problem::writing(folder, &error))?;
    let text = serde_json::to_vec_pretty(mapping).unwrap_or_default();
    text_file::write(&folder.join(REMEMBERED), &text)
}

/// Reads a mapping from a file.
///
/// # Errors
/// When it cannot be read or is none.
pub fn mapping_file(path: &Path) -> Result<Mapping, Problem> {
    let bytes = text_file::read(path, LARGEST_MAPPING)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Problem::refused(
            format!("{} is not a mapping of columns: {error}.", path.display()),
            "See what one looks like with \u{201c}backcast import TABLE --show-mapping\u{201d}.",
        )
    })
}

/// How a map would take in what was read, to be looked at first.
#[must_use]
pub fn compare(map: &Map, imported: &Imported, choices: TakeChoices) -> Reconciled {
    reconcile::reconcile(map, imported, choices)
}

/// Takes what was read into the map of a file, as one step.
///
/// # Errors
/// When the file cannot be written, or the map has changed so that an edit is refused; the file is then as it was.
pub fn take_in(
    environment: &Environment,
    project: &Path,
    reconciled: &Reconciled,
    label: &str,
) -> Result<Visited<Vec<Id>>, Problem> {
    project_file::apply(environment, project, &reconciled.edits, label)
}

/// The map that a picture, a PDF or a deck carries inside; `None` for everything else.
pub(crate) fn carried(files: &[PathBuf], bytes: &[u8]) -> Result<Option<Map>, Problem> {
    backcast_export::carried_map(bytes).map_err(|reason| {
        Problem::refused(
            format!("The map inside {} cannot be read: {reason}.", shown(files)),
            "Ask for the file as it was exported, or for the project itself.",
        )
    })
}

fn named_bytes(files: &[PathBuf]) -> Result<Vec<NamedBytes>, Problem> {
    let read = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok((name.into_owned(), text_file::read(path, LARGEST_TEXT)?))
    };
    files.iter().map(read).collect()
}

/// The sheets of tables with what was left out of them; `None` for what is no table, or none that can be opened (reading
/// tells why).
fn tables(files: &[NamedBytes]) -> Option<(Vec<Sheet>, Vec<Note>)> {
    let (name, bytes) = files.first()?;
    let format = intake::format_of(name, bytes).ok()?;
    (format == intake::Format::Tables).then(|| intake::tables(files).ok())?
}

/// The last mapping; that there is none, or that it cannot be read, is no reason to import nothing.
fn remembered(environment: &Environment) -> Option<Mapping> {
    mapping_file(&environment.data_folder().join(REMEMBERED)).ok()
}

fn shown(files: &[PathBuf]) -> String {
    let names: Vec<_> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    names.join(" and ")
}

pub(crate) fn refused(files: &[PathBuf], error: &ImportError) -> Problem {
    let shown = shown(files);
    match (error, files) {
        (ImportError::Json(error), [file, ..]) => Problem::text(file, error),
        (ImportError::Json(error), []) => Problem::refused(error.to_string(), "Name a file."),
        (ImportError::Places(places), _) => match places.as_slice() {
            [Note { place, text }] if place.is_empty() => Problem::refused(
                format!("{shown} cannot be imported: {text}."),
                "Nothing was changed; correct the file, or choose another.",
            ),
            [Note { place, text }] => Problem::refused(
                format!("{shown} cannot be imported: {text}."),
                "Correct it there, then import it again; nothing was changed.",
            )
            .at(place.clone()),
            several => {
                let told: Vec<_> = several.iter().map(ToString::to_string).collect();
                Problem::refused(
                    format!(
                        "{shown} cannot be imported: {} places cannot be understood.",
                        several.len()
                    ),
                    "Correct these, then import it again; nothing was changed.",
                )
                .at(told.join("\n  at "))
            }
        },
    }
}
