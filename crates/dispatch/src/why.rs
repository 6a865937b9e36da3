//! Why a batch does not go on, in words for officers.

use std::fmt;

/// Why a batch was paused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The officer asked for it.
    Officer,
    /// 401: key, secret or clock.
    Unauthorized {
        /// How far this computer's clock is ahead of the server's, in milliseconds; none if the
        /// server did not tell the time.
        ahead_ms: Option<i64>,
    },
    /// 402: the plan does not cover it.
    Payment,
    /// The server asks to wait longer than a batch waits by itself.
    AskedToWait {
        /// How long, in seconds.
        seconds: u64,
    },
    /// The server kept saying that there were too many requests.
    TooMany,
    /// No connection, several times over.
    NoConnection {
        /// What the network said.
        said: String,
    },
    /// No secure connection.
    Untrusted {
        /// What the TLS library said.
        said: String,
    },
    /// The server points to another address.
    Elsewhere {
        /// The host it points to.
        host: Option<String>,
    },
    /// A request that cannot be put on the wire.
    Unsendable {
        /// What is in the way.
        said: String,
    },
    /// The requests were planned for another address or version than the connection has now.
    OtherAddress,
    /// Too many requests failed for trying on to make sense.
    RetriesUsedUp,
}

/// A clock further off than this explains a 401.
const TOLERANCE_MS: u64 = 5 * 60 * 1000;

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Officer => f.write_str("You paused it."),
            Self::Unauthorized { ahead_ms } => unauthorized(f, *ahead_ms),
            Self::Payment => f.write_str(
                "Humanos says that the organisation's plan does not cover these requests. Settle that with Humanos, then resume.",
            ),
            Self::AskedToWait { seconds } => write!(
                f,
                "The server asks to wait {}. Resume after that.",
                span(*seconds)
            ),
            Self::TooMany => f.write_str(
                "The server keeps answering that there are too many requests. Choose a slower pace or resume later.",
            ),
            Self::NoConnection { said } => {
                write!(f, "There is {said}. Resume when there is one.")
            }
            Self::Untrusted { said } => write!(
                f,
                "There is {said}. Nothing was sent. Check the connection's address and certificates, then resume."
            ),
            Self::Elsewhere { host: Some(host) } => write!(
                f,
                "The server points to {host}. This network may want you to sign in first; if not, check the connection's address. Then resume."
            ),
            Self::Elsewhere { host: None } => f.write_str(
                "The server points to another address. Check the connection's address, then resume.",
            ),
            Self::Unsendable { said } => write!(
                f,
                "A request cannot be sent: {said}. Check the connection's settings, then resume."
            ),
            Self::OtherAddress => f.write_str(
                "These requests were planned for another address or API version than the connection has now. Set it back, or plan anew.",
            ),
            Self::RetriesUsedUp => f.write_str(
                "Too many requests had to be tried again. Resume when the server is well.",
            ),
        }
    }
}

fn unauthorized(f: &mut fmt::Formatter<'_>, ahead_ms: Option<i64>) -> fmt::Result {
    f.write_str("Humanos does not accept the API key, the signature or the time. ")?;
    match ahead_ms {
        Some(ms) if ms.unsigned_abs() > TOLERANCE_MS => write!(
            f,
            "This computer's clock is {} {}. Set it right, then resume.",
            span(ms.unsigned_abs().saturating_add(500) / 1_000),
            if ms > 0 { "fast" } else { "slow" }
        ),
        Some(_) => {
            f.write_str("The clock is right. Check the connection's key and secret, then resume.")
        }
        None => f.write_str("Check the connection's key and secret and the clock, then resume."),
    }
}

/// A time in words, to the nearest of the unit that suits it.
fn span(seconds: u64) -> String {
    let (unit, length) = match seconds {
        0..=119 => ("second", 1),
        120..=7_199 => ("minute", 60),
        7_200..=172_799 => ("hour", 3_600),
        _ => ("day", 86_400),
    };
    let count = seconds.saturating_add(length / 2) / length;
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_the_unit_that_suits() {
        for (seconds, said) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (119, "119 seconds"),
            (120, "2 minutes"),
            (599, "10 minutes"),
            (3_600, "60 minutes"),
            (86_399, "24 hours"),
            (172_800, "2 days"),
            (u64::MAX, "213503982334601 days"),
        ] {
            assert_eq!(span(seconds), said);
        }
    }

    #[test]
    fn a_wrong_clock_is_named() {
        let said = |ahead_ms| Why::Unauthorized { ahead_ms }.to_string();
        assert!(said(Some(600_000)).contains("10 minutes fast"));
        assert!(said(Some(-3_600_000)).contains("60 minutes slow"));
        assert!(said(Some(2_000)).contains("clock is right"));
        assert!(said(None).contains("and the clock"));
    }
}
