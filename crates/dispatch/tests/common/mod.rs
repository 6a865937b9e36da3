//! What the engine's tests share: a server that keeps books and fails on demand, a ledger with a
//! batch, seeded randomness.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dispatch::pace::Rate;
use dispatch::{Chance, Command, Desk, EngineError, Gate, Status, Terms, Writer};
use humanos::client::{ApiCredentials, BaseUrl, Client, Endpoint, Limits, Proxy};
use humanos::{ApiKey, ApiVersion, SignatureSecret, verify};
use ledger::{BatchState, Ledger, LedgerKey, NewBatch, NewRequest};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

pub(crate) const API_KEY: &str = "practice_key_0123456789";
pub(crate) const SECRET: &str = "practice-secret";
pub(crate) const BATCH: &str = "batch-1";

/// Quick, so that retries do not make tests slow.
pub(crate) const TERMS: Terms = Terms {
    attempts: 5,
    base_ms: 8,
    cap_ms: 40,
    longest_wait_ms: 2_000,
    key_lifetime_ms: 24 * 60 * 60 * 1000,
    spare_retries: 100,
    retries_per_hundred: 50,
    ahead: 1,
};

/// The same, with starts written down ahead.
pub(crate) const AHEAD: Terms = Terms { ahead: 8, ..TERMS };

pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// The same numbers for the same seed.
#[derive(Clone)]
pub(crate) struct Dice(pub(crate) u64);

impl Chance for Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % bound.max(1)
    }
}

/// How the server treats one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// Refused, nothing made.
    Status(u16),
    /// Refused with `Retry-After` in seconds.
    RetryAfter(u16, u64),
    /// Made, yet answered so.
    MadeThenStatus(u16),
    /// Cut off before anything was made.
    CutBefore,
    /// Made, then cut off without an answer.
    CutAfter,
    /// Made, then cut off in the middle of the answer.
    CutInside,
    /// Made, then answered with something else than JSON.
    Garbled,
    /// Made, answered after so many milliseconds.
    Late(u64),
}

/// One call as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) key: String,
    pub(crate) timestamp: i64,
    pub(crate) signed: bool,
    pub(crate) body: Vec<u8>,
}

/// A request as made.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) body: Value,
    pub(crate) at_ms: i64,
    reply: String,
}

#[derive(Default)]
pub(crate) struct Books {
    pub(crate) calls: Vec<Call>,
    pub(crate) made: Vec<Made>,
    by_key: BTreeMap<String, usize>,
}

type Judge = Box<dyn FnMut(&Call) -> Fault + Send>;

/// A server on loopback that keeps books.
pub(crate) struct Server {
    pub(crate) base_url: String,
    pub(crate) books: Arc<Mutex<Books>>,
    judge: Arc<Mutex<Judge>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(judge: impl FnMut(&Call) -> Fault + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let books = Arc::new(Mutex::new(Books::default()));
        let judge: Arc<Mutex<Judge>> = Arc::new(Mutex::new(Box::new(judge)));
        let task = tokio::spawn({
            let (books, judge) = (Arc::clone(&books), Arc::clone(&judge));
            async move {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    let _ = stream.set_nodelay(true);
                    tokio::spawn(serve(stream, Arc::clone(&books), Arc::clone(&judge)));
                }
            }
        });
        Self {
            base_url,
            books,
            judge,
            task,
        }
    }

    pub(crate) fn judge_by(&self, judge: impl FnMut(&Call) -> Fault + Send + 'static) {
        *self.judge.lock().unwrap() = Box::new(judge);
    }

    pub(crate) fn made(&self) -> Vec<Made> {
        self.books.lock().unwrap().made.clone()
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.books.lock().unwrap().calls.clone()
    }

    pub(crate) fn posts(&self) -> usize {
        self.calls().iter().filter(|c| c.method == "POST").count()
    }

    /// Nobody was asked twice, and every call was signed over the bytes it carried.
    pub(crate) fn check(&self, requests: usize) {
        let books = self.books.lock().unwrap();
        assert!(books.calls.iter().all(|call| call.signed));
        let mut contacts: Vec<&str> = books
            .made
            .iter()
            .flat_map(|made| made.body["contacts"].as_array().unwrap())
            .map(|contact| contact.as_str().unwrap())
            .collect();
        contacts.sort_unstable();
        let asked = contacts.len();
        contacts.dedup();
        assert_eq!(contacts.len(), asked, "somebody was asked twice");
        assert_eq!(asked, requests, "somebody was not asked");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, books: Arc<Mutex<Books>>, judge: Arc<Mutex<Judge>>) {
    let mut buffer = Vec::new();
    while let Some(call) = read(&mut stream, &mut buffer).await {
        let fault = (judge.lock().unwrap())(&call);
        let reply = answer(&mut books.lock().unwrap(), call, fault);
        if let Fault::Late(ms) = fault {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
        let Some(reply) = reply else { return };
        if stream.write_all(reply.as_bytes()).await.is_err() || fault == Fault::CutInside {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Call> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).ok()?;
    let header = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
    };
    let length = header("content-length").map_or(0, |text| text.parse().unwrap());
    while buffer.len() < end + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = buffer[end..end + length].to_vec();
    buffer.drain(..end + length);
    let mut line = head.lines().next()?.split(' ');
    let timestamp = header("x-timestamp")?.parse().ok()?;
    let secret = SignatureSecret::parse(SECRET.to_owned()).unwrap();
    Some(Call {
        method: line.next()?.to_owned(),
        target: line.next()?.to_owned(),
        key: header("idempotency-key").unwrap_or_default(),
        timestamp,
        signed: verify(&secret, timestamp, &body, &header("x-signature")?),
        body,
    })
}

fn answer(books: &mut Books, call: Call, fault: Fault) -> Option<String> {
    books.calls.push(call.clone());
    let refusal = |status: u16| json!({"statusCode": status, "message": "no"}).to_string();
    match fault {
        Fault::Status(status) => return Some(http(status, &[], &refusal(status))),
        Fault::RetryAfter(status, seconds) => {
            let header = ("Retry-After", seconds.to_string());
            return Some(http(status, &[header], &refusal(status)));
        }
        Fault::CutBefore => return None,
        _ => {}
    }
    let reply = if call.method == "GET" {
        list(books, &call.target)
    } else {
        make(books, &call)
    };
    match fault {
        Fault::MadeThenStatus(status) => Some(http(status, &[], &refusal(status))),
        Fault::CutAfter => None,
        Fault::CutInside => {
            let whole = http(201, &[], &reply);
            Some(whole[..whole.len() - 20].to_owned())
        }
        Fault::Garbled => Some(http(201, &[], "<html>made</html>")),
        _ => Some(http(201, &[], &reply)),
    }
}

fn make(books: &mut Books, call: &Call) -> String {
    if let Some(known) = books.by_key.get(&call.key) {
        return books.made[*known].reply.clone();
    }
    let body: Value = serde_json::from_slice(&call.body).unwrap();
    let id = format!("{:024x}", books.made.len() + 1);
    let subjects: Vec<Value> = body["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|contact| json!({"id": "did:1", "contact": contact}))
        .collect();
    let reply = json!({"id": id, "credentials": [], "subjects": subjects}).to_string();
    if !call.key.is_empty() {
        books.by_key.insert(call.key.clone(), books.made.len());
    }
    books.made.push(Made {
        id,
        key: call.key.clone(),
        body,
        at_ms: now_ms(),
        reply: reply.clone(),
    });
    reply
}

fn list(books: &Books, target: &str) -> String {
    let query = target.split_once("internalId=").unwrap().1;
    let internal_id = query.split('&').next().unwrap();
    let data: Vec<Value> = books
        .made
        .iter()
        .filter(|made| made.body["internalId"].as_str() == Some(internal_id))
        .map(|made| {
            let contacts = made.body["contacts"].as_array().unwrap();
            let subjects: Vec<Value> = contacts
                .iter()
                .map(|contact| json!({"id": "did:1", "contact": contact}))
                .collect();
            // Far enough from any time zone's trouble: seconds since the epoch as a date.
            let at = rfc3339(made.at_ms);
            json!({"id": made.id, "createdAt": at, "internalId": internal_id,
                   "subjects": subjects, "credentials": []})
        })
        .collect();
    json!({"data": data, "totalPages": 1}).to_string()
}

/// Days to date by the civil calendar.
fn rfc3339(ms: i64) -> String {
    let (days, rest) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (
        doy - (153 * mp + 2) / 5 + 1,
        if mp < 10 { mp + 3 } else { mp - 9 },
    );
    let year = yoe + era * 400 + i64::from(month <= 2);
    let (h, m, s) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}.{:03}Z",
        rest % 1_000
    )
}

fn http(status: u16, headers: &[(&str, String)], body: &str) -> String {
    let more: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{more}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A ledger in a folder of its own.
pub(crate) struct House {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) key: LedgerKey,
}

impl House {
    /// With a batch of `n` requests to `base_url`, changed by `change`.
    pub(crate) fn with_batch(
        base_url: &str,
        n: u32,
        change: impl Fn(u32, &mut NewRequest),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let key = LedgerKey::generate().unwrap();
        let ledger = Ledger::create(&path, &key).unwrap();
        let batch = NewBatch {
            id: BATCH.into(),
            connection_id: "connection-1".into(),
            connection_name: "Practice".into(),
            name: "Everybody".into(),
            practice: true,
            per_minute: 600_000,
            in_flight: 16,
            at_ms: now_ms(),
        };
        let requests = (0..n).map(|n| {
            let mut request = request(base_url, n);
            change(n, &mut request);
            request
        });
        ledger.plan_batch(&batch, requests).unwrap();
        Self { folder, path, key }
    }

    pub(crate) fn open(&self) -> Ledger {
        Ledger::open(&self.path, &self.key).unwrap()
    }
}

pub(crate) fn request_id(n: u32) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

pub(crate) fn body(n: u32, internal_id: &str, resources: &str) -> String {
    let internal = if internal_id.is_empty() {
        String::new()
    } else {
        format!(r#","internalId":"{internal_id}""#)
    };
    format!(
        r#"{{"contacts":["person{n}@example.com"],"name":"Terms","resourcesIds":["{resources}"],"language":"ENG"{internal}}}"#
    )
}

pub(crate) fn request(base_url: &str, n: u32) -> NewRequest {
    let internal_id = format!("case-{n}");
    NewRequest {
        id: request_id(n),
        connection_id: "connection-1".into(),
        connection_name: "Practice".into(),
        practice: true,
        url: format!("{base_url}/request"),
        api_version: "2026-05-20".into(),
        idempotency_key: format!("key-{n}"),
        body: body(n, &internal_id, "507f1f77bcf86cd799439012").into_bytes(),
        body_sha256: format!("{n:064x}"),
        name: "Terms".into(),
        internal_id,
        security_level: "CONTACT".into(),
        pub_key: String::new(),
        return_nonce: None,
        people: vec![format!("person{n}@example.com")],
        at_ms: now_ms(),
    }
}

/// Takes the internal id out, so that nothing can be looked up.
pub(crate) fn without_internal_id(n: u32, request: &mut NewRequest) {
    request.internal_id = String::new();
    request.body = body(n, "", "507f1f77bcf86cd799439012").into_bytes();
}

pub(crate) fn client(base_url: &str, version: &str, api_key: &str, secret: &str) -> Client {
    let endpoint = Endpoint {
        base_url: BaseUrl::parse(base_url).unwrap(),
        version: ApiVersion::parse(version).unwrap(),
        proxy: Proxy::None,
        ca_pem: None,
    };
    let credentials = ApiCredentials {
        api_key: ApiKey::parse(api_key.to_owned()).unwrap(),
        signature_secret: SignatureSecret::parse(secret.to_owned()).unwrap(),
    };
    let limits = Limits {
        total: Duration::from_secs(2),
        ..Limits::default()
    };
    Client::with_limits(endpoint, credentials, limits).unwrap()
}

/// A run under way.
pub(crate) struct Running {
    pub(crate) commands: mpsc::Sender<Command>,
    pub(crate) status: watch::Receiver<Option<Status>>,
    pub(crate) run: tokio::task::JoinHandle<Result<BatchState, EngineError>>,
    ledger: std::thread::JoinHandle<Ledger>,
}

pub(crate) const FAST: Rate = Rate {
    per_minute: 600_000,
    in_flight: 16,
};

pub(crate) fn start(path: &Path, key: &LedgerKey, client: Client, terms: Terms) -> Running {
    start_at(path, key, client, terms, now_ms)
}

pub(crate) fn start_at(
    path: &Path,
    key: &LedgerKey,
    client: Client,
    terms: Terms,
    clock: impl Fn() -> i64 + Send + Sync + 'static,
) -> Running {
    start_through(Gate::new(FAST), path, key, client, terms, clock)
}

pub(crate) fn start_through(
    gate: Arc<Gate>,
    path: &Path,
    key: &LedgerKey,
    client: Client,
    terms: Terms,
    clock: impl Fn() -> i64 + Send + Sync + 'static,
) -> Running {
    let (writer, ledger) = Writer::start(Ledger::open(path, key).unwrap()).unwrap();
    let desk = Desk {
        api: Arc::new(client),
        writer,
        gate,
        clock: Arc::new(clock),
        terms,
    };
    let (commands, receiver) = mpsc::channel(4);
    let (sender, status) = watch::channel(None);
    let run = tokio::spawn(dispatch::run(desk, Dice(7), BATCH, receiver, sender));
    Running {
        commands,
        status,
        run,
        ledger,
    }
}

impl Running {
    /// Lets it go as far as it can, with nobody to resume it.
    pub(crate) async fn left_alone(self) -> (BatchState, Ledger) {
        drop(self.commands);
        let state = self.run.await.unwrap().unwrap();
        (state, self.ledger.join().unwrap())
    }

    /// Waits for a status.
    pub(crate) async fn until(&mut self, what: impl Fn(&Status) -> bool) -> Status {
        let wait = self
            .status
            .wait_for(|status| status.as_ref().is_some_and(&what));
        let found = tokio::time::timeout(Duration::from_secs(20), wait).await;
        found.unwrap().unwrap().clone().unwrap()
    }
}
