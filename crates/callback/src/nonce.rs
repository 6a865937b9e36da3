//! What tells one return from another.

use std::fmt;

const BYTES: usize = 32;
const CHARS: usize = 43;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// So many characters are shown where the whole would be too much.
const SHOWN: usize = 6;

/// 32 bytes that nobody can guess, written as 43 characters of base64url without padding.
///
/// Whoever knows it can send a return, so `Debug` shows its beginning only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nonce([u8; CHARS]);

impl Nonce {
    /// The nonce of these bytes, which must come from a secure source.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut text = [0; CHARS];
        let mut at = 0;
        while at < CHARS {
            let bit = at * 6;
            let high = bytes[bit / 8] as usize;
            let low = if bit / 8 + 1 < BYTES {
                bytes[bit / 8 + 1] as usize
            } else {
                0
            };
            let six = ((high << 8 | low) >> (10 - bit % 8)) & 63;
            text[at] = ALPHABET[six];
            at += 1;
        }
        Self(text)
    }

    /// Reads a nonce as [`Nonce::as_str`] writes it, and in no other way.
    ///
    /// # Errors
    /// [`NotANonce`] if it has another length or another character, or says more than 32 bytes.
    pub fn parse(text: &str) -> Result<Self, NotANonce> {
        let text: [u8; CHARS] = text.as_bytes().try_into().map_err(|_| NotANonce)?;
        if !text.iter().all(|char| ALPHABET.contains(char)) {
            return Err(NotANonce);
        }
        // 43 characters carry 258 bits; the last two say nothing, so there is but one way to write them.
        let last = text[CHARS - 1];
        let canonical = ALPHABET.iter().step_by(4).any(|char| *char == last);
        canonical.then_some(Self(text)).ok_or(NotANonce)
    }

    /// Its 43 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Both ways to make one use the alphabet only, so there is nothing to default.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nonce({}…)", &self.as_str()[..SHOWN])
    }
}

/// The text is no nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a nonce, which is 32 bytes as 43 characters of base64url")]
pub struct NotANonce;

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::*;

    const ZEROS: Nonce = Nonce::from_bytes([0; 32]);

    proptest! {
        #[test]
        fn bytes_are_written_as_others_write_them(bytes: [u8; 32]) {
            let nonce = Nonce::from_bytes(bytes);
            prop_assert_eq!(nonce.as_str(), URL_SAFE_NO_PAD.encode(bytes));
            prop_assert_eq!(nonce.to_string(), nonce.as_str());
            prop_assert_eq!(Nonce::parse(nonce.as_str()), Ok(nonce));
        }

        #[test]
        fn texts_are_read_as_others_read_them(text in "[A-Za-z0-9_-]{43}") {
            let bytes = URL_SAFE_NO_PAD.decode(&text);
            prop_assert_eq!(Nonce::parse(&text).is_ok(), bytes.is_ok());
            if let Ok(bytes) = bytes {
                let nonce = Nonce::from_bytes(bytes.try_into().unwrap());
                prop_assert_eq!(nonce.as_str(), text);
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            prop_assert_eq!(Nonce::parse(&text), Err(NotANonce));
        }
    }

    #[test]
    fn what_is_written_in_another_way_is_none() {
        let text = ZEROS.as_str();
        assert_eq!(text, "A".repeat(43));
        for other in [
            "",
            &text[1..],
            &format!("{text}A"),
            &format!("{text}="),
            &format!("{}B", &text[1..]),
            &format!("{}+", &text[1..]),
            &format!("{}/", &text[1..]),
            &format!("{} ", &text[1..]),
            &format!("{}\n", &text[1..]),
            &format!("é{}", &text[2..]),
        ] {
            assert_eq!(Nonce::parse(other), Err(NotANonce), "{other}");
        }
        assert!(Nonce::parse(&format!("{}E", &text[1..])).is_ok());
    }

    #[test]
    fn debug_does_not_give_it_away() {
        assert_eq!(format!("{ZEROS:?}"), "Nonce(AAAAAA…)");
    }
}
