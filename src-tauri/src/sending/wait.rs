//! Going on by itself after a while.

use std::time::Duration;

use dispatch::Why;
use tokio::time::{Instant, sleep};

use super::Ask;
use super::run::Asks;
use crate::adapters::clock::now_ms;

const FIRST_MS: u64 = 30_000;
const LONGEST_MS: u64 = 5 * 60_000;
/// A server that asks for more is answered by the officer.
const LONGEST_ASKED_MS: u64 = 24 * 60 * 60_000;
/// So long at most until a computer that was asleep sees that the time has come.
const LOOK: Duration = Duration::from_secs(2);

/// How long to wait for a connection: longer each time until something gets on.
#[derive(Debug, Default)]
pub(super) struct Patience {
    waits: u32,
}

impl Patience {
    /// How long to wait, if waiting may help.
    pub(super) fn after(&mut self, why: &Why) -> Option<u64> {
        let wait_ms = match why {
            Why::NoConnection { .. } => {
                let doubled = FIRST_MS.saturating_mul(1 << self.waits.min(10));
                Some(doubled.min(LONGEST_MS))
            }
            Why::AskedToWait { seconds } => {
                Some(seconds.saturating_mul(1_000)).filter(|ms| *ms <= LONGEST_ASKED_MS)
            }
            _ => None,
        };
        self.waits = self.waits.saturating_add(u32::from(wait_ms.is_some()));
        wait_ms
    }

    /// Whether it was asked once.
    pub(super) fn is_first(&self) -> bool {
        self.waits == 1
    }
}

/// Waits until the time has come or the officer asks for something.
pub(super) async fn wait(wait_ms: u64, asks: &mut Asks) -> Ask {
    let until_ms = now_ms().saturating_add_unsigned(wait_ms);
    // Either clock will do: one stands still while the computer sleeps, the other may be set back.
    let until = Instant::now() + Duration::from_millis(wait_ms);
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || now_ms() >= until_ms {
            return Ask::GoOn;
        }
        tokio::select! {
            Some(ask) = asks.recv() => return ask,
            () = sleep(left.min(LOOK)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_waited_for_longer_each_time() {
        let mut patience = Patience::default();
        let lost = Why::NoConnection {
            said: String::new(),
        };
        let waits: Vec<_> = (0..6)
            .map(|_| patience.after(&lost).unwrap() / 1_000)
            .collect();
        assert_eq!(waits, [30, 60, 120, 240, 300, 300]);
        let asked = |seconds| Patience::default().after(&Why::AskedToWait { seconds });
        assert_eq!(asked(600), Some(600_000));
        assert_eq!(asked(u64::MAX), None);
        assert_eq!(Patience::default().after(&Why::Payment), None);
    }
}
