//! Starting and stopping the practice server, and what every call passes through: reading the
//! body within bounds, the faults that hit it, the journal, and the headers of every answer.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use humanos::envelope::ProfileError;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use uuid::Uuid;

use crate::auth::Keys;
use crate::books::Booked;
use crate::envelope::Envelope;
use crate::faults::{Call, Faults, Kind, Plan, Struck};
use crate::idempotency::Idempotency;
use crate::ids;
use crate::practice::Practice;
use crate::received::{Journal, Received};
use crate::refusal::Refusal;
use crate::routes;
use crate::store::Store;
use crate::training::Trained;
use crate::wire::{Cut, Line, Orders, Wires};

/// Largest body read; a larger one is answered with 413.
pub const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;
/// A body too large is read on and thrown away up to here, so that the caller gets to the answer.
const MAX_DISCARDED_BYTES: usize = 4 * MAX_BODY_BYTES;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How long [`Server::stop`] waits for calls under way.
const STOP_LIMIT: Duration = Duration::from_secs(2);

/// Tells the time in Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// A running practice server. Dropping it stops it too, without waiting.
pub struct Server {
    shared: Arc<Shared>,
    #[cfg(feature = "tls")]
    port: u16,
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
        let port = listener.local_addr()?.port();
        let base_url = format!("http://127.0.0.1:{port}");
        let shared = Arc::new(Shared {
            keys,
            clock,
            base_url,
            store: Store::default(),
            journal: Journal::default(),
            plan: Arc::new(Plan::default()),
            envelope: Envelope::default(),
            return_query: Mutex::default(),
        });
        let wires = Wires {
            listener,
            plan: Arc::clone(&shared.plan),
        };
        let app = router(Arc::clone(&shared)).into_make_service_with_connect_info::<Line>();
        let (quit, quitting) = oneshot::channel();
        let task = tokio::spawn(
            axum::serve(wires, app)
                .with_graceful_shutdown(async move {
                    // An error means that the server was dropped, which stops it as well.
                    let _ = quitting.await;
                })
                .into_future(),
        );
        Ok(Self {
            shared,
            #[cfg(feature = "tls")]
            port,
            quit,
            task,
        })
    }

    /// `http://127.0.0.1:<port>`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.shared.base_url.clone()
    }

    /// The port that calls come in on.
    #[cfg(feature = "tls")]
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The calls so far, refused ones included, oldest first: the newest 1,000, with at most
    /// 256 MiB of bodies. What link pages send is left out: the caller under test did not.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.shared.journal.all()
    }

    /// Puts a plan of faults in force, instead of the one before. It hits calls that arrive from
    /// now on, on connections that are open already too.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.plan.set(faults);
    }

    /// How often each rule of the plan in force has hit, in their order.
    #[must_use]
    pub fn faults_hit(&self) -> Vec<u64> {
        self.shared.plan.hits()
    }

    /// Sets what is made of `Idempotency-Key`; with `None` it is not looked at, and every accepted
    /// call books again, as under versions of the API without it.
    pub fn set_idempotency(&self, idempotency: Option<Idempotency>) {
        self.shared.store.set_idempotency(idempotency);
    }

    /// Every create call accepted so far, oldest first: the newest 200,000. An answer given again
    /// under the same key books nothing.
    #[must_use]
    pub fn books(&self) -> Vec<Booked> {
        self.shared.store.books()
    }

    /// Sets how the messages of embedded sessions are sealed: one profile, as a file of
    /// [`humanos::envelope::Profiles`] has it. Where it leaves a choice, the first is taken. A
    /// server starts with the best guess. Pages that are open already keep theirs.
    ///
    /// # Errors
    /// [`ProfileError`] if it is not one sound profile; then the one before stays.
    pub fn set_envelope(&self, profile_json: &str) -> Result<(), ProfileError> {
        self.shared.envelope.set(profile_json)
    }

    /// Sets the query that is added to a `redirectUrl` after an answer, without `?`. A server
    /// starts with none; the API states no parameters.
    pub fn set_return_query(&self, query: Option<String>) {
        *self.shared.return_query() = query;
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
    pub(crate) envelope: Envelope,
    journal: Journal,
    plan: Arc<Plan>,
    return_query: Mutex<Option<String>>,
}

/// How far the clock is off for a call, in milliseconds.
#[derive(Clone, Copy)]
pub(crate) struct Skew(pub(crate) i64);

impl Shared {
    /// Now, in Unix milliseconds.
    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Where a page goes that was answered: the redirect, with the query set before its fragment.
    pub(crate) fn redirected(&self, url: &str) -> String {
        let Some(query) = self.return_query().clone() else {
            return url.to_owned();
        };
        let (address, fragment) = match url.find('#') {
            Some(at) => url.split_at(at),
            None => (url, ""),
        };
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}{query}{fragment}")
    }

    fn return_query(&self) -> MutexGuard<'_, Option<String>> {
        self.return_query
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
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

async fn record(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let arrived = read(body).await;
    let call = received(&parts, &arrived);
    let kind = Kind::of(&parts.method, &parts.uri);
    let key = call.header("idempotency-key");
    let struck = shared.plan.strike(&Call::new(kind, key, &call.body));
    parts.extensions.insert(arrived);
    parts.extensions.insert(Skew(struck.skew_ms()));
    let waits = !struck.before().is_zero();
    let answering = answer(shared, parts, call, struck, next);
    let answered = if waits {
        // Not to be given up when the caller leaves.
        tokio::spawn(answering).await.ok()
    } else {
        Some(answering.await)
    };
    let Some((response, orders, wait)) = answered else {
        return Refusal::new(500, "The call could not be done").into_response();
    };
    if !wait.is_zero() {
        sleep(wait).await;
    }
    line.obey(orders);
    response
}

/// Does a call with the faults that hit it; gives the answer, what the wire does with it, and how
/// long it waits.
async fn answer(
    shared: Arc<Shared>,
    parts: Parts,
    mut call: Received,
    mut struck: Struck,
    next: Next,
) -> (Response, Orders, Duration) {
    let skewed = || shared.now().saturating_add(struck.skew_ms());
    let instead = struck.instead(&parts.uri, skewed());
    let running = match &instead {
        Some(_) => Ok(None),
        None => shared.store.begin(call.header("idempotency-key")),
    };
    if !struck.before().is_zero() {
        sleep(struck.before()).await;
    }
    let now = skewed();
    let mut response = match (instead, &running) {
        (Some(response), _) => response,
        (None, Err(in_progress)) => in_progress.clone().into_response(),
        (None, Ok(_)) => next.run(Request::from_parts(parts, Body::empty())).await,
    };
    drop(running);
    if let Some(Trained(fault)) = response.extensions_mut().remove() {
        struck.add(fault);
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (REQUEST_ID, Uuid::new_v4().to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::DATE, ids::http_date(now)),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    let (response, orders) = struck.spoil(response, now).await;
    call.status = match &orders.cut {
        Some(Cut::Close | Cut::Instead(_) | Cut::Reset) => 0,
        Some(Cut::ResetAfter(_)) | None => response.status().as_u16(),
    };
    if !routes::is_answer(&call.method, &call.path) {
        shared.journal.add(call);
    }
    (response, orders, struck.after())
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
