//! Taking back what was not sent.

use rusqlite::{Connection, params};
use serde::Serialize;

use super::{Ledger, attempts, batches, events};
use crate::{EventKind, LedgerError, State, Which};

/// Requests a transaction.
const STEP: usize = 1_000;

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
        let number = batches::number_of(&self.link, batch)?;
        let mut cancelled = 0;
        match which {
            Which::Ids(ids) => {
                for ids in ids.chunks(STEP) {
                    let change = self.change()?;
                    let mut found = change.prepare_cached(
                        "SELECT number FROM request WHERE id = ?1 AND batch = ?2
                         AND state IN ('planned', 'not-sent')",
                    )?;
                    let mut numbers = Vec::with_capacity(ids.len());
                    for id in ids {
                        for row in found.query_map(params![id, number], |row| row.get(0))? {
                            numbers.push(row?);
                        }
                    }
                    drop(found);
                    cancelled += cancel(&change, &numbers, at_ms)?;
                    change.commit()?;
                }
            }
            Which::All => loop {
                let change = self.change()?;
                let numbers: Vec<i64> = change
                    .prepare_cached(
                        "SELECT number FROM request
                         WHERE batch = ?1 AND state IN ('planned', 'not-sent') LIMIT 1000",
                    )?
                    .query_map([number], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                if numbers.is_empty() {
                    break;
                }
                cancelled += cancel(&change, &numbers, at_ms)?;
                change.commit()?;
            },
        }
        Ok(cancelled)
    }
}

fn cancel(change: &Connection, requests: &[i64], at_ms: i64) -> Result<u64, LedgerError> {
    for request in requests {
        attempts::set_state(change, *request, State::Cancelled)?;
        let detail = CancelledDetail { sent: false };
        events::append(change, *request, EventKind::Cancelled, &detail, at_ms)?;
    }
    Ok(requests.len() as u64)
}
