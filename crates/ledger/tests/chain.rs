//! The chain of events: one whoever writes, whole after a crash, the same for old ledgers.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{House, NOW, accepted, hex, no_answer, not_sent, refused, request, sound};
use ledger::{
    Entry, Event, EventKind, Finish, Ledger, LedgerError, LedgerKey, Start, Verdict, leaf_hash,
};

const PATH: &str = "LEDGER_CHAIN_TEST_PATH";
const KEY: &str = "LEDGER_CHAIN_TEST_KEY";

/// Every event of the requests named, in order, each fitting its hash, chained to the leaves.
fn events(ledger: &Ledger, requests: impl IntoIterator<Item = u32>) -> Vec<Event> {
    let leaves = ledger.leaves().unwrap();
    assert_eq!(ledger.head_size().unwrap(), leaves.len() as u64);
    let mut all: Vec<Event> = requests
        .into_iter()
        .flat_map(|n| ledger.events(&request(n).id).unwrap())
        .collect();
    all.sort_by_key(|event| event.sequence);
    for event in &all {
        let at = usize::try_from(event.sequence).unwrap() - 1;
        assert_eq!(event.hash, leaf_hash(event.leaf().as_bytes()), "{event:?}");
        assert_eq!(event.hash, leaves[at]);
        let before = at.checked_sub(1).map_or([0; 32], |before| leaves[before]);
        assert_eq!(event.previous, before);
    }
    all
}

fn whole(ledger: &Ledger, requests: impl IntoIterator<Item = u32>) -> Vec<Event> {
    let all = events(ledger, requests);
    assert_eq!(all.len() as u64, ledger.head_size().unwrap());
    sound(ledger);
    all
}

#[test]
fn an_event_has_these_bytes() {
    let house = House::new();
    let ledger = house.create();
    assert_eq!(ledger.head_size().unwrap(), 0);
    assert!(ledger.leaves().unwrap().is_empty());
    ledger.plan(&request(1)).unwrap();
    ledger.start_attempt(&request(1).id, NOW, NOW + 5).unwrap();
    let [first, second] = &whole(&ledger, [1])[..] else {
        unreachable!("two events were added")
    };
    let nothing = "0".repeat(64);
    assert_eq!(
        first.leaf(),
        format!(
            r#"{{"at":1767225600001,"detail":{{"apiVersion":"2026-05-20","bodySha256":"{}","idempotencyKey":"idempotency-1","people":2,"practice":false,"url":"https://api.humanos.id/request"}},"kind":"planned","previous":"{nothing}","request":"00000000-0000-4000-8000-000000000001","sequence":1}}"#,
            request(1).body_sha256
        )
    );
    assert_eq!(
        second.leaf(),
        format!(
            r#"{{"at":1767225600005,"detail":{{"attempt":1,"timestamp":1767225600000}},"kind":"attempt-started","previous":"{}","request":"00000000-0000-4000-8000-000000000001","sequence":2}}"#,
            hex(&first.hash)
        )
    );
    assert_eq!(
        ledger.request(&request(1).id).unwrap().unwrap().events,
        [first.clone(), second.clone()]
    );
}

#[test]
fn every_way_of_writing_chains() {
    let house = House::new();
    let ledger = house.create();
    common::planned(&ledger, 1_100);
    for n in 2_000..2_006 {
        ledger.plan(&request(n)).unwrap();
    }
    let ends = [
        accepted(2_000),
        refused(422),
        refused(500),
        no_answer(),
        not_sent(),
    ];
    for (n, end) in (2_000..).zip(ends) {
        let id = request(n).id;
        ledger.start_attempt(&id, NOW, NOW).unwrap();
        ledger
            .finish_attempt(&id, 1, &end, Verdict::Final, NOW)
            .unwrap();
    }
    ledger.start_attempt(&request(2_005).id, NOW, NOW).unwrap();
    ledger.recover(NOW).unwrap();
    // An entry that is refused in the middle of a step takes no number.
    let start = |n| {
        Entry::Start(Start {
            request: request(n).id,
            timestamp_ms: NOW,
            at_ms: NOW,
        })
    };
    let end = Entry::Finish(Finish {
        request: request(0).id,
        attempt: 1,
        outcome: refused(422),
        verdict: Verdict::Final,
        at_ms: NOW,
    });
    let answers = ledger
        .write_attempts(&[start(0), start(0), start(9_999), end, start(1)])
        .unwrap();
    let went: Vec<_> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(went, [true, false, false, true, true]);
    ledger
        .put_back_refused("b", ledger::Which::All, NOW)
        .unwrap();
    let some = [request(2).id, request(3).id];
    ledger
        .cancel_planned("b", ledger::Which::Ids(&some), NOW)
        .unwrap();
    ledger
        .record_event(
            Some(&request(5).id),
            EventKind::StatusSeen,
            r#"{ "b": 1, "a": ["é"] }"#,
            NOW,
        )
        .unwrap();
    let all = whole(&ledger, (0..1_100).chain(2_000..2_006));
    assert_eq!(all.last().unwrap().detail_json, r#"{"a":["é"],"b":1}"#);
}

#[test]
fn what_has_no_sure_spelling_is_not_written_down() {
    let house = House::new();
    let ledger = house.create();
    for detail in ["[]", "{", r#"{"a":1.5}"#, r#"{"a":1,"a":2}"#, r#"{"ä":1}"#] {
        let error = ledger.record_event(None, EventKind::Strayed, detail, NOW);
        assert!(matches!(error, Err(LedgerError::Detail(_))), "{detail}");
    }
    let far = ledger.record_event(None, EventKind::Strayed, "{}", i64::MAX);
    assert!(matches!(far, Err(LedgerError::Moment)));
    ledger.plan(&request(1)).unwrap();
    let far = ledger.start_attempt(&request(1).id, i64::MIN, NOW);
    assert!(matches!(far, Err(LedgerError::Moment)));
    whole(&ledger, [1]);
}

#[test]
fn two_handles_write_one_chain() {
    let house = House::new();
    let first = house.create();
    let second = first.another().unwrap();
    for n in (0..40).step_by(4) {
        first.plan(&request(n)).unwrap();
        second.plan(&request(n + 1)).unwrap();
        second.plan(&request(n + 2)).unwrap();
        // One that comes to nothing leaves the next as if it had not been.
        assert!(first.plan(&request(n + 1)).is_err());
        let half = [request(n + 3), request(n)].into_iter();
        assert!(first.plan_batch(&common::batch("half"), half).is_err());
        first.start_attempt(&request(n + 2).id, NOW, NOW).unwrap();
    }
    let planned = (0..40).filter(|n| n % 4 != 3);
    assert_eq!(whole(&first, planned).len(), 40);
}

/// Not a test of its own: a process that writes beside the test below.
#[test]
fn child_that_writes_along() {
    let Some(path) = std::env::var_os(PATH) else {
        return;
    };
    let key = LedgerKey::from_recovery_text(&std::env::var(KEY).unwrap()).unwrap();
    let ledger = Ledger::open(&PathBuf::from(path), &key).unwrap();
    for n in 1_000..1_020 {
        std::io::stdin().read_line(&mut String::new()).unwrap();
        ledger.plan(&request(n)).unwrap();
        println!("\nwritten");
        std::io::stdout().flush().unwrap();
    }
    // Killed while it writes, which it does not do so fast that the other has no turn.
    for n in 2_000.. {
        ledger.plan(&request(n)).unwrap();
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn two_processes_write_one_chain_and_a_kill_does_not_break_it() {
    let house = House::new();
    let ledger = house.create();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child_that_writes_along", "--exact", "--nocapture"])
        .env(PATH, &house.path)
        .env(KEY, house.key.recovery_text().as_str())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut turn = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for own in 0..20 {
        ledger.plan(&request(own)).unwrap();
        turn.write_all(b"\n").unwrap();
        let mut lines = lines.by_ref().map_while(Result::ok);
        assert!(lines.any(|line| line == "written"));
    }
    let mut own = 20;
    while ledger.request(&request(2_010).id).unwrap().is_none() {
        ledger.plan(&request(own)).unwrap();
        own += 1;
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    ledger.plan(&request(own)).unwrap();
    let planned: Vec<u32> = (0..=own)
        .chain(1_000..1_020)
        .chain((2_000..).take_while(|n| ledger.request(&request(*n).id).unwrap().is_some()))
        .collect();
    let all = whole(&ledger, planned);
    let theirs = |event: &Event| event.request_id.as_deref() >= Some(request(1_000).id.as_str());
    let turns = all.windows(2).filter(|w| theirs(&w[0]) != theirs(&w[1]));
    assert!(turns.count() >= 39);
    ledger.check_integrity().unwrap();
}
