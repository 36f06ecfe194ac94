//! How an open map takes in what was read: rows are known again by id, else by name, so that an edited table updates
//! instead of doubling. Works out edits and says what they change, so that somebody can look before anything happens.
//! Refuses to apply them, and to delete what a table merely does not mention, unless asked.

mod fields;
mod matching;

use backcast_model::{Edit, Entity, Fields, Id, Map};
use serde_json::Value;

use crate::import::{Imported, Note, Origin, Source};
use fields::Showing;
use matching::{Matches, Translation};

/// What somebody decided before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// Whether touchpoints and links that what was read does not hold are deleted.
    pub delete_missing: bool,
}

/// What taking it in does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reconciled {
    /// The edits, to be applied as one batch.
    pub edits: Vec<Edit>,
    /// The same for people, in the order of stages, touchpoints, links; with what is missing at the end.
    pub differences: Vec<Difference>,
    /// What was noted on reading, and what cannot be taken in.
    pub notes: Vec<Note>,
}

/// One row and what happens to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Its kind.
    pub entity: Entity,
    /// Its id in the map afterwards.
    pub id: Id,
    /// What it is called; a link by its ends.
    pub name: String,
    /// Its place in what was read; empty when it is not there.
    pub place: String,
    /// What happens.
    pub what: What,
}

/// What happens to a row.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// It is new.
    Added,
    /// Fields of it change.
    Changed(Vec<FieldChange>),
    /// It is in the map and not in what was read; it stays.
    Missing,
    /// It is in the map and not in what was read; it is deleted, because somebody asked for that.
    Deleted,
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The field's name in the text form.
    pub field: String,
    /// What people call it.
    pub heading: String,
    /// What it holds, as people read it; empty: nothing.
    pub old: String,
    /// What it is to hold, as people read it; empty: nothing.
    pub new: String,
}

/// Entities whose rows are taken in; who refers to another comes after it.
const ENTITIES: [Entity; 5] = [
    Entity::Stage,
    Entity::Audience,
    Entity::System,
    Entity::Touchpoint,
    Entity::Link,
];

/// Works out how `current` takes in what was read; O(rows).
#[must_use]
pub fn reconcile(current: &Map, imported: &Imported, choices: Choices) -> Reconciled {
    let mut taking = Taking {
        current,
        imported,
        showing: Showing::of(current, &imported.map),
        translation: Translation::default(),
        result: Reconciled {
            notes: imported.notes.clone(),
            ..Reconciled::default()
        },
    };
    taking.row(
        Entity::Map,
        &Id::derived(backcast_model::MAP_ID),
        Some(&Id::derived(backcast_model::MAP_ID)),
        None,
    );
    let mut matched = Vec::new();
    for entity in ENTITIES {
        let matches = Matches::of(entity, current, imported, &taking.translation);
        taking.entity(entity, &matches);
        matched.push((entity, matches));
    }
    taking.dismissals();
    for (entity, matches) in matched.iter().rev() {
        if matches!(entity, Entity::Link | Entity::Touchpoint) {
            taking.missing(*entity, matches, choices);
        }
    }
    taking.result
}

struct Taking<'a> {
    current: &'a Map,
    imported: &'a Imported,
    showing: Showing<'a>,
    translation: Translation,
    result: Reconciled,
}

impl Taking<'_> {
    fn entity(&mut self, entity: Entity, matches: &Matches) {
        let mut before: Option<Id> = None;
        for (id, target) in &matches.pairs {
            let here = target
                .clone()
                .unwrap_or_else(|| self.translation.new_id(entity, id, self.current));
            self.translation.learn(entity, id, &here);
            let after = if entity == Entity::Stage {
                before.clone()
            } else {
                None
            };
            self.row(entity, id, target.as_ref(), after.as_ref());
            before = Some(here);
        }
    }

    /// Takes one row in: its fields into the row it is, or the whole of it as a new one.
    fn row(&mut self, entity: Entity, id: &Id, target: Option<&Id>, after: Option<&Id>) {
        let source = self.imported.sources.get(&(entity, id.clone()));
        let Some(mut fields) = self.imported.map.fields(entity, id.as_str()) else {
            return;
        };
        self.translation.translate(entity, &mut fields);
        match target {
            Some(target) => {
                if let Some(source) = source {
                    self.change(entity, target, &fields, source);
                }
            }
            None => self.add(entity, id, fields, source, after),
        }
    }

    fn add(
        &mut self,
        entity: Entity,
        id: &Id,
        mut fields: Fields,
        source: Option<&Source>,
        after: Option<&Id>,
    ) {
        let here = self
            .translation
            .of(entity, id)
            .unwrap_or_else(|| id.clone());
        let given = source.is_some_and(|source| source.origin == Origin::Given);
        if entity == Entity::Link && !given {
            // The map names links after their ends.
            fields.shift_remove("id");
        } else if fields.contains_key("id") {
            fields.insert("id".to_owned(), Value::from(here.as_str()));
        }
        let name = self.showing.new_name(entity, id, &fields);
        self.result.differences.push(Difference {
            entity,
            id: here,
            name,
            place: source
                .map(|source| source.place.clone())
                .unwrap_or_default(),
            what: What::Added,
        });
        let after = after.map(|id| id.as_str().to_owned());
        self.result.edits.push(Edit::Insert {
            entity,
            value: fields,
            after,
        });
    }

    fn change(&mut self, entity: Entity, target: &Id, fields: &Fields, source: &Source) {
        let Some(old) = self.current.fields(entity, target.as_str()) else {
            return;
        };
        let known = backcast_model::edit::known_fields(entity);
        // In the text form's order, whatever the order of columns was.
        let strange = source
            .fields
            .iter()
            .filter(|field| known.iter().all(|other| other.name != field.as_str()));
        let spoken = known
            .iter()
            .map(|field| field.name)
            .filter(|field| source.fields.contains(*field));
        let spoken: Vec<&str> = spoken
            .chain(strange.map(String::as_str))
            .filter(|field| *field != "id")
            .collect();
        let mut changes = Vec::new();
        for field in spoken {
            let (was, is) = (
                old.get(field).unwrap_or(&Value::Null),
                fields.get(field).unwrap_or(&Value::Null),
            );
            if fields::same(was, is) {
                continue;
            }
            if was.is_null() && known.iter().all(|other| other.name != field) {
                let text = format!(
                    "{field}, a field of a newer version, cannot be added to {entity} \u{201c}{target}\u{201d}"
                );
                self.result
                    .notes
                    .push(Note::new(source.place.clone(), text));
                continue;
            }
            changes.push(self.showing.change(entity, field, was, is));
            self.result.edits.push(Edit::Set {
                entity,
                id: target.as_str().to_owned(),
                field: field.to_owned(),
                value: is.clone(),
            });
        }
        if !changes.is_empty() {
            let (name, place) = (self.showing.old_name(entity, target), source.place.clone());
            self.result.differences.push(Difference {
                entity,
                id: target.clone(),
                name,
                place,
                what: What::Changed(changes),
            });
        }
    }

    /// Dismissals are named after what they dismiss, so that their id says all.
    fn dismissals(&mut self) {
        for id in self.imported.map.dismissals.ids() {
            let there = self.current.contains(Entity::Dismissal, id.as_str());
            self.row(Entity::Dismissal, id, there.then_some(id), None);
        }
    }

    /// What the map has and what was read has not. A source that lists none at all says nothing about them, and
    /// behind a row that could not be read may stand any of them.
    fn missing(&mut self, entity: Entity, matches: &Matches, choices: Choices) {
        if !matches.lists {
            return;
        }
        if self.imported.incomplete.contains(&entity) {
            if !matches.left.is_empty() {
                let text = format!(
                    "a {entity} could not be read, so that none of the map counts as missing; mend it and import again to find those"
                );
                self.result.notes.push(Note::new("", text));
            }
            return;
        }
        for id in &matches.left {
            if choices.delete_missing {
                self.result.edits.push(Edit::Delete {
                    entity,
                    id: id.as_str().to_owned(),
                });
            }
            self.result.differences.push(Difference {
                entity,
                id: id.clone(),
                name: self.showing.old_name(entity, id),
                place: String::new(),
                what: if choices.delete_missing {
                    What::Deleted
                } else {
                    What::Missing
                },
            });
        }
    }
}
