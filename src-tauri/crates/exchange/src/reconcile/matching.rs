//! Which row of the map a row that was read is: by id where one stood there, else by name; links by their ends. Rows
//! of one name are taken in turn.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use backcast_model::{Entity, Fields, Id, Map};
use serde_json::Value;

use crate::fold::fold_name;
use crate::import::{Imported, Origin};

/// The rows that were read, and for each the row it is in the map.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// In the order of reading; `None`: it is new.
    pub(super) pairs: Vec<(Id, Option<Id>)>,
    /// Rows of the map that nothing was matched with, in the map's order.
    pub(super) left: Vec<Id>,
    /// Whether what was read lists rows of this kind rather than only mentioning them.
    pub(super) lists: bool,
}

impl Matches {
    pub(super) fn of(
        entity: Entity,
        current: &Map,
        imported: &Imported,
        translation: &Translation,
    ) -> Self {
        let keys = Keys {
            current,
            imported,
            translation,
        };
        let read: Vec<Id> = ids(&imported.map, entity);
        let here: Vec<Id> = ids(current, entity);
        let mentioned = |id: &Id| keys.origin(entity, id) == Some(Origin::Mentioned);
        let mut free: HashSet<&Id> = here.iter().collect();
        let mut found: Vec<Option<Id>> = vec![None; read.len()];
        for (id, found) in read.iter().zip(&mut found) {
            let same = keys.by_id(entity, id);
            // A row may be mentioned by its id in one place and by its name in another, and listed once.
            let taken = same.as_ref().is_some_and(|same| free.remove(same));
            *found = same.filter(|_| taken || mentioned(id));
        }
        let mut by_key: HashMap<String, VecDeque<&Id>> = HashMap::new();
        let mut first: HashMap<String, &Id> = HashMap::new();
        for id in &here {
            let key = keys.of_current(entity, id);
            first.entry(key.clone()).or_insert(id);
            if free.contains(id) {
                by_key.entry(key).or_default().push_back(id);
            }
        }
        for (id, found) in read
            .iter()
            .zip(&mut found)
            .filter(|(_, found)| found.is_none())
        {
            let key = keys.of_read(entity, id);
            let next = by_key.get_mut(&key).and_then(VecDeque::pop_front);
            let same = next.or_else(|| first.get(&key).copied().filter(|_| mentioned(id)));
            *found = same.cloned();
            if let Some(same) = same {
                free.remove(same);
            }
        }
        let left = here
            .iter()
            .filter(|id| free.contains(id))
            .cloned()
            .collect();
        let lists = read
            .iter()
            .any(|id| keys.origin(entity, id) != Some(Origin::Mentioned));
        Self {
            pairs: read.into_iter().zip(found).collect(),
            left,
            lists,
        }
    }
}

fn ids(map: &Map, entity: Entity) -> Vec<Id> {
    match entity {
        Entity::Stage => map.stages.ids().cloned().collect(),
        Entity::Audience => map.audiences.ids().cloned().collect(),
        Entity::System => map.systems.ids().cloned().collect(),
        Entity::Touchpoint => map.touchpoints.ids().cloned().collect(),
        Entity::Link => map.links.ids().cloned().collect(),
        Entity::Map | Entity::Dismissal => Vec::new(),
    }
}

/// By what rows are known again.
struct Keys<'a> {
    current: &'a Map,
    imported: &'a Imported,
    translation: &'a Translation,
}

impl Keys<'_> {
    fn origin(&self, entity: Entity, id: &Id) -> Option<Origin> {
        self.imported
            .sources
            .get(&(entity, id.clone()))
            .map(|source| source.origin)
    }

    /// The row of the map that has the id that was read. A mention may be an id.
    fn by_id(&self, entity: Entity, id: &Id) -> Option<Id> {
        let there = |text: &str| {
            self.current
                .contains(entity, text)
                .then(|| Id::derived(text))
        };
        match self.origin(entity, id) {
            None | Some(Origin::Given) => there(id.as_str()),
            Some(Origin::Named) => None,
            Some(Origin::Mentioned) => {
                let name = name_of(&self.imported.map, entity, id);
                // An id made from a name is nobody's word.
                let made = crate::fold::slug(name) == id.as_str();
                let by_id = || if made { None } else { there(id.as_str()) };
                there(name).or_else(by_id)
            }
        }
    }

    fn of_current(&self, entity: Entity, id: &Id) -> String {
        if entity == Entity::Link {
            let link = self.current.links.get(id.as_str());
            return link
                .map(|link| format!("{}\n{}", link.from, link.to))
                .unwrap_or_default();
        }
        name_key(self.current, entity, id)
    }

    fn of_read(&self, entity: Entity, id: &Id) -> String {
        if entity == Entity::Link {
            let link = self.imported.map.links.get(id.as_str());
            let end = |id: &Id| {
                self.translation
                    .of(Entity::Touchpoint, id)
                    .unwrap_or_else(|| id.clone())
            };
            return link
                .map(|link| format!("{}\n{}", end(&link.from), end(&link.to)))
                .unwrap_or_default();
        }
        name_key(&self.imported.map, entity, id)
    }
}

fn name_key(map: &Map, entity: Entity, id: &Id) -> String {
    fold_name(name_of(map, entity, id))
}

/// A row's name; empty when it has none.
pub(super) fn name_of<'m>(map: &'m Map, entity: Entity, id: &Id) -> &'m str {
    let id = id.as_str();
    let name = match entity {
        Entity::Stage => map.stages.get(id).map(|row| &row.name),
        Entity::Audience => map.audiences.get(id).map(|row| &row.name),
        Entity::System => map.systems.get(id).map(|row| &row.name),
        Entity::Touchpoint => map.touchpoints.get(id).map(|row| &row.name),
        Entity::Map => Some(&map.properties.title),
        Entity::Link | Entity::Dismissal => None,
    };
    name.map(String::as_str).unwrap_or_default()
}

/// Fields that hold ids, and of what.
type References = &'static [(&'static str, Entity)];

/// From the ids that were read to the ids of the map.
#[derive(Debug, Default)]
pub(super) struct Translation {
    ids: HashMap<(Entity, Id), Id>,
    taken: BTreeSet<(Entity, Id)>,
}

impl Translation {
    pub(super) fn of(&self, entity: Entity, id: &Id) -> Option<Id> {
        self.ids.get(&(entity, id.clone())).cloned()
    }

    pub(super) fn learn(&mut self, entity: Entity, id: &Id, here: &Id) {
        self.ids.insert((entity, id.clone()), here.clone());
    }

    /// An id for a new row: the one it has where that is free.
    pub(super) fn new_id(&mut self, entity: Entity, id: &Id, current: &Map) -> Id {
        let mut repeat = 1;
        loop {
            let candidate = if repeat == 1 {
                id.clone()
            } else {
                Id::derived(&format!("{id}-{repeat}"))
            };
            let free = !current.contains(entity, candidate.as_str());
            if free && self.taken.insert((entity, candidate.clone())) {
                return candidate;
            }
            repeat += 1;
        }
    }

    /// Writes the map's ids where a row's fields refer to others.
    pub(super) fn translate(&self, entity: Entity, fields: &mut Fields) {
        let (single, several): (References, References) = match entity {
            Entity::Touchpoint => (
                &[("stage", Entity::Stage), ("system", Entity::System)],
                &[("audiences", Entity::Audience)],
            ),
            Entity::Link => (
                &[("from", Entity::Touchpoint), ("to", Entity::Touchpoint)],
                &[],
            ),
            Entity::System => (&[], &[("exchanges_with", Entity::System)]),
            _ => (&[], &[]),
        };
        for (field, to) in single {
            if let Some(value) = fields.get_mut(*field) {
                self.put(*to, value);
            }
        }
        for (field, to) in several {
            for value in fields
                .get_mut(*field)
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                self.put(*to, value);
            }
        }
    }

    fn put(&self, entity: Entity, value: &mut Value) {
        let here = value
            .as_str()
            .and_then(|id| self.of(entity, &Id::derived(id)));
        if let Some(here) = here {
            *value = Value::from(here.as_str());
        }
    }
}
