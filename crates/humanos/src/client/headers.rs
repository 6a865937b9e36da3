//! The headers of a call, made in one place so that the preview cannot drift from what is sent.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::ApiCredentials;
use crate::secret::IdempotencyKey;
use crate::sign::sign;
use crate::version::ApiVersion;

const USER_AGENT: &str = concat!("countersign/", env!("CARGO_PKG_VERSION"));

/// What stands in the three headers that prove a call.
pub(super) enum Proof<'a> {
    /// Secrets masked.
    Preview,
    /// The real thing.
    Sent { timestamp_ms: i64, body: &'a [u8] },
}

pub(super) struct Header {
    pub(super) name: &'static str,
    pub(super) value: String,
    secret: bool,
}

/// All headers in order. A call with an idempotency key has a body.
pub(super) fn of_call(
    credentials: &ApiCredentials,
    version: &ApiVersion,
    key: Option<&IdempotencyKey>,
    proof: &Proof<'_>,
) -> Vec<Header> {
    let (authorization, timestamp, signature) = match *proof {
        Proof::Preview => (
            format!("Bearer ••••••{}", credentials.api_key.hint()),
            "set when sent".to_owned(),
            "HMAC-SHA256, set when sent".to_owned(),
        ),
        Proof::Sent { timestamp_ms, body } => (
            format!("Bearer {}", credentials.api_key.expose()),
            timestamp_ms.to_string(),
            sign(&credentials.signature_secret, timestamp_ms, body),
        ),
    };
    let mut headers = vec![
        Header::secret("Authorization", authorization),
        Header::plain("X-Timestamp", timestamp),
        Header::secret("X-Signature", signature),
        Header::plain("API-Version", version.as_str().to_owned()),
    ];
    if let Some(key) = key {
        headers.push(Header::plain("Idempotency-Key", key.as_str().to_owned()));
        headers.push(Header::plain("Content-Type", "application/json".to_owned()));
    }
    headers.push(Header::plain("Accept", "application/json".to_owned()));
    headers.push(Header::plain("User-Agent", USER_AGENT.to_owned()));
    headers
}

/// The headers for the HTTP library, or the name of one that it cannot carry.
pub(super) fn map(headers: Vec<Header>) -> Result<HeaderMap, &'static str> {
    let mut map = HeaderMap::with_capacity(headers.len());
    for header in headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|_| header.name)?;
        let mut value = HeaderValue::from_str(&header.value).map_err(|_| header.name)?;
        value.set_sensitive(header.secret);
        map.insert(name, value);
    }
    Ok(map)
}

impl Header {
    fn plain(name: &'static str, value: String) -> Self {
        Self {
            name,
            value,
            secret: false,
        }
    }

    fn secret(name: &'static str, value: String) -> Self {
        Self {
            name,
            value,
            secret: true,
        }
    }
}
