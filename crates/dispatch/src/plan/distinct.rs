//! Which of many texts are the same, without keeping the texts: only a hash and who said it first.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use hashbrown::HashTable;

/// A set of texts. Its owner can tell each text again from a number.
#[derive(Default)]
pub(super) struct Distinct {
    known: HashTable<(u64, u32)>,
    hasher: RandomState,
    other: String,
}

impl Distinct {
    /// The number under which `text` is known already; else it is known by `number` from now on.
    /// `tell` appends the text of an earlier number.
    pub(super) fn insert(
        &mut self,
        text: &str,
        number: u32,
        mut tell: impl FnMut(u32, &mut String),
    ) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        let other = &mut self.other;
        let found = self.known.find(hash, |(known, number)| {
            *known == hash && {
                other.clear();
                tell(*number, other);
                other == text
            }
        });
        if let Some((_, earlier)) = found {
            return Some(*earlier);
        }
        self.known
            .insert_unique(hash, (hash, number), |(hash, _)| *hash);
        None
    }

    /// How many different texts there were.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }
}
