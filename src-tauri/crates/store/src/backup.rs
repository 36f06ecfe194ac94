//! Backups, made on their own when a project is published, and thinned as they grow old. They are
//! whole project files in the data folder. Restoring one is a step like any other, so that it can
//! be undone. Refuses to touch anything but backups.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::Id;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::data_folder::DataFolder;
use crate::error::StoreError;
use crate::publish::write_whole;

/// How often a backup is made at most.
const BETWEEN: SignedDuration = SignedDuration::from_mins(30);

/// How a file name tells its time.
const NAME: &str = "%Y-%m-%dT%H-%M-%S";

/// How many days back one backup of each half hour, day, week and month is kept.
const DAYS_OF_ALL: i64 = 2;
const DAYS_OF_DAILY: i64 = DAYS_OF_ALL + 12;
const DAYS_OF_WEEKLY: i64 = DAYS_OF_DAILY + 7 * 10;
const DAYS_OF_MONTHLY: i64 = DAYS_OF_WEEKLY + 30 * 9;

/// A kept state of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// When it was made.
    pub at: Timestamp,
    /// The file; [`crate::read`] reads it.
    pub path: PathBuf,
}

/// The backups of a project, the newest first.
///
/// # Errors
/// When the data folder cannot be read.
pub fn backups(data: &DataFolder, project: &Id) -> Result<Vec<Backup>, StoreError> {
    let folder = folder(data, project);
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let cannot = |error| StoreError::disk("Could not read", &folder, error);
    let mut backups = Vec::new();
    for entry in fs::read_dir(&folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if let Some(at) = DateTime::strptime(NAME, &*stem)
            .ok()
            .and_then(|time| time.to_zoned(TimeZone::UTC).ok())
        {
            backups.push(Backup {
                at: at.timestamp(),
                path,
            });
        }
    }
    backups.sort_by_key(|backup: &Backup| std::cmp::Reverse(backup.at));
    Ok(backups)
}

/// Keeps the bytes of a published file as a backup, when the last one is old enough, and takes away
/// those that are not to be kept any longer.
pub(crate) fn keep(
    data: &DataFolder,
    project: &Id,
    bytes: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut kept = backups(data, project)?;
    // A clock that was set back makes backups of the future; they do not stand in the way.
    let last = kept.iter().map(|backup| backup.at).find(|at| *at <= now);
    if last.is_some_and(|last| now.duration_since(last) < BETWEEN) {
        return Ok(());
    }
    let folder = folder(data, project);
    fs::create_dir_all(&folder)
        .map_err(|error| StoreError::disk("Could not make", &folder, error))?;
    let path = folder.join(format!("{}.backcast", now.strftime(NAME)));
    write_whole(&path, bytes, &data.new_id()?, || true)?;
    kept.insert(0, Backup { at: now, path });
    let times: Vec<_> = kept.iter().map(|backup| backup.at).collect();
    let wanted = to_keep(&times, now);
    for backup in kept.iter().filter(|backup| !wanted.contains(&backup.at)) {
        fs::remove_file(&backup.path).map_err(|error| {
            StoreError::disk("Could not take away the backup", &backup.path, error)
        })?;
    }
    Ok(())
}

/// Keeps a file that is about to be replaced by another, whatever it is, in the data folder's room
/// for such files, where nothing is thinned. Tells where.
///
/// # Errors
/// When the file cannot be read, or the data folder cannot be written.
pub fn keep_replaced(
    data: &DataFolder,
    path: &Path,
    now: Timestamp,
) -> Result<PathBuf, StoreError> {
    let bytes = fs::read(path).map_err(|error| StoreError::disk("Could not read", path, error))?;
    let folder = data.kept();
    fs::create_dir_all(&folder)
        .map_err(|error| StoreError::disk("Could not make", &folder, error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let kept = folder.join(format!("{} {name}", now.strftime("%Y-%m-%d %H.%M.%S%.3f")));
    write_whole(&kept, &bytes, &data.new_id()?, || true)?;
    Ok(kept)
}

/// Which backups stay: of each half hour for two days, each day for twelve more, each week for ten
/// weeks more, each month for nine months more; of several in one span the oldest, which is the one
/// that grew old first. The newest always stays.
fn to_keep(times: &[Timestamp], now: Timestamp) -> BTreeSet<Timestamp> {
    let mut sorted = times.to_vec();
    sorted.sort();
    let mut spans = BTreeSet::new();
    let mut kept: BTreeSet<Timestamp> = sorted.last().copied().into_iter().collect();
    for at in sorted {
        let minutes = at.as_second().div_euclid(60);
        let (size, span) = match now.duration_since(at).as_hours().div_euclid(24) {
            age if age < DAYS_OF_ALL => (0, minutes.div_euclid(30)),
            age if age < DAYS_OF_DAILY => (1, minutes.div_euclid(60 * 24)),
            age if age < DAYS_OF_WEEKLY => (2, minutes.div_euclid(60 * 24 * 7)),
            age if age < DAYS_OF_MONTHLY => (3, minutes.div_euclid(60 * 24 * 30)),
            _ => continue,
        };
        if spans.insert((size, span)) {
            kept.insert(at);
        }
    }
    kept
}

fn folder(data: &DataFolder, project: &Id) -> PathBuf {
    // A project's id comes from a file and may be any text; a folder's name may not.
    let name: String = project
        .as_str()
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() || character == '-' {
                character
            } else {
                '_'
            }
        })
        .take(60)
        .collect();
    let name = if name == project.as_str() {
        name
    } else {
        Id::derived(&format!("{name}{}", fold(project))).to_string()
    };
    data.path().join("backups").join(name)
}

/// Tells apart ids whose names for folders are the same.
fn fold(id: &Id) -> String {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(id.as_str().as_bytes()).into();
    format!("-{}", crate::fingerprint::hex(&digest[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backups_thin_out_as_they_grow_old() {
        let start = Timestamp::from_second(1_790_000_000).unwrap();
        let mut kept: BTreeSet<Timestamp> = BTreeSet::new();
        let mut now = start;
        for half_hour in 0..48 * 500_i64 {
            now = start + SignedDuration::from_mins(30 * half_hour);
            kept.insert(now);
            if half_hour % 7 == 0 {
                kept = to_keep(&kept.iter().copied().collect::<Vec<_>>(), now);
            }
        }
        kept = to_keep(&kept.iter().copied().collect::<Vec<_>>(), now);
        let within = |from: i64, to: i64| {
            kept.iter()
                .filter(|at| {
                    (from..to).contains(&now.duration_since(**at).as_hours().div_euclid(24))
                })
                .count()
        };
        assert_eq!(within(0, 2), 96, "half hours");
        assert!(
            (11..=13).contains(&within(2, 14)),
            "days: {}",
            within(2, 14)
        );
        assert!(
            (9..=11).contains(&within(14, 84)),
            "weeks: {}",
            within(14, 84)
        );
        assert!(
            (8..=10).contains(&within(84, 354)),
            "months: {}",
            within(84, 354)
        );
        assert_eq!(within(354, 1000), 0);
    }

    #[test]
    fn the_newest_backup_stays_however_old_it_is() {
        let old = Timestamp::UNIX_EPOCH;
        assert_eq!(
            to_keep(&[old], Timestamp::from_second(1_790_000_000).unwrap()),
            BTreeSet::from([old])
        );
    }

    #[test]
    fn any_project_id_makes_a_folder_of_its_own_inside_the_data_folder() {
        let data = DataFolder::new("/data");
        let folders: BTreeSet<_> = ["a", "../../a", "..", "a/b", "a_b", "a b", "é"]
            .map(|id| folder(&data, &Id::new(id).unwrap()))
            .into_iter()
            .collect();
        assert_eq!(folders.len(), 7);
        for folder in folders {
            assert_eq!(
                folder.parent().unwrap(),
                std::path::Path::new("/data/backups")
            );
            assert_ne!(folder.file_name(), None);
        }
    }
}
