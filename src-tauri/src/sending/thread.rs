//! The thread that the writer's ledger lives on, waited for at the end: a process that ends puts the cipher's library
//! away, and a ledger that closes at that moment would still use it.

use std::thread::{JoinHandle, sleep};
use std::time::{Duration, Instant};

use ledger::Ledger;

/// Long enough for a last step onto the disk. A run that is still being dropped is not waited for.
const LONGEST: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(1);

pub(super) struct Thread(Option<JoinHandle<Ledger>>);

impl Thread {
    pub(super) fn new(thread: JoinHandle<Ledger>) -> Self {
        Self(Some(thread))
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        let Some(thread) = self.0.take() else { return };
        let until = Instant::now() + LONGEST;
        while !thread.is_finished() && Instant::now() < until {
            sleep(LOOK);
        }
        if thread.is_finished() {
            // Its ledger is closed here.
            drop(thread.join());
        }
    }
}
