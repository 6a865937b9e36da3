//! Taking back the last changes, one by one, from the last. What a change refers to is therefore always
//! as that change left it: rows that come back find their source as it was, and the last source is the
//! one that was added.

use std::collections::HashMap;
use std::sync::Arc;

use super::change::MANY;
use super::{ContactList, Held, HeldSource, Judged, Typed, judge_rows, position};
use crate::{FileError, Region, RowId, Unwatched, Watch};

/// How many changes can be taken back.
const DEPTH: usize = 50;
/// How much text of sources that were read another way is kept for it.
const KEPT_BYTES: usize = 256 << 20;

/// A change that can be taken back.
pub(crate) struct Undo {
    /// What was done, in words.
    pub(crate) words: String,
    inverse: Inverse,
}

/// How a change is taken back.
pub(crate) enum Inverse {
    /// What was typed before, by row.
    Edits(Vec<(RowId, Option<Typed>)>),
    /// Rows that come back.
    Removed(Vec<RowId>),
    /// Rows that go: those of a source from one on, and with them the source if it was new.
    Added {
        source: u32,
        from: u32,
        is_new: bool,
    },
    /// The region before.
    Region(Region),
    /// A source as it was read before, with its rows and what was typed in them.
    Read {
        source: u32,
        held: Box<HeldSource>,
        rows: Vec<u32>,
        typed: HashMap<RowId, Typed>,
    },
}

impl ContactList {
    /// Takes back the last change, and says whether there was one.
    ///
    /// # Errors
    /// [`FileError::Cancelled`] when the watch ends it; the change then stays and can be taken back
    /// later.
    pub fn undo(&mut self, watch: &dyn Watch) -> Result<bool, FileError> {
        let Some(Undo { words, inverse }) = self.undo.pop() else {
            return Ok(false);
        };
        match inverse {
            Inverse::Edits(old) => self.restore_edits(old),
            Inverse::Removed(rows) => self.restore_rows(&rows)?,
            Inverse::Added {
                source,
                from,
                is_new,
            } => self.take_out(source, from, is_new),
            Inverse::Region(region) => match self.judged_for(region, watch) {
                Ok(judged) => self.take_region(judged),
                Err(error) => {
                    self.undo.push(Undo {
                        words,
                        inverse: Inverse::Region(region),
                    });
                    return Err(error);
                }
            },
            Inverse::Read {
                source,
                held,
                rows,
                typed,
            } => {
                self.typed.retain(|id, _| id.source() != source);
                self.typed.extend(typed);
                self.sources[source as usize] = *held;
                self.replace_rows(source, &rows)?;
            }
        }
        self.version += 1;
        self.changed();
        Ok(true)
    }

    /// Notes how a change is taken back.
    pub(super) fn done(&mut self, words: String, inverse: Inverse) {
        self.version += 1;
        self.undo.push(Undo { words, inverse });
        let mut kept = self.kept_bytes();
        while self.undo.len() > DEPTH || (self.undo.len() > 1 && kept > KEPT_BYTES) {
            self.undo.remove(0);
            kept = self.kept_bytes();
        }
    }

    /// The text of sheets that nothing holds but what can be taken back.
    fn kept_bytes(&self) -> usize {
        let sheets = self.undo.iter().filter_map(|undo| match &undo.inverse {
            Inverse::Read { source, held, .. } => {
                let now = &self.sources.get(*source as usize)?.sheet;
                (!Arc::ptr_eq(now, &held.sheet)).then_some(&held.sheet)
            }
            _ => None,
        });
        let each: HashMap<_, _> = sheets
            .map(|sheet| (Arc::as_ptr(sheet), sheet.text_len()))
            .collect();
        each.values().sum()
    }

    /// From now on nothing before can be taken back.
    pub(super) fn forget_undo(&mut self) {
        self.undo.clear();
    }

    fn take_out(&mut self, source: u32, from: u32, is_new: bool) {
        self.rows
            .retain(|row| row.source != source || row.row < from);
        if is_new {
            self.sources.truncate(source as usize);
        } else if let Some(held) = self.sources.get_mut(source as usize) {
            held.sheet_mut().truncate(from as usize);
        }
        self.typed
            .retain(|id, _| id.source() != source || id.row() < from);
        self.join_all();
    }

    fn restore_edits(&mut self, old: Vec<(RowId, Option<Typed>)>) {
        let one_by_one = old.len() <= MANY;
        for (id, typed) in old {
            let at = position(&self.rows, id);
            if let Some(at) = at.filter(|_| one_by_one) {
                self.leave(at);
            }
            match typed {
                Some(typed) => drop(self.typed.insert(id, typed)),
                None => drop(self.typed.remove(&id)),
            }
            if let Some(at) = at {
                self.judge_again(at);
            }
            if let Some(at) = at.filter(|_| one_by_one) {
                self.join(at);
            }
        }
        if !one_by_one {
            self.join_all();
        }
    }

    fn restore_rows(&mut self, ids: &[RowId]) -> Result<(), FileError> {
        for same in ids.chunk_by(|a, b| a.source() == b.source()) {
            let rows: Vec<u32> = same.iter().map(|id| id.row()).collect();
            self.bring(same[0].source(), &rows)?;
        }
        self.settle();
        Ok(())
    }

    /// Puts other rows of a source in place of those in the list.
    fn replace_rows(&mut self, source: u32, rows: &[u32]) -> Result<(), FileError> {
        self.rows.retain(|row| row.source != source);
        self.bring(source, rows)?;
        self.settle();
        Ok(())
    }

    /// Judges rows of a source and adds them, out of order and without regard to their twins.
    fn bring(&mut self, source: u32, rows: &[u32]) -> Result<(), FileError> {
        let held = &self.sources[source as usize];
        let judged = judge_rows(source, held, &self.typed, rows, self.region, &Unwatched)?;
        self.take_judged(judged);
        Ok(())
    }

    /// Adds judged rows behind the others.
    pub(super) fn take_judged(&mut self, judged: Judged) {
        if self.rows.is_empty() && self.contacts.is_empty() {
            self.unasked.extend(judged.rows.iter().map(Held::id));
            self.contacts = judged.contacts;
            self.rows = judged.rows;
            return;
        }
        let offset = u32::try_from(self.contacts.len()).unwrap_or(u32::MAX);
        self.contacts.push_str(&judged.contacts);
        let rows = judged.rows.into_iter().map(|row| row.moved(offset));
        self.unasked.extend(rows.clone().map(|row| row.id()));
        self.rows.extend(rows);
    }

    pub(super) fn put_in_order(&mut self) {
        if !self.rows.is_sorted_by_key(Held::id) {
            // Sorted runs: what the stable sort is quickest at.
            self.rows.sort_by_key(Held::id);
        }
    }

    /// Puts the rows in order and finds what each is to the others.
    pub(super) fn settle(&mut self) {
        self.put_in_order();
        for at in 0..self.rows.len() {
            self.rows[at].asked_before = self.is_asked_before(&self.rows[at]);
        }
        self.join_all();
        self.changed();
    }
}

/// `one`, or `many` with the number in place of `#`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => one.to_owned(),
        count => many.replace('#', &grouped(count)),
    }
}

/// A number with its thousands set apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_with_their_thousands_apart() {
        assert_eq!(counted(1, "one row", "# rows"), "one row");
        assert_eq!(counted(14, "one row", "# rows"), "14 rows");
        assert_eq!(counted(1_234_567, "one row", "# rows"), "1,234,567 rows");
    }
}
