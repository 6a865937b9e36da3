//! One batch from when it is begun until nothing more happens by itself. Each stretch of sending builds its client
//! anew, so that keys and addresses put right during a pause count.

use std::sync::Arc;

use dispatch::{Chance, Command, Desk, Status, Terms, Why};
use ledger::{Batch, BatchState};
use tokio::sync::{mpsc, watch};

use super::line::{Line, planned_url};
use super::wait::{Patience, wait};
use super::{Ask, Notice, Sending, Standing};
use crate::adapters::clock::now_ms;
use crate::error::Problem;

pub(super) type Asks = mpsc::UnboundedReceiver<Ask>;
type Clock = fn() -> i64;

/// How a stretch of sending ended.
enum End {
    Finished,
    Stopped,
    /// The app closes; the ledger has the batch as running.
    Left,
    /// For this reason; none if it was told elsewhere.
    Paused(Option<Why>),
}

/// A stretch of sending.
struct Stretch {
    end: End,
    /// The officer took a pause back before it was complete.
    taken_back: bool,
    /// Requests were put back, perhaps too late to be seen.
    put_back: bool,
    /// Something was accepted.
    got_on: bool,
}

/// Runs a batch that stands among the runs, and takes it out there at the end.
pub(super) async fn drive(sending: Arc<Sending>, mut batch: Batch, mut asks: Asks) {
    let mut patience = Patience::default();
    let notice = loop {
        if let Ok(now) = sending.batch(&batch.id) {
            batch = now;
        }
        sending.begins(&batch);
        let stretch = stretch(&sending, &batch, &mut asks).await;
        if stretch.got_on {
            patience = Patience::default();
        }
        let again = match &stretch.end {
            End::Finished => stretch.put_back,
            End::Paused(_) => stretch.taken_back,
            End::Stopped | End::Left => false,
        };
        if again && sending.is_leaving() {
            // The next start goes on with it.
            sending.stands(&batch, BatchState::Running, "").await;
            sending.runs().remove(&batch.id);
            break None;
        }
        if again {
            continue;
        }
        let mut notice = sending.notice(&batch, &stretch.end);
        if let End::Paused(Some(why)) = &stretch.end
            && let Some(wait_ms) = patience.after(why)
        {
            if let Some(notice) = notice.take().filter(|_| patience.is_first()) {
                sending.around.notify(notice);
            }
            sending.waits(&batch, wait_ms);
            let ask = if sending.is_leaving() {
                Ask::Leave
            } else {
                wait(wait_ms, &mut asks).await
            };
            match ask {
                Ask::GoOn | Ask::LookAgain => continue,
                Ask::Pause => {
                    let why = Why::Officer.to_string();
                    sending.stands(&batch, BatchState::Paused, &why).await;
                }
                Ask::Stop => sending.stands(&batch, BatchState::Stopped, "").await,
                // So that the next start goes on with it.
                Ask::Leave => sending.stands(&batch, BatchState::Running, "").await,
            }
        }
        match sending.take_out(&batch.id, &mut asks) {
            Some(Ask::GoOn | Ask::LookAgain) => continue,
            Some(Ask::Stop) if matches!(stretch.end, End::Paused(_)) => {
                sending.stands(&batch, BatchState::Stopped, "").await;
            }
            Some(Ask::Stop | Ask::Pause | Ask::Leave) | None => {}
        }
        break notice;
    };
    if let Err(problem) = sending.show(&batch.id) {
        tracing::error!(%problem.message, "a batch could not be shown");
    }
    if let Some(notice) = notice {
        sending.around.notify(notice);
    }
}

async fn stretch(sending: &Arc<Sending>, batch: &Batch, asks: &mut Asks) -> Stretch {
    let mut stretch = Stretch {
        end: End::Paused(None),
        taken_back: false,
        put_back: false,
        got_on: false,
    };
    let desk = match desk(sending, batch).await {
        Ok(desk) => desk,
        Err(problem) => {
            sending
                .stands(batch, BatchState::Paused, &problem.message)
                .await;
            return stretch;
        }
    };
    let (commands, received) = mpsc::channel(64);
    let (status, mut seen) = watch::channel(None);
    let id = batch.id.clone();
    let mut run = sending
        .runtime
        .spawn(async move { dispatch::run(desk, Spread, &id, received, status).await });
    let mut commands = Some(commands);
    let (mut why, mut first, mut pausing) = (None, None, false);
    let ended = loop {
        tokio::select! {
            ended = &mut run => break ended,
            Ok(()) = seen.changed() => {
                let Some(status) = seen.borrow_and_update().clone() else { continue };
                let accepted = status.counts.accepted.requests;
                stretch.got_on = accepted > *first.get_or_insert(accepted);
                if status.state == BatchState::Paused {
                    why.clone_from(&status.why);
                    // Nobody left to resume it: the run ends, and going on begins another.
                    commands = None;
                }
                sending.saw(batch, status);
            }
            Some(ask) = asks.recv() => {
                match ask {
                    Ask::GoOn => stretch.taken_back = pausing || commands.is_none(),
                    Ask::Pause => (pausing, stretch.taken_back) = (true, false),
                    Ask::Stop => stretch.taken_back = false,
                    Ask::LookAgain => stretch.put_back = true,
                    Ask::Leave => {}
                }
                if let (Some(commands), Some(command)) = (&commands, command(ask)) {
                    // A run that has just ended is asked no more.
                    let _ = commands.send(command).await;
                }
            }
        }
    };
    stretch.end = match ended {
        Ok(Ok(BatchState::Finished)) => End::Finished,
        Ok(Ok(BatchState::Stopped)) => End::Stopped,
        Ok(Ok(BatchState::Running)) => End::Left,
        Ok(Ok(BatchState::Paused)) => End::Paused(why),
        Ok(Err(error)) => broken(sending, batch, &error.to_string()).await,
        Err(error) => broken(sending, batch, &error.to_string()).await,
    };
    stretch
}

async fn desk(sending: &Arc<Sending>, batch: &Batch) -> Result<Desk<Line, Clock>, Problem> {
    let client = {
        let (sending, connection) = (Arc::clone(sending), batch.connection_id.clone());
        let asked = tokio::task::spawn_blocking(move || sending.around.client(&connection));
        asked
            .await
            .map_err(|e| Problem::internal(e.to_string()))??
    };
    let id = batch.id.clone();
    let planned = sending.writer.ask(move |ledger| planned_url(ledger, &id));
    let planned = planned
        .await
        .map_err(|error| Problem::internal(error.to_string()))?;
    Ok(Desk {
        api: Arc::new(Line::new(client, batch, planned)),
        writer: sending.writer.clone(),
        gate: sending.gate(&batch.connection_id),
        clock: Arc::new(now_ms),
        terms: Terms::default(),
    })
}

async fn broken(sending: &Sending, batch: &Batch, said: &str) -> End {
    tracing::error!(said, "a batch broke off");
    let why = format!(
        "Sending broke off: {said}. Make sure that the disk has room, restart Countersign and resume."
    );
    sending.stands(batch, BatchState::Paused, &why).await;
    End::Paused(None)
}

fn command(ask: Ask) -> Option<Command> {
    match ask {
        // A pause is not taken back but followed by another stretch.
        Ask::GoOn => None,
        Ask::Pause => Some(Command::Pause),
        Ask::Stop => Some(Command::Stop),
        Ask::LookAgain => Some(Command::LookAgain),
        Ask::Leave => Some(Command::Leave),
    }
}

impl Sending {
    fn begins(&self, batch: &Batch) {
        self.change(batch, |standing| *standing = Standing::default());
    }

    fn saw(&self, batch: &Batch, status: Status) {
        self.change(batch, |standing| standing.status = Some(status));
    }

    fn waits(&self, batch: &Batch, wait_ms: u64) {
        let at_ms = now_ms().saturating_add_unsigned(wait_ms);
        self.change(batch, |standing| standing.resumes_at_ms = Some(at_ms));
    }

    /// `batch` may be as it was a while ago: of a run, the window is told what its status says.
    fn change(&self, batch: &Batch, change: impl FnOnce(&mut Standing)) {
        let _telling = self.telling();
        if let Some(run) = self.runs().get_mut(&batch.id) {
            change(&mut run.standing);
        }
        let standing = self.standing(&batch.id);
        self.around.changed(&self.view_of(batch, standing.as_ref()));
    }

    /// Notes where a batch stands that no run tells of any more.
    async fn stands(&self, batch: &Batch, state: BatchState, why: &str) {
        let (id, why) = (batch.id.clone(), why.to_owned());
        let noted = self
            .writer
            .ask(move |ledger| ledger.set_batch_state(&id, state, &why, now_ms()));
        if let Err(error) = noted.await {
            tracing::error!(%error, "where a batch stands could not be noted");
        }
    }

    /// Takes a batch out of the runs, unless it was asked to go on meanwhile. Gives the last that it was asked.
    fn take_out(&self, id: &str, asks: &mut Asks) -> Option<Ask> {
        // Whoever asks holds this too, so that nothing is asked of a run that is gone.
        let mut runs = self.runs();
        let mut last = None;
        while let Ok(ask) = asks.try_recv() {
            last = Some(ask);
        }
        if !matches!(last, Some(Ask::GoOn | Ask::LookAgain)) {
            runs.remove(id);
        }
        last
    }

    fn notice(&self, batch: &Batch, end: &End) -> Option<Notice> {
        let batch = self.batch(&batch.id).ok()?;
        match end {
            End::Finished => Some(Notice::of_end(&batch)),
            End::Stopped | End::Left | End::Paused(Some(Why::Officer)) => None,
            End::Paused(_) => Some(Notice::of_pause(&batch)),
        }
    }
}

/// Spreads retries.
struct Spread;

impl Chance for Spread {
    fn below(&mut self, bound: u64) -> u64 {
        getrandom::u64().map_or(0, |any| any.checked_rem(bound).unwrap_or(0))
    }
}
