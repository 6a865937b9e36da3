//! Says what the ledger's part in sending costs: has many requests (5,000) started and accepted in
//! steps of so many requests (32), half of each step's entries being starts and half ends, and tells
//! the processor time of it. The processor time is read from `/proc`, so it is said on Linux alone.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::{Duration, Instant};

use ledger::{
    CredentialRef, Due, Entry, Finish, Ledger, LedgerKey, NewBatch, NewRequest, Outcome, Start,
    Subject, Verdict,
};
use sha2::{Digest, Sha256};

fn main() {
    let mut words = std::env::args().skip(1);
    let many = words.next().map_or(5_000, |n| n.parse().unwrap());
    let step = words.next().map_or(32, |n| n.parse().unwrap());
    let folder = words.next().unwrap_or_else(|| ".".to_owned());
    let folder = tempfile::tempdir_in(folder).unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = Ledger::create(&path, &LedgerKey::generate().unwrap()).unwrap();
    let batch = NewBatch {
        id: "batch".into(),
        connection_id: "connection".into(),
        connection_name: "Responder".into(),
        name: "Everybody".into(),
        practice: true,
        per_minute: 60,
        in_flight: 4,
        at_ms: 0,
    };
    ledger.plan_batch(&batch, (0..many).map(request)).unwrap();

    let (before, began) = (processor(), Instant::now());
    send(&ledger, step);
    let took = began.elapsed();
    println!("{many} sent in {took:.2?}");
    if let (Some(before), Some(after)) = (before, processor()) {
        let each = (after - before).as_secs_f64() * 1e6 / f64::from(many);
        println!("{each:.1} µs of the processor a request");
    }
    let counts = ledger.batch("batch").unwrap().unwrap().counts;
    assert_eq!(counts.accepted.requests, u64::from(many));
    ledger.check_integrity().unwrap();
}

/// As the sender does it: each step ends what the step before started.
fn send(ledger: &Ledger, step: usize) {
    let mut started: Vec<Entry> = Vec::new();
    let mut waiting: Vec<Due> = Vec::new();
    let mut after = None;
    loop {
        while waiting.len() < step {
            let page = ledger.next_to_send("batch", after, 64).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.position);
            waiting.extend(page);
        }
        let next: Vec<Due> = waiting.drain(..step.min(waiting.len())).collect();
        let mut entries = std::mem::take(&mut started);
        started = next.iter().map(accepted).collect();
        entries.extend(next.iter().map(start));
        if entries.is_empty() {
            return;
        }
        for answer in ledger.write_attempts(&entries).unwrap() {
            answer.unwrap();
        }
    }
}

fn start(due: &Due) -> Entry {
    Entry::Start(Start {
        request: due.id.clone(),
        timestamp_ms: 1_767_225_600_000,
        at_ms: 1_767_225_600_000,
    })
}

fn accepted(due: &Due) -> Entry {
    let hash = hex(&Sha256::digest(&due.id));
    let (id, credential, subject) = (&hash[..24], &hash[24..48], &hash[40..]);
    let contact = &due.people[0];
    let reply_body = format!(
        r#"{{"id":"{id}","credentials":[{{"id":"urn:via:credential:{credential}","name":"Terms of service","internalId":""}}],"subjects":[{{"id":"did:web:humanos.tech:user:{subject}","contact":"{contact}","link":"https://app.humanos.id/s/{hash}"}}]}}"#
    );
    Entry::Finish(Finish {
        request: due.id.clone(),
        attempt: 1,
        outcome: Outcome::Accepted {
            status: 201,
            reply_body,
            server_date: Some("Thu, 01 Jan 2026 00:00:00 GMT".into()),
            server_request_id: Some(hash[..36].to_owned()),
            humanos_id: id.to_owned(),
            subjects: vec![Subject {
                id: format!("did:web:humanos.tech:user:{subject}"),
                contact: contact.clone(),
                link: Some(format!("https://app.humanos.id/s/{hash}")),
                code: None,
            }],
            credentials: vec![CredentialRef {
                id: format!("urn:via:credential:{credential}"),
                name: "Terms of service".into(),
                internal_id: String::new(),
            }],
        },
        verdict: Verdict::Final,
        at_ms: 1_767_225_600_100,
    })
}

/// Ids as random as real ones are, from a hash of the number.
fn request(n: u32) -> NewRequest {
    let hash = Sha256::digest(n.to_le_bytes());
    let contact = format!("person.{n}@example.com");
    let body = format!(
        r#"{{"contacts":["{contact}"],"name":"Terms of service","securityLevel":"CONTACT","resourcesIds":["507f1f77bcf86cd799439012"],"language":"ENG","internalId":"case-{n}"}}"#
    );
    NewRequest {
        id: hex(&hash[..16]),
        connection_id: "connection".into(),
        connection_name: "Responder".into(),
        practice: true,
        url: "http://127.0.0.1:40000/request".into(),
        api_version: "2026-05-20".into(),
        idempotency_key: hex(&hash[16..]),
        body_sha256: hex(&Sha256::digest(&body)),
        body: body.into_bytes(),
        name: "Terms of service".into(),
        internal_id: format!("case-{n}"),
        security_level: "CONTACT".into(),
        pub_key: String::new(),
        return_nonce: None,
        people: vec![contact],
        at_ms: 0,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The time this thread has had a processor for.
fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}
