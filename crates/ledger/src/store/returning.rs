//! Which request a return belongs to.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Ledger, state_in};
use crate::{EventKind, Homecoming, LedgerError};

impl Ledger {
    /// The request whose redirect address has this nonce.
    pub fn request_of_nonce(&self, nonce: &str) -> Result<Option<Homecoming>, LedgerError> {
        Ok(self
            .link
            .prepare_cached(
                "SELECT id, created_at_ms, state,
                     (SELECT count(*) FROM event
                      WHERE event.request = request.number AND event.kind = ?2)
                 FROM return_nonce JOIN request ON request.number = return_nonce.request
                 WHERE nonce = ?1",
            )?
            .query_row([nonce, EventKind::Returned.as_str()], |row| {
                Ok(Homecoming {
                    request: row.get(0)?,
                    planned_at_ms: row.get(1)?,
                    state: state_in(row, 2)?,
                    returns: row.get(3)?,
                })
            })
            .optional()?)
    }

    /// The nonce of a request's redirect address, if that leads back to this computer.
    pub fn return_nonce(&self, request: &str) -> Result<Option<String>, LedgerError> {
        Ok(self
            .link
            .prepare_cached(
                "SELECT nonce FROM return_nonce JOIN request ON request.number = request
                 WHERE request.id = ?1",
            )?
            .query_row([request], |row| row.get(0))
            .optional()?)
    }
}

/// Notes that returns with this nonce belong to a request from now on.
pub(super) fn write(change: &Connection, request: i64, nonce: &str) -> Result<(), LedgerError> {
    change
        .prepare_cached("INSERT OR REPLACE INTO return_nonce VALUES (?1, ?2)")?
        .execute(params![nonce, request])?;
    Ok(())
}
