//! Seeded maps: six stages, local and random links. Refuses to use chance: the same call makes the same map.

use backcast_model::{Entity, Map, MapBuilder, MapProperties};
use serde_json::{Value, json};

/// How links of a seeded map run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// From a stage to a later one.
    BetweenStages,
    /// Also inside stages, and a few backward.
    Anywhere,
}

/// Numbers that look random (xorshift64*, G. Marsaglia 2003, S. Vigna 2016).
#[derive(Debug)]
pub(crate) struct Numbers(u64);

impl Numbers {
    /// A sequence that depends on the seed alone.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next one, below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % end.max(1)
    }
}

/// Stages of every seeded map.
pub(crate) const STAGES: usize = 6;

/// Who controls the touchpoints of a seeded map, in turn.
const OWNERSHIPS: [&str; 4] = ["brand", "partner", "customer", "independent"];

/// A map of `count` touchpoints and twice as many links, four in five of them between neighbours.
pub(crate) fn seeded(count: usize, links: Links, seed: u64) -> Map {
    let mut numbers = Numbers::new(seed);
    let mut builder = MapBuilder::new(MapProperties::titled("Seeded"));
    let mut push = |entity, row: Value| {
        let Value::Object(fields) = row else {
            unreachable!("rows are objects")
        };
        builder.push(entity, None, fields).expect("the row fits");
    };
    for stage in 0..STAGES {
        push(
            Entity::Stage,
            json!({ "id": format!("s{stage}"), "name": format!("Stage {stage}") }),
        );
    }
    let mut stages = vec![Vec::new(); STAGES];
    for touchpoint in 0..count {
        let stage = numbers.below(STAGES);
        stages[stage].push(touchpoint);
        let kind = if stage == STAGES - 1 && numbers.below(4) == 0 {
            "destination"
        } else {
            "driver"
        };
        push(
            Entity::Touchpoint,
            json!({ "id": format!("t{touchpoint}"), "name": format!("Touchpoint {touchpoint}"), "kind": kind, "stage": format!("s{stage}"), "ownership": OWNERSHIPS[touchpoint % OWNERSHIPS.len()] }),
        );
    }
    let mut known = std::collections::HashSet::new();
    while known.len() < 2 * count {
        let (from, to) = pair(&stages, links, &mut numbers);
        if from != to && known.insert((from.min(to), from.max(to))) {
            let (from, to) = (format!("t{from}"), format!("t{to}"));
            push(
                Entity::Link,
                json!({ "id": format!("{from}->{to}"), "from": from, "to": to }),
            );
        }
    }
    builder.finish().expect("the map fits together")
}

fn pair(stages: &[Vec<usize>], links: Links, numbers: &mut Numbers) -> (usize, usize) {
    let from_stage = numbers.below(STAGES - 1);
    let local = numbers.below(5) != 0;
    let mut to_stage = if local {
        from_stage + 1
    } else {
        from_stage + 1 + numbers.below(STAGES - 1 - from_stage)
    };
    if links == Links::Anywhere && numbers.below(5) == 0 {
        to_stage = from_stage;
    }
    let at = numbers.below(stages[from_stage].len());
    let other = if local {
        let near = at * stages[to_stage].len() / stages[from_stage].len().max(1) + numbers.below(7);
        near.saturating_sub(3).min(stages[to_stage].len() - 1)
    } else {
        numbers.below(stages[to_stage].len())
    };
    let (from, to) = (stages[from_stage][at], stages[to_stage][other]);
    if links == Links::Anywhere && numbers.below(33) == 0 {
        (to, from)
    } else {
        (from, to)
    }
}

/// The map with one more touchpoint, linked from one of an earlier stage and to one of a later stage, as the edits of
/// a planner make it.
#[allow(dead_code, reason = "not all programs that share this file draw on")]
pub(crate) fn with_one_more(map: &Map, seed: u64) -> backcast_model::edit::Applied {
    let mut numbers = Numbers::new(seed + 1000);
    let stage = 1 + numbers.below(STAGES - 2);
    let mut in_stage = |stage: usize| {
        let stage = format!("s{stage}");
        let members: Vec<_> = map
            .touchpoints
            .iter()
            .filter(|touchpoint| {
                touchpoint
                    .stage
                    .as_ref()
                    .is_some_and(|id| id.as_str() == stage)
            })
            .collect();
        members[numbers.below(members.len())].id.clone()
    };
    let (from, to) = (in_stage(stage - 1), in_stage(stage + 1));
    let id = format!("more{seed}");
    let edits = json!([
        { "op": "insert", "entity": "touchpoint", "value": { "id": id, "name": "One more", "kind": "driver", "stage": format!("s{stage}"), "ownership": OWNERSHIPS[seed as usize % OWNERSHIPS.len()] } },
        { "op": "insert", "entity": "link", "value": { "id": format!("{id} in"), "from": from, "to": id } },
        { "op": "insert", "entity": "link", "value": { "id": format!("{id} out"), "from": id, "to": to } },
    ]);
    let edits: Vec<backcast_model::Edit> = serde_json::from_value(edits).expect("edits");
    backcast_model::edit::apply(map, &edits, &mut |name| {
        backcast_model::Id::from_name(name, "x")
    })
    .expect("the edits fit")
}
