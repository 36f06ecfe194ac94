//! Table `stage`: the steps of the customer's journey.

use backcast_model::{Entity, Record, Stage};

use super::row::{EntityTable, Shape};

/// Version 1; columns are the record's fields.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "stage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "map_id" TEXT NOT NULL,
    "order_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "moment" TEXT,
    "unknown" TEXT
) STRICT"#;

/// How these rows are kept.
pub(crate) static TABLE: EntityTable = EntityTable::new(
    Entity::Stage,
    Stage::FIELDS,
    Shape {
        on_map: true,
        ordered: true,
    },
);
