//! What crosses of the contact list, beside the types of `contacts`.

use contacts::{Region, Summary};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file that was refused whole.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct FileProblem {
    pub(crate) name: String,
    pub(crate) message: String,
}

/// Something to know of a file that was taken.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct FileNote {
    pub(crate) name: String,
    pub(crate) message: String,
}

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportReport {
    pub(crate) summary: Summary,
    pub(crate) added: u32,
    pub(crate) ready: u32,
    pub(crate) warnings: u32,
    pub(crate) errors: u32,
    pub(crate) problems: Vec<FileProblem>,
    pub(crate) notes: Vec<FileNote>,
}

/// How far long work on the list is.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListProgress {
    pub(crate) name: String,
    pub(crate) step: ListStep,
    #[ts(type = "number")]
    pub(crate) done: u64,
    /// 0 where it is not known.
    #[ts(type = "number")]
    pub(crate) all: u64,
}

#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ListStep {
    Reading,
    Judging,
}

/// What holds for every list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListSettings {
    /// The country of phones without one.
    pub(crate) region: Region,
    /// The largest CSV, text, vCard or JSON file, in MiB.
    pub(crate) text_mebibytes: u32,
}
