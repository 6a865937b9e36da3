//! From a receipt to what is printed of it.

use jiff::Timestamp;
use jiff::tz::Offset;
use receipts::{Content, Instant, Receipt};
use serde_json::Value;

use crate::page::{Asker, Attempt, Event, Page, Person, Request, Resource, ResourceKind, Sent};

impl From<&Receipt> for Page {
    fn from(receipt: &Receipt) -> Self {
        let request = &receipt.request;
        let sent = &receipt.sent;
        Self {
            interim: receipt.interim,
            practice: receipt.practice,
            masked: Vec::new(),
            exported_at_ms: ms(&receipt.exported_at),
            utc_offset_minutes: offset_minutes(&receipt.exported_at),
            app: format!("{} {}", receipt.app.name, receipt.app.version),
            asker: Asker {
                officer: receipt.asker.officer.clone(),
                organisation: receipt.asker.organisation.clone(),
                connection: receipt.asker.connection.clone(),
                device_key: None,
            },
            request: Request {
                id: request.id.clone(),
                humanos_id: request.humanos_id.clone(),
                name: request.name.clone(),
                internal_id: request.internal_id.clone(),
                security_level: request.security_level.clone(),
                state: request.state,
                planned_at_ms: ms(&request.planned_at),
                resources: match &sent.body {
                    Content::Text(body) => resources(body),
                    Content::Base64(_) => Vec::new(),
                },
            },
            sent: Sent {
                method: sent.method.clone(),
                url: sent.url.clone(),
                api_version: sent.api_version.clone(),
                idempotency_key: sent.idempotency_key.clone(),
                body_length: sent.body_length,
                body_sha256: sent.body_sha256.clone(),
            },
            people: people(receipt),
            attempts: receipt
                .attempts
                .iter()
                .map(|a| Attempt {
                    number: a.number,
                    started_at_ms: ms(&a.started_at),
                    ended_at_ms: a.ended_at.as_ref().map(ms),
                    result: a.result,
                    reason: a.reason.clone(),
                    status: a.reply.as_ref().map(|reply| reply.status),
                    server_date: a.reply.as_ref().and_then(|r| r.server_date.clone()),
                    server_request_id: a.reply.as_ref().and_then(|r| r.server_request_id.clone()),
                    messages: a
                        .reply
                        .as_ref()
                        .map(|r| r.messages.clone())
                        .unwrap_or_default(),
                })
                .collect(),
            events: receipt
                .events
                .iter()
                .map(|e| Event {
                    sequence: e.sequence,
                    kind: e.kind,
                    at_ms: ms(&e.at),
                    detail: e.detail.clone(),
                })
                .collect(),
            head: None,
        }
    }
}

/// Those the accepting reply names, then those it does not.
fn people(receipt: &Receipt) -> Vec<Person> {
    let mut people: Vec<_> = receipt
        .subjects
        .iter()
        .map(|subject| Person {
            contact: subject.contact.clone(),
            id: subject.id.clone(),
            link: subject.link.clone().unwrap_or_default(),
        })
        .collect();
    let named: std::collections::HashSet<&str> = receipt
        .subjects
        .iter()
        .map(|subject| subject.contact.as_str())
        .collect();
    people.extend(
        receipt
            .request
            .people
            .iter()
            .filter(|contact| !named.contains(contact.as_str()))
            .map(|contact| Person {
                contact: contact.clone(),
                id: String::new(),
                link: String::new(),
            }),
    );
    people
}

/// What the body asks for; nothing when it is not what the API takes.
fn resources(body: &str) -> Vec<Resource> {
    let Ok(body) = serde_json::from_str::<Value>(body) else {
        return Vec::new();
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let each = |name: &str| {
        body.get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let by_id = |name: &str, kind| {
        each(name)
            .map(|id| Resource {
                kind,
                id: text(id),
                name: String::new(),
            })
            .collect::<Vec<_>>()
    };
    let mut resources = by_id("resourcesIds", ResourceKind::Resource);
    resources.extend(by_id("groupIds", ResourceKind::Group));
    resources.extend(each("credentials").map(|credential| Resource {
        kind: ResourceKind::Credential,
        id: text(&credential["internalId"]),
        name: text(&credential["name"]),
    }));
    resources
}

/// Both forms of a checked receipt's instants can be read; one of another origin is the epoch, and the
/// check says why.
fn ms(instant: &Instant) -> i64 {
    instant
        .utc
        .parse::<Timestamp>()
        .map(Timestamp::as_millisecond)
        .unwrap_or_default()
}

fn offset_minutes(instant: &Instant) -> i32 {
    jiff::fmt::temporal::Pieces::parse(&instant.local)
        .ok()
        .and_then(|pieces| pieces.to_numeric_offset())
        .unwrap_or(Offset::UTC)
        .seconds()
        / 60
}
