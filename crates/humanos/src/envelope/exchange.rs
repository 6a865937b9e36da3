//! The exchange of keys: ours, theirs in every form that a message may carry it, and the secret of both.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePublicKey};
use p256::{PublicKey, SecretKey};
use zeroize::Zeroizing;

use super::encoding::Encoding;
use super::tree::{Members, member};

/// Longest public key looked at, in bytes; an SPKI of P-256 takes 91.
const MAX_KEY: usize = 256;

/// The private half of a key pair. Wiped when dropped; `Debug` does not show it.
#[derive(Clone)]
pub struct PrivateKey {
    secret: SecretKey,
    public: PublicKey,
}

/// Why bytes are no private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a P-256 private key in PKCS#8 form")]
pub struct PrivateKeyError;

/// How a public key can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyForm {
    /// DER SPKI.
    Spki,
    /// The point of SEC 1, compressed or not.
    Point,
    /// A JSON Web Key.
    Jwk,
}

/// A public key as bytes, for salts and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Spki,
    Point,
}

impl PrivateKey {
    /// Reads DER PKCS#8, as [`KeyPair`](crate::keys::KeyPair) writes it.
    ///
    /// # Errors
    /// [`PrivateKeyError`] for anything else.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, PrivateKeyError> {
        let secret = SecretKey::from_pkcs8_der(der).map_err(|_| PrivateKeyError)?;
        let public = secret.public_key();
        Ok(Self { secret, public })
    }

    /// The public half as requests carry it: base64 of the DER SPKI.
    #[must_use]
    pub fn pub_key(&self) -> String {
        STANDARD.encode(written(&self.public, Written::Spki))
    }

    pub(super) const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The secret that both sides share: the x coordinate, 32 bytes.
    pub(super) fn agree(&self, theirs: &PublicKey) -> Zeroizing<[u8; 32]> {
        let shared = self.secret.diffie_hellman(theirs);
        Zeroizing::new((*shared.raw_secret_bytes()).into())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(redacted)")
    }
}

/// A public key out of its bytes; a JWK has none. The point is on the curve and not the identity.
pub(super) fn from_bytes(form: KeyForm, bytes: &[u8]) -> Option<PublicKey> {
    if bytes.len() > MAX_KEY {
        return None;
    }
    match form {
        KeyForm::Spki => PublicKey::from_public_key_der(bytes).ok(),
        KeyForm::Point => PublicKey::from_sec1_bytes(bytes).ok(),
        KeyForm::Jwk => None,
    }
}

/// A public key out of a JWK: `kty`, `crv`, `x` and `y`. What else it says of its use is left alone.
pub(super) fn from_jwk(jwk: &Members<'_>) -> Option<PublicKey> {
    let text = |name| member(jwk, name).and_then(|node| node.text());
    if text("kty") != Some("EC") || text("crv") != Some("P-256") {
        return None;
    }
    let mut point = vec![4];
    for name in ["x", "y"] {
        let coordinate = Encoding::Base64Url.read(text(name)?)?;
        if coordinate.len() != 32 {
            return None;
        }
        point.extend_from_slice(&coordinate);
    }
    from_bytes(KeyForm::Point, &point)
}

/// A public key as bytes; a point is not compressed.
pub(super) fn written(key: &PublicKey, how: Written) -> Vec<u8> {
    match how {
        Written::Spki => key
            .to_public_key_der()
            .map(|der| der.as_bytes().to_vec())
            .unwrap_or_default(),
        Written::Point => key.to_sec1_bytes().into_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyPair;

    #[test]
    fn a_private_key_is_read_and_not_shown() {
        let pair = KeyPair::generate().unwrap();
        let key = PrivateKey::from_pkcs8(&pair.private_pkcs8).unwrap();
        assert_eq!(key.pub_key(), pair.pub_key);
        assert_eq!(written(key.public(), Written::Point).len(), 65);
        assert_eq!(format!("{key:?}"), "PrivateKey(redacted)");
        let mut bad = pair.private_pkcs8.to_vec();
        bad.pop();
        assert!(PrivateKey::from_pkcs8(&bad).is_err());
        assert!(PrivateKey::from_pkcs8(&[]).is_err());
    }

    #[test]
    fn points_that_are_none_are_refused() {
        let pair = KeyPair::generate().unwrap();
        let key = PrivateKey::from_pkcs8(&pair.private_pkcs8).unwrap();
        let point = written(key.public(), Written::Point);
        assert!(from_bytes(KeyForm::Point, &point).is_some());
        let mut off = point.clone();
        off[64] ^= 1;
        let mut hybrid = point.clone();
        hybrid[0] = 6 + (point[64] & 1);
        let above = [[2].as_slice(), &[0xff; 32]].concat();
        let long = vec![4; 50_000_000];
        for bad in [&[][..], &[0], &off, &hybrid, &above, &point[..64], &long] {
            assert!(from_bytes(KeyForm::Point, bad).is_none());
            assert!(from_bytes(KeyForm::Spki, bad).is_none());
        }
    }
}
