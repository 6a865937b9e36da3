//! Opening a message of an embedded session: JSON to plain text.
//!
//! Against Node's WebCrypto doing the same steps, and against the floor, which is the bare exchange of
//! keys by the `p256` crate that we use. OpenSSL's exchange, in hand-written assembly, is the limit.

use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use humanos::envelope::{PrivateKey, Profiles, open};
use p256::pkcs8::{DecodePrivateKey, DecodePublicKey};
use p256::{PublicKey, SecretKey};
use serde::Deserialize;

use crate::Outcome;
use crate::report::{Goal, Report, median};

const MESSAGES: usize = 64;
const BYTES: usize = 4096;
/// How often all messages are opened in a run. We and the floor take turns after each.
const ROUNDS: usize = 30;
/// Runs, each with one of Node. Medians count.
const RUNS: usize = 7;
const NODE: &str = "open_to_node";
const NODE_GOAL: Goal = Goal::AtMost(0.5);

/// Messages and the key that they were sealed for.
#[derive(Deserialize)]
struct Sealed {
    pkcs8: String,
    messages: Vec<String>,
}

#[derive(Deserialize)]
struct Told {
    seconds: f64,
    bytes: usize,
}

/// Runs the bench; says whether all goals hold. `node` makes the messages too, so nothing goes without it.
pub(crate) fn run(node: &str) -> Outcome<bool> {
    let mut report = Report::new("envelope");
    let made = script(
        node,
        &["make", &MESSAGES.to_string(), &BYTES.to_string()],
        "",
    )?;
    let sealed: Sealed = serde_json::from_str(&made)?;
    let bare = Bare::of(&sealed)?;
    let (mut ours, mut floors, mut nodes) = (Vec::new(), Vec::new(), Vec::new());
    let ready = Ready::of(&sealed)?;
    for _ in 0..RUNS {
        for _ in 0..ROUNDS {
            ours.push(ready.run(&sealed)?);
            floors.push(bare.run());
        }
        nodes.push(by_node(node, &made)?);
    }
    let (ours, floor, node) = (median(ours), median(floors), median(nodes));
    report.say("payload", format!("{BYTES} bytes, {MESSAGES} messages"));
    report.say("open", micros(ours));
    report.say("bare ECDH of p256", micros(floor));
    report.say("Node's WebCrypto", micros(node));
    let limit = openssl().map_or_else(|| "not on PATH".to_owned(), micros);
    report.say("OpenSSL's ECDH, the limit", limit);
    let to = |other: Duration| ours.as_secs_f64() / other.as_secs_f64();
    report.figure(NODE, to(node), NODE_GOAL);
    report.figure("open_to_bare_ecdh", to(floor), Goal::AtMost(1.2));
    Ok(report.print())
}

/// What the app has at hand when a message comes.
struct Ready {
    keys: [PrivateKey; 1],
    profiles: Profiles,
}

impl Ready {
    fn of(sealed: &Sealed) -> Outcome<Self> {
        Ok(Self {
            keys: [PrivateKey::from_pkcs8(&STANDARD.decode(&sealed.pkcs8)?)?],
            profiles: Profiles::built_in(),
        })
    }

    /// How long we take for one message, by all of them once.
    fn run(&self, sealed: &Sealed) -> Outcome<Duration> {
        let mut bytes = 0;
        let start = Instant::now();
        for message in &sealed.messages {
            let opened = open(message.as_bytes(), &self.keys, &self.profiles)?;
            bytes += opened.plaintext.expose().len();
        }
        let time = start.elapsed();
        check(bytes)?;
        Ok(time / MESSAGES as u32)
    }
}

/// The exchange alone, with keys that were read before.
struct Bare {
    own: SecretKey,
    theirs: Vec<PublicKey>,
}

impl Bare {
    fn of(sealed: &Sealed) -> Outcome<Self> {
        let theirs = sealed.messages.iter().map(|message| {
            let message: serde_json::Value = serde_json::from_str(message)?;
            let key = message["ephemeralPublicKey"].as_str().unwrap_or_default();
            Ok(PublicKey::from_public_key_der(&STANDARD.decode(key)?)?)
        });
        Ok(Self {
            own: SecretKey::from_pkcs8_der(&STANDARD.decode(&sealed.pkcs8)?)?,
            theirs: theirs.collect::<Outcome<_>>()?,
        })
    }

    fn run(&self) -> Duration {
        let start = Instant::now();
        for theirs in &self.theirs {
            black_box(self.own.diffie_hellman(black_box(theirs)));
        }
        start.elapsed() / MESSAGES as u32
    }
}

fn by_node(node: &str, made: &str) -> Outcome<Duration> {
    let told: Told = serde_json::from_str(&script(node, &["open", &ROUNDS.to_string()], made)?)?;
    check(told.bytes)?;
    Ok(Duration::try_from_secs_f64(told.seconds)?)
}

fn check(bytes: usize) -> Outcome {
    if bytes == BYTES * MESSAGES {
        Ok(())
    } else {
        Err(format!("{bytes} bytes were opened instead of {}", BYTES * MESSAGES).into())
    }
}

/// What the script says, given this input.
fn script(node: &str, words: &[&str], input: &str) -> Outcome<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("node/envelope.mjs");
    let mut running = Command::new(node)
        .arg(script)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|why| format!("Node cannot be started: {why}"))?;
    if let Some(mut stdin) = running.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    let output = running.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("Node failed: {}", output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// By `openssl speed`, if it is there: its last line ends in the exchanges it did in a second.
fn openssl() -> Option<Duration> {
    let speed = ["speed", "-elapsed", "-seconds", "2", "ecdhp256"];
    let output = Command::new("openssl").args(speed).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let each: f64 = text.split_whitespace().next_back()?.parse().ok()?;
    Duration::try_from_secs_f64(1.0 / each).ok()
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}
