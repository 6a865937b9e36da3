//! How often and how long to try.

/// The limits of trying. [`Terms::default`] is what officers get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Attempts for one request until the next pause, the first included.
    pub attempts: u32,
    /// Before the second attempt at most this long; before each further one twice as long.
    pub base_ms: u64,
    /// The longest wait of our own choosing.
    pub cap_ms: u64,
    /// The longest wait the server may ask for; beyond it the batch is paused.
    pub longest_wait_ms: u64,
    /// How long an idempotency key is trusted to be remembered, from its first use.
    pub key_lifetime_ms: i64,
    /// Retries that a batch has from the start.
    pub spare_retries: u32,
    /// Retries that come on top with each hundred requests sent.
    pub retries_per_hundred: u32,
    /// At a pace at which the disk would hold calls up: how many starts are written down for each
    /// call that may be under way. Those that have not left are doubts after a crash. 1 is none
    /// ahead.
    pub ahead: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            attempts: 5,
            base_ms: 500,
            cap_ms: 20_000,
            longest_wait_ms: 120_000,
            key_lifetime_ms: 24 * 60 * 60 * 1000,
            spare_retries: 20,
            retries_per_hundred: 20,
            ahead: 8,
        }
    }
}

/// What a batch has left to spend on retries, so that a server in trouble is not buried under
/// them: many requests failing at once use it up, and the batch is paused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    /// In hundredths of a retry.
    hundredths: u64,
    earned: u64,
}

impl Budget {
    pub(crate) fn new(terms: &Terms) -> Self {
        Self {
            hundredths: u64::from(terms.spare_retries) * 100,
            earned: u64::from(terms.retries_per_hundred),
        }
    }

    /// A request was sent for the first time.
    pub(crate) fn earn(&mut self) {
        self.hundredths = self.hundredths.saturating_add(self.earned);
    }

    pub(crate) fn has_one(&self) -> bool {
        self.hundredths >= 100
    }

    pub(crate) fn spend(&mut self) {
        self.hundredths = self.hundredths.saturating_sub(100);
    }
}

/// The oldest version with idempotency keys.
const FIRST_WITH_KEYS: &str = "2026-05-20";

/// Whether a version knows idempotency keys. Versions are dates, which order as text.
pub(crate) fn has_keys(api_version: &str) -> bool {
    api_version >= FIRST_WITH_KEYS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_grows_with_what_is_sent_and_ends() {
        let mut budget = Budget::new(&Terms {
            spare_retries: 2,
            retries_per_hundred: 50,
            ..Terms::default()
        });
        for left in [true, true, false] {
            assert_eq!(budget.has_one(), left);
            budget.spend();
        }
        budget.earn();
        assert!(!budget.has_one());
        budget.earn();
        assert!(budget.has_one());
    }

    #[test]
    fn keys_are_known_since_the_contacts_era() {
        assert!(has_keys("2026-05-20") && has_keys("2026-09-01"));
        assert!(!has_keys("2026-05-19") && !has_keys("2026-03-24"));
    }
}
