//! The check of the whole ledger, on the one thread it runs on: every event, the bodies and the answers.

use std::ops::ControlFlow;
use std::time::Instant;

use super::sent::Sent;
use crate::Outcome;
use crate::report::{Goal, Report, median};

const RUNS: usize = 5;
const GOAL: Goal = Goal::AtMost(1.0);

pub(super) fn measure(report: &mut Report, sent: &Sent) -> Outcome {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let ledger = sent.open()?;
        let start = Instant::now();
        let found = ledger.check_evidence(|_, _| ControlFlow::Continue(()))?;
        runs.push(start.elapsed());
        if !found.is_sound() || found.checked != sent.events {
            return Err(format!("the ledger does not hold: {:?}", found.damages.first()).into());
        }
    }
    let time = median(runs).as_secs_f64();
    let each = time * 1e6 / sent.events as f64;
    report.say(
        "check of the ledger",
        format!("{time:.3} s, {each:.2} µs an event"),
    );
    let hundred_thousand = each * 100_000.0 / 1e6;
    report.figure("seconds_to_check_100000_events", hundred_thousand, GOAL);
    Ok(())
}
