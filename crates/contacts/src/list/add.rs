//! Adding: all of a file or text, or nothing when it is refused as a whole.

use std::collections::HashMap;
use std::sync::Arc;

use super::undo::{Inverse, counted};
use super::{ContactList, Held, HeldSource, Judged, judge_rows, position};
use crate::read::Table;
use crate::readers::text;
use crate::sheet::Sheet;
use crate::view::count;
use crate::{
    Column, FileError, Format, Imported, Limits, MAX_ROWS, Region, RowId, RowState, Source, Target,
    Unwatched, Watch,
};

const BY_HAND: &str = "Added by hand";
const MAX_SOURCES: usize = 1_000;
/// What one sheet can hold: 2 GiB.
const MAX_SHEET_BYTES: usize = 1 << 31;

/// A table that is judged and waits to be added.
pub struct JudgedTable {
    held: HeldSource,
    judged: Judged,
    region: Region,
}

impl Table {
    /// Judges every row, with phones without a country taken to be of this region. Long for long lists,
    /// and needs no list yet.
    ///
    /// # Errors
    /// [`FileError::Cancelled`] when the watch ends it; [`FileError::Empty`] when there are no rows below
    /// the column names; [`FileError::TooManyRows`].
    pub fn judge(mut self, region: Region, watch: &dyn Watch) -> Result<JudgedTable, FileError> {
        let rows = self.people();
        if rows.is_empty() {
            return Err(FileError::Empty);
        }
        if rows.len() > MAX_ROWS {
            return Err(FileError::TooManyRows);
        }
        let below = self.held.sheet.len().saturating_sub(self.skip() as usize);
        self.held.about.blank = count(below.saturating_sub(rows.len()));
        let judged = judge_rows(0, &self.held, &HashMap::new(), &rows, region, watch)?;
        Ok(JudgedTable {
            held: self.held,
            judged,
            region,
        })
    }
}

impl JudgedTable {
    /// The verdicts for the region of the list, should it have changed since.
    fn judged_for(&mut self, region: Region) -> Result<(), FileError> {
        if self.region != region {
            let rows: Vec<u32> = self.judged.rows.iter().map(|row| row.row).collect();
            let none = HashMap::new();
            self.judged = judge_rows(0, &self.held, &none, &rows, region, &Unwatched)?;
            self.region = region;
        }
        Ok(())
    }
}

impl ContactList {
    /// Adds the rows of a file that was read and judged; judges them again if it was for another region.
    ///
    /// # Errors
    /// [`FileError::TooManyRows`], [`FileError::TooManySources`]; the list is then as before.
    pub fn add(&mut self, mut table: JudgedTable) -> Result<Imported, FileError> {
        if self.sources.len() >= MAX_SOURCES {
            return Err(FileError::TooManySources);
        }
        self.has_room(table.judged.rows.len())?;
        table.judged_for(self.region)?;
        let JudgedTable {
            held, mut judged, ..
        } = table;
        let source = count(self.sources.len());
        judged.rows.iter_mut().for_each(|row| row.source = source);
        let words = format!("Added {}", held.about.name);
        let blank = held.about.blank;
        self.sources.push(held);
        let back = Inverse::Added {
            source,
            from: 0,
            is_new: true,
        };
        Ok(self.take_in(judged, blank, words, back))
    }

    /// Adds typed contacts, which stand between line ends, commas, semicolons or tabs.
    ///
    /// # Errors
    /// [`FileError`] when the text is empty, or too much; the list is then as before.
    pub fn add_text(&mut self, typed: &str, limits: &Limits) -> Result<Imported, FileError> {
        limits.allow_text(typed.len())?;
        let sheet = text::read(typed, &Unwatched)?;
        let found: Vec<usize> = (0..sheet.len())
            .filter(|&row| !sheet.is_blank(row))
            .collect();
        if found.is_empty() {
            return Err(FileError::Empty);
        }
        self.has_room(found.len())?;
        let known = self.by_hand_source();
        let so_far = known.map_or(0, |at| self.sources[at as usize].sheet.text_len());
        if so_far + typed.len() >= MAX_SHEET_BYTES {
            return Err(FileError::TooMuchText);
        }
        let source = match known {
            Some(source) => source,
            None => self.start_by_hand()?,
        };
        let whole = self.sources[source as usize].sheet_mut();
        let from = count(whole.len());
        for row in &found {
            for cell in sheet.cells(*row) {
                whole.push(cell.text, false)?;
            }
            match sheet.fault(*row) {
                Some(fault) => whole.end_bad_row(0, fault),
                None => whole.end_row(0),
            }
        }
        let rows: Vec<u32> = (from..count(whole.len())).collect();
        let held = &self.sources[source as usize];
        let judged = judge_rows(source, held, &self.typed, &rows, self.region, &Unwatched)?;
        let blank = count(sheet.len() - found.len());
        let words = counted(rows.len(), "Added one row", "Added # rows");
        let back = Inverse::Added {
            source,
            from,
            is_new: known.is_none(),
        };
        Ok(self.take_in(judged, blank, words, back))
    }

    /// Takes a source anew, read or used another way. Rows that are the same stay removed if they were,
    /// and keep what was typed in them: those that stand on the same line with the same letters and
    /// digits, whatever the encoding made of other characters and wherever cells were parted.
    ///
    /// Of what was added by hand only the columns are taken, so that nothing typed meanwhile is lost.
    ///
    /// # Errors
    /// [`FileError::UnknownSource`], [`FileError::TooManyRows`]; the list is then as before.
    pub fn read_anew(&mut self, source: u32, mut table: JudgedTable) -> Result<(), FileError> {
        let old = self
            .sources
            .get(source as usize)
            .ok_or(FileError::UnknownSource)?;
        let start = self.rows.partition_point(|row| row.source < source);
        let end = self.rows.partition_point(|row| row.source <= source);
        let old_rows: Vec<u32> = self.rows[start..end].iter().map(|row| row.row).collect();
        if old.about.format == Format::ByHand {
            (table.held.sheet, table.held.stamp) = (Arc::clone(&old.sheet), old.stamp);
            (table.held.skip, table.held.about.header) = (old.skip, old.about.header);
            table.judged = judge_rows(
                0,
                &table.held,
                &HashMap::new(),
                &old_rows,
                self.region,
                &Unwatched,
            )?;
        } else {
            table.judged_for(self.region)?;
        }
        let JudgedTable {
            held, mut judged, ..
        } = table;
        let same = |row: u32| row >= old.skip && is_same(&old.sheet, &held.sheet, row as usize);
        let keeps = |row: u32| !same(row) || old_rows.binary_search(&row).is_ok();
        judged.rows.retain(|row| keeps(row.row));
        judged.rows.iter_mut().for_each(|row| row.source = source);
        if self.rows.len() - old_rows.len() + judged.rows.len() > MAX_ROWS {
            return Err(FileError::TooManyRows);
        }
        let of_source: HashMap<_, _> = self
            .typed
            .iter()
            .filter(|(id, _)| id.source() == source)
            .map(|(id, typed)| (*id, typed.clone()))
            .collect();
        let (kept, stale): (Vec<RowId>, Vec<RowId>) =
            of_source.keys().partition(|id| same(id.row()));
        let words = format!("Changed how {} is read", old.about.name);
        let was = std::mem::replace(&mut self.sources[source as usize], held);
        stale.iter().for_each(|id| drop(self.typed.remove(id)));
        self.rows.retain(|row| row.source != source);
        self.take_judged(judged);
        self.put_in_order();
        for id in kept {
            if let Some(at) = position(&self.rows, id) {
                self.judge_again(at);
            }
        }
        self.settle();
        self.done(
            words,
            Inverse::Read {
                source,
                held: Box::new(was),
                rows: old_rows,
                typed: of_source,
            },
        );
        Ok(())
    }

    /// A source as a table, to be shown, used another way and read anew.
    ///
    /// # Errors
    /// [`FileError::UnknownSource`].
    pub fn table(&self, source: u32) -> Result<Table, FileError> {
        let held = self.sources.get(source as usize).cloned();
        Ok(Table {
            held: held.ok_or(FileError::UnknownSource)?,
        })
    }

    fn has_room(&self, rows: usize) -> Result<(), FileError> {
        if self.rows.len() + rows > MAX_ROWS {
            return Err(FileError::TooManyRows);
        }
        Ok(())
    }

    fn take_in(&mut self, judged: Judged, blank: u32, words: String, back: Inverse) -> Imported {
        let ids = judged.rows.iter().map(Held::id);
        let (Some(first), Some(last)) = (ids.clone().min(), ids.max()) else {
            return Imported::default();
        };
        let (source, rows) = (first.source(), judged.rows.len());
        self.take_judged(judged);
        self.settle();
        self.done(words, back);
        let start = self.rows.partition_point(|row| row.id() < first);
        let end = self.rows.partition_point(|row| row.id() <= last);
        let mut imported = Imported {
            source,
            rows: count(rows),
            blank,
            ..Imported::default()
        };
        for row in &self.rows[start..end] {
            match row.state() {
                RowState::Ready => imported.ready += 1,
                RowState::Warning => imported.warnings += 1,
                RowState::Error => imported.errors += 1,
            }
        }
        imported
    }

    fn start_by_hand(&mut self) -> Result<u32, FileError> {
        if self.sources.len() >= MAX_SOURCES {
            return Err(FileError::TooManySources);
        }
        let about = Source {
            name: BY_HAND.to_owned(),
            sheet: None,
            format: Format::ByHand,
            rows: 0,
            blank: 0,
            encoding: None,
            delimiter: None,
            header: false,
            columns: vec![Column {
                name: "Contact".to_owned(),
                target: Target::Contact,
                samples: Vec::new(),
            }],
        };
        self.sources.push(HeldSource::new(about, Arc::default(), 0));
        Ok(count(self.sources.len() - 1))
    }
}

/// Whether a row stands on the same line with the same letters and digits. These are the same in nearly
/// every encoding, and wherever cells are parted.
fn is_same(old: &Sheet, new: &Sheet, row: usize) -> bool {
    let plain = |sheet: &Sheet| {
        let cells = sheet.cells(row).flat_map(|cell| cell.text.bytes());
        cells.filter(u8::is_ascii_alphanumeric).collect::<Vec<u8>>()
    };
    row < old.len().min(new.len())
        && old.line(row) == new.line(row)
        && (old.cells(row).eq(new.cells(row)) || plain(old) == plain(new))
}
