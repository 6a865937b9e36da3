//! Attempts: begun before the bytes leave, ended when the answer is in, mended after a crash.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::change::Change;
use super::events::{self, About};
use super::{Ledger, batches, endings, failures, state_in};
use crate::{
    AttemptResult, Entry, EventKind, Finish, LedgerError, Outcome, Recovered, Start, State, Verdict,
};

const CUT_OFF: &str = "the app closed before the answer was in";
const CUT_OFF_BATCH: &str = "the app closed while it was being sent";

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
    /// [`LedgerError::WrongState`] when the request is accepted or cancelled or an attempt is under
    /// way, [`LedgerError::NoSuchRequest`].
    pub fn start_attempt(
        &self,
        request_id: &str,
        timestamp_ms: i64,
        at_ms: i64,
    ) -> Result<u32, LedgerError> {
        let change = self.change()?;
        let attempt = start(&change, request_id, timestamp_ms, at_ms)?;
        change.commit()?;
        Ok(attempt)
    }

    /// Writes down how an attempt ended and what the sender makes of that. The request's state follows, except that it stays
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
        verdict: Verdict,
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        let change = self.change()?;
        finish(&change, request_id, attempt, outcome, verdict, at_ms)?;
        change.commit()
    }

    /// [`Self::start_attempt`] for several requests, in one step onto the disk. Each is judged by
    /// itself and has an answer of its own, in the same order.
    ///
    /// # Errors
    /// When nothing could be written down at all.
    pub fn start_attempts(
        &self,
        starts: &[Start],
    ) -> Result<Vec<Result<u32, LedgerError>>, LedgerError> {
        let change = self.change()?;
        let mut answers = Vec::with_capacity(starts.len());
        for s in starts {
            answers.push(judged(start(&change, &s.request, s.timestamp_ms, s.at_ms))?);
        }
        change.commit()?;
        Ok(answers)
    }

    /// [`Self::finish_attempt`] for several attempts, in one step onto the disk. Gives the state in which each request stands now, in the same order.
    ///
    /// # Errors
    /// When nothing could be written down at all.
    pub fn finish_attempts(
        &self,
        ends: &[Finish],
    ) -> Result<Vec<Result<State, LedgerError>>, LedgerError> {
        let change = self.change()?;
        let mut answers = Vec::with_capacity(ends.len());
        for f in ends {
            answers.push(judged(end(&change, f))?);
        }
        change.commit()?;
        Ok(answers)
    }

    /// Starts and ends mixed, in the order given and in one step onto the disk. A start is answered
    /// with the attempt's number, an end with that of the attempt that ended.
    ///
    /// # Errors
    /// When nothing could be written down at all.
    pub fn write_attempts(
        &self,
        entries: &[Entry],
    ) -> Result<Vec<Result<u32, LedgerError>>, LedgerError> {
        let change = self.change()?;
        let mut answers = Vec::with_capacity(entries.len());
        for entry in entries {
            answers.push(judged(match entry {
                Entry::Start(s) => start(&change, &s.request, s.timestamp_ms, s.at_ms),
                Entry::Finish(f) => end(&change, f).map(|_| f.attempt),
            })?);
        }
        change.commit()?;
        Ok(answers)
    }

    /// Marks attempts that a crash cut off as unknown. Batches that were being sent are paused, and
    /// those not planned to their end are removed. Call it once after opening, before anything is
    /// sent or planned: it takes every attempt under way for a lost one.
    pub fn recover(&self, at_ms: i64) -> Result<Recovered, LedgerError> {
        self.remove_half_planned()?;
        let change = self.change()?;
        let running = batches::pause_running(&change, CUT_OFF_BATCH)?;
        let cut_off: Vec<(i64, u32, String)> = change
            .prepare(
                "SELECT request, attempt.number, id FROM attempt
                 JOIN request ON request.number = attempt.request
                 WHERE result = 'running' AND request IN
                     (SELECT request FROM standing WHERE state = 'sending' AND batch IS NULL
                      UNION ALL
                      SELECT standing.request FROM batch JOIN standing
                      ON standing.batch = batch.number AND standing.state = 'sending')
                 ORDER BY request",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        for (request, attempt, id) in &cut_off {
            endings::write_reason(
                &change,
                *request,
                *attempt,
                AttemptResult::Unknown,
                CUT_OFF,
                None,
            )?;
            set_state(&change, *request, State::Unknown)?;
            failures::write(&change, *request, 0, CUT_OFF)?;
            let detail = NoReplyDetail {
                attempt: *attempt,
                reason: CUT_OFF,
            };
            let about = About {
                number: *request,
                id,
            };
            events::append(&change, about, EventKind::Recovered, &detail, at_ms)?;
        }
        change.commit()?;
        Ok(Recovered {
            unknown: u32::try_from(cut_off.len()).unwrap_or(u32::MAX),
            running,
        })
    }
}

/// Keeps what is wrong with one entry apart from what stops all of them. Such an entry has changed
/// nothing.
fn judged<T>(answer: Result<T, LedgerError>) -> Result<Result<T, LedgerError>, LedgerError> {
    match answer {
        Err(error @ (LedgerError::WrongState { .. } | LedgerError::NoSuchRequest)) => {
            Ok(Err(error))
        }
        Err(error) => Err(error),
        Ok(value) => Ok(Ok(value)),
    }
}

fn start(
    change: &Change<'_>,
    request_id: &str,
    timestamp_ms: i64,
    at_ms: i64,
) -> Result<u32, LedgerError> {
    let (request, state, attempt, is_half_planned) = change
        .prepare_cached(
            "SELECT number, state,
                 (SELECT count(*) + 1 FROM attempt WHERE attempt.request = request.number),
                 EXISTS (SELECT 1 FROM batch
                     WHERE batch.number = standing.batch AND batch.state = 'planning')
             FROM request JOIN standing ON standing.request = number WHERE id = ?1",
        )?
        .query_row([request_id], |row| {
            Ok((row.get(0)?, state_in(row, 1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?
        .ok_or(LedgerError::NoSuchRequest)?;
    let (request, attempt): (i64, u32) = (request, attempt);
    if matches!(state, State::Accepted | State::Sending | State::Cancelled) {
        return Err(LedgerError::WrongState { state });
    }
    if is_half_planned {
        return Err(LedgerError::NoSuchRequest);
    }
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
    change
        .prepare_cached("UPDATE standing SET state = 'sending', again = 0 WHERE request = ?1")?
        .execute([request])?;
    let detail = StartedDetail {
        attempt,
        timestamp: events::moment(timestamp_ms)?,
    };
    let about = About {
        number: request,
        id: request_id,
    };
    events::append(change, about, EventKind::AttemptStarted, &detail, at_ms)?;
    Ok(attempt)
}

fn end(change: &Change<'_>, f: &Finish) -> Result<State, LedgerError> {
    finish(
        change, &f.request, f.attempt, &f.outcome, f.verdict, f.at_ms,
    )
}

fn finish(
    change: &Change<'_>,
    request_id: &str,
    attempt: u32,
    outcome: &Outcome,
    verdict: Verdict,
    at_ms: i64,
) -> Result<State, LedgerError> {
    let (request, before, result) = change
        .prepare_cached(
            "SELECT request.number, state, result FROM request
             JOIN standing ON standing.request = request.number
             JOIN attempt ON attempt.request = request.number AND attempt.number = ?2
             WHERE id = ?1",
        )?
        .query_row(params![request_id, attempt], |row| {
            Ok((row.get(0)?, state_in(row, 1)?, row.get::<_, String>(2)?))
        })
        .optional()?
        .ok_or(LedgerError::NoSuchRequest)?;
    if result != AttemptResult::Running.as_str() {
        return Err(LedgerError::WrongState { state: before });
    }
    let state = state_after(change, request, outcome, verdict)?;
    let about = About {
        number: request,
        id: request_id,
    };
    endings::write(change, about, attempt, outcome, verdict, at_ms)?;
    if state != State::Accepted {
        set_state(change, request, state)?;
    }
    let is_open = match outcome {
        Outcome::Unknown { .. } => true,
        Outcome::Refused { .. } => verdict == Verdict::Open,
        Outcome::Accepted { .. } | Outcome::NotSent { .. } => false,
    };
    failures::note(change, request, state, outcome, is_open)?;
    Ok(state)
}

fn state_after(
    change: &Connection,
    request: i64,
    outcome: &Outcome,
    verdict: Verdict,
) -> Result<State, LedgerError> {
    let state = match (outcome, verdict) {
        (Outcome::Accepted { .. }, _) => return Ok(State::Accepted),
        (Outcome::Unknown { .. }, _) | (Outcome::Refused { .. }, Verdict::Open) => {
            return Ok(State::Unknown);
        }
        (
            Outcome::Refused {
                status: 400 | 422, ..
            },
            Verdict::Final,
        ) => return Ok(State::Refused),
        (Outcome::Refused { .. }, Verdict::Final) => State::Refused,
        (Outcome::NotSent { .. }, _) | (Outcome::Refused { .. }, Verdict::Again) => State::NotSent,
    };
    let open: bool = change
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM attempt WHERE request = ?1 AND result = 'unknown'
                 AND number > coalesce((SELECT max(number) FROM attempt
                     WHERE request = ?1 AND result = 'refused' AND status IN (400, 422)), 0))",
        )?
        .query_row([request], |row| row.get(0))?;
    Ok(if open { State::Unknown } else { state })
}

pub(super) fn set_state(
    change: &Connection,
    request: i64,
    state: State,
) -> Result<(), LedgerError> {
    change
        .prepare_cached("UPDATE standing SET state = ?2 WHERE request = ?1")?
        .execute(params![request, state.as_str()])?;
    Ok(())
}
