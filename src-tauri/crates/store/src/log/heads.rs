//! Where a change log stands: the last change of each actor. Checks, change by change, that a log
//! is whole.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::change::{Change, ChangeKind, Hash, chain, genesis};
use super::vector::{Actor, Stamp, Vector};

/// The end of one actor's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// The person's name.
    pub(crate) author: String,
    /// The number of the last change; 0 when there is none yet.
    pub(crate) seq: u64,
    /// The hash of the last change.
    pub(crate) hash: Hash,
    /// Everything the last change had seen, and itself.
    pub(crate) seen: Vector,
}

/// The ends of all chains of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heads {
    project: String,
    heads: BTreeMap<Actor, Head>,
    lamport: u64,
    /// Place in the order and time, in milliseconds, of the last change that somebody made.
    last_work: Option<(u64, i64)>,
}

impl Heads {
    /// The heads of an empty log.
    pub(crate) fn new(project: &str) -> Self {
        Self {
            project: project.to_owned(),
            heads: BTreeMap::new(),
            lamport: 0,
            last_work: None,
        }
    }

    /// Makes an actor known. One that is known keeps its author.
    pub(crate) fn introduce(&mut self, actor: &Actor, author: &str) {
        if !self.heads.contains_key(actor) {
            let hash = genesis(&self.project, actor, author);
            let head = Head {
                author: author.to_owned(),
                seq: 0,
                hash,
                seen: Vector::default(),
            };
            self.heads.insert(actor.clone(), head);
        }
    }

    /// Takes the next change of an actor in.
    ///
    /// # Errors
    /// When it is not the next one, its hash is not the one that follows, or it claims to come
    /// before what it has seen.
    pub(crate) fn append(&mut self, change: &Change) -> Result<(), String> {
        let Stamp { actor, seq } = &change.stamp;
        let broken = |why: &str| format!("change {seq} of {actor} {why}");
        let head = self
            .heads
            .get_mut(actor)
            .ok_or_else(|| broken("is of nobody who is listed"))?;
        if *seq != head.seq + 1 {
            return Err(broken(&format!("does not follow change {}", head.seq)));
        }
        if chain(&head.hash, change) != change.hash {
            return Err(broken("does not have the content it was written with"));
        }
        head.seq = *seq;
        head.hash = change.hash;
        head.seen.join(&change.seen);
        head.seen.advance(actor, *seq);
        self.lamport = self.lamport.max(change.lamport);
        // Repairs come with uniting, whenever that is; they are nobody's work.
        if change.kind != ChangeKind::REPAIR {
            let work = (change.lamport, change.at.as_millisecond());
            self.last_work = self.last_work.max(Some(work));
        }
        Ok(())
    }

    /// The head of one actor.
    pub(crate) fn get(&self, actor: &Actor) -> Option<&Head> {
        self.heads.get(actor)
    }

    /// All heads, by actor.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Actor, &Head)> {
        self.heads.iter()
    }

    /// How many changes are in the log.
    pub(crate) fn count(&self) -> u64 {
        self.heads.values().map(|head| head.seq).sum()
    }

    /// The largest Lamport number in the log.
    pub(crate) const fn lamport(&self) -> u64 {
        self.lamport
    }

    /// When the last change was made that somebody made, by their clock. Opening and uniting are no
    /// work, so that this is the same in every copy. `None`: the log is empty.
    pub(crate) fn last_work(&self) -> Option<Timestamp> {
        let (_, at) = self.last_work?;
        Timestamp::from_millisecond(at).ok()
    }

    /// Whether a change is in the log.
    pub(crate) fn contains(&self, stamp: &Stamp) -> bool {
        self.heads
            .get(&stamp.actor)
            .is_some_and(|head| stamp.seq <= head.seq)
    }

    /// Whether a log holds all of this one: the last change of each actor is in it, with the same
    /// content. Numbers alone do not tell, because two copies may have gone on under one name.
    pub(crate) fn are_ends_in(&self, changes: &[Change]) -> bool {
        let is_end = |change: &&Change| {
            self.heads
                .get(&change.stamp.actor)
                .is_some_and(|head| head.seq == change.stamp.seq && head.hash == change.hash)
        };
        let ends = self.heads.values().filter(|head| head.seq > 0).count();
        changes.iter().filter(is_end).count() == ends
    }

    /// The whole log as a set of changes.
    pub(crate) fn vector(&self) -> Vector {
        self.heads
            .iter()
            .filter(|(_, head)| head.seq > 0)
            .map(|(actor, head)| (actor.clone(), head.seq))
            .collect()
    }

    /// What the next change of `actor` has seen that its previous one had not.
    pub(crate) fn news_for(&self, actor: &Actor) -> Vector {
        let seen = self.heads.get(actor).map(|head| &head.seen);
        self.heads
            .iter()
            .filter(|(other, head)| {
                *other != actor && head.seq > seen.map_or(0, |seen| seen.get(other))
            })
            .map(|(other, head)| (other.clone(), head.seq))
            .collect()
    }
}
