//! Text files in and out: reads with every guard a stranger's file needs, writes so that a reader finds the old file
//! or the new one and never half of either.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// Reads a regular file of at most `most` bytes.
///
/// # Errors
/// When there is no such file, it is a folder or a device, may not be read, or is larger.
pub fn read(path: &Path, most: usize) -> Result<Vec<u8>, Problem> {
    let failed = |error| Problem::reading(path, &error);
    let facts = fs::metadata(path).map_err(failed)?;
    let shown = path.display();
    if facts.is_dir() {
        return Err(Problem::refused(
            format!("{shown} is a folder."),
            "Choose a file inside it.",
        ));
    }
    if !facts.is_file() {
        return Err(Problem::refused(
            format!("{shown} is not a file."),
            "Choose a regular file.",
        ));
    }
    if facts.len() > most as u64 {
        let (size, most) = (facts.len() / 1_048_576, most / 1_048_576);
        return Err(Problem::refused(
            format!("{shown} has {size} MB; at most {most} MB are read."),
            "Choose a map that Backcast exported.",
        ));
    }
    let mut bytes = Vec::new();
    // A file may grow while it is read; what is beyond the limit is never held.
    File::open(path)
        .map_err(failed)?
        .take(most as u64)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// Writes a file whole: to a temporary name beside the target, synced, renamed, the folder synced. A link is followed,
/// so that the file it points to is the one replaced.
///
/// # Errors
/// When the folder is not there or may not be written to, or the drive is full. The target is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let target = target_of(path);
    if target.is_dir() {
        let shown = path.display();
        return Err(Problem::refused(
            format!("{shown} is a folder."),
            "Give the file a name.",
        ));
    }
    write_beside(&target, bytes).map_err(|error| Problem::writing(path, &error))
}

/// The file that writing to a path writes: where it leads, through links.
pub(crate) fn target_of(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn write_beside(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".backcast-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    if let Ok(facts) = fs::metadata(target) {
        // A file that may not be written is not to be replaced either, and the new one is as open as the old.
        fs::OpenOptions::new().append(true).open(target)?;
        file.as_file().set_permissions(facts.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.json");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read(&path, 10).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(read(&path, 2).unwrap_err().message.contains("at most"));
    }

    #[test]
    fn what_is_no_file_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere");
        assert!(
            read(&nowhere, 9)
                .unwrap_err()
                .message
                .starts_with("There is no file")
        );
        assert!(
            read(folder.path(), 9)
                .unwrap_err()
                .message
                .contains("is a folder")
        );
        assert!(
            write(folder.path(), b"x")
                .unwrap_err()
                .message
                .contains("is a folder")
        );
        assert!(
            write(&nowhere.join("x"), b"x")
                .unwrap_err()
                .remedy
                .contains("that is there")
        );
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(&nowhere, &link).unwrap();
            assert!(read(&link, 9).unwrap_err().message.contains("is a link to"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_when_writing() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
    }
}
