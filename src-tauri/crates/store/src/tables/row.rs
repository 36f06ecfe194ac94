//! Rows of a map as table rows and back, by the fields a record declares. Each row is also summed
//! up in a hash, of which the file's seal is made. No rule about a particular field lives here.

use std::sync::OnceLock;

use backcast_model::{Entity, Field, FieldKind, Fields, Id, MAP_ID, Money, OrderKey};
use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, params_from_iter};
use serde_json::{Number, Value};

use crate::seal::{RowHash, RowHasher};

/// What head columns a table has beside the id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Whether rows say which map they are on; the others belong to the project as a whole.
    pub(crate) on_map: bool,
    /// Whether rows have a place in the planner's order.
    pub(crate) ordered: bool,
}

/// How the rows of one entity are kept.
#[derive(Debug)]
pub(crate) struct EntityTable {
    entity: Entity,
    fields: &'static [Field],
    shape: Shape,
    /// Columns that came after version 1. Where they are empty they have no share in the seal, so that
    /// a file of an older version keeps the one it has.
    added: &'static [&'static str],
    put: OnceLock<String>,
}

/// A row as it stands in its table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TableRow(Vec<SqlValue>);

/// A row as it was read: its place, its fields, and its share in the seal.
#[derive(Debug)]
pub(crate) struct ReadRow {
    pub(crate) order: Option<OrderKey>,
    pub(crate) fields: Fields,
    pub(crate) hash: RowHash,
}

impl EntityTable {
    /// The table of an entity with these fields.
    pub(crate) const fn new(entity: Entity, fields: &'static [Field], shape: Shape) -> Self {
        Self {
            entity,
            fields,
            shape,
            added: &[],
            put: OnceLock::new(),
        }
    }

    /// The same, some of whose columns came after version 1.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for the first column that comes later")
    )]
    pub(crate) const fn with_added(mut self, added: &'static [&'static str]) -> Self {
        self.added = added;
        self
    }

    fn hash_cell(&self, hasher: &mut RowHasher, column: &str, cell: ValueRef<'_>) {
        if !self.added.contains(&column) {
            hasher.add(cell);
        } else if cell != ValueRef::Null {
            hasher.add(ValueRef::Text(column.as_bytes()));
            hasher.add(cell);
        }
    }

    /// Column names, in order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static str> {
        let head = [
            Some("id"),
            self.shape.on_map.then_some("map_id"),
            self.shape.ordered.then_some("order_key"),
        ];
        head.into_iter()
            .flatten()
            .chain(self.data_fields().map(|field| field.name))
            .chain(["unknown"])
    }

    fn column_list(&self) -> String {
        self.columns()
            .map(|name| format!("\"{name}\""))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Fields that have a column of their own behind the head columns.
    fn data_fields(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.name != "id")
    }

    /// A record as a row of this table. Fields are those of a checked record, so every value fits.
    pub(crate) fn encode(&self, id: &Id, order: Option<&OrderKey>, mut fields: Fields) -> TableRow {
        let mut values = Vec::with_capacity(self.fields.len() + 4);
        values.push(SqlValue::Text(id.as_str().to_owned()));
        fields.shift_remove("id");
        values.extend(self.shape.on_map.then(|| SqlValue::Text(MAP_ID.to_owned())));
        let order = order.map(OrderKey::to_text).unwrap_or_default();
        values.extend(self.shape.ordered.then_some(SqlValue::Text(order)));
        for field in self.data_fields() {
            values.push(
                fields
                    // The others keep their places: unknown ones are stored in the planner's order.
                    .shift_remove(field.name)
                    .map_or(SqlValue::Null, |value| to_sql(field.kind, value)),
            );
        }
        let unknown =
            (!fields.is_empty()).then(|| SqlValue::Text(Value::Object(fields).to_string()));
        values.push(unknown.unwrap_or(SqlValue::Null));
        TableRow(values)
    }

    /// The row's share in the seal.
    pub(crate) fn hash(&self, row: &TableRow) -> RowHash {
        let mut hasher = RowHasher::new(self.entity.as_str());
        for (column, value) in self.columns().zip(&row.0) {
            self.hash_cell(&mut hasher, column, value.into());
        }
        hasher.finish()
    }

    /// Writes a row, in place of the one with its id.
    pub(crate) fn put(&self, connection: &Connection, row: &TableRow) -> rusqlite::Result<()> {
        let sql = self.put.get_or_init(|| {
            let marks = vec!["?"; self.columns().count()].join(", ");
            let sets: Vec<_> = self
                .columns()
                .skip(1)
                .map(|name| format!("\"{name}\" = excluded.\"{name}\""))
                .collect();
            format!(
                "INSERT INTO \"{}\" ({}) VALUES ({marks}) ON CONFLICT (\"id\") DO UPDATE SET {}",
                self.entity,
                self.column_list(),
                sets.join(", ")
            )
        });
        connection
            .prepare_cached(sql)?
            .execute(params_from_iter(&row.0))?;
        Ok(())
    }

    /// Takes a row away.
    pub(crate) fn delete(&self, connection: &Connection, id: &Id) -> rusqlite::Result<()> {
        let sql = format!("DELETE FROM \"{}\" WHERE \"id\" = ?1", self.entity);
        connection.prepare_cached(&sql)?.execute((id.as_str(),))?;
        Ok(())
    }

    /// Hands every row to `take`; the first refusal ends it and comes back inside.
    pub(crate) fn read<E>(
        &self,
        connection: &Connection,
        mut take: impl FnMut(Result<ReadRow, String>) -> Result<(), E>,
    ) -> rusqlite::Result<Result<(), E>> {
        let sql = format!("SELECT {} FROM \"{}\"", self.column_list(), self.entity);
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            if let Err(refusal) = take(self.decode(row)?) {
                return Ok(Err(refusal));
            }
        }
        Ok(Ok(()))
    }

    fn decode(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<Result<ReadRow, String>> {
        let mut hasher = RowHasher::new(self.entity.as_str());
        let mut at = 0;
        let mut columns = self.columns();
        let mut next = || {
            let value = row.get_ref(at);
            let column = columns.next().unwrap_or_default();
            at += 1;
            value.inspect(|value| self.hash_cell(&mut hasher, column, *value))
        };
        let id = text(next()?);
        if self.shape.on_map {
            next()?;
        }
        let order = if self.shape.ordered {
            Some(text(next()?))
        } else {
            None
        };
        let mut cells = Vec::with_capacity(self.fields.len());
        for field in self.data_fields() {
            cells.push((field, next()?));
        }
        let unknown = next()?;
        Ok(self.assemble(id, order, &cells, unknown, hasher.finish()))
    }

    fn assemble(
        &self,
        id: Result<String, String>,
        order: Option<Result<String, String>>,
        cells: &[(&'static Field, ValueRef<'_>)],
        unknown: ValueRef<'_>,
        hash: RowHash,
    ) -> Result<ReadRow, String> {
        let id = id.map_err(|reason| format!("{} id: {reason}", self.entity))?;
        let place =
            |column: &str, reason: String| format!("{} {id:?}, {column}: {reason}", self.entity);
        let order = order
            .transpose()
            .and_then(|text| text.map(|text| OrderKey::from_text(&text)).transpose())
            .map_err(|reason| place("order_key", reason))?;
        let mut fields = Fields::new();
        if self.fields.iter().any(|field| field.name == "id") {
            fields.insert("id".to_owned(), Value::String(id.clone()));
        }
        for (field, cell) in cells {
            if let Some(value) =
                from_sql(field.kind, *cell).map_err(|reason| place(field.name, reason))?
            {
                fields.insert(field.name.to_owned(), value);
            }
        }
        match from_sql(FieldKind::Json, unknown).map_err(|reason| place("unknown", reason))? {
            None => {}
            Some(Value::Object(unknown)) => fields.extend(unknown),
            Some(_) => return Err(place("unknown", "is not a JSON object".to_owned())),
        }
        Ok(ReadRow {
            order,
            fields,
            hash,
        })
    }
}

fn to_sql(kind: FieldKind, value: Value) -> SqlValue {
    match (kind, value) {
        (_, Value::Null) => SqlValue::Null,
        (FieldKind::Text, Value::String(text)) => SqlValue::Text(text),
        (FieldKind::Boolean, Value::Bool(yes)) => SqlValue::Integer(i64::from(yes)),
        (FieldKind::Integer, Value::Number(number)) => {
            number.as_i64().map_or(SqlValue::Null, SqlValue::Integer)
        }
        (FieldKind::Real, Value::Number(number)) => {
            number.as_f64().map_or(SqlValue::Null, SqlValue::Real)
        }
        (FieldKind::Money, Value::Number(number)) => number
            .as_f64()
            .and_then(|amount| Money::from_amount(amount).ok())
            .map_or(SqlValue::Null, |money| {
                SqlValue::Integer(money.hundredths())
            }),
        (_, value) => SqlValue::Text(value.to_string()),
    }
}

fn from_sql(kind: FieldKind, cell: ValueRef<'_>) -> Result<Option<Value>, String> {
    let value = match (kind, cell) {
        (_, ValueRef::Null) => return Ok(None),
        (FieldKind::Text, cell @ ValueRef::Text(_)) => Value::String(text(cell)?),
        (FieldKind::Json, ValueRef::Text(bytes)) => {
            serde_json::from_slice(bytes).map_err(|error| format!("is not JSON ({error})"))?
        }
        (FieldKind::Boolean, ValueRef::Integer(number @ (0 | 1))) => Value::Bool(number == 1),
        (FieldKind::Integer, ValueRef::Integer(number)) => Value::from(number),
        (FieldKind::Money, ValueRef::Integer(number)) => {
            number_value(Money::from_hundredths(number)?.amount())?
        }
        (FieldKind::Real, ValueRef::Real(number)) => number_value(number)?,
        (kind, cell) => return Err(format!("holds {} where {kind:?} belongs", cell.data_type())),
    };
    Ok(Some(value))
}

fn number_value(number: f64) -> Result<Value, String> {
    Number::from_f64(number)
        .map(Value::Number)
        .ok_or_else(|| format!("{number} is not a finite number"))
}

fn text(cell: ValueRef<'_>) -> Result<String, String> {
    match cell {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|_| "is not valid text".to_owned()),
        other => Err(format!("holds {} where text belongs", other.data_type())),
    }
}

#[cfg(test)]
impl EntityTable {
    /// Column names and types as the record's fields ask for them.
    pub(crate) fn typed_columns(&self) -> Vec<(String, String)> {
        let kind_of = |name: &str| match self
            .fields
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.kind)
        {
            None | Some(FieldKind::Text | FieldKind::Json) => "TEXT",
            Some(FieldKind::Integer | FieldKind::Boolean | FieldKind::Money) => "INTEGER",
            Some(FieldKind::Real) => "REAL",
        };
        self.columns()
            .map(|name| (name.to_owned(), kind_of(name).to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The step to a next version adds a column; the seal of a file of this one must stay.
    #[test]
    fn an_empty_column_of_a_later_version_has_no_share_in_the_seal() {
        const OLD: &[Field] = &[
            Field {
                name: "id",
                kind: FieldKind::Text,
            },
            Field {
                name: "name",
                kind: FieldKind::Text,
            },
        ];
        const NEW: &[Field] = &[
            Field {
                name: "id",
                kind: FieldKind::Text,
            },
            Field {
                name: "colour",
                kind: FieldKind::Text,
            },
            Field {
                name: "name",
                kind: FieldKind::Text,
            },
        ];
        let shape = Shape {
            on_map: true,
            ordered: true,
        };
        let old = EntityTable::new(Entity::Stage, OLD, shape);
        let new = EntityTable::new(Entity::Stage, NEW, shape).with_added(&["colour"]);
        let careless = EntityTable::new(Entity::Stage, NEW, shape);
        let id = Id::derived("buy");
        let fields = |colour: Option<&str>| {
            let mut fields = Fields::new();
            fields.insert("name".to_owned(), "Buy".into());
            fields.extend(colour.map(|colour| ("colour".to_owned(), colour.into())));
            fields
        };
        let hash =
            |table: &EntityTable, colour| table.hash(&table.encode(&id, None, fields(colour)));
        assert_eq!(hash(&old, None), hash(&new, None));
        assert_ne!(hash(&old, None), hash(&careless, None));
        let colours = [
            hash(&new, None),
            hash(&new, Some("red")),
            hash(&new, Some("blue")),
        ];
        assert!(colours[0] != colours[1] && colours[1] != colours[2]);
    }
}
