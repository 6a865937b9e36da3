//! The servers that contestants call, each in a process of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use sandbox::{Practice, Server};
use tokio::net::TcpListener;

use super::{now_ms, requests};
use crate::Outcome;

const REPLY: &str = concat!(
    r#"{"id":"65f0a1b2c3d4e5f6a7b8c9d0","#,
    r#""credentials":[{"id":"urn:via:credential:65f0a1b2c3d4e5f6a7b8c9d1","name":"Terms"}],"#,
    r#""subjects":[{"id":"did:web:humanos.tech:user:65f0a1b2c3d4e5f6a7b8c9d2","#,
    r#""contact":"person@example.com"}]}"#
);

/// A server to be called; ends with this value.
pub(super) struct Callee {
    child: Child,
    asked: ChildStdin,
    told: BufReader<ChildStdout>,
    pub(super) url: String,
}

impl Callee {
    /// Starts this program with the word for one of the servers below.
    pub(super) fn start(word: &str) -> Outcome<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(word)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(asked), Some(told)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the server has no streams".into());
        };
        let mut callee = Self {
            child,
            asked,
            told: BufReader::new(told),
            url: String::new(),
        };
        callee.url = callee.line()?;
        Ok(callee)
    }

    /// How many requests it made.
    pub(super) fn made(&mut self) -> Outcome<usize> {
        self.asked.write_all(b"\n")?;
        Ok(self.line()?.parse()?)
    }

    fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        self.told.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

impl Drop for Callee {
    fn drop(&mut self) {
        // If it is gone already there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The practice server, as the app has it.
pub(crate) fn practice() -> Outcome<bool> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let credentials = requests::credentials()?;
    let practice = Practice {
        api_key: credentials.api_key.expose().to_owned(),
        signature_secret: credentials.signature_secret.expose().to_owned(),
    };
    let server = runtime.block_on(Server::start(practice, Arc::new(now_ms)))?;
    tell(&server.base_url(), || server.books().len());
    Ok(true)
}

/// Reads a request and gives a fixed answer that all take for a made request.
pub(crate) fn responder() -> Outcome<bool> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let made = Arc::new(AtomicUsize::new(0));
    let app = Router::new()
        .route("/request", post(answer))
        .with_state(Arc::clone(&made));
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let url = format!("http://{}", listener.local_addr()?);
    runtime.spawn(axum::serve(listener, app).into_future());
    tell(&url, || made.load(Ordering::Relaxed));
    Ok(true)
}

/// Says where it listens, and at each line how many requests were made, until whoever started it is gone.
fn tell(url: &str, made: impl Fn() -> usize) {
    println!("{url}");
    for _ in std::io::stdin().lines().map_while(Result::ok) {
        println!("{}", made());
    }
}

async fn answer(State(made): State<Arc<AtomicUsize>>, body: Bytes) -> impl IntoResponse {
    let status = if body.is_empty() {
        StatusCode::BAD_REQUEST
    } else {
        made.fetch_add(1, Ordering::Relaxed);
        StatusCode::CREATED
    };
    (status, [(header::CONTENT_TYPE, "application/json")], REPLY)
}
