//! What is different between two states of a map, by meaning: rows and fields, layout apart from the rest, and the gaps
//! that the difference opens and closes. Refuses to print.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use backcast_analysis::{Analyst, Assessment, Gap};
use backcast_model::change::ORDER_FIELD;
use backcast_model::{Day, Entity, Id, Map, RowChange};
use backcast_store::Compared;
use serde_json::Value;

pub use backcast_store::Difference;

use crate::environment::Environment;
use crate::history::Past;
use crate::moves::Moves;
use crate::problem::Problem;
use crate::project_file::{Form, form_of, read_text_form};

/// A state of a map: a file as it is, or a version that it holds.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file.
    pub file: PathBuf,
    /// The version; `None`: as it is.
    pub version: Option<String>,
    /// The map.
    pub map: Map,
    /// A sentence to tell about the file.
    pub note: Option<String>,
}

impl Source {
    /// Reads `FILE` or `FILE@VERSION`. A file whose own name has an `@` is found first.
    ///
    /// # Errors
    /// When there is no such file or version, or it cannot be read.
    pub fn read(named: &Path) -> Result<Self, Problem> {
        let (file, version) = match with_version(named) {
            Some((file, version)) => (file, Some(version)),
            None => (named.to_path_buf(), None),
        };
        if version.is_none() && form_of(&file) == Form::Text {
            return Ok(Self {
                map: read_text_form(&file)?,
                note: None,
                file,
                version,
            });
        }
        let past = Past::read(&file)?;
        let map = match &version {
            Some(name) => past.map_at(name)?,
            None => past.map().clone(),
        };
        Ok(Self {
            map,
            note: past.note(),
            file,
            version,
        })
    }

    /// The state as the command line spells it.
    #[must_use]
    pub fn name(&self) -> String {
        let file = self.file.display();
        match &self.version {
            Some(version) => format!("{file}@{version}"),
            None => file.to_string(),
        }
    }
}

/// Splits at the last `@` behind the name of a file that is there.
fn with_version(named: &Path) -> Option<(PathBuf, String)> {
    let text = named.to_str().filter(|_| !named.exists())?;
    let mut splits = text.rmatch_indices('@');
    splits.find_map(|(at, _)| {
        let file = Path::new(&text[..at]);
        file.is_file()
            .then(|| (file.to_path_buf(), text[at + 1..].to_owned()))
    })
}

/// A field that is different.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDifference {
    /// Its name; `order` for the row's place among its kind, counted from 1.
    pub field: String,
    /// What it held; null: nothing.
    pub from: Value,
    /// What it holds.
    pub to: Value,
}

/// A row that is different.
#[derive(Debug, Clone, PartialEq)]
pub struct RowDifference {
    /// Its entity.
    pub entity: Entity,
    /// Its id.
    pub id: Id,
    /// What planners call it, in the second state where it is there.
    pub name: String,
    /// In what ways it is different.
    pub kinds: Vec<Difference>,
    /// The fields; all that hold something when the row is new or gone.
    pub fields: Vec<FieldDifference>,
}

/// Two states side by side.
#[derive(Debug)]
pub struct Comparison {
    /// The first state.
    pub from: Source,
    /// The second.
    pub to: Source,
    /// Rows that are different in meaning: by entity, in the planner's order, those that are gone last.
    pub rows: Vec<RowDifference>,
    /// Rows that stand elsewhere on the map or in a list; some may be among `rows` for something else.
    pub layout: Vec<RowDifference>,
    /// The gaps of the first state.
    pub before: Assessment,
    /// The gaps of the second.
    pub after: Assessment,
}

impl Comparison {
    /// Compares two states, with gaps as on a day.
    #[must_use]
    pub fn of(environment: &Environment, from: Source, to: Source, today: Day) -> Self {
        let assess = |map: &Map| Analyst::new(environment.catalog().clone(), today).assess(map);
        let (before, after) = (assess(&from.map), assess(&to.map));
        let compared = backcast_store::compare(&from.map, &to.map);
        let moves = Moves::of(&from.map, &to.map, &compared);
        let sides = Sides {
            from: &from.map,
            to: &to.map,
            moves: &moves,
        };
        let (mut rows, mut layout) = (Vec::new(), Vec::new());
        for row in &compared {
            let [meaning, looks] = sides.row(row);
            rows.extend(meaning);
            layout.extend(looks);
        }
        rows.sort_by_key(|row| row.entity);
        layout.sort_by_key(|row| row.entity);
        Self {
            rows,
            layout,
            before,
            after,
            from,
            to,
        }
    }

    /// Whether the two mean the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.rows.is_empty()
    }

    /// Gaps that are open in the second state and were not in the first.
    #[must_use]
    pub fn opened(&self) -> Vec<&Arc<Gap>> {
        only_in(&self.after, &self.before)
    }

    /// Gaps that were open in the first state and are not in the second.
    #[must_use]
    pub fn closed(&self) -> Vec<&Arc<Gap>> {
        only_in(&self.before, &self.after)
    }
}

fn only_in<'a>(one: &'a Assessment, other: &Assessment) -> Vec<&'a Arc<Gap>> {
    let others: BTreeMap<_, _> = other.gaps().iter().map(|gap| (&gap.key, gap)).collect();
    let is_new = |gap: &&Arc<Gap>| {
        gap.is_open() && !others.get(&gap.key).is_some_and(|other| other.is_open())
    };
    one.gaps().iter().filter(is_new).collect()
}

/// The two maps, for telling rows apart.
struct Sides<'a> {
    from: &'a Map,
    to: &'a Map,
    moves: &'a Moves,
}

impl Sides<'_> {
    /// What is different about a row in meaning, and in looks.
    fn row(&self, row: &Compared) -> [Option<RowDifference>; 2] {
        let (mut meaning, mut looks) = (Vec::new(), Vec::new());
        for change in &row.changes {
            match change {
                RowChange::Insert { fields, .. } => meaning.extend(
                    fields
                        .iter()
                        .filter_map(|(field, to)| content(field, &Value::Null, to)),
                ),
                RowChange::Delete { fields, .. } => meaning.extend(
                    fields
                        .iter()
                        .filter_map(|(field, from)| content(field, from, &Value::Null)),
                ),
                RowChange::Set {
                    field, old, new, ..
                } => {
                    let looks_only = is_looks(row.entity, field);
                    let list = if looks_only { &mut looks } else { &mut meaning };
                    list.extend(self.field(row, field, old, new));
                }
            }
        }
        let mut kinds = row.differences.clone();
        kinds.retain(|kind| match kind {
            Difference::LaidOut => false,
            // Of a stage whose place only has another key, nothing but its name may be left.
            Difference::Changed => meaning.iter().any(|one| one.field != "name"),
            _ => true,
        });
        let told = |kinds: Vec<Difference>, fields: Vec<FieldDifference>| {
            (!kinds.is_empty()).then(|| RowDifference {
                entity: row.entity,
                id: row.id.clone(),
                name: self.name(row),
                kinds,
                fields,
            })
        };
        let laid_out = if looks.is_empty() {
            Vec::new()
        } else {
            vec![Difference::LaidOut]
        };
        [told(kinds, meaning), told(laid_out, looks)]
    }

    /// `None`: the row's key is another, but it stands where it stood.
    fn field(
        &self,
        row: &Compared,
        field: &str,
        old: &Value,
        new: &Value,
    ) -> Option<FieldDifference> {
        if field != ORDER_FIELD {
            return Some(different(field, old, new));
        }
        let place = |map: &Map| {
            position(map, row.entity, row.id.as_str()).map_or(Value::Null, |at| Value::from(at + 1))
        };
        self.moves
            .is_moved(row.entity, &row.id)
            .then(|| different("order", &place(self.from), &place(self.to)))
    }

    fn name(&self, row: &Compared) -> String {
        let there = self.to.contains(row.entity, row.id.as_str());
        name_of(
            if there { self.to } else { self.from },
            row.entity,
            row.id.as_str(),
        )
    }
}

fn different(field: &str, from: &Value, to: &Value) -> FieldDifference {
    FieldDifference {
        field: field.to_owned(),
        from: from.clone(),
        to: to.clone(),
    }
}

/// A field of a row that is new or gone; its id is told beside it, and where it stands is looks.
fn content(field: &str, from: &Value, to: &Value) -> Option<FieldDifference> {
    (!matches!(field, "id" | "position")).then(|| different(field, from, to))
}

/// Whether a field only says where a row stands. The order of stages is the customer's journey and means something.
fn is_looks(entity: Entity, field: &str) -> bool {
    field == "position" || field == ORDER_FIELD && entity != Entity::Stage
}

/// What planners call a row: its name, a link's two ends, a dismissal's gap; its id when it is not in the map.
#[must_use]
pub fn name_of(map: &Map, entity: Entity, id: &str) -> String {
    let touchpoint = |id: &str| {
        let found = map.touchpoints.get(id);
        found.map_or(id, |touchpoint| &touchpoint.name).to_owned()
    };
    let name = match entity {
        Entity::Map => Some(map.properties.title.clone()),
        Entity::Stage => map.stages.get(id).map(|row| row.name.clone()),
        Entity::Audience => map.audiences.get(id).map(|row| row.name.clone()),
        Entity::System => map.systems.get(id).map(|row| row.name.clone()),
        Entity::Touchpoint => map.touchpoints.get(id).map(|row| row.name.clone()),
        Entity::Link => map.links.get(id).map(|link| {
            let (from, to) = (touchpoint(link.from.as_str()), touchpoint(link.to.as_str()));
            format!("{from} \u{2192} {to}")
        }),
        Entity::Dismissal => map.dismissals.get(id).map(|dismissal| {
            let subjects: Vec<_> = dismissal.subjects.iter().map(|id| touchpoint(id)).collect();
            format!("{}: {}", dismissal.rule, subjects.join(", "))
        }),
    };
    name.unwrap_or_else(|| id.to_owned())
}

/// A row's number among its kind, from 0.
fn position(map: &Map, entity: Entity, id: &str) -> Option<usize> {
    match entity {
        Entity::Map => None,
        Entity::Stage => map.stages.position(id),
        Entity::Audience => map.audiences.position(id),
        Entity::System => map.systems.position(id),
        Entity::Touchpoint => map.touchpoints.position(id),
        Entity::Link => map.links.position(id),
        Entity::Dismissal => map.dismissals.position(id),
    }
}
