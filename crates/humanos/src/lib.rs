//! The Humanos protocol: drafts, their checks, the wire bodies, signing and the HTTP client.
//!
//! A [`draft::Draft`] is what an officer typed. [`check::check`] says what is wrong with it,
//! [`encode::encode`] turns it into the exact bytes of one API version, [`sign::sign`] signs them
//! and [`client::Client`] sends them. [`envelope`] opens what comes back encrypted. The crate knows no keyring and no clock: callers pass
//! secrets and Unix milliseconds in.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod check;
pub mod client;
pub mod detail;
pub mod draft;
pub mod encode;
pub mod envelope;
pub mod json;
pub mod keys;
pub mod listed;
pub mod reply;
pub mod secret;
pub mod sign;
pub mod version;

mod moment;

pub use check::{Issue, IssueCode, check};
pub use client::{
    ApiCredentials, BaseUrl, Client, Created, Endpoint, Failure, Proxy, Reply, RetryAfter,
};
pub use detail::{Detail, DetailCredential, DetailDecision, DetailSubject, Standing};
pub use draft::{
    Action, Credential, CredentialData, CredentialType, Draft, ExpectedDocId, Placement,
    PlacementType, SecurityLevel,
};
pub use encode::{Body, EncodeError, encode};
pub use keys::KeyPair;
pub use secret::{
    ApiKey, EncryptionSalt, EncryptionSecret, IdempotencyKey, SignatureSecret,
    WebhookSignatureSecret,
};
pub use sign::{sign, verify};
pub use version::ApiVersion;
