//! A map in layers: every touchpoint in one, and for every link over several layers a chain of passes, one in each
//! layer between, so that all edges lead from a layer to the next. Refuses to order or to place.

use rustc_hash::FxHashMap;

use crate::wiring::{Adjacency, Wiring, number};

/// The most passes of all links together. Beyond, the longest links go without, which only a map of very many
/// columns comes to.
const MOST_PASSES: usize = 400_000;

/// From how many nodes per touchpoint on a picture is crowded.
const CROWDED: usize = 4;

/// The links between two touchpoints, whatever their number and direction, and the passes between.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chain {
    /// The end in the earlier layer.
    pub(crate) left: u32,
    /// The end in the later layer.
    pub(crate) right: u32,
    /// Node of the first pass; the others follow by number, left to right.
    pub(crate) first: u32,
    /// Number of passes.
    pub(crate) passes: u32,
    /// Whether all links run from right to left.
    pub(crate) against: bool,
}

/// A map in layers. Nodes 0 to `cards` are touchpoints, the ones behind are passes.
#[derive(Debug)]
pub(crate) struct Layered {
    pub(crate) cards: u32,
    /// Each node's layer.
    pub(crate) layer: Vec<u32>,
    pub(crate) layers: usize,
    /// Each card's lane; empty without lanes.
    lane: Vec<u32>,
    pub(crate) chains: Vec<Chain>,
    /// Chains by their left and right ends.
    pub(crate) by_ends: ByEnds,
    /// Each link's chain and whether it runs against it (right to left); `None` for links inside a layer.
    pub(crate) chain_of_link: Vec<Option<(u32, bool)>>,
    /// Neighbours in the layer before.
    pub(crate) before: Adjacency,
    /// Neighbours in the layer after.
    pub(crate) after: Adjacency,
}

impl Layered {
    /// O(touchpoints + links + passes).
    pub(crate) fn of(wiring: &Wiring, layer: &[u32], layers: usize) -> Self {
        let (mut chains, by_ends, chain_of_link) = chains(wiring, layer);
        let longest = longest_with_passes(&chains, layer, layers);
        let mut layer = layer.to_vec();
        for chain in &mut chains {
            chain.first = number(layer.len());
            let span = layer[chain.right as usize] - layer[chain.left as usize];
            if span <= longest {
                chain.passes = span - 1;
                let left = layer[chain.left as usize];
                layer.extend(left + 1..left + span);
            }
        }
        let edges = || {
            chains
                .iter()
                .filter(|chain| chain.passes > 0 || adjacent(chain, &layer))
                .flat_map(Chain::edges)
        };
        Self {
            cards: number(wiring.len()),
            before: Adjacency::of(layer.len(), edges().map(|(left, right)| (right, left))),
            after: Adjacency::of(layer.len(), edges()),
            layer,
            layers,
            lane: wiring.lane.clone(),
            chains,
            by_ends,
            chain_of_link,
        }
    }

    /// The same with one more node for every two touchpoints linked inside a layer, in the layer after: there the link
    /// turns, so that it counts what it crosses, which is what leaves for that layer between its ends. Good for
    /// finding an order; in the picture these nodes have no place.
    pub(crate) fn with_turns(&self, wiring: &Wiring) -> Self {
        let layer_of = |node: u32| self.layer[node as usize];
        let inside = |&(from, to): &(u32, u32)| {
            (layer_of(from) == layer_of(to)).then(|| (from.min(to), from.max(to)))
        };
        let mut turning: Vec<_> = wiring.links.iter().flatten().filter_map(inside).collect();
        turning.sort_unstable();
        turning.dedup();
        let mut layer = self.layer.clone();
        layer.extend(turning.iter().map(|(from, _)| layer_of(*from) + 1));
        let edges = || {
            let turns = (number(self.len())..).zip(&turning);
            let turns = turns.flat_map(|(turn, (from, to))| [(*from, turn), (*to, turn)]);
            let drawn = |chain: &&Chain| chain.passes > 0 || adjacent(chain, &self.layer);
            let chains = self.chains.iter().filter(drawn);
            chains.flat_map(Chain::edges).chain(turns)
        };
        let last = turning.iter().map(|(from, _)| layer_of(*from) as usize + 2);
        Self {
            cards: self.cards,
            before: Adjacency::of(layer.len(), edges().map(|(left, right)| (right, left))),
            after: Adjacency::of(layer.len(), edges()),
            layers: last.fold(self.layers, usize::max),
            layer,
            lane: self.lane.clone(),
            chains: Vec::new(),
            by_ends: ByEnds::default(),
            chain_of_link: Vec::new(),
        }
    }

    /// Whether the node is a touchpoint.
    pub(crate) fn is_card(&self, node: u32) -> bool {
        node < self.cards
    }

    /// The lane a node has to stand in; links pass where they like.
    pub(crate) fn lane_of(&self, node: u32) -> Option<u32> {
        self.lane.get(node as usize).copied()
    }

    /// Whether there are lanes.
    pub(crate) fn has_lanes(&self) -> bool {
        !self.lane.is_empty()
    }

    /// Whether so many links pass that they have to be drawn closer together.
    pub(crate) fn is_crowded(&self) -> bool {
        self.len() > CROWDED * self.cards as usize
    }

    /// How many nodes and edges there are.
    pub(crate) fn size(&self) -> usize {
        self.layer.len() + self.before.len()
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.layer.len()
    }
}

impl Chain {
    /// Node number `at` from the left, 0 being the left end.
    pub(crate) fn node(&self, at: u32) -> u32 {
        match at {
            0 => self.left,
            _ if at > self.passes => self.right,
            _ => self.first + at - 1,
        }
    }

    fn edges(&self) -> impl Iterator<Item = (u32, u32)> + Clone + use<> {
        let chain = *self;
        (0..=chain.passes).map(move |at| (chain.node(at), chain.node(at + 1)))
    }
}

fn adjacent(chain: &Chain, layer: &[u32]) -> bool {
    layer[chain.right as usize] - layer[chain.left as usize] == 1
}

type ByEnds = FxHashMap<(u32, u32), u32>;
type ChainOfLink = Vec<Option<(u32, bool)>>;

/// One chain per pair of linked touchpoints in different layers, in the order of links; without passes yet.
fn chains(wiring: &Wiring, layer: &[u32]) -> (Vec<Chain>, ByEnds, ChainOfLink) {
    let mut chains = Vec::with_capacity(wiring.links.len());
    let mut by_ends = ByEnds::default();
    let mut chain_of = |ends: &Option<(u32, u32)>| {
        let (from, to) = (*ends)?;
        if layer[from as usize] == layer[to as usize] {
            return None;
        }
        let against = layer[from as usize] > layer[to as usize];
        let (left, right) = if against { (to, from) } else { (from, to) };
        let chain = *by_ends.entry((left, right)).or_insert_with(|| {
            chains.push(Chain {
                left,
                right,
                first: 0,
                passes: 0,
                against: true,
            });
            number(chains.len() - 1)
        });
        chains[chain as usize].against &= against;
        Some((chain, against))
    };
    let chain_of_link = wiring.links.iter().map(&mut chain_of).collect();
    (chains, by_ends, chain_of_link)
}

/// The longest span, in layers, for which there can be passes.
fn longest_with_passes(chains: &[Chain], layer: &[u32], layers: usize) -> u32 {
    let mut of_span = vec![0_usize; layers + 1];
    for chain in chains {
        of_span[(layer[chain.right as usize] - layer[chain.left as usize]) as usize] += 1;
    }
    let mut passes = 0;
    let within = of_span.iter().enumerate().take_while(|(span, count)| {
        passes += span.saturating_sub(1) * *count;
        passes <= MOST_PASSES
    });
    number(within.count().saturating_sub(1))
}
