//! Us: the engine as the app runs it, on a ledger of its own.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use dispatch::pace::Rate;
use dispatch::{Desk, Gate, Terms, Writer};
use humanos::client::{BaseUrl, Client, Endpoint, Proxy};
use ledger::{BatchState, Ledger, LedgerKey, NewBatch, NewRequest};
use tokio::sync::{mpsc, watch};

use super::{IN_FLIGHT, REQUESTS, Spent, now_ms, processor, requests};
use crate::Outcome;

const BATCH: &str = "batch";
/// As good as no limit.
const PER_MINUTE: u32 = 100_000_000;

/// Plans all of them in a new ledger in `folder`, sends them to `url` and prints what the sending took.
pub(crate) fn run(url: &str, folder: &str) -> Outcome<bool> {
    let folder = tempfile::tempdir_in(folder)?;
    let ledger = planned(folder.path(), url)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let spent = runtime.block_on(send(ledger, url))?;
    println!("{}", spent.to_json());
    Ok(true)
}

async fn send(ledger: Ledger, url: &str) -> Outcome<Spent> {
    let client = Client::new(
        Endpoint {
            base_url: BaseUrl::parse(url)?,
            version: requests::version(),
            proxy: Proxy::None,
            ca_pem: None,
        },
        requests::credentials()?,
    )?;
    let before = processor::spent();
    let start = Instant::now();
    let (writer, thread) = Writer::start(ledger)?;
    let desk = Desk {
        api: Arc::new(client),
        writer,
        gate: Gate::new(Rate {
            per_minute: PER_MINUTE,
            in_flight: IN_FLIGHT,
        }),
        clock: Arc::new(now_ms),
        terms: Terms::default(),
    };
    let (commands, receiver) = mpsc::channel(1);
    // Nobody will say anything, so a trouble ends the run.
    drop(commands);
    let (status, _) = watch::channel(None);
    // On a worker, as in the app, not on the thread that waits here.
    let run = tokio::spawn(dispatch::run(desk, NoChance, BATCH, receiver, status));
    let state = run.await??;
    let spent = Spent::since(start, before);
    let ledger = thread.join().map_err(|_| "the ledger's thread panicked")?;
    let batch = ledger.batch(BATCH)?.ok_or("the batch is gone")?;
    if state != BatchState::Finished || batch.counts.accepted.requests != u64::from(REQUESTS) {
        return Err(format!("{state}, {}: {:?}", batch.why, batch.counts).into());
    }
    Ok(spent)
}

fn planned(folder: &Path, url: &str) -> Outcome<Ledger> {
    let ledger = Ledger::create(&folder.join("ledger.db"), &LedgerKey::generate()?)?;
    let batch = NewBatch {
        id: BATCH.to_owned(),
        connection_id: "connection".to_owned(),
        connection_name: "Responder".to_owned(),
        name: "Everybody".to_owned(),
        practice: true,
        per_minute: PER_MINUTE,
        in_flight: IN_FLIGHT,
        at_ms: now_ms(),
    };
    ledger.try_plan_batch(&batch, (0..REQUESTS).map(|n| request(n, url)))?;
    Ok(ledger)
}

/// Request number `n` as it is planned.
pub(crate) fn request(n: u32, url: &str) -> Outcome<NewRequest> {
    let body = requests::body(n)?;
    Ok(NewRequest {
        id: requests::key(),
        connection_id: "connection".to_owned(),
        connection_name: "Responder".to_owned(),
        practice: true,
        url: format!("{url}/request"),
        api_version: requests::VERSION.to_owned(),
        idempotency_key: requests::key(),
        body_sha256: body.sha256_hex(),
        body: body.as_bytes().to_vec(),
        name: "Terms of service".to_owned(),
        internal_id: requests::internal_id(n),
        security_level: "CONTACT".to_owned(),
        pub_key: String::new(),
        return_nonce: None,
        people: vec![requests::contact(n)],
        at_ms: now_ms(),
    })
}

/// Nothing is tried twice here, so nothing needs to be spread.
struct NoChance;

impl dispatch::Chance for NoChance {
    fn below(&mut self, _bound: u64) -> u64 {
        0
    }
}
