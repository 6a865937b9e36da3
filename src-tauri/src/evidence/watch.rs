//! Telling the window how far a check or an export is, and ending it when the officer asks.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tauri::{AppHandle, Emitter};

use super::Ender;
use crate::error::{Problem, ProblemCode};
use crate::wire::{ExportProgress, ExportStep};

/// The first word comes after this long, and then one each time.
const PAUSE: Duration = Duration::from_millis(200);

/// What is under way, until it is dropped.
pub(crate) struct Watch<'a> {
    handle: &'a AppHandle,
    ender: &'a Ender,
    step: ExportStep,
    told: Instant,
    tells: bool,
}

impl<'a> Watch<'a> {
    /// Refuses where something else is under way.
    pub(crate) fn begin(handle: &'a AppHandle, ender: &'a Ender) -> Result<Self, Problem> {
        if !ender.begin() {
            return Err(Problem::new(
                ProblemCode::Busy,
                "Another export or a check of the ledger is still under way. Wait for its end, or cancel it.",
            ));
        }
        Ok(Self {
            handle,
            ender,
            step: ExportStep::Checking,
            told: Instant::now(),
            tells: false,
        })
    }

    /// Goes on with another step.
    pub(super) fn step(&mut self, step: ExportStep) {
        self.step = step;
    }

    /// So much is done of so much.
    pub(super) fn at(&mut self, done: u64, total: u64) -> ControlFlow<()> {
        if self.ender.is_ended() {
            return ControlFlow::Break(());
        }
        if self.told.elapsed() >= PAUSE {
            (self.told, self.tells) = (Instant::now(), true);
            self.tell(Some(ExportProgress {
                step: self.step,
                done,
                total,
            }));
        }
        ControlFlow::Continue(())
    }

    fn tell(&self, progress: Option<ExportProgress>) {
        let _ = self.handle.emit_to("main", "export-progress", progress);
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if self.tells {
            self.tell(None);
        }
        self.ender.done();
    }
}
