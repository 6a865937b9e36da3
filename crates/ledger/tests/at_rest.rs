//! What lies on the disk tells a reader without the key nothing.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::{House, NOW, accepted, request};
use ledger::{Connection, EventKind, Verdict};

#[test]
fn no_word_of_the_ledger_is_in_its_files() {
    let house = House::new();
    let ledger = house.create();
    ledger.set_value("officer", "Officer-Canary").unwrap();
    ledger
        .save_draft("form", r#"{"contacts":["draft-canary@example.com"]}"#, NOW)
        .unwrap();
    ledger
        .store_key_pair("PUBLIC-CANARY", b"PRIVATE-CANARY", NOW)
        .unwrap();
    ledger
        .save_connection(&Connection {
            id: "connection-1".into(),
            name: "Connection-Canary".into(),
            base_url: "https://canary.example".into(),
            api_version: "2026-05-20".into(),
            proxy: String::new(),
            ca_pem: String::new(),
            api_key_hint: "HINT-CANARY".into(),
            api_key_fingerprint: "FINGER-CANARY".into(),
            secret_hint: String::new(),
            secret_fingerprint: String::new(),
            created_at_ms: NOW,
        })
        .unwrap();
    for n in 0..50 {
        let r = request(n);
        ledger.plan(&r).unwrap();
        let attempt = ledger.start_attempt(&r.id, NOW, NOW).unwrap();
        ledger
            .finish_attempt(&r.id, attempt, &accepted(n), Verdict::Final, NOW)
            .unwrap();
        ledger
            .record_event(
                Some(&r.id),
                EventKind::Exported,
                r#"{"a":"Event-Canary"}"#,
                NOW,
            )
            .unwrap();
    }

    let words = [
        "Canary",
        "canary",
        "CANARY",
        "person",
        "example.com",
        "912345678",
        "Request",
        "case-",
        "Head office",
        "humanos",
        "idempotency",
        "739205",
        "CREATE TABLE",
        "SQLite format",
    ];
    let look = |moment: &str| {
        let mut seen = 0;
        for entry in fs::read_dir(house.folder.path()).unwrap() {
            let entry = entry.unwrap();
            let bytes = fs::read(entry.path()).unwrap();
            for word in words {
                let found = bytes.windows(word.len()).any(|w| w == word.as_bytes());
                assert!(!found, "{word} is in {:?} {moment}", entry.file_name());
            }
            assert!(
                !bytes.windows(32).any(|w| w == house.key.as_bytes()),
                "the key is on the disk"
            );
            seen += 1;
        }
        seen
    };
    assert_eq!(
        look("while open"),
        3,
        "the file, its log and the log's index"
    );
    drop(ledger);
    assert_eq!(look("when closed"), 1);
}

#[test]
fn nothing_secret_is_printed() {
    let house = House::new();
    let ledger = house.create();
    let r = request(1);
    ledger.plan(&r).unwrap();
    let attempt = ledger.start_attempt(&r.id, NOW, NOW).unwrap();
    let outcome = accepted(1);
    ledger
        .finish_attempt(&r.id, attempt, &outcome, Verdict::Final, NOW)
        .unwrap();
    let record = ledger.request(&r.id).unwrap().unwrap();
    assert_eq!(
        record.subjects[0].code.as_deref(),
        Some("739205"),
        "the ledger keeps the code"
    );
    let printed = format!(
        "{:?} {outcome:?} {record:?} {:?} {r:?} {ledger:?}",
        house.key, record.subjects
    );
    assert!(!printed.contains("739205"), "{printed}");
    let byte = format!("{:?}", house.key);
    assert_eq!(byte, "LedgerKey(redacted)");
}
