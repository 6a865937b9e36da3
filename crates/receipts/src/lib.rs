//! Receipts: what was asked, when, and what came back, in a versioned document.
//!
//! A [`Receipt`] is made from what the ledger holds about one request, and from that alone: the same
//! record and the same [`About`] give the same bytes. It holds no API key, no signature secret and
//! no one-time code: a code is cut out of the replies it came in, and the place says so.
//!
//! Left out: signatures over the document, and other forms than JSON.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bytes;
mod check;
mod document;
mod instant;
mod jws;
mod key;
mod make;
mod redact;
mod text;
pub mod tree;

pub use check::Finding;
pub use document::{
    App, Asker, Attempt, Content, Credential, Event, Header, Receipt, Reply, Request, Sent, Subject,
};
pub use instant::Instant;
pub use key::{DeviceKey, KeyError, PublicKey};
pub use make::{About, receipt};
pub use redact::REDACTED;
pub use text::ReceiptError;
pub use tree::{Hash, Head, Tree};
