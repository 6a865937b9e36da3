//! What of a batch is still to be sent, and what is still open.

use rusqlite::{Connection, Row, params};

use super::{Ledger, batches, state_in, still};
use crate::{Due, LedgerError, State};

/// Requests looked at in one question. Bodies may be large, so few are held at once.
const MOST: u32 = 1_000;

impl Ledger {
    /// The next requests of a batch that are to be sent, in their order: planned ones, and those
    /// that certainly did not arrive. `after` is the position of the last one known, if any. At
    /// most 1000; none at the end, and none from a batch not planned to its end.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn next_to_send(
        &self,
        batch: &str,
        after: Option<u64>,
        n: u32,
    ) -> Result<Vec<Due>, LedgerError> {
        self.due(batch, after, n, [State::Planned, State::NotSent])
    }

    /// The next requests of a batch of which it is unknown whether Humanos made them, as in
    /// [`Self::next_to_send`].
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn next_unknown(
        &self,
        batch: &str,
        after: Option<u64>,
        n: u32,
    ) -> Result<Vec<Due>, LedgerError> {
        self.due(batch, after, n, [State::Unknown; 2])
    }

    fn due(
        &self,
        batch: &str,
        after: Option<u64>,
        n: u32,
        states: [State; 2],
    ) -> Result<Vec<Due>, LedgerError> {
        let link = self.link();
        let view = still::view(&link)?;
        let batch = batches::number_of(&view, batch)?;
        let after = after.map_or(-1, |p| i64::try_from(p).unwrap_or(i64::MAX));
        // The order is the index's own, so that nothing is sorted.
        let mut statement = view.prepare_cached(
            "SELECT request.number, request.id, request.position, standing.state, url, api_version,
                 idempotency_key, bytes, internal_id,
                 (SELECT started_at_ms FROM attempt
                  WHERE attempt.request = request.number AND attempt.number = 1),
                 again, request.people, first_contact
             FROM request INDEXED BY request_batch
             JOIN standing ON standing.request = request.number
             JOIN batch ON batch.number = request.batch AND batch.state <> 'planning'
             JOIN body ON body.request = request.number
             WHERE request.batch = ?1 AND request.position > ?2 AND standing.state IN (?3, ?4)
             ORDER BY request.position LIMIT ?5",
        )?;
        let [one, other] = states.map(State::as_str);
        let rows: Vec<(i64, u32, Due)> = statement
            .query_map(params![batch, after, one, other, n.min(MOST)], due)?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(number, asked, mut due)| {
                // The first is in the request itself, and most requests ask one person.
                if asked > 1 {
                    due.people = people(&view, number)?;
                }
                Ok(due)
            })
            .collect()
    }
}

fn people(view: &Connection, number: i64) -> Result<Vec<String>, LedgerError> {
    let mut statement =
        view.prepare_cached("SELECT contact FROM person WHERE request = ?1 ORDER BY position")?;
    let rows = statement.query_map([number], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn due(row: &Row<'_>) -> rusqlite::Result<(i64, u32, Due)> {
    let asked = row.get(11)?;
    let due = Due {
        id: row.get(1)?,
        position: row.get::<_, i64>(2)?.unsigned_abs(),
        state: state_in(row, 3)?,
        url: row.get(4)?,
        api_version: row.get(5)?,
        idempotency_key: row.get(6)?,
        body: row.get(7)?,
        internal_id: row.get(8)?,
        people: match asked {
            0 => Vec::new(),
            _ => vec![row.get(12)?],
        },
        first_attempt_ms: row.get(9)?,
        again: row.get(10)?,
    };
    Ok((row.get(0)?, asked, due))
}
