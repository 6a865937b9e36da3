//! Receipts against their golden files, against themselves and against tampering.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use common::{BODY, CODE, NOW, about, accepted, hex, unknown};
use ledger::{Ledger, LedgerKey, NewRequest, Outcome, Subject, Verdict};
use receipts::{Content, Finding, Receipt, ReceiptError, receipt};
use sha2::{Digest, Sha256};

/// Run with `UPDATE_GOLDEN=1` to write the files anew, then read the difference.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    assert!(
        text == kept,
        "{name} differs from what is kept; now it is:\n{text}"
    );
}

#[test]
fn the_form_stays_the_same() {
    golden("accepted.json", &receipt(&accepted(), &about()).to_json());
    golden("interim.json", &receipt(&unknown(), &about()).to_json());
}

#[test]
fn the_same_record_gives_the_same_bytes_and_reads_back() {
    for record in [accepted(), unknown()] {
        let made = receipt(&record, &about());
        let text = made.to_json();
        assert_eq!(text, receipt(&record.clone(), &about()).to_json());
        assert!(text.ends_with("}\n"));
        let read = Receipt::parse(&text).unwrap();
        assert_eq!(read, made);
        assert_eq!(read.to_json(), text);
        assert_eq!(read.check(), []);
        assert_eq!(
            Receipt::parse(&format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap(),
            made
        );
    }
}

#[test]
fn it_says_what_an_auditor_asks() {
    let made = receipt(&accepted(), &about());
    assert!(!made.interim && !made.practice);
    assert_eq!(made.exported_at.utc, "2026-01-02T00:00:00.000Z");
    assert_eq!(made.exported_at.local, "2026-01-02T01:00:00.000+01:00");
    assert_eq!(made.sent.body, Content::Text(BODY.to_owned()));
    assert_eq!(made.sent.body_sha256, hex(&Sha256::digest(BODY)));
    assert_eq!(made.attempts[1].x_timestamp, NOW + 2000);
    assert_eq!(
        made.attempts[0].reply.as_ref().unwrap().messages,
        ["bad signature"]
    );
    for secret in ["Authorization", "X-Signature"] {
        let header = made.sent.headers.iter().find(|h| h.name == secret).unwrap();
        assert_eq!(header.value, None);
    }
    let interim = receipt(&unknown(), &about());
    assert!(interim.interim && interim.practice);
    assert_eq!(interim.attempts[0].reply, None);
}

#[test]
fn the_code_is_nowhere_and_its_place_is_marked() {
    let record = accepted();
    let text = receipt(&record, &about()).to_json();
    assert!(!text.contains(CODE), "{text}");
    let made = Receipt::parse(&text).unwrap();
    let reply = made.attempts[1].reply.as_ref().unwrap();
    assert!(reply.redacted);
    assert_eq!(
        reply.salt, None,
        "with the salt a six-digit code is guessed in a second"
    );
    let whole = record.attempts[1].reply_body.clone().unwrap();
    assert_eq!(
        reply.body,
        whole.replace(CODE, "[redacted]"),
        "only the code may be cut out"
    );
    let first = made.attempts[0].reply.as_ref().unwrap();
    assert!(!first.redacted && first.salt.is_some());
}

#[test]
fn a_code_the_record_does_not_know_is_cut_out_too() {
    let mut record = accepted();
    for subject in &mut record.subjects {
        subject.code = None;
    }
    record.attempts[1].reply_body = Some(r#"{"subjects":[{"code":"A-55 81"}]}"#.into());
    let text = receipt(&record, &about()).to_json();
    assert!(!text.contains("A-55 81"));
}

#[test]
fn every_changed_byte_of_the_body_is_noticed() {
    let made = receipt(&accepted(), &about());
    for at in 0..BODY.len() {
        for bit in 0..8 {
            let mut bytes = BODY.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            let mut changed = made.clone();
            changed.sent.body = Content::Text(text);
            let findings = changed.check();
            assert!(
                findings
                    .iter()
                    .any(|f| matches!(f, Finding::BodyChanged { .. })),
                "bit {bit} of byte {at}: {findings:?}"
            );
        }
    }
    // With its hash changed along, the note made before sending still tells.
    let mut careful = made.clone();
    let other = BODY.replace("ana@", "eva@");
    careful.sent.body_sha256 = hex(&Sha256::digest(&other));
    careful.sent.body = Content::Text(other);
    assert_eq!(
        careful.check(),
        [Finding::BodyNotAsPlanned, Finding::PeopleNotInBody]
    );
}

#[test]
fn other_changes_are_noticed() {
    type Change = fn(&mut Receipt);
    let cases: [(Change, Finding); 12] = [
        (
            |r| r.request.people_count = 3,
            Finding::PeopleCount {
                stated: 3,
                found: 2,
            },
        ),
        (
            |r| r.request.people[0] = "x@y.z".into(),
            Finding::PeopleNotInBody,
        ),
        (
            |r| r.sent.url = "https://other/".into(),
            Finding::BodyNotAsPlanned,
        ),
        (
            |r| r.sent.idempotency_key.push('x'),
            Finding::BodyNotAsPlanned,
        ),
        (
            |r| r.sent.body_length = 7,
            Finding::BodyLength {
                stated: 7,
                found: BODY.len() as u64,
            },
        ),
        (
            |r| r.sent.body = Content::Base64("?".into()),
            Finding::BodyUnreadable,
        ),
        (
            |r| r.attempts[0].reply.as_mut().unwrap().body.push(' '),
            Finding::ReplyChanged { attempt: 1 },
        ),
        (
            |r| r.attempts[0].reply.as_mut().unwrap().status = 201,
            Finding::ReplyNotAsNoted { attempt: 1 },
        ),
        (
            |r| {
                r.attempts.remove(0);
            },
            Finding::AttemptNumbers,
        ),
        (|r| r.events.swap(1, 2), Finding::EventOrder),
        (|r| r.interim = true, Finding::State),
        (
            |r| r.attempts[0].started_at.utc = "2020-01-01T00:00:00.000Z".into(),
            Finding::Instant {
                place: "attempts[0].startedAt".into(),
            },
        ),
    ];
    for (change, finding) in cases {
        let mut changed = receipt(&accepted(), &about());
        change(&mut changed);
        let findings = changed.check();
        assert!(findings.contains(&finding), "{finding}: {findings:?}");
    }
}

#[test]
fn what_is_no_receipt_is_refused() {
    let text = receipt(&accepted(), &about()).to_json();
    let parse = |text: &str| Receipt::parse(text).unwrap_err();
    assert!(matches!(parse(""), ReceiptError::NotJson(_)));
    assert!(matches!(
        parse(&text[..text.len() / 2]),
        ReceiptError::NotJson(_)
    ));
    assert!(matches!(parse("{}"), ReceiptError::OtherFormat));
    assert!(matches!(parse("[1]"), ReceiptError::OtherFormat));
    assert!(matches!(
        parse(&text.replace("countersign-receipt", "other")),
        ReceiptError::OtherFormat
    ));
    let newer = text.replace("\"version\": 1,", "\"version\": 2,");
    assert!(matches!(
        parse(&newer),
        ReceiptError::OtherVersion { found: 2 }
    ));
    let more = text.replace("\"interim\"", "\"more\": 1, \"interim\"");
    assert!(matches!(parse(&more), ReceiptError::Shape(_)));
    let twice = text.replace("\"interim\"", "\"interim\": true, \"interim\"");
    assert!(matches!(parse(&twice), ReceiptError::Shape(_)));
    let deep = "[".repeat(100_000);
    assert!(matches!(parse(&deep), ReceiptError::NotJson(_)));
}

#[test]
fn a_body_that_is_not_text_is_kept_exactly() {
    let mut record = accepted();
    record.body = vec![0xff, 0, b'x'];
    let made = receipt(&record, &about());
    assert_eq!(made.sent.body, Content::Base64("/wB4".into()));
    assert_eq!(made.sent.body.bytes(), Some(record.body));
    assert!(made.check().contains(&Finding::BodyNotAsPlanned));
}

#[test]
fn a_request_that_went_through_a_ledger_gives_a_receipt_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let key = LedgerKey::generate().unwrap();
    let ledger = Ledger::create(&folder.path().join("ledger.db"), &key).unwrap();
    let hand = accepted();
    ledger
        .plan(&NewRequest {
            id: hand.id.clone(),
            connection_id: hand.connection_id,
            connection_name: hand.connection_name,
            practice: false,
            url: hand.url,
            api_version: hand.api_version,
            idempotency_key: hand.idempotency_key,
            body: hand.body,
            body_sha256: hand.body_sha256,
            name: hand.name,
            internal_id: hand.internal_id,
            security_level: hand.security_level,
            pub_key: String::new(),
            return_nonce: None,
            people: hand.people,
            at_ms: NOW,
        })
        .unwrap();
    let made = |ledger: &Ledger| receipt(&ledger.request(&hand.id).unwrap().unwrap(), &about());
    assert!(made(&ledger).interim);
    assert_eq!(made(&ledger).check(), []);

    let outcomes = [
        Outcome::Unknown {
            reason: "timed out".into(),
        },
        Outcome::Refused {
            status: 503,
            reply_body: "<html>".into(),
            server_date: None,
            server_request_id: None,
            messages: vec![],
        },
        Outcome::Accepted {
            status: 201,
            reply_body: hand.attempts[1].reply_body.clone().unwrap(),
            server_date: None,
            server_request_id: None,
            humanos_id: hand.humanos_id.clone(),
            subjects: vec![Subject {
                id: "s1".into(),
                contact: "ana@example.com".into(),
                link: None,
                code: Some(CODE.into()),
            }],
            credentials: vec![],
        },
    ];
    for outcome in &outcomes {
        let attempt = ledger.start_attempt(&hand.id, NOW, NOW).unwrap();
        assert_eq!(
            made(&ledger).check(),
            [],
            "with attempt {attempt} under way"
        );
        ledger
            .finish_attempt(&hand.id, attempt, outcome, Verdict::Final, NOW)
            .unwrap();
        assert_eq!(made(&ledger).check(), [], "after {outcome:?}");
    }
    let made = made(&ledger);
    assert!(!made.interim);
    assert!(!made.to_json().contains(CODE));
    assert_eq!(made.attempts.len(), 3);
}
