//! Killed at any moment and started again, a batch asks everybody exactly once.
//!
//! `DISPATCH_KILL_RUNS` sets the number of runs (25), `DISPATCH_KILL_SEED` where the numbers begin.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use common::{
    AHEAD, API_KEY, BATCH, Call, Dice, Fault, House, SECRET, Server, TERMS, client, now_ms,
    request_id, start,
};
use dispatch::{Chance, Terms};
use ledger::{Ledger, LedgerKey, State};

const PATH: &str = "DISPATCH_KILL_PATH";
const KEY: &str = "DISPATCH_KILL_KEY";
const URL: &str = "DISPATCH_KILL_URL";
const WRITE_AHEAD: &str = "DISPATCH_KILL_AHEAD";
const REQUESTS: u32 = 200;
/// Starts after which a run is given up.
const MOST_STARTS: u32 = 40;

/// Not a test of its own: the part that is killed, in a process of its own.
#[test]
fn child_that_is_killed() {
    let Some(path) = std::env::var_os(PATH).map(PathBuf::from) else {
        return;
    };
    let key = LedgerKey::from_recovery_text(&std::env::var(KEY).unwrap()).unwrap();
    Ledger::open(&path, &key)
        .unwrap()
        .recover(now_ms())
        .unwrap();
    let client = client(&std::env::var(URL).unwrap(), "2026-05-20", API_KEY, SECRET);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let ahead = std::env::var_os(WRITE_AHEAD).is_some();
    let terms = if ahead { AHEAD } else { TERMS };
    runtime.block_on(start_and_wait(path, key, client, terms));
}

async fn start_and_wait(path: PathBuf, key: LedgerKey, client: humanos::Client, terms: Terms) {
    start(&path, &key, client, terms).left_alone().await;
}

#[test]
fn a_batch_killed_at_random_moments_asks_everybody_once() {
    let number =
        |name: &str, usual: u64| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let (runs, seed) = (
        number("DISPATCH_KILL_RUNS", 25),
        number("DISPATCH_KILL_SEED", 1),
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let began = Instant::now();
    let (mut kills, mut starts, mut unanswered) = (0, 0, 0);
    for run in seed..seed + runs {
        let tally = runtime.block_on(one_run(run));
        kills += tally.kills;
        starts += tally.starts;
        unanswered += tally.unanswered;
    }
    println!(
        "{runs} runs, {kills} kills, {starts} starts, {unanswered} attempts cut off, {:.1?}",
        began.elapsed()
    );
    assert!(kills > 0, "nothing was ever killed");
    assert!(
        runs < 10 || unanswered > 0,
        "no kill met a request under way"
    );
}

#[derive(Default)]
struct Tally {
    kills: u32,
    starts: u32,
    unanswered: u32,
}

async fn one_run(seed: u64) -> Tally {
    let mut faults = Dice(seed.wrapping_mul(1_000_003));
    let server = Server::start(move |call| fault(&mut faults, call)).await;
    let house = House::with_batch(&server.base_url, REQUESTS, |n, request| {
        // Every third cannot be looked up.
        if n % 3 == 0 {
            common::without_internal_id(n, request);
        }
    });
    let mut dice = Dice(seed);
    let mut tally = Tally::default();
    let mut to_kill = 1 + dice.below(4);
    loop {
        tally.starts += 1;
        assert!(
            tally.starts < MOST_STARTS,
            "run {seed} does not come to an end"
        );
        // Every other batch has its starts written down ahead.
        let mut child = spawn(&house, &server.base_url, seed.is_multiple_of(2));
        if to_kill > 0 {
            to_kill -= 1;
            let moment = Duration::from_millis(dice.below(450));
            if ended_within(&mut child, moment).await {
                continue;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            tally.kills += 1;
            let ledger = house.open();
            let sending = ledger.batch(BATCH).unwrap().unwrap().counts.sending;
            tally.unanswered += u32::try_from(sending.requests).unwrap();
            continue;
        }
        assert!(
            ended_within(&mut child, Duration::from_secs(60)).await,
            "run {seed} hangs"
        );
        let counts = house.open().batch(BATCH).unwrap().unwrap().counts;
        if counts.accepted.requests == u64::from(REQUESTS) {
            break;
        }
        // Paused or left unknown among so many faults; it is taken up again.
        assert_eq!(counts.refused.requests, 0, "run {seed}");
    }
    agree(&house, &server, seed);
    tally
}

fn agree(house: &House, server: &Server, seed: u64) {
    server.check(REQUESTS as usize);
    let ledger = house.open();
    ledger.check_integrity().unwrap();
    let made = server.made();
    let calls = server.calls();
    assert_eq!(made.len(), REQUESTS as usize, "run {seed}");
    for n in 0..REQUESTS {
        let record = ledger.request(&request_id(n)).unwrap().unwrap();
        assert_eq!(record.state, State::Accepted, "run {seed}");
        let there: Vec<_> = made
            .iter()
            .filter(|made| made.key == record.idempotency_key)
            .collect();
        assert_eq!(there.len(), 1, "run {seed}");
        assert_eq!(there[0].id, record.humanos_id, "run {seed}");
        // Every call was written down before it was made, with what it was signed with.
        let written: Vec<i64> = record.attempts.iter().map(|a| a.timestamp_ms).collect();
        for call in calls.iter().filter(|c| c.key == record.idempotency_key) {
            assert_eq!(call.body, record.body, "run {seed}");
            assert!(written.contains(&call.timestamp), "run {seed}");
        }
    }
}

/// One in eight calls goes wrong in some way.
fn fault(dice: &mut Dice, call: &Call) -> Fault {
    if call.method == "GET" && dice.below(8) != 0 {
        return Fault::None;
    }
    match dice.below(80) {
        0 => Fault::Status(500),
        1 => Fault::Status(429),
        2 => Fault::Status(503),
        3 => Fault::MadeThenStatus(500),
        4 => Fault::MadeThenStatus(502),
        5 => Fault::CutBefore,
        6 => Fault::CutAfter,
        7 => Fault::CutInside,
        8 => Fault::Garbled,
        9 => Fault::Late(60),
        _ => Fault::Late(dice.below(12)),
    }
}

fn spawn(house: &House, url: &str, ahead: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    if ahead {
        command.env(WRITE_AHEAD, "1");
    }
    command
        .args(["child_that_is_killed", "--exact", "--nocapture"])
        .env(PATH, &house.path)
        .env(KEY, house.key.recovery_text().as_str())
        .env(URL, url)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

/// Whether the child came to a good end by then.
async fn ended_within(child: &mut Child, limit: Duration) -> bool {
    let until = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "the run failed");
            return true;
        }
        if Instant::now() >= until {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
}
