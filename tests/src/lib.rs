//! A desk for end-to-end tests: a display, a session bus, a keyring, a home, and on it the app in its real window.
//!
//! Everything here is what an officer's computer has, only private to one test and without a screen: nothing of
//! the app is replaced. Calls block, wait for what they need with a deadline, and panic with what was awaited, so
//! that a test reads as what a person does and sees. The tests themselves are in `tests/`, the unattended
//! demonstration in `src/bin/demo.rs`.

#![deny(missing_docs)]
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "for tests: a failure is a panic that says what was awaited"
)]

mod app;
mod authority;
mod axe;
mod clipboard;
mod desk;
mod dialog;
mod display;
mod drag;
mod find;
mod frames;
mod keyboard;
mod keyring;
mod look;
mod notifications;
mod place;
mod pointer;
mod processes;
mod steps;
mod terminal;
mod wait;

pub use app::App;
pub use authority::Authority;
pub use axe::{Fault, FaultyNode};
pub use desk::Desk;
pub use find::Find;
pub use keyring::{Keyring, PASSWORD};
pub use look::Look;
pub use notifications::Notifications;
pub use place::{app, repository};
pub use steps::{NewConnection, TERMS};
pub use terminal::verify;
pub use wait::{PATIENCE, wait_for};
