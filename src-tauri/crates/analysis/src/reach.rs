//! What leads where: the walks that several rules ask for, each done once when first asked. The words are those of
//! the rules: D destinations, D* ultimate ones, E entries. What holds of a whole circle of touchpoints is worked out
//! for the circle; two passes over the links settle all of it.

use std::sync::OnceLock;

use bitflags::bitflags;

use crate::components::Components;
use crate::facts::{Facts, Is};
use crate::graph::{Distances, Graph};

bitflags! {
    /// What leads to a circle of touchpoints and where it leads. Its members have this in common, because each leads
    /// to all others; a member counts as led to by itself.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub(crate) struct Leads: u8 {
        const FROM_ENTRY = 1;
        /// From a driver with paid media.
        const FROM_PAID = 1 << 1;
        const FROM_OPT_IN = 1 << 2;
        const TO_DESTINATION = 1 << 3;
        const TO_ULTIMATE = 1 << 4;
        /// To something of the brand's.
        const TO_BRAND = 1 << 5;
        /// A link leads into the circle.
        const IN = 1 << 6;
        /// A link leads out of the circle.
        const OUT = 1 << 7;

        /// What is handed on along links.
        const FORWARD = Self::FROM_ENTRY.bits() | Self::FROM_PAID.bits() | Self::FROM_OPT_IN.bits();
        /// What is handed back against links.
        const BACKWARD = Self::TO_DESTINATION.bits() | Self::TO_ULTIMATE.bits() | Self::TO_BRAND.bits();
    }
}

impl Leads {
    /// What a touchpoint brings into its circle.
    fn brought_by(is: Is) -> Self {
        let mut leads = Self::empty();
        leads.set(Self::FROM_ENTRY, is.contains(Is::ENTRY));
        leads.set(
            Self::FROM_PAID,
            is.contains(Is::PAID) && !is.contains(Is::DESTINATION),
        );
        leads.set(Self::FROM_OPT_IN, is.contains(Is::OPT_IN));
        leads.set(Self::TO_DESTINATION, is.contains(Is::DESTINATION));
        leads.set(Self::TO_ULTIMATE, is.contains(Is::ULTIMATE));
        leads.set(Self::TO_BRAND, is.contains(Is::BRAND));
        leads
    }
}

/// The graph of a map and what was worked out on it so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    pub(crate) graph: Graph,
    circles: OnceLock<Components>,
    /// By circle.
    leads: OnceLock<Vec<Leads>>,
    leading_to_ultimate: OnceLock<Distances>,
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

    /// The same graph, after touchpoints became or ceased to be what walks start from or end at.
    pub(crate) fn forget_ends(&mut self) {
        self.leads = OnceLock::new();
        self.leading_to_ultimate = OnceLock::new();
    }

    /// Touchpoints that lead to each other, in one component each.
    pub(crate) fn circles(&self, facts: &Facts) -> &Components {
        self.circles
            .get_or_init(|| Components::strong(facts, &self.graph))
    }

    /// What leads to each circle and where it leads, by the circle's number.
    pub(crate) fn leads(&self, facts: &Facts) -> &[Leads] {
        self.leads.get_or_init(|| self.work_out_leads(facts))
    }

    /// Whether all of this holds of a present touchpoint.
    pub(crate) fn is(&self, facts: &Facts, slot: u32, leads: Leads) -> bool {
        let circle = self.circles(facts).number(slot);
        self.leads(facts)[circle].contains(leads)
    }

    /// How far from an ultimate destination each touchpoint is.
    pub(crate) fn leading_to_ultimate(&self, facts: &Facts) -> &Distances {
        self.leading_to_ultimate
            .get_or_init(|| self.graph.up.distances(facts.those(Is::ULTIMATE), |_| true))
    }

    /// Circles are numbered against the links, so whatever is handed on or back is known whole before it is.
    fn work_out_leads(&self, facts: &Facts) -> Vec<Leads> {
        let circles = self.circles(facts);
        let mut leads = vec![Leads::empty(); circles.len()];
        for slot in facts.present() {
            leads[circles.number(slot)] |= Leads::brought_by(facts.marks(slot));
        }
        let down = &self.graph.down;
        for slot in circles.members.iter().copied() {
            let here = circles.number(slot);
            for step in down.from(slot) {
                let there = circles.number(step.touchpoint);
                if there != here {
                    let behind = leads[there] & Leads::BACKWARD;
                    leads[here] |= behind | Leads::OUT;
                }
            }
        }
        for slot in circles.members.iter().rev().copied() {
            let here = circles.number(slot);
            for step in down.from(slot) {
                let there = circles.number(step.touchpoint);
                if there != here {
                    let before = leads[here] & Leads::FORWARD;
                    leads[there] |= before | Leads::IN;
                }
            }
        }
        leads
    }
}
