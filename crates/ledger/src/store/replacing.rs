//! A corrected request in place of a refused one.

use serde::Serialize;

use super::events::{self, About};
use super::{Ledger, attempts, number_of, planning, planning_many, state_of};
use crate::{EventKind, LedgerError, NewRequest, State};

/// On each of the two: the other one's id.
#[derive(Serialize)]
struct OtherDetail<'a> {
    request: &'a str,
}

impl Ledger {
    /// Plans a corrected request in place of a refused one: `new` goes to the end of the batch and
    /// the old one is taken back, in one step. Gives the new one's position.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRequest`], [`LedgerError::WrongState`] unless `old` is
    /// [`State::Refused`], [`LedgerError::NoSuchBatch`] if it belongs to none,
    /// [`LedgerError::OtherConnection`], and those of [`Ledger::plan`] about `new`.
    pub fn replace_refused(
        &self,
        old: &str,
        new: &NewRequest,
        at_ms: i64,
    ) -> Result<u64, LedgerError> {
        let change = self.change()?;
        let replaced = number_of(&change, old)?;
        let state = state_of(&change, replaced)?;
        if state != State::Refused {
            return Err(LedgerError::WrongState { state });
        }
        let (batch, connection): (Option<i64>, String) = change
            .prepare_cached("SELECT batch, connection_id FROM request WHERE number = ?1")?
            .query_row([replaced], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let batch = batch.ok_or(LedgerError::NoSuchBatch)?;
        if new.connection_id != connection {
            return Err(LedgerError::OtherConnection);
        }
        let position: i64 = change
            .prepare_cached("SELECT max(position) + 1 FROM request WHERE batch = ?1")?
            .query_row([batch], |row| row.get(0))?;
        let added = planning::write_with_event(&change, new, Some((batch, position)))?;
        planning_many::add(&change, batch, 1, u64::from(planning::people(new)))?;
        attempts::set_state(&change, replaced, State::Cancelled)?;
        let (old, new) = (
            About {
                number: replaced,
                id: old,
            },
            About {
                number: added,
                id: &new.id,
            },
        );
        for (about, kind, other) in [
            (old, EventKind::Replaced, new.id),
            (new, EventKind::Replaces, old.id),
        ] {
            let detail = OtherDetail { request: other };
            events::append(&change, about, kind, &detail, at_ms)?;
        }
        change.commit()?;
        Ok(position.unsigned_abs())
    }
}
