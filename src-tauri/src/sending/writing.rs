//! Writing a batch down before its first request is sent: seen, and ended if the officer wants.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dispatch::PlanError;
use ledger::{Ledger, LedgerError};

use crate::attempt::refused;
use crate::error::{Problem, ProblemCode};
use crate::review::Prepared;
use crate::wire::{Pace, PlanProgress};

/// The least time between two reports.
const PAUSE: Duration = Duration::from_millis(100);

/// Ends what is being written down.
#[derive(Debug, Default)]
pub(crate) struct Stopper(AtomicBool);

impl Stopper {
    pub(crate) fn end(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A batch being written down, as whoever watches is told of it.
pub(crate) struct Writing<'a, T: Fn(Option<PlanProgress>)> {
    stopper: &'a Stopper,
    all: u32,
    tell: T,
    told: Mutex<Option<Instant>>,
}

impl<'a, T: Fn(Option<PlanProgress>)> Writing<'a, T> {
    pub(crate) fn new(stopper: &'a Stopper, all: u32, tell: T) -> Self {
        stopper.0.store(false, Ordering::Relaxed);
        Self {
            stopper,
            all,
            tell,
            told: Mutex::new(None),
        }
    }

    /// So many are made.
    fn made(&self, done: u32) -> Result<(), Stop> {
        if self.stopper.0.load(Ordering::Relaxed) {
            return Err(Stop::Ended);
        }
        if let Ok(mut told) = self.told.try_lock()
            && told.is_none_or(|last| last.elapsed() >= PAUSE)
        {
            *told = Some(Instant::now());
            let all = self.all;
            (self.tell)(Some(PlanProgress { done, all }));
        }
        Ok(())
    }
}

impl<T: Fn(Option<PlanProgress>)> Drop for Writing<'_, T> {
    fn drop(&mut self) {
        (self.tell)(None);
    }
}

/// Writes all requests of a review down as a batch, or none. Its id is the review's.
pub(crate) fn write_down(
    ledger: &Ledger,
    prepared: &Prepared,
    pace: Pace,
    writing: &Writing<'_, impl Fn(Option<PlanProgress>)>,
) -> Result<(), Problem> {
    let requests = prepared.requests().zip(1..).map(|(request, done)| {
        writing.made(done)?;
        request.map_err(Stop::Plan)
    });
    ledger.try_plan_batch(&prepared.batch(pace), requests)?;
    Ok(())
}

/// Why nothing was written down.
enum Stop {
    Ended,
    Plan(PlanError),
    Ledger(LedgerError),
}

impl From<LedgerError> for Stop {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Ended => Self::new(
                ProblemCode::Cancelled,
                "Nothing was sent, and nothing of it is kept.",
            ),
            Stop::Plan(error) => error.into(),
            Stop::Ledger(error) => refused(error),
        }
    }
}
