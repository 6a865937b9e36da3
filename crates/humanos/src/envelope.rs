//! Opens what Humanos sends encrypted: webhook bodies and messages of an embedded session.
//!
//! The form of a webhook is documented, so [`webhook`] is code. Of a message only "ECDH P-256 and HKDF"
//! is, so all the rest is data: a [`Profile`] each for a form it may have. [`open`] tries profiles and
//! keys, [`explain`] says how far each profile came. [`Answer`] reads what was inside as far as it is
//! documented.
//!
//! An opened message proves nothing about its sender: whoever has seen the public key, which stands in a
//! URL, can seal one. It is a hint until the API says the same. A webhook is signed, which proves more.
//!
//! Everything read here is hostile until it opened, and what opened is hostile too. All work is bounded.

pub mod webhook;

mod answer;
mod cipher;
mod encoding;
mod exchange;
mod open;
mod profile;
mod tree;
#[cfg(test)]
mod wycheproof;

use std::fmt;

use zeroize::Zeroizing;

pub use answer::{
    Answer, Check, Content, CredentialAnswer, Date, Decision, Detail, GrantorDecision,
    IDENTITY_FIELDS, IdentityAnswer, OtpFailure, Rest, User,
};
pub use exchange::{PrivateKey, PrivateKeyError};
pub use open::{Explained, Field, Opened, Reached, Trace, explain, open};
pub use profile::{MAX_PROFILES, Profile, ProfileError, Profiles};

/// Longest message, webhook body or opened text that is read, in bytes.
pub const MAX_PAYLOAD: usize = 8 * 1024 * 1024;

/// All that a stranger learns of a payload that did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("could not be opened")]
pub struct CouldNotOpen;

/// What was inside an envelope. It is about a person: `Debug` does not show it and it is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Plaintext(Zeroizing<Vec<u8>>);

impl Plaintext {
    /// What was opened before and has been kept since.
    #[must_use]
    pub fn kept(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// The bytes as they were sealed, which need not be text.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plaintext({} bytes, redacted)", self.0.len())
    }
}
