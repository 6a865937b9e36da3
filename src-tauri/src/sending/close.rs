//! Closing the app while something is being sent.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Ask, Sending};
use crate::wire::{BatchCounts, CloseAsked};

/// A call that takes longer is cut off, and found again at the next start.
const LONGEST: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(50);

impl Sending {
    /// What the officer is asked before the app closes; `None` while nothing is being sent.
    pub(crate) fn close_asked(&self) -> Option<CloseAsked> {
        let runs = self.runs();
        let counts = runs.iter().map(|(id, run)| match &run.standing.status {
            Some(status) => Some(status.counts),
            None => self.batch(id).ok().map(|batch| batch.counts),
        });
        let left: Vec<u32> = counts
            .map(|counts| BatchCounts::from(counts.unwrap_or_default()).left())
            .collect();
        (!left.is_empty()).then(|| CloseAsked {
            batches: u32::try_from(left.len()).unwrap_or(u32::MAX),
            people_left: left
                .iter()
                .fold(0, |sum: u32, people| sum.saturating_add(*people)),
        })
    }

    /// Lets what is under way come to its end, and no more. The next start goes on.
    pub(crate) async fn leave(self: Arc<Self>) {
        self.leaving.store(true, Ordering::Relaxed);
        for run in self.runs().values() {
            let _ = run.asks.send(Ask::Leave);
        }
        let until = Instant::now() + LONGEST;
        while !self.runs().is_empty() && Instant::now() < until {
            sleep(LOOK).await;
        }
        // The process may end now: nothing must be half written, and the cipher not be in use.
        let _ = self.writer.ask(|_| Ok(())).await;
    }
}
