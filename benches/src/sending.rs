//! Sending to many: 5,000 requests of one contact each over loopback, 16 under way at once.
//!
//! Us, with a ledger that has every attempt on the disk before it leaves and every answer before
//! anything follows from it. Against the floor, a bare `reqwest` loop that sends the same bytes, signed
//! in the same way, and writes nothing down. Against the official Python SDK with as many threads.
//!
//! Each contestant and each server is a process of its own, so that processor time can be told. The
//! practice server does a server's work, but refuses the SDK, which signs other bytes than it sends. So
//! all three also call a responder that gives a fixed answer and does nothing else; there the bare loop
//! shows what the smallest of clients costs, and no writing down is hidden behind a server's work.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Outcome;
use crate::report::{Goal, Report, median};

mod bare;
mod disk;
mod ours;
mod processor;
mod requests;
mod server;

use server::Callee;

pub(crate) use requests::contact;
pub(crate) use server::{practice, responder};
pub(crate) use {bare::run as bare, ours::request as planned, ours::run as ours};

/// The words that make this program one of the contestants, or the server they call.
pub(crate) const OURS: &str = "dispatch-ours";
pub(crate) const BARE: &str = "dispatch-bare";
pub(crate) const RESPONDER: &str = "dispatch-responder";
pub(crate) const PRACTICE: &str = "dispatch-practice";

const REQUESTS: u32 = 5_000;
const IN_FLIGHT: u32 = 16;
/// Runs of each contestant, taking turns; the median counts.
const RUNS: usize = 3;

const OURS_SAID: &str = "  ours, all of it on the disk";
const BARE_SAID: &str = "  bare loop, nothing written";
const TO_BARE: (&str, Goal) = ("dispatch_to_bare_loop", Goal::AtLeast(0.6));
const TO_SDK: (&str, Goal) = ("dispatch_to_python_sdk", Goal::AtLeast(4.0));

/// What a contestant needed for all requests.
#[derive(Clone, Copy)]
struct Spent {
    time: Duration,
    /// Of all processors, in the contestant's own process; none where nobody tells it.
    processor: Option<Duration>,
}

/// Runs the bench; says whether all goals hold. Ledgers are made in `folder`, whose disk counts;
/// `python` is an interpreter that has the SDK.
pub(crate) fn run(folder: &str, python: &str) -> Outcome<bool> {
    let mut report = Report::new("dispatch");
    std::fs::create_dir_all(folder)?;
    report.say(
        "requests",
        format!("{REQUESTS}, {IN_FLIGHT} under way at once, median of {RUNS} runs"),
    );
    let step = disk::step(Path::new(folder))?.as_secs_f64() * 1e3;
    report.say("a step onto the disk", format!("{step:.2} ms"));
    let processors = std::thread::available_parallelism()?;
    report.say("processors", processors.to_string());

    let ours = |url: &str| this(&[OURS, url, folder]);
    let bare = |url: &str| this(&[BARE, url]);
    let (mut practised, mut practised_bare) = (Vec::new(), Vec::new());
    let (mut quick, mut quick_bare) = (Vec::new(), Vec::new());
    let mut sdk: Outcome<Vec<_>> = Ok(Vec::new());
    for _ in 0..RUNS {
        practised.push(contest(PRACTICE, ours)?);
        practised_bare.push(contest(PRACTICE, bare)?);
        quick.push(contest(RESPONDER, ours)?);
        quick_bare.push(contest(RESPONDER, bare)?);
        // Without the SDK the rest is still worth measuring.
        sdk = sdk.and_then(|mut runs| {
            runs.push(contest(RESPONDER, |url| Ok(python_sdk(python, url)))?);
            Ok(runs)
        });
    }

    report.say("on the practice server", "");
    let ours = told(&mut report, OURS_SAID, &practised);
    let bare = told(&mut report, BARE_SAID, &practised_bare);
    let (name, goal) = TO_BARE;
    report.figure(name, ours / bare, goal);
    report.say("on a responder that does nothing", "");
    let ours = told(&mut report, OURS_SAID, &quick);
    let bare = told(&mut report, BARE_SAID, &quick_bare);
    report.say("  ours to bare loop", format!("{:.2}", ours / bare));
    let (name, goal) = TO_SDK;
    match sdk {
        Ok(runs) => {
            let sdk = told(&mut report, "  Python SDK, nothing written", &runs);
            report.figure(name, ours / sdk, goal);
        }
        Err(why) => report.missing(name, goal, format!("not measured: {why}")),
    }
    Ok(report.print())
}

/// Has a contestant send everything to a fresh server, and makes sure that it did.
fn contest(server: &str, contestant: impl Fn(&str) -> Outcome<Command>) -> Outcome<Spent> {
    let mut server = Callee::start(server)?;
    let mut command = contestant(&server.url)?;
    let output = command.output().map_err(|why| {
        format!(
            "{} cannot be started: {why}",
            command.get_program().display()
        )
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(said.lines().last().unwrap_or_default().to_owned().into());
    }
    let made = server.made()?;
    if made != REQUESTS as usize {
        return Err(format!("{made} of {REQUESTS} requests were made").into());
    }
    Spent::from_json(&output.stdout)
}

fn this(words: &[&str]) -> Outcome<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(words);
    Ok(command)
}

fn python_sdk(python: &str, url: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("python/send.py"));
    command.arg(url);
    command.args([REQUESTS, IN_FLIGHT].map(|n| n.to_string()));
    command
}

/// Puts a line about a contestant into the report and gives its requests a second.
fn told(report: &mut Report, who: &str, runs: &[Spent]) -> f64 {
    let time = median(runs.iter().map(|run| run.time).collect());
    let per_second = f64::from(REQUESTS) / time.as_secs_f64();
    let processor: Option<Vec<_>> = runs.iter().map(|run| run.processor).collect();
    let each = processor.map_or_else(
        || "not told here".to_owned(),
        |runs| {
            let each = median(runs).as_secs_f64() / f64::from(REQUESTS);
            format!("{:.0} µs", each * 1e6)
        },
    );
    report.say(
        who,
        format!("{per_second:.0} requests/s, processor time a request: {each}"),
    );
    per_second
}

impl Spent {
    fn since(start: Instant, processor: Option<Duration>) -> Self {
        let time = start.elapsed();
        let now = processor::spent();
        Self {
            time,
            processor: now.zip(processor).map(|(now, then)| now - then),
        }
    }

    fn to_json(self) -> Value {
        json!({
            "seconds": self.time.as_secs_f64(),
            "processor": self.processor.map(|time| time.as_secs_f64()),
        })
    }

    fn from_json(text: &[u8]) -> Outcome<Self> {
        let value: Value = serde_json::from_slice(text)?;
        let seconds = |name: &str| value[name].as_f64().map(Duration::try_from_secs_f64);
        Ok(Self {
            time: seconds("seconds").ok_or("a contestant told no time")??,
            processor: seconds("processor").transpose()?,
        })
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
