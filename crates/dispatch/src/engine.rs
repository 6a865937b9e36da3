//! Driving one batch: what is next, what is under way, what comes of it.
//!
//! One task holds all that changes ([`Drive`]) and spawns a task for each step that waits for the
//! gate, the disk or the server (`steps`). A step hands its job back with what came of it; nothing
//! is shared, so nothing is locked. Unknown requests are taken up first, then those to be sent, in
//! their order; retries come before new ones as soon as they are due.

mod drive;
mod steps;

use std::sync::Arc;

use ledger::{BatchCounts, BatchState, LedgerError};
use tokio::sync::{mpsc, watch};

use crate::{Api, Chance, Clock, Gate, Terms, Why, WriteError, Writer};

use drive::Drive;

/// What a run works with. Several batches of one connection share `gate` and `writer`.
#[derive(Debug)]
pub struct Desk<A, K> {
    /// The server.
    pub api: Arc<A>,
    /// The ledger.
    pub writer: Writer,
    /// The connection's pace.
    pub gate: Arc<Gate>,
    /// The time.
    pub clock: Arc<K>,
    /// How often and how long to try.
    pub terms: Terms,
}

/// What an officer can ask of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Send nothing more for now. What is under way comes to its end.
    Pause,
    /// Go on after a pause.
    Resume,
    /// End the batch. What is under way comes to its end, the rest stays unsent.
    Stop,
    /// End the run, not the batch. What is under way comes to its end; the batch stays as it is,
    /// to be gone on with by another run.
    Leave,
    /// Requests were put back among those to send: once all that the run holds is done, the ledger
    /// is read from the start again.
    LookAgain,
}

/// How a batch stands, told at each change of state and about once a second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Where it stands.
    pub state: BatchState,
    /// Why it is paused.
    pub why: Option<Why>,
    /// How many requests and people stand where.
    pub counts: BatchCounts,
    /// Requests finished a minute, as seen in the last minute; none in the first second.
    pub per_minute: Option<u64>,
    /// Requests a minute that the gate allows now; less than set after the server asked for less.
    pub allowed_per_minute: u32,
    /// How long the rest will take, in milliseconds.
    pub left_ms: u64,
    /// Whether the server asked this run for less.
    pub slowed: Option<Slowed>,
}

/// That the server asked for less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slowed {
    /// How often the pace was halved for it. Answers to calls that left before the last halving
    /// count as one.
    pub times: u32,
    /// When last, Unix milliseconds.
    pub at_ms: i64,
}

/// Why a run could not go on. All that was under way has come to its end by then; attempts whose
/// end could not be written down are found by `Ledger::recover`.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// There is no such batch.
    #[error("there is no such batch in the ledger")]
    NoSuchBatch,
    /// The ledger could not be read or written.
    #[error("the ledger failed while a batch was being sent: {0}")]
    Ledger(#[from] WriteError),
}

/// Sends a batch until nothing is left or it is stopped, and gives its state then. A state of
/// [`BatchState::Running`] means that another run should go on: this one was left, or was at its
/// end when it was asked to look again. A command that cannot be sent any more came too late for
/// this run.
///
/// On trouble that more sending would not mend the batch is paused and waits for
/// [`Command::Resume`]; with nobody left who could send one, the run ends paused. So a closed
/// `commands` makes a run that goes as far as it can. A run that is dropped leaves its calls
/// without an ending, as a crash does.
///
/// # Errors
/// [`EngineError`].
pub async fn run<A: Api, K: Clock>(
    desk: Desk<A, K>,
    chance: impl Chance,
    batch: &str,
    commands: mpsc::Receiver<Command>,
    status: watch::Sender<Option<Status>>,
) -> Result<BatchState, EngineError> {
    let id = batch.to_owned();
    let found = desk.writer.ask(move |ledger| ledger.batch(&id)).await?;
    let batch = found.ok_or(EngineError::NoSuchBatch)?;
    Drive::new(desk, chance, batch, commands, status)
        .finish()
        .await
}

impl From<LedgerError> for EngineError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error.into())
    }
}
