//! What the log says of one row: whether it is there, which writes to its fields stand, and which
//! lost. Events come in the order of the history.

use std::collections::BTreeMap;

use backcast_model::change::ORDER_FIELD;
use backcast_model::{Fields, OrderKey};
use serde_json::Value;

use super::claims::{Claim, Claims};
use super::history::{Event, History};

/// A value and the event that wrote it.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) event: Event,
    pub(crate) value: Value,
}

impl Claim for Write {
    fn event(&self) -> Event {
        self.event
    }
}

/// A row as somebody inserted it: a write to every field, also to those it left empty.
#[derive(Debug)]
struct Insert {
    event: Event,
    order: OrderKey,
    fields: Fields,
}

impl Claim for Insert {
    fn event(&self) -> Event {
        self.event
    }
}

impl Insert {
    fn value(&self, field: &str) -> Value {
        if field == ORDER_FIELD {
            return Value::String(self.order.to_text());
        }
        self.fields.get(field).cloned().unwrap_or(Value::Null)
    }

    fn write(&self, field: &str) -> Write {
        Write {
            event: self.event,
            value: self.value(field),
        }
    }
}

/// The story of one row.
#[derive(Debug, Default)]
pub(crate) struct RowHistory {
    /// Writes that no later write and no delete has seen. The row is there while there is one.
    living: Vec<Event>,
    /// The last write, repairs apart.
    newest: Option<Event>,
    /// Inserts that no later insert has seen.
    inserts: Claims<Insert>,
    /// Writes to fields that were set after an insert.
    fields: BTreeMap<String, Claims<Write>>,
    /// Deletes.
    deletes: Claims<Event>,
}

impl RowHistory {
    /// Somebody inserted the row.
    pub(crate) fn insert(
        &mut self,
        history: &History<'_>,
        event: Event,
        order: OrderKey,
        fields: Fields,
    ) {
        if history.is_repair(event) && self.was_inserted() {
            self.live(history, event);
            return;
        }
        self.write(history, event);
        let insert = Insert {
            event,
            order,
            fields,
        };
        for (field, writes) in &mut self.fields {
            writes.decide(history, event, History::replaces);
            writes.push(insert.write(field));
        }
        // What was inserted once is brought back as one, and what was contested as contested.
        let over = if self.was_inserted_apart() {
            History::replaces
        } else {
            History::decides
        };
        self.inserts.decide(history, event, over);
        self.inserts.push(insert);
    }

    /// Somebody wrote one field. Taking that back leaves the field as contested as it was.
    pub(crate) fn set(&mut self, history: &History<'_>, event: Event, field: String, value: Value) {
        self.write(history, event);
        let inserts = self.inserts.standing();
        let writes = self
            .fields
            .entry(field)
            .or_insert_with_key(|field| inserts.iter().map(|insert| insert.write(field)).collect());
        writes.decide(history, event, History::replaces);
        writes.push(Write { event, value });
    }

    /// Somebody deleted the row. Taking an insert back leaves the row as contested as it was before it.
    pub(crate) fn delete(&mut self, history: &History<'_>, event: Event) {
        self.living.retain(|write| !history.sees(event, *write));
        self.deletes.decide(history, event, History::replaces);
        self.deletes.push(event);
        self.inserts.withdraw(history, event);
        for writes in self.fields.values_mut() {
            writes.withdraw(history, event);
        }
    }

    /// Whoever writes to a row that was deleted beside them says that it stays; taking that back says nothing.
    fn write(&mut self, history: &History<'_>, event: Event) {
        self.deletes.decide(history, event, History::replaces);
        self.live(history, event);
        self.newest = Some(event);
    }

    fn live(&mut self, history: &History<'_>, event: Event) {
        self.living.retain(|write| !history.sees(event, *write));
        self.living.push(event);
    }

    /// Whether rule 2 keeps it.
    pub(crate) fn is_there(&self) -> bool {
        !self.living.is_empty()
    }

    /// Whether anybody ever inserted it, so that it can be there.
    pub(crate) fn was_inserted(&self) -> bool {
        !self.inserts.standing().is_empty()
    }

    /// Whether several people inserted it and none had seen the other do so.
    pub(crate) fn was_inserted_apart(&self) -> bool {
        self.inserts.standing().len() > 1
    }

    /// Deletes that lost.
    pub(crate) fn deletes(&self) -> &[Event] {
        self.deletes.standing()
    }

    /// The last write to the row, repairs apart.
    pub(crate) const fn newest_write(&self) -> Option<Event> {
        self.newest
    }

    /// The writes to a field that stand, the one that is kept last (rule 1).
    pub(crate) fn writes(&self, field: &str) -> Vec<Write> {
        let mut writes = match self.fields.get(field) {
            Some(writes) => writes.standing().to_vec(),
            None => self
                .inserts
                .standing()
                .iter()
                .map(|insert| insert.write(field))
                .collect(),
        };
        writes.sort_by_key(|write| write.event.change);
        writes
    }

    /// What a field holds.
    pub(crate) fn value(&self, field: &str) -> Value {
        self.writes(field)
            .pop()
            .map_or(Value::Null, |write| write.value)
    }

    /// The row's place and fields.
    pub(crate) fn content(&self) -> (Option<OrderKey>, Fields) {
        if let ([insert], true) = (self.inserts.standing(), self.fields.is_empty()) {
            return (Some(insert.order.clone()), insert.fields.clone());
        }
        let order = self
            .value(ORDER_FIELD)
            .as_str()
            .and_then(|text| OrderKey::from_text(text).ok());
        let values = self
            .field_names()
            .into_iter()
            .map(|field| (field.to_owned(), self.value(field)));
        let held = |(field, value): &(String, Value)| !value.is_null() || self.holds_null(field);
        (order, values.filter(held).collect())
    }

    /// Whether what stands in a field is the null that the row was inserted with: fields that we do not know may hold
    /// one, which is something else than having no such field.
    fn holds_null(&self, field: &str) -> bool {
        let Some(last) = self.writes(field).pop() else {
            return false;
        };
        let mut inserts = self.inserts.standing().iter();
        inserts.any(|insert| insert.event == last.event && insert.fields.contains_key(field))
    }

    /// Fields of which more than one write stands, the row's place among them.
    pub(crate) fn contested(&self) -> Vec<&str> {
        if self.inserts.standing().len() > 1 {
            let mut fields = self.field_names();
            fields.push(ORDER_FIELD);
            return fields;
        }
        self.fields
            .iter()
            .filter(|(_, writes)| writes.standing().len() > 1)
            .map(|(field, _)| field.as_str())
            .collect()
    }

    /// Every field that anybody wrote, the row's place apart, each once.
    fn field_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let inserted = self
            .inserts
            .standing()
            .iter()
            .flat_map(|insert| insert.fields.keys());
        for field in inserted.chain(self.fields.keys()) {
            if field != ORDER_FIELD && !names.contains(&field.as_str()) {
                names.push(field);
            }
        }
        names
    }
}
