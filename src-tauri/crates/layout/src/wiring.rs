//! A map by numbers: what the layout needs to know of touchpoints and links, in the planner's order. Refuses to
//! decide anything.

use backcast_model::{Id, Map, Touchpoint};

use crate::frame::Frame;

/// For every node a run of other nodes (compressed sparse rows).
#[derive(Debug, Clone, Default)]
pub(crate) struct Adjacency {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Adjacency {
    /// The targets of each of `count` nodes, in the order of `pairs` (from, to); O(nodes + pairs).
    pub(crate) fn of(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 2];
        let mut total = 0;
        for (from, _) in pairs.clone() {
            starts[from as usize + 2] += 1;
            total += 1;
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut ends = vec![0_u32; total];
        for (from, to) in pairs {
            let start = &mut starts[from as usize + 1];
            ends[*start as usize] = to;
            *start += 1;
        }
        Self { starts, ends }
    }

    /// How many pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn of_node(&self, node: u32) -> &[u32] {
        &self.ends[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}

/// How far to the right a touchpoint belongs by its nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Calling {
    Ultimate,
    Intermediate,
    Driver,
}

/// Touchpoints and links by number.
#[derive(Debug, PartialEq)]
pub(crate) struct Wiring {
    /// Ids of the groups of columns, left to right: `None` for touchpoints without a stage.
    pub(crate) groups: Vec<Option<Id>>,
    /// Whether the map has stages at all.
    pub(crate) staged: bool,
    /// Each touchpoint's group.
    pub(crate) group: Vec<u32>,
    /// Each touchpoint's calling.
    pub(crate) calling: Vec<Calling>,
    /// The top-left corners of pinned touchpoints; none where the frame keeps no places.
    pub(crate) pin: Vec<Option<(f64, f64)>>,
    /// Heights that planners chose: those who have one keep their order by it within a layer and a lane.
    pub(crate) chosen: Vec<Option<f64>>,
    /// Names of the lanes, top to bottom; without lanes there is none.
    pub(crate) lanes: Vec<Option<String>>,
    /// Each touchpoint's lane; empty without lanes.
    pub(crate) lane: Vec<u32>,
    /// Each link's ends, `None` for a link from a touchpoint to itself.
    pub(crate) links: Vec<Option<(u32, u32)>>,
}

impl Wiring {
    /// O(touchpoints + links).
    pub(crate) fn of(map: &Map, frame: &Frame) -> Self {
        let staged = !frame.distances && !map.stages.is_empty();
        let mut groups: Vec<Option<Id>> = if staged {
            map.stages.ids().cloned().map(Some).collect()
        } else {
            Vec::new()
        };
        let homeless = !staged
            || map
                .touchpoints
                .iter()
                .any(|touchpoint| touchpoint.stage.is_none());
        if homeless {
            groups.insert(0, None);
        }
        let group_of = |stage: &Option<Id>| {
            let position = stage
                .as_ref()
                .filter(|_| staged)
                .and_then(|id| map.stages.position(id.as_str()));
            position.map_or(0, |position| number(position + usize::from(homeless)))
        };
        let end = |id: &Id| map.touchpoints.position(id.as_str()).map(number);
        let place = |touchpoint: &Touchpoint| touchpoint.position.map(|at| (at.x(), at.y()));
        let pin = |touchpoint| place(touchpoint).filter(|_| frame.keeps_places());
        // Among distances, cards of all stages stand together, which nobody placed beside each other.
        let chosen = |touchpoint| Some(place(touchpoint)?.1).filter(|_| !frame.distances);
        let (lanes, lane) = frame
            .lanes
            .as_ref()
            .map(|lanes| lanes.of(map))
            .unwrap_or_default();
        Self {
            staged,
            group: map
                .touchpoints
                .iter()
                .map(|touchpoint| group_of(&touchpoint.stage))
                .collect(),
            calling: map.touchpoints.iter().map(calling).collect(),
            pin: map.touchpoints.iter().map(pin).collect(),
            chosen: map.touchpoints.iter().map(chosen).collect(),
            lanes,
            lane,
            links: map
                .links
                .iter()
                .map(|link| {
                    Some((end(&link.from)?, end(&link.to)?)).filter(|(from, to)| from != to)
                })
                .collect(),
            groups,
        }
    }

    /// The height that a planner chose for a node, if it is a card.
    pub(crate) fn chosen(&self, node: u32) -> Option<f64> {
        self.chosen.get(node as usize).copied().flatten()
    }

    /// How many touchpoints there are.
    pub(crate) fn len(&self) -> usize {
        self.group.len()
    }
}

fn calling(touchpoint: &Touchpoint) -> Calling {
    match (touchpoint.is_ultimate(), touchpoint.is_destination()) {
        (true, _) => Calling::Ultimate,
        (false, true) => Calling::Intermediate,
        (false, false) => Calling::Driver,
    }
}

/// Counts stay far below 2³²: a map has at most 100,000 touchpoints, and passes are bounded in `layered`.
pub(crate) fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
