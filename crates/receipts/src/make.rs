//! Making a receipt from the ledger's record.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::{RequestRecord, State};
use sha2::{Digest, Sha256};

use crate::document::{
    App, Asker, Attempt, Content, Credential, Event, Header, Receipt, Reply, Request, Sent, Subject,
};
use crate::redact::Codes;
use crate::text::{FORMAT, VERSION};
use crate::{Instant, bytes};

/// What a receipt says about its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The app's version.
    pub app_version: String,
    /// The officer's name, or empty.
    pub officer: String,
    /// Their organisation, or empty.
    pub organisation: String,
    /// When the receipt is made, Unix milliseconds.
    pub exported_at_ms: i64,
    /// The officer's clock, in minutes east of UTC.
    pub utc_offset_minutes: i32,
}

/// The receipt for a request. The same record and `about` give the same receipt.
#[must_use]
pub fn receipt(record: &RequestRecord, about: &About) -> Receipt {
    let instant = |ms| Instant::new(ms, about.utc_offset_minutes);
    let codes = Codes::new(record.subjects.iter().filter_map(|s| s.code.as_deref()));
    Receipt {
        format: FORMAT.to_owned(),
        version: VERSION,
        interim: is_interim(record.state),
        practice: record.practice,
        exported_at: instant(about.exported_at_ms),
        app: App {
            name: "Countersign".to_owned(),
            version: about.app_version.clone(),
        },
        asker: Asker {
            officer: about.officer.clone(),
            organisation: about.organisation.clone(),
            connection: record.connection_name.clone(),
        },
        request: Request {
            id: record.id.clone(),
            humanos_id: record.humanos_id.clone(),
            name: record.name.clone(),
            internal_id: record.internal_id.clone(),
            security_level: record.security_level.clone(),
            state: record.state,
            planned_at: instant(record.created_at_ms),
            people_count: u32::try_from(record.people.len()).unwrap_or(u32::MAX),
            people: record.people.clone(),
        },
        sent: sent(record),
        attempts: record
            .attempts
            .iter()
            .map(|a| attempt(a, &codes, &instant))
            .collect(),
        subjects: record
            .subjects
            .iter()
            .map(|s| Subject {
                id: s.id.clone(),
                contact: s.contact.clone(),
                link: s.link.as_deref().map(|link| codes.cut_from_words(link)),
            })
            .collect(),
        credentials: record
            .credentials
            .iter()
            .map(|c| Credential {
                id: c.id.clone(),
                name: c.name.clone(),
                internal_id: c.internal_id.clone(),
            })
            .collect(),
        events: record
            .events
            .iter()
            .map(|e| Event {
                sequence: e.sequence,
                kind: e.kind,
                at: instant(e.at_ms),
                detail: codes.cut_from_json(&e.detail_json),
            })
            .collect(),
    }
}

pub(crate) fn is_interim(state: State) -> bool {
    !matches!(state, State::Accepted | State::Refused)
}

fn sent(record: &RequestRecord) -> Sent {
    let header = |name: &str, value: Option<&str>| Header {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    };
    let mut headers = vec![
        header("Authorization", None),
        header("X-Timestamp", None),
        header("X-Signature", None),
    ];
    if !record.api_version.is_empty() {
        headers.push(header("API-Version", Some(&record.api_version)));
    }
    headers.extend([
        header("Idempotency-Key", Some(&record.idempotency_key)),
        header("Content-Type", Some("application/json")),
        header("Accept", Some("application/json")),
        header("User-Agent", None),
    ]);
    Sent {
        method: "POST".to_owned(),
        url: record.url.clone(),
        api_version: record.api_version.clone(),
        idempotency_key: record.idempotency_key.clone(),
        headers,
        body_length: record.body.len() as u64,
        // Of the bytes themselves, not as planned: should the two differ, the planning event in
        // the same receipt shows it.
        body_sha256: bytes::hex(&Sha256::digest(&record.body)),
        body: match std::str::from_utf8(&record.body) {
            Ok(text) => Content::Text(text.to_owned()),
            Err(_) => Content::Base64(STANDARD.encode(&record.body)),
        },
    }
}

fn attempt(a: &ledger::Attempt, codes: &Codes, instant: &impl Fn(i64) -> Instant) -> Attempt {
    Attempt {
        number: a.number,
        x_timestamp: a.timestamp_ms,
        started_at: instant(a.started_at_ms),
        ended_at: a.ended_at_ms.map(instant),
        result: a.result,
        reason: a.reason.clone(),
        reply: a.status.map(|status| {
            let whole = a.reply_body.as_deref().unwrap_or_default();
            let body = codes.cut_from_reply(whole);
            let messages: Vec<_> = a.messages.iter().map(|m| codes.cut_from_words(m)).collect();
            let redacted = body != whole || messages != a.messages;
            Reply {
                status,
                server_date: a.server_date.clone(),
                server_request_id: a.server_request_id.clone(),
                messages,
                body,
                redacted,
                commitment: a.reply_commitment.clone().unwrap_or_default(),
                salt: a.reply_salt.clone().filter(|_| !redacted),
            }
        }),
    }
}
