//! Sending to many: plan, pace, retries, resuming, never twice.
//!
//! A [`plan::Plan`] says which requests a batch makes of one form and a list of people, checks every
//! one of them before anything is sent, and gives their bytes one after the other.
//!
//! [`run`] drives one batch that the ledger holds, to its end or to the next pause. What it may
//! cost to be wrong decides the order of things:
//!
//! 1. An attempt is on the disk before its first byte leaves ([`Writer`] gathers what waits into
//!    one step onto the disk), under the idempotency key and with the bytes planned long before.
//! 2. A reply is on the disk before anything follows from it.
//! 3. What may have arrived is never called refused or unsent. It is asked for by its internal id,
//!    or sent again under the same key while the key is young, or left for the officer to decide.
//!
//! A crash therefore leaves at most attempts without an ending. `Ledger::recover` marks them
//! unknown, and the next run takes up unknown requests before it sends new ones.
//!
//! How fast is [`pace`]'s affair and shared by all batches of a connection through a [`Gate`]; what
//! follows from an answer is [`retry`]'s, a table without state. Both are plain functions of what
//! is passed in. Left out: the wall clock and randomness, which come in as [`Clock`] and
//! [`Chance`], and the list: people come in through [`People`].
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod api;
mod clock;
mod engine;
mod gate;
mod look_up;
mod outcome;
pub mod pace;
pub mod plan;
mod progress;
pub mod retry;
mod terms;
mod why;
mod writer;

pub use api::Api;
pub use clock::{Chance, Clock};
pub use engine::{Command, Desk, EngineError, Slowed, Status, run};
pub use gate::{Gate, Pass};
pub use outcome::settle;
pub use plan::{
    Asked, EmptyValues, Mode, Options, People, Plan, PlanError, PlannedRequest, Redirects,
};
pub use terms::Terms;
pub use why::Why;
pub use writer::{WriteError, Writer};
