//! The secrets of a connection and of its webhooks, and the idempotency key of a request.
//!
//! Secrets are checked once, on the way in. They redact `Debug`, cannot be serialised and are
//! wiped when dropped. Where they are kept is the caller's business.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Longest secret accepted, in bytes; a header must hold it.
const MAX_SECRET: usize = 4096;

/// Why a text is not a secret that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SecretError {
    /// Nothing was given.
    #[error("the secret is empty")]
    Empty,
    /// A space, tab or line break, at an end or inside.
    #[error("the secret contains a space or a line break")]
    Whitespace,
    /// A control character.
    #[error("the secret contains a control character")]
    Control,
    /// An API key travels in a header and must be visible ASCII.
    #[error("the API key contains a character that no header can carry")]
    NotAscii,
    /// Longer than 4096 bytes.
    #[error("the secret is longer than {MAX_SECRET} bytes")]
    TooLong,
    /// An encryption secret is base64.
    #[error("the encryption secret is not standard base64")]
    Base64,
}

/// The key sent as `Authorization: Bearer`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct ApiKey(String);

/// The key of the HMAC. Used as its UTF-8 bytes, never decoded.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SignatureSecret(String);

/// The key of the HMAC over webhooks, another than that of calls. Used as its UTF-8 bytes, never decoded.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct WebhookSignatureSecret(String);

/// What the key of webhook bodies is made from: base64, decoded before it is used.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EncryptionSecret(String);

/// The salt of the key of webhook bodies. Used as its UTF-8 bytes, never decoded.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EncryptionSalt(String);

impl ApiKey {
    /// Checks a key typed or pasted. The text is wiped if it is refused.
    ///
    /// # Errors
    /// [`SecretError`] if it is empty, too long or not visible ASCII.
    pub fn parse(text: String) -> Result<Self, SecretError> {
        let text = Zeroizing::new(text);
        usable(&text)?;
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SecretError::NotAscii);
        }
        Ok(Self(text.to_string()))
    }
}

impl EncryptionSecret {
    /// Checks a secret typed or pasted. The text is wiped if it is refused.
    ///
    /// # Errors
    /// [`SecretError`] if it is empty, too long or not standard base64, padded or not.
    pub fn parse(text: String) -> Result<Self, SecretError> {
        let text = Zeroizing::new(text);
        usable(&text)?;
        let secret = Self(text.to_string());
        if secret.bytes().is_empty() {
            return Err(SecretError::Base64);
        }
        Ok(secret)
    }

    /// The secret decoded.
    pub(crate) fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let text = self.0.trim_end_matches('=');
        Zeroizing::new(STANDARD_NO_PAD.decode(text).unwrap_or_default())
    }
}

macro_rules! text_secret {
    ($name:ident) => {
        impl $name {
            /// Checks a secret typed or pasted. The text is wiped if it is refused.
            ///
            /// # Errors
            /// [`SecretError`] if it is empty, too long or holds white space or control characters.
            pub fn parse(text: String) -> Result<Self, SecretError> {
                let text = Zeroizing::new(text);
                usable(&text)?;
                Ok(Self(text.to_string()))
            }
        }
    };
}

text_secret!(SignatureSecret);
text_secret!(WebhookSignatureSecret);
text_secret!(EncryptionSalt);

macro_rules! secret {
    ($name:ident) => {
        impl $name {
            /// The secret itself. Name each use: it must not reach a log, an error or the webview.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// The last four characters, or nothing if the secret is shorter than twelve.
            #[must_use]
            pub fn hint(&self) -> String {
                hint(&self.0)
            }

            /// The first eight hexadecimal digits of the secret's SHA-256.
            #[must_use]
            pub fn fingerprint(&self) -> String {
                hex(&Sha256::digest(self.0.as_bytes())[..4])
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}

secret!(ApiKey);
secret!(SignatureSecret);
secret!(WebhookSignatureSecret);
secret!(EncryptionSecret);
secret!(EncryptionSalt);

/// The value of the `Idempotency-Key` header: 1 to 255 visible ASCII characters. Not a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// Why a text is not an idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key is 1 to 255 visible ASCII characters without spaces")]
pub struct IdempotencyKeyError;

impl IdempotencyKey {
    /// Checks a key.
    ///
    /// # Errors
    /// [`IdempotencyKeyError`] unless it is 1 to 255 visible ASCII characters.
    pub fn parse(text: impl Into<String>) -> Result<Self, IdempotencyKeyError> {
        let text = text.into();
        if (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(text))
        } else {
            Err(IdempotencyKeyError)
        }
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

fn usable(text: &str) -> Result<(), SecretError> {
    if text.is_empty() {
        return Err(SecretError::Empty);
    }
    if text.len() > MAX_SECRET {
        return Err(SecretError::TooLong);
    }
    if text.chars().any(char::is_whitespace) {
        return Err(SecretError::Whitespace);
    }
    if text.chars().any(char::is_control) {
        return Err(SecretError::Control);
    }
    Ok(())
}

fn hint(text: &str) -> String {
    let count = text.chars().count();
    if count < 12 {
        String::new()
    } else {
        text.chars().skip(count - 4).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_cannot_be_used() {
        let key = |text: &str| ApiKey::parse(text.to_owned()).map(|_| ());
        assert_eq!(key(""), Err(SecretError::Empty));
        assert_eq!(key("abc def"), Err(SecretError::Whitespace));
        assert_eq!(key("abc\n"), Err(SecretError::Whitespace));
        assert_eq!(key("abc\u{1}"), Err(SecretError::Control));
        assert_eq!(key("clé"), Err(SecretError::NotAscii));
        assert_eq!(key(&"a".repeat(MAX_SECRET + 1)), Err(SecretError::TooLong));
        assert_eq!(key("hk_live_0123456789"), Ok(()));
        assert!(
            SignatureSecret::parse("clé-secrète".to_owned()).is_ok(),
            "an HMAC key is any text"
        );
        assert!(SignatureSecret::parse("a\u{a0}b".to_owned()).is_err());
    }

    #[test]
    fn shows_little() {
        let key = ApiKey::parse("hk_live_01237f2a".to_owned()).unwrap();
        assert_eq!(key.hint(), "7f2a");
        assert_eq!(format!("{key:?}"), "ApiKey(redacted)");
        assert_eq!(ApiKey::parse("elevenchars".to_owned()).unwrap().hint(), "");
        let secret = SignatureSecret::parse("abc".to_owned()).unwrap();
        assert_eq!(
            secret.fingerprint(),
            "ba7816bf",
            "the first digits of SHA-256(abc)"
        );
        assert_eq!(format!("{secret:?}"), "SignatureSecret(redacted)");
    }

    #[test]
    fn an_encryption_secret_is_base64() {
        let parse = |text: &str| EncryptionSecret::parse(text.to_owned());
        let secret = parse("AAECAw==").unwrap();
        assert_eq!(*secret.bytes(), [0, 1, 2, 3]);
        assert_eq!(*parse("AAECAw").unwrap().bytes(), [0, 1, 2, 3]);
        assert_eq!(secret.expose(), "AAECAw==");
        assert_eq!(format!("{secret:?}"), "EncryptionSecret(redacted)");
        for bad in ["====", "A", "AAECAx==", "not-base64", "AA\u{e9}C"] {
            assert_eq!(parse(bad), Err(SecretError::Base64), "{bad}");
        }
        assert_eq!(parse("AAEC Aw=="), Err(SecretError::Whitespace));
    }

    #[test]
    fn idempotency_keys_are_bounded() {
        assert!(IdempotencyKey::parse("a96d14c5-8e60-4f6b-9d80-5c18c0e4202a").is_ok());
        assert!(IdempotencyKey::parse("x".repeat(255)).is_ok());
        for bad in [
            String::new(),
            "x".repeat(256),
            "a b".to_owned(),
            "é".to_owned(),
            "a\r\nB: c".to_owned(),
        ] {
            assert_eq!(IdempotencyKey::parse(bad), Err(IdempotencyKeyError));
        }
    }
}
