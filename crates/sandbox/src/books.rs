//! The books: every create call that was accepted, whether or not its answer arrived.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

/// Bookings kept; the oldest are forgotten beyond that.
pub(crate) const MAX_BOOKED: usize = 200_000;

/// One accepted create call.
#[derive(Clone, PartialEq, Eq)]
pub struct Booked {
    /// The id of the request made.
    pub request_id: String,
    /// `Idempotency-Key`, if the call had one.
    pub key: Option<String>,
    /// `internalId`, if the body had one.
    pub internal_id: Option<String>,
    /// Everybody asked, as written in the body.
    pub contacts: Vec<String>,
    /// When, by the server's clock, in Unix milliseconds.
    pub at_ms: i64,
}

impl fmt::Debug for Booked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Booked")
            .field("request_id", &self.request_id)
            .field("key", &self.key)
            .field("internal_id", &self.internal_id)
            .field("contacts", &self.contacts.len())
            .field("at_ms", &self.at_ms)
            .finish()
    }
}

/// The newest bookings, oldest first.
#[derive(Default)]
pub(crate) struct Books(VecDeque<Arc<Booked>>);

impl Books {
    /// Adds a booking.
    pub(crate) fn add(&mut self, booked: Booked) {
        if self.0.len() == MAX_BOOKED {
            self.0.pop_front();
        }
        self.0.push_back(Arc::new(booked));
    }

    /// Every booking kept, oldest first.
    pub(crate) fn all(&self) -> Vec<Arc<Booked>> {
        self.0.iter().cloned().collect()
    }
}
