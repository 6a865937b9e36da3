//! Adding events to the chain and reading them.

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::change::{self, Change, Tip};
use super::{Ledger, number_of, unreadable};
use crate::leaf::{Leaf, NOTHING};
use crate::{Event, EventKind, LedgerError, canonical};

impl Ledger {
    /// Adds an event, about a request or about the ledger as a whole. `detail_json` is a JSON object
    /// without fractions, keys twice or keys beyond ASCII, in any form: its canonical text is kept.
    /// Keep it small, and free of secrets and one-time codes: it goes into receipts.
    ///
    /// # Errors
    /// [`LedgerError::Detail`] when it is no such object, [`LedgerError::Moment`],
    /// [`LedgerError::NoSuchRequest`].
    pub fn record_event(
        &self,
        request_id: Option<&str>,
        kind: EventKind,
        detail_json: &str,
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        let detail = canonical::object(detail_json).map_err(|e| LedgerError::Detail(e.into()))?;
        let change = self.change()?;
        let request = request_id.map(|id| number_of(&change, id)).transpose()?;
        let about = request
            .zip(request_id)
            .map(|(number, id)| About { number, id });
        append_text(&change, about, kind, &detail, at_ms)?;
        change.commit()
    }

    /// The events of a request, in order; none when there is no such request.
    pub fn events(&self, request_id: &str) -> Result<Vec<Event>, LedgerError> {
        let link = self.link();
        match number_of(&link, request_id) {
            Ok(number) => of_request(&link, number, request_id),
            Err(LedgerError::NoSuchRequest) => Ok(Vec::new()),
            Err(other) => Err(other),
        }
    }

    /// The hash of every event, in order: the leaves of the tree. Event number n is leaf n - 1.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] when one is missing.
    pub fn leaves(&self) -> Result<Vec<[u8; 32]>, LedgerError> {
        // The hashes are there twice, on pages apart.
        let leaves = all_hashes(&self.link(), "INDEXED BY event_hash");
        match leaves {
            Err(LedgerError::Damaged(_)) => all_hashes(&self.link(), "NOT INDEXED"),
            other => other,
        }
    }

    /// How many events there are: the size of the tree over all of them.
    pub fn head_size(&self) -> Result<u64, LedgerError> {
        Ok(change::tip(&self.link())?.sequence)
    }
}

/// The request an event is about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) number: i64,
    pub(super) id: &'a str,
}

pub(super) fn of_request(
    link: &Connection,
    number: i64,
    id: &str,
) -> Result<Vec<Event>, LedgerError> {
    let mut statement = link.prepare_cached(
        "SELECT sequence, kind, detail, at_ms, hash,
             (SELECT before.hash FROM event AS before INDEXED BY event_hash
              WHERE before.sequence = event.sequence - 1)
         FROM event WHERE request = ?1 ORDER BY sequence",
    )?;
    let rows = statement.query_map([number], |row| event(row, id))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds an event inside a change. The fields of `detail` stand in alphabetical order and hold whole
/// numbers within ±2^53, so that the text is canonical.
pub(super) fn append<'a>(
    change: &Change<'_>,
    about: impl Into<Option<About<'a>>>,
    kind: EventKind,
    detail: &impl Serialize,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let text = serde_json::to_string(detail).map_err(|e| LedgerError::Detail(e.into()))?;
    append_text(change, about.into(), kind, &text, at_ms)
}

/// An instant that JSON can hold.
pub(super) fn moment(at_ms: i64) -> Result<i64, LedgerError> {
    if canonical::holds(at_ms) {
        Ok(at_ms)
    } else {
        Err(LedgerError::Moment)
    }
}

fn append_text(
    change: &Change<'_>,
    about: Option<About<'_>>,
    kind: EventKind,
    detail: &str,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let before = change.tip()?;
    // No event is ever removed, so the next number is always the highest plus one: no gaps.
    let sequence = before.sequence + 1;
    let leaf = Leaf {
        at_ms: moment(at_ms)?,
        detail,
        kind: kind.as_str(),
        previous: &before.hash,
        request: about.map(|about| about.id),
        sequence,
    };
    let hash = leaf.hash(&mut String::new());
    change
        .prepare_cached("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            i64::try_from(sequence).map_err(|e| LedgerError::Damaged(e.into()))?,
            about.map(|about| about.number),
            kind.as_str(),
            detail,
            at_ms,
            hash
        ])?;
    change.moved_to(Tip { sequence, hash });
    Ok(())
}

fn all_hashes(link: &Connection, way: &str) -> Result<Vec<[u8; 32]>, LedgerError> {
    let mut statement = link.prepare(&format!(
        "SELECT sequence, hash FROM event {way} ORDER BY sequence"
    ))?;
    let mut rows = statement.query([])?;
    let mut leaves = Vec::new();
    while let Some(row) = rows.next()? {
        leaves.push(row.get(1)?);
        let sequence: i64 = row.get(0)?;
        if usize::try_from(sequence) != Ok(leaves.len()) {
            let what = format!("event {} is missing", leaves.len());
            return Err(LedgerError::Damaged(what.into()));
        }
    }
    Ok(leaves)
}

fn event(row: &Row<'_>, id: &str) -> rusqlite::Result<Event> {
    let kind: String = row.get(1)?;
    Ok(Event {
        sequence: row.get::<_, i64>(0)?.unsigned_abs(),
        request_id: Some(id.to_owned()),
        kind: EventKind::parse(&kind).ok_or_else(|| unreadable(1, "kind of event"))?,
        detail_json: row.get(2)?,
        at_ms: row.get(3)?,
        hash: row.get(4)?,
        previous: row.get::<_, Option<_>>(5)?.unwrap_or(NOTHING),
    })
}
