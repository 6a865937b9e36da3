//! Plans through their public face.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../people/mod.rs"]
mod people;

mod everybody;
mod golden;
mod issues;
mod splits;
mod support;
