//! The planner's order of rows as keys that leave room between any two, so that moving one row writes one row and
//! two copies of a project can each insert at the same place. The keys are the `fractional_index` crate's.

use fractional_index::FractionalIndex;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A row's place among its kind; compares like the order on screen. Written as an even number of hexadecimal digits
/// whose text order is the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderKey(FractionalIndex);

impl OrderKey {
    /// A key between two others; `None` stands for the open end. Where the two are equal or crossed (two merged
    /// copies may have made the same key) the new one goes behind `before`.
    #[must_use]
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        let (before, after) = (before.map(|key| &key.0), after.map(|key| &key.0));
        let key = FractionalIndex::new(before, after);
        Self(key.unwrap_or_else(|| {
            before.map_or_else(FractionalIndex::default, FractionalIndex::new_after)
        }))
    }

    /// `count` rising keys of even, short length.
    #[must_use]
    pub fn spread(count: usize) -> Vec<Self> {
        let mut keys: Vec<Option<Self>> = vec![None; count];
        let mut open = vec![(0, count, None::<Self>, None::<Self>)];
        while let Some((from, to, before, after)) = open.pop() {
            if from < to {
                let middle = usize::midpoint(from, to);
                let key = Self::between(before.as_ref(), after.as_ref());
                open.push((from, middle, before, Some(key.clone())));
                open.push((middle + 1, to, Some(key.clone()), after));
                keys[middle] = Some(key);
            }
        }
        keys.into_iter().flatten().collect()
    }

    /// The key as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.to_string()
    }

    /// The key that [`Self::to_text`] wrote.
    ///
    /// # Errors
    /// When the text is not such a key.
    pub fn from_text(text: &str) -> Result<Self, String> {
        // The library takes for granted that the text falls into pairs of digits.
        let is_hexadecimal =
            text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hexadecimal
            .then(|| FractionalIndex::from_string(text).ok())
            .flatten()
            .map(Self)
            .ok_or_else(|| format!("{text:?} is not an order key"))
    }
}

impl Serialize for OrderKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for OrderKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_text(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spread_keys_rise_and_leave_room(count in 0_usize..600, at in 0_usize..600) {
            let keys = OrderKey::spread(count);
            prop_assert_eq!(keys.len(), count);
            prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1] && pair[0].to_text() < pair[1].to_text()));
            let at = at.min(count);
            let before = at.checked_sub(1).map(|index| &keys[index]);
            let new = OrderKey::between(before, keys.get(at));
            prop_assert!(before.is_none_or(|key| *key < new) && keys.get(at).is_none_or(|key| new < *key));
            prop_assert_eq!(OrderKey::from_text(&new.to_text()), Ok(new));
        }

        #[test]
        fn any_text_is_a_key_or_refused(text in any::<String>(), digits in "[0-9a-f]{0,9}") {
            for text in [text, digits] {
                prop_assert!(OrderKey::from_text(&text).is_err() || text.is_ascii());
            }
        }
    }

    #[test]
    fn equal_neighbours_still_give_a_key() {
        let key = OrderKey::between(None, None);
        assert!(OrderKey::between(Some(&key), Some(&key)) > key);
    }
}
