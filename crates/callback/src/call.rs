//! What a call asks for, judged by its method, target and host alone.

use std::fmt;

use crate::address::{MAX_ADDRESS, PLACE};
use crate::{Nonce, Query, Return};

/// Why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Something else than GET.
    NotGet,
    /// Made for another host than this listener: a page elsewhere may have had its name lead here.
    OtherHost,
    /// There is nothing at this path.
    NotHere,
    /// What stands in the nonce's place is none.
    NoNonce,
    /// The address is too long.
    TooLong,
    /// Too many calls in a short time.
    Flood,
}

impl Why {
    /// The HTTP status that says so.
    pub(crate) const fn status(self) -> u16 {
        match self {
            Self::NotGet => 405,
            Self::OtherHost => 421,
            Self::NotHere | Self::NoNonce => 404,
            Self::TooLong => 414,
            Self::Flood => 429,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotGet => "only GET is answered",
            Self::OtherHost => "the call was made for another host",
            Self::NotHere => "there is nothing at this path",
            Self::NoNonce => "the address has no nonce",
            Self::TooLong => "the address is too long",
            Self::Flood => "too many calls in a short time",
        })
    }
}

/// Judges a call. `hosts` are its `Host` headers, `authority` that of an absolute target.
pub(crate) fn judge<'c>(
    port: u16,
    method: &str,
    mut hosts: impl Iterator<Item = &'c [u8]>,
    authority: Option<&str>,
    path_and_query: &str,
) -> Result<Return, Why> {
    let ours = format!("127.0.0.1:{port}");
    let named = hosts.next() == Some(ours.as_bytes()) && hosts.next().is_none();
    if !named || authority.is_some_and(|authority| authority != ours) {
        return Err(Why::OtherHost);
    }
    if method != "GET" {
        return Err(Why::NotGet);
    }
    if path_and_query.len() > MAX_ADDRESS {
        return Err(Why::TooLong);
    }
    let (path, query) = match path_and_query.split_once('?') {
        Some((path, query)) => (path, query),
        None => (path_and_query, ""),
    };
    let mut steps = path.split('/');
    if steps.next() != Some("") || steps.next() != Some(PLACE) {
        return Err(Why::NotHere);
    }
    let nonce = steps.next().and_then(|nonce| Nonce::parse(nonce).ok());
    match (nonce, steps.next()) {
        (Some(nonce), None) => Ok(Return {
            nonce,
            query: Query::of(query),
        }),
        _ => Err(Why::NoNonce),
    }
}
