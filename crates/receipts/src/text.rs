//! A receipt as text, written and read.

use serde::Deserialize;

use crate::Receipt;

pub(crate) const FORMAT: &str = "countersign-receipt";
pub(crate) const VERSION: u32 = 1;

/// Why a text is not a receipt this build can read.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// It is not JSON.
    #[error("the file is not json")]
    NotJson(#[source] serde_json::Error),
    /// It is JSON of another kind.
    #[error("the file is not a receipt")]
    OtherFormat,
    /// A newer version of the app made it.
    #[error("the receipt is of version {found}, this app reads version 1")]
    OtherVersion {
        /// The version it states.
        found: u32,
    },
    /// It says it is a receipt of version 1 but lacks something, or has something more.
    #[error("the receipt is not whole")]
    Shape(#[source] serde_json::Error),
}

/// What every version has in common.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

impl Receipt {
    /// The receipt as indented JSON with a final line feed. The same receipt gives the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        #[expect(
            clippy::expect_used,
            reason = "strings, numbers and lists of them are always JSON"
        )]
        let mut text = serde_json::to_string_pretty(self).expect("a receipt is JSON");
        text.push('\n');
        text
    }

    /// Reads a receipt. Reading says nothing about its truth: see [`Receipt::check`].
    ///
    /// # Errors
    /// [`ReceiptError`] when the text is not a receipt of version 1.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        // Some editors put a mark before the text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(ReceiptError::NotJson)?;
        let head: Head = serde_json::from_str(text).map_err(|_| ReceiptError::OtherFormat)?;
        match head {
            Head { format, .. } if format != FORMAT => Err(ReceiptError::OtherFormat),
            Head { version, .. } if version != VERSION => {
                Err(ReceiptError::OtherVersion { found: version })
            }
            _ => serde_json::from_str(text).map_err(ReceiptError::Shape),
        }
    }
}
