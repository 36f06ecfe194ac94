//! Table `system`: what touchpoints run on.

use backcast_model::{Entity, Record, System};

use super::row::{EntityTable, Shape};

/// Version 1; columns are the record's fields.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "system" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "order_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "exchanges_with" TEXT,
    "unknown" TEXT
) STRICT"#;

/// How these rows are kept.
pub(crate) static TABLE: EntityTable = EntityTable::new(
    Entity::System,
    System::FIELDS,
    Shape {
        on_map: false,
        ordered: true,
    },
);
