//! The shape of a receipt, version 2.
//!
//! The fields of each type stand in the order of their names, so that what serde writes is canonical
//! JSON (RFC 8785): every key is ASCII, every number whole. The version is closed: a field it does
//! not name is an error, a change of shape is a new version. Left out: the lines around it in a file
//! (`file`) and the version before it (`former`).

use ledger::{AttemptResult, State};
use serde::{Deserialize, Serialize};

use crate::detail::Detail;
use crate::mask::{Field, Masked, Text};
use crate::{Head, Instant};

/// A receipt for one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Receipt {
    /// What made it.
    pub app: App,
    /// Who asked.
    pub asker: Asker,
    /// Every attempt, in order.
    pub attempts: Vec<Attempt>,
    /// The clock that the receipt's times come from.
    pub clock: Clock,
    /// The credentials the accepting reply names.
    pub credentials: Vec<Credential>,
    /// Everything the ledger noted about the request, in order, each proven to be under `head`.
    pub events: Vec<Event>,
    /// When the receipt was made.
    pub exported_at: Instant,
    /// What stood for the whole ledger then.
    pub head: Head,
    /// Whether the request's outcome was still open: neither accepted nor refused.
    pub interim: bool,
    /// What was masked, in the order of the names.
    pub masked: Vec<Field>,
    /// Whether it went to the practice server: then nobody was asked anything.
    pub practice: bool,
    /// What was asked, in short.
    pub request: Request,
    /// What went over the wire, the same in each attempt.
    pub sent: Sent,
    /// The people as the accepting reply names them.
    pub subjects: Vec<Subject>,
    /// An RFC 3161 token over the SHA-256 of `head` in canonical JSON, standard base64; or null.
    pub timestamp: Option<String>,
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
    /// The app's name for the connection they used.
    pub connection: String,
    /// The id of the key that signs the receipt.
    pub device_key: String,
    /// Their name, or empty.
    pub officer: String,
    /// Their organisation, or empty.
    pub organisation: String,
}

/// One attempt to send the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attempt {
    /// When it ended; null while it runs or when nobody saw it end.
    pub ended_at: Option<Instant>,
    /// From 1.
    pub number: u32,
    /// Why there was no answer, or null.
    pub reason: Option<String>,
    /// The answer, or null.
    pub reply: Option<Reply>,
    /// How it ended.
    pub result: AttemptResult,
    /// When it was written down, just before sending.
    pub started_at: Instant,
    /// The `X-Timestamp` it was signed with, Unix milliseconds.
    pub x_timestamp: i64,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reply {
    /// The body as it came, but for one-time codes.
    pub body: Text,
    /// SHA-256 of `salt`'s bytes followed by the body as it came, lower-case hex. The salt keeps a
    /// short code from being guessed from it.
    pub commitment: String,
    /// What Humanos said on refusing.
    pub messages: Vec<Text>,
    /// Whether codes were cut out of `body` or `messages`; each left [`REDACTED`](crate::REDACTED)
    /// in its place.
    pub redacted: bool,
    /// 32 random bytes, lower-case hex; null when `redacted` or masked. The ledger keeps it, so the
    /// asker can later prove what the whole body was.
    pub salt: Option<String>,
    /// The `Date` header, the server's own clock, or null.
    pub server_date: Option<String>,
    /// The server's id for the exchange, or null.
    pub server_request_id: Option<String>,
    /// The HTTP status.
    pub status: u16,
}

/// A clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Clock {
    /// Always `system`: the clock of the asker's computer. The replies' `serverDate` stands beside.
    pub source: String,
    /// What `local` times are in, minutes east of UTC.
    pub utc_offset_minutes: i32,
}

/// A credential the request made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// The id Humanos gave.
    pub id: String,
    /// The asker's own id, or empty.
    pub internal_id: String,
    /// Its name, or empty.
    pub name: Text,
}

/// Something that happened to the request, and the proof that the ledger held it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// The event as the ledger holds it, but for what was cut or masked.
    pub event: Leaf,
    /// The hash of the event as the ledger holds it, lower-case hex.
    pub hash: String,
    /// The inclusion proof of `hash` in the tree of `head`: leaf index `sequence - 1`, hex.
    pub proof: Vec<String>,
    /// Whether something was cut out of the detail or masked: then `hash` cannot be recomputed.
    pub redacted: bool,
}

/// An event in canonical JSON: its hash is RFC 9162's leaf hash of exactly these bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Leaf {
    /// When, Unix milliseconds.
    pub at: i64,
    /// More about it.
    pub detail: Detail,
    /// What happened, kebab-case. Later versions of the app may know more kinds than this one.
    pub kind: String,
    /// The hash of the event before it; zeros before the first.
    pub previous: String,
    /// The request it is about, if it is about one.
    pub request: Option<String>,
    /// Its number in the ledger, from 1.
    pub sequence: u64,
}

/// What was asked, in short; [`Sent::body`] has it in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// The id Humanos gave, or empty.
    pub humanos_id: String,
    /// The app's own id.
    pub id: String,
    /// The asker's own id, or empty.
    pub internal_id: String,
    /// The label, or empty.
    pub name: Text,
    /// The contacts asked, in the body's order.
    pub people: Vec<Text>,
    /// How many people were asked.
    pub people_count: u32,
    /// When it was written down, before the first attempt.
    pub planned_at: Instant,
    /// The wire name of the security level.
    pub security_level: String,
    /// Where it stood when the receipt was made.
    pub state: State,
}

/// What went over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sent {
    /// The `API-Version` date.
    pub api_version: String,
    /// The body's exact bytes.
    pub body: Content,
    /// The length of the body in bytes.
    pub body_length: u64,
    /// SHA-256 of the body's exact bytes, lower-case hex; also of a masked body.
    pub body_sha256: String,
    /// The headers that make up the call.
    pub headers: Vec<Header>,
    /// The `Idempotency-Key`.
    pub idempotency_key: String,
    /// The HTTP method.
    pub method: String,
    /// The full endpoint.
    pub url: String,
}

/// Exact bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Content {
    /// As text: the bytes are its UTF-8.
    Text(String),
    /// In standard base64, when they are not UTF-8.
    Base64(String),
    /// Masked.
    Masked(Masked),
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

/// A person asked, without the one-time code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subject {
    /// The email address or phone number.
    pub contact: Text,
    /// The id Humanos gave.
    pub id: String,
    /// The subject's page, or null.
    pub link: Option<Text>,
}
