//! Which rows the events tell of, a bit for each.

use std::collections::BTreeMap;

/// Row numbers met, by table.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) requests: Numbers,
    pub(super) replies: Numbers,
    pub(super) payloads: Numbers,
}

/// Many numbers, most of them close together.
#[derive(Default)]
pub(super) struct Numbers(BTreeMap<i64, [u64; WORDS]>);

const WORDS: usize = 64;
const BITS: i64 = 64 * 64;

impl Numbers {
    pub(super) fn add(&mut self, number: i64) {
        let (word, bit) = place(number);
        let words = self.0.entry(number.div_euclid(BITS)).or_insert([0; WORDS]);
        words[word] |= bit;
    }

    pub(super) fn has(&self, number: i64) -> bool {
        let (word, bit) = place(number);
        self.0
            .get(&number.div_euclid(BITS))
            .is_some_and(|words| words[word] & bit != 0)
    }
}

fn place(number: i64) -> (usize, u64) {
    let within = number.rem_euclid(BITS).unsigned_abs();
    ((within / 64) as usize, 1 << (within % 64))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_added_is_there_and_nothing_else(
            added in proptest::collection::vec(prop_oneof![-9000_i64..9000, any::<i64>()], 0..200),
            asked in proptest::collection::vec(-9000_i64..9000, 0..200),
        ) {
            let mut numbers = Numbers::default();
            added.iter().for_each(|n| numbers.add(*n));
            let added: BTreeSet<i64> = added.into_iter().collect();
            for n in asked.iter().chain(&added) {
                prop_assert_eq!(numbers.has(*n), added.contains(n));
            }
        }
    }
}
