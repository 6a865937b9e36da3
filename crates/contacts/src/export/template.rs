//! An empty list with the columns that are understood and two rows to show how they are filled in.

use std::borrow::Cow;

use super::{ExportError, text, workbook};
use crate::Delimiter;

/// The phones are those that phone metadata gives as the examples of their country.
const ROWS: [[&str; 6]; 3] = [
    [
        "Name",
        "Email",
        "Phone",
        "Document ID",
        "Language",
        "Internal ID",
    ],
    [
        "Ana Example",
        "ana@example.com",
        "+351 912 345 678",
        "00000001",
        "pt",
        "EXAMPLE-1",
    ],
    [
        "Rui Example",
        "rui@example.com",
        "+351 212 345 678",
        "00000002",
        "en",
        "EXAMPLE-2",
    ],
];

/// The template as CSV. It is the same bytes every time.
#[must_use]
pub fn template_csv() -> Vec<u8> {
    text::written(Delimiter::Comma.byte(), lines())
}

/// The template as a workbook. It is the same bytes every time.
///
/// # Errors
/// [`ExportError`] when it cannot be put together.
pub fn template_xlsx() -> Result<Vec<u8>, ExportError> {
    let mut book = workbook::new()?;
    let sheet = book.add_worksheet();
    sheet.set_name("People")?;
    workbook::fill(sheet, true, lines())?;
    Ok(book.save_to_buffer()?)
}

fn lines() -> impl Iterator<Item = Vec<Cow<'static, str>>> {
    ROWS.iter().map(|row| row.map(Cow::Borrowed).to_vec())
}
