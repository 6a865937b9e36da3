//! JSON Web Signatures, RFC 7515, in the one form used here: compact, ES256, key in the header.
//!
//! The reader takes exactly what the writer writes: header members, their order, base64url without
//! a second spelling. Anything else is refused, so no bit of a signature can change unseen.

use serde::{Deserialize, Serialize};

use crate::bytes;
use crate::key::{DeviceKey, Jwk, PublicKey};

/// Longest compact form looked at.
pub(crate) const MAX_LENGTH: usize = 4096;

/// What a signature is for; it is signed along, so one cannot stand for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A receipt, whose text stands beside the signature.
    Receipt,
    /// A file of any other form.
    Seal,
}

/// The protected header; the order of the fields is that of canonical JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Protected {
    alg: String,
    jwk: Jwk,
    kid: String,
    typ: String,
}

/// Why a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwsError {
    /// Not three parts, not base64url, or a header of another form.
    #[error("the signature is not written as one")]
    Form,
    /// The header names a key id that is not the thumbprint of the key beside it.
    #[error("the key id in the signature is not that of its key")]
    Kid,
    /// The signature is of another text or by another key.
    #[error("the signature does not fit the text")]
    Signature,
}

/// A compact JWS taken apart, its key read.
pub(crate) struct Jws<'t> {
    protected: &'t str,
    /// The payload as it stands, base64url; empty in the detached form.
    pub(crate) payload: &'t str,
    signature: Vec<u8>,
    /// The key it names.
    pub(crate) key: PublicKey,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "countersign-receipt+jws",
            Self::Seal => "countersign-seal+jws",
        }
    }
}

/// A compact JWS over the payload, the payload inside.
pub(crate) fn sign(payload: &[u8], purpose: Purpose, key: &DeviceKey) -> String {
    let (protected, payload, signature) = parts(payload, purpose, key);
    format!("{protected}.{payload}.{signature}")
}

/// A compact JWS over the payload, the payload left out (RFC 7515, appendix F).
pub(crate) fn sign_detached(payload: &[u8], purpose: Purpose, key: &DeviceKey) -> String {
    let (protected, _, signature) = parts(payload, purpose, key);
    format!("{protected}..{signature}")
}

fn parts(payload: &[u8], purpose: Purpose, key: &DeviceKey) -> (String, String, String) {
    let protected = bytes::base64url(header(purpose, key.public()).as_bytes());
    let payload = bytes::base64url(payload);
    let signature = key.sign(format!("{protected}.{payload}").as_bytes());
    (protected, payload, bytes::base64url(&signature))
}

fn header(purpose: Purpose, key: &PublicKey) -> String {
    let (jwk, kid, typ) = (key.to_jwk(), key.kid(), purpose.as_str());
    format!(r#"{{"alg":"ES256","jwk":{jwk},"kid":"{kid}","typ":"{typ}"}}"#)
}

impl<'t> Jws<'t> {
    /// Reads the compact form without checking the signature.
    pub(crate) fn parse(text: &'t str, purpose: Purpose) -> Result<Self, JwsError> {
        if text.len() > MAX_LENGTH {
            return Err(JwsError::Form);
        }
        let mut parts = text.split('.');
        let (Some(protected), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(JwsError::Form);
        };
        let signature = bytes::from_base64url(signature).ok_or(JwsError::Form)?;
        let json = bytes::from_base64url(protected).ok_or(JwsError::Form)?;
        let read: Protected = serde_json::from_slice(&json).map_err(|_| JwsError::Form)?;
        let key = PublicKey::from_jwk(&read.jwk).ok_or(JwsError::Form)?;
        if read.kid != key.kid() {
            return Err(JwsError::Kid);
        }
        if header(purpose, &key).as_bytes() != json {
            return Err(JwsError::Form);
        }
        Ok(Self {
            protected,
            payload,
            signature,
            key,
        })
    }

    /// Checks the signature over a payload that stands elsewhere.
    pub(crate) fn check_detached(&self, payload: &[u8]) -> Result<(), JwsError> {
        if !self.payload.is_empty() {
            return Err(JwsError::Form);
        }
        self.check(&bytes::base64url(payload))
    }

    /// Checks the signature over the payload inside and gives that payload.
    pub(crate) fn check_attached(&self) -> Result<Vec<u8>, JwsError> {
        let payload = bytes::from_base64url(self.payload).ok_or(JwsError::Form)?;
        self.check(self.payload)?;
        Ok(payload)
    }

    fn check(&self, payload: &str) -> Result<(), JwsError> {
        let signed = format!("{}.{payload}", self.protected);
        if self.key.verifies(signed.as_bytes(), &self.signature) {
            Ok(())
        } else {
            Err(JwsError::Signature)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DeviceKey {
        DeviceKey::from_random(&[7; 32]).unwrap()
    }

    fn holds(text: &str) -> bool {
        Jws::parse(text, Purpose::Seal).is_ok_and(|jws| jws.check_attached().is_ok())
    }

    #[test]
    fn what_is_signed_is_read_back() {
        let text = sign(b"{}", Purpose::Seal, &key());
        let jws = Jws::parse(&text, Purpose::Seal).unwrap();
        assert_eq!(jws.check_attached().unwrap(), b"{}");
        assert_eq!(&jws.key, key().public());
        let detached = sign_detached(b"{}", Purpose::Receipt, &key());
        let jws = Jws::parse(&detached, Purpose::Receipt).unwrap();
        assert_eq!(jws.check_detached(b"{}"), Ok(()));
        assert_eq!(jws.check_detached(b"[]"), Err(JwsError::Signature));
        assert!(
            Jws::parse(&detached, Purpose::Seal).is_err(),
            "of another purpose"
        );
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let text = sign(b"{}", Purpose::Seal, &key());
        assert!(holds(&text));
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut changed = text.clone().into_bytes();
                changed[at] ^= 1 << bit;
                let Ok(changed) = String::from_utf8(changed) else {
                    continue;
                };
                assert!(!holds(&changed), "bit {bit} of byte {at}: {changed}");
            }
        }
    }

    #[test]
    fn another_key_cannot_borrow_the_id() {
        let other = DeviceKey::from_random(&[8; 32]).unwrap();
        let header = header(Purpose::Seal, other.public())
            .replace(other.public().kid(), key().public().kid());
        let signed = format!("{}.e30", bytes::base64url(header.as_bytes()));
        let signature = bytes::base64url(&other.sign(signed.as_bytes()));
        let text = format!("{signed}.{signature}");
        assert_eq!(Jws::parse(&text, Purpose::Seal).err(), Some(JwsError::Kid));
    }
}
