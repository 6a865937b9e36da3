//! A row as the UI sees it. How rows are held inside is `list.rs`'s affair.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Reason;

/// Names a row within its list for as long as the list lives. Later rows have higher numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct RowId(
    /// The number itself.
    pub u32,
);

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
    /// Those from the offset on: errors first, then warnings, then ready, each in file order.
    pub rows: Vec<Row>,
}
