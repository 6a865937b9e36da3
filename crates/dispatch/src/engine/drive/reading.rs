//! What is taken up next: unknown requests first, then those to be sent, a page at a time.

use std::sync::Arc;

use ledger::Due;

use super::{Course, Drive, PAGE, Source};
use crate::engine::steps::{self, Job};
use crate::terms::has_keys;
use crate::{Api, Chance, Clock, Why};

impl<A: Api, K: Clock, C: Chance> Drive<A, K, C> {
    /// Has more read when little is left to spawn. Meanwhile what is under way goes on: the ledger
    /// answers only after the step onto the disk that it is at.
    pub(super) fn fill(&mut self) {
        let many = PAGE.max(self.most());
        if self.course != Course::On || self.reading || self.ready.len() >= many as usize {
            return;
        }
        let id = self.batch.id.clone();
        let writer = self.tools.writer.clone();
        match self.source {
            Source::Dry => return,
            Source::Unknown(after) => {
                let page = move |l: &ledger::Ledger| l.next_unknown(&id, after, many);
                self.disk.push(Box::pin(steps::read(writer, page, true)));
            }
            Source::ToSend(after) => {
                let page = move |l: &ledger::Ledger| l.next_to_send(&id, after, many);
                self.disk.push(Box::pin(steps::read(writer, page, false)));
            }
        }
        self.reading = true;
    }

    /// Takes up a page that was read.
    pub(super) fn take_up(&mut self, page: Vec<Due>, unknown: bool) {
        let ours = (self.tools.api.url(), self.tools.api.version().to_owned());
        if page
            .iter()
            .any(|d| d.url != ours.0 || d.api_version != ours.1)
        {
            // The same page is read again after the pause: the connection may be set back by then.
            self.turn(Course::Pause(Why::OtherAddress));
            return;
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

    fn job(&self, due: Due, unknown: bool) -> Job {
        let mut job = Job {
            tries: 0,
            first_ms: due.first_attempt_ms,
            sent_before: unknown,
            look_up: unknown && !due.internal_id.is_empty(),
            may_send: true,
            due: Arc::new(due),
        };
        job.may_send = !unknown || self.may_send_again(&job);
        job
    }

    /// Whether sending the same under the same key asks nobody twice, or is what the officer wants.
    pub(super) fn may_send_again(&self, job: &Job) -> bool {
        let now_ms = self.tools.clock.now_ms();
        let first_ms = job.first_ms.unwrap_or(now_ms);
        let is_young = now_ms.saturating_sub(first_ms) < self.terms.key_lifetime_ms;
        has_keys(&job.due.api_version) && (is_young || job.due.again)
    }
}
