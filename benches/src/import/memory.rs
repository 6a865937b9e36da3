//! The memory that one import takes at its peak: in a process that does nothing else.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use contacts::confined::ReaderProgram;

use super::import;
use crate::Outcome;
use crate::report::{Goal, Report};

/// The word that makes this program import one file and say what memory that took.
pub(crate) const ALONE: &str = "import-alone";

const GOAL: Goal = Goal::AtMost(400.0);

pub(super) fn measure(report: &mut Report, file: &Path) -> Outcome {
    if !cfg!(target_os = "linux") {
        report.say("peak memory", "not measured here: only Linux tells it");
        return Ok(());
    }
    let alone = Command::new(std::env::current_exe()?)
        .arg(ALONE)
        .arg(file)
        .output()?;
    let bytes: f64 = String::from_utf8(alone.stdout)?.trim().parse()?;
    report.figure("csv_peak_megabytes", bytes / 1e6, GOAL);
    Ok(())
}

/// Imports a file as the app does, with its bytes at hand to the end, and prints the peak in bytes.
pub(crate) fn alone(file: &str) -> Outcome<bool> {
    let mut bytes = Vec::new();
    File::open(file)?.take(u64::MAX).read_to_end(&mut bytes)?;
    let program = ReaderProgram::new(PathBuf::new());
    let (_, summary) = import(&program, "people.csv", &bytes)?;
    super::check(&summary)?;
    println!("{}", peak()?);
    Ok(true)
}

/// The most memory this process ever had, as the kernel counts it.
fn peak() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next());
    let kibibytes: u64 = kibibytes.ok_or("no peak in /proc/self/status")?.parse()?;
    Ok(kibibytes * 1024)
}
