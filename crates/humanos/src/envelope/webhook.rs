//! Webhooks: a signed and encrypted body that Humanos posts to an organization's server.
//!
//! Three secrets of the dashboard belong to it, none of them the API's: the webhook signature secret
//! signs `<x-timestamp>.<body>` into the header `x-signature`; the encryption secret and the encryption
//! salt make the key of the body `{"iv","data","tag"}`. Receiving them over a network is not done here.

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::cipher::{self, TAG};
use super::encoding::Encoding;
use super::tree::{self, member};
use super::{CouldNotOpen, MAX_PAYLOAD, Plaintext};
use crate::secret::{EncryptionSalt, EncryptionSecret, WebhookSignatureSecret};
use crate::sign;

/// The header with the signature: lower-case hex of HMAC-SHA256.
pub const SIGNATURE_HEADER: &str = "x-signature";
/// The header with the time of sending: Unix milliseconds.
pub const TIMESTAMP_HEADER: &str = "x-timestamp";
/// How old, or how far ahead of our clock, a body may be: five minutes.
pub const FRESH_MS: u64 = 300_000;
/// Rounds of PBKDF2-HMAC-SHA256.
const ROUNDS: u32 = 10_000;
/// Longest header value looked at, in bytes.
const MAX_HEADER: usize = 256;

/// The two headers that belong to a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    signature: Header,
    timestamp: Header,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Header {
    #[default]
    Missing,
    Given(String),
    /// Twice with two values, or too long.
    Unclear,
}

/// What the signature says of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Made with the secret, for these bytes and this time.
    Right,
    /// Made for something else, or with another secret.
    Wrong,
    /// There is no signature or no time.
    Missing,
    /// The signature or the time is not of the form it must have, or came twice.
    Unreadable,
}

/// Whether a body was sent just now, by the time in its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Within five minutes.
    Fresh,
    /// Sent so many milliseconds ago. It may have been sent again by somebody who caught it.
    Old(u64),
    /// Sent so many milliseconds after now. One of the clocks is wrong.
    Ahead(u64),
    /// There is no time, or it cannot be read.
    Unknown,
}

/// How old a body may be to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Only one sent just now, as a server must ask.
    Fresh,
    /// Any, because somebody who knows of its age wants to see it.
    Any,
}

/// A body that was looked at but not opened: what is known of it before.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// Of the body and the time.
    pub signature: Signature,
    /// By the time, which is worth nothing unless the signature is right.
    pub freshness: Freshness,
    body: &'a [u8],
}

/// Why a body was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The signature is not right.
    #[error("the signature is not right")]
    Signature,
    /// It is not fresh, and only a fresh one was asked for.
    #[error("it was not sent within five minutes")]
    Age,
    /// The key is another, or the body is not of the documented form.
    #[error(transparent)]
    Closed(#[from] CouldNotOpen),
}

/// The key of the bodies of one organization. Making it takes some milliseconds; it is wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct WebhookKey([u8; 32]);

impl Headers {
    /// Out of all headers of a call; names in any case.
    pub fn of<'h>(headers: impl IntoIterator<Item = (&'h str, &'h str)>) -> Self {
        let mut found = Self::default();
        for (name, value) in headers {
            let name = name.trim();
            if name.eq_ignore_ascii_case(SIGNATURE_HEADER) {
                found.signature.note(value);
            } else if name.eq_ignore_ascii_case(TIMESTAMP_HEADER) {
                found.timestamp.note(value);
            }
        }
        found
    }

    /// Out of lines `name: value`, as a log shows them. Other lines are passed over.
    #[must_use]
    pub fn of_lines(text: &str) -> Self {
        Self::of(text.lines().filter_map(|line| line.split_once(':')))
    }
}

impl Header {
    fn note(&mut self, value: &str) {
        let value = value.trim();
        *self = match self {
            Self::Missing if value.len() <= MAX_HEADER => Self::Given(value.to_owned()),
            Self::Given(known) if known == value => return,
            _ => Self::Unclear,
        };
    }
}

impl<'a> Received<'a> {
    /// Looks at a body as it came, byte by byte. `now_ms` is Unix milliseconds.
    #[must_use]
    pub fn look(
        secret: &WebhookSignatureSecret,
        headers: &Headers,
        body: &'a [u8],
        now_ms: i64,
    ) -> Self {
        let time = match &headers.timestamp {
            Header::Given(text) => milliseconds(text),
            _ => None,
        };
        Self {
            signature: signature(secret, headers, body),
            freshness: time.map_or(Freshness::Unknown, |sent_ms| freshness(sent_ms, now_ms)),
            body,
        }
    }

    /// Opens the body if the signature is right and it is of the age asked for.
    ///
    /// # Errors
    /// [`Refused`]. What could not be opened is said no more of.
    pub fn open(&self, key: &WebhookKey, age: Age) -> Result<Plaintext, Refused> {
        if self.signature != Signature::Right {
            return Err(Refused::Signature);
        }
        if age == Age::Fresh && self.freshness != Freshness::Fresh {
            return Err(Refused::Age);
        }
        Ok(key.open(self.body)?)
    }
}

impl WebhookKey {
    /// PBKDF2 over the two secrets.
    #[must_use]
    pub fn derive(secret: &EncryptionSecret, salt: &EncryptionSalt) -> Self {
        let mut key = Self([0; 32]);
        let salt = salt.expose().as_bytes();
        pbkdf2::pbkdf2_hmac::<sha2::Sha256>(&secret.bytes(), salt, ROUNDS, &mut key.0);
        key
    }

    fn open(&self, body: &[u8]) -> Result<Plaintext, CouldNotOpen> {
        if body.len() > MAX_PAYLOAD {
            return Err(CouldNotOpen);
        }
        let opened = || {
            let node = tree::read(str::from_utf8(body).ok()?).ok()?;
            let members = node.object()?;
            let bytes = |name| Encoding::Base64.read(member(members, name)?.text()?);
            let tag: [u8; TAG] = bytes("tag")?.try_into().ok()?;
            let sealed = cipher::Sealed {
                iv: &bytes("iv")?,
                aad: &[],
                data: &bytes("data")?,
                tag: &tag,
            };
            cipher::open(&self.0, &sealed)
        };
        opened().ok_or(CouldNotOpen)
    }
}

impl std::fmt::Debug for WebhookKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookKey(redacted)")
    }
}

fn signature(secret: &WebhookSignatureSecret, headers: &Headers, body: &[u8]) -> Signature {
    match (&headers.signature, &headers.timestamp) {
        (Header::Missing, _) | (_, Header::Missing) => Signature::Missing,
        (Header::Given(signature), Header::Given(time)) => {
            if milliseconds(time).is_none() {
                return Signature::Unreadable;
            }
            match sign::verify_text(secret.expose().as_bytes(), time, body, signature) {
                Some(true) => Signature::Right,
                Some(false) => Signature::Wrong,
                None => Signature::Unreadable,
            }
        }
        _ => Signature::Unreadable,
    }
}

/// Digits alone, so that one time has one text.
fn milliseconds(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn freshness(sent_ms: i64, now_ms: i64) -> Freshness {
    let apart = sent_ms.abs_diff(now_ms);
    if apart <= FRESH_MS {
        Freshness::Fresh
    } else if sent_ms < now_ms {
        Freshness::Old(apart)
    } else {
        Freshness::Ahead(apart)
    }
}

#[cfg(test)]
mod tests;
