//! Attempts: begun before the bytes leave, ended when the answer is in, mended after a crash.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::{Ledger, endings, events, number_of, state_of};
use crate::{AttemptResult, EventKind, LedgerError, Outcome, State};

const CUT_OFF: &str = "the app closed before the answer was in";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartedDetail {
    attempt: u32,
    timestamp: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NoReplyDetail<'a> {
    pub(super) attempt: u32,
    pub(super) reason: &'a str,
}

impl Ledger {
    /// Writes down that an attempt is about to leave, signed with `timestamp_ms`, and gives its
    /// number, from 1. When it returns the attempt is on the disk: send only then.
    ///
    /// # Errors
    /// [`LedgerError::WrongState`] when the request is accepted already or an attempt is under
    /// way, [`LedgerError::NoSuchRequest`].
    pub fn start_attempt(
        &self,
        request_id: &str,
        timestamp_ms: i64,
        at_ms: i64,
    ) -> Result<u32, LedgerError> {
        let change = self.change()?;
        let request = number_of(&change, request_id)?;
        let state = state_of(&change, request)?;
        if matches!(state, State::Accepted | State::Sending) {
            return Err(LedgerError::WrongState { state });
        }
        let attempt: u32 = change
            .prepare_cached("SELECT count(*) + 1 FROM attempt WHERE request = ?1")?
            .query_row([request], |row| row.get(0))?;
        change
            .prepare_cached(
                "INSERT INTO attempt (request, number, timestamp_ms, started_at_ms, result)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                request,
                attempt,
                timestamp_ms,
                at_ms,
                AttemptResult::Running.as_str()
            ])?;
        set_state(&change, request, State::Sending)?;
        let detail = StartedDetail {
            attempt,
            timestamp: timestamp_ms,
        };
        events::append(&change, request, EventKind::AttemptStarted, &detail, at_ms)?;
        change.commit()?;
        Ok(attempt)
    }

    /// Writes down how an attempt ended. The request's state follows, except that it stays
    /// [`State::Unknown`] when an earlier attempt may have arrived and this one does not settle
    /// that: only acceptance, or a refusal of the content itself (400, 422), does.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRequest`] when there is no such attempt, [`LedgerError::WrongState`]
    /// when it has ended before.
    pub fn finish_attempt(
        &self,
        request_id: &str,
        attempt: u32,
        outcome: &Outcome,
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        let change = self.change()?;
        let request = number_of(&change, request_id)?;
        let result: Option<String> = change
            .prepare_cached("SELECT result FROM attempt WHERE request = ?1 AND number = ?2")?
            .query_row(params![request, attempt], |row| row.get(0))
            .optional()?;
        match result.as_deref() {
            None => return Err(LedgerError::NoSuchRequest),
            Some("running") => {}
            Some(_) => {
                return Err(LedgerError::WrongState {
                    state: state_of(&change, request)?,
                });
            }
        }
        let state = state_after(&change, request, outcome)?;
        endings::write(&change, request, attempt, outcome, at_ms)?;
        set_state(&change, request, state)?;
        Ok(change.commit()?)
    }

    /// Marks attempts that a crash cut off as unknown, and gives how many there were. Call it once
    /// after opening, before anything is sent: it takes every attempt under way for a lost one.
    pub fn recover(&self, at_ms: i64) -> Result<u32, LedgerError> {
        let change = self.change()?;
        let cut_off: Vec<(i64, u32)> = change
            .prepare(
                "SELECT request.number, attempt.number FROM request
                 JOIN attempt ON attempt.request = request.number AND attempt.result = 'running'
                 WHERE request.state = 'sending' ORDER BY request.number",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (request, attempt) in &cut_off {
            endings::write_reason(
                &change,
                *request,
                *attempt,
                AttemptResult::Unknown,
                CUT_OFF,
                None,
            )?;
            set_state(&change, *request, State::Unknown)?;
            let detail = NoReplyDetail {
                attempt: *attempt,
                reason: CUT_OFF,
            };
            events::append(&change, *request, EventKind::Recovered, &detail, at_ms)?;
        }
        change.commit()?;
        Ok(u32::try_from(cut_off.len()).unwrap_or(u32::MAX))
    }
}

fn state_after(change: &Connection, request: i64, outcome: &Outcome) -> Result<State, LedgerError> {
    let state = match outcome {
        Outcome::Accepted { .. } => return Ok(State::Accepted),
        Outcome::Refused {
            status: 400 | 422, ..
        } => return Ok(State::Refused),
        Outcome::Unknown { .. } => return Ok(State::Unknown),
        Outcome::Refused { .. } => State::Refused,
        Outcome::NotSent { .. } => State::NotSent,
    };
    let open: bool = change.query_row(
        "SELECT EXISTS (SELECT 1 FROM attempt WHERE request = ?1 AND result = 'unknown')",
        [request],
        |row| row.get(0),
    )?;
    Ok(if open { State::Unknown } else { state })
}

fn set_state(change: &Connection, request: i64, state: State) -> Result<(), LedgerError> {
    change
        .prepare_cached("UPDATE request SET state = ?2 WHERE number = ?1")?
        .execute(params![request, state.as_str()])?;
    Ok(())
}
