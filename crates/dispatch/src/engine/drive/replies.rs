//! What comes of a call: what the ledger is told, and what becomes of the job.

use humanos::Failure;
use humanos::listed::ListedRequest;
use ledger::Finish;

use super::{Course, Drive};
use crate::engine::Slowed;
use crate::engine::steps::{self, After, Job, Sent};
use crate::retry::{self, Case, Decision, Met};
use crate::{Api, Chance, Clock, look_up, outcome};

impl<A: Api, K: Clock, C: Chance> Drive<A, K, C> {
    pub(super) fn sent(&mut self, sent: Sent) {
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
            in_progress: failure.is_some_and(retry::says_in_progress),
            retry_after_ms: failure.and_then(Failure::retry_after_ms),
            ahead_ms: failure.and_then(|f| ahead_ms(f, now_ms)),
            keyed: self.may_send_again(&job),
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
        self.disk
            .push(Box::pin(steps::write(writer, finish, after)));
    }

    /// Slows the whole connection down if the server asks for it.
    fn slow(&mut self, met: &Met, failure: Option<&Failure>, left_ms: u64) {
        if retry::asks_to_slow(met) {
            let hold_ms = failure
                .and_then(Failure::retry_after_ms)
                .map(|ms| ms.min(self.terms.longest_wait_ms));
            let halved = self.tools.gate.slow(left_ms, hold_ms);
            let times = self
                .slowed
                .map_or(1, |slowed| slowed.times + u32::from(halved));
            let at_ms = self.tools.clock.now_ms();
            self.slowed = Some(Slowed { times, at_ms });
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
                job.may_send = !job.sent_before || self.may_send_again(&job);
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

    pub(super) fn looked_up(
        &mut self,
        mut job: Job,
        result: Result<Vec<ListedRequest>, Failure>,
        left_ms: u64,
    ) {
        let failure = match result {
            Ok(listed) => {
                let found = look_up::ours(listed, &job.due.people, job.first_ms);
                let otherwise = sendable(job.clone());
                match found {
                    Some(found) => {
                        let writer = self.tools.writer.clone();
                        let now_ms = self.tools.clock.now_ms();
                        let request = job.due.id.clone();
                        self.disk.push(Box::pin(steps::settle(
                            writer, request, found, now_ms, otherwise,
                        )));
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
            retry_after_ms: failure.and_then(Failure::retry_after_ms),
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

fn ahead_ms(failure: &Failure, now_ms: i64) -> Option<i64> {
    let server_ms = failure.reply()?.server_time_ms()?;
    Some(now_ms.saturating_sub(server_ms))
}
