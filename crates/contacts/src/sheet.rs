//! Rows of cells as a reader found them, packed: one text, and where each cell ends in it. A million
//! rows cost their text and a few bytes each, and are only ever read.

use std::collections::BTreeMap;

use crate::FileError;
use crate::readers::Fault;

pub(crate) mod bytes;

/// The highest bit of an end says that the cell was a number in a spreadsheet.
const NUMBER: u32 = 1 << 31;

/// The cells of one file, or of one sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    text: String,
    ends: Vec<u32>,
    rows: Vec<Place>,
    faults: BTreeMap<u32, Fault>,
    /// Cells of finished rows.
    done: usize,
}

/// Where a row begins: its first cell, and its line in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    first: u32,
    line: u32,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    pub(crate) text: &'a str,
    /// It was a number, not a text: a leading zero or plus may be gone.
    pub(crate) is_number: bool,
}

impl Sheet {
    /// An empty sheet with room for a text of this length.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Adds a cell to the row being read.
    ///
    /// # Errors
    /// [`FileError::TooMuchText`] when all cells together pass 2 GiB.
    pub(crate) fn push(&mut self, text: &str, is_number: bool) -> Result<(), FileError> {
        self.text.push_str(text);
        let end = u32::try_from(self.text.len())
            .ok()
            .filter(|end| end & NUMBER == 0)
            .ok_or(FileError::TooMuchText)?;
        self.ends.push(if is_number { end | NUMBER } else { end });
        Ok(())
    }

    /// Ends the row being read. It may have no cells.
    pub(crate) fn end_row(&mut self, line: u32) {
        self.rows.push(Place {
            first: narrow(self.done),
            line,
        });
        self.done = self.ends.len();
    }

    /// Ends the row being read as one that could not be read as it is.
    pub(crate) fn end_bad_row(&mut self, line: u32, fault: Fault) {
        self.faults.insert(narrow(self.rows.len()), fault);
        self.end_row(line);
    }

    /// Takes back the cells of the row being read.
    pub(crate) fn drop_row(&mut self) {
        self.ends.truncate(self.done);
        self.text
            .truncate(self.ends.last().map_or(0, |end| (end & !NUMBER) as usize));
    }

    /// Takes out all rows from one on.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.done = self.bounds(rows).0;
        self.rows.truncate(rows);
        self.faults.split_off(&narrow(rows));
        self.drop_row();
    }

    /// How many cells the row being read has so far.
    pub(crate) fn width_so_far(&self) -> usize {
        self.ends.len() - self.done
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many cells there are in all.
    pub(crate) fn cell_count(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes of text there are in all.
    pub(crate) const fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The line of the file on which a row starts, from 1.
    pub(crate) fn line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |place| place.line)
    }

    /// What kept a row from being read as it is.
    pub(crate) fn fault(&self, row: usize) -> Option<Fault> {
        self.faults.get(&narrow(row)).copied()
    }

    /// A cell by row and column, both from 0.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<Cell<'_>> {
        let (first, end) = self.bounds(row);
        (column < end - first).then(|| self.at(first + column))
    }

    /// The cells of a row from the left.
    pub(crate) fn cells(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
        let (first, end) = self.bounds(row);
        (first..end).map(|at| self.at(at))
    }

    /// Whether a row could be read and has nothing to see in it.
    pub(crate) fn is_blank(&self, row: usize) -> bool {
        self.cells(row).all(|cell| is_blank(cell.text)) && self.fault(row).is_none()
    }

    fn bounds(&self, row: usize) -> (usize, usize) {
        let first = |row: usize| self.rows.get(row).map(|place| place.first as usize);
        let start = first(row).unwrap_or(self.done);
        (start, first(row + 1).unwrap_or(self.done))
    }

    fn at(&self, cell: usize) -> Cell<'_> {
        let end_of = |at: usize| (self.ends[at] & !NUMBER) as usize;
        let start = if cell == 0 { 0 } else { end_of(cell - 1) };
        Cell {
            text: &self.text[start..end_of(cell)],
            is_number: self.ends[cell] & NUMBER != 0,
        }
    }
}

/// Nothing to see in it.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'))
}

/// Counts stay below 2^31, because every cell and every row is at least bounded by the text's end
/// or by the limits of the readers.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were_put_in() {
        let mut sheet = Sheet::default();
        sheet.push("Ana", false).unwrap();
        sheet.push("", false).unwrap();
        sheet.push("351", true).unwrap();
        sheet.end_row(1);
        sheet.end_row(2);
        sheet.push("lost", false).unwrap();
        sheet.drop_row();
        sheet.push("\"x", false).unwrap();
        sheet.end_bad_row(5, Fault::UnclosedQuote { line: 5 });
        let texts: Vec<_> = sheet.cells(0).map(|cell| cell.text).collect();
        assert_eq!(texts, ["Ana", "", "351"]);
        assert_eq!(
            (sheet.len(), sheet.cells(0).count(), sheet.cells(1).count()),
            (3, 3, 0)
        );
        assert!(sheet.cell(0, 2).unwrap().is_number);
        assert!(!sheet.cell(2, 0).unwrap().is_number);
        assert_eq!(sheet.cell(2, 0).unwrap().text, "\"x");
        assert_eq!(
            (sheet.cell(0, 3), sheet.cell(1, 0), sheet.cell(9, 0)),
            (None, None, None)
        );
        assert_eq!((sheet.line(2), sheet.fault(0)), (5, None));
        assert_eq!(sheet.fault(2), Some(Fault::UnclosedQuote { line: 5 }));
        let whole = sheet.clone();
        sheet.truncate(9);
        assert_eq!(sheet, whole);
        sheet.truncate(1);
        let texts: Vec<_> = sheet.cells(0).map(|cell| cell.text).collect();
        assert_eq!((sheet.len(), sheet.cell_count()), (1, 3));
        assert_eq!((texts, sheet.text_len()), (vec!["Ana", "", "351"], 6));
        sheet.truncate(0);
        assert_eq!(sheet, Sheet::default());
    }
}
