//! What a column of a list is for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the cells of a column are used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// A contact of either kind.
    Contact,
    /// An email address; used before a phone of the same row.
    Email,
    /// A phone number.
    Phone,
    /// The number of the identity document that the person is expected to have.
    DocId,
    /// The language in which the person is written to.
    Language,
    /// The officer's own name for the person.
    InternalId,
    /// A second contact, for the code.
    SecondaryContact,
    /// The person's name; shown, never sent.
    Name,
    /// The country of phone numbers written without one.
    Country,
    /// Kept for templates.
    Variable,
    /// Left out.
    Ignored,
}

impl Target {
    /// Whether the contact of a row may come from such a column.
    #[must_use]
    pub const fn is_contact(self) -> bool {
        matches!(self, Self::Contact | Self::Email | Self::Phone)
    }
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// Its name in the file, or `column 2`.
    pub name: String,
    /// What it is used as.
    pub target: Target,
    /// Up to three of its first values.
    pub samples: Vec<String>,
}
