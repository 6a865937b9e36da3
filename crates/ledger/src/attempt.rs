//! What the sender writes down about attempts, one or many at a time.

use crate::{CredentialRef, Outcome, Subject};

/// An attempt about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The request's id.
    pub request: String,
    /// The `X-Timestamp` it is signed with, Unix milliseconds.
    pub timestamp_ms: i64,
    /// Now, Unix milliseconds.
    pub at_ms: i64,
}

/// An attempt that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    /// The request's id.
    pub request: String,
    /// The attempt's number.
    pub attempt: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// What the sender makes of it.
    pub verdict: Verdict,
    /// Now, Unix milliseconds.
    pub at_ms: i64,
}

/// What an attempt's end means for its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The request stands as the outcome says.
    Final,
    /// The attempt certainly came to nothing and the request is still to be sent: it stands as
    /// [`State::NotSent`](crate::State::NotSent) even after a refusal.
    Again,
    /// An answer came, but it leaves open whether Humanos made the request: the answer is kept
    /// and the request stands as [`State::Unknown`](crate::State::Unknown).
    Open,
}

/// A start or an end, for writing several in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// An attempt about to leave.
    Start(Start),
    /// An attempt that has ended.
    Finish(Finish),
}

/// What a crash, or a close in the middle of sending, left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// Attempts that were under way; their requests stand as
    /// [`State::Unknown`](crate::State::Unknown) now.
    pub unknown: u32,
    /// The ids of the batches that were being sent, oldest first. They are paused now.
    pub running: Vec<String>,
}

/// A request without an answer that Humanos was found to have made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The id Humanos gave it.
    pub humanos_id: String,
    /// The people asked, as Humanos names them.
    pub subjects: Vec<Subject>,
    /// The credentials made.
    pub credentials: Vec<CredentialRef>,
}
