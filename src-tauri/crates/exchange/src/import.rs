//! What every reader hands back: a map, where each of its rows came from, and notes on what could not be carried over.
//! Refuses to change a map: `reconcile` works out how an open map takes this in, and somebody looks at that first.

use std::collections::{BTreeMap, BTreeSet};

use backcast_model::{Entity, Id, Map};

use crate::json;

/// Something that did not come along, or came along as a guess, and where it stood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The place in what was read (`sheet “Media”, cell C7`, `line 12`); empty for the whole of it.
    pub place: String,
    /// One sentence without a full stop.
    pub text: String,
}

impl Note {
    pub(crate) fn new(place: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            text: text.into(),
        }
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.place.is_empty() {
            return formatter.write_str(&self.text);
        }
        write!(formatter, "{}: {}", self.place, self.text)
    }
}

/// How a row came by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The id stood in what was read.
    Given,
    /// The row stood there without an id; it is known by its name.
    Named,
    /// The row was only referred to, by an id or a name.
    Mentioned,
}

/// Where a row came from and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its place in what was read.
    pub place: String,
    /// How it came by its id.
    pub origin: Origin,
    /// The fields that what was read speaks of; others keep what an open map has in them. An absent value of such a
    /// field means that it is to be empty.
    pub fields: BTreeSet<String>,
}

/// What a reader made of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// A whole map of it.
    pub map: Map,
    /// Where its rows came from. A row without an entry was made to hold others together.
    pub sources: BTreeMap<(Entity, Id), Source>,
    /// What could not be carried over, and guesses.
    pub notes: Vec<Note>,
    /// Kinds of which rows were left out or may not be known again, so that none of the open map counts as missing.
    pub incomplete: BTreeSet<Entity>,
    /// Of a drawing with several pages, what they are called and which of them was read.
    pub pages: Option<Pages>,
}

/// The pages of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// What they are called, in order.
    pub names: Vec<String>,
    /// Which was read, counted from 0.
    pub read: usize,
}

impl Imported {
    /// A map that was read whole, every field of it.
    #[must_use]
    pub fn whole(map: Map) -> Self {
        let known = |(entity, id, _, fields): (Entity, Id, _, backcast_model::Fields)| {
            let known = backcast_model::edit::known_fields(entity)
                .iter()
                .map(|field| field.name.to_owned());
            let fields = known.chain(fields.keys().cloned()).collect();
            (
                (entity, id),
                Source {
                    place: String::new(),
                    origin: Origin::Given,
                    fields,
                },
            )
        };
        let sources = map.rows().map(known).collect();
        Self {
            map,
            sources,
            notes: Vec::new(),
            incomplete: BTreeSet::new(),
            pages: None,
        }
    }
}

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is our text form, with a fault.
    #[error(transparent)]
    Json(#[from] json::ReadError),
    /// Places that cannot be understood; the first fifty of them.
    #[error("{}", listed(.0))]
    Places(Vec<Note>),
}

impl ImportError {
    /// A reason that is about all of it.
    pub(crate) fn whole(reason: impl Into<String>) -> Self {
        Self::Places(vec![Note::new("", reason)])
    }

    /// A reason with its place.
    pub(crate) fn at(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Places(vec![Note::new(place, reason)])
    }
}

/// The most refusals that are listed: whoever has more has one cause to mend first.
pub(crate) const MOST_REFUSALS: usize = 50;

fn listed(notes: &[Note]) -> String {
    let lines: Vec<String> = notes.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// A number with its noun: `1 touchpoint`, `2 touchpoints`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
