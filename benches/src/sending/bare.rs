//! The floor: a loop that sends and forgets.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use humanos::{ApiCredentials, Body, sign};
use tokio::task::JoinSet;

use super::{IN_FLIGHT, REQUESTS, Spent, now_ms, processor, requests};
use crate::Outcome;

/// Sends all of them to `url` and prints what that took.
pub(crate) fn run(url: &str) -> Outcome<bool> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let spent = runtime.block_on(all(format!("{url}/request")))?;
    println!("{}", spent.to_json());
    Ok(true)
}

struct Work {
    http: reqwest::Client,
    url: String,
    credentials: ApiCredentials,
    calls: Vec<(Body, String)>,
    next: AtomicU32,
}

async fn all(url: String) -> Outcome<Spent> {
    let calls = (0..REQUESTS)
        .map(|n| Ok((requests::body(n)?, requests::key())))
        .collect::<Outcome<_>>()?;
    let work = Arc::new(Work {
        http: reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .build()?,
        url,
        credentials: requests::credentials()?,
        calls,
        next: AtomicU32::new(0),
    });
    let before = processor::spent();
    let start = Instant::now();
    let mut loops = JoinSet::new();
    for _ in 0..IN_FLIGHT {
        loops.spawn(one_after_the_other(Arc::clone(&work)));
    }
    for ended in loops.join_all().await {
        ended?;
    }
    Ok(Spent::since(start, before))
}

async fn one_after_the_other(work: Arc<Work>) -> Result<(), reqwest::Error> {
    while let Some((body, key)) = work
        .calls
        .get(work.next.fetch_add(1, Ordering::Relaxed) as usize)
    {
        let now_ms = now_ms();
        let signature = sign(&work.credentials.signature_secret, now_ms, body.as_bytes());
        let reply = work
            .http
            .post(&work.url)
            .bearer_auth(work.credentials.api_key.expose())
            .header("X-Timestamp", now_ms.to_string())
            .header("X-Signature", signature)
            .header("API-Version", requests::VERSION)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .body(body.as_bytes().to_vec())
            .send()
            .await?
            .error_for_status()?;
        reply.bytes().await?;
    }
    Ok(())
}
