//! Answers as they came, and what was found in them.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// By which way a payload came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Out of a session shown in the app.
    Session,
    /// The officer brought it: pasted or from a file.
    Brought,
    /// The body of a webhook.
    Webhook,
}

/// A payload that has just come.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPayload {
    /// The app's own id, a UUID.
    pub id: String,
    /// The request it belongs to, by the app's id, if that is known.
    pub request: Option<String>,
    /// By which way it came.
    pub way: Way,
    /// The headers it came with, as the caller writes them; may be empty.
    pub headers: String,
    /// The bytes as they came.
    pub raw: Vec<u8>,
    /// What was in it, if it could be opened.
    pub opened: Option<Zeroizing<Vec<u8>>>,
    /// How it was opened, or what was tried: a JSON object, `{}` if there is nothing to say.
    pub how_json: String,
    /// When it came, Unix milliseconds.
    pub at_ms: i64,
}

/// What became of a payload that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It was not here before.
    New,
    /// The same bytes came before. Nothing was changed.
    Known {
        /// The id they are kept under.
        id: String,
    },
}

/// A payload as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    /// The app's own id.
    pub id: String,
    /// The request it belongs to, by the app's id, if that is known.
    pub request: Option<String>,
    /// SHA-256 of `raw`, lower-case hex.
    pub sha256: String,
    /// By which way it came.
    pub way: Way,
    /// The headers it came with; may be empty.
    pub headers: String,
    /// The bytes as they came.
    pub raw: Vec<u8>,
    /// What was in it, if it was opened.
    pub opened: Option<Zeroizing<Vec<u8>>>,
    /// How it was opened, or what was tried: a JSON object.
    pub how_json: String,
    /// When it came, Unix milliseconds.
    pub arrived_at_ms: i64,
    /// When it was opened, Unix milliseconds.
    pub opened_at_ms: Option<i64>,
}

impl Way {
    /// The name it is stored and shown on the wire by, kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Brought => "brought",
            Self::Webhook => "webhook",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Session, Self::Brought, Self::Webhook]
            .into_iter()
            .find(|w| w.as_str() == name)
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// Answers are personal, and headers may hold signatures: only sizes are printed.

impl fmt::Debug for NewPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPayload")
            .field("id", &self.id)
            .field("request", &self.request)
            .field("way", &self.way)
            .field("raw", &self.raw.len())
            .field("opened", &self.opened.as_ref().map(|bytes| bytes.len()))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload")
            .field("id", &self.id)
            .field("request", &self.request)
            .field("sha256", &self.sha256)
            .field("way", &self.way)
            .field("raw", &self.raw.len())
            .field("opened", &self.opened.as_ref().map(|bytes| bytes.len()))
            .finish_non_exhaustive()
    }
}
