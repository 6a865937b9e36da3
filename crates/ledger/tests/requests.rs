//! Requests: planned, attempted, answered, listed, read back.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, no_answer, not_sent, refused, request};
use ledger::{AttemptResult, Connection, EventKind, LedgerError, Outcome, State, Verdict};

#[test]
fn a_request_reads_back_as_it_was_written() {
    let house = House::new();
    let ledger = house.create();
    let r = request(7);
    ledger.plan(&r).unwrap();
    assert_eq!(
        ledger.request(&r.id).unwrap().unwrap().state,
        State::Planned
    );
    assert_eq!(ledger.start_attempt(&r.id, 11, 12).unwrap(), 1);
    assert_eq!(
        ledger.request(&r.id).unwrap().unwrap().state,
        State::Sending
    );
    ledger
        .finish_attempt(&r.id, 1, &not_sent(), Verdict::Final, 13)
        .unwrap();
    assert_eq!(
        ledger.request(&r.id).unwrap().unwrap().state,
        State::NotSent
    );
    assert_eq!(ledger.start_attempt(&r.id, 21, 22).unwrap(), 2);
    ledger
        .finish_attempt(&r.id, 2, &accepted(7), Verdict::Final, 23)
        .unwrap();
    ledger
        .record_event(Some(&r.id), EventKind::Exported, r#"{"form":"json"}"#, 24)
        .unwrap();
    drop(ledger);

    let ledger = house.open();
    let record = ledger.request(&r.id).unwrap().unwrap();
    assert_eq!((&record.body, &record.people), (&r.body, &r.people));
    assert_eq!(record.idempotency_key, r.idempotency_key);
    assert_eq!(record.body_sha256, r.body_sha256);
    assert_eq!(record.created_at_ms, r.at_ms);
    assert_eq!(record.state, State::Accepted);
    let Outcome::Accepted {
        humanos_id,
        subjects,
        credentials,
        reply_body,
        ..
    } = accepted(7)
    else {
        unreachable!()
    };
    assert_eq!(record.humanos_id, humanos_id);
    assert_eq!(record.subjects, subjects);
    assert_eq!(record.credentials, credentials);
    let [first, second] = &record.attempts[..] else {
        unreachable!("two attempts were made")
    };
    assert_eq!(
        (first.timestamp_ms, first.started_at_ms, first.ended_at_ms),
        (11, 12, Some(13))
    );
    assert_eq!(first.result, AttemptResult::NotSent);
    assert_eq!(first.reason.as_deref(), Some("no connection"));
    assert_eq!((second.number, second.status), (2, Some(201)));
    assert_eq!(second.reply_body.as_deref(), Some(reply_body.as_str()));
    assert_eq!(
        second.server_date.as_deref(),
        Some("Thu, 01 Jan 2026 00:00:00 GMT")
    );
    let kinds: Vec<_> = record.events.iter().map(|e| e.kind).collect();
    use EventKind::*;
    assert_eq!(
        kinds,
        [
            Planned,
            AttemptStarted,
            NotSent,
            AttemptStarted,
            ReplyReceived,
            Exported
        ]
    );
    let numbers: Vec<_> = record.events.iter().map(|e| e.sequence).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    assert_eq!(record.events, ledger.events(&r.id).unwrap());
    assert_eq!(ledger.request("nothing").unwrap(), None);
}

#[test]
fn a_refusal_keeps_what_was_said() {
    let house = House::new();
    let ledger = house.create();
    let r = request(1);
    ledger.plan(&r).unwrap();
    ledger.start_attempt(&r.id, 1, 2).unwrap();
    ledger
        .finish_attempt(&r.id, 1, &refused(400), Verdict::Final, 3)
        .unwrap();
    let record = ledger.request(&r.id).unwrap().unwrap();
    assert_eq!(record.state, State::Refused);
    assert_eq!(record.attempts[0].messages, ["no"]);
    assert_eq!(
        record.attempts[0].server_request_id.as_deref(),
        Some("req-1")
    );
    assert!(record.humanos_id.is_empty() && record.subjects.is_empty());
}

#[test]
fn a_key_is_used_once_by_a_connection() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(1)).unwrap();
    let mut again = request(2);
    again.idempotency_key = request(1).idempotency_key;
    assert!(matches!(
        ledger.plan(&again),
        Err(LedgerError::DuplicateIdempotencyKey)
    ));
    assert_eq!(ledger.requests("", 0, 10).unwrap().total, 1);
    assert!(
        ledger.request(&again.id).unwrap().is_none(),
        "part of it was written"
    );
    again.connection_id = "another".into();
    ledger.plan(&again).unwrap();
    assert!(matches!(
        ledger.plan(&request(1)),
        Err(LedgerError::DuplicateRequest)
    ));
}

#[test]
fn nothing_is_attempted_twice_at_once_nor_after_acceptance() {
    let house = House::new();
    let ledger = house.create();
    let r = request(1);
    assert!(matches!(
        ledger.start_attempt(&r.id, 1, 1),
        Err(LedgerError::NoSuchRequest)
    ));
    ledger.plan(&r).unwrap();
    assert!(matches!(
        ledger.finish_attempt(&r.id, 1, &not_sent(), Verdict::Final, 1),
        Err(LedgerError::NoSuchRequest)
    ));
    ledger.start_attempt(&r.id, 1, 1).unwrap();
    assert!(matches!(
        ledger.start_attempt(&r.id, 2, 2),
        Err(LedgerError::WrongState {
            state: State::Sending
        })
    ));
    ledger
        .finish_attempt(&r.id, 1, &accepted(1), Verdict::Final, 3)
        .unwrap();
    assert!(matches!(
        ledger.start_attempt(&r.id, 4, 4),
        Err(LedgerError::WrongState {
            state: State::Accepted
        })
    ));
    assert!(matches!(
        ledger.finish_attempt(&r.id, 1, &refused(400), Verdict::Final, 5),
        Err(LedgerError::WrongState {
            state: State::Accepted
        })
    ));
    let record = ledger.request(&r.id).unwrap().unwrap();
    assert_eq!(
        (record.state, record.attempts.len(), record.events.len()),
        (State::Accepted, 1, 3)
    );
}

#[test]
fn what_may_have_arrived_stays_unknown_until_settled() {
    let house = House::new();
    let ledger = house.create();
    let cases = [
        (not_sent(), not_sent(), State::NotSent),
        (no_answer(), not_sent(), State::Unknown),
        (no_answer(), refused(401), State::Unknown),
        (no_answer(), refused(400), State::Refused),
        (no_answer(), accepted(1), State::Accepted),
        (refused(401), not_sent(), State::NotSent),
        (refused(429), refused(401), State::Refused),
    ];
    for (n, (first, second, state)) in (0..).zip(cases) {
        let r = request(n);
        ledger.plan(&r).unwrap();
        for (attempt, outcome) in [(1, &first), (2, &second)] {
            assert_eq!(ledger.start_attempt(&r.id, NOW, NOW).unwrap(), attempt);
            ledger
                .finish_attempt(&r.id, attempt, outcome, Verdict::Final, NOW)
                .unwrap();
        }
        let found = ledger.request(&r.id).unwrap().unwrap().state;
        assert_eq!(found, state, "after {first:?} then {second:?}");
    }
}

#[test]
fn the_list_is_newest_first_and_paged() {
    let house = House::new();
    let ledger = house.create();
    for n in 0..25 {
        ledger.plan(&request(n)).unwrap();
    }
    let page = ledger.requests("  ", 10, 10).unwrap();
    assert_eq!(page.total, 25);
    let names: Vec<_> = page.rows.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(
        (names.len(), names[0], names[9]),
        (10, "Request 14", "Request 5")
    );
    assert_eq!(page.rows[0].first_contact, "person14@example.com");
    assert_eq!(
        (page.rows[0].people, page.rows[0].state),
        (2, State::Planned)
    );
    assert_eq!(ledger.requests("", 20, 10).unwrap().rows.len(), 5);
    assert_eq!(ledger.requests("", 90, 10).unwrap().rows.len(), 0);
    let found = ledger.requests("case-1", 9, 5).unwrap();
    assert_eq!(found.total, 11, "1 and 10 to 19");
    let names: Vec<_> = found.rows.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["Request 10", "Request 1"]);
}

#[test]
fn search_finds_names_ids_and_contacts_as_written() {
    let house = House::new();
    let ledger = house.create();
    let mut odd = request(1);
    odd.name = "Zażółć 100% ÁLVARO".into();
    odd.internal_id = "A_b".into();
    odd.people = vec!["Maria.Silva@Example.PT".into(), "+4917012345".into()];
    ledger.plan(&odd).unwrap();
    ledger.plan(&request(2)).unwrap();
    ledger.start_attempt(&odd.id, 1, 1).unwrap();
    ledger
        .finish_attempt(&odd.id, 1, &accepted(1), Verdict::Final, 1)
        .unwrap();
    let count = |search: &str| ledger.requests(search, 0, 10).unwrap().total;
    for one in [
        "100%",
        "álvaro",
        "ZAŻÓŁĆ",
        "a_B",
        "maria.silva@",
        " +4917012345 ",
        "65f000000",
        "%",
        "_",
    ] {
        assert_eq!(count(one), 1, "{one}");
    }
    for none in [
        "1%0",
        "100_",
        "a%b",
        "' OR 1=1 --",
        "\"",
        "\\",
        "739205",
        "pt\n+49x",
    ] {
        assert_eq!(count(none), 0, "{none}");
    }
    assert_eq!(count("request"), 1);
    assert_eq!(count("@"), 2);
}

#[test]
fn events_are_numbered_without_a_gap() {
    let house = House::new();
    let ledger = house.create();
    for n in 0..5 {
        ledger.plan(&request(n)).unwrap();
        assert!(ledger.plan(&request(n)).is_err());
        ledger
            .record_event(None, EventKind::ConnectionSaved, "{}", NOW)
            .unwrap();
    }
    let numbers: Vec<_> = (0..5)
        .flat_map(|n| ledger.events(&request(n).id).unwrap())
        .map(|event| event.sequence)
        .collect();
    assert_eq!(numbers, [1, 3, 5, 7, 9]);
    let bad = ledger.record_event(None, EventKind::Exported, "{", NOW);
    assert!(matches!(bad, Err(LedgerError::Detail(_))));
    let none = ledger.record_event(Some("nobody"), EventKind::Exported, "{}", NOW);
    assert!(matches!(none, Err(LedgerError::NoSuchRequest)));
    assert!(ledger.events("nobody").unwrap().is_empty());
}

#[test]
fn connections_drafts_and_key_pairs_are_kept() {
    let house = House::new();
    let ledger = house.create();
    let mut connection = Connection {
        id: "c1".into(),
        name: "Head office".into(),
        base_url: "https://api.humanos.id".into(),
        api_version: "2026-05-20".into(),
        proxy: "socks5://127.0.0.1:9".into(),
        ca_pem: "pem".into(),
        api_key_hint: "abcd".into(),
        api_key_fingerprint: "f1".into(),
        secret_hint: "efgh".into(),
        secret_fingerprint: "f2".into(),
        created_at_ms: 5,
    };
    ledger.save_connection(&connection).unwrap();
    connection.name = "Branch".into();
    ledger
        .save_connection(&Connection {
            created_at_ms: 9,
            ..connection.clone()
        })
        .unwrap();
    assert_eq!(ledger.connection("c1").unwrap(), Some(connection.clone()));
    assert_eq!(ledger.connections().unwrap(), [connection]);
    ledger.remove_connection("c1").unwrap();
    ledger.remove_connection("c1").unwrap();
    assert_eq!(ledger.connection("c1").unwrap(), None);

    ledger.save_draft("d", "{}", 1).unwrap();
    ledger.save_draft("d", r#"{"a":1}"#, 2).unwrap();
    let draft = ledger.draft("d").unwrap().unwrap();
    assert_eq!((draft.json.as_str(), draft.saved_at_ms), (r#"{"a":1}"#, 2));
    ledger.remove_draft("d").unwrap();
    assert_eq!(ledger.draft("d").unwrap(), None);

    ledger.store_key_pair("pub", b"private", 1).unwrap();
    ledger.store_key_pair("pub", b"another", 2).unwrap();
    assert_eq!(
        ledger.private_key("pub").unwrap().unwrap().as_slice(),
        b"private"
    );
    assert!(ledger.private_key("none").unwrap().is_none());
}
