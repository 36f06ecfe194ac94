//! Working copies whose edits are in no file: new projects, and those whose file was moved, renamed
//! or deleted, or stood on a drive that is gone, before it could be written. They are listed, and
//! found again when their file or another copy of the project is opened. Refuses to take away
//! anything that holds edits of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::open::open_or_mend;
use super::underneath::is_gone;
use super::{Committed, Notice, Store};
use crate::contents::Contents;
use crate::data_folder::DataFolder;
use crate::error::{Context, StoreError};
use crate::rescue::salvage;
use crate::stranger::FileImage;
use crate::tables::change::Numbers;
use crate::working::{self, Glance, Knowledge, WorkingCopy};

/// What a map is called of which not even the title can be read.
const DAMAGED: &str = "Damaged map";

/// A working copy that holds something its file does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnpublishedCopy {
    /// Names it for [`Store::resume`] and [`Store::take_in_copy`].
    pub id: String,
    /// The map's title.
    pub title: String,
    /// Where the project was published last; `None`: nowhere yet.
    pub path: Option<PathBuf>,
    /// Whether opening the file at `path` opens this copy. If not, this list is the only way to it.
    pub reachable: bool,
    /// When it was last edited.
    pub changed_at: Timestamp,
    /// How many steps its file does not have; 0 when it is only a name of a version.
    pub changes: u64,
    /// Whether it is damaged so that nothing in it can be read: opening it puts it aside and tells where.
    pub unreadable: bool,
}

impl UnpublishedCopy {
    fn of(glance: Glance, changes: u64, reachable: bool) -> Self {
        Self {
            id: glance.id,
            title: glance.title,
            path: glance.knowledge.path,
            reachable,
            changed_at: glance.knowledge.changed_at,
            changes,
            unreadable: false,
        }
    }
}

/// Working copies whose content is in no file, last edited first. Damaged ones are among them where no
/// file leads to them; others are looked at when their file is opened.
///
/// # Errors
/// When the data folder cannot be read.
pub fn working_copies(data: &DataFolder) -> Result<Vec<UnpublishedCopy>, StoreError> {
    let mut copies = Vec::new();
    for (id, reachable) in copies_with_reach(data)? {
        let listed = match working::peek(data, &id) {
            Ok(glance) => glance
                .unpublished()
                .map(|changes| UnpublishedCopy::of(glance, changes, reachable)),
            Err(_) if !reachable => damaged(data, id),
            Err(_) => None,
        };
        copies.extend(listed);
    }
    copies.sort_by(|one, other| (other.changed_at, &one.id).cmp(&(one.changed_at, &other.id)));
    Ok(copies)
}

/// A working copy that cannot be looked at as it is, by what its change log tells. Where that is damaged, too, all there is
/// to say is that there is one: going on with it puts it aside and tells where.
fn damaged(data: &DataFolder, id: String) -> Option<UnpublishedCopy> {
    let database = working::database_of(data, &id);
    let (title, known, last, changes, unreadable) = match salvage(&database) {
        Some((contents, known, _)) => (
            contents.project.map.properties.title.clone(),
            known,
            contents.heads.last_work(),
            contents.heads.count(),
            false,
        ),
        // Whoever was cut off while making a copy had not been told of any edit in it.
        None if fs::metadata(&database).is_ok_and(|database| database.len() > 0) => {
            (DAMAGED.to_owned(), None, None, 0, true)
        }
        None => return None,
    };
    let published = known.as_ref().map_or(0, |known| known.published_changes);
    // A copy of what may only be looked at holds nothing of its own.
    let holds_nothing = known
        .as_ref()
        .is_some_and(|known| known.read_only.is_some());
    (!holds_nothing).then(|| UnpublishedCopy {
        id,
        title,
        changed_at: known
            .as_ref()
            .map(|known| known.changed_at)
            .or(last)
            .or_else(|| written_at(&database))
            .unwrap_or(Timestamp::UNIX_EPOCH),
        path: known.and_then(|known| known.path),
        reachable: false,
        changes: changes.saturating_sub(published),
        unreadable,
    })
}

/// When a file was last written, as the disk has it.
fn written_at(path: &Path) -> Option<Timestamp> {
    let modified = fs::metadata(path).and_then(|file| file.modified()).ok()?;
    Timestamp::try_from(modified).ok()
}

/// Every working copy that has been made, and whether opening its file leads to it.
fn copies_with_reach(data: &DataFolder) -> Result<Vec<(String, bool)>, StoreError> {
    let folder = data.copies();
    let entries = match fs::read_dir(&folder) {
        Err(error) if is_gone(&error) => return Ok(Vec::new()),
        entries => entries.map_err(|error| StoreError::disk("Could not read", &folder, error))?,
    };
    let places: BTreeMap<String, PathBuf> = data
        .places()?
        .into_iter()
        .map(|(path, copy)| (copy, path))
        .collect();
    let named = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|id| working::database_of(data, id).exists());
    Ok(named
        .map(|id| {
            let reachable = places.get(&id).is_some_and(|path| !lies_nowhere(path));
            (id, reachable)
        })
        .collect())
}

fn lies_nowhere(path: &Path) -> bool {
    fs::metadata(path).is_err_and(|error| is_gone(&error))
}

/// Working copies that no file leads to. Costs a question to the file system for each file that was
/// ever opened, and opens only what it gives.
fn strays(data: &DataFolder) -> Result<Vec<Glance>, StoreError> {
    let copies = copies_with_reach(data)?.into_iter();
    let strays = copies.filter(|(_, reachable)| !reachable);
    Ok(strays
        .filter_map(|(id, _)| working::peek(data, &id).ok())
        .collect())
}

/// The working copy of a file that was moved or renamed: nothing lies any more where it was
/// published last, and what it published is what is opened now.
pub(super) fn adopt(
    data: &DataFolder,
    file: &FileImage,
    notices: &mut Vec<Notice>,
) -> Result<Option<(WorkingCopy, Contents, Knowledge, Numbers)>, StoreError> {
    let moved = |glance: &Glance| {
        let Knowledge {
            path, fingerprint, ..
        } = &glance.knowledge;
        path.as_deref().is_some_and(lies_nowhere)
            && fingerprint
                .as_ref()
                .is_some_and(|known| known.same_content(&file.fingerprint))
    };
    let mut found: Vec<_> = strays(data)?.into_iter().filter(moved).collect();
    found.sort_by_key(|glance| (glance.unpublished(), glance.knowledge.changed_at));
    let Some(glance) = found.pop() else {
        return Ok(None);
    };
    let (copy, contents, known, numbers) = match WorkingCopy::open(data, &glance.id) {
        Ok(Ok(opened)) if opened.2.read_only.is_none() => opened,
        // Whatever is the matter with it, the file can be opened without it.
        _ => return Ok(None),
    };
    let old = known.path.clone().unwrap_or_default();
    let knowledge = Knowledge {
        path: Some(file.path.clone()),
        ..known
    };
    working::save(&copy.connection, &knowledge).doing("The working copy could not be written")?;
    if data.copy_of(&old)?.as_ref() == Some(&glance.id) {
        data.assign(&old, None)?;
    }
    if let Some(changes) = glance.unpublished() {
        notices.push(Notice::EditsFound { path: old, changes });
    }
    Ok(Some((copy, contents, knowledge, numbers)))
}

impl Store {
    /// Takes in edits of this file that only another working copy of it has, as a second window
    /// leaves them when it ends without publishing; tells of those of other copies of the project.
    pub(super) fn take_in_strays(&mut self, now: Timestamp) -> Result<(), StoreError> {
        for glance in strays(&self.data)? {
            let Some(changes) = glance.unpublished() else {
                continue;
            };
            let ours = glance.project == self.project.id.as_str() && glance.id != self.copy.id;
            let (Some(path), true) = (glance.knowledge.path.clone(), ours) else {
                continue;
            };
            let same_file = self.knowledge.path.as_ref() == Some(&path);
            if same_file && !self.is_read_only() {
                match self.take_in_copy(&glance.id, now) {
                    Ok(_) => self.notices.push(Notice::EditsFound { path, changes }),
                    // Another window has it open, and will publish it itself.
                    Err(StoreError::InUse) => {}
                    Err(_) => self.tell_of(glance, changes),
                }
            } else if !same_file {
                self.tell_of(glance, changes);
            }
        }
        Ok(())
    }

    fn tell_of(&mut self, glance: Glance, changes: u64) {
        let copy = UnpublishedCopy::of(glance, changes, false);
        self.notices.push(Notice::EditsElsewhere(copy));
    }

    /// Unites the project with a working copy of it that no file leads to, and takes that copy away
    /// when everything of it is here. Afterwards the project is edited and not yet published.
    ///
    /// # Errors
    /// When there is no such copy, it is open elsewhere, damaged or of another project, or this one
    /// is read-only; both are as before then.
    pub fn take_in_copy(&mut self, id: &str, now: Timestamp) -> Result<Committed, StoreError> {
        check_id(id)?;
        let writable = self.read_only_reason().map(str::to_owned);
        if let Some(reason) = writable {
            return Err(StoreError::ReadOnly { reason });
        }
        let ((copy, contents, knowledge, _), notice) = open_or_mend(&self.data, id)?;
        self.notices.extend(notice);
        let committed = self.unite(contents, self.knowledge.clone(), now)?;
        copy.discard()?;
        if let Some(path) = knowledge.path
            && self.data.copy_of(&path)?.as_deref() == Some(id)
        {
            self.data.assign(&path, None)?;
        }
        Ok(committed)
    }
}

/// Refuses what cannot be the name of a working copy.
pub(super) fn check_id(id: &str) -> Result<(), StoreError> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(StoreError::Missing {
            what: "working copy of this name".to_owned(),
        });
    }
    Ok(())
}

/// Takes away copies that were made because their file was open elsewhere, that nobody has open any
/// more, and that hold nothing of their own.
pub(super) fn take_away_spares(data: &DataFolder) -> Result<(), StoreError> {
    for glance in strays(data)? {
        let there = glance
            .knowledge
            .path
            .as_deref()
            .is_some_and(|path| !lies_nowhere(path));
        if there
            && glance.unpublished().is_none()
            && let Ok(Ok((copy, ..))) = WorkingCopy::open(data, &glance.id)
        {
            copy.discard()?;
        }
    }
    Ok(())
}
