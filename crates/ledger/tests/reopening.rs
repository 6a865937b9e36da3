//! Requests that came to no good end, taken up once more by the officer.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, no_answer, not_sent, planned, refused, request};
use ledger::{EventKind, Ledger, LedgerError, NewRequest, Outcome, State, Verdict, Which};

fn attempted(ledger: &Ledger, n: u32, outcome: &Outcome) {
    let id = request(n).id;
    let attempt = ledger.start_attempt(&id, NOW, NOW).unwrap();
    ledger
        .finish_attempt(&id, attempt, outcome, Verdict::Final, NOW)
        .unwrap();
}

fn ids(numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|n| request(*n).id).collect()
}

fn last_event(ledger: &Ledger, n: u32) -> EventKind {
    ledger.events(&request(n).id).unwrap().last().unwrap().kind
}

#[test]
fn leave_to_send_again_is_for_unknown_requests_and_one_attempt() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 4);
    attempted(&ledger, 0, &no_answer());
    attempted(&ledger, 1, &accepted(1));
    attempted(&ledger, 2, &no_answer());
    let allowed = ids(&[0, 0, 1, 3, 99]);
    assert_eq!(ledger.allow_again("b", &allowed, NOW).unwrap(), 1);
    assert_eq!(ledger.allow_again("b", &allowed, NOW).unwrap(), 0);
    let again = || {
        let unknown = ledger.next_unknown("b", None, 10).unwrap();
        let flags = unknown.iter().map(|d| (d.position, d.again));
        flags.collect::<Vec<_>>()
    };
    assert_eq!(again(), [(0, true), (2, false)]);
    assert_eq!(last_event(&ledger, 0), EventKind::AllowedAgain);
    assert_eq!(last_event(&ledger, 3), EventKind::Planned);

    attempted(&ledger, 0, &no_answer());
    assert_eq!(
        again(),
        [(0, false), (2, false)],
        "a new doubt is decided anew"
    );
    assert!(matches!(
        ledger.allow_again("none", &allowed, NOW),
        Err(LedgerError::NoSuchBatch)
    ));
}

#[test]
fn the_refused_go_back_to_their_places() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 1_204);
    for n in 0..1_202 {
        attempted(&ledger, n, &refused(422));
    }
    attempted(&ledger, 1_202, &no_answer());
    let some = ids(&[5, 1_202, 1_203, 99_999]);
    let back = ledger
        .put_back_refused("b", Which::Ids(&some), NOW + 1)
        .unwrap();
    assert_eq!(back, 1);
    let due = ledger.next_to_send("b", None, 1).unwrap().remove(0);
    assert_eq!((due.position, due.state), (5, State::Planned));
    assert_eq!(due.idempotency_key, request(5).idempotency_key);
    assert_eq!(due.body, request(5).body);
    assert_eq!(due.first_attempt_ms, Some(NOW));
    assert_eq!(last_event(&ledger, 5), EventKind::PutBack);
    attempted(&ledger, 5, &accepted(5));
    let record = ledger.request(&request(5).id).unwrap().unwrap();
    assert_eq!((record.state, record.attempts.len()), (State::Accepted, 2));

    let all = ledger.put_back_refused("b", Which::All, NOW + 2).unwrap();
    assert_eq!(all, 1_201);
    let counts = ledger.batch("b").unwrap().unwrap().counts;
    assert_eq!(
        (counts.planned.requests, counts.refused.requests),
        (1_202, 0)
    );
    assert_eq!(counts.unknown.requests, 1);
}

#[test]
fn a_doubt_that_was_settled_is_not_raised_again() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 1);
    attempted(&ledger, 0, &no_answer());
    attempted(&ledger, 0, &refused(400));
    ledger.put_back_refused("b", Which::All, NOW).unwrap();
    attempted(&ledger, 0, &not_sent());
    let record = ledger.request(&request(0).id).unwrap().unwrap();
    assert_eq!(record.state, State::NotSent);
}

#[test]
fn a_corrected_request_takes_the_place_of_a_refused_one() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 3);
    attempted(&ledger, 1, &refused(422));
    let mut new = request(50);
    new.people = vec!["right@example.com".into()];
    assert_eq!(
        ledger.replace_refused(&request(1).id, &new, NOW).unwrap(),
        3
    );

    let old = ledger.request(&request(1).id).unwrap().unwrap();
    assert_eq!(old.state, State::Cancelled);
    let last = old.events.last().unwrap();
    assert_eq!(last.kind, EventKind::Replaced);
    assert_eq!(last.detail_json, format!(r#"{{"request":"{}"}}"#, new.id));
    let made = ledger.request(&new.id).unwrap().unwrap();
    assert_eq!(
        (made.state, made.batch.as_deref()),
        (State::Planned, Some("b"))
    );
    assert_eq!(made.body, new.body);
    let kinds: Vec<_> = made.events.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EventKind::Planned, EventKind::Replaces]);
    assert!(made.events[1].detail_json.contains(&old.id));
    let batch = ledger.batch("b").unwrap().unwrap();
    assert_eq!((batch.requests, batch.people), (4, 7));
    let due = ledger.next_to_send("b", Some(2), 9).unwrap();
    assert_eq!((due.len(), due[0].id.as_str()), (1, new.id.as_str()));
    let page = ledger.batch_requests("b", None, "", 3, 9).unwrap();
    assert_eq!(page.rows[0].position, Some(3));
}

#[test]
fn what_cannot_be_replaced_is_left_as_it_is() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 2);
    ledger.plan(&request(7)).unwrap();
    attempted(&ledger, 1, &refused(422));
    attempted(&ledger, 7, &refused(422));
    let stranger = NewRequest {
        connection_id: "another".into(),
        ..request(50)
    };
    let same_key = NewRequest {
        idempotency_key: request(1).idempotency_key,
        ..request(50)
    };
    let cases = [
        (0, request(50), "WrongState { state: Planned }"),
        (99, request(50), "NoSuchRequest"),
        (7, request(50), "NoSuchBatch"),
        (1, stranger, "OtherConnection"),
        (1, request(0), "DuplicateRequest"),
        (1, same_key, "DuplicateIdempotencyKey"),
    ];
    for (old, new, what) in cases {
        let error = ledger.replace_refused(&request(old).id, &new, NOW);
        assert_eq!(format!("{:?}", error.unwrap_err()), what);
    }
    let batch = ledger.batch("b").unwrap().unwrap();
    assert_eq!((batch.requests, batch.counts.refused.requests), (2, 1));
    assert_eq!(last_event(&ledger, 1), EventKind::ReplyReceived);
}
