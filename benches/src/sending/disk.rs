//! What a step onto the disk costs here: without it the figures say little.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::report::median;

const STEPS: usize = 50;

/// How long 64 KiB take to be on the disk for good.
pub(super) fn step(folder: &Path) -> Outcome<Duration> {
    let path = folder.join("step");
    let mut file = File::create(&path)?;
    let mut steps = Vec::new();
    for n in 0..STEPS {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&[n as u8; 64 * 1024])?;
        let start = Instant::now();
        file.sync_all()?;
        steps.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    Ok(median(steps))
}
