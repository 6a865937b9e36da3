//! What the officer decides about requests that came to no good end: to be sent once more.

use serde::Serialize;

use super::{Ledger, attempts, events};
use crate::{EventKind, LedgerError, State, Which};

#[derive(Serialize)]
struct Nothing {}

impl Ledger {
    /// Has refused requests of a batch sent again: they are planned once more, with the same key and
    /// bytes and in their old places, and their attempts stay noted. Others of the ids are left as
    /// they are. Gives how many were put back.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn put_back_refused(
        &self,
        batch: &str,
        which: Which<'_>,
        at_ms: i64,
    ) -> Result<u64, LedgerError> {
        self.change_chosen(batch, which, "state = 'refused'", |change, about| {
            attempts::set_state(change, about.number, State::Planned)?;
            events::append(change, about, EventKind::PutBack, &Nothing {}, at_ms)
        })
    }

    /// Notes that the officer lets requests of unknown outcome be sent again under their keys,
    /// however old those are. They stay unknown; [`Due::again`](crate::Due::again) holds until the
    /// next attempt begins. Others of the ids are left as they are. Gives how many it is noted of.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn allow_again(&self, batch: &str, ids: &[String], at_ms: i64) -> Result<u64, LedgerError> {
        let open = "state = 'unknown' AND again = 0";
        self.change_chosen(batch, Which::Ids(ids), open, |change, about| {
            change
                .prepare_cached("UPDATE standing SET again = 1 WHERE request = ?1")?
                .execute([about.number])?;
            events::append(change, about, EventKind::AllowedAgain, &Nothing {}, at_ms)
        })
    }
}
