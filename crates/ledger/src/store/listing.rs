//! The list of requests, searched and paged.

use rusqlite::{Connection, Row, params};

use super::{Ledger, state_in, unreadable};
use crate::{LedgerError, RequestPage, RequestRow, State};

pub(super) const MOST_ROWS: u32 = 1000;

impl Ledger {
    /// A page of the requests whose name, internal id, Humanos id or one of whose contacts
    /// contains `search`, newest first. Case does not matter, outer spaces are dropped, every
    /// character stands for itself, and an empty search matches all. At most 1000 rows a page.
    pub fn requests(
        &self,
        search: &str,
        offset: u32,
        limit: u32,
    ) -> Result<RequestPage, LedgerError> {
        let search = search.trim().to_lowercase();
        let limit = limit.min(MOST_ROWS);
        if search.is_empty() {
            self.all(offset, limit)
        } else {
            self.found(&search, offset, limit)
        }
    }

    /// State and planning moment of every request with exactly this body, newest first: the same
    /// bytes under another idempotency key would ask the same people again.
    pub fn same_body(&self, body_sha256: &str) -> Result<Vec<(State, i64)>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(&format!(
            "SELECT state, created_at_ms FROM request JOIN standing ON standing.request = number
             WHERE body_sha256 = ?1 AND number NOT IN {HALF_PLANNED} ORDER BY number DESC"
        ))?;
        let found = statement.query_map([body_sha256], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?))
        })?;
        found
            .map(|row| {
                let (state, at_ms) = row?;
                let state = State::parse(&state).ok_or_else(|| unreadable(0, "state"))?;
                Ok((state, at_ms))
            })
            .collect()
    }

    fn all(&self, offset: u32, limit: u32) -> Result<RequestPage, LedgerError> {
        let total = self
            .link()
            .prepare_cached(&format!(
                "SELECT (SELECT count(*) FROM search) - (SELECT count(*) FROM {HALF_PLANNED})"
            ))?
            .query_row([], |row| row.get(0))?;
        let link = self.link();
        let mut statement = link.prepare_cached(&format!(
            "{SELECT} WHERE number IN
                 (SELECT number FROM request WHERE number NOT IN {HALF_PLANNED}
                  ORDER BY number DESC LIMIT ?1 OFFSET ?2)
             ORDER BY number DESC"
        ))?;
        let rows = statement.query_map(params![limit, offset], row)?;
        Ok(RequestPage {
            total,
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    fn found(&self, search: &str, offset: u32, limit: u32) -> Result<RequestPage, LedgerError> {
        // One pass over the search texts gives both the count and the page.
        let link = self.link();
        let mut statement = link.prepare_cached(&format!(
            "SELECT request FROM search
             WHERE {FINDS} AND request NOT IN {HALF_PLANNED} ORDER BY request DESC"
        ))?;
        let mut matches = statement.query([search])?;
        let (mut total, mut numbers) = (0_u32, Vec::new());
        while let Some(row) = matches.next()? {
            if total >= offset && numbers.len() < limit as usize {
                numbers.push(row.get::<_, i64>(0)?);
            }
            total = total.saturating_add(1);
        }
        Ok(RequestPage {
            total,
            rows: rows(&link, numbers)?,
        })
    }
}

/// The rows of these requests, in this order.
pub(super) fn rows(link: &Connection, numbers: Vec<i64>) -> Result<Vec<RequestRow>, LedgerError> {
    let mut statement = link.prepare_cached(&format!("{SELECT} WHERE number = ?1"))?;
    Ok(numbers
        .into_iter()
        .map(|number| statement.query_row([number], row))
        .collect::<Result<_, _>>()?)
}

/// Whether a row of `search` belongs to a request that is looked for by `?1`. The id that Humanos gave
/// is looked up where the request stands: adding it to the text would cost each acceptance a page.
pub(super) const FINDS: &str = "(instr(text, ?1) > 0 OR instr((SELECT lower(humanos_id) \
    FROM standing WHERE standing.request = search.request), ?1) > 0)";

/// Requests of batches not planned to their end. Almost always empty, and known by an index.
pub(super) const HALF_PLANNED: &str = "(SELECT number FROM request WHERE batch IN \
    (SELECT number FROM batch WHERE state = 'planning'))";

const SELECT: &str = "SELECT id, name, internal_id, humanos_id, request.people, first_contact, \
    security_level, state, created_at_ms, connection_name, practice, request.position \
    FROM request JOIN standing ON standing.request = number";

fn row(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    Ok(RequestRow {
        id: row.get(0)?,
        name: row.get(1)?,
        internal_id: row.get(2)?,
        humanos_id: row.get(3)?,
        people: row.get(4)?,
        first_contact: row.get(5)?,
        security_level: row.get(6)?,
        state: state_in(row, 7)?,
        created_at_ms: row.get(8)?,
        connection_name: row.get(9)?,
        practice: row.get(10)?,
        position: row.get::<_, Option<i64>>(11)?.map(i64::unsigned_abs),
    })
}
