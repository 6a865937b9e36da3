//! What follows from the end of an attempt: a table without state.
//!
//! | the attempt met | with idempotency keys | without |
//! |---|---|---|
//! | acceptance | accepted | accepted |
//! | 401 | pause (key, secret or clock) | same |
//! | 402 | pause (plan) | same |
//! | 409 under a key sent before, or that says “in progress” | again, may have arrived | unknown |
//! | 429 | again; when tried often enough, pause | same |
//! | 408, 500, 502, 503, 504 | again, may have arrived; then unknown | unknown |
//! | other 5xx, and statuses that are none | unknown | unknown |
//! | any other 4xx | refused | refused |
//! | a success that cannot be read | again, may have arrived; then unknown | unknown |
//! | no answer after sending | again, may have arrived; then unknown | unknown |
//! | a redirect | pause | pause |
//! | no connection | again; when tried often enough, pause | same |
//! | no secure connection, nothing that can be sent | pause | same |
//!
//! “Again” ends in a pause as well when the batch's retries are used up, or when the server asks to
//! wait longer than [`Terms::longest_wait_ms`].

use humanos::{Created, Failure};

use crate::terms::Terms;
use crate::{Chance, Why};

/// What an attempt met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// Humanos made the request.
    Acceptance,
    /// An answer that is no success: at least its status arrived.
    Status(u16),
    /// A success, but not one that can be read.
    Unreadable,
    /// The server points elsewhere.
    Redirect {
        /// Whether it may have acted all the same.
        acted: bool,
        /// The host it points to.
        host: Option<String>,
    },
    /// Nothing came back; the request may have arrived.
    Silence,
    /// Nothing left: no connection.
    NoConnection(String),
    /// Nothing left: no secure connection.
    Untrusted(String),
    /// Nothing left: it cannot be put on the wire.
    Unsendable(String),
}

/// An attempt's end with what matters for what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it met.
    pub met: Met,
    /// Attempts made since the request was last taken up, this one included.
    pub tries: u32,
    /// Whether the key may have reached the server in an earlier attempt.
    pub sent_before: bool,
    /// Whether the server says that the same request is in progress.
    pub in_progress: bool,
    /// How long the server asks to wait.
    pub retry_after_ms: Option<u64>,
    /// How far this computer's clock is ahead of the server's.
    pub ahead_ms: Option<i64>,
    /// Whether the API version knows idempotency keys and this one is young enough.
    pub keyed: bool,
    /// Whether the batch has retries left.
    pub budget: bool,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is done.
    Accepted,
    /// Humanos does not want it, and trying again would not change that.
    Refused,
    /// Send it again.
    Again {
        /// After so long.
        wait_ms: u64,
        /// Whether this attempt may have arrived.
        open: bool,
    },
    /// It may have arrived, and nothing can be done about it now.
    Unknown,
    /// Send nothing more of the batch; this request goes first afterwards.
    Pause {
        /// Why.
        why: Why,
        /// Whether this attempt may have arrived.
        open: bool,
    },
}

/// Sorts a result.
#[must_use]
pub fn met(result: &Result<Created, Failure>) -> Met {
    let Err(failure) = result else {
        return Met::Acceptance;
    };
    let said = failure.to_string();
    match failure {
        Failure::Refused { reply, .. } => Met::Status(reply.status),
        Failure::Malformed { .. } => Met::Unreadable,
        Failure::Oversized { status, .. }
        | Failure::Interrupted {
            status: Some(status),
            ..
        } => match status {
            200..=299 => Met::Unreadable,
            _ => Met::Status(*status),
        },
        Failure::Redirected { location_host, .. } => Met::Redirect {
            acted: failure.outcome_unknown(),
            host: location_host.clone(),
        },
        Failure::Timeout { sent: false } | Failure::Connect { .. } => Met::NoConnection(said),
        Failure::Tls { .. } => Met::Untrusted(said),
        Failure::Header { .. } | Failure::Build { .. } => Met::Unsendable(said),
        // Kinds that come later are taken for the worst.
        _ => Met::Silence,
    }
}

/// Whether the server asks for a slower pace.
#[must_use]
pub fn asks_to_slow(met: &Met) -> bool {
    matches!(met, Met::Status(429 | 503))
}

/// Decides. `chance` spreads the waits, so that requests that failed together do not come back
/// together.
pub fn decide(case: &Case, terms: &Terms, chance: &mut impl Chance) -> Decision {
    let pause = |why, open| Decision::Pause { why, open };
    match &case.met {
        Met::Acceptance => Decision::Accepted,
        Met::Status(status) => match status {
            401 => pause(
                Why::Unauthorized {
                    ahead_ms: case.ahead_ms,
                },
                false,
            ),
            402 => pause(Why::Payment, false),
            429 => again(case, terms, chance, Some(Why::TooMany)),
            409 if case.sent_before || case.in_progress => again(case, terms, chance, None),
            408 | 500 | 502 | 503 | 504 => again(case, terms, chance, None),
            400..=499 => Decision::Refused,
            _ => Decision::Unknown,
        },
        Met::Unreadable | Met::Silence => again(case, terms, chance, None),
        Met::Redirect { acted, host } => pause(Why::Elsewhere { host: host.clone() }, *acted),
        Met::NoConnection(said) => {
            let why = Why::NoConnection { said: said.clone() };
            again(case, terms, chance, Some(why))
        }
        Met::Untrusted(said) => pause(Why::Untrusted { said: said.clone() }, false),
        Met::Unsendable(said) => pause(Why::Unsendable { said: said.clone() }, false),
    }
}

/// The words for a key whose first call is not answered yet are not documented.
pub(crate) fn says_in_progress(failure: &Failure) -> bool {
    let Failure::Refused { messages, .. } = failure else {
        return false;
    };
    messages.iter().any(|said| {
        let said = said.to_lowercase();
        said.contains("in progress") || said.contains("being processed")
    })
}

/// `harmless` is the reason to pause for when it was tried often enough, for an attempt that
/// certainly came to nothing. Without one the attempt may have arrived.
fn again(case: &Case, terms: &Terms, chance: &mut impl Chance, harmless: Option<Why>) -> Decision {
    let open = harmless.is_none();
    if open && !case.keyed {
        return Decision::Unknown;
    }
    let asked = case.retry_after_ms.unwrap_or(0);
    if asked > terms.longest_wait_ms {
        let seconds = asked.div_ceil(1000);
        return Decision::Pause {
            why: Why::AskedToWait { seconds },
            open,
        };
    }
    if case.tries >= terms.attempts {
        return harmless.map_or(Decision::Unknown, |why| Decision::Pause { why, open });
    }
    if !case.budget {
        // What is known to be wrong helps the officer more than that it was met too often.
        let why = harmless.unwrap_or(Why::RetriesUsedUp);
        return Decision::Pause { why, open };
    }
    let doublings = case.tries.saturating_sub(1).min(20);
    let most = terms
        .base_ms
        .saturating_mul(1 << doublings)
        .min(terms.cap_ms);
    // What the server asks for is the least; the spread comes on top.
    let wait_ms = asked.saturating_add(chance.below(most.saturating_add(1)));
    Decision::Again { wait_ms, open }
}

#[cfg(test)]
mod tests;
