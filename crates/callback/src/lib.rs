//! The way back to this computer after a person has answered.
//!
//! Humanos sends their browser to the request's `redirectUrl`. That may be a deep link,
//! `countersign://return/<nonce>`, or a page of a [`Listener`] on this computer,
//! `http://127.0.0.1:<port>/return/<nonce>`, in the manner of RFC 8252. What is appended to it is not
//! documented, so all of it is kept as it comes.
//!
//! A return is a hint and never proof: anybody who has seen the address can go there. Which request a
//! nonce belongs to, and what follows from a return, is not known here.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[doc(hidden)]
pub mod fuzzing;

mod address;
mod call;
mod listener;
mod nonce;
mod page;
mod query;
mod spare;

pub use address::{MAX_ADDRESS, NotAReturn, SCHEME, deep_link, loopback, read_deep_link};
pub use call::Why;
pub use listener::{Heard, Listener};
pub use nonce::{Nonce, NotANonce};
pub use query::Query;

/// Somebody came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// To which request.
    pub nonce: Nonce,
    /// What the address said besides.
    pub query: Query,
}
