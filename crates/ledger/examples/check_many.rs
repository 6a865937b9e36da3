//! Makes a ledger of many events (100,000), each of a request that was sent and answered, and says how
//! long checking all of it takes, so often as is said (1): the chain, bodies and answers.
//! The processor time is read from `/proc`, so it is said on Linux alone.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use ledger::{Entry, Finish, Ledger, LedgerKey, NewBatch, NewRequest, Outcome, Start, Verdict};
use sha2::{Digest, Sha256};

fn main() {
    let mut words = std::env::args().skip(1);
    let events = words.next().map_or(100_000, |n| n.parse().unwrap());
    let times: u32 = words.next().map_or(1, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let key = LedgerKey::generate().unwrap();
    let ledger = Ledger::create(&path, &key).unwrap();
    let batch = NewBatch {
        id: "batch".into(),
        connection_id: "connection".into(),
        connection_name: "Head office".into(),
        name: "Everybody".into(),
        practice: true,
        per_minute: 60,
        in_flight: 4,
        at_ms: 0,
    };
    let requests = u32::div_ceil(events, 3);
    ledger
        .plan_batch(&batch, (0..requests).map(request))
        .unwrap();
    let all: Vec<u32> = (0..requests).collect();
    for some in all.chunks(1_000) {
        let entries: Vec<Entry> = some.iter().flat_map(|n| answered(*n)).collect();
        assert!(
            ledger
                .write_attempts(&entries)
                .unwrap()
                .iter()
                .all(Result::is_ok)
        );
    }
    drop(ledger);

    let ledger = Ledger::open(&path, &key).unwrap();
    let began = Instant::now();
    assert_eq!(
        ledger.leaves().unwrap().len() as u64,
        ledger.head_size().unwrap()
    );
    println!("leaves read in {:.2?}", began.elapsed());
    drop(ledger);
    for _ in 0..times {
        let ledger = Ledger::open(&path, &key).unwrap();
        let (before, began) = (processor(), Instant::now());
        let go_on = |_, _| ControlFlow::Continue(());
        let evidence = ledger.check_evidence(go_on).unwrap();
        println!(
            "{} events checked in {:.2?}",
            evidence.size,
            began.elapsed()
        );
        if let (Some(before), Some(after)) = (before, processor()) {
            println!("{:.2?} of the processor", after - before);
        }
        assert!(evidence.is_sound(), "{evidence:?}");
    }
}

fn answered(n: u32) -> [Entry; 2] {
    let id = request(n).id;
    let outcome = Outcome::Accepted {
        status: 201,
        reply_body: format!(
            r#"{{"id":"{id}","credentials":[{{"id":"urn:via:credential:{id}","name":"Terms of service"}}],"subjects":[{{"id":"did:web:humanos.tech:user:{id}","contact":"person.number.{n}@example-company.com"}}]}}"#
        ),
        server_date: None,
        server_request_id: None,
        humanos_id: id.clone(),
        subjects: Vec::new(),
        credentials: Vec::new(),
    };
    [
        Entry::Start(Start {
            request: id.clone(),
            timestamp_ms: 0,
            at_ms: 0,
        }),
        Entry::Finish(Finish {
            request: id,
            attempt: 1,
            outcome,
            verdict: Verdict::Final,
            at_ms: 0,
        }),
    ]
}

/// Ids as random as real ones are, from a hash of the number.
fn request(n: u32) -> NewRequest {
    let hash = hex(&Sha256::digest(n.to_le_bytes()));
    let contact = format!("person.number.{n}@example-company.com");
    let body = format!(
        r#"{{"contacts":["{contact}"],"name":"Terms of service {n}","securityLevel":"CONTACT","resourcesIds":["507f1f77bcf86cd799439012"],"language":"ENG","internalId":"case-{n}"}}"#
    );
    NewRequest {
        id: hash[..32].to_owned(),
        connection_id: "connection".into(),
        connection_name: "Head office".into(),
        practice: true,
        url: "https://api.humanos.id/request".into(),
        api_version: "2026-05-20".into(),
        idempotency_key: hash[32..].to_owned(),
        body_sha256: hex(&Sha256::digest(&body)),
        body: body.into_bytes(),
        name: format!("Terms of service {n}"),
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
