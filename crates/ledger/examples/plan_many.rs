//! Plans a batch of the given size (100,000) and says how long it took and how much memory it took,
//! then has all of it refused and says how long the causes take to gather.
//! Memory is read from `/proc`, so it is said on Linux alone.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use ledger::{
    Due, Entry, Finish, Ledger, LedgerKey, NewBatch, NewRequest, Outcome, Start, Verdict,
};
use sha2::{Digest, Sha256};

fn main() {
    let many = std::env::args()
        .nth(1)
        .map_or(100_000, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = Ledger::create(&path, &LedgerKey::generate().unwrap()).unwrap();
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
    let before = peak_kib();
    let began = Instant::now();
    let made = ledger.plan_batch(&batch, (0..many).map(request)).unwrap();
    let took = began.elapsed();
    println!("{} requests planned in {took:.2?}", made.requests);
    if let (Some(before), Some(after)) = (before, peak_kib()) {
        println!(
            "memory at most {} MiB, {} MiB before",
            after / 1024,
            before / 1024
        );
    }
    let size = std::fs::metadata(&path).unwrap().len();
    println!("the file has {} MiB", size / 1024 / 1024);
    let began = Instant::now();
    ledger.batch("batch").unwrap();
    println!("counted in {:.2?}", began.elapsed());
    let began = Instant::now();
    ledger.next_to_send("batch", Some(99_000), 64).unwrap();
    println!("64 taken in {:.2?}", began.elapsed());
    let began = Instant::now();
    assert_eq!(ledger.requests("nobody", 0, 50).unwrap().total, 0);
    println!("all searched in {:.2?}", began.elapsed());
    refuse_all(&ledger);
    let began = Instant::now();
    let groups = ledger.batch_failures("batch").unwrap();
    println!(
        "{} causes gathered in {:.2?}",
        groups.len(),
        began.elapsed()
    );
}

fn refuse_all(ledger: &Ledger) {
    let mut after = None;
    loop {
        let due = ledger.next_to_send("batch", after, 1_000).unwrap();
        let Some(last) = due.last() else { return };
        after = Some(last.position);
        let entries: Vec<_> = due.iter().flat_map(refused).collect();
        ledger.write_attempts(&entries).unwrap();
    }
}

/// One in a hundred has a cause of its own.
fn refused(due: &Due) -> [Entry; 2] {
    let contact = &due.people[0];
    let said = match due.position {
        n if n % 100 == 0 => format!("cause {} of {contact}", "x".repeat(n as usize / 100)),
        _ => format!("{contact} is blocked"),
    };
    let outcome = Outcome::Refused {
        status: 422,
        reply_body: format!(r#"{{"message":["{said}"]}}"#),
        server_date: None,
        server_request_id: None,
        messages: vec![said],
    };
    [
        Entry::Start(Start {
            request: due.id.clone(),
            timestamp_ms: 0,
            at_ms: 0,
        }),
        Entry::Finish(Finish {
            request: due.id.clone(),
            attempt: 1,
            outcome,
            verdict: Verdict::Final,
            at_ms: 0,
        }),
    ]
}

/// Ids as random as real ones are, from a hash of the number.
fn request(n: u32) -> NewRequest {
    let hash = Sha256::digest(n.to_le_bytes());
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let contact = format!("person.number.{n}@example-company.com");
    let body = format!(
        r#"{{"contacts":["{contact}"],"name":"Terms of service {n}","securityLevel":"CONTACT","resourcesIds":["507f1f77bcf86cd799439012"],"language":"ENG","internalId":"case-{n}"}}"#
    );
    NewRequest {
        id: hex(&hash[..16]),
        connection_id: "connection".into(),
        connection_name: "Head office".into(),
        practice: true,
        url: "https://api.humanos.id/request".into(),
        api_version: "2026-05-20".into(),
        idempotency_key: hex(&hash[16..]),
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

fn peak_kib() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
