//! Faults on demand: which calls are hit, and what happens to them.
//!
//! A plan is a list of rules, each a choice of calls ([`Calls`]) and a [`Fault`]. Every rule counts
//! for itself the calls that it is about. If several rules hit one call, waits add up, and the
//! first of the faults that give an answer decides it. What happens on the socket is in `wire`.

mod calls;
mod fault;
mod spoil;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use self::calls::Calls;
pub(crate) use self::calls::{Call, Kind};
pub use self::fault::{Fault, Moment, RetryAfter};
pub(crate) use self::spoil::Struck;

/// A plan of faults, to be set on a running server with [`crate::Server::set_faults`].
///
/// ```
/// use std::time::Duration;
/// use sandbox::{Calls, Fault, Faults};
///
/// let plan = Faults::none()
///     .on(Calls::creates().every(10), Fault::LostReply)
///     .on(Calls::creates().share(0.2, 7), Fault::status(503))
///     .on(Calls::all(), Fault::slow(Duration::from_millis(5)));
/// assert_eq!(plan.len(), 3);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<(Calls, Fault)>);

impl Faults {
    /// No faults, which is how a server starts.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a rule.
    #[must_use]
    pub fn on(mut self, calls: Calls, fault: Fault) -> Self {
        self.0.push((calls, fault));
        self
    }

    /// How many rules there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The plan in force.
#[derive(Default)]
pub(crate) struct Plan(Mutex<Vec<Rule>>);

struct Rule {
    calls: calls::Counted,
    fault: Fault,
    hits: u64,
}

impl Plan {
    /// Puts another plan in force; counting begins anew.
    pub(crate) fn set(&self, faults: Faults) {
        *self.lock() = faults
            .0
            .into_iter()
            .map(|(calls, fault)| Rule {
                calls: calls.counted(),
                fault,
                hits: 0,
            })
            .collect();
    }

    /// How often each rule hit, in their order.
    pub(crate) fn hits(&self) -> Vec<u64> {
        self.lock().iter().map(|rule| rule.hits).collect()
    }

    /// Whether a call of this kind is to be reset before it is read.
    pub(crate) fn resets_unread(&self, kind: Kind) -> bool {
        let mut reset = false;
        for rule in self.lock().iter_mut().filter(|rule| rule.strikes_unread()) {
            if rule.calls.hit_kind(kind) {
                rule.hits += 1;
                reset = true;
            }
        }
        reset
    }

    /// What hits a call that has been read.
    pub(crate) fn strike(&self, call: &Call<'_>) -> Struck {
        let mut faults = Vec::new();
        for rule in self.lock().iter_mut().filter(|rule| !rule.strikes_unread()) {
            if rule.calls.hit(call) {
                rule.hits += 1;
                faults.push(rule.fault.settled(rule.calls.draw()));
            }
        }
        Struck::by(faults)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rule {
    fn strikes_unread(&self) -> bool {
        matches!(self.fault, Fault::Reset(Moment::BeforeRequest)) && !self.calls.needs_reading()
    }
}
