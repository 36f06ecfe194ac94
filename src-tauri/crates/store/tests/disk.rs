//! Harness for what happens to files while they are open: deleted, moved, replaced, out of reach,
//! not to be written; a disk that is full; a clock that is set back. Whatever it is, the edits stay,
//! what is not ours is left alone, the status says what is, and it ends well when the trouble ends.
//! Each trouble is also met by a careless program, which must be found out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use backcast_store::{Existing, FileState, Store, StoreError, read};
use jiff::Timestamp;
use support::{Desk, at, edit, name, name_of, published, write_new_sample};

/// How a program writes a project's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    /// The one that is tested.
    Ours,
    /// One that writes whatever stands there.
    Careless,
}

impl Program {
    fn publish(self, store: &mut Store, now: Timestamp) -> Result<(), StoreError> {
        match self {
            Self::Ours => store.publish(now),
            Self::Careless => {
                let path = store.path().unwrap().to_owned();
                store.write_copy(&path, Existing::Replace)
            }
        }
    }
}

/// What happens to the file while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Deleted,
    Moved,
    FolderGone,
    LoopOfLinks,
    Emptied,
    Text,
    OtherProject,
    Damaged,
    ColleaguesCopy,
    SameAgain,
}

const TROUBLES: [Trouble; 10] = [
    Trouble::Deleted,
    Trouble::Moved,
    Trouble::FolderGone,
    Trouble::LoopOfLinks,
    Trouble::Emptied,
    Trouble::Text,
    Trouble::OtherProject,
    Trouble::Damaged,
    Trouble::ColleaguesCopy,
    Trouble::SameAgain,
];

impl Trouble {
    fn happen(self, desk: &Desk, path: &Path) {
        match self {
            Self::Deleted => fs::remove_file(path).unwrap(),
            Self::Moved => fs::rename(path, path.with_extension("moved")).unwrap(),
            Self::FolderGone => {
                fs::rename(path.parent().unwrap(), desk.path("elsewhere")).unwrap();
            }
            Self::LoopOfLinks => {
                fs::remove_file(path).unwrap();
                #[cfg(unix)]
                std::os::unix::fs::symlink(path, path).unwrap();
            }
            Self::Emptied => fs::write(path, "").unwrap(),
            Self::Text => fs::write(path, "not a project").unwrap(),
            Self::OtherProject => write_new_sample(path, "project-2", Existing::Replace),
            Self::Damaged => {
                let mut bytes = fs::read(path).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle..].fill(0);
                fs::write(path, bytes).unwrap();
            }
            Self::ColleaguesCopy => {
                let mut bob = Store::open(&desk.computer("Bob"), path, at(3)).unwrap();
                edit(&mut bob, "Rename shop", 4, &name("shop", "Bob's shop"));
                bob.publish(at(5)).unwrap();
            }
            Self::SameAgain => {
                let bytes = fs::read(path).unwrap();
                fs::remove_file(path).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
    }

    /// What is to be told of the file after it.
    fn told(self, state: &FileState) -> bool {
        match self {
            Self::Deleted | Self::Moved | Self::FolderGone => *state == FileState::Gone,
            Self::LoopOfLinks => matches!(state, FileState::Unreachable { .. }),
            Self::Emptied => matches!(
                state,
                FileState::Unreachable { .. } | FileState::Replaced { .. }
            ),
            Self::Text | Self::OtherProject | Self::Damaged => {
                matches!(state, FileState::Replaced { .. })
            }
            Self::ColleaguesCopy => *state == FileState::Changed,
            Self::SameAgain => *state == FileState::AsPublished,
        }
    }

    /// Whether the file's name belongs to somebody else now.
    const fn is_somebody_elses(self) -> bool {
        matches!(
            self,
            Self::Emptied | Self::Text | Self::OtherProject | Self::Damaged
        )
    }

    fn end(self, desk: &Desk, path: &Path) {
        match self {
            Self::FolderGone => {
                fs::rename(desk.path("elsewhere"), path.parent().unwrap()).unwrap();
            }
            Self::LoopOfLinks => fs::remove_file(path).unwrap(),
            _ if self.is_somebody_elses() => fs::remove_file(path).unwrap(),
            _ => {}
        }
    }
}

fn fails(reason: impl Into<String>) -> Result<(), String> {
    Err(reason.into())
}

/// One trouble, met by a program; `edited`: whether there is something to publish.
fn meets(trouble: Trouble, program: Program, edited: bool) -> Result<(), String> {
    let desk = Desk::new();
    fs::create_dir(desk.path("drive")).unwrap();
    let path = desk.path("drive").join("plan.backcast");
    let (mut store, _) = published(&desk);
    store
        .publish_as(&path, Existing::Refuse, at(2))
        .map_err(|error| error.to_string())?;
    if store.file_state() != FileState::AsPublished || !store.is_published() {
        return fails("it was not saved to begin with");
    }
    trouble.happen(&desk, &path);
    if !trouble.told(&store.file_state()) {
        return fails(format!("it was told to be {:?}", store.file_state()));
    }
    if edited {
        edit(&mut store, "Rename TV", 6, &name("tv", "Television"));
    }
    let there = fs::read(&path).ok();
    let ours = store.project().clone();
    let outcome = program.publish(&mut store, at(7));
    if trouble.is_somebody_elses() && fs::read(&path).ok() != there {
        return fails("what was somebody else's was written over");
    }
    if let Err(StoreError::Replaced { kept, .. }) = &outcome
        && read(kept).map_err(|error| error.to_string())? != ours
    {
        return fails("what was kept aside is not what was here");
    }
    let is_saved = store.is_published() && store.file_state() == FileState::AsPublished;
    if program == Program::Ours && outcome.is_ok() != is_saved {
        return fails(format!("{outcome:?} was said of {:?}", store.file_state()));
    }
    trouble.end(&desk, &path);
    program
        .publish(&mut store, at(8))
        .map_err(|error| error.to_string())?;
    let file = read(&path).map_err(|error| error.to_string())?;
    let wanted = if edited { "Television" } else { "TV spot" };
    if name_of(&file.map, "tv") != wanted || file != *store.project() {
        return fails("the edit is not in the file in the end");
    }
    if trouble == Trouble::ColleaguesCopy && name_of(&file.map, "shop") != "Bob's shop" {
        return fails("what the colleague did was lost");
    }
    Ok(())
}

/// `make soak` asks for more.
fn rounds() -> usize {
    std::env::var("BACKCAST_TROUBLES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
}

#[test]
fn whatever_becomes_of_the_file_the_status_is_true_and_the_edits_stay() {
    for trouble in TROUBLES {
        for _ in 0..rounds() {
            for edited in [true, false] {
                if let Err(reason) = meets(trouble, Program::Ours, edited) {
                    panic!("{trouble:?}, edited: {edited}: {reason}");
                }
            }
        }
    }
}

/// It is found out by what it did, and not by what it said.
#[test]
fn control_a_program_that_writes_without_looking_is_found_out() {
    for trouble in TROUBLES {
        let harm = match trouble {
            Trouble::ColleaguesCopy => "what the colleague did was lost",
            trouble if trouble.is_somebody_elses() => "was written over",
            _ => continue,
        };
        let reason = meets(trouble, Program::Careless, true).unwrap_err();
        assert!(reason.contains(harm), "{trouble:?}: {reason}");
    }
}

#[test]
fn what_cannot_be_published_is_kept_aside_once() {
    let desk = Desk::new();
    let (mut store, path) = published(&desk);
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    fs::write(&path, "not a project").unwrap();
    let kept = |store: &mut Store, second| match store.publish(at(second)) {
        Err(StoreError::Replaced { kept, .. }) => kept,
        other => panic!("{other:?}"),
    };
    let first: PathBuf = kept(&mut store, 3);
    assert_eq!(kept(&mut store, 100), first, "an app tries again and again");
    edit(&mut store, "Rename TV", 200, &name("tv", "Telly"));
    assert_ne!(kept(&mut store, 300), first);
}
