//! The planner's documents, built from a map and what the assessment says of it. A document is a pure function of
//! these and the day it is made on: the same input gives the same words.
//!
//! Refuses to invent: what a map does not say is left out, or said to be "not stated" where a reader would look for it.

mod blueprint;
mod briefs;
mod evidence;
mod framework;
mod gaps;
mod pictures;
mod reading;
mod template;
mod ways;
pub(crate) mod words;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use backcast_model::Id;
use backcast_render::StandIns;
use backcast_render::document::{Block, Document, Text};

use crate::snapshot::Snapshot;
pub(crate) use template::{Target, render};

use pictures::Pictures;
use reading::Reading;

/// A document that planners hand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// What is said to whom in which stage, and how people get to where they should end up.
    Framework,
    /// What every asset costs to make and to run, who looks after it and when it is live.
    Blueprint,
    /// One page for each touchpoint.
    Briefs,
    /// The communication gaps, stage by stage.
    Gaps,
}

impl DocumentKind {
    /// Every document.
    pub const ALL: [Self; 4] = [Self::Framework, Self::Blueprint, Self::Briefs, Self::Gaps];

    /// Its name in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Blueprint => "blueprint",
            Self::Briefs => "briefs",
            Self::Gaps => "gaps",
        }
    }

    /// What planners call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Framework => "Comms framework",
            Self::Blueprint => "Blueprint",
            Self::Briefs => "Tactical briefs",
            Self::Gaps => "Gap report",
        }
    }

    /// What is in it, in one line.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Framework => {
                "Audiences, what each stage says and asks for, and how people get to the destination"
            }
            Self::Blueprint => {
                "Media and production budget of every asset, per stage and channel, owners, calendar"
            }
            Self::Briefs => "One brief per touchpoint, on its own and in its place on the map",
            Self::Gaps => "Every communication gap with its reason, its evidence and what mends it",
        }
    }
}

/// Whoever waits for the work has lost interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

/// How far the work has come, 0 to 1; the answer says whether to go on.
pub type Progress<'a> = &'a dyn Fn(f64) -> ControlFlow<()>;

/// What a document is built with.
pub(crate) struct Builder<'a> {
    pub(crate) reading: Reading<'a>,
    pub(crate) pictures: Pictures<'a>,
    progress: Progress<'a>,
}

impl Builder<'_> {
    /// Tells how far the work has come.
    pub(crate) fn step(&self, done: usize, all: usize) -> Result<(), Stopped> {
        let share = done as f64 / all.max(1) as f64;
        match (self.progress)(share) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped),
        }
    }
}

/// A document about a map, or about the touchpoints of a part of it.
///
/// # Errors
/// When whoever waits has lost interest.
pub(crate) fn build(
    snapshot: &Snapshot,
    kind: DocumentKind,
    scope: Option<&BTreeSet<Id>>,
    progress: Progress<'_>,
) -> Result<Document, Stopped> {
    let builder = Builder {
        reading: Reading::of(&snapshot.assessment, scope),
        pictures: Pictures::of(snapshot),
        progress,
    };
    builder.step(0, 1)?;
    let blocks = match kind {
        DocumentKind::Framework => framework::blocks(&builder),
        DocumentKind::Blueprint => blueprint::blocks(&builder),
        DocumentKind::Briefs => briefs::blocks(&builder)?,
        DocumentKind::Gaps => gaps::blocks(&builder)?,
    };
    Ok(Document {
        title: words::said(Some(&snapshot.map().properties.title)),
        kind: kind.name().to_owned(),
        date: words::day(snapshot.today),
        blocks,
        logo: None,
        stand_ins: StandIns::default(),
    })
}

/// Names and what they stand for, without those that stand for nothing.
fn facts<const N: usize>(all: [(&str, String); N]) -> Vec<Block> {
    let told: Vec<(String, Text)> = all
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| {
            let text = if text == "not stated" {
                Text::default().and_soft(&text)
            } else {
                Text::with_addresses(&text)
            };
            (name.to_owned(), text)
        })
        .collect();
    if told.is_empty() {
        Vec::new()
    } else {
        vec![Block::Facts(told)]
    }
}
