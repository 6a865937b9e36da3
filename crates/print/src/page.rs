//! What is printed, before it is put into a language.

use ledger::{AttemptResult, State};
use receipts::Field;

/// A receipt, as much of it as fits on paper. Instants are Unix milliseconds. Texts may be anything: they
/// are bounded and made visible when the page is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Whether the request's outcome was still open.
    pub interim: bool,
    /// Whether it went to the practice server.
    pub practice: bool,
    /// What was masked on export.
    pub masked: Vec<Field>,
    /// When the receipt was made.
    pub exported_at_ms: i64,
    /// The asker's clock, in minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// The program that made the receipt, with its version.
    pub app: String,
    /// Who asked.
    pub asker: Asker,
    /// What was asked, in short.
    pub request: Request,
    /// What went over the wire.
    pub sent: Sent,
    /// The people asked.
    pub people: Vec<Person>,
    /// Every attempt, in order.
    pub attempts: Vec<Attempt>,
    /// Everything the ledger noted about the request, in order.
    pub events: Vec<Event>,
    /// The ledger's head when the receipt was made.
    pub head: Head,
}

/// The person who asked; a text may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Their name.
    pub officer: String,
    /// Their organisation.
    pub organisation: String,
    /// The app's name for the connection they used.
    pub connection: String,
    /// The key their device signs with.
    pub device_key: Key,
}

/// A device key, named twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its RFC 7638 thumbprint in base64url, as the receipt names it.
    pub id: String,
    /// The same thumbprint in hex, for people to compare.
    pub fingerprint: String,
}

/// What was asked; a text may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The app's own id.
    pub id: String,
    /// The id Humanos gave.
    pub humanos_id: String,
    /// The label.
    pub name: String,
    /// The asker's own id.
    pub internal_id: String,
    /// The wire name of the security level.
    pub security_level: String,
    /// Where it stood when the receipt was made.
    pub state: State,
    /// When it was written down, before the first attempt.
    pub planned_at_ms: i64,
    /// What the people were asked to do; none when the body that says so is masked or cannot be read.
    pub resources: Option<Vec<Resource>>,
    /// The credentials that the accepting reply names.
    pub credentials: Vec<Resource>,
}

/// Something the people were asked to do, or what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Where it comes from.
    pub kind: ResourceKind,
    /// Its id, or empty.
    pub id: String,
    /// Its name, or empty.
    pub name: String,
}

/// Where a [`Resource`] comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceKind {
    /// Kept at Humanos.
    Resource,
    /// A workflow kept at Humanos.
    Group,
    /// Written out in the request.
    Credential,
}

/// What went over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The HTTP method.
    pub method: String,
    /// The full endpoint.
    pub url: String,
    /// The `API-Version` date, or empty.
    pub api_version: String,
    /// The `Idempotency-Key`.
    pub idempotency_key: String,
    /// The length of the body in bytes.
    pub body_length: u64,
    /// SHA-256 of the body, lower-case hex.
    pub body_sha256: String,
}

/// Someone who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The email address or phone number.
    pub contact: String,
    /// The id Humanos gave, or empty.
    pub id: String,
    /// Their page, or empty.
    pub link: String,
}

/// One attempt to send the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// When it was written down, just before sending.
    pub started_at_ms: i64,
    /// When it ended, if anybody saw it end.
    pub ended_at_ms: Option<i64>,
    /// How it ended.
    pub result: AttemptResult,
    /// Why there was no answer.
    pub reason: Option<String>,
    /// The answer's HTTP status.
    pub status: Option<u16>,
    /// The `Date` header of the answer, the server's own clock.
    pub server_date: Option<String>,
    /// The server's id for the exchange.
    pub server_request_id: Option<String>,
    /// What Humanos said on refusing.
    pub messages: Vec<String>,
}

/// Something that happened to the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number in the ledger.
    pub sequence: u64,
    /// What happened, kebab-case. A kind that is not known is printed as it is.
    pub kind: String,
    /// When.
    pub at_ms: i64,
    /// More about it: a JSON object. Only its short members are printed.
    pub detail: String,
}

/// The head of the ledger's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many events it is over.
    pub size: u64,
    /// Its root, lower-case hex.
    pub root: String,
    /// Whether somebody else's clock vouches for it.
    pub timestamp: Timestamped,
}

/// Whether a timestamp authority saw the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timestamped {
    /// The receipt has its token.
    Yes,
    /// It has none.
    No,
}
