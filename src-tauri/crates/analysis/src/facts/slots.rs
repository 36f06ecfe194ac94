//! Numbers for ids: each id gets the next number once and keeps it.

use std::sync::OnceLock;

use backcast_model::Id;
use rustc_hash::FxHashMap;

/// Things by number, found by id. Who only ever adds new ones pays nothing for finding them.
#[derive(Debug, Clone)]
pub(crate) struct Slots<T> {
    /// Made when first asked.
    by_id: OnceLock<FxHashMap<Id, u32>>,
    ids: Vec<Id>,
    items: Vec<T>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self {
            by_id: OnceLock::new(),
            ids: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T: Default> Slots<T> {
    /// Room for so many things.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self {
            by_id: OnceLock::new(),
            ids: Vec::with_capacity(capacity),
            items: Vec::with_capacity(capacity),
        }
    }

    /// The id's slot, a new one when it has none.
    pub(crate) fn reserve(&mut self, id: &Id) -> u32 {
        // Most ids are asked for more often than they come.
        if let Some(slot) = self.by_id().get(id) {
            return *slot;
        }
        self.add(id)
    }

    /// A slot for an id that has none.
    pub(crate) fn add(&mut self, id: &Id) -> u32 {
        // Tables are capped far below 2^32 rows, and slots are given up when too many are abandoned.
        let slot = u32::try_from(self.items.len()).unwrap_or(u32::MAX - 1);
        if let Some(by_id) = self.by_id.get_mut() {
            by_id.insert(id.clone(), slot);
        }
        self.ids.push(id.clone());
        self.items.push(T::default());
        slot
    }
}

impl<T> Slots<T> {
    fn by_id(&self) -> &FxHashMap<Id, u32> {
        self.by_id
            .get_or_init(|| self.ids.iter().cloned().zip(0..).collect())
    }

    /// The id's slot.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.by_id().get(id).copied()
    }

    /// The id of a slot that [`Self::reserve`] gave.
    #[inline]
    pub(crate) fn id(&self, slot: u32) -> &Id {
        &self.ids[slot as usize]
    }

    /// What is in a slot that [`Self::reserve`] gave.
    #[inline]
    pub(crate) fn at(&self, slot: u32) -> &T {
        &self.items[slot as usize]
    }

    /// What is in a slot that [`Self::reserve`] gave, to be changed.
    pub(crate) fn at_mut(&mut self, slot: u32) -> &mut T {
        &mut self.items[slot as usize]
    }

    /// How many slots there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }
}

/// Words by number: devices and keys as the map spells them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    by_text: FxHashMap<String, u32>,
    texts: Vec<String>,
}

impl Vocabulary {
    /// The word's number, a new one when it has none.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.by_text.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX - 1);
        self.by_text.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }

    /// The word's number, when it has one.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.by_text.get(text).copied()
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The word with a number.
    pub(crate) fn text(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(String::as_str)
    }
}
