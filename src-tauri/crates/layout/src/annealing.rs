//! A way out of orders that no single move makes better: neighbours in a layer swap by chance, at first also where that
//! makes crossings, in the end only where it makes none (S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, *Optimization by
//! simulated annealing*, Science 220, 1983). Refuses to move a node further than past its neighbour, and to be
//! different from run to run.

use crate::layered::Layered;
use crate::numbers::Numbers;
use crate::order::Order;
use crate::wiring::number;

/// How likely a swap is that makes one crossing more, in the first pass; it falls evenly to 0. One that makes two more
/// is as likely as two that make one, and so on.
const HOT: f64 = 0.75;
/// How likely a swap is that makes no difference: often, since what leads further lies behind many of those.
const EVEN: f64 = 0.95;
/// What is always below: numbers have 32 bits.
const ALWAYS: u64 = 1 << 32;
/// No swap makes so many crossings more and is done.
const FAR_MORE: i32 = 15;

/// Nodes by new numbers, which follow the order it starts with: what is near in the picture is near in memory.
#[derive(Debug)]
pub(crate) struct Annealing {
    /// The old number of each node.
    nodes: Vec<u32>,
    /// The nodes of all layers, layer by layer, from top to bottom.
    line: Vec<u32>,
    /// Where each node is in the line.
    places: Vec<u32>,
    /// Where each layer begins in the line, and the end.
    layers: Vec<usize>,
    /// The neighbours of all nodes, those of each in the layer before and in the layer after.
    ends: Vec<u32>,
    /// Two for each node: where its neighbours before and after begin; and the end.
    starts: Vec<u32>,
    /// The neighbours of nodes that have one on each side, as most have.
    threads: Vec<Option<(u32, u32)>>,
    /// What each node has to keep to; nothing at all when no node has.
    bonds: Vec<Bond>,
    numbers: Numbers,
}

/// What a node has to keep to.
#[derive(Debug, Clone, Copy)]
struct Bond {
    lane: Option<u32>,
    pinned: bool,
}

/// A node, and where the neighbours of a thread are.
#[derive(Debug, Clone, Copy)]
struct Seen {
    node: u32,
    ends: Option<(u32, u32)>,
}

impl Annealing {
    /// Starts with an order. Nodes that are pinned keep their order, and nodes of different lanes theirs.
    /// O(nodes + edges).
    pub(crate) fn of(layered: &Layered, order: &Order, pinned: &dyn Fn(u32) -> bool) -> Self {
        let nodes: Vec<u32> = order.layers.iter().flatten().copied().collect();
        let mut name = vec![0; nodes.len()];
        for (at, &node) in (0_u32..).zip(&nodes) {
            name[node as usize] = at;
        }
        let mut layers = vec![0];
        for layer in &order.layers {
            layers.push(layers[layers.len() - 1] + layer.len());
        }
        let (mut starts, mut ends, mut threads) = (vec![0], Vec::new(), Vec::new());
        for &node in &nodes {
            let sides = [&layered.before, &layered.after].map(|side| side.of_node(node));
            for side in sides {
                ends.extend(side.iter().map(|&end| name[end as usize]));
                starts.push(number(ends.len()));
            }
            threads.push(match sides {
                [&[before], &[after]] => Some((name[before as usize], name[after as usize])),
                _ => None,
            });
        }
        let bond = |&node: &u32| Bond {
            lane: layered.lane_of(node),
            pinned: pinned(node),
        };
        let mut bonds: Vec<Bond> = nodes.iter().map(bond).collect();
        if !bonds.iter().any(|bond| bond.pinned || bond.lane.is_some()) {
            bonds.clear();
        }
        Self {
            line: (0..number(nodes.len())).collect(),
            places: (0..number(nodes.len())).collect(),
            nodes,
            layers,
            ends,
            starts,
            threads,
            bonds,
            numbers: Numbers::default(),
        }
    }

    /// Cools down in so many passes over all nodes; answers by how many crossings there are more or less (below 0).
    /// O(passes · edges) for nodes of few edges each.
    pub(crate) fn cool(&mut self, passes: usize) -> i64 {
        let mut change = 0;
        for pass in 0..passes {
            let luck = HOT * (1.0 - pass as f64 / passes as f64);
            let mut odds = [0; FAR_MORE as usize + 2];
            odds[0] = ALWAYS;
            odds[1] = (EVEN * ALWAYS as f64) as u64;
            let mut odd = 1.0;
            for slot in &mut odds[2..=FAR_MORE as usize] {
                odd *= luck;
                *slot = (odd * ALWAYS as f64) as u64;
            }
            for layer in 1..self.layers.len() {
                let (first, end) = (self.layers[layer - 1], self.layers[layer]);
                if end - first > 1 {
                    change += if pass % 2 == 0 {
                        self.pass_down(first, end, &odds)
                    } else {
                        self.pass_up(first, end, &odds)
                    };
                }
            }
        }
        change
    }

    /// The order it has come to.
    pub(crate) fn order(&self) -> Order {
        let layer = |span: &[usize]| {
            let line = &self.line[span[0]..span[1]];
            line.iter().map(|&node| self.nodes[node as usize]).collect()
        };
        Order::of(self.layers.windows(2).map(layer).collect())
    }

    /// Tries each pair of a layer from the top; a node that swapped is in the next pair, too.
    fn pass_down(&mut self, first: usize, end: usize, odds: &[u64]) -> i64 {
        let mut change = 0;
        let mut upper = self.look(self.line[first]);
        for place in first + 1..end {
            let lower = self.look(self.line[place]);
            let (stays, goes) = match self.swap(upper, lower, odds) {
                Some(more) => {
                    change += i64::from(more);
                    (lower, upper)
                }
                None => (upper, lower),
            };
            self.put(stays.node, place - 1);
            upper = goes;
        }
        self.put(upper.node, end - 1);
        change
    }

    /// The same from the bottom.
    fn pass_up(&mut self, first: usize, end: usize, odds: &[u64]) -> i64 {
        let mut change = 0;
        let mut lower = self.look(self.line[end - 1]);
        for place in (first..end - 1).rev() {
            let upper = self.look(self.line[place]);
            let (stays, goes) = match self.swap(upper, lower, odds) {
                Some(more) => {
                    change += i64::from(more);
                    (upper, lower)
                }
                None => (lower, upper),
            };
            self.put(stays.node, place + 1);
            lower = goes;
        }
        self.put(lower.node, first);
        change
    }

    fn look(&self, node: u32) -> Seen {
        let thread = self.threads[node as usize];
        let place = |end: u32| self.places[end as usize];
        Seen {
            node,
            ends: thread.map(|(before, after)| (place(before), place(after))),
        }
    }

    fn put(&mut self, node: u32, place: usize) {
        self.line[place] = node;
        self.places[node as usize] = number(place);
    }

    /// How many crossings more two neighbours make the other way round, if they are to swap.
    fn swap(&mut self, upper: Seen, lower: Seen, odds: &[u64]) -> Option<i32> {
        let more = match (upper.ends, lower.ends) {
            (Some(upper), Some(lower)) => sign(upper.0, lower.0) + sign(upper.1, lower.1),
            _ => self.passing(upper.node, lower.node),
        };
        let odds = odds[(more + 1).clamp(0, FAR_MORE + 1) as usize];
        let lucky = self.numbers.draw() >> 32 < odds;
        (lucky && self.may_swap(upper.node, lower.node)).then_some(more)
    }

    fn may_swap(&self, upper: u32, lower: u32) -> bool {
        let bond = |node: u32| self.bonds.get(node as usize);
        let (Some(upper), Some(lower)) = (bond(upper), bond(lower)) else {
            return true;
        };
        let in_two_lanes = upper.lane.is_some() && lower.lane.is_some() && upper.lane != lower.lane;
        !(in_two_lanes || upper.pinned && lower.pinned)
    }

    /// How many crossings more there are when the upper one passes the lower one.
    fn passing(&self, upper: u32, lower: u32) -> i32 {
        let mut more = 0;
        for side in 0..2 {
            let ends = |node: u32| {
                let start = 2 * node as usize + side;
                &self.ends[self.starts[start] as usize..self.starts[start + 1] as usize]
            };
            let lower = ends(lower);
            for &end in ends(upper) {
                let place = self.places[end as usize];
                let signs = lower
                    .iter()
                    .map(|&end| sign(place, self.places[end as usize]));
                more += signs.sum::<i32>();
            }
        }
        more
    }
}

/// Whether two edges cross once the upper one's node is below the lower one's, less whether they do before.
fn sign(upper: u32, lower: u32) -> i32 {
    i32::from(lower > upper) - i32::from(lower < upper)
}
