//! A map in the making, from rows as foreign formats have them: some with ids, some with names alone, references by
//! either. Gives everything an id, decides what nobody said and notes it, and builds the map.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use backcast_model::{Entity, Fields, Id, Link, MapBuilder, MapProperties, Record};
use serde_json::Value;

use crate::fold::{fold_name, slug};
use crate::import::{ImportError, Imported, Note, Origin, Source};
use crate::kinds;

/// A row without references.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftRow {
    /// Where it stood.
    pub(crate) place: String,
    /// The id that stood there.
    pub(crate) given: Option<String>,
    /// Whether it was only referred to.
    pub(crate) mentioned: bool,
    /// Its fields; references and the id are told apart from them.
    pub(crate) fields: Fields,
    /// The fields that its source speaks of.
    pub(crate) speaks: BTreeSet<String>,
}

impl DraftRow {
    pub(crate) fn at(place: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            ..Self::default()
        }
    }

    /// Writes a field that the source speaks of.
    pub(crate) fn say(&mut self, field: &str, value: impl Into<Value>) {
        self.speaks.insert(field.to_owned());
        self.fields.insert(field.to_owned(), value.into());
    }

    /// Fields that the source has and nobody can read: an open map keeps what it has in them.
    pub(crate) fn hush(&mut self, fields: &[&str]) {
        self.speaks
            .retain(|field| !fields.contains(&field.as_str()));
    }

    pub(crate) fn name(&self) -> &str {
        self.fields
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

/// Rows that others refer to by id or by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    pub(crate) rows: Vec<DraftRow>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Group {
    /// Takes a row in and gives its number.
    pub(crate) fn push(&mut self, row: DraftRow) -> usize {
        let number = self.rows.len();
        if let Some(id) = &row.given {
            self.by_id.entry(id.clone()).or_insert(number);
        }
        self.by_name.entry(fold_name(row.name())).or_insert(number);
        self.rows.push(row);
        number
    }

    /// The row with this id, else with this name.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        self.by_id
            .get(text)
            .or_else(|| self.by_name.get(&fold_name(text)))
            .copied()
    }

    /// The row with this id or name; made when there is none.
    pub(crate) fn refer(&mut self, text: &str) -> usize {
        self.find(text).unwrap_or_else(|| {
            let mut row = DraftRow {
                mentioned: true,
                ..DraftRow::default()
            };
            row.fields.insert("name".to_owned(), Value::from(text));
            self.push(row)
        })
    }

    /// The row with exactly this id; made when there is none.
    pub(crate) fn refer_by_id(&mut self, id: &str) -> usize {
        self.by_id.get(id).copied().unwrap_or_else(|| {
            let mut row = DraftRow {
                given: Some(id.to_owned()),
                mentioned: true,
                ..DraftRow::default()
            };
            row.fields.insert("name".to_owned(), Value::from(id));
            self.push(row)
        })
    }
}

/// A touchpoint and what it refers to, by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftTouchpoint {
    pub(crate) row: DraftRow,
    pub(crate) stage: Option<usize>,
    pub(crate) audiences: Vec<usize>,
    pub(crate) system: Option<usize>,
}

/// A link between two touchpoints, by number.
#[derive(Debug, Clone)]
pub(crate) struct DraftLink {
    pub(crate) row: DraftRow,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// A map in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// The map's own fields, as far as the source speaks of them.
    pub(crate) properties: Fields,
    pub(crate) stages: Group,
    pub(crate) audiences: Group,
    pub(crate) systems: Group,
    pub(crate) touchpoints: Vec<DraftTouchpoint>,
    pub(crate) links: Vec<DraftLink>,
    pub(crate) dismissals: Vec<Fields>,
    pub(crate) notes: Vec<Note>,
}

impl Draft {
    pub(crate) fn note(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.notes.push(Note::new(place, text));
    }

    /// Takes in a touchpoint's fields as the text form has them, references by id.
    pub(crate) fn own_touchpoint(&mut self, mut row: DraftRow) -> usize {
        let mut take = |field: &str| {
            row.fields
                .shift_remove(field)
                .filter(|value| !value.is_null())
        };
        let (stage, audiences, system) = (take("stage"), take("audiences"), take("system"));
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let stage = stage
            .as_ref()
            .and_then(text)
            .map(|id| self.stages.refer_by_id(&id));
        let system = system
            .as_ref()
            .and_then(text)
            .map(|id| self.systems.refer_by_id(&id));
        let audiences = audiences
            .as_ref()
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let audiences = audiences
            .filter_map(text)
            .map(|id| self.audiences.refer_by_id(&id))
            .collect();
        self.touchpoints.push(DraftTouchpoint {
            row,
            stage,
            audiences,
            system,
        });
        self.touchpoints.len() - 1
    }

    /// The map.
    ///
    /// # Errors
    /// When an id stands twice or a value cannot be, with the place of its row.
    pub(crate) fn finish(mut self, title: &str) -> Result<Imported, ImportError> {
        kinds::decide(&mut self);
        let stages = ids(&self.stages.rows.iter().collect::<Vec<_>>(), Entity::Stage)?;
        let audiences = ids(
            &self.audiences.rows.iter().collect::<Vec<_>>(),
            Entity::Audience,
        )?;
        let systems = ids(
            &self.systems.rows.iter().collect::<Vec<_>>(),
            Entity::System,
        )?;
        let rows: Vec<&DraftRow> = self
            .touchpoints
            .iter()
            .map(|touchpoint| &touchpoint.row)
            .collect();
        let touchpoints = ids(&rows, Entity::Touchpoint)?;
        let mut making = Making::new(&mut self.properties, title)?;
        for (group, ids, entity) in [
            (self.stages, &stages, Entity::Stage),
            (self.audiences, &audiences, Entity::Audience),
            (self.systems, &systems, Entity::System),
        ] {
            for (row, id) in group.rows.into_iter().zip(ids) {
                making.push(entity, row, id)?;
            }
        }
        for (mut touchpoint, id) in self.touchpoints.into_iter().zip(&touchpoints) {
            let fields = &mut touchpoint.row.fields;
            let told =
                |ids: &[Id], number: usize| ids.get(number).map(|id| Value::from(id.as_str()));
            let stage = touchpoint.stage.and_then(|number| told(&stages, number));
            let system = touchpoint.system.and_then(|number| told(&systems, number));
            let audiences: Vec<Value> = touchpoint
                .audiences
                .iter()
                .filter_map(|number| told(&audiences, *number))
                .collect();
            let audiences = Some(Value::Array(audiences))
                .filter(|list| list.as_array().is_some_and(|list| !list.is_empty()));
            for (field, value) in [
                ("stage", stage),
                ("system", system),
                ("audiences", audiences),
            ] {
                if let Some(value) = value {
                    fields.insert(field.to_owned(), value);
                }
            }
            making.push(Entity::Touchpoint, touchpoint.row, id)?;
        }
        making.links(self.links, &touchpoints)?;
        for fields in self.dismissals {
            making
                .builder
                .push(Entity::Dismissal, None, fields)
                .map_err(|refusal| ImportError::whole(refusal.to_string()))?;
        }
        making.finish(self.notes)
    }
}

/// The builder and what is told of its rows.
struct Making {
    builder: MapBuilder,
    sources: BTreeMap<(Entity, Id), Source>,
    places: BTreeMap<Entity, Vec<String>>,
}

impl Making {
    fn new(properties: &mut Fields, title: &str) -> Result<Self, ImportError> {
        let properties = std::mem::take(properties);
        let fields: BTreeSet<String> = properties.keys().cloned().collect();
        let mut whole = Fields::new();
        whole.insert("title".to_owned(), Value::from(title));
        whole.extend(properties);
        let properties = MapProperties::from_fields(whole)
            .map_err(|refusal| ImportError::whole(refusal.to_string()))?;
        let mut sources = BTreeMap::new();
        if !fields.is_empty() {
            let source = Source {
                place: String::new(),
                origin: Origin::Given,
                fields,
            };
            sources.insert((Entity::Map, properties.id()), source);
        }
        Ok(Self {
            builder: MapBuilder::new(properties),
            sources,
            places: BTreeMap::new(),
        })
    }

    fn push(&mut self, entity: Entity, mut row: DraftRow, id: &Id) -> Result<(), ImportError> {
        row.fields.insert("id".to_owned(), Value::from(id.as_str()));
        let place = row.place.clone();
        let origin = match (&row.given, row.mentioned) {
            (_, true) => Origin::Mentioned,
            (Some(_), false) => Origin::Given,
            (None, false) => Origin::Named,
        };
        self.builder
            .push(entity, None, row.fields)
            .map_err(|refusal| {
                let field = if refusal.field.is_empty() {
                    String::new()
                } else {
                    format!("{}: ", refusal.field)
                };
                ImportError::at(place.clone(), format!("{field}{}", refusal.reason))
            })?;
        self.places.entry(entity).or_default().push(place.clone());
        self.sources.insert(
            (entity, id.clone()),
            Source {
                place,
                origin,
                fields: row.speaks,
            },
        );
        Ok(())
    }

    fn links(&mut self, links: Vec<DraftLink>, touchpoints: &[Id]) -> Result<(), ImportError> {
        let mut taken: BTreeSet<Id> = BTreeSet::new();
        for link in &links {
            if let Some(id) = &link.row.given {
                let id = valid(id, &link.row.place)?;
                if !taken.insert(id.clone()) {
                    return Err(twice(&id, &link.row.place));
                }
            }
        }
        // Where the search for a free id goes on, for every pair of ends.
        let mut next: HashMap<(usize, usize), usize> = HashMap::new();
        for mut link in links {
            let (Some(from), Some(to)) = (touchpoints.get(link.from), touchpoints.get(link.to))
            else {
                continue;
            };
            let derived =
                |repeat| Id::derived(&Link::derived_id(from.as_str(), to.as_str(), repeat));
            let given = link.row.given.as_deref().and_then(|id| Id::new(id).ok());
            let id = given.unwrap_or_else(|| {
                let repeat = next.entry((link.from, link.to)).or_default();
                loop {
                    *repeat += 1;
                    let id = derived(*repeat);
                    if !taken.contains(&id) {
                        return id;
                    }
                }
            });
            taken.insert(id.clone());
            link.row
                .fields
                .insert("from".to_owned(), Value::from(from.as_str()));
            link.row
                .fields
                .insert("to".to_owned(), Value::from(to.as_str()));
            self.push(Entity::Link, link.row, &id)?;
        }
        Ok(())
    }

    fn finish(self, notes: Vec<Note>) -> Result<Imported, ImportError> {
        let Self {
            builder,
            sources,
            places,
        } = self;
        let map = builder.finish().map_err(|refusal| {
            let rows = refusal.entity.and_then(|entity| places.get(&entity));
            let place = rows
                .zip(refusal.index)
                .and_then(|(rows, index)| rows.get(index))
                .cloned();
            ImportError::at(place.unwrap_or_default(), refusal.to_string())
        })?;
        Ok(Imported {
            map,
            sources,
            notes,
            incomplete: BTreeSet::new(),
            pages: None,
        })
    }
}

/// An id for every row: those that stood there first, the others made from names.
fn ids(rows: &[&DraftRow], entity: Entity) -> Result<Vec<Id>, ImportError> {
    let mut taken: BTreeSet<Id> = BTreeSet::new();
    let mut found: Vec<Option<Id>> = Vec::with_capacity(rows.len());
    for row in rows {
        let given = row
            .given
            .as_deref()
            .map(|id| valid(id, &row.place))
            .transpose()?;
        if let Some(id) = &given
            && !taken.insert(id.clone())
        {
            return Err(twice(id, &row.place));
        }
        found.push(given);
    }
    let mut next: HashMap<String, usize> = HashMap::new();
    let mut made = |row: &DraftRow| {
        let base = slug(row.name());
        let base = if base.is_empty() {
            entity.as_str().to_owned()
        } else {
            base
        };
        let repeat = next.entry(base.clone()).or_default();
        loop {
            *repeat += 1;
            let id = Id::derived(&if *repeat == 1 {
                base.clone()
            } else {
                format!("{base}-{repeat}")
            });
            if taken.insert(id.clone()) {
                return id;
            }
        }
    };
    Ok(found
        .into_iter()
        .zip(rows)
        .map(|(id, row)| id.unwrap_or_else(|| made(row)))
        .collect())
}

fn valid(id: &str, place: &str) -> Result<Id, ImportError> {
    Id::new(id).map_err(|reason| ImportError::at(place, reason))
}

fn twice(id: &Id, place: &str) -> ImportError {
    ImportError::at(
        place,
        format!("the id \u{201c}{id}\u{201d} stands a second time here; ids are told apart"),
    )
}
