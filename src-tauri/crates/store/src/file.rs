//! Project files without a working copy: look at one, make one.

use std::path::Path;

use backcast_model::Project;
use jiff::Timestamp;

use crate::contents::Contents;
use crate::error::{Context, StoreError};
use crate::log::Actor;
use crate::publish::{Existing, write_whole};
use crate::stranger::FileImage;
use crate::working::image_of;

/// Reads a project file; makes no working copy and writes nothing anywhere.
///
/// # Errors
/// When it cannot be read, is no project, of a newer version, damaged, or was altered outside of
/// Backcast.
pub fn read(path: &Path) -> Result<Project, StoreError> {
    let reading = FileImage::take(path)?.read()?;
    match reading.altered {
        None => Ok(reading.contents.project),
        Some(reason) => Err(StoreError::Altered {
            path: path.to_path_buf(),
            reason,
        }),
    }
}

/// Writes a project as a new file whose history begins here.
///
/// # Errors
/// When the file exists and is not to be replaced, or the disk refuses; nothing has changed then.
pub fn write_new(
    path: &Path,
    project: &Project,
    existing: Existing,
    now: Timestamp,
) -> Result<(), StoreError> {
    if existing == Existing::Refuse && path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists {
            path: path.to_path_buf(),
        });
    }
    let random = || getrandom::u64().map_err(|error| StoreError::NoId(error.to_string()));
    let contents = Contents::new(project.clone(), &Actor::from_number(random()?), "", now);
    let (bytes, _) = image_of(&contents).doing("The project could not be put together")?;
    write_whole(path, &bytes, &format!("{:016x}", random()?), || true)?;
    Ok(())
}
