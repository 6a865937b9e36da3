//! What goes wrong with a file as a whole, or with a call. A bad row is not an error here: it is
//! kept, with its reasons.

use thiserror::Error;

/// Why a file or a pasted text was not taken at all. Nothing of it was added.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// No bytes, or nothing but blanks.
    #[error("there are no rows in it; choose a file, or write a text, with at least one contact")]
    Empty,
    /// More bytes than the limit.
    #[error(
        "this file has {mebibytes} MiB and the limit is {limit} MiB; split it and add the parts; for text files the limit can be raised under Settings, Lists"
    )]
    TooLarge {
        /// Size of the file, rounded up.
        mebibytes: u32,
        /// The limit.
        limit: u32,
    },
    /// A format that this crate does not read, known by its first bytes.
    #[error("this is {format}; {advice}")]
    OtherFormat {
        /// What it is, with its article: `an Excel workbook`.
        format: &'static str,
        /// What to do: `save it as CSV and add that file`.
        advice: &'static str,
    },
    /// A workbook behind a password.
    #[error(
        "this workbook is protected with a password; open it, remove the password and add it again"
    )]
    Password,
    /// A file of a known format whose inside does not hold together.
    #[error(
        "this file is damaged ({what}); open it in the program that made it, save it and add it again"
    )]
    Damaged {
        /// What was wrong, in the words of the reader, without content of the file.
        what: String,
    },
    /// More cells than the limit.
    #[error("this file has more than {limit} cells; delete empty rows and columns or split it")]
    TooManyCells {
        /// The limit that was passed.
        limit: u64,
    },
    /// A compressed file that grows beyond the limit.
    #[error(
        "this file grows to more than {mebibytes} MiB when it is unpacked; split it and add the parts"
    )]
    TooLargeInside {
        /// The limit that was passed.
        mebibytes: u32,
    },
    /// More than 2 GiB of text.
    #[error("this file has more text than a list can hold; split it and add the parts")]
    TooMuchText,
    /// Reading took longer than the limit.
    #[error(
        "reading this file took more than {seconds} seconds and was stopped; save it as CSV and add that file"
    )]
    TooSlow {
        /// The limit that was passed.
        seconds: u64,
    },
    /// Reading needed more memory than the limit, or the program that read it broke down.
    #[error(
        "this file needs more memory than reading may take, or is damaged; save it as CSV and add that file"
    )]
    BrokeDown,
    /// It was ended from outside.
    #[error("stopped before the end; nothing of it was added")]
    Cancelled,
    /// Bytes that are no text in any encoding.
    #[error("this file is not text; save the list as CSV or plain text and add that file")]
    NotText,
    /// The list would have more rows than [`crate::MAX_ROWS`].
    #[error(
        "a list can have 1,000,000 rows at most; remove rows, or split the file and send one list after the other"
    )]
    TooManyRows,
    /// The list would have more than 1,000 sources.
    #[error("a list can have 1,000 files at most; join some files into one and add that")]
    TooManySources,
    /// No source of the list.
    #[error("this file is no longer in the list; add it again to use it")]
    UnknownSource,
}

impl FileError {
    /// A closed word for this error, for the boundary to the UI.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "tooLarge",
            Self::OtherFormat { .. } => "otherFormat",
            Self::Password => "password",
            Self::Damaged { .. } => "damaged",
            Self::TooManyCells { .. } => "tooManyCells",
            Self::TooLargeInside { .. } => "tooLargeInside",
            Self::TooMuchText => "tooMuchText",
            Self::TooSlow { .. } => "tooSlow",
            Self::BrokeDown => "brokeDown",
            Self::Cancelled => "cancelled",
            Self::NotText => "notText",
            Self::TooManyRows => "tooManyRows",
            Self::TooManySources => "tooManySources",
            Self::UnknownSource => "unknownSource",
        }
    }
}

/// The row is not, or no longer, in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this row was removed or changed meanwhile; look at it again in the list")]
pub struct UnknownRow;

/// Not the code of a country with a telephone plan.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is not a two-letter country code")]
pub struct UnknownRegion(
    /// The code as given, cut to 16 characters.
    pub String,
);
