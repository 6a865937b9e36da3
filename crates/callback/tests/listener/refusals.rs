//! Calls that are no return.

use callback::{Heard, Why};
use tokio::io::AsyncWriteExt;

use crate::support::{Bench, NONCE, answer, query, target};

#[tokio::test]
async fn other_methods() {
    let bench = Bench::start().await;
    for method in ["POST", "PUT", "OPTIONS", "DELETE", "get", "X"] {
        let target = target("");
        let call = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\n\r\n",
            bench.host()
        );
        let answer = bench.say(call.as_bytes()).await;
        assert_eq!(answer.values("allow"), ["GET"], "{method}");
        bench.refused(&answer, 405, Why::NotGet);
    }
    let call = format!(
        "HEAD {} HTTP/1.1\r\nHost: {}\r\n\r\n",
        target(""),
        bench.host()
    );
    let answer = bench.say(call.as_bytes()).await;
    assert_eq!(
        (answer.status(), answer.values("allow")),
        (405, vec!["GET"])
    );
    assert!(answer.text.ends_with("\r\n\r\n"), "HEAD has no body");
    assert_eq!(bench.heard(), [Heard::Refused(Why::NotGet)]);
    let call = format!("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n\r\n", bench.host());
    let answer = bench.say(call.as_bytes()).await;
    bench.refused(&answer, 405, Why::NotGet);
}

#[tokio::test]
async fn a_body_is_not_read() {
    let bench = Bench::start().await;
    let head = format!("POST {} HTTP/1.1\r\nHost: {}", target(""), bench.host());
    let call = format!("{head}\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");
    let answer = bench.say(call.as_bytes()).await;
    bench.refused(&answer, 405, Why::NotGet);
    let call = format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n");
    let answer = bench.say(call.as_bytes()).await;
    bench.refused(&answer, 405, Why::NotGet);
}

#[tokio::test]
async fn other_hosts() {
    let bench = Bench::start().await;
    let (host, port) = (bench.host(), bench.listener.port());
    bench.with(&format!("host: {host}\r\n")).await.is_the_page();
    assert_eq!(bench.heard().len(), 1);
    let other = port ^ 1;
    for headers in [
        String::new(),
        "Host:\r\n".to_owned(),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 127.0.0.1:{other}\r\n"),
        format!("Host: localhost:{port}\r\n"),
        format!("Host: [::1]:{port}\r\n"),
        format!("Host: [::ffff:127.0.0.1]:{port}\r\n"),
        format!("Host: 127.1:{port}\r\n"),
        format!("Host: 127.0.0.1.example.com:{port}\r\n"),
        format!("Host: a@{host}\r\n"),
    ] {
        let answer = bench.with(&headers).await;
        bench.refused(&answer, 421, Why::OtherHost);
    }
}

#[tokio::test]
async fn two_hosts_and_other_authorities() {
    let bench = Bench::start().await;
    let host = bench.host();
    for headers in [
        format!("Host: {host}\r\nHost: {host}\r\n"),
        format!("Host: {host}\r\nHost: example.com\r\n"),
        format!("Host: example.com\r\nHost: {host}\r\n"),
    ] {
        let answer = bench.with(&headers).await;
        bench.refused(&answer, 421, Why::OtherHost);
    }
    for prefix in [
        "http://example.com",
        "http://localhost",
        "https://HOST",
        "http://a@HOST",
    ] {
        let answer = bench
            .get(&format!("{}{}", prefix.replace("HOST", &host), target("")))
            .await;
        bench.refused(&answer, 421, Why::OtherHost);
    }
    let call = format!(
        "GET http://{host}{} HTTP/1.1\r\nHost: example.com\r\n\r\n",
        target("")
    );
    let answer = bench.say(call.as_bytes()).await;
    bench.refused(&answer, 421, Why::OtherHost);

    let absolute = bench.get(&format!("http://{host}{}", target("?a=b"))).await;
    absolute.is_the_page();
    assert_eq!(query(&bench.heard()).pairs.len(), 1);
}

#[tokio::test]
async fn other_paths() {
    let bench = Bench::start().await;
    for path in [
        "/",
        "/return",
        "//return/x",
        "/RETURN/x",
        "/../etc/passwd",
        "*",
    ] {
        let answer = bench.get(path).await;
        bench.refused(&answer, 404, Why::NotHere);
    }
    let answer = bench.get("/favicon.ico").await;
    assert_eq!(answer.status(), 404);
    assert_eq!(bench.heard(), []);
}

#[tokio::test]
async fn no_nonce() {
    let bench = Bench::start().await;
    let n = NONCE.as_str();
    for path in [
        "/return/".to_owned(),
        format!("/return/{}", &n[1..]),
        format!("/return/{n}/"),
        format!("/return/{n}%20"),
        format!("/return/../return/{n}"),
        format!("/return/..%2f{n}"),
        "/return/../../etc/passwd".to_owned(),
        format!("/return/%41{}", &n[1..]),
    ] {
        let answer = bench.get(&path).await;
        bench.refused(&answer, 404, Why::NoNonce);
    }
}

#[tokio::test]
async fn garbage() {
    let bench = Bench::start().await;
    let target = target("");
    let not_utf8 = [b"GET /".as_slice(), b"\xFF\xFE HTTP/1.1\r\n\r\n"].concat();
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello"[..],
        b"\x00\x00\x00\x00\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET  HTTP/1.1\r\n\r\n",
        format!("GET {target} HTTP/1.1\r\nHost : a\r\n\r\n").as_bytes(),
        format!("GET {target} HTTP/1.1\r\nContent-Length: -1\r\n\r\n").as_bytes(),
        &not_utf8,
    ] {
        let answer = bench.say(bytes).await;
        let status = answer.status();
        assert!([0, 400].contains(&status), "{}", answer.text);
        assert_eq!(bench.heard(), [Heard::Refused(Why::Malformed)], "{bytes:?}");
    }
    // Cut off in the middle.
    let mut socket = bench.connect().await;
    socket.write_all(b"GET /return/").await.unwrap();
    socket.shutdown().await.unwrap();
    assert_eq!(answer(&mut socket).await.text, "");
    assert_eq!(bench.heard(), [Heard::Refused(Why::Malformed)]);
    // One that says nothing is no call.
    let mut socket = bench.connect().await;
    socket.shutdown().await.unwrap();
    assert_eq!(answer(&mut socket).await.text, "");
    assert_eq!(bench.heard(), []);
    bench.get(&target).await.is_the_page();
}
