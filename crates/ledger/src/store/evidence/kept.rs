//! What events vouch for: plans and bodies, answers, payloads.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Walk;
use super::reading::{Stored, readable};
use crate::{EventKind, LedgerError, What, hex};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Planned {
    api_version: String,
    body_sha256: String,
    idempotency_key: String,
    people: u32,
    practice: bool,
    url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Replied {
    attempt: u32,
    reply_commitment: String,
}

#[derive(Deserialize)]
struct Came {
    payload: String,
    sha256: String,
}

/// What was found where an event points.
struct Checked {
    /// The row it vouches for.
    number: Option<i64>,
    what: Option<What>,
}

impl Walk<'_> {
    /// Checks what an event vouches for.
    pub(super) fn vouched(&mut self, kind: EventKind, event: &Stored) -> Result<(), LedgerError> {
        let detail = event.detail.as_str();
        let link = self.link();
        let (checked, seen) = match (kind, event.is_about) {
            (EventKind::Planned, Some(request)) => {
                let told = serde_json::from_str(detail);
                (
                    told.map(|told| planned(&link, request, event.at_ms, &told)),
                    &mut self.seen.requests,
                )
            }
            (EventKind::ReplyReceived, Some(request)) => {
                let told = serde_json::from_str(detail);
                (
                    told.map(|told| replied(&link, request, &told)),
                    &mut self.seen.replies,
                )
            }
            (EventKind::PayloadKept | EventKind::PayloadOpened, _) => {
                let told = serde_json::from_str(detail);
                (told.map(|told| came(&link, &told)), &mut self.seen.payloads)
            }
            _ => return Ok(()),
        };
        drop(link);
        let what = match checked {
            Err(_) => Some(What::Detail),
            Ok(checked) => match readable(checked)? {
                Some(checked) => {
                    if let Some(number) = checked.number {
                        seen.add(number);
                    }
                    checked.what
                }
                None => {
                    self.link = None;
                    Some(What::Lost)
                }
            },
        };
        if let Some(what) = what {
            self.is_gapless &= !matches!(what, What::Lost | What::Detail);
            self.note_event(what, event);
        }
        Ok(())
    }
}

fn planned(
    link: &Connection,
    request: i64,
    at_ms: i64,
    told: &Planned,
) -> Result<Checked, LedgerError> {
    let what = link
        .prepare_cached(
            "SELECT api_version, body_sha256, idempotency_key, people, practice, url,
                 created_at_ms, bytes
             FROM request LEFT JOIN body ON body.request = request.number WHERE number = ?1",
        )?
        .query_row([request], |row| {
            let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
            let is_as_planned = text(0)? == told.api_version
                && text(2)? == told.idempotency_key
                && row.get::<_, i64>(3)? == i64::from(told.people)
                && row.get::<_, bool>(4)? == told.practice
                && text(5)? == told.url
                && row.get::<_, i64>(6)? == at_ms;
            let Some(body) = row.get_ref(7)?.as_blob_or_null()? else {
                return Ok(Some(What::Lost));
            };
            let is_same_body = text(1)? == told.body_sha256 && sha256(body) == told.body_sha256;
            Ok(match (is_as_planned, is_same_body) {
                (true, true) => None,
                (false, _) => Some(What::Plan),
                (true, false) => Some(What::Body),
            })
        })
        .optional()?;
    Ok(Checked {
        number: Some(request),
        what: what.unwrap_or(Some(What::Lost)),
    })
}

fn replied(link: &Connection, request: i64, told: &Replied) -> Result<Checked, LedgerError> {
    let found = link
        .prepare_cached(
            "SELECT reply.number, body, salt, commitment
             FROM attempt JOIN reply ON reply.number = attempt.reply
             WHERE request = ?1 AND attempt.number = ?2",
        )?
        .query_row(params![request, told.attempt], |row| {
            let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
            let salt = unhex(text(2)?).unwrap_or_default();
            let digest = Sha256::new()
                .chain_update(salt)
                .chain_update(text(1)?)
                .finalize();
            let is_same =
                text(3)? == told.reply_commitment && hex(&digest) == told.reply_commitment;
            Ok(Checked {
                number: Some(row.get(0)?),
                what: (!is_same).then_some(What::Reply),
            })
        })
        .optional()?;
    Ok(found.unwrap_or(GONE))
}

fn came(link: &Connection, told: &Came) -> Result<Checked, LedgerError> {
    let found = link
        .prepare_cached("SELECT number, sha256, raw FROM payload WHERE id = ?1")?
        .query_row([&told.payload], |row| {
            let is_same = row.get_ref(1)?.as_str()? == told.sha256
                && sha256(row.get_ref(2)?.as_blob()?) == told.sha256;
            Ok(Checked {
                number: Some(row.get(0)?),
                what: (!is_same).then_some(What::Payload),
            })
        })
        .optional()?;
    Ok(found.unwrap_or(GONE))
}

const GONE: Checked = Checked {
    number: None,
    what: Some(What::Lost),
};

pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| {
        char::from(b)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}
