//! The task that holds the batch.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use ledger::{Batch, BatchState, Due, Finish};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::steps::{self, After, Job, Sent, Step, Tools};
use super::{Command, Desk, EngineError, Status};
use crate::progress::Progress;
use crate::retry::{self, Case, Decision, Met};
use crate::terms::{Budget, has_keys};
use crate::{Api, Chance, Clock, Terms, Why, look_up, outcome};

/// Requests read from the ledger at once.
const PAGE: u32 = 64;
const TOLD_EVERY: Duration = Duration::from_secs(1);

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
    status: watch::Sender<Option<Status>>,
    held: watch::Sender<bool>,
    course: Course,
    source: Source,
    ready: VecDeque<Job>,
    /// By when they are due; the number tells apart those due together.
    later: BTreeMap<(Instant, u64), Job>,
    numbered: u64,
    under_way: JoinSet<Step>,
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
            status,
            held,
            course: Course::On,
            source: Source::Unknown(None),
            ready: VecDeque::new(),
            later: BTreeMap::new(),
            numbered: 0,
            under_way: JoinSet::new(),
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
            if let Err(error) = self.fill().await {
                self.fail(error);
            }
            self.spawn();
            if self.under_way.is_empty() {
                if let Some(error) = self.failed.take() {
                    return Err(error);
                }
                match self.course.clone() {
                    Course::Stop => return self.end(BatchState::Stopped).await,
                    Course::Pause(why) => {
                        if !self.pause(why).await? {
                            return Ok(self.batch.state);
                        }
                        continue;
                    }
                    Course::On if self.ready.is_empty() && self.later.is_empty() => {
                        return self.end(BatchState::Finished).await;
                    }
                    Course::On => {}
                }
            }
            let next_due = self.later.keys().next().map(|(due, _)| *due);
            tokio::select! {
                Some(step) = self.under_way.join_next() => match step {
                    Ok(step) => self.came(step),
                    Err(error) if error.is_panic() => {
                        std::panic::resume_unwind(error.into_panic())
                    }
                    Err(_) => {}
                },
                command = self.commands.recv(), if self.commanded => self.asked(command),
                () = sleep_until(next_due.unwrap_or(self.began)),
                    if next_due.is_some() && self.course == Course::On => self.wake(),
                _ = tick.tick() => if let Err(error) = self.tell(None).await { self.fail(error) },
            }
        }
    }

    /// Reads more when little is left to spawn.
    async fn fill(&mut self) -> Result<(), EngineError> {
        while self.course == Course::On && self.ready.len() < PAGE as usize / 2 {
            let id = self.batch.id.clone();
            let writer = &self.tools.writer;
            let (page, unknown) = match self.source {
                Source::Dry => return Ok(()),
                Source::Unknown(after) => {
                    let page = move |l: &ledger::Ledger| l.next_unknown(&id, after, PAGE);
                    (writer.ask(page).await?, true)
                }
                Source::ToSend(after) => {
                    let page = move |l: &ledger::Ledger| l.next_to_send(&id, after, PAGE);
                    (writer.ask(page).await?, false)
                }
            };
            let ours = (self.tools.api.url(), self.tools.api.version().to_owned());
            if page
                .iter()
                .any(|d| d.url != ours.0 || d.api_version != ours.1)
            {
                // The same page is read again after the pause: the connection may be set back by then.
                self.turn(Course::Pause(Why::OtherAddress));
                return Ok(());
            }
            self.source = match (page.last().map(|due| due.position), unknown) {
                (Some(last), true) => Source::Unknown(Some(last)),
                (Some(last), false) => Source::ToSend(Some(last)),
                (None, true) => Source::ToSend(None),
                (None, false) => Source::Dry,
            };
            let jobs: Vec<Job> = page
                .into_iter()
                .map(|due| self.job(due, unknown))
                .filter(|job| job.look_up || job.may_send)
                .collect();
            self.ready.extend(jobs);
        }
        Ok(())
    }

    fn job(&self, due: Due, unknown: bool) -> Job {
        Job {
            tries: 0,
            sent_before: unknown,
            look_up: unknown && !due.internal_id.is_empty(),
            may_send: !unknown || self.may_send_again(&due),
            due: Arc::new(due),
        }
    }

    /// Whether sending the same under the same key asks nobody twice.
    fn may_send_again(&self, due: &Due) -> bool {
        let now_ms = self.tools.clock.now_ms();
        let first = due.first_attempt_ms.unwrap_or(now_ms);
        has_keys(&due.api_version) && now_ms.saturating_sub(first) < self.terms.key_lifetime_ms
    }

    fn spawn(&mut self) {
        let most = self.batch.in_flight.max(1) as usize;
        // The disk may be behind the server, but not without bound.
        while self.course == Course::On && self.out < most && self.under_way.len() < most * 4 {
            let Some(job) = self.ready.pop_front() else {
                return;
            };
            self.out += 1;
            self.under_way.spawn(steps::go(self.tools.clone(), job));
        }
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
            Step::Failed(error) => {
                // Whether it was a start that failed or an end, no more is sent.
                self.out = self.out.saturating_sub(1);
                self.fail(error.into());
            }
        }
    }

    fn sent(&mut self, sent: Sent) {
        let Sent {
            mut job,
            attempt,
            result,
            left_ms,
        } = sent;
        if job.tries == 0 {
            self.budget.earn();
        }
        job.tries += 1;
        let met = retry::met(&result);
        let failure = result.as_ref().err();
        self.slow(&met, failure, left_ms);
        let now_ms = self.tools.clock.now_ms();
        let case = Case {
            met,
            tries: job.tries,
            sent_before: job.sent_before,
            in_progress: failure.is_some_and(says_in_progress),
            retry_after_ms: failure.and_then(humanos::Failure::retry_after_ms),
            ahead_ms: failure.and_then(|f| ahead_ms(f, now_ms)),
            keyed: self.may_send_again(&job.due),
            budget: self.budget.has_one(),
        };
        let decision = retry::decide(&case, &self.terms, &mut self.chance);
        let (outcome, verdict) = outcome::of(result, &decision);
        let finish = Finish {
            request: job.due.id.clone(),
            attempt,
            outcome,
            verdict,
            at_ms: now_ms,
        };
        let after = self.follow(job, decision);
        let writer = self.tools.writer.clone();
        self.under_way.spawn(steps::write(writer, finish, after));
    }

    /// Slows the whole connection down if the server asks for it.
    fn slow(&self, met: &Met, failure: Option<&humanos::Failure>, left_ms: u64) {
        if retry::asks_to_slow(met) {
            let hold_ms = failure
                .and_then(humanos::Failure::retry_after_ms)
                .map(|ms| ms.min(self.terms.longest_wait_ms));
            self.tools.gate.slow(left_ms, hold_ms);
        }
    }

    /// What becomes of a job that was sent.
    fn follow(&mut self, mut job: Job, decision: Decision) -> After {
        match decision {
            Decision::Accepted | Decision::Refused => After::Done,
            Decision::Again { wait_ms, open } => {
                self.budget.spend();
                job.sent_before |= open;
                After::Later(job, wait_ms)
            }
            Decision::Pause { why, open } => {
                self.turn(Course::Pause(why));
                job.sent_before |= open;
                job.tries = 0;
                job.may_send = !job.sent_before || self.may_send_again(&job.due);
                job.look_up = job.sent_before && !job.due.internal_id.is_empty();
                if job.may_send || job.look_up {
                    After::First(job)
                } else {
                    After::Done
                }
            }
            Decision::Unknown => {
                job.look_up = !job.due.internal_id.is_empty();
                job.may_send = false;
                job.tries = 0;
                job.sent_before = true;
                if job.look_up {
                    After::First(job)
                } else {
                    After::Done
                }
            }
        }
    }

    fn looked_up(
        &mut self,
        mut job: Job,
        result: Result<Vec<humanos::listed::ListedRequest>, humanos::Failure>,
        left_ms: u64,
    ) {
        let failure = match result {
            Ok(listed) => {
                let found = self.since_first_attempt(&job, listed);
                let otherwise = sendable(job.clone());
                match found {
                    Some(found) => {
                        let writer = self.tools.writer.clone();
                        let now_ms = self.tools.clock.now_ms();
                        let request = job.due.id.clone();
                        self.under_way
                            .spawn(steps::settle(writer, request, found, now_ms, otherwise));
                    }
                    None => self.after(otherwise),
                }
                return;
            }
            Err(failure) => failure,
        };
        job.tries += 1;
        let result = Err(failure);
        let met = retry::met(&result);
        let failure = result.as_ref().err();
        self.slow(&met, failure, left_ms);
        let now_ms = self.tools.clock.now_ms();
        let case = Case {
            met,
            tries: job.tries,
            sent_before: true,
            in_progress: false,
            retry_after_ms: failure.and_then(humanos::Failure::retry_after_ms),
            ahead_ms: failure.and_then(|f| ahead_ms(f, now_ms)),
            // Asking makes nothing, so it may be repeated under any version.
            keyed: true,
            budget: self.budget.has_one(),
        };
        match retry::decide(&case, &self.terms, &mut self.chance) {
            Decision::Again { wait_ms, .. } => {
                self.budget.spend();
                self.after(After::Later(job, wait_ms));
            }
            Decision::Pause { why, .. } => {
                self.turn(Course::Pause(why));
                job.tries = 0;
                self.after(After::First(job));
            }
            // The server cannot be asked. Sending under the same key finds out as well.
            Decision::Accepted | Decision::Refused | Decision::Unknown => {
                self.after(sendable(job));
            }
        }
    }

    /// A job taken up as planned knows no first attempt: it was made in this run.
    fn since_first_attempt(
        &self,
        job: &Job,
        listed: Vec<humanos::listed::ListedRequest>,
    ) -> Option<ledger::Found> {
        if job.due.first_attempt_ms.is_some() {
            return look_up::ours(listed, &job.due);
        }
        let ran_ms = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut due = Due::clone(&job.due);
        due.first_attempt_ms = Some(self.tools.clock.now_ms().saturating_sub(ran_ms));
        look_up::ours(listed, &due)
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
            // A pause that is not complete yet is taken back.
            Some(Command::Resume) => {
                if matches!(self.course, Course::Pause(_)) {
                    self.course = Course::On;
                    self.held.send_replace(false);
                }
            }
        }
    }

    /// The first reason to pause stands; a stop goes before any pause.
    fn turn(&mut self, course: Course) {
        if course == Course::Stop || self.course == Course::On {
            self.course = course;
        }
        self.held.send_replace(true);
    }

    fn fail(&mut self, error: EngineError) {
        self.turn(Course::Stop);
        self.failed.get_or_insert(error);
    }

    /// Waits to be resumed. `false` when the run is over.
    async fn pause(&mut self, why: Why) -> Result<bool, EngineError> {
        self.stand(BatchState::Paused, Some(why)).await?;
        loop {
            match self.commands.recv().await {
                None => return Ok(false),
                Some(Command::Pause) => {}
                Some(Command::Stop) => {
                    self.stand(BatchState::Stopped, None).await?;
                    return Ok(false);
                }
                Some(Command::Resume) => break,
            }
        }
        // Those that waited for their time have waited long enough; all start anew.
        let waiting = std::mem::take(&mut self.later);
        self.ready.extend(waiting.into_values());
        let ready = self.ready.make_contiguous();
        ready.sort_by_key(|job| job.due.position);
        for job in ready {
            job.tries = 0;
        }
        self.budget = Budget::new(&self.terms);
        self.progress.clear();
        self.course = Course::On;
        self.held.send_replace(false);
        self.stand(BatchState::Running, None).await?;
        Ok(true)
    }

    async fn end(mut self, state: BatchState) -> Result<BatchState, EngineError> {
        self.stand(state, None).await?;
        Ok(state)
    }

    async fn stand(&mut self, state: BatchState, why: Option<Why>) -> Result<(), EngineError> {
        let id = self.batch.id.clone();
        let said = why.as_ref().map(Why::to_string).unwrap_or_default();
        let now_ms = self.tools.clock.now_ms();
        self.tools
            .writer
            .ask(move |ledger| ledger.set_batch_state(&id, state, &said, now_ms))
            .await?;
        self.batch.state = state;
        self.tell(why).await
    }

    async fn tell(&mut self, why: Option<Why>) -> Result<(), EngineError> {
        let id = self.batch.id.clone();
        let found = self
            .tools
            .writer
            .ask(move |ledger| ledger.batch(&id))
            .await?;
        let counts = found.ok_or(EngineError::NoSuchBatch)?.counts;
        let left = [counts.planned, counts.sending, counts.not_sent]
            .iter()
            .map(|count| count.requests)
            .sum::<u64>();
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.progress
            .note(now_ms, self.batch.requests.saturating_sub(left));
        let allowed_per_minute = self.tools.gate.per_minute();
        self.status.send_replace(Some(Status {
            state: self.batch.state,
            why,
            counts,
            per_minute: self.progress.per_minute(),
            allowed_per_minute,
            left_ms: self.progress.left_ms(left, allowed_per_minute),
        }));
        Ok(())
    }
}

/// The server was asked and did not settle it: it is sent under the same key, if it may be.
fn sendable(mut job: Job) -> After {
    job.look_up = false;
    job.tries = 0;
    if job.may_send {
        After::First(job)
    } else {
        After::Done
    }
}

fn ahead_ms(failure: &humanos::Failure, now_ms: i64) -> Option<i64> {
    let server_ms = failure.reply()?.server_time_ms()?;
    Some(now_ms.saturating_sub(server_ms))
}

/// The words for a key whose first call is not answered yet are not documented.
fn says_in_progress(failure: &humanos::Failure) -> bool {
    let humanos::Failure::Refused { messages, .. } = failure else {
        return false;
    };
    messages.iter().any(|said| {
        let said = said.to_lowercase();
        said.contains("in progress") || said.contains("being processed")
    })
}
