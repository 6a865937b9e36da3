//! The P-256 key pair that a request may register for encrypted answers.
//!
//! Makes pairs and judges public keys. Opening what was sealed with them is done by [`envelope`](crate::envelope).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::elliptic_curve::Generate;
use p256::pkcs8::{DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use zeroize::Zeroizing;

/// Longest text looked at; a P-256 SPKI takes 124 characters.
const MAX_PUB_KEY: usize = 4096;

/// A fresh pair.
pub struct KeyPair {
    /// Base64 of the DER SPKI, as the field `pubKey` wants it.
    pub pub_key: String,
    /// The private half as DER PKCS#8.
    pub private_pkcs8: Zeroizing<Vec<u8>>,
}

/// Why no pair could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyPairError {
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random,
    /// The key could not be written down.
    #[error("the key could not be written as DER")]
    Write,
}

/// Why a text is not a public key that Humanos can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PubKeyError {
    /// PEM armour around the key.
    #[error("this is PEM: leave out the BEGIN and END lines and the line breaks")]
    Pem,
    /// A private key was pasted.
    #[error("this is a private key: it must not leave this computer")]
    Private,
    /// Not standard base64 with padding.
    #[error("this is not standard base64")]
    Base64,
    /// Longer than any P-256 key.
    #[error("this is too long for a P-256 public key")]
    TooLong,
    /// Base64, but no P-256 SPKI or a point off the curve.
    #[error("this is not a P-256 public key in SPKI form")]
    NotP256,
}

impl KeyPair {
    /// Makes a pair with the operating system's randomness.
    ///
    /// # Errors
    /// [`KeyPairError`] if there is no randomness or the key cannot be written.
    pub fn generate() -> Result<Self, KeyPairError> {
        let secret = p256::SecretKey::try_generate().map_err(|_| KeyPairError::Random)?;
        let spki = secret
            .public_key()
            .to_public_key_der()
            .map_err(|_| KeyPairError::Write)?;
        let private = secret.to_pkcs8_der().map_err(|_| KeyPairError::Write)?;
        Ok(Self {
            pub_key: STANDARD.encode(spki.as_bytes()),
            private_pkcs8: Zeroizing::new(private.as_bytes().to_vec()),
        })
    }
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyPair")
            .field("pub_key", &self.pub_key)
            .finish_non_exhaustive()
    }
}

/// Judges the text of the field `pubKey`.
///
/// # Errors
/// [`PubKeyError`] unless it is base64 of a DER SPKI with a point on P-256.
pub fn check_pub_key(text: &str) -> Result<(), PubKeyError> {
    if text.contains("PRIVATE KEY-----") {
        return Err(PubKeyError::Private);
    }
    if text.contains("-----") {
        return Err(PubKeyError::Pem);
    }
    if text.len() > MAX_PUB_KEY {
        return Err(PubKeyError::TooLong);
    }
    let der = Zeroizing::new(STANDARD.decode(text).map_err(|_| PubKeyError::Base64)?);
    if p256::PublicKey::from_public_key_der(&der).is_ok() {
        return Ok(());
    }
    if is_private(&der) {
        Err(PubKeyError::Private)
    } else {
        Err(PubKeyError::NotP256)
    }
}

fn is_private(der: &[u8]) -> bool {
    use p256::pkcs8::DecodePrivateKey;
    p256::SecretKey::from_pkcs8_der(der).is_ok() || p256::SecretKey::from_sec1_der(der).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_pair_belongs_together_and_passes() {
        use p256::pkcs8::DecodePrivateKey;
        let pair = KeyPair::generate().unwrap();
        assert!(
            pair.pub_key
                .starts_with("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"),
            "{}",
            pair.pub_key
        );
        assert_eq!(check_pub_key(&pair.pub_key), Ok(()));
        let secret = p256::SecretKey::from_pkcs8_der(&pair.private_pkcs8).unwrap();
        let public = secret.public_key().to_public_key_der().unwrap();
        assert_eq!(STANDARD.encode(public.as_bytes()), pair.pub_key);
        assert_ne!(pair.pub_key, KeyPair::generate().unwrap().pub_key);
        assert!(!format!("{pair:?}").contains("private"));
    }

    #[test]
    fn wrong_keys_are_told_apart() {
        let pair = KeyPair::generate().unwrap();
        let mut off_curve = STANDARD.decode(&pair.pub_key).unwrap();
        *off_curve.last_mut().unwrap() ^= 1;
        assert_eq!(
            check_pub_key(&STANDARD.encode(&off_curve)),
            Err(PubKeyError::NotP256)
        );
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----",
            pair.pub_key
        );
        assert_eq!(check_pub_key(&pem), Err(PubKeyError::Pem));
        let private = STANDARD.encode(&*pair.private_pkcs8);
        assert_eq!(check_pub_key(&private), Err(PubKeyError::Private));
        assert_eq!(check_pub_key("MFkw EwY"), Err(PubKeyError::Base64));
        assert_eq!(
            check_pub_key("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"),
            Err(PubKeyError::NotP256)
        );
        assert_eq!(check_pub_key(&"A".repeat(5000)), Err(PubKeyError::TooLong));
        // The raw point without its SPKI frame.
        let raw = STANDARD.decode(&pair.pub_key).unwrap()[26..].to_vec();
        assert_eq!(
            check_pub_key(&STANDARD.encode(raw)),
            Err(PubKeyError::NotP256)
        );
    }

    #[test]
    fn another_curve_is_refused() {
        // A secp256k1 SPKI: the same length and form, another curve.
        let k1 = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEeb5mfvncu6xVoGKVzocLBwKb/NstzijZWfKBWxb4F5hIOtp3JqPEZV2k+/wOEQio/Re0SKaFVBmcR9CP+xDUuA==";
        assert_eq!(check_pub_key(k1), Err(PubKeyError::NotP256));
    }
}
