//! Many requests planned at once and sent together.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::State;

/// A batch about to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBatch {
    /// The app's own id, a UUID.
    pub id: String,
    /// The connection all its requests go through.
    pub connection_id: String,
    /// The connection's name at this time.
    pub connection_name: String,
    /// What the officer calls it.
    pub name: String,
    /// Whether it goes to the practice server.
    pub practice: bool,
    /// Requests a minute.
    pub per_minute: u32,
    /// Requests under way at once.
    pub in_flight: u32,
    /// When it was planned, Unix milliseconds.
    pub at_ms: i64,
}

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BatchState {
    /// Its requests are being sent.
    Running,
    /// Nothing of it is being sent. A batch begins so, with no reason given.
    Paused,
    /// Nothing is left to send.
    Finished,
    /// The officer ended it; what was not sent stays unsent.
    Stopped,
}

/// A number of requests, and of the people they ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Requests.
    pub requests: u64,
    /// People, counted once for each request that asks them.
    pub people: u64,
}

/// How many of a batch's requests stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchCounts {
    /// [`State::Planned`].
    pub planned: Count,
    /// [`State::Sending`].
    pub sending: Count,
    /// [`State::Accepted`].
    pub accepted: Count,
    /// [`State::Refused`].
    pub refused: Count,
    /// [`State::Unknown`].
    pub unknown: Count,
    /// [`State::NotSent`].
    pub not_sent: Count,
    /// [`State::Cancelled`].
    pub cancelled: Count,
}

/// A batch, as it was planned and as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The app's own id.
    pub id: String,
    /// The connection its requests go through.
    pub connection_id: String,
    /// The connection's name at the time.
    pub connection_name: String,
    /// What the officer calls it.
    pub name: String,
    /// Whether it goes to the practice server.
    pub practice: bool,
    /// When it was planned, Unix milliseconds.
    pub created_at_ms: i64,
    /// People asked, counted once for each request that asks them.
    pub people: u64,
    /// Requests.
    pub requests: u64,
    /// Requests a minute.
    pub per_minute: u32,
    /// Requests under way at once.
    pub in_flight: u32,
    /// Where it stands.
    pub state: BatchState,
    /// Why it stands there, for people; may be empty.
    pub why: String,
    /// When it was finished or stopped, Unix milliseconds.
    pub ended_at_ms: Option<i64>,
    /// How many of its requests stand where.
    pub counts: BatchCounts,
}

/// Which of a batch's requests are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// Every one.
    All,
    /// Those with these ids.
    Ids(&'a [String]),
}

/// A request of a batch with what it takes to send it.
#[derive(Clone, PartialEq, Eq)]
pub struct Due {
    /// The request's id.
    pub id: String,
    /// Its place in the batch, from 0.
    pub position: u64,
    /// Where it stands.
    pub state: State,
    /// The full endpoint.
    pub url: String,
    /// The `API-Version` date.
    pub api_version: String,
    /// The `Idempotency-Key`.
    pub idempotency_key: String,
    /// The exact bytes to send.
    pub body: Vec<u8>,
    /// The caller's own id, or empty.
    pub internal_id: String,
    /// The contacts asked, in the body's order.
    pub people: Vec<String>,
    /// When its first attempt began, Unix milliseconds; none if there was no attempt.
    pub first_attempt_ms: Option<i64>,
    /// The officer lets it be sent again under its key, however old that is.
    pub again: bool,
}

impl BatchCounts {
    /// The count of one state.
    #[must_use]
    pub fn of(&self, state: State) -> Count {
        match state {
            State::Planned => self.planned,
            State::Sending => self.sending,
            State::Accepted => self.accepted,
            State::Refused => self.refused,
            State::Unknown => self.unknown,
            State::NotSent => self.not_sent,
            State::Cancelled => self.cancelled,
        }
    }

    pub(crate) fn of_mut(&mut self, state: State) -> &mut Count {
        match state {
            State::Planned => &mut self.planned,
            State::Sending => &mut self.sending,
            State::Accepted => &mut self.accepted,
            State::Refused => &mut self.refused,
            State::Unknown => &mut self.unknown,
            State::NotSent => &mut self.not_sent,
            State::Cancelled => &mut self.cancelled,
        }
    }
}

impl BatchState {
    /// The name it is stored and shown on the wire by, kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Running, Self::Paused, Self::Finished, Self::Stopped]
            .into_iter()
            .find(|s| s.as_str() == name)
    }

    pub(crate) fn is_end(self) -> bool {
        matches!(self, Self::Finished | Self::Stopped)
    }
}

impl fmt::Display for BatchState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// A body names people.
impl fmt::Debug for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Due")
            .field("id", &self.id)
            .field("position", &self.position)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
