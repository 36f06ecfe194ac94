//! Others at the same file: who has it open, and copies that a folder-sync program left beside it.

use std::path::PathBuf;

use jiff::Timestamp;

use super::Store;
use crate::beside::{Note, Presence, copies_of};

impl Store {
    /// Tells others that the file is open here, and who else has it open. Call it when a project is
    /// opened and every minute or two; the note goes when the store is dropped. It blocks nobody.
    pub fn meet_others(&mut self, now: Timestamp) -> Vec<Presence> {
        let Some(path) = self.knowledge.path.clone() else {
            return Vec::new();
        };
        let since = self.note.as_ref().map_or(now, Note::since);
        // The old note is dropped first: under another name of the file it is another note.
        self.note = None;
        self.note = Note::leave(&path, &self.copy.id, self.data.author(), since);
        self.note
            .as_ref()
            .map(|note| note.others(&path))
            .unwrap_or_default()
    }

    /// Copies of this project beside its file, as folder-sync programs leave them when two people
    /// saved at once. [`Self::merge`] takes one in; it is left where it is. Reads every file whose
    /// name begins like this one's.
    #[must_use]
    pub fn conflicted_copies(&self) -> Vec<PathBuf> {
        self.path()
            .map(|path| copies_of(path, &self.project.id))
            .unwrap_or_default()
    }
}
