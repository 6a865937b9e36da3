//! Plans through their public face.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../common/mod.rs"]
mod common;

mod everybody;
mod golden;
mod issues;
mod splits;
mod support;
