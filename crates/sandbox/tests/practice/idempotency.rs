//! What can be chosen about `Idempotency-Key`.

use std::sync::Arc;
use std::time::Duration;

use sandbox::{Calls, Fault, Faults, Idempotency, InProgress, OtherBody};
use serde_json::json;

use crate::support::{Bench, TERMS, small};

#[tokio::test]
async fn another_body_can_be_unprocessable() {
    let bench = Bench::start().await;
    bench.server.set_idempotency(Some(Idempotency {
        other_body: OtherBody::Unprocessable,
        ..Idempotency::default()
    }));
    assert_eq!(
        bench
            .post_with(&small(), "idempotency-key", "k")
            .await
            .status,
        201
    );
    let other = json!({"contacts": ["eva@example.pt"], "resourcesIds": [TERMS]});
    bench
        .post_with(&other, "idempotency-key", "k")
        .await
        .refused(422, "already used for a different request");
    assert_eq!(bench.server.books().len(), 1);
}

#[tokio::test]
async fn without_idempotency_every_call_books() {
    let bench = Bench::start().await;
    bench.server.set_idempotency(None);
    let first = bench
        .post_with(&small(), "idempotency-key", "k")
        .await
        .json();
    let second = bench
        .post_with(&small(), "idempotency-key", "k")
        .await
        .json();
    assert_ne!(first["id"], second["id"]);
    let books = bench.server.books();
    assert_eq!(books.len(), 2);
    assert!(books.iter().all(|one| one.key.as_deref() == Some("k")));
}

#[tokio::test]
async fn keys_can_be_forgotten() {
    let bench = Bench::start().await;
    bench.server.set_idempotency(Some(Idempotency {
        forgets_after_ms: Some(1_000),
        ..Idempotency::default()
    }));
    for (pass, books) in [(0, 1), (1_000, 1), (1, 2), (1_000, 2)] {
        bench.pass(pass);
        assert_eq!(
            bench
                .post_with(&small(), "idempotency-key", "k")
                .await
                .status,
            201
        );
        assert_eq!(bench.server.books().len(), books, "after {pass} ms more");
    }
}

#[tokio::test]
async fn a_key_in_progress_can_be_refused() {
    let bench = Arc::new(Bench::start().await);
    bench.server.set_idempotency(Some(Idempotency {
        in_progress: InProgress::Refused,
        ..Idempotency::default()
    }));
    let endless = Fault::slow(Duration::from_secs(600));
    let plan = Faults::none().on(Calls::creates().times(1), endless);
    bench.server.set_faults(plan);
    let first = {
        let bench = Arc::clone(&bench);
        tokio::spawn(async move { bench.post_with(&small(), "idempotency-key", "k").await })
    };
    bench.until(|server| server.faults_hit() == [1]).await;
    bench
        .post_with(&small(), "idempotency-key", "k")
        .await
        .refused(409, "in progress");
    assert!(bench.server.books().is_empty());
    assert_eq!(
        bench
            .post_with(&small(), "idempotency-key", "l")
            .await
            .status,
        201
    );
    first.abort();

    // Once done, the key gives its answer again.
    let plan = Faults::none().on(Calls::creates(), Fault::slow(Duration::from_millis(5)));
    bench.server.set_faults(plan);
    let replies = [
        bench.post_with(&small(), "idempotency-key", "m").await,
        bench.post_with(&small(), "idempotency-key", "m").await,
    ];
    assert_eq!(replies.each_ref().map(|reply| reply.status), [201, 201]);
    assert_eq!(replies[0].text, replies[1].text);
    assert_eq!(bench.server.books().len(), 2);
}
