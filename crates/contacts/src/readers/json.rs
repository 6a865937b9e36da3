//! JSON: an array of objects, texts or arrays, alone or under a key, and JSON Lines.
//!
//! Nothing is built from the whole: elements are slices of the text, gone through twice, once for
//! the names of the columns and once for the cells. Nested values are never opened deeper than one
//! level, so that depth costs no stack. A mistake in the notation refuses the file, because what
//! comes after it cannot be trusted; JSON Lines make no exception.

use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::readers::{Fault, excerpt};
use crate::sheet::Sheet;
use crate::{FileError, MAX_FIELD_CHARS, MAX_LINE_BYTES, MAX_ROWS, Progress, Step, Watch};

mod columns;
mod stream;

use columns::{Columns, decoded, fields, is_number};
use stream::{elements, members, values};

/// The most cells, empty ones before a filled one included. A text file has no more in practice,
/// and it bounds what sparse objects with a thousand keys can cost.
const MAX_CELLS: usize = 16_000_000;
const WATCH_EVERY: u32 = 4_096;

/// The elements of a list, one row each, after a first row with the names of the columns. The line
/// of a row is the number of its element, from 1.
///
/// Keys are columns in the order in which they first appear, and those of an object inside are
/// columns of their own, as in `address.city`. Arrays, and what is deeper, stay as the text they
/// are. A key that stands twice in one object is a fault of its row. An array of arrays has its
/// column names in its first one, if that looks like it.
///
/// # Errors
/// [`FileError`] when this is not JSON, has no list, or reading was ended from outside.
pub(crate) fn read(text: &str, watch: &dyn Watch) -> Result<Sheet, FileError> {
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    let list = List::of(text)?;
    let mut columns = Columns::default();
    list.each(text, watch, 0, |raw, number| {
        columns
            .learn(raw, number)
            .map_err(|e| damaged(text, raw, &e))
    })?;
    if columns.is_empty() {
        return Err(FileError::Empty);
    }
    let mut sheet = Sheet::with_capacity(text.len() / 2);
    for name in columns.names() {
        sheet.push(&name, false)?;
    }
    sheet.end_row(u32::from(columns.first_is_header()));
    let mut cells = Vec::new();
    list.each(text, watch, 1, |raw, number| {
        if number == 1 && columns.first_is_header() {
            return Ok(());
        }
        match place(&columns, &mut cells, raw).map_err(|e| damaged(text, raw, &e))? {
            None => write(&mut sheet, &cells, raw, number),
            Some(fault) => write_fault(&mut sheet, raw, number, fault),
        }
    })?;
    Ok(sheet)
}

#[derive(Clone, Copy)]
enum List<'a> {
    Array(&'a str),
    /// Values one after the other.
    Lines(&'a str),
}

impl<'a> List<'a> {
    /// The part of a text that is the list: all of it, or an array under a key of its only object.
    fn of(text: &'a str) -> Result<Self, FileError> {
        let mut reader = serde_json::Deserializer::from_str(text);
        IgnoredAny::deserialize(&mut reader).map_err(|e| damaged(text, text, &e))?;
        if reader.end().is_err() {
            return Ok(Self::Lines(text));
        }
        let whole = text.trim();
        match whole.as_bytes().first() {
            Some(b'[') => Ok(Self::Array(whole)),
            Some(b'"') => Ok(Self::Lines(whole)),
            Some(b'{') => {
                let list = under_a_key(whole).map_err(|e| damaged(text, whole, &e))?;
                Ok(list.map_or(Self::Lines(whole), Self::Array))
            }
            _ => Err(FileError::Damaged {
                what: "it is JSON, but has no list of contacts".to_owned(),
            }),
        }
    }

    /// Goes through the elements, telling where in the text it is. `round` is 0 or 1 of two.
    fn each(
        self,
        text: &str,
        watch: &dyn Watch,
        round: u64,
        mut take: impl FnMut(&'a str, u32) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let mut number = 0_u32;
        let mut went = Ok(());
        let mut step = |raw: &'a str| {
            went = if number as usize == MAX_ROWS {
                Err(FileError::TooManyRows)
            } else if number.is_multiple_of(WATCH_EVERY) && ended(text, raw, watch, round) {
                Err(FileError::Cancelled)
            } else {
                number += 1;
                take(raw, number)
            };
            went.is_ok()
        };
        let (part, read) = match self {
            Self::Array(part) => (part, elements(part, &mut step)),
            Self::Lines(part) => (part, values(part, &mut step)),
        };
        went?;
        read.map_err(|e| damaged(text, part, &e))
    }
}

/// The first array of objects; or else the first of arrays or texts, so that a list of tags does
/// not hide the people who come after it.
fn under_a_key(object: &str) -> Result<Option<&str>, serde_json::Error> {
    let mut best: Option<(&str, bool)> = None;
    members(object, &mut |_, value| {
        let inside = value.strip_prefix('[').map(str::trim_start);
        let of_objects = match inside.and_then(|inside| inside.bytes().next()) {
            Some(b'{') => true,
            Some(b'[' | b'"') => false,
            _ => return,
        };
        if best.is_none_or(|(_, already)| of_objects && !already) {
            best = Some((value, of_objects));
        }
    })?;
    Ok(best.map(|(list, _)| list))
}

fn ended(text: &str, raw: &str, watch: &dyn Watch, round: u64) -> bool {
    let all = text.len() as u64;
    let progress = Progress {
        step: Step::Reading,
        done: (offset(text, raw) as u64 + round * all) / 2,
        all,
    };
    watch.progress(progress) == ControlFlow::Break(())
}

/// Where in the text a part of it begins.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize)
        .saturating_sub(text.as_ptr() as usize)
        .min(text.len())
}

/// The mistake by its place in the file alone: the parser's words may repeat what it found.
fn damaged(text: &str, part: &str, error: &serde_json::Error) -> FileError {
    let before = text.get(..offset(text, part)).unwrap_or_default();
    let on_first_line = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let line = error.line() + before.matches('\n').count();
    let column = match error.line() {
        1 => error.column() + on_first_line,
        _ => error.column(),
    };
    FileError::Damaged {
        what: format!("it stops being JSON at line {line}, column {column}"),
    }
}

/// Puts the values of an element at their columns.
fn place<'a>(
    columns: &Columns,
    cells: &mut Vec<Option<&'a str>>,
    raw: &'a str,
) -> Result<Option<Fault>, serde_json::Error> {
    cells.clear();
    if raw.len() > MAX_LINE_BYTES {
        return Ok(Some(Fault::LineTooLong));
    }
    let mut fault = None;
    let mut put = |at: Option<usize>, value: &'a str| {
        let Some(at) = at else {
            fault = Some(Fault::TooManyColumns);
            return;
        };
        if cells.len() <= at {
            cells.resize(at + 1, None);
        }
        if cells[at].replace(value).is_some() {
            fault.get_or_insert(Fault::RepeatedKey);
        }
    };
    match raw.as_bytes().first() {
        Some(b'{') => fields(raw, &mut |name, value| put(columns.at(name), value))?,
        Some(b'[') => {
            let mut next = 0;
            elements(raw, &mut |value| {
                put(columns.at_place(next), value);
                next += 1;
                true
            })?;
        }
        _ => put(columns.bare(), raw),
    }
    Ok(fault)
}

fn write(
    sheet: &mut Sheet,
    cells: &[Option<&str>],
    raw: &str,
    number: u32,
) -> Result<(), FileError> {
    if sheet.cell_count() + cells.len() > MAX_CELLS {
        return Err(FileError::TooManyCells {
            limit: MAX_CELLS as u64,
        });
    }
    for cell in cells {
        let Some(value) = cell else {
            sheet.push("", false)?;
            continue;
        };
        let text = decoded(value);
        if text.len() > MAX_FIELD_CHARS && text.chars().nth(MAX_FIELD_CHARS).is_some() {
            sheet.drop_row();
            return write_fault(sheet, raw, number, Fault::FieldTooLong);
        }
        sheet.push(&text, is_number(value))?;
    }
    sheet.end_row(number);
    Ok(())
}

/// Keeps the beginning of the element, in one line.
fn write_fault(sheet: &mut Sheet, raw: &str, number: u32, fault: Fault) -> Result<(), FileError> {
    let start: String = raw.chars().take(1_000).collect();
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    sheet.push(&excerpt(&start), false)?;
    sheet.end_bad_row(number, fault);
    Ok(())
}

#[cfg(test)]
mod tests;
