//! Records as the ledger gives them, written out by hand so that every byte is known.
#![allow(dead_code, clippy::unwrap_used)]

use ledger::{
    Attempt, AttemptResult, CredentialRef, Event, EventKind, RequestRecord, State, Subject,
};
use receipts::tree::leaf_hash;
use receipts::{About, DeviceKey, Mask, Receipt, SignedReceipt, Tree, receipt};
use sha2::{Digest, Sha256};

pub(crate) const NOW: i64 = 1_767_225_600_000;
/// As many events of others come first in the ledger.
const BEFORE: u64 = 41;
pub(crate) const CODE: &str = "739205";
pub(crate) const BODY: &str = r#"{"contacts":["ana@example.com","+351912345678"],"name":"Zażółć \"Açãi\" 合同","securityLevel":"CONTACT","resourcesIds":["507f1f77bcf86cd799439012"]}"#;
const REPLY: &str = r#"{"id":"65f0c0ffee65f0c0ffee0001", "credentials":[{"id":"urn:via:credential:1"}],"subjects":[{"id":"s1","contact":"ana@example.com","code":"739205","link":"https://app.humanos.id/s/1"},{"id":"s2","contact":"+351912345678","code":null,"link":"https://app.humanos.id/s/2?code=739205"}],"hint":"enter 739205","extra":1.50}"#;
const REFUSAL: &str = r#"{"statusCode":401,"message":"bad signature","error":"Unauthorized"}"#;

pub(crate) fn about() -> About {
    About {
        app_version: "0.1.0".into(),
        officer: "Maria Silva".into(),
        organisation: "Exemplo, Lda.".into(),
        exported_at_ms: NOW + 86_400_000,
        utc_offset_minutes: 60,
        device_key: key().public().clone(),
        mask: Mask::none(),
        timestamp: None,
    }
}

pub(crate) fn key() -> DeviceKey {
    DeviceKey::from_random(&[7; 32]).unwrap()
}

pub(crate) fn made(record: &RequestRecord) -> Receipt {
    receipt(record, &tree(record), &about()).unwrap()
}

pub(crate) fn signed(record: &RequestRecord) -> SignedReceipt {
    made(record).sign(&key()).unwrap()
}

/// As many requests in one ledger, every third of unknown outcome, and the tree over all events.
pub(crate) fn many(count: u32) -> (Vec<RequestRecord>, Tree) {
    let mut leaves = Vec::new();
    let mut records = Vec::new();
    for number in 0..count {
        let mut record = if number % 3 == 2 {
            unknown()
        } else {
            accepted()
        };
        record.id = format!("7b0f4d1e-3c7c-4b8e-9a53-{number:012}");
        for event in &mut record.events {
            event.request_id = Some(record.id.clone());
            event.sequence = leaves.len() as u64 + 1;
            event.previous = leaves.last().copied().unwrap_or_default();
            event.hash = ledger::leaf_hash(event.leaf().as_bytes());
            leaves.push(event.hash);
        }
        records.push(record);
    }
    (records, Tree::new(leaves))
}

/// A PDF with no pages, but with attachments as the printer writes them.
pub(crate) fn page(attachments: &[&[u8]]) -> Vec<u8> {
    let mut page = b"%PDF-1.7\n".to_vec();
    for file in attachments {
        let length = file.len();
        let dictionary = format!("<</Length {length}/Type/EmbeddedFile/Params<</Size {length}>>>>");
        page.extend(format!("1 0 obj\n{dictionary}\nstream\n").bytes());
        page.extend_from_slice(file);
        page.extend_from_slice(b"\nendstream\nendobj\n");
    }
    page.extend_from_slice(b"<</Names<</EmbeddedFiles 2 0 R>>>>\nstartxref\n9\n%%EOF");
    page
}

/// The tree over the record's events, some of others before them and some after.
pub(crate) fn tree(record: &RequestRecord) -> Tree {
    let others = |from: u64, to: u64| (from..=to).map(|n| leaf_hash(&n.to_be_bytes()));
    let last = record.events.last().map_or(BEFORE, |event| event.sequence);
    let mut leaves: Vec<_> = others(1, BEFORE).collect();
    leaves.extend(record.events.iter().map(|event| event.hash));
    leaves.extend(others(last + 1, last + 3));
    Tree::new(leaves)
}

pub(crate) fn accepted() -> RequestRecord {
    let mut record = planned();
    record.state = State::Accepted;
    record.humanos_id = "65f0c0ffee65f0c0ffee0001".into();
    record.attempts = vec![
        Attempt {
            messages: vec!["bad signature".into()],
            server_request_id: Some("exchange-1".into()),
            ..answered(1, AttemptResult::Refused, 401, REFUSAL)
        },
        answered(2, AttemptResult::Accepted, 201, REPLY),
    ];
    record.subjects = vec![
        subject(
            "s1",
            "ana@example.com",
            "https://app.humanos.id/s/1",
            Some(CODE),
        ),
        subject(
            "s2",
            "+351912345678",
            "https://app.humanos.id/s/2?code=739205",
            None,
        ),
    ];
    record.credentials = vec![CredentialRef {
        id: "urn:via:credential:1".into(),
        name: "Terms".into(),
        internal_id: "terms-1".into(),
    }];
    for attempt in record.attempts.clone() {
        let number = attempt.number;
        note(
            &mut record,
            EventKind::AttemptStarted,
            &format!(
                r#"{{"attempt":{number},"timestamp":{}}}"#,
                attempt.timestamp_ms
            ),
        );
        let detail = format!(
            r#"{{"attempt":{number},"replyCommitment":"{}","status":{}}}"#,
            attempt.reply_commitment.unwrap(),
            attempt.status.unwrap()
        );
        note(&mut record, EventKind::ReplyReceived, &detail);
    }
    note(
        &mut record,
        EventKind::CodeRevealed,
        r#"{"note":"read out 739205 by phone"}"#,
    );
    record
}

/// Asked about often, so that its receipt is long.
pub(crate) fn long() -> RequestRecord {
    let mut record = accepted();
    for number in 0..100 {
        let detail = format!(r#"{{"note":"número {number}","status":"PENDING"}}"#);
        note(&mut record, EventKind::StatusSeen, &detail);
    }
    record
}

pub(crate) fn unknown() -> RequestRecord {
    let mut record = planned();
    record.state = State::Unknown;
    record.practice = true;
    record.attempts = vec![Attempt {
        ended_at_ms: None,
        result: AttemptResult::Unknown,
        status: None,
        reply_body: None,
        reply_salt: None,
        reply_commitment: None,
        server_date: None,
        reason: Some("the app closed before the answer was in".into()),
        ..answered(1, AttemptResult::Unknown, 0, "")
    }];
    note(
        &mut record,
        EventKind::AttemptStarted,
        r#"{"attempt":1,"timestamp":1767225601000}"#,
    );
    note(
        &mut record,
        EventKind::Recovered,
        r#"{"attempt":1,"reason":"the app closed before the answer was in"}"#,
    );
    record
}

pub(crate) fn planned() -> RequestRecord {
    let body_sha256 = hex(&Sha256::digest(BODY));
    let mut record = RequestRecord {
        id: "7b0f4d1e-3c7c-4b8e-9a53-0d6d6a3c9f10".into(),
        batch: None,
        connection_id: "connection-1".into(),
        connection_name: "Head office".into(),
        practice: false,
        url: "https://api.humanos.id/request".into(),
        api_version: "2026-05-20".into(),
        idempotency_key: "f3b6d7a2-8f5b-4a57-9b5e-1f0c2d3e4a5b".into(),
        body: BODY.into(),
        body_sha256: body_sha256.clone(),
        name: "Zażółć \"Açãi\" 合同".into(),
        internal_id: "case-1".into(),
        security_level: "CONTACT".into(),
        pub_key: String::new(),
        people: vec!["ana@example.com".into(), "+351912345678".into()],
        state: State::Planned,
        humanos_id: String::new(),
        created_at_ms: NOW,
        attempts: Vec::new(),
        subjects: Vec::new(),
        credentials: Vec::new(),
        events: Vec::new(),
    };
    let detail = format!(
        r#"{{"apiVersion":"2026-05-20","bodySha256":"{body_sha256}","idempotencyKey":"f3b6d7a2-8f5b-4a57-9b5e-1f0c2d3e4a5b","people":2,"practice":false,"url":"https://api.humanos.id/request"}}"#
    );
    note(&mut record, EventKind::Planned, &detail);
    record
}

fn answered(number: u32, result: AttemptResult, status: u16, body: &str) -> Attempt {
    let salt = [u8::try_from(number).unwrap(); 32];
    let at = NOW + i64::from(number) * 1000;
    Attempt {
        number,
        timestamp_ms: at,
        started_at_ms: at,
        ended_at_ms: Some(at + 250),
        result,
        status: Some(status),
        reply_body: Some(body.into()),
        reply_salt: Some(hex(&salt)),
        reply_commitment: Some(hex(&Sha256::new()
            .chain_update(salt)
            .chain_update(body)
            .finalize())),
        server_date: Some("Thu, 01 Jan 2026 00:00:01 GMT".into()),
        server_request_id: None,
        messages: Vec::new(),
        reason: None,
    }
}

fn subject(id: &str, contact: &str, link: &str, code: Option<&str>) -> Subject {
    Subject {
        id: id.into(),
        contact: contact.into(),
        link: Some(link.into()),
        code: code.map(Into::into),
    }
}

fn note(record: &mut RequestRecord, kind: EventKind, detail: &str) {
    let sequence = record.events.last().map_or(BEFORE, |event| event.sequence) + 1;
    let before = leaf_hash(&BEFORE.to_be_bytes());
    let mut event = Event {
        sequence,
        request_id: Some(record.id.clone()),
        kind,
        detail_json: detail.into(),
        at_ms: NOW + i64::try_from(sequence).unwrap(),
        previous: record.events.last().map_or(before, |event| event.hash),
        hash: [0; 32],
    };
    event.hash = ledger::leaf_hash(event.leaf().as_bytes());
    record.events.push(event);
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
