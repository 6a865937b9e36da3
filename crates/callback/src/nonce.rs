//! The part of an address that cannot be guessed.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 32 bytes and their text.
const BYTES: usize = 32;
const TEXT: usize = 43;

/// 256 bits as base64url without padding, 43 characters. `Debug` shows only how it begins.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nonce(String);

/// A text that is no nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a nonce: 43 characters of base64url")]
pub struct NotANonce;

impl Nonce {
    /// From bytes that nobody can foretell.
    #[must_use]
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a nonce. Each has one text only.
    ///
    /// # Errors
    /// [`NotANonce`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotANonce> {
        if text.len() != TEXT {
            return Err(NotANonce);
        }
        // The engine refuses a last character with bits left over.
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotANonce)?;
        (bytes.len() == BYTES)
            .then(|| Self(text.to_owned()))
            .ok_or(NotANonce)
    }

    /// As it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nonce({}…)", &self.0[..4])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_has_one_text() {
        let nonce = Nonce::from_bytes([0xff; 32]);
        assert_eq!(nonce.as_str().len(), TEXT);
        assert_eq!(Nonce::parse(nonce.as_str()), Ok(nonce.clone()));
        // The same bytes with other bits left over.
        let twin = nonce.as_str().replace('8', "9");
        assert_ne!(twin, nonce.as_str());
        assert_eq!(Nonce::parse(&twin), Err(NotANonce));
        assert!(!format!("{nonce:?}").contains(nonce.as_str()));
    }

    #[test]
    fn other_texts_are_none() {
        let long = "A".repeat(44);
        let odd = format!("{}+", "A".repeat(42));
        let wide = "é".repeat(22);
        for text in ["", "A", &long, &odd, &wide[..43 - 1], "../../etc/passwd"] {
            assert_eq!(Nonce::parse(text), Err(NotANonce), "{text}");
        }
    }
}
