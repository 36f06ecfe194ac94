//! Table `dismissal`: gaps that are there on purpose.

use backcast_model::{Dismissal, Entity, Record};

use super::row::{EntityTable, Shape};

/// Version 1; columns are the record's fields.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "dismissal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "map_id" TEXT NOT NULL,
    "order_key" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "subjects" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT,
    "at" TEXT,
    "rests_on" TEXT,
    "unknown" TEXT
) STRICT"#;

/// How these rows are kept.
pub(crate) static TABLE: EntityTable = EntityTable::new(
    Entity::Dismissal,
    Dismissal::FIELDS,
    Shape {
        on_map: true,
        ordered: true,
    },
);
