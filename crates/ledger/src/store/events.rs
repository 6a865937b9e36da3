//! Adding and reading events.

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::{Ledger, number_of, unreadable};
use crate::{Event, EventKind, LedgerError};

impl Ledger {
    /// Adds an event, about a request or about the ledger as a whole. `detail_json` is any JSON
    /// text; keep it small, and free of secrets and one-time codes: it goes into receipts.
    ///
    /// # Errors
    /// [`LedgerError::Detail`] when it is not JSON, [`LedgerError::NoSuchRequest`].
    pub fn record_event(
        &self,
        request_id: Option<&str>,
        kind: EventKind,
        detail_json: &str,
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        serde_json::from_str::<serde::de::IgnoredAny>(detail_json)
            .map_err(|e| LedgerError::Detail(e.into()))?;
        let change = self.change()?;
        let request = request_id.map(|id| number_of(&change, id)).transpose()?;
        append_text(&change, request, kind, detail_json, at_ms)?;
        Ok(change.commit()?)
    }

    /// The events of a request, in order; none when there is no such request.
    pub fn events(&self, request_id: &str) -> Result<Vec<Event>, LedgerError> {
        match number_of(&self.link, request_id) {
            Ok(number) => of_request(&self.link, number, request_id),
            Err(LedgerError::NoSuchRequest) => Ok(Vec::new()),
            Err(other) => Err(other),
        }
    }
}

pub(super) fn of_request(
    link: &Connection,
    number: i64,
    id: &str,
) -> Result<Vec<Event>, LedgerError> {
    let mut statement = link.prepare_cached(
        "SELECT sequence, kind, detail, at_ms FROM event WHERE request = ?1 ORDER BY sequence",
    )?;
    let rows = statement.query_map([number], |row| event(row, id))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds an event inside a change. The fields of `detail` stand in alphabetical order, so that the
/// text is canonical.
pub(super) fn append(
    change: &Connection,
    request: impl Into<Option<i64>>,
    kind: EventKind,
    detail: &impl Serialize,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let text = serde_json::to_string(detail).map_err(|e| LedgerError::Detail(e.into()))?;
    append_text(change, request.into(), kind, &text, at_ms)
}

fn append_text(
    change: &Connection,
    request: Option<i64>,
    kind: EventKind,
    detail: &str,
    at_ms: i64,
) -> Result<(), LedgerError> {
    // No event is ever removed, so the next number is always the highest plus one: no gaps.
    change
        .prepare_cached("INSERT INTO event (request, kind, detail, at_ms) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![request, kind.as_str(), detail, at_ms])?;
    Ok(())
}

fn event(row: &Row<'_>, id: &str) -> rusqlite::Result<Event> {
    let kind: String = row.get(1)?;
    Ok(Event {
        sequence: row.get::<_, i64>(0)?.unsigned_abs(),
        request_id: Some(id.to_owned()),
        kind: EventKind::parse(&kind).ok_or_else(|| unreadable(1, "kind of event"))?,
        detail_json: row.get(2)?,
        at_ms: row.get(3)?,
    })
}
