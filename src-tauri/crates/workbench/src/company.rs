//! Who else is at the file: people who have it open, and copies of it that a folder-sync program left beside it.
//! Refuses to block anybody: it only tells.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use backcast_store::{ProjectFile, Store};

pub use backcast_store::Presence;

use crate::environment::{local_time, now};
use crate::event::Event;
use crate::past::Point;
use crate::problem::Problem;
use crate::workbench::Workbench;

/// A copy of the project beside its file that holds something the project lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Its name, which is its handle.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// When it was written, as the file system says.
    modified: Option<SystemTime>,
}

/// Who else is at the file, and which copies of it wait to be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Company {
    /// Who else has the file open, by name.
    pub others: Vec<Presence>,
    /// Copies that hold something the project lacks.
    pub copies: Vec<Copy>,
}

/// What a merge came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// How many steps came in.
    pub steps: usize,
    /// How many places are contested now.
    pub conflicts: usize,
    /// The name of the file that was taken in.
    pub file: String,
}

impl Workbench {
    /// Who else is at the file, as it was seen last.
    #[must_use]
    pub fn company(&self) -> Company {
        Company {
            others: self.others.clone(),
            copies: self.copies.clone(),
        }
    }

    /// Tells others that the file is open here, and looks for them and for copies beside the file. To be called when a
    /// project opens, and every minute. Reads files whose names begin like the project's own.
    pub fn look_around(&mut self) {
        if self.store.path().is_none() {
            return;
        }
        let before = self.company();
        self.others = self.store.meet_others(now());
        let (news, known) = copies_by_news(&self.store, &self.copies_done);
        self.copies = news;
        // What a copy holds now stays known; it is read again only once somebody has written it.
        self.copies_done.extend(known);
        if self.company() != before {
            self.events.push(Event::Company(self.company()));
        }
    }

    /// Takes the content of another copy of this project in: the one that was chosen last, or one beside the file.
    ///
    /// # Errors
    /// When it cannot be read, is no copy of this project, or this one may only be looked at; nothing has changed then.
    pub fn merge_with(&mut self, point: &Point) -> Result<Merged, Problem> {
        let path = self.file_of(point)?;
        crate::visit::needs_history(&path)?;
        let before = self.store.vector();
        self.take_in_file(&path)?;
        let steps = self.store.history()?;
        let news = steps
            .iter()
            .filter(|entry| !before.contains(&entry.change.stamp));
        let merged = Merged {
            steps: news.count(),
            conflicts: self.store.conflicts().len(),
            file: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        };
        self.set_aside(&path);
        Ok(merged)
    }

    /// Offers a copy beside the file no longer, until it is written again.
    ///
    /// # Errors
    /// When it is not offered.
    pub fn leave_copy(&mut self, name: &str) -> Result<(), Problem> {
        let path = self.file_of(&Point::Copy(name.to_owned()))?;
        self.set_aside(&path);
        Ok(())
    }

    fn set_aside(&mut self, path: &std::path::Path) {
        let (done, left) = std::mem::take(&mut self.copies)
            .into_iter()
            .partition(|copy| copy.path == path);
        self.copies = left;
        self.copies_done.extend::<Vec<Copy>>(done);
        self.events.push(Event::Company(self.company()));
    }
}

/// Copies beside a project's file, without those that are `done` with: first those that hold something the project
/// lacks, then the others.
fn copies_by_news(store: &Store, done: &[Copy]) -> (Vec<Copy>, Vec<Copy>) {
    let copies: Vec<Copy> = store
        .conflicted_copies()
        .into_iter()
        .map(|path| Copy {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            modified: path.metadata().and_then(|facts| facts.modified()).ok(),
            path,
        })
        .filter(|copy| !done.contains(copy))
        .collect();
    if copies.is_empty() {
        return (copies, Vec::new());
    }
    let ours = store.history().unwrap_or_default();
    let ours: BTreeMap<_, _> = ours
        .iter()
        .map(|entry| (&entry.change.stamp, &entry.change))
        .collect();
    let has_news = |copy: &Copy| {
        let Ok(file) = ProjectFile::read(&copy.path) else {
            return false;
        };
        file.altered().is_none()
            && file
                .history()
                .iter()
                .any(|entry| ours.get(&entry.change.stamp) != Some(&&entry.change))
    };
    copies.into_iter().partition(has_news)
}

/// What somebody who visits a project is told of others, each a sentence.
pub(crate) fn notes_on_company(store: &mut Store) -> Vec<String> {
    let others = store.meet_others(now());
    let others = others.iter().map(|other| {
        let who = match other.author.as_str() {
            "" => "Somebody",
            author => author,
        };
        let since = local_time(other.since);
        format!("{who} has this file open since {since}; what you change is taken in there.")
    });
    let copies = copies_by_news(store, &[]).0;
    let copies = copies.iter().map(|copy| {
        format!(
            "{} lies beside this file and holds work that is not in it; \u{201c}backcast merge\u{201d} takes it in.",
            copy.path.display()
        )
    });
    others.chain(copies).collect()
}
