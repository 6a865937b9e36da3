//! What can happen to a call.

use std::time::Duration;

use super::calls::unit;

/// What happens to a call that is hit.
///
/// "Books" says whether an otherwise correct create call is accepted all the same and so stands in
/// [`crate::Server::books`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Waits before the call is done, between the two durations. The call is done even if the
    /// caller has left meanwhile, as a server behind a queue would. Books.
    Slow(Duration, Duration),
    /// Does the call and then waits, between the two durations, before the answer. Books.
    LateReply(Duration, Duration),
    /// The answer comes a byte at a time with this pause after each, headers included. Books.
    Drip(Duration),
    /// The connection is reset (RST). Books from [`Moment::BeforeReply`] on.
    Reset(Moment),
    /// The connection is closed in good order without a byte of answer. Books.
    LostReply,
    /// Answered with a status in the API's error shape.
    Status {
        /// 100 to 999; others become 500.
        status: u16,
        /// The `Retry-After` header.
        retry_after: Option<RetryAfter>,
        /// Whether the call is done first. Books if so.
        accepted: bool,
    },
    /// The answer's body is no JSON. Books.
    MalformedJson,
    /// The answer's body ends halfway, though the message is whole. Books.
    TruncatedJson,
    /// The answer is followed by white space to this many bytes, streamed without
    /// `Content-Length`: valid JSON for those who read to the end. Books.
    OversizedReply(u64),
    /// The answer's body is right, its `Content-Type` is this. Books.
    ContentType(String),
    /// 200 with a web page, as from a proxy that asks people to sign in.
    Portal,
    /// A redirect with this status to `to`, or to the very same path.
    Redirect {
        /// 301, 302, 307, 308 or another.
        status: u16,
        /// The `Location` header; nothing leads back to the call's own path.
        to: Option<String>,
    },
    /// `Content-Type`, `Date`, `Retry-After` and `X-Request-Id` twice, with different values. Books.
    DuplicateHeaders,
    /// These bytes instead of the answer, then the connection is closed. Books.
    Raw(Vec<u8>),
    /// The server's clock is off by this many milliseconds for this call: its `Date` says so, and
    /// beyond five minutes signatures are refused with 401.
    ClockSkew(i64),
}

/// When a connection is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// As soon as the first line arrives. A rule that asks for a contact, a resource or a key must
    /// read the call; then this is the same as `AfterRequest`.
    BeforeRequest,
    /// After the call has been read and before it is done.
    AfterRequest,
    /// After the call is done and before a byte of answer.
    BeforeReply,
    /// After the headers and half of the body.
    DuringReply,
    /// After the whole answer.
    AfterReply,
}

/// A `Retry-After` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds.
    Seconds(u32),
    /// An HTTP date, so many seconds from the server's now.
    Date(i64),
    /// Any text, for what no server should send.
    Text(String),
}

impl Fault {
    /// [`Fault::Slow`] by a fixed time.
    #[must_use]
    pub fn slow(wait: Duration) -> Self {
        Self::Slow(wait, wait)
    }

    /// [`Fault::LateReply`] by a fixed time.
    #[must_use]
    pub fn late_reply(wait: Duration) -> Self {
        Self::LateReply(wait, wait)
    }

    /// A status without `Retry-After`; nothing is done.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            retry_after: None,
            accepted: false,
        }
    }

    /// A status with `Retry-After`; nothing is done.
    #[must_use]
    pub fn retry_after(status: u16, retry_after: RetryAfter) -> Self {
        Self::Status {
            status,
            retry_after: Some(retry_after),
            accepted: false,
        }
    }

    /// The call is done and answered with a status that says otherwise.
    #[must_use]
    pub fn accepted_but(status: u16) -> Self {
        Self::Status {
            status,
            retry_after: None,
            accepted: true,
        }
    }

    /// Waits are fixed by the bits drawn.
    pub(super) fn settled(&self, bits: u64) -> Self {
        let between =
            |from: Duration, to: Duration| from + to.saturating_sub(from).mul_f64(unit(bits));
        match self {
            Self::Slow(from, to) => Self::slow(between(*from, *to)),
            Self::LateReply(from, to) => Self::late_reply(between(*from, *to)),
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_lie_within_their_range() {
        let (from, to) = (Duration::from_millis(10), Duration::from_millis(30));
        for (bits, ms) in [(0, 10), (1 << 63, 20)] {
            let wait = Duration::from_millis(ms);
            assert_eq!(Fault::Slow(from, to).settled(bits), Fault::slow(wait));
            assert_eq!(
                Fault::LateReply(from, to).settled(bits),
                Fault::late_reply(wait)
            );
        }
        let Fault::Slow(wait, _) = Fault::Slow(to, from).settled(u64::MAX) else {
            panic!()
        };
        assert_eq!(wait, to, "a range the wrong way round is its start");
    }
}
