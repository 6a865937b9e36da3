//! What an attempt's end leaves behind: the answer, who and what it names, an event.

use rusqlite::{Connection, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::attempts::NoReplyDetail;
use super::{events, hex};
use crate::{AttemptResult, CredentialRef, EventKind, LedgerError, Outcome, Subject, Verdict};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReplyDetail<'a> {
    attempt: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    humanos_id: Option<&'a str>,
    reply_commitment: &'a str,
    status: u16,
}

/// An answer as it goes into the attempt's row.
struct Reply<'a> {
    status: u16,
    body: &'a str,
    date: Option<&'a str>,
    request_id: Option<&'a str>,
    messages: &'a [String],
    salt: String,
    commitment: String,
}

pub(super) fn write(
    change: &Connection,
    request: i64,
    attempt: u32,
    outcome: &Outcome,
    verdict: Verdict,
    at_ms: i64,
) -> Result<(), LedgerError> {
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
            let reply = reply(*status, reply_body, server_date, server_request_id, &[])?;
            write_reply(
                change,
                request,
                attempt,
                AttemptResult::Accepted,
                &reply,
                at_ms,
            )?;
            write_answer(change, request, humanos_id, subjects, credentials)?;
            append_reply(change, request, attempt, &reply, Some(humanos_id), at_ms)
        }
        Outcome::Refused {
            status,
            reply_body,
            server_date,
            server_request_id,
            messages,
        } => {
            let reply = reply(
                *status,
                reply_body,
                server_date,
                server_request_id,
                messages,
            )?;
            let result = match verdict {
                Verdict::Open => AttemptResult::Unknown,
                Verdict::Final | Verdict::Again => AttemptResult::Refused,
            };
            write_reply(change, request, attempt, result, &reply, at_ms)?;
            append_reply(change, request, attempt, &reply, None, at_ms)
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
            events::append(change, request, EventKind::NoReply, &detail, at_ms)
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
            events::append(change, request, EventKind::NotSent, &detail, at_ms)
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
    status: u16,
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
        status,
        body,
        date: date.as_deref(),
        request_id: request_id.as_deref(),
        messages,
        salt: hex(&salt),
        commitment: hex(&commitment),
    })
}

fn write_reply(
    change: &Connection,
    request: i64,
    attempt: u32,
    result: AttemptResult,
    reply: &Reply<'_>,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let messages =
        serde_json::to_string(reply.messages).map_err(|e| LedgerError::Detail(e.into()))?;
    change
        .prepare_cached(
            "UPDATE attempt SET ended_at_ms = ?3, result = ?4, status = ?5, reply_body = ?6,
                 reply_salt = ?7, reply_commitment = ?8, server_date = ?9,
                 server_request_id = ?10, messages = ?11
             WHERE request = ?1 AND number = ?2",
        )?
        .execute(params![
            request,
            attempt,
            at_ms,
            result.as_str(),
            reply.status,
            reply.body,
            reply.salt,
            reply.commitment,
            reply.date,
            reply.request_id,
            messages,
        ])?;
    Ok(())
}

/// Notes that a request is accepted, and what the answer names.
pub(super) fn write_answer(
    change: &Connection,
    request: i64,
    humanos_id: &str,
    subjects: &[Subject],
    credentials: &[CredentialRef],
) -> Result<(), LedgerError> {
    change
        .prepare_cached("UPDATE request SET state = 'accepted', humanos_id = ?2 WHERE number = ?1")?
        .execute(params![request, humanos_id])?;
    change
        .prepare_cached("UPDATE search SET text = text || ?2 WHERE request = ?1")?
        .execute(params![request, format!("{}\n", humanos_id.to_lowercase())])?;
    let mut insert =
        change.prepare_cached("INSERT INTO subject VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, s) in (0_i64..).zip(subjects) {
        insert.execute(params![request, position, s.id, s.contact, s.link, s.code])?;
    }
    let mut insert = change.prepare_cached("INSERT INTO credential VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, c) in (0_i64..).zip(credentials) {
        insert.execute(params![request, position, c.id, c.name, c.internal_id])?;
    }
    Ok(())
}

fn append_reply(
    change: &Connection,
    request: i64,
    attempt: u32,
    reply: &Reply<'_>,
    humanos_id: Option<&str>,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let detail = ReplyDetail {
        attempt,
        humanos_id,
        reply_commitment: &reply.commitment,
        status: reply.status,
    };
    events::append(change, request, EventKind::ReplyReceived, &detail, at_ms)
}
