//! The shape of a receipt. The order of the fields here is their order in the file.
//!
//! Version 1 is closed: a field it does not name is an error, a change of shape is a new version.

use ledger::{AttemptResult, EventKind, State};
use serde::{Deserialize, Serialize};

use crate::Instant;

/// A receipt for one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Receipt {
    /// Always `countersign-receipt`.
    pub format: String,
    /// Always 1.
    pub version: u32,
    /// Whether the request's outcome was still open: neither accepted nor refused.
    pub interim: bool,
    /// Whether it went to the practice server: then nobody was asked anything.
    pub practice: bool,
    /// When the receipt was made.
    pub exported_at: Instant,
    /// What made it.
    pub app: App,
    /// Who asked.
    pub asker: Asker,
    /// What was asked, in short.
    pub request: Request,
    /// What went over the wire, the same in each attempt.
    pub sent: Sent,
    /// Every attempt, in order.
    pub attempts: Vec<Attempt>,
    /// The people as the accepting reply names them.
    pub subjects: Vec<Subject>,
    /// The credentials the accepting reply names.
    pub credentials: Vec<Credential>,
    /// Everything the ledger noted about the request, in order.
    pub events: Vec<Event>,
}

/// The program that made the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct App {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The person who asked, as the app's settings name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asker {
    /// Their name, or empty.
    pub officer: String,
    /// Their organisation, or empty.
    pub organisation: String,
    /// The app's name for the connection they used.
    pub connection: String,
}

/// What was asked, in short; [`Sent::body`] has it in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// The app's own id.
    pub id: String,
    /// The id Humanos gave, or empty.
    pub humanos_id: String,
    /// The label, or empty.
    pub name: String,
    /// The asker's own id, or empty.
    pub internal_id: String,
    /// The wire name of the security level.
    pub security_level: String,
    /// Where it stood when the receipt was made.
    pub state: State,
    /// When it was written down, before the first attempt.
    pub planned_at: Instant,
    /// How many people were asked.
    pub people_count: u32,
    /// Their contacts, in the body's order.
    pub people: Vec<String>,
}

/// What went over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sent {
    /// The HTTP method.
    pub method: String,
    /// The full endpoint.
    pub url: String,
    /// The `API-Version` date.
    pub api_version: String,
    /// The `Idempotency-Key`.
    pub idempotency_key: String,
    /// The headers that make up the call.
    pub headers: Vec<Header>,
    /// The length of the body in bytes.
    pub body_length: u64,
    /// SHA-256 of the body's exact bytes, lower-case hex.
    pub body_sha256: String,
    /// The body's exact bytes.
    pub body: Content,
}

/// A header of the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value; null when it is a secret, made from one, or may differ between attempts.
    pub value: Option<String>,
}

/// Exact bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Content {
    /// As text: the bytes are its UTF-8.
    Text(String),
    /// In standard base64, when they are not UTF-8.
    Base64(String),
}

/// One attempt to send the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// The `X-Timestamp` it was signed with, Unix milliseconds.
    pub x_timestamp: i64,
    /// When it was written down, just before sending.
    pub started_at: Instant,
    /// When it ended; null while it runs or when nobody saw it end.
    pub ended_at: Option<Instant>,
    /// How it ended.
    pub result: AttemptResult,
    /// Why there was no answer, or null.
    pub reason: Option<String>,
    /// The answer, or null.
    pub reply: Option<Reply>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Date` header, the server's own clock, or null.
    pub server_date: Option<String>,
    /// The server's id for the exchange, or null.
    pub server_request_id: Option<String>,
    /// What Humanos said on refusing.
    pub messages: Vec<String>,
    /// The body as it came, but for one-time codes.
    pub body: String,
    /// Whether codes were cut out of `body` or `messages`; each left [`REDACTED`](crate::REDACTED)
    /// in its place.
    pub redacted: bool,
    /// SHA-256 of `salt`'s bytes followed by the body as it came, lower-case hex. The salt keeps a
    /// short code from being guessed from it.
    pub commitment: String,
    /// 32 random bytes, lower-case hex; null when `redacted`. The ledger keeps it, so the asker can
    /// later prove what the whole body was.
    pub salt: Option<String>,
}

/// A person asked, without the one-time code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subject {
    /// The id Humanos gave.
    pub id: String,
    /// The email address or phone number.
    pub contact: String,
    /// The subject's page, or null.
    pub link: Option<String>,
}

/// A credential the request made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// The id Humanos gave.
    pub id: String,
    /// Its name, or empty.
    pub name: String,
    /// The asker's own id, or empty.
    pub internal_id: String,
}

/// Something that happened to the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// Its number in the ledger.
    pub sequence: u64,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Instant,
    /// More about it: the JSON text as the ledger holds it.
    pub detail: String,
}
