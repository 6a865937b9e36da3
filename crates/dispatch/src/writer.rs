//! The thread that owns the ledger.
//!
//! The ledger blocks while the disk writes, and a step onto the disk costs the same for one entry
//! as for a hundred. So entries wait here while the step before them is under way, and all that
//! wait go in the next one. With nothing waiting an entry is written at once; with several waiting
//! a moment is left for those that come with them.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use ledger::{Entry, Ledger, LedgerError};
use tokio::sync::{mpsc, oneshot};

/// Entries in one step at most.
const MOST: usize = 256;
/// Where several wait others are about to, and the fewer steps the better.
const GATHER: Duration = Duration::from_micros(250);

/// Writes to a ledger from any task. Cheap to clone; the thread ends with the last of them.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Job>,
}

/// Why something was not written, or not read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WriteError {
    /// The ledger refused.
    #[error("{0}")]
    Ledger(#[source] Arc<LedgerError>),
    /// The ledger is closed.
    #[error("the ledger is closed")]
    Closed,
}

type Answer = oneshot::Sender<Result<u32, WriteError>>;
type Task = Box<dyn FnOnce(&Ledger) + Send>;

enum Job {
    Entry(Entry, Answer),
    Task(Task),
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

impl Writer {
    /// Takes a ledger over. The handle gives it back once every writer is dropped.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(ledger: Ledger) -> std::io::Result<(Self, thread::JoinHandle<Ledger>)> {
        let (queue, jobs) = mpsc::channel(MOST * 4);
        let thread = thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || {
                work(&ledger, jobs);
                ledger
            })?;
        Ok((Self { queue }, thread))
    }

    /// Writes one entry; when it returns the entry is on the disk. Gives the attempt's number.
    ///
    /// # Errors
    /// [`WriteError`]; nothing is written then.
    pub async fn write(&self, entry: Entry) -> Result<u32, WriteError> {
        let (answer, written) = oneshot::channel();
        self.queue
            .send(Job::Entry(entry, answer))
            .await
            .map_err(|_| WriteError::Closed)?;
        written.await.map_err(|_| WriteError::Closed)?
    }

    /// Has the ledger asked for anything else, in its turn.
    ///
    /// # Errors
    /// [`WriteError`].
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, WriteError> {
        let (answer, answered) = oneshot::channel();
        let task: Task = Box::new(move |ledger| {
            // Nobody waits any more if this fails.
            let _ = answer.send(question(ledger));
        });
        self.queue
            .send(Job::Task(task))
            .await
            .map_err(|_| WriteError::Closed)?;
        answered
            .await
            .map_err(|_| WriteError::Closed)?
            .map_err(WriteError::from)
    }
}

impl From<LedgerError> for WriteError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(Arc::new(error))
    }
}

fn work(ledger: &Ledger, mut jobs: mpsc::Receiver<Job>) {
    let (mut entries, mut answers, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(first) = jobs.blocking_recv() {
        let mut next = Some(first);
        let mut gathered = false;
        while let Some(job) = next {
            match job {
                Job::Entry(entry, answer) => {
                    entries.push(entry);
                    answers.push(answer);
                }
                Job::Task(task) => tasks.push(task),
            }
            if !gathered && jobs.is_empty() && (2..MOST).contains(&entries.len()) {
                gathered = true;
                thread::sleep(GATHER);
            }
            next = if entries.len() < MOST {
                jobs.try_recv().ok()
            } else {
                None
            };
        }
        write(ledger, &mut entries, &mut answers);
        // Whoever asks sees at least what was written before.
        for task in tasks.drain(..) {
            task(ledger);
        }
    }
}

fn write(ledger: &Ledger, entries: &mut Vec<Entry>, answers: &mut Vec<Answer>) {
    if entries.is_empty() {
        return;
    }
    let written = ledger.write_attempts(entries);
    entries.clear();
    match written {
        Ok(results) => {
            for (answer, result) in answers.drain(..).zip(results) {
                // A task that was dropped does not wait any more; what it wrote stays.
                let _ = answer.send(result.map_err(WriteError::from));
            }
        }
        Err(error) => {
            let error = WriteError::from(error);
            for answer in answers.drain(..) {
                let _ = answer.send(Err(error.clone()));
            }
        }
    }
}
