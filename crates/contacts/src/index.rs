//! Which rows share a contact. Of those, the earliest is used and the others are duplicates.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::RowId;

/// Rows by contact; addresses are the same whatever their case. The contacts themselves stay with the
/// list, which is asked for them: a million rows cost no second copy.
#[derive(Clone, Default)]
pub(crate) struct Twins {
    groups: HashTable<Group>,
    keys: RandomState,
}

#[derive(Clone)]
struct Group {
    hash: u64,
    rows: Rows,
}

#[derive(Clone)]
enum Rows {
    One(RowId),
    #[expect(
        clippy::box_collection,
        reason = "nearly all groups have one row, and are the smaller for it"
    )]
    Many(Box<BTreeSet<RowId>>),
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

impl Twins {
    /// Makes room, so that adding many rows moves nothing.
    pub(crate) fn reserve(&mut self, rows: usize) {
        self.groups.reserve(rows, |group| group.hash);
    }

    /// Adds a row whose contact has this [`Self::hash`]. `has` tells whether another row has this contact.
    pub(crate) fn add(&mut self, hash: u64, row: RowId, has: impl Fn(RowId) -> bool) -> Place {
        let same = |group: &Group| group.hash == hash && has(group.first());
        match self.groups.entry(hash, same, |group| group.hash) {
            Entry::Vacant(place) => {
                let rows = Rows::One(row);
                place.insert(Group { hash, rows });
                Place::First
            }
            Entry::Occupied(mut group) => {
                let group = group.get_mut();
                let first = group.first();
                match &mut group.rows {
                    Rows::One(other) => {
                        group.rows = Rows::Many(Box::new(BTreeSet::from([*other, row])));
                    }
                    Rows::Many(rows) => {
                        rows.insert(row);
                    }
                }
                if row > first {
                    Place::Later
                } else {
                    Place::Before(first)
                }
            }
        }
    }

    /// Takes a row out and names the one that is now the earliest in its place, if it changed.
    pub(crate) fn remove(
        &mut self,
        contact: &str,
        row: RowId,
        has: impl Fn(RowId) -> bool,
    ) -> Option<RowId> {
        let hash = self.hash(contact);
        let same = |group: &Group| group.hash == hash && has(group.first());
        let Ok(mut group) = self.groups.find_entry(hash, same) else {
            return None;
        };
        let Rows::Many(rows) = &mut group.get_mut().rows else {
            group.remove();
            return None;
        };
        let was_first = rows.first() == Some(&row);
        rows.remove(&row);
        let next = rows.first().copied();
        match next {
            Some(last) if rows.len() == 1 => group.get_mut().rows = Rows::One(last),
            _ => {}
        }
        next.filter(|_| was_first)
    }

    /// The earliest row with a contact.
    pub(crate) fn first(&self, contact: &str, has: impl Fn(RowId) -> bool) -> Option<RowId> {
        let hash = self.hash(contact);
        let same = |group: &Group| group.hash == hash && has(group.first());
        self.groups.find(hash, same).map(Group::first)
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

impl Group {
    fn first(&self) -> RowId {
        match &self.rows {
            Rows::One(row) => *row,
            Rows::Many(rows) => rows.first().copied().unwrap_or(RowId(u64::MAX)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(twins: &mut Twins, contact: &str, row: RowId, has: impl Fn(RowId) -> bool) -> Place {
        twins.add(twins.hash(contact), row, has)
    }

    #[test]
    fn the_earliest_row_is_first_and_frees_the_next_when_it_goes() {
        let has = |_: RowId| true;
        let mut twins = Twins::default();
        assert_eq!(add(&mut twins, "A@x.pt", RowId(5), has), Place::First);
        assert_eq!(add(&mut twins, "a@x.pt", RowId(7), has), Place::Later);
        assert_eq!(
            add(&mut twins, "a@X.pt", RowId(3), has),
            Place::Before(RowId(5))
        );
        assert_eq!(twins.first("a@x.pt", has), Some(RowId(3)));
        assert_eq!(twins.remove("a@x.pt", RowId(5), has), None);
        assert_eq!(twins.remove("a@x.pt", RowId(3), has), Some(RowId(7)));
        assert_eq!(twins.remove("a@x.pt", RowId(7), has), None);
        assert_eq!(twins.first("a@x.pt", has), None);
    }

    #[test]
    fn contacts_that_differ_are_no_twins_even_if_their_hashes_meet() {
        let mut twins = Twins::default();
        assert_eq!(add(&mut twins, "a@x.pt", RowId(1), |_| false), Place::First);
        assert_eq!(add(&mut twins, "a@x.pt", RowId(2), |_| false), Place::First);
    }
}
