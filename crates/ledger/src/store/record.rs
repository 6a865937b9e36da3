//! One request read back whole.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{Ledger, events, replies, state_in, still, unreadable};
use crate::{Attempt, AttemptResult, LedgerError, RequestRecord};

impl Ledger {
    /// Everything about one request, if it is there.
    pub fn request(&self, id: &str) -> Result<Option<RequestRecord>, LedgerError> {
        // One transaction, so that all parts are of the same moment.
        let link = self.link();
        let view = still::view(&link)?;
        let found = view
            .prepare_cached(
                "SELECT number, id, connection_id, connection_name, practice, url, api_version,
                     idempotency_key, body_sha256, name, internal_id, security_level, pub_key,
                     state, humanos_id, created_at_ms, bytes,
                     (SELECT batch.id FROM batch WHERE batch.number = request.batch)
                 FROM request JOIN standing ON standing.request = number
                 JOIN body ON body.request = number WHERE id = ?1",
            )?
            .query_row([id], |row| Ok((row.get::<_, i64>(0)?, head(row)?)))
            .optional()?;
        let Some((number, mut record)) = found else {
            return Ok(None);
        };
        record.people = all(
            &view,
            "SELECT contact FROM person WHERE request = ?1 ORDER BY position",
            number,
            |row| row.get(0),
        )?;
        record.attempts = all(
            &view,
            "SELECT attempt.number, timestamp_ms, started_at_ms, ended_at_ms, result, status, body,
                 salt, commitment, server_date, server_request_id, coalesce(messages, '[]'), reason
             FROM attempt LEFT JOIN reply ON reply.number = attempt.reply
             WHERE request = ?1 ORDER BY attempt.number",
            number,
            attempt,
        )?;
        (record.subjects, record.credentials) = replies::names(&view, number)?;
        record.events = events::of_request(&view, number, id)?;
        Ok(Some(record))
    }
}

fn all<T>(
    view: &Connection,
    question: &str,
    number: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, LedgerError> {
    let mut statement = view.prepare_cached(question)?;
    let rows = statement.query_map([number], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn head(row: &Row<'_>) -> rusqlite::Result<RequestRecord> {
    Ok(RequestRecord {
        id: row.get(1)?,
        batch: row.get(17)?,
        connection_id: row.get(2)?,
        connection_name: row.get(3)?,
        practice: row.get(4)?,
        url: row.get(5)?,
        api_version: row.get(6)?,
        idempotency_key: row.get(7)?,
        body_sha256: row.get(8)?,
        name: row.get(9)?,
        internal_id: row.get(10)?,
        security_level: row.get(11)?,
        pub_key: row.get(12)?,
        state: state_in(row, 13)?,
        humanos_id: row.get(14)?,
        created_at_ms: row.get(15)?,
        body: row.get(16)?,
        people: Vec::new(),
        attempts: Vec::new(),
        subjects: Vec::new(),
        credentials: Vec::new(),
        events: Vec::new(),
    })
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    let result: String = row.get(4)?;
    let messages: String = row.get(11)?;
    Ok(Attempt {
        number: row.get(0)?,
        timestamp_ms: row.get(1)?,
        started_at_ms: row.get(2)?,
        ended_at_ms: row.get(3)?,
        result: AttemptResult::parse(&result).ok_or_else(|| unreadable(4, "result"))?,
        status: row.get(5)?,
        reply_body: row.get(6)?,
        reply_salt: row.get(7)?,
        reply_commitment: row.get(8)?,
        server_date: row.get(9)?,
        server_request_id: row.get(10)?,
        messages: serde_json::from_str(&messages)
            .map_err(|_| unreadable(11, "list of messages"))?,
        reason: row.get(12)?,
    })
}
