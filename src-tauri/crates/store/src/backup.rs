//! Backups, made on their own when a project is published, and thinned as they grow old. They are
//! whole project files in the data folder. Restoring one is a step like any other, so that it can
//! be undone. Refuses to touch anything but backups.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use backcast_model::Id;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::data_folder::DataFolder;
use crate::error::StoreError;
use crate::publish::{unsynced, write_file};

/// How often a backup is made at most.
const BETWEEN: SignedDuration = SignedDuration::from_mins(30);

/// How a file name tells its time.
const NAME: &str = "%Y-%m-%dT%H-%M-%S";

/// The spans that backups are thinned by, in minutes, and of how many spans with backups in them one
/// is kept: half hours that make two days, days that make two weeks, weeks that make twelve, months
/// (of thirty days) that make a year.
const SPANS: [(i64, usize); 4] = [
    (30, 2 * 48),
    (60 * 24, 14),
    (60 * 24 * 7, 12),
    (60 * 24 * 30, 12),
];

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
    backups.sort_by_key(|backup: &Backup| Reverse(backup.at));
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
    // It is kept, and a word about the drive is due where the project's own file is written.
    unsynced(write_file(&path, bytes, &data.new_id()?))?;
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
    unsynced(write_file(&kept, &bytes, &data.new_id()?))?;
    Ok(kept)
}

/// Which backups stay: of the last half hours, days, weeks and months in which any were made, the
/// newest of each. Spans without backups do not count, so that neither a long pause nor a clock that
/// jumps ahead takes away what was made before it. Those of the future, made before a clock was set
/// back, are thinned on their own, so that they never crowd out what is made now.
fn to_keep(times: &[Timestamp], now: Timestamp) -> BTreeSet<Timestamp> {
    let (past, future): (Vec<_>, Vec<_>) = times.iter().partition(|at| **at <= now);
    let mut kept = BTreeSet::new();
    for mut group in [past, future] {
        group.sort_by_key(|at| Reverse(*at));
        for (minutes, most) in SPANS {
            let span = |at: &Timestamp| at.as_second().div_euclid(60 * minutes);
            let mut newest = group.clone();
            newest.dedup_by_key(|at| span(at));
            kept.extend(newest.into_iter().take(most));
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
    fn what_was_made_before_a_long_pause_or_a_jump_of_the_clock_stays() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::new(folder.path());
        let project = Id::new("project-1").unwrap();
        let start = Timestamp::from_second(1_790_000_000).unwrap();
        let day = |days: i64| start + SignedDuration::from_hours(24 * days);
        let keep_at = |at| keep(&data, &project, b"whole", at).unwrap();
        let kept = || -> Vec<_> {
            let backups = backups(&data, &project).unwrap();
            backups.into_iter().rev().map(|backup| backup.at).collect()
        };
        (0..8).map(day).for_each(keep_at);
        keep_at(day(800));
        let before: Vec<_> = (0..8).map(day).collect();
        assert_eq!(kept(), [&before[..], &[day(800)]].concat(), "one jump");
        // Half a year of work with the wrong clock, then the clock is set right.
        (801..980).map(day).for_each(keep_at);
        assert!(kept().contains(&day(7)), "a long time after the jump");
        (8..40).map(day).for_each(keep_at);
        for at in (26..40).map(day) {
            assert!(kept().contains(&at), "the future crowds out {at}");
        }
        assert!(kept().len() <= 2 * 134, "they are thinned all the same");
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
