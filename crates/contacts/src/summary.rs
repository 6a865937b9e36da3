//! The counts above the table.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Column, Field, ReasonCode, Region, RowState};

/// The list in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// All rows.
    pub all: u32,
    /// Rows that will be used.
    pub ready: u32,
    /// Rows that will be used but deserve a look.
    pub warnings: u32,
    /// Rows that will not be used.
    pub errors: u32,
    /// The country of phone numbers written without one.
    pub region: Region,
    /// Where the rows came from, in the order they were added; emptied sources stay.
    pub sources: Vec<Source>,
    /// How often each reason occurs, worst first, then most frequent first.
    pub reasons: Vec<ReasonCount>,
    /// The fields beside the contact that any row has.
    pub fields: Vec<Field>,
    /// What the next undo takes back, in words.
    pub undo: Option<String>,
}

/// One file, one sheet of a workbook, or everything added by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The name of the file, or `Added by hand`.
    pub name: String,
    /// The sheet of the workbook.
    pub sheet: Option<String>,
    /// What kind of file it is.
    pub format: Format,
    /// How many of its rows are in the list now.
    pub rows: u32,
    /// Lines and rows with nothing in them, which were left out.
    pub blank: u32,
    /// The encoding it was read in, such as `UTF-8`; `None` where the format has just one.
    pub encoding: Option<String>,
    /// What separates its cells; `None` where nothing does.
    pub delimiter: Option<Delimiter>,
    /// Whether a row was taken as column names.
    pub header: bool,
    /// Its columns and what they are used as.
    pub columns: Vec<Column>,
}

/// What kind of file a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// Separated values.
    Csv,
    /// Contacts one after the other.
    Text,
    /// A spreadsheet.
    Workbook,
    /// Business cards.
    VCard,
    /// JSON, whole or by lines.
    Json,
    /// Cells from the clipboard.
    Pasted,
    /// Typed.
    ByHand,
}

/// What separates the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

/// How many rows share a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReasonCount {
    /// The reason.
    pub code: ReasonCode,
    /// How bad it is.
    pub state: RowState,
    /// It in words, for many rows at once.
    pub message: String,
    /// How many rows have it.
    pub count: u32,
}

/// What an import added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Index of the source in [`Summary::sources`].
    pub source: u32,
    /// Rows added: the sum of the three below.
    pub rows: u32,
    /// Of these, ready.
    pub ready: u32,
    /// Of these, with a warning.
    pub warnings: u32,
    /// Of these, with an error.
    pub errors: u32,
    /// Rows with nothing in them, left out.
    pub blank: u32,
}
