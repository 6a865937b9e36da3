//! What the officer sees and what the ledger says after each kind of trouble.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::{
    AHEAD, API_KEY, BATCH, Call, FAST, Fault, House, SECRET, Server, TERMS, client, now_ms,
    request, request_id, start, start_at, start_through, without_internal_id,
};
use dispatch::pace::Rate;
use dispatch::{Command, Gate, Terms, Why};
use humanos::Client;
use ledger::{AttemptResult, BatchState, Ledger, State, Which};

fn ours(server: &Server) -> Client {
    client(&server.base_url, "2026-05-20", API_KEY, SECRET)
}

fn state(ledger: &Ledger, n: u32) -> State {
    ledger.request(&request_id(n)).unwrap().unwrap().state
}

fn attempts(ledger: &Ledger, n: u32) -> usize {
    let record = ledger.request(&request_id(n)).unwrap().unwrap();
    record.attempts.len()
}

/// The fault for the first call under each key, none for later ones.
fn first(fault: Fault) -> impl FnMut(&Call) -> Fault + Send {
    let mut seen = std::collections::BTreeSet::new();
    move |call| {
        if call.method == "POST" && seen.insert(call.key.clone()) {
            fault
        } else {
            Fault::None
        }
    }
}

/// The fault for the first call under this key.
fn first_of(key: &'static str, fault: Fault) -> impl FnMut(&Call) -> Fault + Send {
    let mut fault = Some(fault);
    move |call| match call.key == key {
        true => fault.take().unwrap_or(Fault::None),
        false => Fault::None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_the_first_attempt_is_overcome_without_asking_twice() {
    let faults = [
        Fault::None,
        Fault::Status(408),
        Fault::Status(429),
        Fault::Status(500),
        Fault::Status(502),
        Fault::Status(503),
        Fault::Status(504),
        Fault::RetryAfter(429, 1),
        Fault::RetryAfter(503, 1),
        Fault::MadeThenStatus(500),
        Fault::MadeThenStatus(409),
        Fault::CutBefore,
        Fault::CutAfter,
        Fault::CutInside,
        Fault::Garbled,
        Fault::Late(2_500),
    ];
    for fault in faults {
        let server = Server::start(first(fault)).await;
        let house = House::with_batch(&server.base_url, 3, without_internal_id);
        let running = start(&house.path, &house.key, ours(&server), TERMS);
        let (state_of_batch, ledger) = running.left_alone().await;
        assert_eq!(state_of_batch, BatchState::Finished, "{fault:?}");
        if fault == Fault::MadeThenStatus(409) {
            // A conflict on a key never used before is an answer like any other.
            assert_eq!(state(&ledger, 0), State::Refused);
            continue;
        }
        server.check(3);
        for n in 0..3 {
            assert_eq!(state(&ledger, n), State::Accepted, "{fault:?}");
            let expected = if fault == Fault::None { 1 } else { 2 };
            assert_eq!(attempts(&ledger, n), expected, "{fault:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_error_that_does_not_end_is_left_unknown_and_never_refused() {
    for status in [500, 502, 504, 501] {
        let server = Server::start(move |call| {
            if call.key == "key-1" {
                Fault::Status(status)
            } else {
                Fault::None
            }
        })
        .await;
        let house = House::with_batch(&server.base_url, 4, |_, _| {});
        let running = start(&house.path, &house.key, ours(&server), TERMS);
        let (end, ledger) = running.left_alone().await;
        assert_eq!(end, BatchState::Finished);
        assert_eq!(state(&ledger, 1), State::Unknown, "{status}");
        let record = ledger.request(&request_id(1)).unwrap().unwrap();
        let tried = if status == 501 { 1 } else { 5 };
        assert_eq!(record.attempts.len(), tried);
        assert_eq!(record.attempts[0].result, AttemptResult::Unknown);
        assert_eq!(
            record.attempts[0].status,
            Some(status),
            "the answer is kept"
        );
        let counts = ledger.batch(BATCH).unwrap().unwrap().counts;
        assert_eq!((counts.accepted.requests, counts.unknown.requests), (3, 1));
        drop(ledger);

        // Well again, the next run settles it.
        server.judge_by(|_| Fault::None);
        let running = start(&house.path, &house.key, ours(&server), TERMS);
        let (_, ledger) = running.left_alone().await;
        assert_eq!(state(&ledger, 1), State::Accepted);
        server.check(4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unanswered_request_is_asked_for_before_it_is_sent_again() {
    let server = Server::start(first(Fault::CutAfter)).await;
    let house = House::with_batch(&server.base_url, 1, |_, _| {});
    let once = Terms {
        attempts: 1,
        ..TERMS
    };
    let running = start(&house.path, &house.key, ours(&server), once);
    let (_, ledger) = running.left_alone().await;
    let record = ledger.request(&request_id(0)).unwrap().unwrap();
    assert_eq!(record.state, State::Accepted);
    assert_eq!(record.humanos_id, server.made()[0].id);
    assert_eq!(record.attempts.len(), 1, "it was looked up, not sent again");
    assert_eq!(server.posts(), 1);
    server.check(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_idempotency_nothing_is_sent_twice() {
    for fault in [
        Fault::CutAfter,
        Fault::CutBefore,
        Fault::MadeThenStatus(500),
        Fault::Garbled,
    ] {
        let server = Server::start(first(fault)).await;
        let house = House::with_batch(&server.base_url, 4, |n, request| {
            request.api_version = "2026-03-24".into();
            if n >= 2 {
                without_internal_id(n, request);
            }
        });
        let old = || client(&server.base_url, "2026-03-24", API_KEY, SECRET);
        for _ in 0..2 {
            let running = start(&house.path, &house.key, old(), TERMS);
            let (_, ledger) = running.left_alone().await;
            let found = if fault == Fault::CutBefore {
                State::Unknown
            } else {
                State::Accepted
            };
            let states = [0, 1, 2, 3].map(|n| state(&ledger, n));
            let expected = [found, found, State::Unknown, State::Unknown];
            assert_eq!(states, expected, "{fault:?}");
            assert_eq!(server.posts(), 4, "{fault:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_key_is_not_trusted() {
    let server = Server::start(first(Fault::CutBefore)).await;
    let house = House::with_batch(&server.base_url, 1, |_, _| {});
    let once = Terms {
        attempts: 1,
        ..TERMS
    };
    let (_, ledger) = start(&house.path, &house.key, ours(&server), once)
        .left_alone()
        .await;
    assert_eq!(state(&ledger, 0), State::Unknown);
    drop(ledger);
    let tomorrow = || now_ms() + TERMS.key_lifetime_ms + 1_000;
    let late = start_at(&house.path, &house.key, ours(&server), TERMS, tomorrow);
    let (_, ledger) = late.left_alone().await;
    assert_eq!(state(&ledger, 0), State::Unknown, "left for a decision");
    assert_eq!(server.posts(), 1);
    ledger
        .allow_again(BATCH, &[request_id(0)], now_ms())
        .unwrap();
    drop(ledger);
    let late = start_at(&house.path, &house.key, ours(&server), TERMS, tomorrow);
    let (_, ledger) = late.left_alone().await;
    assert_eq!(state(&ledger, 0), State::Accepted);
    server.check(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_grew_old_in_a_pause_is_not_trusted() {
    for looked_up in [true, false] {
        let server = Server::start(first(Fault::CutBefore)).await;
        let house = House::with_batch(&server.base_url, 1, |n, request| {
            if !looked_up {
                without_internal_id(n, request);
            }
        });
        let slow = Terms {
            base_ms: 600_000,
            cap_ms: 600_000,
            ..TERMS
        };
        let late_ms = Arc::new(AtomicI64::new(0));
        let clock = {
            let late_ms = Arc::clone(&late_ms);
            move || now_ms() + late_ms.load(Ordering::SeqCst)
        };
        let mut running = start_at(&house.path, &house.key, ours(&server), slow, clock);
        running.until(|s| s.counts.unknown.requests == 1).await;
        running.commands.send(Command::Pause).await.unwrap();
        running.until(|s| s.state == BatchState::Paused).await;
        late_ms.store(TERMS.key_lifetime_ms + 1_000, Ordering::SeqCst);
        running.commands.send(Command::Resume).await.unwrap();
        let (end, ledger) = running.left_alone().await;
        assert_eq!(end, BatchState::Finished);
        assert_eq!(state(&ledger, 0), State::Unknown, "left for a decision");
        assert_eq!(server.posts(), 1);
        assert_eq!(server.calls().len(), 1 + usize::from(looked_up));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_ends_what_is_under_way_and_a_resume_goes_on() {
    let server = Server::start(|_| Fault::Late(20)).await;
    let house = House::with_batch(&server.base_url, 120, |_, _| {});
    let mut running = start(&house.path, &house.key, ours(&server), TERMS);
    running.until(|s| s.state == BatchState::Running).await;
    tokio::time::sleep(Duration::from_millis(60)).await;
    running.commands.send(Command::Pause).await.unwrap();
    let paused = running.until(|s| s.state == BatchState::Paused).await;
    assert_eq!(paused.why, Some(Why::Officer));
    assert_eq!(paused.counts.sending.requests, 0);
    let posts = server.posts();
    assert!((1..120).contains(&posts), "{posts}");
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert_eq!(server.posts(), posts);

    let other = house.open();
    let some: Vec<_> = (100..110).map(request_id).collect();
    let cancelled = other
        .cancel_planned(BATCH, Which::Ids(&some), now_ms())
        .unwrap();
    assert_eq!(cancelled, 10);
    running.commands.send(Command::Resume).await.unwrap();
    let (end, ledger) = running.left_alone().await;
    assert_eq!(end, BatchState::Finished);
    server.check(110);
    let counts = ledger.batch(BATCH).unwrap().unwrap().counts;
    assert_eq!(
        (counts.accepted.requests, counts.cancelled.requests),
        (110, 10)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_leaves_the_rest_unsent() {
    let server = Server::start(|_| Fault::Late(20)).await;
    let house = House::with_batch(&server.base_url, 200, |_, _| {});
    let mut running = start(&house.path, &house.key, ours(&server), TERMS);
    running.until(|s| s.state == BatchState::Running).await;
    tokio::time::sleep(Duration::from_millis(60)).await;
    running.commands.send(Command::Stop).await.unwrap();
    let (end, ledger) = running.left_alone().await;
    assert_eq!(end, BatchState::Stopped);
    let counts = ledger.batch(BATCH).unwrap().unwrap().counts;
    assert_eq!(counts.sending.requests + counts.unknown.requests, 0);
    assert!(counts.planned.requests > 0);
    server.check(usize::try_from(counts.accepted.requests).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_left_is_gone_on_with_by_the_next() {
    let server = Server::start(|_| Fault::Late(20)).await;
    let house = House::with_batch(&server.base_url, 200, |_, _| {});
    let mut running = start(&house.path, &house.key, ours(&server), TERMS);
    running.until(|s| s.state == BatchState::Running).await;
    tokio::time::sleep(Duration::from_millis(60)).await;
    running.commands.send(Command::Leave).await.unwrap();
    // What comes too late does not hold it up.
    let _ = running.commands.send(Command::Resume).await;
    let (end, ledger) = running.left_alone().await;
    assert_eq!(end, BatchState::Running);
    let batch = ledger.batch(BATCH).unwrap().unwrap();
    assert_eq!(batch.state, BatchState::Running);
    assert!(batch.counts.planned.requests > 0);
    assert_eq!(batch.counts.sending.requests, 0, "nothing is cut off");
    drop(ledger);
    let running = start(&house.path, &house.key, ours(&server), TERMS);
    let (end, _) = running.left_alone().await;
    assert_eq!(end, BatchState::Finished);
    server.check(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_batch_that_is_left_stays_paused() {
    let server = Server::start(|_| Fault::Status(402)).await;
    let house = House::with_batch(&server.base_url, 3, |_, _| {});
    let mut running = start(&house.path, &house.key, ours(&server), TERMS);
    running.until(|s| s.state == BatchState::Paused).await;
    running.commands.send(Command::Leave).await.unwrap();
    let end = running.run.await.unwrap().unwrap();
    assert_eq!(end, BatchState::Paused);
    let batch = house.open().batch(BATCH).unwrap().unwrap();
    assert_eq!((batch.state, batch.why), (end, Why::Payment.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_back_is_read_once_more() {
    let server = Server::start(first_of("key-1", Fault::Status(501))).await;
    let house = House::with_batch(&server.base_url, 60, |n, request| {
        if n == 1 {
            without_internal_id(n, request);
        }
    });
    let slow = Gate::new(Rate {
        per_minute: 1_800,
        in_flight: 2,
    });
    let mut running = start_through(slow, &house.path, &house.key, ours(&server), TERMS, now_ms);
    // Left unknown: it is not tried again in this run by itself.
    running.until(|s| s.counts.unknown.requests == 1).await;
    running.commands.send(Command::LookAgain).await.unwrap();
    let (end, ledger) = running.left_alone().await;
    assert_eq!(end, BatchState::Finished);
    assert_eq!(state(&ledger, 1), State::Accepted);
    assert_eq!(attempts(&ledger, 1), 2);
    assert_eq!(server.posts(), 61, "no other was taken up again");
    server.check(60);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_requests_put_back_or_corrected_are_sent_in_the_same_run() {
    let mut refused = std::collections::BTreeSet::new();
    let server = Server::start(move |call| match call.key.as_str() {
        "key-1" | "key-2" if refused.insert(call.key.clone()) => Fault::Status(422),
        _ => Fault::None,
    })
    .await;
    let house = House::with_batch(&server.base_url, 60, |_, _| {});
    let slow = Gate::new(Rate {
        per_minute: 1_800,
        in_flight: 2,
    });
    let mut running = start_through(slow, &house.path, &house.key, ours(&server), TERMS, now_ms);
    running.until(|s| s.counts.refused.requests == 2).await;
    let officer = house.open();
    let back = [request_id(1)];
    let put_back = officer.put_back_refused(BATCH, Which::Ids(&back), now_ms());
    assert_eq!(put_back.unwrap(), 1);
    let corrected = request(&server.base_url, 200);
    let place = officer.replace_refused(&request_id(2), &corrected, now_ms());
    assert_eq!(place.unwrap(), 60);
    running.commands.send(Command::LookAgain).await.unwrap();
    let (end, ledger) = running.left_alone().await;
    assert_eq!(end, BatchState::Finished);
    let states = [1, 2, 200].map(|n| state(&ledger, n));
    assert_eq!(states, [State::Accepted, State::Cancelled, State::Accepted]);
    assert_eq!((attempts(&ledger, 1), attempts(&ledger, 200)), (2, 1));
    let first = ledger.request(&request_id(1)).unwrap().unwrap();
    let sent: Vec<_> = server
        .calls()
        .into_iter()
        .filter(|c| c.key == "key-1")
        .collect();
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|call| call.body == first.body));
    assert_eq!(server.posts(), 62, "no other was taken up again");
    server.check(60);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_ahead_and_held_back_did_not_leave() {
    let server = Server::start(|_| Fault::Late(200)).await;
    let house = House::with_batch(&server.base_url, 15, |_, _| {});
    let one = Gate::new(Rate {
        in_flight: 1,
        ..FAST
    });
    let mut running = start_through(one, &house.path, &house.key, ours(&server), AHEAD, now_ms);
    running.until(|s| s.counts.accepted.requests >= 1).await;
    running.commands.send(Command::Pause).await.unwrap();
    running.until(|s| s.state == BatchState::Paused).await;
    let officer = house.open();
    let counts = officer.batch(BATCH).unwrap().unwrap().counts;
    assert_eq!((counts.sending.requests, counts.unknown.requests), (0, 0));
    let ahead = counts.not_sent.requests;
    assert!((1..=8).contains(&ahead), "{ahead} were written ahead");
    let made = server.posts();
    assert_eq!(
        counts.accepted.requests, made as u64,
        "the others did not leave"
    );
    running.commands.send(Command::Resume).await.unwrap();
    let (end, ledger) = running.left_alone().await;
    assert_eq!(end, BatchState::Finished);
    assert_eq!(
        ledger
            .batch(BATCH)
            .unwrap()
            .unwrap()
            .counts
            .accepted
            .requests,
        15
    );
    server.check(15);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_pace_and_a_request_for_less_are_seen_at_once() {
    let server = Server::start(|_| Fault::Late(500)).await;
    let house = House::with_batch(&server.base_url, 14, |_, _| {});
    let gate = Gate::new(Rate {
        in_flight: 1,
        ..FAST
    });
    let began = Instant::now();
    let through = Arc::clone(&gate);
    let mut running = start_through(
        through,
        &house.path,
        &house.key,
        ours(&server),
        TERMS,
        now_ms,
    );
    let seen = running.until(|s| s.counts.sending.requests > 0).await;
    assert_eq!((seen.slowed, seen.counts.sending.requests), (None, 1));
    gate.set(FAST);
    assert_eq!(gate.rate(), FAST);
    let finished = running.until(|s| s.state == BatchState::Finished).await;
    assert!(began.elapsed() < Duration::from_secs(5), "not one by one");
    assert_eq!(finished.slowed, None);
    server.check(14);

    server.judge_by(first(Fault::RetryAfter(429, 0)));
    let house = House::with_batch(&server.base_url, 20, |n, request| {
        request.idempotency_key = format!("again-{n}");
    });
    let before = now_ms();
    let mut running = start(&house.path, &house.key, ours(&server), TERMS);
    let finished = running.until(|s| s.state == BatchState::Finished).await;
    let slowed = finished.slowed.unwrap();
    assert!((1..=20).contains(&slowed.times), "{slowed:?}");
    assert!((before..=now_ms()).contains(&slowed.at_ms));
    assert!(finished.allowed_per_minute < FAST.per_minute);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_or_no_server_pauses_before_anything_is_lost() {
    let server = Server::start(|_| Fault::None).await;
    let house = House::with_batch("http://127.0.0.1:9", 3, |_, _| {});
    let mut running = start(&house.path, &house.key, ours(&server), TERMS);
    let paused = running.until(|s| s.state == BatchState::Paused).await;
    assert_eq!(paused.why, Some(Why::OtherAddress));
    running.left_alone().await;
    assert_eq!(server.posts(), 0);

    let gone = client("http://127.0.0.1:9", "2026-05-20", API_KEY, SECRET);
    let mut running = start(&house.path, &house.key, gone, TERMS);
    let paused = running.until(|s| s.state == BatchState::Paused).await;
    assert!(matches!(paused.why, Some(Why::NoConnection { .. })));
    assert_eq!(paused.counts.unknown.requests, 0);
    let (_, ledger) = running.left_alone().await;
    let batch = ledger.batch(BATCH).unwrap().unwrap();
    assert!(batch.why.contains("no connection"), "{}", batch.why);
    assert_eq!(state(&ledger, 0), State::NotSent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_in_trouble_is_not_buried_under_retries() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let server = Server::start(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        Fault::Status(500)
    })
    .await;
    let house = House::with_batch(&server.base_url, 400, without_internal_id);
    let few = Terms {
        spare_retries: 10,
        retries_per_hundred: 10,
        ..TERMS
    };
    let mut running = start(&house.path, &house.key, ours(&server), few);
    let paused = running.until(|s| s.state == BatchState::Paused).await;
    assert_eq!(paused.why, Some(Why::RetriesUsedUp));
    assert!(calls.load(Ordering::SeqCst) < 60);
    running.left_alone().await;
}
