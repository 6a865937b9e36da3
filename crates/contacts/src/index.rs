//! Which rows share a contact. Of those, the earliest is used and the others are duplicates.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;

use crate::RowId;

/// Parts of the table, which are filled at once on all cores. Of a million rows each part has some less
/// than what a table of its size can take, so that little room is left empty.
const PARTS: u64 = 20;

/// Rows by contact; addresses are the same whatever their case. The contacts themselves stay with the
/// list, which is asked for them: a million rows cost no second copy.
#[derive(Clone)]
pub(crate) struct Twins {
    /// By hash.
    parts: Vec<Part>,
    keys: RandomState,
}

#[derive(Clone, Default)]
struct Part {
    groups: HashTable<Group>,
    /// The other rows of groups that have more than one, by the first; nearly all have one.
    others: HashMap<RowId, BTreeSet<RowId>>,
}

/// Rows that share a contact.
#[derive(Clone, Copy)]
struct Group {
    hash: u64,
    first: RowId,
}

/// What an added row is to the rows before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The earliest, with no other changed.
    First,
    /// Not the earliest.
    Later,
    /// The earliest, so that this row, earliest until now, is one no more.
    Before(RowId),
}

impl Default for Twins {
    fn default() -> Self {
        Self {
            parts: (0..PARTS).map(|_| Part::default()).collect(),
            keys: RandomState::default(),
        }
    }
}

impl Twins {
    /// Takes many rows in place of all before, each with its [`Self::hash`], and gives the places of
    /// those that are not the earliest. `id` names the row at a place, unless it has no contact; `has`
    /// tells whether the row at a place shares its contact with another.
    pub(crate) fn fill(
        &mut self,
        hashes: &[u64],
        id: impl Fn(usize) -> Option<RowId> + Sync,
        has: impl Fn(usize, RowId) -> bool + Sync,
    ) -> Vec<usize> {
        let filled = (0..PARTS as usize).into_par_iter().map(|number| {
            let of_part = hashes.iter().enumerate();
            let of_part = of_part.filter(|(_, hash)| part_of(**hash) == number);
            let rows: Vec<(usize, u64, RowId)> = of_part
                .filter_map(|(at, hash)| Some((at, *hash, id(at)?)))
                .collect();
            let mut part = Part::default();
            part.groups.reserve(rows.len(), |group| group.hash);
            let later = rows.into_iter().filter(|(at, hash, row)| {
                part.add(*hash, *row, |other| has(*at, other)) == Place::Later
            });
            let later: Vec<usize> = later.map(|(at, ..)| at).collect();
            (part, later)
        });
        let later: Vec<Vec<usize>>;
        (self.parts, later) = filled.unzip();
        later.concat()
    }

    /// Adds a row with this contact. `has` tells whether another row has it.
    pub(crate) fn add(&mut self, contact: &str, row: RowId, has: impl Fn(RowId) -> bool) -> Place {
        let hash = self.hash(contact);
        self.parts[part_of(hash)].add(hash, row, has)
    }

    /// Takes a row out and names the one that is now the earliest in its place, if it changed.
    pub(crate) fn remove(
        &mut self,
        contact: &str,
        row: RowId,
        has: impl Fn(RowId) -> bool,
    ) -> Option<RowId> {
        let hash = self.hash(contact);
        self.parts[part_of(hash)].remove(hash, row, has)
    }

    /// The earliest row with a contact.
    pub(crate) fn first(&self, contact: &str, has: impl Fn(RowId) -> bool) -> Option<RowId> {
        let hash = self.hash(contact);
        let same = |group: &Group| group.hash == hash && has(group.first);
        let group = self.parts[part_of(hash)].groups.find(hash, same)?;
        Some(group.first)
    }

    /// What a contact is looked for by.
    pub(crate) fn hash(&self, contact: &str) -> u64 {
        if contact.bytes().any(|b| b.is_ascii_uppercase()) {
            self.keys.hash_one(contact.to_ascii_lowercase())
        } else {
            self.keys.hash_one(contact)
        }
    }
}

impl Part {
    fn add(&mut self, hash: u64, row: RowId, has: impl Fn(RowId) -> bool) -> Place {
        let same = |group: &Group| group.hash == hash && has(group.first);
        let mut group = match self.groups.entry(hash, same, |group| group.hash) {
            Entry::Vacant(place) => {
                place.insert(Group { hash, first: row });
                return Place::First;
            }
            Entry::Occupied(group) => group,
        };
        let first = group.get().first;
        if row > first {
            self.others.entry(first).or_default().insert(row);
            return Place::Later;
        }
        let mut others = self.others.remove(&first).unwrap_or_default();
        others.insert(first);
        self.others.insert(row, others);
        group.get_mut().first = row;
        Place::Before(first)
    }

    fn remove(&mut self, hash: u64, row: RowId, has: impl Fn(RowId) -> bool) -> Option<RowId> {
        let same = |group: &Group| group.hash == hash && has(group.first);
        let mut group = self.groups.find_entry(hash, same).ok()?;
        let first = group.get().first;
        let mut others = self.others.remove(&first).unwrap_or_default();
        let next = if row == first {
            others.pop_first()
        } else {
            others.remove(&row);
            None
        };
        match next {
            Some(next) => group.get_mut().first = next,
            None if row == first => drop(group.remove()),
            None => {}
        }
        if !others.is_empty() {
            self.others.insert(next.unwrap_or(first), others);
        }
        next
    }
}

/// By bits in the middle: tables use those at both ends.
const fn part_of(hash: u64) -> usize {
    ((((hash >> 16) & 0xFFFF_FFFF) * PARTS) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_row_is_first_and_frees_the_next_when_it_goes() {
        let has = |_: RowId| true;
        let mut twins = Twins::default();
        assert_eq!(twins.add("A@x.pt", RowId(5), has), Place::First);
        assert_eq!(twins.add("a@x.pt", RowId(7), has), Place::Later);
        assert_eq!(twins.add("a@X.pt", RowId(3), has), Place::Before(RowId(5)));
        assert_eq!(twins.first("a@x.pt", has), Some(RowId(3)));
        assert_eq!(twins.remove("a@x.pt", RowId(5), has), None);
        assert_eq!(twins.remove("a@x.pt", RowId(3), has), Some(RowId(7)));
        assert_eq!(twins.remove("a@x.pt", RowId(7), has), None);
        assert_eq!(twins.first("a@x.pt", has), None);
    }

    #[test]
    fn contacts_that_differ_are_no_twins_even_if_their_hashes_meet() {
        let mut twins = Twins::default();
        assert_eq!(twins.add("a@x.pt", RowId(1), |_| false), Place::First);
        assert_eq!(twins.add("a@x.pt", RowId(2), |_| false), Place::First);
    }

    #[test]
    fn many_rows_at_once_are_as_they_are_one_by_one() {
        let contact = |row: u64| format!("p{}@x.pt", row * row % 1_009);
        let rows = 3_000;
        let has = |row: u64, other: RowId| contact(row) == contact(other.0);
        let mut slow = Twins::default();
        let one_by_one = (0..rows).filter(|&row| {
            row % 7 > 0
                && slow.add(&contact(row), RowId(row), |other| has(row, other)) == Place::Later
        });
        let one_by_one: Vec<u64> = one_by_one.collect();
        let mut twins = Twins::default();
        let hashes: Vec<u64> = (0..rows).map(|row| twins.hash(&contact(row))).collect();
        let mut at_once: Vec<u64> = twins
            .fill(
                &hashes,
                |at| (at % 7 > 0).then_some(RowId(at as u64)),
                |at, other| has(at as u64, other),
            )
            .into_iter()
            .map(|at| at as u64)
            .collect();
        at_once.sort_unstable();
        assert_eq!(at_once, one_by_one);
        for row in 0..rows {
            let with_it = |other| has(row, other);
            assert_eq!(
                twins.first(&contact(row), with_it),
                slow.first(&contact(row), with_it)
            );
            if row % 7 > 0 {
                assert_eq!(
                    twins.remove(&contact(row), RowId(row), with_it),
                    slow.remove(&contact(row), RowId(row), with_it)
                );
            }
        }
        assert_eq!(twins.first("p1@x.pt", |_| true), None);
        assert!(twins.parts.iter().all(|part| part.others.is_empty()));
    }
}
