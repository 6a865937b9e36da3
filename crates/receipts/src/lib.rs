//! Receipts: what was asked, when, and what came back, signed, so that they verify alone.
//!
//! A [`Receipt`] is made from what the ledger holds about one request and from the tree over all its
//! events: the same record, tree and [`About`] give the same bytes. It holds no API key, no signature
//! secret and no one-time code: a code is cut out of the replies it came in, and the place says so.
//! [`Receipt::sign`] puts it into a file with a [`DeviceKey`]; [`verify`] checks such a file with
//! nothing else at hand.
//!
//! Left out: pages (Typst), where the key rests, clocks, the network.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bytes;
mod check;
mod der;
mod detail;
mod document;
mod file;
mod former;
mod instant;
mod jws;
mod key;
mod make;
mod mask;
mod members;
pub mod pack;
mod pdf;
mod readme;
mod redact;
mod report;
pub mod seal;
pub mod table;
pub mod timestamp;
pub mod tree;
mod tsa;
mod unpack;
mod verify;

pub use detail::Detail;
pub use document::{
    App, Asker, Attempt, Clock, Content, Credential, Event, Header, Leaf, Receipt, Reply, Request,
    Sent, Subject,
};
pub use file::{SignError, SignedReceipt};
pub use instant::Instant;
pub use key::{DeviceKey, KeyError, PublicKey};
pub use make::{About, MakeError, receipt};
pub use mask::{Field, MASKED, Mask, Masked, Text};
pub use redact::REDACTED;
pub use report::{
    Code, Facts, Finding, KeyFacts, Kind, MAX_FINDINGS, PackFacts, Report, RequestFacts,
    TimestampFacts, Verdict,
};
pub use tree::{Hash, Head, Tree};
pub use unpack::MAX_PACK_BYTES;
pub use verify::{MAX_RECEIPT_BYTES, Trust, verify, verify_file};
