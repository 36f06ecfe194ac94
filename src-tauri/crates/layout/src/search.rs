//! The search for an order with few crossings. Refuses to move a node to another layer or to give it a height.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::annealing::Annealing;
use crate::crossings::Counter;
use crate::layered::Layered;
use crate::numbers::Numbers;
use crate::order::Order;
use crate::wiring::number;

/// How far a node is sifted to either side.
const WINDOW: usize = 40;
/// How much work a search may take, in steps of about a nanosecond: so much for each touchpoint beyond the first few,
/// but at least and at most so much in all. Work is counted rather than timed: what is found is always the same.
const EFFORT_EACH: usize = 8_000;
const FIRST_FEW: usize = 150;
const LEAST_EFFORT: usize = 1_600_000;
const MOST_EFFORT: usize = 20_000_000;
/// What share of the effort sweeps and annealing may take, before sifting: one part in so many each.
const SWEEPING: usize = 3;
const ANNEALING: usize = 2;
/// Steps that a sweep and a count take for each node and edge, and a pass of annealing for each node.
const SWEEP: usize = 12;
const COUNT: usize = 20;
const PASS: usize = 15;
/// Steps that sifting takes for each edge of a node and each other node it is weighed against.
const SIFT: usize = 3;
/// More passes than this find hardly anything.
const MOST_PASSES: usize = 300;
/// How many sweeps are made before it is looked whether they led anywhere.
const SWEEPS: usize = 4;
/// Up to so many nodes, every sweep is looked at, and the first walk goes backward from the destinations: of all orders
/// without a crossing, which small maps often have, those first met look calmest.
const FEW: usize = 200;
/// Sweeps in a row without fewer crossings after which a start is given up, where each is looked at.
const PATIENCE: usize = 3;
/// How many shuffled orders sweeps start from, when there is effort left after starting from those along the edges.
const SHUFFLES: usize = 20;
/// How often nodes that are fitted in are each looked at.
const FITTINGS: usize = 3;

/// An order with few crossings: the best that sweeps come to from several starts, annealed, then sifted. `pinned` tells
/// the height of nodes whose order among each other is given.
pub(crate) fn order(layered: &Layered, pinned: &dyn Fn(u32) -> Option<f64>) -> Order {
    let mut search = Search::new(layered, pinned);
    let all = search.effort;
    let mut numbers = Numbers::default();
    let mut walks = [(false, true), (true, true), (false, false), (true, false)];
    if layered.len() <= FEW {
        walks.swap(0, 1);
    }
    let walks = walks.into_iter().map(Some);
    let mut best: Option<(u64, Order)> = None;
    for walked in walks.chain(std::iter::repeat_n(None, SHUFFLES)) {
        let start = match walked {
            Some((from_right, depth_first)) => walk(layered, from_right, depth_first),
            None => shuffled(layered, &mut numbers),
        };
        let start = search.arranged(start);
        let found = search.sweep(start);
        if best.as_ref().is_none_or(|best| found.0 < best.0) {
            best = Some(found);
        }
        let spent = search.effort <= all - all / SWEEPING;
        if spent || best.as_ref().is_some_and(|(crossings, _)| *crossings == 0) {
            break;
        }
    }
    let (crossings, mut order) = best.unwrap_or_default();
    if crossings > 0 {
        search.anneal(&mut order, all / ANNEALING);
        search.sift(&mut order);
        search.tidy(&mut order);
    }
    order
}

/// Fits `nodes`, which stand somewhere in an order that is good without them, in where they cross least; all others
/// keep their order.
pub(crate) fn fit(
    layered: &Layered,
    order: &mut Order,
    nodes: &[u32],
    pinned: &dyn Fn(u32) -> Option<f64>,
) {
    let mut search = Search::new(layered, pinned);
    for _ in 0..FITTINGS {
        for &node in nodes {
            search.sift_node(order, node);
        }
    }
}

/// A first order: nodes as a walk along edges comes upon them, starting at the last layer's (or the first's).
fn walk(layered: &Layered, from_right: bool, depth_first: bool) -> Order {
    let mut starts: Vec<u32> = (0..number(layered.len())).collect();
    starts.sort_by_key(|&node| {
        let layer = i64::from(layered.layer[node as usize]);
        (
            !layered.is_card(node),
            if from_right { -layer } else { layer },
        )
    });
    let mut met = vec![false; layered.len()];
    let mut layers = vec![Vec::new(); layered.layers];
    let mut open = VecDeque::new();
    for start in starts {
        open.push_back(start);
        while let Some(node) = if depth_first {
            open.pop_back()
        } else {
            open.pop_front()
        } {
            if std::mem::replace(&mut met[node as usize], true) {
                continue;
            }
            layers[layered.layer[node as usize] as usize].push(node);
            let next = layered
                .before
                .of_node(node)
                .iter()
                .chain(layered.after.of_node(node));
            if depth_first {
                open.extend(next.rev());
            } else {
                open.extend(next);
            }
        }
    }
    Order::of(layers)
}

/// Nodes in no particular order.
fn shuffled(layered: &Layered, numbers: &mut Numbers) -> Order {
    let mut layers = vec![Vec::new(); layered.layers];
    for (node, &layer) in (0_u32..).zip(&layered.layer) {
        let layer: &mut Vec<u32> = &mut layers[layer as usize];
        let at = numbers.below(layer.len() + 1);
        layer.push(node);
        let last = layer.len() - 1;
        layer.swap(at, last);
    }
    Order::of(layers)
}

struct Search<'a> {
    layered: &'a Layered,
    pinned: &'a dyn Fn(u32) -> Option<f64>,
    counter: Counter,
    keys: Vec<(f64, u32)>,
    slots: Vec<usize>,
    /// Nodes that may have a better place, and whether each is among them.
    queue: VecDeque<u32>,
    queued: Vec<bool>,
    balance: Balance,
    effort: usize,
}

impl<'a> Search<'a> {
    fn new(layered: &'a Layered, pinned: &'a dyn Fn(u32) -> Option<f64>) -> Self {
        let effort = ((layered.cards as usize).saturating_sub(FIRST_FEW) * EFFORT_EACH)
            .clamp(LEAST_EFFORT, MOST_EFFORT);
        Self {
            layered,
            pinned,
            counter: Counter::default(),
            keys: Vec::new(),
            slots: Vec::new(),
            queue: VecDeque::new(),
            queued: Vec::new(),
            balance: Balance::default(),
            effort,
        }
    }

    /// Sweeps back and forth, each layer by the barycentres of its neighbours (Sugiyama et al., 1981), as long as that
    /// makes fewer crossings.
    fn sweep(&mut self, mut order: Order) -> (u64, Order) {
        let (at_once, patience) = if self.layered.len() <= FEW {
            (1, PATIENCE)
        } else {
            (SWEEPS, 1)
        };
        let mut best = (u64::MAX, order.clone());
        let (mut sweeps, mut stale) = (0, 0);
        while stale < patience && (self.effort > 0 || sweeps == 0) {
            for _ in 0..at_once {
                self.sweep_once(&mut order, sweeps % 2 == 1);
                sweeps += 1;
            }
            let crossings = self.count(&order);
            stale += 1;
            if crossings < best.0 {
                best = (crossings, order.clone());
                stale = 0;
            }
        }
        best
    }

    fn count(&mut self, order: &Order) -> u64 {
        self.effort = self.effort.saturating_sub(COUNT * self.layered.size());
        self.counter.count(self.layered, order)
    }

    fn sweep_once(&mut self, order: &mut Order, to_right: bool) {
        self.effort = self.effort.saturating_sub(SWEEP * self.layered.size());
        let count = order.layers.len();
        for step in 1..count {
            let layer = if to_right { step } else { count - 1 - step };
            self.sort(order, layer, to_right);
        }
    }

    /// Sorts a layer by the barycentres of neighbours on one side. Nodes without neighbours there keep their places.
    fn sort(&mut self, order: &mut Order, layer: usize, by_before: bool) {
        let adjacency = if by_before {
            &self.layered.before
        } else {
            &self.layered.after
        };
        self.keys.clear();
        self.slots.clear();
        for (slot, &node) in order.layers[layer].iter().enumerate() {
            let neighbours = adjacency.of_node(node);
            if !neighbours.is_empty() {
                let sum: f64 = neighbours
                    .iter()
                    .map(|&other| f64::from(order.at[other as usize]))
                    .sum();
                self.keys.push((sum / neighbours.len() as f64, node));
                self.slots.push(slot);
            }
        }
        self.keys.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (&slot, &(_, node)) in self.slots.iter().zip(&self.keys) {
            order.layers[layer][slot] = node;
        }
        self.keep_lanes(order, layer);
        self.keep_pinned(order, layer);
        order.renumber(layer);
    }

    /// The order with every layer's cards lane by lane and its pinned nodes by their heights.
    fn arranged(&mut self, mut order: Order) -> Order {
        for layer in 0..order.layers.len() {
            self.keep_lanes(&mut order, layer);
            self.keep_pinned(&mut order, layer);
            order.renumber(layer);
        }
        order
    }

    /// Puts cards, in the places they have together, into the order of their lanes.
    fn keep_lanes(&mut self, order: &mut Order, layer: usize) {
        if !self.layered.has_lanes() {
            return;
        }
        let layered = self.layered;
        let (mut cards, mut slots) = (Vec::new(), Vec::new());
        for (slot, &node) in order.layers[layer].iter().enumerate() {
            if let Some(lane) = layered.lane_of(node) {
                cards.push((lane, node));
                slots.push(slot);
            }
        }
        cards.sort_by_key(|card| card.0);
        for (slot, (_, node)) in slots.into_iter().zip(cards) {
            order.layers[layer][slot] = node;
        }
    }

    /// Puts pinned nodes, in the places they have together, into the order of their heights, within lanes.
    fn keep_pinned(&mut self, order: &mut Order, layer: usize) {
        self.keys.clear();
        self.slots.clear();
        for (slot, &node) in order.layers[layer].iter().enumerate() {
            if let Some(height) = (self.pinned)(node) {
                self.keys.push((height, node));
                self.slots.push(slot);
            }
        }
        let layered = self.layered;
        self.keys.sort_by(|one, other| {
            let lanes = layered.lane_of(one.1).cmp(&layered.lane_of(other.1));
            lanes.then(one.0.total_cmp(&other.0))
        });
        for (&slot, &(_, node)) in self.slots.iter().zip(&self.keys) {
            order.layers[layer][slot] = node;
        }
    }

    /// Anneals with so much effort, unless that comes to nothing.
    fn anneal(&mut self, order: &mut Order, effort: usize) {
        let passes = (effort / (PASS * self.layered.len()).max(1)).min(MOST_PASSES);
        let mut annealing =
            Annealing::of(self.layered, order, &|node| (self.pinned)(node).is_some());
        if annealing.cool(passes) < 0 {
            *order = annealing.order();
        }
        self.effort = self
            .effort
            .saturating_sub(passes * PASS * self.layered.len());
    }

    /// Sifts: takes node by node to the place in its layer where it crosses least (C. Matuszewski, R. Schönfeld,
    /// P. Molitor, *Using sifting for k-layer straightline crossing minimization*, GD 1999), first all, then those next
    /// to a node that moved, until none improves or the effort is spent.
    fn sift(&mut self, order: &mut Order) {
        self.queue.extend(order.layers.iter().flatten());
        self.queued = vec![true; self.layered.len()];
        while let Some(node) = self.queue.pop_front().filter(|_| self.effort > 0) {
            self.queued[node as usize] = false;
            if self.sift_node(order, node) {
                self.enqueue_neighbours(node);
            }
        }
    }

    /// What is best for a node depends on where its neighbours are.
    fn enqueue_neighbours(&mut self, node: u32) {
        let layered = self.layered;
        for side in [&layered.before, &layered.after] {
            for &other in side.of_node(node) {
                if !std::mem::replace(&mut self.queued[other as usize], true) {
                    self.queue.push_back(other);
                }
            }
        }
    }

    /// Where chance decided and it makes no difference, the map's order does: among cards with the same neighbours, and
    /// among those without any, which stand below the others unless lanes say where. O(cards).
    fn tidy(&mut self, order: &mut Order) {
        let layered = self.layered;
        let neighbours = |node| (layered.before.of_node(node), layered.after.of_node(node));
        let is_free = |node: &u32| layered.is_card(*node) && (self.pinned)(*node).is_none();
        for layer in &mut order.layers {
            let alone = |node: &u32| is_free(node) && neighbours(*node) == (&[], &[]);
            if !layered.has_lanes() {
                layer.sort_by_key(alone);
            }
            let mut twins: FxHashMap<_, Vec<usize>> = FxHashMap::default();
            for (slot, node) in layer.iter().enumerate().filter(|(_, node)| is_free(node)) {
                let kind = (layered.lane_of(*node), neighbours(*node));
                twins.entry(kind).or_default().push(slot);
            }
            for slots in twins.into_values().filter(|slots| slots.len() > 1) {
                let mut nodes: Vec<u32> = slots.iter().map(|&slot| layer[slot]).collect();
                nodes.sort_unstable();
                for (slot, node) in slots.into_iter().zip(nodes) {
                    layer[slot] = node;
                }
            }
        }
        (0..order.layers.len()).for_each(|layer| order.renumber(layer));
    }

    /// The place nearest to the second one that a node at the first can go to without leaving its lane.
    fn as_near(&self, nodes: &[u32], node: u32, (here, to): (usize, usize)) -> usize {
        let Some(lane) = self.layered.lane_of(node) else {
            return to;
        };
        let other = |at: &usize| {
            let own = self.layered.lane_of(nodes[*at]);
            own.is_some_and(|own| own != lane)
        };
        if to > here {
            (here + 1..=to).find(other).map_or(to, |at| at - 1)
        } else {
            (to..here).rev().find(other).map_or(to, |at| at + 1)
        }
    }

    /// Whether a node has found a better place.
    fn sift_node(&mut self, order: &mut Order, node: u32) -> bool {
        if (self.pinned)(node).is_some() {
            return false;
        }
        let layer = self.layered.layer[node as usize] as usize;
        self.balance.take(self.layered, node, &order.at);
        let here = order.at[node as usize] as usize;
        let nodes = &order.layers[layer];
        let passing = |at: usize| self.balance.passing(self.layered, nodes[at], &order.at);
        let (mut best, mut best_at) = (0_i64, here);
        let mut change = 0;
        let last = (here + WINDOW).min(nodes.len() - 1);
        let last = self.as_near(nodes, node, (here, last));
        for at in here + 1..=last {
            change += passing(at);
            if change < best {
                (best, best_at) = (change, at);
            }
        }
        change = 0;
        let first = self.as_near(nodes, node, (here, here.saturating_sub(WINDOW)));
        for at in (first..here).rev() {
            change -= passing(at);
            if change < best {
                (best, best_at) = (change, at);
            }
        }
        let edges = self.balance.before.len() + self.balance.after.len();
        self.effort = self
            .effort
            .saturating_sub(SIFT * (last - first + 4) * edges);
        order.shift(layer, here, best_at);
        best < 0
    }
}

/// Where the edges of one node end, to weigh it against others of its layer.
#[derive(Debug, Default)]
struct Balance {
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Balance {
    fn take(&mut self, layered: &Layered, node: u32, at: &[u32]) {
        let places = |neighbours: &[u32], to: &mut Vec<u32>| {
            to.clear();
            to.extend(neighbours.iter().map(|&other| at[other as usize]));
        };
        places(layered.before.of_node(node), &mut self.before);
        places(layered.after.of_node(node), &mut self.after);
    }

    /// How many crossings it costs to take the node from above another one to below it.
    fn passing(&self, layered: &Layered, other: u32, at: &[u32]) -> i64 {
        lean(&self.before, layered.before.of_node(other), at)
            + lean(&self.after, layered.after.of_node(other), at)
    }
}

fn lean(places: &[u32], others: &[u32], at: &[u32]) -> i64 {
    let mut change = 0;
    for &other in others {
        let other = at[other as usize];
        for &place in places {
            change += i64::from(other > place) - i64::from(other < place);
        }
    }
    change
}
