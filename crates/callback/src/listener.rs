//! Listens on this computer for browsers that come back. Everything a stranger can make it do is bounded.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::call::{self, Why};
use crate::spare::Spare;
use crate::{Return, page};

/// Connections at once; more are closed unread.
const MAX_CONNECTIONS: usize = 32;
/// How long a caller may take over the head of a call, and over everything.
const HEAD_LIMIT: Duration = Duration::from_secs(5);
const CALL_LIMIT: Duration = Duration::from_secs(10);
/// Room for the head of a call, in bytes and headers.
const MAX_HEAD: usize = 16 * 1024;
const MAX_HEADERS: usize = 64;
/// In a minute: calls that are answered, and refusals that are told.
const MAX_CALLS: usize = 60;
const MAX_TOLD: usize = 10;

/// What a listener tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Somebody came back.
    Return(Return),
    /// A call was refused. At most ten in a minute are told.
    Refused(Why),
}

type Hear = Arc<dyn Fn(Heard) + Send + Sync>;

/// A listener on 127.0.0.1. Dropping it ends it.
pub struct Listener {
    port: u16,
    task: JoinHandle<()>,
}

impl Listener {
    /// Binds 127.0.0.1 at `port`, or at a free one if that is 0. `hear` must not take long.
    ///
    /// # Errors
    /// What the system says when the port cannot be had.
    pub async fn start(port: u16, hear: Arc<dyn Fn(Heard) + Send + Sync>) -> io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = socket.local_addr()?.port();
        let ear = Arc::new(Ear {
            port,
            hear,
            calls: Mutex::new(Spare::new(MAX_CALLS)),
            told: Mutex::new(Spare::new(MAX_TOLD)),
        });
        let task = tokio::spawn(accept(socket, ear));
        Ok(Self { port, task })
    }

    /// The port that it listens at.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

struct Ear {
    port: u16,
    hear: Hear,
    calls: Mutex<Spare>,
    told: Mutex<Spare>,
}

async fn accept(socket: TcpListener, ear: Arc<Ear>) {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok((stream, _)) = socket.accept().await else {
            // No more files can be opened, perhaps; that passes.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let Ok(seat) = Arc::clone(&room).try_acquire_owned() else {
            continue;
        };
        let ear = Arc::clone(&ear);
        tokio::spawn(async move {
            // An end without an answer is the caller's own affair.
            let _ = timeout(CALL_LIMIT, serve(stream, ear)).await;
            drop(seat);
        });
    }
}

async fn serve(stream: TcpStream, ear: Arc<Ear>) -> hyper::Result<()> {
    let answer = service_fn(move |call: Request<Incoming>| {
        let ear = Arc::clone(&ear);
        async move { Ok::<_, Infallible>(ear.answer(&call)) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), answer)
        .await
}

impl Ear {
    /// The body of a call is not read.
    fn answer<B>(&self, call: &Request<B>) -> Response<Full<Bytes>> {
        let now = Instant::now();
        if !allows(&self.calls, now) {
            return self.refuse(Why::Flood, now);
        }
        let uri = call.uri();
        let judged = call::judge(
            self.port,
            call.method().as_str(),
            call.headers()
                .get_all(HOST)
                .iter()
                .map(|host| host.as_bytes()),
            uri.authority().map(hyper::http::uri::Authority::as_str),
            uri.path_and_query()
                .map_or("", hyper::http::uri::PathAndQuery::as_str),
        );
        match judged {
            Ok(returned) => {
                self.tell(Heard::Return(returned));
                response(StatusCode::OK, page::thanks())
            }
            // Browsers ask for it by themselves.
            Err(Why::NotHere) if uri.path() == "/favicon.ico" => {
                response(StatusCode::NOT_FOUND, String::new())
            }
            Err(why) => self.refuse(why, now),
        }
    }

    fn refuse(&self, why: Why, now: Instant) -> Response<Full<Bytes>> {
        if allows(&self.told, now) {
            self.tell(Heard::Refused(why));
        }
        let status = StatusCode::from_u16(why.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = response(status, page::refused(&why.to_string()));
        if why == Why::NotGet {
            response
                .headers_mut()
                .insert(ALLOW, hyper::header::HeaderValue::from_static("GET"));
        }
        response
    }

    /// What hears must not be able to end what listens.
    fn tell(&self, heard: Heard) {
        if catch_unwind(AssertUnwindSafe(|| (self.hear)(heard))).is_err() {
            tracing::error!("a return was not taken");
        }
    }
}

fn allows(spare: &Mutex<Spare>, now: Instant) -> bool {
    spare
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .allows(now)
}

fn response(status: StatusCode, page: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(page)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (CONNECTION, "close"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, hyper::header::HeaderValue::from_static(value));
    }
    if let Ok(policy) = hyper::header::HeaderValue::from_str(&page::policy()) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
