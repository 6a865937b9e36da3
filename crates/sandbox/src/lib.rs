//! The practice server: a loopback stand-in for the Humanos API.
//!
//! Officers train on it and tests run against it. [`Server::start`] binds a free port of
//! 127.0.0.1, checks every call as strictly as the published description of the API, and answers
//! in the API's shapes. Nothing is sent to anyone: links lead to a page on which one answers in the
//! subject's place. Embedded in another page, it posts its messages there, sealed as
//! [`Server::set_envelope`] says.
//!
//! Faults on demand: [`TRAINING_IDS`] for one request at a time, [`UNREACHABLE_DOMAIN`] for one
//! contact, and [`Server::set_faults`] for a plan of them, up to resets of real sockets. [`Server::books`] says what was accepted.
//!
//! Left out: codes and identity checks on the page (it asks how they would end), signatures in
//! credentials, the list of origins that a session may be embedded in, webhooks, credentials and
//! presentations by id, users and actions.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod auth;
mod body_check;
mod books;
mod canonical;
mod catalogue;
mod envelope;
mod faults;
mod idempotency;
mod ids;
mod link_page;
mod practice;
mod received;
mod refusal;
mod routes;
mod server;
mod store;
#[cfg(feature = "tls")]
mod tls;
mod training;
mod versions;
mod wire;

pub use axum::body::Bytes;
pub use books::Booked;
pub use catalogue::{PracticeItem, RESOURCES, WORKFLOWS};
pub use faults::{Calls, Fault, Faults, Moment, RetryAfter};
pub use idempotency::{Idempotency, InProgress, OtherBody};
pub use practice::Practice;
pub use received::Received;
pub use server::{Clock, MAX_BODY_BYTES, Server};
#[cfg(feature = "tls")]
pub use tls::{TlsFault, TlsFront};
pub use training::{TRAINING_IDS, TrainingId, UNREACHABLE_DOMAIN};
