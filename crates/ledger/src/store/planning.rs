//! Writing a request down before anything is sent.

use rusqlite::{Connection, ErrorCode, ffi, params};
use serde::Serialize;

use super::Ledger;
use super::change::Change;
use super::events::{self, About};
use crate::{EventKind, LedgerError, NewRequest, State};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PlannedDetail<'a> {
    pub(super) api_version: &'a str,
    pub(super) body_sha256: &'a str,
    pub(super) idempotency_key: &'a str,
    pub(super) people: u32,
    pub(super) practice: bool,
    pub(super) url: &'a str,
}

impl Ledger {
    /// Writes a request and its exact bytes down as [`State::Planned`]. When it returns they are
    /// on the disk.
    ///
    /// # Errors
    /// [`LedgerError::DuplicateIdempotencyKey`] when the connection has used the key before,
    /// [`LedgerError::DuplicateRequest`] when the id is taken.
    pub fn plan(&self, request: &NewRequest) -> Result<(), LedgerError> {
        let change = self.change()?;
        write_with_event(&change, request, None)?;
        change.commit()
    }
}

/// Writes all of a request as in [`write`], and its event.
pub(super) fn write_with_event(
    change: &Change<'_>,
    request: &NewRequest,
    place: Option<(i64, i64)>,
) -> Result<i64, LedgerError> {
    let number = write(change, request, place)?;
    let detail = PlannedDetail {
        api_version: &request.api_version,
        body_sha256: &request.body_sha256,
        idempotency_key: &request.idempotency_key,
        people: people(request),
        practice: request.practice,
        url: &request.url,
    };
    let about = About {
        number,
        id: &request.id,
    };
    events::append(change, about, EventKind::Planned, &detail, request.at_ms)?;
    Ok(number)
}

/// Writes all of a request but its event, and gives its row number. `place` is the batch's row
/// number and the request's position in it.
pub(super) fn write(
    change: &Connection,
    r: &NewRequest,
    place: Option<(i64, i64)>,
) -> Result<i64, LedgerError> {
    let taken: bool = change
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM request WHERE id = ?1)")?
        .query_row([&r.id], |row| row.get(0))?;
    if taken {
        return Err(LedgerError::DuplicateRequest);
    }
    change
        .prepare_cached(
            "INSERT INTO request (id, connection_id, connection_name, practice, url,
                 api_version, idempotency_key, body_sha256, name, internal_id, security_level,
                 pub_key, people, first_contact, created_at_ms, batch, position)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            r.id,
            r.connection_id,
            r.connection_name,
            r.practice,
            r.url,
            r.api_version,
            r.idempotency_key,
            r.body_sha256,
            r.name,
            r.internal_id,
            r.security_level,
            r.pub_key,
            people(r),
            r.people.first().map_or("", String::as_str),
            r.at_ms,
            place.map(|(batch, _)| batch),
            place.map(|(_, position)| position),
        ])
        .map_err(duplicate_key)?;
    let number = change.last_insert_rowid();
    change
        .prepare_cached(
            "INSERT INTO standing (request, batch, position, people, state)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            number,
            place.map(|(batch, _)| batch),
            place.map(|(_, position)| position),
            people(r),
            State::Planned.as_str(),
        ])?;
    change
        .prepare_cached("INSERT INTO body VALUES (?1, ?2)")?
        .execute(params![number, r.body])?;
    write_people(change, number, r)?;
    if let Some(nonce) = &r.return_nonce {
        change
            .prepare_cached("INSERT OR REPLACE INTO return_nonce VALUES (?1, ?2)")?
            .execute(params![nonce, number])?;
    }
    Ok(number)
}

pub(super) fn people(r: &NewRequest) -> u32 {
    u32::try_from(r.people.len()).unwrap_or(u32::MAX)
}

fn write_people(change: &Connection, number: i64, r: &NewRequest) -> Result<(), LedgerError> {
    let mut insert = change.prepare_cached("INSERT INTO person VALUES (?1, ?2, ?3)")?;
    let mut text = format!("{}\n{}\n", r.name, r.internal_id);
    for (position, contact) in (0_i64..).zip(&r.people) {
        insert.execute(params![number, position, contact])?;
        text.push_str(contact);
        text.push('\n');
    }
    change
        .prepare_cached("INSERT INTO search VALUES (?1, ?2)")?
        .execute(params![number, text.to_lowercase()])?;
    Ok(())
}

fn duplicate_key(error: rusqlite::Error) -> LedgerError {
    match &error {
        rusqlite::Error::SqliteFailure(failure, _)
            if failure.code == ErrorCode::ConstraintViolation
                && failure.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE =>
        {
            LedgerError::DuplicateIdempotencyKey
        }
        _ => error.into(),
    }
}
