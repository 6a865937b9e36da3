//! Showing: which rows match, in which order, and each with its reasons in words.

use std::cmp::Ordering;
use std::sync::{Arc, PoisonError};

use rayon::prelude::*;

use super::{ContactList, Held, fields_of, position};
use crate::fold;
use crate::judge::{RowVerdict, judge_row};
use crate::reason::Finding;
use crate::view::{Found, Search, count};
use crate::{Field, ListAsk, Reason, ReasonCode, Row, RowPage, SortBy};

impl ContactList {
    /// Some of the rows that match, at most `limit` of them from the `offset`th.
    #[must_use]
    pub fn rows(&self, ask: &ListAsk, offset: u32, limit: u32) -> RowPage {
        let matching = self.matching(ask);
        let page = matching.iter().skip(offset as usize).take(limit as usize);
        RowPage {
            total: count(matching.len()),
            rows: page.map(|&at| self.row(at as usize)).collect(),
        }
    }

    /// The positions of the rows that match, in the order asked for. The last answer is kept, so that
    /// going through pages costs nothing.
    pub(super) fn matching(&self, ask: &ListAsk) -> Arc<[u32]> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = found.as_ref().filter(|found| found.ask == *ask) {
            return Arc::clone(&found.rows);
        }
        let rows: Arc<[u32]> = self.find(ask).into();
        *found = Some(Found {
            ask: ask.clone(),
            rows: Arc::clone(&rows),
        });
        rows
    }

    /// What is to be said of a row.
    pub(super) fn verdict(&self, at: usize) -> RowVerdict {
        let row = &self.rows[at];
        let held = &self.sources[row.source as usize];
        let (fields, fault) = fields_of(held, row.row, self.typed.get(&row.id()));
        judge_row(&fields, fault, self.region)
    }

    fn find(&self, ask: &ListAsk) -> Vec<u32> {
        let shown = self.view().shown(ask.show);
        let search = Search::new(&ask.search);
        let matches = |at: &&u32| {
            let row = &self.rows[**at as usize];
            ask.reason.is_none_or(|code| row.codes() & code.bit() != 0)
                && search.as_ref().is_none_or(|search| self.finds(row, search))
        };
        let mut rows: Vec<u32> = if ask.reason.is_none() && search.is_none() {
            shown.to_vec()
        } else {
            shown.par_iter().filter(matches).copied().collect()
        };
        let descending = ask.sort.descending;
        match (ask.sort.by, ask.sort.by.field()) {
            (_, Some(field)) => self.sort(&mut rows, field, descending),
            (SortBy::File, None) if descending => rows.sort_unstable_by(|a, b| b.cmp(a)),
            (SortBy::File, None) => rows.sort_unstable(),
            // They come worst first.
            (_, None) if descending => rows.sort_by_key(|&at| self.rows[at as usize].state()),
            (_, None) => {}
        }
        rows
    }

    fn sort(&self, rows: &mut [u32], field: Field, descending: bool) {
        let keyed = rows.par_iter().map(|&at| (self.sort_text(at, field), at));
        let mut keyed: Vec<(&str, u32)> = keyed.collect();
        keyed.par_sort_unstable_by(|&(a, at), &(b, other)| {
            let order = compare(a, b, descending);
            order.then(at.cmp(&other))
        });
        for (row, (_, at)) in rows.iter_mut().zip(keyed) {
            *row = at;
        }
    }

    /// What a row is sorted by: the contact as it is sent, where there is one.
    fn sort_text(&self, at: u32, field: Field) -> &str {
        let row = &self.rows[at as usize];
        let sent = row.contact.filter(|_| field == Field::Contact);
        let text = match sent {
            Some(contact) => contact.of(&self.contacts),
            None => self.cell(row, field).map_or("", |cell| cell.text),
        };
        text.trim()
    }

    /// Looks in the cells of a row, and in what was typed in place of some.
    fn finds(&self, row: &Held, search: &Search) -> bool {
        let held = &self.sources[row.source as usize];
        let typed = self.typed.get(&row.id()).map_or(&[][..], Vec::as_slice);
        let replaced = typed.iter();
        let replaced = replaced.filter_map(|(field, _)| held.column(row.row, *field));
        // Takes no memory where nothing was typed.
        let replaced: Vec<u32> = replaced.collect();
        let cells = (0_u32..).zip(held.sheet.cells(row.row as usize));
        let cells = cells.filter(|(column, _)| !replaced.contains(column));
        let cells = cells.map(|(_, cell)| cell.text);
        let typed = typed.iter().map(|(_, text)| &**text);
        let contact = row.contact.map(|contact| contact.of(&self.contacts));
        search.finds(typed.chain(cells), contact)
    }

    /// A row as it is shown.
    pub(super) fn row(&self, at: usize) -> Row {
        let held = &self.rows[at];
        let source = &self.sources[held.source as usize];
        let text = |field| self.cell(held, field).map(|cell| cell.text.to_owned());
        let verdict = self.verdict(at);
        let twins = self.twin_reason(held).into_iter();
        let own = verdict.findings.into_iter();
        let own = own.map(|(field, finding)| self.reason(held, field, finding));
        let mut reasons: Vec<_> = twins.chain(own).chain(self.asked_reason(held)).collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.code.state()));
        Row {
            id: held.id(),
            source: held.source,
            line: source.sheet.line(held.row as usize),
            text: text(Field::Contact).unwrap_or_default(),
            contact: held.contact.map(|c| c.of(&self.contacts).to_owned()),
            kind: held.kind,
            state: held.state(),
            reasons,
            doc_id: text(Field::DocId),
            language: text(Field::Language),
            internal_id: text(Field::InternalId),
            secondary_contact: text(Field::SecondaryContact),
            name: text(Field::Name),
            country: text(Field::Country),
        }
    }

    fn reason(&self, row: &Held, field: Field, finding: Finding) -> Reason {
        let source = &self.sources[row.source as usize];
        let code = finding.code;
        let alike = if finding.suggestion().is_some() {
            self.view().alike(row, code, &self.contacts)
        } else {
            0
        };
        let column = source.column(row.row, field);
        let column = column.and_then(|column| source.column_name(column));
        Reason {
            alike,
            column: column.map(str::to_owned),
            ..finding.about(field)
        }
    }

    fn twin_reason(&self, held: &Held) -> Option<Reason> {
        let contact = held.contact.filter(|_| held.is_duplicate)?;
        let contact = contact.of(&self.contacts);
        let first = self
            .twins
            .first(contact, super::has(&self.rows, &self.contacts, contact))?;
        let twin = &self.rows[position(&self.rows, first)?];
        let source = &self.sources[twin.source as usize];
        let file = &source.about.name;
        let words = match (source.sheet.line(twin.row as usize), &source.about.sheet) {
            (0, _) => "Same as a contact added by hand".to_owned(),
            (line, None) => format!("Same as row {line} ({file})"),
            (line, Some(sheet)) => format!("Same as row {line} ({file}, {sheet})"),
        };
        Some(Reason {
            column: self.contact_column(held),
            ..Finding::text(ReasonCode::Duplicate, words).about(Field::Contact)
        })
    }

    fn contact_column(&self, held: &Held) -> Option<String> {
        let source = &self.sources[held.source as usize];
        let column = source.column(held.row, Field::Contact)?;
        source.column_name(column).map(str::to_owned)
    }

    fn asked_reason(&self, held: &Held) -> Option<Reason> {
        let contact = held.contact.filter(|_| held.asked_before)?;
        let asked = self.earlier.of(contact.of(&self.contacts))?;
        let words = format!("Asked before in {}", asked.words);
        Some(Reason {
            request: Some(asked.request.clone()),
            column: self.contact_column(held),
            ..Finding::text(ReasonCode::AskedBefore, words).about(Field::Contact)
        })
    }
}

/// Letters whatever their case and accents, blanks last either way.
fn compare(a: &str, b: &str, descending: bool) -> Ordering {
    let order = if a.is_ascii() && b.is_ascii() {
        let lower = |b: u8| b.to_ascii_lowercase();
        a.bytes().map(lower).cmp(b.bytes().map(lower))
    } else {
        fold::letters(a).cmp(fold::letters(b))
    };
    let order = if descending { order.reverse() } else { order };
    a.is_empty().cmp(&b.is_empty()).then(order)
}
