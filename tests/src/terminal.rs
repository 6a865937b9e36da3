//! The app as a program of the terminal.

use std::path::Path;
use std::process::{Command, Output};

use crate::place::app;

/// `countersign verify` with these arguments and nothing around it: no keyring, no ledger, no display.
#[must_use]
pub fn verify(arguments: &[&Path]) -> Output {
    Command::new(app())
        .arg("verify")
        .args(arguments)
        .env_clear()
        .output()
        .unwrap()
}
