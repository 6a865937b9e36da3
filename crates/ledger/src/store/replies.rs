//! What came back for an attempt: the answer, and who and what it names. Kept apart from the attempt,
//! which is written down twice and short.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::unreadable;
use crate::{CredentialRef, LedgerError, Subject};

/// An answer about to be kept.
pub(super) struct Reply<'a> {
    pub(super) body: &'a str,
    pub(super) date: Option<&'a str>,
    pub(super) request_id: Option<&'a str>,
    pub(super) messages: &'a [String],
    pub(super) salt: String,
    pub(super) commitment: String,
}

/// Keeps an answer and what it names, and gives its row number.
pub(super) fn write(
    change: &Connection,
    reply: &Reply<'_>,
    subjects: &[Subject],
    credentials: &[CredentialRef],
) -> Result<i64, LedgerError> {
    change
        .prepare_cached(
            "INSERT INTO reply (body, salt, commitment, server_date, server_request_id, messages,
                 subjects, credentials)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            reply.body,
            reply.salt,
            reply.commitment,
            reply.date,
            reply.request_id,
            text(reply.messages)?,
            subjects_text(subjects)?,
            credentials_text(credentials)?,
        ])?;
    Ok(change.last_insert_rowid())
}

/// Keeps what was found later, by the answer of the attempt if it had one.
pub(super) fn write_found(
    change: &Connection,
    request: i64,
    attempt: u32,
    subjects: &[Subject],
    credentials: &[CredentialRef],
) -> Result<(), LedgerError> {
    let (subjects, credentials) = (subjects_text(subjects)?, credentials_text(credentials)?);
    let answered: Option<i64> = change.query_row(
        "SELECT reply FROM attempt WHERE request = ?1 AND number = ?2",
        params![request, attempt],
        |row| row.get(0),
    )?;
    if let Some(reply) = answered {
        change.execute(
            "UPDATE reply SET subjects = ?2, credentials = ?3 WHERE number = ?1",
            params![reply, subjects, credentials],
        )?;
        return Ok(());
    }
    change.execute(
        "INSERT INTO reply (messages, subjects, credentials) VALUES ('[]', ?1, ?2)",
        params![subjects, credentials],
    )?;
    change.execute(
        "UPDATE attempt SET reply = ?3 WHERE request = ?1 AND number = ?2",
        params![request, attempt, change.last_insert_rowid()],
    )?;
    Ok(())
}

/// What the answer that made a request names; nothing before it is made.
pub(super) fn names(
    view: &Connection,
    request: i64,
) -> Result<(Vec<Subject>, Vec<CredentialRef>), LedgerError> {
    let found = view
        .prepare_cached(
            "SELECT subjects, credentials FROM attempt JOIN reply ON reply.number = attempt.reply
             WHERE request = ?1 AND result = 'accepted'",
        )?
        .query_row([request], |row| {
            Ok((subjects(row, 0)?, credentials(row, 1)?))
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

#[derive(Serialize, Deserialize)]
struct StoredSubject<'a> {
    id: Cow<'a, str>,
    contact: Cow<'a, str>,
    link: Option<Cow<'a, str>>,
    code: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredCredential<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    internal_id: Cow<'a, str>,
}

fn subjects_text(subjects: &[Subject]) -> Result<String, LedgerError> {
    let stored: Vec<_> = subjects
        .iter()
        .map(|s| StoredSubject {
            id: (&s.id).into(),
            contact: (&s.contact).into(),
            link: s.link.as_deref().map(Cow::from),
            code: s.code.as_deref().map(Cow::from),
        })
        .collect();
    text(&stored)
}

fn credentials_text(credentials: &[CredentialRef]) -> Result<String, LedgerError> {
    let stored: Vec<_> = credentials
        .iter()
        .map(|c| StoredCredential {
            id: (&c.id).into(),
            name: (&c.name).into(),
            internal_id: (&c.internal_id).into(),
        })
        .collect();
    text(&stored)
}

fn text<T: Serialize>(values: &[T]) -> Result<String, LedgerError> {
    serde_json::to_string(values).map_err(|e| LedgerError::Detail(e.into()))
}

fn subjects(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<Subject>> {
    let stored: Vec<StoredSubject<'_>> = serde_json::from_str(row.get_ref(column)?.as_str()?)
        .map_err(|_| unreadable(column, "list of subjects"))?;
    Ok(stored
        .into_iter()
        .map(|s| Subject {
            id: s.id.into_owned(),
            contact: s.contact.into_owned(),
            link: s.link.map(Cow::into_owned),
            code: s.code.map(Cow::into_owned),
        })
        .collect())
}

fn credentials(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<CredentialRef>> {
    let stored: Vec<StoredCredential<'_>> = serde_json::from_str(row.get_ref(column)?.as_str()?)
        .map_err(|_| unreadable(column, "list of credentials"))?;
    Ok(stored
        .into_iter()
        .map(|c| CredentialRef {
            id: c.id.into_owned(),
            name: c.name.into_owned(),
            internal_id: c.internal_id.into_owned(),
        })
        .collect())
}
