//! The listener over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use callback::{Heard, Listener, Nonce, Why, loopback};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

struct Desk {
    listener: Listener,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Desk {
    async fn open() -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let listener = Listener::start(0, Arc::new(move |one| ear.lock().unwrap().push(one)));
        Self {
            listener: listener.await.unwrap(),
            heard,
        }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.listener.port())
    }

    async fn connect(&self) -> TcpStream {
        let address: SocketAddr = self.host().parse().unwrap();
        TcpStream::connect(address).await.unwrap()
    }

    /// Everything that comes back for these bytes.
    async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        // It may answer and close before it has read all.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn get(&self, target: &str) -> String {
        let call = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host());
        self.raw(call.as_bytes()).await
    }

    fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

fn nonce() -> Nonce {
    Nonce::from_bytes([9; 32])
}

fn target() -> String {
    format!("/return/{}", nonce().as_str())
}

#[tokio::test]
async fn a_return_is_heard_with_all_it_says() {
    let desk = Desk::open().await;
    let address = loopback(desk.listener.port(), &nonce());
    let target = address.split_once(&desk.host()).unwrap().1;
    let answer = desk
        .get(&format!("{target}?status=ok&name=Jo%C3%A3o+S&status=two"))
        .await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("You may close this page."), "{answer}");
    let lower = answer.to_lowercase();
    for header in [
        "connection: close",
        "cache-control: no-store",
        "default-src 'none'",
        "referrer-policy: no-referrer",
    ] {
        assert!(lower.contains(header), "{header} in {answer}");
    }
    let [Heard::Return(returned)] = &desk.heard()[..] else {
        panic!("one return")
    };
    assert_eq!(returned.nonce, nonce());
    let pairs = [("status", "ok"), ("name", "João S"), ("status", "two")];
    assert_eq!(
        returned.query.pairs,
        pairs.map(|(n, v)| (n.to_owned(), v.to_owned()))
    );
}

#[tokio::test]
async fn what_is_no_return_is_refused_and_told() {
    let desk = Desk::open().await;
    let (host, target) = (desk.host(), target());
    let port = desk.listener.port();
    let call = |method: &str, target: &str, hosts: &str| {
        format!("{method} {target} HTTP/1.1\r\n{hosts}\r\n")
    };
    let ours = format!("Host: {host}\r\n");
    let long = format!("{target}?{}", "a".repeat(9_000));
    for (bytes, status, why) in [
        (call("POST", &target, &ours), 405, Why::NotGet),
        (call("HEAD", &target, &ours), 405, Why::NotGet),
        (call("OPTIONS", &target, &ours), 405, Why::NotGet),
        (
            call("GET", &target, "Host: evil.example\r\n"),
            421,
            Why::OtherHost,
        ),
        (
            call("GET", &target, &format!("Host: localhost:{port}\r\n")),
            421,
            Why::OtherHost,
        ),
        (
            call("GET", &target, &format!("Host: [::1]:{port}\r\n")),
            421,
            Why::OtherHost,
        ),
        (
            call("GET", &target, "Host: 127.0.0.1\r\n"),
            421,
            Why::OtherHost,
        ),
        (
            call("GET", &target, &format!("{ours}Host: evil.example\r\n")),
            421,
            Why::OtherHost,
        ),
        (call("GET", &target, ""), 421, Why::OtherHost),
        (
            call("GET", &format!("http://evil.example{target}"), &ours),
            421,
            Why::OtherHost,
        ),
    ] {
        let answer = desk.raw(bytes.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{bytes}: {answer}"
        );
        assert_eq!(desk.heard(), [Heard::Refused(why)], "{bytes}");
    }
    // More than ten in a minute are refused, but not told.
    for (target, status) in [
        ("/", 404),
        ("/return", 404),
        ("/return/", 404),
        ("/return/../../etc/passwd", 404),
        (&format!("{target}/"), 404),
        (&format!("/x{target}"), 404),
        (&long, 414),
        ("/favicon.ico", 404),
    ] {
        let answer = desk.get(target).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{target}: {answer}"
        );
    }
    assert_eq!(desk.heard(), []);
}

#[tokio::test]
async fn an_absolute_address_of_ours_is_a_return() {
    let desk = Desk::open().await;
    let answer = desk.get(&loopback(desk.listener.port(), &nonce())).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn garbage_and_giants_end_without_harm() {
    let desk = Desk::open().await;
    let many = format!("GET {} HTTP/1.1\r\n{}\r\n", target(), "A: b\r\n".repeat(65));
    let wide = format!(
        "GET {} HTTP/1.1\r\nA: {}\r\n\r\n",
        target(),
        "x".repeat(20_000)
    );
    let bytes: Vec<u8> = (0..=255).cycle().take(30_000).collect();
    for bad in [
        many.as_bytes(),
        wide.as_bytes(),
        &bytes,
        b"\r\n\r\n",
        b"GET\r\n\r\n",
    ] {
        let answer = desk.raw(bad).await;
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    assert_eq!(desk.heard(), []);
    assert!(
        desk.get(&target()).await.contains("200 OK"),
        "it still listens"
    );
}

#[tokio::test]
async fn a_second_call_on_a_connection_is_not_read() {
    let desk = Desk::open().await;
    let one = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", target(), desk.host());
    let answer = desk.raw(one.repeat(2).as_bytes()).await;
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
    assert_eq!(desk.heard().len(), 1);
}

#[tokio::test]
async fn whoever_is_slow_is_let_go_and_holds_nobody_up() {
    let desk = Desk::open().await;
    let start = Instant::now();
    let mut slow = Vec::new();
    for _ in 0..31 {
        let mut stream = desk.connect().await;
        stream.write_all(b"GET /ret").await.unwrap();
        slow.push(stream);
    }
    assert!(
        desk.get(&target()).await.contains("200 OK"),
        "there is one seat left"
    );
    for stream in &mut slow {
        let mut rest = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut rest));
        // Closed, with or without a word.
        let _ = read.await.expect("it is let go");
    }
    assert!(
        start.elapsed() >= Duration::from_secs(4),
        "not before its time"
    );
}

#[tokio::test]
async fn more_callers_than_seats_are_closed() {
    let desk = Desk::open().await;
    let mut held = Vec::new();
    for _ in 0..32 {
        held.push(desk.connect().await);
    }
    // All seats are taken once the last of them has been accepted.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(desk.get(&target()).await, "");
    drop(held);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(desk.get(&target()).await.contains("200 OK"));
}

#[tokio::test]
async fn a_flood_is_refused_and_told_sparingly() {
    let desk = Desk::open().await;
    let mut refused = 0;
    for _ in 0..100 {
        refused += usize::from(desk.get(&target()).await.starts_with("HTTP/1.1 429 "));
    }
    assert_eq!(refused, 40);
    let heard = desk.heard();
    let floods = heard
        .iter()
        .filter(|one| **one == Heard::Refused(Why::Flood));
    assert_eq!((heard.len(), floods.count()), (70, 10));
}

#[tokio::test]
async fn a_panic_of_the_one_who_hears_ends_nothing() {
    let hear = Arc::new(|_| panic!("not today"));
    let listener = Listener::start(0, hear).await.unwrap();
    let desk = Desk {
        listener,
        heard: Arc::default(),
    };
    for _ in 0..2 {
        assert!(desk.get(&target()).await.contains("200 OK"));
    }
}

#[tokio::test]
async fn a_port_is_had_again_unless_it_is_taken() {
    let one = Desk::open().await;
    let port = one.listener.port();
    assert!(
        Listener::start(port, Arc::new(|_| ())).await.is_err(),
        "it is taken"
    );
    drop(one);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let again = Listener::start(port, Arc::new(|_| ())).await.unwrap();
    assert_eq!(again.port(), port);
}
