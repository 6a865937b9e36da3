//! Batches sent for real: to the practice server, with a ledger on the disk.

mod desk;

use contacts::Region;
use sandbox::{Calls, Fault, Faults};

use super::*;
use crate::practice::PRACTICE;
use crate::wire::BatchState;
use desk::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_sent_to_its_end_and_told() {
    let desk = Desk::open().await;
    let id = desk.plan(&people(40), &each("Client onboarding"));
    let before = desk.sending.view(&id).unwrap();
    assert_eq!((before.state, before.requests), (BatchState::Paused, 40));
    let begun = desk.sending.go_on(&id).unwrap();
    assert_eq!(begun.state, BatchState::Running);
    assert_eq!(desk.sending.close_asked().unwrap().people_left, 40);
    let view = desk.until(&id, BatchState::Finished).await;
    assert_eq!(view.counts.accepted.people, 40);
    assert!(view.ended_at_ms.is_some() && view.left_ms.is_none());
    assert_eq!(desk.asked().len(), 40);
    assert_eq!(
        desk.notices(),
        ["Client onboarding: 40 of 40 people asked."]
    );
    assert!(desk.sending.close_asked().is_none());
    let views = desk.office.views.lock().unwrap();
    assert_eq!(views.last().unwrap().state, BatchState::Finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_is_not_written_down_twice() {
    let desk = Desk::open().await;
    let prepared = desk.prepare(&people(3), &each(""));
    desk.write(&prepared).unwrap();
    let again = desk.prepare(&people(3), &each(""));
    let problem = desk.write(&again).unwrap_err();
    assert_eq!(
        problem.code,
        crate::error::ProblemCode::DuplicateIdempotencyKey
    );
    assert_eq!(desk.sending.views().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_down_can_be_ended_and_leaves_nothing() {
    let desk = Desk::open().await;
    let prepared = desk.prepare(&people(3), &each(""));
    let stopper = Stopper::default();
    let writing = Writing::new(&stopper, 3, |_| {});
    stopper.end();
    let problem = write_down(&desk.ledger, &prepared, quick(), &writing).unwrap_err();
    assert_eq!(problem.code, crate::error::ProblemCode::Cancelled);
    assert!(desk.sending.views().unwrap().is_empty());
    assert_eq!(desk.ledger.requests("", 0, 10).unwrap().total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_paused_gone_on_with_and_stopped() {
    let desk = Desk::open().await;
    desk.faults(slow());
    let id = desk.plan(&people(200), &each("Terms"));
    desk.sending.go_on(&id).unwrap();
    desk.more(0, 4).await;
    let turning = desk.sending.pause(&id).unwrap();
    assert_eq!(turning.turning, Some(Turning::Pausing));
    let paused = desk.until(&id, BatchState::Paused).await;
    assert_eq!(paused.why, "You paused it.");
    assert_eq!(paused.turning, None);
    assert_eq!(paused.counts.sending.requests, 0);
    assert!(paused.counts.planned.requests > 0);
    assert!(desk.notices().is_empty(), "the officer knows");

    let asked = desk.asked().len();
    desk.sending.go_on(&id).unwrap();
    desk.more(asked, 8).await;
    // Taken back before it is complete.
    desk.sending.pause(&id).unwrap();
    desk.sending.go_on(&id).unwrap();
    let asked = desk.asked().len();
    desk.more(asked, 24).await;

    desk.sending.stop(&id).unwrap();
    let stopped = desk.until(&id, BatchState::Stopped).await;
    assert!(stopped.counts.planned.requests > 0, "the rest stays unsent");
    assert_eq!(
        desk.asked().len() as u32,
        stopped.counts.accepted.requests,
        "nobody was asked twice"
    );
    let left = stopped.counts.planned.requests;
    assert_eq!(desk.sending.cancel(&id, None).unwrap(), u64::from(left));
    let view = desk.sending.view(&id).unwrap();
    assert_eq!(view.requests, 200 - left, "those taken back do not count");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_left_under_way_goes_on_at_the_next_start() {
    let mut desk = Desk::open().await;
    desk.faults(slow());
    let id = desk.plan(&people(100), &each(""));
    desk.sending.go_on(&id).unwrap();
    desk.more(0, 4).await;
    Arc::clone(&desk.sending).leave().await;
    assert!(desk.sending.close_asked().is_none(), "all came to its end");
    let refused = desk.sending.go_on(&id).unwrap();
    assert!(!desk.sending.runs().contains_key(&refused.id));

    let recovered = desk.ledger.recover(now_ms()).unwrap();
    assert_eq!(recovered.unknown, 0, "nothing was cut off");
    assert_eq!(recovered.running, std::slice::from_ref(&id));
    let next = start(&desk.ledger, &desk.office);
    next.go_on(&id).unwrap();
    desk.sending = next;
    desk.until(&id, BatchState::Finished).await;
    assert_eq!(desk.asked().len(), 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_keys_a_batch_stays_paused_and_says_why() {
    let desk = Desk::open().await;
    let id = desk.plan(&people(2), &each("Terms"));
    desk.office.no_keys.store(true, Ordering::Relaxed);
    desk.sending.go_on(&id).unwrap();
    let view = desk.until(&id, BatchState::Paused).await;
    assert_eq!(view.why, "The keyring is locked.");
    assert_eq!(desk.notices(), ["Terms is paused. The keyring is locked."]);
    desk.office.no_keys.store(false, Ordering::Relaxed);
    desk.sending.go_on(&id).unwrap();
    desk.until(&id, BatchState::Finished).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_contact_is_mended_and_only_its_request_sent_again() {
    let desk = Desk::open().await;
    let wrong = "p001@example.com";
    desk.faults(Faults::none().on(Calls::creates().asking(wrong), Fault::status(400)));
    let id = desk.plan(&people(3), &each("Terms"));
    desk.sending.go_on(&id).unwrap();
    let view = desk.until(&id, BatchState::Finished).await;
    assert_eq!(view.counts.refused.people, 1);
    assert_eq!(desk.notices(), ["Terms: 2 of 3 people asked. 1 needs you."]);
    let groups = desk.sending.failures(&id).unwrap();
    assert_eq!((groups.len(), groups[0].status), (1, Some(400)));
    assert_eq!(groups[0].first.number, 2);
    let refused = &groups[0].first.id;

    let region = Region::parse("PT").unwrap();
    let mend = |replacement| desk.sending.mend(refused, wrong, replacement, region);
    for (replacement, words) in [
        ("nobody", "."),
        ("a@b.co, c@d.co", "one"),
        ("P001@example.com", "already"),
    ] {
        let problem = mend(replacement).unwrap_err();
        assert_eq!(problem.field.as_deref(), Some("contact"));
        assert!(problem.message.contains(words), "{}", problem.message);
    }
    let mended = mend("912 345 678").unwrap();
    assert_eq!(mended.contact, "+351912345678");
    assert_eq!(mended.number, 4);
    let view = desk
        .see(&id, |view, runs| view.counts.accepted.people == 3 && !runs)
        .await;
    assert_eq!((view.requests, view.people), (3, 3));
    assert!(desk.asked().contains(&"+351912345678".to_owned()));
    let old = desk.ledger.request(refused).unwrap().unwrap();
    assert_eq!(old.state, ledger::State::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_requests_are_put_back_and_sent_under_their_old_key() {
    let desk = Desk::open().await;
    desk.faults(Faults::none().on(Calls::creates().times(2), Fault::status(403)));
    let id = desk.plan(&people(5), &each(""));
    desk.sending.go_on(&id).unwrap();
    let view = desk.until(&id, BatchState::Finished).await;
    assert_eq!(view.counts.refused.requests, 2);
    assert_eq!(desk.sending.resend_refused(&id, None).unwrap(), 2);
    desk.see(&id, |view, runs| view.counts.accepted.people == 5 && !runs)
        .await;
    let books = desk.office.practice.server().books();
    let mut keys: Vec<String> = books.into_iter().filter_map(|b| b.key).collect();
    keys.sort();
    assert_eq!(keys, ["key-1", "key-2", "key-3", "key-4", "key-5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn putting_back_does_not_send_what_was_stopped() {
    let desk = Desk::open().await;
    desk.faults(slow().on(Calls::creates().times(1), Fault::status(403)));
    let id = desk.plan(&people(200), &each(""));
    desk.sending.go_on(&id).unwrap();
    desk.more(0, 8).await;
    desk.sending.stop(&id).unwrap();
    desk.until(&id, BatchState::Stopped).await;
    assert_eq!(desk.sending.resend_refused(&id, None).unwrap(), 1);
    let view = desk.sending.view(&id).unwrap();
    assert_eq!(view.state, BatchState::Paused, "the officer says when");
    assert!(view.why.contains("not sent yet"), "{}", view.why);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_without_a_connection_goes_on_by_itself() {
    let desk = Desk::open().await;
    let id = desk.plan(&people(3), &each("Terms"));
    desk.office.unplugged.store(true, Ordering::Relaxed);
    desk.sending.go_on(&id).unwrap();
    let view = desk.see(&id, |view, _| view.resumes_at_ms.is_some()).await;
    assert_eq!(view.state, BatchState::Paused);
    let wait_ms = view.resumes_at_ms.unwrap() - now_ms();
    assert!((20_000..=30_000).contains(&wait_ms), "{wait_ms}");
    assert!(view.why.contains("no connection"), "{}", view.why);
    assert_eq!(desk.notices().len(), 1);
    assert!(desk.sending.close_asked().is_some(), "it would go on");

    // The officer need not wait; and pausing ends the waiting.
    desk.office.unplugged.store(false, Ordering::Relaxed);
    desk.sending.pause(&id).unwrap();
    let by_officer = |why: &str| why == "You paused it.";
    let view = desk.see(&id, |view, _| by_officer(&view.why)).await;
    assert_eq!((view.state, view.resumes_at_ms), (BatchState::Paused, None));
    desk.sending.go_on(&id).unwrap();
    desk.until(&id, BatchState::Finished).await;
    assert_eq!(desk.asked().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_connection_goes_on_at_the_next_start() {
    let desk = Desk::open().await;
    let id = desk.plan(&people(3), &each(""));
    desk.office.unplugged.store(true, Ordering::Relaxed);
    desk.sending.go_on(&id).unwrap();
    desk.see(&id, |view, _| view.resumes_at_ms.is_some()).await;
    Arc::clone(&desk.sending).leave().await;
    let recovered = desk.ledger.recover(now_ms()).unwrap();
    assert_eq!(recovered.running, std::slice::from_ref(&id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_planned_for_the_practice_server_goes_to_the_next_one() {
    let mut desk = Desk::open().await;
    let id = desk.plan(&people(3), &each(""));
    let office = Office::open().await;
    desk.sending = start(&desk.ledger, &office);
    desk.office = office;
    desk.sending.go_on(&id).unwrap();
    desk.until(&id, BatchState::Finished).await;
    assert_eq!(desk.asked().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_pace_holds_at_once() {
    let desk = Desk::open().await;
    desk.sending.set_pace(PRACTICE, quick());
    let crawl = Pace {
        per_minute: 1,
        in_flight: 1,
    };
    pace::save(&desk.ledger, PRACTICE, crawl).unwrap();
    let id = desk.plan(&people(3), &each(""));
    desk.sending.go_on(&id).unwrap();
    desk.more(0, 1).await;
    assert_eq!(desk.sending.view(&id).unwrap().pace, crawl);
    desk.sending.set_pace(PRACTICE, quick());
    assert_eq!(desk.sending.view(&id).unwrap().pace, quick());
    desk.until(&id, BatchState::Finished).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_request_is_sent_again_when_the_officer_says_so() {
    let desk = Desk::open().await;
    let anas = Calls::creates().asking("ana@example.com");
    desk.faults(Faults::none().on(anas.times(5), Fault::status(500)));
    let id = desk.plan("ana@example.com, rui@example.com", &each(""));
    desk.sending.go_on(&id).unwrap();
    desk.until(&id, BatchState::Finished).await;
    let page = desk
        .ledger
        .batch_requests(&id, Some(ledger::State::Unknown), "", 0, 10);
    let ids: Vec<String> = page.unwrap().rows.into_iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), 1, "tried so often that it is left open");
    let allowed = desk.sending.resend_unknown(&id, &ids).unwrap();
    assert_eq!(allowed, ids.len() as u64);
    desk.see(&id, |view, runs| view.counts.accepted.people == 2 && !runs)
        .await;
    assert_eq!(desk.asked(), ["ana@example.com", "rui@example.com"]);
}
