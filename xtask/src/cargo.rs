//! Cargo itself: where it builds, and builds that need no network once everything is there.

use std::path::PathBuf;
use std::process::Command;

use crate::Outcome;
use crate::step::{command, output, run, succeeds, top};

/// Features of every build that shows the bundled UI.
pub(crate) const FEATURES: [&str; 2] = ["--features", "custom-protocol"];

/// The cargo that started this program.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => top().join(folder),
        None => top().join("target"),
    }
}

/// Brings the crates of Cargo.lock for this kind of machine, unless all are here already.
pub(crate) fn fetch() -> Outcome {
    let host = host()?;
    if succeeds(cargo().args(["fetch", "--offline", "--target", &host])) {
        return Ok(());
    }
    run(cargo().args(["fetch", "--target", &host]))
}

/// Writes the TypeScript types again, from the Rust types they mirror.
pub(crate) fn bindings() -> Outcome {
    run(cargo()
        .args(["test", "--workspace", "--lib"])
        .args(FEATURES)
        .arg("the_types_of_the_window_match_rust")
        .env("UPDATE_BINDINGS", "1"))
}

fn host() -> Outcome<String> {
    output(command(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV"))
        .and_then(|text| {
            text.lines()
                .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        })
        .ok_or_else(|| "rustc does not say for which kind of machine it builds".to_owned())
}
