//! Small pictures for documents: a part of the map as it stands, closed up.

use std::collections::BTreeSet;
use std::sync::Arc;

use backcast_analysis::Gap;
use backcast_model::{Id, Link, Touchpoint};
use backcast_render::document::Figure;
use backcast_render::{Picture, Scene, Shown, Theme, View};

use super::gaps::stands_on;
use super::reading::Reading;
use super::words;
use crate::gather::picture;
use crate::snapshot::Snapshot;

/// The most touchpoints a small picture shows; beyond, it would be no small picture.
const MOST_IN_A_PICTURE: usize = 12;

/// The most touchpoints of a picture for which those one link away are added.
const MOST_WITH_NEIGHBOURS: usize = 7;

/// How many links are told in words.
const MOST_LINKS: usize = 12;

/// Draws the parts of a map that documents show. A part costs what stands in it, however large the map is.
#[derive(Debug)]
pub(crate) struct Pictures<'a> {
    map: Picture<'a>,
}

impl<'a> Pictures<'a> {
    pub(crate) fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            map: picture(snapshot, Theme::light(), None),
        }
    }

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
        let ids = self.with_neighbours(&BTreeSet::from([touchpoint.id.clone()]));
        let small = (2..=2 * MOST_IN_A_PICTURE).contains(&ids.len());
        small.then(|| self.draw(&ids, self.in_words(reading, &ids), false))?
    }

    /// What gaps stand on, with what is one link away where there is room.
    pub(crate) fn of_gaps(&self, reading: &Reading<'_>, gaps: &[&Arc<Gap>]) -> Option<Figure> {
        let ids: BTreeSet<Id> = gaps.iter().flat_map(|gap| stands_on(gap)).collect();
        let wide = self.with_neighbours(&ids);
        let ids = if wide.len() <= MOST_WITH_NEIGHBOURS {
            wide
        } else {
            ids
        };
        if ids.is_empty() || ids.len() > MOST_IN_A_PICTURE {
            return None;
        }
        self.draw(&ids, self.in_words(reading, &ids), false)
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
        Some(Figure {
            scene: Box::new(Scene::excerpt(&self.map, &view, shown)),
            words,
        })
    }

    /// These touchpoints and those one link away.
    fn with_neighbours(&self, ids: &BTreeSet<Id>) -> BTreeSet<Id> {
        let (graph, touchpoints) = (self.map.graph(), &self.map.map.touchpoints);
        let numbers = ids
            .iter()
            .filter_map(|id| touchpoints.position(id.as_str()));
        let around = numbers.flat_map(|at| {
            let beside = graph.upstream(at).chain(graph.downstream(at));
            beside.chain([at]).collect::<Vec<_>>()
        });
        around
            .filter_map(|at| touchpoints.at(at))
            .filter(|touchpoint| touchpoint.is_present())
            .map(|touchpoint| touchpoint.id.clone())
            .collect()
    }

    /// The links among touchpoints, in the map's order.
    fn links_among(&self, ids: &BTreeSet<Id>) -> Vec<&'a Link> {
        let map = self.map.map;
        let numbers = ids
            .iter()
            .filter_map(|id| map.touchpoints.position(id.as_str()));
        let mut links: Vec<usize> = numbers
            .flat_map(|at| self.map.graph().links_from(at))
            .collect();
        links.sort_unstable();
        let links = links.into_iter().filter_map(|at| map.links.at(at));
        links.filter(|link| ids.contains(&link.to)).collect()
    }

    /// The links among touchpoints in words, and those that none of them joins.
    fn in_words(&self, reading: &Reading<'_>, ids: &BTreeSet<Id>) -> String {
        let name = |id: &Id| {
            let touchpoint = reading.map().touchpoints.get(id.as_str());
            words::said(touchpoint.map(|one| one.name.as_str()))
        };
        let (mut told, mut joined) = (Vec::new(), BTreeSet::new());
        for link in self.links_among(ids) {
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
}
