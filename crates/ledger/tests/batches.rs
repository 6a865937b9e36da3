//! Many requests planned at once: whole or not at all, in order, counted, taken back.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, batch, planned, refused, request};
use ledger::{
    AttemptResult, BatchState, Entry, EventKind, Finish, Found, Ledger, LedgerError, NewRequest,
    Outcome, Start, State, Subject, Verdict, Which,
};

fn start(n: u32) -> Start {
    Start {
        request: request(n).id,
        timestamp_ms: NOW,
        at_ms: NOW,
    }
}

fn finish(n: u32, outcome: Outcome, verdict: Verdict) -> Finish {
    Finish {
        request: request(n).id,
        attempt: 1,
        outcome,
        verdict,
        at_ms: NOW,
    }
}

fn state(ledger: &Ledger, n: u32) -> State {
    ledger.request(&request(n).id).unwrap().unwrap().state
}

#[test]
fn a_batch_is_planned_in_order_and_reads_like_single_requests() {
    let house = House::new();
    let ledger = house.create();
    let made = ledger
        .plan_batch(&batch("b"), (0..2_500).map(request))
        .unwrap();
    assert_eq!((made.requests, made.people), (2_500, 5_000));
    assert_eq!((made.state, made.why.as_str()), (BatchState::Paused, ""));
    assert_eq!(made.counts.planned.requests, 2_500);
    assert_eq!(made.counts.planned.people, 5_000);
    assert_eq!(ledger.batches().unwrap(), std::slice::from_ref(&made));
    drop(ledger);

    let ledger = house.open();
    assert_eq!(ledger.batch("b").unwrap(), Some(made));
    let first = ledger.next_to_send("b", None, 3).unwrap();
    let positions: Vec<_> = first.iter().map(|d| d.position).collect();
    assert_eq!(positions, [0, 1, 2]);
    assert_eq!(first[2].id, request(2).id);
    assert_eq!(first[2].body, request(2).body);
    assert_eq!(first[2].people, request(2).people);
    assert_eq!(first[2].first_attempt_ms, None);
    let next = ledger.next_to_send("b", Some(2_498), 10).unwrap();
    assert_eq!(next.len(), 1);
    assert_eq!(next[0].id, request(2_499).id);

    // The event is the same text that a single request gets.
    let mut single = request(9_999);
    ledger.plan(&single).unwrap();
    let text = |id: &str| ledger.events(id).unwrap()[0].detail_json.clone();
    let alone = text(&single.id);
    single = request(7);
    assert_eq!(
        text(&single.id),
        alone
            .replace("idempotency-9999", "idempotency-7")
            .replace(&request(9_999).body_sha256, &single.body_sha256)
    );
    ledger.check_integrity().unwrap();
}

#[test]
fn a_batch_that_fails_leaves_nothing() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(3)).unwrap();
    let mut stranger = request(5_000);
    stranger.connection_id = "another".into();
    let many = || (10..1_800).map(request);
    let same_key = NewRequest {
        idempotency_key: request(3).idempotency_key,
        ..request(6_000)
    };
    let cases: [(Vec<NewRequest>, &str); 4] = [
        (Vec::new(), "EmptyBatch"),
        (many().chain([request(3)]).collect(), "DuplicateRequest"),
        (
            many().chain([same_key]).collect(),
            "DuplicateIdempotencyKey",
        ),
        (many().chain([stranger]).collect(), "OtherConnection"),
    ];
    for (requests, what) in cases {
        let error = ledger.plan_batch(&batch("b"), requests).unwrap_err();
        assert_eq!(format!("{error:?}"), what);
        assert_eq!(ledger.batch("b").unwrap(), None);
        assert_eq!(ledger.requests("", 0, 10).unwrap().total, 1);
        assert!(ledger.request(&request(10).id).unwrap().is_none());
    }
    #[derive(Debug)]
    struct Off;
    impl From<LedgerError> for Off {
        fn from(_: LedgerError) -> Self {
            panic!("the ledger itself failed")
        }
    }
    let called_off = many().map(Ok).chain([Err(Off)]);
    let result: Result<_, Off> = ledger.try_plan_batch(&batch("b"), called_off);
    assert!(result.is_err());
    planned(&ledger, 2);
    assert!(matches!(
        ledger.plan_batch(&batch("b"), [request(77)]),
        Err(LedgerError::DuplicateBatch)
    ));
    // Nothing was given a number that is now missing.
    let numbers: Vec<_> = [3, 0, 1]
        .map(|n| ledger.events(&request(n).id).unwrap()[0].sequence)
        .into();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn a_half_planned_batch_is_seen_by_nobody_and_removed_at_the_next_start() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(9_000)).unwrap();
    let other = house.open();
    let watched = (0..2_100).map(|n| {
        if n == 1_500 {
            assert_eq!(other.batch("b").unwrap(), None);
            assert!(other.batches().unwrap().is_empty());
            assert_eq!(other.requests("", 0, 10).unwrap().total, 1);
            assert_eq!(other.requests("", 0, 10).unwrap().rows.len(), 1);
            assert_eq!(other.requests("example.com", 0, 10).unwrap().total, 1);
            assert!(other.same_body(&request(5).body_sha256).unwrap().is_empty());
            assert!(other.next_to_send("b", None, 10).unwrap().is_empty());
            assert!(matches!(
                other.start_attempt(&request(5).id, NOW, NOW),
                Err(LedgerError::NoSuchRequest)
            ));
            assert!(matches!(
                other.set_batch_state("b", BatchState::Running, "", NOW),
                Err(LedgerError::NoSuchBatch)
            ));
        }
        // As a crash leaves it: the second step is written, the third never comes.
        if n == 2_050 {
            assert_eq!(other.recover(NOW).unwrap().unknown, 0);
        }
        request(n)
    });
    let error = ledger.plan_batch(&batch("b"), watched).unwrap_err();
    assert!(matches!(error, LedgerError::Disk(_)), "{error:?}");
    assert_eq!(other.requests("", 0, 10).unwrap().total, 1);
    assert!(other.request(&request(5).id).unwrap().is_none());
    ledger.check_integrity().unwrap();
    planned(&ledger, 3);
    assert_eq!(ledger.requests("", 0, 10).unwrap().total, 4);
}

#[test]
fn many_attempts_are_written_in_one_step_and_judged_one_by_one() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 6);
    let starts: Vec<_> = (0..6).map(start).chain([start(0), start(99)]).collect();
    let answers = ledger.start_attempts(&starts).unwrap();
    assert!(answers[..6].iter().all(|a| *a.as_ref().unwrap() == 1));
    assert!(matches!(
        answers[6],
        Err(LedgerError::WrongState {
            state: State::Sending
        })
    ));
    assert!(matches!(answers[7], Err(LedgerError::NoSuchRequest)));
    let unknown = Outcome::Unknown {
        reason: "timed out".into(),
    };
    let ends = [
        (finish(0, accepted(0), Verdict::Final), State::Accepted),
        (finish(1, refused(400), Verdict::Final), State::Refused),
        (finish(2, refused(429), Verdict::Again), State::NotSent),
        (finish(3, refused(500), Verdict::Open), State::Unknown),
        (finish(4, unknown, Verdict::Again), State::Unknown),
    ];
    let finishes: Vec<_> = ends.iter().map(|(f, _)| f.clone()).collect();
    let answers = ledger.finish_attempts(&finishes).unwrap();
    for (answer, (f, expected)) in answers.into_iter().zip(&ends) {
        assert_eq!(answer.unwrap(), *expected, "{f:?}");
        let record = ledger.request(&f.request).unwrap().unwrap();
        assert_eq!(record.state, *expected);
    }
    let open = ledger.request(&request(3).id).unwrap().unwrap();
    assert_eq!(open.attempts[0].result, AttemptResult::Unknown);
    assert_eq!(open.attempts[0].status, Some(500), "the answer is kept");
    assert_eq!(open.events.last().unwrap().kind, EventKind::ReplyReceived);

    // What may have arrived stays so when the next attempt settles nothing.
    let mixed = [Entry::Start(start(3)), Entry::Start(start(2))];
    let answers = ledger.write_attempts(&mixed).unwrap();
    assert!(answers.into_iter().all(|a| a.unwrap() == 2));
    let again = |n, outcome, verdict| {
        Entry::Finish(Finish {
            attempt: 2,
            ..finish(n, outcome, verdict)
        })
    };
    ledger
        .write_attempts(&[
            again(3, refused(401), Verdict::Again),
            again(2, accepted(2), Verdict::Final),
        ])
        .unwrap();
    assert_eq!(state(&ledger, 3), State::Unknown);
    assert_eq!(state(&ledger, 2), State::Accepted);

    let counts = ledger.batch("b").unwrap().unwrap().counts;
    assert_eq!(counts.accepted.requests, 2);
    assert_eq!(counts.unknown.requests, 2);
    assert_eq!(counts.refused.people, 2);
    assert_eq!(counts.of(State::Sending).requests, 1);
    let unknown = ledger.next_unknown("b", None, 10).unwrap();
    let ids: Vec<_> = unknown.iter().map(|d| d.position).collect();
    assert_eq!(ids, [3, 4]);
    assert_eq!(unknown[0].first_attempt_ms, Some(NOW));
    assert!(ledger.next_to_send("b", None, 10).unwrap().is_empty());
}

#[test]
fn what_is_taken_back_is_never_sent() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 1_500);
    ledger
        .start_attempts(&[start(0), start(1), start(2)])
        .unwrap();
    let not_sent = Outcome::NotSent {
        reason: "no connection".into(),
    };
    ledger
        .finish_attempts(&[
            finish(1, accepted(1), Verdict::Final),
            finish(2, not_sent, Verdict::Again),
        ])
        .unwrap();
    let ids: Vec<_> = [0, 1, 2, 3, 99_999].map(|n| request(n).id).into();
    let some = ledger.cancel_planned("b", Which::Ids(&ids), NOW).unwrap();
    assert_eq!(
        some, 2,
        "one is under way, one was accepted, one is not there"
    );
    assert_eq!(state(&ledger, 3), State::Cancelled);
    assert!(matches!(
        ledger.start_attempt(&request(3).id, NOW, NOW),
        Err(LedgerError::WrongState {
            state: State::Cancelled
        })
    ));
    let next = ledger.next_to_send("b", None, 1).unwrap();
    assert_eq!(next[0].position, 4);
    let rest = ledger.cancel_planned("b", Which::All, NOW).unwrap();
    assert_eq!(rest, 1_496);
    assert!(ledger.next_to_send("b", None, 1).unwrap().is_empty());
    let record = ledger.request(&request(700).id).unwrap().unwrap();
    assert_eq!(record.events.last().unwrap().kind, EventKind::Cancelled);
    assert!(matches!(
        ledger.cancel_planned("none", Which::All, NOW),
        Err(LedgerError::NoSuchBatch)
    ));
}

#[test]
fn a_crash_pauses_what_was_running() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 3);
    ledger
        .set_batch_state("b", BatchState::Running, "", NOW)
        .unwrap();
    ledger.start_attempts(&[start(0)]).unwrap();
    let left = ledger.recover(NOW).unwrap();
    assert_eq!((left.unknown, left.running), (1, vec!["b".to_owned()]));
    let found = ledger.batch("b").unwrap().unwrap();
    assert_eq!(found.state, BatchState::Paused);
    assert!(found.why.contains("closed"), "{}", found.why);
    assert_eq!(state(&ledger, 0), State::Unknown);
    for (to, ended) in [
        (BatchState::Stopped, Some(NOW + 1)),
        (BatchState::Running, None),
        (BatchState::Finished, Some(NOW + 1)),
    ] {
        ledger.set_batch_state("b", to, "x", NOW + 1).unwrap();
        let found = ledger.batch("b").unwrap().unwrap();
        assert_eq!((found.state, found.ended_at_ms), (to, ended));
    }
}

#[test]
fn a_page_is_cut_by_state_and_search() {
    let house = House::new();
    let ledger = house.create();
    ledger.plan(&request(500)).unwrap();
    planned(&ledger, 40);
    ledger.start_attempts(&[start(7), start(17)]).unwrap();
    let page = |state, search: &str, offset, limit| {
        let page = ledger
            .batch_requests("b", state, search, offset, limit)
            .unwrap();
        let names: Vec<_> = page.rows.into_iter().map(|r| r.name).collect();
        (page.total, names)
    };
    let named = |ns: &[u32]| {
        ns.iter()
            .map(|n| format!("Request {n}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(page(None, "", 38, 10), (40, named(&[38, 39])));
    assert_eq!(page(Some(State::Sending), "", 0, 10), (2, named(&[7, 17])));
    assert_eq!(page(None, " PERSON3", 0, 3), (11, named(&[3, 30, 31])));
    assert_eq!(
        page(Some(State::Sending), "person1", 0, 3),
        (1, named(&[17]))
    );
    let none = ledger.batch_requests("none", None, "", 0, 9).unwrap();
    assert_eq!(none.total, 0);
}

#[test]
fn a_request_that_humanos_was_found_to_have_is_settled_once() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 2);
    let found = Found {
        humanos_id: "65f000000000000000000001".into(),
        subjects: vec![Subject {
            id: "did:1".into(),
            contact: "person0@example.com".into(),
            link: None,
            code: None,
        }],
        credentials: Vec::new(),
    };
    let settle = |n: u32| ledger.settle_found(&request(n).id, &found, NOW);
    assert!(matches!(settle(0), Err(LedgerError::WrongState { .. })));
    ledger.start_attempts(&[start(0), start(1)]).unwrap();
    ledger.recover(NOW).unwrap();
    assert!(settle(0).unwrap());
    let record = ledger.request(&request(0).id).unwrap().unwrap();
    assert_eq!(record.state, State::Accepted);
    assert_eq!(record.humanos_id, found.humanos_id);
    assert_eq!(record.attempts[0].result, AttemptResult::Accepted);
    assert_eq!(record.subjects.len(), 1);
    assert_eq!(record.events.last().unwrap().kind, EventKind::StatusSeen);
    assert!(!settle(1).unwrap(), "one request there answers one here");
    assert_eq!(state(&ledger, 1), State::Unknown);
}
