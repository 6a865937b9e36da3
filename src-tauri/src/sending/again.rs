//! Putting requests back, and taking them out.

use std::sync::Arc;

use ledger::{BatchState, Which};

use super::{Ask, Sending};
use crate::adapters::clock::now_ms;
use crate::error::Problem;

const WAITS: &str =
    "Others of this batch were not sent yet. Resume it to send them all, or cancel those first.";

impl Sending {
    /// Sends refused requests again, the same under the same key: all, or these. Gives how many there are.
    pub(crate) fn resend_refused(
        self: &Arc<Self>,
        id: &str,
        requests: Option<&[String]>,
    ) -> Result<u64, Problem> {
        let alone = self.is_idle(id)?;
        let back = self
            .apart()?
            .put_back_refused(id, which(requests), now_ms())?;
        if back > 0 {
            self.send_again(id, alone)?;
        }
        Ok(back)
    }

    /// Sends requests again of which nobody knows whether they arrived, though their key may be forgotten by now: the
    /// officer says so.
    pub(crate) fn resend_unknown(
        self: &Arc<Self>,
        id: &str,
        requests: &[String],
    ) -> Result<u64, Problem> {
        let alone = self.is_idle(id)?;
        let back = self.apart()?.allow_again(id, requests, now_ms())?;
        if back > 0 {
            self.send_again(id, alone)?;
        }
        Ok(back)
    }

    /// Takes back what was not sent: all, or these.
    pub(crate) fn cancel(&self, id: &str, requests: Option<&[String]>) -> Result<u64, Problem> {
        let cancelled = self
            .apart()?
            .cancel_planned(id, which(requests), now_ms())?;
        let is_run = self.runs().contains_key(id);
        let batch = self.batch(id)?;
        if !is_run && batch.state == BatchState::Paused && super::view::left(&batch) == 0 {
            let ledger = self.ledger();
            ledger.set_batch_state(id, BatchState::Finished, "", now_ms())?;
        }
        self.show(id)?;
        Ok(cancelled)
    }

    /// Whether nothing of a batch waits to be sent while it is not run.
    pub(super) fn is_idle(&self, id: &str) -> Result<bool, Problem> {
        let batch = self.batch(id)?;
        Ok(super::view::left(&batch) == 0)
    }

    /// After requests were put back. A batch that stands still with others waiting is left to the officer: going on
    /// would send those as well.
    pub(super) fn send_again(self: &Arc<Self>, id: &str, alone: bool) -> Result<(), Problem> {
        if self.ask(id, Ask::LookAgain, None) {
            return Ok(());
        }
        if alone {
            self.go_on(id)?;
            return Ok(());
        }
        let batch = self.batch(id)?;
        if batch.state != BatchState::Paused {
            self.ledger()
                .set_batch_state(id, BatchState::Paused, WAITS, now_ms())?;
        }
        self.show(id)?;
        Ok(())
    }
}

fn which(requests: Option<&[String]>) -> Which<'_> {
    requests.map_or(Which::All, Which::Ids)
}
