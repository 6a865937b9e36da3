//! How often something may be, in whatever minute one looks at.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);

/// So many tokens, each of which comes back a minute after it was taken.
pub(crate) struct Bucket {
    tokens: usize,
    /// When those out were taken, oldest first.
    taken: VecDeque<Instant>,
}

impl Bucket {
    pub(crate) fn new(tokens: usize) -> Self {
        Self {
            tokens,
            taken: VecDeque::with_capacity(tokens),
        }
    }

    /// Takes a token, unless all are out.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        while let Some(taken) = self.taken.front()
            && now.duration_since(*taken) >= MINUTE
        {
            self.taken.pop_front();
        }
        let left = self.taken.len() < self.tokens;
        if left {
            self.taken.push_back(now);
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_one_by_one() {
        let start = Instant::now();
        let after = |ms| start + Duration::from_millis(ms);
        let mut bucket = Bucket::new(2);
        for (ms, taken) in [
            (0, true),
            (30_000, true),
            (59_999, false),
            (60_000, true),
            (60_000, false),
            (89_999, false),
            (90_000, true),
            (90_001, false),
            (1_000_000, true),
            (1_000_000, true),
            (1_000_000, false),
        ] {
            assert_eq!(bucket.take(after(ms)), taken, "{ms}");
        }
    }

    #[test]
    fn an_earlier_time_gives_nothing_back() {
        let start = Instant::now() + MINUTE;
        let mut bucket = Bucket::new(1);
        assert!(bucket.take(start));
        assert!(!bucket.take(start - MINUTE));
        assert!(bucket.take(start + MINUTE));
    }
}
