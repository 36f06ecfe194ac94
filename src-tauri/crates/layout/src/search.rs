//! The search for an order with few crossings. Refuses to move a node to another layer or to give it a height.

use std::collections::VecDeque;

use crate::crossings::Counter;
use crate::layered::Layered;
use crate::order::Order;
use crate::wiring::number;

/// Sweeps without fewer crossings after which a start is given up.
const PATIENCE: usize = 3;
/// How far a node is sifted to either side.
const WINDOW: usize = 40;
/// How much work a search may take, in steps of about three nanoseconds: so much for each touchpoint beyond the first
/// few, but at least and at most so much in all.
const EFFORT_EACH: usize = 6000;
const FIRST_FEW: usize = 150;
const LEAST_EFFORT: usize = 800_000;
const MOST_EFFORT: usize = 55_000_000;
/// What share of the effort sweeps may take before sifting begins: one part in so many.
const SWEEPING: usize = 3;
/// How many shuffled orders sweeps start from, when there is effort left after starting from those along the edges.
const SHUFFLES: usize = 20;
/// How many nodes at once are put elsewhere to find a way out of an order that sifting cannot improve.
const KICK: usize = 3;
/// How often nodes that are fitted in are each looked at.
const FITTINGS: usize = 3;

/// An order with few crossings. `pinned` tells the height of nodes whose order among each other is given.
pub(crate) fn order(layered: &Layered, pinned: &dyn Fn(u32) -> Option<f64>) -> Order {
    let mut search = Search::new(layered, pinned);
    let sweeping = search.effort / SWEEPING;
    let end = search.effort - sweeping;
    let walks = [(true, true), (false, true), (true, false), (false, false)]
        .into_iter()
        .map(Some);
    let mut best: Option<(u64, Order)> = None;
    for walked in walks.chain(std::iter::repeat_n(None, SHUFFLES)) {
        let start = match walked {
            Some((from_right, depth_first)) => walk(layered, from_right, depth_first),
            None => search.shuffled(),
        };
        let start = search.in_lanes(start);
        let found = search.sweep(start);
        if best
            .as_ref()
            .is_none_or(|(crossings, _)| found.0 < *crossings)
        {
            best = Some(found);
        }
        if search.effort <= end || best.as_ref().is_some_and(|(crossings, _)| *crossings == 0) {
            break;
        }
    }
    let (_, mut order) = best.unwrap_or_default();
    search.sift_all(&mut order);
    search.kick(&mut order);
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
    numbers: u64,
}

impl<'a> Search<'a> {
    fn new(layered: &'a Layered, pinned: &'a dyn Fn(u32) -> Option<f64>) -> Self {
        let effort = ((layered.cards as usize).saturating_sub(FIRST_FEW) * EFFORT_EACH)
            .clamp(LEAST_EFFORT, MOST_EFFORT);
        let queued = vec![false; layered.len()];
        Self {
            layered,
            pinned,
            counter: Counter::default(),
            keys: Vec::new(),
            slots: Vec::new(),
            queue: VecDeque::new(),
            queued,
            balance: Balance::default(),
            effort,
            numbers: 0x9E37_79B9_7F4A_7C15,
        }
    }

    /// A number below `end`, from a sequence that is always the same (xorshift64, G. Marsaglia, 2003).
    fn number_below(&mut self, end: usize) -> usize {
        self.numbers ^= self.numbers << 13;
        self.numbers ^= self.numbers >> 7;
        self.numbers ^= self.numbers << 17;
        (self.numbers >> 11) as usize % end.max(1)
    }

    /// Nodes in no particular order.
    fn shuffled(&mut self) -> Order {
        let mut layers = vec![Vec::new(); self.layered.layers];
        for (node, &layer) in (0_u32..).zip(&self.layered.layer) {
            let layer: &mut Vec<u32> = &mut layers[layer as usize];
            let at = self.number_below(layer.len() + 1);
            layer.push(node);
            let last = layer.len() - 1;
            layer.swap(at, last);
        }
        Order::of(layers)
    }

    /// Sweeps back and forth, each layer by the barycentres of its neighbours (Sugiyama et al., 1981), and keeps the
    /// best order met.
    fn sweep(&mut self, mut order: Order) -> (u64, Order) {
        let mut best = (u64::MAX, order.clone());
        let mut stale = 0;
        let mut to_right = false;
        while stale < PATIENCE && self.effort > 0 {
            self.sweep_once(&mut order, to_right);
            to_right = !to_right;
            let crossings = self.count(&order);
            if crossings < best.0 {
                best = (crossings, order.clone());
                stale = 0;
            } else {
                stale += 1;
            }
        }
        best
    }

    fn count(&mut self, order: &Order) -> u64 {
        self.effort = self.effort.saturating_sub(8 * self.layered.size());
        self.counter.count(self.layered, order)
    }

    fn sweep_once(&mut self, order: &mut Order, to_right: bool) {
        self.effort = self.effort.saturating_sub(10 * self.layered.size());
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

    /// The order with every layer's cards lane by lane.
    fn in_lanes(&mut self, mut order: Order) -> Order {
        if self.layered.has_lanes() {
            for layer in 0..order.layers.len() {
                self.keep_lanes(&mut order, layer);
                order.renumber(layer);
            }
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

    fn sift_all(&mut self, order: &mut Order) {
        for &node in order.layers.iter().flatten() {
            self.enqueue(node);
        }
        self.sift(order);
    }

    /// Sifts: takes node by node to the place in its layer where it crosses least (C. Matuszewski, R. Schönfeld,
    /// P. Molitor, *Using sifting for k-layer straightline crossing minimization*, GD 1999), until nothing queued
    /// improves; answers by how many crossings the order has more (never) or less (below 0).
    fn sift(&mut self, order: &mut Order) -> i64 {
        let mut change = 0;
        while let Some(node) = self.queue.pop_front() {
            self.queued[node as usize] = false;
            let better = if self.effort > 0 {
                self.sift_node(order, node)
            } else {
                0
            };
            if better < 0 {
                change += better;
                self.enqueue_neighbours(node);
            }
        }
        change
    }

    fn enqueue(&mut self, node: u32) {
        if !std::mem::replace(&mut self.queued[node as usize], true) {
            self.queue.push_back(node);
        }
    }

    /// What is best for a node depends on where its neighbours are.
    fn enqueue_neighbours(&mut self, node: u32) {
        let layered = self.layered;
        for &other in layered
            .before
            .of_node(node)
            .iter()
            .chain(layered.after.of_node(node))
        {
            self.enqueue(other);
        }
    }

    /// While there is effort left: puts a few nodes elsewhere, sifts what that touches, and goes back unless it helped
    /// (iterated local search; H. R. Lourenço, O. C. Martin, T. Stützle, *Handbook of Metaheuristics*, 2003).
    fn kick(&mut self, order: &mut Order) {
        let mut kept = order.clone();
        let mut crossings = self.count(order);
        while self.effort > 0 && crossings > 0 {
            let mut change = 0;
            for _ in 0..KICK {
                let node = self.number_below(self.layered.len()) as u32;
                let layer = self.layered.layer[node as usize] as usize;
                let to = self.number_below(order.layers[layer].len());
                if (self.pinned)(node).is_none() {
                    change += self.put(order, node, to);
                }
            }
            change += self.sift(order);
            self.effort = self.effort.saturating_sub(self.layered.len());
            if change <= 0 {
                crossings = crossings.saturating_sub(change.unsigned_abs());
                kept.clone_from(order);
            } else {
                order.clone_from(&kept);
            }
        }
    }

    /// Puts a node at a place of its layer, or as near to it as its lane allows; answers by how many crossings there
    /// are more.
    fn put(&mut self, order: &mut Order, node: u32, to: usize) -> i64 {
        let layer = self.layered.layer[node as usize] as usize;
        self.balance.take(self.layered, node, &order.at);
        let here = order.at[node as usize] as usize;
        let to = self.as_near(&order.layers[layer], node, (here, to));
        let passing = |at: usize| {
            self.balance
                .passing(self.layered, order.layers[layer][at], &order.at)
        };
        let change = if to > here {
            (here + 1..=to).map(passing).sum::<i64>()
        } else {
            -(to..here).map(passing).sum::<i64>()
        };
        let edges = self.balance.before.len() + self.balance.after.len();
        self.effort = self.effort.saturating_sub(here.abs_diff(to) * edges);
        order.shift(layer, here, to);
        self.enqueue(node);
        self.enqueue_neighbours(node);
        change
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

    fn sift_node(&mut self, order: &mut Order, node: u32) -> i64 {
        if (self.pinned)(node).is_some() {
            return 0;
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
        self.effort = self.effort.saturating_sub(
            (last - first + 4) * (self.balance.before.len() + self.balance.after.len()),
        );
        order.shift(layer, here, best_at);
        best
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
