//! A map that keeps its newest entries within a count and a weight.

use std::collections::{HashMap, VecDeque};

/// Entries by key, oldest forgotten first. Weights are bytes, as the caller estimates them.
pub(super) struct Newest<V> {
    order: VecDeque<String>,
    entries: HashMap<String, (V, usize)>,
    weight: usize,
    max_count: usize,
    max_weight: usize,
}

impl<V> Newest<V> {
    /// An empty map with its bounds.
    pub(super) fn bounded(max_count: usize, max_weight: usize) -> Self {
        let (order, entries) = (VecDeque::new(), HashMap::new());
        Self {
            order,
            entries,
            weight: 0,
            max_count,
            max_weight,
        }
    }

    /// Adds an entry; one that was there under this key keeps its place in the order.
    pub(super) fn insert(&mut self, key: String, value: V, weight: usize) {
        self.weight += weight;
        match self.entries.insert(key.clone(), (value, weight)) {
            Some((_, old)) => self.weight -= old,
            None => self.order.push_back(key),
        }
        while self.order.len() > self.max_count || self.weight > self.max_weight {
            let Some(oldest) = self.order.pop_front() else {
                break;
            };
            self.weight -= self.entries.remove(&oldest).map_or(0, |(_, weight)| weight);
        }
    }

    /// The entry of a key.
    pub(super) fn at(&self, key: &str) -> Option<&V> {
        self.entries.get(key).map(|(value, _)| value)
    }

    /// The entry of a key, to change.
    pub(super) fn at_mut(&mut self, key: &str) -> Option<&mut V> {
        self.entries.get_mut(key).map(|(value, _)| value)
    }

    /// Every entry, newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &V> {
        self.order.iter().rev().filter_map(|key| self.at(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(map: &Newest<&'static str>) -> Vec<&'static str> {
        map.newest_first().copied().collect()
    }

    #[test]
    fn forgets_the_oldest() {
        let mut map = Newest::bounded(2, 100);
        for name in ["a", "b", "c"] {
            map.insert(name.to_owned(), name, 1);
        }
        assert_eq!(keys(&map), ["c", "b"]);
        assert_eq!(map.at("a"), None);
        map.insert("b".to_owned(), "B", 99);
        assert_eq!(keys(&map), ["c", "B"], "an entry renewed keeps its place");
        map.insert("d".to_owned(), "d", 50);
        assert_eq!(keys(&map), ["d", "c"], "weight counts as well");
        map.insert("e".to_owned(), "e", 101);
        assert_eq!(keys(&map), [""; 0], "what is too heavy is not kept");
        assert_eq!(map.weight, 0);
    }
}
