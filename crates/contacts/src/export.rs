//! The rows that are not used, as a file to mend and add again, and empty lists to fill in.
//!
//! The files keep the columns of their source, so that what was mended is read as it was before.
//! One column more, the last, says of each row what to mend. Writing the files is left to the shell.

use std::borrow::Cow;

use rust_xlsxwriter::XlsxError;
use thiserror::Error;

use crate::Delimiter;

mod template;
mod text;
mod workbook;

pub use template::{template_csv, template_xlsx};
pub use text::unused_csv;
pub use workbook::unused_xlsx;

/// The name of the last column, which says what to mend.
pub(crate) const REASON_COLUMN: &str = "Countersign: what to mend";

/// The rows of one source that are not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedSource<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// The names of its columns, if it had any.
    pub columns: Option<Vec<&'a str>>,
    /// What separated its cells, or would have.
    pub delimiter: Delimiter,
    /// The rows, in the order of the file.
    pub rows: Vec<UnusedRow<'a>>,
}

/// A row that is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedRow<'a> {
    /// The line of the file on which it stood; 0 when it was typed.
    pub line: u32,
    /// Its cells as they were found.
    pub cells: Vec<&'a str>,
    /// What to mend, in words.
    pub reason: String,
}

/// Why a workbook could not be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExportError {
    /// More than a sheet of a workbook can hold.
    #[error(
        "the rows are more, wider or longer than a workbook can hold; save them as CSV instead"
    )]
    TooLarge,
    /// It could not be put together.
    #[error("the workbook could not be made ({what}); save the rows as CSV instead")]
    Failed {
        /// What went wrong, without content of the rows.
        what: &'static str,
    },
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError | XlsxError::MaxStringLengthExceeded => Self::TooLarge,
            XlsxError::ZipError(_) | XlsxError::IoError(_) => Self::Failed {
                what: "packing failed",
            },
            // The words of the others may repeat names of sheets.
            _ => Self::Failed {
                what: "a sheet was refused",
            },
        }
    }
}

impl UnusedSource<'_> {
    /// How many columns there are before the reasons.
    fn width(&self) -> usize {
        let header = self.columns.as_ref().map_or(0, Vec::len);
        let rows = self.rows.iter().map(|row| row.cells.len());
        rows.max().unwrap_or(0).max(header)
    }

    /// All rows with their reasons last, and the header before them if there is one. As many cells
    /// stand before each reason, whatever the row has.
    fn lines<'s>(&'s self) -> impl Iterator<Item = Vec<Cow<'s, str>>> {
        let width = self.width();
        let line = move |cells: &[&'s str], last: Cow<'s, str>| {
            let mut line = Vec::with_capacity(width + 1);
            line.extend(cells.iter().map(|cell| Cow::Borrowed(*cell)));
            line.resize(width, Cow::Borrowed(""));
            line.push(last);
            line
        };
        let header = self.columns.iter();
        let header = header.map(move |names| line(names, Cow::Borrowed(REASON_COLUMN)));
        let rows = self.rows.iter();
        header.chain(rows.map(move |row| line(&row.cells, row.what_to_mend())))
    }
}

impl UnusedRow<'_> {
    /// The reason, and where the row stood, to find it in the file that it came from.
    fn what_to_mend(&self) -> Cow<'_, str> {
        match self.line {
            0 => Cow::Borrowed(&self.reason),
            line => Cow::Owned(format!("{} (line {line})", self.reason)),
        }
    }
}

#[cfg(test)]
mod tests;
