//! A row as the UI sees it. How rows are held inside is `list.rs`'s affair.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Reason, ReasonCode};

/// Names a row within its list for as long as the list lives: its source and its row in there. Later
/// rows have higher numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct RowId(
    /// The number itself; small enough for JavaScript.
    #[ts(type = "number")]
    pub u64,
);

impl RowId {
    pub(crate) const fn new(source: u32, row: u32) -> Self {
        Self(((source as u64) << 32) | row as u64)
    }

    pub(crate) const fn source(self) -> u32 {
        (self.0 >> 32) as u32
    }

    pub(crate) const fn row(self) -> u32 {
        (self.0 & 0xFFFF_FFFF) as u32
    }
}

/// What the officer can correct in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// The contact, from whichever column it came.
    Contact,
    /// The person's name.
    Name,
    /// The number of the identity document.
    DocId,
    /// The language of the messages.
    Language,
    /// The officer's own name for the person.
    InternalId,
    /// The second contact.
    SecondaryContact,
    /// The country of the phone.
    Country,
}

impl Field {
    /// All of them, in the order in which a table shows them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Contact,
        Self::Name,
        Self::DocId,
        Self::Language,
        Self::InternalId,
        Self::SecondaryContact,
        Self::Country,
    ];
}

/// What a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// An email address.
    Email,
    /// A phone number.
    Phone,
}

/// Whether a row can be used. Ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RowState {
    /// It will be used.
    Ready,
    /// It will be used, but look at it first.
    Warning,
    /// It will not be used until it is corrected.
    Error,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its name in this list.
    pub id: RowId,
    /// Which of [`crate::Summary::sources`] it came from.
    pub source: u32,
    /// The line of the file on which it starts, from 1; 0 when it was added by hand.
    pub line: u32,
    /// The contact as found, or the start of the line when that could not be read.
    pub text: String,
    /// The contact as it will be sent: an address with its domain in lower case, or E.164.
    pub contact: Option<String>,
    /// What the contact is; `None` when it is neither.
    pub kind: Option<Kind>,
    /// Whether it can be used.
    pub state: RowState,
    /// Why it is so, worst first; a ready row may have quiet ones.
    pub reasons: Vec<Reason>,
    /// The number of the identity document as found; `None` where its source has no such column, as
    /// for the fields below.
    pub doc_id: Option<String>,
    /// The language as found.
    pub language: Option<String>,
    /// The officer's own name for the person.
    pub internal_id: Option<String>,
    /// The second contact as found.
    pub secondary_contact: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// The country as found.
    pub country: Option<String>,
}

/// Which rows to show, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListAsk {
    /// Those of a state.
    pub show: Show,
    /// Only those with this reason.
    pub reason: Option<ReasonCode>,
    /// Only those that hold this text, in any cell; blank for any.
    pub search: String,
    /// In which order.
    pub sort: Sort,
}

/// An order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// The last first.
    pub descending: bool,
}

/// What rows are ordered by. Rows that are equal in it stay in file order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SortBy {
    /// Errors first, then warnings, then ready rows.
    #[default]
    State,
    /// As in the files.
    File,
    /// The contact.
    Contact,
    /// The name.
    Name,
    /// The document number.
    DocId,
    /// The language.
    Language,
    /// The internal id.
    InternalId,
    /// The second contact.
    SecondaryContact,
    /// The country.
    Country,
}

impl SortBy {
    pub(crate) const fn field(self) -> Option<Field> {
        match self {
            Self::State | Self::File => None,
            Self::Contact => Some(Field::Contact),
            Self::Name => Some(Field::Name),
            Self::DocId => Some(Field::DocId),
            Self::Language => Some(Field::Language),
            Self::InternalId => Some(Field::InternalId),
            Self::SecondaryContact => Some(Field::SecondaryContact),
            Self::Country => Some(Field::Country),
        }
    }
}

/// Which rows to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Show {
    /// Every row.
    #[default]
    All,
    /// Rows that will not be used.
    Errors,
    /// Rows to look at.
    Warnings,
    /// Rows without a remark worth stopping at.
    Ready,
}

/// Part of the rows asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowPage {
    /// How many rows match in all.
    pub total: u32,
    /// Those from the offset on.
    pub rows: Vec<Row>,
}
