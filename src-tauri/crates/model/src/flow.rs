//! How many people take each link, as far as the map's numbers say.
//!
//! - People at a touchpoint: the number the planner gave it; without one, all who come over links whose flow is known.
//!   Where neither is known, nothing is.
//! - Flow of a link: people where it starts, times its likely rate. Without either it has none.
//! - On a circle, people come round again and again; that adds up to a finite number when each round is smaller than
//!   the one before. When it is not, the numbers of that circle, and of what follows from them, are not known.
//!
//! Refuses to guess a number that nobody gave, and to judge those that somebody did.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

use crate::change::RowChange;
use crate::map::Map;
use crate::number::Count;
use crate::record::{Entity, Id};

/// Touchpoints that are reckoned again on a circle before it counts as one that never comes to rest; a large circle
/// gets at least so many rounds.
const MOST_STEPS: usize = 200_000;
const LEAST_ROUNDS: usize = 64;

/// Less than this share of a number is no difference.
const NEGLIGIBLE: f64 = 1e-6;

/// People who take each link, by its id; links without a known flow are absent. Deterministic;
/// O(touchpoints + links), and on circles some rounds
/// more until they come to rest.
#[must_use]
pub fn flows(map: &Map) -> BTreeMap<Id, f64> {
    let people = People::of(map);
    map.links
        .iter()
        .filter_map(|link| {
            let rate = link.rate?.likely().get();
            let from = map.touchpoints.position(link.from.as_str())?;
            let people = people.count.get(from).copied().flatten()?;
            Some((link.id.clone(), people * rate))
        })
        .collect()
}

/// Whether a change may make a flow another; the rest of what planners write does not.
#[must_use]
pub fn concerns(change: &RowChange) -> bool {
    let numbers: &[&str] = match change.entity() {
        Entity::Touchpoint => &["population"],
        Entity::Link => &["rate", "from", "to"],
        _ => return false,
    };
    match change {
        RowChange::Set { field, .. } => numbers.contains(&field.as_str()),
        RowChange::Insert { fields, .. } | RowChange::Delete { fields, .. } => numbers
            .first()
            .is_some_and(|number| fields.get(*number).is_some_and(|value| !value.is_null())),
    }
}

/// People at each touchpoint by its position, as far as known.
struct People {
    graph: DiGraph<Option<f64>, f64>,
    count: Vec<Option<f64>>,
}

impl People {
    fn of(map: &Map) -> Self {
        let mut graph = DiGraph::with_capacity(map.touchpoints.len(), map.links.len());
        for touchpoint in map.touchpoints.iter() {
            graph.add_node(touchpoint.population.map(Count::as_number));
        }
        for link in map.links.iter() {
            let ends = (
                map.touchpoints.position(link.from.as_str()),
                map.touchpoints.position(link.to.as_str()),
            );
            let (Some(rate), (Some(from), Some(to))) = (link.rate, ends) else {
                continue;
            };
            // A number that was given stands, whoever comes.
            let to = NodeIndex::new(to);
            if graph.node_weight(to).is_some_and(Option::is_none) {
                graph.add_edge(NodeIndex::new(from), to, rate.likely().get());
            }
        }
        let count = vec![None; graph.node_count()];
        let mut people = Self { graph, count };
        // What leads to a part comes before it.
        for part in kosaraju_scc(&people.graph).into_iter().rev() {
            people.count_part(part);
        }
        people
    }

    fn count_part(&mut self, mut part: Vec<NodeIndex>) {
        part.sort_unstable();
        for node in &part {
            self.put(*node, self.arriving(*node));
        }
        let [single] = part.as_slice() else {
            return self.come_to_rest(&part);
        };
        if self.graph.contains_edge(*single, *single) {
            self.come_to_rest(&part);
        }
    }

    /// Goes round a circle until nothing changes any more.
    fn come_to_rest(&mut self, part: &[NodeIndex]) {
        let rounds = LEAST_ROUNDS.max(MOST_STEPS / part.len().max(1));
        for _ in 0..rounds {
            let mut changed = false;
            for node in part {
                let (before, now) = (self.at(*node), self.arriving(*node));
                if now.is_some_and(|people| !people.is_finite()) {
                    return self.forget(part);
                }
                changed |= match (before, now) {
                    (Some(before), Some(now)) => (now - before).abs() > now.abs() * NEGLIGIBLE,
                    (before, now) => before.is_some() != now.is_some(),
                };
                self.put(*node, now);
            }
            if !changed {
                return;
            }
        }
        self.forget(part);
    }

    /// Nobody can say how many people a circle ends up with that never settles.
    fn forget(&mut self, part: &[NodeIndex]) {
        for node in part {
            self.put(*node, None);
        }
    }

    fn arriving(&self, node: NodeIndex) -> Option<f64> {
        if let Some(given) = self.graph.node_weight(node).copied().flatten() {
            return Some(given);
        }
        let known = self
            .graph
            .edges_directed(node, Direction::Incoming)
            .filter_map(|link| Some(self.at(link.source())? * link.weight()));
        known.fold(None, |all, flow| Some(all.unwrap_or(0.0) + flow))
    }

    fn at(&self, node: NodeIndex) -> Option<f64> {
        self.count.get(node.index()).copied().flatten()
    }

    fn put(&mut self, node: NodeIndex, people: Option<f64>) {
        if let Some(count) = self.count.get_mut(node.index()) {
            *count = people;
        }
    }
}
