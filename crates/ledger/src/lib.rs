//! The encrypted local store: connections, drafts, requests, events.
//!
//! One file holds everything the app remembers. It is encrypted whole under a [`LedgerKey`], so
//! neither contacts nor answers lie on the disk in plain text. A request and its bytes are durable
//! before the first attempt to send them, and each attempt is durable before it leaves the computer.
//!
//! Left out: where the key is kept (the shell's keyring), the clock (every instant comes in as
//! `at_ms`, Unix milliseconds), and the secrets of a connection, which never enter this file.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod attempt;
mod batch;
mod canonical;
mod coming_home;
mod connection;
mod device_key;
mod error;
mod event;
mod evidence;
mod failure;
mod filter;
mod key;
mod leaf;
mod outcome;
mod payload;
mod recovery;
mod request;
mod source;
mod store;

pub use attempt::{Entry, Finish, Found, Recovered, Start, Verdict};
pub use batch::{Batch, BatchCounts, BatchState, Count, Due, NewBatch, Which};
pub use coming_home::{Homecoming, OwnKey};
pub use connection::{Connection, StoredDraft};
pub use device_key::DeviceKey;
pub use error::{Cause, LedgerError};
pub use event::{Event, EventKind};
pub use evidence::{Damage, Evidence, What};
pub use failure::{FailedRequest, FailureGroup};
pub use filter::{Filter, Within};
pub use key::{KeyError, LedgerKey};
pub use leaf::leaf_hash;
pub use outcome::{CredentialRef, Outcome, Subject};
pub use payload::{Kept, NewPayload, Payload, Way};
pub use recovery::RecoveryError;
pub use request::{
    Asked, Attempt, AttemptResult, NewRequest, RequestPage, RequestRecord, RequestRow, State,
};
pub use source::Source;
pub use store::{Ledger, RequestIds, Still};

/// Lower-case hex.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
