//! Checking the whole ledger: every event, then what the events vouch for.
//!
//! Events are read in order, few at a time. Each is hashed anew with the stored hash of the one before
//! it, so that a changed event is named and those after it are not. A part of the file that can no
//! longer be read is stepped over and named; the hashes of the events in it are often still to be had
//! from their second place, so that the events after it are checked all the same.
//!
//! Left out: whether events were taken off the end together with all they vouch for. Only a receipt
//! or a head kept elsewhere can tell.

mod kept;
mod reading;
mod seen;
mod unnoted;

use std::cell::Ref;
use std::ops::ControlFlow;

use rusqlite::Connection;

use self::reading::Stored;
use self::seen::Seen;
use super::Ledger;
use crate::leaf::{Leaf, NOTHING};
use crate::{Damage, EventKind, Evidence, LedgerError, What, canonical};

impl Ledger {
    /// Checks every event and what it vouches for: the chain, the plan and body of its request, the
    /// answer, the payload; then that nothing is there that no event tells of. Damage does not end
    /// it. `watch` is told how many events are done and of how many, and may call it off.
    ///
    /// Takes as long as reading the ledger does: do it on a handle of its own ([`Self::another`]).
    ///
    /// # Errors
    /// [`LedgerError::Busy`], [`LedgerError::Disk`]; [`LedgerError::Damaged`] only when the file is
    /// not to be opened any more.
    pub fn check_evidence(
        &self,
        mut watch: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Evidence, LedgerError> {
        let mut walk = Walk::new(self)?;
        loop {
            let (done, size) = (walk.found.checked, walk.found.size);
            if watch(done, size).is_break() {
                return Ok(walk.found);
            }
            if done >= size {
                break;
            }
            walk.step()?;
        }
        walk.link = None;
        walk.reckon()?;
        Ok(walk.found)
    }
}

struct Walk<'a> {
    ledger: &'a Ledger,
    /// Lent for some events at a time, and not after it met what it could not read.
    link: Option<Ref<'a, Connection>>,
    found: Evidence,
    /// The event gone through last.
    before: Before,
    /// What the events tell of.
    seen: Seen,
    room: String,
    /// Every event so far is there as it was written, so that what none tells of was never told of.
    is_gapless: bool,
}

/// The hash of the event before, as it is stored and as it should be.
#[derive(Clone, Copy)]
struct Before {
    stored: Option<[u8; 32]>,
    right: Option<[u8; 32]>,
}

impl<'a> Walk<'a> {
    fn new(ledger: &'a Ledger) -> Result<Self, LedgerError> {
        let mut walk = Self {
            ledger,
            link: None,
            found: Evidence::default(),
            before: Before {
                stored: Some(NOTHING),
                right: None,
            },
            seen: Seen::default(),
            room: String::new(),
            is_gapless: true,
        };
        if ledger.has_strays()? {
            walk.note(What::Stray, None, None);
        }
        walk.found.size = ledger.last_event()?;
        Ok(walk)
    }

    /// Goes on by some events, or over one gap.
    fn step(&mut self) -> Result<(), LedgerError> {
        self.link = None;
        let (from, to) = (self.found.checked + 1, self.found.size);
        let (events, is_cut) = self.ledger.read_events(from, to)?;
        let is_end = events.is_empty() && !is_cut;
        for event in events {
            let next = self.found.checked + 1;
            if event.sequence > next {
                self.gap(What::Missing, next, Some(event.sequence - 1))?;
            }
            self.event(&event)?;
            self.found.checked = event.sequence;
        }
        self.link = None;
        let from = self.found.checked + 1;
        if is_cut {
            match self.ledger.first_readable(from, to)? {
                Some(readable) if readable > from => {
                    self.gap(What::Unreadable, from, Some(readable - 1))?;
                }
                // The event itself can be read: it is the request it is about that cannot.
                Some(_) => self.without_request(from)?,
                None => self.gap(
                    What::Unreadable,
                    from,
                    (to < reading::ENDLESS).then_some(to),
                )?,
            }
        } else if is_end {
            self.gap(What::Missing, from, Some(to))?;
        }
        Ok(())
    }

    fn gap(&mut self, what: What, first: u64, last: Option<u64>) -> Result<(), LedgerError> {
        self.link = None;
        self.is_gapless = false;
        self.note(what, Some((first, last)), None);
        let last = last.unwrap_or(self.found.size);
        self.found.checked = last;
        self.before = Before {
            stored: self.ledger.hash_of(last)?,
            right: None,
        };
        Ok(())
    }

    fn link(&mut self) -> Ref<'a, Connection> {
        Ref::clone(self.link.get_or_insert_with(|| self.ledger.link()))
    }

    fn without_request(&mut self, number: u64) -> Result<(), LedgerError> {
        self.is_gapless = false;
        self.note(What::Lost, Some((number, Some(number))), None);
        self.found.checked = number;
        self.before = Before {
            stored: self.ledger.hash_of(number)?,
            right: None,
        };
        Ok(())
    }

    fn event(&mut self, event: &Stored) -> Result<(), LedgerError> {
        let hash = |previous: [u8; 32], room: &mut String| {
            Leaf {
                at_ms: event.at_ms,
                detail: &event.detail,
                kind: &event.kind,
                previous: &previous,
                request: event.request.as_deref(),
                sequence: event.sequence,
            }
            .hash(room)
        };
        let by_stored = self.before.stored.map(|h| hash(h, &mut self.room));
        // Where the hash before was changed, the events after it hold the right one.
        let right = self.before.right.filter(|h| Some(*h) != self.before.stored);
        let by_right = right.map(|h| hash(h, &mut self.room));
        let fits = event.hash.is_some() && [by_stored, by_right].contains(&event.hash);
        let kind = EventKind::parse(&event.kind);
        let what = if kind.is_none() {
            Some(What::Kind)
        } else if !canonical::is_object(&event.detail) {
            Some(What::Detail)
        } else if event.is_about.is_some() && event.request.is_none() {
            Some(What::Request)
        } else if fits {
            None
        } else if self.before.stored.is_none() {
            Some(What::Unproven)
        } else {
            Some(What::Hash)
        };
        if let Some(what) = what {
            self.is_gapless &= what == What::Unproven;
            self.note_event(what, event);
        }
        if let (None | Some(What::Unproven), Some(kind)) = (what, kind) {
            self.vouched(kind, event)?;
        }
        self.before = Before {
            stored: event.hash,
            right: by_right.or(by_stored),
        };
        Ok(())
    }

    fn note_event(&mut self, what: What, event: &Stored) {
        let at = (event.sequence, Some(event.sequence));
        self.note(what, Some(at), event.request.clone());
    }

    fn note(&mut self, what: What, events: Option<(u64, Option<u64>)>, request: Option<String>) {
        self.found.note(Damage {
            what,
            events,
            request,
        });
    }
}
