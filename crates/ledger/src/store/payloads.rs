//! Answers as they came: kept, opened, read back. None is ever removed.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::change::Change;
use super::events::{self, About};
use super::{Ledger, id_of, number_of, unreadable};
use crate::{EventKind, Kept, LedgerError, NewPayload, Payload, Way, hex};

/// Payloads read at once. They may be large.
const MOST: u32 = 200;

#[derive(Serialize)]
struct PayloadDetail<'a> {
    opened: bool,
    payload: &'a str,
    sha256: &'a str,
    way: &'a str,
}

impl Ledger {
    /// Keeps a payload and notes that it came, in its request if it has one: as
    /// [`EventKind::PayloadOpened`], or [`EventKind::PayloadKept`] if it could not be opened. The
    /// same bytes are kept once. Sizes and numbers are for the caller to bound.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRequest`], [`LedgerError::DuplicatePayload`] when the id is taken by
    /// other bytes, [`LedgerError::How`] unless `how_json` is a JSON object.
    pub fn keep_payload(&self, payload: &NewPayload) -> Result<Kept, LedgerError> {
        let p = payload;
        object(&p.how_json)?;
        let sha256 = hex(&Sha256::digest(&p.raw));
        let change = self.change()?;
        let request = p.request.as_deref().map(|id| number_of(&change, id));
        let request = request.transpose()?;
        let known: Option<String> = change
            .prepare_cached("SELECT id FROM payload WHERE sha256 = ?1")?
            .query_row([&sha256], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(Kept::Known { id });
        }
        let taken: bool = change
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM payload WHERE id = ?1)")?
            .query_row([&p.id], |row| row.get(0))?;
        if taken {
            return Err(LedgerError::DuplicatePayload);
        }
        let opened = p.opened.as_ref().map(|bytes| bytes.as_slice());
        change
            .prepare_cached(
                "INSERT INTO payload (id, request, sha256, way, arrived_at_ms, opened_at_ms, how,
                     headers, raw, opened)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                p.id,
                request,
                sha256,
                p.way.as_str(),
                p.at_ms,
                opened.map(|_| p.at_ms),
                p.how_json,
                p.headers,
                p.raw,
                opened,
            ])?;
        note(
            &change,
            request,
            &p.id,
            &sha256,
            p.way,
            opened.is_some(),
            p.at_ms,
        )?;
        change.commit()?;
        Ok(Kept::New)
    }

    /// Notes what was in a payload that was kept unopened. It joins `request` if it belonged to
    /// none, and stays with its own otherwise.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchPayload`], [`LedgerError::AlreadyOpened`],
    /// [`LedgerError::NoSuchRequest`], [`LedgerError::How`] unless `how_json` is a JSON object.
    pub fn open_payload(
        &self,
        id: &str,
        request: Option<&str>,
        opened: &[u8],
        how_json: &str,
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        object(how_json)?;
        let change = self.change()?;
        let (number, own, sha256, way, is_opened) = change
            .prepare_cached(
                "SELECT number, request, sha256, way, opened_at_ms IS NOT NULL
                 FROM payload WHERE id = ?1",
            )?
            .query_row([id], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, Option<i64>>(1)?,
                    row.get::<_, String>(2)?,
                    way_in(row, 3)?,
                    row.get::<_, bool>(4)?,
                ))
            })
            .optional()?
            .ok_or(LedgerError::NoSuchPayload)?;
        if is_opened {
            return Err(LedgerError::AlreadyOpened);
        }
        let found = request.map(|id| number_of(&change, id)).transpose()?;
        let request = own.or(found);
        change
            .prepare_cached(
                "UPDATE payload SET request = ?2, opened = ?3, how = ?4, opened_at_ms = ?5
                 WHERE number = ?1",
            )?
            .execute(params![number, request, opened, how_json, at_ms])?;
        note(&change, request, id, &sha256, way, true, at_ms)?;
        change.commit()
    }

    /// One payload, if it is there.
    pub fn payload(&self, id: &str) -> Result<Option<Payload>, LedgerError> {
        Ok(self
            .link()
            .prepare_cached(&format!("{SELECT} WHERE payload.id = ?1"))?
            .query_row([id], payload)
            .optional()?)
    }

    /// The payloads of a request, newest first and at most 200; none when there is no such request.
    pub fn payloads(&self, request: &str) -> Result<Vec<Payload>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(&format!(
            "{SELECT} WHERE payload.request = (SELECT number FROM request WHERE id = ?1)
             ORDER BY payload.number DESC LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![request, MOST], payload)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The payloads that belong to no request, newest first and at most 200.
    pub fn loose_payloads(&self, limit: u32) -> Result<Vec<Payload>, LedgerError> {
        let link = self.link();
        let mut statement = link.prepare_cached(&format!(
            "{SELECT} WHERE payload.request IS NULL ORDER BY payload.number DESC LIMIT ?1"
        ))?;
        let rows = statement.query_map([limit.min(MOST)], payload)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many payloads of a request, or of those that belong to none, are kept unopened.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRequest`].
    pub fn unopened_count(&self, request: Option<&str>) -> Result<u32, LedgerError> {
        let request = request.map(|id| number_of(&self.link(), id)).transpose()?;
        Ok(self
            .link()
            .prepare_cached(
                "SELECT count(*) FROM payload WHERE request IS ?1 AND opened_at_ms IS NULL",
            )?
            .query_row([request], |row| row.get(0))?)
    }
}

const SELECT: &str = "SELECT payload.id, request.id, sha256, way, headers, raw, opened, how, \
    arrived_at_ms, opened_at_ms \
    FROM payload LEFT JOIN request ON request.number = payload.request";

fn note(
    change: &Change<'_>,
    request: Option<i64>,
    id: &str,
    sha256: &str,
    way: Way,
    opened: bool,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let kind = if opened {
        EventKind::PayloadOpened
    } else {
        EventKind::PayloadKept
    };
    let detail = PayloadDetail {
        opened,
        payload: id,
        sha256,
        way: way.as_str(),
    };
    let id = request.map(|number| id_of(change, number)).transpose()?;
    let about = request
        .zip(id.as_deref())
        .map(|(number, id)| About { number, id });
    events::append(change, about, kind, &detail, at_ms)
}

fn object(how_json: &str) -> Result<(), LedgerError> {
    type Object = std::collections::HashMap<String, serde::de::IgnoredAny>;
    serde_json::from_str::<Object>(how_json).map_err(|e| LedgerError::How(e.into()))?;
    Ok(())
}

fn payload(row: &Row<'_>) -> rusqlite::Result<Payload> {
    Ok(Payload {
        id: row.get(0)?,
        request: row.get(1)?,
        sha256: row.get(2)?,
        way: way_in(row, 3)?,
        headers: row.get(4)?,
        raw: row.get(5)?,
        opened: row.get::<_, Option<Vec<u8>>>(6)?.map(Zeroizing::new),
        how_json: row.get(7)?,
        arrived_at_ms: row.get(8)?,
        opened_at_ms: row.get(9)?,
    })
}

fn way_in(row: &Row<'_>, column: usize) -> rusqlite::Result<Way> {
    let name = row.get_ref(column)?.as_str()?;
    Way::parse(name).ok_or_else(|| unreadable(column, "way"))
}
