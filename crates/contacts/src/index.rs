//! Which rows share a contact. Of those, the earliest is used and the others are duplicates.

use std::collections::{BTreeSet, HashMap};

/// Row numbers by contact; addresses are the same whatever their case.
#[derive(Clone, Default)]
pub(crate) struct Twins(HashMap<Box<str>, Group>);

#[derive(Clone)]
enum Group {
    One(u32),
    Many(BTreeSet<u32>),
}

/// What an added row is to the rows before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The earliest, with no other changed.
    First,
    /// Not the earliest.
    Later,
    /// The earliest, so that this row, earliest until now, is one no more.
    Before(u32),
}

impl Twins {
    pub(crate) fn add(&mut self, contact: &str, row: u32) -> Place {
        let Some(group) = self.0.get_mut(&*key(contact)) else {
            self.0.insert(key(contact), Group::One(row));
            return Place::First;
        };
        let first = group.first();
        match group {
            Group::One(other) => *group = Group::Many(BTreeSet::from([*other, row])),
            Group::Many(rows) => {
                rows.insert(row);
            }
        }
        if row > first {
            Place::Later
        } else {
            Place::Before(first)
        }
    }

    /// Takes a row out and names the one that is now the earliest in its place, if it changed.
    pub(crate) fn remove(&mut self, contact: &str, row: u32) -> Option<u32> {
        let key = key(contact);
        let Group::Many(rows) = self.0.get_mut(&key)? else {
            self.0.remove(&key);
            return None;
        };
        let was_first = rows.first() == Some(&row);
        rows.remove(&row);
        let next = rows.first().copied();
        match next {
            None => {
                self.0.remove(&key);
            }
            Some(last) if rows.len() == 1 => {
                self.0.insert(key, Group::One(last));
            }
            Some(_) => {}
        }
        next.filter(|_| was_first)
    }

    /// The earliest row with a contact.
    pub(crate) fn first(&self, contact: &str) -> Option<u32> {
        self.0.get(&*key(contact)).map(Group::first)
    }
}

impl Group {
    fn first(&self) -> u32 {
        match self {
            Self::One(row) => *row,
            Self::Many(rows) => rows.first().copied().unwrap_or(u32::MAX),
        }
    }
}

fn key(contact: &str) -> Box<str> {
    contact.to_ascii_lowercase().into_boxed_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_row_is_first_and_frees_the_next_when_it_goes() {
        let mut twins = Twins::default();
        assert_eq!(twins.add("A@x.pt", 5), Place::First);
        assert_eq!(twins.add("a@x.pt", 7), Place::Later);
        assert_eq!(twins.add("a@X.pt", 3), Place::Before(5));
        assert_eq!(twins.first("a@x.pt"), Some(3));
        assert_eq!(twins.remove("a@x.pt", 5), None);
        assert_eq!(twins.remove("a@x.pt", 3), Some(7));
        assert_eq!(twins.remove("a@x.pt", 7), None);
        assert_eq!(twins.first("a@x.pt"), None);
    }
}
