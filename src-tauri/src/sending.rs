//! What is being sent: one writer for all, one gate for each connection, one run for each batch. A batch is run while
//! it is being sent or waits to go on by itself; when it is paused otherwise, nothing of it stays but the ledger.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dispatch::pace::Rate;
use dispatch::{Gate, Status, Writer};
use ledger::{Batch, BatchState, Ledger};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::adapters::clock::now_ms;
use crate::error::Problem;
use crate::pace;
use crate::wire::{BatchView, Pace, Turning};

mod again;
mod around;
mod close;
mod failures;
mod line;
mod mend;
mod notify;
mod run;
mod thread;
mod view;
mod wait;
mod writing;

pub(crate) use around::{Around, open};
pub(crate) use mend::judged;
pub(crate) use notify::Notice;
pub(crate) use writing::{Stopper, Writing, write_down};

/// All that sends.
pub(crate) struct Sending {
    /// Apart from the window's commands, some of which take long.
    runtime: Handle,
    around: Box<dyn Around>,
    writer: Writer,
    /// After the writer, whose end it waits for.
    _thread: thread::Thread,
    /// A handle of its own, so that the window does not wait in the writer's queue.
    ledger: Mutex<Ledger>,
    gates: Mutex<HashMap<String, Arc<Gate>>>,
    runs: Mutex<HashMap<String, Run>>,
    /// Held while a batch is looked at for the window, so that it can tell the later look from the earlier.
    telling: Mutex<()>,
    looks: AtomicU64,
    /// The app is about to close: nothing is begun any more.
    leaving: AtomicBool,
}

/// What the officer asks of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    GoOn,
    Pause,
    Stop,
    /// Requests were put back.
    LookAgain,
    /// Come to an end and go on at the next start.
    Leave,
}

/// A batch that is being sent, or waits to go on by itself.
struct Run {
    connection: String,
    asks: mpsc::UnboundedSender<Ask>,
    standing: Standing,
}

/// How a run stands.
#[derive(Debug, Clone, Default)]
struct Standing {
    turning: Option<Turning>,
    status: Option<Status>,
    resumes_at_ms: Option<i64>,
}

impl Sending {
    /// Opens two more handles on the ledger.
    pub(crate) fn start(
        runtime: Handle,
        around: Box<dyn Around>,
        ledger: &Ledger,
    ) -> Result<Arc<Self>, Problem> {
        let (writer, thread) = Writer::start(ledger.another()?)
            .map_err(|error| Problem::internal(error.to_string()))?;
        Ok(Arc::new(Self {
            runtime,
            around,
            writer,
            _thread: thread::Thread::new(thread),
            ledger: Mutex::new(ledger.another()?),
            gates: Mutex::default(),
            runs: Mutex::default(),
            telling: Mutex::default(),
            looks: AtomicU64::new(0),
            leaving: AtomicBool::new(false),
        }))
    }

    /// Begins to send a batch, or goes on with it.
    pub(crate) fn go_on(self: &Arc<Self>, id: &str) -> Result<BatchView, Problem> {
        let batch = self.batch(id)?;
        if self.is_leaving() {
            return self.view(id);
        }
        {
            let mut runs = self.runs();
            if let Some(run) = runs.get_mut(id) {
                run.standing.turning = None;
                // The run takes what it is asked until it is taken out of here.
                let _ = run.asks.send(Ask::GoOn);
            } else {
                let (asks, asked) = mpsc::unbounded_channel();
                let run = Run {
                    connection: batch.connection_id.clone(),
                    asks,
                    standing: Standing::default(),
                };
                runs.insert(id.to_owned(), run);
                self.runtime
                    .spawn(run::drive(Arc::clone(self), batch, asked));
            }
        }
        self.show(id)
    }

    /// Sends nothing more of a batch for now; what is under way comes to its end.
    pub(crate) fn pause(&self, id: &str) -> Result<BatchView, Problem> {
        self.ask(id, Ask::Pause, Some(Turning::Pausing));
        self.show(id)
    }

    /// Ends a batch; what is under way comes to its end and the rest stays unsent.
    pub(crate) fn stop(&self, id: &str) -> Result<BatchView, Problem> {
        let is_run = self.ask(id, Ask::Stop, Some(Turning::Stopping));
        let state = self.batch(id)?.state;
        if !is_run && !matches!(state, BatchState::Finished | BatchState::Stopped) {
            let ledger = self.ledger();
            ledger.set_batch_state(id, BatchState::Stopped, "", now_ms())?;
        }
        self.show(id)
    }

    /// Every batch, newest first.
    pub(crate) fn views(&self) -> Result<Vec<BatchView>, Problem> {
        let _telling = self.telling();
        // Before the ledger, which knows of a run's end before the run is gone.
        let runs: HashMap<String, Standing> = self
            .runs()
            .iter()
            .map(|(id, run)| (id.clone(), run.standing.clone()))
            .collect();
        let batches = self.ledger().batches()?;
        Ok(batches
            .iter()
            .map(|batch| self.view_of(batch, runs.get(&batch.id)))
            .collect())
    }

    pub(crate) fn view(&self, id: &str) -> Result<BatchView, Problem> {
        let _telling = self.telling();
        self.look(id)
    }

    /// The view, which the window is told as well.
    pub(crate) fn show(&self, id: &str) -> Result<BatchView, Problem> {
        let _telling = self.telling();
        let view = self.look(id)?;
        self.around.changed(&view);
        Ok(view)
    }

    /// Whether a batch of this connection is being sent.
    pub(crate) fn is_using(&self, connection: &str) -> bool {
        self.runs().values().any(|run| run.connection == connection)
    }

    /// Sets the pace of a connection, at once for all that is being sent through it.
    pub(crate) fn set_pace(&self, connection: &str, pace: Pace) {
        if let Some(gate) = self.gates().get(connection) {
            gate.set(pace.into());
        }
        let ids: Vec<String> = self.runs().keys().cloned().collect();
        for id in ids {
            if let Err(problem) = self.show(&id) {
                tracing::error!(%problem.message, "a batch could not be shown");
            }
        }
    }

    /// The ledger, for the window's questions. Not for long work: see [`Self::apart`].
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A handle on the ledger for work that takes long.
    fn apart(&self) -> Result<Ledger, Problem> {
        Ok(self.ledger().another()?)
    }

    fn batch(&self, id: &str) -> Result<Batch, Problem> {
        let found = self.ledger().batch(id)?;
        found.ok_or_else(|| Problem::gone("batch"))
    }

    fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    /// Whether it is run and was asked.
    fn ask(&self, id: &str, ask: Ask, turning: Option<Turning>) -> bool {
        let mut runs = self.runs();
        let Some(run) = runs.get_mut(id) else {
            return false;
        };
        if turning.is_some() {
            run.standing.turning = turning;
        }
        run.asks.send(ask).is_ok()
    }

    fn standing(&self, id: &str) -> Option<Standing> {
        self.runs().get(id).map(|run| run.standing.clone())
    }

    fn look(&self, id: &str) -> Result<BatchView, Problem> {
        let standing = self.standing(id);
        Ok(self.view_of(&self.batch(id)?, standing.as_ref()))
    }

    /// Who calls it holds [`Self::telling`] since before it asked how the batch stands.
    fn view_of(&self, batch: &Batch, standing: Option<&Standing>) -> BatchView {
        let revision = self.looks.fetch_add(1, Ordering::Relaxed) + 1;
        view::view(batch, standing, &self.gate(&batch.connection_id), revision)
    }

    fn telling(&self) -> MutexGuard<'_, ()> {
        self.telling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gate that all batches of a connection go through.
    fn gate(&self, connection: &str) -> Arc<Gate> {
        if let Some(gate) = self.gates().get(connection) {
            return Arc::clone(gate);
        }
        let rate =
            pace::of(&self.ledger(), connection).map_or_else(|_| Rate::default(), Rate::from);
        let mut gates = self.gates();
        let gate = gates.entry(connection.to_owned());
        Arc::clone(gate.or_insert_with(|| Gate::new(rate)))
    }

    fn gates(&self) -> MutexGuard<'_, HashMap<String, Arc<Gate>>> {
        self.gates.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn runs(&self) -> MutexGuard<'_, HashMap<String, Run>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
