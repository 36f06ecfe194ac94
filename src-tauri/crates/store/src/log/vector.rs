//! Names of changes: the actor who made one, its number, and the set of changes that somebody has
//! seen, as one number per actor.

use std::collections::BTreeMap;
use std::fmt;

use smol_str::SmolStr;

/// Who makes changes: one working copy of one file on one computer. Random, never carried in the
/// file except in the changes themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor(SmolStr);

impl Actor {
    /// The actor of this random number.
    pub(crate) fn from_number(number: u64) -> Self {
        Self(SmolStr::new(format!("{number:016x}")))
    }

    /// The actor with this id.
    pub(crate) fn from_text(text: &str) -> Self {
        Self(SmolStr::new(text))
    }

    /// The actor's id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names one change: the actor and its number among the actor's changes, from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Who made it.
    pub actor: Actor,
    /// Its number.
    pub seq: u64,
}

/// A set of changes: of each actor all up to a number. Names a state of the project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vector(BTreeMap<Actor, u64>);

impl Vector {
    /// The number up to which an actor's changes are in; 0 for none.
    #[must_use]
    pub fn get(&self, actor: &Actor) -> u64 {
        self.0.get(actor).copied().unwrap_or(0)
    }

    /// Whether a change is in.
    #[must_use]
    pub fn contains(&self, stamp: &Stamp) -> bool {
        stamp.seq <= self.get(&stamp.actor)
    }

    /// Whether all changes of another set are in.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|(actor, seq)| self.get(actor) >= *seq)
    }

    /// Takes an actor's changes up to `seq` in.
    pub(crate) fn advance(&mut self, actor: &Actor, seq: u64) {
        if seq > self.get(actor) {
            self.0.insert(actor.clone(), seq);
        }
    }

    /// Takes another set in.
    pub(crate) fn join(&mut self, other: &Self) {
        for (actor, seq) in &other.0 {
            self.advance(actor, *seq);
        }
    }

    /// Actors and numbers, by actor.
    pub fn iter(&self) -> impl Iterator<Item = (&Actor, u64)> {
        self.0.iter().map(|(actor, seq)| (actor, *seq))
    }

    /// Whether nothing is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The set as a JSON object.
    pub(crate) fn to_text(&self) -> String {
        let numbers: serde_json::Map<_, _> = self
            .0
            .iter()
            .map(|(actor, seq)| (actor.as_str().to_owned(), (*seq).into()))
            .collect();
        serde_json::Value::Object(numbers).to_string()
    }

    /// The set that [`Self::to_text`] wrote; `None` when the text is not one.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let numbers: BTreeMap<String, u64> = serde_json::from_str(text).ok()?;
        Some(Self(
            numbers
                .into_iter()
                .map(|(actor, seq)| (Actor::from_text(&actor), seq))
                .collect(),
        ))
    }
}

impl FromIterator<(Actor, u64)> for Vector {
    fn from_iter<I: IntoIterator<Item = (Actor, u64)>>(numbers: I) -> Self {
        Self(numbers.into_iter().collect())
    }
}
