//! A killed app loses nothing that was written down before it sent.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{House, NOW, request};
use ledger::{AttemptResult, EventKind, Ledger, LedgerKey, State};

const PATH: &str = "LEDGER_CRASH_TEST_PATH";
const KEY: &str = "LEDGER_CRASH_TEST_KEY";

/// Not a test of its own: the part that is killed, run by the test below in a process of its own.
#[test]
fn child_that_is_killed() {
    let Some(path) = std::env::var_os(PATH) else {
        return;
    };
    let key = LedgerKey::from_recovery_text(&std::env::var(KEY).unwrap()).unwrap();
    let ledger = Ledger::open(&PathBuf::from(path), &key).unwrap();
    ledger.plan(&request(1)).unwrap();
    assert_eq!(
        ledger
            .start_attempt(&request(1).id, NOW + 10, NOW + 10)
            .unwrap(),
        1
    );
    ledger.plan(&request(2)).unwrap();
    println!("\nready");
    std::io::stdout().flush().unwrap();
    std::thread::sleep(Duration::from_secs(60));
    unreachable!("nobody killed this process");
}

#[test]
fn what_was_written_survives_a_kill() {
    let house = House::new();
    house.create();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child_that_is_killed", "--exact", "--nocapture"])
        .env(PATH, &house.path)
        .env(KEY, house.key.recovery_text().as_str())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.map_while(Result::ok).any(|line| line == "ready");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(ready, "the child never came as far as sending");

    let ledger = house.open();
    ledger.check_integrity().unwrap();
    let record = ledger.request(&request(1).id).unwrap().unwrap();
    assert_eq!(record.state, State::Sending);
    assert_eq!(record.body, request(1).body);
    assert_eq!(record.attempts[0].timestamp_ms, NOW + 10);

    assert_eq!(ledger.recover(NOW + 99).unwrap().unknown, 1);
    let record = ledger.request(&request(1).id).unwrap().unwrap();
    assert_eq!(record.state, State::Unknown);
    assert_eq!(record.attempts[0].result, AttemptResult::Unknown);
    assert_eq!(record.attempts[0].ended_at_ms, None);
    let last = record.events.last().unwrap();
    assert_eq!((last.kind, last.at_ms), (EventKind::Recovered, NOW + 99));
    let other = ledger.request(&request(2).id).unwrap().unwrap();
    assert_eq!(
        other.state,
        State::Planned,
        "what was never attempted needs no mending"
    );
    assert_eq!(ledger.recover(NOW + 100).unwrap().unknown, 0);
    assert_eq!(
        ledger
            .start_attempt(&request(1).id, NOW + 101, NOW + 101)
            .unwrap(),
        2
    );
}
