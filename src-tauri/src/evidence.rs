//! The ledger as evidence: its check, receipts made from it, and receipts brought to be checked.
//!
//! A check reads the whole ledger, on a handle of its own so that nobody waits for it.

mod brought;
mod desk;
mod many;
mod stamp;
mod watch;

use std::sync::atomic::{AtomicBool, Ordering};

use ledger::{Evidence, Ledger};
use receipts::Tree;

use crate::adapters::clock::now_ms;
use crate::error::{Problem, ProblemCode};
use crate::state::App;
use crate::wire::{Damage, ExportStep, LedgerReport};

pub(crate) use brought::{check_file, dropped};
pub(crate) use desk::Desk;
pub(crate) use many::{count, export};
pub(crate) use stamp::{save_authority, stamping};
pub(crate) use watch::Watch;

/// Ends the export or the check that is under way. There is one at a time.
#[derive(Default)]
pub(crate) struct Ender {
    ended: AtomicBool,
    busy: AtomicBool,
}

impl Ender {
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    /// Whether nothing else was under way.
    fn begin(&self) -> bool {
        let free = !self.busy.swap(true, Ordering::Relaxed);
        if free {
            self.ended.store(false, Ordering::Relaxed);
        }
        free
    }

    fn done(&self) {
        self.busy.store(false, Ordering::Relaxed);
    }

    fn is_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

/// Checks the whole ledger and says what was found.
pub(crate) fn report(app: &App, watch: &mut Watch<'_>) -> Result<LedgerReport, Problem> {
    let ledger = app.held().ledger()?.another()?;
    let found = walked(&ledger, watch)?;
    let root = ledger.leaves().map(|leaves| Tree::new(leaves).head().root);
    Ok(LedgerReport {
        size: found.size,
        // Where hashes are gone there is nothing to name.
        root: root.unwrap_or_default(),
        checked_at_ms: now_ms(),
        damages: found
            .damages
            .iter()
            .map(|damage| told(&ledger, damage))
            .collect(),
        damage_count: found.damage_count,
    })
}

fn walked(ledger: &Ledger, watch: &mut Watch<'_>) -> Result<Evidence, Problem> {
    watch.step(ExportStep::Checking);
    let found = ledger.check_evidence(|done, total| watch.at(done, total))?;
    if found.checked < found.size {
        return Err(ended());
    }
    Ok(found)
}

fn ended() -> Problem {
    Problem::new(
        ProblemCode::Cancelled,
        "It was ended before it was done. Nothing was written.",
    )
}

fn told(ledger: &Ledger, damage: &ledger::Damage) -> Damage {
    let (from, to) = match damage.events {
        Some((from, to)) => (Some(from), to),
        None => (None, None),
    };
    let name = |id: &String| Some(ledger.request(id).ok()??.name);
    Damage {
        code: format!("{:?}", damage.what).to_lowercase(),
        words: damage.to_string(),
        from,
        to,
        request_name: damage
            .request
            .as_ref()
            .and_then(name)
            .filter(|n| !n.is_empty()),
        request: damage.request.clone(),
    }
}
