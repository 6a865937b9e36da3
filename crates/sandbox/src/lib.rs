//! The practice server: a loopback stand-in for the Humanos API.
//!
//! Officers train on it and tests run against it. [`Server::start`] binds a free port of
//! 127.0.0.1, checks every call as strictly as the published description of the API, and answers
//! in the API's shapes. Nothing is sent to anyone: links lead to a page that says what would
//! happen there. [`TRAINING_IDS`] lists the failures that can be had on demand.
//!
//! Left out: answers of subjects (credentials stay `DRAFT` until cancelled), webhooks, encrypted
//! envelopes, credentials and presentations by id, users and actions.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod auth;
mod body_check;
mod canonical;
mod catalogue;
mod ids;
mod link_page;
mod practice;
mod received;
mod refusal;
mod routes;
mod server;
mod store;
mod training;
mod versions;

pub use axum::body::Bytes;
pub use catalogue::{PracticeItem, RESOURCES, WORKFLOWS};
pub use practice::Practice;
pub use received::Received;
pub use server::{Clock, MAX_BODY_BYTES, Server};
pub use training::{TRAINING_IDS, TrainingId};
