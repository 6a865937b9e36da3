//! Checking a receipt against itself.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::{AttemptResult, EventKind, State};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::bytes::{from_hex, hex};
use crate::document::{Content, Receipt, Reply};
use crate::make::is_interim;

/// Something in a receipt that does not fit the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The body is in base64 that cannot be read.
    BodyUnreadable,
    /// The body's bytes do not have the stated SHA-256.
    BodyChanged {
        /// The SHA-256 stated.
        stated: String,
        /// The SHA-256 computed from the body.
        computed: String,
    },
    /// The body is not as long as stated.
    BodyLength {
        /// The stated length in bytes.
        stated: u64,
        /// The actual one.
        found: u64,
    },
    /// The body is not what was written down before the first attempt.
    BodyNotAsPlanned,
    /// The count of people is not the number of contacts listed.
    PeopleCount {
        /// The stated count.
        stated: u32,
        /// The number listed.
        found: usize,
    },
    /// The contacts listed are not those in the body.
    PeopleNotInBody,
    /// A reply does not fit its commitment.
    ReplyChanged {
        /// The attempt it answers.
        attempt: u32,
    },
    /// A reply's commitment is not the one noted when it came.
    ReplyNotAsNoted {
        /// The attempt it answers.
        attempt: u32,
    },
    /// Attempts are not numbered 1, 2, 3, …
    AttemptNumbers,
    /// Events are not in the order of their numbers.
    EventOrder,
    /// The state does not follow from the attempts, or `interim` not from the state.
    State,
    /// UTC and local time of an instant differ; the place in the document.
    Instant {
        /// Where it is, for example `attempts[0].startedAt`.
        place: String,
    },
}

impl Receipt {
    /// Recomputes all that can be recomputed from the receipt alone. Empty when everything fits.
    /// It finds accidents and careless changes; only a signature could find careful ones.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.check_body(&mut findings);
        self.check_people(&mut findings);
        self.check_attempts(&mut findings);
        if self
            .events
            .windows(2)
            .any(|pair| pair[0].sequence >= pair[1].sequence)
        {
            findings.push(Finding::EventOrder);
        }
        self.check_instants(&mut findings);
        findings
    }

    fn check_body(&self, findings: &mut Vec<Finding>) {
        let Some(body) = self.sent.body.bytes() else {
            findings.push(Finding::BodyUnreadable);
            return;
        };
        let computed = hex(&Sha256::digest(&body));
        let found = body.len() as u64;
        if self.sent.body_length != found {
            findings.push(Finding::BodyLength {
                stated: self.sent.body_length,
                found,
            });
        }
        let planned = self
            .events
            .iter()
            .find(|e| e.kind == EventKind::Planned)
            .and_then(|e| serde_json::from_str::<Planned>(&e.detail).ok());
        let as_planned = planned.is_some_and(|p| {
            p.body_sha256 == computed
                && p.idempotency_key == self.sent.idempotency_key
                && p.url == self.sent.url
                && p.api_version == self.sent.api_version
        });
        if !as_planned {
            findings.push(Finding::BodyNotAsPlanned);
        }
        if self.sent.body_sha256 != computed {
            let stated = self.sent.body_sha256.clone();
            findings.push(Finding::BodyChanged { stated, computed });
        }
    }

    fn check_people(&self, findings: &mut Vec<Finding>) {
        let (stated, found) = (self.request.people_count, self.request.people.len());
        if stated as usize != found {
            findings.push(Finding::PeopleCount { stated, found });
        }
        let body = self.sent.body.bytes().unwrap_or_default();
        let asked = serde_json::from_slice::<Asked>(&body).map(Asked::contacts);
        if asked.ok().as_ref() != Some(&self.request.people) {
            findings.push(Finding::PeopleNotInBody);
        }
    }

    fn check_attempts(&self, findings: &mut Vec<Finding>) {
        if !self
            .attempts
            .iter()
            .map(|a| a.number)
            .eq((1..).take(self.attempts.len()))
        {
            findings.push(Finding::AttemptNumbers);
        }
        let accepted = self
            .attempts
            .iter()
            .any(|a| a.result == AttemptResult::Accepted);
        if is_interim(self.request.state) != self.interim
            || accepted != (self.request.state == State::Accepted)
        {
            findings.push(Finding::State);
        }
        let noted: Vec<Noted> = self
            .events
            .iter()
            .filter(|e| e.kind == EventKind::ReplyReceived)
            .filter_map(|e| serde_json::from_str(&e.detail).ok())
            .collect();
        for attempt in &self.attempts {
            let Some(reply) = &attempt.reply else {
                continue;
            };
            let attempt = attempt.number;
            if !reply.fits() {
                findings.push(Finding::ReplyChanged { attempt });
            }
            let as_noted = noted.iter().any(|n| {
                n.attempt == attempt
                    && n.reply_commitment == reply.commitment
                    && n.status == reply.status
            });
            if !as_noted {
                findings.push(Finding::ReplyNotAsNoted { attempt });
            }
        }
    }

    fn check_instants(&self, findings: &mut Vec<Finding>) {
        let mut judge = |instant: &crate::Instant, place: &dyn Fn() -> String| {
            if !instant.agrees() {
                findings.push(Finding::Instant { place: place() });
            }
        };
        judge(&self.exported_at, &|| "exportedAt".to_owned());
        judge(&self.request.planned_at, &|| "request.plannedAt".to_owned());
        for (at, attempt) in self.attempts.iter().enumerate() {
            judge(&attempt.started_at, &|| format!("attempts[{at}].startedAt"));
            if let Some(ended) = &attempt.ended_at {
                judge(ended, &|| format!("attempts[{at}].endedAt"));
            }
        }
        for (at, event) in self.events.iter().enumerate() {
            judge(&event.at, &|| format!("events[{at}].at"));
        }
    }
}

/// The part of a planning event's detail that is compared.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Planned {
    api_version: String,
    body_sha256: String,
    idempotency_key: String,
    url: String,
}

/// The part of a reply event's detail that is compared.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Noted {
    attempt: u32,
    reply_commitment: String,
    status: u16,
}

/// Whom a body asks, in either form the API has had.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    contacts: Vec<String>,
    #[serde(default)]
    users: Vec<User>,
}

#[derive(Deserialize)]
struct User {
    contact: String,
}

impl Asked {
    fn contacts(self) -> Vec<String> {
        self.contacts
            .into_iter()
            .chain(self.users.into_iter().map(|u| u.contact))
            .collect()
    }
}

impl Content {
    /// The exact bytes; none when the base64 cannot be read.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.clone().into_bytes()),
            Self::Base64(text) => STANDARD.decode(text).ok(),
        }
    }
}

impl Reply {
    /// Whether the body fits the commitment, as far as the receipt tells.
    fn fits(&self) -> bool {
        match &self.salt {
            None => self.redacted,
            Some(salt) => {
                let digest = from_hex(salt)
                    .map(|salt| Sha256::new().chain_update(salt).chain_update(&self.body));
                digest.is_some_and(|d| hex(&d.finalize()) == self.commitment) && !self.redacted
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BodyUnreadable => f.write_str("the body cannot be read"),
            Self::BodyChanged { .. } => f.write_str("the body does not have the stated sha-256"),
            Self::BodyLength { stated, found } => {
                write!(f, "the body has {found} bytes, the receipt states {stated}")
            }
            Self::BodyNotAsPlanned => {
                f.write_str("the call is not the one written down before it was first sent")
            }
            Self::PeopleCount { stated, found } => {
                write!(f, "{found} people are listed, the receipt states {stated}")
            }
            Self::PeopleNotInBody => f.write_str("the people listed are not those in the body"),
            Self::ReplyChanged { attempt } => {
                write!(
                    f,
                    "the reply to attempt {attempt} does not fit its commitment"
                )
            }
            Self::ReplyNotAsNoted { attempt } => {
                write!(
                    f,
                    "the reply to attempt {attempt} is not the one noted when it came"
                )
            }
            Self::AttemptNumbers => f.write_str("the attempts are not numbered in order"),
            Self::EventOrder => f.write_str("the events are not in order"),
            Self::State => f.write_str("the stated outcome does not follow from the attempts"),
            Self::Instant { place } => write!(f, "the two times at {place} differ"),
        }
    }
}
