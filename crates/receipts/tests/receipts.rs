//! Receipts against their golden files, against themselves and against tampering.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use common::{BODY, CODE, NOW, about, accepted, hex, key, made, planned, signed, tree, unknown};
use ledger::{Ledger, LedgerKey, NewRequest, Outcome, RequestRecord, Subject, Verdict as Ended};
use receipts::{
    About, Code, Content, DeviceKey, Field, Kind, MakeError, Mask, Receipt, SignError,
    SignedReceipt, Text, Tree, Trust, Verdict, receipt, seal, verify,
};
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

fn codes(receipt: &Receipt) -> Vec<Code> {
    receipt.check().iter().map(|finding| finding.code).collect()
}

#[test]
fn the_form_stays_the_same() {
    golden("accepted.json", signed(&accepted()).text());
    golden("interim.json", signed(&unknown()).text());
}

#[test]
fn the_same_record_gives_the_same_bytes_and_reads_back() {
    for record in [accepted(), unknown()] {
        let file = signed(&record);
        assert_eq!(file, signed(&record.clone()));
        let read = SignedReceipt::read(file.text().as_bytes()).unwrap();
        assert_eq!(read, file);
        assert_eq!(read.receipt(), &made(&record));
        assert_eq!(read.receipt().check(), []);
        serde_json::from_str::<serde_json::Value>(file.text()).unwrap();
    }
}

/// JSON with the members of every object in the order of their names, made without serde's structs.
fn sorted(value: &serde_json::Value) -> String {
    use serde_json::Value::{Array, Object};
    match value {
        Array(values) => format!(
            "[{}]",
            values.iter().map(sorted).collect::<Vec<_>>().join(",")
        ),
        Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            let member = |(key, value): (&String, _)| format!("\"{key}\":{}", sorted(value));
            let members: Vec<_> = members.into_iter().map(member).collect();
            format!("{{{}}}", members.join(","))
        }
        other => other.to_string(),
    }
}

#[test]
fn what_is_signed_is_canonical() {
    let all = [
        Field::Body,
        Field::Contacts,
        Field::Links,
        Field::Names,
        Field::Replies,
    ];
    let about = About {
        mask: Mask::new(all, [9; 32]),
        timestamp: Some(vec![1]),
        ..about()
    };
    let masked = receipt(&accepted(), &tree(&accepted()), &about).unwrap();
    for file in [
        signed(&accepted()),
        signed(&unknown()),
        masked.sign(&key()).unwrap(),
    ] {
        for line in file.text().lines().skip(1).step_by(2).take(2) {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(sorted(&value), line);
        }
    }
}

#[test]
fn a_masked_receipt_shows_nothing_and_holds() {
    let record = accepted();
    let hidden = [
        "ana@example",
        "912345678",
        "Zażółć",
        "Terms",
        "app.humanos.id/s",
        CODE,
    ];
    let all = [Field::Contacts, Field::Links, Field::Names];
    let about = About {
        mask: Mask::new(all, [9; 32]),
        ..about()
    };
    let made = || receipt(&record, &tree(&record), &about).unwrap();
    let file = made().sign(&key()).unwrap();
    assert_eq!(file, made().sign(&key()).unwrap());
    for text in hidden {
        assert!(!file.text().contains(text), "{text}");
    }
    let report = verify(file.text().as_bytes(), &Trust::anyone());
    assert_eq!(
        (report.verdict, report.findings),
        (Verdict::KeyUnknown, vec![])
    );
    let Text::Masked { masked } = &file.receipt().request.people[0] else {
        panic!("it is masked");
    };
    assert_eq!(masked.hint, "a•••@e•••.com");
    let salt = about.mask.salt(&record.id, "request.people[0]");
    assert!(masked.opens(b"ana@example.com", &salt));
    let Content::Masked(body) = &file.receipt().sent.body else {
        panic!("it is masked");
    };
    assert!(body.opens(BODY.as_bytes(), &about.mask.salt(&record.id, "sent.body")));
}

#[test]
fn a_whole_file_holds_for_whom_knows_the_key() {
    let file = signed(&accepted());
    let bytes = file.text().as_bytes();
    let known = key().public().clone();
    let other = DeviceKey::from_random(&[8; 32]).unwrap().public().clone();
    for (trust, verdict, holds) in [
        (Trust::anyone(), Verdict::KeyUnknown, true),
        (
            Trust::only(vec![other.clone(), known]),
            Verdict::Holds,
            true,
        ),
        (Trust::only(vec![other]), Verdict::OtherKey, false),
    ] {
        let report = verify(bytes, &trust);
        assert_eq!((report.verdict, report.holds()), (verdict, holds));
        assert_eq!((report.kind, report.findings), (Kind::Receipt, vec![]));
        let facts = report.facts.unwrap();
        assert_eq!(facts.officer, "Maria Silva");
        assert_eq!(facts.key.unwrap().kid, key().public().kid());
        let request = facts.request.unwrap();
        assert_eq!((request.people_count, request.interim), (2, false));
        assert_eq!(request.accepted_at.unwrap().utc, "2026-01-01T00:00:02.250Z");
    }
}

#[test]
fn another_key_than_the_one_named_does_not_sign() {
    let other = DeviceKey::from_random(&[8; 32]).unwrap();
    let error = made(&accepted()).sign(&other).unwrap_err();
    assert!(matches!(error, SignError::OtherKey { .. }), "{error}");
}

#[test]
fn it_says_what_an_auditor_asks() {
    let receipt = made(&accepted());
    assert!(!receipt.interim && !receipt.practice);
    assert_eq!(receipt.exported_at.utc, "2026-01-02T00:00:00.000Z");
    assert_eq!(receipt.exported_at.local, "2026-01-02T01:00:00.000+01:00");
    assert_eq!(receipt.sent.body, Content::Text(BODY.to_owned()));
    assert_eq!(receipt.sent.body_sha256, hex(&Sha256::digest(BODY)));
    assert_eq!(receipt.attempts[1].x_timestamp, NOW + 2000);
    assert_eq!(
        receipt.attempts[0].reply.as_ref().unwrap().messages,
        [Text::Plain("bad signature".to_owned())]
    );
    for secret in ["Authorization", "X-Signature"] {
        let mut headers = receipt.sent.headers.iter();
        assert_eq!(headers.find(|h| h.name == secret).unwrap().value, None);
    }
    let interim = made(&unknown());
    assert!(interim.interim && interim.practice);
    assert_eq!(interim.attempts[0].reply, None);
}

#[test]
fn the_code_is_nowhere_and_its_place_is_marked() {
    let record = accepted();
    let file = signed(&record);
    assert!(!file.text().contains(CODE), "{}", file.text());
    let reply = file.receipt().attempts[1].reply.as_ref().unwrap();
    assert!(reply.redacted);
    assert_eq!(
        reply.salt, None,
        "with the salt a six-digit code is guessed in a second"
    );
    let whole = record.attempts[1].reply_body.clone().unwrap();
    assert_eq!(
        reply.body.plain().unwrap(),
        whole.replace(CODE, "[redacted]"),
        "only the code may be cut out"
    );
    let first = file.receipt().attempts[0].reply.as_ref().unwrap();
    assert!(!first.redacted && first.salt.is_some());
    let cut: Vec<_> = file.receipt().events.iter().map(|e| e.redacted).collect();
    assert_eq!(cut, [false, false, false, false, false, true]);
}

#[test]
fn a_code_the_record_does_not_know_is_cut_out_too() {
    let mut record = accepted();
    for subject in &mut record.subjects {
        subject.code = None;
    }
    record.attempts[1].reply_body = Some(r#"{"subjects":[{"code":"A-55 81"}]}"#.into());
    assert!(!made(&record).text().contains("A-55 81"));
}

#[test]
fn a_damaged_event_gives_no_receipt() {
    let tree = tree(&accepted());
    let refused = |change: &dyn Fn(&mut RequestRecord)| {
        let mut record = accepted();
        change(&mut record);
        receipt(&record, &tree, &about()).unwrap_err()
    };
    for error in [
        refused(&|r| r.events[2].at_ms += 1),
        refused(&|r| r.events[2].detail_json = "{}".into()),
        refused(&|r| r.events[2].kind = ledger::EventKind::NoReply),
        refused(&|r| r.events[2].request_id = None),
        refused(&|r| r.events[2].sequence = 1),
    ] {
        assert!(
            matches!(error, MakeError::Changed { sequence: 44 | 1 }),
            "{error}"
        );
    }
    for sequence in [0, 51] {
        let error = refused(&|r| r.events[5].sequence = sequence);
        assert!(matches!(error, MakeError::NotInTree { .. }), "{error}");
    }
    let error = refused(&|r| r.events[2].detail_json = r#"{"a":1.5}"#.into());
    assert!(
        matches!(error, MakeError::Detail { sequence: 44, .. }),
        "{error}"
    );
}

#[test]
fn every_changed_byte_of_the_body_is_noticed() {
    let made = made(&accepted());
    for at in 0..BODY.len() {
        for bit in 0..8 {
            let mut bytes = BODY.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            let mut changed = made.clone();
            changed.sent.body = Content::Text(text);
            let codes = codes(&changed);
            assert!(
                codes.contains(&Code::BodyChanged),
                "bit {bit} of byte {at}: {codes:?}"
            );
        }
    }
    // With its hash changed along, the note made before sending still tells.
    let mut careful = made.clone();
    let other = BODY.replace("ana@", "eva@");
    careful.sent.body_sha256 = hex(&Sha256::digest(&other));
    careful.sent.body = Content::Text(other);
    assert_eq!(
        codes(&careful),
        [Code::BodyNotAsPlanned, Code::PeopleNotInBody]
    );
}

#[test]
fn other_changes_are_noticed() {
    type Change = fn(&mut Receipt);
    let cases: [(Change, Code, &str); 22] = [
        (
            |r| r.request.people_count = 3,
            Code::PeopleCount,
            "request.peopleCount",
        ),
        (
            |r| r.request.people[0] = Text::Plain("x@y.z".into()),
            Code::PeopleNotInBody,
            "request.people",
        ),
        (
            |r| r.sent.url = "https://other/".into(),
            Code::BodyNotAsPlanned,
            "sent",
        ),
        (
            |r| r.sent.idempotency_key.push('x'),
            Code::BodyNotAsPlanned,
            "sent",
        ),
        (|r| r.sent.body_length = 7, Code::BodyLength, "sent.body"),
        (
            |r| r.sent.body = Content::Base64("?".into()),
            Code::BodyUnreadable,
            "sent.body",
        ),
        (
            |r| r.attempts[0].reply.as_mut().unwrap().body = Text::Plain(" ".into()),
            Code::ReplyChanged,
            "attempts[0].reply",
        ),
        (
            |r| r.attempts[0].reply.as_mut().unwrap().status = 201,
            Code::ReplyNotAsNoted,
            "attempts[0].reply",
        ),
        (
            |r| {
                r.attempts.remove(0);
            },
            Code::AttemptNumbers,
            "attempts",
        ),
        (|r| r.events.swap(1, 2), Code::EventOrder, "events"),
        (|r| r.interim = true, Code::State, "request.state"),
        (
            |r| r.attempts[0].started_at.utc = "2020-01-01T00:00:00.000Z".into(),
            Code::Instant,
            "attempts[0].startedAt",
        ),
        (
            |r| r.events[1].event.at += 1,
            Code::EventChanged,
            "events[1]",
        ),
        (|r| r.events[1].event.at += 1, Code::Instant, "events[1]"),
        (
            |r| r.events[1].event.kind = "returned".into(),
            Code::EventChanged,
            "events[1]",
        ),
        (
            |r| r.events[1].redacted = true,
            Code::EventChanged,
            "events[1]",
        ),
        (
            |r| r.events[5].redacted = false,
            Code::EventChanged,
            "events[5]",
        ),
        (
            |r| r.events[1].proof.swap(0, 1),
            Code::EventProof,
            "events[1]",
        ),
        (
            |r| r.events[2].event.previous = "0".repeat(64),
            Code::EventChain,
            "events[2]",
        ),
        (
            |r| r.events[2].event.request = None,
            Code::EventRequest,
            "events[2]",
        ),
        (|r| r.head.size = 46, Code::Head, "head"),
        (
            |r| {
                r.request.name =
                    serde_json::from_str(r#"{"masked":{"commitment":"00","hint":"x"}}"#).unwrap();
            },
            Code::Masked,
            "request.name",
        ),
    ];
    for (change, code, place) in cases {
        let mut changed = made(&accepted());
        change(&mut changed);
        let findings = changed.check();
        assert!(
            findings
                .iter()
                .any(|f| f.code == code && f.place.as_deref() == Some(place)),
            "{code:?}: {findings:?}"
        );
        // Whoever holds a key can sign a receipt that does not fit; a check says so all the same.
        let file = changed.sign(&key()).unwrap();
        let report = verify(file.text().as_bytes(), &Trust::anyone());
        assert_eq!(report.verdict, Verdict::Broken);
        assert!(
            report.findings.iter().all(|f| f.bytes.is_some()),
            "{:?}",
            report.findings
        );
    }
}

#[test]
fn every_flipped_bit_of_a_file_is_noticed() {
    let text = signed(&planned()).text().to_owned();
    let trust = Trust::only(vec![key().public().clone()]);
    assert_eq!(verify(text.as_bytes(), &trust).verdict, Verdict::Holds);
    let mut unnamed = Vec::new();
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1 << bit;
            let report = verify(&changed, &trust);
            assert!(!report.holds(), "bit {bit} of byte {at}");
            let here = |f: &receipts::Finding| {
                f.bytes
                    .as_ref()
                    .is_some_and(|span| span.contains(&(at as u64)))
            };
            let found = report.findings.iter().any(here);
            unnamed.extend((!found).then_some((at, bit)));
        }
    }
    let few = text.len() / 100;
    assert!(
        unnamed.len() < few,
        "{} are not named: {unnamed:?}",
        unnamed.len()
    );
}

#[test]
fn what_was_changed_is_named() {
    let text = signed(&accepted()).text().to_owned();
    for (from, to, place) in [
        ("Maria Silva", "Mario Silva", "asker"),
        ("\"status\":401", "\"status\":402", "attempts[0]"),
        ("\"interim\":false", "\"interim\":true", "interim"),
        ("ana@example.com\\\"", "eva@example.com\\\"", "attempts[1]"),
    ] {
        let changed = text.replacen(from, to, 1);
        let same = text
            .bytes()
            .zip(changed.bytes())
            .take_while(|(a, b)| a == b);
        let at = same.count() as u64;
        let report = verify(changed.as_bytes(), &Trust::anyone());
        assert_eq!(report.verdict, Verdict::Broken);
        let parts: Vec<_> = report
            .findings
            .iter()
            .filter(|f| f.code == Code::PartChanged)
            .collect();
        assert_eq!(parts.len(), 1, "{parts:?}");
        assert_eq!(parts[0].place.as_deref(), Some(place));
        assert!(parts[0].bytes.as_ref().unwrap().contains(&at));
        assert!(report.findings.iter().any(|f| f.code == Code::Signature));
    }
}

#[test]
fn receipts_made_before_there_were_signatures_are_read() {
    for name in ["version-1-accepted.json", "version-1-interim.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(name);
        let text = std::fs::read_to_string(path).unwrap();
        let marked = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        for text in [&text, &marked] {
            let report = verify(text.as_bytes(), &Trust::anyone());
            assert_eq!(report.verdict, Verdict::Unsigned, "{:?}", report.findings);
            assert!(!report.holds() && report.kind == Kind::Unsigned);
        }
        let changed = text.replace("ana@", "eva@");
        let report = verify(changed.as_bytes(), &Trust::anyone());
        assert_eq!(report.verdict, Verdict::Broken);
        let more = text.replace("\"interim\"", "\"more\": 1, \"interim\"");
        let report = verify(more.as_bytes(), &Trust::anyone());
        assert_eq!(
            (report.verdict, report.findings[0].code),
            (Verdict::Broken, Code::Shape)
        );
    }
}

#[test]
fn what_is_no_receipt_is_refused() {
    let text = signed(&accepted()).text().to_owned();
    let check = |text: &str| {
        let report = verify(text.as_bytes(), &Trust::anyone());
        (report.verdict, report.findings[0].code)
    };
    let unreadable = (Verdict::Unreadable, Code::NotReceipt);
    let deep = "[".repeat(100_000);
    for other in ["", "{}", "[1]", "\n\n\n\n\n", "PK", deep.as_str()] {
        assert_eq!(check(other), unreadable, "{other:.20}");
    }
    let newer = r#"{"format":"countersign-receipt","version":3}"#;
    assert_eq!(check(newer), (Verdict::Unreadable, Code::NewerVersion));
    let broken = (Verdict::Broken, Code::Layout);
    assert_eq!(check(&text[..text.len() / 2]), broken);
    assert_eq!(check(&text.replace('\n', "\r\n")), broken);
    assert_eq!(check(&format!("{text}\n")), broken);
    assert_eq!(check(&text.replace('\n', "")), broken);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        check(&serde_json::to_string_pretty(&value).unwrap()),
        broken
    );
}

#[test]
fn a_second_spelling_of_the_same_receipt_is_refused() {
    let text = signed(&accepted()).text().to_owned();
    for (from, to) in [
        ("\"practice\":false", "\"practice\": false"),
        ("\"practice\"", "\"pr\\u0061ctice\""),
        ("Maria Silva", "Maria\\u0020Silva"),
    ] {
        assert!(!verify(text.replacen(from, to, 1).as_bytes(), &Trust::anyone()).holds());
    }
}

#[test]
fn a_body_that_is_not_text_is_kept_exactly() {
    let mut record = accepted();
    record.body = vec![0xff, 0, b'x'];
    let made = made(&record);
    assert_eq!(made.sent.body, Content::Base64("/wB4".into()));
    assert_eq!(made.sent.body.bytes(), Some(record.body));
    assert!(codes(&made).contains(&Code::BodyNotAsPlanned));
}

#[test]
fn a_request_that_went_through_a_ledger_gives_a_receipt_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let ledger_key = LedgerKey::generate().unwrap();
    let ledger = Ledger::create(&folder.path().join("ledger.db"), &ledger_key).unwrap();
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
    let made = |ledger: &Ledger| {
        let record = ledger.request(&hand.id).unwrap().unwrap();
        let tree = Tree::new(record.events.iter().map(|event| event.hash).collect());
        let file = receipt(&record, &tree, &about())
            .unwrap()
            .sign(&key())
            .unwrap();
        let report = verify(file.text().as_bytes(), &Trust::anyone());
        assert_eq!(
            (report.verdict, &report.findings[..]),
            (Verdict::KeyUnknown, &[][..])
        );
        file
    };
    assert!(made(&ledger).receipt().interim);

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
        made(&ledger);
        ledger
            .finish_attempt(&hand.id, attempt, outcome, Ended::Final, NOW)
            .unwrap();
        made(&ledger);
    }
    let file = made(&ledger);
    assert!(!file.receipt().interim);
    assert!(!file.text().contains(CODE));
    assert_eq!(file.receipt().attempts.len(), 3);
}

/// A PDF with no pages, but with the attachment as the printer writes it.
fn page(attachments: &[&[u8]]) -> Vec<u8> {
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

#[test]
fn a_pdf_holds_with_its_seal_and_the_receipt_inside() {
    let inside = signed(&accepted());
    let inside = inside.text().as_bytes();
    let sealed = seal::pdf(&page(&[inside]), &key()).unwrap();
    let trust = Trust::only(vec![key().public().clone()]);
    let report = verify(&sealed, &trust);
    assert_eq!(
        (report.kind, report.verdict),
        (Kind::Pdf, Verdict::Holds),
        "{report:?}"
    );
    assert_eq!(report.facts, verify(inside, &trust).facts);

    let other = DeviceKey::from_random(&[8; 32]).unwrap();
    let cases = [
        (page(&[inside]), Code::SealMissing),
        (seal::pdf(&page(&[]), &key()).unwrap(), Code::Attachment),
        (
            seal::pdf(&page(&[inside, inside]), &key()).unwrap(),
            Code::Attachment,
        ),
        (
            seal::pdf(&page(&[inside]), &other).unwrap(),
            Code::AttachmentKey,
        ),
        (
            seal::pdf(&page(&[b"{}"]), &key()).unwrap(),
            Code::Attachment,
        ),
    ];
    for (file, code) in cases {
        let report = verify(&file, &trust);
        assert!(
            !report.holds() && report.findings.iter().any(|f| f.code == code),
            "{report:?}"
        );
    }
    let at = sealed
        .windows(5)
        .position(|window| window == b"Maria")
        .unwrap();
    let mut changed = sealed.clone();
    changed[at] = b'D';
    let report = verify(&changed, &trust);
    let places: Vec<_> = report
        .findings
        .iter()
        .filter_map(|f| f.place.as_deref())
        .collect();
    assert_eq!(places, ["asker"]);
    for at in (0..sealed.len()).step_by(97) {
        let mut changed = sealed.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(!verify(&changed, &trust).holds(), "byte {at}");
        assert!(!verify(&sealed[..at], &trust).holds(), "{at} bytes");
    }
}
