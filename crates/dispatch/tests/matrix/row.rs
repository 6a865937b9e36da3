//! A row: what goes wrong, and what is said of it.

use std::time::Duration;

use dispatch::Terms;
use sandbox::{Faults, InProgress, TlsFault};

use crate::common::TERMS;

#[derive(Clone)]
pub(crate) struct Row {
    /// The part of the table it belongs to.
    pub(crate) part: &'static str,
    /// What goes wrong.
    pub(crate) fault: &'static str,
    pub(crate) strike: Strike,
    /// How many are asked, one request each and one at a time.
    pub(crate) people: u32,
    pub(crate) in_progress: InProgress,
    pub(crate) terms: Terms,
    /// How long the fault goes on when nothing more is sent.
    pub(crate) lasts: Duration,
    pub(crate) says: Says,
}

/// How it goes wrong.
#[derive(Clone)]
pub(crate) enum Strike {
    /// On the practice server.
    Server(Faults),
    /// By what is asked for.
    Training(&'static str),
    /// On the way.
    Tls(TlsFault),
    /// Nobody is there.
    Gone,
    /// This computer's clock is so far ahead.
    Clock(i64),
}

/// What is said of a batch that met it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Says {
    /// Where the batch stands, and its requests.
    pub(crate) batch: String,
    /// Why it is paused, as the officer reads it.
    pub(crate) why: String,
    /// Where the struck request stands, and its attempts.
    pub(crate) request: String,
    /// What its newest attempt says, if it did not succeed.
    pub(crate) newest: String,
    /// How often the server asked each of them, by its books.
    pub(crate) asked: String,
    /// The batch and the books once all is well and the officer goes on; empty where nothing is
    /// left to do or the fault cannot be lifted.
    pub(crate) over: String,
}

impl Row {
    pub(crate) fn new(part: &'static str, fault: &'static str, strike: Strike) -> Self {
        Self {
            part,
            fault,
            strike,
            people: 3,
            in_progress: InProgress::Joined,
            terms: TERMS,
            lasts: Duration::ZERO,
            says: Says {
                batch: "finished: 3 accepted".to_owned(),
                asked: "1 1 1".to_owned(),
                ..Says::default()
            },
        }
    }

    /// A batch of one, for what strikes every call.
    pub(crate) fn alone(mut self) -> Self {
        self.people = 1;
        self.says.batch = "finished: 1 accepted".to_owned();
        self.says.asked = "1".to_owned();
        self
    }

    /// Of the people, the one whose request is looked at and, if only one is, struck.
    pub(crate) fn struck(&self) -> u32 {
        self.people / 2
    }

    pub(crate) fn batch(mut self, batch: &str) -> Self {
        self.says.batch = batch.to_owned();
        self
    }

    pub(crate) fn why(mut self, why: &str) -> Self {
        self.says.why = why.to_owned();
        self
    }

    pub(crate) fn request(mut self, request: &str) -> Self {
        self.says.request = request.to_owned();
        self
    }

    pub(crate) fn newest(mut self, newest: &str) -> Self {
        self.says.newest = newest.to_owned();
        self
    }

    pub(crate) fn asked(mut self, asked: &str) -> Self {
        self.says.asked = asked.to_owned();
        self
    }

    /// All are accepted in the end, and asked once.
    pub(crate) fn mended(mut self) -> Self {
        self.says.over = match self.people {
            1 => "finished: 1 accepted, asked 1",
            _ => "finished: 3 accepted, asked 1 1 1",
        }
        .to_owned();
        self
    }
}
