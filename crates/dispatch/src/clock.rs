//! Time and randomness, passed in.

/// Tells the time that calls are signed with and records carry.
pub trait Clock: Send + Sync + 'static {
    /// Unix milliseconds.
    fn now_ms(&self) -> i64;
}

/// A source of randomness. It spreads retries; nothing secret comes from it.
pub trait Chance: Send + 'static {
    /// Any number below `bound`, each as likely as the others; 0 when `bound` is 0.
    fn below(&mut self, bound: u64) -> u64;
}

impl<F: Fn() -> i64 + Send + Sync + 'static> Clock for F {
    fn now_ms(&self) -> i64 {
        self()
    }
}
