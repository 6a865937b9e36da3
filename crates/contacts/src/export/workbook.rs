//! A workbook, one sheet for each source. Every cell is a text, so that phones keep their plus, ids
//! their zeros, and nothing is a formula.

use std::borrow::Cow;
use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::{ExportError, UnusedSource};

/// What a workbook takes for the name of a sheet, in UTF-16 units.
const MAX_NAME: usize = 31;

/// The rows that are not used, as a workbook. Without a source it has one empty sheet.
///
/// # Errors
/// [`ExportError`] when a sheet cannot hold them.
pub fn unused_xlsx(sources: &[UnusedSource<'_>]) -> Result<Vec<u8>, ExportError> {
    let mut book = new()?;
    let mut names = HashSet::new();
    for source in sources {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(source.name, &mut names))?;
        fill(sheet, source.columns.is_some(), source.lines())?;
    }
    if sources.is_empty() {
        book.add_worksheet();
    }
    Ok(book.save_to_buffer()?)
}

/// A workbook that says nothing of when and by whom it was made, so that the same rows are the same
/// bytes.
pub(super) fn new() -> Result<Workbook, ExportError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    Ok(book)
}

pub(super) fn fill<'a>(
    sheet: &mut Worksheet,
    header: bool,
    lines: impl Iterator<Item = Vec<Cow<'a, str>>>,
) -> Result<(), ExportError> {
    let bold = Format::new().set_bold();
    let mut widths = Vec::new();
    for (row, line) in lines.enumerate() {
        let row = u32::try_from(row).map_err(|_| ExportError::TooLarge)?;
        widths.resize(line.len().max(widths.len()), 0);
        for (column, cell) in line.iter().enumerate() {
            widths[column] = cell.chars().take(60).count().max(widths[column]);
            let column = u16::try_from(column).map_err(|_| ExportError::TooLarge)?;
            if header && row == 0 {
                sheet.write_string_with_format(row, column, cell.as_ref(), &bold)?;
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell.as_ref())?;
            }
        }
    }
    for (column, width) in (0..).zip(widths) {
        // At most 60, see above.
        let width = f64::from(u32::try_from(width).unwrap_or(60));
        sheet.set_column_width(column, (width + 2.0).max(10.0))?;
    }
    if header {
        sheet.set_freeze_panes(1, 0)?;
    }
    Ok(())
}

/// A name that a workbook takes, as near to the source's as may be, and not taken before.
fn sheet_name(source: &str, taken: &mut HashSet<String>) -> String {
    let clean: String = source
        .chars()
        .map(|c| match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    let clean = clean.trim().trim_matches('\'');
    // Excel keeps this name for itself.
    let clean = match clean {
        clean if clean.trim().is_empty() => "Rows",
        clean if clean.eq_ignore_ascii_case("history") => "Rows of history",
        clean => clean,
    };
    let mut number = 1_u32;
    loop {
        let end = match number {
            1 => String::new(),
            number => format!(" ({number})"),
        };
        let name = cut(clean, MAX_NAME - end.len()) + &end;
        // Names that differ in case alone are the same to a workbook.
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

fn cut(name: &str, units: usize) -> String {
    let mut left = units;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = if fits { left - c.len_utf16() } else { 0 };
        fits
    };
    let cut: String = name.chars().take_while(fits).collect();
    cut.trim_end().trim_end_matches('\'').to_owned()
}
