//! A map as a directed graph: touchpoints by number, links as edges. petgraph inside; numbers are positions in the
//! planner's order, so that results are the same however the tables were filled. Refuses to judge; that is `analysis`.

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::map::Map;

/// The graph of a map's touchpoints and links; node weights are touchpoint positions, edge weights link positions.
#[derive(Debug, Clone)]
pub struct MapGraph {
    graph: DiGraph<u32, u32>,
}

impl MapGraph {
    /// The graph of all touchpoints and links of a map; O(touchpoints + links).
    #[must_use]
    pub fn of(map: &Map) -> Self {
        let mut graph = DiGraph::with_capacity(map.touchpoints.len(), map.links.len());
        for position in 0..map.touchpoints.len() {
            graph.add_node(number(position));
        }
        for (position, link) in map.links.iter().enumerate() {
            let ends = (
                map.touchpoints.position(link.from.as_str()),
                map.touchpoints.position(link.to.as_str()),
            );
            if let (Some(from), Some(to)) = ends {
                graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), number(position));
            }
        }
        Self { graph }
    }

    /// The graph itself, for algorithms.
    #[must_use]
    pub const fn petgraph(&self) -> &DiGraph<u32, u32> {
        &self.graph
    }

    /// Positions of the touchpoints that lead straight to this one, each once per link.
    pub fn upstream(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        self.neighbours(position, Direction::Incoming)
    }

    /// Positions of the touchpoints this one leads straight to, each once per link.
    pub fn downstream(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        self.neighbours(position, Direction::Outgoing)
    }

    /// Positions of the links that leave this touchpoint.
    pub fn links_from(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let links = self.graph.edges(NodeIndex::new(position));
        links.map(|link| *link.weight() as usize)
    }

    fn neighbours(
        &self,
        position: usize,
        direction: Direction,
    ) -> impl Iterator<Item = usize> + '_ {
        self.graph
            .neighbors_directed(NodeIndex::new(position), direction)
            .map(NodeIndex::index)
    }
}

/// Positions are below [`crate::MOST_TOUCHPOINTS`] × 4, which fits.
fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
