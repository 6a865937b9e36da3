//! Calls by hand on a socket of their own, and how it ended.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::Bench;

/// Far beyond what anything here takes.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// What arrived on a socket until it ended.
pub(crate) struct Heard {
    pub(crate) text: String,
    /// By an RST rather than in good order.
    pub(crate) reset: bool,
}

impl Heard {
    pub(crate) fn head(&self) -> &str {
        self.text
            .split_once("\r\n\r\n")
            .map_or("", |(head, _)| head)
    }

    pub(crate) fn body(&self) -> &str {
        self.text
            .split_once("\r\n\r\n")
            .map_or("", |(_, body)| body)
    }

    pub(crate) fn status(&self) -> u16 {
        let status = self.text.split(' ').nth(1);
        status.map_or(0, |status| status.parse().unwrap())
    }

    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let fields = self.head().lines().filter_map(|line| line.split_once(": "));
        let named = fields.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value).collect()
    }

    pub(crate) fn is_json(&self) -> bool {
        serde_json::from_str::<Value>(self.body()).is_ok()
    }
}

pub(crate) async fn connect(bench: &Bench) -> TcpStream {
    let url = bench.server.base_url();
    let address: SocketAddr = url.strip_prefix("http://").unwrap().parse().unwrap();
    TcpStream::connect(address).await.unwrap()
}

/// The bytes of a signed call that asks for the connection to be closed.
pub(crate) fn call(bench: &Bench, line: &str, body: &str) -> Vec<u8> {
    let mut text = format!("{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in bench.headers(body.as_bytes()) {
        text += &format!("{name}: {value}\r\n");
    }
    let length = body.len();
    text += &format!("idempotency-key: k\r\ncontent-length: {length}\r\n\r\n{body}");
    text.into_bytes()
}

pub(crate) async fn hear(socket: &mut TcpStream) -> Heard {
    let mut bytes = Vec::new();
    let end = timeout(LIMIT, socket.read_to_end(&mut bytes))
        .await
        .unwrap();
    let reset = match end {
        Ok(_) => false,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}");
            true
        }
    };
    let text = String::from_utf8(bytes).unwrap();
    Heard { text, reset }
}

pub(crate) async fn say(bench: &Bench, bytes: &[u8]) -> Heard {
    let mut socket = connect(bench).await;
    // An early reset can be met while writing already.
    let _ = socket.write_all(bytes).await;
    hear(&mut socket).await
}
