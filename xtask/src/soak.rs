//! `cargo xtask soak`: what a test does a few times, often enough to be believed.

use crate::Outcome;
use crate::cargo::cargo;
use crate::step::run;

/// How often a batch is killed and resumed until it is done.
const RUNS: u32 = 1_000;

/// Kills batches at random moments, another thousand at each seed.
pub(crate) fn kill(seed: u64) -> Outcome {
    run(cargo()
        .args(["test", "--package", "dispatch", "--test", "kill"])
        .args(["--", "--nocapture"])
        .env("DISPATCH_KILL_RUNS", RUNS.to_string())
        .env("DISPATCH_KILL_SEED", seed.to_string()))
}
