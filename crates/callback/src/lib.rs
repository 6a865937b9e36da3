//! The way back to this app.
//!
//! After a person has answered, their browser is sent to the address that the request named. That
//! address may lead back to this computer: as a link that the system hands to the app
//! ([`deep_link`], [`read_deep_link`]), or to a port of 127.0.0.1 ([`loopback`], [`Listener`]).
//! Either carries a [`Nonce`] that only the request knows, and what was added on the way
//! ([`Query`]).
//!
//! A return is a hint that it is time to ask, never proof: anybody may follow a link. Left out:
//! which nonces are known and to which requests they belong, whether one came too late or twice,
//! and what the query means, since nothing is known of it. It keeps nothing and reads no calendar.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bucket;
mod call;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod judge;
mod link;
mod listener;
mod nonce;
mod page;
mod query;

pub use call::Heard;
pub use judge::Why;
pub use link::{MAX_LINK_BYTES, NotAReturn, Return, SCHEME, deep_link, loopback, read_deep_link};
pub use listener::Listener;
pub use nonce::{Nonce, NotANonce};
pub use query::{MAX_NAME_CHARS, MAX_PAIRS, MAX_VALUE_CHARS, Query};
