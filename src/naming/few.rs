//! A map of mostly one or two entries. Of those a tree takes ten times the room, and there is such a map for each type.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Entries in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Few<T>(Vec<(String, T)>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Few<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        // What comes in order goes to the end.
        match self.0.last() {
            Some((last, _)) if last.as_str() < key => Err(self.0.len()),
            _ => self
                .0
                .binary_search_by(|(known, _)| known.as_str().cmp(key)),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&T> {
        self.place(key).ok().map(|index| &self.0[index].1)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.place(key).ok().map(|index| &mut self.0[index].1)
    }

    pub(super) fn insert(&mut self, key: String, value: T) {
        match self.place(&key) {
            Ok(index) => self.0[index].1 = value,
            Err(index) => self.0.insert(index, (key, value)),
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Ok(index) = self.place(key) {
            self.0.remove(index);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &T)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// The entries of both, those of the other where both have a key.
    pub(super) fn extend(&mut self, other: Self) {
        // The sort is stable and knows what is in order already.
        self.0.extend(other.0);
        self.0.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.0.dedup_by(|later, earlier| {
            let is_same = later.0 == earlier.0;
            if is_same {
                std::mem::swap(later, earlier);
            }
            is_same
        });
    }

    /// Entries that are in the order of their keys, no key twice.
    pub(super) fn in_order(entries: Vec<(String, T)>) -> Self {
        debug_assert!(entries.is_sorted_by(|(one, _), (other, _)| one < other));
        Self(entries)
    }

    /// These entries in order, or a key that stands there twice.
    pub(super) fn of(mut entries: Vec<(String, T)>) -> Result<Self, String> {
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        match entries.windows(2).find(|two| two[0].0 == two[1].0) {
            Some(two) => Err(two[0].0.clone()),
            None => Ok(Self(entries)),
        }
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Serialize> Serialize for Few<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn entries_are_in_order_and_the_later_one_counts() {
        let mut few = Few::default();
        for (key, value) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            few.insert(key.to_owned(), value);
        }
        few.remove("c");
        few.extend(Few::of(vec![("d".to_owned(), 5), ("a".to_owned(), 6)]).unwrap_or_default());
        let all: Vec<(&str, i32)> = few
            .iter()
            .map(|(key, value)| (key.as_str(), *value))
            .collect();
        assert_eq!(all, [("a", 6), ("b", 4), ("d", 5)]);
        assert_eq!((few.get("d"), few.get("c")), (Some(&5), None));
        let twice = ["a", "b", "a"].map(|key| (key.to_owned(), 0)).to_vec();
        assert_eq!(Few::of(twice), Err("a".to_owned()));
    }
}
