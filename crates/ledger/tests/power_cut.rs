//! The power fails while a step is written: what is found is the state before it or after it.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::{House, NOW, accepted, refused, request, sound};
use ledger::{
    AttemptResult, BatchState, Entry, Finish, Ledger, LedgerKey, NewBatch, Start, State, Verdict,
};

/// The log's own header, and that of each page in it.
const LOG_HEAD: usize = 32;
const FRAME: usize = 24 + 4096;

const MANY: u32 = 32;

fn start(n: u32) -> Entry {
    Entry::Start(Start {
        request: request(n).id,
        timestamp_ms: NOW,
        at_ms: NOW,
    })
}

fn finish(n: u32) -> Entry {
    let (outcome, verdict) = match n % 3 {
        0 => (accepted(n), Verdict::Final),
        1 => (refused(500), Verdict::Open),
        _ => (refused(429), Verdict::Again),
    };
    Entry::Finish(Finish {
        request: request(n).id,
        attempt: 1,
        outcome,
        verdict,
        at_ms: NOW,
    })
}

fn batch() -> NewBatch {
    NewBatch {
        id: "b".into(),
        connection_id: "connection-1".into(),
        connection_name: "Head office".into(),
        name: "Spring".into(),
        practice: false,
        per_minute: 60,
        in_flight: 16,
        at_ms: NOW,
    }
}

/// Opens copies of the ledger whose log is cut at every page of the last step, in the middle of
/// each, and with the rest of a page as the disk may leave it. `before` is the log's length before
/// that step. Gives how many copies showed the step.
fn cut_everywhere(house: &House, before: u64, look: impl Fn(&Ledger) -> bool) -> (u32, u32) {
    let file = fs::read(&house.path).unwrap();
    let log = fs::read(log_of(&house.path)).unwrap();
    let before = usize::try_from(before).unwrap();
    assert!(log.len() > before + FRAME, "the step is in the log");
    assert_eq!((log.len() - LOG_HEAD) % FRAME, 0);
    let (mut without, mut with) = (0, 0);
    let mut check = |log: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        fs::write(&path, &file).unwrap();
        fs::write(log_of(&path), log).unwrap();
        let ledger = reopened(&path, &house.key);
        ledger.check_integrity().unwrap();
        sound(&ledger);
        if look(&ledger) {
            with += 1;
        } else {
            without += 1;
        }
    };
    for end in (before..=log.len()).step_by(FRAME) {
        check(&log[..end]);
        if end < log.len() {
            check(&log[..end + FRAME / 2]);
            let mut torn = log[..end + FRAME].to_vec();
            torn[end + FRAME / 2..].fill(0);
            check(&torn);
        }
    }
    (without, with)
}

fn log_of(path: &Path) -> std::path::PathBuf {
    path.with_extension("db-wal")
}

fn log_len(house: &House) -> u64 {
    fs::metadata(log_of(&house.path)).unwrap().len()
}

fn reopened(path: &Path, key: &LedgerKey) -> Ledger {
    Ledger::open(path, key).unwrap()
}

/// Opened anew, so that the log begins with little in it.
fn fresh(house: &House) -> Ledger {
    let ledger = house.open();
    ledger.set_value("a", "b").unwrap();
    ledger
}

#[test]
fn ends_and_starts_written_together_are_there_together_or_not_at_all() {
    let house = House::new();
    let ledger = house.create();
    ledger
        .plan_batch(&batch(), (0..2 * MANY).map(request))
        .unwrap();
    drop(ledger);
    let ledger = fresh(&house);
    let starts: Vec<_> = (0..MANY).map(start).collect();
    ledger.write_attempts(&starts).unwrap();
    let before = log_len(&house);
    let step: Vec<_> = (0..MANY)
        .flat_map(|n| [finish(n), start(MANY + n)])
        .collect();
    assert!(
        ledger
            .write_attempts(&step)
            .unwrap()
            .iter()
            .all(Result::is_ok)
    );
    let (without, with) = cut_everywhere(&house, before, |ledger| {
        let counts = ledger.batch("b").unwrap().unwrap().counts;
        let done = counts.accepted.requests > 0;
        for n in 0..2 * MANY {
            let record = ledger.request(&request(n).id).unwrap().unwrap();
            let expected = match (done, n < MANY, n % 3) {
                (false, true, _) | (true, false, _) => State::Sending,
                (false, false, _) => State::Planned,
                (true, true, 0) => State::Accepted,
                (true, true, 1) => State::Unknown,
                (true, true, _) => State::NotSent,
            };
            assert_eq!(record.state, expected);
            let running = record.attempts.last().map(|a| a.result);
            assert_eq!(
                running == Some(AttemptResult::Running),
                expected == State::Sending
            );
            assert_eq!(record.attempts.is_empty(), expected == State::Planned);
            assert_eq!(record.subjects.is_empty(), expected != State::Accepted);
            assert_eq!(record.body, request(n).body);
        }
        done
    });
    assert!(without > 10, "{without} cuts before the end");
    assert_eq!(with, 1, "only the whole log shows the step");
}

#[test]
fn a_batch_whose_last_step_is_lost_is_not_there() {
    let house = House::new();
    drop(house.create());
    let ledger = fresh(&house);
    let before = log_len(&house);
    ledger.plan_batch(&batch(), (0..MANY).map(request)).unwrap();
    let (without, with) = cut_everywhere(&house, before, |ledger| {
        let seen = ledger.batch("b").unwrap();
        if let Some(batch) = &seen {
            assert_eq!(batch.state, BatchState::Paused);
            assert_eq!(batch.counts.planned.requests, u64::from(MANY));
        } else {
            assert_eq!(ledger.requests("", 0, 10).unwrap().total, 0);
        }
        ledger.recover(NOW).unwrap();
        let found = ledger.request(&request(3).id).unwrap();
        assert_eq!(found.is_some(), seen.is_some());
        ledger.check_integrity().unwrap();
        seen.is_some()
    });
    assert!(without > 10, "{without} cuts before the end");
    assert_eq!(with, 1, "only the whole log shows the batch");
}
