//! To which request something belongs that comes from outside.

use rusqlite::{OptionalExtension, params};

use super::{Ledger, listing::MOST_ROWS, state_in};
use crate::{Homecoming, LedgerError};

/// Of a request that anything can have come back to.
const WHOLE: &str = "NOT EXISTS (SELECT 1 FROM batch \
    WHERE batch.number = request.batch AND batch.state = 'planning')";

impl Ledger {
    /// The request whose redirect address holds this word, if there is one.
    pub fn request_of_nonce(&self, nonce: &str) -> Result<Option<Homecoming>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached(&format!(
                "SELECT id, created_at_ms, state, (SELECT count(*) FROM event
                     WHERE event.request = request.number AND kind = 'returned')
                 FROM return_nonce JOIN request ON request.number = return_nonce.request
                 JOIN standing ON standing.request = request.number
                 WHERE nonce = ?1 AND {WHOLE}"
            ))?
            .query_row([nonce], |row| {
                Ok(Homecoming {
                    request: row.get(0)?,
                    planned_at_ms: row.get(1)?,
                    state: state_in(row, 2)?,
                    returns: row.get(3)?,
                })
            })
            .optional()?)
    }

    /// The word in a request's redirect address. None when the request has none, when a corrected
    /// one took it over, and when there is no such request.
    pub fn return_nonce(&self, request: &str) -> Result<Option<String>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached(
                "SELECT nonce FROM return_nonce
                 WHERE request = (SELECT number FROM request WHERE id = ?1)",
            )?
            .query_row([request], |row| row.get(0))
            .optional()?)
    }

    /// The ids of the requests that sent this public key or have a session under it, newest first.
    /// At most 1000.
    pub fn requests_of_key(&self, pub_key: &str, limit: u32) -> Result<Vec<String>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(&format!(
            "SELECT id FROM request WHERE number IN
                 (SELECT number FROM request WHERE pub_key = ?1 AND pub_key <> ''
                  UNION SELECT request FROM request_key WHERE public_key = ?1)
             AND {WHOLE} ORDER BY number DESC LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![pub_key, limit.min(MOST_ROWS)], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The id of the request that Humanos knows by this id; the newest, should it have given the
    /// same twice. Reads every request.
    pub fn request_of_humanos_id(&self, humanos_id: &str) -> Result<Option<String>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached(
                "SELECT id FROM standing JOIN request ON number = standing.request
                 WHERE humanos_id = ?1 AND humanos_id <> ''
                 ORDER BY standing.request DESC LIMIT 1",
            )?
            .query_row([humanos_id], |row| row.get(0))
            .optional()?)
    }
}
