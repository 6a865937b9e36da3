//! Where the batch stands, in the ledger and for whoever watches.

use ledger::BatchState;

use super::{Course, Drive, Source};
use crate::engine::{Command, EngineError, Status};
use crate::terms::Budget;
use crate::{Api, Chance, Clock, Why};

impl<A: Api, K: Clock, C: Chance> Drive<A, K, C> {
    /// Waits to be resumed. `false` when the run is over.
    pub(super) async fn pause(&mut self, why: Why) -> Result<bool, EngineError> {
        self.stand(BatchState::Paused, Some(why)).await?;
        if self.leaving {
            return Ok(false);
        }
        loop {
            match self.commands.recv().await {
                None | Some(Command::Leave) => return Ok(false),
                Some(Command::Pause) => {}
                Some(Command::LookAgain) => self.look_again = true,
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

    /// Whether a run that holds nothing any more has something left to do.
    pub(super) fn has_more(&mut self) -> bool {
        while let Ok(command) = self.commands.try_recv() {
            self.asked(Some(command));
        }
        let more = std::mem::take(&mut self.look_again);
        if more {
            self.source = Source::Unknown(None);
        }
        more
    }

    pub(super) async fn end(mut self, state: BatchState) -> Result<BatchState, EngineError> {
        // From here on nobody can be told that more was put back.
        self.commands.close();
        while let Ok(command) = self.commands.try_recv() {
            self.look_again |= command == Command::LookAgain;
        }
        if self.look_again && state == BatchState::Finished {
            return self.leave().await;
        }
        self.stand(state, None).await?;
        Ok(state)
    }

    /// Ends the run; the batch stays as it is.
    pub(super) async fn leave(mut self) -> Result<BatchState, EngineError> {
        self.tell(None).await?;
        Ok(self.batch.state)
    }

    pub(super) async fn stand(
        &mut self,
        state: BatchState,
        why: Option<Why>,
    ) -> Result<(), EngineError> {
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

    pub(super) async fn tell(&mut self, why: Option<Why>) -> Result<(), EngineError> {
        let id = self.batch.id.clone();
        let found = self
            .tools
            .writer
            .ask(move |ledger| ledger.batch(&id))
            .await?;
        // Requests may have been added since.
        let batch = found.ok_or(EngineError::NoSuchBatch)?;
        let counts = batch.counts;
        let left = [counts.planned, counts.sending, counts.not_sent]
            .iter()
            .map(|count| count.requests)
            .sum::<u64>();
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.progress
            .note(now_ms, batch.requests.saturating_sub(left));
        let allowed_per_minute = self.tools.gate.per_minute();
        self.status.send_replace(Some(Status {
            state: self.batch.state,
            why,
            counts,
            per_minute: self.progress.per_minute(),
            allowed_per_minute,
            left_ms: self.progress.left_ms(left, allowed_per_minute),
            slowed: self.slowed,
        }));
        Ok(())
    }
}
