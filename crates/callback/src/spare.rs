//! So many in a minute and no more.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

const SPAN: Duration = Duration::from_secs(60);

/// Counts what happened in the last minute.
pub(crate) struct Spare {
    most: usize,
    seen: VecDeque<Instant>,
}

impl Spare {
    pub(crate) const fn new(most: usize) -> Self {
        Self {
            most,
            seen: VecDeque::new(),
        }
    }

    /// Whether one more may happen at `now`; if so, it is counted.
    pub(crate) fn allows(&mut self, now: Instant) -> bool {
        while self
            .seen
            .front()
            .is_some_and(|at| now.duration_since(*at) >= SPAN)
        {
            self.seen.pop_front();
        }
        let free = self.seen.len() < self.most;
        if free {
            self.seen.push_back(now);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_later_there_is_room_again() {
        let start = Instant::now();
        let mut spare = Spare::new(2);
        assert!(spare.allows(start));
        assert!(spare.allows(start + SPAN / 2));
        assert!(!spare.allows(start + SPAN / 2));
        assert!(spare.allows(start + SPAN));
        assert!(!spare.allows(start + SPAN));
    }
}
