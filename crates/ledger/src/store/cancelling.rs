//! Taking back what was not sent.

use serde::Serialize;

use super::{Ledger, attempts, events};
use crate::{EventKind, LedgerError, State, Which};

#[derive(Serialize)]
struct CancelledDetail {
    sent: bool,
}

impl Ledger {
    /// Takes back those of a batch's requests that were not sent: planned ones, and those that
    /// certainly did not arrive. Others of the ids are left as they are. Gives how many were taken
    /// back; each of them is on the disk as cancelled and is never sent.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn cancel_planned(
        &self,
        batch: &str,
        which: Which<'_>,
        at_ms: i64,
    ) -> Result<u64, LedgerError> {
        let unsent = "state IN ('planned', 'not-sent')";
        self.change_chosen(batch, which, unsent, |change, about| {
            attempts::set_state(change, about.number, State::Cancelled)?;
            let detail = CancelledDetail { sent: false };
            events::append(change, about, EventKind::Cancelled, &detail, at_ms)
        })
    }
}
