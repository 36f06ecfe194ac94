//! A map: one campaign ecosystem as tables of rows, and the project that holds it. Whatever holds a [`Map`] holds one
//! whose references are whole. Reading is public; changing goes through `edit` and `change`.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use crate::change::ORDER_FIELD;
use crate::properties::MapProperties;
use crate::record::{Entity, Fields, Id, Record};
use crate::refusal::Refusal;
use crate::table::Table;
use crate::{Audience, Dismissal, Link, MOST_TOUCHPOINTS, OrderKey, Stage, System, Touchpoint};

/// One campaign ecosystem. Cloning shares all rows, so a clone is a snapshot and costs next to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// What the map says of itself.
    pub properties: Arc<MapProperties>,
    /// The customer's journey, in order.
    pub stages: Arc<Table<Stage>>,
    /// Who the map is for.
    pub audiences: Arc<Table<Audience>>,
    /// What touchpoints run on.
    pub systems: Arc<Table<System>>,
    /// What customers meet.
    pub touchpoints: Arc<Table<Touchpoint>>,
    /// The steps between touchpoints.
    pub links: Arc<Table<Link>>,
    /// Gaps that are there on purpose.
    pub dismissals: Arc<Table<Dismissal>>,
}

/// A project: a map and the id by which copies of one project know each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Random when the project is made; the same in every copy.
    pub id: Id,
    /// Its map.
    pub map: Map,
}

/// Runs `$table_body` with the table of an entity bound to `$table`, or `$map_body` for the map's own row:
/// `with_table!([&mut] map, entity, map => …, table => …)`.
macro_rules! with_table {
    ([$($by:tt)+] $map:expr, $entity:expr, map => $map_body:expr, $table:ident => $table_body:expr) => {
        match $entity {
            $crate::record::Entity::Map => $map_body,
            $crate::record::Entity::Stage => { let $table = $($by)+ $map.stages; $table_body }
            $crate::record::Entity::Audience => { let $table = $($by)+ $map.audiences; $table_body }
            $crate::record::Entity::System => { let $table = $($by)+ $map.systems; $table_body }
            $crate::record::Entity::Touchpoint => { let $table = $($by)+ $map.touchpoints; $table_body }
            $crate::record::Entity::Link => { let $table = $($by)+ $map.links; $table_body }
            $crate::record::Entity::Dismissal => { let $table = $($by)+ $map.dismissals; $table_body }
        }
    };
}
pub(crate) use with_table;

impl Map {
    /// A map with these properties and no rows.
    #[must_use]
    pub fn new(properties: MapProperties) -> Self {
        Self {
            properties: Arc::new(properties),
            stages: Arc::default(),
            audiences: Arc::default(),
            systems: Arc::default(),
            touchpoints: Arc::default(),
            links: Arc::default(),
            dismissals: Arc::default(),
        }
    }

    /// Whether there is such a row; O(1).
    #[must_use]
    pub fn contains(&self, entity: Entity, id: &str) -> bool {
        with_table!([&] self, entity, map => id == crate::MAP_ID, table => table.contains(id))
    }

    /// A row's fields by name; `None` when there is no such row.
    #[must_use]
    pub fn fields(&self, entity: Entity, id: &str) -> Option<Fields> {
        with_table!([&] self, entity, map => Some(self.properties.to_fields()), table => table.get(id).map(Record::to_fields))
    }

    /// A row's place among its kind; `None` for the map itself and for rows that are not there.
    #[must_use]
    pub fn order(&self, entity: Entity, id: &str) -> Option<OrderKey> {
        with_table!([&] self, entity, map => None, table => table.row(id).map(|row| row.order.clone()))
    }

    /// What one field of a row holds (`Value::Null` when absent); `None` when there is no such row.
    #[must_use]
    pub fn value(&self, entity: Entity, id: &str, field: &str) -> Option<Value> {
        if field == ORDER_FIELD {
            return self
                .order(entity, id)
                .map(|order| Value::String(order.to_text()));
        }
        self.fields(entity, id)
            .map(|mut fields| fields.shift_remove(field).unwrap_or(Value::Null))
    }

    /// The ids of touchpoints with a link straight to a destination; O(links).
    #[must_use]
    pub fn leading_to_destinations(&self) -> HashSet<&str> {
        let leads = |link: &&Link| {
            let end = self.touchpoints.get(link.to.as_str());
            end.is_some_and(Touchpoint::is_destination)
        };
        let leading = self.links.iter().filter(leads);
        leading.map(|link| link.from.as_str()).collect()
    }

    /// Every row of the map as it would be inserted, entities in the order in which they may refer to each other.
    pub fn rows(&self) -> impl Iterator<Item = (Entity, Id, Option<OrderKey>, Fields)> + '_ {
        Entity::ALL.into_iter().flat_map(move |entity| {
            let rows: Vec<_> = with_table!([&] self, entity,
                map => vec![(entity, self.properties.id(), None, self.properties.to_fields())],
                table => table.rows().map(|row| (entity, row.record.id(), Some(row.order.clone()), row.record.to_fields())).collect());
            rows
        })
    }

    /// Checks that one row refers only to rows that are there, and that its table is not too long.
    pub(crate) fn check_references(&self, entity: Entity, id: &str) -> Result<(), Refusal> {
        let refuse = |refusal: Refusal| Refusal {
            entity: Some(entity),
            id: Some(id.to_owned()),
            ..refusal
        };
        match entity {
            Entity::Touchpoint => self
                .touchpoints
                .get(id)
                .map_or(Ok(()), |row| self.check_touchpoint(row))
                .map_err(refuse),
            Entity::Link => self
                .links
                .get(id)
                .map_or(Ok(()), |row| self.check_link(row))
                .map_err(refuse),
            Entity::Map | Entity::Stage | Entity::Audience | Entity::System | Entity::Dismissal => {
                Ok(())
            }
        }
    }

    fn check_touchpoint(&self, touchpoint: &Touchpoint) -> Result<(), Refusal> {
        if let Some(stage) = &touchpoint.stage
            && !self.stages.contains(stage.as_str())
        {
            return Err(Refusal::new(format!(
                "there is no stage with the id \u{201c}{stage}\u{201d}"
            ))
            .at("stage"));
        }
        let missing = touchpoint
            .audiences
            .iter()
            .enumerate()
            .find(|(_, id)| !self.audiences.contains(id.as_str()));
        missing.map_or(Ok(()), |(at, audience)| {
            Err(Refusal::new(format!(
                "there is no audience with the id \u{201c}{audience}\u{201d}"
            ))
            .at(format!("audiences/{at}")))
        })
    }

    fn check_link(&self, link: &Link) -> Result<(), Refusal> {
        let missing = [("from", &link.from), ("to", &link.to)]
            .into_iter()
            .find(|(_, id)| !self.touchpoints.contains(id.as_str()));
        missing.map_or(Ok(()), |(field, id)| {
            Err(Refusal::new(format!(
                "there is no touchpoint with the id \u{201c}{id}\u{201d}"
            ))
            .at(field))
        })
    }

    /// Checks that no table has outgrown what the program is built for.
    pub(crate) fn check_sizes(&self) -> Result<(), Refusal> {
        for entity in Entity::ALL {
            let length = with_table!([&] self, entity, map => 1, table => table.len());
            if length > most_rows(entity) {
                return Err(too_many(entity));
            }
        }
        Ok(())
    }
}

const fn most_rows(entity: Entity) -> usize {
    match entity {
        Entity::Link => 4 * MOST_TOUCHPOINTS,
        _ => MOST_TOUCHPOINTS,
    }
}

fn too_many(entity: Entity) -> Refusal {
    let most = most_rows(entity);
    Refusal {
        entity: Some(entity),
        ..Refusal::new(format!(
            "a map holds at most {most} of these; split it into several maps"
        ))
    }
}

/// Builds a map from rows that come from outside: checks each row as it comes, ids as they repeat, references at the
/// end. Every refusal names the entity, the row's number among its kind and the field.
#[derive(Debug)]
pub struct MapBuilder {
    properties: MapProperties,
    stages: Rows<Stage>,
    audiences: Rows<Audience>,
    systems: Rows<System>,
    touchpoints: Rows<Touchpoint>,
    links: Rows<Link>,
    dismissals: Rows<Dismissal>,
}

type Rows<T> = Vec<(Option<OrderKey>, T)>;

impl MapBuilder {
    /// A builder for a map with these properties.
    #[must_use]
    pub fn new(properties: MapProperties) -> Self {
        Self {
            properties,
            stages: Vec::new(),
            audiences: Vec::new(),
            systems: Vec::new(),
            touchpoints: Vec::new(),
            links: Vec::new(),
            dismissals: Vec::new(),
        }
    }

    /// The same rows in a map with these properties.
    #[must_use]
    pub fn with(self, properties: MapProperties) -> Self {
        Self { properties, ..self }
    }

    /// The links as far as they were taken, to be given other ids.
    pub fn links_mut(&mut self) -> impl Iterator<Item = &mut Link> {
        self.links.iter_mut().map(|(_, link)| link)
    }

    /// Takes one row; rows without `order` keep the order in which they come.
    ///
    /// # Errors
    /// When a required field is missing, a value is not of its field's type or range, or there are more rows than a map
    /// may hold.
    pub fn push(
        &mut self,
        entity: Entity,
        order: Option<OrderKey>,
        fields: Fields,
    ) -> Result<(), Refusal> {
        with_table!([&mut] self, entity,
        map => { self.properties = Record::from_fields(fields)?; Ok(()) },
        rows => {
            if rows.len() >= most_rows(entity) {
                return Err(too_many(entity));
            }
            let record = Record::from_fields(fields).map_err(|refusal| refusal.numbered(rows.len()))?;
            rows.push((order, record));
            Ok(())
        })
    }

    /// The map, when everything in it fits together.
    ///
    /// # Errors
    /// When an id repeats, a row refers to one that is not there, or there are more rows than a map may hold.
    pub fn finish(self) -> Result<Map, Refusal> {
        let map = Map {
            properties: Arc::new(self.properties),
            stages: table(self.stages)?,
            audiences: table(self.audiences)?,
            systems: table(self.systems)?,
            touchpoints: table(self.touchpoints)?,
            links: table(self.links)?,
            dismissals: table(self.dismissals)?,
        };
        map.check_sizes()?;
        for (index, touchpoint) in map.touchpoints.iter().enumerate() {
            map.check_references(Entity::Touchpoint, touchpoint.id.as_str())
                .map_err(|refusal| refusal.numbered(index))?;
        }
        for (index, link) in map.links.iter().enumerate() {
            map.check_references(Entity::Link, link.id.as_str())
                .map_err(|refusal| refusal.numbered(index))?;
        }
        Ok(map)
    }
}

fn table<T: Record>(rows: Rows<T>) -> Result<Arc<Table<T>>, Refusal> {
    let mut seen = std::collections::HashSet::new();
    for (index, (_, record)) in rows.iter().enumerate() {
        let id = record.id();
        if !seen.insert(id.clone()) {
            return Err(
                Refusal::of(T::ENTITY, id.as_str(), "this id stands more than once")
                    .numbered(index)
                    .at("id"),
            );
        }
    }
    let spread = OrderKey::spread(rows.len());
    let mut rows: Vec<_> = rows
        .into_iter()
        .zip(spread)
        .map(|((order, record), even)| (order.unwrap_or(even), record))
        .collect();
    rows.sort_by_cached_key(|(order, record)| (order.clone(), record.id()));
    let mut table = Table::default();
    for (order, record) in rows {
        table.put(order, record);
    }
    Ok(Arc::new(table))
}
