//! Cells, as they come from a workbook, become rows of a [`Sheet`].

use crate::readers::Fault;
use crate::sheet::Sheet;
use crate::{Limits, MAX_COLUMNS, MAX_FIELD_CHARS};

use super::trouble::{Damage, Trouble};
use super::value::Value;

/// Cells between two reports of progress.
const BEAT: u32 = 4096;

/// What all sheets of a workbook together may still take.
pub(super) struct Budget<'a> {
    cells: u64,
    text: u64,
    beat: &'a mut dyn FnMut(),
    until_beat: u32,
}

/// One sheet being filled, from left to right and from top to bottom.
pub(super) struct Filler<'b, 'a> {
    sheet: Sheet,
    row: Option<u32>,
    fault: Option<Fault>,
    room: String,
    budget: &'b mut Budget<'a>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(limits: &Limits, beat: &'a mut dyn FnMut()) -> Self {
        Self {
            cells: limits.cells,
            text: limits.inflated_bytes,
            beat,
            until_beat: BEAT,
        }
    }

    fn take_cells(&mut self, count: u64) -> Result<(), Trouble> {
        let left = self.cells.checked_sub(count);
        self.cells = left.ok_or(Trouble::TooManyCells)?;
        Ok(())
    }

    fn take_text(&mut self, length: usize) -> Result<(), Trouble> {
        // One text can be shared by many cells, so this can pass what the file unpacks to.
        let left = self.text.checked_sub(length as u64);
        self.text = left.ok_or(Trouble::TooLargeInside)?;
        Ok(())
    }

    /// Counts a cell that was looked at, filled or not.
    pub(super) fn look(&mut self) {
        self.until_beat -= 1;
        if self.until_beat == 0 {
            self.until_beat = BEAT;
            (self.beat)();
        }
    }
}

impl<'b, 'a> Filler<'b, 'a> {
    pub(super) fn new(budget: &'b mut Budget<'a>) -> Self {
        Self {
            sheet: Sheet::default(),
            row: None,
            fault: None,
            room: String::new(),
            budget,
        }
    }

    /// Puts a cell at a row and column, both from 0. An empty one leaves no trace.
    pub(super) fn put(
        &mut self,
        row: u32,
        column: u32,
        value: Option<Value<'_>>,
    ) -> Result<(), Trouble> {
        self.budget.look();
        let Some(value) = value else {
            return Ok(());
        };
        if self.row != Some(row) {
            if self.row.is_some_and(|last| row < last) {
                return Err(Trouble::Damaged(Damage::CellOrder));
            }
            self.end_row()?;
            self.row = Some(row);
        }
        let (column, width) = (column as usize, self.sheet.width_so_far());
        if column >= MAX_COLUMNS {
            self.fault = Some(Fault::TooManyColumns);
            return Ok(());
        }
        if column < width {
            return Err(Trouble::Damaged(Damage::CellOrder));
        }
        let mut text = value.text(&mut self.room);
        if let Some(cut) = cut(text) {
            text = cut;
            self.fault.get_or_insert(Fault::FieldTooLong);
        }
        self.budget.take_cells((column - width + 1) as u64)?;
        self.budget.take_text(text.len())?;
        for _ in width..column {
            push(&mut self.sheet, "", false)?;
        }
        push(&mut self.sheet, text, value.is_number())
    }

    /// The sheet with all its rows.
    pub(super) fn finish(mut self) -> Result<Sheet, Trouble> {
        self.end_row()?;
        Ok(self.sheet)
    }

    fn end_row(&mut self) -> Result<(), Trouble> {
        let Some(row) = self.row.take() else {
            return Ok(());
        };
        if self.sheet.width_so_far() == 0 {
            // Only cells too far to the right; the row is kept, so it counts.
            self.budget.take_cells(1)?;
        }
        let line = row.saturating_add(1);
        match self.fault.take() {
            Some(fault) => self.sheet.end_bad_row(line, fault),
            None => self.sheet.end_row(line),
        }
        Ok(())
    }
}

fn push(sheet: &mut Sheet, text: &str, is_number: bool) -> Result<(), Trouble> {
    let pushed = sheet.push(text, is_number);
    pushed.map_err(|_| Trouble::TooMuchText)
}

/// The beginning of a text that is too long.
fn cut(text: &str) -> Option<&str> {
    if text.len() <= MAX_FIELD_CHARS {
        return None;
    }
    let (end, _) = text.char_indices().nth(MAX_FIELD_CHARS)?;
    Some(&text[..end])
}
