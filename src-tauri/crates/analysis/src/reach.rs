//! What leads where: the walks that several rules ask for, each done once when first asked. The words are those of
//! the rules: D destinations, D* ultimate ones, E entries.

use std::sync::OnceLock;

use crate::components::Components;
use crate::facts::{Facts, Is};
use crate::graph::{Distances, Graph};

/// The graph of a map and what was worked out on it so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    pub(crate) graph: Graph,
    led_to_by_entries: OnceLock<Distances>,
    leading_to_destinations: OnceLock<Distances>,
    leading_to_ultimate: OnceLock<Distances>,
    circles: OnceLock<Components>,
}

impl Reach {
    /// Nothing worked out yet but the graph.
    pub(crate) fn of(facts: &Facts) -> Self {
        Self::over(Graph::of(facts))
    }

    /// Nothing worked out yet on a graph.
    pub(crate) fn over(graph: Graph) -> Self {
        Self {
            graph,
            ..Self::default()
        }
    }

    /// Where a path from an entry leads.
    pub(crate) fn led_to_by_entries(&self, facts: &Facts) -> &Distances {
        self.led_to_by_entries
            .get_or_init(|| self.graph.down.distances(facts.those(Is::ENTRY), |_| true))
    }

    /// From where a path leads to a destination.
    pub(crate) fn leading_to_destinations(&self, facts: &Facts) -> &Distances {
        self.leading_to_destinations.get_or_init(|| {
            self.graph
                .up
                .distances(facts.those(Is::DESTINATION), |_| true)
        })
    }

    /// From where a path leads to an ultimate destination.
    pub(crate) fn leading_to_ultimate(&self, facts: &Facts) -> &Distances {
        self.leading_to_ultimate
            .get_or_init(|| self.graph.up.distances(facts.those(Is::ULTIMATE), |_| true))
    }

    /// Touchpoints that lead to each other, in one component each.
    pub(crate) fn circles(&self, facts: &Facts) -> &Components {
        self.circles
            .get_or_init(|| Components::strong(facts, &self.graph))
    }
}
