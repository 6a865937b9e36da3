//! Checking what a receipt says against itself. Signatures are checked elsewhere (`verify`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::{AttemptResult, EventKind, State};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::Instant;
use crate::bytes::{self, from_hex, hex};
use crate::document::{Attempt, Content, Event, Receipt, Reply, Request, Sent};
use crate::make::is_interim;
use crate::mask::{Field, Text};
use crate::report::{Code, Finding};
use crate::tree::{Hash, leaf_hash, root_from_proof};

/// What every version of a receipt tells.
pub(crate) struct Story<'r> {
    pub(crate) interim: bool,
    pub(crate) exported_at: &'r Instant,
    pub(crate) request: &'r Request,
    pub(crate) sent: &'r Sent,
    pub(crate) attempts: &'r [Attempt],
    pub(crate) noted: Vec<Noted<'r>>,
}

/// An event as every version tells it.
pub(crate) struct Noted<'r> {
    pub(crate) sequence: u64,
    pub(crate) kind: &'r str,
    pub(crate) at: &'r Instant,
    pub(crate) detail: String,
}

impl Receipt {
    /// Recomputes all that can be recomputed from the receipt alone. Empty when everything fits.
    /// It finds accidents and careless changes; the careful ones are found by the signature.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let noted = self.events.iter().map(|event| Noted {
            sequence: event.event.sequence,
            kind: &event.event.kind,
            at: &event.at,
            detail: event.event.detail.text(),
        });
        let mut findings = Story {
            interim: self.interim,
            exported_at: &self.exported_at,
            request: &self.request,
            sent: &self.sent,
            attempts: &self.attempts,
            noted: noted.collect(),
        }
        .check();
        self.check_events(&mut findings);
        self.check_masks(&mut findings);
        findings
    }

    fn check_events(&self, findings: &mut Vec<Finding>) {
        let last = self.events.iter().map(|e| e.event.sequence).max();
        let root = self.head.root();
        if root.is_none() || last.is_some_and(|last| last > self.head.size) {
            let words = "the head of the ledger cannot be one over these events";
            findings.push(Finding::new(Code::Head, words).at("head"));
        }
        for (at, event) in self.events.iter().enumerate() {
            let place = format!("events[{at}]");
            let number = event.event.sequence;
            let mut tell = |code, words: &str| {
                findings.push(Finding::new(code, format!("event {number} {words}")).at(&place));
            };
            let hash = bytes::hash_from_hex(&event.hash);
            let computed = leaf_hash(event.event.text().as_bytes());
            // With something cut out the hash is no longer that of what is shown, and only then.
            if hash.is_none() || (hash == Some(computed)) == event.redacted {
                tell(Code::EventChanged, "does not have its hash");
            }
            if hash.and_then(|hash| event.root(&hash, self.head.size)) != root || root.is_none() {
                tell(Code::EventProof, "is not proven to be in the ledger");
            }
            if event.event.request.as_ref() != Some(&self.request.id) {
                tell(Code::EventRequest, "is about another request");
            }
            if event.at != Instant::new(event.event.at, self.clock.utc_offset_minutes) {
                tell(Code::Instant, "is dated twice, differently");
            }
            let before = at.checked_sub(1).map(|before| &self.events[before]);
            let follows = before.filter(|b| b.event.sequence.checked_add(1) == Some(number));
            let zeros = "0".repeat(64);
            if follows.is_some_and(|b| b.hash != event.event.previous)
                || (number == 1 && event.event.previous != zeros)
                || bytes::hash_from_hex(&event.event.previous).is_none()
            {
                tell(Code::EventChain, "does not follow from the one before it");
            }
        }
    }

    fn check_masks(&self, findings: &mut Vec<Finding>) {
        let mut judge = |text: &Text, field, place: String| {
            if text.plain().is_none() && !self.masked.contains(&field) {
                let words = "something is masked here that is not said to be";
                findings.push(Finding::new(Code::Masked, words).at(place));
            }
        };
        judge(&self.request.name, Field::Names, "request.name".to_owned());
        for (at, person) in self.request.people.iter().enumerate() {
            judge(person, Field::Contacts, format!("request.people[{at}]"));
        }
        for (at, attempt) in self.attempts.iter().enumerate() {
            for text in attempt
                .reply
                .iter()
                .flat_map(|r| r.messages.iter().chain([&r.body]))
            {
                judge(text, Field::Replies, format!("attempts[{at}].reply"));
            }
        }
        for (at, credential) in self.credentials.iter().enumerate() {
            judge(
                &credential.name,
                Field::Names,
                format!("credentials[{at}].name"),
            );
        }
        for (at, subject) in self.subjects.iter().enumerate() {
            judge(
                &subject.contact,
                Field::Contacts,
                format!("subjects[{at}].contact"),
            );
            if let Some(link) = &subject.link {
                judge(link, Field::Links, format!("subjects[{at}].link"));
            }
        }
        let hidden = matches!(self.sent.body, Content::Masked(_));
        if hidden && !self.masked.contains(&Field::Body) {
            let words = "the body is masked and not said to be";
            findings.push(Finding::new(Code::Masked, words).at("sent.body"));
        }
    }
}

impl Event {
    fn root(&self, hash: &Hash, size: u64) -> Option<Hash> {
        let proof: Option<Vec<Hash>> = self.proof.iter().map(|h| bytes::hash_from_hex(h)).collect();
        root_from_proof(hash, self.event.sequence.checked_sub(1)?, size, &proof?)
    }
}

impl Story<'_> {
    pub(crate) fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.check_body(&mut findings);
        self.check_people(&mut findings);
        self.check_attempts(&mut findings);
        self.check_replies(&mut findings);
        if self
            .noted
            .windows(2)
            .any(|pair| pair[0].sequence >= pair[1].sequence)
        {
            let words = "the events are not in order";
            findings.push(Finding::new(Code::EventOrder, words).at("events"));
        }
        self.check_instants(&mut findings);
        findings
    }

    fn check_body(&self, findings: &mut Vec<Finding>) {
        let sent = self.sent;
        let planned = self
            .noted
            .iter()
            .find(|n| n.kind == EventKind::Planned.as_str());
        let as_planned = planned
            .and_then(|n| serde_json::from_str::<Planned>(&n.detail).ok())
            .is_some_and(|p| {
                p.body_sha256 == sent.body_sha256
                    && p.idempotency_key == sent.idempotency_key
                    && p.url == sent.url
                    && p.api_version == sent.api_version
            });
        if !as_planned {
            let words = "the call is not the one written down before it was first sent";
            findings.push(Finding::new(Code::BodyNotAsPlanned, words).at("sent"));
        }
        let mut tell = |code, words: String| {
            findings.push(Finding::new(code, words).at("sent.body"));
        };
        if matches!(sent.body, Content::Masked(_)) {
            return;
        }
        let Some(body) = sent.body.bytes() else {
            tell(Code::BodyUnreadable, "the body cannot be read".to_owned());
            return;
        };
        if sent.body_sha256 != hex(&bytes::sha256(&body)) {
            tell(
                Code::BodyChanged,
                "the body does not have the stated sha-256".to_owned(),
            );
        }
        let (stated, found) = (sent.body_length, body.len() as u64);
        if stated != found {
            let words = format!("the body has {found} bytes, the receipt states {stated}");
            tell(Code::BodyLength, words);
        }
    }

    fn check_people(&self, findings: &mut Vec<Finding>) {
        let (stated, people) = (self.request.people_count, &self.request.people);
        if stated as usize != people.len() {
            let found = people.len();
            let words = format!("{found} people are listed, the receipt states {stated}");
            findings.push(Finding::new(Code::PeopleCount, words).at("request.peopleCount"));
        }
        if matches!(self.sent.body, Content::Masked(_)) {
            return;
        }
        let body = self.sent.body.bytes().unwrap_or_default();
        let asked = serde_json::from_slice::<Asked>(&body).map(Asked::contacts);
        let fits = |asked: Vec<String>| {
            asked
                .iter()
                .map(|a| Some(a.as_str()))
                .eq(people.iter().map(Text::plain))
        };
        if !asked.is_ok_and(fits) {
            let words = "the people listed are not those in the body";
            findings.push(Finding::new(Code::PeopleNotInBody, words).at("request.people"));
        }
    }

    fn check_attempts(&self, findings: &mut Vec<Finding>) {
        let numbers = self.attempts.iter().map(|a| a.number);
        if !numbers.eq((1..).take(self.attempts.len())) {
            let words = "the attempts are not numbered in order";
            findings.push(Finding::new(Code::AttemptNumbers, words).at("attempts"));
        }
        let state = self.request.state;
        let accepted = self
            .attempts
            .iter()
            .any(|a| a.result == AttemptResult::Accepted);
        if is_interim(state) != self.interim || accepted != (state == State::Accepted) {
            let words = "the stated outcome does not follow from the attempts";
            findings.push(Finding::new(Code::State, words).at("request.state"));
        }
    }

    fn check_replies(&self, findings: &mut Vec<Finding>) {
        let replies = self
            .noted
            .iter()
            .filter(|n| n.kind == EventKind::ReplyReceived.as_str());
        let seen: Vec<Seen> = replies
            .filter_map(|n| serde_json::from_str(&n.detail).ok())
            .collect();
        for (at, attempt) in self.attempts.iter().enumerate() {
            let Some(reply) = &attempt.reply else {
                continue;
            };
            let number = attempt.number;
            let mut tell = |code, words: &str| {
                let words = format!("the reply to attempt {number} {words}");
                findings.push(Finding::new(code, words).at(format!("attempts[{at}].reply")));
            };
            if !reply.fits() {
                tell(Code::ReplyChanged, "does not fit its commitment");
            }
            let as_noted = seen.iter().any(|seen| {
                seen.attempt == number
                    && seen.reply_commitment == reply.commitment
                    && seen.status == reply.status
            });
            if !as_noted {
                tell(Code::ReplyNotAsNoted, "is not the one noted when it came");
            }
        }
    }

    fn check_instants(&self, findings: &mut Vec<Finding>) {
        let mut judge = |instant: &Instant, place: String| {
            if !instant.agrees() {
                let words = "the time here is written twice, differently";
                findings.push(Finding::new(Code::Instant, words).at(place));
            }
        };
        judge(self.exported_at, "exportedAt".to_owned());
        judge(&self.request.planned_at, "request.plannedAt".to_owned());
        for (at, attempt) in self.attempts.iter().enumerate() {
            judge(&attempt.started_at, format!("attempts[{at}].startedAt"));
            if let Some(ended) = &attempt.ended_at {
                judge(ended, format!("attempts[{at}].endedAt"));
            }
        }
        for (at, noted) in self.noted.iter().enumerate() {
            judge(noted.at, format!("events[{at}].at"));
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
struct Seen {
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
        let users = self.users.into_iter().map(|user| user.contact);
        self.contacts.into_iter().chain(users).collect()
    }
}

impl Content {
    /// The exact bytes; none when they are masked or the base64 cannot be read.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.clone().into_bytes()),
            Self::Base64(text) => STANDARD.decode(text).ok(),
            Self::Masked(_) => None,
        }
    }
}

impl Reply {
    /// Whether the body fits the commitment, as far as the receipt tells.
    fn fits(&self) -> bool {
        match (&self.salt, &self.body) {
            (None, Text::Masked { .. }) => true,
            (None, Text::Plain(_)) => self.redacted,
            (Some(_), Text::Masked { .. }) => false,
            (Some(salt), Text::Plain(body)) => {
                let digest =
                    from_hex(salt).map(|salt| Sha256::new().chain_update(salt).chain_update(body));
                digest.is_some_and(|d| hex(&d.finalize()) == self.commitment) && !self.redacted
            }
        }
    }
}
