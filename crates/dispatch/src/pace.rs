//! How fast: a token bucket for each connection, slowed when the server asks for it.
//!
//! Plain arithmetic over the milliseconds passed in, from any fixed start. At usual paces the
//! bucket holds one token, so that requests leave evenly spaced; at fast ones it holds a tenth of
//! a second's worth, because timers are no finer. A request to slow down halves the pace and the
//! number under way, once for all calls that left before the last halving; each quiet minute then
//! gives a tenth back, up to what the officer set.

/// The pace an officer sets for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests a minute, at least 1.
    pub per_minute: u32,
    /// Requests under way at once, at least 1.
    pub in_flight: u32,
}

impl Default for Rate {
    fn default() -> Self {
        Self {
            per_minute: 60,
            in_flight: 4,
        }
    }
}

/// Whether a call may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Now; it counts as under way until [`Pace::leave`].
    Go,
    /// Not before this time.
    Wait {
        /// In the caller's milliseconds.
        until_ms: u64,
    },
    /// Not before one under way has come back.
    Full,
}

/// The pace of one connection.
#[derive(Debug, Clone)]
pub struct Pace {
    set: Rate,
    /// The part of what is set that is in force, above 0 and at most 1.
    share: f64,
    tokens: f64,
    filled_ms: u64,
    /// When the share last changed.
    changed_ms: u64,
    slowed_ms: Option<u64>,
    hold_until_ms: u64,
    under_way: u32,
}

const MINUTE_MS: u64 = 60_000;
/// The bucket holds what comes in so long, but at least one token.
const BUCKET_MS: f64 = 100.0;
const RAISE: f64 = 1.1;
/// Sums of fractions fall short of one by less than this.
const CLOSE: f64 = 1e-6;

impl Pace {
    /// A pace at which the first call may leave at once.
    #[must_use]
    pub fn new(rate: Rate, now_ms: u64) -> Self {
        Self {
            set: at_least_one(rate),
            share: 1.0,
            tokens: 1.0,
            filled_ms: now_ms,
            changed_ms: now_ms,
            slowed_ms: None,
            hold_until_ms: 0,
            under_way: 0,
        }
    }

    /// Sets another pace. A slowdown in force stays in proportion.
    pub fn set(&mut self, rate: Rate, now_ms: u64) {
        self.advance(now_ms);
        self.set = at_least_one(rate);
        self.tokens = self.tokens.min(self.capacity());
    }

    /// Asks for a turn.
    pub fn enter(&mut self, now_ms: u64) -> Turn {
        self.advance(now_ms);
        if now_ms < self.hold_until_ms {
            return Turn::Wait {
                until_ms: self.hold_until_ms,
            };
        }
        if self.under_way >= self.in_flight() {
            return Turn::Full;
        }
        if self.tokens + CLOSE < 1.0 {
            let missing_ms = ((1.0 - self.tokens) / self.per_ms()).ceil();
            // Bounded: at the slowest pace a token takes a minute.
            return Turn::Wait {
                until_ms: now_ms + (missing_ms as u64).clamp(1, 2 * MINUTE_MS),
            };
        }
        self.tokens = (self.tokens - 1.0).max(0.0);
        self.under_way += 1;
        Turn::Go
    }

    /// A call has come back, however it ended.
    pub fn leave(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// The server asks for less (429, 503) in answer to a call that left at `left_ms`, and for
    /// silence of `hold_ms` if it says so. Gives whether the pace was halved for it.
    pub fn slow(&mut self, left_ms: u64, now_ms: u64, hold_ms: Option<u64>) -> bool {
        self.advance(now_ms);
        if let Some(hold_ms) = hold_ms {
            self.hold_until_ms = self.hold_until_ms.max(now_ms.saturating_add(hold_ms));
        }
        self.changed_ms = now_ms;
        if self.slowed_ms.is_some_and(|slowed| left_ms < slowed) {
            return false;
        }
        self.slowed_ms = Some(now_ms);
        self.share = (self.share / 2.0).max(self.least());
        self.tokens = self.tokens.min(self.capacity());
        true
    }

    /// The pace that was set.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.set
    }

    /// Requests a minute in force, rounded.
    #[must_use]
    pub fn per_minute(&self) -> u32 {
        (f64::from(self.set.per_minute) * self.share).round() as u32
    }

    /// How many may be under way at once.
    #[must_use]
    pub fn in_flight(&self) -> u32 {
        ((f64::from(self.set.in_flight) * self.share - CLOSE).ceil() as u32).max(1)
    }

    /// How many are under way.
    #[must_use]
    pub fn under_way(&self) -> u32 {
        self.under_way
    }

    fn advance(&mut self, now_ms: u64) {
        // A clock that goes back gives nothing.
        let passed = now_ms.saturating_sub(self.filled_ms);
        self.tokens = (self.tokens + passed as f64 * self.per_ms()).min(self.capacity());
        self.filled_ms = self.filled_ms.max(now_ms);
        let quiet = now_ms.saturating_sub(self.changed_ms) / MINUTE_MS;
        if quiet > 0 && self.share < 1.0 {
            let raised = self.share * RAISE.powi(i32::try_from(quiet).unwrap_or(i32::MAX));
            self.share = raised.min(1.0);
            self.changed_ms += quiet * MINUTE_MS;
        }
    }

    fn per_ms(&self) -> f64 {
        f64::from(self.set.per_minute) * self.share / MINUTE_MS as f64
    }

    fn capacity(&self) -> f64 {
        (self.per_ms() * BUCKET_MS).max(1.0)
    }

    /// One request a minute.
    fn least(&self) -> f64 {
        1.0 / f64::from(self.set.per_minute)
    }
}

fn at_least_one(rate: Rate) -> Rate {
    Rate {
        per_minute: rate.per_minute.max(1),
        in_flight: rate.in_flight.max(1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(per_minute: u32, in_flight: u32) -> Rate {
        Rate {
            per_minute,
            in_flight,
        }
    }

    /// When calls leave if each comes back at once and the next asks as soon as it may.
    fn departures(pace: &mut Pace, until_ms: u64) -> Vec<u64> {
        let (mut now, mut left) = (0, Vec::new());
        while now < until_ms {
            match pace.enter(now) {
                Turn::Go => {
                    left.push(now);
                    pace.leave();
                }
                Turn::Wait { until_ms } => {
                    assert!(until_ms > now, "a wait that does not pass");
                    now = until_ms;
                }
                Turn::Full => panic!("nothing is under way"),
            }
        }
        left
    }

    #[test]
    fn sixty_a_minute_leave_a_second_apart() {
        let mut pace = Pace::new(rate(60, 4), 0);
        let left = departures(&mut pace, 60_000);
        assert_eq!(left.len(), 60);
        assert!(left.windows(2).all(|two| two[1] - two[0] >= 1_000));
    }

    #[test]
    fn no_more_are_under_way_than_set() {
        let mut pace = Pace::new(rate(60_000, 2), 0);
        assert_eq!(pace.enter(1_000), Turn::Go);
        assert_eq!(pace.enter(1_000), Turn::Go);
        assert_eq!(pace.enter(1_000), Turn::Full);
        pace.leave();
        assert_eq!(pace.enter(1_000), Turn::Go);
    }

    #[test]
    fn a_burst_of_refusals_halves_once() {
        let mut pace = Pace::new(rate(80, 8), 0);
        for _ in 0..8 {
            pace.slow(100, 1_000, None);
        }
        assert_eq!((pace.per_minute(), pace.in_flight()), (40, 4));
        assert!(pace.slow(1_500, 2_000, None));
        assert_eq!((pace.per_minute(), pace.in_flight()), (20, 2));
    }

    #[test]
    fn quiet_gives_a_tenth_back_each_minute_up_to_what_was_set() {
        let mut pace = Pace::new(rate(100, 10), 0);
        pace.slow(0, 0, None);
        for (minutes, per_minute) in [(0, 50), (1, 55), (2, 61), (7, 97), (8, 100), (90, 100)] {
            pace.enter(minutes * 60_000);
            pace.leave();
            assert_eq!(pace.per_minute(), per_minute, "after {minutes} minutes");
        }
    }

    #[test]
    fn nothing_leaves_while_the_server_asks_for_silence() {
        let mut pace = Pace::new(rate(6_000, 4), 0);
        pace.slow(0, 10, Some(30_000));
        assert_eq!(pace.enter(29_000), Turn::Wait { until_ms: 30_010 });
        assert_eq!(pace.enter(30_010), Turn::Go);
    }

    #[test]
    fn the_slowest_pace_is_one_a_minute() {
        let mut pace = Pace::new(rate(60, 4), 0);
        for now in 0..40 {
            pace.slow(now, now, None);
        }
        assert_eq!((pace.per_minute(), pace.in_flight()), (1, 1));
    }

    proptest! {
        #[test]
        fn no_minute_has_more_than_the_pace(
            per_minute in 1_u32..8_000, slow_at in proptest::collection::vec(0_u64..120_000, 0..4)
        ) {
            let mut pace = Pace::new(rate(per_minute, 4), 0);
            for at in slow_at {
                pace.slow(at, at, None);
            }
            let left = departures(&mut pace, 130_000);
            prop_assert!(!left.is_empty());
            let bucket = (f64::from(per_minute) / 600.0).max(1.0) as usize;
            // A later call that left less than a minute after an earlier one makes too many.
            let too_many = left
                .iter()
                .zip(left.iter().skip(per_minute as usize + bucket))
                .find(|(from, to)| *to - *from < 60_000);
            prop_assert!(too_many.is_none(), "{:?}", too_many);
        }

        #[test]
        fn any_order_of_calls_keeps_the_bounds(
            per_minute in 0_u32..10_000, in_flight in 0_u32..32,
            steps in proptest::collection::vec((0_u8..4, 0_u64..100_000), 1..200)
        ) {
            let set = rate(per_minute, in_flight);
            let mut pace = Pace::new(set, 0);
            let mut now = 0_u64;
            let mut under_way = 0;
            for (what, ms) in steps {
                match what {
                    0 => now += ms,
                    1 => if pace.enter(now) == Turn::Go { under_way += 1 },
                    2 => if under_way > 0 { pace.leave(); under_way -= 1 },
                    _ => { pace.slow(now.saturating_sub(ms), now, Some(ms)); }
                }
                prop_assert_eq!(pace.under_way(), under_way);
                prop_assert!(under_way <= in_flight.max(1));
                prop_assert!((1..=per_minute.max(1)).contains(&pace.per_minute()));
                prop_assert!((1..=in_flight.max(1)).contains(&pace.in_flight()));
            }
        }
    }
}
