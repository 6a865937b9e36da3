//! The signature of a call: lower-case hex HMAC-SHA256 over the timestamp and the body.
//!
//! Method, path and headers are not covered. An empty body and a body of exactly `{}` are
//! signed as if there were none, as the official clients do.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::secret::{SignatureSecret, hex};

/// The value of `X-Signature` for a body sent at `timestamp_ms` (Unix milliseconds).
#[must_use]
pub fn sign(secret: &SignatureSecret, timestamp_ms: i64, body: &[u8]) -> String {
    let key = secret.expose().as_bytes();
    let mac = signed(key, &timestamp_ms.to_string(), body);
    hex(&mac.finalize().into_bytes())
}

/// Whether `signature_hex` (lower-case) signs `body` at `timestamp_ms`. Takes the same time for
/// every wrong signature of the right form.
#[must_use]
pub fn verify(
    secret: &SignatureSecret,
    timestamp_ms: i64,
    body: &[u8],
    signature_hex: &str,
) -> bool {
    let key = secret.expose().as_bytes();
    verify_text(key, &timestamp_ms.to_string(), body, signature_hex) == Some(true)
}

/// [`verify`] for a time as it was written and the bytes of any key. `None` if the signature is not
/// of the right form.
pub(crate) fn verify_text(
    key: &[u8],
    timestamp: &str,
    body: &[u8],
    signature_hex: &str,
) -> Option<bool> {
    let given = unhex(signature_hex)?;
    let mac = signed(key, timestamp, body);
    Some(mac.verify_slice(&given).is_ok())
}

fn signed(key: &[u8], timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = mac(key);
    mac.update(timestamp.as_bytes());
    if !body.is_empty() && body != b"{}" {
        mac.update(b".");
        mac.update(body);
    }
    mac
}

/// HMAC-SHA256 with a key of any length.
pub(crate) fn mac(key: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    Hmac::<Sha256>::new_from_slice(key).expect("any key length")
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Vectors {
        secret_utf8: String,
        timestamp_ms: i64,
        sign: Vec<Vector>,
    }

    #[derive(Deserialize)]
    struct Vector {
        name: String,
        wire_body: String,
        x_signature: String,
    }

    fn secret(text: &str) -> SignatureSecret {
        SignatureSecret::parse(text.to_owned()).unwrap()
    }

    #[test]
    fn published_vectors_hold() {
        let vectors: Vectors =
            serde_json::from_str(include_str!("../tests/data/vectors.json")).unwrap();
        let secret = secret(&vectors.secret_utf8);
        assert_eq!(vectors.sign.len(), 6);
        for vector in vectors.sign {
            let body = vector.wire_body.as_bytes();
            assert_eq!(
                sign(&secret, vectors.timestamp_ms, body),
                vector.x_signature,
                "{}",
                vector.name
            );
            assert!(verify(
                &secret,
                vectors.timestamp_ms,
                body,
                &vector.x_signature
            ));
        }
    }

    #[test]
    fn verify_refuses_other_forms() {
        let secret = secret("test-signature-secret");
        let signature = sign(&secret, 1, b"[]");
        assert!(verify(&secret, 1, b"[]", &signature));
        assert!(!verify(&secret, 1, b"[]", &signature.to_uppercase()));
        assert!(!verify(&secret, 1, b"[]", &signature[..62]));
        assert!(!verify(&secret, 1, b"[]", ""));
        assert!(!verify(&secret, 1, b"[]", &"é".repeat(32)));
    }

    proptest! {
        #[test]
        fn what_is_signed_verifies_and_nothing_else(
            key in "[!-~]{1,80}",
            other_key in "[!-~]{1,80}",
            at in 0i64..4_102_444_800_000,
            body in proptest::collection::vec(any::<u8>(), 0..300),
            flip in any::<proptest::sample::Index>(),
        ) {
            let secret = secret(&key);
            let signature = sign(&secret, at, &body);
            prop_assert_eq!(signature.len(), 64);
            prop_assert!(signature.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
            prop_assert!(verify(&secret, at, &body, &signature));
            prop_assert!(!verify(&secret, at + 1, &body, &signature));
            // HMAC pads keys with zero bytes, which no key here contains.
            if key != other_key {
                let other = SignatureSecret::parse(other_key).unwrap();
                prop_assert!(!verify(&other, at, &body, &signature));
            }
            if !body.is_empty() && body != b"{}" {
                let mut changed = body.clone();
                changed[flip.index(body.len())] ^= 1;
                if changed != b"{}" {
                    prop_assert!(!verify(&secret, at, &changed, &signature));
                }
            }
        }
    }
}
