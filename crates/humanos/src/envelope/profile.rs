//! The forms that a message may have, as data.
//!
//! Nothing seen of Humanos says how a message is laid out, so no profile here is more than a guess
//! until somebody has confirmed it against a real message. [`Profiles::built_in`] has the guesses, the
//! best first; [`Profiles::parse`] reads a file that the officer's IT wrote. `profile/README.md` says
//! what can stand in one.

mod file;

use super::cipher::{Hash, KeyBits};
use super::encoding::Encoding;
use super::exchange::{KeyForm, Written};

pub use file::ProfileError;

/// Most profiles in one list.
pub const MAX_PROFILES: usize = 32;

const BUILT_IN: &str = include_str!("profile/built_in.json");

/// Profiles in the order in which they are tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles(Vec<Profile>);

/// One form that a message may have. Where it leaves a choice, all of it is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Tells it from others.
    pub name: String,
    /// What people should know of it; may be empty.
    pub note: String,
    /// Whether somebody has seen it open a real message. False for all that are built in.
    pub confirmed: bool,
    /// Paths to the object with the fields; the empty one is the message itself. All names are paths.
    pub(super) within: Vec<String>,
    /// How bytes may be written.
    pub(super) encodings: Vec<Encoding>,
    pub(super) ephemeral_key: Vec<String>,
    pub(super) key_forms: Vec<KeyForm>,
    pub(super) iv: Place,
    pub(super) iv_length: usize,
    pub(super) data: Vec<String>,
    pub(super) tag: Place,
    pub(super) hash: Hash,
    pub(super) salt: Vec<Part>,
    pub(super) info: Vec<Part>,
    pub(super) aad: Vec<Part>,
    pub(super) key_bits: KeyBits,
}

/// Where a part of the ciphertext is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a field of its own, by any of these names.
    Field(Vec<String>),
    /// Before the data if it is the IV, behind it if it is the tag.
    WithData,
}

/// A stretch of bytes in a salt, info or AAD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Known beforehand.
    Fixed(Vec<u8>),
    /// What a field of the message says in one of the encodings.
    Field(Vec<String>),
    /// The text of a field of the message as UTF-8.
    FieldText(Vec<String>),
    /// The sender's public key.
    EphemeralKey(Written),
    /// Our public key.
    OwnKey(Written),
}

impl Profiles {
    /// The guesses that come with the program, the best first.
    #[must_use]
    pub fn built_in() -> Self {
        #[expect(clippy::expect_used, reason = "a test reads it")]
        Self::parse(BUILT_IN).expect("the built-in profiles")
    }

    /// The built-in list as a file, to be edited.
    #[must_use]
    pub const fn built_in_file() -> &'static str {
        BUILT_IN
    }

    /// Reads a file of profiles.
    ///
    /// # Errors
    /// [`ProfileError`] for the first thing that is wrong, with the field it is in. Nothing unknown is let pass.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        file::read(text).map(Self)
    }

    /// These first, then `others` but for those whose name is here already; at most [`MAX_PROFILES`].
    #[must_use]
    pub fn followed_by(mut self, others: Self) -> Self {
        for profile in others.0 {
            let known = self.0.iter().any(|known| known.name == profile.name);
            if !known && self.0.len() < MAX_PROFILES {
                self.0.push(profile);
            }
        }
        self
    }

    /// The profiles in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Profile> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Profiles {
    type Item = &'a Profile;
    type IntoIter = std::slice::Iter<'a, Profile>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_read_and_claims_nothing() {
        let profiles = Profiles::built_in();
        assert!(profiles.iter().count() > 5);
        for profile in &profiles {
            assert!(!profile.confirmed, "{}", profile.name);
            assert!(!profile.note.is_empty(), "{}", profile.name);
        }
    }

    #[test]
    fn a_file_comes_before_what_is_built_in() {
        let own = BUILT_IN.replacen("\"note\": \"", "\"note\": \"Ours. ", 1);
        let own = Profiles::parse(&own).unwrap();
        let first = own.0[0].name.clone();
        let both = Profiles(vec![own.0[0].clone()]).followed_by(Profiles::built_in());
        assert_eq!(both.0.len(), Profiles::built_in().0.len());
        assert!(both.0[0].note.starts_with("Ours. "));
        let named = |profile: &&Profile| profile.name == first;
        assert_eq!(both.iter().filter(named).count(), 1);
    }
}
