//! Table `map`: what the map says of itself, one row.

use backcast_model::{Entity, MapProperties, Record};

use super::row::{EntityTable, Shape};

/// Version 1; columns are the record's fields.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "map" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "theme" TEXT,
    "objective" TEXT,
    "starts_on" TEXT,
    "ends_on" TEXT,
    "currency" TEXT,
    "framework" TEXT,
    "rules" TEXT,
    "unknown" TEXT
) STRICT"#;

/// How these rows are kept.
pub(crate) static TABLE: EntityTable = EntityTable::new(
    Entity::Map,
    MapProperties::FIELDS,
    Shape {
        on_map: false,
        ordered: false,
    },
);
