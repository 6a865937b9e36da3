//! What the ledger tells of those who come back, and with which keys their answers are read.

use std::fmt;

use zeroize::Zeroizing;

use crate::State;

/// The request that a person came home to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Homecoming {
    /// The request's id.
    pub request: String,
    /// When it was planned, Unix milliseconds.
    pub planned_at_ms: i64,
    /// Where it stands.
    pub state: State,
    /// How many returns are noted already.
    pub returns: u32,
}

/// A key pair made here.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnKey {
    /// The public half, base64 SPKI.
    pub pub_key: String,
    /// The private half, PKCS#8 DER. Wiped from memory on drop, left out of `Debug`.
    pub private_pkcs8: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for OwnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnKey")
            .field("pub_key", &self.pub_key)
            .finish_non_exhaustive()
    }
}
