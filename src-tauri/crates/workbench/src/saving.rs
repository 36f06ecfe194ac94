//! The open project and its file: writing it, what is true of it, and what others put into it meanwhile. Refuses to
//! write over anything that is no copy of this project.

use std::path::Path;

use backcast_store::{
    Committed, Existing, FileState, HistoryEntry, Notice, Saved as Salvaged, StoreError,
};

use crate::environment::now;
use crate::event::{Event, SaveState, Saved, TakenIn};
use crate::problem::{Problem, ProblemKind};
use crate::workbench::Workbench;
use crate::{recent, text_file};

impl Workbench {
    /// The truth about its file.
    #[must_use]
    pub fn saved(&self) -> Saved {
        let state = match (self.store.read_only_reason(), &self.failure, &self.place) {
            (Some(reason), ..) => SaveState::ReadOnly(reason.to_owned()),
            _ if self.store.path().is_none() => SaveState::Kept,
            (None, Some(reason), _) => SaveState::Failed(reason.clone()),
            (None, None, FileState::Gone) => SaveState::Missing,
            (None, None, FileState::Replaced { reason }) => SaveState::Replaced(reason.clone()),
            (None, None, FileState::Unreachable { reason }) => {
                SaveState::Unreachable(reason.clone())
            }
            _ if self.store.is_published() => SaveState::Saved,
            _ => SaveState::Editing,
        };
        self.saved_as_state(state)
    }

    fn saved_as_state(&self, state: SaveState) -> Saved {
        Saved {
            state,
            path: self.store.path().map(Path::to_path_buf),
            title: self.map().properties.title.clone(),
            complete: self.store.is_published(),
        }
    }

    /// Whether there is something to write to a file that is where it was.
    #[must_use]
    pub fn wants_saving(&self) -> bool {
        matches!(
            self.saved().state,
            SaveState::Editing | SaveState::Failed(_)
        )
    }

    /// Says that the file is about to be written.
    pub fn announce_saving(&mut self) {
        let saving = self.saved_as_state(SaveState::Saving);
        self.events.push(Event::Status(saving));
    }

    /// Writes the file if it lacks anything; whether that went well is told as an event and by [`Self::saved`]. What
    /// somebody else put into the file meanwhile is taken in. A file that is gone stays gone: whoever took it away may
    /// have meant it, and the work is kept on this computer; [`Self::save_again`] writes it anew.
    pub fn save(&mut self) {
        self.look_at_file();
        if self.wants_saving() {
            self.write();
        }
    }

    /// Writes the file because somebody asked for it, also where it is gone.
    ///
    /// # Errors
    /// When something else stands there now.
    pub fn save_again(&mut self) -> Result<(), Problem> {
        self.look_at_file();
        match self.saved().state {
            SaveState::Replaced(reason) => Err(Problem::refused(
                format!("Another file stands where this map was saved: {reason}."),
                "Save the map under another name; the file there is left alone.",
            )
            .of_kind(ProblemKind::NotSaved)),
            SaveState::Editing
            | SaveState::Failed(_)
            | SaveState::Missing
            | SaveState::Unreachable(_) => {
                self.write();
                Ok(())
            }
            SaveState::Kept | SaveState::Saving | SaveState::Saved | SaveState::ReadOnly(_) => {
                Ok(())
            }
        }
    }

    fn write(&mut self) {
        let written = self.taking_in(|store| store.publish(now()));
        self.failure = written.err().map(|problem| problem.to_string());
        self.place = self.store.file_state();
        self.remember();
        self.events.push(Event::Status(self.saved()));
    }

    /// Takes in what somebody else put into the file since it was written last, and notices when it is gone, replaced
    /// or out of reach: none of that is a reason to stop working.
    pub fn look_at_file(&mut self) {
        if self.store.path().is_none() || self.store.is_read_only() {
            return;
        }
        let before = self.saved();
        self.place = self.store.file_state();
        if self.place == FileState::Changed {
            // What cannot be taken in is left alone, and the next look tells what it is.
            drop(self.taking_in(|store| store.refresh(now()).map(drop)));
            self.place = self.store.file_state();
        }
        if self.place == FileState::AsPublished && self.store.is_published() {
            self.failure = None;
        }
        if self.saved() != before {
            self.events.push(Event::Status(self.saved()));
        }
    }

    /// Unites the project with another copy of it in a file, as a step that is not in our file yet.
    ///
    /// # Errors
    /// When the file cannot be read or is no copy of this project; nothing has changed then.
    pub(crate) fn take_in_file(&mut self, path: &Path) -> Result<(), Problem> {
        self.taking_in(|store| store.merge(path, now()).map(drop))
    }

    /// Lets the store do something in which others' changes may come in, and follows them.
    fn taking_in(
        &mut self,
        work: impl FnOnce(&mut backcast_store::Store) -> Result<(), StoreError>,
    ) -> Result<(), Problem> {
        let (before, seen, revision) = (self.map().clone(), self.store.vector(), self.revision());
        let done = work(&mut self.store);
        if self.revision() != revision {
            let differences = backcast_store::compare(&before, self.map());
            let changes: Vec<_> = differences
                .into_iter()
                .flat_map(|compared| compared.changes)
                .collect();
            let rows = changes
                .iter()
                .map(|change| (change.entity(), change.id().clone()))
                .collect();
            self.follow(Committed {
                revision: self.revision(),
                changes,
                inserted: Vec::new(),
            });
            // That the log cannot be read now is no reason to hide what came in.
            let steps = self.store.history().unwrap_or_default();
            let news = steps
                .iter()
                .filter(|entry| !seen.contains(&entry.change.stamp));
            self.events.push(Event::TakenIn(taken_in(news, rows)));
        }
        self.tell_conflicts();
        self.tell_notices();
        Ok(done?)
    }

    pub(crate) fn tell_notices(&mut self) {
        let notices = self.store.take_notices();
        self.events
            .extend(notices.iter().map(|notice| Event::Notice(sentence(notice))));
    }

    /// Writes the project under a new name and goes on there. What stood under that name is among the backups then.
    ///
    /// # Errors
    /// When the file cannot be written; the project stays where it was.
    pub fn save_as(&mut self, path: &Path) -> Result<(), Problem> {
        self.keep_replaced(path)?;
        // Whoever chose the name was asked about a file that stands there.
        self.store.publish_as(path, Existing::Replace, now())?;
        (self.failure, self.place) = (None, self.store.file_state());
        self.remember();
        self.tell_conflicts();
        self.events.push(Event::Status(self.saved()));
        Ok(())
    }

    /// Writes a copy with all its history; the project stays where it is.
    ///
    /// # Errors
    /// When the file cannot be written, or is the project's own.
    pub fn save_copy(&mut self, path: &Path) -> Result<(), Problem> {
        self.refuse_own(path)?;
        self.keep_replaced(path)?;
        Ok(self.store.write_copy(path, Existing::Replace)?)
    }

    /// Writes the map as it is now without its past, as a project of its own.
    ///
    /// # Errors
    /// When the file cannot be written, or is the project's own.
    pub fn save_copy_without_history(&mut self, path: &Path) -> Result<(), Problem> {
        self.refuse_own(path)?;
        self.keep_replaced(path)?;
        Ok(self
            .store
            .write_copy_without_history(path, Existing::Replace, now())?)
    }

    fn refuse_own(&self, path: &Path) -> Result<(), Problem> {
        let target = text_file::target_of(path);
        if self.store.path() == Some(target.as_path()) {
            return Err(Problem::refused(
                format!("{} is this map\u{2019}s own file.", path.display()),
                "Choose another name for the copy.",
            ));
        }
        Ok(())
    }

    /// Keeps a file that is about to be replaced; its own file is not replaced but gone on with.
    fn keep_replaced(&mut self, path: &Path) -> Result<(), Problem> {
        let target = text_file::target_of(path);
        if self.store.path() == Some(target.as_path()) || !target.is_file() {
            return Ok(());
        }
        let kept = backcast_store::keep_replaced(&self.environment.store_folder(), &target, now())?;
        self.events.push(Event::Notice(format!(
            "What stood in {} before is kept in {}.",
            file_name(&target),
            kept.display()
        )));
        Ok(())
    }

    /// Ends the work on the project. One that has no file and that nobody changed leaves nothing behind; whatever
    /// else there is stays on this computer.
    pub fn leave(self) {
        let untouched = self.store.path().is_none()
            && self.store.undo_label().is_none()
            && self.store.redo_label().is_none();
        // What cannot be taken away now is only offered once more.
        drop(if untouched {
            self.store.discard()
        } else {
            self.store.close()
        });
    }

    /// Puts the file that was opened first in the list of recent ones, once. This waits for the disk, which nobody who
    /// wants to see the map should have to.
    pub fn remember_opening(&mut self) {
        if let Some(path) = self.opened.take() {
            self.remember_as(&path);
        }
    }

    /// Puts the project's file first in the list of recent ones.
    fn remember(&mut self) {
        self.opened = None;
        if let Some(path) = self.store.path() {
            self.remember_as(path);
        }
    }

    /// That the list cannot be written is no reason to stop working.
    fn remember_as(&self, path: &Path) {
        let title = &self.store.project().map.properties.title;
        drop(recent::remember(
            self.environment.data_folder(),
            path,
            title,
            now().to_string(),
        ));
    }
}

/// Who came in with what, each once.
fn taken_in<'a>(
    news: impl Iterator<Item = &'a HistoryEntry>,
    rows: Vec<(backcast_model::Entity, backcast_model::Id)>,
) -> TakenIn {
    let (mut authors, mut steps) = (Vec::new(), Vec::new());
    for entry in news {
        if !authors.contains(&entry.author) {
            authors.push(entry.author.clone());
        }
        steps.push(entry.change.label.clone());
    }
    TakenIn {
        authors,
        steps,
        rows,
        at: now(),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// A notice of the store in the planner's words.
pub(crate) fn sentence(notice: &Notice) -> String {
    match notice {
        Notice::ChangedUnderneath { kept: None } => {
            "Somebody else changed this file while you had edits that were not in it; both are here now.".to_owned()
        }
        Notice::ChangedUnderneath { kept: Some(path) } => format!(
            "Somebody else replaced this file while you had edits that were not in it. Your edits are kept in {}.",
            path.display()
        ),
        Notice::WorkingCopyDamaged { reason, kept, saved } => {
            let outcome = match saved {
                Salvaged::All => "it was put together again from its history, and every step is here",
                Salvaged::History => "it was put together again from its history, which may lack the last steps",
                Salvaged::Nothing => "the file was read again, and edits that were not in it are only in the damaged copy",
            };
            format!(
                "What was kept of this file on this computer was damaged ({reason}): {outcome}. The damaged copy is kept in {}.",
                kept.display()
            )
        }
        Notice::WentOnTwice => {
            "One copy of this project had gone on in two places, as a restored backup or a cloned computer does; the steps of both are here now.".to_owned()
        }
        Notice::NoBackup { reason } => format!("The file is saved, but no backup of it could be made: {reason}"),
        Notice::NotSynced { reason } => format!(
            "The file is saved, but whether a power cut would leave it so is uncertain ({reason}). See that its drive is well; what is here is kept on this computer, too."
        ),
        Notice::EditsFound { path, changes } => format!(
            "{} made while this file was at {} never got into it; now they are here and are about to be saved.",
            steps(*changes),
            path.display()
        ),
        Notice::WouldBeDropped { what } => format!(
            "A newer Backcast keeps more in this file than this one knows ({}). Saved under another name from here, the copy would lack that.",
            what.join(", ")
        ),
        Notice::EditsElsewhere(copy) => {
            let place = copy.path.as_deref().unwrap_or(Path::new("another place"));
            format!(
                "{} made to this project at {} are in no file. They are kept on this computer: open them from the list of recent maps.",
                steps(copy.changes),
                place.display()
            )
        }
        Notice::OpenElsewhere => {
            "This file is open in another window or program as well; what is changed there is taken in here.".to_owned()
        }
    }
}

fn steps(count: u64) -> String {
    match count {
        0 => "Edits".to_owned(),
        1 => "One edit".to_owned(),
        count => format!("{count} edits"),
    }
}
