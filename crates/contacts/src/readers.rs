//! One reader for each format. A reader turns the text of a file into [`RawRow`]s and judges
//! nothing but whether a row can be read.

use serde::{Deserialize, Serialize};

use crate::ReasonCode;
use crate::reason::Finding;

pub(crate) mod csv;
pub(crate) mod encoding;
pub(crate) mod format;
pub(crate) mod text;

/// One row as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawRow {
    /// The line on which it starts, from 1.
    pub(crate) line: u32,
    /// Its cells, or what kept them from being read.
    pub(crate) cells: Result<Vec<String>, Unreadable>,
}

/// A row that could not be read, with its beginning to recognise it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) fault: Fault,
    pub(crate) excerpt: String,
}

/// Why a row could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Fault {
    /// Text follows the closing quote on this line.
    StrayQuote { line: u32 },
    /// The quote that opens on this line does not close.
    UnclosedQuote { line: u32 },
    /// A cell has more than [`crate::MAX_FIELD_CHARS`] characters.
    FieldTooLong,
    /// The row has more than [`crate::MAX_LINE_BYTES`] bytes.
    LineTooLong,
    /// The row has more than [`crate::MAX_COLUMNS`] cells.
    TooManyColumns,
}

impl Fault {
    pub(crate) fn finding(self) -> Finding {
        match self {
            Self::StrayQuote { line } => Finding::text(
                ReasonCode::StrayQuote,
                format!(
                    "A quote on line {line} has text after it; write quotes inside a cell twice"
                ),
            ),
            Self::UnclosedQuote { line } => Finding::text(
                ReasonCode::UnclosedQuote,
                format!(
                    "The quote that opens on line {line} never closes; the lines after it were read one by one"
                ),
            ),
            Self::FieldTooLong => Finding::new(ReasonCode::FieldTooLong),
            Self::LineTooLong => Finding::new(ReasonCode::LineTooLong),
            Self::TooManyColumns => Finding::new(ReasonCode::TooManyColumns),
        }
    }
}

/// The beginning of the first line of a text, for a row that is kept without being understood.
pub(crate) fn excerpt(text: &str) -> String {
    let start = text.chars().take(500).skip_while(|c| c.is_whitespace());
    let mut cut: String = start
        .take_while(|c| !matches!(c, '\r' | '\n'))
        .take(121)
        .collect();
    if let Some((end, _)) = cut.char_indices().nth(120) {
        cut.truncate(end);
        cut.push('…');
    }
    cut
}
