//! The steps that wait: for the gate, the disk, the server.

use std::sync::Arc;

use humanos::listed::ListedRequest;
use humanos::{Body, Created, Failure, IdempotencyKey};
use ledger::{Due, Entry, Finish, Found, Ledger, LedgerError, Outcome, Start, Verdict};
use tokio::sync::watch;

use crate::{Api, Clock, Gate, Pass, WriteError, Writer};

/// A signature must not be older than this when it leaves.
const STALE_MS: i64 = 30_000;
const WITHDRAWN: &str = "it was held back before it left";

/// A request on its way.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) due: Arc<Due>,
    /// When its first attempt began, in this run or an earlier one, Unix milliseconds.
    pub(super) first_ms: Option<i64>,
    /// Attempts since it was taken up.
    pub(super) tries: u32,
    /// Whether its key may have reached the server.
    pub(super) sent_before: bool,
    /// Whether to ask the server for it before anything else.
    pub(super) look_up: bool,
    /// Whether it may be sent (again).
    pub(super) may_send: bool,
}

/// What came of a step.
pub(super) enum Step {
    /// The batch was paused before the job's turn came.
    HeldBack(Job),
    /// The ledger does not let it be sent: it was taken back or settled meanwhile.
    Dropped,
    /// It cannot be put on the wire.
    Unsendable(Job, String),
    /// Its start is on the disk.
    Started(Box<Started>),
    /// It was sent.
    Sent(Box<Sent>),
    /// The server was asked for it.
    LookedUp {
        job: Job,
        result: Result<Vec<ListedRequest>, Failure>,
        left_ms: u64,
    },
    /// What the job met is on the disk.
    Written(After),
    /// More was read.
    Read {
        page: Result<Vec<Due>, WriteError>,
        unknown: bool,
    },
    /// The ledger failed.
    Failed(WriteError),
}

/// A call that came back.
pub(super) struct Sent {
    pub(super) job: Job,
    pub(super) attempt: u32,
    pub(super) result: Result<Created, Failure>,
    /// When it left, in the gate's milliseconds.
    pub(super) left_ms: u64,
}

/// What to do with a job once its end is on the disk.
#[derive(Debug)]
pub(super) enum After {
    /// Nothing: it is settled, or left as it is.
    Done,
    /// Take it up again at once, or first after a pause.
    First(Job),
    /// Take it up again after so many milliseconds.
    Later(Job, u64),
}

/// What all steps need.
pub(super) struct Tools<A, K> {
    pub(super) api: Arc<A>,
    pub(super) writer: Writer,
    pub(super) gate: Arc<Gate>,
    pub(super) clock: Arc<K>,
    /// Whether nothing more may leave.
    pub(super) held: watch::Receiver<bool>,
}

impl<A, K> Tools<A, K> {
    /// Waits for its turn; none when nothing more may leave.
    async fn turn(&mut self) -> Option<Pass> {
        tokio::select! {
            biased;
            _ = self.held.wait_for(|held| *held) => None,
            pass = self.gate.enter() => Some(pass),
        }
    }
}

impl<A, K> Clone for Tools<A, K> {
    fn clone(&self) -> Self {
        Self {
            api: Arc::clone(&self.api),
            writer: self.writer.clone(),
            gate: Arc::clone(&self.gate),
            clock: Arc::clone(&self.clock),
            held: self.held.clone(),
        }
    }
}

/// An attempt that is on the disk and has not left.
pub(super) struct Started {
    job: Job,
    key: IdempotencyKey,
    body: Body,
    attempt: u32,
    timestamp_ms: i64,
}

/// Sends a job once, or asks the server for it, when its turn has come.
pub(super) async fn go<A: Api, K: Clock>(mut tools: Tools<A, K>, job: Job) -> Step {
    let Some(pass) = tools.turn().await else {
        return Step::HeldBack(job);
    };
    if job.look_up {
        let left_ms = pass.left_ms();
        let now_ms = tools.clock.now_ms();
        let result = tools.api.find(&job.due.internal_id, now_ms).await;
        return Step::LookedUp {
            job,
            result,
            left_ms,
        };
    }
    match begin(tools.writer.clone(), Arc::clone(&tools.clock), job).await {
        Step::Started(started) => leave(tools, *started, Some(pass)).await,
        other => other,
    }
}

/// Writes the start of an attempt down.
pub(super) async fn begin<K: Clock>(writer: Writer, clock: Arc<K>, job: Job) -> Step {
    let key = match IdempotencyKey::parse(job.due.idempotency_key.clone()) {
        Ok(key) => key,
        Err(error) => return Step::Unsendable(job, error.to_string()),
    };
    let body = match Body::from_stored(job.due.body.clone()) {
        Ok(body) => body,
        Err(error) => return Step::Unsendable(job, error.to_string()),
    };
    let timestamp_ms = clock.now_ms();
    let start = Entry::Start(Start {
        request: job.due.id.clone(),
        timestamp_ms,
        at_ms: timestamp_ms,
    });
    match writer.write(start).await {
        Ok(attempt) => Step::Started(Box::new(Started {
            job,
            key,
            body,
            attempt,
            timestamp_ms,
        })),
        Err(error) if is_about_this_request(&error) => Step::Dropped,
        Err(error) => Step::Failed(error),
    }
}

/// Sends an attempt that was started, at once with a pass and otherwise when its turn has come.
pub(super) async fn leave<A: Api, K: Clock>(
    mut tools: Tools<A, K>,
    started: Started,
    pass: Option<Pass>,
) -> Step {
    let Started {
        mut job,
        key,
        body,
        attempt,
        timestamp_ms,
    } = started;
    let pass = match pass {
        None => tools.turn().await,
        pass => pass,
    };
    let fresh = tools.clock.now_ms().saturating_sub(timestamp_ms) <= STALE_MS;
    let Some(pass) = pass.filter(|_| fresh) else {
        return withdraw(tools, job, attempt).await;
    };
    let left_ms = pass.left_ms();
    job.first_ms.get_or_insert(timestamp_ms);
    let result = tools.api.create(&body, &key, timestamp_ms).await;
    drop(pass);
    Step::Sent(Box::new(Sent {
        job,
        attempt,
        result,
        left_ms,
    }))
}

/// Notes that an attempt did not leave, and gives the job back.
async fn withdraw<A, K: Clock>(tools: Tools<A, K>, job: Job, attempt: u32) -> Step {
    let finish = Finish {
        request: job.due.id.clone(),
        attempt,
        outcome: Outcome::NotSent {
            reason: WITHDRAWN.to_owned(),
        },
        verdict: Verdict::Again,
        at_ms: tools.clock.now_ms(),
    };
    match tools.writer.write(Entry::Finish(finish)).await {
        Ok(_) => Step::HeldBack(job),
        Err(error) => Step::Failed(error),
    }
}

/// Reads what is to be taken up next.
pub(super) async fn read(
    writer: Writer,
    page: impl FnOnce(&Ledger) -> Result<Vec<Due>, LedgerError> + Send + 'static,
    unknown: bool,
) -> Step {
    Step::Read {
        page: writer.ask(page).await,
        unknown,
    }
}

/// Writes an end down.
pub(super) async fn write(writer: Writer, finish: Finish, after: After) -> Step {
    match writer.write(Entry::Finish(finish)).await {
        Ok(_) => Step::Written(after),
        Err(error) => Step::Failed(error),
    }
}

/// Writes down that the server has it; if another request has that id already, goes on as if
/// nothing had been found.
pub(super) async fn settle(
    writer: Writer,
    request: String,
    found: Found,
    now_ms: i64,
    otherwise: After,
) -> Step {
    let settled = writer
        .ask(move |ledger| ledger.settle_found(&request, &found, now_ms))
        .await;
    match settled {
        Ok(true) => Step::Written(After::Done),
        Ok(false) => Step::Written(otherwise),
        Err(error) if is_about_this_request(&error) => Step::Dropped,
        Err(error) => Step::Failed(error),
    }
}

fn is_about_this_request(error: &WriteError) -> bool {
    matches!(error, WriteError::Ledger(error) if matches!(
        **error,
        LedgerError::WrongState { .. } | LedgerError::NoSuchRequest
    ))
}
