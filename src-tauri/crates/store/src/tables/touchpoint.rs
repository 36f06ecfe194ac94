//! Table `touchpoint`: what customers meet.

use backcast_model::{Entity, Record, Touchpoint};

use super::row::{EntityTable, Shape};

/// Version 1; columns are the record's fields.
pub(crate) const CREATE: &str = r#"
CREATE TABLE "touchpoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "map_id" TEXT NOT NULL,
    "order_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rank" TEXT,
    "driver" TEXT,
    "stage" TEXT,
    "channel" TEXT,
    "media" TEXT,
    "ownership" TEXT,
    "entry" INTEGER,
    "deliberate_end" INTEGER,
    "status" TEXT,
    "audiences" TEXT,
    "devices" TEXT,
    "message" TEXT,
    "cta" TEXT,
    "promises" TEXT,
    "value_given" TEXT,
    "selling_intensity" TEXT,
    "two_way" INTEGER,
    "recognises" TEXT,
    "opt_in" INTEGER,
    "tracked" INTEGER,
    "system" TEXT,
    "metric" TEXT,
    "population" INTEGER,
    "conversion_rate" REAL,
    "budget" INTEGER,
    "production_budget" INTEGER,
    "flights" TEXT,
    "owner" TEXT,
    "review_on" TEXT,
    "evidence_level" TEXT,
    "notes" TEXT,
    "position" TEXT,
    "unknown" TEXT
) STRICT"#;

/// How these rows are kept.
pub(crate) static TABLE: EntityTable = EntityTable::new(
    Entity::Touchpoint,
    Touchpoint::FIELDS,
    Shape {
        on_map: true,
        ordered: true,
    },
);
