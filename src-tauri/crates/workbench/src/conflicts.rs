//! Places of the map that were written on both sides of a merge, in the planner's words, and how a person settles one.
//! Refuses to choose: which write is kept until then is the store's to say, and the same for everybody.

use backcast_model::change::{ORDER_FIELD, apply};
use backcast_model::edit::{Applied, RefusedEdit, apply_held};
use backcast_model::{Edit, Entity, Id, Map, RowChange};
use backcast_store::{Conflict, Op, Side, Stamp};
use serde_json::Value;

use crate::comparison::name_of;
use crate::environment::now;
use crate::event::Event;
use crate::merging::settling;
use crate::problem::{Problem, ProblemKind};
use crate::wording::{field_words, value_words};
use crate::workbench::Workbench;

/// One side of a contested place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Names it, for [`Workbench::settle`].
    pub id: String,
    /// What was written, in words.
    pub text: String,
    /// Who wrote it; empty: nobody said.
    pub author: String,
    /// When, by their clock.
    pub at: jiff::Timestamp,
}

/// A place that was written on both sides. It stands until somebody writes there again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    /// The row's entity.
    pub entity: Entity,
    /// The row's id.
    pub id: Id,
    /// The field; empty when the row was deleted on one side and written on the other.
    pub field: String,
    /// What planners call the row.
    pub name: String,
    /// What planners call the field; for a row that was deleted on one side, the row itself.
    pub what: String,
    /// The touchpoints on which it shows.
    pub touchpoints: Vec<Id>,
    /// What the map holds now.
    pub kept: Claim,
    /// What lost, latest first.
    pub others: Vec<Claim>,
}

impl Workbench {
    /// The contested places, by entity, id and field. O(conflicts).
    #[must_use]
    pub fn contested(&self) -> Vec<Contested> {
        let map = self.map();
        let conflicts = self.store.conflicts().iter();
        conflicts.map(|conflict| contested(map, conflict)).collect()
    }

    /// Settles a contested place by writing one of its sides, also the one that is kept anyway.
    ///
    /// # Errors
    /// When it is settled already or has no such side any more, the project is read-only, or it cannot be written.
    pub fn settle(
        &mut self,
        entity: Entity,
        id: &str,
        field: &str,
        side: &str,
    ) -> Result<(), Problem> {
        let settled = || {
            Problem::refused(
                "This conflict is settled already, or was written again meanwhile.",
                "Look at the list of conflicts as it is now.",
            )
            .of_kind(ProblemKind::Stale)
        };
        let conflict = self
            .store
            .conflicts()
            .iter()
            .find(|conflict| {
                conflict.entity == entity && conflict.id.as_str() == id && conflict.field == field
            })
            .ok_or_else(settled)?
            .clone();
        let taken = std::iter::once(&conflict.chosen)
            .chain(&conflict.others)
            .find(|other| name(&other.stamp) == side)
            .ok_or_else(settled)?
            .clone();
        let row = name_of(self.map(), entity, id);
        let label = match conflict.field.as_str() {
            "" => format!("Settle \u{201c}{row}\u{201d}"),
            field => format!(
                "Settle {} of \u{201c}{row}\u{201d}",
                field_words(entity, field)
            ),
        };
        let is_deleted = conflict.field.is_empty() && taken.stamp != conflict.chosen.stamp;
        let step = |map: &Map| written(map, &conflict, &taken, is_deleted);
        let committed = self
            .store
            .transact(Op::new("resolve", label), now(), step)?;
        self.follow(committed);
        Ok(())
    }

    /// Tells which places are contested, when others are than were told last.
    pub(crate) fn tell_conflicts(&mut self) {
        if self.store.conflicts() != self.conflicts_told.as_slice() {
            self.conflicts_told = self.store.conflicts().to_vec();
            self.events.push(Event::Conflicts(self.contested()));
        }
    }
}

/// The map with one side written, which is logged also where the field holds that value already.
fn written(
    map: &Map,
    conflict: &Conflict,
    side: &Side,
    is_deleted: bool,
) -> Result<Applied, RefusedEdit> {
    let (entity, id) = (conflict.entity, &conflict.id);
    if is_deleted {
        let delete = Edit::Delete {
            entity,
            id: id.to_string(),
        };
        return backcast_model::edit::apply(map, &[delete], &mut |_| id.clone());
    }
    let held = |field: &str| map.value(entity, id.as_str(), field).unwrap_or(Value::Null);
    let (field, new) = match conflict.field.as_str() {
        // A row that stays is written at its place, which says nothing about any of its fields.
        "" => (ORDER_FIELD, held(ORDER_FIELD)),
        ORDER_FIELD => (ORDER_FIELD, side.value.clone()),
        field => {
            let set = Edit::Set {
                entity,
                id: id.to_string(),
                field: field.to_owned(),
                value: side.value.clone(),
            };
            let contested = std::slice::from_ref(conflict);
            let edits = [set];
            let applied = apply_held(map, &edits, &mut |_| id.clone())?;
            return Ok(settling(applied, &edits, contested));
        }
    };
    let change = RowChange::Set {
        entity,
        id: id.clone(),
        field: field.to_owned(),
        old: held(field),
        new,
    };
    let mut settled = map.clone();
    apply(&mut settled, &change).map_err(|refusal| RefusedEdit { number: 1, refusal })?;
    Ok(Applied {
        map: settled,
        changes: vec![change],
        inserted: Vec::new(),
    })
}

fn contested(map: &Map, conflict: &Conflict) -> Contested {
    let Conflict {
        entity, id, field, ..
    } = conflict;
    Contested {
        entity: *entity,
        id: id.clone(),
        field: field.clone(),
        name: name_of(map, *entity, id.as_str()),
        what: match field.as_str() {
            "" => entity_words(*entity).to_owned(),
            field => field_words(*entity, field),
        },
        touchpoints: touchpoints(map, *entity, id),
        kept: claim(map, conflict, &conflict.chosen, true),
        others: conflict
            .others
            .iter()
            .map(|side| claim(map, conflict, side, false))
            .collect(),
    }
}

fn claim(map: &Map, conflict: &Conflict, side: &Side, is_kept: bool) -> Claim {
    let text = match conflict.field.as_str() {
        "" if is_kept => "Stays, since it was changed".to_owned(),
        "" => "Was deleted".to_owned(),
        ORDER_FIELD | "position" if is_kept => "Where it stands now".to_owned(),
        ORDER_FIELD | "position" => "Another place".to_owned(),
        field => value_words(map, conflict.entity, field, &side.value),
    };
    Claim {
        id: name(&side.stamp),
        text,
        author: side.author.clone(),
        at: side.at,
    }
}

fn name(stamp: &Stamp) -> String {
    format!("{}/{}", stamp.actor, stamp.seq)
}

const fn entity_words(entity: Entity) -> &'static str {
    match entity {
        Entity::Map => "the map",
        Entity::Stage => "the stage",
        Entity::Audience => "the audience",
        Entity::System => "the system",
        Entity::Touchpoint => "the touchpoint",
        Entity::Link => "the link",
        Entity::Dismissal => "the dismissal",
    }
}

/// Where on the map a row is seen: its own card, or those that a link joins or a dismissal is about.
pub(crate) fn touchpoints(map: &Map, entity: Entity, id: &Id) -> Vec<Id> {
    match entity {
        Entity::Touchpoint => vec![id.clone()],
        Entity::Link => map
            .links
            .get(id.as_str())
            .map_or_else(Vec::new, |link| vec![link.from.clone(), link.to.clone()]),
        Entity::Dismissal => map
            .dismissals
            .get(id.as_str())
            .into_iter()
            .flat_map(|dismissal| &dismissal.subjects)
            .filter(|subject| map.touchpoints.contains(subject))
            .map(|subject| Id::derived(subject))
            .collect(),
        Entity::Map | Entity::Stage | Entity::Audience | Entity::System => Vec::new(),
    }
}
