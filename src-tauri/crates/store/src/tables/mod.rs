//! The tables of a project, one file per noun with its migration at the top. STRICT, columns named,
//! no triggers, views or cascades: what a row means is decided in `model`, not here. Tables whose
//! rows may be long have row numbers: in one without, every look-up of a key reads the long rows it
//! comes by.

pub(crate) mod actor;
pub(crate) mod audience;
pub(crate) mod change;
pub(crate) mod dismissal;
pub(crate) mod link;
pub(crate) mod map;
pub(crate) mod project;
pub(crate) mod row;
pub(crate) mod stage;
pub(crate) mod system;
pub(crate) mod touchpoint;
pub(crate) mod version;

use backcast_model::Entity;

use row::EntityTable;

/// Every statement that makes version 1 of a project file.
pub(crate) const CREATE: [&str; 11] = [
    project::CREATE,
    map::CREATE,
    stage::CREATE,
    audience::CREATE,
    system::CREATE,
    touchpoint::CREATE,
    link::CREATE,
    dismissal::CREATE,
    actor::CREATE,
    change::CREATE,
    version::CREATE,
];

/// Names of all tables, in the order in which they are written.
pub(crate) const NAMES: [&str; 11] = [
    "project",
    "map",
    "stage",
    "audience",
    "system",
    "touchpoint",
    "link",
    "dismissal",
    "actor",
    "change",
    "version",
];

/// The table that holds an entity's rows.
pub(crate) const fn of(entity: Entity) -> &'static EntityTable {
    match entity {
        Entity::Map => &map::TABLE,
        Entity::Stage => &stage::TABLE,
        Entity::Audience => &audience::TABLE,
        Entity::System => &system::TABLE,
        Entity::Touchpoint => &touchpoint::TABLE,
        Entity::Link => &link::TABLE,
        Entity::Dismissal => &dismissal::TABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn columns_are_the_records_fields() {
        let connection = Connection::open_in_memory().unwrap();
        crate::schema::create(&connection).unwrap();
        for entity in Entity::ALL {
            let wanted = of(entity).typed_columns();
            let sql = format!("SELECT name, type FROM pragma_table_info('{entity}')");
            let mut statement = connection.prepare(&sql).unwrap();
            let columns: Vec<(String, String)> = statement
                .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert_eq!(columns, wanted, "{entity}");
        }
    }
}
