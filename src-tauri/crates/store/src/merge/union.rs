//! The union of two change logs, and rule 6: two branches under one name.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::fingerprint::hex;
use crate::log::{Actor, Change, Heads, Stamp, Vector, chain, genesis};
use crate::version::Version;

/// A change log with everything that goes with it.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    pub(crate) project: String,
    /// The map's title, to speak of it.
    pub(crate) title: String,
    pub(crate) authors: BTreeMap<Actor, String>,
    pub(crate) changes: Vec<Change>,
    pub(crate) versions: Vec<Version>,
}

/// What became one.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) log: Log,
    pub(crate) heads: Heads,
    /// Names of ours that went on under another: the old one and the new one, in the order in which that happened.
    pub(crate) renamed: Vec<(Actor, Actor)>,
    /// Whether an actor had gone on in two places.
    pub(crate) forked: bool,
}

/// Two logs as one. The log does not depend on which is called ours.
///
/// # Errors
/// When one of them is not a log.
pub(crate) fn unite(mut ours: Log, mut theirs: Log) -> Result<Union, StoreError> {
    let mut renamed = Vec::new();
    let mut forked = false;
    while let Some(fork) = first_fork(&ours, &theirs) {
        forked = true;
        if fork.ours_goes {
            renamed.extend(rename_branch(&mut ours, &fork.stamp));
        } else {
            rename_branch(&mut theirs, &fork.stamp);
        }
    }
    let mut changes: BTreeMap<Stamp, Change> = ours
        .changes
        .into_iter()
        .map(|change| (change.stamp.clone(), change))
        .collect();
    changes.extend(
        theirs
            .changes
            .into_iter()
            .map(|change| (change.stamp.clone(), change)),
    );
    ours.authors.extend(theirs.authors);
    let mut heads = Heads::new(&ours.project);
    for (actor, author) in &ours.authors {
        heads.introduce(actor, author);
    }
    for change in changes.values() {
        heads
            .append(change)
            .map_err(|reason| StoreError::Unmergeable { reason })?;
    }
    let versions = unite_versions(ours.versions, theirs.versions);
    let changes = changes.into_values().collect();
    let log = Log {
        project: ours.project,
        title: ours.title,
        authors: ours.authors,
        changes,
        versions,
    };
    Ok(Union {
        log,
        heads,
        renamed,
        forked,
    })
}

/// Of two versions with one id the later wins; they differ only when somebody renamed one.
fn unite_versions(ours: Vec<Version>, theirs: Vec<Version>) -> Vec<Version> {
    let mut versions: BTreeMap<String, Version> = BTreeMap::new();
    for version in ours.into_iter().chain(theirs) {
        let known = versions.get(&version.id);
        if known.is_none_or(|known| (known.at, &known.name) < (version.at, &version.name)) {
            versions.insert(version.id.clone(), version);
        }
    }
    versions.into_values().collect()
}

/// The first number under which an actor has two different changes.
struct Fork {
    stamp: Stamp,
    /// Whether our branch is the one that gets another name. Everybody decides alike.
    ours_goes: bool,
}

fn first_fork(ours: &Log, theirs: &Log) -> Option<Fork> {
    let known: BTreeMap<_, _> = ours
        .changes
        .iter()
        .map(|change| (&change.stamp, change.hash))
        .collect();
    let mut theirs: Vec<_> = theirs.changes.iter().collect();
    theirs.sort_by(|one, other| one.stamp.cmp(&other.stamp));
    theirs.into_iter().find_map(|change| {
        let hash = known.get(&change.stamp)?;
        (*hash != change.hash).then(|| Fork {
            stamp: change.stamp.clone(),
            ours_goes: *hash > change.hash,
        })
    })
}

/// Gives the branch that begins with `first` the name of a new actor, made from the branch itself, so that every copy
/// gives it the same; and to what others built on it, a name made from that. Tells who got which. O(n log n).
fn rename_branch(log: &mut Log, first: &Stamp) -> Vec<(Actor, Actor)> {
    let branch = Branch::of(log, first);
    log.changes
        .sort_by(|one, other| one.stamp.cmp(&other.stamp));
    let mut seen = Vector::default();
    let mut previous = None;
    for change in &mut log.changes {
        let Stamp { actor, seq } = change.stamp.clone();
        let Some(twig) = branch.twigs.get(&actor) else {
            continue;
        };
        if seq == 1 {
            seen = Vector::default();
        }
        if seq < twig.first {
            seen.join(&change.seen);
            seen.advance(&actor, seq);
            continue;
        }
        change.seen = branch.in_vector(&change.seen);
        if seq == twig.first {
            change.seen.join(&seen);
            let author = log.authors.get(&actor).cloned().unwrap_or_default();
            previous = Some(genesis(&log.project, &twig.name, &author));
            log.authors.insert(twig.name.clone(), author);
        }
        change.stamp = branch.in_stamp(&change.stamp);
        change.reverts = change.reverts.as_ref().map(|stamp| branch.in_stamp(stamp));
        change.hash = chain(&previous.unwrap_or_default(), change);
        previous = Some(change.hash);
    }
    for version in &mut log.versions {
        version.vector = branch.in_vector(&version.vector);
    }
    let renamed = branch.twigs.into_iter();
    renamed.map(|(old, twig)| (old, twig.name)).collect()
}

/// A branch that gets other names: one twig for each actor who has part in it.
struct Branch {
    twigs: BTreeMap<Actor, Twig>,
}

/// The changes of one actor from a number on.
struct Twig {
    first: u64,
    name: Actor,
}

impl Branch {
    /// The changes of an actor from `first` on, and those of others that had seen one of them.
    fn of(log: &Log, first: &Stamp) -> Self {
        let mut ordered: Vec<_> = log.changes.iter().collect();
        ordered.sort_by_key(|change| (change.lamport, &change.stamp));
        let mut branch = Self {
            twigs: BTreeMap::new(),
        };
        for change in ordered {
            let Stamp { actor, seq } = &change.stamp;
            let begins = change.stamp == *first
                || change
                    .seen
                    .iter()
                    .any(|(other, seq)| branch.holds(other, seq));
            if begins && !branch.twigs.contains_key(actor) {
                let digest: [u8; 32] = Sha256::new()
                    .chain_update(b"backcast branch")
                    .chain_update(change.hash)
                    .finalize()
                    .into();
                let twig = Twig {
                    first: *seq,
                    name: Actor::from_text(&hex(&digest[..8])),
                };
                branch.twigs.insert(actor.clone(), twig);
            }
        }
        branch
    }

    fn holds(&self, actor: &Actor, seq: u64) -> bool {
        self.twigs.get(actor).is_some_and(|twig| seq >= twig.first)
    }

    /// The change that a name stands for, under its new name.
    fn in_stamp(&self, stamp: &Stamp) -> Stamp {
        match self.twigs.get(&stamp.actor) {
            Some(twig) if stamp.seq >= twig.first => Stamp {
                actor: twig.name.clone(),
                seq: stamp.seq - twig.first + 1,
            },
            _ => stamp.clone(),
        }
    }

    /// The same set of changes under their new names.
    fn in_vector(&self, vector: &Vector) -> Vector {
        let mut renamed = Vector::default();
        for (actor, seq) in vector.iter() {
            match self.twigs.get(actor) {
                Some(twig) if seq >= twig.first => {
                    if twig.first > 1 {
                        renamed.advance(actor, twig.first - 1);
                    }
                    renamed.advance(&twig.name, seq - twig.first + 1);
                }
                _ => renamed.advance(actor, seq),
            }
        }
        renamed
    }
}
