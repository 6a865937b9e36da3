//! Starting and stopping the practice server, and what every call passes through: reading the
//! body within bounds, the journal, and the headers of every answer.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::auth::Keys;
use crate::practice::Practice;
use crate::received::{Journal, Received};
use crate::routes;
use crate::store::Store;

/// Largest body read; a larger one is answered with 413.
pub const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;
/// A body too large is read on and thrown away up to here, so that the caller gets to the answer.
const MAX_DISCARDED_BYTES: usize = 4 * MAX_BODY_BYTES;
/// How long [`Server::stop`] waits for calls under way.
const STOP_LIMIT: Duration = Duration::from_secs(2);

/// Tells the time in Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// A running practice server. Dropping it stops it too, without waiting.
pub struct Server {
    shared: Arc<Shared>,
    quit: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Binds a free port of 127.0.0.1 and serves calls signed with `practice`. Timestamps and
    /// versions are judged by `clock`, which should be at 2026-05-20 or later: an API version in
    /// the clock's future is refused.
    ///
    /// # Errors
    /// `InvalidInput` if the key or secret is empty, too long or no header can carry it;
    /// otherwise what the operating system says when no port can be bound.
    pub async fn start(practice: Practice, clock: Clock) -> io::Result<Self> {
        let keys = Keys::read(practice)
            .map_err(|source| io::Error::new(io::ErrorKind::InvalidInput, source))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base_url = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
        let shared = Arc::new(Shared {
            keys,
            clock,
            base_url,
            store: Store::default(),
            journal: Journal::default(),
        });
        let app = router(Arc::clone(&shared));
        let (quit, quitting) = oneshot::channel();
        let task = tokio::spawn(
            axum::serve(listener, app)
                .with_graceful_shutdown(async move {
                    // An error means that the server was dropped, which stops it as well.
                    let _ = quitting.await;
                })
                .into_future(),
        );
        Ok(Self { shared, quit, task })
    }

    /// `http://127.0.0.1:<port>`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.shared.base_url.clone()
    }

    /// The calls so far, refused ones included, oldest first: the newest 1,000, with at most
    /// 256 MiB of bodies.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.shared.journal.all()
    }

    /// Stops listening and waits up to two seconds for calls under way.
    pub async fn stop(self) {
        let Self { quit, mut task, .. } = self;
        drop(quit);
        if tokio::time::timeout(STOP_LIMIT, &mut task).await.is_err() {
            task.abort();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("base_url", &self.shared.base_url)
            .finish_non_exhaustive()
    }
}

/// What the handlers share.
pub(crate) struct Shared {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) base_url: String,
    pub(crate) store: Store,
    journal: Journal,
}

impl Shared {
    /// Now, in Unix milliseconds.
    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }
}

/// A call's body, read once for all that look at it.
#[derive(Clone)]
pub(crate) enum Arrived {
    /// The exact bytes.
    Whole(Bytes),
    /// More than [`MAX_BODY_BYTES`].
    TooLarge,
    /// The connection broke before the end.
    Cut,
}

fn router(shared: Arc<Shared>) -> Router {
    routes::all(Arc::clone(&shared))
        .layer(from_fn_with_state(Arc::clone(&shared), record))
        .with_state(shared)
}

async fn record(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let arrived = read(body).await;
    let mut call = received(&parts, &arrived);
    parts.extensions.insert(arrived);
    let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
    call.status = response.status().as_u16();
    shared.journal.add(call);
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&Uuid::new_v4().to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn received(parts: &Parts, arrived: &Arrived) -> Received {
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        (
            name.as_str().to_owned(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    };
    Received {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: parts.headers.iter().map(header).collect(),
        body: match arrived {
            Arrived::Whole(bytes) => bytes.clone(),
            Arrived::TooLarge | Arrived::Cut => Bytes::new(),
        },
        status: 0,
    }
}

async fn read(mut body: Body) -> Arrived {
    let mut kept = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(frame) = frame else {
            return Arrived::Cut;
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length += data.len();
        if length <= MAX_BODY_BYTES {
            kept.extend_from_slice(&data);
        } else {
            kept = Vec::new();
        }
        if length > MAX_DISCARDED_BYTES {
            break;
        }
    }
    if length > MAX_BODY_BYTES {
        Arrived::TooLarge
    } else {
        Arrived::Whole(kept.into())
    }
}
