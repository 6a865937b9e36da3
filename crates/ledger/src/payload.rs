//! What came back for a request: returns, and encrypted payloads with the keys that open them.

use std::fmt;

use zeroize::Zeroizing;

use crate::State;

/// The request that a return belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Homecoming {
    /// Its id.
    pub request: String,
    /// When it was planned, Unix milliseconds.
    pub planned_at_ms: i64,
    /// Where it stands.
    pub state: State,
    /// How many returns of it were written down before.
    pub returns: u32,
}

/// A key pair that was made here.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnKey {
    /// Base64 of the DER SPKI.
    pub pub_key: String,
    /// DER PKCS#8. Left out of `Debug`.
    pub private_pkcs8: Zeroizing<Vec<u8>>,
}

/// How a payload came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As a message of an embedded session.
    Session,
    /// The officer brought it.
    Brought,
    /// The officer brought it, and it is the signed body of a webhook.
    Webhook,
}

/// A payload to be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPayload {
    /// The app's own id of it.
    pub id: String,
    /// The request it belongs to, if that is known.
    pub request: Option<String>,
    /// How it came.
    pub way: Way,
    /// The headers of a webhook, or empty.
    pub headers: String,
    /// As it came.
    pub raw: Vec<u8>,
    /// What was inside, if it opened.
    pub opened: Option<Zeroizing<Vec<u8>>>,
    /// More about the opening, a JSON text without secrets.
    pub how_json: String,
    /// When it came, Unix milliseconds.
    pub at_ms: i64,
}

/// What became of a payload that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    New,
    /// The same bytes were kept before. Nothing was changed.
    Known {
        /// The id under which.
        id: String,
    },
}

/// A payload that is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    /// The app's own id of it.
    pub id: String,
    /// The request it belongs to, if that is known.
    pub request: Option<String>,
    /// How it came.
    pub way: Way,
    /// The headers of a webhook, or empty.
    pub headers: String,
    /// As it came.
    pub raw: Vec<u8>,
    /// SHA-256 of `raw`, lower-case hex.
    pub sha256: String,
    /// What was inside, if it opened.
    pub opened: Option<Zeroizing<Vec<u8>>>,
    /// More about the opening, a JSON text.
    pub how_json: String,
    /// When it came, Unix milliseconds.
    pub arrived_at_ms: i64,
    /// When it opened.
    pub opened_at_ms: Option<i64>,
}

impl Way {
    /// The name it is stored by.
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
            .find(|way| way.as_str() == name)
    }
}

// Both sides of a payload are personal.

impl fmt::Debug for OwnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnKey")
            .field("pub_key", &self.pub_key)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for NewPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPayload")
            .field("id", &self.id)
            .field("way", &self.way)
            .field("opened", &self.opened.is_some())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload")
            .field("id", &self.id)
            .field("sha256", &self.sha256)
            .field("way", &self.way)
            .field("opened", &self.opened.is_some())
            .finish_non_exhaustive()
    }
}
