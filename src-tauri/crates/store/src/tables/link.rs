//! Table `link`: the steps between touchpoints.

use backcast_model::{Entity, Link, Record};

use super::row::{EntityTable, Shape};

/// Version 1; columns are the record's fields.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "link" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "map_id" TEXT NOT NULL,
    "order_key" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "cta" TEXT,
    "kind" TEXT,
    "rate" TEXT,
    "lag_days" REAL,
    "tracked" INTEGER,
    "code" TEXT,
    "origin" TEXT,
    "notes" TEXT,
    "unknown" TEXT
) STRICT"#;

/// How these rows are kept.
pub(crate) static TABLE: EntityTable = EntityTable::new(
    Entity::Link,
    Link::FIELDS,
    Shape {
        on_map: true,
        ordered: true,
    },
);
