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
pub(crate) type Book = BTreeMap<Stamp, Entry>;

/// One change as the book has it.
pub(crate) struct Entry {
    pub(crate) seen: BTreeSet<Stamp>,
    pub(crate) kind: ChangeKind,
    pub(crate) reverts: Option<Stamp>,
    pub(crate) changes: Vec<RowChange>,
}

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

/// How close to each other people work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    /// All over the map.
    Wide,
    /// At one touchpoint and mostly at one field of it, taking back more.
    Crowded,
}

/// The sorts of edits where it is crowded.
const CLOSE: [usize; 8] = [0, 0, 0, 2, 3, 6, 6, 8];

/// An edit or two that may or may not fit.
pub(crate) fn random_edits(random: &mut Random, map: &Map, scene: Scene) -> Vec<Edit> {
    let set = |id: &str, field: &str, value: Value| Edit::Set {
        entity: Entity::Touchpoint,
        id: id.to_owned(),
        field: field.to_owned(),
        value,
    };
    let crowded = scene == Scene::Crowded;
    let touchpoint = random.pick(if crowded {
        &TOUCHPOINTS[..1]
    } else {
        &TOUCHPOINTS
    });
    let number = random.below(4);
    let edit = match if crowded {
        CLOSE[random.below(CLOSE.len())]
    } else {
        random.below(12)
    } {
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

fn insert(entity: Entity, value: Value) -> Edit {
    match value {
        Value::Object(value) => Edit::Insert {
            entity,
            value,
            after: None,
        },
        _ => unreachable!("values are objects"),
    }
}

/// What scenarios begin with.
pub(crate) fn begin() -> Project {
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

/// Whether a step is one that wrote over what is asked for.
type Matters<'a> = dyn Fn(&RowChange) -> bool + 'a;

/// What an undo or a redo is about in the end, and whether it takes that back.
fn about<'a>(book: &'a Book, stamp: &'a Stamp) -> Option<(&'a Stamp, bool)> {
    let reverted = book[stamp].reverts.as_ref()?;
    let about = about(book, reverted).map(|(root, takes_back)| (root, !takes_back));
    Some(about.unwrap_or((reverted, true)))
}

/// Whether an edit was taken back where it matters, and not done again.
fn stands_taken_back(book: &Book, edit: &Stamp, matters: &Matters<'_>) -> bool {
    let of_edit = book.iter().filter_map(|(stamp, entry)| {
        let (root, takes_back) = about(book, stamp)?;
        let wrote = root == edit && entry.changes.iter().any(matters);
        wrote.then_some((entry.seen.len(), takes_back))
    });
    of_edit.max().is_some_and(|(_, takes_back)| takes_back)
}

/// Whether somebody who wrote there later decided about a write. Whoever had seen it did; but an undo does not decide
/// about what others wrote beside the step that it takes back, and a step that is taken back decides about nothing.
fn decides(book: &Book, later: &Stamp, earlier: &Stamp, matters: &Matters<'_>) -> bool {
    if !book[later].seen.contains(earlier) {
        return false;
    }
    match about(book, later) {
        None => !stands_taken_back(book, later, matters),
        Some((root, takes_back)) => {
            root == earlier
                || book[earlier].seen.contains(root)
                || (!takes_back
                    && book[root].seen.contains(earlier)
                    && !stands_taken_back(book, root, matters))
        }
    }
}

/// Whether a side of a conflict tells of a write: it is that write, or an undo that brought it back.
fn stands_for(book: &Book, side: &Stamp, write: &Stamp) -> bool {
    let brought_back =
        |(root, takes_back): (&Stamp, bool)| takes_back && book[root].seen.contains(write);
    side == write || about(book, side).is_some_and(brought_back)
}

/// Whether somebody who had seen a write deleted the row once more, with that value in it.
fn deleted_again_with(book: &Book, write: &Stamp, row: &Matters<'_>, held: (&str, &Value)) -> bool {
    let (field, value) = held;
    let holds = |change: &RowChange| match change {
        RowChange::Delete { fields, .. } => {
            row(change) && fields.get(field).unwrap_or(&Value::Null) == value
        }
        RowChange::Insert { .. } | RowChange::Set { .. } => false,
    };
    book.iter().any(|(stamp, entry)| {
        let again = about(book, stamp)
            .is_some_and(|(root, takes_back)| !takes_back && !stands_taken_back(book, root, row));
        again && entry.seen.contains(write) && entry.changes.iter().any(holds)
    })
}

/// No acknowledged write is missing: it is in the map, or somebody who wrote there later decided
/// about it, or it is listed.
pub(crate) fn nothing_is_lost(
    map: &Map,
    conflicts: &[Conflict],
    book: &Book,
) -> Result<(), String> {
    let later = |stamp: &Stamp, step: usize, matters: &Matters<'_>| {
        book.iter().any(|(other, entry)| {
            let mut wrote = entry.changes.iter().enumerate();
            entry.kind != ChangeKind::REPAIR
                && wrote.any(|(at, change)| matters(change) && (other != stamp || at > step))
                && (other == stamp || decides(book, other, stamp, matters))
        })
    };
    let real = book
        .iter()
        .filter(|(_, entry)| entry.kind != ChangeKind::REPAIR);
    for (stamp, entry) in real {
        for (step, change) in entry.changes.iter().enumerate() {
            let (entity, id) = (change.entity(), change.id());
            let same_row = |other: &RowChange| other.entity() == entity && other.id() == id;
            let listed = |field: &str, value: &Value| {
                conflicts.iter().any(|conflict| {
                    conflict.entity == entity
                        && conflict.id == *id
                        && conflict.field == field
                        && conflict.others.iter().any(|side| {
                            side.value == *value && stands_for(book, &side.stamp, stamp)
                        })
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
                let decided = later(stamp, step, &overwrites)
                    || deleted_again_with(book, stamp, &same_row, (&field, &value));
                if !kept && !decided && !listed(&field, &value) {
                    return Err(format!(
                        "{entity} {id}, {field}: {value} of {stamp:?} was lost"
                    ));
                }
            }
        }
    }
    Ok(())
}
