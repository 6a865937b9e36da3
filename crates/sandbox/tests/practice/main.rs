//! The practice server over real HTTP: every rule, and that nothing hostile brings it down.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth;
mod body;
mod create;
mod failures;
mod faults;
mod idempotency;
mod link;
mod raw;
mod reading;
mod sealing;
mod support;
mod tls;
