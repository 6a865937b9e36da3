//! What a check of the ledger as evidence finds.

use std::fmt;

/// Damages that are told one by one.
const MOST: usize = 200;

/// What a check of the whole ledger came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// How many events there were to check: those there when the check began.
    pub size: u64,
    /// How many of them were gone through: fewer when the check was called off.
    pub checked: u64,
    /// What was found, in the order of the events: the first 200.
    pub damages: Vec<Damage>,
    /// How much was found in all.
    pub damage_count: u64,
}

/// One place of the ledger that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// What is wrong with it.
    pub what: What,
    /// The events it is about, first and last; none when it is about no event. No last one when
    /// nothing tells how many there were.
    pub events: Option<(u64, Option<u64>)>,
    /// The request it is about, by the app's id, where that is known.
    pub request: Option<String>,
}

/// What is wrong with a place of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// There are no events of these numbers.
    Missing,
    /// The events lie in a part of the file that can no longer be read.
    Unreadable,
    /// There are events of numbers below 1.
    Stray,
    /// The event cannot be checked: the hash of the one before it is gone.
    Unproven,
    /// The event is of a kind that nobody has heard of.
    Kind,
    /// The event's detail is not as the app writes it.
    Detail,
    /// The event is about a request that is not there.
    Request,
    /// The event does not have its hash: it was changed.
    Hash,
    /// What the event vouches for lies in a part of the file that can no longer be read, or is gone.
    Lost,
    /// The request is not as it was planned: address, API version, idempotency key or people.
    Plan,
    /// The request's body is not the one that was planned.
    Body,
    /// An answer is not the one that came.
    Reply,
    /// A payload is not the one that came.
    Payload,
    /// There is a request that no event tells of.
    UnnotedRequest,
    /// There is an answer that no event tells of.
    UnnotedReply,
    /// There is a payload that no event tells of.
    UnnotedPayload,
    /// A list is not as it was imported, or can no longer be read.
    Source,
    /// Whether there is more than the events tell of cannot be read.
    Unreckoned,
}

impl Evidence {
    /// Whether every event was checked and nothing was found.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.checked == self.size && self.damage_count == 0
    }

    pub(crate) fn note(&mut self, damage: Damage) {
        self.damage_count += 1;
        if self.damages.len() < MOST {
            self.damages.push(damage);
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.events {
            Some((first, Some(last))) if first == last => write!(f, "event {first} ")?,
            Some((first, Some(last))) => write!(f, "events {first} to {last} ")?,
            Some((first, None)) => write!(f, "events from {first} on ")?,
            None => {}
        }
        f.write_str(self.what.words())?;
        match &self.request {
            Some(id) => write!(f, " (request {id})"),
            None => Ok(()),
        }
    }
}

impl What {
    fn words(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "cannot be read",
            Self::Stray => "an event has a number below 1",
            Self::Unproven => "cannot be checked, as what came before is gone",
            Self::Kind => "is of an unknown kind",
            Self::Detail => "has a detail of another form",
            Self::Request => "is about a request that is not there",
            Self::Hash => "was changed",
            Self::Lost => "vouches for what is gone or cannot be read",
            Self::Plan => "tells of another plan than the request has",
            Self::Body => "tells of another body than the request has",
            Self::Reply => "tells of another answer than is kept",
            Self::Payload => "tells of another payload than is kept",
            Self::UnnotedRequest => "no event tells of a request",
            Self::UnnotedReply => "no event tells of an answer",
            Self::UnnotedPayload => "no event tells of a payload",
            Self::Source => "a list is not as it was imported",
            Self::Unreckoned => "what no event tells of cannot be read",
        }
    }
}
