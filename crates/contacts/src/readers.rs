//! One reader for each format. A reader fills a [`Sheet`](crate::sheet::Sheet) and judges nothing but
//! whether a row can be read.

use serde::{Deserialize, Serialize};

use crate::reason::Finding;
use crate::{MAX_COLUMNS, MAX_FIELD_CHARS, ReasonCode};

pub(crate) mod csv;
pub(crate) mod encoding;
pub(crate) mod format;
pub(crate) mod json;
pub(crate) mod text;
pub(crate) mod vcard;
pub(crate) mod workbook;

/// How many rows pass between two looks at whether the work is to end.
pub(crate) const ROWS_A_LOOK: usize = 8_192;

/// Why a row could not be read. Its cells are then what it seems to consist of.
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
    /// A contact card that does not end, or has lines that belong to nothing; or text outside of
    /// cards.
    DamagedCard,
    /// A key stands twice in one object.
    RepeatedKey,
}

impl Fault {
    pub(crate) fn finding(self) -> Finding {
        match self {
            Self::StrayQuote { line } => Finding::text(
                ReasonCode::StrayQuote,
                format!(
                    "A quote on line {line} has text after it; write the contact here, or quotes inside a cell twice in the file"
                ),
            ),
            Self::UnclosedQuote { line } => Finding::text(
                ReasonCode::UnclosedQuote,
                format!(
                    "The quote that opens on line {line} never closes, so the lines after it were read one by one; write the contact here, or close the quote in the file"
                ),
            ),
            Self::FieldTooLong => Finding::new(ReasonCode::FieldTooLong),
            Self::LineTooLong => Finding::new(ReasonCode::LineTooLong),
            Self::TooManyColumns => Finding::new(ReasonCode::TooManyColumns),
            Self::DamagedCard => Finding::new(ReasonCode::DamagedCard),
            Self::RepeatedKey => Finding::words(
                ReasonCode::SeveralContacts,
                "The same key stands twice in this object; write the contact here, or keep one key in the file",
            ),
        }
    }
}

/// The cells of a damaged line as they seem to be: parted at each delimiter whatever the quotes say,
/// no more and no longer than a row may have.
pub(crate) fn seeming_cells(line: &str, delimiter: u8) -> impl Iterator<Item = &str> {
    line.trim_end_matches(['\r', '\n'])
        .split(char::from(delimiter))
        .take(MAX_COLUMNS)
        .map(cut)
}

/// A text cut to the most characters a cell may have.
pub(crate) fn cut(text: &str) -> &str {
    if text.len() <= MAX_FIELD_CHARS {
        return text;
    }
    let end = text.char_indices().nth(MAX_FIELD_CHARS);
    end.map_or(text, |(at, _)| &text[..at])
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
