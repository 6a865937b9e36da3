//! The people to send to, as they are now: what a batch is planned from while the list goes on changing.
//!
//! Nobody is copied out. The cells stay shared with the list, and each person is read when asked for.

use std::collections::HashMap;
use std::fmt;

use super::people::person;
use super::{ContactList, Held, HeldSource, Person, Typed};
use crate::view::count;
use crate::{Region, RowId};

/// The rows that can be used, in file order, with all columns of their files. People and columns are
/// numbered from 0; asking for a person beyond the last panics.
pub struct Picked {
    region: Region,
    sources: Vec<PickedSource>,
    rows: Vec<Held>,
    typed: HashMap<RowId, Typed>,
    contacts: String,
    columns: Vec<String>,
}

/// Where a row stands in what the officer added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The name of the file or paste.
    pub source: &'a str,
    /// The line on which the row starts, from 1; 0 when it was added by hand.
    pub line: u32,
}

struct PickedSource {
    held: HeldSource,
    /// Places in [`Picked::columns`], rising, each with the column of the source.
    columns: Vec<(u32, u32)>,
}

impl ContactList {
    /// The people to send to as they are now; what happens to the list later does not touch them.
    #[must_use]
    pub fn picked(&self) -> Picked {
        let mut columns = Columns::default();
        let sources = (0_u32..).zip(&self.sources).map(|(at, source)| {
            let has_rows = self
                .rows
                .binary_search_by_key(&at, |row| row.source)
                .is_ok();
            PickedSource {
                held: source.clone(),
                columns: if has_rows {
                    columns.add(source)
                } else {
                    Vec::new()
                },
            }
        });
        Picked {
            region: self.region,
            sources: sources.collect(),
            rows: self.usable().copied().collect(),
            typed: self.typed.clone(),
            contacts: self.contacts.clone(),
            columns: columns.names,
        }
    }
}

impl Picked {
    /// How many people there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names of the columns of all sources that have rows, in order. Columns of different sources
    /// are one if they have the same name; those of one source never are, so that a name may be there
    /// twice.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The contact as it will be sent.
    #[must_use]
    pub fn contact(&self, at: usize) -> &str {
        let contact = self.rows[at].contact;
        contact.map_or("", |contact| contact.of(&self.contacts))
    }

    /// The person with what the row says of them.
    #[must_use]
    pub fn person(&self, at: usize) -> Person {
        let row = &self.rows[at];
        let held = &self.source(row).held;
        let typed = self.typed.get(&row.id());
        person(held, row.row, typed, self.contact(at), self.region)
    }

    /// What stands in one of [`Self::columns`] in the person's row: what was typed, else the cell as
    /// found. Empty if the source has no such column, or the row no such cell.
    #[must_use]
    pub fn value(&self, at: usize, column: usize) -> &str {
        let row = &self.rows[at];
        let source = self.source(row);
        let of_source = source
            .columns
            .binary_search_by_key(&count(column), |(at, _)| *at);
        let Ok(found) = of_source else { return "" };
        let (_, column) = source.columns[found];
        let typed = self.typed.get(&row.id()).into_iter().flatten();
        let mut typed =
            typed.filter(|(field, _)| source.held.column(row.row, *field) == Some(column));
        if let Some((_, text)) = typed.next() {
            return text;
        }
        let cell = source.held.sheet.cell(row.row as usize, column as usize);
        cell.map_or("", |cell| cell.text)
    }

    /// Where the person's row stands, as the list shows it.
    #[must_use]
    pub fn place(&self, at: usize) -> Place<'_> {
        let row = &self.rows[at];
        let held = &self.source(row).held;
        Place {
            source: &held.about.name,
            line: held.sheet.line(row.row as usize),
        }
    }

    fn source(&self, row: &Held) -> &PickedSource {
        &self.sources[row.source as usize]
    }
}

impl fmt::Debug for Picked {
    /// Counts only: contacts are personal data and do not belong in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picked")
            .field("people", &self.rows.len())
            .field("columns", &self.columns.len())
            .finish_non_exhaustive()
    }
}

/// The columns of several sources, put together by name.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    /// The places of each name.
    known: HashMap<String, Vec<u32>>,
}

impl Columns {
    fn add(&mut self, source: &HeldSource) -> Vec<(u32, u32)> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let columns = (0_u32..).zip(&source.about.columns);
        let mut places: Vec<(u32, u32)> = columns
            .map(|(own, column)| {
                let name = column.name.trim();
                let nth = seen.entry(name).or_default();
                let known = self.known.entry(name.to_owned()).or_default();
                if *nth == known.len() {
                    known.push(count(self.names.len()));
                    self.names.push(name.to_owned());
                }
                *nth += 1;
                (known[*nth - 1], own)
            })
            .collect();
        places.sort_unstable();
        places
    }
}
