//! Small pictures for documents: a part of the map as it stands, closed up.

use std::collections::BTreeSet;
use std::sync::Arc;

use backcast_analysis::Gap;
use backcast_model::{Id, Touchpoint};
use backcast_render::document::Figure;
use backcast_render::{Shown, Theme, View};

use super::gaps::stands_on;
use super::reading::Reading;
use super::words;
use crate::gather::scene;
use crate::part;
use crate::snapshot::Snapshot;

/// The most touchpoints a small picture shows; beyond, it would be no small picture.
const MOST_IN_A_PICTURE: usize = 12;

/// The most touchpoints of a picture for which those one link away are added.
const MOST_WITH_NEIGHBOURS: usize = 7;

/// How many links are told in words.
const MOST_LINKS: usize = 12;

/// Draws the parts of a map that documents show.
#[derive(Debug)]
pub(crate) struct Pictures<'a> {
    pub(crate) snapshot: &'a Snapshot,
}

impl Pictures<'_> {
    /// All that is told.
    pub(crate) fn whole(&self, reading: &Reading<'_>) -> Option<Figure> {
        let ids = reading.touchpoints().map(|one| one.id.clone()).collect();
        let words = format!(
            "The map: {}, {}.",
            words::counted(reading.touchpoints().count(), "touchpoint"),
            words::counted(reading.map().links.len(), "link")
        );
        self.draw(&ids, words, true)
    }

    /// A touchpoint and what is one link away.
    pub(crate) fn around(&self, reading: &Reading<'_>, touchpoint: &Touchpoint) -> Option<Figure> {
        let ids = BTreeSet::from([touchpoint.id.clone()]);
        let ids = part::with_neighbours(reading.map(), &ids);
        let small = (2..=2 * MOST_IN_A_PICTURE).contains(&ids.len());
        let words = in_words(reading, &ids);
        small.then(|| self.draw(&ids, words, false))?
    }

    /// What gaps stand on, with what is one link away where there is room.
    pub(crate) fn of_gaps(&self, reading: &Reading<'_>, gaps: &[&Arc<Gap>]) -> Option<Figure> {
        let ids: BTreeSet<Id> = gaps.iter().flat_map(|gap| stands_on(gap)).collect();
        let wide = part::with_neighbours(reading.map(), &ids);
        let ids = if wide.len() <= MOST_WITH_NEIGHBOURS {
            wide
        } else {
            ids
        };
        if ids.is_empty() || ids.len() > MOST_IN_A_PICTURE {
            return None;
        }
        self.draw(&ids, in_words(reading, &ids), false)
    }

    fn draw(&self, ids: &BTreeSet<Id>, words: String, heads: bool) -> Option<Figure> {
        if ids.is_empty() {
            return None;
        }
        let shown = Shown {
            title: false,
            heads: true,
            gaps: true,
            labels: true,
            legend: heads,
        };
        let view = View::Touchpoints(ids.iter().cloned().collect());
        let scene = scene(self.snapshot, view, Theme::light(), shown);
        Some(Figure {
            scene: Box::new(scene),
            words,
        })
    }
}

/// The links among touchpoints in words, and those that none of them joins.
fn in_words(reading: &Reading<'_>, ids: &BTreeSet<Id>) -> String {
    let name = |id: &Id| {
        let touchpoint = reading.map().touchpoints.get(id.as_str());
        words::said(touchpoint.map(|one| one.name.as_str()))
    };
    let within = reading
        .map()
        .links
        .iter()
        .filter(|link| ids.contains(&link.from) && ids.contains(&link.to));
    let (mut told, mut joined) = (Vec::new(), BTreeSet::new());
    for link in within {
        joined.extend([&link.from, &link.to]);
        let call = words::said(link.cta.as_deref());
        let call = if call.is_empty() {
            call
        } else {
            format!(" ({})", words::quoted(&call))
        };
        told.push(format!(
            "{} \u{2192} {}{call}",
            name(&link.from),
            name(&link.to)
        ));
    }
    let alone = ids.iter().filter(|id| !joined.contains(id)).map(name);
    told.extend(alone);
    let more = told.len().saturating_sub(MOST_LINKS);
    told.truncate(MOST_LINKS);
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    told.join("; ")
}
