//! What the ledger's tests share: a ledger in a folder of its own and a request to put in it.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::PathBuf;

use ledger::{CredentialRef, Ledger, LedgerKey, NewBatch, NewRequest, Outcome, Subject};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub(crate) const NOW: i64 = 1_767_225_600_000;

pub(crate) struct House {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) key: LedgerKey,
}

impl House {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        Self {
            folder,
            path,
            key: LedgerKey::generate().unwrap(),
        }
    }

    pub(crate) fn create(&self) -> Ledger {
        Ledger::create(&self.path, &self.key).unwrap()
    }

    pub(crate) fn open(&self) -> Ledger {
        Ledger::open(&self.path, &self.key).unwrap()
    }
}

pub(crate) fn request(n: u32) -> NewRequest {
    let contact = format!("person{n}@example.com");
    let body = format!(r#"{{"contacts":["{contact}","+351912345678"],"name":"Request {n}"}}"#);
    NewRequest {
        id: format!("00000000-0000-4000-8000-{n:012}"),
        connection_id: "connection-1".into(),
        connection_name: "Head office".into(),
        practice: false,
        url: "https://api.humanos.id/request".into(),
        api_version: "2026-05-20".into(),
        idempotency_key: format!("idempotency-{n}"),
        body_sha256: hex(&Sha256::digest(&body)),
        body: body.into_bytes(),
        name: format!("Request {n}"),
        internal_id: format!("case-{n}"),
        security_level: "CONTACT".into(),
        pub_key: String::new(),
        return_nonce: None,
        people: vec![contact, "+351912345678".into()],
        at_ms: NOW + i64::from(n),
    }
}

pub(crate) fn accepted(n: u32) -> Outcome {
    Outcome::Accepted {
        status: 201,
        reply_body: r#"{"id":"x","subjects":[{"code":"739205"}]}"#.into(),
        server_date: Some("Thu, 01 Jan 2026 00:00:00 GMT".into()),
        server_request_id: None,
        humanos_id: format!("65F0{n:020}"),
        subjects: vec![Subject {
            id: "s1".into(),
            contact: format!("person{n}@example.com"),
            link: Some("https://app.humanos.id/s/1".into()),
            code: Some("739205".into()),
        }],
        credentials: vec![CredentialRef {
            id: "urn:via:credential:1".into(),
            name: "Terms".into(),
            internal_id: String::new(),
        }],
    }
}

pub(crate) fn refused(status: u16) -> Outcome {
    Outcome::Refused {
        status,
        reply_body: r#"{"message":["no"]}"#.into(),
        server_date: None,
        server_request_id: Some("req-1".into()),
        messages: vec!["no".into()],
    }
}

pub(crate) fn no_answer() -> Outcome {
    Outcome::Unknown {
        reason: "timed out".into(),
    }
}

pub(crate) fn not_sent() -> Outcome {
    Outcome::NotSent {
        reason: "no connection".into(),
    }
}

pub(crate) fn batch(id: &str) -> NewBatch {
    NewBatch {
        id: id.into(),
        connection_id: "connection-1".into(),
        connection_name: "Head office".into(),
        name: "Spring".into(),
        practice: false,
        per_minute: 60,
        in_flight: 4,
        at_ms: NOW,
    }
}

pub(crate) fn planned(ledger: &Ledger, n: u32) {
    ledger.plan_batch(&batch("b"), (0..n).map(request)).unwrap();
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Has all that the events of a ledger vouch for checked.
pub(crate) fn sound(ledger: &Ledger) {
    let found = ledger
        .check_evidence(|_, _| std::ops::ControlFlow::Continue(()))
        .unwrap();
    assert!(found.is_sound(), "{found:?}");
}
