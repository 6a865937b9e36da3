//! Too long, too slow, too many.

use std::time::{Duration, Instant};

use callback::{Heard, Why};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{self, sleep, timeout};

use crate::support::{Bench, MOMENT, answer, query, target};

#[tokio::test]
async fn long_calls() {
    let bench = Bench::start().await;
    let fits = target("?a=");
    let fits = format!("{fits}{}", "b".repeat(8 * 1024 - fits.len()));
    bench.get(&fits).await.is_the_page();
    assert!(query(&bench.heard()).cut);
    let answer = bench.get(&format!("{fits}b")).await;
    bench.refused(&answer, 414, Why::TooLong);

    let host = format!("Host: {}\r\n", bench.host());
    let long = |bytes| format!("{host}A: {}\r\n", "b".repeat(bytes));
    bench.with(&long(16_000)).await.is_the_page();
    bench.heard();
    let answer = bench.with(&long(16 * 1024)).await;
    bench.refused(&answer, 431, Why::TooLong);

    let many = |count| host.clone() + &"A: b\r\n".repeat(count);
    bench.with(&many(63)).await.is_the_page();
    bench.heard();
    // What is beyond these bounds HTTP itself refuses, without our headers.
    for headers in [many(64), many(1_000), long(100_000)] {
        let answer = bench.with(&headers).await;
        assert_eq!(answer.status(), 431, "{}", answer.text);
        assert_eq!(answer.values("connection"), ["close"]);
        assert_eq!(bench.heard(), [Heard::Refused(Why::TooLong)]);
    }
}

#[tokio::test]
async fn a_head_that_drips_is_cut_off() {
    let bench = Bench::start().await;
    let mut idle = bench.connect().await;
    let mut socket = bench.connect().await;
    let start = Instant::now();
    let (mut read, mut write) = socket.split();
    let mut bytes = Vec::new();
    let drip = async {
        while write.write_all(b"G").await.is_ok() {
            sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::select! {
        // By an RST, if another drop was on its way.
        _ = read.read_to_end(&mut bytes) => {}
        () = drip => {}
    }
    let took = start.elapsed();
    assert!((4..=8).contains(&took.as_secs()), "{took:?}");
    assert_eq!(answer(&mut idle).await.text, "");
    assert_eq!(
        bench.heard(),
        [Heard::Refused(Why::Malformed)],
        "the drip alone"
    );
}

#[tokio::test]
async fn no_more_than_32_connections() {
    let bench = Bench::start().await;
    let mut sockets = Vec::new();
    for _ in 0..40 {
        sockets.push(bench.connect().await);
    }
    sleep(MOMENT).await;
    let mut open = Vec::new();
    for mut socket in sockets {
        match timeout(Duration::from_millis(50), socket.read(&mut [0])).await {
            Ok(end) => assert_eq!(end.unwrap_or(0), 0),
            Err(_) => open.push(socket),
        }
    }
    assert_eq!(open.len(), 32);
    assert_eq!(bench.heard(), [Heard::Refused(Why::Flood)], "told once");
    open.pop();
    sleep(MOMENT).await;
    bench.get(&target("")).await.is_the_page();
}

#[tokio::test]
async fn no_more_than_60_calls_in_a_minute() {
    let bench = Bench::start().await;
    let back = target("");
    for _ in 0..20 {
        // Refused ones count as well, whoever refuses them.
        assert_eq!(bench.say(b"\0\r\n\r\n").await.status(), 400);
        assert_eq!(bench.get("/").await.status(), 404);
        assert_eq!(bench.get(&back).await.status(), 200);
    }
    let (returns, refusals): (Vec<_>, Vec<_>) = bench
        .heard()
        .into_iter()
        .partition(|heard| matches!(heard, Heard::Return(_)));
    assert_eq!(returns.len(), 20);
    let told = [Why::Malformed, Why::NotHere].repeat(5);
    let told: Vec<_> = told.into_iter().map(Heard::Refused).collect();
    assert_eq!(refusals, told);

    for _ in 0..5 {
        let answer = bench.get(&back).await;
        assert_eq!(
            (answer.status(), answer.values("retry-after")),
            (429, vec!["60"])
        );
        answer.is_safe();
    }
    bench.say(b"\0\r\n\r\n").await;
    assert_eq!(bench.heard(), [Heard::Refused(Why::Flood)], "told once");

    // A minute later. The clock stands still for no longer than it takes to set it.
    time::pause();
    time::advance(Duration::from_secs(60)).await;
    time::resume();
    bench.get(&target("")).await.is_the_page();
    bench.get("/").await;
    assert_eq!(bench.heard().len(), 2);
}
