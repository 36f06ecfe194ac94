//! The order of nodes within layers. Refuses to judge which order is good: that is `search`.

use crate::wiring::number;

/// Nodes of each layer from top to bottom, and each node's place in its layer.
#[derive(Debug, Default, Clone)]
pub(crate) struct Order {
    pub(crate) layers: Vec<Vec<u32>>,
    pub(crate) at: Vec<u32>,
}

impl Order {
    /// The order given by `layers`, which hold every node once.
    pub(crate) fn of(layers: Vec<Vec<u32>>) -> Self {
        let mut order = Self {
            at: vec![0; layers.iter().map(Vec::len).sum()],
            layers,
        };
        for layer in 0..order.layers.len() {
            order.renumber(layer);
        }
        order
    }

    /// The order of the first `nodes` nodes in the first `layers` layers.
    pub(crate) fn of_first(self, nodes: usize, layers: usize) -> Self {
        let mut first = self.layers;
        first.truncate(layers);
        for layer in &mut first {
            layer.retain(|&node| (node as usize) < nodes);
        }
        Self::of(first)
    }

    /// Moves the node at `from` to `to`, those between closing up.
    pub(crate) fn shift(&mut self, layer: usize, from: usize, to: usize) {
        let nodes = &mut self.layers[layer];
        if to > from {
            nodes[from..=to].rotate_left(1);
        } else {
            nodes[to..=from].rotate_right(1);
        }
        let touched = from.min(to)..=from.max(to);
        for (at, &node) in (number(*touched.start())..).zip(&nodes[touched]) {
            self.at[node as usize] = at;
        }
    }

    /// The same upside down: the same nodes are neighbours, and the same edges cross.
    pub(crate) fn upside_down(mut self) -> Self {
        self.layers.iter_mut().for_each(|layer| layer.reverse());
        Self::of(self.layers)
    }

    pub(crate) fn renumber(&mut self, layer: usize) {
        for (at, &node) in (0_u32..).zip(&self.layers[layer]) {
            self.at[node as usize] = at;
        }
    }
}
