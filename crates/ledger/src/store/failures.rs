//! Why requests of a batch came to nothing: noted at each failing end, gathered for the officer.

use std::cmp::Reverse;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Ledger, batches, state_in, still, unreadable};
use crate::failure::alike;
use crate::{FailedRequest, FailureGroup, LedgerError, Outcome, State};

/// Groups given at most.
const MOST: usize = 50;

/// The states that may fill a group of their own with what is left over.
const STATES: [State; 3] = [State::Refused, State::Unknown, State::NotSent];

impl Ledger {
    /// The requests of a batch that are refused, unknown or not sent though an attempt was made,
    /// gathered by state, status and what was said. In what was said, numbers, addresses and
    /// quotations count as equal. Most people first, and at most 50; what is beyond is put together
    /// by state in the last ones.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchBatch`].
    pub fn batch_failures(&self, id: &str) -> Result<Vec<FailureGroup>, LedgerError> {
        let link = self.link();
        let view = still::view(&link)?;
        let batch = batches::number_of(&view, id)?;
        let mut gathered: Vec<Gathered> = view
            .prepare_cached(
                "SELECT state, failure, count(*), sum(people), min(position)
                 FROM standing INDEXED BY standing_failure
                 WHERE batch = ?1 AND state IN ('refused', 'unknown', 'not-sent')
                     AND failure IS NOT NULL
                 GROUP BY state, failure",
            )?
            .query_map([batch], gathered)?
            .collect::<Result<_, _>>()?;
        gathered.sort_by_key(|g| (Reverse(g.people), g.first));
        if gathered.len() > MOST {
            let rest = gathered.split_off(MOST - STATES.len());
            gathered.extend(STATES.iter().filter_map(|state| together(&rest, *state)));
        }
        gathered.iter().map(|g| group(&view, batch, g)).collect()
    }
}

/// Notes what an attempt that came to nothing leaves of its request. `state` is where the request
/// stands now.
pub(super) fn note(
    change: &Connection,
    request: i64,
    state: State,
    outcome: &Outcome,
    is_open: bool,
) -> Result<(), LedgerError> {
    // An earlier attempt is what leaves it open: what was said of that one stands.
    if state == State::Unknown && !is_open {
        return Ok(());
    }
    match outcome {
        Outcome::Accepted { .. } => Ok(()),
        Outcome::Refused {
            status, messages, ..
        } => write(change, request, *status, &messages.join(BETWEEN)),
        Outcome::Unknown { reason } | Outcome::NotSent { reason } => {
            write(change, request, 0, reason)
        }
    }
}

/// Between several things said at once.
const BETWEEN: &str = "; ";

/// Requests of one state and one cause. Without a cause those of several.
struct Gathered {
    state: State,
    failure: Option<i64>,
    requests: u64,
    people: u64,
    first: i64,
}

pub(super) fn write(
    change: &Connection,
    request: i64,
    status: u16,
    said: &str,
) -> Result<(), LedgerError> {
    let said = alike(said);
    let known: Option<i64> = change
        .prepare_cached("SELECT number FROM failure WHERE said = ?1 AND status = ?2")?
        .query_row(params![said, status], |row| row.get(0))
        .optional()?;
    let failure = if let Some(number) = known {
        number
    } else {
        change
            .prepare_cached("INSERT INTO failure (said, status) VALUES (?1, ?2)")?
            .execute(params![said, status])?;
        change.last_insert_rowid()
    };
    change
        .prepare_cached("UPDATE standing SET failure = ?2 WHERE request = ?1")?
        .execute([request, failure])?;
    Ok(())
}

fn together(rest: &[Gathered], state: State) -> Option<Gathered> {
    let of_state = || rest.iter().filter(|g| g.state == state);
    Some(Gathered {
        state,
        failure: None,
        requests: of_state().map(|g| g.requests).sum(),
        people: of_state().map(|g| g.people).sum(),
        first: of_state().map(|g| g.first).min()?,
    })
}

fn group(view: &Connection, batch: i64, g: &Gathered) -> Result<FailureGroup, LedgerError> {
    let (number, first) = view
        .prepare_cached(
            "SELECT number, id, people FROM request WHERE batch = ?1 AND position = ?2",
        )?
        .query_row([batch, g.first], |row| {
            let first = FailedRequest {
                id: row.get(1)?,
                position: g.first.unsigned_abs(),
                people: row.get(2)?,
            };
            Ok((row.get(0)?, first))
        })?;
    let (status, said) = match g.failure {
        None => (0, String::new()),
        Some(failure) => (status(view, failure)?, said(view, number, g.state)?),
    };
    Ok(FailureGroup {
        state: g.state,
        status: (status != 0).then_some(status),
        said,
        requests: g.requests,
        people: g.people,
        first,
    })
}

fn status(view: &Connection, failure: i64) -> Result<u16, LedgerError> {
    Ok(view
        .prepare_cached("SELECT status FROM failure WHERE number = ?1")?
        .query_row([failure], |row| row.get(0))?)
}

/// What was said of the attempt that left the request as it is.
fn said(view: &Connection, request: i64, state: State) -> Result<String, LedgerError> {
    let (messages, reason): (String, Option<String>) = view
        .prepare_cached(
            "SELECT coalesce(messages, '[]'), reason
             FROM attempt LEFT JOIN reply ON reply.number = attempt.reply
             WHERE request = ?1 AND (?2 <> 'unknown' OR result = 'unknown')
             ORDER BY attempt.number DESC LIMIT 1",
        )?
        .query_row(params![request, state.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if let Some(reason) = reason {
        return Ok(reason);
    }
    let messages: Vec<String> =
        serde_json::from_str(&messages).map_err(|_| unreadable(0, "list of messages"))?;
    Ok(messages.join(BETWEEN))
}

fn gathered(row: &Row<'_>) -> rusqlite::Result<Gathered> {
    Ok(Gathered {
        state: state_in(row, 0)?,
        failure: row.get(1)?,
        requests: row.get::<_, i64>(2)?.unsigned_abs(),
        people: row.get::<_, i64>(3)?.unsigned_abs(),
        first: row.get(4)?,
    })
}
