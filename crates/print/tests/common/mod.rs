//! Pages written out by hand.
#![allow(dead_code)]

use ledger::{AttemptResult, State};
use print::{
    Asker, Attempt, Event, Head, Key, Page, Person, Request, Resource, ResourceKind, Sent,
    Timestamped,
};

pub(crate) const NOW: i64 = 1_767_225_600_000;
pub(crate) const FILE: &[u8] =
    b"{\"format\":\"countersign-receipt\",\"version\":2,\"receipt\":\n{}\n}\n";

/// One person, one refused attempt and one accepted, as most receipts are.
pub(crate) fn page() -> Page {
    Page {
        interim: false,
        practice: false,
        masked: Vec::new(),
        exported_at_ms: NOW + 86_400_000,
        utc_offset_minutes: 60,
        app: "Countersign 0.1.0".into(),
        asker: Asker {
            officer: "Maria Silva".into(),
            organisation: "Exemplo, Lda.".into(),
            connection: "Head office".into(),
            device_key: Key {
                id: "nR1tQk0pQ0FyZ3lWb2hZb0xqWmJ2c1VtR0dXb2pQc0E".into(),
                fingerprint: "9D1D 6D42 4D29 4341 7267 7956 6F68 596F 4C6A 5A62 7673 556D 4747 576F 6A50 7341".into(),
            },
        },
        request: Request {
            id: "7b0f4d1e-3c7c-4b8e-9a53-0d6d6a3c9f10".into(),
            humanos_id: "65f0c0ffee65f0c0ffee0001".into(),
            name: "Zażółć \"Açãi\" 合同".into(),
            internal_id: "case-1".into(),
            security_level: "CONTACT".into(),
            state: State::Accepted,
            planned_at_ms: NOW,
            resources: Some(vec![Resource {
                kind: ResourceKind::Resource,
                id: "507f1f77bcf86cd799439012".into(),
                name: String::new(),
            }]),
            credentials: vec![Resource {
                kind: ResourceKind::Credential,
                id: "urn:via:credential:1".into(),
                name: "Terms of the account".into(),
            }],
        },
        sent: Sent {
            method: "POST".into(),
            url: "https://api.humanos.id/request".into(),
            api_version: "2026-05-20".into(),
            idempotency_key: "f3b6d7a2-8f5b-4a57-9b5e-1f0c2d3e4a5b".into(),
            body_length: 156,
            body_sha256: "c25c42666960a25900c96aca5248b299077e4182ee36e9303e22efd84cad1e32".into(),
        },
        people: vec![person(0)],
        attempts: vec![
            Attempt {
                number: 1,
                started_at_ms: NOW + 1_000,
                ended_at_ms: Some(NOW + 1_250),
                result: AttemptResult::Refused,
                reason: None,
                status: Some(401),
                server_date: Some("Thu, 01 Jan 2026 00:00:01 GMT".into()),
                server_request_id: Some("exchange-1".into()),
                messages: vec!["bad signature".into()],
            },
            Attempt {
                number: 2,
                started_at_ms: NOW + 2_000,
                ended_at_ms: Some(NOW + 2_250),
                result: AttemptResult::Accepted,
                reason: None,
                status: Some(201),
                server_date: Some("Thu, 01 Jan 2026 00:00:02 GMT".into()),
                server_request_id: Some("exchange-2".into()),
                messages: Vec::new(),
            },
        ],
        events: [
            (
                "planned",
                r#"{"apiVersion":"2026-05-20","people":1,"practice":false}"#,
            ),
            (
                "attempt-started",
                r#"{"attempt":1,"timestamp":1767225601000}"#,
            ),
            ("reply-received", r#"{"attempt":1,"status":401}"#),
            (
                "attempt-started",
                r#"{"attempt":2,"timestamp":1767225602000}"#,
            ),
            ("reply-received", r#"{"attempt":2,"status":201}"#),
            ("session-opened", "{}"),
            ("payload-opened", r#"{"by":"postMessage"}"#),
            ("status-seen", r#"{"status":"ACCEPTED"}"#),
        ]
        .into_iter()
        .zip(42..)
        .map(|((kind, detail), sequence)| Event {
            sequence,
            kind: kind.into(),
            at_ms: NOW + i64::try_from(sequence).unwrap() * 250,
            detail: detail.into(),
        })
        .collect(),
        head: Head {
            size: 1234,
            root: "9aebe38ce1296b491765b96f75016c7a4e159af28a9aaccbc53217582ccc93ce".into(),
            timestamp: Timestamped::No,
        },
    }
}

pub(crate) fn person(number: usize) -> Person {
    Person {
        contact: format!("ana.{number}@example.com"),
        id: format!("65f0c0ffee65f0c0ffee{number:04}"),
        link: format!("https://app.humanos.id/s/65f0c0ffee65f0c0ffee{number:04}"),
    }
}

/// A page of many people.
pub(crate) fn many(people: usize) -> Page {
    let mut page = page();
    page.people = (0..people).map(person).collect();
    page
}

/// Names that try to hide, to turn the page around, to run over it or to become part of its source.
pub(crate) const TRICKS: [(&str, &str); 9] = [
    ("Ana\u{202E}gro.live", "Ana⟨U+202E⟩gro.live"),
    ("\u{2067}Ana\u{2069}", "⟨U+2067⟩Ana⟨U+2069⟩"),
    ("Ana\0\u{7}\r\nB", "Ana⟨U+0000⟩⟨U+0007⟩⟨U+000D⟩⟨U+000A⟩B"),
    ("A\u{200B}na\u{FEFF}", "A⟨U+200B⟩na⟨U+FEFF⟩"),
    ("\u{3164}", "⟨U+3164⟩"),
    ("ᚠᚢᚦ", "⟨U+16A0⟩⟨U+16A2⟩⟨U+16A6⟩"),
    (
        "#panic(\"x\") $a$ @b <c> *d* _e_ `f` \\",
        "#panic(\"x\") $a$ @b <c> *d* _e_ `f` \\",
    ),
    ("]]) #read(\"/etc/passwd\")", "]]) #read(\"/etc/passwd\")"),
    (
        "{n} {m} {fields} %countersign-seal",
        "{n} {m} {fields} %countersign-seal",
    ),
];

/// A page of which everything tries something.
pub(crate) fn hostile() -> Page {
    let mut page = page();
    let all: Vec<_> = TRICKS.iter().map(|(trick, _)| *trick).collect();
    page.asker.officer = all.concat();
    page.request.name = format!("Z{}", "\u{301}".repeat(200));
    page.request.id = "x".repeat(100_000);
    page.people[0].contact = "W".repeat(5_000);
    page.people[0].link = format!("https://{}", "a/".repeat(5_000));
    page.attempts[0].messages = vec!["m".repeat(5_000); 50];
    page.attempts[0].server_date = Some("نص عربي 2026 abc".into());
    page.events[0].detail = "not json \u{202E}".into();
    page.events[1].detail = "[".repeat(100_000);
    page.events[3].detail = "]!/".repeat(100);
    page.events[4].detail = "\u{5D0}\u{300C}\"".repeat(100);
    page.exported_at_ms = i64::MAX;
    page.utc_offset_minutes = i32::MIN;
    page.events[2].at_ms = i64::MIN;
    page
}
