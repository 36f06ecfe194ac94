//! Maps into files of other formats: the snapshot an export is made of, and the files it is written to. What stands in
//! them is `export`'s; this reads the clock, knows the catalogue and keeps files whole.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use backcast_analysis::Analyst;
pub use backcast_export::document;
pub use backcast_export::{
    Around, Delivery, DocumentKind, ExportError, Format, Further, Grouping, Logo, Options, Page,
    Part, Preview, Progress, Snapshot, Spread, ThemeChoice, Trait,
};
use backcast_export::{MOST_LOGO_BYTES, export};
use backcast_layout::{Geometry, lay_out};
use backcast_model::{Day, Map};

use crate::environment::Environment;
use crate::problem::Problem;
use crate::text_file;
use crate::workbench::Workbench;

/// The largest template that is read, in bytes.
const LARGEST_TEMPLATE: usize = 4 * 1024 * 1024;

/// A map from a file as it is on a day, laid out anew; `project` names it for good (see [`project_file::look`]).
///
/// [`project_file::look`]: crate::project_file::look
#[must_use]
pub fn snapshot(environment: &Environment, map: &Map, project: String, today: Day) -> Snapshot {
    Snapshot {
        project,
        assessment: Analyst::new(environment.catalog().clone(), today).assess(map),
        layout: lay_out(map, &Geometry::default()),
        in_lanes: None,
        today,
    }
}

impl Workbench {
    /// The open project as it is, for an export that may take its time elsewhere. What leaves the house shows stages as
    /// columns, and cards where they are pinned or, on request, in lanes as the window shows them.
    pub fn snapshot(&mut self, today: Day) -> Snapshot {
        Snapshot {
            project: self.store.project().id.to_string(),
            assessment: self.assessment(),
            layout: self.layout_as_placed(),
            in_lanes: self.layout_in_lanes(),
            today,
        }
    }

    /// Keeps a logo for this project's exports, in the data folder: the file it came from may go.
    ///
    /// # Errors
    /// When the data folder cannot be written to.
    pub fn keep_logo(&self, logo: &Logo) -> Result<(), Problem> {
        let path = self.logo_file();
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder).map_err(|error| Problem::writing(folder, &error))?;
        let bytes = logo.png().map_err(|error| {
            Problem::refused(sentence(&error.to_string()), "Choose another picture.")
        })?;
        text_file::write(&path, &bytes)
    }

    /// The logo that was kept for this project.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn logo(&self) -> Result<Logo, Problem> {
        let missing = |_| {
            Problem::refused(
                "The logo of this project is not on this computer any more.",
                "Choose it again, or export without it.",
            )
        };
        let bytes = text_file::read(&self.logo_file(), MOST_LOGO_BYTES).map_err(missing)?;
        Logo::read(&bytes).map_err(|error| missing(Problem::refused(error.to_string(), "")))
    }

    /// A project's id may come from anybody, so no part of it becomes a path as it is.
    fn logo_file(&self) -> PathBuf {
        let id = &self.store.project().id;
        let digits: String = id
            .as_str()
            .bytes()
            .take(100)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.environment
            .data_folder()
            .join("logos")
            .join(format!("{digits}.png"))
    }
}

/// Exports a snapshot.
///
/// # Errors
/// When the format cannot be told what the options say, or has no room for the map.
pub fn deliver(
    snapshot: &Snapshot,
    format: Format,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Delivery, Problem> {
    export(snapshot, format, options, progress).map_err(|error| Problem::from(&error))
}

/// A look at what exporting a snapshot would make.
///
/// # Errors
/// When the export would be refused.
pub fn preview(snapshot: &Snapshot, format: Format, options: &Options) -> Result<Preview, Problem> {
    backcast_export::preview(snapshot, format, options).map_err(|error| Problem::from(&error))
}

/// Reads a template of the team's own.
///
/// # Errors
/// When it cannot be read or is not text.
pub fn template(path: &Path) -> Result<String, Problem> {
    let bytes = text_file::read(path, LARGEST_TEMPLATE)?;
    String::from_utf8(bytes).map_err(|_| {
        Problem::refused(
            format!("{} is not a text in UTF-8.", path.display()),
            "Save the template as UTF-8.",
        )
    })
}

/// Reads a picture file as a logo.
///
/// # Errors
/// When it cannot be read, or is no PNG, JPEG or SVG within bounds.
pub fn logo(path: &Path) -> Result<Logo, Problem> {
    let bytes = text_file::read(path, MOST_LOGO_BYTES)?;
    Logo::read(&bytes).map_err(|error| {
        let error = error.to_string();
        let (message, remedy) = error
            .rsplit_once("; ")
            .unwrap_or((&error, "Choose another"));
        Problem::refused(
            format!("{} cannot be used: {message}.", path.display()),
            sentence(remedy),
        )
    })
}

/// Writes what was exported and says where: one file as named; of several, a zip when the name ends so, else a folder,
/// which is made. Files that are there already are replaced, each whole.
///
/// # Errors
/// When a file cannot be written; those written before it stand.
pub fn write(delivery: &Delivery, target: &Path) -> Result<Vec<PathBuf>, Problem> {
    refuse_project(target)?;
    if let [(_, bytes)] = delivery.files.as_slice() {
        text_file::write(target, bytes)?;
        return Ok(vec![target.to_owned()]);
    }
    if target
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
    {
        text_file::write(target, &zipped(delivery)?)?;
        return Ok(vec![target.to_owned()]);
    }
    make_folder(target)?;
    let mut written = Vec::new();
    for (name, bytes) in &delivery.files {
        // Names are the formats' own and no paths; were one a path, only its last part would count.
        let name = Path::new(name).file_name().unwrap_or(OsStr::new("table"));
        let path = target.join(name);
        text_file::write(&path, bytes)?;
        written.push(path);
    }
    Ok(written)
}

/// Several files as one zip; the same files give the same bytes.
///
/// # Errors
/// When there is more than the format holds.
pub fn zipped(delivery: &Delivery) -> Result<Vec<u8>, Problem> {
    backcast_exchange::zipped(&delivery.files).map_err(|reason| {
        Problem::refused(
            format!("The files could not be packed: {reason}."),
            "Write them to a folder instead.",
        )
    })
}

/// Refuses to put an export where a project lies: its history would go with it.
fn refuse_project(target: &Path) -> Result<(), Problem> {
    if target.is_file() && starts_as_project(target) {
        return Err(Problem::refused(
            format!(
                "{} is a project; an export would replace it and its history.",
                target.display()
            ),
            "Choose another name for the export.",
        ));
    }
    Ok(())
}

fn starts_as_project(path: &Path) -> bool {
    let mut start = [0_u8; 16];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start.starts_with(b"SQLite format 3")
}

fn make_folder(path: &Path) -> Result<(), Problem> {
    match fs::create_dir(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Problem::refused(
            format!(
                "{} is a file, and there are several to write.",
                path.display()
            ),
            "Choose a folder, or a name that ends in .zip.",
        )),
        Err(error) => Err(Problem::writing(path, &error)),
    }
}

impl From<&ExportError> for Problem {
    fn from(error: &ExportError) -> Self {
        let message = sentence(&error.to_string());
        match error {
            ExportError::Cancelled => Self::refused(message, "Export again when you like."),
            ExportError::NotTold { .. } => {
                Self::refused(message, "Leave that out, or choose another format.")
            }
            ExportError::Contradiction { .. } => Self::refused(message, "Choose one of them."),
            ExportError::NotThere { .. } => {
                Self::refused(message, "Choose one that is on the map.")
            }
            ExportError::Empty { .. } => {
                Self::refused(message, "Draw something first, or choose another part.")
            }
            ExportError::Template { line, reason } => Self::refused(
                format!("The template cannot be followed: {reason}."),
                "Correct it there, then export again.",
            )
            .at(format!("line {line}")),
            // Writers say what to do next at the end of their reason.
            ExportError::Unwritten { reason } => match reason.rsplit_once("; ") {
                Some((message, remedy)) => Self::refused(sentence(message), sentence(remedy)),
                None => Self::refused(
                    message,
                    "Export a part of the map, or choose another format.",
                ),
            },
        }
    }
}

/// A reason as a sentence.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(char::to_uppercase);
    let whole: String = first.into_iter().flatten().chain(letters).collect();
    if whole.ends_with('.') {
        whole
    } else {
        format!("{whole}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Delivery {
        let file = |name: &str| (name.to_owned(), name.as_bytes().to_vec());
        Delivery {
            files: vec![file("a.csv"), file("b.csv")],
            notes: Vec::new(),
        }
    }

    #[test]
    fn several_files_go_into_a_folder_or_a_zip() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("tables");
        let written = write(&two(), &target).unwrap();
        assert_eq!(written, [target.join("a.csv"), target.join("b.csv")]);
        assert_eq!(fs::read(target.join("b.csv")).unwrap(), b"b.csv");
        let zip = folder.path().join("tables.zip");
        assert_eq!(write(&two(), &zip).unwrap(), std::slice::from_ref(&zip));
        assert!(fs::read(&zip).unwrap().starts_with(b"PK"));
        let project = folder.path().join("map.backcast");
        fs::write(&project, b"SQLite format 3\0 and so on").unwrap();
        assert!(
            write(&two(), &project)
                .unwrap_err()
                .message
                .contains("is a project")
        );
        assert!(fs::read(&project).unwrap().starts_with(b"SQLite"));
        let file = folder.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(
            write(&two(), &file)
                .unwrap_err()
                .message
                .contains("is a file")
        );
        assert_eq!(fs::read(&file).unwrap(), b"x");
    }
}
