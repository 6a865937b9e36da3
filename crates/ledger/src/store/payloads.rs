//! Payloads: kept once, opened at most once, never removed.

use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Ledger, events, hex, number_of, unreadable};
use crate::{EventKind, Kept, LedgerError, NewPayload, Payload, Way};

/// What the event of a payload says. Fields in alphabetical order.
#[derive(Serialize)]
struct Noted<'a> {
    opened: bool,
    payload: &'a str,
    sha256: &'a str,
    way: &'a str,
}

const COLUMNS: &str = "payload.id, request.id, sha256, way, headers, raw, opened, how,
    arrived_at_ms, opened_at_ms
    FROM payload LEFT JOIN request ON request.number = payload.request";

impl Ledger {
    /// Keeps a payload, with an event. The same bytes are kept once, whatever they came for.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRequest`], [`LedgerError::Detail`] when `how_json` is not JSON.
    pub fn keep_payload(&self, new: &NewPayload) -> Result<Kept, LedgerError> {
        judge(&new.how_json)?;
        let sha256 = hex(&Sha256::digest(&new.raw));
        let change = self.change()?;
        let known = change
            .prepare_cached("SELECT id FROM payload WHERE sha256 = ?1")?
            .query_row([&sha256], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(Kept::Known { id });
        }
        let request = number(&change, new.request.as_deref())?;
        let opened = new.opened.as_ref().map(|bytes| bytes.as_slice());
        change
            .prepare_cached(
                "INSERT INTO payload (id, request, sha256, way, headers, raw, opened, how,
                     arrived_at_ms, opened_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                new.id,
                request,
                sha256,
                new.way.as_str(),
                new.headers,
                new.raw,
                opened,
                new.how_json,
                new.at_ms,
                opened.map(|_| new.at_ms),
            ])?;
        let noted = Noted {
            opened: opened.is_some(),
            payload: &new.id,
            sha256: &sha256,
            way: new.way.as_str(),
        };
        note(&change, request, &noted, new.at_ms)?;
        change.commit()?;
        Ok(Kept::New)
    }

    /// Notes what was inside a payload that was kept unopened, and to which request it belongs.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchPayload`] when there is none that is still closed,
    /// [`LedgerError::NoSuchRequest`], [`LedgerError::Detail`].
    pub fn open_payload(
        &self,
        id: &str,
        request: Option<&str>,
        opened: Zeroizing<Vec<u8>>,
        how_json: &str,
        at_ms: i64,
    ) -> Result<(), LedgerError> {
        judge(how_json)?;
        let change = self.change()?;
        let (sha256, way) = change
            .prepare_cached("SELECT sha256, way FROM payload WHERE id = ?1 AND opened IS NULL")?
            .query_row([id], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?
            .ok_or(LedgerError::NoSuchPayload)?;
        let request = number(&change, request)?;
        change
            .prepare_cached(
                "UPDATE payload SET request = ?2, opened = ?3, how = ?4, opened_at_ms = ?5
                 WHERE id = ?1",
            )?
            .execute(params![id, request, opened.as_slice(), how_json, at_ms])?;
        let noted = Noted {
            opened: true,
            payload: id,
            sha256: &sha256,
            way: &way,
        };
        note(&change, request, &noted, at_ms)?;
        Ok(change.commit()?)
    }

    /// The payloads of a request, in the order in which they came.
    pub fn payloads(&self, request: &str) -> Result<Vec<Payload>, LedgerError> {
        self.kept("WHERE request.id = ?1 ORDER BY payload.number", [request])
    }

    /// Payloads that belong to no request, the newest first.
    pub fn loose_payloads(&self, limit: u32) -> Result<Vec<Payload>, LedgerError> {
        self.kept(
            "WHERE payload.request IS NULL ORDER BY payload.number DESC LIMIT ?1",
            [limit],
        )
    }

    /// One payload.
    pub fn payload(&self, id: &str) -> Result<Option<Payload>, LedgerError> {
        Ok(self.kept("WHERE payload.id = ?1", [id])?.pop())
    }

    /// How many payloads of a request, or of none, are still closed.
    pub fn unopened_count(&self, request: Option<&str>) -> Result<u32, LedgerError> {
        let request = number(&self.link, request)?;
        Ok(self
            .link
            .prepare_cached("SELECT count(*) FROM payload WHERE request IS ?1 AND opened IS NULL")?
            .query_row([request], |row| row.get(0))?)
    }

    /// The request that Humanos gave this id. Reads all requests: for what is asked rarely.
    pub fn request_of_humanos_id(&self, humanos_id: &str) -> Result<Option<String>, LedgerError> {
        if humanos_id.is_empty() {
            return Ok(None);
        }
        Ok(self
            .link
            .prepare_cached("SELECT id FROM request WHERE humanos_id = ?1 LIMIT 1")?
            .query_row([humanos_id], |row| row.get(0))
            .optional()?)
    }

    fn kept(&self, which: &str, given: impl Params) -> Result<Vec<Payload>, LedgerError> {
        let mut statement = self
            .link
            .prepare_cached(&format!("SELECT {COLUMNS} {which}"))?;
        let rows = statement.query_map(given, payload)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn judge(how_json: &str) -> Result<(), LedgerError> {
    serde_json::from_str::<serde::de::IgnoredAny>(how_json)
        .map(|_| ())
        .map_err(|error| LedgerError::Detail(error.into()))
}

fn number(link: &Connection, request: Option<&str>) -> Result<Option<i64>, LedgerError> {
    request.map(|id| number_of(link, id)).transpose()
}

fn note(
    change: &Connection,
    request: Option<i64>,
    noted: &Noted<'_>,
    at_ms: i64,
) -> Result<(), LedgerError> {
    let kind = if noted.opened {
        EventKind::PayloadOpened
    } else {
        EventKind::PayloadKept
    };
    events::append_to(change, request, kind, noted, at_ms)
}

fn payload(row: &Row<'_>) -> rusqlite::Result<Payload> {
    let way: String = row.get(3)?;
    Ok(Payload {
        id: row.get(0)?,
        request: row.get(1)?,
        sha256: row.get(2)?,
        way: Way::parse(&way).ok_or_else(|| unreadable(3, "way"))?,
        headers: row.get(4)?,
        raw: row.get(5)?,
        opened: row.get::<_, Option<Vec<u8>>>(6)?.map(Zeroizing::new),
        how_json: row.get(7)?,
        arrived_at_ms: row.get(8)?,
        opened_at_ms: row.get(9)?,
    })
}
