//! Those who came back.

use callback::{Heard, Nonce, Query, loopback};
use tokio::io::AsyncWriteExt;
use tokio::time::sleep;

use crate::support::{Answer, Bench, MOMENT, NONCE, answer, query, target};

#[tokio::test]
async fn a_return_is_heard_and_thanked_for() {
    let bench = Bench::start().await;
    let url = loopback(bench.listener.port(), &NONCE);
    let path = url.strip_prefix(&format!("http://{}", bench.host()));
    let known = bench.get(path.unwrap()).await;
    known.is_the_page();
    assert_eq!(query(&bench.heard()), &Query::default());

    // Nobody here knows which nonces there are, so all get the same.
    let other = Nonce::from_bytes([1; 32]);
    let unknown = bench.get(&format!("/return/{other}?a=b")).await;
    let body = |answer: &Answer| answer.text.split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!(body(&unknown), body(&known));
    assert!(matches!(&bench.heard()[..], [Heard::Return(back)] if back.nonce == other));
}

#[tokio::test]
async fn the_query_is_kept_as_it_comes() {
    let bench = Bench::start().await;
    let sent = "?b=2&a=1&a=0&a=1&name=Jo%C3%A3o+da%20Silva&raw=ol\u{e1}&e&%00=%FF&&x=a=b?c/d";
    bench.get(&target(sent)).await.is_the_page();
    let heard = bench.heard();
    let query = query(&heard);
    let pairs: Vec<(&str, &str)> = query.pairs.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(
        pairs,
        [
            ("b", "2"),
            ("a", "1"),
            ("a", "0"),
            ("a", "1"),
            ("name", "João da Silva"),
            ("raw", "olá"),
            ("e", ""),
            ("\u{FFFD}", "\u{FFFD}"),
            ("x", "a=b?c/d"),
        ]
    );
    assert!(!query.cut);

    bench
        .get(&target(&format!("?{}", "a=b&".repeat(33))))
        .await
        .is_the_page();
    let heard = bench.heard();
    assert!(self::query(&heard).cut);
}

#[tokio::test]
async fn a_caller_may_close_its_half() {
    let bench = Bench::start().await;
    let mut socket = bench.connect().await;
    let call = format!(
        "GET {} HTTP/1.0\r\nHost: {}\r\n\r\n",
        target(""),
        bench.host()
    );
    socket.write_all(call.as_bytes()).await.unwrap();
    socket.shutdown().await.unwrap();
    let answer = answer(&mut socket).await;
    assert_eq!(answer.status(), 200, "{}", answer.text);
}

#[tokio::test]
async fn a_connection_is_good_for_one_call() {
    let bench = Bench::start().await;
    let call = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\n\r\n",
        target(""),
        bench.host()
    );
    bench.say(call.repeat(3).as_bytes()).await.is_the_page();
    sleep(MOMENT).await;
    assert_eq!(bench.heard().len(), 1);

    let keep = format!("Host: {}\r\nConnection: keep-alive\r\n", bench.host());
    bench.with(&keep).await.is_the_page();
}
