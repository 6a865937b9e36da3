//! How an attempt ended, as the sender tells the ledger.

use std::fmt;

/// How an attempt to send a request ended.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Humanos made the request.
    Accepted {
        /// The HTTP status.
        status: u16,
        /// The reply's body as it came.
        reply_body: String,
        /// The reply's `Date` header.
        server_date: Option<String>,
        /// The server's own id for the exchange, from a header.
        server_request_id: Option<String>,
        /// The id Humanos gave the request.
        humanos_id: String,
        /// The people asked, as the reply names them.
        subjects: Vec<Subject>,
        /// The credentials made.
        credentials: Vec<CredentialRef>,
    },
    /// Humanos answered and did not make the request.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The reply's body as it came.
        reply_body: String,
        /// The reply's `Date` header.
        server_date: Option<String>,
        /// The server's own id for the exchange, from a header.
        server_request_id: Option<String>,
        /// What Humanos said, in its words.
        messages: Vec<String>,
    },
    /// The bytes may have arrived; no answer came back.
    Unknown {
        /// What happened, for people.
        reason: String,
    },
    /// The bytes certainly did not leave: no connection was made.
    NotSent {
        /// What happened, for people.
        reason: String,
    },
}

/// A person asked, as Humanos' reply names them.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    /// The id Humanos gave.
    pub id: String,
    /// The email address or phone number.
    pub contact: String,
    /// The subject's page, if the reply has it.
    pub link: Option<String>,
    /// The one-time code, if the reply has it. Left out of `Debug`.
    pub code: Option<String>,
}

/// A credential made by a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialRef {
    /// The id Humanos gave, a URN.
    pub id: String,
    /// Its name, or empty.
    pub name: String,
    /// The caller's own id, or empty.
    pub internal_id: String,
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject")
            .field("id", &self.id)
            .field("contact", &self.contact)
            .field("link", &self.link)
            .field("code", &self.code.as_ref().map(|_| "redacted"))
            .finish()
    }
}

// The reply's body may hold one-time codes, so it is left out too.
impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted {
                status,
                humanos_id,
                subjects,
                ..
            } => f
                .debug_struct("Accepted")
                .field("status", status)
                .field("humanos_id", humanos_id)
                .field("subjects", &subjects.len())
                .finish_non_exhaustive(),
            Self::Refused {
                status, messages, ..
            } => f
                .debug_struct("Refused")
                .field("status", status)
                .field("messages", messages)
                .finish_non_exhaustive(),
            Self::Unknown { reason } => f.debug_struct("Unknown").field("reason", reason).finish(),
            Self::NotSent { reason } => f.debug_struct("NotSent").field("reason", reason).finish(),
        }
    }
}
