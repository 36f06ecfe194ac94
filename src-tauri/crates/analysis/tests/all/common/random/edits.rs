//! Edits at random, made of bytes as the maps are.

use backcast_model::{Edit, Entity, Map};
use serde_json::{Value, json};

use super::{DAYS, MOMENTS, THRESHOLDS, audience, link, stage, thresholds, touchpoint};

/// A random edit that fits a map, made of bytes; `None` when the bytes point at nothing. `number` makes new ids.
pub(crate) fn edit(map: &Map, row: &[u8], number: usize) -> Option<Edit> {
    let choice = Choice {
        map,
        at: row[1].into(),
        rest: &row[2..],
        last: row[row.len() - 1].into(),
        number,
    };
    match row[0] % 14 {
        0..=3 => choice.touchpoint_field(),
        4 => choice.new_touchpoint(),
        5 => choice.delete(Entity::Touchpoint),
        6 | 7 => choice.new_link(),
        8 => choice.delete(Entity::Link),
        9 => choice.link_field(),
        10 => choice.move_row(Entity::Touchpoint),
        _ => choice.of_what_there_is_little(),
    }
}

/// The fields of touchpoints that edits write.
pub(crate) const FIELDS: [&str; 27] = [
    "name",
    "kind",
    "rank",
    "stage",
    "channel",
    "entry",
    "deliberate_end",
    "status",
    "driver",
    "cta",
    "media",
    "ownership",
    "audiences",
    "devices",
    "promises",
    "selling_intensity",
    "two_way",
    "recognises",
    "opt_in",
    "tracked",
    "system",
    "metric",
    "conversion_rate",
    "budget",
    "flights",
    "owner",
    "review_on",
];

/// One field of a touchpoint as a random touchpoint has it, other than it is; a destination as often as a driver.
pub(crate) fn field_edit(map: &Map, id: &str, field: &str, row: &[u8]) -> Option<Edit> {
    let ids = |rows: Vec<String>| rows.into_iter().map(Value::from).collect::<Vec<_>>();
    let stages = ids(map.stages.ids().map(ToString::to_string).collect());
    let audiences = ids(map.audiences.ids().map(ToString::to_string).collect());
    let mut other = touchpoint(id, row, &stages, &audiences);
    let now = map.fields(Entity::Touchpoint, id)?;
    other["name"] = json!("Another name");
    other["kind"] = json!(if now["kind"] == "driver" {
        "destination"
    } else {
        "driver"
    });
    other["status"] = json!(if now.get("status").is_some() {
        Value::Null
    } else {
        json!("stopped")
    });
    Choice::set(
        Entity::Touchpoint,
        id.to_owned(),
        field,
        other[field].clone(),
    )
}

/// What the bytes of an edit chose.
struct Choice<'a> {
    map: &'a Map,
    at: usize,
    rest: &'a [u8],
    last: usize,
    number: usize,
}

impl Choice<'_> {
    fn ids(&self, entity: Entity) -> Vec<String> {
        let rows = self.map.rows().filter(|(other, ..)| *other == entity);
        rows.map(|(_, id, ..)| id.to_string()).collect()
    }

    fn values(&self, entity: Entity) -> Vec<Value> {
        self.ids(entity).into_iter().map(Value::from).collect()
    }

    fn one(&self, entity: Entity) -> Option<String> {
        let ids = self.ids(entity);
        (!ids.is_empty()).then(|| ids[self.at % ids.len()].clone())
    }

    fn even(&self) -> bool {
        self.at.is_multiple_of(2)
    }

    fn set(entity: Entity, id: String, field: &str, value: Value) -> Option<Edit> {
        Some(Edit::Set {
            entity,
            id,
            field: field.into(),
            value,
        })
    }

    fn insert(entity: Entity, value: &Value, after: Option<String>) -> Option<Edit> {
        Some(Edit::Insert {
            entity,
            value: value.as_object().cloned()?,
            after,
        })
    }

    fn delete(&self, entity: Entity) -> Option<Edit> {
        Some(Edit::Delete {
            entity,
            id: self.one(entity)?,
        })
    }

    fn move_row(&self, entity: Entity) -> Option<Edit> {
        let after = self.ids(entity).pop().filter(|_| self.even());
        Some(Edit::Move {
            entity,
            id: self.one(entity)?,
            after,
        })
    }

    /// One field of a touchpoint, as a random touchpoint has it.
    fn touchpoint_field(&self) -> Option<Edit> {
        let id = self.one(Entity::Touchpoint)?;
        let other = touchpoint(
            &id,
            self.rest,
            &self.values(Entity::Stage),
            &self.values(Entity::Audience),
        );
        let field = FIELDS[self.last % FIELDS.len()];
        let value = if field == "name" {
            json!(format!("Name {}", self.number))
        } else {
            other[field].clone()
        };
        Self::set(Entity::Touchpoint, id, field, value)
    }

    fn new_touchpoint(&self) -> Option<Edit> {
        let id = format!("n{}", self.number);
        let mut value = touchpoint(
            &id,
            self.rest,
            &self.values(Entity::Stage),
            &self.values(Entity::Audience),
        );
        value["name"] = json!("New");
        Self::insert(
            Entity::Touchpoint,
            &value,
            self.one(Entity::Touchpoint).filter(|_| self.even()),
        )
    }

    fn new_link(&self) -> Option<Edit> {
        Self::insert(
            Entity::Link,
            &link(self.rest, &self.values(Entity::Touchpoint))?,
            None,
        )
    }

    fn link_field(&self) -> Option<Edit> {
        let other = link(self.rest, &self.values(Entity::Touchpoint))?;
        let field = ["cta", "code", "lag_days", "to", "from"][self.last % 5];
        Self::set(
            Entity::Link,
            self.one(Entity::Link)?,
            field,
            other[field].clone(),
        )
    }

    /// Stages, audiences, systems, the map itself.
    fn of_what_there_is_little(&self) -> Option<Edit> {
        let or_nothing = |value: Value| if self.even() { value } else { Value::Null };
        let map = |field: &str, value: Value| Self::set(Entity::Map, "map".into(), field, value);
        match self.last % 20 {
            0 => map("theme", or_nothing(json!("Theme"))),
            1 => map("ends_on", json!(DAYS[3 + self.at % 3])),
            2 => map("starts_on", json!(DAYS[self.at % 3])),
            3 => map(
                "rules",
                json!({ "no-call-to-action": { "severity": "low" }, "no-theme": { "enabled": self.even() } }),
            ),
            4 => {
                let mut value = stage(self.number + 100, self.rest[0]);
                value["name"] = json!("Stage");
                Self::insert(
                    Entity::Stage,
                    &value,
                    self.one(Entity::Stage).filter(|_| self.even()),
                )
            }
            5 => self.delete(Entity::Stage),
            6 => self.move_row(Entity::Stage),
            7 => Self::set(
                Entity::Stage,
                self.one(Entity::Stage)?,
                "moment",
                json!(MOMENTS[self.at % 8]),
            ),
            8 => {
                let mut value = audience(self.number + 100, self.rest);
                value["name"] = json!("Audience");
                Self::insert(Entity::Audience, &value, None)
            }
            9 => self.delete(Entity::Audience),
            10 => Self::set(
                Entity::Audience,
                self.one(Entity::Audience)?,
                "devices",
                or_nothing(json!(["mobile"])),
            ),
            11 => Self::set(
                Entity::System,
                self.one(Entity::System)?,
                "name",
                json!(format!("System {}", self.number)),
            ),
            12 => self.delete(Entity::System),
            13 => map("rules", thresholds(THRESHOLDS[self.at % THRESHOLDS.len()])),
            14 => {
                let id = format!("sys{}", self.number);
                let lists = self.values(Entity::System);
                let value = json!({ "id": id, "name": "System", "exchanges_with": lists });
                Self::insert(Entity::System, &value, None)
            }
            15..=17 => {
                let id = self.one(Entity::Audience)?;
                let other = audience(self.number, self.rest);
                let fields = ["horizon", "cycle_days", "evidence", "channels", "devices"];
                let field = fields[usize::from(self.rest[9]) % fields.len()];
                Self::set(Entity::Audience, id, field, other[field].clone())
            }
            18 => map("rules", json!({})),
            _ => Self::set(
                Entity::System,
                self.one(Entity::System)?,
                "exchanges_with",
                or_nothing(json!(self.values(Entity::System))),
            ),
        }
    }
}
