//! The task that holds the batch.

mod reading;
mod replies;
mod standing;

use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use ledger::{Batch, BatchState};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::steps::{self, After, Job, Step, Tools};
use super::{Command, Desk, EngineError, Slowed, Status};
use crate::pace::Rate;
use crate::progress::Progress;
use crate::terms::Budget;
use crate::{Api, Chance, Clock, Terms, Why};

/// Requests read from the ledger at once; more where more are taken up at once.
const PAGE: u32 = 64;
const TOLD_EVERY: Duration = Duration::from_secs(1);

/// About how long a step onto the disk may take.
const STEP_MS: u64 = 10;

/// Whether more may leave while the disk is waited for than may be under way at once. Only then are
/// starts written down ahead: whatever is ahead is a doubt after a crash.
fn is_fast(rate: Rate, per_minute_now: u32) -> bool {
    u64::from(per_minute_now) * STEP_MS > u64::from(rate.in_flight) * 60_000
}

/// Which requests are read next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Unknown(Option<u64>),
    ToSend(Option<u64>),
    Dry,
}

/// What the batch is about to do once nothing is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Course {
    On,
    Leave,
    Pause(Why),
    Stop,
}

pub(super) struct Drive<A, K, C> {
    tools: Tools<A, K>,
    terms: Terms,
    chance: C,
    batch: Batch,
    commands: mpsc::Receiver<Command>,
    /// Whether anybody can still send a command.
    commanded: bool,
    /// Whether the run ends as soon as nothing is under way.
    leaving: bool,
    /// Whether requests were put back behind what has been read.
    look_again: bool,
    slowed: Option<Slowed>,
    status: watch::Sender<Option<Status>>,
    held: watch::Sender<bool>,
    course: Course,
    source: Source,
    /// Whether a page is being read.
    reading: bool,
    ready: VecDeque<Job>,
    /// By when they are due; the number tells apart those due together.
    later: BTreeMap<(Instant, u64), Job>,
    numbered: u64,
    under_way: JoinSet<Step>,
    /// What waits for the disk alone. These need no task each: many are answered at once, and then
    /// this one is woken once.
    disk: FuturesUnordered<Pin<Box<dyn Future<Output = Step> + Send>>>,
    /// Of those under way, the ones that have not come back from the server.
    out: usize,
    budget: Budget,
    progress: Progress,
    began: Instant,
    failed: Option<EngineError>,
}

impl<A: Api, K: Clock, C: Chance> Drive<A, K, C> {
    pub(super) fn new(
        desk: Desk<A, K>,
        chance: C,
        batch: Batch,
        commands: mpsc::Receiver<Command>,
        status: watch::Sender<Option<Status>>,
    ) -> Self {
        let (held, holding) = watch::channel(false);
        Self {
            tools: Tools {
                api: desk.api,
                writer: desk.writer,
                gate: desk.gate,
                clock: desk.clock,
                held: holding,
            },
            terms: desk.terms,
            chance,
            batch,
            commands,
            commanded: true,
            leaving: false,
            look_again: false,
            slowed: None,
            status,
            held,
            course: Course::On,
            source: Source::Unknown(None),
            reading: false,
            ready: VecDeque::new(),
            later: BTreeMap::new(),
            numbered: 0,
            under_way: JoinSet::new(),
            disk: FuturesUnordered::new(),
            out: 0,
            budget: Budget::new(&desk.terms),
            progress: Progress::default(),
            began: Instant::now(),
            failed: None,
        }
    }

    pub(super) async fn finish(mut self) -> Result<BatchState, EngineError> {
        self.stand(BatchState::Running, None).await?;
        let mut tick = interval(TOLD_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.fill();
            self.spawn();
            if self.under_way.is_empty() && self.disk.is_empty() {
                if let Some(error) = self.failed.take() {
                    return Err(error);
                }
                match self.course.clone() {
                    Course::Stop => return self.end(BatchState::Stopped).await,
                    Course::Leave => return self.leave().await,
                    Course::Pause(why) => {
                        if !self.pause(why).await? {
                            return Ok(self.batch.state);
                        }
                        continue;
                    }
                    Course::On if self.ready.is_empty() && self.later.is_empty() => {
                        if self.has_more() {
                            continue;
                        }
                        return self.end(BatchState::Finished).await;
                    }
                    Course::On => {}
                }
            }
            let next_due = self.later.keys().next().map(|(due, _)| *due);
            tokio::select! {
                Some(step) = self.under_way.join_next() => self.joined(step),
                Some(step) = self.disk.next() => self.came(step),
                command = self.commands.recv(), if self.commanded => self.asked(command),
                () = sleep_until(next_due.unwrap_or(self.began)),
                    if next_due.is_some() && self.course == Course::On => self.wake(),
                _ = tick.tick() => if let Err(error) = self.tell(None).await { self.fail(error) },
            }
            // What came together is taken together.
            while let Some(Some(step)) = self.disk.next().now_or_never() {
                self.came(step);
            }
            while let Some(step) = self.under_way.try_join_next() {
                self.joined(step);
            }
        }
    }

    fn joined(&mut self, step: Result<Step, JoinError>) {
        match step {
            Ok(step) => self.came(step),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => {}
        }
    }

    fn spawn(&mut self) {
        let ahead = self.is_ahead();
        let most = self.most() as usize;
        // The disk may be behind the server, but not without bound.
        while self.course == Course::On && self.out < most && self.busy() < most * 4 {
            let Some(mut job) = self.ready.pop_front() else {
                return;
            };
            if job.sent_before && !job.look_up && !self.may_send_again(&job) {
                // The key became too old while it waited.
                if job.due.internal_id.is_empty() {
                    continue;
                }
                (job.look_up, job.may_send) = (true, false);
            }
            self.out += 1;
            if ahead && !job.look_up {
                // Written down before its turn has come, so that nobody under way waits for the disk.
                let (writer, clock) = (self.tools.writer.clone(), Arc::clone(&self.tools.clock));
                self.disk.push(Box::pin(steps::begin(writer, clock, job)));
            } else {
                self.under_way.spawn(steps::go(self.tools.clone(), job));
            }
        }
    }

    /// How many wait for a server or for the disk.
    fn busy(&self) -> usize {
        self.under_way.len() + self.disk.len()
    }

    /// Whether starts are written down before their turn has come.
    fn is_ahead(&self) -> bool {
        let gate = &self.tools.gate;
        self.terms.ahead > 1 && is_fast(gate.rate(), gate.per_minute())
    }

    /// How many may be out at once.
    fn most(&self) -> u32 {
        let each = if self.is_ahead() { self.terms.ahead } else { 1 };
        self.tools.gate.rate().in_flight.saturating_mul(each)
    }

    fn came(&mut self, step: Step) {
        match step {
            Step::HeldBack(job) => {
                self.out -= 1;
                self.ready.push_front(job);
                let ready = self.ready.make_contiguous();
                ready.sort_by_key(|job| job.due.position);
            }
            Step::Dropped => self.out -= 1,
            Step::Unsendable(job, said) => {
                self.out -= 1;
                self.ready.push_front(job);
                self.turn(Course::Pause(Why::Unsendable { said }));
            }
            Step::Started(started) => {
                let tools = self.tools.clone();
                self.under_way.spawn(steps::leave(tools, *started, None));
            }
            Step::Sent(sent) => {
                self.out -= 1;
                self.sent(*sent);
            }
            Step::LookedUp {
                job,
                result,
                left_ms,
            } => {
                self.out -= 1;
                self.looked_up(job, result, left_ms);
            }
            Step::Written(after) => self.after(after),
            Step::Read { page, unknown } => {
                self.reading = false;
                match page {
                    Ok(page) => self.take_up(page, unknown),
                    Err(error) => self.fail(error.into()),
                }
            }
            Step::Failed(error) => {
                // Whether it was a start that failed or an end, no more is sent.
                self.out = self.out.saturating_sub(1);
                self.fail(error.into());
            }
        }
    }

    fn after(&mut self, after: After) {
        match after {
            After::Done => {}
            After::First(job) => self.ready.push_front(job),
            After::Later(job, wait_ms) => {
                let due = Instant::now() + Duration::from_millis(wait_ms);
                self.numbered += 1;
                self.later.insert((due, self.numbered), job);
            }
        }
    }

    /// Retries that are due go first.
    fn wake(&mut self) {
        let now = Instant::now();
        while let Some(entry) = self.later.first_entry() {
            if entry.key().0 > now {
                return;
            }
            self.ready.push_front(entry.remove());
        }
    }

    fn asked(&mut self, command: Option<Command>) {
        match command {
            None => self.commanded = false,
            Some(Command::Pause) => self.turn(Course::Pause(Why::Officer)),
            Some(Command::Stop) => self.turn(Course::Stop),
            Some(Command::Leave) => {
                self.leaving = true;
                self.turn(Course::Leave);
            }
            Some(Command::LookAgain) => self.look_again = true,
            // A pause that is not complete yet is taken back.
            Some(Command::Resume) => {
                if matches!(self.course, Course::Pause(_)) && !self.leaving {
                    self.course = Course::On;
                    self.held.send_replace(false);
                }
            }
        }
    }

    /// The first reason to pause stands, even for a run that is left; a stop goes before both.
    fn turn(&mut self, course: Course) {
        let turns = match course {
            Course::Stop => true,
            Course::Pause(_) => matches!(self.course, Course::On | Course::Leave),
            Course::Leave | Course::On => self.course == Course::On,
        };
        if turns {
            self.course = course;
        }
        self.held.send_replace(true);
    }

    fn fail(&mut self, error: EngineError) {
        self.turn(Course::Stop);
        self.failed.get_or_insert(error);
    }
}
