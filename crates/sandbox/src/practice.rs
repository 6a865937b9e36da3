//! The key pair that the practice server accepts.

use std::fmt;

use crate::ids;

/// The API key and signature secret of one practice server. They open nothing but that server,
/// so they are plain text here; `Debug` still redacts them, as it does for real ones.
#[derive(Clone)]
pub struct Practice {
    /// What callers send as `Authorization: Bearer`.
    pub api_key: String,
    /// The HMAC key, used as its UTF-8 bytes.
    pub signature_secret: String,
}

impl Practice {
    /// A fresh random pair of the length that real ones have.
    #[must_use]
    pub fn random() -> Self {
        Self {
            api_key: format!("practice_{}", ids::token()),
            signature_secret: format!("practice_secret_{}", ids::token()),
        }
    }
}

impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Practice(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_pairs_differ_and_stay_unseen() {
        let (one, other) = (Practice::random(), Practice::random());
        assert_ne!(one.api_key, other.api_key);
        assert_ne!(one.signature_secret, other.signature_secret);
        assert_eq!(one.api_key.len(), "practice_".len() + 64);
        let shown = format!("{one:?}");
        assert!(
            !shown.contains(&one.api_key) && !shown.contains(&one.signature_secret),
            "{shown}"
        );
    }
}
