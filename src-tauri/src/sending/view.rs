//! A batch as the window shows it: what the ledger says, and what its run says where it runs.

use dispatch::Gate;
use ledger::Batch;

use super::Standing;
use crate::wire::{BatchCount, BatchCounts, BatchState, BatchView, Slowed};

const CUT_OFF: &str = "Sending broke off. Resume it to go on.";

/// Of `batch` as it was read at some time, and its run.
pub(super) fn view(batch: &Batch, run: Option<&Standing>, gate: &Gate, revision: u64) -> BatchView {
    let status = run.and_then(|run| run.status.as_ref());
    let counts = status.map_or(&batch.counts, |status| &status.counts);
    let counts = BatchCounts::from(*counts);
    let resumes_at_ms = run.and_then(|run| run.resumes_at_ms);
    let (state, why) = match (run, status) {
        (Some(_), Some(status)) => {
            let why = status.why.as_ref().map(ToString::to_string);
            (status.state.into(), why.unwrap_or_default())
        }
        (Some(_), None) => (BatchState::Running, String::new()),
        // The ledger could not be told that it runs no more.
        (None, _) if batch.state == ledger::BatchState::Running => {
            (BatchState::Paused, CUT_OFF.to_owned())
        }
        (None, _) => (batch.state.into(), batch.why.clone()),
    };
    let running = status.filter(|_| state == BatchState::Running);
    BatchView {
        id: batch.id.clone(),
        revision,
        name: batch.name.clone(),
        connection_id: batch.connection_id.clone(),
        connection_name: batch.connection_name.clone(),
        practice: batch.practice,
        created_at_ms: batch.created_at_ms,
        ended_at_ms: batch.ended_at_ms.filter(|_| run.is_none()),
        requests: counts.kept().requests,
        people: counts.kept().people,
        state,
        turning: run.and_then(|run| run.turning),
        why,
        resumes_at_ms,
        counts,
        per_minute: running
            .and_then(|status| status.per_minute)
            .map(|rate| u32::try_from(rate).unwrap_or(u32::MAX)),
        allowed_per_minute: gate.per_minute(),
        pace: gate.rate().into(),
        slowed: status
            .and_then(|status| status.slowed)
            .map(|slowed| Slowed {
                times: slowed.times,
                at_ms: slowed.at_ms,
            }),
        left_ms: running.map(|status| status.left_ms),
    }
}

/// How many requests of a batch are still to be sent.
pub(super) fn left(batch: &Batch) -> u64 {
    let counts = &batch.counts;
    let left = [counts.planned, counts.sending, counts.not_sent];
    left.iter().map(|count| count.requests).sum()
}

impl BatchCounts {
    /// All but those taken back.
    fn kept(&self) -> BatchCount {
        let kept = [
            self.planned,
            self.sending,
            self.accepted,
            self.refused,
            self.unknown,
            self.not_sent,
        ];
        kept.iter()
            .fold(BatchCount::default(), |sum, count| BatchCount {
                requests: sum.requests.saturating_add(count.requests),
                people: sum.people.saturating_add(count.people),
            })
    }

    /// Those that will still be sent.
    pub(super) fn left(&self) -> u32 {
        let left = [self.planned, self.sending, self.not_sent];
        left.iter()
            .fold(0, |sum: u32, count| sum.saturating_add(count.people))
    }
}

impl From<ledger::BatchCounts> for BatchCounts {
    fn from(counts: ledger::BatchCounts) -> Self {
        Self {
            planned: counts.planned.into(),
            sending: counts.sending.into(),
            accepted: counts.accepted.into(),
            refused: counts.refused.into(),
            unknown: counts.unknown.into(),
            not_sent: counts.not_sent.into(),
            cancelled: counts.cancelled.into(),
        }
    }
}

impl From<ledger::Count> for BatchCount {
    fn from(count: ledger::Count) -> Self {
        let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            requests: small(count.requests),
            people: small(count.people),
        }
    }
}

impl From<ledger::BatchState> for BatchState {
    fn from(state: ledger::BatchState) -> Self {
        match state {
            ledger::BatchState::Running => Self::Running,
            ledger::BatchState::Paused => Self::Paused,
            ledger::BatchState::Finished => Self::Finished,
            ledger::BatchState::Stopped => Self::Stopped,
        }
    }
}
