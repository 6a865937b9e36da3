//! The side of the process that reads: one question, one answer, and it ends.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::answer;
use super::question::Head;
use crate::readers::workbook;

/// The least time between two reports of progress.
const PAUSE: Duration = Duration::from_millis(100);
/// Bytes of the answer that go out at once.
const CHUNK: usize = 64 * 1024;

/// Reads the workbook that comes on the standard input and answers on the standard output.
///
/// `set_memory_limit` is called first, with a number of bytes; from then on an allocation beyond it
/// has to end the process. A panic may end it too: the other side takes both for the same.
pub fn serve(set_memory_limit: impl FnOnce(u64)) -> ExitCode {
    match answer_once(set_memory_limit) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer_once(set_memory_limit: impl FnOnce(u64)) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let head = Head::read(&mut input)?;
    set_memory_limit(head.limits.memory_bytes);
    let bytes = head.file(&mut input)?;
    let mut out = BufWriter::with_capacity(CHUNK, io::stdout().lock());
    answer::write_magic(&mut out)?;
    let mut last = Instant::now();
    let read = workbook::read(&bytes, &head.limits, &mut |done| {
        if last.elapsed() >= PAUSE {
            last = Instant::now();
            // Where nobody listens any more, the answer at the end fails too.
            let _ = answer::write_progress(&mut out, done).and_then(|()| out.flush());
        }
    });
    match &read {
        Ok(workbook) => answer::write_workbook(&mut out, workbook)?,
        Err(trouble) => answer::write_trouble(&mut out, *trouble)?,
    }
    out.flush()
}
