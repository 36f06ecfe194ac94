//! Table `audience`: who the project is for.

use backcast_model::{Audience, Entity, Record};

use super::row::{EntityTable, Shape};

/// Version 1; columns are the record's fields.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "audience" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "order_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "need" TEXT,
    "evidence" TEXT,
    "horizon" TEXT,
    "cycle_days" REAL,
    "channels" TEXT,
    "devices" TEXT,
    "size" INTEGER,
    "unknown" TEXT
) STRICT"#;

/// How these rows are kept.
pub(crate) static TABLE: EntityTable = EntityTable::new(
    Entity::Audience,
    Audience::FIELDS,
    Shape {
        on_map: false,
        ordered: true,
    },
);
