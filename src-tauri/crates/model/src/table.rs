//! The rows of one entity in the planner's order, found by id. Cheap to clone (rows are shared), so that every
//! revision of a map can be handed out as a snapshot. Changes only through this crate.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::order::OrderKey;
use crate::record::{Id, Record};

/// A record and its place in the planner's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// Its place.
    pub order: OrderKey,
    /// The record.
    pub record: T,
}

/// Rows of one entity, sorted by order, then id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T> {
    rows: IndexMap<Id, Arc<Row<T>>, FxBuildHasher>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: IndexMap::default(),
        }
    }
}

impl<T> Table<T> {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The record with this id; O(1).
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.rows.get(id).map(|row| &row.record)
    }

    /// The row with this id; O(1).
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Arc<Row<T>>> {
        self.rows.get(id)
    }

    /// Whether there is a row with this id; O(1).
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.rows.contains_key(id)
    }

    /// The row's number in the planner's order, from 0; O(1).
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.rows.get_index_of(id)
    }

    /// The record with this number in the planner's order; O(1).
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&T> {
        self.rows.get_index(position).map(|(_, row)| &row.record)
    }

    /// Records in the planner's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> + DoubleEndedIterator + Clone {
        self.rows.values().map(|row| &row.record)
    }

    /// Ids in the planner's order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = &Id> + DoubleEndedIterator + Clone {
        self.rows.keys()
    }

    /// Rows in the planner's order.
    pub fn rows(
        &self,
    ) -> impl ExactSizeIterator<Item = &Arc<Row<T>>> + DoubleEndedIterator + Clone {
        self.rows.values()
    }
}

impl<T: Record> Table<T> {
    /// The key of a row that is to come behind `after`: `Some("")` puts it first, `None` last.
    /// `None` as answer: no row has the id `after`.
    pub(crate) fn order_after(&self, after: Option<&str>) -> Option<OrderKey> {
        let order_at = |at: usize| self.rows.get_index(at).map(|(_, row)| &row.order);
        let behind = match after {
            None => self.rows.len(),
            Some("") => 0,
            Some(id) => self.position(id)? + 1,
        };
        Some(OrderKey::between(
            behind.checked_sub(1).and_then(order_at),
            order_at(behind),
        ))
    }

    /// Adds a row, or replaces the one with its id. Appending is O(1), inserting O(n).
    pub(crate) fn put(&mut self, order: OrderKey, record: T) {
        let id = record.id();
        if let Some(row) = self.rows.get_mut(id.as_str())
            && row.order == order
        {
            *row = Arc::new(Row { order, record });
            return;
        }
        self.rows.shift_remove(id.as_str());
        let at = self
            .rows
            .partition_point(|other, row| (&row.order, other) < (&order, &id));
        self.rows
            .shift_insert(at, id, Arc::new(Row { order, record }));
    }

    /// Takes a row out; O(n).
    pub(crate) fn take(&mut self, id: &str) -> Option<Arc<Row<T>>> {
        self.rows.shift_remove(id)
    }
}
