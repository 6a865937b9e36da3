//! Judging many rows at once, on all cores.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::source::HeldSource;
use super::{Held, Span, Typed};
use crate::judge::{Fields, Languages, judge_next_row};
use crate::readers::{Fault, ROWS_A_LOOK};
use crate::sheet::Cell;
use crate::{Field, FileError, Progress, Region, RowId, Step, Watch};

/// Bytes of a contact, more or less.
const USUAL_CONTACT: usize = 20;

/// Rows with their verdicts, and the text of their contacts.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) rows: Vec<Held>,
    pub(crate) contacts: String,
}

/// Judges rows of a source, given by their place in its sheet.
///
/// # Errors
/// [`FileError::Cancelled`] when the watch ends it.
pub(crate) fn judge_rows(
    source: u32,
    held: &HeldSource,
    typed: &HashMap<RowId, Typed>,
    rows: &[u32],
    region: Region,
    watch: &dyn Watch,
) -> Result<Judged, FileError> {
    let done = AtomicU64::new(0);
    let all = rows.len() as u64;
    // Verdicts are written where they stay: what each part had of its own would be held twice.
    let unjudged = |row: &u32| Held::unjudged(source, *row);
    let mut rows: Vec<Held> = rows.par_iter().map(unjudged).collect();
    let parts = rows.par_chunks_mut(ROWS_A_LOOK).map(|part| {
        let contacts = judge_part(held, typed, part, region);
        let done = done.fetch_add(part.len() as u64, Ordering::Relaxed) + part.len() as u64;
        let step = Step::Judging;
        match watch.progress(Progress { step, done, all }) {
            std::ops::ControlFlow::Continue(()) => Ok(contacts),
            std::ops::ControlFlow::Break(()) => Err(FileError::Cancelled),
        }
    });
    let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
    let mut contacts = String::with_capacity(parts.iter().map(String::len).sum());
    for (part, of_part) in rows.chunks_mut(ROWS_A_LOOK).zip(parts) {
        let offset = u32::try_from(contacts.len()).unwrap_or(u32::MAX);
        contacts.push_str(&of_part);
        part.iter_mut().for_each(|row| *row = row.moved(offset));
    }
    Ok(Judged { rows, contacts })
}

/// The fields of a row with what was typed in place of its cells, and its fault unless the contact was
/// typed anew.
pub(crate) fn fields_of<'a>(
    held: &'a HeldSource,
    row: u32,
    typed: Option<&'a Typed>,
) -> (Fields<'a>, Option<Fault>) {
    let mut fields = held.fields(row);
    let mut fault = held.sheet.fault(row as usize);
    for (field, text) in typed.into_iter().flatten() {
        *fields.at_mut(*field) = Some(Cell {
            text,
            is_number: false,
        });
        if *field == Field::Contact {
            fault = None;
        }
    }
    (fields, fault)
}

impl Judged {
    /// Adds rows behind these.
    pub(crate) fn append(&mut self, part: Self) {
        let offset = u32::try_from(self.contacts.len()).unwrap_or(u32::MAX);
        self.contacts.push_str(&part.contacts);
        self.rows
            .extend(part.rows.into_iter().map(|row| row.moved(offset)));
    }
}

/// Judges rows, and gives the text of their contacts.
fn judge_part(
    held: &HeldSource,
    typed: &HashMap<RowId, Typed>,
    rows: &mut [Held],
    region: Region,
) -> String {
    let mut contacts = String::with_capacity(rows.len() * USUAL_CONTACT);
    let mut languages = Languages::default();
    for judged in rows {
        let typed = if typed.is_empty() {
            None
        } else {
            typed.get(&judged.id())
        };
        let (fields, fault) = fields_of(held, judged.row, typed);
        let verdict = judge_next_row(&fields, fault, region, &mut languages);
        let contact = Span::push(&mut contacts, verdict.contact.as_deref());
        *judged = Held::new(judged.source, judged.row, &verdict, contact);
    }
    contacts
}
