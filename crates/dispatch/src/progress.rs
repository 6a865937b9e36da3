//! How fast it goes and how long it will take, from what was seen in the last minute.

use std::collections::VecDeque;

const WINDOW_MS: u64 = 60_000;
const MOST: usize = 128;

/// Counts of finished requests at moments of the last minute.
#[derive(Debug, Default)]
pub(crate) struct Progress(VecDeque<(u64, u64)>);

impl Progress {
    /// `done` requests were finished at `now_ms`.
    pub(crate) fn note(&mut self, now_ms: u64, done: u64) {
        self.0.push_back((now_ms, done));
        while self.0.len() > MOST
            || self
                .0
                .front()
                .is_some_and(|(at, _)| at + WINDOW_MS < now_ms)
        {
            self.0.pop_front();
        }
    }

    /// Forgets all, after a pause.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Requests finished a minute, if at least a second was seen.
    pub(crate) fn per_minute(&self) -> Option<u64> {
        let ((from, before), (to, after)) = (self.0.front()?, self.0.back()?);
        let passed = to.saturating_sub(*from);
        (passed >= 1_000).then(|| after.saturating_sub(*before) * 60_000 / passed)
    }

    /// How long `left` requests will take: at the rate seen, else at the pace allowed.
    pub(crate) fn left_ms(&self, left: u64, allowed_per_minute: u32) -> u64 {
        let rate = self
            .per_minute()
            .filter(|rate| *rate > 0)
            .unwrap_or_else(|| u64::from(allowed_per_minute.max(1)));
        left.saturating_mul(60_000) / rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_minute_counts() {
        let mut progress = Progress::default();
        progress.note(0, 0);
        assert_eq!(progress.per_minute(), None);
        assert_eq!(progress.left_ms(120, 60), 120_000, "as the pace allows");
        for second in 1..=120 {
            progress.note(
                second * 1_000,
                if second <= 60 {
                    second
                } else {
                    2 * second - 60
                },
            );
        }
        assert_eq!(progress.per_minute(), Some(120));
        assert_eq!(progress.left_ms(60, 60), 30_000);
    }
}
