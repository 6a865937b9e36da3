//! The gate before a connection: all its batches queue here, and [`crate::pace`] opens it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Queue, Notify};
use tokio::time::{Instant, sleep_until};

use crate::pace::{Pace, Rate, Turn};

/// One for each connection, shared by all batches that go through it. Who came first goes first.
#[derive(Debug)]
pub struct Gate {
    pace: Mutex<Pace>,
    queue: Queue<()>,
    changed: Notify,
    opened: Instant,
}

/// Leave to make one call. Dropping it says that the call has come back.
#[derive(Debug)]
pub struct Pass {
    gate: Arc<Gate>,
    left_ms: u64,
}

impl Gate {
    /// A gate that lets through at this rate.
    #[must_use]
    pub fn new(rate: Rate) -> Arc<Self> {
        Arc::new(Self {
            pace: Mutex::new(Pace::new(rate, 0)),
            queue: Queue::new(()),
            changed: Notify::new(),
            opened: Instant::now(),
        })
    }

    /// Waits for its turn. Dropping the future gives the place in the queue up.
    pub async fn enter(self: &Arc<Self>) -> Pass {
        let _first = self.queue.lock().await;
        loop {
            let changed = self.changed.notified();
            let now_ms = self.now_ms();
            let turn = self.pace().enter(now_ms);
            match turn {
                Turn::Go => {
                    return Pass {
                        gate: Arc::clone(self),
                        left_ms: now_ms,
                    };
                }
                Turn::Full => changed.await,
                Turn::Wait { until_ms } => {
                    let until = self.opened + Duration::from_millis(until_ms);
                    tokio::select! {
                        () = sleep_until(until) => {}
                        () = changed => {}
                    }
                }
            }
        }
    }

    /// Sets another rate, from now on.
    pub fn set(&self, rate: Rate) {
        let now_ms = self.now_ms();
        self.pace().set(rate, now_ms);
        self.changed.notify_one();
    }

    /// The rate that was set last; what is in force may be less.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.pace().rate()
    }

    /// The server answered this call with a request to slow down. Gives whether the pace was halved
    /// for it.
    pub fn slow(&self, pass_left_ms: u64, hold_ms: Option<u64>) -> bool {
        let now_ms = self.now_ms();
        self.pace().slow(pass_left_ms, now_ms, hold_ms)
    }

    /// Requests a minute now.
    #[must_use]
    pub fn per_minute(&self) -> u32 {
        self.pace().per_minute()
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass {
    /// When it was given, in the gate's milliseconds.
    #[must_use]
    pub fn left_ms(&self) -> u64 {
        self.left_ms
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.pace().leave();
        self.gate.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn two_batches_share_one_pace_in_turns() {
        let gate = Gate::new(Rate {
            per_minute: 60,
            in_flight: 4,
        });
        let (sender, mut order) = tokio::sync::mpsc::unbounded_channel();
        for batch in ["a", "b"] {
            let (gate, sender) = (Arc::clone(&gate), sender.clone());
            tokio::spawn(async move {
                for _ in 0..5 {
                    let pass = gate.enter().await;
                    sender.send((batch, pass.left_ms())).unwrap();
                }
            });
        }
        drop(sender);
        let mut seen = Vec::new();
        while let Some(one) = order.recv().await {
            seen.push(one);
        }
        let batches: String = seen.iter().map(|(batch, _)| *batch).collect();
        // The first to come takes two turns before the other has queued; from then on they alternate.
        assert_eq!(&batches[1..9], "abababab");
        assert_eq!(seen.last().unwrap().1, 9_000);
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_gate_opens_when_a_call_comes_back() {
        let gate = Gate::new(Rate {
            per_minute: 60_000,
            in_flight: 1,
        });
        let pass = gate.enter().await;
        let waiting = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter().await.left_ms() }
        });
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(!waiting.is_finished());
        drop(pass);
        assert_eq!(waiting.await.unwrap(), 5_000);
    }
}
