//! The key of a ledger: 256 random bits, made once, kept by the caller.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::recovery::{self, RecoveryError};

/// The 256-bit key a ledger is encrypted under. Prints redacted; wiped from memory on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct LedgerKey([u8; 32]);

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes for a key")]
pub struct KeyError(#[source] getrandom::Error);

impl LedgerKey {
    /// A new key from the operating system's random source.
    pub fn generate() -> Result<Self, KeyError> {
        let mut key = Self([0; 32]);
        getrandom::fill(&mut key.0).map_err(KeyError)?;
        Ok(key)
    }

    /// A key kept earlier with [`as_bytes`](Self::as_bytes). The caller wipes its own copy.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The raw key, for the keyring.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key as text for paper: 14 groups of 4 letters and digits (Crockford base32), joined by
    /// `-`, with a checksum that detects every single wrong character and every swap of two
    /// neighbours.
    #[must_use]
    pub fn recovery_text(&self) -> Zeroizing<String> {
        recovery::encode(&self.0)
    }

    /// Reads what [`recovery_text`](Self::recovery_text) wrote, as people copy it: case, spaces,
    /// dashes and line breaks do not matter, `O` reads as `0`, `I` and `L` as `1`.
    pub fn from_recovery_text(text: &str) -> Result<Self, RecoveryError> {
        recovery::decode(text).map(|bytes| Self(*bytes))
    }

    /// 16 bytes that tell which key a file was made under and nothing else about the key. They
    /// stand at the head of the file, so that a wrong key can be told from a damaged file.
    pub(crate) fn mark(&self) -> [u8; 16] {
        let digest = Sha256::new()
            .chain_update(b"countersign ledger key mark v1")
            .chain_update(self.0)
            .finalize();
        let mut mark = [0; 16];
        mark.copy_from_slice(&digest[..16]);
        mark
    }
}

impl std::fmt::Debug for LedgerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LedgerKey(redacted)")
    }
}
