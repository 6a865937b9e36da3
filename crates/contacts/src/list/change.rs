//! Changes of rows that are in the list. Each can be undone.

use std::collections::HashSet;

use super::undo::{Inverse, counted};
use super::{ContactList, Held, HeldSource, Judged, Typed, judge_rows, position};
use crate::sheet::Cell;
use crate::view::alike_key;
use crate::{
    Field, FileError, ListAsk, MAX_FIELD_CHARS, ReasonCode, Region, RowId, UnknownRow, Unwatched,
    Watch,
};

/// With more rows than this it is quicker to find all duplicates anew.
pub(super) const MANY: usize = 1_000;

impl ContactList {
    /// Writes a field of a row anew and judges the row, and with it only the rows that share its
    /// contact.
    ///
    /// # Errors
    /// [`UnknownRow`] when the row was removed.
    pub fn edit(&mut self, row: RowId, field: Field, text: &str) -> Result<(), UnknownRow> {
        let at = position(&self.rows, row).ok_or(UnknownRow)?;
        let old = self.typed.get(&row).cloned();
        self.write(at, field, text);
        self.changed();
        self.done("Edited a row".to_owned(), Inverse::Edits(vec![(row, old)]));
        Ok(())
    }

    /// Accepts the suggestion of a reason, in one row or in all rows that have a suggestion of just
    /// this kind; says how many rows were written.
    ///
    /// # Errors
    /// [`UnknownRow`] when the row was removed, or has no such suggestion any more.
    pub fn accept(
        &mut self,
        row: RowId,
        code: ReasonCode,
        alike: bool,
    ) -> Result<usize, UnknownRow> {
        let at = position(&self.rows, row).ok_or(UnknownRow)?;
        if self.rows[at].suggests & code.bit() == 0 {
            return Err(UnknownRow);
        }
        let rows = if alike {
            let key = alike_key(&self.rows[at], code, &self.contacts).map(str::to_owned);
            let same = |row: &Held| {
                row.suggests & code.bit() != 0
                    && alike_key(row, code, &self.contacts) == key.as_deref()
            };
            (0..self.rows.len())
                .filter(|&at| same(&self.rows[at]))
                .collect()
        } else {
            vec![at]
        };
        let mut old: Vec<(RowId, Option<Typed>)> = Vec::with_capacity(rows.len());
        let at_once = rows.len() > MANY;
        for at in rows {
            let Some((field, text)) = self.suggestion(at, code) else {
                continue;
            };
            let id = self.rows[at].id();
            old.push((id, self.typed.get(&id).cloned()));
            if at_once {
                self.put(id, field, &text);
                self.judge_again(at);
            } else {
                self.write(at, field, &text);
            }
        }
        if at_once {
            self.join_all();
        }
        self.changed();
        let accepted = old.len();
        let words = counted(
            accepted,
            "Accepted one suggestion",
            "Accepted # suggestions",
        );
        self.done(words, Inverse::Edits(old));
        Ok(accepted)
    }

    /// Removes rows and says how many there were. Duplicates of a removed row become usable.
    pub fn remove(&mut self, rows: &[RowId]) -> usize {
        let gone: HashSet<RowId> = rows.iter().copied().collect();
        self.remove_where(|row| gone.contains(&row.id()))
    }

    /// Removes all rows that match.
    pub fn remove_shown(&mut self, ask: &ListAsk) -> usize {
        let gone: HashSet<u32> = self.matching(ask).iter().copied().collect();
        let mut at = 0;
        self.remove_where(|_| {
            at += 1;
            gone.contains(&(at - 1))
        })
    }

    /// Removes all rows of a source.
    pub fn remove_source(&mut self, source: u32) -> usize {
        self.remove_where(|row| row.source == source)
    }

    /// Removes all rows. The region stays.
    pub fn clear(&mut self) -> usize {
        self.remove_where(|_| true)
    }

    /// Judges every row for another region, without changing anything yet.
    ///
    /// # Errors
    /// [`FileError::Cancelled`] when the watch ends it.
    pub fn judged_for(&self, region: Region, watch: &dyn Watch) -> Result<Rejudged, FileError> {
        let mut judged = Judged::default();
        for (at, source) in (0_u32..).zip(&self.sources) {
            let start = self.rows.partition_point(|row| row.source < at);
            let end = self.rows.partition_point(|row| row.source <= at);
            let rows: Vec<u32> = self.rows[start..end].iter().map(|row| row.row).collect();
            judged.append(judge_rows(at, source, &self.typed, &rows, region, watch)?);
        }
        let version = self.version;
        Ok(Rejudged {
            region,
            judged,
            version,
        })
    }

    /// Takes another region, with the verdicts of [`Self::judged_for`]; if the list changed since, judges
    /// it again.
    pub fn set_region(&mut self, mut judged: Rejudged) {
        if judged.version != self.version
            && let Ok(again) = self.judged_for(judged.region, &Unwatched)
        {
            judged = again;
        }
        let old = self.region;
        let words = format!("Changed the country of phones to {}", judged.region.name());
        self.take_region(judged);
        self.done(words, Inverse::Region(old));
    }

    pub(super) fn take_region(&mut self, rejudged: Rejudged) {
        let Rejudged { region, judged, .. } = rejudged;
        self.region = region;
        self.rows = judged.rows;
        self.contacts = judged.contacts;
        self.unasked = self.rows.iter().map(Held::id).collect();
        self.settle();
    }

    /// Takes the row out, writes it, and puts it back among its twins.
    fn write(&mut self, at: usize, field: Field, text: &str) {
        self.leave(at);
        self.put(self.rows[at].id(), field, text);
        self.judge_again(at);
        self.join(at);
    }

    /// Keeps what was typed.
    pub(super) fn put(&mut self, id: RowId, field: Field, text: &str) {
        // One character over the limit is enough to know that it is over.
        let end = text.char_indices().nth(MAX_FIELD_CHARS + 1);
        let text = end.map_or(text, |(at, _)| &text[..at]);
        let typed = self.typed.entry(id).or_default();
        match typed.iter_mut().find(|(other, _)| *other == field) {
            Some((_, old)) => *old = text.into(),
            None => typed.push((field, text.into())),
        }
    }

    fn suggestion(&self, at: usize, code: ReasonCode) -> Option<(Field, String)> {
        let findings = self.verdict(at).findings.into_iter();
        let mut found = findings.filter(|(_, finding)| finding.code == code);
        found.find_map(|(field, finding)| Some((field, finding.suggestion()?.to_owned())))
    }

    fn remove_where(&mut self, mut gone: impl FnMut(&Held) -> bool) -> usize {
        let (out, kept): (Vec<Held>, Vec<Held>) = self.rows.iter().partition(|row| gone(row));
        if out.is_empty() {
            return 0;
        }
        if out.len() > MANY {
            self.rows = kept;
            self.join_all();
        } else {
            for row in &out {
                if let Some(at) = position(&self.rows, row.id()) {
                    self.leave(at);
                }
            }
            let ids: HashSet<RowId> = out.iter().map(Held::id).collect();
            self.rows.retain(|row| !ids.contains(&row.id()));
        }
        self.changed();
        let removed = out.len();
        let words = counted(removed, "Removed one row", "Removed # rows");
        let out = out.iter().map(Held::id).collect();
        self.done(words, Inverse::Removed(out));
        removed
    }

    /// The cell that a field of a row shows.
    pub(super) fn cell<'a>(&'a self, row: &Held, field: Field) -> Option<Cell<'a>> {
        let held: &HeldSource = self.sources.get(row.source as usize)?;
        let typed = self.typed.get(&row.id());
        let (fields, _) = super::fields_of(held, row.row, typed);
        fields.of(field)
    }
}

/// Every row judged for another region.
pub struct Rejudged {
    region: Region,
    judged: Judged,
    /// Of the list that was judged.
    version: u64,
}
