//! Lets a batch meet the fault of a row, and reads what became of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use dispatch::pace::Rate;
use dispatch::{Command, Gate, Status};
use humanos::client::{ApiCredentials, BaseUrl, Client, Endpoint, Limits, Proxy};
use humanos::{ApiKey, ApiVersion, SignatureSecret};
use ledger::{Attempt, BatchCounts, BatchState, Count, Ledger};
use sandbox::{Faults, Idempotency, Practice, Server, TlsFault, TlsFront};

use crate::common::{BATCH, House, Running, body, now_ms, request_id, start_through};
use crate::relay::Relay;
use crate::row::{Row, Says, Strike};

pub(crate) async fn meet(row: &Row) -> Says {
    let practice = Practice::random();
    let server = Server::start(practice.clone(), Arc::new(now_ms))
        .await
        .unwrap();
    server.set_idempotency(Some(Idempotency {
        in_progress: row.in_progress,
        ..Idempotency::default()
    }));
    let road = Road::to(&server, &row.strike).await;
    let ahead_ms = Arc::new(AtomicI64::new(0));
    match &row.strike {
        Strike::Server(faults) => server.set_faults(faults.clone()),
        Strike::Clock(ms) => ahead_ms.store(*ms, Ordering::SeqCst),
        Strike::Training(_) | Strike::Tls(_) | Strike::Gone => {}
    }
    let house = House::with_batch(&road.base_url, row.people, |n, request| {
        if let Strike::Training(id) = &row.strike
            && n == row.struck()
        {
            request.body = body(n, &request.internal_id, id).into_bytes();
        }
    });
    let client = client(&road, &practice);
    let run = || {
        // One at a time, so that a pause finds the same requests waiting each time.
        let gate = Gate::new(Rate {
            per_minute: 600_000,
            in_flight: 1,
        });
        let ahead_ms = Arc::clone(&ahead_ms);
        let clock = move || now_ms() + ahead_ms.load(Ordering::SeqCst);
        start_through(
            gate,
            &house.path,
            &house.key,
            client.clone(),
            row.terms,
            clock,
        )
    };
    let mut running = run();
    let seen = stands(&mut running).await;
    let ledger = house.open();
    let mut says = said(&seen, &ledger, row.struck());
    says.asked = asked(&server, row.people);
    if row.says.over.is_empty() {
        return says;
    }
    tokio::time::sleep(row.lasts).await;
    server.set_faults(Faults::none());
    ahead_ms.store(0, Ordering::SeqCst);
    road.mend(&server).await;
    if seen.state == BatchState::Paused {
        running.commands.send(Command::Resume).await.unwrap();
    } else {
        running.left_alone().await;
        running = run();
    }
    let seen = running.until(|s| s.state == BatchState::Finished).await;
    says.over = format!("{}, asked {}", batch(&seen), asked(&server, row.people));
    says
}

/// The way from the client to the server.
struct Road {
    base_url: String,
    /// Authorities to trust.
    ca_pem: String,
    /// What makes the way bad, and what it is swapped for. Fronts end when dropped.
    fronts: Option<(Relay, TlsFront, TlsFront)>,
    relay: Option<Relay>,
}

impl Road {
    async fn to(server: &Server, strike: &Strike) -> Self {
        let mut road = Self {
            base_url: server.base_url(),
            ca_pem: String::new(),
            fronts: None,
            relay: None,
        };
        match strike {
            Strike::Tls(fault) => {
                let bad = TlsFront::start(server, *fault).await.unwrap();
                let good = TlsFront::start(server, TlsFault::None).await.unwrap();
                let relay = Relay::start(Some(port(&bad.base_url()))).await;
                road.base_url = format!("https://localhost:{}", relay.port());
                road.ca_pem = format!("{}{}", bad.ca_pem(), good.ca_pem());
                road.fronts = Some((relay, bad, good));
            }
            Strike::Gone => {
                let relay = Relay::start(None).await;
                road.base_url = format!("http://127.0.0.1:{}", relay.port());
                road.relay = Some(relay);
            }
            Strike::Server(_) | Strike::Training(_) | Strike::Clock(_) => {}
        }
        road
    }

    async fn mend(&self, server: &Server) {
        if let Some((relay, _, good)) = &self.fronts {
            relay.lead(Some(port(&good.base_url()))).await;
        }
        if let Some(relay) = &self.relay {
            relay.lead(Some(port(&server.base_url()))).await;
        }
    }
}

pub(crate) fn port(base_url: &str) -> u16 {
    base_url.rsplit_once(':').unwrap().1.parse().unwrap()
}

fn client(road: &Road, practice: &Practice) -> Client {
    let endpoint = Endpoint {
        base_url: BaseUrl::parse(&road.base_url).unwrap(),
        version: ApiVersion::contacts_era(),
        proxy: Proxy::None,
        ca_pem: (!road.ca_pem.is_empty()).then(|| road.ca_pem.clone().into_bytes()),
    };
    let credentials = ApiCredentials {
        api_key: ApiKey::parse(practice.api_key.clone()).unwrap(),
        signature_secret: SignatureSecret::parse(practice.signature_secret.clone()).unwrap(),
    };
    let limits = Limits {
        connect: Duration::from_secs(1),
        total: Duration::from_secs(2),
        reply_bytes: 64 * 1024,
    };
    Client::with_limits(endpoint, credentials, limits).unwrap()
}

/// Waits until the batch does not go on by itself.
async fn stands(running: &mut Running) -> Status {
    running.until(|s| s.state != BatchState::Running).await
}

fn said(seen: &Status, ledger: &Ledger, struck: u32) -> Says {
    let kept = ledger.batch(BATCH).unwrap().unwrap();
    let why = seen.why.as_ref().map(ToString::to_string);
    let why = why.unwrap_or_default();
    assert_eq!((kept.state, &kept.why), (seen.state, &why));
    assert_eq!(kept.counts, seen.counts);
    let struck = ledger.request(&request_id(struck)).unwrap().unwrap();
    let attempts = attempts(&struck.attempts);
    let newest = struck.attempts.last().map(newest).unwrap_or_default();
    Says {
        batch: batch(seen),
        why: steady(&why),
        request: format!("{}: {attempts}", struck.state),
        newest: steady(&newest),
        ..Says::default()
    }
}

fn batch(seen: &Status) -> String {
    let BatchCounts {
        planned,
        sending,
        accepted,
        refused,
        unknown,
        not_sent,
        cancelled,
    } = seen.counts;
    let counts = [
        (accepted, "accepted"),
        (refused, "refused"),
        (unknown, "unknown"),
        (not_sent, "not sent"),
        (planned, "planned"),
        (sending, "sending"),
        (cancelled, "cancelled"),
    ];
    let counts = counts
        .iter()
        .filter(|(count, _)| *count != Count::default());
    let counts: Vec<String> = counts
        .map(|(count, name)| format!("{} {name}", count.requests))
        .collect();
    format!("{}: {}", seen.state, counts.join(", "))
}

/// Each with its status, those alike as one.
fn attempts(attempts: &[Attempt]) -> String {
    let shown = |attempt: &Attempt| match attempt.status {
        Some(status) => format!("{} {status}", attempt.result),
        None => attempt.result.to_string(),
    };
    let shown: Vec<String> = attempts.iter().map(shown).collect();
    let alike = shown.chunk_by(|a, b| a == b);
    let alike = alike.map(|same| match same {
        [one] => one.clone(),
        many => format!("{} × {}", many.len(), many[0]),
    });
    alike.collect::<Vec<_>>().join(", then ")
}

fn newest(attempt: &Attempt) -> String {
    match &attempt.reason {
        Some(reason) => reason.clone(),
        None => attempt.messages.join("; "),
    }
}

/// Without numbers that are others each time, such as seconds since 1970.
fn steady(said: &str) -> String {
    let digits = |c: char| c.is_ascii_digit();
    let mut out = String::new();
    let mut rest = said;
    while let Some(at) = rest.find(digits) {
        let (before, from) = rest.split_at(at);
        let length = from.find(|c| !digits(c)).unwrap_or(from.len());
        out.push_str(before);
        out.push_str(if length > 8 { "…" } else { &from[..length] });
        rest = &from[length..];
    }
    out + rest
}

pub(crate) fn asked(server: &Server, people: u32) -> String {
    let books = server.books();
    let times = |n| {
        let person = format!("person{n}@example.com");
        let all = books.iter().flat_map(|booked| &booked.contacts);
        all.filter(|contact| **contact == person).count()
    };
    let times: Vec<String> = (0..people).map(|n| times(n).to_string()).collect();
    times.join(" ")
}
