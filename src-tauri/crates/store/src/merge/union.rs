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

/// Two logs as one. The answer does not depend on which is called ours.
///
/// # Errors
/// When a branch would have to be renamed that others have built on.
pub(crate) fn unite(mut ours: Log, mut theirs: Log) -> Result<(Log, Heads), StoreError> {
    while let Some(fork) = first_fork(&ours, &theirs) {
        let side = if fork.ours_goes {
            &mut ours
        } else {
            &mut theirs
        };
        rename_branch(side, &fork.stamp)?;
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
    Ok((
        Log {
            project: ours.project,
            title: ours.title,
            authors: ours.authors,
            changes,
            versions,
        },
        heads,
    ))
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

/// Gives the branch that begins with `first` the name of a new actor, made from the branch itself,
/// so that every copy gives it the same.
fn rename_branch(log: &mut Log, first: &Stamp) -> Result<(), StoreError> {
    let old = &first.actor;
    let built_on =
        |change: &&Change| change.stamp.actor != *old && change.seen.get(old) >= first.seq;
    if let Some(change) = log.changes.iter().find(built_on) {
        let author = log
            .authors
            .get(&change.stamp.actor)
            .cloned()
            .unwrap_or_default();
        let reason = format!(
            "one working copy went on in two places (a restored backup, or a cloned computer), and {author} built on one of them"
        );
        return Err(StoreError::Unmergeable { reason });
    }
    log.changes
        .sort_by(|one, other| one.stamp.cmp(&other.stamp));
    let mut seen = Vector::default();
    for change in log
        .changes
        .iter()
        .filter(|change| change.stamp.actor == *old && change.stamp.seq < first.seq)
    {
        seen.join(&change.seen);
        seen.advance(old, change.stamp.seq);
    }
    let hash = log
        .changes
        .iter()
        .find(|change| change.stamp == *first)
        .map_or([0; 32], |change| change.hash);
    let digest: [u8; 32] = Sha256::new()
        .chain_update(b"backcast branch")
        .chain_update(hash)
        .finalize()
        .into();
    let new = Actor::from_text(&hex(&digest[..8]));
    let author = log.authors.get(old).cloned().unwrap_or_default();
    let renamed = |stamp: &Stamp| match stamp.actor == *old && stamp.seq >= first.seq {
        true => Stamp {
            actor: new.clone(),
            seq: stamp.seq - first.seq + 1,
        },
        false => stamp.clone(),
    };
    let mut previous = genesis(&log.project, &new, &author);
    for change in log
        .changes
        .iter_mut()
        .filter(|change| change.stamp.actor == *old && change.stamp.seq >= first.seq)
    {
        if change.stamp == *first {
            change.seen.join(&seen);
        }
        change.stamp = renamed(&change.stamp);
        change.reverts = change.reverts.as_ref().map(renamed);
        change.hash = chain(&previous, change);
        previous = change.hash;
    }
    for version in &mut log.versions {
        let last = version.vector.get(old);
        if last >= first.seq {
            let rest = version.vector.iter().filter(|(actor, _)| *actor != old);
            let mut vector: Vector = rest.map(|(actor, seq)| (actor.clone(), seq)).collect();
            if first.seq > 1 {
                vector.advance(old, first.seq - 1);
            }
            vector.advance(&new, last - first.seq + 1);
            version.vector = vector;
        }
    }
    log.authors.insert(new, author);
    Ok(())
}
