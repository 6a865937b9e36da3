//! Sending to many: from one form and a list of people to many exact requests.
//!
//! A [`plan::Plan`] says which requests a batch makes, checks every one of them before anything is
//! sent, and gives their bytes one after the other. The crate knows no clock, no randomness and no
//! list of its own: callers pass the time, the idempotency keys and the people in.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod plan;

pub use plan::{Asked, EmptyValues, Mode, Options, People, Plan, PlanError, PlannedRequest};
