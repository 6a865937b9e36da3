//! A listener with an ear, calls by hand, and how they were answered.

use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use callback::{Heard, Listener, Nonce, Query, Why};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub(crate) const NONCE: Nonce = Nonce::from_bytes([0xA5; 32]);
/// Far beyond what anything here takes.
const LIMIT: Duration = Duration::from_secs(30);
/// Enough for a connection to be taken or closed.
pub(crate) const MOMENT: Duration = Duration::from_millis(300);

pub(crate) struct Bench {
    pub(crate) listener: Listener,
    pub(crate) heard: Arc<Mutex<Vec<Heard>>>,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let hear = Arc::new(move |what| ear.lock().unwrap().push(what));
        let listener = Listener::start(0, hear).await.unwrap();
        Self { listener, heard }
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.listener.port())
    }

    /// What was heard since the last time.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        let address = (Ipv4Addr::LOCALHOST, self.listener.port());
        TcpStream::connect(address).await.unwrap()
    }

    pub(crate) async fn say(&self, bytes: &[u8]) -> Answer {
        let mut socket = self.connect().await;
        // An early end can be met while writing already.
        let _ = socket.write_all(bytes).await;
        answer(&mut socket).await
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        let call = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host());
        self.say(call.as_bytes()).await
    }

    /// A call for the right target, with these lines in place of Host.
    pub(crate) async fn with(&self, headers: &str) -> Answer {
        let call = format!("GET {} HTTP/1.1\r\n{headers}\r\n", target(""));
        self.say(call.as_bytes()).await
    }

    /// The call was refused so, and that was told.
    pub(crate) fn refused(&self, answer: &Answer, status: u16, why: Why) {
        assert_eq!(answer.status(), status, "{}", answer.text);
        answer.is_safe();
        assert!(
            answer.text.ends_with(&format!("{why}.\n")),
            "{}",
            answer.text
        );
        assert_eq!(self.heard(), [Heard::Refused(why)]);
    }
}

pub(crate) struct Answer {
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        let status = self.text.split(' ').nth(1);
        status.map_or(0, |status| status.parse().unwrap())
    }

    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let head = self.text.split("\r\n\r\n").next().unwrap();
        let fields = head.lines().filter_map(|line| line.split_once(": "));
        let named = fields.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value).collect()
    }

    pub(crate) fn is_safe(&self) {
        assert_eq!(self.values("connection"), ["close"]);
        assert_eq!(self.values("cache-control"), ["no-store"]);
        assert_eq!(self.values("referrer-policy"), ["no-referrer"]);
        assert_eq!(self.values("x-content-type-options"), ["nosniff"]);
        assert_eq!(self.values("cross-origin-resource-policy"), ["same-origin"]);
        let [policy] = self.values("content-security-policy")[..] else {
            panic!("one policy: {}", self.text);
        };
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
        assert!(policy.ends_with(
            "; frame-ancestors tauri://localhost https://tauri.localhost http://tauri.localhost"
        ));
    }

    pub(crate) fn is_the_page(&self) {
        assert_eq!(self.status(), 200, "{}", self.text);
        self.is_safe();
        assert_eq!(self.values("content-type"), ["text/html; charset=utf-8"]);
        assert!(self.text.contains("<html lang=\"en\">"));
        assert!(self.text.contains("<title>Countersign</title>"));
        assert!(self.text.contains("Thank you. You may close this page."));
        assert_eq!(self.text.matches("HTTP/1.1 ").count(), 1, "one answer");
    }
}

/// What arrives until the connection ends, in good order or not.
pub(crate) async fn answer(socket: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let end = timeout(LIMIT, socket.read_to_end(&mut bytes)).await;
    if let Err(error) = end.expect("it ends") {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}");
    }
    Answer {
        text: String::from_utf8(bytes).unwrap(),
    }
}

pub(crate) fn target(query: &str) -> String {
    format!("/return/{NONCE}{query}")
}

/// The one return that was heard.
pub(crate) fn query(heard: &[Heard]) -> &Query {
    let [Heard::Return(back)] = heard else {
        panic!("one return: {heard:?}");
    };
    assert_eq!(back.nonce, NONCE);
    &back.query
}
