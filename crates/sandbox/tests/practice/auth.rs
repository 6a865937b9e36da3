//! Keys, timestamps, signatures and version dates.

use humanos::secret::SignatureSecret;
use humanos::sign::sign;
use reqwest::Method;

use crate::support::{Bench, Reply, small};

/// Sends a correct create call with one header replaced, removed or added.
async fn with(bench: &Bench, change: impl FnOnce(&mut Vec<(String, String)>)) -> Reply {
    let body = small().to_string().into_bytes();
    let mut headers = bench.headers(&body);
    change(&mut headers);
    bench.send(Method::POST, "/request", &headers, body).await
}

async fn replaced(bench: &Bench, name: &str, value: &str) -> Reply {
    with(bench, |headers| {
        headers
            .iter_mut()
            .find(|(known, _)| known == name)
            .unwrap()
            .1 = value.to_owned();
    })
    .await
}

async fn removed(bench: &Bench, name: &str) -> Reply {
    with(bench, |headers| headers.retain(|(known, _)| known != name)).await
}

async fn doubled(bench: &Bench, name: &str) -> Reply {
    with(bench, |headers| {
        let header = headers
            .iter()
            .find(|(known, _)| known == name)
            .unwrap()
            .clone();
        headers.push(header);
    })
    .await
}

#[tokio::test]
async fn keys_are_checked() {
    let bench = Bench::start().await;
    assert_eq!(with(&bench, |_| {}).await.status, 201);
    let almost = format!("Bearer {}x", bench.practice.api_key);
    replaced(&bench, "authorization", &almost)
        .await
        .refused(401, "Invalid API key");
    replaced(&bench, "authorization", "Bearer ")
        .await
        .refused(401, "");
    replaced(&bench, "authorization", &bench.practice.api_key)
        .await
        .refused(401, "Authorization");
    for name in ["authorization", "x-timestamp", "x-signature"] {
        removed(&bench, name).await.refused(401, "");
        doubled(&bench, name).await.refused(401, "");
    }
    assert_eq!(bench.count().await, 1);
}

#[tokio::test]
async fn timestamps_are_within_five_minutes() {
    let bench = Bench::start().await;
    let body = small().to_string().into_bytes();
    let secret = SignatureSecret::parse(bench.practice.signature_secret.clone()).unwrap();
    for (offset, status) in [
        (-300_000, 201),
        (300_000, 201),
        (-300_001, 401),
        (300_001, 401),
    ] {
        let at = bench.now() + offset;
        let reply = with(&bench, |headers| {
            headers[1].1 = at.to_string();
            headers[2].1 = sign(&secret, at, &body);
        })
        .await;
        assert_eq!(reply.status, status, "{offset}");
    }
    let seconds = (bench.now() / 1000).to_string();
    replaced(&bench, "x-timestamp", &seconds)
        .await
        .refused(401, "5 minutes");
    for bad in [
        "+1780315200000",
        "2026-06-01",
        "1e12",
        "99999999999999999999",
    ] {
        replaced(&bench, "x-timestamp", bad)
            .await
            .refused(401, "milliseconds");
    }
}

#[tokio::test]
async fn signatures_cover_the_exact_bytes() {
    let bench = Bench::start().await;
    let headers = bench.headers(small().to_string().as_bytes());
    let other = small().to_string().replace("ana", "eva").into_bytes();
    let reply = bench.send(Method::POST, "/request", &headers, other).await;
    reply.refused(401, "Invalid signature");
    let upper = bench.headers(small().to_string().as_bytes())[2]
        .1
        .to_uppercase();
    replaced(&bench, "x-signature", &upper)
        .await
        .refused(401, "Invalid signature");
    // `{}` is signed as if there were no body, so it gets as far as the checks of the body.
    bench
        .call(Method::POST, "/request", b"{}")
        .await
        .refused(400, "contacts should not be empty");
}

#[tokio::test]
async fn keys_come_before_everything_else() {
    let bench = Bench::start().await;
    let mut headers = bench.headers(b"not json");
    headers[0].1 = "Bearer wrong".to_owned();
    headers[4].1 = "never".to_owned();
    let reply = bench
        .send(Method::POST, "/request", &headers, b"not json".to_vec())
        .await;
    reply.refused(401, "Invalid API key");
}

#[tokio::test]
async fn versions_are_dates_that_are_spoken() {
    let bench = Bench::start().await;
    assert_eq!(removed(&bench, "api-version").await.status, 201);
    doubled(&bench, "api-version")
        .await
        .refused(400, "sent once");
    for bad in ["2026-5-20", "latest", "2026-02-30", ""] {
        replaced(&bench, "api-version", bad)
            .await
            .refused(400, "YYYY-MM-DD");
    }
    replaced(&bench, "api-version", "2026-06-02")
        .await
        .refused(400, "in the future");
    for other in ["2026-06-01", "2026-03-24"] {
        replaced(&bench, "api-version", other)
            .await
            .refused(400, "use 2026-05-20");
    }
}

#[tokio::test]
async fn unusable_keys_do_not_start() {
    let clock: sandbox::Clock = std::sync::Arc::new(|| 0);
    for (api_key, signature_secret) in [("", "s"), ("k", ""), ("k k", "s"), ("clé", "s")] {
        let (api_key, signature_secret) = (api_key.to_owned(), signature_secret.to_owned());
        let practice = sandbox::Practice {
            api_key,
            signature_secret,
        };
        let error = sandbox::Server::start(practice, clock.clone())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    }
}
