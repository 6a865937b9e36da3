//! What goes wrong with a file as a whole, or with a call. A bad row is not an error here: it is
//! kept, with its reasons.

use thiserror::Error;

/// Why a file or a pasted text was not taken at all. Nothing of it was added.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// No bytes, or nothing but blanks.
    #[error("this file is empty")]
    Empty,
    /// More bytes than [`crate::MAX_BYTES`].
    #[error("this file has {mebibytes} MiB and the limit is 25 MiB; split it and add the parts")]
    TooLarge {
        /// Size of the file, rounded up.
        mebibytes: u32,
    },
    /// A format that this crate does not read, known by its first bytes.
    #[error("this is {format}; {advice}")]
    OtherFormat {
        /// What it is, with its article: `an Excel workbook`.
        format: &'static str,
        /// What to do: `save it as CSV and add that file`.
        advice: &'static str,
    },
    /// Bytes that are no text in any encoding.
    #[error("this file is not text; save the list as CSV or plain text and add that file")]
    NotText,
    /// The list would have more rows than [`crate::MAX_ROWS`].
    #[error("a list can have 1,000,000 rows at most; split the file and add the parts")]
    TooManyRows,
}

impl FileError {
    /// A closed word for this error, for the boundary to the UI.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "tooLarge",
            Self::OtherFormat { .. } => "otherFormat",
            Self::NotText => "notText",
            Self::TooManyRows => "tooManyRows",
        }
    }
}

/// The row is not, or no longer, in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this row is no longer in the list")]
pub struct UnknownRow;

/// Not the code of a country with a telephone plan.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is not a two-letter country code")]
pub struct UnknownRegion(
    /// The code as given, cut to 16 characters.
    pub String,
);
