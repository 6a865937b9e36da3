//! Making a receipt from the ledger's record.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::{EventKind, RequestRecord, State};

use crate::detail::{Detail, Json};
use crate::document::{
    App, Asker, Attempt, Clock, Content, Credential, Event, Header, Leaf, Receipt, Reply, Request,
    Sent, Subject,
};
use crate::mask::{Cover, Field, Mask};
use crate::redact::Codes;
use crate::tree::{Tree, leaf_hash};
use crate::{Instant, PublicKey, bytes};

/// What a receipt says about its making.
#[derive(Debug, Clone)]
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
    /// The public half of the key that will sign it.
    pub device_key: PublicKey,
    /// What to mask.
    pub mask: Mask,
    /// An RFC 3161 token over the tree's head, DER, if one was asked for.
    pub timestamp: Option<Vec<u8>>,
}

/// Why no receipt can be made of a record. The ledger has been damaged or changed; a check of all of
/// it says more.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MakeError {
    /// The tree does not go as far as an event.
    #[error("event {sequence} is not in the tree: build the tree after reading the request")]
    NotInTree {
        /// The event's number.
        sequence: u64,
    },
    /// An event is not the one the tree holds.
    #[error("event {sequence} is not as it was written down: check the ledger")]
    Changed {
        /// The event's number.
        sequence: u64,
    },
    /// An event's detail is not canonical JSON.
    #[error("the detail of event {sequence} cannot be read: check the ledger")]
    Detail {
        /// The event's number.
        sequence: u64,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

/// The receipt for a request. The same record, tree and `about` give the same receipt.
///
/// # Errors
/// [`MakeError`] when an event of the record is not in the tree as it stands: a receipt would not
/// hold.
pub fn receipt(record: &RequestRecord, tree: &Tree, about: &About) -> Result<Receipt, MakeError> {
    let codes = Codes::new(record.subjects.iter().filter_map(|s| s.code.as_deref()));
    let maker = Maker {
        record,
        tree,
        about,
        cover: Cover::new(&about.mask, sensitive(record)),
        codes,
    };
    maker.receipt()
}

pub(crate) fn is_interim(state: State) -> bool {
    !matches!(state, State::Accepted | State::Refused)
}

fn sensitive(record: &RequestRecord) -> impl Iterator<Item = (Field, &str)> {
    let people = record.people.iter().map(String::as_str);
    let contacts = people.chain(record.subjects.iter().map(|s| s.contact.as_str()));
    let names = record.credentials.iter().map(|c| c.name.as_str());
    let names = names.chain([record.name.as_str()]);
    let links = record.subjects.iter().filter_map(|s| s.link.as_deref());
    contacts
        .map(|text| (Field::Contacts, text))
        .chain(names.map(|text| (Field::Names, text)))
        .chain(links.map(|text| (Field::Links, text)))
}

struct Maker<'r> {
    record: &'r RequestRecord,
    tree: &'r Tree,
    about: &'r About,
    codes: Codes,
    cover: Cover<'r>,
}

impl Maker<'_> {
    fn receipt(&self) -> Result<Receipt, MakeError> {
        let (record, about) = (self.record, self.about);
        let events: Result<_, _> = record.events.iter().map(|e| self.event(e)).collect();
        Ok(Receipt {
            app: App {
                name: "Countersign".to_owned(),
                version: about.app_version.clone(),
            },
            asker: Asker {
                connection: record.connection_name.clone(),
                device_key: about.device_key.kid().to_owned(),
                officer: about.officer.clone(),
                organisation: about.organisation.clone(),
            },
            attempts: record
                .attempts
                .iter()
                .enumerate()
                .map(|(at, a)| self.attempt(at, a))
                .collect(),
            clock: Clock {
                source: "system".to_owned(),
                utc_offset_minutes: about.utc_offset_minutes,
            },
            credentials: self.credentials(),
            events: events?,
            exported_at: self.instant(about.exported_at_ms),
            head: self.tree.head(),
            interim: is_interim(record.state),
            masked: about.mask.fields(),
            practice: record.practice,
            request: self.request(),
            sent: self.sent(),
            subjects: self.subjects(),
            timestamp: about.timestamp.as_ref().map(|token| STANDARD.encode(token)),
        })
    }

    fn instant(&self, ms: i64) -> Instant {
        Instant::new(ms, self.about.utc_offset_minutes)
    }

    fn text(&self, text: &str, field: Field, place: &str) -> crate::Text {
        self.about.mask.text(text, field, &self.record.id, place)
    }

    fn request(&self) -> Request {
        let record = self.record;
        let person = |(at, contact): (usize, &String)| {
            self.text(contact, Field::Contacts, &format!("request.people[{at}]"))
        };
        Request {
            humanos_id: record.humanos_id.clone(),
            id: record.id.clone(),
            internal_id: record.internal_id.clone(),
            name: self.text(&record.name, Field::Names, "request.name"),
            people: record.people.iter().enumerate().map(person).collect(),
            people_count: u32::try_from(record.people.len()).unwrap_or(u32::MAX),
            planned_at: self.instant(record.created_at_ms),
            security_level: record.security_level.clone(),
            state: record.state,
        }
    }

    fn sent(&self) -> Sent {
        let record = self.record;
        let body = &record.body;
        Sent {
            api_version: record.api_version.clone(),
            body: match std::str::from_utf8(body) {
                _ if self.about.mask.covers(Field::Body) => Content::Masked(
                    self.about
                        .mask
                        .masked(body, "•••".to_owned(), &record.id, "sent.body"),
                ),
                Ok(text) => Content::Text(text.to_owned()),
                Err(_) => Content::Base64(STANDARD.encode(body)),
            },
            body_length: body.len() as u64,
            // Of the bytes themselves, not as planned: should the two differ, the planning event in
            // the same receipt shows it.
            body_sha256: bytes::hex(&bytes::sha256(body)),
            headers: headers(record),
            idempotency_key: record.idempotency_key.clone(),
            method: "POST".to_owned(),
            url: record.url.clone(),
        }
    }

    fn attempt(&self, at: usize, a: &ledger::Attempt) -> Attempt {
        Attempt {
            ended_at: a.ended_at_ms.map(|ms| self.instant(ms)),
            number: a.number,
            reason: a.reason.clone(),
            reply: a.status.map(|status| self.reply(at, a, status)),
            result: a.result,
            started_at: self.instant(a.started_at_ms),
            x_timestamp: a.timestamp_ms,
        }
    }

    fn reply(&self, at: usize, a: &ledger::Attempt, status: u16) -> Reply {
        let whole = a.reply_body.as_deref().unwrap_or_default();
        let body = self.codes.cut_from_reply(whole);
        let messages: Vec<_> = a
            .messages
            .iter()
            .map(|m| self.codes.cut_from_words(m))
            .collect();
        let redacted = body != whole || messages != a.messages;
        let masked = self.about.mask.covers(Field::Replies);
        let place = format!("attempts[{at}].reply");
        let message = |(n, text): (usize, &String)| {
            self.text(text, Field::Replies, &format!("{place}.messages[{n}]"))
        };
        Reply {
            body: self.text(&body, Field::Replies, &format!("{place}.body")),
            commitment: a.reply_commitment.clone().unwrap_or_default(),
            messages: messages.iter().enumerate().map(message).collect(),
            redacted,
            salt: a.reply_salt.clone().filter(|_| !redacted && !masked),
            server_date: a.server_date.clone(),
            server_request_id: a.server_request_id.clone(),
            status,
        }
    }

    fn credentials(&self) -> Vec<Credential> {
        let credential = |(at, c): (usize, &ledger::CredentialRef)| Credential {
            id: c.id.clone(),
            internal_id: c.internal_id.clone(),
            name: self.text(&c.name, Field::Names, &format!("credentials[{at}].name")),
        };
        self.record
            .credentials
            .iter()
            .enumerate()
            .map(credential)
            .collect()
    }

    fn subjects(&self) -> Vec<Subject> {
        let subject = |(at, s): (usize, &ledger::Subject)| Subject {
            contact: self.text(
                &s.contact,
                Field::Contacts,
                &format!("subjects[{at}].contact"),
            ),
            id: s.id.clone(),
            link: s.link.as_deref().map(|link| {
                let link = self.codes.cut_from_words(link);
                self.text(&link, Field::Links, &format!("subjects[{at}].link"))
            }),
        };
        self.record
            .subjects
            .iter()
            .enumerate()
            .map(subject)
            .collect()
    }

    fn event(&self, e: &ledger::Event) -> Result<Event, MakeError> {
        let sequence = e.sequence;
        let missing = MakeError::NotInTree { sequence };
        let Some(index) = sequence.checked_sub(1) else {
            return Err(missing);
        };
        let (Some(hash), Some(proof)) = (self.tree.leaf(index), self.tree.proof(index)) else {
            return Err(missing);
        };
        let detail = Detail::parse(&e.detail_json)
            .map_err(|source| MakeError::Detail { sequence, source })?;
        // The link is the tree's own, so that a chain broken in the ledger shows here.
        let previous = match index.checked_sub(1) {
            Some(before) => self.tree.leaf(before).unwrap_or_default(),
            None => [0; 32],
        };
        let mut leaf = Leaf {
            at: e.at_ms,
            detail,
            kind: e.kind.as_str().to_owned(),
            previous: bytes::hex(&previous),
            request: e.request_id.clone(),
            sequence,
        };
        if leaf_hash(leaf.text().as_bytes()) != hash {
            return Err(MakeError::Changed { sequence });
        }
        // These hold numbers, hashes and the endpoint alone, and the checks lean on them.
        let bare = matches!(
            e.kind,
            EventKind::Planned | EventKind::AttemptStarted | EventKind::ReplyReceived
        );
        let shown = if bare {
            leaf.detail.clone()
        } else {
            self.shown(&leaf.detail)
        };
        let redacted = shown != leaf.detail;
        leaf.detail = shown;
        Ok(Event {
            at: self.instant(e.at_ms),
            event: leaf,
            hash: bytes::hex(&hash),
            proof: proof.iter().map(|hash| bytes::hex(hash)).collect(),
            redacted,
        })
    }

    fn shown(&self, detail: &Detail) -> Detail {
        let cut = detail.map(&|_, value| match value {
            Json::Text(text) => Some(Json::Text(self.codes.cut_from_words(text))),
            Json::Number(number) => {
                let text = number.to_string();
                let cut = self.codes.cut_from_words(&text);
                (cut != text).then_some(Json::Text(cut))
            }
            _ => None,
        });
        self.cover.put_over(&cut)
    }
}

impl Leaf {
    /// The bytes whose hash is the event's.
    pub(crate) fn text(&self) -> String {
        #[expect(clippy::expect_used, reason = "strings and numbers are always JSON")]
        serde_json::to_string(self).expect("a leaf is JSON")
    }
}

fn headers(record: &RequestRecord) -> Vec<Header> {
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
    headers
}
