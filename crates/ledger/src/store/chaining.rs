//! Giving the events of older ledgers their hashes.
//!
//! The events keep their numbers, requests, kinds, instants and details. Of a detail only the form may
//! change: members are put in order and white space goes, so that its text is canonical. One that has
//! no canonical text (no JSON object, a fraction, a key twice; no build is known to have written one)
//! is carried letter by letter as `{"carried":"…"}`.

use rusqlite::{Connection, params};

use crate::leaf::{Leaf, NOTHING};
use crate::{LedgerError, canonical};

/// Moves the events from `event_before` to `event`, in their order.
pub(super) fn chain_old_events(change: &Connection) -> Result<(), LedgerError> {
    let mut old = change.prepare(
        "SELECT sequence, request, id, kind, detail, at_ms
         FROM event_before LEFT JOIN request ON request.number = event_before.request
         ORDER BY sequence",
    )?;
    let mut insert = change.prepare("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let (mut previous, mut room) = (NOTHING, String::new());
    let mut rows = old.query([])?;
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        let request: Option<i64> = row.get(1)?;
        let id: Option<String> = row.get(2)?;
        let kind: String = row.get(3)?;
        let detail = carried(&row.get::<_, String>(4)?);
        let at_ms: i64 = row.get(5)?;
        previous = Leaf {
            at_ms,
            detail: &detail,
            kind: &kind,
            previous: &previous,
            request: id.as_deref(),
            sequence: sequence.unsigned_abs(),
        }
        .hash(&mut room);
        insert.execute(params![sequence, request, kind, detail, at_ms, previous])?;
    }
    drop(rows);
    drop(old);
    change.execute_batch("DROP TABLE event_before")?;
    Ok(())
}

fn carried(detail: &str) -> String {
    canonical::object(detail)
        .unwrap_or_else(|_| serde_json::json!({ "carried": detail }).to_string())
}
