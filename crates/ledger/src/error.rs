//! What can go wrong with the ledger, in terms of the ledger: no variant names the engine beneath.

use crate::State;

/// What the layer below said. Its text holds no value read from or written to the ledger.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the ledger could not do what was asked. Nothing was changed by a call that returns one.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// [`Ledger::open`](crate::Ledger::open): there is no file at the path.
    #[error("there is no ledger file")]
    Missing,
    /// [`Ledger::create`](crate::Ledger::create): there is a file at the path; it is left as it is.
    #[error("a file is already where the ledger would be made")]
    AlreadyExists,
    /// The file was made under another key.
    #[error("the key does not fit this ledger")]
    WrongKey,
    /// A newer version of the app has changed the file; it is left as it is.
    #[error("the ledger is of version {found}, this app knows versions up to {known}")]
    NewerVersion {
        /// The version written in the file.
        found: u32,
        /// The newest version this build can read.
        known: u32,
    },
    /// The file is not a ledger, or part of it can no longer be read.
    #[error("the ledger file is damaged")]
    Damaged(#[source] Cause),
    /// Another process held the file for more than five seconds.
    #[error("the ledger is in use by another program")]
    Busy,
    /// The file could not be read or written: full disk, permissions, a link in its place.
    #[error("the ledger file could not be read or written")]
    Disk(#[source] Cause),
    /// A request under this id is already planned.
    #[error("a request with this id is already in the ledger")]
    DuplicateRequest,
    /// This connection already has a request under this idempotency key.
    #[error("this connection has already used the idempotency key")]
    DuplicateIdempotencyKey,
    /// There is no request, or no such attempt of it, in the ledger.
    #[error("there is no such request in the ledger")]
    NoSuchRequest,
    /// The request is not in a state that allows this: an accepted request is not attempted again,
    /// nor one with an attempt under way, and an attempt ends once.
    #[error("the request is {state}")]
    WrongState {
        /// The state the request is in.
        state: State,
    },
    /// A batch under this id is already planned.
    #[error("a batch with this id is already in the ledger")]
    DuplicateBatch,
    /// A batch without a request.
    #[error("a batch needs at least one request")]
    EmptyBatch,
    /// A request that goes through another connection than its batch.
    #[error("a request of the batch belongs to another connection")]
    OtherConnection,
    /// There is no such batch in the ledger.
    #[error("there is no such batch in the ledger")]
    NoSuchBatch,
    /// There is no such payload in the ledger.
    #[error("there is no such payload in the ledger")]
    NoSuchPayload,
    /// A payload under this id is already kept.
    #[error("a payload with this id is already in the ledger")]
    DuplicatePayload,
    /// A payload is opened once.
    #[error("the payload was opened before")]
    AlreadyOpened,
    /// What is said of how a payload was opened is not a JSON object.
    #[error("what is said of a payload is not a json object")]
    How(#[source] Cause),
    /// The detail of an event is not a JSON object that has one sure spelling: a fraction, a number
    /// beyond ±2^53, a key twice, a key beyond ASCII.
    #[error("the detail of an event is not a plain json object")]
    Detail(#[source] Cause),
    /// A device key under this name is already noted.
    #[error("this device key is already in the ledger")]
    DuplicateDeviceKey,
    /// What is said to be a device key is not a plain JSON object.
    #[error("the device key is not a plain json object")]
    DeviceKey(#[source] Cause),
    /// The lists of a batch are kept once, when it was planned.
    #[error("the lists of this batch are already in the ledger")]
    SourcesKept,
    /// An instant beyond ±2^53 milliseconds.
    #[error("an instant is too far away")]
    Moment,
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::{Error, ErrorCode};
        match &error {
            Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Damaged(error.into()),
                _ => Self::Disk(error.into()),
            },
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::InvalidColumnType(..)
            | Error::QueryReturnedNoRows => Self::Damaged(error.into()),
            _ => Self::Disk(error.into()),
        }
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::AlreadyExists => Self::AlreadyExists,
            _ => Self::Disk(error.into()),
        }
    }
}
