//! The list as it is saved with a draft: what was found, not what was judged. Loading judges anew,
//! so a saved list that was tampered with can claim nothing.

use serde::{Deserialize, Serialize};

use crate::readers::Fault;
use crate::{Region, Source};

/// A list to save and load. Rows are numbered anew when it is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub(crate) region: Region,
    pub(crate) sources: Vec<Source>,
    pub(crate) rows: Vec<StoredRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredRow {
    pub(crate) source: u32,
    pub(crate) line: u32,
    pub(crate) text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) fault: Option<Fault>,
}
