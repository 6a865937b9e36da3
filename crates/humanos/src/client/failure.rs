//! What can go wrong with a call, told apart by what the caller can do about it.

use std::error::Error as StdError;
use std::io;

use super::Reply;
use crate::moment;
use crate::reply::ReplyError;

/// Why a call did not succeed. Texts and sources name no URL.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// Humanos, or something before it, answered with an error status.
    #[error("the server refused with status {}", reply.status)]
    Refused {
        /// As received.
        reply: Reply,
        /// The field `message`, as a list.
        messages: Vec<String>,
        /// The field `error`.
        error: Option<String>,
        /// When to try again, if the server says.
        retry_after: Option<RetryAfter>,
    },
    /// A success whose body cannot be understood. The request was taken.
    #[error("the server accepted with a reply that cannot be read")]
    Malformed {
        /// As received.
        reply: Reply,
        /// Where it differs.
        source: ReplyError,
    },
    /// The reply is larger than the limit.
    #[error("the reply with status {status} is larger than {limit} bytes")]
    Oversized {
        /// HTTP status.
        status: u16,
        /// In bytes.
        limit: usize,
    },
    /// The server pointed elsewhere. Not followed: the secrets are for one host.
    #[error("the server redirected with status {status}")]
    Redirected {
        /// HTTP status.
        status: u16,
        /// The host it points to.
        location_host: Option<String>,
    },
    /// No answer in time.
    #[error("{}", if *sent { "no reply in time" } else { "no connection in time" })]
    Timeout {
        /// Whether the request may have left this computer.
        sent: bool,
    },
    /// No connection: host not found, refused, proxy in the way. Nothing was sent.
    #[error("no connection to the server")]
    Connect {
        /// What the network said.
        source: reqwest::Error,
    },
    /// The server's certificate or the TLS handshake failed. Nothing was sent.
    #[error("no secure connection to the server: {reason}")]
    Tls {
        /// What the TLS library said.
        reason: String,
    },
    /// The connection broke after the request was sent, before the reply was whole.
    #[error("the connection broke before the reply was whole")]
    Interrupted {
        /// HTTP status, if that much arrived.
        status: Option<u16>,
        /// What the network said.
        source: reqwest::Error,
    },
    /// A header that cannot be sent. Nothing was sent.
    #[error("the header {name} cannot be sent")]
    Header {
        /// The header.
        name: &'static str,
    },
    /// An id that cannot stand in an address. Nothing was sent.
    #[error("the id cannot stand in an address")]
    Id,
    /// The request could not be built. Nothing was sent.
    #[error("the request could not be built")]
    Build {
        /// What the HTTP library said.
        source: reqwest::Error,
    },
}

impl Failure {
    /// Whether the server may have acted on the request: send it again only under the same
    /// idempotency key, or find out first.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Refused { reply, .. } => may_have_acted(reply.status),
            Self::Oversized { status, .. } => may_have_acted(*status),
            // These three say that the same call belongs elsewhere; others may follow an action.
            Self::Redirected { status, .. } => !matches!(status, 301 | 307 | 308),
            Self::Malformed { .. } => true,
            Self::Timeout { sent } => *sent,
            Self::Interrupted { status, .. } => status.is_none_or(may_have_acted),
            Self::Connect { .. }
            | Self::Tls { .. }
            | Self::Header { .. }
            | Self::Id
            | Self::Build { .. } => false,
        }
    }

    /// The reply, if a whole one came.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Refused { reply, .. } | Self::Malformed { reply, .. } => Some(reply),
            _ => None,
        }
    }

    /// The HTTP status, if that much arrived.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { reply, .. } | Self::Malformed { reply, .. } => Some(reply.status),
            Self::Oversized { status, .. } | Self::Redirected { status, .. } => Some(*status),
            Self::Interrupted { status, .. } => *status,
            Self::Timeout { .. }
            | Self::Connect { .. }
            | Self::Tls { .. }
            | Self::Header { .. }
            | Self::Id
            | Self::Build { .. } => None,
        }
    }

    /// How long the server asks to wait, in milliseconds, if it says so in a way that can be read.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Refused {
                retry_after: Some(after),
                ..
            } => after.seconds.map(|seconds| seconds.saturating_mul(1000)),
            _ => None,
        }
    }

    /// No status has arrived yet.
    pub(super) fn before_reply(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_builder() {
            return Self::Build { source: error };
        }
        if !error.is_connect() {
            return if error.is_timeout() {
                Self::Timeout { sent: true }
            } else {
                Self::Interrupted {
                    status: None,
                    source: error,
                }
            };
        }
        if error.is_timeout() {
            return Self::Timeout { sent: false };
        }
        match tls_reason(&error) {
            Some(reason) => Self::Tls { reason },
            None => Self::Connect { source: error },
        }
    }

    /// The status has arrived, the body not yet.
    pub(super) fn inside_reply(status: u16, error: reqwest::Error) -> Self {
        Self::Interrupted {
            status: Some(status),
            source: error.without_url(),
        }
    }
}

/// A refusal of the 4xx kind says that nothing was done; a success or a server error does not.
fn may_have_acted(status: u16) -> bool {
    !(400..500).contains(&status)
}

fn tls_reason(error: &reqwest::Error) -> Option<String> {
    let mut next: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(tls.to_string());
        }
        // An I/O error hides its inner error from `source`.
        next = match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// The `Retry-After` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryAfter {
    /// As received.
    pub text: String,
    /// In seconds from the reply on, if the text can be read. A date is measured against the
    /// server's own clock where it told the time.
    pub seconds: Option<u64>,
}

impl RetryAfter {
    pub(super) fn parse(text: String, server_date: Option<&str>, timestamp_ms: i64) -> Self {
        let seconds = text.parse().ok().or_else(|| {
            let then = moment::http_date_ms(&text)?;
            let now = server_date
                .and_then(moment::http_date_ms)
                .unwrap_or(timestamp_ms);
            u64::try_from(then.saturating_sub(now)).map_or(Some(0), |ms| Some(ms.div_ceil(1000)))
        });
        Self { text, seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_in_both_forms() {
        let seconds = |text: &str, date: Option<&str>| {
            RetryAfter::parse(text.to_owned(), date, 784_111_777_000).seconds
        };
        assert_eq!(seconds("120", None), Some(120));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT", None), Some(60));
        let server = Some("Sun, 06 Nov 1994 08:50:07 GMT");
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT", server), Some(30));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:00 GMT", None), Some(0));
        assert_eq!(seconds("-1", None), None);
        assert_eq!(seconds("soon", None), None);
    }
}
