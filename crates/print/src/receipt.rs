//! From a receipt to what is printed of it.

use std::collections::HashMap;

use jiff::Timestamp;
use receipts::{Content, Instant, Receipt, SignedReceipt};
use serde_json::Value;

use crate::page::{
    Asker, Attempt, Event, Head, Key, Page, Person, Request, Resource, ResourceKind, Sent,
    Timestamped,
};

impl From<&SignedReceipt> for Page {
    fn from(signed: &SignedReceipt) -> Self {
        let receipt = signed.receipt();
        Self {
            interim: receipt.interim,
            practice: receipt.practice,
            masked: receipt.masked.clone(),
            exported_at_ms: ms(&receipt.exported_at),
            utc_offset_minutes: receipt.clock.utc_offset_minutes,
            app: format!("{} {}", receipt.app.name, receipt.app.version),
            asker: Asker {
                officer: receipt.asker.officer.clone(),
                organisation: receipt.asker.organisation.clone(),
                connection: receipt.asker.connection.clone(),
                device_key: Key {
                    id: receipt.asker.device_key.clone(),
                    fingerprint: signed.key().fingerprint(),
                },
            },
            request: request(receipt),
            sent: Sent {
                method: receipt.sent.method.clone(),
                url: receipt.sent.url.clone(),
                api_version: receipt.sent.api_version.clone(),
                idempotency_key: receipt.sent.idempotency_key.clone(),
                body_length: receipt.sent.body_length,
                body_sha256: receipt.sent.body_sha256.clone(),
            },
            people: people(receipt),
            attempts: receipt.attempts.iter().map(attempt).collect(),
            events: receipt
                .events
                .iter()
                .map(|event| Event {
                    sequence: event.event.sequence,
                    kind: event.event.kind.clone(),
                    at_ms: event.event.at,
                    detail: event.event.detail.text(),
                })
                .collect(),
            head: Head {
                size: receipt.head.size,
                root: receipt.head.root.clone(),
                timestamp: match receipt.timestamp {
                    Some(_) => Timestamped::Yes,
                    None => Timestamped::No,
                },
            },
        }
    }
}

fn request(receipt: &Receipt) -> Request {
    let request = &receipt.request;
    Request {
        id: request.id.clone(),
        humanos_id: request.humanos_id.clone(),
        name: request.name.shown().to_owned(),
        internal_id: request.internal_id.clone(),
        security_level: request.security_level.clone(),
        state: request.state,
        planned_at_ms: ms(&request.planned_at),
        resources: match &receipt.sent.body {
            Content::Text(body) => resources(body),
            Content::Base64(_) | Content::Masked(_) => None,
        },
        credentials: receipt
            .credentials
            .iter()
            .map(|credential| Resource {
                kind: ResourceKind::Credential,
                id: credential.id.clone(),
                name: credential.name.shown().to_owned(),
            })
            .collect(),
    }
}

fn attempt(attempt: &receipts::Attempt) -> Attempt {
    let reply = attempt.reply.as_ref();
    Attempt {
        number: attempt.number,
        started_at_ms: ms(&attempt.started_at),
        ended_at_ms: attempt.ended_at.as_ref().map(ms),
        result: attempt.result,
        reason: attempt.reason.clone(),
        status: reply.map(|reply| reply.status),
        server_date: reply.and_then(|reply| reply.server_date.clone()),
        server_request_id: reply.and_then(|reply| reply.server_request_id.clone()),
        messages: reply
            .into_iter()
            .flat_map(|reply| &reply.messages)
            .map(|message| message.shown().to_owned())
            .collect(),
    }
}

/// Those the accepting reply names, then those it does not.
fn people(receipt: &Receipt) -> Vec<Person> {
    let mut people = Vec::new();
    // Counted, since two masked contacts may leave the same hint.
    let mut named: HashMap<&str, usize> = HashMap::new();
    for subject in &receipt.subjects {
        *named.entry(subject.contact.shown()).or_default() += 1;
        people.push(Person {
            contact: subject.contact.shown().to_owned(),
            id: subject.id.clone(),
            link: subject
                .link
                .as_ref()
                .map(|link| link.shown().to_owned())
                .unwrap_or_default(),
        });
    }
    for contact in receipt.request.people.iter().map(|text| text.shown()) {
        match named.get_mut(contact).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => people.push(Person {
                contact: contact.to_owned(),
                id: String::new(),
                link: String::new(),
            }),
        }
    }
    people
}

/// What the body asks for; none when it cannot be read.
fn resources(body: &str) -> Option<Vec<Resource>> {
    let body: Value = serde_json::from_str(body).ok()?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let each = |name: &str| {
        let list = body.get(name).and_then(Value::as_array);
        list.into_iter().flatten()
    };
    let by_id = |kind| {
        move |id: &Value| Resource {
            kind,
            id: text(id),
            name: String::new(),
        }
    };
    let mut resources: Vec<_> = each("resourcesIds")
        .map(by_id(ResourceKind::Resource))
        .collect();
    resources.extend(each("groupIds").map(by_id(ResourceKind::Group)));
    resources.extend(each("credentials").map(|credential| Resource {
        kind: ResourceKind::Credential,
        id: text(&credential["internalId"]),
        name: text(&credential["name"]),
    }));
    Some(resources)
}

/// A receipt that was made here can be read; in one of another origin the check says what cannot.
fn ms(instant: &Instant) -> i64 {
    instant
        .utc
        .parse::<Timestamp>()
        .map(Timestamp::as_millisecond)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_body_asks_for() {
        let body = r#"{"resourcesIds":["r1"],"groupIds":["g1",7],"credentials":[{"name":"Terms","internalId":"t"}]}"#;
        let found = resources(body).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|r| (r.kind, r.id.as_str(), r.name.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (ResourceKind::Resource, "r1", ""),
                (ResourceKind::Group, "g1", ""),
                (ResourceKind::Group, "", ""),
                (ResourceKind::Credential, "t", "Terms"),
            ]
        );
        assert_eq!(resources("{}").unwrap(), []);
        assert_eq!(resources("not json"), None);
    }
}
