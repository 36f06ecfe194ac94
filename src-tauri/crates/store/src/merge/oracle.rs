//! What the harnesses for merging share: a small project, random edits of it, and an oracle that
//! knows nothing of the store. It keeps book of every change with what its maker had seen, and says
//! at the end which write must be kept and which must be listed.

use std::collections::{BTreeMap, BTreeSet};

use backcast_model::edit::{self, Edit};
use backcast_model::{Entity, Id, Map, MapProperties, Project, RowChange};
use serde_json::{Value, json};

use super::Conflict;
use crate::log::{ChangeKind, Stamp};

/// Everything the copies did, and what each change had seen.
pub(crate) type Book = BTreeMap<Stamp, (BTreeSet<Stamp>, ChangeKind, Vec<RowChange>)>;

/// `SplitMix64`: the same numbers for the same seed, everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `most`.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    /// One of these.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const TOUCHPOINTS: [&str; 5] = ["tv", "radio", "search", "shop", "new"];
const STAGES: [&str; 2] = ["discover", "buy"];

/// An edit or two that may or may not fit.
pub(crate) fn random_edits(random: &mut Random, map: &Map) -> Vec<Edit> {
    let set = |id: &str, field: &str, value: Value| Edit::Set {
        entity: Entity::Touchpoint,
        id: id.to_owned(),
        field: field.to_owned(),
        value,
    };
    let insert = |entity, value: Value| match value {
        Value::Object(value) => Edit::Insert {
            entity,
            value,
            after: None,
        },
        _ => unreachable!("values are objects"),
    };
    let touchpoint = random.pick(&TOUCHPOINTS);
    let number = random.below(4);
    let edit = match random.below(12) {
        0 | 1 => set(touchpoint, "name", json!(format!("Name {number}"))),
        2 => set(
            touchpoint,
            "cta",
            if number == 0 {
                Value::Null
            } else {
                json!(format!("Do {number}"))
            },
        ),
        3 | 4 => set(touchpoint, "stage", json!(random.pick(&STAGES))),
        5 => set(touchpoint, "audiences", json!(["all"])),
        6 => Edit::Delete {
            entity: Entity::Touchpoint,
            id: touchpoint.to_owned(),
        },
        7 => Edit::Delete {
            entity: Entity::Stage,
            id: random.pick(&STAGES).to_owned(),
        },
        8 => insert(
            Entity::Touchpoint,
            json!({"id": touchpoint, "name": format!("New {number}"), "kind": "driver"}),
        ),
        9 => insert(
            Entity::Stage,
            json!({"id": random.pick(&STAGES), "name": format!("Stage {number}")}),
        ),
        10 => insert(
            Entity::Link,
            json!({"from": touchpoint, "to": random.pick(&TOUCHPOINTS)}),
        ),
        _ => Edit::Move {
            entity: Entity::Touchpoint,
            id: touchpoint.to_owned(),
            after: Some(String::new()),
        },
    };
    let link = map
        .links
        .iter()
        .nth(random.below(map.links.len().max(1)))
        .map(|link| link.id.to_string());
    match (random.below(5), link) {
        (0, Some(id)) => vec![Edit::Set {
            entity: Entity::Link,
            id,
            field: "cta".to_owned(),
            value: json!(format!("Go {number}")),
        }],
        (1, Some(id)) => vec![
            Edit::Delete {
                entity: Entity::Link,
                id,
            },
            edit,
        ],
        _ => vec![edit],
    }
}

/// What scenarios begin with.
pub(crate) fn begin() -> Project {
    let insert = |entity, value: Value| match value {
        Value::Object(value) => Edit::Insert {
            entity,
            value,
            after: None,
        },
        _ => unreachable!("values are objects"),
    };
    let mut edits: Vec<_> = STAGES
        .iter()
        .map(|id| insert(Entity::Stage, json!({"id": id, "name": id})))
        .collect();
    edits.push(insert(
        Entity::Audience,
        json!({"id": "all", "name": "All"}),
    ));
    edits.extend(TOUCHPOINTS[..4].iter().map(|id| {
        insert(
            Entity::Touchpoint,
            json!({"id": id, "name": id, "kind": "driver"}),
        )
    }));
    edits.extend(
        [("tv", "search"), ("search", "shop")]
            .map(|(from, to)| insert(Entity::Link, json!({"from": from, "to": to}))),
    );
    let map = Map::new(MapProperties::titled("Scenario"));
    let map = edit::apply(&map, &edits, &mut |_| unreachable!("all have ids"))
        .unwrap()
        .map;
    Project {
        id: Id::new("scenario").unwrap(),
        map,
    }
}

/// No acknowledged write is missing: it is in the map, or somebody who wrote there later had seen
/// it, or it is listed.
pub(crate) fn nothing_is_lost(
    map: &Map,
    conflicts: &[Conflict],
    book: &Book,
) -> Result<(), String> {
    let real: Vec<_> = book
        .iter()
        .filter(|(_, (_, kind, _))| *kind != ChangeKind::REPAIR)
        .collect();
    let later = |stamp: &Stamp, step: usize, matters: &dyn Fn(&RowChange) -> bool| {
        real.iter().any(|(other, (seen, _, changes))| {
            changes.iter().enumerate().any(|(at, change)| {
                matters(change) && (seen.contains(stamp) || (*other == stamp && at > step))
            })
        })
    };
    for (stamp, (_, _, changes)) in &real {
        for (step, change) in changes.iter().enumerate() {
            let (entity, id) = (change.entity(), change.id());
            let same_row = |other: &RowChange| other.entity() == entity && other.id() == id;
            let listed = |field: &str, value: &Value| {
                conflicts.iter().any(|conflict| {
                    conflict.entity == entity
                        && conflict.id == *id
                        && conflict.field == field
                        && conflict
                            .others
                            .iter()
                            .any(|side| side.stamp == **stamp && side.value == *value)
                })
            };
            let fields: Vec<(String, Value)> = match change {
                RowChange::Delete { .. } => {
                    let undone = later(stamp, step, &same_row);
                    if map.contains(entity, id.as_str()) && !undone && !listed("", &Value::Null) {
                        return Err(format!("the delete of {entity} {id} was lost"));
                    }
                    continue;
                }
                RowChange::Set { field, new, .. } => vec![(field.clone(), new.clone())],
                RowChange::Insert { fields, .. } => fields
                    .iter()
                    .map(|(field, value)| (field.clone(), value.clone()))
                    .collect(),
            };
            for (field, value) in fields {
                let overwrites = |other: &RowChange| {
                    same_row(other)
                        && match other {
                            RowChange::Set { field: written, .. } => *written == field,
                            RowChange::Insert { .. } | RowChange::Delete { .. } => true,
                        }
                };
                let kept = map.value(entity, id.as_str(), &field).as_ref() == Some(&value);
                if !kept && !later(stamp, step, &overwrites) && !listed(&field, &value) {
                    return Err(format!(
                        "{entity} {id}, {field}: {value} of {stamp:?} was lost"
                    ));
                }
            }
        }
    }
    Ok(())
}
