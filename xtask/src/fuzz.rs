//! `cargo xtask fuzz`: hostile input, made up by libFuzzer from what it sees the code do.

use std::fs;

use crate::Outcome;
use crate::cargo::{cargo, target_dir};
use crate::step::{run, top};
use crate::tools::{self, CARGO_FUZZ};

/// What is fuzzed: a file of `fuzz/fuzz_targets` each.
const TARGETS: &[&str] = &[
    "callback",
    "csv",
    "deep_link",
    "envelope",
    "json",
    "kept",
    "list",
    "receipt",
    "text",
    "vcard",
    "workbook",
];
/// Seconds for each.
const SECONDS: u32 = 60;

pub(crate) fn all() -> Outcome {
    TARGETS.iter().try_for_each(|target| only(target))
}

/// Fuzzes one target. What is found goes under the target folder; the seeds stay as they are.
pub(crate) fn only(target: &str) -> Outcome {
    if !TARGETS.contains(&target) {
        let known = TARGETS.join(", ");
        return Err(format!("no fuzz target `{target}`; there are: {known}"));
    }
    tools::ensure(&CARGO_FUZZ)?;
    let folder = target_dir().join("fuzz");
    let found = folder.join("corpus").join(target);
    let crashes = folder.join("artifacts").join(target);
    for folder in [&found, &crashes] {
        fs::create_dir_all(folder)
            .map_err(|why| format!("cannot make {}: {why}", folder.display()))?;
    }
    run(cargo()
        .args(["fuzz", "run", "--fuzz-dir", "fuzz", "--target-dir"])
        .arg(&folder)
        .arg(target)
        .arg(found)
        .arg(top().join("fuzz/corpus").join(target))
        .arg("--")
        .arg(format!("-max_total_time={SECONDS}"))
        .arg(format!("-artifact_prefix={}/", crashes.display()))
        .arg("-print_final_stats=1")
        // The sanitizer is behind a flag that the stable compiler otherwise refuses.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("PATH", tools::path()?))
}
