//! A request as it is planned, listed and read back.

use std::fmt;

/// The request in which a contact was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The request's id.
    pub request: String,
    /// What it was called; may be empty.
    pub name: String,
    /// When it was planned, Unix milliseconds.
    pub at_ms: i64,
}

use serde::{Deserialize, Serialize};

use crate::{CredentialRef, Event, Subject};

/// A request about to be sent for the first time. Its bytes are final.
#[derive(Clone, PartialEq, Eq)]
pub struct NewRequest {
    /// The app's own id, a UUID.
    pub id: String,
    /// The connection it goes through.
    pub connection_id: String,
    /// The connection's name at this time; kept though the connection be removed.
    pub connection_name: String,
    /// Whether it goes to the practice server.
    pub practice: bool,
    /// The full endpoint.
    pub url: String,
    /// The `API-Version` date.
    pub api_version: String,
    /// The `Idempotency-Key`, the same for every attempt.
    pub idempotency_key: String,
    /// The exact bytes to send.
    pub body: Vec<u8>,
    /// SHA-256 of `body`, lower-case hex.
    pub body_sha256: String,
    /// The label, or empty.
    pub name: String,
    /// The caller's own id, or empty.
    pub internal_id: String,
    /// The wire name of the security level.
    pub security_level: String,
    /// The public key sent along, base64 SPKI, or empty.
    pub pub_key: String,
    /// The word in its redirect address by which a returning person is known, if it leads here. A
    /// request that had the same before loses it to this one.
    pub return_nonce: Option<String>,
    /// The contacts asked, in the body's order.
    pub people: Vec<String>,
    /// When it was planned, Unix milliseconds.
    pub at_ms: i64,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Written down, not yet attempted.
    Planned,
    /// An attempt is under way.
    Sending,
    /// Humanos made the request.
    Accepted,
    /// Humanos answered and did not make it.
    Refused,
    /// It may have arrived: an attempt ended without an answer.
    Unknown,
    /// It certainly did not arrive.
    NotSent,
    /// The officer took it back before it was sent.
    Cancelled,
}

/// How an attempt ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttemptResult {
    /// Under way.
    Running,
    /// Humanos made the request.
    Accepted,
    /// Humanos answered and did not make it.
    Refused,
    /// No answer came, or one that settles nothing; Humanos may have made the request.
    Unknown,
    /// The bytes certainly did not leave.
    NotSent,
}

/// One attempt to send a request.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// The `X-Timestamp` it was signed with, Unix milliseconds.
    pub timestamp_ms: i64,
    /// When it was written down, just before sending; Unix milliseconds.
    pub started_at_ms: i64,
    /// When it ended; none while it runs, and none for one cut off by a crash.
    pub ended_at_ms: Option<i64>,
    /// How it ended.
    pub result: AttemptResult,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// The answer's body as it came. It may hold one-time codes: left out of `Debug`.
    pub reply_body: Option<String>,
    /// 32 random bytes in lower-case hex, drawn when the answer was written down.
    pub reply_salt: Option<String>,
    /// SHA-256 of the salt's bytes followed by `reply_body`, lower-case hex. Unlike a plain hash it
    /// can be shown while a code in the body is withheld: a short code cannot be guessed from it.
    pub reply_commitment: Option<String>,
    /// The answer's `Date` header.
    pub server_date: Option<String>,
    /// The server's own id for the exchange.
    pub server_request_id: Option<String>,
    /// What Humanos said on refusing.
    pub messages: Vec<String>,
    /// Why there was no answer.
    pub reason: Option<String>,
}

/// A request in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// The app's own id.
    pub id: String,
    /// The label, or empty.
    pub name: String,
    /// The caller's own id, or empty.
    pub internal_id: String,
    /// The id Humanos gave, or empty before it is accepted.
    pub humanos_id: String,
    /// How many people it asks.
    pub people: u32,
    /// The first of them, or empty.
    pub first_contact: String,
    /// The wire name of the security level.
    pub security_level: String,
    /// Where it stands.
    pub state: State,
    /// When it was planned, Unix milliseconds.
    pub created_at_ms: i64,
    /// The connection's name at the time.
    pub connection_name: String,
    /// Whether it went to the practice server.
    pub practice: bool,
    /// Its place in its batch, from 0, if it belongs to one.
    pub position: Option<u64>,
}

/// One page of the list of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPage {
    /// How many requests match, on all pages.
    pub total: u32,
    /// The rows of this page, newest first.
    pub rows: Vec<RequestRow>,
}

/// Everything the ledger holds about one request.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// The app's own id.
    pub id: String,
    /// The id of the batch it belongs to, if it belongs to one.
    pub batch: Option<String>,
    /// The connection it went through.
    pub connection_id: String,
    /// The connection's name at the time.
    pub connection_name: String,
    /// Whether it went to the practice server.
    pub practice: bool,
    /// The full endpoint.
    pub url: String,
    /// The `API-Version` date.
    pub api_version: String,
    /// The `Idempotency-Key`.
    pub idempotency_key: String,
    /// The exact bytes sent.
    pub body: Vec<u8>,
    /// SHA-256 of `body` as it was planned, lower-case hex.
    pub body_sha256: String,
    /// The label, or empty.
    pub name: String,
    /// The caller's own id, or empty.
    pub internal_id: String,
    /// The wire name of the security level.
    pub security_level: String,
    /// The public key sent along, or empty.
    pub pub_key: String,
    /// The contacts asked, in the body's order.
    pub people: Vec<String>,
    /// Where it stands.
    pub state: State,
    /// The id Humanos gave, or empty before it is accepted.
    pub humanos_id: String,
    /// When it was planned, Unix milliseconds.
    pub created_at_ms: i64,
    /// Every attempt, in order.
    pub attempts: Vec<Attempt>,
    /// The people as the accepting reply names them.
    pub subjects: Vec<Subject>,
    /// The credentials the accepting reply names.
    pub credentials: Vec<CredentialRef>,
    /// Everything that happened to it, in order.
    pub events: Vec<Event>,
}

impl State {
    /// The name it is stored and shown on the wire by, kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::NotSent => "not-sent",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) const ALL: [Self; 7] = [
        Self::Planned,
        Self::Sending,
        Self::Accepted,
        Self::Refused,
        Self::Unknown,
        Self::NotSent,
        Self::Cancelled,
    ];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AttemptResult {
    /// The name it is stored and shown on the wire by, kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::NotSent => "not-sent",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        use AttemptResult::*;
        [Running, Accepted, Refused, Unknown, NotSent]
            .into_iter()
            .find(|r| r.as_str() == name)
    }
}

impl fmt::Display for AttemptResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// Bodies are long and personal, so these print what tells one request from another.

impl fmt::Debug for NewRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewRequest")
            .field("id", &self.id)
            .field("body_sha256", &self.body_sha256)
            .field("people", &self.people.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RequestRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestRecord")
            .field("id", &self.id)
            .field("state", &self.state)
            .field("body_sha256", &self.body_sha256)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("number", &self.number)
            .field("result", &self.result)
            .field("status", &self.status)
            .field("messages", &self.messages)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}
