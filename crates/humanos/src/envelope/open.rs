//! Tries profiles and keys on a message.
//!
//! Every profile reads the message in all ways that it leaves open, and tries every key on each. The
//! exchange of keys, which costs most, is done once for each pair of keys. There is a budget for it and
//! for the bytes that are gone through, so that no message can take more than a few seconds.

mod sealed;

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;
use std::str;

use p256::PublicKey;
use zeroize::Zeroizing;

use super::cipher;
use super::exchange::PrivateKey;
use super::profile::{Profile, Profiles};
use super::tree::{self, Node};
use super::{CouldNotOpen, MAX_PAYLOAD, Plaintext};
use sealed::Reading;

/// Most exchanges of keys for one message.
const MAX_EXCHANGES: usize = 20_000;
/// Most bytes decoded, read or decrypted for one message.
const MAX_BYTES: usize = 512 * 1024 * 1024;
/// What a try costs besides, in bytes.
const TRY: usize = 4096;

/// A message that opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The name of the profile that opened it.
    pub profile: String,
    /// Whether that profile was marked as confirmed.
    pub confirmed: bool,
    /// Which of the keys given, counted from 0.
    pub key: usize,
    /// What was inside.
    pub plaintext: Plaintext,
}

/// What became of a message under every profile. For the officer who tries a payload, nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// How it opened first, if it did.
    pub opened: Option<Opened>,
    /// How far each profile came, in their order.
    pub traces: Vec<Trace>,
}

/// How far a profile came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The name of the profile.
    pub profile: String,
    /// How far.
    pub reached: Reached,
}

/// How far a message could be followed. `Display` says it in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Longer than [`MAX_PAYLOAD`].
    TooLong,
    /// Not UTF-8 or not JSON, too deep or of too many parts, or a key stands twice.
    NotJson,
    /// There is no object where the profile looks for one.
    NoObject,
    /// A field is missing.
    Missing {
        /// Which.
        field: Field,
        /// The names under which it was looked for.
        names: Vec<String>,
    },
    /// A field cannot be read in any of the ways the profile knows.
    Unreadable {
        /// Which.
        field: Field,
        /// The name under which it stands.
        name: String,
    },
    /// The data cannot hold the IV or tag that should be in it.
    TooShort,
    /// Everything could be read, but it opened with no key.
    Locked {
        /// How many keys were tried.
        keys: usize,
    },
    /// So much was tried that it was ended.
    Ended,
    /// It opened.
    Opened {
        /// Which of the keys given, counted from 0.
        key: usize,
    },
}

/// A field of a message, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The sender's public key.
    EphemeralKey,
    /// The IV.
    Iv,
    /// The ciphertext.
    Data,
    /// The tag.
    Tag,
    /// A field that the salt is made of.
    Salt,
    /// A field that the info is made of.
    Info,
    /// A field that is authenticated with the data.
    Aad,
}

/// Opens a message with the first profile and key that fit.
///
/// # Errors
/// [`CouldNotOpen`], whatever the reason.
pub fn open(
    payload: &[u8],
    keys: &[PrivateKey],
    profiles: &Profiles,
) -> Result<Opened, CouldNotOpen> {
    let root = message(payload).map_err(|_| CouldNotOpen)?;
    let budget = Budget::new(MAX_BYTES);
    let mut work = Work::new(keys, &budget);
    profiles
        .iter()
        .find_map(|profile| work.try_profile(profile, &root).ok())
        .ok_or(CouldNotOpen)
}

/// Tries every profile and says how far each came.
#[must_use]
pub fn explain(payload: &[u8], keys: &[PrivateKey], profiles: &Profiles) -> Explained {
    let root = message(payload);
    let budget = Budget::new(MAX_BYTES);
    let mut work = Work::new(keys, &budget);
    let mut opened = None;
    let mut traces = Vec::new();
    for profile in profiles {
        let tried = match &root {
            Ok(root) => work.try_profile(profile, root),
            Err(reached) => Err(reached.clone()),
        };
        let reached = match tried {
            Ok(found) => {
                let key = found.key;
                opened.get_or_insert(found);
                Reached::Opened { key }
            }
            Err(reached) => reached,
        };
        traces.push(Trace {
            profile: profile.name.clone(),
            reached,
        });
    }
    Explained { opened, traces }
}

fn message(payload: &[u8]) -> Result<Node<'_>, Reached> {
    if payload.len() > MAX_PAYLOAD {
        return Err(Reached::TooLong);
    }
    let text = str::from_utf8(payload).map_err(|_| Reached::NotJson)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    tree::read(text).map_err(|_| Reached::NotJson)
}

/// How many bytes may still be gone through.
struct Budget(Cell<usize>);

impl Budget {
    const fn new(bytes: usize) -> Self {
        Self(Cell::new(bytes))
    }

    fn spend(&self, bytes: usize) -> Result<(), Reached> {
        let left = self.0.get().checked_sub(bytes).ok_or(Reached::Ended)?;
        self.0.set(left);
        Ok(())
    }
}

/// What is tried on one message.
struct Work<'k> {
    keys: &'k [PrivateKey],
    budget: &'k Budget,
    senders: Vec<PublicKey>,
    /// By sender and key.
    agreed: HashMap<(usize, usize), Zeroizing<[u8; 32]>>,
}

impl<'k> Work<'k> {
    fn new(keys: &'k [PrivateKey], budget: &'k Budget) -> Self {
        Self {
            keys,
            budget,
            senders: Vec::new(),
            // With room for one sender, so that secrets are not moved about.
            agreed: HashMap::with_capacity(keys.len().min(MAX_EXCHANGES)),
        }
    }

    /// The furthest that the message could be followed counts.
    fn try_profile(&mut self, profile: &Profile, root: &Node<'_>) -> Result<Opened, Reached> {
        let mut furthest = Reached::NoObject;
        for path in &profile.within {
            let tried = sealed::within(profile, root, path, self.budget, |reading| {
                self.try_reading(profile, reading)
            });
            match tried {
                Ok(opened) => return Ok(opened),
                Err(reached) if reached.rank() > furthest.rank() => furthest = reached,
                Err(_) => {}
            }
        }
        Err(furthest)
    }

    fn try_reading(&mut self, profile: &Profile, reading: &Reading<'_>) -> Result<Opened, Reached> {
        for (key, ours) in self.keys.iter().enumerate() {
            self.budget.spend(reading.data.len() + TRY)?;
            let secret = self.agree(&reading.sender, key, ours)?;
            let salt = reading.salt.bytes(&reading.sender, ours);
            let info = reading.info.bytes(&reading.sender, ours);
            let aad = reading.aad.bytes(&reading.sender, ours);
            let mut derived = Zeroizing::new([0; 32]);
            let derived = &mut derived[..profile.key_bits.bytes()];
            if !cipher::derive(profile.hash, secret, &salt, &info, derived) {
                continue;
            }
            let sealed = cipher::Sealed {
                iv: reading.iv,
                aad: &aad,
                data: reading.data,
                tag: reading.tag,
            };
            if let Some(plaintext) = cipher::open(derived, &sealed) {
                return Ok(Opened {
                    profile: profile.name.clone(),
                    confirmed: profile.confirmed,
                    key,
                    plaintext,
                });
            }
        }
        let keys = self.keys.len();
        Err(Reached::Locked { keys })
    }

    fn agree(
        &mut self,
        sender: &PublicKey,
        key: usize,
        ours: &PrivateKey,
    ) -> Result<&[u8; 32], Reached> {
        let known = self.senders.iter().position(|known| known == sender);
        let at = known.unwrap_or_else(|| {
            self.senders.push(*sender);
            self.senders.len() - 1
        });
        if self.agreed.len() >= MAX_EXCHANGES && !self.agreed.contains_key(&(at, key)) {
            return Err(Reached::Ended);
        }
        let secret = self.agreed.entry((at, key));
        Ok(secret.or_insert_with(|| ours.agree(sender)))
    }
}

impl Reached {
    const fn rank(&self) -> u8 {
        match self {
            Self::TooLong | Self::NotJson => 0,
            Self::NoObject => 1,
            Self::Missing { field, .. } => 2 + 2 * *field as u8,
            Self::Unreadable { field, .. } => 3 + 2 * *field as u8,
            Self::TooShort => 99,
            Self::Locked { .. } => 100,
            Self::Ended => 101,
            Self::Opened { .. } => 102,
        }
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "longer than {} MB", MAX_PAYLOAD / 1024 / 1024),
            Self::NotJson => f.write_str("not JSON, or one key stands twice in an object"),
            Self::NoObject => f.write_str("no object where the profile looks for one"),
            Self::Missing { field, names } => {
                write!(f, "{field} is missing; looked for {}", names.join(", "))
            }
            Self::Unreadable { field, name } => {
                write!(f, "{field} is there as {name}, but in another form")
            }
            Self::TooShort => f.write_str("the data is too short to hold what should be in it"),
            Self::Locked { keys: 0 } => f.write_str("everything is there, but no key was given"),
            Self::Locked { keys } => write!(
                f,
                "everything is there, but it opened with none of the keys tried ({keys})"
            ),
            Self::Ended => f.write_str("ended, because too much would have to be tried"),
            Self::Opened { key } => write!(f, "opened with key {}", key + 1),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EphemeralKey => "the sender's public key",
            Self::Iv => "the IV",
            Self::Data => "the encrypted data",
            Self::Tag => "the tag",
            Self::Salt => "the salt",
            Self::Info => "the info",
            Self::Aad => "the additional data",
        })
    }
}

#[cfg(test)]
mod tests;
