//! Batches: reading them, and where they stand.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::listing::{self, MOST_ROWS};
use super::{Ledger, state_in, still, unreadable};
use crate::{Batch, BatchCounts, BatchState, Count, LedgerError, RequestPage, State};

const SELECT: &str = "SELECT number, id, connection_id, connection_name, name, practice, \
    created_at_ms, people, requests, per_minute, in_flight, state, why, ended_at_ms FROM batch \
    WHERE state <> 'planning'";

impl Ledger {
    /// A batch, if it is there and planned to its end.
    pub fn batch(&self, id: &str) -> Result<Option<Batch>, LedgerError> {
        let link = self.link();
        let view = still::view(&link)?;
        let found = view
            .prepare_cached(&format!("{SELECT} AND id = ?1"))?
            .query_row([id], batch)
            .optional()?;
        found
            .map(|(number, batch)| counted(&view, number, batch))
            .transpose()
    }

    /// Every batch, newest first.
    pub fn batches(&self) -> Result<Vec<Batch>, LedgerError> {
        let link = self.link();
        let view = still::view(&link)?;
        let mut statement = view.prepare_cached(&format!("{SELECT} ORDER BY number DESC"))?;
        let rows: Vec<_> = statement.query_map([], batch)?.collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(number, batch)| counted(&view, number, batch))
            .collect()
    }

    /// Notes where a batch stands and why, in words for people. Any batch may go to any state; an
    /// end (finished, stopped) is noted with its time, and forgotten when it is taken up again.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn set_batch_state(
        &self,
        id: &str,
        state: BatchState,
        why: &str,
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        let changed = self
            .link()
            .prepare_cached(
                "UPDATE batch SET state = ?2, why = ?3, ended_at_ms = ?4
                 WHERE id = ?1 AND state <> 'planning'",
            )?
            .execute(params![
                id,
                state.as_str(),
                why,
                state.is_end().then_some(at_ms)
            ])?;
        if changed == 0 {
            return Err(LedgerError::NoSuchBatch);
        }
        Ok(())
    }

    /// A page of a batch's requests in their order: those in `state`, if one is given, that
    /// `search` finds as in [`Ledger::requests`]. At most 1000 rows a page; none when there is no
    /// such batch.
    pub fn batch_requests(
        &self,
        id: &str,
        state: Option<State>,
        search: &str,
        offset: u32,
        limit: u32,
    ) -> Result<RequestPage, LedgerError> {
        let search = search.trim().to_lowercase();
        let limit = limit.min(MOST_ROWS) as usize;
        let link = self.link();
        let view = still::view(&link)?;
        let Ok(batch) = number_of(&view, id) else {
            return Ok(RequestPage {
                total: 0,
                rows: Vec::new(),
            });
        };
        let mut statement = view.prepare_cached(
            "SELECT number FROM request JOIN standing ON standing.request = number
             WHERE request.batch = ?2 AND (?3 IS NULL OR state = ?3)
                 AND (?1 = '' OR instr(lower(humanos_id), ?1) > 0 OR EXISTS
                     (SELECT 1 FROM search WHERE search.request = number
                      AND instr(text, ?1) > 0))
             ORDER BY request.position",
        )?;
        let mut matches = statement.query(params![search, batch, state.map(State::as_str)])?;
        let (mut total, mut numbers) = (0_u32, Vec::new());
        while let Some(row) = matches.next()? {
            if total >= offset && numbers.len() < limit {
                numbers.push(row.get(0)?);
            }
            total = total.saturating_add(1);
        }
        Ok(RequestPage {
            total,
            rows: listing::rows(&view, numbers)?,
        })
    }
}

/// The row number behind a batch's id, whether or not it is planned to its end.
pub(super) fn number_of(link: &Connection, id: &str) -> Result<i64, LedgerError> {
    link.prepare_cached("SELECT number FROM batch WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or(LedgerError::NoSuchBatch)
}

/// Nothing is being sent any more, whatever the ledger says. Gives the batches it said were.
pub(super) fn pause_running(change: &Connection, why: &str) -> Result<Vec<String>, LedgerError> {
    let running = change
        .prepare("SELECT id FROM batch WHERE state = ?1 ORDER BY number")?
        .query_map([BatchState::Running.as_str()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    change.execute(
        "UPDATE batch SET state = ?1, why = ?2 WHERE state = ?3",
        params![
            BatchState::Paused.as_str(),
            why,
            BatchState::Running.as_str()
        ],
    )?;
    Ok(running)
}

fn counted(link: &Connection, number: i64, mut batch: Batch) -> Result<Batch, LedgerError> {
    let mut statement = link.prepare_cached(
        "SELECT state, count(*), sum(people) FROM standing WHERE batch = ?1 GROUP BY state",
    )?;
    let mut rows = statement.query([number])?;
    let mut counts = BatchCounts::default();
    while let Some(row) = rows.next()? {
        let state = state_in(row, 0)?;
        *counts.of_mut(state) = Count {
            requests: unsigned(row, 1)?,
            people: unsigned(row, 2)?,
        };
    }
    batch.counts = counts;
    Ok(batch)
}

fn batch(row: &Row<'_>) -> rusqlite::Result<(i64, Batch)> {
    let state: String = row.get(11)?;
    let batch = Batch {
        id: row.get(1)?,
        connection_id: row.get(2)?,
        connection_name: row.get(3)?,
        name: row.get(4)?,
        practice: row.get(5)?,
        created_at_ms: row.get(6)?,
        people: unsigned(row, 7)?,
        requests: unsigned(row, 8)?,
        per_minute: row.get(9)?,
        in_flight: row.get(10)?,
        state: BatchState::parse(&state).ok_or_else(|| unreadable(11, "state"))?,
        why: row.get(12)?,
        ended_at_ms: row.get(13)?,
        counts: BatchCounts::default(),
    };
    Ok((row.get(0)?, batch))
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.unsigned_abs())
}
