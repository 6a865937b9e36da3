//! The contact list: rows as found, each judged on its own and against the others.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;

use crate::index::{self, Twins};
use crate::judge::judge_row;
use crate::view::{Found, View, count};
use crate::{Field, ReasonCode, ReasonCount, Region, RowId, Source, Summary};

mod add;
mod change;
mod earlier;
mod held;
mod judging;
mod people;
mod picked;
mod saved;
mod show;
mod source;
mod undo;
mod unused;

pub use add::JudgedTable;
pub use change::Rejudged;
pub use earlier::Earlier;
pub use people::Person;
pub use picked::{Picked, Place};
pub use saved::Changes;

pub(crate) use held::{Held, Span, Typed};
pub(crate) use judging::{Judged, fields_of, judge_rows};
pub(crate) use source::HeldSource;

use undo::Undo;

/// A list of contacts.
///
/// Rows stand in the order of their sources and lines. Each knows its own verdict; what depends on
/// other rows (duplicates, counts, the order of showing) is kept up or made again when needed.
pub struct ContactList {
    region: Region,
    sources: Vec<HeldSource>,
    /// By rising id.
    rows: Vec<Held>,
    /// What was typed in place of cells; kept for rows that were removed, in case they come back.
    typed: HashMap<RowId, Typed>,
    /// The text of all contacts; rows say where theirs is.
    contacts: String,
    twins: Twins,
    earlier: Earlier,
    /// Rows whose contacts were not looked for among earlier requests.
    unasked: Vec<RowId>,
    undo: Vec<Undo>,
    /// Another number after each change.
    version: u64,
    view: OnceLock<View>,
    found: Mutex<Option<Found>>,
}

impl ContactList {
    /// An empty list in which numbers without a country are of this region.
    #[must_use]
    pub fn new(region: Region) -> Self {
        Self {
            region,
            sources: Vec::new(),
            rows: Vec::new(),
            typed: HashMap::new(),
            contacts: String::new(),
            twins: Twins::default(),
            earlier: Earlier::default(),
            unasked: Vec::new(),
            undo: Vec::new(),
            version: 0,
            view: OnceLock::new(),
            found: Mutex::new(None),
        }
    }

    /// The country of phone numbers written without one.
    #[must_use]
    pub const fn region(&self) -> Region {
        self.region
    }

    /// The list in numbers.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let view = self.view();
        let all = count(self.rows.len());
        let sources = self.sources.iter().zip(&view.sources);
        let mut reasons: Vec<_> = ReasonCode::ALL
            .into_iter()
            .zip(view.reasons)
            .filter(|(_, count)| *count > 0)
            .map(|(code, count)| ReasonCount {
                code,
                state: code.state(),
                message: code.message().to_owned(),
                count,
            })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse((reason.state, reason.count)));
        Summary {
            all,
            ready: all - view.errors - view.warnings,
            warnings: view.warnings,
            errors: view.errors,
            region: self.region,
            sources: sources
                .map(|(source, &rows)| Source {
                    rows,
                    ..source.about.clone()
                })
                .collect(),
            reasons,
            fields: self.fields_shown(&view.sources),
            undo: self.undo.last().map(|undo| undo.words.clone()),
        }
    }

    /// The fields beside the contact that any row has.
    fn fields_shown(&self, rows: &[u32]) -> Vec<Field> {
        let used = self.sources.iter().zip(rows).filter(|(_, rows)| **rows > 0);
        let used: Vec<_> = used.map(|(source, _)| source).collect();
        let in_a_column = |field: &Field| used.iter().any(|s| s.column(0, *field).is_some());
        let beside = Field::ALL.into_iter().skip(1);
        let (mut shown, mut others): (Vec<Field>, Vec<Field>) = beside.partition(in_a_column);
        for (id, typed) in &self.typed {
            let is_here = |field: &Field| {
                typed.iter().any(|(other, _)| other == field) && position(&self.rows, *id).is_some()
            };
            shown.extend(others.extract_if(.., |field| is_here(field)));
        }
        shown.sort_unstable();
        shown
    }

    /// Counts a row among those that share its contact.
    fn join(&mut self, at: usize) {
        let row = self.rows[at];
        self.rows[at].is_duplicate = false;
        let Some(contact) = row.contact else { return };
        let contact = contact.of(&self.contacts);
        let (rows, contacts) = (&self.rows, &self.contacts);
        let has = has(rows, contacts, contact);
        match self.twins.add(contact, row.id(), has) {
            index::Place::First => {}
            index::Place::Later => self.rows[at].is_duplicate = true,
            index::Place::Before(other) => self.set_duplicate(other, true),
        }
    }

    fn leave(&mut self, at: usize) {
        let row = self.rows[at];
        let Some(contact) = row.contact else { return };
        let contact = contact.of(&self.contacts);
        let (rows, contacts) = (&self.rows, &self.contacts);
        let next = self
            .twins
            .remove(contact, row.id(), has(rows, contacts, contact));
        self.rows[at].is_duplicate = false;
        if let Some(next) = next {
            self.set_duplicate(next, false);
        }
    }

    /// Finds all duplicates anew; quicker than one by one when many rows change.
    fn join_all(&mut self) {
        self.compact();
        // The table before gives up its room first.
        self.twins = Twins::default();
        let (rows, contacts) = (&self.rows, &self.contacts);
        let contact = |row: &Held| Some(row.contact?.of(contacts));
        let hash = |row: &Held| contact(row).map_or(0, |contact| self.twins.hash(contact));
        let hashes: Vec<u64> = rows.par_iter().map(hash).collect();
        let id = |at: usize| rows[at].contact.map(|_| rows[at].id());
        let shares = |at: usize, other| {
            contact(&rows[at]).is_some_and(|contact| has(rows, contacts, contact)(other))
        };
        let later = self.twins.fill(&hashes, id, shares);
        for row in &mut self.rows {
            row.is_duplicate = false;
        }
        for at in later {
            self.rows[at].is_duplicate = true;
        }
    }

    /// Drops the text of contacts that no row has any more, when there is much of it.
    fn compact(&mut self) {
        let live: usize = self
            .rows
            .iter()
            .filter_map(|row| row.contact)
            .map(Span::len)
            .sum();
        if self.contacts.len() <= live * 2 + (1 << 20) {
            return;
        }
        let old = std::mem::replace(&mut self.contacts, String::with_capacity(live));
        for row in &mut self.rows {
            let contact = row.contact.map(|span| span.of(&old));
            row.contact = Span::push(&mut self.contacts, contact);
        }
    }

    fn set_duplicate(&mut self, id: RowId, is_duplicate: bool) {
        if let Some(at) = position(&self.rows, id) {
            self.rows[at].is_duplicate = is_duplicate;
        }
    }

    /// Judges a row anew after its cells were typed.
    fn judge_again(&mut self, at: usize) {
        let Held { source, row, .. } = self.rows[at];
        let held = &self.sources[source as usize];
        let id = RowId::new(source, row);
        let (fields, fault) = fields_of(held, row, self.typed.get(&id));
        let verdict = judge_row(&fields, fault, self.region);
        let contact = Span::push(&mut self.contacts, verdict.contact.as_deref());
        self.rows[at] = Held::new(source, row, &verdict, contact);
        self.rows[at].asked_before = self.is_asked_before(&self.rows[at]);
        self.unasked.push(id);
    }

    fn view(&self) -> &View {
        self.view
            .get_or_init(|| View::new(&self.rows, &self.contacts, self.sources.len()))
    }

    /// What was worked out about the rows holds no longer.
    fn changed(&mut self) {
        if self.unasked.len() > 2 * self.rows.len() + 1_000 {
            self.unasked.sort_unstable();
            self.unasked.dedup();
            let rows = &self.rows;
            self.unasked.retain(|id| position(rows, *id).is_some());
        }
        self.view.take();
        *self
            .found
            .get_mut()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }
}

/// Tells whether a row has this contact.
fn has<'a>(rows: &'a [Held], contacts: &'a str, contact: &'a str) -> impl Fn(RowId) -> bool + 'a {
    move |id| {
        let other = position(rows, id).and_then(|at| rows[at].contact);
        other.is_some_and(|other| other.of(contacts).eq_ignore_ascii_case(contact))
    }
}

fn position(rows: &[Held], id: RowId) -> Option<usize> {
    rows.binary_search_by_key(&id, Held::id).ok()
}

impl fmt::Debug for ContactList {
    /// Counts only: contacts are personal data and do not belong in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactList")
            .field("region", &self.region)
            .field("sources", &self.sources.len())
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}
