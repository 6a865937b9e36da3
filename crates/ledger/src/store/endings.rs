//! What an attempt's end leaves behind: the answer, where the request stands, an event.

use rusqlite::{Connection, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::attempts::NoReplyDetail;
use super::change::Change;
use super::events::{self, About};
use super::replies::{self, Reply};
use crate::{AttemptResult, EventKind, LedgerError, Outcome, Verdict, hex};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReplyDetail<'a> {
    attempt: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    humanos_id: Option<&'a str>,
    reply_commitment: &'a str,
    status: u16,
}

/// How an attempt with an answer ended.
struct End {
    result: AttemptResult,
    status: u16,
    /// The answer's row number.
    reply: i64,
    at_ms: i64,
}

pub(super) fn write(
    change: &Change<'_>,
    about: About<'_>,
    attempt: u32,
    outcome: &Outcome,
    verdict: Verdict,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let request = about.number;
    match outcome {
        Outcome::Accepted {
            status,
            reply_body,
            server_date,
            server_request_id,
            humanos_id,
            subjects,
            credentials,
        } => {
            let reply = reply(reply_body, server_date, server_request_id, &[])?;
            let row = replies::write(change, &reply, subjects, credentials)?;
            let end = End {
                result: AttemptResult::Accepted,
                status: *status,
                reply: row,
                at_ms,
            };
            write_end(change, request, attempt, &end)?;
            write_accepted(change, request, humanos_id)?;
            let detail = ReplyDetail {
                attempt,
                humanos_id: Some(humanos_id),
                reply_commitment: &reply.commitment,
                status: *status,
            };
            events::append(change, about, EventKind::ReplyReceived, &detail, at_ms)
        }
        Outcome::Refused {
            status,
            reply_body,
            server_date,
            server_request_id,
            messages,
        } => {
            let reply = reply(reply_body, server_date, server_request_id, messages)?;
            let row = replies::write(change, &reply, &[], &[])?;
            let result = match verdict {
                Verdict::Open => AttemptResult::Unknown,
                Verdict::Final | Verdict::Again => AttemptResult::Refused,
            };
            let end = End {
                result,
                status: *status,
                reply: row,
                at_ms,
            };
            write_end(change, request, attempt, &end)?;
            let detail = ReplyDetail {
                attempt,
                humanos_id: None,
                reply_commitment: &reply.commitment,
                status: *status,
            };
            events::append(change, about, EventKind::ReplyReceived, &detail, at_ms)
        }
        Outcome::Unknown { reason } => {
            write_reason(
                change,
                request,
                attempt,
                AttemptResult::Unknown,
                reason,
                Some(at_ms),
            )?;
            let detail = NoReplyDetail { attempt, reason };
            events::append(change, about, EventKind::NoReply, &detail, at_ms)
        }
        Outcome::NotSent { reason } => {
            write_reason(
                change,
                request,
                attempt,
                AttemptResult::NotSent,
                reason,
                Some(at_ms),
            )?;
            let detail = NoReplyDetail { attempt, reason };
            events::append(change, about, EventKind::NotSent, &detail, at_ms)
        }
    }
}

/// Notes why an attempt has no answer; `ended_at_ms` is none when nobody saw it end.
pub(super) fn write_reason(
    change: &Connection,
    request: i64,
    attempt: u32,
    result: AttemptResult,
    reason: &str,
    ended_at_ms: Option<i64>,
) -> Result<(), LedgerError> {
    change
        .prepare_cached(
            "UPDATE attempt SET result = ?3, reason = ?4, ended_at_ms = ?5
             WHERE request = ?1 AND number = ?2",
        )?
        .execute(params![
            request,
            attempt,
            result.as_str(),
            reason,
            ended_at_ms
        ])?;
    Ok(())
}

fn reply<'a>(
    body: &'a str,
    date: &'a Option<String>,
    request_id: &'a Option<String>,
    messages: &'a [String],
) -> Result<Reply<'a>, LedgerError> {
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).map_err(|e| LedgerError::Disk(e.into()))?;
    let commitment = Sha256::new()
        .chain_update(salt)
        .chain_update(body)
        .finalize();
    Ok(Reply {
        body,
        date: date.as_deref(),
        request_id: request_id.as_deref(),
        messages,
        salt: hex(&salt),
        commitment: hex(&commitment),
    })
}

fn write_end(
    change: &Connection,
    request: i64,
    attempt: u32,
    end: &End,
) -> Result<(), LedgerError> {
    change
        .prepare_cached(
            "UPDATE attempt SET ended_at_ms = ?3, result = ?4, status = ?5, reply = ?6
             WHERE request = ?1 AND number = ?2",
        )?
        .execute(params![
            request,
            attempt,
            end.at_ms,
            end.result.as_str(),
            end.status,
            end.reply,
        ])?;
    Ok(())
}

/// Notes that a request is accepted.
pub(super) fn write_accepted(
    change: &Connection,
    request: i64,
    humanos_id: &str,
) -> Result<(), LedgerError> {
    change
        .prepare_cached(
            "UPDATE standing SET state = 'accepted', humanos_id = ?2 WHERE request = ?1",
        )?
        .execute(params![request, humanos_id])?;
    Ok(())
}
