//! Requests that came to no good end, taken up once more by the officer.
#![allow(clippy::unwrap_used)]

mod common;

use common::{House, NOW, accepted, request};
use ledger::{EventKind, Ledger, LedgerError, NewBatch, Outcome};

fn planned(ledger: &Ledger, n: u32) {
    let batch = NewBatch {
        id: "b".into(),
        connection_id: "connection-1".into(),
        connection_name: "Head office".into(),
        name: "Spring".into(),
        practice: false,
        per_minute: 60,
        in_flight: 4,
        at_ms: NOW,
    };
    ledger.plan_batch(&batch, (0..n).map(request)).unwrap();
}

fn attempted(ledger: &Ledger, n: u32, outcome: &Outcome) {
    let id = request(n).id;
    let attempt = ledger.start_attempt(&id, NOW, NOW).unwrap();
    ledger.finish_attempt(&id, attempt, outcome, NOW).unwrap();
}

fn no_answer() -> Outcome {
    Outcome::Unknown {
        reason: "timed out".into(),
    }
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
