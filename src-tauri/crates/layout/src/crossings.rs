//! How many edges cross between neighbouring layers, exactly. Refuses to mend.

use crate::layered::Layered;
use crate::order::Order;

/// Counts crossings; keeps its working memory from count to count.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    tree: Vec<u32>,
}

impl Counter {
    /// All crossings of a picture with straight edges from layer to layer; O(edges · log widest layer).
    pub(crate) fn count(&mut self, layered: &Layered, order: &Order) -> u64 {
        (1..order.layers.len())
            .map(|layer| self.count_before(layered, order, layer))
            .sum()
    }

    /// The crossings between a layer and the one before: edges by their left ends, counted where they end by an
    /// accumulator tree (W. Barth, P. Mutzel, M. Jünger, *Simple and efficient bilayer cross counting*, JGAA 8(2),
    /// 2004).
    pub(crate) fn count_before(&mut self, layered: &Layered, order: &Order, layer: usize) -> u64 {
        let leaves = order.layers[layer].len().next_power_of_two();
        self.tree.clear();
        self.tree.resize(2 * leaves, 0);
        let mut crossings = 0_u64;
        for &node in &order.layers[layer - 1] {
            let ends = layered.after.of_node(node);
            // Edges from one node do not cross: all are counted before any is entered.
            for &end in ends {
                crossings += self.beyond(leaves + order.at[end as usize] as usize);
            }
            for &end in ends {
                self.enter(leaves + order.at[end as usize] as usize);
            }
        }
        crossings
    }

    /// Edges entered at leaves behind this one.
    fn beyond(&self, mut leaf: usize) -> u64 {
        let mut sum = 0;
        while leaf > 1 {
            if leaf.is_multiple_of(2) {
                sum += u64::from(self.tree[leaf + 1]);
            }
            leaf /= 2;
        }
        sum
    }

    fn enter(&mut self, mut leaf: usize) {
        while leaf > 0 {
            self.tree[leaf] += 1;
            leaf /= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wiring::{Calling, Wiring};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_tree_counts_as_pairs_do(ends in prop::collection::vec((0_u32..9, 9_u32..20), 0..40)) {
            let wiring = Wiring {
                groups: vec![None],
                staged: false,
                group: vec![0; 20],
                calling: vec![Calling::Driver; 20],
                pin: vec![None; 20],
                chosen: vec![None; 20],
                lanes: Vec::new(),
                lane: Vec::new(),
                links: ends.iter().copied().map(Some).collect(),
            };
            let layer: Vec<u32> = (0..20).map(|node| u32::from(node >= 9)).collect();
            let layered = Layered::of(&wiring, &layer, 2);
            let order = Order::of(vec![(0..9).collect(), (9..20).collect()]);
            let different: std::collections::BTreeSet<_> = ends.into_iter().collect();
            let pairs = different.iter().flat_map(|one| different.iter().map(move |other| (one, other)));
            let expected = pairs.filter(|(one, other)| one.0 < other.0 && one.1 > other.1).count() as u64;
            prop_assert_eq!(Counter::default().count(&layered, &order), expected);
        }
    }
}
