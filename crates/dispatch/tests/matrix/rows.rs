//! The table.

mod answers;
mod statuses;
mod training;
mod way;

use std::time::Duration;

use sandbox::{Calls, Fault, Faults};

use crate::row::{Row, Strike};

const LOST: &str = "the connection broke before the reply was whole";
const FOUND: &str = "no answer came; Humanos was asked later and had the request";
const TOLD: &str = "The practice server was told to fail";
const KEY: &str = "Humanos does not accept the API key, the signature or the time. The clock is right. Check the connection's key and secret, then resume.";
const PLAN: &str = "Humanos says that the organisation's plan does not cover these requests. Settle that with Humanos, then resume.";
const LEFT: &str = "finished: 2 accepted, 1 unknown";
const FIRST_ONLY: &str = "paused: 1 accepted, 1 not sent, 1 planned";
const FIRST_AND_DOUBT: &str = "paused: 1 accepted, 1 unknown, 1 planned";

pub(crate) fn all() -> Vec<Row> {
    [
        way::latency(),
        way::broken(),
        statuses::too_many(),
        statuses::server_errors(),
        answers::answers(),
        statuses::redirects(),
        way::security(),
        statuses::clocks(),
        statuses::refusals(),
        training::training(),
    ]
    .concat()
}

/// The first attempt for the struck person.
fn first() -> Calls {
    always().times(1)
}

/// Every attempt for the struck person; questions about the request are answered.
fn always() -> Calls {
    Calls::creates().asking("person1@example.com")
}

fn on(part: &'static str, fault: &'static str, calls: Calls, what: Fault) -> Row {
    let faults = Faults::none().on(calls, what);
    Row::new(part, fault, Strike::Server(faults))
}

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A row whose second attempt succeeds.
fn again(row: Row, first: &str) -> Row {
    row.request(&format!("accepted: {first}, then accepted 201"))
}
