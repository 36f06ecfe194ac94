//! Writing a user's file whole: to a temporary name beside it, synced, read back, renamed, folder
//! synced. At every moment either the old file or the new one stands under the name, complete.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::error::StoreError;
use crate::fingerprint::Fingerprint;

/// What to do when a file of this name exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and say so.
    Refuse,
    /// Put the new one in its place.
    Replace,
}

/// A file that stands under its name now.
pub(crate) struct Written {
    pub(crate) fingerprint: Fingerprint,
    /// Why it cannot be said that a power cut leaves it there. The file itself is whole and synced, so that this must
    /// not be told as if nothing had been written.
    pub(crate) unsynced: Option<io::Error>,
}

/// Writes a file whole, for those who have nobody to tell anything beside.
///
/// # Errors
/// When the disk refuses or what was written does not read back; what stood under the name stands there still. Also
/// when it is written and [`StoreError::NotSynced`] tells that its folder could not be synced.
pub(crate) fn write_file(path: &Path, bytes: &[u8], temporary_id: &str) -> Result<(), StoreError> {
    let written = write_whole(path, bytes, temporary_id, || true)?;
    match written.and_then(|written| written.unsynced) {
        None => Ok(()),
        Some(source) => Err(StoreError::NotSynced {
            path: path.to_path_buf(),
            source,
        }),
    }
}

/// What is to be told of a file that is written, though its folder could not be synced; `None`: all is well.
///
/// # Errors
/// When it is not written.
pub(crate) fn unsynced(written: Result<(), StoreError>) -> Result<Option<String>, StoreError> {
    match written {
        Ok(()) => Ok(None),
        Err(error @ StoreError::NotSynced { .. }) => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}

/// Writes a file whole.
///
/// `still` is asked right before the old file is replaced; when it says no, nothing is replaced and
/// the answer is `None`.
///
/// # Errors
/// When the disk refuses or what was written does not read back; what stood under the name stands
/// there still.
pub(crate) fn write_whole(
    path: &Path,
    bytes: &[u8],
    temporary_id: &str,
    still: impl FnOnce() -> bool,
) -> Result<Option<Written>, StoreError> {
    let temporary = temporary_name(path, temporary_id);
    let written = write_beside(&temporary, path, bytes).and_then(|()| {
        if !still() {
            return Ok(None);
        }
        fs::rename(&temporary, path).map_err(|error| refuse(path, error))?;
        let metadata = fs::metadata(path).map_err(|error| refuse(path, error))?;
        Ok(Some(Written {
            fingerprint: Fingerprint::of(bytes, &metadata),
            unsynced: sync_folder(folder_of(path)).err(),
        }))
    });
    if matches!(written, Ok(Some(_))) {
        sweep(path);
    } else {
        // What is left of a failed attempt is ours alone; if it cannot be taken away it is only litter.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Takes away what programs that were cut off in the middle of writing this file left behind. What
/// is younger than an hour may still be written by somebody.
fn sweep(path: &Path) {
    const OLD: Duration = Duration::from_secs(3600);
    let prefix = temporary_prefix(path);
    let now = fs::metadata(path).and_then(|metadata| metadata.modified());
    let (Ok(now), Ok(entries)) = (now, fs::read_dir(folder_of(path))) else {
        return;
    };
    for litter in entries.filter_map(Result::ok) {
        let name = litter.file_name().to_string_lossy().into_owned();
        let written = litter.metadata().and_then(|metadata| metadata.modified());
        let old = written.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age > OLD));
        if old && name.starts_with(&prefix) && name.ends_with(".tmp") {
            let _ = fs::remove_file(litter.path());
        }
    }
}

fn write_beside(temporary: &Path, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let doing = |error| refuse(path, error);
    let old = fs::metadata(path).ok();
    if old.is_some() {
        // Renaming asks the folder alone; a file that may not be written is not to be replaced either.
        File::options().append(true).open(path).map_err(doing)?;
    }
    let mut file = File::create_new(temporary).map_err(doing)?;
    if let Some(metadata) = old {
        file.set_permissions(metadata.permissions())
            .map_err(doing)?;
    }
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(doing)?;
    drop(file);
    if fs::read(temporary).map_err(doing)? != bytes {
        return Err(doing(io::Error::other(
            "what was written does not read back",
        )));
    }
    Ok(())
}

fn temporary_name(path: &Path, id: &str) -> PathBuf {
    let mut name = OsString::from(".~");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{id}.tmp"));
    path.with_file_name(name)
}

/// What temporary names for a file begin with. The common folder-sync programs leave such names
/// alone.
fn temporary_prefix(path: &Path) -> String {
    format!(
        ".~{}.",
        path.file_name().unwrap_or_default().to_string_lossy()
    )
}

/// The folder a file stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Held while a file is compared and replaced, so that two programs that publish to one folder do it
/// one after the other. Where the file system cannot lock, or somebody holds on for too long,
/// publishing goes on without: whoever comes second finds the other's file and takes it in.
pub(crate) struct FolderLock(Option<File>);

impl FolderLock {
    /// Waits for the lock, two seconds at most.
    pub(crate) fn take(folder: &Path) -> Self {
        let Ok(file) = File::open(folder) else {
            return Self(None);
        };
        for _ in 0..400 {
            match file.try_lock() {
                Ok(()) => return Self(Some(file)),
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
                Err(TryLockError::Error(_)) => break,
            }
        }
        Self(None)
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            // Closing the file lets go of the lock in any case.
            let _ = file.unlock();
        }
    }
}

/// Makes a folder with those it stands in, so that they outlast a power cut.
pub(crate) fn make_folder(path: &Path) -> Result<(), StoreError> {
    let missing: Vec<_> = path
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect();
    fs::create_dir_all(path).map_err(|error| StoreError::disk("Could not make", path, error))?;
    for folder in missing.iter().rev() {
        sync_folder(folder_of(folder))
            .map_err(|error| StoreError::disk("Could not make", folder, error))?;
    }
    Ok(())
}

/// Makes a rename outlast a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = match File::open(folder) {
        // A folder that may be written to and not be looked into cannot be synced; the file itself is.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(()),
        folder => folder?,
    };
    match folder.sync_all() {
        // Some network file systems cannot sync a folder, either.
        Err(error)
            if error.kind() == io::ErrorKind::InvalidInput
                || error.kind() == io::ErrorKind::Unsupported =>
        {
            Ok(())
        }
        other => other,
    }
}

fn refuse(path: &Path, error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::NoPermission {
                path: path.to_path_buf(),
                doing: "written",
            }
        }
        _ => StoreError::disk("Could not write", path, error),
    }
}
