//! Who calls: the API key, the timestamp and the signature, in this order, before anything else
//! is looked at. Failures are 401, except a body that is too large (413).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use humanos::secret::{ApiKey, SecretError, SignatureSecret};
use humanos::sign;
use sha2::{Digest, Sha256};

use crate::practice::Practice;
use crate::refusal::Refusal;
use crate::server::{Arrived, Shared, Skew};
use crate::versions::Version;

/// How far `X-Timestamp` may be from the server's clock, in milliseconds.
const TOLERANCE_MS: u64 = 5 * 60 * 1000;

/// What callers prove that they know.
pub(crate) struct Keys {
    api_key_digest: [u8; 32],
    secret: SignatureSecret,
}

impl Keys {
    /// Takes a pair over.
    pub(crate) fn read(practice: Practice) -> Result<Self, SecretError> {
        let key = ApiKey::parse(practice.api_key)?;
        let secret = SignatureSecret::parse(practice.signature_secret)?;
        Ok(Self {
            api_key_digest: digest(key.expose()),
            secret,
        })
    }

    /// The time this takes says nothing about the key: digests are compared, to the end.
    fn accept(&self, api_key: &str) -> bool {
        let given = digest(api_key);
        let differing = given
            .iter()
            .zip(self.api_key_digest)
            .fold(0, |bits, (a, b)| bits | (a ^ b));
        std::hint::black_box(differing) == 0
    }
}

/// Lets a call through that proves who calls and names a version; hands on body and version.
pub(crate) async fn guard(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    let arrived = request
        .extensions_mut()
        .remove::<Arrived>()
        .unwrap_or(Arrived::Cut);
    let skew = request.extensions().get::<Skew>();
    let now = shared.now().saturating_add(skew.map_or(0, |Skew(ms)| *ms));
    let headers = request.headers();
    let passed = authenticate(&shared.keys, headers, arrived, now)
        .and_then(|body| Ok((Version::resolve(headers, now)?, body)));
    match passed {
        Ok((version, body)) => {
            request.extensions_mut().insert(version);
            request.extensions_mut().insert(body);
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// The value of a header that must come exactly once and be visible ASCII.
pub(crate) fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn authenticate(
    keys: &Keys,
    headers: &HeaderMap,
    arrived: Arrived,
    now: i64,
) -> Result<axum::body::Bytes, Refusal> {
    let unauthorized = |message: &str| Refusal::new(401, message);
    let key = only(headers, header::AUTHORIZATION.as_str())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(|| unauthorized("Authorization must be sent once, as: Bearer <API key>"))?;
    if !keys.accept(key) {
        return Err(unauthorized("Invalid API key"));
    }
    let timestamp = only(headers, "x-timestamp")
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse::<i64>().ok())
        .ok_or_else(|| unauthorized("X-Timestamp must be sent once, in Unix milliseconds"))?;
    if timestamp.abs_diff(now) > TOLERANCE_MS {
        return Err(unauthorized(
            "X-Timestamp is more than 5 minutes from the server's clock",
        ));
    }
    let body = match arrived {
        Arrived::Whole(body) => body,
        Arrived::TooLarge => return Err(Refusal::new(413, "request entity too large")),
        Arrived::Cut => return Err(Refusal::new(400, "request aborted")),
    };
    let signature = only(headers, "x-signature")
        .ok_or_else(|| unauthorized("X-Signature must be sent once"))?;
    if !sign::verify(&keys.secret, timestamp, &body, signature) {
        return Err(unauthorized("Invalid signature"));
    }
    Ok(body)
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}
