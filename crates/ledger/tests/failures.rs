//! Why requests of a batch came to nothing, gathered by what was said.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, no_answer, not_sent, planned, request};
use ledger::{
    FailedRequest, Finish, Ledger, LedgerError, NewRequest, Outcome, Start, State, Verdict, Which,
};

fn said(status: u16, message: &str) -> Outcome {
    Outcome::Refused {
        status,
        reply_body: String::new(),
        server_date: None,
        server_request_id: None,
        messages: vec![message.to_owned()],
    }
}

fn attempted(ledger: &Ledger, n: u32, outcome: Outcome, verdict: Verdict) {
    let request = request(n).id;
    let start = Start {
        request: request.clone(),
        timestamp_ms: NOW,
        at_ms: NOW,
    };
    let attempt = ledger.start_attempts(&[start]).unwrap().remove(0).unwrap();
    let finish = Finish {
        request,
        attempt,
        outcome,
        verdict,
        at_ms: NOW,
    };
    ledger
        .finish_attempts(&[finish])
        .unwrap()
        .remove(0)
        .unwrap();
}

/// State, status, what was said, requests, the first one's position.
type Told = (State, Option<u16>, String, u64, u64);

fn told(ledger: &Ledger) -> Vec<Told> {
    let groups = ledger.batch_failures("b").unwrap();
    let told = groups.into_iter().map(|g| {
        assert_eq!(g.people, g.requests * 2);
        (g.state, g.status, g.said, g.requests, g.first.position)
    });
    told.collect()
}

#[test]
fn requests_of_one_cause_are_one_group_in_the_words_of_the_first() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 12);
    for n in [3, 1, 2] {
        let message = format!("person{n}@example.com is blocked");
        attempted(&ledger, n, said(422, &message), Verdict::Final);
    }
    attempted(
        &ledger,
        4,
        said(400, "person4@example.com is blocked"),
        Verdict::Final,
    );
    attempted(&ledger, 5, accepted(5), Verdict::Final);
    attempted(&ledger, 6, said(503, "busy"), Verdict::Open);
    attempted(&ledger, 7, no_answer(), Verdict::Open);
    attempted(&ledger, 8, no_answer(), Verdict::Open);
    attempted(&ledger, 9, not_sent(), Verdict::Again);
    let text = |text: &str| text.to_owned();
    let expected = [
        (
            State::Refused,
            Some(422),
            text("person1@example.com is blocked"),
            3,
            1,
        ),
        (State::Unknown, None, text("timed out"), 2, 7),
        (
            State::Refused,
            Some(400),
            text("person4@example.com is blocked"),
            1,
            4,
        ),
        (State::Unknown, Some(503), text("busy"), 1, 6),
        (State::NotSent, None, text("no connection"), 1, 9),
    ];
    assert_eq!(told(&ledger), expected);
    let first = &ledger.batch_failures("b").unwrap()[0].first;
    let expected = FailedRequest {
        id: request(1).id,
        position: 1,
        people: 2,
    };
    assert_eq!(*first, expected);
    assert!(matches!(
        ledger.batch_failures("none"),
        Err(LedgerError::NoSuchBatch)
    ));
}

#[test]
fn a_group_follows_what_becomes_of_its_requests() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 5);
    for n in 0..4 {
        attempted(&ledger, n, said(422, "no"), Verdict::Final);
    }
    let ids = [request(0).id];
    ledger.put_back_refused("b", Which::Ids(&ids), NOW).unwrap();
    let new = NewRequest {
        name: "Right".into(),
        ..request(50)
    };
    ledger.replace_refused(&request(1).id, &new, NOW).unwrap();
    assert_eq!(
        told(&ledger),
        [(State::Refused, Some(422), "no".into(), 2, 2)]
    );
    attempted(&ledger, 0, said(404, "gone"), Verdict::Final);
    let states: Vec<_> = told(&ledger).into_iter().map(|t| (t.1, t.3)).collect();
    assert_eq!(states, [(Some(422), 2), (Some(404), 1)]);

    // What leaves a request open is told, not what came after it.
    ledger.put_back_refused("b", Which::All, NOW).unwrap();
    attempted(&ledger, 3, no_answer(), Verdict::Open);
    attempted(&ledger, 3, not_sent(), Verdict::Again);
    assert_eq!(
        told(&ledger),
        [(State::Unknown, None, "timed out".into(), 1, 3)]
    );
    ledger.start_attempt(&request(2).id, NOW, NOW).unwrap();
    ledger.recover(NOW).unwrap();
    let groups = told(&ledger);
    assert_eq!(groups.len(), 2);
    assert!(groups[0].2.contains("closed"), "{groups:?}");
}

#[test]
fn many_causes_are_told_in_at_most_fifty_groups() {
    let house = House::new();
    let ledger = house.create();
    planned(&ledger, 203);
    // A word of letters for each number, since digits count as equal.
    let word = |n: u32| {
        n.to_string()
            .bytes()
            .map(|b| char::from(b + 49))
            .collect::<String>()
    };
    for n in 0..200 {
        let message = word(n % 100);
        let verdict = if n % 2 == 0 {
            Verdict::Final
        } else {
            Verdict::Open
        };
        attempted(&ledger, n, said(418, &message), verdict);
    }
    for n in 200..203 {
        attempted(&ledger, n, said(422, "no"), Verdict::Final);
    }
    let groups = told(&ledger);
    assert_eq!(
        groups.len(),
        49,
        "47 causes, the rest refused, the rest unknown"
    );
    assert_eq!(groups[0].2, "no");
    assert_eq!(groups.iter().map(|g| g.3).sum::<u64>(), 203);
    let (refused, unknown) = (&groups[47], &groups[48]);
    assert_eq!((refused.0, unknown.0), (State::Refused, State::Unknown));
    for rest in [refused, unknown] {
        assert_eq!((rest.1, rest.2.as_str(), rest.3), (None, "", 54));
    }
}
