//! Spreadsheets are read in a process of its own, with limits on memory and time, because no reader
//! of such formats holds up against every hostile file.
//!
//! The other process is this same crate, behind [`serve`]: it gets the limits and the file on its
//! standard input, answers on its standard output, sees no environment and needs no file. This side
//! believes nothing it says: lengths, counts and characters are checked, and whatever is wrong with
//! the answer is one error, [`FileError::BrokeDown`].

use std::io::{BufReader, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::readers::workbook::{Trouble, Workbook};
use crate::{FileError, Limits, Progress, Step, Watch};

mod answer;
mod question;
mod serve;

use answer::{BadAnswer, Heard};
pub use serve::serve;

/// How often the watcher is asked while the other process is silent.
const PATIENCE: Duration = Duration::from_millis(50);

/// The program that reads spreadsheets; its `main` calls [`serve`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderProgram(PathBuf);

impl ReaderProgram {
    /// Names the program by its path. It is started only when there is something to read.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    fn start(&self) -> std::io::Result<Child> {
        let mut command = Command::new(&self.0);
        command
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        #[cfg(windows)]
        {
            use std::os::windows::process::CommandExt as _;
            const CREATE_NO_WINDOW: u32 = 0x0800_0000;
            command.creation_flags(CREATE_NO_WINDOW);
            // The system's own libraries are found with it.
            if let Some(root) = std::env::var_os("SystemRoot") {
                command.env("SystemRoot", root);
            }
        }
        command.spawn()
    }
}

/// Reads a workbook in the other process.
///
/// # Errors
/// Those of the file; [`FileError::TooSlow`] and [`FileError::Cancelled`] after the process was
/// killed; [`FileError::BrokeDown`] when it cannot be started, dies, or answers nonsense.
pub(crate) fn read(
    program: &ReaderProgram,
    bytes: &[u8],
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<Workbook, FileError> {
    limits.allow_workbook(bytes.len())?;
    let deadline = Instant::now().checked_add(Duration::from_secs(limits.seconds));
    let mut running = Running(program.start().map_err(|_| FileError::BrokeDown)?);
    let (input, output) = (running.0.stdin.take(), running.0.stdout.take());
    let (Some(input), Some(output)) = (input, output) else {
        return Err(FileError::BrokeDown);
    };
    let heard = &Heard::default();
    thread::scope(|scope| {
        // Ends with this closure, before the threads are waited for: that closes both pipes, and so
        // ends them.
        let _running = running;
        let (answered, answer) = mpsc::sync_channel(1);
        scope.spawn(|| ask(input, limits, bytes));
        scope.spawn(move || {
            let _ = answered.send(answer::read(BufReader::new(output), limits, heard));
        });
        wait(&answer, deadline, limits, || {
            watch.progress(Progress {
                step: Step::Reading,
                done: heard.done().min(bytes.len() as u64),
                all: bytes.len() as u64,
            })
        })
    })
}

/// What the reading thread gets out of the other process.
type Answer = Result<Result<Workbook, Trouble>, BadAnswer>;

fn wait(
    answer: &mpsc::Receiver<Answer>,
    deadline: Option<Instant>,
    limits: &Limits,
    mut watch: impl FnMut() -> ControlFlow<()>,
) -> Result<Workbook, FileError> {
    loop {
        let left = deadline.map_or(PATIENCE, |end| {
            end.saturating_duration_since(Instant::now())
        });
        match answer.recv_timeout(left.min(PATIENCE)) {
            Ok(Ok(answer)) => return answer.map_err(|trouble| trouble.into_error(limits)),
            Ok(Err(BadAnswer)) | Err(RecvTimeoutError::Disconnected) => {
                return Err(FileError::BrokeDown);
            }
            Err(RecvTimeoutError::Timeout) => (),
        }
        if watch().is_break() {
            return Err(FileError::Cancelled);
        }
        if deadline.is_some_and(|end| Instant::now() >= end) {
            return Err(FileError::TooSlow {
                seconds: limits.seconds,
            });
        }
    }
}

/// Hands over the file. That the other side stops listening shows in its answer.
fn ask(mut input: impl Write, limits: &Limits, bytes: &[u8]) {
    let _ = question::write(&mut input, limits, bytes).and_then(|()| input.flush());
}

/// A process that does not outlive this value, whichever way it goes.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests;
