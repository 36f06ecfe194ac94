//! A disk as the standards promise it, and no better: of a file what was synced is there, and of
//! what was written since any sectors, in any order, some torn; of a folder the names that were
//! there when it was synced, and of what was done to them since anything. Nothing of what lies in a
//! folder is there when the folder's own name is not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Random;
use super::recording::Event;

/// What a disk writes whole.
const SECTOR: usize = 512;

/// A change to a file that is not synced.
#[derive(Debug, Clone)]
enum Pending {
    Write { offset: usize, data: Vec<u8> },
    Cut(usize),
}

/// A file's content, by whatever name.
#[derive(Debug, Clone, Default)]
struct Content {
    synced: Vec<u8>,
    pending: Vec<Pending>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

/// A change to the names in a folder that is not synced.
#[derive(Debug, Clone)]
struct NameChange {
    folder: PathBuf,
    gone: Option<PathBuf>,
    there: Option<(PathBuf, Node)>,
}

/// How much of what was not synced is left after a cut.
#[derive(Debug, Clone, Copy)]
enum Luck {
    Nothing,
    Everything,
    SomeSectors,
    LaterWrites,
    WholeWrites,
}

/// The disk while a recording is played.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    contents: Vec<Content>,
    now: BTreeMap<PathBuf, Node>,
    synced: BTreeMap<PathBuf, Node>,
    pending: Vec<NameChange>,
}

impl Disk {
    /// What lies in a folder, all of it safe.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        disk.load(folder);
        disk.synced = disk.now.clone();
        disk
    }

    fn load(&mut self, path: &Path) {
        if path.is_dir() {
            self.now.insert(path.to_owned(), Node::Folder);
            for entry in fs::read_dir(path).unwrap() {
                self.load(&entry.unwrap().path());
            }
        } else {
            let file = self.new_file();
            self.contents[file].synced = fs::read(path).unwrap();
            self.now.insert(path.to_owned(), Node::File(file));
        }
    }

    fn new_file(&mut self) -> usize {
        self.contents.push(Content::default());
        self.contents.len() - 1
    }

    /// Takes the next event in.
    pub(crate) fn play(&mut self, event: &Event) {
        match event {
            Event::Created(path) => {
                let node = Node::File(self.new_file());
                self.rename(None, Some((path.clone(), node)));
            }
            Event::FolderMade(path) => self.rename(None, Some((path.clone(), Node::Folder))),
            Event::Removed(path) => self.rename(Some(path.clone()), None),
            Event::Renamed { from, to } => {
                let node = self.now[from];
                self.rename(Some(from.clone()), Some((to.clone(), node)));
            }
            Event::Written { path, offset, data } => {
                let (offset, data) = (*offset, data.clone());
                self.file(path)
                    .pending
                    .push(Pending::Write { offset, data });
            }
            Event::Cut { path, length } => self.file(path).pending.push(Pending::Cut(*length)),
            Event::Synced(path) => match self.now.get(path) {
                Some(Node::File(file)) => {
                    let content = &mut self.contents[*file];
                    for change in std::mem::take(&mut content.pending) {
                        change.apply(&mut content.synced);
                    }
                }
                Some(Node::Folder) => {
                    let (here, elsewhere) = std::mem::take(&mut self.pending)
                        .into_iter()
                        .partition(|change| change.folder == *path);
                    self.pending = elsewhere;
                    let here: Vec<NameChange> = here;
                    here.iter()
                        .for_each(|change| change.apply(&mut self.synced));
                }
                // A file that was removed while it was open.
                None => {}
            },
        }
    }

    fn file(&mut self, path: &Path) -> &mut Content {
        match self.now.get(path) {
            Some(Node::File(file)) => &mut self.contents[*file],
            other => panic!("{} is {other:?}", path.display()),
        }
    }

    fn rename(&mut self, gone: Option<PathBuf>, there: Option<(PathBuf, Node)>) {
        let path = gone.as_ref().or(there.as_ref().map(|(path, _)| path));
        let folder = path.unwrap().parent().unwrap().to_owned();
        let change = NameChange {
            folder,
            gone,
            there,
        };
        change.apply(&mut self.now);
        self.pending.push(change);
    }

    /// Puts into the folder what may be left of it when the power is cut now.
    pub(crate) fn cut(&self, folder: &Path, random: &mut Random) {
        let luck = match random.below(5) {
            0 => Luck::Nothing,
            1 => Luck::Everything,
            2 => Luck::SomeSectors,
            3 => Luck::LaterWrites,
            _ => Luck::WholeWrites,
        };
        let mut names = self.synced.clone();
        for change in &self.pending {
            let kept = match luck {
                Luck::Nothing => false,
                Luck::Everything => true,
                _ => random.below(2) == 0,
            };
            if kept {
                change.apply(&mut names);
            }
        }
        drop(fs::remove_dir_all(folder));
        // By name, so that a folder comes before what is in it.
        for (path, node) in &names {
            let parent = path.parent().unwrap();
            if path != folder && names.get(parent) != Some(&Node::Folder) {
                continue;
            }
            match node {
                Node::Folder => drop(fs::create_dir_all(path)),
                Node::File(file) if parent.is_dir() => {
                    fs::write(path, self.contents[*file].cut(luck, random)).unwrap();
                }
                Node::File(_) => {}
            }
        }
    }
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<PathBuf, Node>) {
        if let Some(path) = &self.gone {
            names.remove(path);
        }
        if let Some((path, node)) = &self.there {
            names.insert(path.clone(), *node);
        }
    }
}

impl Pending {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Cut(length) => content.resize(*length, 0),
            Self::Write { offset, data } => write(content, *offset, data),
        }
    }
}

fn write(content: &mut Vec<u8>, offset: usize, data: &[u8]) {
    let end = offset + data.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset..end].copy_from_slice(data);
}

impl Content {
    fn cut(&self, luck: Luck, random: &mut Random) -> Vec<u8> {
        let mut content = self.synced.clone();
        let first = random.below(self.pending.len() + 1);
        for (number, change) in self.pending.iter().enumerate() {
            let whole = match luck {
                Luck::Nothing => false,
                Luck::Everything => true,
                Luck::LaterWrites => number >= first,
                Luck::WholeWrites => random.below(2) == 0,
                Luck::SomeSectors => {
                    if let Pending::Write { offset, data } = change {
                        some_sectors(&mut content, *offset, data, random);
                        continue;
                    }
                    random.below(2) == 0
                }
            };
            if whole {
                change.apply(&mut content);
            }
        }
        content
    }
}

/// Some sectors of a write, one in twenty of them torn.
fn some_sectors(content: &mut Vec<u8>, offset: usize, data: &[u8], random: &mut Random) {
    let kept = 1 + random.below(3);
    let mut at = 0;
    while at < data.len() {
        let rest = SECTOR - (offset + at) % SECTOR;
        let end = (at + rest).min(data.len());
        if random.below(4) < kept {
            let torn = random.below(20) == 0;
            let until = if torn {
                at + random.below(end - at)
            } else {
                end
            };
            write(content, offset + at, &data[at..until]);
        }
        at = end;
    }
}
