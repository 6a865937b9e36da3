//! The device key that signs receipts, and the public key that checks them.
//!
//! Left out: where the private key rests (the shell's keyring) and where its random bytes come from.

use std::fmt;

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePublicKey, EncodePublicKey, LineEnding};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::bytes;

/// Longest file with a public key that is looked at.
const MAX_KEY_BYTES: usize = 16 * 1024;

/// A P-256 private key. Wiped when dropped, redacted in `Debug`, cannot be serialised.
pub struct DeviceKey {
    signing: SigningKey,
    public: PublicKey,
}

/// A P-256 public key and what it is named by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    verifying: VerifyingKey,
    jwk: Jwk,
    kid: String,
}

/// A public key as RFC 7517 writes it; the order of the fields is that of canonical JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Jwk {
    crv: String,
    kty: String,
    x: String,
    y: String,
}

/// Why bytes are not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The random bytes are no private key of P-256: once in four thousand million times.
    #[error("these random bytes make no key: take others")]
    Random,
    /// The stored text is no device key.
    #[error("what is stored is not a device key")]
    Stored,
    /// The file is no public key.
    #[error("this is not a P-256 public key: give one as JWK or as PEM")]
    Public,
    /// The file holds a private key.
    #[error("this is a private key: give the public one, and tell nobody of this file")]
    Private,
}

impl DeviceKey {
    /// The key that 32 random bytes make.
    ///
    /// # Errors
    /// [`KeyError::Random`] when they make none.
    pub fn from_random(random: &[u8; 32]) -> Result<Self, KeyError> {
        let signing = SigningKey::from_slice(random).map_err(|_| KeyError::Random)?;
        let public = PublicKey::new(*signing.verifying_key()).ok_or(KeyError::Random)?;
        Ok(Self { signing, public })
    }

    /// The key as one line of 43 characters, to be kept secret.
    #[must_use]
    pub fn to_stored(&self) -> Zeroizing<String> {
        let scalar = Zeroizing::new(<[u8; 32]>::from(self.signing.to_bytes()));
        Zeroizing::new(bytes::base64url(&*scalar))
    }

    /// Reads what [`to_stored`](Self::to_stored) wrote.
    ///
    /// # Errors
    /// [`KeyError::Stored`] when it is something else.
    pub fn from_stored(text: &str) -> Result<Self, KeyError> {
        let scalar = Zeroizing::new(bytes::from_base64url(text).ok_or(KeyError::Stored)?);
        let scalar: &[u8; 32] = scalar.as_slice().try_into().map_err(|_| KeyError::Stored)?;
        Self::from_random(scalar).map_err(|_| KeyError::Stored)
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The ES256 signature: r and s, 64 bytes. The same text gives the same signature (RFC 6979), and
    /// s is the lower of the two that fit.
    pub(crate) fn sign(&self, text: &[u8]) -> [u8; 64] {
        let signature: Signature = self.signing.sign(text);
        signature.normalize_s().to_bytes().into()
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceKey")
            .field("kid", &self.public.kid)
            .finish_non_exhaustive()
    }
}

impl PublicKey {
    fn new(verifying: VerifyingKey) -> Option<Self> {
        let point = verifying.to_sec1_point(false);
        let jwk = Jwk {
            crv: "P-256".to_owned(),
            kty: "EC".to_owned(),
            x: bytes::base64url(point.x()?),
            y: bytes::base64url(point.y()?),
        };
        let kid = bytes::base64url(&bytes::sha256(jwk.canonical().as_bytes()));
        Some(Self {
            verifying,
            jwk,
            kid,
        })
    }

    pub(crate) fn from_jwk(jwk: &Jwk) -> Option<Self> {
        if jwk.crv != "P-256" || jwk.kty != "EC" {
            return None;
        }
        let (x, y) = (
            bytes::from_base64url(&jwk.x)?,
            bytes::from_base64url(&jwk.y)?,
        );
        if x.len() != 32 || y.len() != 32 {
            return None;
        }
        let point = [&[4], x.as_slice(), y.as_slice()].concat();
        Self::new(VerifyingKey::from_sec1_bytes(&point).ok()?)
    }

    /// Reads the public key in a file: a JWK (more members than needed may be there) or PEM.
    ///
    /// # Errors
    /// [`KeyError`] when there is none, or a private one.
    pub fn parse(file: &[u8]) -> Result<Self, KeyError> {
        /// A JWK by others: only what makes the key counts.
        #[derive(Deserialize)]
        struct Foreign {
            crv: String,
            kty: String,
            x: String,
            y: String,
        }
        if file.len() > MAX_KEY_BYTES {
            return Err(KeyError::Public);
        }
        let text = std::str::from_utf8(file)
            .map_err(|_| KeyError::Public)?
            .trim();
        if text.contains("PRIVATE KEY-----") {
            return Err(KeyError::Private);
        }
        if text.starts_with("-----") {
            let key = VerifyingKey::from_public_key_pem(text).map_err(|_| KeyError::Public)?;
            return Self::new(key).ok_or(KeyError::Public);
        }
        let members: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text).map_err(|_| KeyError::Public)?;
        if members.contains_key("d") {
            return Err(KeyError::Private);
        }
        let Foreign { crv, kty, x, y } =
            serde_json::from_value(members.into()).map_err(|_| KeyError::Public)?;
        Self::from_jwk(&Jwk { crv, kty, x, y }).ok_or(KeyError::Public)
    }

    /// The key's id: its RFC 7638 thumbprint with SHA-256, base64url, 43 characters.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The thumbprint for people to compare: upper-case hex in 16 groups of four.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hex = bytes::hex(&bytes::sha256(self.to_jwk().as_bytes())).to_uppercase();
        let groups: Vec<&str> = (0..16)
            .map(|group| &hex[group * 4..group * 4 + 4])
            .collect();
        groups.join(" ")
    }

    /// The key as a JWK: one line of canonical JSON, of which the thumbprint is made.
    #[must_use]
    pub fn to_jwk(&self) -> String {
        self.jwk.canonical()
    }

    /// The key as PEM (SubjectPublicKeyInfo), as OpenSSL reads it.
    #[must_use]
    pub fn to_pem(&self) -> String {
        #[expect(clippy::expect_used, reason = "a point on the curve always has a SPKI")]
        self.verifying
            .to_public_key_pem(LineEnding::LF)
            .expect("a point on the curve has a SPKI")
    }

    /// Whether the signature, r and s in 64 bytes, is one of the text and in the one spelling that
    /// [`DeviceKey`] gives: the twin with the other s is refused.
    pub(crate) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        use p256::ecdsa::signature::Verifier;
        let Ok(signature) = Signature::from_slice(signature) else {
            return false;
        };
        signature.normalize_s() == signature && self.verifying.verify(text, &signature).is_ok()
    }
}

impl Jwk {
    fn canonical(&self) -> String {
        // The four values are base64url or fixed, so nothing needs an escape.
        let Self { crv, kty, x, y } = self;
        format!(r#"{{"crv":"{crv}","kty":"{kty}","x":"{x}","y":"{y}"}}"#)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DeviceKey {
        DeviceKey::from_random(&[7; 32]).unwrap()
    }

    #[test]
    fn a_key_is_stored_and_read_back_and_shows_nothing() {
        let stored = key().to_stored();
        assert_eq!(stored.len(), 43);
        let back = DeviceKey::from_stored(&stored).unwrap();
        assert_eq!(back.public(), key().public());
        assert!(!format!("{back:?}").contains(&*stored), "{back:?}");
        for wrong in ["", "AAAA", &"A".repeat(43), &"_".repeat(43)] {
            assert_eq!(DeviceKey::from_stored(wrong).unwrap_err(), KeyError::Stored);
        }
        let none = DeviceKey::from_random(&[0; 32]).unwrap_err();
        assert_eq!(none, KeyError::Random);
    }

    #[test]
    fn the_thumbprint_is_that_of_rfc_7638() {
        let jwk = key().public().to_jwk();
        assert!(
            jwk.starts_with(r#"{"crv":"P-256","kty":"EC","x":""#),
            "{jwk}"
        );
        let hash = bytes::sha256(jwk.as_bytes());
        assert_eq!(key().public().kid(), bytes::base64url(&hash));
        let fingerprint = key().public().fingerprint();
        assert_eq!(
            fingerprint.replace(' ', "").to_lowercase(),
            bytes::hex(&hash)
        );
        assert_eq!(fingerprint.len(), 79);
    }

    #[test]
    fn a_public_key_is_read_from_each_form_it_is_written_in() {
        let public = key().public().clone();
        let more = public
            .to_jwk()
            .replace("{\"crv\"", "{\"use\":\"sig\", \"crv\"");
        for form in [public.to_jwk(), public.to_pem(), more] {
            assert_eq!(
                PublicKey::parse(form.as_bytes()),
                Ok(public.clone()),
                "{form}"
            );
        }
        let private = public.to_jwk().replace('}', r#","d":"AAAA"}"#);
        assert_eq!(PublicKey::parse(private.as_bytes()), Err(KeyError::Private));
        let pem = b"-----BEGIN PRIVATE KEY-----\n";
        assert_eq!(PublicKey::parse(pem), Err(KeyError::Private));
        let off = Jwk {
            y: bytes::base64url(&[1; 32]),
            ..public.jwk.clone()
        }
        .canonical();
        for wrong in ["", "{}", "-----BEGIN PUBLIC KEY-----", "\u{0}", "[]", &off] {
            assert_eq!(
                PublicKey::parse(wrong.as_bytes()),
                Err(KeyError::Public),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_signature_has_no_twin() {
        let (key, text) = (key(), b"text");
        let signature = key.sign(text);
        assert_eq!(signature, key.sign(text));
        assert!(key.public().verifies(text, &signature));
        assert!(!key.public().verifies(b"other", &signature));
        let low = Signature::from_slice(&signature).unwrap();
        let twin = Signature::from_scalars(low.r().to_bytes(), (-*low.s()).to_bytes()).unwrap();
        assert!(
            p256::ecdsa::signature::Verifier::verify(&key.public().verifying, text, &twin).is_ok(),
            "it is a signature for any other library"
        );
        assert!(!key.public().verifies(text, &twin.to_bytes()));
        assert!(!key.public().verifies(text, &[]));
    }
}
