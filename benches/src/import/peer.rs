//! The same file through Python, as a script of few lines would do it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::ROWS;
use crate::Outcome;
use crate::people::REGION;
use crate::report::{Goal, Report, per_row};

/// Python takes minutes for the million, and the same time for each row.
const PEER_ROWS: usize = 50_000;
const GOAL: Goal = Goal::AtLeast(40.0);
const NAME: &str = "csv_to_python";

/// `ours` is what a row takes us.
pub(super) fn measure(report: &mut Report, file: &Path, python: &str, ours: Duration) {
    match run(file, python) {
        Ok(time) => {
            let what = format!("Python, first {PEER_ROWS} of {ROWS} rows");
            report.say(what, per_row(time, PEER_ROWS));
            let each = time.as_secs_f64() / PEER_ROWS as f64;
            report.figure(NAME, each / ours.as_secs_f64(), GOAL);
        }
        Err(why) => report.missing(NAME, GOAL, format!("not measured: {why}")),
    }
}

fn run(file: &Path, python: &str) -> Outcome<Duration> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/import.py");
    let output = Command::new(python)
        .arg(script)
        .arg(file)
        .args([REGION, &PEER_ROWS.to_string()])
        .output()
        .map_err(|why| format!("Python cannot be started: {why}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().last().unwrap_or_default();
        return Err(format!("Python failed: {last}").into());
    }
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    if answer["rows"].as_u64() != Some(PEER_ROWS as u64) {
        return Err("Python read another number of rows".into());
    }
    let seconds = answer["seconds"].as_f64().ok_or("Python told no time")?;
    Ok(Duration::try_from_secs_f64(seconds)?)
}
